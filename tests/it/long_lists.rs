//! Lists that are too long for one page.

use expect_test::expect;

use crate::harness::{Drawn, site};

const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/sub/
language: en
checks: {advice: off}
pages: {per_page: 2}
kinds:
  tool:
    plural: tools
    fields: {size: {type: choice, of: [small, large]}}
    regroup_by: [size]
  job: {plural: jobs}
relations:
  - {one: job.tools, other: tool.jobs, labels: [Tools, Good for]}
//- content/index.md
---
title: Home
---
//- content/tools/bulb.md
---
title: Bulb
size: small
jobs: [a, b, c, d, e]
---
//- content/tools/pruner.md
---
title: Pruner
size: large
---
//- content/tools/stick.md
---
title: Stick
size: small
---
//- content/tools/towel.md
---
title: Towel
size: small
---
//- templates/related.html
<main>{{ page.title }}: {% for edge in edges %}<a href="{{ edge.entry.url }}">{{ edge.entry.name }}</a> {% endfor %}
{% if pagination.next %}<a href="{{ pagination.next }}">on</a>{% endif %}</main>
//- templates/entry.html
<main>{{ entry.title }}: {% for group in entry.related %}{% for edge in group.edges %}{{ edge.entry.name }} {% endfor %}
{%- if group.more %}<a href="{{ group.more.url }}">{{ group.more.count }}</a>{% endif %}{% endfor %}</main>
"#;

fn drawn() -> Drawn {
    let jobs = ["a", "b", "c", "d", "e"];
    let jobs = jobs.map(|job| format!("//- content/jobs/{job}.md\n---\ntitle: Job {}\n---\n", job.to_uppercase()));
    site(&format!("{SITE}{}", jobs.concat()))
}

#[test]
fn an_index_goes_on_on_further_pages() {
    let drawn = drawn();
    drawn.is_fine();
    drawn.shows(
        "/tools/",
        &expect![[r#"
            <h1>Tools</h1>
            <a href="/sub/tools/by-size/">by Size</a>
            <a href="/sub/tools/bulb/">Bulb</a>
            <a href="/sub/tools/pruner/">Pruner</a>
            page 1 of 2 <a href="/sub/tools/page/2/">on</a>
        "#]],
    );
    drawn.shows(
        "/tools/page/2/",
        &expect![[r#"
            <h1>Tools, page 2</h1>
            <a href="/sub/tools/by-size/">by Size</a>
            <a href="/sub/tools/stick/">Stick</a>
            <a href="/sub/tools/towel/">Towel</a>
            page 2 of 2 <a href="/sub/tools/">back</a>
        "#]],
    );
}

#[test]
fn a_group_may_go_on_on_the_next_page() {
    let drawn = drawn();
    drawn.shows(
        "/tools/by-size/page/2/",
        &expect![[r#"
            <h1>Tools by size, page 2</h1>
            <a href="/sub/tools/by-size/">by Size</a>
            <h2 id="small">small again</h2>
            <a href="/sub/tools/towel/">Towel</a>
            <h2 id="large">large</h2>
            <a href="/sub/tools/pruner/">Pruner</a>
            page 2 of 2 <a href="/sub/tools/by-size/">back</a>
        "#]],
    );
}

#[test]
fn an_entry_shows_the_first_of_many_and_leads_to_the_rest() {
    let drawn = drawn();
    drawn.shows(
        "/tools/bulb/",
        &expect![[r#"
            Bulb: Job A Job B <a href="/sub/tools/bulb/jobs/">5</a>
        "#]],
    );
    drawn.shows(
        "/tools/bulb/jobs/page/2/",
        &expect![[r#"
            Bulb: Good for, page 2: <a href="/sub/jobs/c/">Job C</a> <a href="/sub/jobs/d/">Job D</a> 
            <a href="/sub/tools/bulb/jobs/page/3/">on</a>
        "#]],
    );
}

#[test]
fn letters_lead_to_the_page_on_which_they_begin() {
    let drawn = drawn();
    let page = drawn.main("/a-z/page/2/");
    assert!(page.contains("<a href=\"/sub/a-z/#letter-b\">B</a>"), "{page}");
    assert!(page.contains("<a href=\"/sub/a-z/page/5/#letter-t\">T</a>"), "{page}");
    assert!(page.contains("Job A") && page.contains("Job B") && !page.contains("Job C"), "{page}");
    // The search page is an A to Z for those without scripts: all letters lead to the real one.
    let page = drawn.main("/search/");
    assert!(page.contains("<a href=\"/sub/a-z/#letter-b\">B</a>") && !page.contains("Job A"), "{page}");
}

//! Broken templates: the place in the template, and which page was being drawn.

use expect_test::{Expect, expect};

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
pages: {a_z: false, search: false, not_found: false}
//- content/a.md
---
title: A
---
//- content/b.md
---
title: B
---
";

#[track_caller]
fn complains(templates: &str, expected: &Expect) {
    site(&format!("{SITE}{templates}")).reports(expected);
}

#[test]
fn a_template_that_cannot_be_read_is_reported_where_it_breaks() {
    complains(
        "//- templates/entry.html\n<p>\n  {{ entry.title\n</p>\n",
        &expect![[r#"
            templates/entry.html:3:1: error[template-invalid]: found `</` but expected `}}`
              help: tags are `{{ value }}`, `{% if value %}...{% endif %}` and `{{ <component /> }}`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% for a in b %}\n",
        &expect![[r#"
            templates/entry.html:2:1: error[template-invalid]: unexpected end of input
              help: close what is open: each `{% if %}`, `{% for %}` and `{% block %}` has an end of its own
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ entry.title | shout }}\n",
        &expect![[r#"
            templates/entry.html:1:18: error[template-invalid]: unknown filter `shout`
              help: correct its name; Tera's own filters are listed in its documentation
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% extends \"nothing.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template extends `nothing.html`, which does not exist
              help: correct the name, or write the file into `templates/`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% include \"nothing.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:12: error[template-invalid]: unknown template `nothing.html`
              help: correct the name, or write the file into `templates/`
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ <nothing /> }}\n",
        &expect![[r#"
            templates/entry.html:1:4: error[template-invalid]: unknown component `nothing`
              help: correct its name, or define it with `{% component name() %}...{% endcomponent name %}`
        "#]],
    );
}

#[test]
fn templates_that_run_in_a_circle_are_reported() {
    complains(
        "//- templates/entry.html\n{% include \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template includes itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% include \"x.html\" %}\n//- templates/x.html\n{% include \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template includes itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{% extends \"x.html\" %}\n//- templates/x.html\n{% extends \"entry.html\" %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-invalid]: the template extends itself in a circle
              help: take one of the templates out of the circle
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ <round n={0} /> }}\n//- templates/parts.html\n{% component round(n) %}{{ <round n={n + 1} /> }}{% endcomponent round %}\n",
        &expect![[r#"
            templates/entry.html:1:1: error[template-failed]: maximum render recursion depth for components exceeded
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
}

#[test]
fn what_fails_on_many_pages_is_reported_once() {
    complains(
        "//- templates/entry.html\n<h1>{{ entry.titel }}</h1>\n",
        &expect![[r#"
            templates/entry.html:1:14: error[template-failed]: field `titel` is not defined
              help: did you mean `title`?
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ asset(path=\"nothing.css\") }}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-failed]: there is no file `static/nothing.css`
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
    complains(
        "//- templates/entry.html\n{{ 1 / 0 }} {{ throw(message=\"no\") }}\n",
        &expect![[r#"
        templates/entry.html:1:8: error[template-failed]: cannot divide by 0
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
}

#[test]
fn a_template_that_is_missing_is_reported_once() {
    let text = SITE.replace("search: false", "search: true");
    let mut files = crate::harness::fixture(&text);
    files.remove("templates/search.html");
    let drawn = crate::harness::draw(&crate::harness::sources(&files), Default::default());
    drawn.reports(&expect![[r#"
        templates/search.html:1:1: error[template-missing]: there is no template `search.html`
          help: write `templates/search.html`, or remove what hides the built-in one
    "#]]);
}

#[test]
fn tags_and_arguments_that_do_not_fit_are_named() {
    complains(
        "//- templates/entry.html\n{% if entry %}x{% endblock %}\n",
        &expect![[r#"
        templates/entry.html:1:19: error[template-invalid]: `endblock` ends a tag that is not the last one opened
          help: close what is open inside first: each `{% if %}` and `{% for %}` has an end of its own
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% iff entry %}x{% endif %}\n",
        &expect![[r#"
            templates/entry.html:1:4: error[template-invalid]: unknown tag `iff`
              help: did you mean `if`?
        "#]],
    );
    complains(
        "//- templates/entry.html\n{{ entri.title }}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-failed]: variable `entri` is not defined
          help: did you mean `entry`?
          help: this happened while drawing `/a/` and 1 other page
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% component x(title) %}{{ title }}{% endcomponent x %}{{ <x titel=\"a\" /> }}\n",
        &expect![[r#"
            templates/entry.html:1:59: error[template-failed]: unknown argument(s) `titel` in component call
              help: did you mean `title`?
              help: this happened while drawing `/a/` and 1 other page
        "#]],
    );
}

#[test]
fn what_no_template_shows_of_a_data_block_is_named_in_the_declaration() {
    let said = |blocks: &str| {
        let project = Project::bare(&format!(
            "//- site.yaml\ntitle: Site\nbase_url: https://example.org/\nkinds: {{note: {{}}}}\nblocks:\n{blocks}\
             //- templates/blocks/plan.html\n<p>{{{{ block.what }}}}</p>\n\
             //- templates/blocks/all.html\n{{% for name, value in block %}}{{{{ value }}}}{{% endfor %}}\n\
             //- content/notes/a.md\n---\ntitle: A\n---\nText.\n"
        ));
        project.run(&["check", "--format", "short"]).out
    };
    let unseen = said("  plan: {fields: {what: text, meaning: markdown}}\n  all: {fields: {colour: text}}\n");
    assert!(unseen.contains("no template shows the field `meaning` of the data block `plan`"), "{unseen}");
    assert!(!unseen.contains("`what`") && !unseen.contains("`colour`"), "{unseen}");
    let undrawn = said("  day: {fields: {what: text}}\n");
    assert!(undrawn.contains("no template draws the data block `day`, and pages show it as code"), "{undrawn}");
}

/// A site that is drawn with the theme, but for a few templates of its own, and can be published.
const PUBLISHED: &str = "\
//- site.yaml
title: Site
base_url: https://site.example/docs/
publish: {live: {folder: out}}
checks: {advice: off}
kinds: {note: {}}
//- content/sources.yaml
davis2020: {type: Article, title: On soup, author: Davis, date: 2020}
//- content/notes/a.md
---
title: A
---
## Part

As was found [@davis2020].[^1] See [B](b.md#end).

[^1]: A remark.
//- content/notes/b.md
---
title: B
---
## End

So it was [@davis2020].
";

/// What `check` says, once it was seen that a build says nothing and `publish` refuses with the same words.
#[track_caller]
fn refused(more: &str, expected: &Expect) {
    let project = Project::bare(&format!("{PUBLISHED}{more}"));
    project.runs(&["build"]);
    let checked = project.run(&["check", "--format", "short"]);
    let published = project.run(&["publish", "--dry-run"]);
    assert_eq!((checked.code, published.code), (Some(1), Some(1)), "{}{}", checked.out, published.err);
    for line in checked.out.lines() {
        let (_, said) = line.split_once("]: ").unwrap_or(("", line));
        assert!(published.err.contains(said), "{said}\n{}", published.err);
    }
    expected.assert_eq(&checked.out);
    let lenient = format!("{PUBLISHED}{more}").replace("advice: off", "advice: off, page-link-broken: warning");
    Project::bare(&lenient).runs(&["publish", "--dry-run"]);
}

#[test]
fn check_reports_what_a_template_leaves_out_and_links_lead_to() {
    Project::bare(PUBLISHED).runs(&["publish", "--dry-run"]);
    let without_sources =
        "{% extends \"theme/entry.html\" %}{% block content %}\n{{ entry.body }}\n{% endblock content %}";
    refused(
        &format!("//- templates/note.html\n{without_sources}\n"),
        &expect![[r#"
        templates/note.html:2:4: error[page-link-broken]: the numbers of cited works lead nowhere: the page does not list the works
    "#]],
    );
    let without_text = "{% extends \"theme/entry.html\" %}{% block content %}{{ entry.title }}{% endblock content %}";
    let other = "//- content/c.md\n---\ntitle: C\n---\n[B](notes/b.md#end)\n";
    refused(
        &format!("//- templates/note.html\n{without_text}\n{other}"),
        &expect![[r#"
        templates/note.html:1:1: error[page-link-broken]: links lead to places in texts that this template does not show
    "#]],
    );
}

#[test]
fn check_reports_links_that_templates_and_files_put_into_pages() {
    let frame = "{% extends \"theme/entry.html\" %}{% block after %}\n\
                 <a href=\"/docs/shop/new\">1</a> <a href=\"{{ link(path=\"/gone/\") }}\">2</a> <a href=\"#no\">3</a>\n\
                 <a href=\"../../x.css\">4</a> <a href=\"/docs/notes/b/#nothing\">5</a> <a href=\"/other/\">6</a>\n\
                 {% endblock after %}";
    let page = "<p id=\"here\"><a href=\"#here\">1</a> <a href=\"other.html\">2</a> <a href=\"/docs/notes/a/\">3</a>";
    refused(
        &format!("//- templates/entry.html\n{frame}\n//- static/old/index.html\n{page}\n"),
        &expect![[r#"
            static/old/index.html:1:45: error[page-link-broken]: no page and no file is at `other.html`
            templates/entry.html:2:10: error[page-link-broken]: no page and no file is at `/docs/shop/new`
            templates/entry.html:2:55: error[page-link-broken]: no page and no file is at `/docs/gone/`
            templates/entry.html:2:83: error[page-link-broken]: nothing on the page has the id `no`
            templates/entry.html:3:10: error[page-link-broken]: no page and no file is at `../../x.css`
            templates/entry.html:3:38: error[page-link-broken]: nothing on `/notes/b/` has the id `nothing`
        "#]],
    );
}

#[test]
fn links_of_texts_are_judged_where_they_stand() {
    // The site has said that links to places that are not there are no matter.
    let text = PUBLISHED.replace("advice: off", "advice: off, link-broken-heading: off, link-broken: warning");
    let text = text.replace("b.md#end", "b.md#begin").replace("See [B]", "See [x](/gone/), [own](#gone) and [B]");
    let project = Project::bare(&text);
    let checked = project.runs(&["check", "--format", "short"]);
    assert!(!checked.out.contains("page-link-broken"), "{}", checked.out);
    project.runs(&["publish", "--dry-run"]);
}

#[test]
fn a_template_that_draws_nothing_is_named_with_the_one_that_may_be_meant() {
    let text = PUBLISHED
        .replace("advice: off", "entry-few-links: off, summary-missing: off")
        .replace("title: A\n", "title: A\ntemplate: special\n");
    let project = Project::bare(&text);
    for (path, text) in [
        ("templates/nota.html", "x"),
        ("templates/recipe.html", "x"),
        ("templates/special.html", "{% extends \"frames/wide.html\" %}{% block main %}x{% endblock main %}"),
        ("templates/frames/wide.html", "{% extends \"base.html\" %}"),
        ("templates/parts/card.html", "{% component card() %}x{% endcomponent card %}"),
        ("templates/note-index.html", "{{ <card /> }}"),
        ("templates/blocks/table.html", "x"),
        ("templates/secret.html", "x"),
        ("content/notes/draft.md", "---\ntitle: D\ndraft: true\ntemplate: secret\n---\n"),
    ] {
        project.write(path, text);
    }
    let checked = project.run(&["check"]);
    let said: Vec<_> = checked.err.lines().chain(checked.out.lines()).collect();
    let said: Vec<_> =
        said.into_iter().filter(|line| line.contains("template-unused") || line.contains("= help")).collect();
    expect![[r#"
          = help: link to it, relate an entry to it, or mention it by its title
        warning[template-unused]: nothing is drawn with the template `nota.html`
          = help: did you mean `note.html`?
        warning[template-unused]: nothing is drawn with the template `recipe.html`
          = help: name it as a kind, `recipe.html` or `recipe-index.html`, have another template include it, or remove it"#]].assert_eq(&said.join("\n"));
}

#[test]
fn a_misspelt_tag_or_name_is_answered_with_the_right_one() {
    complains(
        "//- templates/entry.html\n{% if page %}x{% endfi %}\n",
        &expect![[r#"
        templates/entry.html:1:18: error[template-invalid]: unknown tag `endfi`
          help: did you mean `endif`?
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% inculde \"a.html\" %}\n",
        &expect![[r#"
        templates/entry.html:1:4: error[template-invalid]: unknown tag `inculde`
          help: did you mean `include`?
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% if page %}{% for a in [1] %}x{% endif %}{% endfor %}\n",
        &expect![[r#"
        templates/entry.html:1:36: error[template-invalid]: `endif` ends a tag that is not the last one opened
          help: close what is open inside first: each `{% if %}` and `{% for %}` has an end of its own
    "#]],
    );
    complains(
        "//- templates/entry.html\n{% include \"parts/crad.html\" %}\n//- templates/parts/card.html\nx\n",
        &expect![[r#"
            templates/entry.html:1:12: error[template-invalid]: unknown template `parts/crad.html`
              help: did you mean `parts/card.html`?
        "#]],
    );
}

#[test]
fn a_field_that_is_empty_is_asked_for_first() {
    let site = "//- site.yaml\ntitle: Site\nkinds: {note: {fields: {minutes: {type: range}}}}\n//- content/notes/a.md\n---\ntitle: A\n---\n";
    let says = |template: &str, expected: &Expect| {
        crate::harness::site(&format!("{site}//- templates/note.html\n{template}\n")).reports(expected);
    };
    says(
        "{{ entry.fields.minutes.text }}",
        &expect![[r#"
        templates/note.html:1:25: error[template-failed]: `entry.fields.minutes` has no `text` here
          help: where it may be empty ask first: `{% if entry.fields.minutes %}...{% endif %}`
          help: this happened while drawing `/notes/a/`
    "#]],
    );
    says("{% if entry.fields.minutes %}{{ entry.fields.minutes.text }}{% endif %}", &expect![[r#""#]]);
    says(
        "{{ entry.fields.minutes + 1 }}",
        &expect![[r#"
        templates/note.html:1:4: error[template-failed]: `+` requires both operands to be numbers, found `none` and `i64`
          help: where it may be empty ask first: `{% if entry.fields.minutes %}...{% endif %}`
          help: this happened while drawing `/notes/a/`
    "#]],
    );
}

#[test]
fn an_address_that_a_menu_names_is_reported_there_and_on_no_page() {
    let project = Project::new(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\ntheme: {menu: [{title: X, to: /nope/}]}\nchecks: {advice: off}\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n//- content/notes/b.md\n---\ntitle: B\n---\n",
    );
    let ran = project.run(&["check", "--format", "short"]);
    let all: Vec<_> = ran.out.lines().collect();
    assert!(all.len() == 1 && all[0].starts_with("site.yaml:"), "{}", ran.out);
}

#[test]
fn pages_that_programs_finish_are_not_called_broken() {
    let page = "<base href=\"/sub/\"><a href=\"b/\">1</a>";
    let app = "<a href=\"#/route\">1</a> <a href=\"${place}\">2</a> <img src=\"{{ x }}\"> <a href=\"#made\">3</a><script></script>";
    let project = Project::new(&format!(
        "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\nchecks: {{advice: off}}\n//- static/app/index.html\n{app}\n\
         //- static/sub.html\n{page}\n//- static/sub/b/index.html\n<p>b\n//- content/notes/a.md\n---\ntitle: A\n---\n"
    ));
    let ran = project.run(&["check", "--format", "short"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    // Without a program each id has to be there.
    project.write("static/app/index.html", "<a href=\"#made\">3</a>");
    let ran = project.run(&["check", "--format", "short"]);
    assert!(ran.out.contains("static/app/index.html:1:10: error[page-link-broken]"), "{}", ran.out);
}

//! Who has signed off a page, and what makes that stale.

use limber::markup::visible::{PagePart, visible};

use crate::harness::{Project, Ran};

const SITE: &str = r#"//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds:
  tool: {fields: {use: markdown}}
  job: {}
  rule: {url: '/rules/#{slug}', fields: {text: {type: markdown, required: true}}}
relations:
  - {one: job.tools, other: tool.jobs, labels: [Needs, Needed for], fields: {note: text}}
  - {one: rule.tools, other: tool.rules, labels: [For, Rules]}
//- templates/blocks/all-rules.html
{% for rule in entries %}<p id="{{ rule.slug }}">{{ rule.fields.text }}</p>{% endfor %}
//- content/tools/bulb.md
---
title: Bulb
use: For *planting*.
---
A bulb rolls.
//- content/jobs/dig.md
---
title: Dig
---
//- content/rules.yaml
gloves: {title: Gloves, text: Wear gloves., tools: [bulb]}
//- content/rules.md
---
title: Rules
---
```all-rules
entries: rule
```
"#;

fn signed() -> Project {
    let project = Project::bare(SITE);
    let sign = ["review", "--sign", "tools/bulb", "--who", "Ann: Lee", "--role", "gardener", "--as-of", "2026-03-04"];
    let ran = project.runs(&sign);
    assert!(ran.err.contains("Ann: Lee has signed `tools/bulb` off on 2026-03-04"), "{}", ran.err);
    project
}

/// What people read on a page.
fn read(project: &Project, path: &str) -> String {
    visible(project.drawn().file(path), PagePart::Page).join("\n")
}

fn page(project: &Project) -> String {
    read(project, "tools/bulb/index.html")
}

const SHOWN: &str = "Signed off by Ann: Lee, gardener, 4 March 2026";

#[track_caller]
fn is_stale(project: &Project, change: &str) -> Ran {
    assert!(!page(project).contains("Signed off"), "what has changed was signed by nobody");
    let ran = project.run(&["check"]);
    assert!(ran.err.contains("warning[signoff-stale]"), "{}", ran.err);
    assert!(ran.err.contains(change), "{}", ran.err);
    ran
}

#[test]
fn a_page_shows_who_has_signed_it_until_its_words_change() {
    let project = signed();
    assert!(page(&project).contains(SHOWN), "{}", page(&project));
    assert!(!project.run(&["check"]).err.contains("signoff"));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nuse: For *planting*.\n---\nA bulb never rolls.\n");
    is_stale(&project, "A bulb {+never+} rolls.");
}

#[test]
fn an_edge_that_another_entry_writes_and_a_rule_that_others_share_make_it_stale() {
    let project = signed();
    project.write("content/jobs/dig.md", "---\ntitle: Dig\ntools: [{to: bulb, note: with care}]\n---\n");
    is_stale(&project, "{+Needed for ¶ Dig: Note: with care+}");
    let project = signed();
    project.write("content/rules.yaml", "gloves: {title: Gloves, text: Wear thick gloves., tools: [bulb]}\n");
    is_stale(&project, "Wear {+thick+} gloves.");
}

#[test]
fn a_template_or_an_address_makes_nothing_stale() {
    let project = signed();
    project.write(
        "templates/tool.html",
        "<main>{{ entry.title }}{% for one in entry.signed %} {{ one.who }}{% endfor %}</main>",
    );
    let yaml = project.read("site.yaml").replace("shed.example/", "shed.example/new/");
    project.write("site.yaml", yaml.replace("tool: {", "tool: {url: '/t/{slug}/', "));
    assert_eq!(project.drawn().main("/t/bulb/"), "Bulb Ann: Lee\n");
    assert!(!project.run(&["check"]).err.contains("signoff"));
}

#[test]
fn whoever_signs_again_signs_what_the_page_says_now() {
    let project = signed();
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nShorter.\n");
    let sign = ["review", "--sign", "tools/bulb", "--who", "Ann: Lee", "--role", "gardener", "--as-of", "2026-04-05"];
    project.runs(&sign);
    assert!(page(&project).contains("gardener, 5 April 2026"));
    assert!(!page(&project).contains("4 March"));
    assert_eq!(project.read("reviews.yaml").matches("- entry:").count(), 2, "what was signed stays on record");
    assert_eq!(project.tree("reviews").len(), 2);
}

#[test]
fn a_list_of_reviews_says_what_is_stale_and_why() {
    let project = signed();
    assert!(project.runs(&["review"]).out.contains("signed off by Ann: Lee, gardener, on 2026-03-04\n"));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nuse: For *planting*.\n---\nA bulb hops.\n");
    let listed = project.runs(&["review", "--as-of", "2026-05-01"]).out;
    assert!(
        listed.contains("on 2026-03-04, and it says something else now\n              A bulb [-rolls.-]{+hops.+}"),
        "{listed}"
    );
    let json = project.runs(&["review", "--format", "json"]).out;
    assert!(json.contains("\"holds\": false"), "{json}");
}

#[test]
fn a_kind_may_ask_for_it() {
    let project = signed();
    let yaml = project.read("site.yaml").replace("job: {}", "job: {review: {signed: required}}");
    project.write("site.yaml", yaml.replace("tool: {fields", "tool: {review: {signed: required}, fields"));
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("error[signoff-missing]") && ran.err.contains("content/jobs/dig.md"), "{}", ran.err);
    assert!(!ran.err.contains("content/tools/bulb.md"), "{}", ran.err);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\n");
    assert!(project.run(&["check"]).err.contains("error[signoff-stale]"));
}

#[test]
fn nothing_is_signed_that_is_not_there_or_has_errors_or_without_a_name() {
    let project = Project::bare(SITE);
    let sign = |entry: &str| {
        project.run(&["review", "--sign", entry, "--who", "Ann", "--role", "gardener", "--as-of", "2026-03-04"])
    };
    assert!(sign("tools/bulbs").err.contains("there is no entry `tools/bulbs`\n  help: did you mean `tools/bulb`?"));
    assert_eq!(project.run(&["review", "--sign", "tools/bulb"]).code, Some(2));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\n[[nothing]]\n");
    let ran = sign("tools/bulb");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("`content/tools/bulb.md` has errors"), "{}", ran.err);
    assert!(!project.path("reviews.yaml").exists() && !project.path("reviews").exists());
}

#[test]
fn a_second_build_knows_a_sign_off_and_no_signed_text_is_published() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    let sign = ["review", "--sign", "tools/bulb", "--who", "Ann", "--role", "gardener", "--as-of", "2026-03-04"];
    project.runs(&sign);
    project.runs(&["build"]);
    assert!(project.read("public/tools/bulb/index.html").contains("Signed off by Ann"));
    assert!(project.runs(&["build"]).err.contains("nothing had changed"));
    assert!(project.tree("public").keys().all(|path| !path.contains("reviews")));
}

#[test]
fn a_sign_off_goes_with_an_entry_that_gets_another_name() {
    let project = signed();
    project.runs(&["rename", "tools/bulb", "lamp"]);
    assert!(project.read("reviews.yaml").starts_with("- entry: \"tools/lamp\"\n"));
    assert!(read(&project, "tools/lamp/index.html").contains(SHOWN));
}

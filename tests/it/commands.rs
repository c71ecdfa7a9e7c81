//! Commands that only ask: what they print.

use crate::harness::Project;

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {about: {plural: about, fields: {note: text}}, procedure: {}}
rules:
  - {code: plain-words, forbid: [miracle], message: the site does not speak like this}
//- content/about/us.md
---
title: Us
note: Hello.
---
";

/// What a command prints to standard output.
#[track_caller]
fn printed(project: &Project, arguments: &[&str]) -> String {
    let output = project.command(arguments).output().expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("what is printed is text")
}

#[test]
fn a_rule_of_the_site_is_explained_like_a_code_of_the_tool() {
    let project = Project::new(SITE);
    assert!(printed(&project, &["explain", "plain-words"]).contains("the site does not speak like this"));
    assert!(printed(&project, &["explain", "link-broken"]).starts_with("# link-broken\n"));
    let unknown = project.run(&["explain", "plain-word"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("did you mean `plain-words`?"), "{}", unknown.err);
}

#[test]
fn a_kind_that_is_called_like_its_folder_has_both_of_its_schemas() {
    let project = Project::new(SITE);
    printed(&project, &["schema", "--out", "schemas"]);
    assert!(project.read("schemas/about.json").contains("\"note\""));
    for name in ["about-data", "procedure", "procedures"] {
        assert!(project.path(&format!("schemas/{name}.json")).exists(), "{name}");
    }
    assert_ne!(project.read("schemas/about.json"), project.read("schemas/about-data.json"));
}

#[test]
#[cfg(not(feature = "external"))]
fn a_build_that_cannot_ask_other_sites_says_how_to_get_one_that_can() {
    let ran = Project::new(SITE).run(&["check", "--external"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cargo build --features external"), "{}", ran.err);
}

//! Parsed files that a build keeps for the next one: never believed when they are not what they were, and never in the way.

use std::fs;

use crate::harness::Project;

const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds:
  tool:
    plural: tools
    title: Tools
    url: /tools/{slug}/
    fields: {notes: {type: list, of: markdown}}
  word:
    plural: words
    title: Words
    url: /words/{slug}/
blocks:
  plan: {fields: {steps: {type: list, of: markdown}}}
//- content/tools/ball.md
---
title: Ball
notes: [It *rolls*., "See [[stick]]."]
---
A ball rolls.
//- content/tools/stick.md
---
title: Stick
---
A stick rubs.

```plan
steps: [Rub *slowly*., "Take the [ball](ball.md)."]
```
//- content/words.yaml
rub: {title: Rub}
roll: {title: Roll}
//- templates/blocks/plan.html
{% for step in block.steps %}<p>{{ step }}</p>{% endfor %}
"#;

/// Where builds keep parsed files.
const KEPT: &str = ".public.limber/parsed";

/// Edits a text and builds; says that the site is that of a build which knows nothing from before.
#[track_caller]
fn builds_as_afresh(project: &Project, text: &str) {
    project.write("content/tools/ball.md", format!("---\ntitle: Ball\nnotes: [It *rolls*.]\n---\n{text}\n"));
    project.runs(&["build"]);
    project.runs(&["build", "--out", "afresh"]);
    let without_mark = |folder| {
        let mut files = project.bytes(folder);
        files.remove(".limber");
        files
    };
    assert_eq!(without_mark("public"), without_mark("afresh"));
    fs::remove_dir_all(project.path("afresh")).expect("the folder is there");
    fs::remove_dir_all(project.path(".afresh.limber")).expect("the folder is there");
}

#[test]
fn a_build_takes_what_the_one_before_has_parsed() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    let before = project.tree(KEPT);
    builds_as_afresh(&project, "It rolls on.");
    let after = project.tree(KEPT);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.iter().filter(|(name, file)| after[*name] != **file).collect();
    assert_eq!(changed.len(), 1, "only the edited file is written again");
}

#[test]
fn what_was_damaged_is_not_believed() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    let whole = project.bytes(KEPT);
    let (name, bytes) = whole.iter().max_by_key(|(_, bytes)| bytes.len()).expect("something was kept");
    for at in [0, 20, 40, 60, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        project.write(&format!("{KEPT}/{name}"), damaged);
        builds_as_afresh(&project, &format!("Damaged at {at}."));
        project.write(&format!("{KEPT}/{name}"), &bytes[..at]);
        builds_as_afresh(&project, &format!("Ends at {at}."));
    }
    builds_as_afresh(&project, "Whole again.");
}

#[test]
fn nothing_is_amiss_where_nothing_can_be_kept() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    fs::remove_dir_all(project.path(KEPT)).expect("the folder is there");
    project.write(KEPT, "no folder");
    builds_as_afresh(&project, "It rolls on.");
    assert_eq!(project.read(KEPT), "no folder");
}

#[cfg(unix)]
#[test]
fn nothing_is_kept_where_a_link_leads() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    fs::remove_dir_all(project.path(KEPT)).expect("the folder is there");
    project.write("elsewhere/00", "of others");
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path(KEPT)).expect("a link can be made");
    builds_as_afresh(&project, "It rolls on.");
    assert_eq!(project.bytes("elsewhere"), [("00".to_string(), b"of others".to_vec())].into());
}

#[test]
fn the_entries_of_one_file_are_not_kept_with_the_whole_of_it_each() {
    let project = Project::new(SITE);
    let words: String = (0..500).map(|n| format!("word-{n}: {{title: Word {n}}}\n")).collect();
    project.write("content/words.yaml", &words);
    let steps: String = (0..500).map(|n| format!("- Step *{n}*.\n")).collect();
    project.write("content/tools/stick.md", format!("---\ntitle: Stick\n---\n```plan\nsteps:\n{steps}```\n"));
    project.runs(&["build"]);
    let kept: usize = project.bytes(KEPT).values().map(Vec::len).sum();
    assert!(kept < words.len() + steps.len(), "{kept} bytes");
    builds_as_afresh(&project, "It rolls on.");
}

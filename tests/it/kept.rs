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
//- content/tools/bulb.md
---
title: Bulb
notes: [It *rolls*., "See [[stick]]."]
---
A bulb rolls.
//- content/tools/stick.md
---
title: Stick
---
A stick rubs.

```plan
steps: [Rub *slowly*., "Take the [bulb](bulb.md)."]
```
//- content/words.yaml
rub: {title: Rub}
roll: {title: Roll}
//- templates/blocks/plan.html
{% for step in block.steps %}<p>{{ step }}</p>{% endfor %}
"#;

/// Where builds keep parsed files.
fn kept(project: &Project) -> String {
    project.state("public") + "/parsed"
}

/// Edits a text and builds; says that the site is that of a build which knows nothing from before.
#[track_caller]
fn builds_as_afresh(project: &Project, text: &str) {
    project.write("content/tools/bulb.md", format!("---\ntitle: Bulb\nnotes: [It *rolls*.]\n---\n{text}\n"));
    project.runs(&["build"]);
    project.runs(&["build", "--out", "afresh"]);
    let without_mark = |folder| {
        let mut files = project.bytes(folder);
        files.remove(".limber");
        files
    };
    assert_eq!(without_mark("public"), without_mark("afresh"));
    fs::remove_dir_all(project.path("afresh")).expect("the folder is there");
    fs::remove_dir_all(project.path(&project.state("afresh"))).expect("the folder is there");
}

#[test]
fn a_build_takes_what_the_one_before_has_parsed() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    let before = project.tree(&kept(&project));
    builds_as_afresh(&project, "It rolls on.");
    let after = project.tree(&kept(&project));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.iter().filter(|(name, file)| after[*name] != **file).collect();
    assert_eq!(changed.len(), 1, "only the edited file is written again");
}

#[test]
fn what_was_damaged_is_not_believed() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    let whole = project.bytes(&kept(&project));
    let (name, bytes) = whole.iter().max_by_key(|(_, bytes)| bytes.len()).expect("something was kept");
    for at in [0, 20, 40, 60, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        project.write(&format!("{}/{name}", kept(&project)), damaged);
        builds_as_afresh(&project, &format!("Damaged at {at}."));
        project.write(&format!("{}/{name}", kept(&project)), &bytes[..at]);
        builds_as_afresh(&project, &format!("Ends at {at}."));
    }
    builds_as_afresh(&project, "Whole again.");
}

#[test]
fn nothing_is_amiss_where_nothing_can_be_kept() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    fs::remove_dir_all(project.path(&kept(&project))).expect("the folder is there");
    project.write(&kept(&project), "no folder");
    builds_as_afresh(&project, "It rolls on.");
    assert_eq!(project.read(&kept(&project)), "no folder");
}

#[cfg(unix)]
#[test]
fn nothing_is_kept_where_a_link_leads() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    fs::remove_dir_all(project.path(&kept(&project))).expect("the folder is there");
    project.write("elsewhere/00", "of others");
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path(&kept(&project))).expect("a link can be made");
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
    let kept: usize = project.bytes(&kept(&project)).values().map(Vec::len).sum();
    assert!(kept < words.len() + steps.len(), "{kept} bytes");
    builds_as_afresh(&project, "It rolls on.");
}

#[test]
fn nothing_is_kept_of_drafts_that_were_left_out() {
    let project = Project::new(SITE);
    let draft = "---\ntitle: Takeover\ndraft: true\naliases: [Overtaking]\n---\nThe hushed words.\n";
    project.write("content/tools/takeover/index.md", draft);
    project.write("content/tools/takeover/contract.pdf", "hushed");
    // A warning in the draft, which the next build is told of, too.
    project.write("content/tools/hushed.md", "---\ntitle: Hushed\ndraft: true\n---\n<b>hushed</b>\n");
    for round in 0..2 {
        project.write("content/tools/bulb.md", format!("---\ntitle: Bulb\n---\nRound {round}.\n"));
        project.runs(&["build"]);
    }
    let found = || -> Vec<String> {
        let secret = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            ["hushed", "takeover", "overtaking"].iter().any(|word| text.contains(word))
        };
        let (state, public) = (project.bytes(".limber"), project.bytes("public"));
        state.into_iter().chain(public).filter(|(_, bytes)| secret(bytes)).map(|(name, _)| name).collect()
    };
    assert_eq!(found(), [""; 0]);
    project.runs(&["build", "--drafts"]);
    assert!(!found().is_empty(), "where they belong to the site, they are kept");
    project.runs(&["build"]);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nRound 3.\n");
    project.runs(&["build"]);
    let found = found();
    assert!(found.iter().all(|name| name.contains("/old/")), "{found:?}");
}

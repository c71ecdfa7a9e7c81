//! `limber check --fix` through the program: what it changes, and what it leaves alone.

use std::fs;
use std::process::{Command, Output};

use expect_test::expect;

use crate::project::Project;

fn limber(project: &Project, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_limber");
    Command::new(program).arg("--root").arg(project.root()).args(arguments).output().expect("the program runs")
}

fn files() -> [(&'static str, &'static str); 4] {
    [
        (
            "content/blossoms/sleep.md",
            "\u{feff}---\r\ntitle: Better sleep\r\nGrade: limited\r\nprocedures:\r\n  - 'Evergreens'\r\n  - kneading.md\r\n  - knedding\r\n---\r\nSee [it](../procedures/evergreens#How_), [the list](/procedures) and [[Procedures/KNEADING]].\r\n",
        ),
        ("content/procedures/evergreens.md", "---\ntitle: Evergreens\n---\n## How {#how-}\n"),
        ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\nSee [sleep](sleep.md).\n"),
        ("content/procedures/rooting.md", "---\ntitle: Rooting\n---\nSee [x](nothing-like-it.md).\n"),
    ]
}

#[test]
fn a_dry_run_shows_a_diff_and_writes_nothing() {
    let project = Project::new(files());
    let output = limber(&project, &["check", "--fix", "--dry-run"]);
    expect![[r#"
        --- content/blossoms/sleep.md
        +++ content/blossoms/sleep.md
        @@ -1,9 +1,9 @@
         ﻿---␍
         title: Better sleep␍
        -Grade: limited␍
        +grade: limited␍
         procedures:␍
        -  - 'Evergreens'␍
        -  - kneading.md␍
        +  - 'evergreens'␍
        +  - kneading␍
           - knedding␍
         ---␍
        -See [it](../procedures/evergreens#How_), [the list](/procedures) and [[Procedures/KNEADING]].␍
        +See [it](../procedures/evergreens.md#How_), [the list](/procedures/) and [[Procedures/KNEADING]].␍
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout).replace('\r', "␍"));
    for (path, text) in files() {
        assert_eq!(fs::read_to_string(project.root().join(path)).unwrap(), text);
    }
}

#[test]
fn only_the_form_is_repaired_and_every_other_byte_stays() {
    let project = Project::new(files());
    let output = limber(&project, &["check", "--fix"]);
    assert_eq!(output.status.code(), Some(1), "a link that nothing comes near is still broken");
    let read = |path: &str| fs::read_to_string(project.root().join(path)).unwrap();
    let mended = files()[0]
        .1
        .replace("Grade", "grade")
        .replace("'Evergreens'", "'evergreens'")
        .replace("kneading.md", "kneading")
        .replace("evergreens#How_", "evergreens.md#How_")
        .replace("(/procedures)", "(/procedures/)");
    assert_eq!(read(files()[0].0), mended, "a name that is only near stays");
    assert_eq!(read(files()[2].0), files()[2].1, "an entry of another kind is another entry");
    assert_eq!(read(files()[3].0), files()[3].1);
    let folder: Vec<_> = fs::read_dir(project.root().join("content/blossoms")).unwrap().collect();
    assert_eq!(folder.len(), 1, "nothing is left beside the file");
}

#[test]
fn exit_codes_tell_content_from_failure() {
    let project = Project::new([("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n")]);
    assert_eq!(limber(&project, &["check"]).status.code(), Some(0), "warnings do not fail");
    assert_eq!(limber(&project, &["check", "--deny-warnings"]).status.code(), Some(1));
    assert_eq!(limber(&project, &["check", "--baseline", "none.json"]).status.code(), Some(2));
    assert_eq!(limber(&project, &["check", "--baseline", "known.json", "--write-baseline"]).status.code(), Some(0));
    let known = limber(&project, &["check", "--baseline", "known.json", "--deny-warnings"]);
    assert_eq!(known.status.code(), Some(0));
    assert_eq!(limber(&project, &["explain", "link-brokn"]).status.code(), Some(2));
}

#[test]
fn a_link_to_a_slug_that_two_files_have_is_not_led_to_either() {
    let text = "---\ntitle: A\n---\n[a](c) [b](c.html) [c](c#.md)\n";
    let title = "---\ntitle: C\n---\n";
    let project = Project::new([
        ("content/procedures/c.md", title),
        ("content/procedures/c++.md", title),
        ("content/procedures/kneading.md", text),
    ]);
    limber(&project, &["check", "--fix"]);
    assert_eq!(fs::read_to_string(project.root().join("content/procedures/kneading.md")).unwrap(), text);
}

#[test]
fn no_repair_writes_a_key_twice() {
    let toml = "+++\nTitle = \"A\"\nTITLE = \"B\"\n+++\n";
    let kept = [
        ("content/procedures/kneading.md", "---\ntitle: A\nDraft: true\nDRAFT: false\n---\n"),
        ("content/procedures/rooting.md", toml),
        ("content/procedures/pruning.md", "---\ntitle: B\nSummary: Words\n\"SUMMARY\": more\n---\n"),
    ];
    let project = Project::new(kept.into_iter().chain([
        ("content/procedures/evergreens.md", "---\nTitle: A\nSummary: Words\n---\n"),
        ("content/procedures/mulching.md", "---\nTitle: C\nSummary: Words\n---\n"),
    ]));
    limber(&project, &["check", "--fix"]);
    let read = |path: &str| fs::read_to_string(project.root().join(path)).unwrap();
    for (path, text) in kept {
        assert_eq!(read(path), text);
    }
    assert_eq!(read("content/procedures/evergreens.md"), "---\ntitle: A\nsummary: Words\n---\n");
    assert_eq!(read("content/procedures/mulching.md"), "---\ntitle: C\nsummary: Words\n---\n");
}

#[test]
fn no_repair_names_what_was_not_typed() {
    let kept = [
        (
            "content/procedures/kneading.md",
            "---\ntitle: Kneading\n---\nSee [@doe_2020], [@Doe-2020], [[zone-2]] and [[procedures/zone-2]].\n",
        ),
        (
            "content/blossoms/sleep.md",
            "---\ntitle: Sleep\nprocedures:\n  - '[[EVERGREENS|green all year]]'\n  - zone-2\n---\n",
        ),
    ];
    let project = Project::new(kept.into_iter().chain([
        ("content/sources.yaml", "doe-2020: {type: article, title: A work, date: 2020}\n"),
        ("content/procedures/zone/2.md", "---\ntitle: Zone 2\n---\n"),
        ("content/procedures/evergreens.md", "---\ntitle: Evergreens\n---\n"),
        ("content/blossoms/rest.md", "---\ntitle: Rest\nprocedures: ['[[EVERGREENS|Evergreens]]', 'zone  2']\n---\n"),
    ]));
    limber(&project, &["check", "--fix"]);
    let read = |path: &str| fs::read_to_string(project.root().join(path)).unwrap();
    for (path, text) in kept {
        assert_eq!(read(path), text);
    }
    let rest = read("content/blossoms/rest.md");
    assert!(rest.contains("['evergreens', 'zone/2']"), "no word is lost, and the title was typed: {rest}");
}

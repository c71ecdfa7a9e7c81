//! Promises about the output folder: same input, same bytes; never a mix; nothing touched that need not be.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::Duration;

use crate::harness::Project;

/// A site large enough that building it takes a moment.
fn large(entries: usize, word: &str) -> String {
    let mut text = "\
//- site.yaml
title: Site
base_url: https://site.example/
kinds: {note: {fields: {level: {type: choice, of: [low, high]}}, regroup_by: [level, see], term_links: names}}
relations: [{one: note.see, other: note.seen_from}]
//- content/index.md
---
title: Home
---
[[note-0]]
//- static/site.css
body {}
"
    .to_string();
    for n in 0..entries {
        let next = (n + 1) % entries;
        text.push_str(&format!(
            "//- content/notes/note-{n}.md\n---\ntitle: Note {n}\nlevel: low\nsee: [note-{next}]\n---\n## About\n\n{}\n",
            format!("The {word} of note {next}. ").repeat(20)
        ));
    }
    text
}

#[test]
fn a_second_build_writes_nothing_and_keeps_every_time() {
    let project = Project::new(&large(5, "word"));
    project.runs(&["build"]);
    let before = project.tree("public");
    assert!(before.len() > 10);
    let ran = project.runs(&["build"]);
    assert!(ran.err.contains("nothing had changed"), "{}", ran.err);
    assert_eq!(project.tree("public"), before);
}

#[test]
fn an_edit_touches_only_what_it_changes() {
    let project = Project::new(&large(5, "word"));
    project.runs(&["build"]);
    let before = project.tree("public");
    let note = project.read("content/notes/note-3.md");
    project.write("content/notes/note-3.md", note.replace("## About", "## More about"));
    project.runs(&["build"]);
    let after = project.tree("public");
    let changed: Vec<_> = after.iter().filter(|(path, file)| before.get(*path) != Some(file)).collect();
    let changed: Vec<_> =
        changed.into_iter().map(|(path, _)| path.as_str()).filter(|path| !path.starts_with("search")).collect();
    assert_eq!(changed, ["notes/note-3/index.html"]);
}

#[test]
fn what_is_gone_from_the_sources_is_gone_from_the_output() {
    let project = Project::new(&(large(3, "word") + "//- content/old.md\n---\ntitle: Old\n---\n"));
    project.runs(&["build"]);
    assert!(project.path("public/old/index.html").exists());
    fs::rename(project.path("content/old.md"), project.path("content/new.md")).expect("it is there");
    project.runs(&["build"]);
    assert!(!project.path("public/old").exists() && project.path("public/new/index.html").exists());
}

#[test]
fn a_file_that_was_changed_or_removed_by_hand_is_put_right() {
    let project = Project::new(&large(3, "word"));
    project.runs(&["build"]);
    let before = project.bytes("public");
    project.write("public/index.html", "by hand");
    project.remove("public/notes/note-1/index.html");
    project.runs(&["build"]);
    assert_eq!(project.bytes("public"), before);
}

#[test]
fn options_of_the_command_line_make_another_site() {
    let project = Project::new(&(large(2, "word") + "//- content/draft.md\n---\ntitle: Draft\ndraft: true\n---\n"));
    project.runs(&["build"]);
    project.runs(&["build", "--drafts"]);
    assert!(project.path("public/draft/index.html").exists());
    project.runs(&["build"]);
    assert!(!project.path("public/draft/index.html").exists());
    project.runs(&["build", "--base-url", "https://elsewhere.example/sub/"]);
    assert!(project.read("public/index.html").contains("href=\"/sub/notes/note-0/\""));
    project.runs(&["build"]);
    assert!(project.read("public/index.html").contains("href=\"/notes/note-0/\""));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let project = Project::new(&large(40, "word"));
    project.runs(&["build", "--threads", "1", "--out", "one"]);
    for round in 0..3 {
        let out = format!("four-{round}");
        project.runs(&["build", "--threads", "4", "--out", &out]);
        assert!(project.bytes("one") == project.bytes(&out), "the folders `one` and `{out}` differ");
    }
}

#[test]
fn the_order_in_which_files_were_made_changes_no_byte() {
    let text = large(12, "word");
    let project = Project::new(&text);
    let turned = Project::bare("");
    let files: Vec<_> = crate::harness::fixture(&text).into_iter().rev().collect();
    files.iter().for_each(|(path, text)| turned.write(path, text));
    project.runs(&["build"]);
    turned.runs(&["build"]);
    assert!(project.bytes("public") == turned.bytes("public"));
}

#[test]
fn a_broken_site_leaves_the_last_good_one() {
    let project = Project::new(&large(3, "word"));
    project.runs(&["build"]);
    let before = project.tree("public");
    for (path, text) in [
        ("content/notes/note-1.md", "no front matter"),
        ("site.yaml", "title: ["),
        ("templates/entry.html", "{{ entry.nothing }}"),
        ("templates/entry.html", "{% if %}"),
        ("content/notes/note-2.md", "---\ntitle: a\nlevel: middle\n---\n"),
    ] {
        let good = project.read(path);
        project.write(path, text);
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, Some(1), "{path}: {}", ran.err);
        assert!(ran.err.contains("the last good site stays"), "{}", ran.err);
        assert_eq!(project.tree("public"), before, "{path}");
        project.write(path, good);
    }
    assert!(project.runs(&["build"]).err.contains("nothing had changed"));
}

#[test]
fn a_data_block_that_begins_to_fail_fails_the_build() {
    let block = "//- templates/blocks/quiet.html\n{% if block.loud %}loud{% endif %}\n//- content/page.md\n---\ntitle: Page\n---\n```quiet\nloud: false\n```\n";
    let project = Project::new(&(large(2, "word") + block));
    project.write("templates/blocks/quiet.html", "");
    project.runs(&["build"]);
    project.write("templates/blocks/quiet.html", "{{ block.nothing }}");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
}

#[test]
fn an_output_folder_that_is_holds_or_lies_in_the_sources_is_refused() {
    let project = Project::new(&large(2, "word"));
    project.write("notes.txt", "mine");
    let before = project.bytes("");
    for out in ["content", ".", "..", "content/notes", "static/public", "templates", "site.yaml", "/"] {
        let ran = project.run(&["build", "--out", out]);
        assert_eq!(ran.code, Some(2), "{out}: {}", ran.err);
        assert!(ran.err.starts_with("error: "), "{out}: {}", ran.err);
    }
    assert_eq!(project.bytes(""), before);
}

#[test]
fn a_folder_that_others_made_is_refused() {
    let project = Project::new(&large(2, "word"));
    project.write("public/thesis.txt", "ten years of work");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("holds files that limber did not write"), "{}", ran.err);
    assert_eq!(project.bytes("public").len(), 1);
}

#[test]
fn what_others_put_into_the_output_stays() {
    let project = Project::new(&large(2, "word"));
    project.runs(&["build"]);
    project.write("public/CNAME", "site.example");
    let index = project.read("content/index.md");
    project.write("content/index.md", index + "More.\n");
    project.runs(&["build"]);
    assert_eq!(project.read("public/CNAME"), "site.example");
}

#[test]
fn a_build_that_is_killed_never_leaves_a_mix() {
    let project = Project::new(&large(120, "first"));
    project.runs(&["build"]);
    let versions: Vec<_> = ["first", "second"]
        .iter()
        .map(|word| {
            crate::harness::plain(&large(120, word)).iter().for_each(|(path, text)| project.write(path, text));
            project.runs(&["build", "--out", &format!("{word}-out")]);
            project.bytes(&format!("{word}-out"))
        })
        .collect();
    let marked = |mut files: std::collections::BTreeMap<String, Vec<u8>>| {
        files.remove(".limber");
        files
    };
    let versions: Vec<_> = versions.into_iter().map(marked).collect();
    let (mut random, mut killed, mut seen) = (88_172_645_463_325_252_u64, 0, [0, 0]);
    for round in 0..30 {
        let word = ["first", "second"][round % 2];
        crate::harness::plain(&large(120, word)).iter().for_each(|(path, text)| project.write(path, text));
        let mut child = project.command(&["build"]).stderr(Stdio::null()).spawn().expect("the program can be started");
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        std::thread::sleep(Duration::from_millis(random % 400));
        let _ = child.kill();
        let status = child.wait().expect("it ends");
        killed += usize::from(status.signal().is_some());
        let now = marked(project.bytes("public"));
        let which = versions.iter().position(|version| *version == now);
        seen[which.unwrap_or_else(|| panic!("round {round} left a mix"))] += 1;
    }
    assert!(killed > 3 && seen.iter().all(|times| *times > 0), "{killed} were killed; seen {seen:?}");
    project.runs(&["build"]);
    assert!(marked(project.bytes("public")) == versions[1]);
}

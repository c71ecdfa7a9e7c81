//! What an earlier version left is taken over: by the next build, or by a command that says so.

use std::fs;

use crate::harness::Project;

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {}}
//- content/index.md
---
title: Home
---
//- content/notes/a.md
---
title: A
---
";

/// A project that was built into this folder by a version that kept its state beside the output.
fn built_by_an_earlier_version(out: &str) -> Project {
    let project = Project::new(SITE);
    project.runs(&["build", "--out", out]);
    let record = fs::read(project.path(&project.state(out)).join("live.manifest")).unwrap();
    let marker = project.read(&format!("{out}/.limber"));
    let id = marker.lines().nth(1).unwrap();
    fs::remove_dir_all(project.path(".limber")).unwrap();
    for (name, bytes) in [
        ("lock".into(), &b""[..]),
        ("spare/index.html".into(), b"before"),
        ("parsed/00".into(), b"a draft"),
        ("rescued/theirs".into(), b"theirs"),
        (format!("{id}.manifest"), &record),
        (format!("{id}.problems"), b"[]"),
    ] {
        project.write(&format!(".{out}.limber/{name}"), bytes);
    }
    project
}

#[test]
fn a_command_takes_over_what_lies_beside_the_output_and_says_so() {
    let project = built_by_an_earlier_version("public");
    let would = project.runs(&["migrate", "--dry-run"]).err;
    assert_eq!(
        would,
        "would take over the record of what is live in `public`\n\
         would take over files of others that were saved in `.public.limber/rescued`\n\
         would take over the site that was live before, from `.public.limber/spare`\n\
         would remove `.public.limber`: all that is kept lies in `.limber/`\n"
    );
    assert!(project.path(".public.limber/spare").exists() && !project.path(".limber").exists());
    let live = project.tree("public");
    let said = project.runs(&["migrate"]).err;
    assert_eq!(said, would.replace("would take over", "takes over").replace("would remove", "removes"));
    assert!(!project.path(".public.limber").exists());
    assert_eq!(project.tree("public"), live);
    assert_eq!(project.runs(&["migrate"]).err, "nothing to do: no earlier version has left anything here\n");

    // The next build knows what is there, and removes what is gone.
    project.remove("content/notes/a.md");
    let built = project.runs(&["build"]).err;
    assert!(!built.contains("there was no record") && !project.path("public/notes/a/index.html").exists(), "{built}");
    let rescued = project.path(&project.state("public")).join("rescued/theirs");
    assert_eq!(fs::read_to_string(rescued).unwrap(), "theirs");
}

#[test]
fn every_output_of_the_project_is_found_and_files_of_others_stay() {
    let project = built_by_an_earlier_version("site");
    project.write(".site.limber/my notes.txt", "mine");
    let ran = project.runs(&["migrate"]);
    assert!(
        ran.err.contains("leaves `.site.limber` with what no version of limber wrote: my notes.txt"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_dir(project.path(".site.limber")).unwrap().count(), 1);
    assert_eq!(project.read(".site.limber/my notes.txt"), "mine");
    assert!(project.runs(&["build", "--out", "site"]).err.contains("nothing had changed"));
}

#[test]
fn a_hidden_folder_that_is_no_state_is_none_of_our_business() {
    let project = Project::new(SITE);
    project.write(".public.limber/notes", "mine");
    assert!(project.runs(&["migrate"]).err.starts_with("nothing to do"));
    assert_eq!(project.read(".public.limber/notes"), "mine");
    assert!(!project.path(".limber").exists() && !project.path("public").exists());
}

//! The program as people and scripts meet it: exit codes, what goes where, helps.

use expect_test::expect;

use crate::harness::Project;

const SITE: &str = "\
//- site.yaml
title: Site
//- content/index.md
---
title: Home
---
";

#[test]
fn exit_codes_say_fine_wrong_or_failed() {
    let project = Project::new(SITE);
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_eq!(project.run(&["check"]).code, Some(0));
    project.write("content/warned.md", "---\ntitle: W\n---\n<b>x</b>\n");
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_eq!(project.run(&["check"]).code, Some(0));
    assert_eq!(project.run(&["check", "--deny-warnings"]).code, Some(1));
    project.write("content/wrong.md", "");
    assert_eq!(project.run(&["build"]).code, Some(1));
    assert_eq!(project.run(&["check"]).code, Some(1));
    assert_eq!(project.run(&["build", "--base-url", "nonsense"]).code, Some(2));
    assert_eq!(project.run(&["bild"]).code, Some(2));
    assert_eq!(project.run(&["build", "--as-of", "tomorrow"]).code, Some(2));
    assert_eq!(project.run(&[]).code, Some(2));
}

#[test]
fn messages_go_to_standard_error_and_data_to_standard_output() {
    let project = Project::new(SITE);
    let built = project.runs(&["build"]);
    assert!(built.out.is_empty() && built.err.contains("files in public"), "{}", built.err);
    project.write("content/wrong.md", "");
    let ran = project.run(&["check"]);
    assert!(ran.err.contains("front-matter-missing") && !ran.out.contains('\u{1b}'));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = project.runs(&["completions", shell]);
        assert!(ran.out.contains("limber") && ran.err.is_empty(), "{shell}");
    }
}

#[test]
fn a_report_shows_the_line_and_a_way_out() {
    let project = Project::new(&SITE.replace("title: Home\n", "titel: Home\n"));
    let ran = project.run(&["build"]);
    expect![[""]].assert_eq(&(ran.out + &ran.err));
}

#[test]
fn quiet_says_nothing_but_problems() {
    let project = Project::new(SITE);
    let ran = project.runs(&["--quiet", "build"]);
    assert!(ran.err.is_empty() && ran.out.is_empty(), "{}", ran.err);
    assert!(project.runs(&["build", "-q"]).err.is_empty());
    assert!(project.runs(&["check", "-q"]).err.is_empty());
    project.write("content/wrong.md", "");
    assert!(project.run(&["-q", "check"]).err.contains("front-matter-missing"));
}

#[test]
fn timings_name_every_stage() {
    let project = Project::new(SITE);
    let ran = project.runs(&["build", "--timings"]);
    for stage in ["load", "parse", "resolve", "plan", "render", "write", "sum"] {
        assert!(ran.err.lines().any(|line| line.trim_start().starts_with(stage) && line.contains("ms")), "{}", ran.err);
    }
    assert!(project.runs(&["check", "--timings"]).err.contains("render"));
}

#[test]
fn colours_are_for_terminals() {
    let project = Project::new(&SITE.replace("title: Home\n", "titel: Home\n"));
    assert!(!project.run(&["check"]).err.contains('\u{1b}'));
    let output = project.command(&["check"]).env("NO_COLOR", "1").output().expect("the program can be started");
    assert!(!output.stderr.contains(&0x1b));
}

#[test]
fn the_site_may_lie_in_another_folder() {
    let project = Project::new(SITE);
    let elsewhere = tempfile::tempdir().expect("a temporary folder can be made");
    let root = project.root().to_string_lossy().into_owned();
    let mut command = project.command(&["--root", &root, "build"]);
    assert!(command.current_dir(elsewhere.path()).status().is_ok_and(|status| status.success()));
    assert!(project.path("public/index.html").exists());
    let missing = project.run(&["--root", "nowhere", "check"]);
    assert!(missing.code != Some(0) && missing.err.contains("site.yaml"), "{}", missing.err);
}

#[test]
fn every_command_explains_itself() {
    let project = Project::bare("");
    let ran = project.runs(&["--help"]);
    for command in ["build", "serve", "check", "init", "completions"] {
        assert!(ran.out.contains(command), "{}", ran.out);
        let help = project.runs(&[command, "--help"]).out;
        assert!(help.contains("Usage: limber") && help.contains("--root"), "{help}");
        let lines = help.lines().filter(|line| line.trim_start().starts_with("--"));
        lines.for_each(|line| assert!(!line.trim_end().ends_with('.'), "{line}"));
    }
    assert!(project.runs(&["--version"]).out.starts_with("limber "));
}

#[test]
fn a_new_site_is_fine_and_builds() {
    let project = Project::bare("");
    project.runs(&["init", "new"]);
    let ran = project.runs(&["--root", "new", "check", "--deny-warnings"]);
    assert!(ran.err.contains("no problems"), "{}", ran.err);
    project.runs(&["--root", "new", "build"]);
    assert!(project.read("new/public/glossary/index.html").contains("id=\"wikilink\""));
    let again = project.run(&["init", "new"]);
    assert_eq!(again.code, Some(2), "{}", again.err);
}

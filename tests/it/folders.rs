//! `folder:` of a kind: entries lie wherever the site says, and no file has to be moved.

use expect_test::expect;

use crate::harness::{Project, site};

const VAULT: &str = "\
//- site.yaml
title: Vault
kinds:
  note: {folder: ., url: \"/{slug}/\", index: false, extra: allow}
  person: {folder: People I know, plural: people}
//- First Note.md
See [[Ada Lovelace]], [a file](People%20I%20know/Ada%20Lovelace.md) and [[Second]].
//- Deep/Er/Second.markdown
Back to [the first](<../../First Note.md>).
//- People I know/Ada Lovelace.md
# Countess
//- .trash/gone.md
Gone.
//- node_modules/x/README.md
Not ours.
";

#[test]
fn a_kind_may_have_the_whole_project_and_another_a_folder_in_it() {
    let drawn = Project::new(VAULT).drawn();
    drawn.is_fine();
    let first = drawn.main("/first-note/");
    assert_eq!(first.matches("href=\"/people/ada-lovelace/\"").count(), 2, "{first}");
    assert!(first.contains("href=\"/deep/er/second/\""), "{first}");
    assert!(drawn.main("/deep/er/second/").contains("href=\"/first-note/\""));
    assert!(!drawn.files.keys().any(|path| path.contains("gone") || path.contains("readme")));
}

#[test]
fn an_output_inside_the_content_is_no_content_whatever_its_name() {
    let project = Project::bare(VAULT);
    let built = |arguments: &[&str], out: &str| {
        project.runs(arguments);
        project.bytes(out).into_keys().collect::<Vec<_>>()
    };
    let first = built(&["build", "--out", "site"], "site");
    assert_eq!(built(&["build", "--out", "site"], "site"), first);
    assert_eq!(built(&["build", "--out", "Deep/other"], "Deep/other"), first);
    assert_eq!(built(&["build", "--out", "site", "--base-url", "https://b.example/"], "site"), first);
    // A finished site below `static/` is published as it is.
    std::fs::create_dir_all(project.path("static")).unwrap();
    std::fs::rename(project.path("Deep/other"), project.path("static/demo")).unwrap();
    let with_demo = built(&["build", "--out", "site"], "site");
    assert!(with_demo.contains(&"demo/first-note/index.html".to_string()), "{with_demo:?}");
}

#[test]
fn an_output_is_not_written_where_entries_lie_or_where_others_keep_their_state() {
    let project = Project::bare(VAULT);
    for (out, why) in [
        ("People I know", "which the site is made from"),
        ("People I know/pub", "which the site is made from"),
        (".limber/x", "where limber keeps what it knows"),
        (".git/x", "where git keeps what it knows"),
    ] {
        for adopt in [&[][..], &["--adopt"]] {
            let ran = project.run(&[&["build", "--out", out], adopt].concat());
            assert!(ran.code == Some(2) && ran.err.contains(why), "{out}: {}", ran.err);
        }
    }
}

#[test]
fn two_kinds_have_two_folders_that_hold_content() {
    let wrong = |folders: [&str; 2]| {
        let [one, two] = folders;
        site(&format!(
            "//- site.yaml\ntitle: Site\nkinds:\n  note: {{folder: {one}}}\n  task: {{folder: {two}}}\n//- content/a.md\n# A\n"
        ))
    };
    wrong(["Texts", "Texts/"]).reports(&expect![[r#"
        site.yaml:4:18: error[site-invalid]: the kinds `note` and `task` have the same folder
          help: give each kind a folder of its own
    "#]]);
    wrong(["../notes", "/tmp"]).reports(&expect![[r#"
        site.yaml:3:18: error[site-invalid]: `../notes` is no folder of the project: it leaves the project; make a link to it inside the project, and name the link
          help: write it as `Notes`, `docs/guides`, or `.` for the folder of site.yaml itself
        site.yaml:4:18: error[site-invalid]: `/tmp` is no folder of the project: it counts from the folder of site.yaml, with `/` between folders
          help: write it as `Notes`, `docs/guides`, or `.` for the folder of site.yaml itself
    "#]]);
    wrong(["templates", ".obsidian"]).reports(&expect![[r#"
        site.yaml:3:18: error[site-invalid]: `templates` is no folder of the project: this folder never holds content
          help: write it as `Notes`, `docs/guides`, or `.` for the folder of site.yaml itself
        site.yaml:4:18: error[site-invalid]: `.obsidian` is no folder of the project: folders that begin with a dot are never read
          help: write it as `Notes`, `docs/guides`, or `.` for the folder of site.yaml itself
    "#]]);
}

#[test]
fn pictures_lie_beside_the_texts_of_a_folder() {
    let project = Project::bare(
        "//- site.yaml\ntitle: Book\nkinds: {chapter: {folder: src, plural: chapters}}\n//- src/one.md\n# One\n\n![A crab](img/crab.svg)\n",
    );
    project.write("src/img/crab.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    project.runs(&["build"]);
    assert!(project.read("public/chapters/one/index.html").contains("src=\"/media/src/img/crab.svg\""));
    assert!(project.path("public/media/src/img/crab.svg").is_file());
}

#[cfg(unix)]
#[test]
fn a_folder_that_the_site_names_may_be_a_link_that_leaves_the_project() {
    let elsewhere =
        Project::bare("//- a.md\n# From elsewhere\n\nSee [b](b.md) and [nothing](gone.md).\n//- b.md\n# B\n");
    let project = Project::new("//- site.yaml\ntitle: Site\nkinds: {note: {folder: Linked}}\n");
    std::os::unix::fs::symlink(elsewhere.root(), project.path("Linked")).expect("a link can be made");
    let ran = project.run(&["check"]);
    assert!(ran.err.contains("Linked/a.md:3:"), "{}", ran.err);
    assert!(ran.err.contains("[nothing](gone.md)"), "the line is quoted: {}", ran.err);
    assert!(project.drawn().main("/notes/a/").contains("href=\"/notes/b/\""));
    // A link inside it that leads on to somewhere else was not named.
    let third = Project::bare("//- secret.md\n# Secret\n");
    std::os::unix::fs::symlink(third.path("secret.md"), elsewhere.path("c.md")).expect("a link can be made");
    assert!(project.run(&["check"]).err.contains("file-link-refused"));
}

#[test]
fn data_beside_foreign_texts_is_no_entry() {
    let project = Project::new(
        "//- site.yaml\ntitle: Site\nkinds: {post: {folder: content}}\n//- content/2024/trip.md\n# Trip\n//- content/2024/track.yaml\na: 1\n",
    );
    let drawn = project.drawn();
    assert!(drawn.main("/posts/2024/trip/").contains("Trip"));
    assert!(!drawn.diagnostics.iter().any(|problem| problem.is_error()), "{}", drawn.problems());
}

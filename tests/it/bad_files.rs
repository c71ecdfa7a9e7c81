//! Files that cannot be what they should be: on disk, as the loader meets them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use expect_test::{Expect, expect};

use crate::harness::{Project, TEMPLATES};
use crate::unable::{Lacks, unable};

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {}}
pages: {a_z: false, search: false}
//- content/index.md
---
title: Home
---
";

#[track_caller]
fn complains(project: &Project, expected: &Expect) {
    let root = project.root().to_string_lossy().into_owned();
    expected.assert_eq(&project.drawn().problems().replace(&root, ""));
}

/// Says what the program says of a project; it neither crashes nor writes.
#[track_caller]
fn refuses(project: &Project, said: &str) {
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(!project.path("public").exists());
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_accepted() {
    let plain = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n# One\n\ntwo\nthree\n"));
    let dressed = Project::new(SITE);
    dressed.write("content/notes/a.md", "\u{feff}---\r\ntitle: A\r\n---\r\n# One\r\n\r\ntwo\rthree\r\n");
    dressed.write("site.yaml", format!("\u{feff}{}", plain.read("site.yaml").replace('\n', "\r\n")));
    assert_eq!(dressed.drawn().is_fine().files, plain.drawn().is_fine().files);
}

#[test]
fn files_that_are_no_text_are_refused_and_keep_their_name() {
    let project = Project::new(&format!("{SITE}[[latin]] [[zero]] [[large]]\n"));
    project.write("content/notes/latin.md", b"---\ntitle: caf\xe9\n---\n");
    project.write("content/notes/zero.md", b"---\ntitle: a\n---\nnothing\0here\n");
    project.write("content/notes/large.md", vec![b'a'; 50_000_000]);
    project.write("templates/page.html", b"\xff\xfe<");
    project.write("content/sources.yaml", b"\xff");
    complains(
        &project,
        &expect![[r#"
        content/notes/large.md:1:1: error[file-too-large]: this file has 50 MB, and a text may have at most 32
          help: split the file
        content/notes/latin.md:1:1: error[file-not-utf8]: this file is not valid UTF-8: the byte E9 is no part of a character here
          help: save it again with the encoding UTF-8
        content/notes/zero.md:1:1: error[file-nul]: this file has a NUL byte: it is no text
          help: remove the file, or save it again as text
        content/sources.yaml:1:1: error[file-not-utf8]: this file is not valid UTF-8: the byte FF is no part of a character here
          help: save it again with the encoding UTF-8
        templates/page.html:1:1: error[file-not-utf8]: this file is not valid UTF-8: the byte FF is no part of a character here
          help: save it again with the encoding UTF-8
    "#]],
    );
    refuses(&project, "file-too-large");
}

#[test]
fn links_that_leave_the_project_or_run_in_a_circle_are_refused() {
    let outside = tempfile::tempdir().expect("a temporary folder can be made");
    fs::write(outside.path().join("secret.md"), "---\ntitle: Secret\n---\n").expect("it can be written");
    let project = Project::new(&format!("{SITE}//- content/notes/a.md\n---\ntitle: A\n---\n//- static/x.txt\nx\n"));
    let link = |to: &std::path::Path, at: &str| symlink(to, project.path(at)).expect("links can be made");
    link(&outside.path().join("secret.md"), "content/notes/secret.md");
    link(outside.path(), "content/notes/folder");
    link(outside.path(), "static/folder");
    link(&outside.path().join("secret.md"), "templates/secret.html");
    link(project.path("content").as_path(), "content/notes/circle");
    link(std::path::Path::new("nothing.md"), "content/notes/dangling.md");
    link(std::path::Path::new("a.md"), "content/notes/b.md");
    complains(
        &project,
        &expect![[r#"
        content/notes/circle:1:1: error[file-link-refused]: this link runs in a circle: it is not followed
          help: remove the link
        content/notes/dangling.md:1:1: error[file-link-refused]: this link leads to nothing
          help: remove the link, or put back what it pointed to
        content/notes/folder:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
          help: copy what it points to into the project
        content/notes/secret.md:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
          help: copy what it points to into the project
        static/folder:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
          help: copy what it points to into the project
        templates/secret.html:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
          help: copy what it points to into the project
    "#]],
    );
    let drawn = project.drawn();
    assert!(drawn.files.values().all(|text| !text.contains("Secret")));
    assert!(drawn.files.contains_key("notes/b/index.html"), "a link within the project is followed");

    let linked = Project::new(SITE);
    linked.remove("site.yaml");
    fs::write(outside.path().join("site.yaml"), "title: Outside\n").expect("it can be written");
    symlink(outside.path().join("site.yaml"), linked.path("site.yaml")).expect("links can be made");
    complains(
        &linked,
        &expect![[r#"
        site.yaml:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
          help: copy what it points to into the project
    "#]],
    );
}

#[test]
fn pipes_and_devices_are_skipped_with_a_word() {
    let project = Project::new(&format!("{SITE}//- static/x.txt\nx\n"));
    for pipe in ["content/pipe.md", "static/pipe.css", "templates/pipe.html", "content/pipe.png"] {
        let made = Command::new("mkfifo").arg(project.path(pipe)).status();
        assert!(made.is_ok_and(|status| status.success()), "`mkfifo` is needed for this test");
    }
    symlink("/dev/zero", project.path("static/zero.txt")).expect("links can be made");
    let socket = std::os::unix::net::UnixListener::bind(project.path("content/socket.md"));
    complains(
        &project,
        &expect![[r#"
            content/pipe.md:1:1: warning[file-special]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
            content/pipe.png:1:1: warning[file-special]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
            content/socket.md:1:1: warning[file-special]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
            static/pipe.css:1:1: warning[file-special]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
            static/zero.txt:1:1: error[file-link-refused]: this link leads out of the project: it is not followed
              help: copy what it points to into the project
            templates/pipe.html:1:1: warning[file-special]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
        "#]],
    );
    drop(socket);
    project.remove("static/zero.txt");
    project.runs(&["build"]);
    assert!(!project.path("public/pipe.css").exists());
}

#[test]
fn a_declaration_that_is_no_file_is_reported() {
    let project = Project::new(SITE);
    project.remove("site.yaml");
    fs::create_dir(project.path("site.yaml")).expect("the folder can be made");
    complains(
        &project,
        &expect![[r#"
            site.yaml:1:1: error[file-unreadable]: this is no plain file: it is skipped
              help: put a plain file in its place, or remove it
        "#]],
    );
    fs::remove_dir(project.path("site.yaml")).expect("it is there");
    complains(
        &project,
        &expect![[r#"
        site.yaml:1:1: error[site-missing]: this folder has no `site.yaml`
          help: go to the folder of a site, or make one with `limber init DIR`
    "#]],
    );
    refuses(&project, "this folder has no `site.yaml`");
}

#[test]
fn files_that_may_not_be_read_are_reported() {
    let project = Project::new(&format!("{SITE}[[a]]\n//- content/notes/a.md\n---\ntitle: A\n---\n"));
    fs::set_permissions(project.path("content/notes/a.md"), fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::read(project.path("content/notes/a.md")).is_ok() {
        unable(Lacks::Right("this user may read every file, so none can be shut"));
        return;
    }
    complains(
        &project,
        &expect![[r#"
            content/notes/a.md:1:1: error[file-unreadable]: this file cannot be read: permission denied
              help: check the permissions of the file
        "#]],
    );
}

#[test]
fn names_may_have_spaces_capitals_and_letters_of_any_kind() {
    let project = Project::new(&format!(
        "{SITE}[a](<notes/Fine Pruning.md>) [b](notes/%C3%9Cber%20uns.md) [[fine-pruning]] [c](notes/🦵.md) ![d](<notes/my leg.png>) [e](<notes/my leg.png>) [f](/my%20file.txt)\n\
         //- content/notes/Fine Pruning.md\n---\ntitle: Fine pruning\n---\n//- content/notes/Über uns.md\n---\ntitle: Über uns\n---\n\
         //- content/notes/🦵.md\n---\ntitle: Leg\n---\n//- content/notes/my leg.png\nx\n//- static/my file.txt\nx\n"
    ));
    project.write("templates/home.html", include_str!("harness/templates/entry.html"));
    project.drawn().is_fine().shows("/", &expect![[r#"
        <h1>Home</h1>
        <p><a href="/notes/fine-pruning/">a</a> <a href="/notes/uber-uns/">b</a> <a href="/notes/fine-pruning/">Fine pruning</a> <a href="/notes/leg/">c</a> <img src="/media/notes/my%20leg.png" alt="d" loading="lazy"> <a href="/media/notes/my%20leg.png">e</a> <a href="/my%20file.txt">f</a></p>
        <a href="/">Home</a>
    "#]]);
    project.runs(&["build"]);
    assert!(project.path("public/notes/fine-pruning/index.html").exists());
}

#[test]
fn names_that_differ_only_in_case_are_refused() {
    let project = Project::new(&format!("{SITE}//- static/a.txt\nx\n//- static/A.txt\ny\n"));
    complains(
        &project,
        &expect![[r#"
        static/a.txt:1:1: error[url-duplicate]: `/A.txt` and `/a.txt` differ only in case: many hosts cannot tell them apart
          static/A.txt:1:1: the other one
          help: rename one of the two
    "#]],
    );
    let project = Project::new(&format!(
        "{SITE}//- content/notes/corm.md\n---\ntitle: a\n---\n//- content/notes/Corm.md\n---\ntitle: b\n---\n"
    ));
    complains(
        &project,
        &expect![[r#"
        content/notes/corm.md:2:8: error[slug-duplicate]: two entries of the kind `note` have the slug `corm`
          content/notes/Corm.md:2:8: the first one
          help: rename one of the two files
    "#]],
    );
}

#[test]
fn an_empty_folder_and_an_empty_site_are_no_crash() {
    let project = Project::bare("");
    refuses(&project, "this folder has no `site.yaml`");
    let project = Project::bare("//- site.yaml\n");
    refuses(&project, "site.yaml has no `title`");
    let project = Project::new("//- site.yaml\ntitle: Site\n");
    project.drawn().is_fine();
    assert!(TEMPLATES.len() > 1);
}

#[test]
fn temporary_files_of_editors_are_left_alone() {
    let project = Project::new(SITE);
    for name in
        ["content/.a.md.swp", "content/a.md~", "content/#a.md#", "content/.git/x.md", "static/a~", "templates/.x.html"]
    {
        project.write(name, "---\nbroken");
    }
    project.drawn().is_fine();
    project.write("content/notes.docx", "x");
    complains(
        &project,
        &expect![[r#"
            content/notes.docx:1:1: warning[file-unused]: this file is neither Markdown, data nor media, and no page leads to it: it is left out
              help: link to it where readers may download it, or move it out of the content
        "#]],
    );
}

#[test]
fn files_with_nearly_the_right_ending_are_told_how_to_be_renamed() {
    let project = Project::new(SITE);
    for name in ["notes/b.txt", "notes/c.docx", "notes.yml"] {
        project.write(&format!("content/{name}"), "x");
    }
    complains(
        &project,
        &expect![[r#"
            content/notes.yml:1:1: warning[file-unused]: this file is neither Markdown, data nor media, and no page leads to it: it is left out
              help: rename it to `notes.yaml`
            content/notes/b.txt:1:1: warning[file-unused]: this file is neither Markdown, data nor media, and no page leads to it: it is left out
              help: rename it to `b.md` if it is a page
            content/notes/c.docx:1:1: warning[file-unused]: this file is neither Markdown, data nor media, and no page leads to it: it is left out
              help: link to it where readers may download it, or move it out of the content
        "#]],
    );
}

#[test]
fn a_report_quotes_nothing_of_what_lies_outside_the_project() {
    let project = Project::new(SITE);
    let outside = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    fs::write(outside.path(), "secret").expect("the file can be written");
    symlink(outside.path(), project.path("content/a.md")).expect("links can be made");
    let ran = project.run(&["check"]);
    assert!(ran.err.contains("leads out of the project") && !ran.err.contains("secret"), "{}", ran.err);
}

#[test]
fn a_text_that_is_no_utf_8_is_shown_where_it_is_none() {
    for (path, bytes, at, line) in [
        ("content/notes/a.md", &b"---\ntitle: caf\xe9\n---\n"[..], "2:11", "title: caf\u{fffd}"),
        ("content/notes/a.md", b"\xef\xbb\xbf---\r\ntitle: \xc3(\r\n---\r\n", "2:8", "title: \u{fffd}("),
        ("content/notes/a.md", b"---\ntitle: A\n---\nx \xe2\x82", "4:3", "x \u{fffd}"),
        ("content/notes/a.md", "---\ntitle: ü\n---\nÜber \u{1f331}".as_bytes(), "", ""),
        ("content/notes/a.md", b"\xff\xfe-\0-\0", "1:1", "\u{fffd}\u{fffd}-"),
        ("content/notes.yaml", b"a:\n  title: \xa0x\n", "2:10", "  title: \u{fffd}x"),
        ("templates/note.html", b"<p>\n\x80</p>\n", "2:1", "\u{fffd}</p>"),
        ("site.yaml", b"title: \xfc\n", "1:8", "title: \u{fffd}"),
        ("content/notes/a.md", b"---\ntitle: A\n---\nx\0y\n", "4:2", "x"),
    ] {
        let project = Project::new(SITE);
        project.write(path, bytes);
        let ran = project.run(&["check"]);
        if at.is_empty() {
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            continue;
        }
        assert!(ran.err.contains(&format!("{path}:{at}")), "{path}: {}", ran.err);
        assert!(ran.err.contains(line) && ran.err.contains('^'), "{path}: {}", ran.err);
        let short = project.run(&["check", "--format", "short"]).out;
        assert!(short.contains(&format!("{path}:{at}: error[file-n")), "{path}: {short}");
    }
    // Of what is no text no line is shown.
    let project = Project::new(SITE);
    project.write("content/C#.png", b"\x89PNG\xff\xfe");
    let told = project.run(&["check"]).err;
    assert!(told.contains("C#.png") && !told.contains("PNG"), "{told}");
}

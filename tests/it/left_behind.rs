//! What editors and systems leave lying around is no part of the site, nor is what the site itself leaves out.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use expect_test::expect;

use crate::harness::Project;

const SITE: &str = "\
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds: {tool: {plural: tools, url: '/tools/{slug}/'}}
//- content/index.md
---
title: Home
---
Hello.
//- content/tools/bulb.md
---
title: Bulb
---
A bulb rolls.
//- static/notes.txt
take me along
";

/// What programs leave beside a file of this name, in whatever folder.
fn left_behind(project: &Project, folder: &str, name: &str) {
    let text = "---\ntitle: Left behind\n---\nleftword {{ broken\n";
    for left in [
        format!("#{name}#"),
        format!("{name}~"),
        format!(".{name}.swp"),
        format!("{name}___jb_tmp___"),
        format!("._{name}"),
        format!(".~lock.{name}#"),
        format!("{name}.tmp"),
        format!("{name}.orig"),
        format!(".{name}.kate-swp"),
        format!("copy.sync-conflict-20240101-120000-ABCDEFG.{}", name.rsplit('.').next().unwrap_or_default()),
        format!("copy (conflicted copy 2024-01-01).{}", name.rsplit('.').next().unwrap_or_default()),
        ".dropbox.attr".to_string(),
        "Icon\r".to_string(),
        ".obsidian/leftword.md".to_string(),
        "Thumbs.db".to_string(),
        ".DS_Store".to_string(),
        "desktop.ini".to_string(),
        format!("~{}.md", name.split('.').next().unwrap_or_default()),
        "nohup.out".to_string(),
        "lost+found/leftword.md".to_string(),
        ".git/leftword.md".to_string(),
    ] {
        project.write(&format!("{folder}/{left}"), text);
    }
    // A lock of Emacs leads nowhere; what lies behind other links is nobody's work either.
    symlink("someone@machine.4242:1700000000", project.path(&format!("{folder}/.#{name}")))
        .expect("a link can be made");
    let _ = symlink("/nonexistent", project.path(&format!("{folder}/.Trash-1000")));
}

#[test]
fn what_programs_leave_behind_is_not_published_and_costs_no_report() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    let before = project.bytes("public");
    for (folder, name) in [
        ("content", "index.md"),
        ("content/tools", "bulb.md"),
        ("templates", "entry.html"),
        ("templates/components", "card.html"),
        ("static", "notes.txt"),
        ("static/deep", "site.css"),
    ] {
        left_behind(&project, folder, name);
    }
    let ran = project.runs(&["build"]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert_eq!(project.bytes("public"), before);
    assert_eq!(project.runs(&["check"]).err.lines().count(), 1);
}

#[test]
fn a_folder_of_the_file_system_that_nobody_may_read_stops_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::bare(SITE);
    let folder = project.path("content/lost+found");
    fs::create_dir(&folder).expect("the folder can be made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).expect("it is ours");
    let ran = project.run(&["check"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
    assert_eq!((ran.code, ran.err.lines().count()), (Some(0), 1), "{}", ran.err);
}

#[test]
fn hidden_files_that_hosts_want_are_published() {
    let project = Project::bare(SITE);
    let wanted = [".well-known/security.txt", ".nojekyll", ".htaccess", "CNAME", "_redirects"];
    wanted.iter().for_each(|name| project.write(&format!("static/{name}"), "x"));
    project.runs(&["build"]);
    wanted.iter().for_each(|name| assert!(project.path("public").join(name).exists(), "{name}"));
}

#[test]
fn a_site_leaves_out_what_it_names_in_all_folders() {
    let project = Project::bare(SITE);
    let site = project.read("site.yaml");
    project
        .write("site.yaml", format!("{site}ignore: ['*.psd', private/, content/tools/old*, static/deep/**/*.txt]\n"));
    project.write("content/tools/old-bulb.md", "no front matter: {{ leftword\n");
    project.write("content/private/notes.md", "---\ntitle: [\n---\n");
    project.write("static/private/key.txt", "leftword");
    project.write("static/a.psd", "leftword");
    project.write("static/deep/er/b.txt", "leftword");
    project.write("templates/private/entry.html", "{{ broken");
    symlink("/nonexistent", project.path("content/private/link.md")).expect("a link can be made");
    let ran = project.runs(&["build"]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let left = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).contains("leftword");
    let files = project.bytes("public");
    assert!(!files.keys().any(|name| left(&project.path("public").join(name))), "{:?}", files.keys());
}

#[test]
fn a_pattern_that_cannot_be_meant_is_an_error_at_its_place() {
    let project = Project::bare(SITE);
    let site = project.read("site.yaml");
    project.write("site.yaml", format!("{site}ignore: ['**', ../elsewhere, '!a', {{a: b}}]\n"));
    let ran = project.run(&["check", "--format", "short"]);
    expect![[r#"
        site.yaml:5:10: error[site-invalid]: `**` cannot be ignored: nothing would be left
        site.yaml:5:16: error[site-invalid]: `../elsewhere` cannot be ignored: it counts from the folder of site.yaml, with `/` between folders
        site.yaml:5:30: error[site-invalid]: `!a` cannot be ignored: a pattern takes nothing back; a file of such a name is written with a `/` before it
        site.yaml:5:36: error[site-invalid]: expected a text, found keys with values
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn secrets_among_the_static_files_are_told_and_not_published() {
    let project = Project::bare(SITE);
    let key = |what: &str| format!("-----BEGIN {what} KEY-----\nAAAA\n-----END {what} KEY-----\n");
    for (path, text) in [
        ("static/.env", "PASSWORD=azalea\n".to_string()),
        ("static/keys/server.pem", key("RSA PRIVATE")),
        ("static/keys/public.pem", key("PUBLIC")),
        ("static/.htaccess", "Options -Indexes\n".to_string()),
        ("static/.well-known/security.txt", "Contact: mailto:a@shed.example\n".to_string()),
        ("content/tools/id_rsa", key("OPENSSH PRIVATE")),
        ("static/keys/core", "\x7fELF azalea".to_string()),
        ("static/core", "Core values\n".to_string()),
    ] {
        project.write(path, text);
    }
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let all: Vec<_> = project
        .tree("public")
        .into_keys()
        .filter(|path| {
            path.contains("keys/")
                || path.contains("core")
                || path.contains("/.")
                || path.starts_with('.')
                || path.contains("id_rsa")
        })
        .collect();
    expect![[r#"
        [
            ".htaccess",
            ".limber",
            ".well-known/security.txt",
            "core",
            "keys/public.pem",
        ]
    "#]]
    .assert_debug_eq(&all);
    let told = project.run(&["check", "--format", "short"]).out;
    expect![[r#"
        content/tools/id_rsa:1:1: warning[file-secret]: this looks like a secret, and it is not published
        static/.env:1:1: warning[file-secret]: this looks like a secret, and it is not published
        static/keys/core:1:1: warning[file-secret]: this looks like a secret, and it is not published
        static/keys/server.pem:1:1: warning[file-secret]: this looks like a secret, and it is not published
    "#]]
    .assert_eq(&told);
    let ran = project.run(&["check"]);
    assert!(!(ran.out + &ran.err).contains("azalea"), "the report quotes none of it");
    project.write("site.yaml", project.read("site.yaml") + "ignore: [.env, '*.pem', id_rsa, keys]\n");
    assert_eq!(project.run(&["check", "--format", "short"]).out, "");
}

#[test]
fn a_text_under_another_ending_is_held_back_where_its_front_matter_says_so() {
    let draft = "---\ntitle: Plan\ndraft: true\n---\nSECRET\n";
    let (kept, copies) = (
        ["note.txt", "page.md.j2", "sheet.html", "plain.rst"],
        ["note.md.bak", "x.markdown.old", "copy of a.md (1)", "a_LOCAL_42.md", "a.md.LOCAL.42.md"],
    );
    let links: String =
        kept.iter().chain(&copies).map(|name| format!("[words](<{name}>) [more](</{name}>)\n\n")).collect();
    let project = Project::bare(&format!(
        "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nkinds: {{note: {{}}}}\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n{links}[open](open.txt)\n//- content/notes/open.txt\n---\ntitle: O\n---\nOPEN\n"
    ));
    for name in kept.iter().chain(&copies) {
        let text = if *name == "plain.rst" { ":title: Plan\n:status: draft\n\nSECRET\n" } else { draft };
        project.write(&format!("content/notes/{name}"), text);
        project.write(&format!("static/{name}"), text);
        project.write(&format!("static/more/{name}"), text);
    }
    let ran = project.runs(&["build"]);
    let files = project.bytes("public");
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("SECRET"), "{path}");
    }
    assert!(files.contains_key("media/notes/open.txt"));
    let page = project.read("public/notes/a/index.html");
    assert_eq!(page.matches("words").count(), kept.len() + copies.len());
    assert!(!page.contains(".bak") && !page.contains("note.txt"), "{page}");
    // Each is reported once: at the link that leads to it, or at the file where there is none.
    assert_eq!(ran.err.matches("[link-held-back]").count(), 2 * (kept.len() + copies.len()), "{}", ran.err);
    assert_eq!(ran.err.matches("[file-secret]").count(), kept.len() + copies.len(), "{}", ran.err);
    assert!(!ran.err.contains("[file-unused]") && !ran.err.contains("[link-broken]"), "{}", ran.err);
    for name in kept.iter().chain(&copies) {
        assert!(ran.err.contains(&format!("static/more/{name}")), "{name}: {}", ran.err);
    }
}

//! `static:` and `output:` of `site.yaml`: where files lie that go into the site as they are, and where the site is written.

use crate::harness::Project;

const PAGE: &str = "//- content/index.md\n# Home\n\n![leek](/img/leek.svg) [list](/files/list.txt)\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>";

#[test]
fn static_files_may_lie_in_other_folders() {
    let project = Project::bare(&format!(
        "//- site.yaml\ntitle: T\nstatic: {{public: /, papers: /files/, robots.txt: /robots.txt}}\noutput: _site\npages: {{robots: false}}\n{PAGE}\
         //- public/img/leek.svg\n{SVG}\n//- public/favicon.svg\n{SVG}\n//- papers/list.txt\nx\n//- papers/.well-known/a\na\n//- robots.txt\nUser-agent: *\n//- static/old.txt\nold\n"
    ));
    project.runs(&["check"]);
    project.runs(&["build"]);
    let files: Vec<String> = project.bytes("_site").into_keys().collect();
    for file in ["img/leek.svg", "files/list.txt", "files/.well-known/a", "robots.txt", "favicon.svg"] {
        assert!(files.iter().any(|known| known == file), "{file}: {files:?}");
    }
    assert!(!files.iter().any(|file| file.contains("old") || file.contains("media")), "{files:?}");
    assert!(project.read("_site/favicon.svg").contains("width=\"2\""), "it replaces that of the theme");
    assert!(project.read("_site/index.html").contains("src=\"/img/leek.svg\""));
    // What lies in a static folder is no content, also where the whole project is.
    project.write("site.yaml", "title: T\nstatic: {docs/public: /}\noutput: built\nkinds: {note: {folder: docs}}\n");
    project.write("content/index.md", "# Home\n");
    project.write("docs/public/a.md", "# No page\n");
    project.write("docs/b.md", "# B\n\n[a](/a.md)\n");
    project.runs(&["build", "--allow-removals"]);
    let files: Vec<String> = project.bytes("built").into_keys().collect();
    assert!(files.contains(&"a.md".to_string()) && !files.iter().any(|file| file.contains("no-page")), "{files:?}");
    assert!(!files.contains(&"notes/public/a/index.html".to_string()), "{files:?}");
    project.runs(&["build", "--allow-removals"]);
}

#[test]
fn a_folder_of_entries_may_be_a_static_one() {
    let site = "title: T\nstatic: {docs: /}\nignore: [/docs/old]\nkinds: {note: {folder: docs, url: \"/{slug}/\", index: false}}\n";
    let project = Project::bare(&format!(
        "//- site.yaml\n{site}//- docs/index.md\n# Home\n\n![leek](img/leek.svg) [list](files/list.bin)\n//- docs/a/b.md\n# B\n\n![leek](../img/leek.svg)\n\
         //- docs/img/leek.svg\n{SVG}\n//- docs/files/list.bin\nx\n//- docs/CNAME\nleek.example\n//- docs/.secret\nx\n//- docs/old/x.txt\nx\n\
         //- docs/plan/index.md\n---\ndraft: true\n---\n# Plan\n\n![plan](plan.svg)\n//- docs/plan/plan.svg\n{SVG}\n//- docs/plan/more.bin\nx\n//- docs/hush/index.md\n---\nprivate: true\n---\n# Hush\n//- docs/hush/hush.bin\nx\n"
    ));
    project.runs(&["check"]);
    project.runs(&["build"]);
    let files: Vec<String> = project.bytes("public").into_keys().collect();
    for file in ["index.html", "a/b/index.html", "img/leek.svg", "files/list.bin", "CNAME"] {
        assert!(files.iter().any(|known| known == file), "{file}: {files:?}");
    }
    let lost = ["media", ".md", "secret", "old", "plan", "hush"];
    assert!(!files.iter().any(|file| lost.iter().any(|part| file.contains(part))), "{files:?}");
    for page in ["index.html", "a/b/index.html"] {
        assert!(project.read(&format!("public/{page}")).contains("src=\"/img/leek.svg\""), "{page}");
    }
    project.runs(&["build", "--drafts"]);
    assert!(project.path("public/plan/plan.svg").exists() && project.path("public/plan/more.bin").exists());
}

#[test]
fn a_static_folder_that_is_not_there_is_said_at_its_place() {
    let project = Project::bare("//- site.yaml\ntitle: T\nstatic: {nope: /x/}\n//- content/index.md\n# Home\n");
    let ran = project.run(&["check"]);
    let all = format!("{}{}", ran.out, ran.err);
    assert!(ran.code == Some(1) && all.contains("there is no file or folder `nope`"), "{all}");
    assert!(all.contains("site.yaml:2:10"), "{all}");
}

#[test]
fn a_missing_picture_is_missed_where_static_files_lie() {
    let project = Project::bare(&format!(
        "//- site.yaml\ntitle: T\nstatic: {{pictures: /img/, public: /}}\noutput: _site\n{PAGE}"
    ));
    let ran = project.run(&["check"]);
    assert!(
        ran.err.contains("there is no image `pictures/leek.svg`")
            || ran.out.contains("there is no image `pictures/leek.svg`"),
        "{}{}",
        ran.err,
        ran.out
    );
}

#[test]
fn what_cannot_be_a_static_folder_or_an_output_is_said() {
    for (site, said) in [
        ("static: {public: /}", "the site is written into `public`, which cannot hold its static files"),
        ("static: {../x: /}", "`../x` holds no static files"),
        ("static: {x: y}", "`y` is no address of the site"),
        ("static: x", "expected folders with their addresses"),
        ("output: ../x", "`../x` is no folder of the project that a site can be written into"),
        ("output: .git", "`.git` is no folder of the project"),
    ] {
        let project = Project::bare(&format!("//- site.yaml\ntitle: T\n{site}\n//- content/index.md\n# Home\n"));
        let ran = project.run(&["check"]);
        let all = format!("{}{}", ran.out, ran.err);
        assert!(ran.code == Some(1) && all.contains(said), "{site}: {all}");
    }
}

#[test]
fn content_is_never_copied_as_static_however_the_folders_lie() {
    let note = |mark: &str| format!("---\ntitle: N\n{mark}---\nSECRET\n");
    for (site, folder, fixed) in [
        ("static: {docs/pub: /}\nkinds: {note: {folder: docs}}", "docs", "docs/pub"),
        ("static: {docs: /}\nkinds: {note: {folder: docs/notes}}", "docs/notes", "docs"),
        ("static: {docs: /}\nkinds: {note: {folder: docs}}", "docs", "docs/x"),
        ("static: {docs: /, docs/x: /x/}\nkinds: {note: {folder: docs}}", "docs", "docs/x"),
        ("static: {content: /}\nkinds: {note: {}}", "content/notes", "content/notes/x"),
    ] {
        let project = Project::bare(&format!("//- site.yaml\ntitle: T\n{site}\n//- content/index.md\n# Home\n"));
        project.write(&format!("{folder}/a.md"), note("draft: true\n"));
        project.write(&format!("{folder}/b.md"), "# B\n");
        project.write(&format!("{folder}/trip/index.md"), note("publish: false\n"));
        project.write(&format!("{folder}/trip/map.bin"), "SECRET");
        project.write(&format!("{fixed}/draft.md"), note("draft: true\n"));
        project.runs(&["build"]);
        for (path, bytes) in project.bytes("public") {
            assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{site}: {path}");
            assert!(!path.ends_with("b.md"), "{site}: {path}");
        }
    }
}

#[cfg(unix)]
#[test]
fn content_is_never_copied_as_static_through_a_link() {
    for (of, link, to) in [
        ("content/notes", "static/notes", "../content/notes"),
        ("static/notes", "content/notes", "../static/notes"),
        ("content/notes", "static/n", "../content/notes"),
    ] {
        let project = Project::bare("//- site.yaml\ntitle: T\nkinds: {note: {}}\n//- content/index.md\n# Home\n");
        project.write("static/robots.txt", "x");
        project.write(&format!("{of}/a.md"), "---\ntitle: A\ndraft: true\n---\nSECRET ![x](p.png)\n");
        project.write(&format!("{of}/p.png"), "SECRET");
        project.write(&format!("{of}/b.md"), "# B\n");
        project.write(&format!("{of}/b.txt"), "OPEN");
        std::os::unix::fs::symlink(to, project.path(link)).expect("a link can be made");
        project.runs(&["build"]);
        let files = project.bytes("public");
        for (path, bytes) in &files {
            assert!(!String::from_utf8_lossy(bytes).contains("SECRET"), "{of}: {path}");
        }
        assert!(!files.keys().any(|path| path.ends_with(".md") && !path.starts_with("notes/b/")), "{:?}", files.keys());
        assert!(files.contains_key("notes/b/index.html"), "{:?}", files.keys());
    }
}

#[test]
fn what_lies_beside_a_draft_that_stands_for_its_folder_is_published_where_a_public_text_uses_it() {
    let site = "title: T\nstatic: {docs: /}\nkinds: {note: {folder: docs, url: \"/{slug}/\", index: false}}\n";
    let project = Project::bare(&format!("//- site.yaml\n{site}//- docs/index.md\n# Home\n\n[used](sub/used.txt)\n"));
    let draft = "---\ndraft: true\n---\n# D\nSECRET\n";
    project.write("docs/d.md", draft);
    for name in ["d.md.swo", "d.md.swn", "d.md_bak", "d.md.1", "b.swo", "b.swn", "d.txt", "d.md~"] {
        project.write(&format!("docs/{name}"), "SECRET");
    }
    project.write("docs/film.swf", "OPEN");
    project.write("docs/sub/index.md", draft);
    for name in ["a.txt", "more/x.txt", "p.png"] {
        project.write(&format!("docs/sub/{name}"), "SECRET");
    }
    project.write("docs/sub/used.txt", "OPEN");
    project.write("docs/sub/child.md", "# Child\n");
    project.write("docs/sub/open/index.md", "# Open\n");
    project.write("docs/sub/open/o.txt", "OPEN");
    project.runs(&["build"]);
    let files = project.bytes("public");
    for (path, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("SECRET"), "{path}");
    }
    for path in ["film.swf", "sub/used.txt", "sub/child/index.html", "sub/open/o.txt"] {
        assert!(files.contains_key(path), "{path}: {:?}", files.keys());
    }
    project.runs(&["build", "--drafts"]);
    assert!(project.path("public/sub/a.txt").exists() && project.path("public/sub/more/x.txt").exists());
}

#[test]
fn a_text_in_a_static_folder_is_offered_as_it_is_unless_a_mark_keeps_it_back() {
    for (fixed, kinds) in
        [("content/plants/public", "plant: {}"), ("docs/public", "note: {folder: docs}"), ("files", "plant: {}")]
    {
        let folder = if fixed.starts_with("docs") { "docs" } else { "content/plants" };
        let project = Project::bare(&format!(
            "//- site.yaml\ntitle: T\nstatic: {{{fixed}: /}}\nkinds: {{{kinds}}}\noutput: built\n//- content/index.md\n# Home\n"
        ));
        let below = if fixed == "files" { "../../files" } else { "public" };
        let links = ["open", "draft", "private", "toml"].map(|name| format!("[{name}]({below}/{name}.md)"));
        project.write(&format!("{folder}/a.md"), format!("# A\n\n{} [top](/open.md)\n", links.join(" ")));
        project.write(&format!("{fixed}/open.md"), "# Open\n\nOPEN\n");
        project.write(&format!("{fixed}/fields.md"), "---\ntitle: Open\n---\nOPEN\n");
        project.write(&format!("{fixed}/draft.md"), "---\ndraft: true\n---\nSECRET\n");
        project.write(&format!("{fixed}/private.md"), "---\nprivate: true\n---\nSECRET\n");
        project.write(&format!("{fixed}/unread.md"), "---\npublish: false\n---\nSECRET\n");
        project.write(&format!("{fixed}/toml.md"), "+++\ndraft = true\n+++\nSECRET\n");
        project.write(&format!("{fixed}/_drafts/x.md"), "SECRET\n");
        project.write(&format!("{fixed}/open.md.bak"), "SECRET\n");
        let told = project.run(&["check", "--format", "short"]).out;
        assert!(!told.contains("error"), "{fixed}: {told}");
        // What a page links to is said there; all else at the file.
        assert_eq!(told.matches("link-held-back").count(), 3, "{fixed}: {told}");
        for file in ["unread.md", "_drafts/x.md", "open.md.bak"] {
            let line = told.lines().find(|line| line.starts_with(&format!("{fixed}/{file}:"))).unwrap_or_default();
            assert!(line.contains("file-secret"), "{fixed}/{file}: {told}");
        }
        project.runs(&["build"]);
        let files = project.bytes("built");
        for (path, bytes) in &files {
            assert!(!String::from_utf8_lossy(bytes).contains("SECRET"), "{fixed}: {path}");
        }
        let texts: Vec<&String> = files.keys().filter(|path| path.ends_with(".md")).collect();
        assert_eq!(texts, ["fields.md", "open.md"], "{fixed}");
        let plural = if folder == "docs" { "notes" } else { "plants" };
        let page = project.read(&format!("built/{plural}/a/index.html"));
        assert_eq!(page.matches("href=\"/open.md\"").count(), 2, "{fixed}: {page}");
    }
}

//! The preview over real HTTP: what it serves, what it refuses, and how it keeps up with files.
#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests wait, and give up after a while")]

mod preview_support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use preview_support::{Answer, LIMIT, Preview, Project, SITE, send, until};

fn get(preview: &Preview, path: &str) -> Answer {
    ask(preview, "GET", path, "")
}

fn ask(preview: &Preview, method: &str, path: &str, headers: &str) -> Answer {
    let host = &preview.address;
    send(host, &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"))
}

fn start() -> (Project, Preview) {
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &[]);
    (project, preview)
}

/// What an open page hears.
struct Stream {
    stream: TcpStream,
    read: String,
}

impl Stream {
    fn open(preview: &Preview, page: &str) -> Self {
        let mut stream = TcpStream::connect(&preview.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let host = &preview.address;
        write!(stream, "GET /_limber/live?page={page} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        Self { stream, read: String::new() }
    }

    /// The next message that is as wanted.
    fn hear(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let end = Instant::now() + LIMIT;
        loop {
            while let Some(at) = self.read.find("\n\n") {
                let event: String = self.read.drain(..at + 2).collect();
                let Some((_, data)) = event.split_once("data: ") else { continue };
                let state = serde_json::from_str(data.trim()).expect("a message is JSON");
                if wanted(&state) {
                    return state;
                }
            }
            assert!(Instant::now() < end, "the stream never said what the test waits for");
            let mut bytes = [0; 65536];
            let n = match self.stream.read(&mut bytes) {
                // A signal came in between.
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read.expect("the stream stays open"),
            };
            assert!(n > 0, "the stream stays open");
            self.read.push_str(&String::from_utf8_lossy(&bytes[..n]));
        }
    }
}

#[test]
fn pages_carry_the_script_of_the_preview_and_nothing_is_written() {
    let (project, preview) = start();
    let files = || {
        let mut all: Vec<_> = walkdir::WalkDir::new(project.path("")).into_iter().flatten().collect();
        all.sort_by(|a, b| a.path().cmp(b.path()));
        all.into_iter()
            .map(|entry| (entry.path().to_path_buf(), entry.metadata().unwrap().modified().unwrap()))
            .collect()
    };
    let before: Vec<_> = files();
    let page = get(&preview, "/tools/bulb/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<h1>Bulb</h1>"), "{}", page.text());
    assert!(page.text().contains("<script src=\"/_limber/preview.js\""), "{}", page.text());
    assert!(page.head.contains("content-type: text/html; charset=utf-8"), "{}", page.head);
    for path in ["/_limber/preview.js", "/_limber/preview.css"] {
        assert_eq!(get(&preview, path).status, 200, "{path}");
    }
    assert_eq!(files(), before);
}

#[test]
fn the_search_index_is_made_when_asked_for_and_follows_edits() {
    let (project, preview) = start();
    // Every file of the index in one text.
    let index = || {
        let first = get(&preview, "/search-index/index.json");
        assert_eq!(first.status, 200);
        let first = first.text();
        let names = first.split('"').filter(|part| part.ends_with(".json"));
        names.map(|name| get(&preview, &format!("/search-index/{name}")).text()).collect::<String>()
    };
    assert!(!index().contains("\"kumquat\""));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nAs round as a kumquat.\n");
    until("the index has the word", || index().contains("\"kumquat\""));
    assert_eq!(get(&preview, "/search-index/none.json").status, 404);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA plain text.\n");
    until("the word is gone", || !index().contains("\"kumquat\""));
}

#[test]
fn a_built_page_knows_nothing_of_the_preview() {
    let project = Project::new(SITE);
    let built = Command::new(env!("CARGO_BIN_EXE_limber")).arg("--root").arg(project.path("")).arg("build").output();
    assert!(built.unwrap().status.success());
    let page = std::fs::read_to_string(project.path("public/tools/bulb/index.html")).unwrap();
    assert!(page.contains("<h1>Bulb</h1>") && !page.contains("_limber"), "{page}");
    assert!(!project.path("public/_limber").exists());
}

#[test]
fn the_first_line_says_where_what_and_how_long() {
    let (_project, preview) = start();
    let line = &preview.first_line;
    let expected = format!("http://{}/  4 entries, ", preview.address);
    assert!(line.starts_with(&expected), "{line}");
    assert!(line.contains(" pages, 0 warnings, ") && line.ends_with(" ms"), "{line}");
}

#[test]
fn drafts_are_shown_when_asked_for_and_marked() {
    let (project, preview) = start();
    assert_eq!(get(&preview, "/jobs/secret/").status, 404);
    let preview = Preview::start(&project, &["--drafts"]);
    assert_eq!(get(&preview, "/jobs/secret/").status, 200);
    let state = Stream::open(&preview, "/jobs/secret/").hear(|_| true);
    assert!(state["bar"].as_str().unwrap().contains("class=\"draft\""), "{state}");
}

#[test]
fn a_save_shows_however_the_editor_writes() {
    let (project, preview) = start();
    let shows = |path: &str, text: &str| until(text, || get(&preview, path).text().contains(text));
    let page = |text: &str| format!("---\ntitle: Bulb\n---\n{text}\n");
    project.write("content/tools/bulb.md", &page("Written in place"));
    shows("/tools/bulb/", "Written in place");
    project.write("content/tools/.bulb.md.tmp", &page("Written beside and renamed"));
    std::fs::rename(project.path("content/tools/.bulb.md.tmp"), project.path("content/tools/bulb.md")).unwrap();
    shows("/tools/bulb/", "Written beside and renamed");
    std::fs::rename(project.path("content/tools/bulb.md"), project.path("content/tools/bulb.md~")).unwrap();
    project.write("content/tools/bulb.md", &page("Written after a backup"));
    shows("/tools/bulb/", "Written after a backup");
}

#[test]
fn two_saves_of_one_length_within_a_tick_of_the_clock_both_show() {
    let (project, preview) = start();
    let path = project.path("content/tools/bulb.md");
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    for text in ["one", "two", "six"] {
        project.write("content/tools/bulb.md", &format!("---\ntitle: Bulb\n---\nA bulb {text}.\n"));
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        until(text, || get(&preview, "/tools/bulb/").text().contains(&format!("A bulb {text}.")));
    }
}

#[test]
fn new_renamed_and_removed_folders_are_followed() {
    let (project, preview) = start();
    project.write("content/tools/new/deep/cane.md", "---\ntitle: Cane\n---\nA cane.\n");
    until("a new folder", || get(&preview, "/tools/").text().contains("Cane"));
    project.write("content/tools/new/deep/cane.md", "---\ntitle: Cane two\n---\nA cane.\n");
    until("an edit in a new folder", || get(&preview, "/tools/").text().contains("Cane two"));
    std::fs::rename(project.path("content/tools/new"), project.path("content/tools/old")).unwrap();
    until("a renamed folder", || {
        let text = get(&preview, "/tools/").text();
        text.contains("old") && !text.contains("/new/")
    });
    project.write("content/tools/old/deep/cane.md", "---\ntitle: Cane three\n---\nA cane.\n");
    until("an edit in a renamed folder", || get(&preview, "/tools/").text().contains("Cane three"));
    std::fs::remove_dir_all(project.path("content/tools/old")).unwrap();
    until("a removed folder", || !get(&preview, "/tools/").text().contains("Cane"));
}

#[test]
fn what_is_deleted_is_gone_at_once() {
    let (project, preview) = start();
    assert_eq!(get(&preview, "/tools/pruner/").status, 200);
    let mut stream = Stream::open(&preview, "/tools/bulb/");
    let swept = stream.hear(|state| state["revision"] == 2);
    std::fs::remove_file(project.path("content/tools/pruner.md")).unwrap();
    let after = stream.hear(|state| state["revision"] != swept["revision"]);
    assert_eq!(after["revision"], 3);
    assert_eq!(get(&preview, "/tools/pruner/").status, 404);
}

#[test]
fn thousands_of_files_at_once_are_one_change_or_few() {
    let (project, preview) = start();
    for number in 0..2000 {
        project.write(&format!("content/tools/t{number}.md"), &format!("---\ntitle: Tool {number}\n---\nText.\n"));
    }
    until("the last of many", || get(&preview, "/tools/").text().contains("Tool 1999"));
    for number in 0..2000 {
        std::fs::remove_file(project.path(&format!("content/tools/t{number}.md"))).unwrap();
    }
    until("all of many gone", || !get(&preview, "/tools/").text().contains("Tool "));
}

#[test]
fn only_pages_that_changed_are_told_to_load_again() {
    let (project, preview) = start();
    let (mut bulb, mut pruner) = (Stream::open(&preview, "/tools/bulb/"), Stream::open(&preview, "/tools/pruner/"));
    let (bulb_before, pruner_before) = (bulb.hear(|_| true), pruner.hear(|_| true));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA new text.\n");
    let after = bulb.hear(|state| state["mark"] != bulb_before["mark"]);
    let pruner_after = pruner.hear(|state| state["revision"].as_u64() >= after["revision"].as_u64());
    assert_eq!(pruner_after["mark"], pruner_before["mark"]);
    assert!(
        get(&preview, "/tools/bulb/").text().contains(&format!("data-mark=\"{}\"", after["mark"].as_str().unwrap()))
    );
}

#[test]
fn saving_without_a_change_is_no_news() {
    let (project, preview) = start();
    let mut stream = Stream::open(&preview, "/tools/bulb/");
    stream.hear(|_| true);
    let same = std::fs::read_to_string(project.path("content/tools/bulb.md")).unwrap();
    project.write("content/tools/bulb.md", &same);
    project.write("public/index.html", "not of the site");
    project.write("content/tools/pruner.md", "---\ntitle: Pruner\n---\nA change.\n");
    let line = preview.line(|line| line.contains(" changed: "));
    assert!(line.starts_with("content/tools/pruner.md changed: no problems, "), "{line}");
}

#[test]
fn a_changed_style_sheet_is_swapped_without_loading_the_page_again() {
    let (project, preview) = start();
    let mut stream = Stream::open(&preview, "/tools/bulb/");
    let before = stream.hear(|_| true);
    project.write("static/site.css", "body { color: rgb(7, 8, 9); }\n");
    let after = stream.hear(|state| state["styles"] != before["styles"]);
    assert_eq!(after["mark"], before["mark"]);
    let sheet = get(&preview, after["styles"]["/site.css"].as_str().unwrap());
    assert!(sheet.text().contains("7, 8, 9") && sheet.head.contains("text/css; charset=utf-8"), "{sheet:?}");
}

#[test]
fn an_error_shows_over_the_last_good_page_and_goes_when_it_is_mended() {
    let (project, preview) = start();
    let good = std::fs::read_to_string(project.path("content/tools/bulb.md")).unwrap();
    let (mut bulb, mut pruner) = (Stream::open(&preview, "/tools/bulb/"), Stream::open(&preview, "/tools/pruner/"));
    let before = bulb.hear(|state| state["revision"] == 2);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nweight: <b>heavy</b>\n---\nA broken bulb.\n");
    let state = bulb.hear(|state| state["open"] == true);
    let report = state["report"].as_str().unwrap();
    assert!(report.contains("content/tools/bulb.md:3:1"), "{report}");
    assert!(report.contains("&lt;b&gt;heavy&lt;/b&gt;") && !report.contains("<b>heavy"), "{report}");
    assert_eq!(state["mark"], before["mark"]);
    assert!(get(&preview, "/tools/bulb/").text().contains("A bulb rolls."));
    let elsewhere = pruner.hear(|other| other["revision"].as_u64() >= state["revision"].as_u64());
    assert_eq!(elsewhere["open"], false);
    assert!(elsewhere["bar"].as_str().unwrap().contains("1 problem on other pages"), "{elsewhere}");
    preview.line(|line| line.starts_with("error[field-unknown]"));
    project.write("content/tools/bulb.md", &good);
    let mended = bulb.hear(|state| state["open"] == false);
    assert_eq!((mended["report"].as_str(), &mended["mark"]), (Some(""), &before["mark"]));
}

#[test]
fn a_template_that_fails_leaves_the_last_good_page() {
    let (project, preview) = start();
    let mut bulb = Stream::open(&preview, "/tools/bulb/");
    bulb.hear(|state| state["revision"] == 2);
    project.write("templates/entry.html", "<main>{{ entry.nothing.at.all }}</main>\n");
    let state = bulb.hear(|state| state["open"] == true);
    assert!(state["report"].as_str().unwrap().contains("templates/entry.html:1:"), "{state}");
    // Whether all pages were drawn by now or not: what fails on each of them is one problem.
    let later = bulb.hear(|later| later["revision"].as_u64() > state["revision"].as_u64());
    assert!(later["report"].as_str().unwrap().contains("1 error<"), "{later}");
    assert!(get(&preview, "/tools/bulb/").text().contains("A bulb rolls."));
    let line = preview.line(|line| line.starts_with("error[template-failed]"));
    assert!(!line.is_empty());
}

#[test]
fn a_template_that_is_mended_takes_its_report_away() {
    let (project, preview) = start();
    let good = std::fs::read_to_string(project.path("templates/entry.html")).unwrap();
    let mut bulb = Stream::open(&preview, "/tools/bulb/");
    bulb.hear(|state| state["revision"] == 2);
    project.write("templates/entry.html", "<main>{{ entry.nothing.at.all }}</main>\n");
    bulb.hear(|state| state["open"] == true);
    project.write("templates/entry.html", &good);
    let mended = bulb.hear(|state| state["open"] == false);
    assert_eq!(mended["report"], "");
}

#[test]
fn a_page_that_breaks_stays_as_it_was_shown_last_whatever_else_is_broken() {
    let (project, preview) = start();
    let page = |text: &str| format!("---\ntitle: Bulb\n{text}\n");
    let mut bulb = Stream::open(&preview, "/tools/bulb/");
    bulb.hear(|state| state["revision"] == 2);
    project.write("content/tools/pruner.md", "---\ntitle: Pruner\nweight: heavy\n---\n");
    bulb.hear(|state| state["report"] != "");
    project.write("content/tools/bulb.md", &page("---\nThe last good text."));
    until("an edit", || get(&preview, "/tools/bulb/").text().contains("The last good text."));
    project.write("content/tools/bulb.md", &page("weight: heavy\n---\nBroken."));
    bulb.hear(|state| state["open"] == true);
    let shown = get(&preview, "/tools/bulb/").text();
    assert!(shown.contains("The last good text."), "{shown}");
}

#[test]
fn a_project_that_cannot_be_read_is_served_as_a_report_until_it_can() {
    let project = Project::new("//- notes.txt\nnothing yet\n");
    let preview = Preview::start(&project, &[]);
    let page = get(&preview, "/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("site-missing") && page.text().contains("/_limber/preview.js"), "{}", page.text());
    for file in SITE.split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        project.write(path, text);
    }
    until("the site", || get(&preview, "/").text().contains("Welcome."));
}

#[test]
fn the_bar_shows_relations_with_the_lines_where_they_are_written() {
    let (_project, preview) = start();
    let bar = |page: &str| Stream::open(&preview, page).hear(|_| true)["bar"].as_str().unwrap().to_string();
    let job = bar("/jobs/clover/");
    for part in [
        "content/jobs/clover.md",
        "Relations written here",
        "Tools to take",
        "content/jobs/clover.md:4",
        "words",
        "templates/entry.html",
    ] {
        assert!(job.contains(part), "{part} is missing in {job}");
    }
    let tool = bar("/tools/bulb/");
    for part in ["Written elsewhere", "Good for", "content/jobs/clover.md:4"] {
        assert!(tool.contains(part), "{part} is missing in {tool}");
    }
}

#[test]
fn foreign_hosts_are_refused() {
    let (_project, preview) = start();
    let with = |head: &str| send(&preview.address, &format!("{head}Connection: close\r\n\r\n")).status;
    let port = preview.address.rsplit(':').next().unwrap();
    for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1.evil.example", ""] {
        for path in ["/", "/_limber/live?page=/", "/site.css"] {
            assert_eq!(with(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n")), 403, "{host} {path}");
        }
    }
    assert_eq!(with("GET / HTTP/1.0\r\n"), 403);
    assert_eq!(with("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n"), 403);
    assert_eq!(with(&format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n")), 200);
}

#[test]
fn only_get_and_head_are_answered() {
    let (_project, preview) = start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PURGE"] {
        for path in ["/", "/_limber/live", "/_limber/open"] {
            let answer = ask(&preview, method, path, "Content-Length: 0\r\n");
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(answer.head.contains("allow: get, head"), "{}", answer.head);
        }
    }
    let (get, head) = (ask(&preview, "GET", "/tools/bulb/", ""), ask(&preview, "HEAD", "/tools/bulb/", ""));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.head.contains(&format!("content-length: {}", get.body.len())), "{}", head.head);
}

#[test]
fn nothing_outside_the_site_is_served() {
    let project = Project::new(SITE);
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.png"), "the secret").unwrap();
    std::fs::write(outside.path().join("large.png"), vec![b's'; 2_000_000]).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), project.path("static/out")).unwrap();
    let large = project.path("static/large.png");
    std::fs::write(&large, vec![b'x'; 2_000_000]).unwrap();
    let preview = Preview::start(&project, &[]);
    for path in [
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/%2E%2E%2Fsite.yaml",
        "/..%2fsite.yaml",
        "/tools/..%5c..%5csite.yaml",
        "/tools/../../site.yaml",
        "/%252e%252e/site.yaml",
        "/%c0%ae%c0%ae/site.yaml",
        "/site.yaml",
        "/content/tools/bulb.md",
        "/templates/base.html",
        "/static/site.css",
        "//etc/passwd",
        "/etc/passwd",
        "/tools/bulb/%00",
        "/site.css%00.png",
        "/tools%5cball%5c",
        "/./tools/bulb/",
        "/tools//bulb/",
        "/out/secret.png",
        "/static/",
        "/media/",
        "/_limber/",
        "/_limber/../site.yaml",
    ] {
        let answer = get(&preview, path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("base_url") && !answer.text().contains("the secret"), "{path}");
    }
    assert_eq!(get(&preview, "/large.png").body.len(), 2_000_000);
    // A link that comes later leads nowhere, either: the preview does not trust what it has seen before.
    std::fs::remove_file(&large).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("large.png"), &large).unwrap();
    let answer = get(&preview, "/large.png");
    assert!(answer.status == 404 && !answer.body.starts_with(b"ss"), "{}", answer.status);
}

#[test]
fn an_address_without_its_slash_leads_on_and_nothing_leads_away() {
    let (_project, preview) = start();
    let answer = get(&preview, "/tools/bulb?x=1");
    assert_eq!(answer.status, 307);
    assert!(answer.head.contains("location: /tools/bulb/?x=1"), "{}", answer.head);
    assert_eq!(get(&preview, "//evil.example").status, 404);
    let nothing = get(&preview, "/nothing/");
    assert_eq!(nothing.status, 404);
    assert!(nothing.text().contains("Nothing lies here"), "{}", nothing.text());
}

#[test]
fn browsers_are_not_sent_what_they_have() {
    let (project, preview) = start();
    let tag = |answer: &Answer| {
        let line = answer.head.lines().find(|line| line.starts_with("etag: ")).expect("a tag");
        line.trim_start_matches("etag: ").to_string()
    };
    let first = get(&preview, "/tools/bulb/");
    let again = ask(&preview, "GET", "/tools/bulb/", &format!("If-None-Match: \"x\", W/{}\r\n", tag(&first)));
    assert_eq!((again.status, again.body.len()), (304, 0));
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nChanged.\n");
    until("a new tag", || {
        ask(&preview, "GET", "/tools/bulb/", &format!("If-None-Match: {}\r\n", tag(&first))).status == 200
    });
}

#[test]
fn media_come_in_parts_with_their_types() {
    let project = Project::new(SITE);
    let large: Vec<u8> = (0..3_000_000u32).map(|number| (number % 251) as u8).collect();
    std::fs::write(project.path("static/film.mp4"), &large).unwrap();
    std::fs::write(project.path("static/small.pdf"), &large[..1000]).unwrap();
    let preview = Preview::start(&project, &[]);
    for (path, length) in [("/film.mp4", 3_000_000), ("/small.pdf", 1000)] {
        let part = ask(&preview, "GET", path, "Range: bytes=100-299\r\n");
        assert_eq!((part.status, &part.body[..]), (206, &large[100..300]), "{path}");
        assert!(part.head.contains(&format!("content-range: bytes 100-299/{length}")), "{}", part.head);
        let last = ask(&preview, "GET", path, "Range: bytes=-10\r\n");
        assert_eq!((last.status, &last.body[..]), (206, &large[length - 10..length]), "{path}");
        let beyond = ask(&preview, "GET", path, &format!("Range: bytes={length}-\r\n"));
        assert_eq!(beyond.status, 416, "{path}");
        let whole = get(&preview, path);
        assert_eq!((whole.status, whole.body.len()), (200, length), "{path}");
        assert!(whole.head.contains(&format!("content-length: {length}")), "{}", whole.head);
    }
    assert!(get(&preview, "/film.mp4").head.contains("content-type: video/mp4"));
    assert!(get(&preview, "/small.pdf").head.contains("content-type: application/pdf"));
    assert!(get(&preview, "/sitemap.xml").head.contains("content-type: application/xml; charset=utf-8"));
    assert!(get(&preview, "/robots.txt").head.contains("content-type: text/plain; charset=utf-8"));
}

#[test]
fn hundreds_of_open_pages_and_slow_readers_hold_up_nobody() {
    let project = Project::new(SITE);
    std::fs::write(project.path("static/film.mp4"), vec![7; 30_000_000]).unwrap();
    let preview = Preview::start(&project, &[]);
    let streams: Vec<_> = (0..300).map(|_| Stream::open(&preview, "/tools/bulb/")).collect();
    let slow: Vec<_> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(&preview.address).unwrap();
            write!(stream, "GET /film.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
            stream
        })
        .collect();
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nStill quick.\n");
    until("a page", || get(&preview, "/tools/bulb/").text().contains("Still quick."));
    let start = Instant::now();
    assert_eq!(get(&preview, "/tools/pruner/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop((streams, slow));
}

#[test]
fn other_sites_can_neither_listen_nor_open_files() {
    let project = Project::new(SITE);
    let opened = project.path("opened");
    let script = project.path("editor.sh");
    std::fs::write(&script, format!("#!/bin/sh\necho \"$@\" > {}\n", opened.display())).unwrap();
    let editor = format!("sh {} {{path}} {{line}}", script.display());
    let preview = Preview::start(&project, &["--editor", &editor]);
    let cross = "Sec-Fetch-Site: cross-site\r\nX-Limber: open\r\n";
    let own = "Sec-Fetch-Site: same-origin\r\nX-Limber: open\r\n";
    let open = "/_limber/open?path=content/tools/bulb.md&line=3&column=1";
    assert_eq!(ask(&preview, "GET", "/_limber/live?page=/", cross).status, 403);
    assert_eq!(ask(&preview, "GET", "/_limber/live?page=/", "Origin: https://evil.example\r\n").status, 403);
    assert_eq!(ask(&preview, "GET", open, cross).status, 403);
    assert_eq!(ask(&preview, "GET", open, "").status, 403);
    assert_eq!(ask(&preview, "GET", open, "Sec-Fetch-Site: same-origin\r\n").status, 403);
    assert_eq!(ask(&preview, "GET", "/_limber/open?path=../../etc/passwd", own).status, 409);
    assert!(!opened.exists());
    assert_eq!(ask(&preview, "GET", open, own).status, 204);
    until("the editor", || std::fs::read_to_string(&opened).is_ok_and(|text| text.ends_with("bulb.md 3\n")));
}

#[test]
fn a_port_that_is_taken_is_said_and_the_next_one_is_used() {
    let project = Project::new(SITE);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    let output = command.arg("--root").arg(project.path("")).args(["serve", "--port", &port]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains(&format!("port {port} is in use")) && text.contains("help: leave out `--port`"), "{text}");
    // Whoever has port 4000 at the moment, somebody has it now.
    let _usual = TcpListener::bind("127.0.0.1:4000");
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    command.arg("--root").arg(project.path("")).arg("serve");
    let preview = Preview::run(command);
    assert_ne!(preview.address, "127.0.0.1:4000");
    assert_eq!(get(&preview, "/").status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_and_well() {
    let (_project, mut preview) = start();
    let _open = Stream::open(&preview, "/");
    let id = preview.process().id().to_string();
    let start = Instant::now();
    assert!(Command::new("kill").args(["-INT", &id]).stdout(Stdio::null()).status().unwrap().success());
    assert_eq!(preview.process().wait().unwrap().code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

/// Waits until a page holds a text.
fn shows(preview: &Preview, path: &str, text: &str) {
    until(text, || get(preview, path).text().contains(text));
}

#[test]
fn names_that_were_allowed_are_answered_and_a_refusal_names_the_way() {
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &["--allow-host", "mybox.local", "--allow-host", ".app.example"]);
    let status = |host: &str| {
        let answer = send(&preview.address, &format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        (answer.status, answer.text())
    };
    for host in ["mybox.local", "MYBOX.local:4000", "four.app.example", "localhost"] {
        assert_eq!(status(host).0, 200, "{host}");
    }
    for host in ["evil.example", "evil-mybox.local", "mybox.local.evil.example", "app.example"] {
        let (status, text) = status(host);
        assert_eq!(status, 403, "{host}");
        assert!(text.contains(&format!("--allow-host {host}`")), "{text}");
    }
}

#[test]
fn the_stream_asks_proxies_not_to_hold_it_back() {
    let (_project, preview) = start();
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    let host = &preview.address;
    write!(stream, "GET /_limber/live?page=/ HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut head = String::new();
    while !head.contains("\r\n\r\n") {
        let mut byte = [0; 1];
        stream.read_exact(&mut byte).unwrap();
        head.push(char::from(byte[0]));
    }
    let head = head.to_lowercase();
    assert!(head.contains("x-accel-buffering: no\r\n"), "{head}");
    assert!(head.contains("cache-control: no-cache, no-transform\r\n"), "{head}");
}

#[test]
fn a_quiet_preview_still_says_where_it_is() {
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &["--quiet"]);
    assert_eq!(preview.first_line, format!("http://{}/", preview.address));
}

#[test]
fn the_site_is_shown_below_a_path_and_where_a_proxy_takes_it_away() {
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &["--base-path", "proxy/4000"]);
    let address = preview.address.split('/').next().unwrap().to_string();
    let get =
        |path: &str| send(&address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"));
    assert!(preview.first_line.starts_with(&format!("http://{address}/proxy/4000/ ")), "{}", preview.first_line);
    for path in ["/proxy/4000/tools/", "/tools/"] {
        let page = get(path);
        assert_eq!(page.status, 200, "{path}");
        let text = page.text();
        assert!(text.contains("href=\"/proxy/4000/tools/bulb/\""), "{text}");
        assert!(text.contains("src=\"/proxy/4000/_limber/preview.js\""), "{text}");
    }
    assert_eq!(get("/proxy/4000/_limber/preview.js").status, 200);
    let moved = get("/proxy/4000/tools");
    assert!(moved.status == 307 && moved.head.contains("location: /proxy/4000/tools/"), "{}", moved.head);
}

#[test]
fn edits_are_shown_where_the_files_are_looked_at_again_and_again() {
    let project = Project::new(SITE);
    let preview = Preview::start(&project, &["--poll"]);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nSeen by looking.\n");
    shows(&preview, "/tools/bulb/", "Seen by looking.");
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_followed_and_links_that_come_later_too() {
    use std::os::unix::fs::symlink;
    let project = Project::new(SITE);
    project.write("elsewhere/linked.md", "---\ntitle: Linked\n---\nBefore.\n");
    project.write("elsewhere/folder/inside.md", "---\ntitle: Inside\n---\nBefore.\n");
    symlink("../../elsewhere/linked.md", project.path("content/tools/linked.md")).unwrap();
    let preview = Preview::start(&project, &[]);
    shows(&preview, "/tools/linked/", "Before.");
    for text in ["Edited in place.", "Edited again."] {
        project.write("elsewhere/linked.md", &format!("---\ntitle: Linked\n---\n{text}\n"));
        shows(&preview, "/tools/linked/", text);
    }
    // As editors do that write beside and rename.
    project.write("elsewhere/new.md", "---\ntitle: Linked\n---\nPut in its place.\n");
    std::fs::rename(project.path("elsewhere/new.md"), project.path("elsewhere/linked.md")).unwrap();
    shows(&preview, "/tools/linked/", "Put in its place.");
    symlink("../../elsewhere/folder", project.path("content/tools/later")).unwrap();
    shows(&preview, "/tools/later/inside/", "Before.");
    project.write("elsewhere/folder/inside.md", "---\ntitle: Inside\n---\nEdited there.\n");
    shows(&preview, "/tools/later/inside/", "Edited there.");
}

#[test]
fn half_a_save_is_not_believed() {
    let (project, preview) = start();
    let text = |words: &str| format!("---\ntitle: Bulb\n---\n{words}\n");
    let file = project.path("content/tools/bulb.md");
    let pause = || std::thread::sleep(Duration::from_millis(60));
    // Emptied, then filled.
    std::fs::write(&file, "").unwrap();
    pause();
    std::fs::write(&file, text("Filled.")).unwrap();
    shows(&preview, "/tools/bulb/", "Filled.");
    // Cut in the middle of the front matter, then the rest.
    std::fs::write(&file, "---\ntitle: [").unwrap();
    pause();
    std::fs::write(&file, text("Complete.")).unwrap();
    shows(&preview, "/tools/bulb/", "Complete.");
    // Moved away, written under another name, put in its place.
    let (old, new) =
        (project.path("content/tools/bulb.md___jb_old___"), project.path("content/tools/bulb.md___jb_tmp___"));
    std::fs::write(&new, text("Replaced.")).unwrap();
    std::fs::rename(&file, &old).unwrap();
    pause();
    std::fs::rename(&new, &file).unwrap();
    std::fs::remove_file(&old).unwrap();
    shows(&preview, "/tools/bulb/", "Replaced.");
    // Half a declaration that is whole YAML: its kinds are still to come.
    let declaration = std::fs::read_to_string(project.path("site.yaml")).unwrap();
    project.write("site.yaml", &declaration[..declaration.find("kinds:").unwrap()]);
    pause();
    project.write("site.yaml", &declaration);
    project.write("content/tools/bulb.md", &text("Declared."));
    shows(&preview, "/tools/bulb/", "Declared.");
    project.write("content/tools/bulb.md", "---\ntitle: [\n---\nBroken for good.\n");
    // The first that is said to be wrong is what is.
    let line = preview.line(|line| line.contains("error") || line.contains("warning"));
    assert!(line.contains("yaml-invalid"), "{line}");
}

#[test]
fn what_editors_leave_beside_a_file_is_no_news() {
    let (project, preview) = start();
    for name in ["bulb.md~", ".bulb.md.swp", "#bulb.md#", "4913", ".~lock.bulb.md#"] {
        project.write(&format!("content/tools/{name}"), "half a text");
        project.write(&format!("static/{name}"), "p {");
    }
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nSaved.\n");
    let line = preview.line(|line| !line.is_empty());
    assert!(line.starts_with("content/tools/bulb.md changed: no problems"), "{line}");
}

#[test]
fn a_project_folder_that_is_replaced_is_followed() {
    let project = Project::new(SITE);
    let (root, aside) = (project.path("site"), project.path("aside"));
    let copied = |to: &std::path::Path| {
        std::fs::create_dir(to).unwrap();
        for part in ["site.yaml", "content", "templates", "static"] {
            assert!(Command::new("cp").arg("-r").arg(project.path(part)).arg(to).status().unwrap().success());
        }
    };
    copied(&root);
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    command.arg("--root").arg(&root).args(["serve", "--port", "0"]);
    let preview = Preview::run(command);
    std::fs::rename(&root, &aside).unwrap();
    copied(&root);
    project.write("site/content/tools/bulb.md", "---\ntitle: Bulb\n---\nIn the new folder.\n");
    shows(&preview, "/tools/bulb/", "In the new folder.");
    project.write("site/content/tools/bulb.md", "---\ntitle: Bulb\n---\nAnd again.\n");
    shows(&preview, "/tools/bulb/", "And again.");
}

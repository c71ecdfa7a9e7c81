//! `limber publish` to a bucket, against a real server of the protocol: moto, which `.ci/run` installs.

#![cfg(feature = "s3")]

#[path = "it/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "other tests need more of it")]
mod harness;
#[path = "unable/mod.rs"]
mod unable;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use expect_test::expect;
use harness::{Project, Ran};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use unable::{Lacks, unable};

const SITE: &str = r#"//- site.yaml
title: Site
base_url: https://site.example/docs/
publish:
  live: {bucket: my-site, endpoint: "ENDPOINT", prefix: docs, path_style: true, compress: [gz]}
kinds:
  note: {plural: notes, url: "/notes/{slug}/", index: {title: Notes}}
checks: {advice: off}
pages: {search: false, a_z: false, graph: false, feed: false}
//- templates/base.html
<link rel="stylesheet" href="{{ asset(path="site.css") }}">
//- templates/note.html
<!doctype html><title>x</title>{% include "base.html" %}<main>{{ page.title }}</main>
//- static/site.css
body { color: black }
//- static/with space & ü+.txt
odd
//- content/notes/first.md
---
title: First
---
//- content/notes/second.md
---
title: Second
---
"#;

/// A server with an empty bucket, which ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Option<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/moto/bin/moto_server");
        if !program.exists() {
            unable(Lacks::Package(
                "moto",
                "python3 -m venv target/moto && target/moto/bin/pip install \"moto[server]\"",
            ));
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port is free").port();
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server can be started");
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        // It fills the pipe with a line for each request.
        std::thread::spawn(move || errors.lines().for_each(drop));
        let server = Self { child, address: format!("http://127.0.0.1:{port}") };
        #[expect(clippy::disallowed_methods, reason = "the test gives up after a while")]
        let begun = Instant::now();
        while ureq::get(&server.address).call().is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        server.ask("PUT", "/my-site", &[]);
        Some(server)
    }

    /// A site that is published to the server.
    fn site(&self) -> Project {
        Project::new(&SITE.replace("ENDPOINT", &self.address))
    }

    /// Sends a request about an object, signed; what the server says of it, and its bytes.
    fn object(&self, method: &str, key: &str, body: &[u8]) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let url = self.address.parse().expect("it is an address");
        let bucket = Bucket::new(url, UrlStyle::Path, "my-site", "us-east-1").expect("it is a bucket");
        let keys = Credentials::new("key", "secret");
        let hour = Duration::from_secs(3600);
        let signed = match method {
            "GET" => bucket.get_object(Some(&keys), key).sign(hour),
            _ => bucket.put_object(Some(&keys), key).sign(hour),
        };
        self.ask(method, &signed.as_str()[self.address.len()..], body)
    }

    /// The headers of an object as they come, in small letters.
    fn headers(&self, key: &str) -> String {
        let url = self.address.parse().expect("it is an address");
        let bucket = Bucket::new(url, UrlStyle::Path, "my-site", "us-east-1").expect("it is a bucket");
        let keys = Credentials::new("key", "secret");
        let signed = bucket.head_object(Some(&keys), key).sign(Duration::from_secs(3600));
        let host = self.address.trim_start_matches("http://");
        let path = &signed.as_str()[self.address.len()..];
        let mut stream = TcpStream::connect(host).expect("the server answers");
        let request = format!("HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it can be asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer.to_lowercase()
    }

    /// Sends a request.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> (u16, BTreeMap<String, String>, Vec<u8>) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        let mut response = agent.run(request.body(body).expect("it is a request")).expect("the server answers");
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (name.to_string(), value.to_str().unwrap_or_default().to_string())
        };
        let headers = response.headers().iter().map(header).collect();
        let status = response.status().as_u16();
        (status, headers, response.body_mut().read_to_vec().unwrap_or_default())
    }

    /// The keys in the bucket.
    fn keys(&self) -> Vec<String> {
        let (_, _, body) = self.ask("GET", "/my-site?list-type=2", &[]);
        let text = String::from_utf8_lossy(&body).into_owned();
        text.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()).map(str::to_string).collect()
    }
}

/// A text without the weights and hashes that change with the theme.
fn settled(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains(" bytes of compressed forms"));
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let part = |part: &str| if is_hash(part) { "HASH".to_string() } else { part.to_string() };
    lines.map(|line| line.split('.').map(part).collect::<Vec<_>>().join(".")).collect::<Vec<_>>().join("\n")
}

fn publish(project: &Project, arguments: &[&str]) -> Ran {
    let mut command = project.command(&["publish"]);
    command.args(arguments).env("AWS_ACCESS_KEY_ID", "key").env("AWS_SECRET_ACCESS_KEY", "secret");
    command.env_remove("AWS_SESSION_TOKEN").env_remove("AWS_PROFILE");
    Ran::of(&command.output().expect("the program can be started"))
}

#[track_caller]
fn publishes(project: &Project, arguments: &[&str]) -> Ran {
    let ran = publish(project, arguments);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
    ran
}

#[test]
fn a_site_is_in_the_bucket_with_types_and_rules_and_a_second_run_writes_nothing() {
    let Some(server) = Server::start() else { return };
    let project = server.site();
    let dry = publishes(&project, &["--dry-run"]);
    assert_eq!(server.keys(), Vec::<String>::new(), "a dry run writes nothing");
    let ran = publishes(&project, &[]);
    assert_eq!(dry.out, ran.out);
    expect![[r#"
        docs/.limber
        docs/404.html
        docs/_headers
        docs/favicon.svg
        docs/index.html
        docs/index.html.gz
        docs/notes/first/index.html
        docs/notes/index.html
        docs/notes/second/index.html
        docs/robots.txt
        docs/site.HASH.css
        docs/sitemap.xml
        docs/theme.HASH.js
        docs/theme.HASH.js.gz
        docs/with space &amp; ü+.txt"#]]
    .assert_eq(&settled(&server.keys().join("\n")));
    let style = server.keys().into_iter().find(|key| key.ends_with(".css")).expect("there is one");
    let mut told = String::new();
    for key in [style.as_str(), "docs/notes/first/index.html", "docs/sitemap.xml", "docs/with space & ü+.txt"] {
        let (status, headers, _) = server.object("GET", key, &[]);
        let of = |name: &str| headers.get(name).cloned().unwrap_or_default();
        told.push_str(&format!("{status} {key}: {}; {}\n", of("content-type"), of("cache-control")));
    }
    expect![[r#"
        200 docs/site.HASH.css: text/css; charset=utf-8; public, max-age=31536000, immutable
        200 docs/notes/first/index.html: text/html; charset=utf-8; public, max-age=0, must-revalidate
        200 docs/sitemap.xml: application/xml; charset=utf-8; public, max-age=0, must-revalidate
        200 docs/with space & ü+.txt: text/plain; charset=utf-8; public, max-age=0, must-revalidate"#]]
    .assert_eq(&settled(&told));
    let before = server.object("GET", "docs/.limber", &[]);
    let ran = publishes(&project, &[]);
    assert!(ran.err.contains("nothing has changed"), "{}", ran.err);
    assert_eq!(server.object("GET", "docs/.limber", &[]).1.get("etag"), before.1.get("etag"));
    assert!(project.read("urls.txt").contains("/notes/first/"));
}

#[test]
fn what_changes_is_written_and_what_is_gone_is_removed_and_nothing_else() {
    let Some(server) = Server::start() else { return };
    let project = server.site();
    publishes(&project, &[]);
    server.object("PUT", "docs/theirs.txt", b"theirs");
    server.object("PUT", "docs/notes/first/index.html", b"changed by somebody else");
    let text = "Many words that say the same thing over and over again. ".repeat(60);
    project.write("templates/note.html", format!("<main>{{{{ page.title }}}} {text}</main>"));
    project.write("content/notes/third.md", "---\ntitle: Third\nredirect_from: [/notes/second/]\n---\n");
    project.remove("content/notes/second.md");
    project.write("static/site.css", "body { color: blue }\n");
    let ran = publishes(&project, &[]);
    expect![[r#"
        live: bucket my-site, below docs/, for https://site.example/docs/
          add         4
                   notes/first/index.html.gz: new
                   notes/third/index.html: new
                   notes/third/index.html.gz: new
                   site.HASH.css: new
          change      7
                   _headers: other bytes
                   index.html: other bytes
                   index.html.gz: other bytes
                   notes/first/index.html: was changed by somebody else
                   notes/index.html: other bytes
                   notes/second/index.html: other bytes
                   sitemap.xml: other bytes
          remove      1
                   site.HASH.css: no part of the site any more
          keep        6"#]]
    .assert_eq(&settled(&ran.out));
    let (_, _, page) = server.object("GET", "docs/notes/first/index.html", &[]);
    assert!(String::from_utf8_lossy(&page).contains("Many words"));
    let headers = server.headers("docs/notes/first/index.html.gz");
    assert!(headers.contains("content-encoding: gzip\r\n"), "{headers}");
    assert!(headers.contains("content-type: text/html; charset=utf-8\r\n"), "{headers}");
    let keys = server.keys();
    assert!(keys.contains(&"docs/theirs.txt".to_string()));
    let styles: Vec<&String> = keys.iter().filter(|key| key.ends_with(".css")).collect();
    assert!(styles.len() == 1 && styles[0] != "docs/site.605bfa5c.css", "only the new one is there: {styles:?}");
}

#[test]
fn thousands_of_files_are_listed_over_several_pages() {
    let Some(server) = Server::start() else { return };
    let project = server.site();
    for number in 0..1100 {
        project.write(&format!("static/files/{number}.txt"), number.to_string());
    }
    publishes(&project, &[]);
    let ran = publishes(&project, &[]);
    assert!(ran.err.contains("nothing has changed"), "{}\n{}", ran.out, ran.err);
}

#[test]
fn of_two_who_publish_at_once_one_is_told_and_a_run_that_was_killed_is_done_again() {
    let Some(server) = Server::start() else { return };
    let project = server.site();
    publishes(&project, &[]);
    let whole: Vec<String> = server.keys();
    // Somebody else begins to publish, and is cut short: their list says what may be there, and nothing of the bytes.
    let (_, _, list) = server.object("GET", "docs/.limber", &[]);
    let begun: String = String::from_utf8_lossy(&list)
        .lines()
        .map(|line| match line.splitn(4, ' ').nth(3) {
            Some(path) if path.ends_with(".html") => format!("- - - {path}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    server.object("PUT", "docs/.limber", format!("{begun}- - - half.html\n").as_bytes());
    server.object("PUT", "docs/half.html", b"half");
    let ran = publishes(&project, &[]);
    assert!(ran.out.contains("was perhaps not written to its end"), "{}", ran.out);
    assert_eq!(server.keys(), whole);
    // Both begin with the same list: the slower one finds another one when it writes.
    let runs: Vec<Ran> = std::thread::scope(|scope| {
        let others = [1, 2].map(|number| {
            let other = server.site();
            other.write("content/notes/first.md", format!("---\ntitle: First\nsummary: From {number}.\n---\n"));
            for more in 0..60 {
                other.write(&format!("static/{number}-{more}.txt"), "x");
            }
            other
        });
        let running: Vec<_> = others.map(|other| scope.spawn(move || publish(&other, &[]))).into_iter().collect();
        running.into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    for ran in runs.iter().filter(|ran| ran.code != Some(0)) {
        assert!(ran.err.contains("somebody else publishes to this bucket at the same time"), "{}", ran.err);
    }
    assert!(runs.iter().any(|ran| ran.code == Some(0)), "one of them has published");
    publishes(&project, &[]);
    let now = publishes(&project, &[]);
    assert!(now.err.contains("nothing has changed"), "{}\n{}", now.out, now.err);
    assert_eq!(server.keys(), whole);
}

#[test]
fn each_failure_has_its_own_sentence() {
    let Some(server) = Server::start() else { return };
    let project = server.site();
    let mut all = String::new();
    let mut says = |what: &str, ran: Ran| {
        assert_eq!(ran.code, Some(2), "{}\n{}", ran.out, ran.err);
        all.push_str(&format!("-- {what}\n{}", ran.err.replace(&server.address, "ENDPOINT")));
    };
    let declared = project.read("site.yaml");
    let with = |old: &str, new: &str| {
        project.write("site.yaml", declared.replace(old, new));
        let (dry, ran) = (publish(&project, &["--dry-run"]), publish(&project, &[]));
        assert_eq!(dry.err, ran.err, "a dry run fails as the run does");
        project.write("site.yaml", &declared);
        ran
    };
    let mut command = project.command(&["publish"]);
    command.env_remove("AWS_ACCESS_KEY_ID").env("HOME", "/nowhere").env_remove("AWS_SHARED_CREDENTIALS_FILE");
    says("no keys", Ran::of(&command.output().expect("the program can be started")));
    says("no bucket", with("my-site", "no-such-site"));
    says("no store", with(&server.address, "http://127.0.0.1:9"));
    server.object("PUT", "docs/theirs.html", b"theirs");
    says("files of others", with("docs, path_style", "docs, path_style"));
    server.object("PUT", "docs/.limber", b"not a list");
    says("a list of others", with("docs, path_style", "docs, path_style"));
    expect![[r#"
        -- no keys
        error: there are no keys to the store
          help: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment
          help: or write them below `[default]` in `~/.aws/credentials`
        -- no bucket
        error: there is no bucket `no-such-site`
          help: make it first, or look at `bucket` and `endpoint` in site.yaml
        -- no store
        error: the store does not answer: io: Connection refused (os error 111)
          help: look at `endpoint` and the network, then publish again
        -- files of others
        error: the bucket `my-site` holds files that limber did not write, such as `docs/theirs.html`
          help: choose another bucket or `prefix`, or say `--adopt`: then files of the same name are replaced, and all others stay
        -- a list of others
        error: the object `.limber` in the bucket is no list of limber's
          help: remove it, and publish with `--adopt`
    "#]].assert_eq(&all);
}

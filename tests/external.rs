//! Links to other sites, asked of a server that plays them. Runs with `cargo test --features external --test external`.
#![cfg(feature = "external")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

/// Other sites: a server that answers as the path says, and remembers who asked.
struct Elsewhere {
    address: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    /// How often each page was asked for: `HEAD /404`.
    asked: BTreeMap<String, usize>,
    now: usize,
    most_at_once: usize,
}

impl Elsewhere {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = seen.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = shared.clone();
                std::thread::spawn(move || answer(stream, &seen));
            }
        });
        Self { address, seen }
    }

    /// What was asked since the last time.
    fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut self.seen.lock().expect("nobody fails").asked);
        asked.into_iter().map(|(what, times)| if times == 1 { what } else { format!("{what} x{times}") }).collect()
    }
}

fn answer(mut stream: TcpStream, seen: &Mutex<Seen>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let first = lines.next()?;
    lines.find(|line| line.is_empty())?;
    let (method, path) = first.split_once(' ')?;
    let path = path.split(' ').next()?;
    let asked = format!("{method} {path}");
    let times = {
        let mut seen = seen.lock().ok()?;
        seen.now += 1;
        seen.most_at_once = seen.most_at_once.max(seen.now);
        *seen.asked.entry(asked).and_modify(|times| *times += 1).or_insert(1)
    };
    let head = match path {
        "/moved" => "301 Moved Permanently\r\nLocation: /ok".to_string(),
        "/moved-to-nothing" => "301 Moved Permanently\r\nLocation: /404".to_string(),
        "/loop" => "302 Found\r\nLocation: /loop".to_string(),
        "/no-head" if method == "HEAD" => "405 Method Not Allowed\r\nAllow: GET".to_string(),
        "/busy" if times == 1 => "429 Too Many Requests\r\nRetry-After: 1".to_string(),
        "/busy-for-long" => "429 Too Many Requests\r\nRetry-After: 3600".to_string(),
        _ if path.starts_with("/slow") => {
            std::thread::sleep(Duration::from_millis(50));
            "200 OK".to_string()
        }
        _ => match path[1..].parse::<u16>() {
            Ok(status) => format!("{status} As Asked"),
            Err(_) => "200 OK".to_string(),
        },
    };
    seen.lock().ok()?.now -= 1;
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}

/// A site with these texts in its notes.
struct Project(TempDir);

impl Project {
    fn new(notes: &[(&str, &str)]) -> Self {
        let project = Self(TempDir::new().expect("a temporary folder"));
        let site =
            "title: Links\nbase_url: https://links.example/\nchecks: {advice: off}\nkinds: {note: {plural: notes}}\n";
        project.write("site.yaml", site);
        for (name, text) in notes {
            project.write(&format!("content/notes/{name}.md"), &format!("---\ntitle: Note {name}\n---\n{text}\n"));
        }
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.arg("--root").arg(self.0.path()).args(["check", "--external"]).args(arguments);
        command.env("NO_PROXY", "*").output().expect("limber runs")
    }

    /// The short report, with the address of the server left out.
    fn report(&self, elsewhere: &Elsewhere) -> String {
        text(&self.check(&["--format", "short"]).stdout).replace(&elsewhere.address, "")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_is_gone_is_reported_and_everything_else_is_not() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let paths = "ok moved moved-to-nothing loop no-head 401 403 404 410 500";
    let links: Vec<_> = paths.split(' ').map(|path| format!("- [the page {path}]({at}/{path})")).collect();
    let project = Project::new(&[("a", &links.join("\n"))]);
    let expected = "\
content/notes/a.md:6:31: warning[link-external-broken]: `/moved-to-nothing` answers with status 404 (not found)
content/notes/a.md:7:19: warning[link-external-broken]: `/loop` leads from one address to the next without end
content/notes/a.md:11:18: warning[link-external-broken]: `/404` answers with status 404 (not found)
content/notes/a.md:12:18: warning[link-external-broken]: `/410` answers with status 410 (gone)
content/notes/a.md:13:18: warning[link-external-broken]: `/500` answers with status 500 (internal server error)
";
    assert_eq!(project.report(&elsewhere), expected);
}

#[test]
fn nobody_at_home_is_said_in_plain_words() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let project = Project::new(&[("a", &format!("See [the other site](http://{closed}/)."))]);
    let ran = project.check(&["--format", "short"]);
    let expected = format!("`http://{closed}/` does not answer: connection refused\n");
    assert!(text(&ran.stdout).ends_with(&expected), "{}", text(&ran.stdout));
    assert_eq!(ran.status.code(), Some(0), "it is a warning");
    assert_eq!(project.check(&["--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn an_address_is_asked_once_however_often_it_is_linked_and_shown_with_all_places() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let (a, b) =
        (format!("See [here]({at}/404#top) and [there]({at}/ok)."), format!("See [it]({at}/404), [ok]({at}/ok#x)."));
    let project = Project::new(&[("a", &a), ("b", &b)]);
    let ran = project.check(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("it is JSON");
    let found = json["diagnostics"].as_array().expect("a list");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["code"], "link-external-broken");
    assert_eq!((&found[0]["path"], &found[0]["start"]["line"]), (&"content/notes/a.md".into(), &4.into()));
    assert_eq!(found[0]["related"][0]["path"], "content/notes/b.md");
    assert_eq!(elsewhere.asked(), ["GET /404", "HEAD /404", "HEAD /ok"]);
}

#[test]
fn good_answers_are_kept_and_bad_ones_are_asked_again() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let project =
        Project::new(&[("a", &format!("See [here]({at}/404), [there]({at}/ok), [busy]({at}/busy-for-long)."))]);
    project.check(&[]);
    elsewhere.asked();
    let ran = project.check(&["--format", "short"]);
    assert_eq!(elsewhere.asked(), ["GET /404", "HEAD /404", "HEAD /busy-for-long"]);
    assert_eq!(text(&ran.stdout).lines().count(), 1, "{}", text(&ran.stdout));
    assert_eq!(
        text(&ran.stderr),
        "1 of 3 addresses could not be asked: the site is busy, no way leads to it, or the time was up; run it again later\n"
    );
}

#[test]
fn a_site_that_is_busy_is_asked_again_when_it_says_so() {
    let elsewhere = Elsewhere::new();
    let project = Project::new(&[("a", &format!("See [here]({}/busy).", elsewhere.address))]);
    let ran = project.check(&[]);
    assert_eq!((text(&ran.stderr).as_str(), ran.status.code()), ("no problems\n", Some(0)));
    assert_eq!(elsewhere.asked(), ["HEAD /busy x2"]);
}

#[test]
fn only_a_few_are_asked_at_once() {
    let elsewhere = Elsewhere::new();
    let links: Vec<_> = (0..40).map(|n| format!("[page {n}]({}/slow-{n})", elsewhere.address)).collect();
    let project = Project::new(&[("a", &links.join(" "))]);
    assert_eq!(project.report(&elsewhere), "");
    let most = elsewhere.seen.lock().expect("nobody fails").most_at_once;
    assert!((2..=8).contains(&most), "{most} at once");
}

#[test]
fn answers_that_cannot_be_kept_are_no_reason_to_lose_them() {
    let elsewhere = Elsewhere::new();
    let project = Project::new(&[("a", &format!("See [here]({}/404).", elsewhere.address))]);
    project.write(".limber", "a file where the folder would be");
    let ran = project.check(&["--format", "short"]);
    assert!(text(&ran.stdout).contains("status 404"), "{}", text(&ran.stdout));
    assert!(
        text(&ran.stderr).starts_with("the answers could not be kept for the next time: "),
        "{}",
        text(&ran.stderr)
    );
    assert_eq!(ran.status.code(), Some(0));
}

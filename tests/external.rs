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
    /// What is answered to `GET /robots.txt`; nothing is there without one.
    robots: Option<&'static str>,
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
        "/busy-until" if times == 1 => {
            let soon = jiff::Timestamp::now() + Duration::from_secs(2);
            format!("503 Service Unavailable\r\nRetry-After: {}", soon.strftime("%a, %d %b %Y %H:%M:%S GMT"))
        }
        "/busy-for-long" => "429 Too Many Requests\r\nRetry-After: 3600".to_string(),
        _ if path.starts_with("/slow") => {
            std::thread::sleep(Duration::from_millis(50));
            "200 OK".to_string()
        }
        _ => match path.rsplit('/').next().unwrap_or(path).parse::<u16>() {
            Ok(status) => format!("{status} As Asked"),
            Err(_) => "200 OK".to_string(),
        },
    };
    let mut seen = seen.lock().ok()?;
    seen.now -= 1;
    let (head, body) = match seen.robots {
        Some(robots) if path == "/robots.txt" => ("200 OK".to_string(), robots),
        None if path == "/robots.txt" => ("404 Not Found".to_string(), ""),
        _ => (head, ""),
    };
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).ok()
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

    /// The same with this in its declaration.
    fn declaring(self, text: &str) -> Self {
        let site = std::fs::read_to_string(self.0.path().join("site.yaml")).expect("the declaration is there");
        self.write("site.yaml", &format!("{site}{text}\n"));
        self
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.current_dir(self.0.path()).args(["check", "--external"]).args(arguments);
        command.env("NO_PROXY", "*").output().expect("limber runs")
    }

    /// The short report, with the address of the server left out.
    fn report(&self, elsewhere: &Elsewhere) -> String {
        self.report_with(elsewhere, &[])
    }

    fn report_with(&self, elsewhere: &Elsewhere, arguments: &[&str]) -> String {
        let arguments = [&["--format", "short"], arguments].concat();
        text_of(&self.check(&arguments).stdout).replace(&elsewhere.address, "")
    }
}

fn text_of(bytes: &[u8]) -> String {
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
    assert!(text_of(&ran.stdout).ends_with(&expected), "{}", text_of(&ran.stdout));
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
    assert_eq!(elsewhere.asked(), ["GET /404", "GET /robots.txt", "HEAD /404", "HEAD /ok"]);
}

#[test]
fn answers_are_kept_and_a_second_run_asks_nothing() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let text = format!("See [here]({at}/404), [there]({at}/ok), [none]({at}/500) and [moved]({at}/moved).");
    let project = Project::new(&[("a", &text)]);
    let first = project.report(&elsewhere);
    assert_eq!(first.lines().count(), 2, "{first}");
    assert_ne!(elsewhere.asked(), [""; 0]);
    assert_eq!(project.report(&elsewhere), first);
    assert_eq!(elsewhere.asked(), [""; 0]);
    let again = text_of(&project.check(&[]).stderr);
    assert!(again.contains("help: this was answered at an earlier time"), "{again}");
    assert_eq!(project.report_with(&elsewhere, &["--max-age", "0"]), first);
    let asked = elsewhere.asked();
    assert!(asked.contains(&"HEAD /404".to_string()) && asked.contains(&"GET /robots.txt".to_string()), "{asked:?}");

    // A week later all are asked again, an hour later those that did not answer.
    let file = project.0.path().join(".limber/external.json");
    let aged = |seconds: u64| {
        let json = std::fs::read_to_string(&file).expect("the answers are there");
        let mut kept: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        for group in ["answers", "rules"] {
            for (_, answer) in kept[group].as_object_mut().expect("a mapping") {
                answer["at"] = (answer["at"].as_u64().expect("seconds") - seconds).into();
            }
        }
        std::fs::write(&file, kept.to_string()).expect("it can be written");
        assert_eq!(project.report(&elsewhere), first);
        elsewhere.asked()
    };
    assert_eq!(aged(3600), ["GET /500", "HEAD /500"]);
    assert_eq!(aged(6 * 24 * 3600), ["GET /500", "GET /robots.txt", "HEAD /500"]);
    assert_eq!(aged(24 * 3600).len(), 7);
}

#[test]
fn a_site_that_is_busy_is_asked_again_when_it_says_so() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let project = Project::new(&[("a", &format!("See [here]({at}/busy)."))]);
    let ran = project.check(&[]);
    assert_eq!((text_of(&ran.stderr).as_str(), ran.status.code()), ("no problems\n", Some(0)));
    assert_eq!(elsewhere.asked(), ["GET /robots.txt", "HEAD /busy x2"]);

    let project = Project::new(&[("a", &format!("See [here]({at}/busy-until)."))]);
    assert_eq!(text_of(&project.check(&[]).stderr), "no problems\n");
    assert_eq!(elsewhere.asked(), ["GET /robots.txt", "HEAD /busy-until x2"]);
}

#[test]
fn a_site_that_is_busy_for_long_is_asked_nothing_more_until_then() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let links: Vec<_> = (0..9).map(|n| format!("[page {n}]({at}/slow-{n})")).collect();
    let project = Project::new(&[("a", &format!("[busy]({at}/busy-for-long) {}", links.join(" ")))]);
    let ran = project.check(&[]);
    let said = text_of(&ran.stderr);
    assert!(said.contains("of 10 addresses could not be asked: the site is busy"), "{said}");
    assert_eq!(ran.status.code(), Some(0));
    let asked = elsewhere.asked();
    assert!(asked.contains(&"HEAD /busy-for-long".to_string()) && asked.len() < 6, "{asked:?}");
    project.check(&[]);
    project.check(&["--max-age", "0"]);
    assert_eq!(elsewhere.asked(), [""; 0]);
}

#[test]
fn a_host_is_asked_for_few_pages_at_once_with_pauses_between() {
    let elsewhere = Elsewhere::new();
    let links: Vec<_> = (0..11).map(|n| format!("[page {n}]({}/slow-{n})", elsewhere.address)).collect();
    let project = Project::new(&[("a", &links.join(" "))]);
    #[expect(clippy::disallowed_methods, reason = "the test measures the pauses")]
    let begun = std::time::Instant::now();
    assert_eq!(project.report(&elsewhere), "");
    assert!(begun.elapsed() >= Duration::from_millis(11 * 250), "{:?}", begun.elapsed());
    let most = elsewhere.seen.lock().expect("nobody fails").most_at_once;
    assert!((1..=2).contains(&most), "{most} at once");
}

#[test]
fn what_a_site_wants_to_be_left_alone_is_not_asked_nor_where_it_leads() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    elsewhere.seen.lock().expect("nobody fails").robots =
        Some("User-agent: *\nDisallow: /private\nDisallow: /ok\nAllow: /private/404\n");
    let links = ["private/a", "private/404", "moved", "fine"].map(|path| format!("[{path}]({at}/{path})"));
    let project = Project::new(&[("a", &links.join(" "))]);
    let ran = project.check(&["--format", "short"]);
    assert_eq!(text_of(&ran.stdout).lines().count(), 1, "{}", text_of(&ran.stdout));
    assert_eq!(text_of(&ran.stderr), "2 of 4 addresses were left alone, as the robots.txt of their sites asks\n");
    let asked = ["GET /private/404", "GET /robots.txt", "HEAD /fine", "HEAD /moved", "HEAD /private/404"];
    assert_eq!(elsewhere.asked(), asked);
    project.check(&[]);
    assert_eq!(elsewhere.asked(), [""; 0]);
}

#[test]
fn addresses_that_the_site_names_are_left_alone_and_patterns_are_checked() {
    let elsewhere = Elsewhere::new();
    let at = &elsewhere.address;
    let text = format!("[a]({at}/404) [b]({at}/forum/404) [moved]({at}/moved-to-nothing) [c]({at}/ok)");
    let project = Project::new(&[("a", &text)])
        .declaring(&format!("links: {{leave_alone: ['{at}/404', '127.0.0.1/forum/**', 'unused.example', 'a[']}}"));
    let report = project.report(&elsewhere);
    assert!(report.contains("error[site-invalid]: `a[` is no pattern for paths"), "{report}");
    elsewhere.asked();
    let project = Project::new(&[("a", &text)])
        .declaring(&format!("links: {{leave_alone: ['{at}/404', '127.0.0.1/forum/**', 'unused.example']}}"));
    let report = project.report(&elsewhere);
    let unused = "warning[exception-unused]: no page links to an address like `unused.example`\n";
    assert!(report.lines().count() == 1 && report.ends_with(unused), "{report}");
    assert_eq!(elsewhere.asked(), ["GET /robots.txt", "HEAD /moved-to-nothing", "HEAD /ok"]);
}

#[test]
fn addresses_in_other_scripts_are_asked_for() {
    let elsewhere = Elsewhere::new();
    let project = Project::new(&[("a", &format!("See [it]({}/Läufer_ß?q=ä).", elsewhere.address))]);
    assert_eq!(project.report(&elsewhere), "");
    assert_eq!(elsewhere.asked(), ["GET /robots.txt", "HEAD /L%C3%A4ufer_%C3%9F?q=%C3%A4"]);
}

#[test]
fn answers_that_cannot_be_kept_are_no_reason_to_lose_them() {
    let elsewhere = Elsewhere::new();
    let project = Project::new(&[("a", &format!("See [here]({}/404).", elsewhere.address))]);
    project.write(".limber", "a file where the folder would be");
    let ran = project.check(&["--format", "short"]);
    assert!(text_of(&ran.stdout).contains("status 404"), "{}", text_of(&ran.stdout));
    assert!(
        text_of(&ran.stderr).starts_with("the answers could not be kept for the next time: "),
        "{}",
        text_of(&ran.stderr)
    );
    assert_eq!(ran.status.code(), Some(0));
}

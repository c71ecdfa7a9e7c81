//! Many random edits against a running preview that others read all the while. A few hundred unless `SOAK_EDITS` says
//! how many; `SOAK_SEED` chooses others.
#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests wait, and give up after a while")]

#[expect(dead_code, reason = "less is asked for here than in the tests of HTTP")]
mod preview_support;
mod random;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use preview_support::{Answer, LIMIT, Preview, Project, SITE, send, try_send};
use random::{Random, number};

/// How many tools the site begins with. The first is never deleted: it counts the edits.
const TOOLS: usize = 60;
/// How many readers ask for pages all the while.
const READERS: usize = 3;
/// How many edits come before memory is looked at: until then caches fill.
const WARM_UP: usize = 100;
/// How much more memory may be held in the end than after warming up: a fifth, and some MiB that allocators play with.
const GROWTH: f64 = 1.2;
const PLAY: f64 = 16.0;

/// A title with the number of the edit that gave it: `Tool 4 edition 17.`
fn tool(name: usize, edit: u64, more: &str) -> String {
    format!("---\ntitle: Tool {name} edition {edit}.\n{more}---\nText of {edit}. See [[jobs/all]].\n")
}

/// A page that shows every title three times over: by its relation, by a wikilink, by a data block.
fn job(names: &[usize]) -> String {
    let relations: String = names.iter().map(|name| format!("  - t{name}\n")).collect();
    let links: String = names.iter().map(|name| format!("- [[tools/t{name}]]\n")).collect();
    format!("---\ntitle: All\ntools:\n{relations}---\n{links}\n```list\nentries: tool\n```\n")
}

fn get(address: &str, path: &str) -> std::io::Result<Answer> {
    try_send(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

/// What all readers have seen so far.
#[derive(Default)]
struct Seen {
    /// The bytes for every tag, by their hash.
    tags: Mutex<HashMap<String, u64>>,
    answers: AtomicU64,
    stop: AtomicBool,
}

impl Seen {
    /// Checks an answer by itself and against all others.
    fn check(&self, path: &str, answer: &Answer) {
        self.answers.fetch_add(1, Ordering::Relaxed);
        assert!(matches!(answer.status, 200 | 404), "{path}: {} {}", answer.status, answer.text());
        let text = answer.text();
        let tag = answer.head.lines().find_map(|line| line.strip_prefix("etag: ")).map(str::to_string);
        if let Some(tag) = tag {
            let hash = std::hash::BuildHasher::hash_one(
                &std::hash::BuildHasherDefault::<std::hash::DefaultHasher>::new(),
                &text,
            );
            let mut tags = self.tags.lock().unwrap_or_else(PoisonError::into_inner);
            let known = *tags.entry(tag).or_insert(hash);
            assert_eq!(known, hash, "one tag stands for two pages: {path}");
        }
        agree(path, &text);
    }
}

/// Every tool that a page shows has one edition on it, wherever it stands: all of a page is of one moment.
fn agree(path: &str, text: &str) {
    let mut editions: HashMap<&str, &str> = HashMap::new();
    for piece in text.split("Tool ").skip(1) {
        let Some((name, rest)) = piece.split_once(" edition ") else { continue };
        let edition = rest.split('.').next().unwrap_or_default();
        let first = *editions.entry(name).or_insert(edition);
        assert_eq!(first, edition, "{path} mixes two moments: tool {name}\n{text}");
    }
}

/// Asks for pages until it is told to stop. The edition of the first tool never goes back.
fn read(address: &str, seed: u64, seen: &Seen) {
    let (mut random, mut newest) = (Random(seed), 0);
    while !seen.stop.load(Ordering::Relaxed) {
        let tool = format!("/tools/t{}/", random.below(TOOLS));
        let path =
            ["/jobs/all/", "/tools/", "/tools/t0/", &tool, "/site.css", "/nothing/", "/sitemap.xml"][random.below(7)];
        let Ok(answer) = get(address, path) else { continue };
        seen.check(path, &answer);
        let text = answer.text();
        // Where its front matter is broken at the moment, the index has another name for it.
        if let Some((_, rest)) = text.split_once("Tool 0 edition ").filter(|_| path == "/tools/") {
            let edition = rest.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0);
            assert!(edition >= newest, "the preview went back from {newest} to {edition}");
            newest = edition;
        }
    }
}

/// Whoever writes: knows what the files are, and changes something.
struct Writer<'a> {
    project: &'a Project,
    random: Random,
    /// The tools that are there, by name.
    there: Vec<usize>,
    next: usize,
    edits: u64,
}

impl Writer<'_> {
    fn path(name: usize) -> String {
        format!("content/tools/t{name}.md")
    }

    /// Makes one change. What it breaks it mends within the next few.
    fn edit(&mut self) {
        self.edits += 1;
        let edit = self.edits;
        let at = self.random.below(self.there.len());
        let name = self.there[at];
        let write = |path: &str, text: &str| self.project.write(path, text);
        match self.random.below(20) {
            0..=5 => write(&Self::path(name), &tool(name, edit, "")),
            6..=7 => {
                // As editors do that write beside and rename.
                let beside = self.project.path(&format!("content/tools/.t{name}.md.tmp"));
                std::fs::write(&beside, tool(name, edit, "")).expect("the file can be written");
                std::fs::rename(beside, self.project.path(&Self::path(name))).expect("the file can be renamed");
            }
            8 => {
                write(&Self::path(self.next), &tool(self.next, edit, ""));
                self.there.push(self.next);
                self.next += 1;
            }
            9 if at > 0 => {
                std::fs::remove_file(self.project.path(&Self::path(name))).expect("the file is there");
                self.there.remove(at);
            }
            10 if at > 0 => {
                // Written before it goes, so that its title tells which file it is.
                let new = self.next;
                write(&Self::path(new), &tool(new, edit, ""));
                std::fs::remove_file(self.project.path(&Self::path(name))).expect("the file is there");
                (self.there[at], self.next) = (new, self.next + 1);
            }
            11 => write(&Self::path(name), &tool(name, edit, "weight: heavy\n")),
            12 => write(&Self::path(name), "---\ntitle: [\n"),
            13 => write("templates/block-of-the-page.html", &format!("<i>{edit}</i>")),
            14 => write("templates/block-of-the-page.html", "{{ entry.nothing.at.all }}"),
            15 => write("static/site.css", &format!("body {{ margin: {edit}px; }}\n")),
            16 => {
                let site = std::fs::read_to_string(self.project.path("site.yaml")).expect("the file is there");
                let site: Vec<_> = site.lines().filter(|line| !line.starts_with("params:")).collect();
                write("site.yaml", &format!("{}\nparams: {{edit: {edit}}}\n", site.join("\n")));
            }
            17 => {
                let few: Vec<_> = (0..8).map(|_| self.there[self.random.below(self.there.len())]).collect();
                few.iter().for_each(|name| write(&Self::path(*name), &tool(*name, edit, "")));
            }
            18 => self.relate(),
            _ => self.project.write(&Self::path(0), &tool(0, edit, "")),
        }
    }

    /// Lets the page of all tools name those that are there.
    fn relate(&self) {
        self.project.write("content/jobs/all.md", &job(&self.there));
    }

    /// Mends everything, so that the site can be built.
    fn mend(&mut self) {
        self.edits += 1;
        for name in &self.there {
            self.project.write(&Self::path(*name), &tool(*name, self.edits, ""));
        }
        self.project.write("templates/block-of-the-page.html", "<i>in the end</i>");
        self.relate();
    }
}

/// The memory that a process holds, in MiB; none where the system does not say.
fn memory(id: u32) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn project() -> Project {
    let entry = "<main><h1>{{ entry.title }}</h1><p>{{ entry.title }}</p>{% include \"block-of-the-page.html\" %}";
    let site = SITE.replace("<main><h1>{{ entry.title }}</h1>", entry).replace("Welcome.", "Welcome to [[jobs/all]].");
    let project = Project::new(&site);
    project.write("templates/block-of-the-page.html", "<i>in the beginning</i>");
    project
        .write("templates/blocks/list.html", "<ul>{% for tool in entries %}<li>{{ tool.title }}</li>{% endfor %}</ul>");
    for name in 0..TOOLS {
        project.write(&Writer::path(name), &tool(name, 0, ""));
    }
    project.write("content/jobs/all.md", &job(&(0..TOOLS).collect::<Vec<_>>()));
    project
}

#[test]
fn every_answer_is_of_one_moment_and_the_last_is_that_of_a_build() {
    let edits = number("SOAK_EDITS", 400);
    let seed = number("SOAK_SEED", 1);
    let project = project();
    let mut preview = Preview::start(&project, &[]);
    let id = preview.process().id();
    let address = preview.address.clone();
    wait_until_drawn(&address);
    let seen = Seen::default();
    let mut writer =
        Writer { project: &project, random: Random(seed), there: (0..TOOLS).collect(), next: TOOLS, edits: 0 };
    let mut held = Vec::new();
    std::thread::scope(|scope| {
        let stop = Stop(&seen);
        for reader in 0..READERS as u64 {
            let (address, seen) = (&address, &seen);
            scope.spawn(move || read(address, seed ^ (reader << 32), seen));
        }
        while writer.edits < edits {
            writer.edit();
            let pause = [0, 0, 1, 5, 12, 40][writer.random.below(6)];
            std::thread::sleep(Duration::from_millis(pause));
            held.extend(memory(id));
        }
        drop(stop);
    });
    if held.len() > 2 * WARM_UP {
        // Medians: while many pages are drawn at once more is held for a moment.
        let (before, after) = (median(&held[WARM_UP..2 * WARM_UP]), median(&held[held.len() - WARM_UP..]));
        let answers = seen.answers.load(Ordering::Relaxed);
        say(&format!("{edits} edits, {answers} answers, {before:.0} to {after:.0} MiB"));
        assert!(after < before * GROWTH + PLAY, "the preview held {before:.0} MiB, and {after:.0} MiB in the end");
    }
    writer.mend();
    same_as_a_build(&project, &address);
}

/// Lets the readers stop when the writer is done, and when it fails.
struct Stop<'a>(&'a Seen);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }
}

#[expect(clippy::print_stderr, reason = "shown with --nocapture")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// Waits until every page was drawn once: from then on there is a last good one, whatever breaks.
fn wait_until_drawn(address: &str) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    write!(stream, "GET /_limber/live?page=/ HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("a request");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.starts_with("data: ") && line.contains("\"revision\":2")));
}

/// Waits until the preview serves what a build of the same files writes, page by page.
fn same_as_a_build(project: &Project, address: &str) {
    let mut build = Command::new(env!("CARGO_BIN_EXE_limber"));
    build.arg("--root").arg(project.path("")).args(["build", "--base-url"]).arg(format!("http://{address}/"));
    let built = build.output().expect("limber runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let public = project.path("public");
    let end = Instant::now() + LIMIT;
    let mut compared = 0;
    for file in walkdir::WalkDir::new(&public).into_iter().flatten().filter(|file| file.file_type().is_file()) {
        let below = file.path().strip_prefix(&public).expect("a file of the folder").to_string_lossy().into_owned();
        if below == ".limber" {
            continue; // says who has made the folder
        }
        let url = format!("/{}", below.strip_suffix("index.html").unwrap_or(&below));
        let wanted = std::fs::read(file.path()).expect("the file can be read");
        loop {
            let answer = get(address, &url).expect("an answer");
            let served = if below.ends_with(".html") { without_script(&answer.text()).into() } else { answer.body };
            if served == wanted {
                break;
            }
            let (served, wanted) = (String::from_utf8_lossy(&served), String::from_utf8_lossy(&wanted));
            assert!(Instant::now() < end, "{url} is not what a build makes of it\n{served}\n{wanted}");
            std::thread::sleep(Duration::from_millis(20));
        }
        compared += 1;
    }
    assert!(compared > TOOLS / 2, "{compared} pages were compared");
    assert_eq!(send(address, &format!("GET /tools/gone/ HTTP/1.1\r\nHost: {address}\r\n\r\n")).status, 404);
}

fn without_script(html: &str) -> String {
    let Some((before, rest)) = html.split_once("<script src=\"/_limber/preview.js\"") else { return html.to_string() };
    let (_, after) = rest.split_once("</script>\n").unwrap_or_default();
    format!("{before}{after}")
}

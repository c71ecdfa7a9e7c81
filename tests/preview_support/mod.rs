//! A small site in a folder of its own, the preview of it, and just enough HTTP to talk to both sides.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up. Generous: the machine may be busy.
pub const LIMIT: Duration = Duration::from_secs(60);

/// A small site with two kinds and a relation.
pub const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/
language: en
markdown: {term_links: false}
checks: {advice: off}
pages: {per_page: 5000}
kinds:
  tool:
    plural: tools
    title: Tools
    url: /tools/{slug}/
    index: {title: All tools, intro: Things to roll with}
  job:
    plural: jobs
    title: Jobs
    url: /jobs/{slug}/
    index: {title: All jobs, intro: Things to do}
relations:
  - {one: job.tools, other: tool.jobs, labels: [Tools to take, Good for]}
//- content/index.md
---
title: Home
---
Welcome.
//- content/tools/bulb.md
---
title: Bulb
---
A bulb rolls.
//- content/tools/pruner.md
---
title: Pruner
---
A pruner rolls.
//- content/jobs/clover.md
---
title: Clover
tools:
  - bulb
---
Soft clover.
//- content/jobs/secret.md
---
title: Secret job
draft: true
---
Not yet.
//- templates/base.html
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'">
<link rel="stylesheet" href="{{ asset(path="site.css") }}"></head>
<body>{% block main %}{% endblock main %}</body></html>
//- templates/entry.html
{% extends "base.html" %}{% block main %}<main><h1>{{ entry.title }}</h1>{{ entry.body }}
{% for group in entry.related %}<h2>{{ group.label }}</h2>{% for edge in group.edges %}<a href="{{ edge.entry.url }}">{{ edge.entry.title }}</a>{% endfor %}{% endfor %}</main>{% endblock main %}
//- templates/index.html
{% extends "base.html" %}{% block main %}<main><h1>{{ page.title }}</h1>{% for card in entries %}<a href="{{ card.url }}">{{ card.title }}</a>{% endfor %}</main>{% endblock main %}
//- templates/a-z.html
{% extends "base.html" %}
//- templates/search.html
{% extends "base.html" %}
//- templates/not-found.html
{% extends "base.html" %}{% block main %}<main><h1>Nothing lies here</h1></main>{% endblock main %}
//- templates/redirect.html
<!doctype html><html lang="en"><title>moved</title></html>
//- static/site.css
body { color: rgb(1, 2, 3); }
"#;

/// A project in a temporary folder.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// Writes files that are separated by `//- path` lines.
    pub fn new(files: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for file in files.split("//- ").skip(1) {
            let (path, text) = file.split_once('\n').expect("a path and a text");
            project.write(path.trim(), text);
        }
        project
    }

    /// The path of a file.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, as an editor does that opens it and fills it anew.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
}

/// A running preview. It ends with the test.
pub struct Preview {
    /// `127.0.0.1:4000`
    pub address: String,
    /// What it printed when it was ready.
    pub first_line: String,
    child: Child,
    lines: Receiver<String>,
}

impl Preview {
    /// Starts the preview of a project at a free port.
    pub fn start(project: &Project, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.arg("--root").arg(project.path("")).arg("serve").args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.env_remove("VISUAL").env_remove("EDITOR").env("NO_COLOR", "1");
        Self::run(command)
    }

    /// Starts a command and waits until it says where it listens.
    pub fn run(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdin(Stdio::null()).spawn().expect("limber runs");
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut preview = Self { address: String::new(), first_line: String::new(), child, lines };
        preview.first_line = preview.line(|line| line.starts_with("http://"));
        let origin = preview.first_line.split_whitespace().next().expect("an address");
        preview.address = origin.trim_start_matches("http://").trim_end_matches('/').to_string();
        preview
    }

    /// Waits for a line of the terminal.
    pub fn line(&self, wanted: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + LIMIT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).expect("the preview says what the test waits for");
            if wanted(&line) {
                return line;
            }
        }
    }

    /// The process.
    pub fn process(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head as it came, in lower case.
    pub head: String,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request as it stands, and reads the answer: as long as it says it is, else until the other side closes.
pub fn send(address: &str, request: &str) -> Answer {
    try_send(address, request).expect("an answer")
}

/// Like [`send`], for those who can do without an answer.
pub fn try_send(address: &str, request: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(LIMIT))?;
    stream.write_all(request.as_bytes())?;
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let head = head.trim_end().to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let length = if request.starts_with("HEAD ") { Some(0) } else { length };
    let mut body = Vec::new();
    stream.take(length.unwrap_or(u64::MAX)).read_to_end(&mut body)?;
    Ok(Answer { status, head, body })
}

/// Tries until something is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + LIMIT;
    while !is_so() {
        assert!(Instant::now() < end, "this never came true: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

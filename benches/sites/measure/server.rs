//! A running preview, and just enough HTTP to talk to it.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// So long anything may take before a measurement is given up.
const LIMIT: Duration = Duration::from_secs(120);

/// A preview at a free port. Ends when dropped.
pub struct Server {
    /// `127.0.0.1:4000`
    pub address: String,
    child: Child,
}

impl Server {
    /// Starts the preview of a site. It may not be listening yet.
    ///
    /// # Errors
    /// When the program cannot be run.
    pub fn start(site: &Path) -> io::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(super::run::program());
        command.arg("--quiet").arg("--root").arg(site).args(["serve", "--port", &address.port().to_string()]);
        let child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(Self { address: address.to_string(), child })
    }

    /// A connection, as soon as there is one.
    ///
    /// # Errors
    /// When the preview has ended.
    pub fn connect(&mut self) -> io::Result<Client> {
        loop {
            match Client::connect(&self.address) {
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
                done => return done,
            }
            if self.child.try_wait()?.is_some() {
                return Err(io::Error::other("the preview has ended"));
            }
            sleep(Duration::from_millis(1));
        }
    }

    /// The processor time that the preview has used, in milliseconds; 0 where the system does not say.
    pub fn cpu(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let spent = tasks.into_iter().flatten().flatten().filter_map(|task| {
            let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<f64>().ok()
        });
        spent.sum::<f64>() / 1e6
    }

    /// The memory that the preview holds, in MiB; 0 where the system does not say.
    pub fn memory(&self) -> f64 {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub text: String,
}

/// A connection that is kept.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    body: Vec<u8>,
}

impl Client {
    /// Opens a connection.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn connect(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_string(), body: Vec::new() })
    }

    /// Asks for a page and waits for the answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask(path)?;
        let status = self.answer()?;
        Ok(Answer { status, text: String::from_utf8_lossy(&self.body).into_owned() })
    }

    /// Asks for a page; the answer is read later.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn ask(&mut self, path: &str) -> io::Result<()> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes())
    }

    /// Reads an answer and says its status.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn answer(&mut self) -> io::Result<u16> {
        let (mut status, mut length) = (0, 0);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if status == 0 {
                status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
            } else if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(status)
    }

    /// Turns the connection into the event stream of a page.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn listen(mut self, page: &str) -> io::Result<Events> {
        self.ask(&format!("/_limber/live?page={page}"))?;
        Ok(Events(self))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_string())
    }
}

/// What an open page hears.
pub struct Events(Client);

impl Events {
    /// Waits for the next message.
    ///
    /// # Errors
    /// When the connection breaks, or nothing is heard for very long.
    pub fn next(&mut self) -> io::Result<()> {
        while !self.0.line()?.starts_with("data: ") {}
        Ok(())
    }
}

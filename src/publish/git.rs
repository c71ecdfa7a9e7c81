//! The user's own `git`, as a program: nothing of the repository but its objects, and a reference of ours, is touched.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::error::Error;

/// A repository as `git` sees it from a folder in it.
pub(super) struct Repository {
    folder: PathBuf,
    /// An index of our own, which stands for that of the work tree.
    index: PathBuf,
}

/// What `git` said.
pub(super) struct Said {
    pub(super) well: bool,
    pub(super) out: Vec<u8>,
    pub(super) err: String,
}

impl Said {
    /// Standard output as one text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).trim().to_string()
    }

    /// The last line that says what is wrong.
    pub(super) fn reason(&self) -> String {
        let mut lines = self.err.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("hint:"));
        let told = lines.clone().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
        told.or_else(|| lines.next_back()).unwrap_or("git does not say why").to_string()
    }
}

impl Repository {
    /// The repository in which a folder lies.
    ///
    /// # Errors
    /// Where there is no `git`, or no repository.
    pub(super) fn of(folder: &Path, index: PathBuf) -> Result<Self, Error> {
        let repository = Self { folder: folder.to_path_buf(), index };
        let said = repository.ask(&["rev-parse", "--git-dir"])?;
        if said.well {
            return Ok(repository);
        }
        if said.err.contains("dubious ownership") {
            return Err(Error::system("git refuses this repository, because it belongs to another user")
                .help("say that it may be used: `git config --global --add safe.directory FOLDER`"));
        }
        Err(Error::request("the site lies in no git repository")
            .help("begin one with `git init`, and name the remote: `git remote add origin ADDRESS`"))
    }

    /// Runs `git` and hands back what it said, whether it went well or not.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Said, Error> {
        self.run(arguments, None)
    }

    /// The same with something on its standard input.
    pub(super) fn tell(&self, arguments: &[&str], input: &[u8]) -> Result<Said, Error> {
        self.run(arguments, Some(input))
    }

    /// Runs what always goes well in a repository that is whole.
    pub(super) fn must(&self, arguments: &[&str], input: Option<&[u8]>) -> Result<Said, Error> {
        let said = self.run(arguments, input)?;
        if said.well {
            return Ok(said);
        }
        Err(Error::system(format!("`git {}` failed: {}", arguments[0], said.reason())))
    }

    fn run(&self, arguments: &[&str], input: Option<&[u8]>) -> Result<Said, Error> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(arguments);
        command.env("GIT_INDEX_FILE", &self.index).env("LC_ALL", "C").env_remove("GIT_WORK_TREE");
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::request("there is no program `git` on this machine")
                .help("install git, or publish to a folder instead"),
            _ => Error::system(format!("`git` cannot be run: {error}")),
        };
        let mut child = command.spawn().map_err(failed)?;
        let pipe = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // Written beside the reading: neither waits for the other.
            scope.spawn(|| {
                if let (Some(mut pipe), Some(input)) = (pipe, input) {
                    let _ = pipe.write_all(input);
                }
            });
            child.wait_with_output()
        });
        let Output { status, stdout, stderr } = output.map_err(failed)?;
        Ok(Said { well: status.success(), out: stdout, err: String::from_utf8_lossy(&stderr).into_owned() })
    }
}

//! A revision of a project as files: what its repository held then, in a folder of its own. Work tree and index stay as they are.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::error::Error;

/// A project as a revision has it.
pub struct Revision {
    folder: TempDir,
    /// The way from the top of the repository to the project, with a slash at its end; empty where they are the same.
    pub below: String,
}

impl Revision {
    /// Writes the files of a revision into a temporary folder, which goes with the value.
    ///
    /// # Errors
    /// Where there is no git, no repository, no such revision, or no project in it.
    pub fn checked_out(root: &Path, revision: &str) -> Result<Self, Error> {
        let below = asked(root, &["rev-parse", "--show-prefix"]).map_err(|why| no_repository(root, &why))?;
        let top = asked(root, &["rev-parse", "--show-toplevel"]).map_err(|why| no_repository(root, &why))?;
        let commit = format!("{revision}^{{commit}}");
        let commit = asked(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
            .map_err(|why| no_revision(root, revision, why))?;
        let tree = format!("{commit}:{below}");
        let tree = asked(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &tree]).map_err(|why| {
            why.other(|| Error::content(format!("at {revision} there was no folder `{}`", below.trim_end_matches('/'))))
        })?;
        let folder = TempDir::with_prefix("limber-").map_err(|error| {
            Error::system(format!("no temporary folder can be made: {error}"))
                .help("set TMPDIR to a folder that can be written")
        })?;
        let files = folder.path().join("files");
        let index = folder.path().join("index");
        let run = |arguments: &[&OsStr]| {
            // Below the top of the repository git would write only what lies there.
            let mut command = git(Path::new(&top));
            command.env("GIT_INDEX_FILE", &index).args(arguments);
            answer(command.output()).map_err(|why| {
                why.other(|| {
                    Error::system(format!("the files of {revision} cannot be written"))
                        .help("look whether `git fsck` finds anything")
                })
            })
        };
        run(&["read-tree".as_ref(), tree.as_ref()])?;
        let mut prefix = std::ffi::OsString::from("--prefix=");
        prefix.push(&files);
        prefix.push("/");
        run(&["checkout-index".as_ref(), "--all".as_ref(), "--quiet".as_ref(), &prefix])?;
        std::fs::create_dir_all(&files).map_err(|error| Error::system(format!("{}: {error}", files.display())))?;
        Ok(Self { folder, below })
    }

    /// The folder with the files.
    pub fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("files")
    }
}

/// Why git gave no answer.
enum GitRefusal {
    /// It is not there.
    NoGit,
    /// It said this.
    Said(String),
}

impl GitRefusal {
    /// The error for what git refused; that it is missing is one of its own.
    fn other(self, error: impl FnOnce() -> Error) -> Error {
        match self {
            Self::NoGit => {
                Error::system("git is not there: `limber diff` asks it for the files of a revision").help("install git")
            }
            Self::Said(words) if words.is_empty() => error(),
            Self::Said(words) => error().help(format!("git says: {words}")),
        }
    }
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("LC_ALL", "C");
    command
}

/// What git answers, in one line.
fn asked(root: &Path, arguments: &[&str]) -> Result<String, GitRefusal> {
    answer(git(root).args(arguments).output())
}

fn answer(output: std::io::Result<Output>) -> Result<String, GitRefusal> {
    let output = output.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => GitRefusal::NoGit,
        _ => GitRefusal::Said(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_string());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(GitRefusal::Said(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_string()))
}

fn no_repository(root: &Path, why: &GitRefusal) -> Error {
    match why {
        GitRefusal::NoGit => GitRefusal::NoGit.other(|| Error::system("")),
        GitRefusal::Said(words) if words.contains("dubious ownership") => {
            Error::system(format!("git does not trust the repository of `{}`: {words}", root.display()))
                .help("say `git config --global --add safe.directory PATH`")
        }
        GitRefusal::Said(_) => Error::request(format!("`{}` lies in no git repository", root.display()))
            .help("go to a project that git knows, or begin one with `git init`"),
    }
}

fn no_revision(root: &Path, revision: &str, why: GitRefusal) -> Error {
    if asked(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true") {
        return Error::request(format!("`{revision}` is not in this clone: it is a shallow one"))
            .help("fetch the rest with `git fetch --unshallow`; with actions/checkout set `fetch-depth: 0`");
    }
    why.other(|| {
        Error::request(format!("there is no revision `{revision}`"))
            .help("name a branch, a tag or a commit; `git fetch` brings those of others")
    })
}

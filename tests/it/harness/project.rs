//! A site on disk, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use limber::model::options::Options;
use limber::stages::load::load;
use tempfile::TempDir;

use super::{Drawn, draw, fixture, plain};

/// A site in a folder of its own, which is removed in the end.
pub struct Project {
    folder: TempDir,
}

/// What a run of the program left behind.
pub struct Ran {
    /// The exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

impl Project {
    /// Writes a site, with the tiny templates where it brings none of its own.
    pub fn new(text: &str) -> Self {
        Self::of(&fixture(text))
    }

    /// Writes a site and no file more.
    pub fn bare(text: &str) -> Self {
        Self::of(&plain(text))
    }

    /// Writes a site and no file more into a folder of its own below this one.
    pub fn bare_in(folder: &Path, text: &str) -> Self {
        Self::of_in(folder, &plain(text))
    }

    fn of(files: &BTreeMap<String, String>) -> Self {
        Self::of_in(&std::env::temp_dir(), files)
    }

    fn of_in(folder: &Path, files: &BTreeMap<String, String>) -> Self {
        let folder = TempDir::with_prefix_in("limber-", folder).expect("a temporary folder can be made");
        let project = Self { folder };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// The project folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the project.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("the path has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("the file is there");
    }

    /// The text of a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("`{path}` cannot be read: {error}"))
    }

    /// Every file below a folder with its bytes and modification time.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let top = self.path(folder);
        let files = walkdir::WalkDir::new(&top).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let name = entry.path().strip_prefix(&top).expect("it lies below").to_string_lossy().into_owned();
                let modified = entry.metadata().ok().and_then(|metadata| metadata.modified().ok());
                (name, (fs::read(entry.path()).unwrap_or_default(), modified.expect("files have a time")))
            })
            .collect()
    }

    /// The same without the times.
    pub fn bytes(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        self.tree(folder).into_iter().map(|(name, (bytes, _))| (name, bytes)).collect()
    }

    /// The folder in which builds keep what they know of an output folder, as a path in the project.
    pub fn state(&self, out: &str) -> String {
        let all = fs::read_dir(self.path(".limber/output")).expect("something was built").flatten();
        let name = all.map(|found| found.file_name().to_string_lossy().into_owned());
        let name = name.into_iter().find(|name| name.starts_with(&format!("{out}-"))).expect("this was built");
        format!(".limber/output/{name}")
    }

    /// Loads the site from disk and draws it in memory.
    pub fn drawn(&self) -> Drawn {
        let (sources, found) = load(self.root(), None);
        let mut drawn = draw(&sources, Options::default());
        drawn.diagnostics.extend(found);
        limber::diagnostics::tidy(&mut drawn.diagnostics);
        drawn
    }

    /// The program, ready to be run in this project.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.current_dir(self.root()).args(arguments).env_remove("NO_COLOR");
        command
    }

    /// Runs the program in this project.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command(arguments).output().expect("the program can be started"))
    }

    /// Runs the program and says that all went well.
    #[track_caller]
    pub fn runs(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran
    }
}

impl Ran {
    /// What a run left behind.
    pub fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

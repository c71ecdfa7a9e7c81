//! What the writer promises, each promise with a test.

mod foreign;
mod in_place;
mod kill;
mod model;
mod state;
mod trouble;
mod unchanged;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::hash::Hash;

use super::{MARKER, Staging, Summary, WriteError, WriteOptions};

/// For a build that keeps the folder.
pub(super) const IN_PLACE: WriteOptions = WriteOptions { in_place: true, adopt: false, wait: false };
/// For a build into a folder of others.
pub(super) const ADOPT: WriteOptions = WriteOptions { in_place: false, adopt: true, wait: false };

/// An empty folder with room for an output folder in it.
pub(super) struct Lab {
    pub(super) root: PathBuf,
    _temp: Option<tempfile::TempDir>,
}

/// All that a rebuild could disturb: bytes, modification time, inode. Folders end with `/` and have no bytes.
pub(super) type Tree = BTreeMap<String, (String, SystemTime, u64)>;

impl Lab {
    pub(super) fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        Self { root: temp.path().canonicalize().unwrap(), _temp: Some(temp) }
    }

    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf(), _temp: None }
    }

    pub(super) fn out(&self) -> PathBuf {
        self.root.join("public")
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    /// What the project remembers of the output folder.
    pub(super) fn state(&self) -> PathBuf {
        let all = fs::read_dir(self.root.join(".limber/output")).into_iter().flatten().flatten();
        let found = all.map(|found| found.path()).find(|path| path.to_string_lossy().contains("/public-"));
        found.unwrap_or_else(|| self.root.join(".limber/output/none"))
    }

    /// The folders that were live, the oldest first.
    pub(super) fn old(&self) -> Vec<PathBuf> {
        let all = fs::read_dir(self.state().join("old")).into_iter().flatten().flatten().map(|found| found.path());
        let mut folders: Vec<_> = all.filter(|path| path.is_dir()).collect();
        folders.sort_by_key(|path| path.file_name().unwrap().to_str().unwrap().parse::<u64>().unwrap());
        folders
    }

    pub(super) fn open(&self) -> Result<Staging, WriteError> {
        self.open_with(WriteOptions::default())
    }

    pub(super) fn open_with(&self, wishes: WriteOptions) -> Result<Staging, WriteError> {
        Staging::open(&self.root, &self.out(), &[], wishes)
    }

    pub(super) fn build_with(&self, files: &[(&str, &str)], wishes: WriteOptions) -> Result<Summary, WriteError> {
        build(self.open_with(wishes)?, files)
    }

    pub(super) fn build(&self, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
        build(self.open()?, files)
    }

    /// Adds something that is not ours.
    pub(super) fn add(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn tree(&self) -> Tree {
        let mut tree = tree(&self.out());
        tree.remove(MARKER);
        tree
    }

    /// Paths and bytes of all files.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let files = self.tree().into_iter().filter(|(path, _)| !path.ends_with('/'));
        files.map(|(path, (text, ..))| (path, text)).collect()
    }

    pub(super) fn assert_files(&self, expected: &[(&str, &str)]) {
        let mut expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        expected.sort();
        assert_eq!(self.files(), expected);
    }
}

/// As the engine does it: keeps what has the same key, puts the rest.
pub(super) fn build(staging: Staging, files: &[(&str, &str)]) -> Result<Summary, WriteError> {
    put_all(&staging, files)?;
    staging.commit(None)
}

pub(super) fn put_all(staging: &Staging, files: &[(&str, &str)]) -> Result<(), WriteError> {
    for (path, text) in files {
        let key = Hash::of(text.as_bytes());
        if staging.key_of(path) != Some(key) || !staging.keep(path) {
            staging.put(path, key, text.as_bytes())?;
        }
    }
    Ok(())
}

pub(super) fn tree(root: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for found in fs::read_dir(folder).into_iter().flatten() {
            let path = found.unwrap().path();
            let name = path.strip_prefix(root).unwrap().display().to_string();
            let stat = fs::symlink_metadata(&path).unwrap();
            let (name, text) = if stat.is_dir() {
                folders.push(path);
                (name + "/", String::new())
            } else if stat.is_symlink() {
                (name, format!("-> {}", fs::read_link(&path).unwrap().display()))
            } else {
                (name, fs::read_to_string(&path).unwrap())
            };
            tree.insert(name, (text, stat.modified().unwrap(), stat.ino()));
        }
    }
    tree
}

/// Runs one of these tests, by its name in module `module`, in a process of its own.
pub(super) fn in_process(module: &str, test: &str) -> std::process::Command {
    let (_, module) = module.split_once("::").unwrap();
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args([&format!("{module}::{test}"), "--exact", "--nocapture", "--test-threads=1"]);
    command
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(super) fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

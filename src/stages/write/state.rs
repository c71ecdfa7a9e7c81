//! What a project remembers of one output folder: a folder below `.limber/`, with the lock that keeps other builds out.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::hash::Hash;

use super::WriteError;

/// Where a project keeps what is of use to later runs.
const OWN: &str = ".limber";

/// The state of one output folder. Holds the lock as long as it lives.
pub(super) struct State {
    /// The folder of the project for everything that is kept.
    pub(super) own: PathBuf,
    /// The folder of this output in it.
    pub(super) folder: PathBuf,
    /// Whether anything can be written there.
    pub(super) is_kept: bool,
    lock: Option<File>,
}

impl State {
    /// Finds the state of an output folder, and keeps others out as long as it is held. With `wait` until they are done.
    pub(super) fn open(project: &Path, out: &Path, wait: bool) -> Result<Self, WriteError> {
        let own = project.join(OWN);
        let folder = own.join("output").join(name(project, out));
        let mut state = Self { own, folder, is_kept: false, lock: None };
        match state.open_lock() {
            Ok(_) => state.lock_file(out, wait)?,
            // A project that cannot be written has no state. Then the output folder itself keeps others out.
            Err(_) => {
                state.lock = File::open(out).ok();
                if let Some(lock) = &state.lock {
                    acquire(lock, out, wait)?;
                }
            }
        }
        Ok(state)
    }

    /// A file or folder of the state.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Keeps the whole folder out of version control; said once, when there is something to keep.
    pub(super) fn hide(&self) {
        let ignore = self.own.join(".gitignore");
        if !ignore.exists() {
            let _ = fs::write(ignore, "*\n");
        }
    }

    fn lock_file(&mut self, out: &Path, wait: bool) -> Result<(), WriteError> {
        let path = self.path("lock");
        loop {
            let file = self.open_lock().map_err(|error| WriteError::os("lock", &path, error))?;
            acquire(&file, out, wait)?;
            // The one before us may have tidied the file away between our opening it and locking it.
            let there = fs::symlink_metadata(&path).map(|found| (found.dev(), found.ino())).ok();
            if there == file.metadata().map(|mine| (mine.dev(), mine.ino())).ok() {
                self.is_kept = true;
                self.lock = Some(file);
                return Ok(());
            }
        }
    }

    /// Opened for writing: network file systems lock no other files.
    fn open_lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        File::options().write(true).create(true).truncate(false).open(self.path("lock"))
    }
}

impl Drop for State {
    /// Leaves nothing when there is nothing to remember.
    fn drop(&mut self) {
        let Some(lock) = &self.lock else { return };
        let bare = |names: fs::ReadDir| names.flatten().all(|found| found.file_name() == "lock");
        if self.is_kept && fs::read_dir(&self.folder).is_ok_and(bare) {
            let _ = fs::remove_file(self.path("lock"));
            for folder in self.folder.ancestors().take_while(|folder| folder.starts_with(&self.own)) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        // Closing is not enough: a child process that is just being started may hold a copy of the open file.
        let _ = lock.unlock();
    }
}

/// Locks a file, or goes on without where the file system has no locks.
fn acquire(file: &File, out: &Path, wait: bool) -> Result<(), WriteError> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) if wait => {
            let _ = file.lock();
            Ok(())
        }
        Err(TryLockError::WouldBlock) => {
            let message = format!("another limber is writing `{}` right now", out.display());
            let error = WriteError::new(out, message);
            Err(error.help("build again when it is done, wait for it with `--wait`, or build into another folder"))
        }
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// A name for the state of an output folder: readable, and of its own for each. An output in the project goes by its place
/// there, so that a project can be moved or copied.
fn name(project: &Path, out: &Path) -> OsString {
    let known = out.strip_prefix(project).unwrap_or(out);
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push("-");
    name.push(Hash::of(known.as_os_str().as_bytes()).short());
    name
}

//! Where the output goes: checks that we may write there, keeps others out meanwhile, and names what lies beside it.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use crate::hash::Hash;

use super::folder::Folder;
use super::live::Live;
use super::manifest::{Manifest, read_marker};
use super::{MARKER, WriteError, exchange};

/// The output folder and the hidden one beside it. Holds the lock as long as it lives.
pub(super) struct Place {
    /// The output folder, absolute.
    pub(super) out: PathBuf,
    /// `.NAME.limber` beside it.
    pub(super) beside: PathBuf,
    lock: Option<File>,
}

impl Place {
    /// The generation before, at rest.
    pub(super) fn spare(&self) -> PathBuf {
        self.beside.join("spare")
    }

    /// The folder that is being worked on: a generation on its way in, or one just come out.
    pub(super) fn next(&self) -> PathBuf {
        self.beside.join("next")
    }

    /// Where a note of a generation lies.
    pub(super) fn note(&self, id: Hash, name: &str) -> PathBuf {
        self.beside.join(format!("{id}.{name}"))
    }

    /// Where the live folder waits for a moment, on file systems that cannot exchange two folders in one step.
    pub(super) fn last(&self) -> PathBuf {
        self.beside.join("last")
    }

    /// Checks the folder, locks it, and finishes an exchange that was cut in two.
    pub(super) fn open(out: &Path, sources: &[PathBuf]) -> Result<Self, WriteError> {
        let out = locate(out)?;
        for source in sources {
            keep_apart(&out, &resolve(source)?, source)?;
        }
        let mut name = OsString::from(".");
        name.push(out.file_name().unwrap_or_default());
        name.push(".limber");
        let mut place = Self { beside: out.with_file_name(name), out, lock: None };
        place.lock = Some(place.lock()?);
        exchange::recover(&place)?;
        Ok(place)
    }

    /// The live generation; `None` where there is no output yet, or an empty folder. Anything else is not ours to touch.
    pub(super) fn live(&self) -> Result<Option<Live>, WriteError> {
        let at = self.out.display();
        let mut names = match fs::read_dir(&self.out) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::os("read", &self.out, error)),
        };
        if names.next().is_none() {
            return Ok(None);
        }
        if read_marker(&self.out).is_none() {
            let message = format!("the output folder `{at}` holds files that limber did not write");
            return Err(WriteError::new(&self.out, message)
                .help("choose another output folder, or empty or remove this one yourself"));
        }
        let Some(manifest) = Manifest::of_folder(&self.out, &self.beside) else {
            let beside = self.beside.display();
            let message = format!(
                "limber wrote `{at}`, but its record of what it wrote is not in `{beside}`, or not one that this version can read"
            );
            return Err(WriteError::new(&self.out, message)
                .help(format!("remove `{at}` yourself, after saving what you put there by hand, and build again")));
        };
        Ok(Some(Live::new(Folder::open(&self.out)?, manifest)))
    }

    fn lock(&self) -> Result<File, WriteError> {
        let path = self.beside.join("lock");
        loop {
            let file = self.open_lock(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let message = format!("another limber is writing `{}` right now", self.out.display());
                    let error = WriteError::new(&self.out, message);
                    return Err(error.help("wait until it is done, or build into another folder"));
                }
                Err(TryLockError::Error(error)) => return Err(WriteError::os("lock", &path, error)),
            }
            // The one before us may have tidied the file away between our opening it and locking it.
            let there = fs::symlink_metadata(&path).map(|found| (found.dev(), found.ino())).ok();
            if there == file.metadata().map(|mine| (mine.dev(), mine.ino())).ok() {
                return Ok(file);
            }
        }
    }

    /// An existing lock is only opened, so that a build that changes nothing needs no right to write.
    fn open_lock(&self, path: &Path) -> Result<File, WriteError> {
        match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let made = fs::create_dir_all(&self.beside)
                    .and_then(|()| File::options().write(true).create(true).truncate(false).open(path));
                // Nobody has heard of the lock: what matters is that nothing can be put there.
                let at = Some(self.beside.as_path()).filter(|beside| beside.exists()).or(self.out.parent());
                made.map_err(|error| WriteError::os("write into", at.unwrap_or(&self.out), error))
            }
            done => done.map_err(|error| WriteError::os("lock", path, error)),
        }
    }
}

impl Drop for Place {
    /// Leaves nothing beside the output folder when there is nothing to remember.
    fn drop(&mut self) {
        let Some(lock) = &self.lock else { return };
        let bare = |names: fs::ReadDir| names.flatten().all(|found| found.file_name() == "lock");
        if fs::read_dir(&self.beside).is_ok_and(bare) {
            let _ = fs::remove_file(self.beside.join("lock"));
            let _ = fs::remove_dir(&self.beside);
        }
        // Closing is not enough: a child process that is just being started may hold a copy of the open file.
        let _ = lock.unlock();
    }
}

/// The output folder with everything above it resolved. It need not exist, but it must not be a link.
fn locate(out: &Path) -> Result<PathBuf, WriteError> {
    // Without a slash at the end, which would make the system follow a link.
    let plain: PathBuf = out.components().collect();
    match fs::symlink_metadata(&plain) {
        Ok(found) if found.is_symlink() => {
            let message = format!("the output folder `{}` is a symbolic link", out.display());
            return Err(WriteError::new(out, message).help("name the folder it leads to, or remove the link"));
        }
        Ok(found) if !found.is_dir() => {
            let message = format!("the output folder `{}` is not a folder", out.display());
            return Err(WriteError::new(out, message).help("choose another output folder"));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(WriteError::os("read", out, error));
        }
        _ => {}
    }
    let path = resolve(&plain)?;
    if path.file_name().is_none() {
        let message = format!("`{}` cannot be the output folder", out.display());
        return Err(WriteError::new(out, message).help("choose a folder of its own, such as `public`"));
    }
    Ok(path)
}

/// The real path: what exists is resolved, what does not is appended.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let failed = |error| WriteError::os("find", path, error);
    let path = std::path::absolute(path).map_err(failed)?;
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        match fs::canonicalize(&real) {
            Ok(found) => real = found,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(real)
}

fn keep_apart(out: &Path, source: &Path, named: &Path) -> Result<(), WriteError> {
    let relation = if out == source {
        "is"
    } else if out.starts_with(source) {
        "lies in"
    } else if source.starts_with(out) {
        "holds"
    } else {
        return Ok(());
    };
    let message =
        format!("the output folder `{}` {relation} `{}`, which the site is made from", out.display(), named.display());
    Err(WriteError::new(out, message).help("choose a folder of its own, such as `public` beside the content"))
}

/// Refuses what is no path of a site, whoever asked for it.
pub(super) fn check_path(path: &str) -> Result<(), WriteError> {
    let refuse = |why: &str| Err(WriteError::new(path, format!("cannot write `{}`: {why}", path.escape_debug())));
    if path.is_empty() {
        return refuse("the path is empty");
    }
    if path.starts_with('/') {
        return refuse("the path is absolute");
    }
    if path.contains(['\0', '\\']) {
        return refuse("the path holds a character that no URL path should");
    }
    if path == MARKER || path.strip_prefix(MARKER).is_some_and(|rest| rest.starts_with('/')) {
        return refuse("limber keeps its own note under this name");
    }
    match path.split('/').find(|part| matches!(*part, "" | "." | "..")) {
        Some("") => refuse("part of the path is empty"),
        Some(_) => refuse("the path holds `.` or `..`"),
        None => Ok(()),
    }
}

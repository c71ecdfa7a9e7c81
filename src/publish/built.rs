//! The files of a site as they will be published. They lie in `.limber/publish/` under the hash of their bytes, so that whoever
//! publishes again writes only what is new, and no more than a page is in memory at a time.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::diagnostics::Diagnostic;
use crate::engine::{AT_ONCE, DrawableSite, FinishedPages};
use crate::error::Error;
use crate::hash::Hash;
use crate::model::destination::Compression;
use crate::search;
use crate::stages::render::{Content, Wanted, merge};

/// One file that will be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltFile {
    /// Its path below the root of the site.
    pub path: String,
    /// The hash of its bytes.
    pub hash: Hash,
    /// Its length in bytes.
    pub length: u64,
    /// Where its bytes are.
    pub at: PathBuf,
    /// How it is compressed, where it is the compressed form of another file.
    pub form: Option<Compression>,
}

/// Where built files lie. Holds the lock as long as it lives.
pub struct ObjectStore {
    folder: PathBuf,
    _lock: File,
}

impl ObjectStore {
    /// Opens the store of a project, and keeps others from publishing it meanwhile.
    ///
    /// # Errors
    /// Where somebody else publishes the project just now, or nothing can be written there.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let folder = root.join(".limber/publish");
        let failed = |error: io::Error| Error::system(format!("`{}` cannot be written: {error}", folder.display()));
        fs::create_dir_all(&folder).map_err(failed)?;
        let hidden = root.join(".limber/.gitignore");
        if !hidden.exists() {
            fs::write(hidden, "*\n").map_err(failed)?;
        }
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder, _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => {
                Err(Error::system("somebody else publishes this site just now").help("wait until they are done"))
            }
            Err(fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Where bytes with this hash lie, with an ending for what is made of them.
    pub fn path(&self, hash: Hash, ending: &str) -> PathBuf {
        self.folder.join(format!("{}{ending}", hash.hex()))
    }

    /// Keeps the bytes of a file.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<BuiltFile, Error> {
        let hash = Hash::of(bytes);
        let at = self.path(hash, "");
        if fs::read(&at).map_or(true, |found| found != bytes) {
            write(&at, bytes)?;
        }
        Ok(BuiltFile { path: path.to_string(), hash, length: bytes.len() as u64, at, form: None })
    }

    /// Removes everything that none of these files needs.
    pub fn tidy(&self, files: &[BuiltFile]) {
        let needed: BTreeSet<String> = files.iter().map(|file| file.hash.hex()).collect();
        for found in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = found.file_name().to_string_lossy().into_owned();
            let hash = name.split('.').next().unwrap_or_default();
            // What a killed run left half written ends so.
            if Hash::from_hex(hash).is_some() && (!needed.contains(hash) || name.ends_with(".new")) {
                let _ = fs::remove_file(found.path());
            }
        }
    }
}

/// Writes a file of the store, whole or not at all. Nobody waits for the disk: what it loses is made again.
pub(super) fn write(at: &Path, bytes: &[u8]) -> Result<(), Error> {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    // Two files with the same bytes may be written at once.
    let beside = at.with_extension(format!("{}.new", WRITTEN.fetch_add(1, Ordering::Relaxed)));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, at));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        Error::system(format!("`{}` cannot be written: {error}", at.display()))
    })
}

/// Draws every file of a site, sorted by path, with the problems that only drawing shows: links that lead nowhere among them.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn build(ready: &DrawableSite, store: &ObjectStore) -> Result<(Vec<BuiltFile>, Vec<Diagnostic>), Error> {
    let finished = FinishedPages::of(ready);
    let drawn: Vec<_> = ready
        .plan
        .pages
        .par_iter()
        .with_max_len(AT_ONCE)
        .map(|page| {
            let drawn = ready.draw(page, Wanted::FileUnless(&|_| false));
            let mut seen = None;
            let file = match drawn.content {
                Content::Bytes(bytes) => {
                    seen = finished.look(page, &bytes).filter(|_| page.input.template().is_some());
                    Some(store.put(&page.path, &bytes)?)
                }
                Content::File(from) => Some(of_disk(&page.path, drawn.key, from)?),
                Content::Known | Content::Nothing => None,
            };
            Ok(((file, seen), drawn.problems))
        })
        .collect::<Result<_, Error>>()?;
    let (files, problems): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
    let (files, seen): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    let mut files: Vec<BuiltFile> = files.into_iter().flatten().collect();
    if search::wanted(&ready.site) {
        search::index(&ready.site, &mut |path, bytes| store.put(&path, &bytes).map(|file| files.push(file)))?;
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut problems = merge(problems.into_iter().flatten().collect());
    let seen: Vec<_> = seen.into_iter().flatten().chain(finished.look_at_static()).collect();
    problems.extend(finished.problems(&seen));
    Ok((files, problems))
}

fn of_disk(path: &str, hash: Hash, from: &Path) -> Result<BuiltFile, Error> {
    let found = fs::metadata(from);
    let found = found.map_err(|error| Error::system(format!("`{}` cannot be read: {error}", from.display())))?;
    Ok(BuiltFile { path: path.to_string(), hash, length: found.len(), at: from.to_path_buf(), form: None })
}

/// The bytes of a file.
///
/// # Errors
/// Where it cannot be read.
pub fn bytes(file: &BuiltFile) -> Result<Vec<u8>, Error> {
    fs::read(&file.at).map_err(|error| Error::system(format!("`{}` cannot be read: {error}", file.at.display())))
}

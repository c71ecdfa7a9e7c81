//! A folder of this machine as a place: written as `build` writes its output, so files of others stay, and links are not followed.

use std::fs;
use std::path::{Path, PathBuf};

use super::built::{BuiltFile, bytes};
use super::changes::{Changes, PlaceContents};
use crate::error::Error;
use crate::hash::Hash;
use crate::stages::write::{Staging, WriteOptions};

/// An open folder, and what it needs.
pub struct FolderDelivery {
    staging: Staging,
    folder: PathBuf,
    /// What it needs.
    pub changes: Changes,
}

/// Compares a site with a folder. Nothing is written.
///
/// # Errors
/// Where the folder is not ours to write, or cannot be read.
pub fn plan(root: &Path, path: &str, wishes: WriteOptions, files: &[BuiltFile]) -> Result<FolderDelivery, Error> {
    let folder = root.join(path);
    let sources = ["content", "templates", "static", "site.yaml"].map(|name| root.join(name));
    let staging = Staging::open(root, &folder, &sources, wishes)?;
    let before: Vec<String> = staging.files_below("").into_iter().map(|(path, _)| path).collect();
    let standing = |file: &BuiltFile| match staging.key_of(&file.path) {
        Some(key) if key == file.hash => PlaceContents::Same,
        Some(_) => PlaceContents::Differs("other bytes"),
        None if before.binary_search(&file.path).is_ok() => PlaceContents::Differs("was changed by somebody else"),
        None => match unrecorded(&folder, file) {
            None => PlaceContents::New,
            Some(true) => PlaceContents::Same,
            Some(false) => PlaceContents::Differs("other bytes"),
        },
    };
    let changes = Changes::new(files, &before, standing);
    check_right(&folder)?;
    Ok(FolderDelivery { staging, folder, changes })
}

/// The folder, or the nearest one above it that is there, has to be one that may be written.
fn check_right(folder: &Path) -> Result<(), Error> {
    let Some(there) = folder.ancestors().find(|folder| folder.exists()) else { return Ok(()) };
    rustix::fs::access(there, rustix::fs::Access::WRITE_OK).map_err(|_| {
        Error::system(format!("`{}` may not be written", there.display()))
            .help("publish as a user who may, or give this one the right")
    })
}

/// Whether a file of which there is no record has the bytes that it should have; nothing where it is not there.
fn unrecorded(folder: &Path, file: &BuiltFile) -> Option<bool> {
    let at = folder.join(&file.path);
    let found = fs::symlink_metadata(&at).ok()?;
    let same = found.is_file() && found.len() == file.length;
    Some(same && fs::read(&at).is_ok_and(|bytes| Hash::of(&bytes) == file.hash))
}

impl FolderDelivery {
    /// Writes what differs, and removes what is gone.
    ///
    /// # Errors
    /// Where the folder cannot be written; it is as it was then.
    pub fn deliver(self, files: &[BuiltFile]) -> Result<(), Error> {
        for file in files {
            if self.staging.key_of(&file.path) != Some(file.hash) || !self.staging.keep(&file.path) {
                self.staging.put_file(&file.path, file.hash, &file.at)?;
            }
        }
        self.staging.commit(None)?;
        for file in sample(files) {
            let at = self.folder.join(&file.path);
            if fs::read(&at).ok() != Some(bytes(file)?) {
                return Err(Error::system(format!("`{}` is not what was just written", at.display())));
            }
        }
        Ok(())
    }
}

/// The files that are read back: the first, the last, and one between them.
pub(super) fn sample(files: &[BuiltFile]) -> impl Iterator<Item = &BuiltFile> {
    let places = [0, files.len() / 2, files.len().saturating_sub(1)];
    let mut places: Vec<usize> = places.into_iter().filter(|at| *at < files.len()).collect();
    places.dedup();
    places.into_iter().map(|at| &files[at])
}

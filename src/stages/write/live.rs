//! The generation that is live now, and which of its files are still as they were written.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::hash::Hash;

use super::WriteError;
use super::folder::{OutputFolder, OutputStamp};
use super::manifest::{Manifest, ManifestFile, folder_of};

pub(super) struct Live {
    pub(super) folder: OutputFolder,
    pub(super) manifest: Manifest,
    /// The folders that hold its files, sorted.
    pub(super) folders: Vec<String>,
    /// Whether each of them is a folder still, not a link to one.
    real: Vec<OnceLock<bool>>,
    as_written: Vec<OnceLock<bool>>,
    claimed: Vec<AtomicBool>,
    /// Nobody knows which files in the folder are ours: those that the new site wants, too, are taken to be.
    pub(super) adopted: bool,
}

impl Live {
    pub(super) fn new(folder: OutputFolder, manifest: Manifest) -> Self {
        let folders = manifest.folders();
        let count = manifest.files.len();
        Self {
            real: folders.iter().map(|_| OnceLock::new()).collect(),
            as_written: (0..count).map(|_| OnceLock::new()).collect(),
            claimed: (0..count).map(|_| AtomicBool::new(false)).collect(),
            folder,
            manifest,
            folders,
            adopted: false,
        }
    }

    /// A folder of which there is no record.
    pub(super) fn unknown(folder: OutputFolder, adopted: bool) -> Self {
        Self { adopted, ..Self::new(folder, Manifest::default()) }
    }

    /// A file in a folder without a record that has just these bytes, as what we remember of it from now on.
    pub(super) fn adopt(&self, path: &str, key: Hash, content: Hash, len: u64) -> Option<ManifestFile> {
        let stamp = self.adopted.then(|| self.folder.stamp(path)).flatten().filter(|stamp| stamp.len == len)?;
        let same = self.folder.is_below_folders(path) && self.folder.hash(path)? == content;
        same.then(|| ManifestFile { path: path.to_string(), key, content, stamp })
    }

    /// The same files, in the folder at its new place.
    pub(super) fn again(&self, path: &Path) -> Result<Self, WriteError> {
        let Manifest { id, inode, made_from, files, foreign } = &self.manifest;
        let (files, foreign) = (files.clone(), foreign.clone());
        Ok(Self::new(
            OutputFolder::open(path)?,
            Manifest { id: *id, inode: *inode, made_from: *made_from, files, foreign },
        ))
    }

    pub(super) fn entry(&self, index: usize) -> &ManifestFile {
        &self.manifest.files[index]
    }

    /// Marks a file as one of the new generation too; true if it was marked already.
    pub(super) fn claim(&self, index: usize) -> bool {
        self.claimed[index].swap(true, Ordering::Relaxed)
    }

    pub(super) fn is_claimed(&self, index: usize) -> bool {
        self.claimed[index].load(Ordering::Relaxed)
    }

    /// Whether a file has the length and modification time it was written with. Looks once.
    pub(super) fn is_as_written(&self, index: usize) -> bool {
        *self.as_written[index].get_or_init(|| {
            let entry = self.entry(index);
            self.is_real(folder_of(&entry.path)) && self.folder.stamp(&entry.path) == Some(entry.stamp)
        })
    }

    /// The stamp of a file that was touched, but still holds what we wrote.
    pub(super) fn stamp_if_only_touched(&self, index: usize) -> Option<OutputStamp> {
        let entry = self.entry(index);
        let real = self.is_real(folder_of(&entry.path));
        let stamp = real.then(|| self.folder.stamp(&entry.path)).flatten()?;
        (stamp.len == entry.stamp.len && self.folder.hash(&entry.path)? == entry.content).then_some(stamp)
    }

    /// Whether a folder of ours is a folder, all the way from the top. Looks once.
    pub(super) fn is_real(&self, path: &str) -> bool {
        if path.is_empty() {
            return true;
        }
        let Some(index) = self.find_folder(path) else { return false };
        *self.real[index].get_or_init(|| self.is_real(folder_of(path)) && self.folder.is_folder(path))
    }

    pub(super) fn find_folder(&self, path: &str) -> Option<usize> {
        self.folders.binary_search_by(|folder| folder.as_str().cmp(path)).ok()
    }

    /// The file of this path, its index and entry.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.manifest.find(path)
    }

    /// The key of a file that is still as written.
    pub(super) fn key_of(&self, path: &str) -> Option<Hash> {
        let index = self.find(path)?;
        self.is_as_written(index).then(|| self.entry(index).key)
    }
}

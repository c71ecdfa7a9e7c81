//! The new site, while it is put together aside.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::WriteError;
use super::folder::{OutputFolder, OutputStamp, Time, time_of};
use super::foreign::{self, Foreign, Survey};
use super::live::Live;
use super::manifest::{ManifestFile, folders_above};
use super::place::OutputPlace;
use super::way::WriteMethod;

/// A folder of its own for everything that is new. For an exchange, all that stays is shared with it in the end.
pub(super) struct Next {
    pub(super) folder: OutputFolder,
    /// What others put into the live folder, where it is exchanged.
    pub(super) theirs: Survey,
    /// When the folder was made, by the clock of its file system: before anybody looked for what others put there.
    pub(super) made: Time,
    /// Whether it could be given the owner and group of the live folder.
    pub(super) keeps_owner: bool,
    links: bool,
    adopts: bool,
    path: PathBuf,
    done: AtomicBool,
}

impl Next {
    /// Begins a new folder, which looks like the live one.
    pub(super) fn prepare(place: &OutputPlace, live: Option<&Live>, links: bool) -> Result<Self, WriteError> {
        let path = place.next();
        remove_folder(&path)?;
        let parent = path.ancestors().skip(1).find(|parent| parent.exists()).unwrap_or(&path);
        fs::create_dir_all(&path).map_err(|error| WriteError::os("write into", parent, error))?;
        let mut folder = OutputFolder::open(&path)?;
        let keeps_owner = live.map_or(Ok(true), |_| folder.take_looks(&place.out))?;
        let adopts = live.is_some_and(|live| live.adopted);
        let made = folder.stat().map_or((0, 0), |stat| time_of(&stat));
        let theirs = Survey::default();
        let mut next = Self { folder, theirs, made, keeps_owner, links, adopts, path, done: AtomicBool::new(false) };
        if let Some(live) = live.filter(|_| place.way == WriteMethod::Exchange) {
            next.theirs = foreign::find(live)?;
        }
        Ok(next)
    }

    /// Makes a new file. Nothing is done that could lead through a link of someone else, nor replace a thing of theirs.
    pub(super) fn create(&self, path: &str) -> Result<File, WriteError> {
        self.check_free(path)?;
        self.folder.create(path).map_err(|error| self.folder.error("write", path, error))
    }

    /// A new file that replaces one takes over who may do what with it.
    pub(super) fn finish(&self, live: Option<&Live>, path: &str, file: &File) {
        let old = live.filter(|live| live.folder.stamp(path).is_some()).and_then(|live| live.folder.looks(path).ok());
        if let Some(old) = old {
            // Where this is not allowed, the file is as any other that this user makes.
            let _ = old.give(file);
        }
    }

    /// An exchange must not replace what others put into the live folder, but for files of a folder without a record.
    fn check_free(&self, path: &str) -> Result<(), WriteError> {
        match foreign::in_the_way(&self.theirs.found, path) {
            Some(other) if !(self.adopts && other.file && other.path == path) => Err(foreign::error(path, &other.path)),
            _ => Ok(()),
        }
    }

    /// Shares with the live folder what was kept, and what others put there. `files` is the whole new site, sorted; the
    /// stamps of kept files are set to what they have here.
    pub(super) fn share(&self, live: &Live, files: &mut [(ManifestFile, bool)]) -> Result<(), WriteError> {
        let new = |path: &OsStr| files.binary_search_by(|(entry, _)| OsStr::new(entry.path.as_str()).cmp(path)).is_ok();
        let theirs: Vec<_> = self.theirs.found.iter().filter(|foreign| !new(&foreign.path)).collect();
        for Foreign { path, folder, .. } in theirs.iter().copied() {
            if *folder {
                let made = self.folder.make_folders(path);
                made.map_err(|error| self.folder.error("create", path, error))?;
            } else {
                let shared = self.folder.share(&live.folder, path, self.links);
                shared.map_err(|error| live.folder.error("keep", path, error))?;
            }
        }
        let folders = folders_above(files.iter().filter(|(_, kept)| *kept).map(|(entry, _)| entry.path.as_str()));
        let made = self.folder.make_all(&folders);
        made.map_err(|(path, error)| self.folder.error("create", path, error))?;
        files.par_iter_mut().filter(|(_, kept)| *kept).try_for_each(|(entry, _)| self.keep(live, entry))?;
        // Only now, because whatever is put into a folder changes its time.
        for Foreign { path, .. } in theirs.iter().rev().filter(|foreign| foreign.folder) {
            let Some(like) = live.folder.look(path) else { continue };
            self.folder.dress(path, &like).map_err(|error| self.folder.error("keep", path, error))?;
        }
        Ok(())
    }

    fn keep(&self, live: &Live, entry: &mut ManifestFile) -> Result<(), WriteError> {
        self.check_free(&entry.path)?;
        let path = OsStr::new(&entry.path);
        let shared = self.folder.share(&live.folder, path, self.links);
        if shared.map_err(|error| self.folder.error("write", path, error))? {
            // The file is the very one that was looked at when it was kept.
            return Ok(());
        }
        let stamp: Option<OutputStamp> = self.folder.stamp(&entry.path);
        if stamp.is_none_or(|stamp| stamp.len != entry.stamp.len) {
            let message = format!("`{}` in the output folder changed during the build", entry.path);
            return Err(WriteError::new(&entry.path, message).help("build again"));
        }
        entry.stamp = stamp.unwrap_or(entry.stamp);
        Ok(())
    }

    /// From now on the folder is not ours to throw away.
    pub(super) fn is_live_now(&self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if !self.done.load(Ordering::Relaxed) {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove_folder(path: &std::path::Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(WriteError::os("remove", path, error)),
        _ => Ok(()),
    }
}

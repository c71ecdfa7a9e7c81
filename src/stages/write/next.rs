//! The next generation, while it is put together beside the live one.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::exchange::{clear_next, remove_folder};
use super::folder::{Folder, Stamp, parent};
use super::foreign::{self, Foreign};
use super::live::Live;
use super::manifest::{Entry, Manifest};
use super::place::Place;
use super::{MARKER, WriteError};

pub(super) struct Next {
    pub(super) folder: Folder,
    /// What it holds from two generations ago; nothing if it was begun afresh.
    before: Manifest,
    /// What others put into the live folder; it is in here too.
    pub(super) foreign: Vec<Foreign>,
    links: bool,
    path: PathBuf,
    live: AtomicBool,
}

impl Next {
    /// Takes the spare generation, or begins a new one, and gives it what others put into the live folder.
    pub(super) fn prepare(place: &Place, live: Option<&Live>, links: bool) -> Result<Self, WriteError> {
        let foreign = live.map_or(Ok(Vec::new()), foreign::find)?;
        clear_next(place, live)?;
        let path = place.next();
        let before = live.and_then(|_| reuse_spare(place));
        if before.is_none() {
            remove_folder(&place.spare())?;
            fs::create_dir(&path).map_err(|error| WriteError::os("create", &path, error))?;
        }
        let folder = Folder::open(&path)?;
        let before = before.unwrap_or_default();
        let live_now = AtomicBool::new(false);
        let next = Self { folder, before, foreign, links, path, live: live_now };
        let unmark = next.folder.remove_file(OsStr::new(MARKER));
        unmark.map_err(|error| next.folder.error("remove", MARKER, error))?;
        if let Some(live) = live {
            next.share_foreign(live)?;
        }
        Ok(next)
    }

    /// Does nothing that could lead through a link of someone else, nor replace a thing of theirs.
    pub(super) fn check_free(&self, path: &str) -> Result<(), WriteError> {
        let Some(other) = foreign::in_the_way(&self.foreign, path) else { return Ok(()) };
        let other = std::path::Path::new(&other.path).display();
        let message = format!("cannot write `{path}`: `{other}` in the output folder was not written by limber");
        Err(WriteError::new(path, message).help(format!("move or remove `{other}`, or give the page another path")))
    }

    fn share_foreign(&self, live: &Live) -> Result<(), WriteError> {
        // Whatever others have taken away or replaced goes first, so that nothing is ever done through an old link.
        for old in live.manifest.foreign.iter().rev() {
            let same = self.foreign.binary_search(old).is_ok();
            let gone = match (same, old.folder) {
                (true, _) => Ok(()),
                (false, true) => self.folder.remove_empty(&old.path),
                (false, false) => self.folder.remove(&old.path),
            };
            gone.map_err(|error| self.folder.error("remove", &old.path, error))?;
        }
        for Foreign { path, folder } in &self.foreign {
            if *folder {
                let made = self.folder.make_folders(path);
                made.map_err(|error| self.folder.error("create", path, error))?;
            } else if live.folder.look(path).map(|stat| stat.st_ino) != self.folder.look(path).map(|stat| stat.st_ino) {
                let shared = self.folder.share(&live.folder, path, self.links);
                shared.map_err(|error| live.folder.error("keep", path, error))?;
            }
        }
        Ok(())
    }

    /// Brings everything that was not `put` into line: removes what is gone, and shares with the live folder what was kept.
    /// `files` is the whole new generation, sorted; the stamps of kept files are set to what they have here.
    pub(super) fn reconcile(&self, live: &Live, files: &mut [(Entry, bool)]) -> Result<(), WriteError> {
        let is_new = |path: &str| files.binary_search_by(|(entry, _)| entry.path.as_str().cmp(path)).is_ok();
        let folders = needed_folders(files, &self.foreign);
        let is_needed =
            |path: &str| folders.binary_search_by(|folder| folder.as_os_str().cmp(OsStr::new(path))).is_ok();
        let untouchable = |path: &str| foreign::above(&self.foreign, path).is_some();
        self.before.files.par_iter().map(|entry| entry.path.as_str()).try_for_each(|path| {
            // A path that is a folder now has made room already.
            if is_new(path) || is_needed(path) || foreign::in_the_way(&self.foreign, path).is_some() {
                return Ok(());
            }
            self.folder.remove_file(path.as_ref()).map_err(|error| self.folder.error("remove", path, error))
        })?;
        for path in self.before.folders().iter().rev() {
            if !is_needed(path) && !is_new(path) && !untouchable(path) {
                let gone = self.folder.remove_empty(path.as_ref());
                gone.map_err(|error| self.folder.error("remove", path, error))?;
            }
        }
        files.par_iter_mut().filter(|(_, kept)| *kept).try_for_each(|(entry, _)| self.keep(live, entry))
    }

    fn keep(&self, live: &Live, entry: &mut Entry) -> Result<(), WriteError> {
        self.check_free(&entry.path)?;
        let before = self.before.find(&entry.path).map(|at| &self.before.files[at]);
        let same = before.is_some_and(|before| before.content == entry.content);
        if same && self.folder.stamp(&entry.path) == Some(entry.stamp) {
            return Ok(());
        }
        let path = OsStr::new(&entry.path);
        let shared = self.folder.share(&live.folder, path, self.links);
        shared.map_err(|error| self.folder.error("write", path, error))?;
        let stamp: Option<Stamp> = self.folder.stamp(&entry.path);
        if stamp.is_none_or(|stamp| stamp.len != entry.stamp.len) {
            let message = format!("`{}` in the output folder changed during the build", entry.path);
            return Err(WriteError::new(&entry.path, message).help("build again"));
        }
        entry.stamp = stamp.unwrap_or(entry.stamp);
        Ok(())
    }

    /// Gives the folders of others, and the output folder itself, the looks of the live ones.
    pub(super) fn dress(&self, live: &Live) -> Result<(), WriteError> {
        for Foreign { path, .. } in self.foreign.iter().rev().filter(|foreign| foreign.folder) {
            let Some(like) = live.folder.look(path) else { continue };
            self.folder.dress(path, &like).map_err(|error| self.folder.error("keep", path, error))?;
        }
        Ok(())
    }

    /// Gives the new output folder the permissions of the old one.
    pub(super) fn take_mode(&self, place: &Place) -> Result<(), WriteError> {
        let (Ok(old), Ok(new)) = (rustix::fs::lstat(&place.out), self.folder.stat()) else { return Ok(()) };
        if (old.st_mode ^ new.st_mode) & 0o7777 == 0 {
            return Ok(());
        }
        self.folder.set_mode(old.st_mode).map_err(|error| self.folder.error("change", "", error))
    }

    /// From now on the folder is not ours to throw away.
    pub(super) fn is_live_now(&self) {
        self.live.store(true, Ordering::Relaxed);
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if !self.live.load(Ordering::Relaxed) {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Makes the spare generation the next one; `None` if there is none, or its manifest is lost. What it holds is looked at
/// again before it is kept.
fn reuse_spare(place: &Place) -> Option<Manifest> {
    let spare = place.spare();
    let manifest = Manifest::of_folder(&spare, &place.beside)?;
    fs::rename(spare, place.next()).is_ok().then_some(manifest)
}

/// All folders that hold something in the new generation, and those above, sorted.
fn needed_folders(files: &[(Entry, bool)], foreign: &[Foreign]) -> Vec<OsString> {
    let files = files.iter().map(|(entry, _)| OsStr::new(&entry.path));
    let others = foreign.iter().map(|foreign| foreign.path.as_os_str());
    let own = foreign.iter().filter(|foreign| foreign.folder).map(|foreign| foreign.path.clone());
    let mut folders: Vec<OsString> = own.collect();
    let mut last = OsStr::new("");
    for path in files.chain(others) {
        let mut above = parent(path);
        while !above.is_empty() && above != last {
            folders.push(above.to_os_string());
            above = parent(above);
        }
        last = parent(path);
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}

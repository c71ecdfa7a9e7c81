//! Writes the site into its output folder: builds aside, then makes it live in one step.
//!
//! Beside `public/` lies `.public.limber/`, with a lock, the generation that was live before (`spare/`) and a manifest of
//! either. A build takes the spare as `next/`, puts into it what differs from the live folder, shares everything else with
//! it by hard links, and exchanges the two folders. What was live then becomes the spare, so only what changed in the last
//! two builds is ever touched. Nothing beside the output folder is worth keeping; it may be removed together with it.
//!
//! A build may leave notes there for the next one, and a folder of its own. They are lost without harm, so nothing waits for
//! them to reach the disk.

mod error;
mod exchange;
mod folder;
mod foreign;
mod live;
mod manifest;
mod next;
mod place;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::hash::Hash;

pub use error::WriteError;
use folder::{CopyError, Stamp, copy_stream};
use live::Live;
use manifest::{Entry, Manifest};
use next::Next;
use place::{Place, check_path};

/// The small file in the output folder by which we know it for ours.
const MARKER: &str = ".limber";

/// A build on its way to the output folder. Many threads may put files at once.
///
/// Dropped without [`Staging::commit`], it leaves the live folder as it was.
pub struct Staging {
    // Dropped in this order: the lock goes last.
    next: OnceLock<Result<Next, WriteError>>,
    live: Option<Live>,
    written: Mutex<Vec<Entry>>,
    /// Files whose bytes stay, but not what we remember of them.
    renewed: Mutex<Vec<Entry>>,
    /// What the next build wants to know: names and contents.
    notes: Vec<(&'static str, Vec<u8>)>,
    place: Place,
    /// Whether folders are exchanged in one step and files shared by links, where the file system can.
    one_step: bool,
    links: bool,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new, or have new bytes, or were put right.
    pub written: usize,
    /// Files that keep their bytes and modification time.
    pub unchanged: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// How many bytes were written.
    pub bytes: u64,
}

impl Staging {
    /// Opens the output folder. Nothing in it changes yet, except that an exchange which a killed build left half done is
    /// taken back; beside it a lock appears.
    ///
    /// `sources` are the folders the site is made from; the output may not be one of them, nor hold one, nor lie in one.
    /// Name `site.yaml` among them: then the output cannot be the project's own folder either, nor one that holds it.
    pub fn open(out: &Path, sources: &[PathBuf]) -> Result<Self, WriteError> {
        let place = Place::open(out, sources)?;
        let live = place.live()?;
        let (written, renewed) = (Mutex::default(), Mutex::default());
        let notes = Vec::new();
        Ok(Self { next: OnceLock::new(), live, written, renewed, notes, place, one_step: true, links: true })
    }

    /// How many files the live folder has.
    pub fn live_files(&self) -> usize {
        self.live.as_ref().map_or(0, |live| live.manifest.files.len())
    }

    /// What the last build noted under this name, if it made what is live now.
    pub fn note(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.place.note(self.live.as_ref()?.manifest.id, name)).ok()
    }

    /// Leaves a note for the next build, to be written with the site.
    pub fn leave_note(&mut self, name: &'static str, content: Vec<u8>) {
        self.notes.push((name, content));
    }

    /// A folder beside the output for what builds can do without.
    pub fn cache(&self) -> PathBuf {
        self.place.beside.join("parsed")
    }

    /// The key under which the last build wrote this file, if the file is still what was written.
    pub fn key_of(&self, path: &str) -> Option<Hash> {
        self.live.as_ref()?.key_of(path)
    }

    /// The files of the last build below a folder, which ends in a slash, with their keys.
    pub fn files_below(&self, folder: &str) -> Vec<(String, Hash)> {
        let files = self.live.iter().flat_map(|live| &live.manifest.files);
        files.filter(|file| file.path.starts_with(folder)).map(|file| (file.path.clone(), file.key)).collect()
    }

    /// This file is as in the last build: keeps it, with its bytes and modification time. False if it is not there as it
    /// was written; then it must be put.
    pub fn keep(&self, path: &str) -> bool {
        let Some((live, at)) = self.find(path) else { return false };
        let keeps = live.is_as_written(at);
        if keeps {
            live.claim(at);
        }
        keeps
    }

    /// Puts a file with its bytes and the key it was made from. If the live file has the same bytes, it stays.
    pub fn put(&self, path: &str, key: Hash, bytes: &[u8]) -> Result<(), WriteError> {
        let old = self.claim(path)?;
        let content = Hash::of(bytes);
        if self.stays(old, key, content, bytes.len() as u64) {
            return Ok(());
        }
        let mut file = self.create(path)?;
        file.write_all(bytes).map_err(|error| self.failed(path, error))?;
        self.record(path, key, content, &file)
    }

    /// Like [`Staging::put`], with the bytes of a file, which are never all held in memory.
    pub fn put_file(&self, path: &str, key: Hash, from: &Path) -> Result<(), WriteError> {
        let unread = |error| WriteError::os("read", from, error);
        let old = self.claim(path)?;
        let mut source = File::open(from).map_err(unread)?;
        let len = source.metadata().map_err(unread)?.len();
        if old.is_some_and(|(live, at)| live.entry(at).stamp.len == len) {
            let content = Hash::of_all(&mut source).map_err(unread)?;
            if self.stays(old, key, content, len) {
                return Ok(());
            }
            source.rewind().map_err(unread)?;
        }
        let mut file = self.create(path)?;
        let content = copy_stream(&mut source, &mut file);
        let content = content.map_err(|error| match error {
            CopyError::Read(error) => unread(error),
            CopyError::Write(error) => self.failed(path, error),
        })?;
        self.record(path, key, content, &file)
    }

    /// Whether the live folder was made from exactly this, and every file in it is still as it was written.
    pub fn is_made_from(&self, fingerprint: Hash) -> bool {
        let Some(live) = self.live.as_ref().filter(|live| live.manifest.made_from == Some(fingerprint)) else {
            return false;
        };
        (0..live.manifest.files.len()).into_par_iter().all(|at| live.is_as_written(at))
    }

    /// Makes the new site live in one step, and removes what is gone. Where nothing differs, nothing is written.
    /// `made_from` is what [`Staging::is_made_from`] will be asked for; none where a build has to be done again anyway.
    ///
    /// After an error the live folder is as it was.
    pub fn commit(self, made_from: Option<Hash>) -> Result<Summary, WriteError> {
        let known = self.live.as_ref().is_some_and(|live| live.manifest.made_from == made_from);
        let news = !known || !lock(&self.renewed).is_empty();
        let (files, summary) = self.take_stock()?;
        if let (Some(live), 0, 0) = (&self.live, summary.written, summary.removed) {
            if news {
                self.remember(live, files, made_from)?;
            }
            return Ok(summary);
        }
        let next = self.next()?;
        let manifest = self.complete(next, files, made_from)?;
        if let Err(error) = self.make_live(next, &manifest) {
            self.forget(&manifest);
            return Err(error);
        }
        next.is_live_now();
        // The site is live. If tidying up fails, the next build does it.
        let _ = self.settle(next, &manifest);
        Ok(summary)
    }

    /// The whole new generation, sorted, with whether each file is kept.
    fn take_stock(&self) -> Result<(Vec<(Entry, bool)>, Summary), WriteError> {
        let written = take(&self.written);
        if let Some(pair) = written.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(twice(&pair[0].path));
        }
        let bytes = written.iter().map(|entry| entry.stamp.len).sum();
        let mut summary = Summary { written: written.len(), bytes, ..Summary::default() };
        let renewed = take(&self.renewed);
        let mut files: Vec<(Entry, bool)> = Vec::with_capacity(written.len());
        for (at, entry) in self.live.iter().flat_map(|live| live.manifest.files.iter().enumerate()) {
            if !self.live.as_ref().is_some_and(|live| live.is_claimed(at)) {
                summary.removed += 1;
            } else if position(&written, &entry.path).is_none() {
                let entry = position(&renewed, &entry.path).map_or(entry, |at| &renewed[at]);
                files.push((entry.clone(), true));
                summary.unchanged += 1;
            }
        }
        files.extend(written.into_iter().map(|entry| (entry, false)));
        files.sort_unstable_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        Ok((files, summary))
    }

    /// Nothing changed in the output, but in what we know of it.
    fn remember(&self, live: &Live, files: Vec<(Entry, bool)>, made_from: Option<Hash>) -> Result<(), WriteError> {
        let files = files.into_iter().map(|(entry, _)| entry).collect();
        let (id, foreign) = (live.manifest.id, live.manifest.foreign.clone());
        self.write_notes(id);
        Manifest { id, made_from, files, foreign }.save(&self.place.beside)
    }

    /// A note that cannot be written is missed by nobody: the next build does without.
    fn write_notes(&self, id: Hash) {
        for (name, content) in &self.notes {
            let file = self.place.note(id, name);
            if fs::write(&file, content).is_err() {
                let _ = fs::remove_file(&file);
            }
        }
    }

    /// Finishes the next generation, all but its marker.
    fn complete(
        &self,
        next: &Next,
        mut files: Vec<(Entry, bool)>,
        made_from: Option<Hash>,
    ) -> Result<Manifest, WriteError> {
        if let Some(live) = &self.live {
            next.reconcile(live, &mut files)?;
            next.dress(live)?;
        }
        next.take_mode(&self.place)?;
        let files = files.into_iter().map(|(entry, _)| entry).collect();
        let manifest = Manifest::new(files, next.foreign.clone(), made_from);
        match manifest.clash() {
            None => Ok(manifest),
            Some(path) => {
                let message = format!("`{path}` is wanted both as a file and as a folder");
                Err(WriteError::new(&path, message).help("give one of the pages another path"))
            }
        }
    }

    fn make_live(&self, next: &Next, manifest: &Manifest) -> Result<(), WriteError> {
        self.write_notes(manifest.id);
        manifest.save(&self.place.beside)?;
        manifest::write_marker(&next.folder, manifest.id)?;
        next.folder.sync();
        exchange::exchange(&self.place, self.live.as_ref(), self.one_step)
    }

    /// What was remembered of a generation that did not become live is of no use, and may take the room that was missing.
    fn forget(&self, manifest: &Manifest) {
        let live = self.live.as_ref().map(|live| live.manifest.id);
        if live != Some(manifest.id) && manifest::read_marker(&self.place.out) != Some(manifest.id) {
            let _ = manifest::forget(&self.place.beside, manifest.id);
        }
    }

    /// What was live becomes the spare, and what belongs to neither is forgotten.
    fn settle(&self, next: &Next, manifest: &Manifest) -> Result<(), WriteError> {
        let (old, spare) = (self.place.next(), self.place.spare());
        let mut known = vec![manifest.id];
        if let Some(live) = &self.live {
            exchange::rescue(&self.place, live, &next.foreign)?;
            fs::rename(&old, &spare).map_err(|error| WriteError::os("write", &spare, error))?;
            known.push(live.manifest.id);
        }
        manifest::forget_others(&self.place.beside, &known)
            .map_err(|error| WriteError::os("tidy up", &self.place.beside, error))
    }

    fn find(&self, path: &str) -> Option<(&Live, usize)> {
        let live = self.live.as_ref()?;
        Some((live, live.find(path)?))
    }

    /// Says that the new generation has this file, and finds the live one.
    fn claim(&self, path: &str) -> Result<Option<(&Live, usize)>, WriteError> {
        check_path(path)?;
        let old = self.find(path);
        if old.is_some_and(|(live, at)| live.claim(at)) { Err(twice(path)) } else { Ok(old) }
    }

    /// Whether the live file has these bytes. Remembers the key, and the time of a file that was only touched.
    fn stays(&self, old: Option<(&Live, usize)>, key: Hash, content: Hash, len: u64) -> bool {
        let Some((live, at)) = old else { return false };
        let entry = live.entry(at);
        if entry.content != content || entry.stamp.len != len {
            return false;
        }
        let stamp = if live.is_as_written(at) { Some(entry.stamp) } else { live.stamp_if_only_touched(at) };
        let Some(stamp) = stamp else { return false };
        if entry.key != key || entry.stamp != stamp {
            lock(&self.renewed).push(Entry { path: entry.path.clone(), key, content, stamp });
        }
        true
    }

    /// The next generation, made ready by whoever needs it first.
    fn next(&self) -> Result<&Next, WriteError> {
        let prepare = || Next::prepare(&self.place, self.live.as_ref(), self.links);
        self.next.get_or_init(prepare).as_ref().map_err(Clone::clone)
    }

    fn create(&self, path: &str) -> Result<File, WriteError> {
        let next = self.next()?;
        next.check_free(path)?;
        next.folder.create(path).map_err(|error| next.folder.error("write", path, error))
    }

    fn failed(&self, path: &str, error: std::io::Error) -> WriteError {
        WriteError::os("write", self.place.next().join(path), error)
    }

    fn record(&self, path: &str, key: Hash, content: Hash, file: &File) -> Result<(), WriteError> {
        let stat = rustix::fs::fstat(file).map_err(|error| self.failed(path, error.into()))?;
        lock(&self.written).push(Entry { path: path.to_string(), key, content, stamp: Stamp::of(&stat) });
        Ok(())
    }
}

fn lock(entries: &Mutex<Vec<Entry>>) -> MutexGuard<'_, Vec<Entry>> {
    entries.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes all entries out, sorted.
fn take(entries: &Mutex<Vec<Entry>>) -> Vec<Entry> {
    let mut entries = std::mem::take(&mut *lock(entries));
    entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    entries
}

fn position(sorted: &[Entry], path: &str) -> Option<usize> {
    sorted.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
}

fn twice(path: &str) -> WriteError {
    WriteError::new(path, format!("`{path}` was written twice")).help("give one of the pages another path")
}

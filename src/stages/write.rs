//! Writes the site into its output folder. What differs is put together aside; then it becomes live in one of two ways.
//!
//! *By exchange*: a new folder gets all that differs, shares everything else with the live one by hard links, and the two
//! change places in one step. A folder that was live is never worked in again; it stays whole for some builds, for whoever
//! holds it open, and then goes.
//!
//! *In place*: the folder stays, and each file that differs is replaced by itself, in an order in which every page has what it
//! needs. `way` says which way is taken, and why.
//!
//! What is remembered lies in the project, in `.limber/`. Only a small marker lies in the output, by which we know it for ours.
//! Nothing in `.limber/` is worth keeping: without it the next build takes longer.
//!
//! A build may leave notes there for the next one, and a folder of its own. They are lost without harm, so nothing waits for
//! them to reach the disk.

mod error;
mod exchange;
mod folder;
mod foreign;
mod in_place;
mod live;
mod looks;
mod manifest;
mod next;
mod older;
mod pending;
mod place;
mod state;
#[cfg(test)]
mod tests;
mod way;

use std::fs::{self, File};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::hash::Hash;

pub use error::WriteError;
use exchange::Exchanged;
use folder::{CopyError, OutputStamp, copy_stream};
use live::Live;
use manifest::{LIVE, Manifest, ManifestFile, read_marker};
use next::Next;
pub use older::{OlderState, older_state};
use place::{OutputPlace, check_path};
use way::WriteMethod;

/// The small file in the output folder by which we know it for ours.
const MARKER: &str = ".limber";

/// A build on its way to the output folder. Many threads may put files at once.
///
/// Dropped without [`Staging::commit`], it leaves the live folder as it was.
pub struct Staging {
    // Dropped in this order: the lock goes last.
    next: OnceLock<Result<Next, WriteError>>,
    live: Option<Live>,
    written: Mutex<Vec<ManifestFile>>,
    /// Files whose bytes stay, but not what we remember of them.
    renewed: Mutex<Vec<ManifestFile>>,
    /// Files of a folder without a record that have just the bytes they should have.
    adopted: Mutex<Vec<ManifestFile>>,
    /// What the next build wants to know: names and contents.
    notes: Vec<(&'static str, Vec<u8>)>,
    place: OutputPlace,
    /// Whether folders are exchanged in one step and files shared by links, where the file system can.
    one_step: bool,
    links: bool,
}

/// What whoever builds asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions {
    /// Keep the output folder itself, and replace each file in it.
    pub in_place: bool,
    /// Write into a folder that holds files of others.
    pub adopt: bool,
    /// Wait for another build that writes the same folder.
    pub wait: bool,
}

/// What a build would take away from a site that is live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removals {
    /// The pages that are live.
    pub pages: usize,
    /// How many of them would be gone.
    pub gone: usize,
    /// Whether the home page would be gone.
    pub home: bool,
}

impl Removals {
    /// Why a site would be emptied, if it would: nobody means that who does not say so.
    pub fn refusal(&self) -> Option<String> {
        const FEW: usize = 10;
        if self.home {
            Some("the home page would be gone".to_string())
        } else if self.gone > FEW && self.gone * 2 > self.pages {
            Some(format!("{} of {} pages would be gone", self.gone, self.pages))
        } else {
            None
        }
    }
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
    /// Files in a folder of which there was no record, and which this build does not know: they stay.
    pub unknown: usize,
}

impl Staging {
    /// Opens the output folder of a project. Nothing in it changes yet, except that what a killed build left half done is
    /// finished or taken back; in the project's `.limber/` a lock appears.
    ///
    /// `sources` are the folders the site is made from; the output may not be one of them, nor hold one, nor lie in one.
    /// Name `site.yaml` among them: then the output cannot be the project's own folder either, nor one that holds it.
    pub fn open(project: &Path, out: &Path, sources: &[PathBuf], wishes: WriteOptions) -> Result<Self, WriteError> {
        let place = OutputPlace::open(project, out, sources, wishes)?;
        let live = place.live()?;
        Ok(Self {
            next: OnceLock::new(),
            live,
            written: Mutex::default(),
            renewed: Mutex::default(),
            adopted: Mutex::default(),
            notes: Vec::new(),
            place,
            one_step: true,
            links: true,
        })
    }

    /// How many files the live folder has.
    pub fn live_files(&self) -> usize {
        self.live.as_ref().map_or(0, |live| live.manifest.files.len())
    }

    /// What the last build noted under this name, if it made what is live now.
    pub fn note(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.note_file(self.live.as_ref()?.manifest.id, name)).ok()
    }

    /// Leaves a note for the next build, to be written with the site.
    pub fn leave_note(&mut self, name: &'static str, content: Vec<u8>) {
        self.notes.push((name, content));
    }

    fn note_file(&self, id: Hash, name: &str) -> PathBuf {
        self.place.state.path(&format!("{id}.{name}"))
    }

    /// A folder for what builds can do without; none where nothing can be kept.
    pub fn cache(&self) -> Option<PathBuf> {
        self.place.state.is_kept.then(|| self.place.state.path("parsed"))
    }

    /// What this build takes away from a site that is live.
    pub fn losses(&self) -> Removals {
        let mut losses = Removals::default();
        let Some(live) = &self.live else { return losses };
        for (at, entry) in live.manifest.files.iter().enumerate().filter(|(_, entry)| entry.path.ends_with(".html")) {
            let gone = !live.is_claimed(at);
            losses.pages += 1;
            losses.gone += usize::from(gone);
            losses.home |= gone && entry.path == "index.html";
        }
        losses
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
        if self.stays(old, key, content, bytes.len() as u64) || self.adopts(path, key, content, bytes.len() as u64) {
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
        let adopted = self.live.as_ref().is_some_and(|live| live.adopted);
        if adopted || old.is_some_and(|(live, at)| live.entry(at).stamp.len == len) {
            let content = Hash::of_all(&mut source).map_err(unread)?;
            if self.stays(old, key, content, len) || self.adopts(path, key, content, len) {
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
        let (files, mut summary) = self.take_stock()?;
        if let (Some(live), 0, 0) = (self.live.as_ref().filter(|live| !live.adopted), summary.written, summary.removed)
            && read_marker(&self.place.out) == Some(live.manifest.id)
        {
            if news {
                self.remember(live, files, made_from)?;
            }
            return Ok(summary);
        }
        let next = self.next()?;
        let new: Vec<String> = files.iter().filter(|(_, kept)| !kept).map(|(entry, _)| entry.path.clone()).collect();
        let by_exchange = self.place.way != WriteMethod::InPlace && next.keeps_owner;
        let manifest = self.complete(next, files, made_from, by_exchange)?;
        if self.place.state.is_kept {
            self.place.state.hide();
            self.write_notes(manifest.id);
        }
        let written =
            if by_exchange { self.exchange(next, &new, &manifest) } else { self.in_place(next, &new, &manifest) };
        if let Err(error) = written {
            self.forget(&manifest);
            return Err(error);
        }
        if self.live.as_ref().is_some_and(|live| live.adopted) {
            let all = folder::OutputFolder::open(&self.place.out)?.count_files();
            summary.unknown = all.saturating_sub(manifest.files.len() + 1);
        }
        Ok(summary)
    }

    fn exchange(&self, next: &Next, new: &[String], manifest: &Manifest) -> Result<(), WriteError> {
        let is_kept = self.place.state.is_kept;
        if is_kept {
            manifest.save(&self.place.state.folder, manifest::NEXT)?;
        }
        manifest::write_marker(&next.folder, manifest.id)?;
        next.folder.sync();
        match exchange::exchange(&self.place, self.live.as_ref(), self.one_step)? {
            Exchanged::Yes => {}
            Exchanged::Refused => {
                let _ = fs::remove_file(self.place.next_record());
                return self.in_place(next, new, manifest);
            }
        }
        next.is_live_now();
        // The site is live. If tidying up fails, the next build does it.
        if is_kept {
            let old = self.live.as_ref().map(|live| live.again(&self.place.next())).transpose();
            let _ = old.and_then(|old| exchange::settle(&self.place, old, Some(next), manifest));
        }
        Ok(())
    }

    fn in_place(&self, next: &Next, new: &[String], manifest: &Manifest) -> Result<(), WriteError> {
        match &self.live {
            Some(live) => in_place::write(&self.place, live, next, new, manifest),
            None => {
                fs::create_dir(&self.place.out).map_err(|error| WriteError::os("create", &self.place.out, error))?;
                let live = Live::unknown(folder::OutputFolder::open(&self.place.out)?, false);
                in_place::write(&self.place, &live, next, new, manifest)
            }
        }
    }

    /// The whole new generation, sorted, with whether each file is kept.
    fn take_stock(&self) -> Result<(Vec<(ManifestFile, bool)>, Summary), WriteError> {
        let written = take(&self.written);
        if let Some(pair) = written.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(twice(&pair[0].path));
        }
        let bytes = written.iter().map(|entry| entry.stamp.len).sum();
        let mut summary = Summary { written: written.len(), bytes, ..Summary::default() };
        let renewed = take(&self.renewed);
        let mut files: Vec<(ManifestFile, bool)> = Vec::with_capacity(written.len());
        for (at, entry) in self.live.iter().flat_map(|live| live.manifest.files.iter().enumerate()) {
            if !self.live.as_ref().is_some_and(|live| live.is_claimed(at)) {
                summary.removed += 1;
            } else if position(&written, &entry.path).is_none() {
                let entry = position(&renewed, &entry.path).map_or(entry, |at| &renewed[at]);
                files.push((entry.clone(), true));
                summary.unchanged += 1;
            }
        }
        let adopted = take(&self.adopted);
        summary.unchanged += adopted.len();
        files.extend(adopted.into_iter().map(|entry| (entry, true)));
        files.extend(written.into_iter().map(|entry| (entry, false)));
        files.sort_unstable_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        Ok((files, summary))
    }

    /// Nothing changed in the output, but in what we know of it.
    fn remember(
        &self,
        live: &Live,
        files: Vec<(ManifestFile, bool)>,
        made_from: Option<Hash>,
    ) -> Result<(), WriteError> {
        let files = files.into_iter().map(|(entry, _)| entry).collect();
        let (id, inode, foreign) = (live.manifest.id, live.manifest.inode, live.manifest.foreign.clone());
        if !self.place.state.is_kept {
            return Ok(());
        }
        self.write_notes(id);
        Manifest { id, inode, made_from, files, foreign }.save(&self.place.state.folder, LIVE)
    }

    /// A note that cannot be written is no error: the next build works without it.
    fn write_notes(&self, id: Hash) {
        for (name, content) in &self.notes {
            let file = self.note_file(id, name);
            if fs::write(&file, content).is_err() {
                let _ = fs::remove_file(&file);
            }
        }
    }

    /// The record of the new site. For an exchange its folder is completed, all but its marker.
    fn complete(
        &self,
        next: &Next,
        mut files: Vec<(ManifestFile, bool)>,
        made_from: Option<Hash>,
        by_exchange: bool,
    ) -> Result<Manifest, WriteError> {
        if let Some(live) = self.live.as_ref().filter(|_| by_exchange) {
            next.share(live, &mut files)?;
        }
        let is_new = |path: &std::ffi::OsStr| {
            files.binary_search_by(|(entry, _)| std::ffi::OsStr::new(&entry.path).cmp(path)).is_ok()
        };
        let foreign = next.theirs.found.iter().filter(|foreign| !is_new(&foreign.path)).cloned().collect();
        let mut manifest = Manifest::new(files.into_iter().map(|(entry, _)| entry).collect(), foreign, made_from);
        if by_exchange {
            manifest.inode = next.folder.stat().map_or(0, |stat| stat.st_ino);
        }
        match manifest.clash() {
            None => Ok(manifest),
            Some(path) => {
                let message = format!("`{path}` is wanted both as a file and as a folder");
                Err(WriteError::new(&path, message).help("give one of the pages another path"))
            }
        }
    }

    /// What was remembered of a site that did not become live is of no use, and may take the room that was missing.
    fn forget(&self, manifest: &Manifest) {
        let live = self.live.as_ref().map(|live| live.manifest.id);
        if live != Some(manifest.id) && read_marker(&self.place.out) != Some(manifest.id) {
            let _ = fs::remove_file(self.place.next_record());
            let _ = manifest::forget(&self.place.state.folder, manifest.id);
        }
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
            lock(&self.renewed).push(ManifestFile { path: entry.path.clone(), key, content, stamp });
        }
        true
    }

    /// The next generation, made ready by whoever needs it first.
    fn next(&self) -> Result<&Next, WriteError> {
        let prepare = || Next::prepare(&self.place, self.live.as_ref(), self.links);
        self.next.get_or_init(prepare).as_ref().map_err(Clone::clone)
    }

    /// Whether a folder without a record has this file, with just these bytes. Then it is ours from now on.
    fn adopts(&self, path: &str, key: Hash, content: Hash, len: u64) -> bool {
        let entry = self.live.as_ref().and_then(|live| live.adopt(path, key, content, len));
        let Some(entry) = entry else { return false };
        lock(&self.adopted).push(entry);
        true
    }

    fn create(&self, path: &str) -> Result<File, WriteError> {
        self.next()?.create(path)
    }

    fn failed(&self, path: &str, error: std::io::Error) -> WriteError {
        WriteError::os("write", self.place.next().join(path), error)
    }

    fn record(&self, path: &str, key: Hash, content: Hash, file: &File) -> Result<(), WriteError> {
        self.next()?.finish(self.live.as_ref(), path, file);
        let stat = rustix::fs::fstat(file).map_err(|error| self.failed(path, error.into()))?;
        lock(&self.written).push(ManifestFile { path: path.to_string(), key, content, stamp: OutputStamp::of(&stat) });
        Ok(())
    }
}

fn lock(entries: &Mutex<Vec<ManifestFile>>) -> MutexGuard<'_, Vec<ManifestFile>> {
    entries.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes all entries out, sorted.
fn take(entries: &Mutex<Vec<ManifestFile>>) -> Vec<ManifestFile> {
    let mut entries = std::mem::take(&mut *lock(entries));
    entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    entries
}

fn position(sorted: &[ManifestFile], path: &str) -> Option<usize> {
    sorted.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
}

fn twice(path: &str) -> WriteError {
    WriteError::new(path, format!("`{path}` was written twice")).help("give one of the pages another path")
}

//! What others put into the output folder: found, shared with every next generation, and never written over.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::num::NonZero;
use std::os::unix::ffi::OsStrExt;
use std::thread;

use rayon::prelude::*;
use rustix::fs::FileType;

use super::folder::{OutputFolder, Time, join, kind, parent, time_of};
use super::live::Live;
use super::{MARKER, WriteError};

/// A file, folder, symbolic link or anything else that we did not write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    pub(super) path: OsString,
    pub(super) folder: bool,
    /// A regular file.
    pub(super) file: bool,
}

/// What was found in a folder, and when each folder in it had last been changed.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Everything that the manifest does not know, sorted, so folders come before what they hold.
    pub(super) found: Vec<Foreign>,
    /// Of every folder that was looked into, ours and those of others.
    times: Vec<(OsString, Time)>,
}

/// Looks for everything in a generation's folder that its manifest does not know.
///
/// Looks into each folder once. Plain threads, not rayon: a rayon worker that waits may pick up another `put`, which then
/// waits for us.
pub(super) fn find(live: &Live) -> Result<Survey, WriteError> {
    let folders: Vec<&str> = std::iter::once("").chain(live.folders.iter().map(String::as_str)).collect();
    let threads = if folders.len() < 500 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let search = |some: &[&str]| -> Result<Survey, WriteError> {
        let mut survey = Survey::default();
        for folder in some.iter().filter(|folder| live.is_real(folder)) {
            survey.look_into(live, folder)?;
        }
        Ok(survey)
    };
    let mut survey = Survey::default();
    if threads == 1 {
        survey = search(&folders)?;
    } else {
        let chunks = folders.chunks(folders.len().div_ceil(threads));
        let parts: Vec<_> = thread::scope(|scope| {
            let running: Vec<_> = chunks.map(|some| scope.spawn(move || search(some))).collect();
            running.into_iter().map(|thread| thread.join().expect("the search does not panic")).collect()
        });
        for part in parts {
            let part = part?;
            survey.found.extend(part.found);
            survey.times.extend(part.times);
        }
    }
    survey.found.sort_unstable();
    Ok(survey)
}

/// Looks again for what a survey saw before: only into folders that have changed since, or that had changed so shortly
/// before it that their time does not tell. `then` is a time, by the clock of the file system, before the survey began.
pub(super) fn find_again(live: &Live, before: &Survey, then: Time) -> Result<Vec<Foreign>, WriteError> {
    /// Some file systems count in steps of two seconds.
    const STEP: i64 = 3;
    let is_same = |(path, time): &(OsString, Time)| {
        let at = if path.is_empty() { OsStr::new(".") } else { path };
        let is_still = |stat| kind(&stat) == FileType::Directory && time_of(&stat) == *time;
        time.0 + STEP < then.0 && live.folder.look(at).is_some_and(is_still)
    };
    let changed: Vec<&OsStr> =
        before.times.par_iter().filter(|seen| !is_same(seen)).map(|(path, _)| path.as_os_str()).collect();
    let changed: BTreeSet<&OsStr> = changed.into_iter().collect();
    let mut again = Survey::default();
    again.found.extend(before.found.iter().filter(|foreign| !changed.contains(parent(&foreign.path))).cloned());
    for folder in changed {
        match folder.to_str().filter(|folder| folder.is_empty() || live.find_folder(folder).is_some()) {
            Some(ours) if live.is_real(ours) => again.look_into(live, ours)?,
            None if live.folder.is_folder(folder) => again.look_into_theirs(&live.folder, folder)?,
            _ => {}
        }
    }
    again.found.sort_unstable();
    again.found.dedup();
    Ok(again.found)
}

impl Survey {
    fn look_into(&mut self, live: &Live, folder: &str) -> Result<(), WriteError> {
        for (name, kind) in self.list(&live.folder, folder.as_ref())? {
            let path = join(folder.as_ref(), &name);
            let ours = path.to_str().is_some_and(|path| match kind {
                FileType::RegularFile => path == MARKER || live.manifest.find(path).is_some(),
                FileType::Directory => live.find_folder(path).is_some(),
                _ => false,
            });
            if !ours {
                self.add(&live.folder, path, kind)?;
            }
        }
        Ok(())
    }

    fn look_into_theirs(&mut self, root: &OutputFolder, folder: &OsStr) -> Result<(), WriteError> {
        for (name, kind) in self.list(root, folder)? {
            self.add(root, join(folder, &name), kind)?;
        }
        Ok(())
    }

    fn add(&mut self, root: &OutputFolder, path: OsString, kind: FileType) -> Result<(), WriteError> {
        let folder = kind == FileType::Directory;
        self.found.push(Foreign { path: path.clone(), folder, file: kind == FileType::RegularFile });
        if !folder {
            return Ok(());
        }
        let device = root.stat().map_err(|error| root.error("read", "", error))?.st_dev;
        if root.look(&path).is_some_and(|stat| stat.st_dev != device) {
            let error = root.error("keep", &path, rustix::io::Errno::XDEV);
            return Err(error.help("a folder mounted inside the output cannot move with it; build with `--in-place`"));
        }
        self.look_into_theirs(root, &path)
    }

    fn list(&mut self, root: &OutputFolder, path: &OsStr) -> Result<Vec<(OsString, FileType)>, WriteError> {
        let (names, time) = root.list(path).map_err(|error| root.error("read", path, error))?;
        self.times.push((path.to_os_string(), time));
        Ok(names)
    }
}

/// The foreign thing that keeps us from having a file at `path`: it lies there, above it, or below it.
pub(super) fn in_the_way<'a>(foreign: &'a [Foreign], path: &str) -> Option<&'a Foreign> {
    if foreign.is_empty() {
        return None;
    }
    let below = format!("{path}/");
    let at = foreign.partition_point(|other| other.path.as_bytes() < below.as_bytes());
    let inside = foreign.get(at).filter(|other| other.path.as_bytes().starts_with(below.as_bytes()));
    inside.or_else(|| get(foreign, path)).or_else(|| above(foreign, path))
}

/// Why nothing can be written to `path`.
pub(super) fn error(path: &str, other: &OsStr) -> WriteError {
    let other = std::path::Path::new(other).display();
    let message = format!("cannot write `{path}`: `{other}` in the output folder was not written by limber");
    WriteError::new(path, message).help(format!("move or remove `{other}`, or give the page another path"))
}

/// The foreign file or link that stands where `path` has a folder. Nothing may be done at such a path: it would be done
/// wherever the link leads.
fn above<'a>(foreign: &'a [Foreign], path: &str) -> Option<&'a Foreign> {
    if foreign.is_empty() {
        return None;
    }
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.filter_map(|folder| get(foreign, folder)).find(|other| !other.folder)
}

fn get<'a>(foreign: &'a [Foreign], path: &str) -> Option<&'a Foreign> {
    foreign.binary_search_by(|other| other.path.as_bytes().cmp(path.as_bytes())).ok().map(|at| &foreign[at])
}

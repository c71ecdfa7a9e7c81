//! What others put into the output folder: found, shared with every next generation, and never written over.

use std::ffi::{OsStr, OsString};
use std::num::NonZero;
use std::os::unix::ffi::OsStrExt;
use std::thread;

use rustix::fs::FileType;

use super::folder::{OutputFolder, join};
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

/// Everything in a generation's folder that its manifest does not know, sorted, so folders come before what they hold.
///
/// Looks into each folder once. Plain threads, not rayon: a rayon worker that waits may pick up another `put`, which then
/// waits for us.
pub(super) fn find(live: &Live) -> Result<Vec<Foreign>, WriteError> {
    let folders: Vec<&str> = std::iter::once("").chain(live.folders.iter().map(String::as_str)).collect();
    let threads = if folders.len() < 500 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let search = |some: &[&str]| -> Result<Vec<Foreign>, WriteError> {
        let mut found = Vec::new();
        for folder in some.iter().filter(|folder| live.is_real(folder)) {
            look_into(live, folder, &mut found)?;
        }
        Ok(found)
    };
    let mut found = if threads == 1 {
        search(&folders)?
    } else {
        let chunks = folders.chunks(folders.len().div_ceil(threads));
        let parts: Vec<_> = thread::scope(|scope| {
            let running: Vec<_> = chunks.map(|some| scope.spawn(move || search(some))).collect();
            running.into_iter().map(|thread| thread.join().expect("the search does not panic")).collect()
        });
        parts.into_iter().collect::<Result<Vec<_>, _>>()?.concat()
    };
    found.sort_unstable();
    Ok(found)
}

fn look_into(live: &Live, folder: &str, found: &mut Vec<Foreign>) -> Result<(), WriteError> {
    for (name, kind) in list(&live.folder, folder.as_ref())? {
        let path = join(folder.as_ref(), &name);
        let ours = path.to_str().is_some_and(|path| match kind {
            FileType::RegularFile => path == MARKER || live.manifest.find(path).is_some(),
            FileType::Directory => live.find_folder(path).is_some(),
            _ => false,
        });
        if !ours {
            add(&live.folder, path, kind, found)?;
        }
    }
    Ok(())
}

fn add(root: &OutputFolder, path: OsString, kind: FileType, found: &mut Vec<Foreign>) -> Result<(), WriteError> {
    let folder = kind == FileType::Directory;
    found.push(Foreign { path: path.clone(), folder, file: kind == FileType::RegularFile });
    if !folder {
        return Ok(());
    }
    let device = root.stat().map_err(|error| root.error("read", "", error))?.st_dev;
    if root.look(&path).is_some_and(|stat| stat.st_dev != device) {
        let error = root.error("keep", &path, rustix::io::Errno::XDEV);
        return Err(error.help("a folder mounted inside the output cannot move with it; build with `--in-place`"));
    }
    for (name, kind) in list(root, &path)? {
        add(root, join(&path, &name), kind, found)?;
    }
    Ok(())
}

fn list(root: &OutputFolder, path: &OsStr) -> Result<Vec<(OsString, FileType)>, WriteError> {
    root.list(path).map_err(|error| root.error("read", path, error))
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

//! Keeps the output folder and replaces each file in it by itself: what pages need first, then the pages, and what is gone
//! last.

use std::ffi::OsStr;
use std::fs;

use super::folder::OutputFolder;
use super::live::Live;
use super::manifest::{LIVE, Manifest, write_marker};
use super::next::Next;
use super::place::OutputPlace;
use super::{MARKER, WriteError, foreign, pending};

/// Brings the new files from `next` into the live folder and removes what is gone. Killed at any moment, each file is as it
/// was or as it will be, every page has what it needs, and the next build does the rest.
pub(super) fn write(
    place: &OutputPlace,
    live: &Live,
    next: &Next,
    new: &[String],
    manifest: &Manifest,
) -> Result<(), WriteError> {
    let out = OutputFolder::open(&place.out)?;
    let gone: Vec<&str> =
        live.manifest.files.iter().map(|file| &*file.path).filter(|path| manifest.find(path).is_none()).collect();
    for path in new {
        check_free(&out, live, path)?;
    }
    write_marker(&next.folder, manifest.id)?;
    let is_kept = place.state.is_kept;
    if is_kept {
        pending::begin(&place.state, new.iter().cloned())?;
    }
    let failed = |path: &str, error| WriteError::os("write", place.out.join(path), error);
    make_room(&out, &gone, new).map_err(|(path, error)| failed(path, error))?;
    for turn in 0..=2 {
        for path in new.iter().filter(|path| turn_of(path) == turn) {
            out.receive(&next.folder, path).map_err(|error| failed(path, error))?;
        }
    }
    remove(&out, manifest, &gone).map_err(|(path, error)| failed(path, error))?;
    if is_kept {
        manifest.save(&place.state.folder, LIVE)?;
    }
    out.receive(&next.folder, MARKER).map_err(|error| failed(MARKER, error))?;
    out.sync();
    if is_kept {
        pending::end(&place.state);
        let _ = super::manifest::forget_others(&place.state.folder, manifest.id);
    }
    let _ = fs::remove_dir_all(place.next());
    Ok(())
}

/// What pages need comes before the pages, and what lists pages after them.
fn turn_of(path: &str) -> u8 {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => 1,
        "xml" | "txt" => 2,
        _ => 0,
    }
}

/// Nothing of someone else is replaced, and nothing is done through a link of theirs.
fn check_free(out: &OutputFolder, live: &Live, path: &str) -> Result<(), WriteError> {
    let ours = |path: &str| live.find(path).is_some();
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    if let Some(other) =
        folders.into_iter().find(|above| out.look(above).is_some() && !out.is_folder(above) && !ours(above))
    {
        return Err(foreign::error(path, OsStr::new(other)));
    }
    let there = out.look(path);
    let theirs = match there {
        None => false,
        Some(_) if out.is_folder(path) => holds_theirs(out, live, OsStr::new(path)),
        Some(_) => !(ours(path) || live.adopted && out.stamp(path).is_some()),
    };
    if theirs { Err(foreign::error(path, OsStr::new(path))) } else { Ok(()) }
}

/// Whether anything below a folder is not ours, or the folder itself is not.
fn holds_theirs(out: &OutputFolder, live: &Live, folder: &OsStr) -> bool {
    let known = |path: &OsStr| path.to_str().is_some_and(|path| live.find(path).is_some());
    let is_ours = folder.to_str().is_some_and(|folder| live.find_folder(folder).is_some());
    !is_ours
        || out.list(folder).is_ok_and(|(names, _)| {
            names
                .into_iter()
                .map(|(name, _)| super::folder::join(folder, &name))
                .any(|path| if out.is_folder(&path) { holds_theirs(out, live, &path) } else { !known(&path) })
        })
}

/// Where a file becomes a folder or a folder a file, the old one has to go first.
fn make_room<'a>(out: &OutputFolder, gone: &[&'a str], new: &'a [String]) -> Result<(), (&'a str, rustix::io::Errno)> {
    let is_new = |path: &str| new.binary_search_by(|new| new.as_str().cmp(path)).is_ok();
    for path in gone {
        let below = format!("{path}/");
        let at = new.partition_point(|new| **new < *below);
        let becomes_folder = new.get(at).is_some_and(|new| new.starts_with(&below));
        let lies_in_a_file = path.match_indices('/').any(|(at, _)| is_new(&path[..at]));
        if becomes_folder || lies_in_a_file {
            out.remove_file(path.as_ref()).map_err(|error| (*path, error))?;
        }
    }
    for path in new.iter().filter(|path| out.is_folder(path.as_str())) {
        out.remove(path.as_ref()).map_err(|error| (path.as_str(), error))?;
    }
    Ok(())
}

/// Removes files that are gone, and folders that held only these.
fn remove<'a>(out: &OutputFolder, manifest: &Manifest, gone: &[&'a str]) -> Result<(), (&'a str, rustix::io::Errno)> {
    let mut folders: Vec<&str> = Vec::new();
    for path in gone {
        let lies_in_a_file = path.match_indices('/').any(|(at, _)| manifest.find(&path[..at]).is_some());
        let replaced = manifest.is_folder(path) || lies_in_a_file;
        if !replaced && out.is_below_folders(path) && out.stamp(path).is_some() {
            out.remove_file(path.as_ref()).map_err(|error| (*path, error))?;
        }
        folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
    }
    folders.sort_unstable();
    folders.dedup();
    for folder in folders.iter().rev().filter(|folder| out.is_below_folders(folder)) {
        // Whatever else is in it keeps it.
        let _ = out.remove_empty(folder.as_ref());
    }
    Ok(())
}

//! The one step that makes a generation live, and what follows from it.

use std::fs;
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::WriteError;
use super::folder::parent;
use super::foreign::{self, Foreign};
use super::live::Live;
use super::manifest::Manifest;
use super::place::Place;

/// Makes `next` live. What was live is then `next`. Killed at any moment, the live folder is the one or the other.
pub(super) fn exchange(place: &Place, live: Option<&Live>, one_step: bool) -> Result<(), WriteError> {
    let failed = |error| WriteError::os("replace", &place.out, error);
    let Some(live) = live else {
        return fs::rename(place.next(), &place.out).map_err(failed);
    };
    if !is_still(&place.out, live) {
        let message = format!("`{}` was replaced by something else during the build", place.out.display());
        return Err(WriteError::new(&place.out, message).help("build again"));
    }
    let next = place.next();
    if one_step {
        match rustix::fs::renameat_with(CWD, &next, CWD, &place.out, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            done => return done.map_err(|error| failed(error.into())),
        }
    }
    two_renames(place).map_err(failed)
}

fn is_still(out: &Path, live: &Live) -> bool {
    let there = rustix::fs::lstat(out).map(|stat| (stat.st_dev, stat.st_ino));
    live.folder.stat().map(|stat| (stat.st_dev, stat.st_ino)) == there
}

/// For file systems without an exchange. Killed between the two renames, [`recover`] takes the first one back.
fn two_renames(place: &Place) -> io::Result<()> {
    fs::rename(&place.out, place.last())?;
    if let Err(error) = fs::rename(place.next(), &place.out) {
        fs::rename(place.last(), &place.out)?;
        return Err(error);
    }
    fs::rename(place.last(), place.next())
}

/// Puts right what a build that was killed between two renames left behind.
pub(super) fn recover(place: &Place) -> Result<(), WriteError> {
    let last = place.last();
    if fs::symlink_metadata(&last).is_err() {
        return Ok(());
    }
    let missing = match fs::read_dir(&place.out) {
        Ok(mut names) => names.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    let target = if missing {
        &place.out
    } else if fs::symlink_metadata(place.next()).is_err() {
        &place.next()
    } else {
        let message = format!("`{}` was left by a build that was killed", last.display());
        let help =
            format!("it is the output as it was before; compare it with `{}`, then remove it", place.out.display());
        return Err(WriteError::new(last, message).help(help));
    };
    fs::rename(&last, target).map_err(|error| WriteError::os("bring back", target, error))
}

/// Looks through the generation that has just come out for files that others put there in the very last moment, and
/// gives them back to the live folder.
pub(super) fn rescue(place: &Place, old: &Live, known: &[Foreign]) -> Result<(), WriteError> {
    let mut moved = None;
    for Foreign { path, .. } in foreign::find(old)? {
        let with_its_folder = moved.as_ref().is_some_and(|moved| Path::new(&path).starts_with(moved));
        if with_its_folder || known.iter().any(|known| known.path == path) {
            continue;
        }
        let from = place.next().join(&path);
        let home = place.out.join(&path);
        let lost = place.beside.join("rescued").join(&path);
        let taken = fs::symlink_metadata(&home).is_ok();
        if taken || fs::rename(&from, home).is_err() {
            let folder = place.beside.join("rescued").join(parent(&path));
            let kept = fs::create_dir_all(folder).and_then(|()| fs::rename(&from, &lost));
            kept.map_err(|error| WriteError::os("keep", &lost, error))?;
        }
        moved = Some(path);
    }
    Ok(())
}

/// Deals with a `next` that a killed build left: one that had been live is looked through first. Then it goes.
pub(super) fn clear_next(place: &Place, live: Option<&Live>) -> Result<(), WriteError> {
    let next = place.next();
    if let (Some(live), Some(manifest)) = (live, Manifest::of_folder(&next, &place.beside)) {
        let known = [live.manifest.foreign.as_slice(), &manifest.foreign].concat();
        rescue(place, &Live::new(super::folder::Folder::open(&next)?, manifest), &known)?;
    }
    remove_folder(&next)
}

pub(super) fn remove_folder(path: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::os("remove", path, error)),
        _ => Ok(()),
    }
}

//! The one step that makes a new folder live, and what follows from it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use super::folder::{OutputFolder, parent};
use super::foreign::{self, Foreign};
use super::live::Live;
use super::manifest::{LIVE, Manifest, read_marker, take_place};
use super::next::{Next, remove_folder};
use super::place::OutputPlace;
use super::{MARKER, WriteError};

/// So many folders that were live stay whole: the one that has just been replaced, and for as long as four more builds
/// change the site.
const KEPT: usize = 5;

/// What came of the attempt.
pub(super) enum Exchanged {
    /// The new folder is live.
    Yes,
    /// The system does not let these folders change places.
    Refused,
}

/// Makes `next` live. What was live is then `next`. Killed at any moment, the live folder is the one or the other.
pub(super) fn exchange(place: &OutputPlace, live: Option<&Live>, one_step: bool) -> Result<Exchanged, WriteError> {
    let failed = |error: io::Error| WriteError::os("replace", &place.out, error);
    let Some(live) = live else {
        fs::create_dir_all(place.out.parent().unwrap_or(&place.out)).map_err(failed)?;
        fs::rename(place.next(), &place.out).map_err(failed)?;
        return Ok(Exchanged::Yes);
    };
    if !is_still(&place.out, live) {
        let message = format!("`{}` was replaced by something else during the build", place.out.display());
        return Err(WriteError::new(&place.out, message).help("build again"));
    }
    let next = place.next();
    if one_step {
        match rustix::fs::renameat_with(CWD, &next, CWD, &place.out, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            Err(Errno::XDEV | Errno::BUSY | Errno::PERM | Errno::ACCESS) => return Ok(Exchanged::Refused),
            done => return done.map(|()| Exchanged::Yes).map_err(|error| failed(error.into())),
        }
    }
    two_renames(place).map(|()| Exchanged::Yes).map_err(failed)
}

pub(super) fn is_still(out: &Path, live: &Live) -> bool {
    let there = rustix::fs::lstat(out).map(|stat| (stat.st_dev, stat.st_ino));
    live.folder.stat().map(|stat| (stat.st_dev, stat.st_ino)) == there
}

/// For file systems without an exchange. Killed between the two renames, [`recover`] takes the first one back.
fn two_renames(place: &OutputPlace) -> io::Result<()> {
    fs::rename(&place.out, place.last())?;
    if let Err(error) = fs::rename(place.next(), &place.out) {
        fs::rename(place.last(), &place.out)?;
        return Err(error);
    }
    fs::rename(place.last(), place.next())
}

/// Finishes or takes back what a build left that was killed at its last steps.
pub(super) fn recover(place: &OutputPlace) -> Result<(), WriteError> {
    bring_back(place)?;
    let Some(new) = Manifest::read(&place.next_record()) else { return Ok(()) };
    let id = read_marker(&place.out);
    let inode = rustix::fs::lstat(&place.out).map_or(0, |stat| stat.st_ino);
    let before = Manifest::read(&place.state.path(LIVE));
    let differs = before.as_ref().is_none_or(|before| before.id != new.id);
    if id == Some(new.id) && (differs || inode == new.inode) {
        let old = before.filter(|_| place.next().is_dir());
        let old =
            old.map(|before| OutputFolder::open(&place.next()).map(|folder| Live::new(folder, before))).transpose()?;
        settle(place, old, None, &new)?;
        return Ok(());
    }
    fs::remove_file(place.next_record())
        .or_else(ignore_missing)
        .map_err(|error| WriteError::os("tidy up", place.next_record(), error))
}

/// Puts the output folder back that a build took away for a moment.
fn bring_back(place: &OutputPlace) -> Result<(), WriteError> {
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

/// The new site is live and its record too; what was live before is put away, and the oldest of these folders go. `next` is
/// the build that made it, which has looked into the old folder before.
pub(super) fn settle(
    place: &OutputPlace,
    old: Option<Live>,
    next: Option<&Next>,
    new: &Manifest,
) -> Result<(), WriteError> {
    if let Some(old) = old {
        let theirs = match next {
            Some(next) => foreign::find_again(&old, &next.theirs, next.made)?,
            None => foreign::find(&old)?.found,
        };
        put_away(place, old, theirs, &new.foreign)?;
    }
    let record = place.state.path(LIVE);
    take_place(&place.next_record(), &record)?;
    let kept = old_folders(place);
    for (number, folder) in kept.iter().rev().skip(KEPT) {
        remove_old(place, *number, folder)?;
    }
    super::manifest::forget_others(&place.state.folder, new.id)
        .map_err(|error| WriteError::os("tidy up", &place.state.folder, error))
}

/// Gives files back to the live folder that others put into the old one in the very last moment, and keeps the old one.
fn put_away(place: &OutputPlace, mut old: Live, theirs: Vec<Foreign>, known: &[Foreign]) -> Result<(), WriteError> {
    give_back(place, &old, &theirs, known)?;
    old.manifest.foreign = theirs;
    let number = old_folders(place).last().map_or(1, |(number, _)| number + 1);
    old.manifest.save(&place.old(), &record_name(number))?;
    let target = place.old().join(number.to_string());
    fs::rename(place.next(), &target).map_err(|error| WriteError::os("write", &target, error))
}

/// Shares with the live folder what others put into an old one, but for what is known. Where its place is taken, it goes to
/// `rescued/` in the state.
fn give_back(place: &OutputPlace, old: &Live, theirs: &[Foreign], known: &[Foreign]) -> Result<(), WriteError> {
    let live = OutputFolder::open(&place.out)?;
    for Foreign { path, folder, .. } in theirs {
        if known.iter().chain(&old.manifest.foreign).any(|known| known.path == *path) {
            continue;
        }
        if *folder {
            // What cannot be made is told by the files in it.
            let _ = live.make_folders(path);
        } else if live.look(path).is_some() || live.share(&old.folder, path, true).is_err() {
            let lost = place.state.path("rescued");
            let kept = fs::create_dir_all(lost.join(parent(path)))
                .and_then(|()| OutputFolder::open(&lost).map_err(io::Error::other)?.share(&old.folder, path, true));
            kept.map_err(|error| WriteError::os("keep", lost.join(path), error))?;
        }
    }
    Ok(())
}

/// Removes a folder that was live long ago. Whoever kept it open may have left files there.
fn remove_old(place: &OutputPlace, number: u64, path: &Path) -> Result<(), WriteError> {
    let record = place.old().join(record_name(number));
    if let Some(manifest) = Manifest::read(&record) {
        let old = Live::new(OutputFolder::open(path)?, manifest);
        remove_ours(&old);
        if fs::remove_dir(path).is_err() {
            give_back(place, &old, &foreign::find(&old)?.found, &[])?;
        }
    }
    remove_folder(path)?;
    fs::remove_file(&record).or_else(ignore_missing).map_err(|error| WriteError::os("tidy up", &record, error))
}

/// Removes what is known to lie in an old folder, without looking into it: in nearly all of them lies nothing else. What
/// cannot be removed stays for those who look.
fn remove_ours(old: &Live) {
    let known = |path: &OsStr| path.to_str().is_none_or(|path| old.is_real(path));
    let files = old.manifest.files.par_iter().map(|file| OsStr::new(&file.path));
    files.filter(|path| known(parent(path))).for_each(|path| {
        let _ = old.folder.remove_file(path);
    });
    // Their names are in the live folder too.
    for Foreign { path, folder, .. } in old.manifest.foreign.iter().rev() {
        if old.folder.is_below_folders(&path.to_string_lossy()) {
            let _ = if *folder { old.folder.remove_empty(path) } else { old.folder.remove_file(path) };
        }
    }
    let _ = old.folder.remove_file(MARKER.as_ref());
    let mut folders: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for folder in old.folders.iter().filter(|folder| old.is_real(folder)) {
        folders.entry(folder.matches('/').count()).or_default().push(folder);
    }
    for level in folders.values().rev() {
        level.par_iter().for_each(|folder| {
            let _ = old.folder.remove_empty(folder.as_ref());
        });
    }
}

/// The folders that were live, the oldest first.
pub(super) fn old_folders(place: &OutputPlace) -> Vec<(u64, PathBuf)> {
    let found = fs::read_dir(place.old()).into_iter().flatten().flatten();
    let mut folders: Vec<_> =
        found.filter_map(|found| Some((found.file_name().to_str()?.parse().ok()?, found.path()))).collect();
    folders.sort_unstable();
    folders
}

fn record_name(number: u64) -> String {
    format!("{number}.manifest")
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

//! What an earlier version kept in a hidden folder beside the output: taken over, and removed.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::manifest::{LIVE, Manifest, read_marker};
use super::place::{OutputPlace, locate};
use super::{WriteError, exchange};

/// The state of an earlier version beside an output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OlderState {
    /// The output folder.
    pub out: PathBuf,
    /// The hidden folder beside it.
    pub folder: PathBuf,
    /// Whether it has the record of what is live.
    pub has_record: bool,
    /// Whether files of others were saved there.
    pub has_rescued: bool,
    /// Whether the folder lies there that was live before.
    pub has_live_before: bool,
    /// What lies there that no version wrote, by name.
    pub foreign: Vec<String>,
}

/// Looks beside an output folder for the state of an earlier version, and changes nothing.
pub fn older_state(out: &Path) -> Result<Option<OlderState>, WriteError> {
    let out = locate(out)?;
    let folder = beside(&out);
    if !is_state(&folder) {
        return Ok(None);
    }
    let names = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut foreign: Vec<_> = names
        .map(|found| found.file_name().to_string_lossy().into_owned())
        .filter(|name| !matches!(&**name, "last" | "rescued") && known(name).is_none())
        .collect();
    foreign.sort_unstable();
    Ok(Some(OlderState {
        has_record: record(&out, &folder).is_some(),
        has_rescued: folder.join("rescued").is_dir(),
        has_live_before: folder.join("spare").is_dir(),
        foreign,
        out,
        folder,
    }))
}

fn beside(out: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".limber");
    out.with_file_name(name)
}

fn is_state(beside: &Path) -> bool {
    fs::symlink_metadata(beside).is_ok_and(|found| found.is_dir()) && beside.join("lock").is_file()
}

/// The record of what is live.
fn record(out: &Path, beside: &Path) -> Option<Manifest> {
    read_marker(out).and_then(|id| Manifest::read(&beside.join(format!("{id}.manifest"))))
}

/// Takes over the state that lies beside the output folder, as `.public.limber`: the record of what is live, and files of
/// others that were saved there. Nothing else in it is worth keeping.
pub(super) fn take_over(place: &OutputPlace) -> Result<(), WriteError> {
    let beside = beside(&place.out);
    if !is_state(&beside) {
        return Ok(());
    }
    if let Ok(lock) = File::open(beside.join("lock"))
        && matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
    {
        let message = format!("an earlier version of limber is writing `{}` right now", place.out.display());
        return Err(WriteError::new(&place.out, message).help("build again when it is done"));
    }
    // A build of the earlier version that was killed between two renames.
    if !place.out.exists() && beside.join("last").is_dir() {
        let _ = fs::rename(beside.join("last"), &place.out);
    }
    if place.state.is_kept
        && !place.state.path(LIVE).exists()
        && let Some(record) = record(&place.out, &beside)
    {
        record.save(&place.state.folder, LIVE)?;
    }
    if let Some(folder) = Some(beside.join("rescued")).filter(|folder| folder.is_dir())
        && fs::rename(&folder, place.state.path("rescued")).is_err()
    {
        return Ok(());
    }
    // Somebody may still have the folder open that was live before.
    if place.state.is_kept && exchange::old_folders(place).is_empty() && fs::create_dir_all(place.old()).is_ok() {
        let _ = fs::rename(beside.join("spare"), place.old().join("1"));
    }
    remove_known(&beside);
    Ok(())
}

/// Removes what earlier versions put there; with anything else in it, the folder stays.
fn remove_known(beside: &Path) {
    for found in fs::read_dir(beside).into_iter().flatten().flatten() {
        let _ = match known(&found.file_name().to_string_lossy()) {
            Some(Known::Folder) => fs::remove_dir_all(found.path()),
            Some(Known::File) => fs::remove_file(found.path()),
            None => Ok(()),
        };
    }
    let _ = fs::remove_dir(beside);
}

/// What earlier versions put there under this name, that nobody needs any more.
fn known(name: &str) -> Option<Known> {
    let is_record =
        name.rsplit_once('.').is_some_and(|(_, kind)| matches!(kind, "manifest" | "new" | "problems" | "inputs"));
    match name {
        "spare" | "next" | "parsed" => Some(Known::Folder),
        "lock" => Some(Known::File),
        _ => is_record.then_some(Known::File),
    }
}

enum Known {
    Folder,
    File,
}

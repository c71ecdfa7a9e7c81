//! What an earlier version kept in a hidden folder beside the output: taken over, and removed.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::manifest::{LIVE, Manifest, read_marker};
use super::place::OutputPlace;
use super::{WriteError, exchange};

/// Takes over the state that lies beside the output folder, as `.public.limber`: the record of what is live, and files of
/// others that were saved there. Nothing else in it is worth keeping.
pub(super) fn take_over(place: &OutputPlace) -> Result<(), WriteError> {
    let mut name = OsString::from(".");
    name.push(place.out.file_name().unwrap_or_default());
    name.push(".limber");
    let beside = place.out.with_file_name(name);
    if !fs::symlink_metadata(&beside).is_ok_and(|found| found.is_dir()) || !beside.join("lock").is_file() {
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
    if place.state.is_kept && !place.state.path(LIVE).exists() {
        let record = read_marker(&place.out).and_then(|id| Manifest::read(&beside.join(format!("{id}.manifest"))));
        if let Some(record) = record {
            record.save(&place.state.folder, LIVE)?;
        }
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
        let name = found.file_name();
        let name = name.to_string_lossy();
        let is_record =
            name.rsplit_once('.').is_some_and(|(_, kind)| matches!(kind, "manifest" | "new" | "problems" | "inputs"));
        let _ = match &*name {
            "spare" | "next" | "parsed" => fs::remove_dir_all(found.path()),
            "lock" => fs::remove_file(found.path()),
            _ if is_record => fs::remove_file(found.path()),
            _ => Ok(()),
        };
    }
    let _ = fs::remove_dir(beside);
}

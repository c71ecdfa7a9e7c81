//! New texts beside their files, ready to take their places in one step: whoever is killed or runs out of disk finds the
//! old file whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Puts a text in the place of a file. A file behind a link is replaced where it lies.
///
/// # Errors
/// When it cannot be written. The old file is whole then.
pub fn replace(file: &Path, text: &[u8]) -> io::Result<()> {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    stage(&file, text, std::process::id())?;
    take(&file, std::process::id())
}

/// Writes a text beside a file, with the same permissions, and waits for the disk. The number tells it from others.
///
/// # Errors
/// When it cannot be written. Nothing of it is left then.
pub fn stage(file: &Path, text: &[u8], number: u32) -> io::Result<()> {
    let beside = beside(file, number);
    let written = fs::write(&beside, text)
        .and_then(|()| match fs::metadata(file) {
            Ok(old) => fs::set_permissions(&beside, old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| File::open(&beside)?.sync_all());
    if written.is_err() {
        drop_staged(file, number);
    }
    written
}

/// Lets a staged text take the place of its file.
///
/// # Errors
/// When they cannot be exchanged; of the kind `NotFound` where nothing is staged.
pub fn take(file: &Path, number: u32) -> io::Result<()> {
    let taken = fs::rename(beside(file, number), file);
    if taken.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
        drop_staged(file, number);
    }
    taken
}

/// Removes a staged text.
pub fn drop_staged(file: &Path, number: u32) {
    let _ = fs::remove_file(beside(file, number));
}

/// A name in the same folder, which editors and `load` take for a hidden file.
fn beside(file: &Path, number: u32) -> PathBuf {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    file.with_file_name(format!(".{name}.limber-{number}"))
}

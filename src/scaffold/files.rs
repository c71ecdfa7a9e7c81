//! Writes a new entry: a file that was not there, or a data file with one item more. Nothing is ever overwritten.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::NewEntry;
use crate::diagnostics::Fix;
use crate::error::Error;
use crate::model::source::Sources;
use crate::{repairs, staged};

/// Writes an entry.
///
/// # Errors
/// Where a file of this name is there, a data file has changed since it was read, or the system says no.
pub fn write(root: &Path, new: &NewEntry, sources: &Sources) -> Result<(), Error> {
    let file = root.join(&*new.path);
    match &new.inserted {
        Some(fix) => insert(&file, new, fix, sources),
        None => create(&file, new),
    }
}

fn create(file: &Path, new: &NewEntry) -> Result<(), Error> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(new, &error))?;
    }
    let mut open = OpenOptions::new().write(true).create_new(true).open(file).map_err(|error| failed(new, &error))?;
    open.write_all(new.text.as_bytes()).and_then(|()| open.sync_all()).map_err(|error| {
        // Half a file is worse than none, and it is ours.
        let _ = fs::remove_file(file);
        failed(new, &error)
    })
}

fn insert(file: &Path, new: &NewEntry, fix: &Fix, sources: &Sources) -> Result<(), Error> {
    let written = fs::read_to_string(file).map_err(|error| failed(new, &error))?;
    let known = sources.text(&new.path).map(|source| &*source.text);
    if known != Some(&*written.trim_start_matches('\u{feff}').replace("\r\n", "\n")) {
        let error = Error::system(format!("`{}` has changed since it was read", new.path));
        return Err(error.help("run the command again"));
    }
    let as_written = |text: &str| if written.contains("\r\n") { text.replace('\n', "\r\n") } else { text.into() };
    let fix = Fix { replacement: as_written(&fix.replacement), ..fix.clone() };
    let (text, _) = repairs::apply(&written, &[&fix]);
    staged::replace(file, text.as_bytes()).map_err(|error| failed(new, &error))
}

fn failed(new: &NewEntry, error: &io::Error) -> Error {
    if error.kind() == ErrorKind::AlreadyExists {
        let error = Error::system(format!("there is a file `{}` already, and it is never overwritten", new.path));
        return error.help("choose another name with `--name`");
    }
    Error::system(format!("`{}` cannot be written: {error}", new.path))
}

//! Writes a new name: all files or none. A journal lets the next program finish what a kill cut short.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::error::Error;
use crate::model::source::Sources;

/// Where the journal lies while files are exchanged.
const JOURNAL: &str = ".limber/rename.json";

/// What is left to do: each step may be done already.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// New texts with the files whose place they take, relative to the project folder.
    texts: Vec<(PathBuf, PathBuf)>,
    /// The file or folder that is moved afterwards.
    moved: Option<(PathBuf, PathBuf)>,
}

/// Makes all changes of a plan.
///
/// # Errors
/// Where a file has changed since it was read, cannot be written, or stands where another is to go. Nothing is changed then.
pub fn write(root: &Path, plan: &Plan, sources: &Sources) -> Result<(), Error> {
    let failed = |path: &Path, error: &io::Error| {
        Error::system(format!("`{}` cannot be written: {error}", path.display())).help("nothing was renamed")
    };
    if let Some(moved) = &plan.moved {
        let (from, to) = (root.join(&moved.from), root.join(&moved.to));
        let same_file = || from.canonicalize().ok() == to.canonicalize().ok();
        if to.symlink_metadata().is_ok() && !same_file() {
            return Err(Error::system(format!("there is a file `{}` already", moved.to)).help("nothing was renamed"));
        }
    }
    let mut journal = Journal { texts: Vec::new(), moved: None };
    journal.moved = plan.moved.as_ref().map(|moved| (moved.from.clone().into(), moved.to.clone().into()));
    let staged = stage(root, plan, sources, &mut journal).and_then(|()| {
        let path = root.join(JOURNAL);
        note(&path, &journal).map_err(|error| failed(&path, &error))
    });
    if let Err(refusal) = staged {
        for (new, _) in &journal.texts {
            let _ = fs::remove_file(root.join(new));
        }
        return Err(refusal);
    }
    finish(root, &journal).map_err(|error| {
        let refusal = Error::system(format!("the files could not all be exchanged: {error}"));
        refusal.help("mend the cause and run any command of Limber here: it goes on where this one stopped")
    })
}

/// Finishes what was cut short; says whether there was anything.
///
/// # Errors
/// When a file cannot be exchanged.
pub fn resume(root: &Path) -> io::Result<bool> {
    let Ok(text) = fs::read(root.join(JOURNAL)) else { return Ok(false) };
    // A journal is put in place whole, so one that cannot be read is not ours.
    let Ok(journal) = serde_json::from_slice::<Journal>(&text) else { return Ok(false) };
    finish(root, &journal)?;
    Ok(true)
}

/// Writes every new text beside its file.
fn stage(root: &Path, plan: &Plan, sources: &Sources, journal: &mut Journal) -> Result<(), Error> {
    for path in plan.edits.keys() {
        let file = root.join(&**path);
        let refused = |error: io::Error| {
            Error::system(format!("`{path}` cannot be written: {error}")).help("nothing was renamed")
        };
        let file = file.canonicalize().map_err(refused)?;
        let written = fs::read_to_string(&file).map_err(refused)?;
        let known = sources.text(path).map(|source| &*source.text);
        if known != Some(&*written.trim_start_matches('\u{feff}').replace("\r\n", "\n")) {
            let refusal = Error::system(format!("`{path}` has changed since it was read"));
            return Err(refusal.help("run the command again"));
        }
        if fs::metadata(&file).map_err(refused)?.permissions().readonly() {
            return Err(refused(io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        let new = plan.applied(path, &written).unwrap_or(written);
        let beside = beside(&file);
        journal.texts.push((beside.clone(), file.clone()));
        fs::write(&beside, new)
            .and_then(|()| fs::set_permissions(&beside, fs::metadata(&file)?.permissions()))
            .and_then(|()| File::open(&beside)?.sync_all())
            .map_err(refused)?;
    }
    Ok(())
}

/// A name in the same folder, which editors and `load` take for a hidden file.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    file.with_file_name(format!(".{name}.limber-{}", std::process::id()))
}

/// Puts the journal in place in one step.
fn note(path: &Path, journal: &Journal) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let beside = beside(path);
    let written = serde_json::to_vec(journal)
        .map_err(io::Error::other)
        .and_then(|text| fs::write(&beside, text))
        .and_then(|()| File::open(&beside)?.sync_all())
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
        let _ = fs::remove_dir(folder);
    }
    written
}

fn finish(root: &Path, journal: &Journal) -> io::Result<()> {
    let missing_is_done = |result: io::Result<()>| match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    };
    for (new, file) in &journal.texts {
        missing_is_done(fs::rename(root.join(new), root.join(file)))?;
    }
    if let Some((from, to)) = &journal.moved {
        missing_is_done(fs::rename(root.join(from), root.join(to)))?;
    }
    fs::remove_file(root.join(JOURNAL))?;
    // The folder stays where other things lie in it.
    let _ = root.join(JOURNAL).parent().map(fs::remove_dir);
    Ok(())
}

//! Writes a new name: all files or none. A journal lets the next program finish what a kill cut short.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::RenamePlan;
use crate::error::Error;
use crate::model::source::Sources;
use crate::staged;

/// Where the journal lies while files are exchanged.
const JOURNAL: &str = ".limber/rename.json";

/// What is left to do: each step may be done already.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// The files beside which new texts lie. All paths are relative to the project folder.
    texts: Vec<PathBuf>,
    /// The number that the new texts have in their names.
    number: u32,
    /// The file or folder that is moved afterwards.
    moved: Option<(PathBuf, PathBuf)>,
}

/// Makes all changes of a plan.
///
/// # Errors
/// Where a file has changed since it was read, cannot be written, or stands where another is to go. Nothing is changed then.
pub fn write(root: &Path, plan: &RenamePlan, sources: &Sources) -> Result<(), Error> {
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
    let moved = plan.moved.as_ref().map(|moved| (moved.from.clone().into(), moved.to.clone().into()));
    let mut journal = Journal { texts: Vec::new(), number: std::process::id(), moved };
    let staged = stage(root, plan, sources, &mut journal).and_then(|()| {
        let path = root.join(JOURNAL);
        note(&path, &journal).map_err(|error| failed(&path, &error))
    });
    if let Err(refusal) = staged {
        for path in &journal.texts {
            staged::drop_staged(&real(root, path), journal.number);
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
    // A journal is put in place whole, so one that cannot be read is not ours. Nor is one that leads out of the project: it
    // came with the project.
    let Ok(journal) = serde_json::from_slice::<Journal>(&text) else { return Ok(false) };
    if !stays_inside(root, &journal) {
        return Ok(false);
    }
    finish(root, &journal)?;
    Ok(true)
}

/// Whether nothing outside the project would be touched, by `..` or by a link.
fn stays_inside(root: &Path, journal: &Journal) -> bool {
    let Ok(top) = root.canonicalize() else { return false };
    let moved = journal.moved.iter().flat_map(|(from, to)| [from, to]);
    let mut all = journal.texts.iter().chain(moved);
    all.all(|path| {
        let folder = root.join(path.parent().unwrap_or(path)).canonicalize();
        path.components().all(|part| matches!(part, Component::Normal(_)))
            && folder.is_ok_and(|folder| folder.starts_with(&top))
    })
}

/// Where a file of the project really lies.
fn real(root: &Path, path: &Path) -> PathBuf {
    let file = root.join(path);
    file.canonicalize().unwrap_or(file)
}

/// Writes every new text beside its file.
fn stage(root: &Path, plan: &RenamePlan, sources: &Sources, journal: &mut Journal) -> Result<(), Error> {
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
        staged::stage(&file, new.as_bytes(), journal.number).map_err(refused)?;
        journal.texts.push(PathBuf::from(&**path));
    }
    Ok(())
}

/// Puts the journal in place in one step.
fn note(path: &Path, journal: &Journal) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let text = serde_json::to_vec(journal).map_err(io::Error::other)?;
    staged::replace(path, &text).inspect_err(|_| {
        let _ = fs::remove_dir(folder);
    })
}

fn finish(root: &Path, journal: &Journal) -> io::Result<()> {
    let missing_is_done = |result: io::Result<()>| match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    };
    for path in &journal.texts {
        missing_is_done(staged::take(&real(root, path), journal.number))?;
    }
    if let Some((from, to)) = &journal.moved {
        missing_is_done(fs::rename(root.join(from), root.join(to)))?;
    }
    fs::remove_file(root.join(JOURNAL))?;
    // The folder stays where other things lie in it.
    let _ = root.join(JOURNAL).parent().map(fs::remove_dir);
    Ok(())
}

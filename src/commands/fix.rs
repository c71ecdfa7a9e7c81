//! The repairs of `limber check --fix`: all of a file's or none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::report;
use crate::diagnostics::{Diagnostic, Fix, diff};
use crate::error::Error;
use crate::repairs;

/// Makes the repairs that diagnostics carry, or shows them. Returns how many there are.
///
/// # Errors
/// A sentence that says which file could not be read or written. Files before it are repaired, the others untouched.
pub(super) fn run(root: &Path, diagnostics: &[Diagnostic], dry_run: bool) -> Result<usize, Error> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for fix in diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        if !fix.place.path.starts_with("theme/") {
            by_file.entry(&fix.place.path).or_default().push(fix);
        }
    }
    let mut all = 0;
    for (path, fixes) in by_file {
        let file = root.join(&**path);
        let failed = |error: io::Error| Error::system(format!("`{path}` cannot be repaired: {error}"));
        let old = fs::read_to_string(&file).map_err(failed)?;
        let (new, done) = repairs::apply(&old, &fixes);
        all += done;
        if dry_run {
            report::data(&diff::unified(path, &old, &new));
        } else if done > 0 {
            replace(&file, &new).map_err(failed)?;
            report::say(format!(
                "repaired {path}: {}",
                if done == 1 { "1 place".into() } else { format!("{done} places") }
            ));
        }
    }
    Ok(all)
}

/// Puts a new text in place of a file in one step: whoever is killed or runs out of disk finds the old one whole.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let file = file.canonicalize()?;
    let beside = beside(&file);
    let written = fs::write(&beside, text)
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(&file)?.permissions()))
        .and_then(|()| fs::File::open(&beside)?.sync_all())
        .and_then(|()| fs::rename(&beside, &file));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A name in the same folder, which editors and `load` take for a hidden file.
fn beside(file: &Path) -> PathBuf {
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    file.with_file_name(format!(".{name}.limber-{}", std::process::id()))
}

//! The repairs of `limber check --fix`: all of a file's or none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::report;
use crate::diagnostics::{Diagnostic, Fix, diff};
use crate::error::Error;
use crate::{repairs, staged};

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
            staged::replace(&file, new.as_bytes()).map_err(failed)?;
            report::say(format!("repaired {path}: {}", report::counted(done, "place", "places")));
        }
    }
    Ok(all)
}

//! `limber init`: a small new site that builds.

use std::fs;
use std::io;
use std::path::Path;

use super::{FINE, report};
use crate::error::Error;

/// The files of a new site. They show each thing once: kinds, a relation, a link, a term.
const FILES: &[(&str, &str)] = &[
    ("site.yaml", include_str!("init/site.yaml")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/articles/first-steps.md", include_str!("init/first-steps.md")),
    ("content/topics/writing.md", include_str!("init/writing.md")),
    ("content/terms.yaml", include_str!("init/terms.yaml")),
    ("content/glossary.md", include_str!("init/glossary.md")),
    ("templates/blocks/terms.html", include_str!("init/terms.html")),
    (".gitignore", "/public\n/.limber\n"),
];

pub(super) fn run(dir: &Path, quiet: bool) -> u8 {
    match begin(dir) {
        Ok(()) => {
            if !quiet {
                report::say(format!("a new site lies in {}", dir.display()));
                report::say(format!("see it with `limber --root {} serve`", dir.display()));
            }
            FINE
        }
        Err(error) => report::fail(&Error::system(error)),
    }
}

/// Writes the files. A folder that holds anything is left alone.
fn begin(dir: &Path) -> Result<(), String> {
    let failed = |path: &Path, error: &io::Error| format!("`{}` cannot be written: {error}", path.display());
    match fs::read_dir(dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(format!("`{}` is not empty: choose another folder", dir.display()));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(dir, &error)),
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        let folder = path.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        fs::write(&path, text).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

//! What a place needs: files to add, to change, to remove, and those that stay.

use serde_json::{Value, json};

use super::built::BuiltFile;
use crate::error::Error;
use crate::model::site::Catalogue;
use crate::stages::write::Removals;

/// So many files of each sort are named for people; programs get all.
const NAMED: usize = 8;

/// How a file stands at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceContents {
    /// It is not there.
    New,
    /// It is there with other bytes, or otherwise than it should be: why.
    Differs(&'static str),
    /// It is there.
    Same,
}

/// A file that changes, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its path below the root of the site.
    pub path: String,
    /// Why.
    pub reason: &'static str,
}

/// What a place needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are not there.
    pub add: Vec<FileChange>,
    /// Files that are there, but otherwise.
    pub change: Vec<FileChange>,
    /// Files that were published before, and are no part of the site any more.
    pub remove: Vec<FileChange>,
    /// How many files stay.
    pub keep: usize,
    /// How many bytes have to be written.
    pub bytes: u64,
    losses: Removals,
}

impl Changes {
    /// Compares a site with a place. `before` are the files that were published there before, sorted.
    pub fn new(files: &[BuiltFile], before: &[String], standing: impl Fn(&BuiltFile) -> PlaceContents) -> Self {
        let mut changes = Self::default();
        for file in files {
            let change = |reason| FileChange { path: file.path.clone(), reason };
            match standing(file) {
                PlaceContents::New => changes.add.push(change("new")),
                PlaceContents::Differs(reason) => changes.change.push(change(reason)),
                PlaceContents::Same => {
                    changes.keep += 1;
                    continue;
                }
            }
            changes.bytes += file.length;
        }
        let is_built = |path: &str| files.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok();
        for path in before {
            let (is_page, gone) = (path.ends_with(".html"), !is_built(path));
            changes.losses.pages += usize::from(is_page);
            changes.losses.gone += usize::from(is_page && gone);
            changes.losses.home |= gone && path == "index.html";
            if gone {
                changes.remove.push(FileChange { path: path.clone(), reason: "no part of the site any more" });
            }
        }
        changes
    }

    /// Whether everything is as it should be.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.change.is_empty() && self.remove.is_empty()
    }

    /// Whether a file has to be written.
    pub fn writes(&self, path: &str) -> bool {
        let is_among =
            |changes: &[FileChange]| changes.binary_search_by(|change| change.path.as_str().cmp(path)).is_ok();
        is_among(&self.add) || is_among(&self.change)
    }

    /// Refuses what would empty the place.
    ///
    /// # Errors
    /// Where the site has no entries, or too much of what is there would be gone.
    pub fn check_removals(&self, site: &Catalogue) -> Result<(), Error> {
        let help = "look whether `content/` is whole; if it is, publish with `--allow-removals`";
        site.emptiness().or_else(|| self.losses.refusal()).map_or(Ok(()), |what| Err(Error::content(what).help(help)))
    }

    /// For people: a line for each sort of change, with the first files below it.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for (word, changes) in self.sorts() {
            text.push_str(&format!("  {word:<7}{:>6}\n", changes.len()));
            for FileChange { path, reason } in changes.iter().take(NAMED) {
                text.push_str(&format!("           {path}: {reason}\n"));
            }
            if changes.len() > NAMED {
                text.push_str(&format!("           and {} more\n", changes.len() - NAMED));
            }
        }
        text.push_str(&format!("  {:<7}{:>6}\n", "keep", self.keep));
        text
    }

    /// For programs: everything.
    pub fn json(&self) -> Value {
        let list = |changes: &[FileChange]| -> Vec<Value> {
            changes.iter().map(|change| json!({"path": change.path, "reason": change.reason})).collect()
        };
        json!({
            "add": list(&self.add),
            "change": list(&self.change),
            "remove": list(&self.remove),
            "keep": self.keep,
            "bytes": self.bytes,
        })
    }

    fn sorts(&self) -> [(&'static str, &[FileChange]); 3] {
        [("add", &self.add), ("change", &self.change), ("remove", &self.remove)]
    }
}

//! `limber rename`: a new name for an entry, a heading or a work, wherever the site uses the old one.
//!
//! What is changed follows from the resolved site and not from a search of texts: the edges, links, citations and data that
//! were found to mean the thing. Each change replaces the bytes of the name and no others, so that every link keeps the form
//! in which it was written. [`confirm`] puts the site together as it would be; [`files`] writes all of it or nothing.

mod check;
mod data;
mod definitions;
mod entries;
pub mod files;
mod headings;
mod redirects;
mod target;
mod works;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::Fix;
use crate::error::Error;
use crate::model::site::{EntryId, Site};
use crate::model::source::Sources;
use crate::repairs;
use crate::span::Place;

pub use check::confirm;
pub use target::target;

/// What gets a new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameTarget {
    /// An entry: its slug, and with it its file or its key in a data file.
    Entry(EntryId),
    /// The heading of an entry with this id.
    Heading(EntryId, String),
    /// The work of the bibliography with this key.
    Work(String),
}

/// A file or folder with a new path. Both are relative to the project folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it lies.
    pub from: String,
    /// Where it is going to lie.
    pub to: String,
}

/// Everything that a new name changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenamePlan {
    /// The changes of each file, by its path before the move.
    pub edits: BTreeMap<Arc<str>, Vec<Fix>>,
    /// The file or folder that is moved after its texts were changed.
    pub moved: Option<Move>,
    /// The address that now leads to the new one.
    pub redirect: Option<String>,
}

/// Finds everything that a new name changes.
///
/// # Errors
/// Where the name cannot be one, is taken, or what has the old one cannot be renamed.
pub fn plan(site: &Site, sources: &Sources, target: &RenameTarget, name: &str) -> Result<RenamePlan, Error> {
    let mut edits = Edits { site, sources, all: Vec::new() };
    let (moved, redirect) = match target {
        RenameTarget::Entry(id) => entries::rename(&mut edits, *id, name)?,
        RenameTarget::Heading(id, old) => {
            headings::rename(&mut edits, *id, old, name)?;
            (None, None)
        }
        RenameTarget::Work(key) => {
            works::rename(&mut edits, key, name)?;
            (None, None)
        }
    };
    let mut plan = RenamePlan { edits: BTreeMap::new(), moved, redirect };
    for fix in edits.all {
        let of_file = plan.edits.entry(fix.place.path.clone()).or_default();
        if !of_file.contains(&fix) {
            of_file.push(fix);
        }
    }
    Ok(plan)
}

impl RenamePlan {
    /// A text of the project with the changes of its file.
    pub fn applied(&self, path: &str, text: &str) -> Option<String> {
        let fixes: Vec<&Fix> = self.edits.get(path)?.iter().collect();
        Some(repairs::apply(text, &fixes).0)
    }

    /// How many places are changed.
    pub fn places(&self) -> usize {
        self.edits.values().map(Vec::len).sum()
    }

    /// The path that a file of the project has afterwards.
    pub fn path_after(&self, path: &str) -> String {
        let moved = self.moved.as_ref().and_then(|moved| Some((moved, path.strip_prefix(moved.from.as_str())?)));
        match moved {
            Some((moved, rest)) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", moved.to),
            _ => path.to_string(),
        }
    }
}

/// The changes found so far.
struct Edits<'a> {
    site: &'a Site,
    sources: &'a Sources,
    all: Vec<Fix>,
}

impl Edits<'_> {
    /// The text at a place. Nothing stands in what is built in, and that cannot be changed.
    fn text(&self, place: &Place) -> Option<&str> {
        self.sources.text(&place.path)?.text.get(place.range())
    }

    /// Changes a part of a place: `part` counts from its beginning.
    fn replace(&mut self, place: &Place, part: std::ops::Range<usize>, replacement: impl Into<String>) {
        let start = place.range().start;
        let place = Place::new(&place.path, start + part.start..start + part.end);
        let was = self.text(&place).unwrap_or_default().to_string();
        let replacement = replacement.into();
        if was != replacement {
            self.all.push(Fix { place, was, replacement });
        }
    }

    /// Puts a text before a place.
    fn insert(&mut self, path: &Arc<str>, at: usize, text: String) {
        self.all.push(Fix { place: Place::new(path, at..at), was: String::new(), replacement: text });
    }
}

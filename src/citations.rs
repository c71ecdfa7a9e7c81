//! The bibliography: the works that pages may cite, read from Hayagriva YAML or BibTeX.

#[cfg(feature = "citations")]
mod bibtex;
#[cfg(feature = "citations")]
mod declared;
#[cfg(feature = "citations")]
mod doi;
#[cfg(feature = "citations")]
mod hayagriva;
#[cfg(feature = "citations")]
mod outline;
#[cfg(feature = "citations")]
mod piece;
#[cfg(feature = "citations")]
mod problems;
#[cfg(feature = "citations")]
mod reading;
#[cfg(feature = "citations")]
mod retractions;
#[cfg(feature = "citations")]
mod said;
pub mod status;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use status::Standing;

use crate::diagnostics::Diagnostic;
use crate::span::Place;

/// Where the bibliography lies.
pub const BIBLIOGRAPHY: &str = "content/sources.yaml";

/// Where the bibliography lies that another program keeps, in BibTeX or BibLaTeX.
pub const BIBTEX: &str = "content/sources.bib";

/// Whether a file of the content is the bibliography.
pub fn is_bibliography(path: &str) -> bool {
    path == BIBLIOGRAPHY || path == BIBTEX
}

/// The works that pages may cite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bibliography {
    /// Every work that could be read, by its key.
    pub works: BTreeMap<String, Work>,
    /// Keys that the file has, but whose work could not be read. Each has a diagnostic of its own, or shares one.
    pub unreadable: BTreeSet<String>,
    /// The file could not be read as YAML, so its keys are unknown.
    pub broken: bool,
    /// The file, where there is one.
    pub file: Option<Arc<str>>,
}

impl Bibliography {
    /// Whether a citation of this key is no fault of the page: the work is there, or the bibliography has already
    /// been reported for its absence. One cause, one diagnostic.
    pub fn answers_to(&self, key: &str) -> bool {
        self.broken || self.works.contains_key(key) || self.unreadable.contains(key)
    }
}

/// A work that pages may cite: an article, a leaflet, a book.
///
/// All texts but [`Work::reference`] are plain and still have to be escaped for HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What stands behind the `@` of a citation.
    pub key: String,
    /// The key in the file.
    pub place: Place,
    /// The title; that of the journal or book around the work, or else the key, where the work has none of its own.
    pub title: String,
    /// Who wrote it: `Holly Louisa Davis`, or the name of an organisation.
    pub authors: Vec<String>,
    /// The year of publication, as people write it.
    pub year: Option<String>,
    /// The date in ISO form as far as it is known: `2020`, `2020-05` or `2020-05-07`.
    pub date: Option<String>,
    /// The journal, book or site that it appeared in.
    pub container: Option<String>,
    /// The volume of the journal.
    pub volume: Option<String>,
    /// The issue of the journal.
    pub issue: Option<String>,
    /// The pages, or the number that an online journal gives instead.
    pub pages: Option<String>,
    /// The DOI alone: `10.1136/bmjsem-2019-000614`.
    pub doi: Option<String>,
    /// Where to read it, always `https`: the work's own `url`, else the address of its DOI.
    pub url: Option<String>,
    /// What sort of study it is and how large: `Review, 29 trials, 1,012 people`; from `genre` and `note`.
    pub kind: Option<String>,
    /// What has become of it, as far as anybody has said; nothing is not the same as nothing wrong.
    pub standing: Option<Standing>,
    /// The formatted reference: safe HTML with no elements but `a`, `sub` and `sup`.
    pub reference: String,
}

/// Reads a bibliography. A work that cannot be read is left out and reported; the others stay.
#[cfg(feature = "citations")]
pub fn parse(path: &Arc<str>, text: &str) -> (Bibliography, Vec<Diagnostic>) {
    let read = if path.ends_with(".bib") { bibtex::read } else { reading::read };
    let (mut bibliography, mut diagnostics) = read(path, text);
    if !path.ends_with(".bib") {
        diagnostics.extend(declared::statuses(path, text, &mut bibliography));
    }
    (Bibliography { file: Some(path.clone()), ..bibliography }, diagnostics)
}

#[cfg(feature = "citations")]
pub use retractions::listed as retracted;

/// What a file of retracted works says of the works of a bibliography: nothing, where there is none.
///
/// # Errors
/// Never.
#[cfg(not(feature = "citations"))]
pub fn retracted(
    _: &Arc<str>,
    _: &str,
    _: &Bibliography,
) -> Result<BTreeMap<String, Standing>, Box<crate::diagnostics::Diagnostic>> {
    Ok(BTreeMap::new())
}

/// Says that this build cannot read bibliographies, if there is anything to read.
#[cfg(not(feature = "citations"))]
pub fn parse(path: &Arc<str>, text: &str) -> (Bibliography, Vec<Diagnostic>) {
    let text = text.trim_start_matches('\u{feff}');
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return (Bibliography::default(), Vec::new());
    }
    let missing = Diagnostic::new(
        crate::diagnostics::Code::BibliographyInvalid,
        Place::whole(path),
        "this build of limber cannot read bibliographies",
    )
    .help("build it with `cargo build --features citations`");
    (Bibliography { broken: true, ..Bibliography::default() }, vec![missing])
}

#[cfg(test)]
mod tests;

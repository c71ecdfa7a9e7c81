//! The index of the search page: files that its script fetches while the reader types.
//!
//! It is made from the texts in memory, never from pages: words (`words`), the entries in which they stand with a score that
//! is worked out here, and the names in which they stand. `theme/static/find.js` adds up and ranks. It cuts a question into
//! words by the rules of the program, which a test compares over all letters: no part of it depends on what a browser brings.
//! Names of files follow from their bytes, so that a page that is open and one that is fetched anew never mix two indexes.

mod files;
mod fillers;
mod postings;
mod texts;
pub mod words;

use crate::engine::DrawableSite;
use crate::hash::{Hash, Hasher};
use crate::model::site::{EntryId, Site};
use files::Put;
use postings::Postings;

/// The folder of the index, below the base path.
pub const FOLDER: &str = "search-index/";

/// Whether a site has an index: it has a search page, and that is not declared to do without.
pub fn wanted(site: &Site) -> bool {
    site.schema.pages.search.is_some() && site.schema.pages.search_index
}

/// Makes the index of all entries that are no drafts, and hands over its files. The same site makes the same bytes.
///
/// # Errors
/// Those of `put`.
pub fn index<E>(site: &Site, put: &mut Put<'_, E>) -> Result<(), E> {
    let ids: Vec<EntryId> = site.ids().filter(|id| !site.entry(*id).doc.draft).collect();
    let mut postings = Postings::new(site, &ids);
    files::write(site, &ids, &mut postings, put)
}

/// The hash of everything that the index is made from, and of the program.
pub fn key(ready: &DrawableSite) -> Hash {
    let site = &ready.site;
    let mut hasher = Hasher::new();
    hasher.hash(&ready.environment).hash(&site.schema.hash);
    let mut file = None;
    for entry in &site.entries {
        let doc = &entry.doc;
        // All items of a data file hold its whole text.
        if file != Some(doc.path()) {
            hasher.text(doc.yaml.text());
            file = Some(doc.path());
        }
        hasher.text(&entry.url).text(&doc.body.html);
        // These may stand in the text, from which they are taken.
        hasher.text(&doc.title).text(doc.short_title.as_deref().unwrap_or_default()).number(doc.aliases.len() as u64);
        for alias in &doc.aliases {
            hasher.text(alias);
        }
    }
    hasher.finish()
}

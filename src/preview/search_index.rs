//! The index of the search page, made only when somebody searches.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;

use crate::engine::Ready;
use crate::hash::Hash;
use crate::search;

/// The last index that was made, and the hash of what it was made from.
#[derive(Default)]
pub struct SearchIndex(Mutex<Option<(Hash, Files)>>);

/// The files of an index, by their paths.
type Files = Arc<BTreeMap<String, Bytes>>;

impl SearchIndex {
    /// A file of the index. Makes the index anew where the site has changed since; none where it cannot be made.
    pub fn file(&self, ready: &Ready, url: &str) -> Option<Bytes> {
        let path = url.trim_start_matches('/');
        let schema = &ready.site.schema;
        if !path.starts_with(search::FOLDER) || schema.pages.search.is_none() || !schema.pages.search_index {
            return None;
        }
        self.files(ready)?.get(path).cloned()
    }

    fn files(&self, ready: &Ready) -> Option<Files> {
        let records = search::records(&ready.site);
        let key = search::key(&records);
        // Held while the index is made: whoever else searches waits for the same one.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, files)) = last.as_ref().filter(|(known, _)| *known == key) {
            return Some(files.clone());
        }
        let made = search::index(&records, &ready.site.schema.language).ok()?;
        let files: Files = Arc::new(made.into_iter().map(|(path, bytes)| (path, Bytes::from(bytes))).collect());
        *last = Some((key, Arc::clone(&files)));
        Some(files)
    }
}

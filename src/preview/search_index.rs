//! The index of the search page, made on the first search.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;

use crate::engine::DrawableSite;
use crate::model::site::Site;
use crate::search;

/// The last index that was made, and the site that it was made from.
#[derive(Default)]
pub struct SearchIndex(Mutex<Option<(Arc<Site>, IndexFiles)>>);

/// The files of an index, by their paths.
type IndexFiles = Arc<BTreeMap<String, Bytes>>;

impl SearchIndex {
    /// A file of the index. Makes the index anew where the site has changed since.
    pub fn file(&self, ready: &DrawableSite, url: &str) -> Option<Bytes> {
        let path = url.trim_start_matches('/');
        if !path.starts_with(search::FOLDER) || !search::wanted(&ready.site) {
            return None;
        }
        self.files(&ready.site).get(path).cloned()
    }

    fn files(&self, site: &Arc<Site>) -> IndexFiles {
        // Held while the index is made: whoever else searches waits for the same one.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, files)) = last.as_ref().filter(|(known, _)| Arc::ptr_eq(known, site)) {
            return files.clone();
        }
        let mut files = BTreeMap::new();
        let Ok(()) = search::index(site, &mut |path, bytes| {
            files.insert(path, Bytes::from(bytes));
            Ok::<_, Infallible>(())
        });
        let files = Arc::new(files);
        *last = Some((site.clone(), Arc::clone(&files)));
        files
    }
}

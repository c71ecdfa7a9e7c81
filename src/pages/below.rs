//! What lies directly below a page that stands for its folder.

use rustc_hash::FxHashMap;

use crate::links;
use crate::model::site::{EntryId, Site};

/// The entries below each one that stands for a folder: those in the folder, and those in folders in it for which none stands.
#[derive(Default)]
pub struct EntriesBelow(FxHashMap<EntryId, Vec<EntryId>>);

impl EntriesBelow {
    /// Those of a site, each in the order of its kind.
    pub fn new(site: &Site) -> Self {
        let mut of_folder: FxHashMap<&str, EntryId> = FxHashMap::default();
        for id in site.ids().filter(|id| stands_for_folder(site, *id)) {
            of_folder.entry(folder_of(site.entry(id).doc.path())).or_insert(id);
        }
        let mut below: FxHashMap<EntryId, Vec<EntryId>> = FxHashMap::default();
        let with_pages = site.schema.kind_ids().filter(|kind| !site.schema.kind(*kind).anchored());
        for id in with_pages.flat_map(|kind| site.listed(kind)) {
            let folder = Some(folder_of(site.entry(id).doc.path()));
            let mut folders =
                std::iter::successors(folder, |folder| Some(folder_of(folder)).filter(|_| !folder.is_empty()));
            let above = folders.find_map(|folder| of_folder.get(folder).filter(|above| **above != id));
            if let Some(above) = above {
                below.entry(*above).or_default().push(id);
            }
        }
        Self(below)
    }

    /// What lies below an entry.
    pub fn of(&self, id: EntryId) -> &[EntryId] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Whether the file of an entry stands for its folder.
pub fn stands_for_folder(site: &Site, id: EntryId) -> bool {
    links::stands_for_folder(&site.entry(id).doc)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

//! What each sort of page hands to its template, one small file per sort.

pub mod a_z;
mod below;
mod declared;
mod embeds;
pub mod entry;
mod facets;
pub mod feed;
mod fill;
mod frame;
pub mod graph;
pub mod home;
pub mod index;
mod json_ld;
mod length;
mod listed;
pub mod matrix;
pub mod navigation;
pub mod other;
mod own_ids;
pub mod paging;
mod plain;
pub mod related;
pub mod signed;
pub mod sitemap;
pub mod sources;
mod theme;
pub mod twin;
pub mod value;

use std::collections::HashSet;
use std::sync::OnceLock;

pub use a_z::AToZ;
use below::EntriesBelow;
use facets::Regrouped;
pub use frame::site_value;
pub use json_ld::site_nodes;
use navigation::NavigationFolders;
pub use own_ids::settle;
pub use sources::{Works, works};
pub use theme::{MenuTarget, is_draft, is_held_back, target};
pub use value::{Tag, Tags};

use crate::model::plan::Plan;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;
use crate::templates::{DrawError, Shared, ShownValue, Templates, hash_of};

/// Everything that pages may be made from.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The site.
    pub site: &'a Site,
    /// All pages.
    pub plan: &'a Plan,
    /// The templates, for data blocks.
    pub templates: &'a Templates,
    /// What every template sees as `site`.
    pub site_value: &'a ShownValue,
    /// What the structured data of every page says of the site.
    pub site_nodes: &'a str,
    /// The works that pages cite, as they show them.
    pub works: &'a Works,
    /// The cards of all entries and works with their hashes, made on first use.
    pub shared: &'a OnceLock<Shared>,
    /// What is gathered from all entries.
    pub lists: &'a SiteLists,
    /// Whether the texts that are drawn stand on the page of another entry.
    pub apart: bool,
}

impl<'a> Drawing<'a> {
    /// What many pages show, with its hashes.
    pub fn shared(&self) -> &Shared {
        self.shared.get_or_init(|| {
            let cards = self.site.entries.iter().map(|entry| (&entry.card.value, entry.card.hash));
            Shared::new(cards.chain(self.works.values().map(|work| (work, hash_of(work)))))
        })
    }

    /// The names of all entries by letter.
    fn a_z(&self) -> &AToZ {
        self.lists.a_z(self.site)
    }

    /// The values of all free lists.
    fn tags(&self) -> &Tags {
        self.lists.tags(self.site)
    }

    /// The latest of the days on which an entry of each kind is said to have changed, by the number of the kind.
    fn changed(self) -> &'a [Option<Date>] {
        let latest = |kind| self.site.entries_of(kind).filter_map(|id| json_ld::changed(self, id)).max();
        self.lists.changed.get_or_init(|| self.site.schema.kind_ids().map(latest).collect())
    }
}

/// What is gathered from all entries once a page has asked for it.
#[derive(Default)]
pub struct SiteLists {
    names: OnceLock<AToZ>,
    tags: OnceLock<Tags>,
    folders: OnceLock<NavigationFolders>,
    below: OnceLock<EntriesBelow>,
    regrouped: OnceLock<Regrouped>,
    changed: OnceLock<Vec<Option<Date>>>,
    sequences: OnceLock<Vec<usize>>,
}

impl SiteLists {
    /// The names of all entries by letter.
    pub fn a_z(&self, site: &Site) -> &AToZ {
        self.names.get_or_init(|| AToZ::new(site))
    }

    /// The values of all free lists.
    pub fn tags(&self, site: &Site) -> &Tags {
        self.tags.get_or_init(|| Tags::new(site))
    }

    /// The folders of the kinds that have their entries beside each page.
    fn folders(&self, site: &Site) -> &NavigationFolders {
        self.folders.get_or_init(|| NavigationFolders::new(site))
    }

    /// How many entries of each kind follow one another: all, or those that its contents list, which come first.
    fn sequences(&self, site: &Site) -> &[usize] {
        let length = |kind| {
            let listed: HashSet<&str> = site.schema.kind(kind).listed_paths().map(|(path, _)| path).collect();
            let (all, folder) = (site.in_order_of(kind), site.schema.folder_of(kind));
            let is_listed = |id: &EntryId| {
                site.entry(*id).doc.path().strip_prefix(folder).is_some_and(|path| listed.contains(path))
            };
            if listed.is_empty() { all.len() } else { all.partition_point(is_listed) }
        };
        self.sequences.get_or_init(|| site.schema.kind_ids().map(length).collect())
    }

    /// How many rows a regrouped index of a kind has: an entry may stand in several groups.
    pub fn rows(&self, site: &Site, kind: KindId, number: usize) -> usize {
        self.regrouped(site).of(kind, number).map_or(0, facets::rows)
    }

    /// The groups of a regrouped index without pages of their own that make an address which another one has, each with that one.
    pub fn sharing_groups(&self, site: &Site, kind: KindId, number: usize) -> Vec<(Tag, Tag)> {
        let groups = self.regrouped(site).of(kind, number).unwrap_or_default();
        value::sharing_groups(site, kind, number, groups)
    }

    /// The groups of all regrouped indexes.
    fn regrouped(&self, site: &Site) -> &Regrouped {
        self.regrouped.get_or_init(|| Regrouped::new(site))
    }

    /// What lies below the entries that stand for their folders.
    fn below(&self, site: &Site) -> &EntriesBelow {
        self.below.get_or_init(|| EntriesBelow::new(site))
    }
}

/// A data block that could not be drawn: where it stands in the Markdown, and why.
pub struct BlockError {
    /// The data block.
    pub place: crate::span::Place,
    /// Why the template failed.
    pub error: DrawError,
}

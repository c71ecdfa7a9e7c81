//! What each sort of page hands to its template, one small file per sort.

pub mod a_z;
pub mod entry;
mod facets;
pub mod feed;
mod fill;
mod frame;
pub mod graph;
pub mod index;
mod json_ld;
mod length;
pub mod matrix;
pub mod other;
mod own_ids;
pub mod paging;
pub mod related;
pub mod sitemap;
pub mod sources;

use std::sync::OnceLock;

pub use a_z::AToZ;
pub use frame::site_value;
pub use json_ld::site_nodes;
pub use own_ids::settle;
pub use sources::{Works, works};

use crate::model::plan::Plan;
use crate::model::site::Site;
use crate::templates::{DrawError, Shared, Templates, Value, hash_of};

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
    pub site_value: &'a Value,
    /// What the structured data of every page says of the site.
    pub site_nodes: &'a str,
    /// The works that pages cite, as they show them.
    pub works: &'a Works,
    /// The cards of all entries and works with their hashes, once somebody has asked for them.
    pub shared: &'a OnceLock<Shared>,
    /// The names of all entries, once a page has asked for them.
    pub names: &'a OnceLock<AToZ>,
    /// Whether the texts that are drawn stand on the page of another entry.
    pub apart: bool,
}

impl Drawing<'_> {
    /// What many pages show, with its hashes.
    pub fn shared(&self) -> &Shared {
        self.shared.get_or_init(|| {
            let cards = self.site.entries.iter().map(|entry| (&entry.card.value, entry.card.hash));
            Shared::new(cards.chain(self.works.values().map(|work| (work, hash_of(work)))))
        })
    }

    /// The names of all entries by letter.
    fn a_z(&self) -> &AToZ {
        self.names.get_or_init(|| AToZ::new(self.site))
    }
}

/// A data block that could not be drawn: where it stands in the Markdown, and why.
pub struct BlockError {
    /// The data block.
    pub place: crate::span::Place,
    /// Why the template failed.
    pub error: DrawError,
}

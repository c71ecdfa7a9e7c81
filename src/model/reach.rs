//! How entries reach each other: relations, links and mentions taken together.

use crate::model::site::{EntryId, Site};

/// How many other entries lead to an entry, and to how many it leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Entries whose page leads here.
    pub inward: usize,
    /// Entries to which the page leads.
    pub outward: usize,
}

/// The reach of every entry, in their order. A relation leads both ways, since both pages show it.
pub fn reaches(site: &Site) -> Vec<Reach> {
    let mut reaches = vec![Reach::default(); site.entries.len()];
    let mut across = Vec::new();
    for id in site.ids() {
        let entry = site.entry(id);
        for (relation, end, _) in site.schema.sides_of(entry.doc.kind) {
            across.extend(site.graph.edges(relation).of(id, end).map(|edge| edge.across(id)));
        }
        for text in site.references(id).texts.iter() {
            across.extend(text.links.iter().filter_map(|link| link.entry));
            across.extend(text.mentions.iter().map(|(_, to)| *to));
        }
        across.sort_unstable();
        across.dedup();
        for to in across.drain(..).filter(|to| *to != id) {
            reaches[id.0 as usize].outward += 1;
            reaches[to.0 as usize].inward += 1;
        }
    }
    reaches
}

/// Whether an entry has a page of its own that readers should find their way to and from. Standalone pages do not count:
/// menus lead to them.
pub fn has_page(site: &Site, id: EntryId) -> bool {
    let kind = site.entry(id).doc.kind;
    kind != site.schema.page_kind() && !site.schema.kind(kind).anchored()
}

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
    let mut steps: Vec<(EntryId, EntryId)> = Vec::new();
    for edge in site.graph.relations.iter().flat_map(|edges| &edges.all) {
        steps.extend([(edge.one, edge.other), (edge.other, edge.one)]);
    }
    for id in site.ids() {
        for text in &site.entry(id).texts {
            steps.extend(text.links.iter().filter_map(|link| link.entry).map(|to| (id, to)));
            steps.extend(text.mentions.iter().map(|(_, to)| (id, *to)));
        }
    }
    steps.retain(|(from, to)| from != to);
    steps.sort_unstable();
    steps.dedup();
    let mut reaches = vec![Reach::default(); site.entries.len()];
    for (from, to) in steps {
        reaches[from.0 as usize].outward += 1;
        reaches[to.0 as usize].inward += 1;
    }
    reaches
}

/// Whether an entry has a page of its own that readers should find their way to and from. Standalone pages do not count:
/// menus lead to them.
pub fn has_page(site: &Site, id: EntryId) -> bool {
    let kind = site.entry(id).doc.kind;
    kind != site.schema.page_kind() && !site.schema.kind(kind).anchored()
}

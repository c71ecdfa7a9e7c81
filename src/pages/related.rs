//! All entries that are related to one, where they are too many for its own page.

use super::paging::{self, ListPage};
use super::{
    Drawing, entry,
    fill::Numbers,
    frame::{self, Frame},
};
use crate::model::relation::Side;
use crate::model::site::{EntryId, Site};
use crate::templates::{Values, count, list, map};

/// What the template of such a list sees. `side` is the number of the relation among those of the entry's kind.
pub fn values(drawing: Drawing<'_>, id: EntryId, side: usize, number: usize, url: &str) -> Values {
    let site = drawing.site;
    let entry = site.entry(id);
    let mut values = Values::default();
    let Some((relation, end, declared)) = site.schema.sides_of(entry.doc.kind).nth(side) else { return values };
    let edges = site.graph.edges(relation).of(id, end);
    let part = ListPage::of(edges.len(), site.schema.pages.per_page, number);
    let shown = edges.skip(part.range.start).take(part.range.len());
    let shown = shown.map(|edge| entry::shown_edge(drawing, relation, id, edge, &Numbers::default()));
    let title = part.title(&format!("{}: {}", entry.doc.name(), declared.label), &site.schema.texts);
    let mut frame = Frame::of_entry(drawing, id);
    frame.crumbs.push((declared.label.clone(), url.to_string()));
    frame.title = title;
    frame.sort = "related";
    let base = &site.schema.base_url;
    values.set("page", frame::page(drawing, url, frame));
    values.set("entry", entry.card.value.clone());
    values.set(
        "relation",
        map([
            ("key", declared.key.as_str().into()),
            ("label", declared.label.as_str().into()),
            ("relation", count(usize::from(relation.0))),
        ]),
    );
    values.set("edges", list(shown));
    values.set("pagination", paging::value(base, &first_url(&entry.url, declared), &part));
    values
}

/// The relations of an entry that have more edges than its page shows: the number of each among those of its kind, its URL,
/// and how many edges it has.
pub fn long(site: &Site, id: EntryId) -> Vec<(usize, String, usize)> {
    let entry = site.entry(id);
    if site.schema.kind(entry.doc.kind).anchored() {
        return Vec::new();
    }
    let sides = site.schema.sides_of(entry.doc.kind).enumerate();
    let counted = sides.map(|(at, (relation, end, side))| (at, side, site.graph.edges(relation).of(id, end).len()));
    let long = counted.filter(|(.., count)| *count > site.schema.pages.per_page);
    long.map(|(at, side, count)| (at, first_url(&entry.url, side), count)).collect()
}

/// The URL of the whole list of one relation of an entry.
fn first_url(entry_url: &str, side: &Side) -> String {
    format!("{}/{}/", entry_url.trim_end_matches('/'), crate::url::slug(&side.key.replace('_', "-")))
}

/// Where the whole list of a relation is, if it has a page.
pub(super) fn url_of(drawing: Drawing<'_>, id: EntryId, side: &Side) -> Option<String> {
    let entry = drawing.site.entry(id);
    let own_page = !drawing.site.schema.kind(entry.doc.kind).anchored();
    own_page.then(|| drawing.site.schema.base_url.rooted(&first_url(&entry.url, side)))
}

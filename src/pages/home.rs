//! The home page: what the site has.

use super::index::grouped_by;
use super::value;
use super::{
    Drawing,
    frame::{self, Frame},
};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;
use crate::templates::{ShownValue, Values, count, list, map, none};

/// How many of the newest and of the most linked entries are shown.
const MOST: usize = 6;
/// How many values of a free list are shown.
const MOST_TAGS: usize = 30;

/// What the template of a generated home page sees.
pub fn values(drawing: Drawing<'_>, url: &str) -> Values {
    let schema = &drawing.site.schema;
    let mut frame = Frame::made(drawing.site, "home", &schema.title, url);
    frame.crumbs.truncate(1);
    frame.description.clone_from(&schema.description);
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("entry", none());
    values.set("home", value(drawing));
    values
}

/// Kinds, newest and most linked entries, and tags.
fn value(drawing: Drawing<'_>) -> ShownValue {
    let site = drawing.site;
    let card = |id: &EntryId| site.entry(*id).card.value.clone();
    let (newest, linked) = (newest(site), most_linked(site));
    // Where nothing is dated and nothing much linked, the first entries of each kind are all there is to show.
    let first = if newest.is_empty() && linked.is_empty() { MOST } else { 0 };
    let linked = linked.iter().map(|(id, links)| map([("entry", card(id)), ("count", count(*links))]));
    map([
        ("kinds", kinds(site, first)),
        ("newest", list(newest.iter().map(card))),
        ("linked", list(linked)),
        ("tags", list(site.schema.kind_ids().flat_map(|id| tags(drawing, id)))),
        ("navigation", drawing.lists.folders(site).of_home(site, None)),
    ])
}

/// The same for a written home page: nothing that changes with every entry, unless no kind has a list to which it could lead.
pub(super) fn beside_text(drawing: Drawing<'_>, id: EntryId) -> ShownValue {
    let site = drawing.site;
    let card = |id: &EntryId| site.entry(*id).card.value.clone();
    let (newest, tags) = match has_lists(site) {
        true => (Vec::new(), Vec::new()),
        false => (newest(site), site.schema.kind_ids().flat_map(|id| tags(drawing, id)).collect()),
    };
    let newest = list(newest.iter().filter(|id| *site.entry(**id).url != *"/").map(card));
    let navigation = drawing.lists.folders(site).of_home(site, Some(id));
    map([
        ("kinds", kinds(site, 0)),
        ("newest", newest),
        ("linked", list([])),
        ("tags", list(tags)),
        ("navigation", navigation),
    ])
}

/// Whether any kind has a list to which the home page could lead.
pub(super) fn has_lists(site: &Site) -> bool {
    site.schema.kind_ids().any(|id| site.schema.kind(id).index.is_some() && site.entries_of(id).len() > 0)
}

/// The kinds that have an index and any entry, each with so many of its first entries.
fn kinds(site: &Site, first: usize) -> ShownValue {
    let base = &site.schema.base_url;
    list(site.schema.kind_ids().filter_map(|id| {
        let kind = site.schema.kind(id);
        let index = kind.index.as_ref()?;
        let entries = site.entries_of(id).len();
        (entries > 0).then(|| {
            map([
                ("title", kind.title.as_str().into()),
                ("url", base.rooted(&index.url).into()),
                ("count", count(entries)),
                ("intro", index.intro.as_str().into()),
                ("entries", list(site.listed(id).into_iter().take(first).map(|id| site.entry(id).card.value.clone()))),
            ])
        })
    }))
}

/// The entries with the latest dates; those of one day in the order of their titles.
fn newest(site: &Site) -> Vec<EntryId> {
    let dated = |id: EntryId| {
        let doc = &site.entry(id).doc;
        doc.date.or(doc.updated)
    };
    let mut all: Vec<(Date, EntryId)> = listed(site).filter_map(|id| Some((dated(id)?, id))).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| site.entry(a.1).doc.title.cmp(&site.entry(b.1).doc.title)));
    all.into_iter().take(MOST).map(|(_, id)| id).collect()
}

/// The entries to which most other pages lead, by relations or by links in their texts.
fn most_linked(site: &Site) -> Vec<(EntryId, usize)> {
    let links = |id: EntryId| {
        let entry = site.entry(id);
        let sides = site.schema.sides_of(entry.doc.kind);
        let mut from: Vec<EntryId> = sides
            .flat_map(|(relation, end, _)| site.graph.edges(relation).of(id, end).map(move |edge| edge.across(id)))
            .chain(site.references(id).linked_from.iter().copied())
            .collect();
        from.sort_unstable();
        from.dedup();
        from.len()
    };
    let mut all: Vec<(EntryId, usize)> =
        listed(site).map(|id| (id, links(id))).filter(|(_, links)| *links > 1).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| site.entry(a.0).doc.title.cmp(&site.entry(b.0).doc.title)));
    all.truncate(MOST);
    all
}

/// The entries of all kinds but standalone pages.
fn listed(site: &Site) -> impl Iterator<Item = EntryId> {
    site.ids().filter(|id| site.entry(*id).doc.kind != site.schema.page_kind())
}

/// The free lists of a kind, each with its most frequent values.
fn tags(drawing: Drawing<'_>, kind: KindId) -> Vec<ShownValue> {
    let site = drawing.site;
    let declared = site.schema.kind(kind);
    let regroups = declared.regroup_by.iter().enumerate();
    let shown = regroups.filter_map(|(number, regroup)| {
        let mut values: Vec<_> = drawing.tags().of(kind, number)?.iter().collect();
        values.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.title.cmp(&b.title)));
        values.truncate(MOST_TAGS);
        let base = &site.schema.base_url;
        // Two kinds with tags: each says whose they are.
        let alone = site.schema.kind_ids().all(|other| {
            other == kind || site.schema.kind(other).regroup_by.iter().all(|other| other.title != regroup.title)
        });
        let title = if alone { regroup.title.clone() } else { grouped_by(site, "grouped-by", declared, regroup) };
        Some(map([
            ("title", title.into()),
            ("values", list(values.iter().map(|value| value::link(base, value, false)))),
        ]))
    });
    shown.collect()
}

//! The bibliography with the pages that cite each work.

use std::collections::BTreeMap;

use super::{
    Drawing,
    frame::{self, Frame},
};
use crate::cards::text_or_none;
use crate::model::schema::MadePage;
use crate::model::site::EntryId;
use crate::templates::{Values, list, map, safe};

/// What the template of the bibliography sees.
pub fn values(drawing: Drawing<'_>, page: &MadePage, url: &str) -> Values {
    let site = drawing.site;
    let mut cited_on: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for id in site.ids() {
        for key in site.entry(id).cited.iter() {
            cited_on.entry(key).or_default().push(id);
        }
    }
    let works = site.bibliography.works.values().map(|work| {
        let on = cited_on.get(work.key.as_str()).map_or(&[][..], Vec::as_slice);
        map([
            ("key", work.key.as_str().into()),
            ("html", safe(&work.reference)),
            ("kind", text_or_none(work.kind.as_deref())),
            ("cited_on", list(on.iter().map(|id| site.entry(*id).card.value.clone()))),
        ])
    });
    let mut values = Values::default();
    let frame = Frame::made(site, "sources", &page.title, url).described(page.description.as_deref());
    values.set("page", frame::page(drawing, url, frame));
    values.set("works", list(works));
    values
}

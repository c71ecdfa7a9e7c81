//! The bibliography with the pages that cite each work.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    Drawing,
    frame::{self, Frame},
    json_ld,
};
use crate::cards::text_or_none;
use crate::citations::status::WorkStatus;
use crate::citations::{Bibliography, Work};
use crate::model::schema::{GeneratedPage, Schema};
use crate::model::site::EntryId;
use crate::model::texts::Texts;
use crate::templates::{ShownValue, Values, extended, list, map, none, safe};

/// Works as templates see them, by key.
pub type Works = FxHashMap<String, ShownValue>;

/// All works. Made once: every page that cites a work shows the same.
pub fn works(schema: &Schema, bibliography: &Bibliography) -> Works {
    let page = schema.pages.sources.as_ref().map(|page| schema.base_url.rooted(&page.url));
    let value = |work: &Work| {
        map([
            ("key", work.key.as_str().into()),
            ("html", safe(&work.reference)),
            ("kind", text_or_none(work.kind.as_deref())),
            ("status", status(work, &schema.texts)),
            ("url", page.as_ref().map_or_else(none, |page| format!("{page}#{}", work.key).into())),
        ])
    };
    bibliography.works.values().map(|work| (work.key.clone(), value(work))).collect()
}

/// What is said of a work that does not stand as it was published.
pub(super) fn status_label<'t>(work: &Work, texts: &'t Texts) -> Option<&'t str> {
    match work.standing.as_ref()?.status {
        WorkStatus::Current => None,
        WorkStatus::Corrected => Some(texts.get("source-corrected")),
        WorkStatus::Concern => Some(texts.get("source-concern")),
        WorkStatus::Retracted => Some(texts.get("source-retracted")),
    }
}

/// What has become of a work, where anybody has said so.
fn status(work: &Work, texts: &Texts) -> ShownValue {
    let Some(standing) = &work.standing else { return none() };
    map([
        ("id", standing.status.word().into()),
        ("label", text_or_none(status_label(work, texts))),
        ("day", text_or_none(standing.day.as_deref())),
        ("reason", text_or_none(standing.reason.as_deref())),
    ])
}

/// What the template of the bibliography sees.
pub fn values(drawing: Drawing<'_>, page: &GeneratedPage, url: &str) -> Values {
    let site = drawing.site;
    let mut cited_on: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for id in site.ids() {
        for key in site.cited(id).iter() {
            cited_on.entry(key).or_default().push(id);
        }
    }
    let works = site.shown_works().map(|work| {
        let on = cited_on.get(work.key.as_str()).map_or(&[][..], Vec::as_slice);
        let cited_on = ("cited_on", list(on.iter().map(|id| site.entry(*id).card.value.clone())));
        extended(&drawing.works[&work.key], [cited_on])
    });
    let mut values = Values::default();
    let mut frame = Frame::made(site, "sources", &page.title, url).described(page.description.as_deref());
    let citing = site.ids().filter(|id| !site.cited(*id).is_empty());
    let changed = citing.filter_map(|id| json_ld::changed(drawing, id)).max();
    frame.json_ld = Some(json_ld::counted(drawing, url, &frame, changed, site.bibliography.works.len()));
    values.set("page", frame::page(drawing, url, frame));
    values.set("works", list(works));
    values
}

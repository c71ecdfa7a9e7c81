//! Every title and alias by letter; also what the search page shows without scripts.

use std::collections::BTreeMap;

use super::{
    Drawing,
    frame::{self, Frame},
};
use crate::cards::text_or_none;
use crate::model::schema::MadePage;
use crate::templates::{Value, Values, list, map};

/// What the template of the A to Z sees.
pub fn values(drawing: Drawing<'_>, page: &MadePage, sort: &'static str, url: &str) -> Values {
    let mut frame = Frame::made(drawing.site, sort, &page.title, url).described(page.description.as_deref());
    frame.noindex = sort == "search";
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("letters", letters(drawing));
    values
}

fn letters(drawing: Drawing<'_>) -> Value {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let mut items: Vec<(String, String, Value)> = Vec::new();
    for id in site.ids() {
        let entry = site.entry(id);
        let doc = &entry.doc;
        let mut add = |title: &str, see: Option<&str>| {
            let value = map([
                ("title", title.into()),
                ("url", base.rooted(&entry.url).into()),
                ("see", text_or_none(see)),
                ("kind_label", site.schema.kind(doc.kind).label.as_str().into()),
            ]);
            items.push((title.to_lowercase(), entry.url.clone(), value));
        };
        add(doc.name(), None);
        for alias in doc.aliases.iter().filter(|alias| alias.to_lowercase() != doc.name().to_lowercase()) {
            add(alias, Some(doc.name()));
        }
    }
    items.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    items.dedup_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1));
    let mut letters: BTreeMap<String, Vec<Value>> =
        ('A'..='Z').map(|letter| (letter.to_string(), Vec::new())).collect();
    let mut rest = Vec::new();
    for (title, _, value) in items {
        let first = crate::url::slug(&title).chars().next().unwrap_or_default().to_ascii_uppercase().to_string();
        match letters.get_mut(&first) {
            Some(letter) => letter.push(value),
            None => rest.push(value),
        }
    }
    let mut all: Vec<_> =
        letters.into_iter().map(|(letter, items)| (letter.clone(), letter.to_lowercase(), items)).collect();
    if !rest.is_empty() {
        all.insert(0, ("0–9".into(), "0-9".into(), rest));
    }
    list(
        all.into_iter()
            .map(|(letter, id, items)| map([("letter", letter.into()), ("id", id.into()), ("items", list(items))])),
    )
}

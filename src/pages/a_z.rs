//! Every title and alias by letter; also what the search page shows without scripts.

use std::collections::BTreeMap;

use super::paging::{self, Part};
use super::{
    Drawing,
    frame::{self, Frame},
};
use crate::cards::text_or_none;
use crate::model::schema::MadePage;
use crate::model::site::{EntryId, Site};
use crate::templates::{Value, Values, list, map, none};

/// What the template of the A to Z sees. `number` says which page of the list it is.
pub fn values(drawing: Drawing<'_>, page: &MadePage, number: usize, url: &str) -> Values {
    let site = drawing.site;
    let letters = letters(site);
    let part = Part::of(letters.iter().map(|letter| letter.names.len()).sum(), site.schema.pages.per_page, number);
    let description = page.description.as_deref().filter(|_| number == 1);
    let frame = Frame::made(site, "a_z", &part.title(&page.title), url).described(description);
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("letters", shown(site, &letters, &part, &page.url));
    values.set("pagination", paging::value(&site.schema.base_url, &page.url, &part));
    values
}

/// What the template of the search page sees: the A to Z, for those who have no scripts. Where that has several pages, the
/// letters lead to them.
pub fn search(drawing: Drawing<'_>, page: &MadePage, url: &str) -> Values {
    let site = drawing.site;
    let letters = letters(site);
    let length = letters.iter().map(|letter| letter.names.len()).sum();
    let a_z = site.schema.pages.a_z.as_ref();
    let per_page = site.schema.pages.per_page;
    let part = match a_z {
        Some(_) if length > per_page => Part::nothing(length, per_page),
        _ => Part::of(length, length.max(1), 1),
    };
    let mut frame = Frame::made(site, "search", &page.title, url).described(page.description.as_deref());
    frame.noindex = true;
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("letters", shown(site, &letters, &part, a_z.map_or(url, |a_z| &a_z.url)));
    values
}

/// How many names there are.
pub fn length(site: &Site) -> usize {
    letters(site).iter().map(|letter| letter.names.len()).sum()
}

/// A letter with the names that begin with it.
struct Letter {
    letter: String,
    id: String,
    names: Vec<Name>,
}

/// A name of an entry.
struct Name {
    name: String,
    /// How it is sorted.
    order: String,
    entry: EntryId,
    /// Whether it is another name than the one that lists use.
    alias: bool,
}

/// The letters as templates see them, with the names that one page shows, and with the page on which each letter begins.
fn shown(site: &Site, letters: &[Letter], part: &Part, first: &str) -> Value {
    let base = &site.schema.base_url;
    let mut begin = 0;
    list(letters.iter().map(|letter| {
        let shown = part.within(begin..begin + letter.names.len());
        let page = begin / site.schema.pages.per_page + 1;
        let elsewhere = !letter.names.is_empty() && (shown.is_empty() || shown.start > 0);
        let url = format!("{}#letter-{}", base.rooted(&paging::url(first, page)), letter.id);
        begin += letter.names.len();
        map([
            ("letter", letter.letter.as_str().into()),
            ("id", letter.id.as_str().into()),
            ("url", if elsewhere { url.into() } else { none() }),
            ("items", list(letter.names[shown].iter().map(|name| item(site, name)))),
        ])
    }))
}

fn item(site: &Site, name: &Name) -> Value {
    let entry = site.entry(name.entry);
    map([
        ("title", name.name.as_str().into()),
        ("url", site.schema.base_url.rooted(&entry.url).into()),
        ("see", text_or_none(name.alias.then(|| entry.doc.name()))),
        ("kind_label", site.schema.kind(entry.doc.kind).label.as_str().into()),
    ])
}

fn letters(site: &Site) -> Vec<Letter> {
    let mut names: Vec<Name> = Vec::new();
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        let mut add = |name: &str, alias| {
            names.push(Name { name: name.to_string(), order: name.to_lowercase(), entry: id, alias });
        };
        add(doc.name(), false);
        for alias in doc.aliases.iter().filter(|alias| alias.to_lowercase() != doc.name().to_lowercase()) {
            add(alias, true);
        }
    }
    let place = |name: &Name| (name.order.clone(), &*site.entry(name.entry).url);
    names.sort_by_cached_key(place);
    names.dedup_by_key(|name| place(name));
    let mut letters: BTreeMap<String, Vec<Name>> = ('A'..='Z').map(|letter| (letter.to_string(), Vec::new())).collect();
    let mut rest = Vec::new();
    for name in names {
        let first = crate::url::slug(&name.order).chars().next().unwrap_or_default().to_ascii_uppercase().to_string();
        match letters.get_mut(&first) {
            Some(letter) => letter.push(name),
            None => rest.push(name),
        }
    }
    let named = letters.into_iter().map(|(letter, names)| Letter { id: letter.to_lowercase(), letter, names });
    let rest = (!rest.is_empty()).then(|| Letter { letter: "0–9".into(), id: "0-9".into(), names: rest });
    rest.into_iter().chain(named).collect()
}

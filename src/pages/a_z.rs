//! Every title and alias by letter; also what the search page shows without scripts.

mod letters;

use rayon::prelude::*;

use letters::Letters;

use super::paging::{self, ListPage};
use super::{
    Drawing,
    frame::{self, Frame},
    json_ld,
};
use crate::cards::text_or_none;
use crate::collation::Collation;
use crate::model::schema::GeneratedPage;
use crate::model::site::{EntryId, Site};
use crate::templates::{ShownValue, Values, list, map, none};

/// What the template of the A to Z sees. `number` says which page of the list it is.
pub fn values(drawing: Drawing<'_>, page: &GeneratedPage, number: usize, url: &str) -> Values {
    let (site, a_z) = (drawing.site, drawing.a_z());
    let part = ListPage::of(a_z.length, site.schema.pages.per_page, number);
    let description = page.description.as_deref().filter(|_| number == 1);
    let mut frame = Frame::made(site, "a_z", &part.title(&page.title, &site.schema.texts), url).described(description);
    let changed = drawing.changed().iter().copied().max().flatten();
    frame.json_ld = Some(json_ld::counted(drawing, url, &frame, changed, a_z.length));
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("letters", shown(site, a_z, &part, &page.url));
    values.set("pagination", paging::value(&site.schema.base_url, &page.url, &part));
    values
}

/// What the template of the search page sees: the A to Z, for those who have no scripts. Where that has several pages, the
/// letters lead to them.
pub fn search(drawing: Drawing<'_>, page: &GeneratedPage, url: &str) -> Values {
    let (site, a_z) = (drawing.site, drawing.a_z());
    let own_page = site.schema.pages.a_z.as_ref();
    let (length, per_page) = (a_z.length, site.schema.pages.per_page);
    let part = match own_page {
        Some(_) if length > per_page => ListPage::nothing(length, per_page),
        _ => ListPage::of(length, length.max(1), 1),
    };
    let mut frame = Frame::made(site, "search", &page.title, url).described(page.description.as_deref());
    frame.noindex = true;
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("letters", shown(site, a_z, &part, own_page.map_or(url, |page| &page.url)));
    values
}

/// The names of all entries by letter.
pub struct AToZ {
    letters: Vec<Letter>,
    /// How many names there are.
    pub length: usize,
}

/// A letter with the names that begin with it.
struct Letter {
    letter: String,
    id: String,
    names: Vec<ListedName>,
}

/// A name of an entry.
struct ListedName {
    name: String,
    /// How it is sorted.
    key: Vec<u8>,
    /// The same for names that differ only in capitals.
    order: String,
    entry: EntryId,
    /// Whether it is another name than the one that lists use.
    alias: bool,
}

/// The letters as templates see them, with the names that one page shows, and with the page on which each letter begins.
fn shown(site: &Site, a_z: &AToZ, part: &ListPage, first: &str) -> ShownValue {
    let base = &site.schema.base_url;
    let mut begin = 0;
    list(a_z.letters.iter().map(|letter| {
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

fn item(site: &Site, name: &ListedName) -> ShownValue {
    let entry = site.entry(name.entry);
    map([
        ("title", name.name.as_str().into()),
        ("url", site.schema.base_url.rooted(&entry.url).into()),
        ("see", text_or_none(name.alias.then(|| entry.doc.name()))),
        ("kind_label", site.schema.kind(entry.doc.kind).label.as_str().into()),
    ])
}

impl AToZ {
    /// Gathers the names of a site: each once for every page that it leads to.
    pub fn new(site: &Site) -> Self {
        let ids: Vec<_> = site.ids().collect();
        let collation = Collation::of(&site.schema.language);
        let mut names: Vec<ListedName> =
            ids.into_par_iter().flat_map_iter(|id| names_of(site, id, &collation)).collect();
        let url = |name: &ListedName| &site.entry(name.entry).url;
        names.par_sort_by(|a, b| (&a.key, url(a)).cmp(&(&b.key, url(b))));
        names.dedup_by(|a, b| (&a.order, url(a)) == (&b.order, url(b)));
        let length = names.len();
        let letters = Letters::new(&site.schema.language);
        let mut all: Vec<Letter> = letters.always().map(Letter::named).collect();
        for name in names {
            let letter = letters.of(&name.order);
            match all.iter_mut().find(|known| known.letter == letter) {
                Some(known) => known.names.push(name),
                None => all.push(Letter { names: vec![name], ..Letter::named(letter) }),
            }
        }
        all.sort_by_cached_key(|letter| letters.key(&letter.letter));
        Self { letters: all, length }
    }
}

impl Letter {
    /// A letter under which nothing stands yet.
    fn named(letter: String) -> Self {
        let id = if letter == letters::SIGNS { "0-9".into() } else { letter.to_lowercase() };
        Self { letter, id, names: Vec::new() }
    }
}

fn names_of(site: &Site, id: EntryId, collation: &Collation) -> Vec<ListedName> {
    let doc = &site.entry(id).doc;
    let name = |name: &str, alias| {
        let order = name.to_lowercase();
        ListedName { name: name.to_string(), key: collation.key(&order), order, entry: id, alias }
    };
    let own = name(doc.name(), false);
    // A title that begins with the short one would stand right beside it.
    let title = Some(&doc.title).filter(|title| !title.to_lowercase().starts_with(&own.order));
    let others = title.into_iter().chain(&doc.aliases).map(|other| name(other, true));
    let others: Vec<_> = others.filter(|other| other.order != own.order).collect();
    std::iter::once(own).chain(others).collect()
}

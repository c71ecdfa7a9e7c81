//! What of an earlier site still holds. At 10,000 entries that saves six sevenths of resolving after an edit of a text, and two
//! fifths after one of a title.
//!
//! Cards and mentions of docs that are the very same are reused. Where no front matter and no heading has changed, others see
//! no difference: then edges, names, and what was found for every other text are those of before, which is most of the work
//! of a save. Where some entries came, went or changed, the edges and links that all others wrote are carried over, unless a
//! name could now mean something else.

use std::sync::Arc;

use super::names::Names;
use crate::model::doc::Doc;
use crate::model::site::{Catalogue, Entry, EntryId, ResolvedLink, ResolvedText, Site};

/// How much the entries differ from those of an earlier site.
pub(super) enum Change<'a> {
    /// Anything may have changed.
    Any,
    /// Some have come, gone or changed.
    Moved(NewPositions<'a>),
    /// Only in what other pages do not show: bodies without their headings.
    InBodies(&'a Site),
}

/// Where the entries of an earlier site are now.
pub(super) struct NewPositions<'a> {
    /// The site before.
    pub before: &'a Site,
    /// For each entry of before the one of now with the same kind and slug.
    to: Vec<Option<EntryId>>,
    /// For each entry of now what it was before, where its doc is the very same.
    from: Vec<Option<EntryId>>,
    /// Entries that were not there before.
    added: Vec<EntryId>,
}

impl<'a> Change<'a> {
    /// Compares the docs of now, in their order, with those of a site.
    pub fn since(before: &'a Site, docs: &[Arc<Doc>]) -> Self {
        let in_bodies =
            |(entry, doc): (&Entry, &Arc<Doc>)| Arc::ptr_eq(&entry.doc, doc) || entry.doc.same_to_others(doc);
        if before.entries.len() == docs.len() && before.entries.iter().zip(docs).all(in_bodies) {
            return Self::InBodies(before);
        }
        Self::Moved(NewPositions::new(before, docs))
    }
}

impl<'a> NewPositions<'a> {
    fn new(before: &'a Site, docs: &[Arc<Doc>]) -> Self {
        let mut moved = Self { before, to: Vec::new(), from: vec![None; docs.len()], added: Vec::new() };
        moved.to.reserve(before.entries.len());
        let order = |doc: &Doc, other: &Doc| (doc.kind, &doc.slug).cmp(&(other.kind, &other.slug));
        let mut now = 0;
        for (old, entry) in before.ids().zip(&before.entries) {
            while docs.get(now).is_some_and(|doc| !Arc::ptr_eq(doc, &entry.doc) && order(doc, &entry.doc).is_lt()) {
                moved.added.push(EntryId(now as u32));
                now += 1;
            }
            let found = docs.get(now).filter(|doc| Arc::ptr_eq(doc, &entry.doc) || order(doc, &entry.doc).is_eq());
            moved.to.push(found.map(|_| EntryId(now as u32)));
            if let Some(doc) = found {
                moved.from[now] = Arc::ptr_eq(doc, &entry.doc).then_some(old);
                now += 1;
            }
        }
        moved.added.extend((now..docs.len()).map(|now| EntryId(now as u32)));
        moved
    }

    /// Whether names still mean what they meant: nothing that has come or gone shares its name with another, or is an anchor
    /// that links to a page may name, nothing is unknown, and old addresses lead where they led.
    pub fn keeps_names(&self, site: &Catalogue, names: &Names<'_>) -> bool {
        let alone = |doc: &Doc, others: usize| {
            let kind = site.schema.kind(doc.kind);
            let whole = [&kind.name, &kind.plural].map(|kind| format!("{kind}/{}", doc.slug));
            !kind.anchored()
                && names.of_slug(&doc.slug).len() == others
                && whole.iter().all(|name| names.of_slug(name).is_empty())
                && site.left_out.drafts.iter().all(|(_, draft)| *draft != doc.slug)
        };
        let mut gone = self.before.entries.iter().zip(&self.to).filter(|(_, to)| to.is_none());
        let old = |doc: &Doc| doc.redirect_from.iter().map(|(url, _)| url.clone()).collect::<Vec<_>>();
        let leads_there = |(before, now): (&Entry, &Option<EntryId>)| match now {
            Some(id) => {
                let now = &site.entry(*id).doc;
                Arc::ptr_eq(&before.doc, now) || old(&before.doc) == old(now)
            }
            None => before.doc.redirect_from.is_empty(),
        };
        site.left_out.kinds.is_empty()
            && self.before.entries.iter().zip(&self.to).all(leads_there)
            && self.added.iter().all(|id| site.entry(*id).doc.redirect_from.is_empty())
            && gone.all(|(entry, _)| alone(&entry.doc, 0))
            && self.added.iter().all(|id| alone(&site.entry(*id).doc, 1))
    }

    /// Where an entry of before is now.
    pub fn to(&self, old: EntryId) -> Option<EntryId> {
        self.to[old.0 as usize]
    }

    /// What an entry was before, where its doc is the very same.
    pub fn from(&self, id: EntryId) -> Option<EntryId> {
        self.from[id.0 as usize]
    }

    /// Whether an entry of before is still there with the very same doc.
    pub fn stays(&self, old: EntryId) -> bool {
        self.to(old).is_some_and(|id| self.from(id) == Some(old))
    }

    /// Whether all entries are where they were.
    pub fn in_place(&self) -> bool {
        self.added.is_empty() && self.from.len() == self.to.len()
    }

    /// The entries whose docs are not those of before.
    pub fn fresh(&self) -> impl Iterator<Item = EntryId> {
        let ids = self.from.iter().enumerate();
        ids.filter(|(_, from)| from.is_none()).map(|(at, _)| EntryId(at as u32))
    }

    /// The texts of an entry with the links that they had, where its doc is the very same and all links lead where they led.
    pub fn texts(&self, site: &Catalogue, id: EntryId) -> Option<Arc<[ResolvedText]>> {
        let old = self.before.references(self.from(id)?);
        if !old.problems.is_empty() || old.texts.iter().any(|text| text.by_title) {
            return None;
        }
        let mut moved = false;
        for target in old.texts.iter().flat_map(|text| &text.links).filter_map(|link| link.entry) {
            let now = self.to(target)?;
            if !self.stays(target) && !site.entry(now).doc.same_to_links(&self.before.entry(target).doc) {
                return None;
            }
            moved |= now != target;
        }
        if !moved {
            return Some(old.texts.clone());
        }
        let link = |link: &ResolvedLink| ResolvedLink {
            entry: link.entry.and_then(|target| self.to(target)),
            address: link.address.clone(),
        };
        let text = |text: &ResolvedText| ResolvedText {
            links: text.links.iter().map(link).collect(),
            by_title: false,
            mentions: Vec::new(),
        };
        Some(old.texts.iter().map(text).collect())
    }
}

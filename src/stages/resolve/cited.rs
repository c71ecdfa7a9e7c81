//! The works that entries cite.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::names::Names;
use super::{embeds, same};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::body::{Block, Body, Filling, is_in};
use crate::model::doc::Doc;
use crate::model::facts::select;
use crate::model::schema::RelationId;
use crate::model::site::{Catalogue, EntryId, LinkedSite, Site};
use crate::model::value::Value;
use crate::span::Place;

/// The works that each page cites: those of the texts of its entry, then those that it cites besides. Where all entries are
/// alike to those of an earlier site, `in_texts` holds both for the very same docs.
pub(super) fn on_pages(site: &LinkedSite, in_texts: Vec<Arc<[String]>>, alike: Option<&Site>) -> Vec<Arc<[String]>> {
    let complete = |id: EntryId| {
        alike.is_some_and(|before| same(before, id.0 as usize, &site.entry(id).doc).is_some())
            && !embeds::has_any(site, id)
    };
    let cited = |(at, in_texts): (usize, Arc<[String]>)| {
        let id = EntryId(at as u32);
        if complete(id) {
            return in_texts;
        }
        let besides = besides(site, id, &in_texts);
        if besides.is_empty() { in_texts } else { in_texts.iter().cloned().chain(besides).collect() }
    };
    in_texts.into_par_iter().enumerate().map(cited).collect()
}

/// The works that an entry cites in its fields and its text, in this order.
pub(super) fn in_texts(site: &Catalogue, doc: &Doc) -> Vec<String> {
    let mut cited = Cited { site, keys: Vec::new(), seen: FxHashSet::default() };
    if !site.bibliography.works.is_empty() {
        cited.in_values(&doc.fields);
        cited.in_body(&doc.body);
        doc.body.blocks.iter().flat_map(Block::values).for_each(|value| cited.in_value(value));
    }
    cited.keys
}

/// The works that the page of an entry cites besides: in what stands on this page and nowhere else, since others only show
/// its cards, which cite nothing; in the data of the edges that it shows.
fn besides(site: &LinkedSite, id: EntryId, in_texts: &[String]) -> Vec<String> {
    let entry = site.entry(id);
    let here = |kind| site.schema.kind(kind).anchored() && site.schema.kind(kind).url.base() == &*entry.url;
    let queries = entry.doc.body.blocks.iter().filter_map(|block| block.entries.as_ref());
    let mut queries = queries.filter(|query| here(query.kind)).peekable();
    let with_data = |relation: &RelationId| !site.schema.relation(*relation).fields.is_empty();
    let mut sides = site.schema.sides_of(entry.doc.kind).filter(|(relation, ..)| with_data(relation)).peekable();
    let embeds = embeds::has_any(site, id);
    if site.bibliography.works.is_empty() || (queries.peek().is_none() && sides.peek().is_none() && !embeds) {
        return Vec::new();
    }
    let known = in_texts.iter().map(String::as_str).collect();
    let mut cited = Cited { site, keys: Vec::new(), seen: known };
    if embeds {
        embeds::shown(site, id, &mut |body, part| cited.in_part(body, part));
    }
    for shown in queries.flat_map(|query| select(site, query)) {
        cited.in_values(&site.entry(shown).doc.fields);
    }
    for (relation, end, _) in sides {
        for (_, written) in site.graph.edges(relation).of(id, end).filter_map(|edge| site.data_of(edge)) {
            cited.in_values(&written.data);
        }
    }
    cited.keys
}

/// Keys of works, each once.
struct Cited<'a> {
    site: &'a Catalogue,
    keys: Vec<String>,
    seen: FxHashSet<&'a str>,
}

impl<'a> Cited<'a> {
    fn in_values(&mut self, values: &'a [Value]) {
        values.iter().for_each(|value| self.in_value(value));
    }

    fn in_value(&mut self, value: &'a Value) {
        value.walk(&mut |value| {
            if let Value::Markdown(body) = value {
                self.in_body(body);
            } else if let Value::Citations(keys) = value {
                keys.iter().for_each(|(key, _)| self.add(key));
            }
        });
    }

    fn in_body(&mut self, body: &'a Body) {
        body.works().for_each(|key| self.add(key));
    }

    fn in_part(&mut self, body: &'a Body, part: &Range<usize>) {
        let citations = body.holes.iter().filter(|hole| is_in(hole.at, part)).filter_map(|hole| match hole.what {
            Filling::Citation(number) => body.citations.get(number as usize),
            _ => None,
        });
        citations.flat_map(|citation| &citation.keys).for_each(|(key, _)| self.add(key));
    }

    fn add(&mut self, key: &'a str) {
        if self.site.bibliography.works.contains_key(key) && self.seen.insert(key) {
            self.keys.push(key.to_string());
        }
    }
}

/// Reports works that an entry cites and that are not in the bibliography.
pub(super) fn check(site: &Catalogue, names: &Names<'_>, doc: &Doc, problems: &mut Vec<Diagnostic>) {
    let unknown = |key: &str, place: Place| {
        let diagnostic = Diagnostic::new(Code::CitationUnknown, place, format!("no work has the key `{key}`"));
        let meant = names.works().meant(key);
        // A key in other letters may be that of another work: only what stands before a key is its form.
        let is_same = |name: &String| key.trim().strip_prefix('@') == Some(name.as_str());
        match meant.names.first() {
            None => diagnostic.help("add the work to content/sources.yaml"),
            Some(one) if is_same(one) => diagnostic.suggest_fix(key, &meant),
            Some(_) => diagnostic.suggest(&meant.names),
        }
    };
    for body in doc.bodies() {
        for citation in &body.citations {
            for ((key, _), span) in citation.keys.iter().zip(&citation.spans) {
                if !site.bibliography.answers_to(key) {
                    problems.push(unknown(key, doc.body_place(body, span.clone())));
                }
            }
        }
    }
    doc.every_value(&mut |value, place| {
        if let Value::Citations(keys) = value {
            for (key, at) in keys.iter().filter(|(key, _)| !site.bibliography.answers_to(key)) {
                problems.push(unknown(key, place(at)));
            }
        }
    });
}

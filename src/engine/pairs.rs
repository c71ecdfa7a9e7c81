//! What is said of a pair is said nowhere where the other entry is held back: neither its words, nor the works and files of it,
//! nor the name of the entry in a field.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::model::options::Options;
use crate::model::schema::{KindId, Schema};
use crate::model::site::Site;
use crate::model::value::Value;

/// Takes the edges to entries that are held back, and their names in fields, out of all others, and returns docs that hold
/// these edges and nothing else.
/// `before` is an earlier site, whose docs are used again.
pub(super) fn take_out(
    docs: &mut [Arc<Doc>],
    schema: &Schema,
    options: &Options,
    before: Option<&Site>,
) -> Vec<Arc<Doc>> {
    let is_held_back = |doc: &&Arc<Doc>| doc.is_held_back(options.drafts, options.as_of);
    let key = |doc: &Arc<Doc>| (doc.kind, doc.slug.clone());
    let drafts: HashSet<(KindId, String)> = docs.iter().filter(is_held_back).map(key).collect();
    if drafts.is_empty() {
        return Vec::new();
    }
    let slugs: HashSet<&str> = drafts.iter().map(|(_, slug)| slug.as_str()).collect();
    let may_lead =
        |name: &str| slugs.contains(name) || name.split_once('/').is_some_and(|(_, slug)| slugs.contains(slug));
    let may_have = |doc: &Arc<Doc>| {
        let mut may_name = false;
        let mut see = |value: &Value| may_name |= matches!(value, Value::Entry(name, _) if may_lead(name));
        doc.fields.iter().for_each(|value| value.walk(&mut see));
        may_name || doc.relations.iter().flat_map(|list| &list.edges).any(|edge| may_lead(&edge.to))
    };
    let found: Vec<usize> = docs.iter().enumerate().filter(|(_, doc)| may_have(doc)).map(|(at, _)| at).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let there: HashSet<(KindId, String)> = docs.iter().filter(|doc| !is_held_back(doc)).map(key).collect();
    let is_in = |all: &HashSet<(KindId, String)>, kind: KindId, slug: &str| all.contains(&(kind, slug.to_string()));
    let leads_to_draft = |to: &str, kinds: &[KindId]| {
        let named = to.split_once('/').and_then(|(kind, slug)| Some((schema.kind_named(kind)?, slug)));
        match named {
            Some((kind, slug)) if is_in(&there, kind, slug) => false,
            Some((kind, slug)) if is_in(&drafts, kind, slug) => true,
            _ => {
                !kinds.iter().any(|kind| is_in(&there, *kind, to)) && kinds.iter().any(|kind| is_in(&drafts, *kind, to))
            }
        }
    };
    let kinds: Vec<KindId> = schema.kind_ids().collect();
    let mut aside = Vec::new();
    for at in found {
        let (mut doc, mut held) = (Doc::clone(&docs[at]), Doc::clone(&docs[at]));
        for (list, held) in doc.relations.iter_mut().zip(&mut held.relations) {
            let kinds = &schema.relation(list.relation).side(list.end.across()).kinds;
            list.edges.retain(|edge| !leads_to_draft(&edge.to, kinds));
            held.edges.retain(|edge| leads_to_draft(&edge.to, kinds));
        }
        doc.fields.iter_mut().for_each(|value| without(value, &|name| leads_to_draft(name, &kinds)));
        let is_same = |known: &&Arc<Doc>| Arc::ptr_eq(&known.yaml, &doc.yaml) && has_same_edges(known, &doc);
        let known = before.and_then(|before| Some(&before.entry(before.find(doc.kind, &doc.slug)?).doc));
        docs[at] = known.filter(is_same).cloned().unwrap_or_else(|| Arc::new(doc));
        let (fields, extra) = (Vec::new(), Vec::new());
        aside.push(Arc::new(Doc { body: Body::default(), fields, extra, ..held }));
    }
    aside
}

/// Takes the names of entries out of a value for which this holds.
fn without(value: &mut Value, is_held_back: &dyn Fn(&str) -> bool) {
    let is_such = |value: &Value| matches!(value, Value::Entry(name, _) if is_held_back(name));
    if is_such(value) {
        *value = Value::Nothing;
    }
    if let Value::List(items) = value {
        items.retain(|item| !is_such(item));
    }
    if let Value::List(items) | Value::Object(items) = value {
        items.iter_mut().for_each(|item| without(item, is_held_back));
    }
}

/// Whether two docs of one text have the same edges and names left.
fn has_same_edges(one: &Doc, other: &Doc) -> bool {
    let edges = |doc: &Doc| -> Vec<(usize, Option<usize>, String)> {
        let lists = doc.relations.iter().enumerate();
        lists.flat_map(|(list, written)| written.edges.iter().map(move |e| (list, e.index, e.to.clone()))).collect()
    };
    let names = |doc: &Doc| -> Vec<String> {
        let mut names = Vec::new();
        let mut see =
            |value: &Value| names.extend(if let Value::Entry(name, _) = value { Some(name.clone()) } else { None });
        doc.fields.iter().for_each(|value| value.walk(&mut see));
        names
    };
    edges(one) == edges(other) && names(one) == names(other)
}

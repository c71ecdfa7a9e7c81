//! What published entries say of pairs with drafts: it belongs to the drafts, and is held back with them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::doc::{Doc, WrittenEdge, WrittenRelation};
use crate::model::options::Options;
use crate::model::schema::{KindId, Schema};
use crate::model::value::Value;

/// The docs without the data of edges that lead to drafts, and for each doc that lost some its path with that data.
pub(super) fn apart(docs: Vec<Arc<Doc>>, schema: &Schema, options: &Options) -> (Vec<Arc<Doc>>, Vec<HeldBackData>) {
    let is_held_back = |doc: &Doc| doc.is_held_back(options.drafts, options.as_of);
    let drafts: HashSet<_> =
        docs.iter().filter(|doc| is_held_back(doc)).map(|doc| (doc.kind, doc.slug.clone())).collect();
    if drafts.is_empty() || schema.relations.iter().all(|relation| relation.fields.is_empty()) {
        return (docs, Vec::new());
    }
    let published: HashSet<_> =
        docs.iter().filter(|doc| !is_held_back(doc)).map(|doc| (doc.kind, doc.slug.clone())).collect();
    let leads_to_draft = |edge: &WrittenEdge, kinds: &[KindId]| {
        let named = edge.to.split_once('/').and_then(|(kind, slug)| Some((schema.kind_named(kind)?, slug)));
        let is_among = |all: &HashSet<(KindId, String)>| {
            named.is_some_and(|(kind, slug)| all.contains(&(kind, slug.to_string())))
                || kinds.iter().any(|kind| all.contains(&(*kind, edge.to.clone())))
        };
        is_among(&drafts) && !is_among(&published)
    };
    let mut found = Vec::new();
    let docs = docs.into_iter().map(|doc| {
        let hides = |relation: &WrittenRelation| {
            let kinds = &schema.relation(relation.relation).side(relation.end.across()).kinds;
            let edges = relation.edges.iter().enumerate();
            let hidden = edges.filter(|(_, edge)| edge.has_data && leads_to_draft(edge, kinds)).map(|(at, _)| at);
            hidden.collect::<Vec<_>>()
        };
        let hidden: Vec<_> = doc.relations.iter().map(hides).collect();
        if hidden.iter().all(Vec::is_empty) {
            return doc;
        }
        let mut rest = Doc::clone(&doc);
        let mut values = Vec::new();
        for (relation, hidden) in rest.relations.iter_mut().zip(hidden) {
            for at in hidden {
                let data = &mut relation.edges[at].data;
                let nothing = data.iter().map(|_| Value::Nothing).collect();
                values.extend(std::mem::replace(data, nothing));
            }
        }
        found.push(HeldBackData { path: doc.path().clone(), values });
        Arc::new(rest)
    });
    (docs.collect(), found)
}

/// Data that is held back, and the file in which it stands.
pub(super) struct HeldBackData {
    pub(super) path: Arc<str>,
    pub(super) values: Vec<Value>,
}

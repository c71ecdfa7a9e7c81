//! Fields and relations of entries as plain texts: what rules, groups and data blocks compare with.

use crate::model::body::EntriesQuery;
use crate::model::condition::{Condition, texts};
use crate::model::site::{EntryId, LinkedSite, Site};
use crate::model::value::Value;

/// The entries that a data block asks for, in the order in which it shows them.
pub fn select(site: &LinkedSite, query: &EntriesQuery) -> Vec<EntryId> {
    let ids: Vec<EntryId> = if query.only.is_empty() {
        site.listed(query.kind)
    } else {
        let folder = format!("{}/", site.schema.kind(query.kind).plural);
        let find =
            |slug: &String| site.find(query.kind, slug).or_else(|| site.find(query.kind, slug.strip_prefix(&folder)?));
        query.only.iter().filter_map(find).collect()
    };
    let fits = |id: &EntryId| query.only_where.iter().all(|(name, wanted)| has(site, *id, name, wanted));
    ids.into_iter().filter(fits).take(query.limit.unwrap_or(usize::MAX)).collect()
}

/// How many values a field, relation or `citations` has.
pub fn count(site: &Site, id: EntryId, name: &str) -> usize {
    let entry = site.entry(id);
    let kind = site.schema.kind(entry.doc.kind);
    if name == "citations" {
        return site.cited(id).len();
    }
    if let Some(at) = kind.fields.iter().position(|field| field.name == name) {
        return entry.doc.fields.get(at).map_or(0, Value::count);
    }
    if let Some((relation, end, _)) = site.schema.sides_of(entry.doc.kind).find(|(_, _, side)| side.key == name) {
        return site.graph.edges(relation).of(id, end).len();
    }
    values(site, id, name).len()
}

/// Whether a field or relation is like that.
pub fn fits(site: &LinkedSite, id: EntryId, name: &str, condition: &Condition) -> bool {
    let doc = &site.entry(id).doc;
    let fields = site.schema.kind(doc.kind).fields.iter().zip(&doc.fields);
    match (fields.into_iter().find(|(field, _)| field.name == name), condition) {
        (Some((field, value)), condition) => condition.fits(value, &field.ty),
        (None, Condition::OneOf(wanted)) => has(site, id, name, wanted),
        (None, Condition::Reaches(_)) => false,
    }
}

/// Whether a field or relation has one of these values.
pub fn has(site: &LinkedSite, id: EntryId, name: &str, wanted: &[String]) -> bool {
    values(site, id, name).iter().any(|value| wanted.contains(value))
}

/// The values of a field or relation as texts: what `when` and `where` compare with.
pub fn values(site: &LinkedSite, id: EntryId, name: &str) -> Vec<String> {
    let entry = site.entry(id);
    let doc = &entry.doc;
    let kind = site.schema.kind(doc.kind);
    if let Some(at) = kind.fields.iter().position(|field| field.name == name) {
        return doc.fields.get(at).map_or_else(Vec::new, |value| texts(value, &kind.fields[at].ty));
    }
    if let Some((relation, end, _)) = site.schema.sides_of(doc.kind).find(|(_, _, side)| side.key == name) {
        let across = site.graph.edges(relation).of(id, end).map(|edge| edge.across(id));
        return across.flat_map(|other| [site.entry(other).doc.slug.clone(), site.name(other)]).collect();
    }
    let optional = |text: &Option<String>| text.iter().cloned().collect();
    match name {
        "slug" => vec![doc.slug.clone(), site.name(id)],
        "title" => vec![doc.title.clone()],
        "short_title" => optional(&doc.short_title),
        "summary" => optional(&doc.summary),
        "aliases" => doc.aliases.clone(),
        "draft" => vec![doc.draft.to_string()],
        _ => Vec::new(),
    }
}

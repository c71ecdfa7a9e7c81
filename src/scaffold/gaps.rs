//! Entries that others refer to and nobody has written.

use std::collections::{BTreeMap, BTreeSet};

use super::EntryRequest;
use crate::diagnostics::nearest;
use crate::error::Error;
use crate::links::slug_of_path;
use crate::model::body::LinkTarget;
use crate::model::graph::EdgePosition;
use crate::model::relation::End;
use crate::model::schema::{KindId, RelationId};
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;
use crate::url::slug;

/// So many gaps are named where another was asked for.
const NAMED: usize = 5;

/// An entry that is missing.
pub(super) struct EntryGap {
    /// Its slug.
    pub slug: String,
    /// The name that others use, without its kind.
    name: String,
    /// Who refers to it.
    pub uses: Vec<GapUse>,
}

/// One place that refers to a missing entry.
pub(super) struct GapUse {
    /// The entry that refers to it.
    pub by: EntryId,
    /// How.
    pub via: Via,
}

/// How a missing entry is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// By a relation, on the side on which the missing entry stands.
    Relation(RelationId, End),
    /// By a link in a text, or a field that names an entry.
    Link,
}

impl EntryGap {
    /// A title made from the name.
    pub fn title(&self) -> String {
        let last = self.name.rsplit('/').next().unwrap_or(&self.name);
        if slug(last) != last {
            return last.to_string();
        }
        let words = last.replace('-', " ");
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

/// All missing entries of a kind, those that most places refer to first.
pub(super) fn of_kind(site: &Site, kind: KindId) -> Vec<EntryGap> {
    let mut gaps: BTreeMap<String, EntryGap> = BTreeMap::new();
    let mut note = |name: &str, by: EntryId, via: Via| {
        let Some((slug, name)) = meant(site, kind, name) else { return };
        let gap = gaps.entry(slug.clone()).or_insert_with(|| EntryGap { slug, name, uses: Vec::new() });
        gap.uses.push(GapUse { by, via });
    };
    let written = written(site);
    for id in site.ids() {
        let entry = site.entry(id);
        for (number, list) in entry.doc.relations.iter().enumerate() {
            let symmetric = site.schema.relation(list.relation).symmetric();
            let end = if symmetric { End::One } else { list.end.across() };
            if !site.schema.relation(list.relation).side(end).kinds.contains(&kind) {
                continue;
            }
            for (at, edge) in list.edges.iter().enumerate() {
                if !written.contains(&(id, EdgePosition { list: number as u32, edge: at as u32 })) {
                    note(&edge.to, id, Via::Relation(list.relation, end));
                }
            }
        }
        for (body, resolved) in entry.doc.bodies().into_iter().zip(site.references(id).texts.iter()) {
            let broken = body.links.iter().zip(&resolved.links);
            for (link, _) in broken.filter(|(_, found)| found.entry.is_none() && found.address.is_empty()) {
                match &link.target {
                    LinkTarget::Entry(of, slug) if *of == kind => note(slug, id, Via::Link),
                    LinkTarget::Named(name) => note(name, id, Via::Link),
                    LinkTarget::Entry(..) | LinkTarget::Page(_) | LinkTarget::File(_) | LinkTarget::Here => {}
                }
            }
        }
        entry.doc.every_value(&mut |value, _| {
            if let Value::Entry(name, _) = value {
                note(name, id, Via::Link);
            }
        });
    }
    let mut gaps: Vec<_> = gaps.into_values().collect();
    // Stable: those with equally many uses stay in the order of their slugs.
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.uses.len()));
    gaps
}

/// The gap that is asked for: the one with this title or name; without any the first.
pub(super) fn wanted<'a>(site: &Site, gaps: &'a [EntryGap], asked: &EntryRequest) -> Result<&'a EntryGap, Error> {
    let kind = &site.schema.kind(asked.kind).name;
    let slugs = || gaps.iter().map(|gap| gap.slug.as_str());
    let Some(title) = asked.name.as_deref().or(asked.title.as_deref()) else {
        return gaps.first().ok_or_else(|| {
            Error::content(format!("nothing refers to a {kind} that is missing"))
                .help("without `--from-gap` a new one is made")
        });
    };
    let own = slug(title);
    let is_meant = |gap: &&EntryGap| gap.slug == own || gap.slug.rsplit('/').next() == Some(own.as_str());
    gaps.iter().find(is_meant).ok_or_else(|| {
        let error = Error::content(format!("nothing refers to a {kind} `{own}` that is missing"));
        let near = nearest(&own, slugs());
        let named: Vec<String> = match near.is_empty() {
            true => slugs().take(NAMED).map(|slug| format!("`{slug}`")).collect(),
            false => near.iter().map(|slug| format!("`{slug}`")).collect(),
        };
        match (named.is_empty(), near.is_empty()) {
            (true, _) => error.help("without `--from-gap` a new one is made"),
            (false, true) => error.help(format!("these are missing: {}", named.join(", "))),
            (false, false) => error.help(format!("did you mean {}?", named.join(" or "))),
        }
    })
}

/// The slug that an entry of a kind needs for a name to mean it, and the name without its kind. None where the name means
/// another kind, an entry that is there, or nothing that could be one.
fn meant(site: &Site, kind: KindId, name: &str) -> Option<(String, String)> {
    let name = name.split('#').next().unwrap_or(name).trim().trim_end_matches(".md");
    let (of, rest) = match name.split_once('/') {
        Some((first, rest)) => site.schema.kind_named(first).map_or((None, name), |of| (Some(of), rest)),
        None => (None, name),
    };
    let slug = slug_of_path(rest, site.schema.kind(kind).anchored());
    let there = |kind: KindId| site.find(kind, &slug).is_some();
    let taken = match of {
        Some(of) if of != kind => return None,
        Some(of) => there(of),
        None => site.schema.kind_ids().any(there),
    };
    (!slug.is_empty() && !taken).then(|| (slug, rest.to_string()))
}

/// What was written of all edges that lead somewhere.
fn written(site: &Site) -> BTreeSet<(EntryId, EdgePosition)> {
    let edges = site.graph.relations.iter().flat_map(|edges| &edges.all);
    let both = |edge: &crate::model::graph::Edge| {
        [edge.by_one.map(|written| (edge.one, written)), edge.by_other.map(|written| (edge.other, written))]
    };
    edges.flat_map(both).flatten().collect()
}

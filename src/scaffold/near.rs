//! Which ids of the site a new entry probably means: those that share words with its title, then those used most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::schema::{KindId, RelationId};
use crate::model::site::{EntryId, Site};
use crate::url::slug;
use crate::yaml::{Yaml, flow};

/// So many ids are named.
const NAMED: usize = 5;
/// Shorter words say nothing.
const SHORTEST: usize = 3;

/// The entries of some kinds that are most likely meant, as they are written, and how many there are. A slug that several of
/// them have gets its kind.
pub(super) fn entry_names(
    site: &Site,
    kinds: &[KindId],
    relation: Option<RelationId>,
    title: &str,
) -> (Vec<String>, usize) {
    let all: Vec<EntryId> = kinds.iter().flat_map(|kind| site.listed(*kind)).collect();
    let mut edges: BTreeMap<EntryId, usize> = BTreeMap::new();
    for edge in relation.iter().flat_map(|relation| &site.graph.edges(*relation).all) {
        *edges.entry(edge.one).or_default() += 1;
        *edges.entry(edge.other).or_default() += 1;
    }
    let mut slugs: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|id| *slugs.entry(site.entry(*id).doc.slug.as_str()).or_default() += 1);
    let wanted = words(title);
    let rank = |id: &EntryId| {
        let doc = &site.entry(*id).doc;
        let own = words(&format!("{} {}", doc.slug, doc.title));
        (own.intersection(&wanted).count(), edges.get(id).copied().unwrap_or_default())
    };
    let mut ranked: Vec<_> = all.iter().map(|id| (rank(id), *id)).collect();
    // Stable: those of equal rank stay in the order of their lists.
    ranked.sort_by_key(|(rank, _)| Reverse(*rank));
    let named = ranked.iter().take(NAMED).map(|(_, id)| {
        let slug = &site.entry(*id).doc.slug;
        let unique = slugs.get(slug.as_str()) == Some(&1);
        flow(&Yaml::Text(if unique { slug.clone() } else { site.name(*id) }))
    });
    (named.collect(), all.len())
}

/// The works that are most likely meant.
pub(super) fn work_keys(site: &Site, title: &str) -> Vec<String> {
    let wanted = words(title);
    let works = site.bibliography.works.values();
    let mut ranked: Vec<_> =
        works.map(|work| (words(&work.title).intersection(&wanted).count(), work.key.clone())).collect();
    ranked.sort_by_key(|(rank, _)| Reverse(*rank));
    ranked.into_iter().take(2).map(|(_, key)| key).collect()
}

/// The words of a text, as they stand in slugs.
fn words(text: &str) -> BTreeSet<String> {
    slug(text).split('-').filter(|word| word.len() >= SHORTEST).map(str::to_string).collect()
}

//! All docs to one site: identities, edges, links, mentions, and every check that needs more than one file.

mod blocks;
mod edges;
mod names;
mod rules;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::cards;
use crate::citations::Bibliography;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::asset::Assets;
use crate::model::doc::Doc;
use crate::model::schema::{KindId, Schema};
use crate::model::site::{Entry, EntryId, ResolvedText, Site};
use crate::model::value::Date;
use crate::terms::Vocabulary;

/// Everything that a site is made of.
pub struct Parts {
    /// The declaration.
    pub schema: Arc<Schema>,
    /// All docs, in any order.
    pub docs: Vec<Arc<Doc>>,
    /// The works that can be cited.
    pub bibliography: Arc<Bibliography>,
    /// Images and other files.
    pub assets: Arc<Assets>,
    /// Kinds of which not all entries are known, because a data file cannot be read.
    pub lost: BTreeSet<KindId>,
    /// Whether drafts belong to the site.
    pub drafts: bool,
    /// The day for which reviews are due.
    pub as_of: Option<Date>,
}

/// Puts the docs together. `before` is the site of an earlier run: mentions are taken from it where nothing changed.
pub fn resolve(parts: Parts, before: Option<&Site>) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (docs, drafts) = sorted(parts.docs, parts.drafts, &mut diagnostics, &parts.schema);
    let mut of_kind = vec![0..0; parts.schema.kinds.len()];
    for (at, doc) in docs.iter().enumerate() {
        let range = &mut of_kind[doc.kind.0 as usize];
        if range.start == range.end {
            *range = at as u32..at as u32;
        }
        range.end = at as u32 + 1;
    }
    let entries = docs
        .into_par_iter()
        .map(|doc| {
            let url = url(&doc, &parts.schema);
            let reused = before.and_then(|site| reusable(site, &doc, &parts.schema, &parts.assets));
            let card = reused.unwrap_or_else(|| cards::card(&doc, &url, &parts.schema, &parts.assets));
            Entry { url, card, doc, texts: Vec::new(), linked_from: Vec::new(), used_on: Vec::new(), cited: Vec::new() }
        })
        .collect();
    let mut site = Site {
        schema: parts.schema,
        entries,
        of_kind,
        graph: Default::default(),
        in_order: Vec::new(),
        ranks: Vec::new(),
        vocabulary: Default::default(),
        bibliography: parts.bibliography,
        assets: parts.assets,
        as_of: parts.as_of,
    };
    site.in_order = site.schema.kind_ids().flat_map(|kind| ordered(&site, kind)).collect();
    site.ranks = ranks(&site);
    let names = names::Names::new(&site, &drafts, &parts.lost);
    let (vocabulary, graph) = rayon::join(|| vocabulary(&site), || edges::graph(&site, &names, &mut diagnostics));
    let texts = texts::texts(&site, &names, &vocabulary, before, &mut diagnostics);
    site.graph = graph;
    site.vocabulary = vocabulary.hash;
    backlinks(&mut site, texts);
    let cited: Vec<_> = site.ids().collect::<Vec<_>>().into_par_iter().map(|id| texts::cited(&site, id)).collect();
    for (entry, cited) in site.entries.iter_mut().zip(cited) {
        entry.cited = cited;
    }
    rules::check(&site, &mut diagnostics);
    (site, diagnostics)
}

/// Names of drafts that are left out: references to them are dropped and not reported.
type Drafts = HashSet<(KindId, String)>;

fn sorted(
    mut docs: Vec<Arc<Doc>>,
    with_drafts: bool,
    diagnostics: &mut Vec<Diagnostic>,
    schema: &Schema,
) -> (Vec<Arc<Doc>>, Drafts) {
    docs.par_sort_by(|a, b| (a.kind, &a.slug, a.path()).cmp(&(b.kind, &b.slug, b.path())));
    let mut drafts = Drafts::new();
    if !with_drafts {
        docs.retain(|doc| {
            if doc.draft {
                drafts.insert((doc.kind, doc.slug.clone()));
            }
            !doc.draft
        });
    }
    let mut kept: Vec<Arc<Doc>> = Vec::with_capacity(docs.len());
    for doc in docs {
        match kept.last().filter(|last| (last.kind, &last.slug) == (doc.kind, &doc.slug)) {
            None => kept.push(doc),
            Some(first) => {
                let kind = &schema.kind(doc.kind).name;
                let message = format!("two entries of the kind `{kind}` have the slug `{}`", doc.slug);
                diagnostics.push(
                    Diagnostic::new(Code::SlugDuplicate, doc.place(), message)
                        .related(first.place(), "the first one")
                        .help("rename one of the two files"),
                );
            }
        }
    }
    (kept, drafts)
}

/// The URL of a doc. The standalone page `index` is the home page, or stands for its folder.
fn url(doc: &Doc, schema: &Schema) -> String {
    let url = schema.kind(doc.kind).url.url(&doc.slug);
    if doc.kind != schema.page_kind() {
        return url;
    }
    match url.strip_suffix("index/") {
        Some(folder) if folder.ends_with('/') => folder.to_string(),
        _ => url,
    }
}

/// The card that an earlier site made for the very same doc.
fn reusable(
    before: &Site,
    doc: &Arc<Doc>,
    schema: &Arc<Schema>,
    assets: &Arc<Assets>,
) -> Option<crate::model::site::Card> {
    if !Arc::ptr_eq(&before.schema, schema) || !Arc::ptr_eq(&before.assets, assets) {
        return None;
    }
    let entry = before.entry(before.find(doc.kind, &doc.slug)?);
    Arc::ptr_eq(&entry.doc, doc).then(|| entry.card.clone())
}

/// For each entry its place in the lists of its kind.
fn ranks(site: &Site) -> Vec<u32> {
    let mut ranks = vec![0; site.entries.len()];
    for kind in &site.of_kind {
        for (rank, at) in kind.clone().enumerate() {
            ranks[site.in_order[at as usize].0 as usize] = rank as u32;
        }
    }
    ranks
}

/// The entries of a kind in the order that the kind declares, then by title, then by slug.
fn ordered(site: &Site, kind: KindId) -> Vec<EntryId> {
    use crate::model::value::Value;
    let declared = site.schema.kind(kind);
    let key = |id: EntryId| {
        let doc = &site.entry(id).doc;
        let mut keys: Vec<SortKey> = Vec::new();
        for name in &declared.order {
            let (name, down) = name.strip_prefix('-').map_or((name.as_str(), false), |name| (name, true));
            let key = match name {
                "title" => SortKey::Text(doc.name().to_lowercase()),
                "slug" => SortKey::Text(doc.slug.clone()),
                "date" => doc.date.map_or(SortKey::Last, |date| SortKey::Text(date.to_string())),
                "updated" => doc.updated.or(doc.date).map_or(SortKey::Last, |date| SortKey::Text(date.to_string())),
                name => {
                    match declared.fields.iter().position(|field| field.name == name).map(|at| doc.fields.get(at)) {
                        Some(Some(Value::Choice(at))) => SortKey::Number(*at as f64),
                        Some(Some(Value::Integer(number))) => SortKey::Number(*number as f64),
                        Some(Some(Value::Number(number) | Value::Range(number, _))) => SortKey::Number(*number),
                        Some(Some(Value::Text(text))) => SortKey::Text(text.to_lowercase()),
                        Some(Some(Value::Date(date))) => SortKey::Text(date.to_string()),
                        Some(Some(Value::Boolean(value))) => SortKey::Number(f64::from(u8::from(*value))),
                        _ => SortKey::Last,
                    }
                }
            };
            keys.push(if down { SortKey::Down(Box::new(key)) } else { key });
        }
        keys.push(SortKey::Text(doc.name().to_lowercase()));
        keys.push(SortKey::Text(doc.slug.clone()));
        keys
    };
    let mut ids: Vec<(Vec<SortKey>, EntryId)> = site.entries_of(kind).map(|id| (key(id), id)).collect();
    ids.par_sort_by(|a, b| compare(&a.0, &b.0));
    ids.into_iter().map(|(_, id)| id).collect()
}

enum SortKey {
    Number(f64),
    Text(String),
    Last,
    Down(Box<SortKey>),
}

fn compare(a: &[SortKey], b: &[SortKey]) -> std::cmp::Ordering {
    a.iter().zip(b).map(|(a, b)| compare_keys(a, b)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

fn compare_keys(a: &SortKey, b: &SortKey) -> std::cmp::Ordering {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (a, b) {
        (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
        (SortKey::Down(a), SortKey::Down(b)) => match (&**a, &**b) {
            (SortKey::Last, SortKey::Last) => Equal,
            (SortKey::Last, _) => Greater,
            (_, SortKey::Last) => Less,
            (a, b) => compare_keys(b, a),
        },
        (SortKey::Last, SortKey::Last) => Equal,
        (SortKey::Last, _) => Greater,
        (_, SortKey::Last) => Less,
        (SortKey::Number(_), _) => Less,
        (_, SortKey::Number(_)) => Greater,
        _ => Equal,
    }
}

/// The names that become links: those of kinds that ask for it, of entries that do not refuse.
fn vocabulary(site: &Site) -> Vocabulary {
    use crate::model::schema::TermLinks;
    if !site.schema.markdown.term_links {
        return Vocabulary::new([]);
    }
    let names = site.ids().flat_map(|id| {
        let doc = &site.entry(id).doc;
        let wanted = if doc.linked_as_term { site.schema.kind(doc.kind).term_links } else { TermLinks::None };
        let names: &[&str] = match wanted {
            TermLinks::None => &[],
            _ => &[doc.title.as_str(), doc.short_title.as_deref().unwrap_or_default()],
        };
        let aliases: &[String] = if wanted == TermLinks::All { &doc.aliases } else { &[] };
        let all: Vec<&str> = names.iter().copied().chain(aliases.iter().map(String::as_str)).collect();
        all.into_iter().map(move |name| (name, doc.kind.0, id))
    });
    Vocabulary::new(names)
}

/// Hands every entry its texts, and turns links and mentions round: who links to whom, whose text uses which term.
fn backlinks(site: &mut Site, texts: Vec<Vec<ResolvedText>>) {
    let mut linked: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    let mut used: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    let add = |edges: &mut BTreeMap<EntryId, Vec<EntryId>>, from: EntryId, to: EntryId| {
        let list = edges.entry(to).or_default();
        if from != to && list.last() != Some(&from) {
            list.push(from);
        }
    };
    for (at, texts) in texts.iter().enumerate() {
        let from = EntryId(at as u32);
        for text in texts {
            text.links.iter().filter_map(|link| link.entry).for_each(|to| add(&mut linked, from, to));
            text.mentions.iter().for_each(|(_, to)| add(&mut used, from, *to));
        }
    }
    for (entry, texts) in site.entries.iter_mut().zip(texts) {
        entry.texts = texts;
    }
    for (to, from) in linked {
        site.entries[to.0 as usize].linked_from = from;
    }
    for (to, from) in used {
        site.entries[to.0 as usize].used_on = from;
    }
}

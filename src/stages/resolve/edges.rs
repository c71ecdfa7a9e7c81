//! Relations as they were written to edges; cardinality and conflicts.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::change::NewPositions;
use super::names::{NameTarget, Names};
use super::{conflicts, fits};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::doc::{WrittenEdge, WrittenRelation};
use crate::model::fields;
use crate::model::graph::{Adjacency, Edge, EdgePosition, Edges, Graph};
use crate::model::relation::End;
use crate::model::schema::{Field, KindId, RelationId, Schema, Type};
use crate::model::site::{Catalogue, EntryId};
use crate::model::value::Value;
use crate::span::Place;

/// The edges of all relations. What stayed as it was in an earlier site is taken from there.
pub(super) fn graph(site: &Catalogue, names: &Names<'_>, moved: Option<&NewPositions<'_>>) -> Graph {
    let moved = moved.filter(|moved| moved.before.graph.problems.is_empty());
    let all: Vec<_> = site.schema.relation_ids().collect();
    let found: Vec<_> = all.into_par_iter().map(|relation| of_relation(site, names, relation, moved)).collect();
    let (mut graph, mut lost, mut problems) = (Graph::default(), Vec::new(), Vec::new());
    for (edges, lost_here, found) in found {
        graph.relations.push(edges);
        lost.push(lost_here);
        problems.extend(found);
    }
    check_counts(site, names, &graph, &lost, &mut problems);
    conflicts::check(site, &graph, &mut problems);
    fits::check(site, &graph, &mut problems);
    Graph { problems, ..graph }
}

/// Whether the edges of an earlier site are those of this one: all entries are in their place, the same was written, lists are in the same order, and there is nothing to report at places that may have moved.
pub(super) fn same(moved: &NewPositions<'_>, site: &Catalogue) -> bool {
    let before = moved.before;
    let docs = before.entries.iter().zip(&site.entries).map(|(before, now)| (&before.doc, &now.doc));
    let mut changed = docs.filter(|(before, now)| !Arc::ptr_eq(before, now));
    moved.in_place()
        && before.graph.problems.is_empty()
        && before.ranks == site.ranks
        && changed.all(|(before, now)| {
            let lists = (&before.relations, &now.relations);
            // What could not be read may hold the edges that are too few.
            (before.broken, &before.unread) == (now.broken, &now.unread)
                && fits::same(site, before, now)
                && lists.0.len() == lists.1.len()
                && lists.0.iter().zip(lists.1).all(|(before, now)| same_list(before, now, &site.schema))
        })
}

fn same_list(one: &WrittenRelation, other: &WrittenRelation, schema: &Schema) -> bool {
    let fields = &schema.relation(one.relation).fields;
    let edges = || one.edges.iter().zip(&other.edges);
    (one.relation, one.end, one.edges.len()) == (other.relation, other.end, other.edges.len())
        && edges().all(|(one, other)| one.to == other.to && same_data(one, other, fields))
}

/// Entries of which an edge could not be resolved, which was reported.
type Lost = HashSet<(EntryId, End)>;

#[derive(Default)]
struct Gathering {
    edges: Vec<Edge>,
    by_ends: FxHashMap<(EntryId, EntryId), u32>,
    lost: Lost,
}

/// The edges of one relation, with what is wrong with each.
fn of_relation(
    site: &Catalogue,
    names: &Names<'_>,
    relation: RelationId,
    moved: Option<&NewPositions<'_>>,
) -> (Edges, Lost, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let carried = moved.and_then(|moved| Some((carried(moved, relation)?, moved.fresh().collect::<Vec<_>>())));
    let (mut gathering, fresh) = carried.map_or_else(Default::default, |(edges, fresh)| (edges, Some(fresh)));
    let declared = site.schema.relation(relation);
    let kinds: BTreeSet<_> =
        declared.one.kinds.iter().chain(declared.other.iter().flat_map(|side| &side.kinds)).collect();
    let writers = fresh.clone().unwrap_or_else(|| kinds.iter().flat_map(|kind| site.entries_of(**kind)).collect());
    for id in writers {
        let lists = site.entry(id).doc.relations.iter().enumerate();
        for (number, list) in lists.filter(|(_, list)| list.relation == relation) {
            gather(site, names, id, number as u32, list, &mut gathering, &mut diagnostics);
        }
    }
    if fresh.is_some() {
        gathering.edges.sort_by_key(first_writing);
    }
    let edges = edges(site, relation, gathering.edges);
    check_data(site, &site.schema.relation(relation).fields, &edges, &mut diagnostics);
    check_required(site, relation, &edges, &mut diagnostics);
    (edges, gathering.lost, diagnostics)
}

/// The edges of a relation that were written in docs that stayed. None where one of them leads to nothing now.
fn carried(moved: &NewPositions<'_>, relation: RelationId) -> Option<Gathering> {
    let mut gathering = Gathering::default();
    let kept = |id: EntryId, written: Option<EdgePosition>| written.filter(|_| moved.stays(id));
    for edge in &moved.before.graph.edges(relation).all {
        let (by_one, by_other) = (kept(edge.one, edge.by_one), kept(edge.other, edge.by_other));
        if by_one.is_none() && by_other.is_none() {
            continue;
        }
        let (one, other) = (moved.to(edge.one)?, moved.to(edge.other)?);
        if !moved.stays(edge.one) || !moved.stays(edge.other) {
            gathering.by_ends.insert((one, other), gathering.edges.len() as u32);
        }
        gathering.edges.push(Edge { one, other, by_one, by_other, plain: edge.plain });
    }
    Some(gathering)
}

/// The place where an edge was written first: edges are in the order of these.
fn first_writing(edge: &Edge) -> (EntryId, EdgePosition) {
    let one = edge.by_one.map(|written| (edge.one, written));
    let other = edge.by_other.map(|written| (edge.other, written));
    one.into_iter().chain(other).min().unwrap_or((edge.one, EdgePosition { list: 0, edge: 0 }))
}

fn gather(
    site: &Catalogue,
    names: &Names<'_>,
    from: EntryId,
    number: u32,
    list: &WrittenRelation,
    gathering: &mut Gathering,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let doc = &site.entry(from).doc;
    let relation = site.schema.relation(list.relation);
    let kinds = &relation.side(list.end.across()).kinds;
    for (at, edge) in list.edges.iter().enumerate() {
        let to = match names.find(&edge.to, kinds) {
            NameTarget::One(to) => to,
            NameTarget::LeftOut => continue,
            unknown => {
                diagnostics.push(unknown_target(site, names, from, list, edge, unknown));
                gathering.lost.insert((from, list.end));
                continue;
            }
        };
        if to == from {
            let message = format!("`{}` is related to itself", edge.to);
            let diagnostic = Diagnostic::new(Code::RelationToItself, doc.edge_place(list, edge), message);
            diagnostics.push(diagnostic.help("remove it from the list"));
            continue;
        }
        let written = EdgePosition { list: number, edge: at as u32 };
        let first = if relation.symmetric() { from < to } else { list.end == End::One };
        let ends = if first { (from, to) } else { (to, from) };
        let next = gathering.edges.len() as u32;
        let known = *gathering.by_ends.entry(ends).or_insert(next);
        if known == next {
            gathering.edges.push(Edge { one: ends.0, other: ends.1, by_one: None, by_other: None, plain: true });
        }
        let known = &mut gathering.edges[known as usize];
        let here = if first { &mut known.by_one } else { &mut known.by_other };
        if let Some(first) = *here {
            let message = format!("`{}` stands twice in `{}`", edge.to, list.key);
            diagnostics.push(
                Diagnostic::new(Code::RelationDuplicate, doc.edge_place(list, edge), message)
                    .related(doc.edge_place(list, &list.edges[first.edge as usize]), "first written here")
                    .help("remove one of the two"),
            );
            continue;
        }
        *here = Some(written);
        known.plain &= !edge.long;
    }
}

fn unknown_target(
    site: &Catalogue,
    names: &Names<'_>,
    from: EntryId,
    list: &WrittenRelation,
    edge: &WrittenEdge,
    found: NameTarget,
) -> Diagnostic {
    let doc = &site.entry(from).doc;
    let place = doc.edge_place(list, edge);
    let relation = site.schema.relation(list.relation);
    let kinds = &relation.side(list.end.across()).kinds;
    let names_of_kinds: Vec<_> = kinds.iter().map(|kind| site.schema.kind(*kind).name.as_str()).collect();
    let wanted = if kinds.len() > 3 { "entry is".to_string() } else { names_of_kinds.join(" or ") };
    let message = format!("no {wanted} named `{}`", edge.to);
    if let Some(several) = names.several(&edge.to, kinds) {
        let several = several.join(", ");
        let help = match edge.index {
            Some(_) => format!("put a comma between the names: `{several}`"),
            None => format!("write them as a list: `{}: [{several}]`", list.key),
        };
        return Diagnostic::new(Code::RelationUnknownTarget, place, message).help(help);
    }
    if let Some(rest) = edge.to.strip_prefix('-').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
        let help = format!("put a space behind the dash of a list: `- {rest}`");
        return Diagnostic::new(Code::RelationUnknownTarget, place, message).help(help);
    }
    let found = match found {
        NameTarget::Nothing => match names.of_title(&edge.to) {
            Some(id) if !kinds.contains(&site.entry(id).doc.kind) => NameTarget::OtherKind(id),
            _ => NameTarget::Nothing,
        },
        found => found,
    };
    match found {
        NameTarget::Several(ids) => {
            let all: Vec<_> = ids.iter().map(|id| format!("`{}`", site.name(*id))).collect();
            let message = format!("`{}` is the slug of several entries", edge.to);
            Diagnostic::new(Code::RelationAmbiguous, place, message).help(format!("write {}", all.join(" or ")))
        }
        NameTarget::OtherKind(id) => {
            let kind = &site.schema.kind(site.entry(id).doc.kind).name;
            let meant = names.meant(&edge.to, kinds);
            let diagnostic = Diagnostic::new(Code::RelationUnknownTarget, place, message);
            let keys = keys_for(site, from, id);
            let help = if keys.is_empty() {
                format!("`{}` is of the kind `{kind}`, to which no key of this entry leads: remove it", edge.to)
            } else {
                format!("`{}` is of the kind `{kind}`: write it under {}", edge.to, keys.join(" or "))
            };
            diagnostic.help(help).suggest_fix(&edge.to, &meant)
        }
        NameTarget::Nothing | NameTarget::LeftOut | NameTarget::One(_) => {
            let meant = names.meant(&edge.to, kinds);
            let diagnostic = Diagnostic::new(Code::RelationUnknownTarget, place, message);
            if meant.names.is_empty() {
                let home = home_of(site, kinds[0]);
                diagnostic.help(format!("write the entry (`{home}`), or remove it from the list"))
            } else {
                diagnostic.suggest_fix(&edge.to, &meant)
            }
        }
    }
}

/// Where entries of a kind are written: its data file where the first of them lies in one, else its folder.
fn home_of(site: &Catalogue, kind: KindId) -> &str {
    let first = site.entries_of(kind).next().map(|id| &**site.entry(id).doc.path());
    match (first.filter(|path| path.ends_with(".yaml")), site.schema.folder_of(kind)) {
        (Some(data), _) => data,
        (None, "") => "./",
        (None, folder) => folder,
    }
}

/// The keys under which an entry may name another.
fn keys_for(site: &Catalogue, from: EntryId, to: EntryId) -> Vec<String> {
    let kind = site.entry(to).doc.kind;
    let fits = |relation: RelationId, end: End| site.schema.relation(relation).side(end.across()).kinds.contains(&kind);
    let sides = site.schema.sides_of(site.entry(from).doc.kind);
    sides.filter(|(relation, end, _)| fits(*relation, *end)).map(|(_, _, side)| format!("`{}`", side.key)).collect()
}

/// An edge as one of its ends sees it; the order of the fields is the order in which edges are shown.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct EdgeEnd {
    from: EntryId,
    inverse: bool,
    written: Option<EdgePosition>,
    across: (KindId, u32),
    number: u32,
}

/// Sorts the edges for both sides: as written on the own side, then by the order of the kind across.
fn edges(site: &Catalogue, relation: RelationId, all: Vec<Edge>) -> Edges {
    let symmetric = site.schema.relation(relation).symmetric();
    let kind_and_rank = |id: EntryId| (site.entry(id).doc.kind, site.ranks[id.0 as usize]);
    let mut one = Vec::with_capacity(all.len());
    let mut other = Vec::with_capacity(all.len());
    for (number, edge) in all.iter().enumerate() {
        let number = number as u32;
        let entry = |own: EntryId, written: Option<EdgePosition>, across: EntryId| EdgeEnd {
            from: own,
            inverse: written.is_none(),
            written,
            across: kind_and_rank(across),
            number,
        };
        one.push(entry(edge.one, edge.by_one, edge.other));
        let back = entry(edge.other, edge.by_other, edge.one);
        if symmetric { one.push(back) } else { other.push(back) }
    }
    let adjacency = |mut seen: Vec<EdgeEnd>| {
        seen.sort_unstable();
        let pairs: Vec<_> = seen.into_iter().map(|seen| (seen.from, seen.number)).collect();
        Adjacency::new(site.entries.len(), &pairs)
    };
    let (one, other) = (adjacency(one), adjacency(other));
    Edges::new(all, one, other)
}

/// The two places where an edge may have been written.
pub(super) fn places(site: &Catalogue, edge: &Edge) -> Vec<Place> {
    let place = |id: EntryId, written: Option<EdgePosition>| {
        let doc = &site.entry(id).doc;
        let list = &doc.relations[written?.list as usize];
        Some(doc.edge_place(list, &list.edges[written?.edge as usize]))
    };
    [place(edge.one, edge.by_one), place(edge.other, edge.by_other)].into_iter().flatten().collect()
}

fn check_data(site: &Catalogue, fields: &[Field], edges: &Edges, diagnostics: &mut Vec<Diagnostic>) {
    for edge in &edges.all {
        let (Some(one), Some(other)) = (edge.by_one, edge.by_other) else { continue };
        let (one, other) = (site.written(edge.one, one), site.written(edge.other, other));
        if one.has_data && other.has_data && !same_data(one, other, fields) {
            let places = places(site, edge);
            let message = "the two sides of this relation say different things about it";
            let diagnostic = Diagnostic::new(Code::RelationDataDiffers, places[1].clone(), message);
            diagnostics
                .push(diagnostic.related(places[0].clone(), "the other side").help("keep the data on one side only"));
        }
    }
}

/// Data that every edge has to carry, however short it was written.
fn check_required(site: &Catalogue, relation: RelationId, edges: &Edges, diagnostics: &mut Vec<Diagnostic>) {
    let fields = &site.schema.relation(relation).fields;
    for (at, field) in fields.iter().enumerate().filter(|(_, field)| field.required && field.when.is_empty()) {
        for edge in &edges.all {
            let writings = [(edge.one, edge.by_one), (edge.other, edge.by_other)];
            let all: Vec<_> =
                writings.iter().filter_map(|(id, written)| written.map(|written| site.written(*id, written))).collect();
            let missing = all.iter().all(|written| written.data.get(at).is_none_or(Value::is_empty));
            let said = all.iter().any(|written| written.long && written.data.get(at).is_none_or(Value::is_empty));
            if missing && !said {
                let place = places(site, edge).into_iter().next().unwrap_or_else(|| site.entry(edge.one).doc.place());
                let message = format!(
                    "the relation to `{}` needs `{}`",
                    all.first().map_or("", |written| &written.to),
                    field.name
                );
                let ty = if matches!(field.ty, Type::Text | Type::Markdown) { "..." } else { field.ty.name() };
                let to = all.first().map_or("", |written| &written.to);
                let help = format!("write it as `{{to: {to}, {}: {ty}}}`", field.name);
                diagnostics.push(Diagnostic::new(Code::FieldMissing, place, message).help(help));
            }
        }
    }
}

fn same_data(one: &WrittenEdge, other: &WrittenEdge, fields: &[Field]) -> bool {
    let mut data = fields.iter().zip(one.data.iter().zip(&other.data));
    one.reason == other.reason && data.all(|(field, (one, other))| fields::same(one, other, &field.ty))
}

/// Too few edges are no news where some of them may be in what could not be read or resolved.
fn check_counts(site: &Catalogue, names: &Names<'_>, graph: &Graph, lost: &[Lost], diagnostics: &mut Vec<Diagnostic>) {
    for relation in site.schema.relation_ids() {
        let declared = site.schema.relation(relation);
        let ends = if declared.symmetric() { &[End::One][..] } else { &[End::One, End::Other] };
        for end in ends {
            let side = declared.side(*end);
            if side.at_least == 0 && side.at_most.is_none() {
                continue;
            }
            let across = &declared.side(end.across()).kinds;
            let broken = |kind: &KindId| site.entries_of(*kind).any(|id| site.entry(id).doc.broken);
            let unsure = names.some_lost(across) || across.iter().any(broken);
            let own = side.kinds.iter().flat_map(|kind| site.entries_of(*kind));
            for id in own.filter(|id| !site.entry(*id).doc.broken) {
                let doc = &site.entry(id).doc;
                let count = graph.edges(relation).of(id, *end).len();
                let entries = if count == 1 { "1 entry".to_string() } else { format!("{count} entries") };
                let report = |problem| Diagnostic::new(Code::RelationCount, doc.key_place(&side.key), problem);
                if count < side.at_least {
                    if unsure || lost[relation.0 as usize].contains(&(id, *end)) || doc.unread.contains(&side.key) {
                        continue;
                    }
                    let (own, across) = (&side.key, &declared.side(end.across()).key);
                    let few = format!("`{own}` has {entries}, and needs at least {}", side.at_least);
                    let help = format!("add `{own}: [...]` here, or this entry to `{across}` of another");
                    diagnostics.push(report(few).help(help));
                } else if let Some(most) = side.at_most.filter(|most| count > *most) {
                    diagnostics.push(report(format!("`{}` has {entries}, and may have at most {most}", side.key)));
                }
            }
        }
    }
}

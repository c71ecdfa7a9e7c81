//! Edges that contradict others: `conflicts_with` of a relation is a path over others, and two entries must not be joined by
//! both.
//!
//! Of a path with two steps, only the edges of one step are gone through, at that end of the edge which has fewer; the edge
//! that completes the path is looked up by its two ends.

use rustc_hash::FxHashMap;

use super::edges::places;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::graph::{Edge, Edges, Graph};
use crate::model::relation::{Conflict, End};
use crate::model::schema::RelationId;
use crate::model::site::{Catalogue, EntryId};

/// Reports each edge whose two ends are joined by a path of `conflicts_with`, too: an error at every place, unless a reason
/// is given. A reason on the edge itself holds; where the path is a single relation, one on its edge does as well.
pub(super) fn check(site: &Catalogue, graph: &Graph, diagnostics: &mut Vec<Diagnostic>) {
    for relation in site.schema.relation_ids() {
        for conflict in &site.schema.relation(relation).conflicts_with {
            let steps: Vec<_> = conflict.steps.iter().map(|step| HopEdges::new(site, graph, *step)).collect();
            for edge in &graph.edges(relation).all {
                for (end, path) in paths(edge, conflict, &steps) {
                    let single = if let [one] = path.as_slice() { Some(*one) } else { None };
                    if site.reason(edge).is_none() && single.is_none_or(|edge| site.reason(edge).is_none()) {
                        report(site, (relation, end, edge), &conflict.steps, &path, diagnostics);
                    }
                }
            }
        }
    }
}

/// The edges of one step of a path.
struct HopEdges<'a> {
    edges: &'a Edges,
    /// The side that the path comes from, and the one that it leads to.
    ends: (End, End),
    by_ends: FxHashMap<(EntryId, EntryId), &'a Edge>,
}

impl<'a> HopEdges<'a> {
    fn new(site: &Catalogue, graph: &'a Graph, (relation, end): (RelationId, End)) -> Self {
        let edges = graph.edges(relation);
        let symmetric = site.schema.relation(relation).symmetric();
        let mut by_ends = FxHashMap::default();
        for edge in &edges.all {
            if symmetric || end == End::One {
                by_ends.insert((edge.one, edge.other), edge);
            }
            if symmetric || end == End::Other {
                by_ends.insert((edge.other, edge.one), edge);
            }
        }
        let across = if symmetric { End::One } else { end.across() };
        Self { edges, ends: (end, across), by_ends }
    }
}

/// The paths over these steps from one end of an edge to the other, each with the end at which it begins.
fn paths<'a>(edge: &Edge, conflict: &Conflict, steps: &[HopEdges<'a>]) -> Vec<(End, Vec<&'a Edge>)> {
    let mut found = Vec::new();
    for end in &conflict.from {
        let (from, to) = match end {
            End::One => (edge.one, edge.other),
            End::Other => (edge.other, edge.one),
        };
        match steps {
            [only] => {
                if let Some(direct) = only.by_ends.get(&(from, to)) {
                    return vec![(*end, vec![*direct])]; // seen from the other end it is the same
                }
            }
            [first, second] => {
                let (out, back) = (first.edges.of(from, first.ends.0), second.edges.of(to, second.ends.1));
                if out.len() <= back.len() {
                    let path = |one: &'a Edge| Some(vec![one, *second.by_ends.get(&(one.across(from), to))?]);
                    found.extend(out.filter_map(path).map(|path| (*end, path)));
                } else {
                    let path = |two: &'a Edge| Some(vec![*first.by_ends.get(&(from, two.across(to)))?, two]);
                    found.extend(back.filter_map(path).map(|path| (*end, path)));
                }
            }
            _ => {}
        }
    }
    found
}

fn report(
    site: &Catalogue,
    (relation, end, edge): (RelationId, End, &Edge),
    steps: &[(RelationId, End)],
    path: &[&Edge],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let from = if end == End::One { edge.one } else { edge.other };
    let label = |(relation, end): (RelationId, End)| format!("`{}`", site.schema.relation(relation).side(end).label);
    let name = |id: EntryId| format!("`{}`", site.entry(id).doc.name());
    let (to, under) = (name(edge.across(from)), label((relation, end)));
    let mut written = vec![(edge, under.clone())];
    written.extend(path.iter().zip(steps).map(|(edge, step)| (*edge, label(*step))));
    let key = format!("`{}`", site.schema.relation(relation).side(end).key);
    let message = match (path, steps) {
        ([first, _], [one, two]) => format!(
            "{} has {to} under {under}, and {}, which it has under {}, has it under {}",
            name(from),
            name(first.across(from)),
            label(*one),
            label(*two)
        ),
        (_, steps) => {
            let other = steps.first().map_or_else(String::new, |step| label(*step));
            format!("{} has {to} under {under} and under {other}", name(from))
        }
    };
    let help = if path.len() == 1 {
        "remove one of the two, or write why both stand: `{to: ..., reason: ...}`; the reason is printed".to_string()
    } else {
        format!(
            "remove one of the three, or write under {key} why it stands: `{{to: ..., reason: ...}}`; the reason is printed"
        )
    };
    for (edge, _) in &written {
        let Some(place) = places(site, edge).into_iter().next() else { continue };
        let mut diagnostic = Diagnostic::new(Code::RelationConflict, place, message.clone());
        for (other, label) in written.iter().filter(|(other, _)| !std::ptr::eq(*other, *edge)) {
            for place in places(site, other) {
                diagnostic = diagnostic.related(place, format!("under {label}"));
            }
        }
        diagnostics.push(diagnostic.help(help.clone()));
    }
}

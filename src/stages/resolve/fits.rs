//! Ranges that have to overlap where an edge relates their entries.

use std::sync::Arc;

use super::edges::places;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::doc::Doc;
use crate::model::graph::Graph;
use crate::model::relation::End;
use crate::model::site::Catalogue;
use crate::model::value::Value;
use crate::yaml::PathStep;

/// Reports each edge between entries whose ranges have nothing in common, unless a reason is given.
pub(super) fn check(site: &Catalogue, graph: &Graph, diagnostics: &mut Vec<Diagnostic>) {
    for relation in site.schema.relation_ids() {
        let declared = site.schema.relation(relation);
        for fit in &declared.fits {
            for edge in &graph.edges(relation).all {
                let ranges = site.ranges(edge, fit);
                let Some([one, other]) = ranges.filter(|[one, other]| one.0 > other.1 || other.0 > one.1) else {
                    continue;
                };
                if site.reason(edge).is_some() {
                    continue;
                }
                let said = [(edge.one, End::One, one), (edge.other, End::Other, other)];
                let text = said.map(|(id, end, (from, to))| {
                    let range = if from == to { from.to_string() } else { format!("{from} to {to}") };
                    format!("`{}` has the {} {range}", site.entry(id).doc.name(), fit.field(end).replace('_', " "))
                });
                let Some(place) = places(site, edge).into_iter().next() else { continue };
                let message = format!("{}, and {}", text[0], text[1]);
                let mut diagnostic = Diagnostic::new(Code::RelationMisfit, place, message);
                for ((id, end, _), text) in said.into_iter().zip(text) {
                    let doc = &site.entry(id).doc;
                    diagnostic =
                        diagnostic.related(doc.value_place(&[PathStep::Key(fit.field(end).to_string())]), text);
                }
                let help = "remove the relation, correct a range, or write why it stands: `{to: ..., reason: ...}`; the reason is printed";
                diagnostics.push(diagnostic.help(help));
            }
        }
    }
}

/// Whether the ranges of an entry that relations look at are those that it had.
pub(super) fn same(site: &Catalogue, before: &Arc<Doc>, now: &Arc<Doc>) -> bool {
    let looked_at = site.schema.relation_ids().any(|relation| !site.schema.relation(relation).fits.is_empty());
    let range = |value: &Value| if let Value::Range(from, to) = value { Some((*from, *to)) } else { None };
    !looked_at || before.fields.iter().map(range).eq(now.fields.iter().map(range))
}

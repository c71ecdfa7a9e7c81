//! What the edges of a relation may not contradict: other relations, and ranges of the entries that they relate.

use super::relations::{find, names};
use super::{DeclarationReader, DeclaredValue};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::relation::{Conflict, End, Fit, Relation};
use crate::model::schema::{KindId, RelationId, Schema, Type};
use crate::yaml::{MappingPart, Yaml};

/// So many relations a path goes over at most.
const LONGEST: usize = 2;

/// Reads `diet.recipes`, `menu.diets > diet.avoid`, or a list of such paths.
pub(super) fn conflicts(
    at: &DeclaredValue<'_>,
    relation: RelationId,
    relations: &[Relation],
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Vec<Conflict> {
    let items = at.items();
    if items.is_empty() {
        reader.needs(at, "`conflicts_with` names no relation".into(), EXAMPLE);
    }
    items.iter().filter_map(|at| conflict(at, relation, relations, schema, reader)).collect()
}

const EXAMPLE: &str = "`diet.recipes`, or as a path: `menu.diets > diet.avoid`";

fn conflict(
    at: &DeclaredValue<'_>,
    relation: RelationId,
    relations: &[Relation],
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<Conflict> {
    let text = reader.text(at)?;
    let parts: Vec<&str> = text.split('>').map(str::trim).collect();
    if parts.contains(&"") || parts.len() > LONGEST {
        let message = format!("`{text}` has to be one relation, or two with a `>` between them");
        reader.needs(at, message, EXAMPLE);
        return None;
    }
    let mut steps = Vec::new();
    for part in parts {
        let Some(step) = find(relations, part, schema) else {
            if !reader.relations_lost {
                reader.unknown(at, "relation", part, names(relations, schema).iter().map(String::as_str));
            }
            return None;
        };
        steps.push(step);
    }
    let side = |(relation, end): (RelationId, End)| relations[relation.0 as usize].side(end);
    let across = |(relation, end): (RelationId, End)| side((relation, end.across()));
    let named = |kinds: &[KindId]| {
        let names: Vec<_> = kinds.iter().map(|kind| format!("`{}`", schema.kind(*kind).name)).collect();
        names.join(" or ")
    };
    let meet = |some: &[KindId], others: &[KindId]| some.iter().any(|kind| others.contains(kind));
    let (first, last) = (*steps.first()?, *steps.last()?);
    if steps.iter().all(|(id, _)| *id == relation) {
        reader.invalid(at, "a relation cannot conflict with itself");
        return None;
    }
    if let Some(pair) = steps.windows(2).find(|pair| !meet(&across(pair[0]).kinds, &side(pair[1]).kinds)) {
        let (leads, begins) = (named(&across(pair[0]).kinds), named(&side(pair[1]).kinds));
        reader.invalid(at, format!("the first step of the path leads to {leads}, and the second begins at {begins}"));
        return None;
    }
    let ends = if relations[relation.0 as usize].symmetric() { &[End::One][..] } else { &[End::One, End::Other] };
    let begins = |end: &End| meet(&side((relation, *end)).kinds, &side(first).kinds);
    let leads = |end: &End| meet(&across((relation, *end)).kinds, &across(last).kinds);
    let from: Vec<End> = ends.iter().copied().filter(|end| begins(end) && leads(end)).collect();
    if from.is_empty() {
        let (one, other) = (side((relation, End::One)), side((relation, End::Other)));
        let (path, own) = ([&side(first).kinds, &across(last).kinds], [&one.kinds, &other.kinds]);
        let [begin, end] = path.map(|kinds| named(kinds));
        let [one, other] = own.map(|kinds| named(kinds));
        let message = format!("the path leads from {begin} to {end}, and the relation is between {one} and {other}");
        reader.invalid(at, message);
        return None;
    }
    Some(Conflict { from, steps })
}

/// Reads `{length: length}`: a field of the first side, and one of the other.
pub(super) fn fits(
    at: DeclaredValue<'_>,
    relation: &Relation,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Vec<Fit> {
    if matches!(at.yaml, Yaml::Null) || at.entries().is_empty() && matches!(at.yaml, Yaml::Map(_)) {
        reader.needs(&at, "`fits` names no field".into(), "`fits: {length: length}`, a field of each side");
        return Vec::new();
    }
    let mut fits = Vec::new();
    for (one, at) in reader.mapping(at).entries {
        let Some(other) = reader.text(&at) else { continue };
        let sides = [(one, End::One, MappingPart::Key), (other.as_str(), End::Other, MappingPart::Value)];
        let sound =
            sides.map(|(name, end, part)| is_range(name, &relation.side(end).kinds, (&at, part), schema, reader));
        if sound == [true, true] {
            fits.push(Fit { one: one.to_string(), other: other.clone() });
        }
    }
    fits
}

/// Whether all kinds of a side have the field, and as a range.
fn is_range(
    name: &str,
    kinds: &[KindId],
    (at, part): (&DeclaredValue<'_>, MappingPart),
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> bool {
    for kind in kinds.iter().map(|kind| schema.kind(*kind)) {
        let place = reader.text.place(&at.path, part);
        let ranges = kind.fields.iter().filter(|field| matches!(field.ty, Type::Range(_)));
        match kind.field(name).map(|field| &field.ty) {
            Some(Type::Range(_)) => continue,
            Some(other) => {
                let message = format!("`{}.{name}` is of the type {}, and has to be a range", kind.name, other.name());
                let help = format!("write its type as `{name}: {{type: range}}`, or name another field");
                reader.diagnostics.push(Diagnostic::new(Code::SiteInvalid, place, message).help(help));
            }
            None => {
                let what = format!("range of `{}`", kind.name);
                reader.unknown_at(place, &what, name, ranges.map(|field| field.name.as_str()));
            }
        }
        return false;
    }
    true
}

//! Relations between kinds.

use std::collections::{HashMap, HashSet};

use super::kinds::capital;
use super::{DeclarationReader, DeclaredValue, Mapping, RESERVED, conflicts, fields};
use crate::diagnostics::Code;
use crate::model::relation::{End, Relation, Side};
use crate::model::schema::{RelationId, Schema};
use crate::yaml::{MappingPart, Path, PathStep, Yaml};

/// Keys of an edge that no relation can use for its data.
const EDGE_KEYS: &[&str] = &["to", "reason"];

/// The relations, and where each is written.
pub(super) fn relations(
    site: &mut Mapping<'_>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> (Vec<Relation>, Vec<Path>) {
    let items = site.take("relations");
    reader.relations_lost |= items.is_none() && site.is_misspelt("relations");
    let items = items.map_or_else(Vec::new, |at| at.items());
    let (mut relations, mut written) = (Vec::new(), Vec::new());
    let mut conflicts = Vec::new();
    for at in items {
        let path = at.path.clone();
        if let Some((relation, conflict)) = relation(at, schema, reader) {
            relations.push(relation);
            written.push(path);
            conflicts.push(conflict);
        } else {
            reader.relations_lost = true;
        }
    }
    for (number, at) in conflicts.into_iter().enumerate() {
        let Some(at) = at else { continue };
        let found = conflicts::conflicts(&at, RelationId(number as u16), &relations, schema, reader);
        relations[number].conflicts_with = found;
    }
    (relations, written)
}

/// Two relations, or a relation and a field, may not have the same key on one kind. A relation that is there twice is reported
/// at one of its ends.
pub(super) fn check_keys(schema: &Schema, written: &[Path], reader: &mut DeclarationReader) {
    let mut said = HashSet::new();
    for kind in schema.kind_ids() {
        let mut seen: HashMap<&str, RelationId> = HashMap::new();
        for (id, end, side) in schema.sides_of(kind) {
            let end = if end == End::One { "one" } else { "other" };
            let path = [written[id.0 as usize].as_slice(), &[PathStep::Key(end.into())]].concat();
            let name = &schema.kind(kind).name;
            let key = side.key.as_str();
            let taken = schema.kind(kind).field(key).is_some();
            let other = seen.insert(key, id).filter(|other| *other != id || !schema.relation(id).symmetric());
            let twice = other.is_some_and(|other| said.insert((other.0, id.0)));
            if RESERVED.contains(&key) {
                let message = format!("`{key}` is a key that every entry has, with a meaning of its own");
                let help = "give the relation another key";
                reader.report(Code::SiteInvalid, &path, MappingPart::Value, message, &[help]);
            } else if taken || twice {
                let message = format!("`{name}.{key}` is declared twice");
                let help = "give one of the two another key";
                reader.report(Code::SiteInvalid, &path, MappingPart::Value, message, &[help]);
            }
        }
    }
}

/// The relation that `topic.articles` names, and the side on which it does.
pub(super) fn named(
    at: &DeclaredValue<'_>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<(RelationId, End)> {
    let text = reader.text(at)?;
    find(&schema.relations, &text, schema).or_else(|| {
        if reader.relations_lost {
            return None;
        }
        let names = names(&schema.relations, schema);
        let meant = reader.unknown(at, "relation", &text, names.iter().map(String::as_str))?;
        find(&schema.relations, &meant, schema)
    })
}

pub(super) fn find(relations: &[Relation], text: &str, schema: &Schema) -> Option<(RelationId, End)> {
    let (kind, key) = text.split_once('.')?;
    let kind = schema.kind_named(kind)?;
    relations.iter().enumerate().find_map(|(number, relation)| {
        let fits = |end| {
            let side = relation.side(end);
            side.key == key && side.kinds.contains(&kind)
        };
        let id = RelationId(number as u16);
        [End::One, End::Other].into_iter().find(|end| fits(*end)).map(|end| (id, end))
    })
}

pub(super) fn names(relations: &[Relation], schema: &Schema) -> Vec<String> {
    let sides = relations.iter().flat_map(|relation| [relation.side(End::One), relation.side(End::Other)]);
    sides.flat_map(|side| side.kinds.iter().map(|kind| format!("{}.{}", schema.kind(*kind).name, side.key))).collect()
}

fn relation<'a>(
    at: DeclaredValue<'a>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<(Relation, Option<DeclaredValue<'a>>)> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let one = map.take("one").and_then(|at| end(&at, schema, reader));
    let other = map.take("other");
    let other_named = other.is_some();
    let other = other.and_then(|at| end(&at, schema, reader));
    let symmetric = map.boolean("symmetric", false, reader);
    let sides = if symmetric { 1 } else { 2 };
    let labels = map.take("labels").map_or_else(Vec::new, |at| {
        each_side(&at, sides, reader);
        reader.texts(&at)
    });
    let at_least = counts(map.take("at_least"), sides, reader);
    let at_most = counts(map.take("at_most"), sides, reader);
    let fields = map.take("fields").map_or_else(Vec::new, |at| {
        for (name, at) in at.entries() {
            if EDGE_KEYS.contains(&name) {
                fields::reserved(&at, name, "edge", reader);
            }
        }
        fields::fields(&at, reader)
    });
    let conflict = map.take("conflicts_with");
    let fits = map.take("fits");
    map.finish(reader);
    let (kinds, key) = one?;
    let side = |number: usize, (kinds, key): (_, String)| Side {
        label: labels.get(number).cloned().unwrap_or_else(|| capital(&key.replace('_', " "))),
        kinds,
        key,
        at_least: at_least.get(number).copied().flatten().unwrap_or(0),
        at_most: at_most.get(number).copied().flatten(),
    };
    let other = match (symmetric, other) {
        (true, None) if !other_named => None,
        (false, Some(other)) => Some(side(1, other)),
        (true, _) => {
            reader.invalid(&whole, "a symmetric relation has no `other`: both sides are the same");
            return None;
        }
        (false, None) if other_named => return None,
        (false, None) => {
            let help = "`{one: topic.articles, other: article.topics}`, or `symmetric: true` in place of `other`";
            reader.needs(&whole, "a relation needs its `other` side".into(), help);
            return None;
        }
    };
    let mut relation =
        Relation { one: side(0, (kinds, key)), other, fields, conflicts_with: Vec::new(), fits: Vec::new() };
    relation.fits = fits.map_or_else(Vec::new, |at| conflicts::fits(at, &relation, schema, reader));
    Some((relation, conflict))
}

/// Reads `topic.articles`, `article|topic.notes` or `*.notes`.
fn end(
    at: &DeclaredValue<'_>,
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<(Vec<crate::model::schema::KindId>, String)> {
    let text = reader.text(at)?;
    let Some((kinds, key)) = text.split_once('.') else {
        let message = format!("`{text}` has to be a kind and a key with a dot between them");
        reader.needs(
            at,
            message,
            &format!("`{text}.articles`, the key under which entries of `{text}` list the others"),
        );
        return None;
    };
    let kinds = reader.kinds_in(at, kinds, &schema.kinds);
    (!kinds.is_empty()).then(|| (kinds, key.trim().to_string()))
}

/// A number for the first side, or a list with one for each.
fn counts(at: Option<DeclaredValue<'_>>, sides: usize, reader: &mut DeclarationReader) -> Vec<Option<usize>> {
    let Some(at) = at else { return Vec::new() };
    each_side(&at, sides, reader);
    let each = |at: &DeclaredValue<'_>, reader: &mut DeclarationReader| match at.yaml {
        Yaml::Null => None,
        _ => reader.count(at),
    };
    at.items().iter().map(|item| each(item, reader)).collect()
}

/// Reports what a list says beyond the sides of a relation.
fn each_side(at: &DeclaredValue<'_>, sides: usize, reader: &mut DeclarationReader) {
    if let Some(more) = at.items().get(sides) {
        let (message, help) = match sides {
            1 => (
                "both sides of a symmetric relation are the same, and this is for another one",
                "write one, without a list",
            ),
            _ => (
                "a relation has two sides, and this is for a third",
                "write one for the side `one` and one for `other`",
            ),
        };
        reader.report(Code::SiteInvalid, &more.path, MappingPart::Value, message, &[help]);
    }
}

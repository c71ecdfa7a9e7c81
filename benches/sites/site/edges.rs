//! Relations between entries, written on both sides where both are generated.

use std::collections::{BTreeMap, BTreeSet};

use limber::model::relation::End;
use limber::model::schema::{KindId, Schema};
use serde_json::{Value, json};

use super::random::Random;
use super::{Entry, fields};

/// What an entry says about its relations: for each key the names of related entries, some with data.
pub type Written = BTreeMap<String, Vec<Value>>;

/// Gives every entry one to three relations of its own; with those that others have to it, two to six.
pub fn edges(
    schema: &Schema,
    entries: &[Entry],
    others: &[(KindId, Vec<String>)],
    seed: u64,
    works: &[String],
) -> Vec<Written> {
    let mut by_kind: BTreeMap<KindId, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        by_kind.entry(entry.kind).or_default().push(at);
    }
    let mut written: Vec<Written> = entries.iter().map(|_| Written::new()).collect();
    let mut known = BTreeSet::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut random = Random::new(seed ^ 0xed6e, at as u64);
        let sides: Vec<_> = schema.sides_of(entry.kind).filter(|(id, ..)| !conflicts(schema, *id)).collect();
        let wanted = random.between(1, 3);
        let needed = sides.iter().filter(|(.., side)| side.at_least > 0).copied();
        let drawn: Vec<_> = (0..wanted).map(|_| *random.pick(&sides)).collect();
        for (relation, end, side) in needed.chain(drawn) {
            let declared = schema.relation(relation);
            let across = declared.side(end.across());
            let kind = *random.pick(&across.kinds);
            let to = match by_kind.get(&kind) {
                Some(pool) => *random.pick(pool),
                None => {
                    let Some((_, slugs)) = others.iter().find(|(other, _)| *other == kind) else { continue };
                    let name = format!("{}/{}", schema.kind(kind).plural, random.pick(slugs));
                    let names = written[at].entry(side.key.clone()).or_default();
                    if !names.iter().any(|known| known == name.as_str() || known["to"] == name.as_str()) {
                        names.push(with_data(&mut random, &declared.fields, name, works));
                    }
                    continue;
                }
            };
            let (one, other) = if end == End::One { (at, to) } else { (to, at) };
            let pair = if declared.symmetric() { (one.min(other), one.max(other)) } else { (one, other) };
            if to == at || !known.insert((relation, pair)) {
                continue;
            }
            let there = with_data(&mut random, &declared.fields, entries[to].slug.clone(), works);
            written[at].entry(side.key.clone()).or_default().push(there);
            let key = if declared.symmetric() { &side.key } else { &across.key };
            written[to].entry(key.clone()).or_default().push(entry.slug.as_str().into());
        }
    }
    written
}

/// Edges at random would contradict each other where a relation rules out another, and where ranges have to fit. With those
/// of a relation that rules out a single one left out, none is left for paths over two.
fn conflicts(schema: &Schema, id: limber::model::schema::RelationId) -> bool {
    let declared = schema.relation(id);
    !declared.fits.is_empty() || declared.conflicts_with.iter().any(|conflict| conflict.steps.len() == 1)
}

fn with_data(random: &mut Random, declared: &[limber::model::schema::Field], to: String, works: &[String]) -> Value {
    let mut data: serde_json::Map<_, _> =
        declared.iter().filter_map(|field| Some((field.name.clone(), fields::value(random, field, works)?))).collect();
    if data.is_empty() {
        return to.into();
    }
    data.insert("to".into(), json!(to));
    data.into()
}

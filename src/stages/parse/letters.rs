//! Keys that differ from a known one in capitals alone: `Title`, `URL`, `TAGS`, as tools have them that make no difference there.

use super::{address, known_keys};
use crate::model::schema::{KindId, Schema};
use crate::yaml::Yaml;

/// What templates read of every entry, and no field.
const DATA: [&str; 3] = ["description", "categories", "category"];

/// Front matter in which such a key is called as the known one, where every key is allowed and the known one is not written itself.
pub(super) fn with_known_names(root: Yaml, schema: &Schema, kind: KindId) -> Yaml {
    let mut keys = match root {
        Yaml::Map(keys) if schema.kind(kind).extra => keys,
        other => return other,
    };
    let names = names(schema, kind);
    for at in 0..keys.len() {
        let key = &keys[at].0;
        let is_written = |name: &str| keys.iter().any(|(key, _)| key == name);
        if names.contains(&key.as_str()) {
            continue;
        }
        if let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(key) && !is_written(name)) {
            keys[at].0 = (*name).to_string();
        }
    }
    Yaml::Map(keys)
}

/// Every key that means something in entries of a kind.
fn names(schema: &Schema, kind: KindId) -> Vec<&str> {
    let declared = schema.kind(kind);
    let order = declared.order.iter().map(|name| name.trim_start_matches('-'));
    let others = declared
        .from_keys
        .all()
        .chain(&declared.redirects)
        .map(|key| key.split('.').next().unwrap_or(key))
        .chain(order);
    let mut names: Vec<&str> = known_keys(schema, kind).chain(others).collect();
    address::all_keys(declared).chain(DATA).for_each(|name| names.push(name));
    names
}

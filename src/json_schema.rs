//! JSON Schema of front matter and of `site.yaml`: editors complete and check them as they are typed, ids and titles included.

mod declaration;
mod keys;

use serde_json::{Map, Value as Json, json};

use crate::model::fields::entry::names;
use crate::model::fields::object::{add_conditions, object_schema};
use crate::model::fields::schema_of;
use crate::model::relation::{End, Relation, Side};
use crate::model::schema::{KindId, Schema};
use crate::model::site::Site;

pub use declaration::of_declaration;
pub use keys::{SiteKey, keys};

/// The dialect that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of an entry of a kind.
pub fn of_kind(site: &Site, id: KindId) -> Json {
    let schema = &site.schema;
    let kind = schema.kind(id);
    let mut properties = reserved();
    // A title may be missing: then it is the first heading, or the name of the file.
    let mut required = Vec::new();
    for field in &kind.fields {
        properties.insert(field.name.clone(), schema_of(site, field));
        required.extend(field.always().then(|| json!(field.name)));
    }
    for (relation, end, side) in schema.sides_of(id) {
        properties.insert(side.key.clone(), of_relation(site, schema.relation(relation), end, side));
    }
    let mut schema = json!({
        "$schema": DIALECT,
        "title": kind.label,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": kind.extra,
    });
    add_conditions(&mut schema, &kind.fields);
    schema
}

/// The schema of a data file with entries of a kind: slugs with what they stand for.
pub fn of_data_file(site: &Site, id: KindId) -> Json {
    let entry = of_kind(site, id);
    json!({"$schema": DIALECT, "title": site.schema.kind(id).title, "type": "object", "additionalProperties": entry})
}

fn reserved() -> Map<String, Json> {
    let own = keys().into_iter().filter_map(|key| {
        let name = key.path.strip_prefix("ENTRY.")?.to_string();
        let mut value = match key.value[0].as_str() {
            "texts" => json!({"type": ["array", "string"], "items": {"type": "string"}}),
            "flag" => json!({"type": "boolean"}),
            "day" => json!({"type": "string", "format": "date"}),
            _ => json!({"type": "string"}),
        };
        value["description"] = json!(key.about);
        Some((name, value))
    });
    own.collect()
}

fn of_relation(site: &Site, relation: &Relation, end: End, side: &Side) -> Json {
    let name = names(site, &relation.side(end.across()).kinds);
    let mut properties = Map::new();
    properties.insert("to".into(), name.clone());
    properties.insert("reason".into(), json!({"type": "string", "description": "Why it stands all the same."}));
    let long = object_schema(site, &relation.fields, vec![json!("to")], properties);
    let edge = json!({"anyOf": [name, long]});
    json!({"description": side.label, "anyOf": [{"type": "array", "items": edge}, edge]})
}

/// One document with the schemas of all kinds that people write.
pub fn of_site(site: &Site) -> Json {
    let schema: &Schema = &site.schema;
    let kinds: Map<String, Json> =
        schema.kind_ids().map(|id| (schema.kind(id).name.clone(), of_kind(site, id))).collect();
    json!({"$schema": DIALECT, "title": schema.title, "$defs": kinds})
}

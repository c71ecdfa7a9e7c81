//! JSON Schema of front matter: editors complete and check it as it is typed, ids and titles included.

use serde_json::{Map, Value as Json, json};

use crate::model::schema::{End, Field, Kind, KindId, Limits, Relation, Schema, Side, Type};
use crate::model::site::Site;

/// The dialect that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of an entry of a kind.
pub fn of_kind(site: &Site, id: KindId) -> Json {
    let schema = &site.schema;
    let kind = schema.kind(id);
    let mut properties = reserved();
    let mut required = vec![json!("title")];
    for field in &kind.fields {
        properties.insert(field.name.clone(), of_field(site, field));
        required.extend(always(field).then(|| json!(field.name)));
    }
    for (relation, end, side) in schema.sides_of(id) {
        properties.insert(side.key.clone(), of_relation(site, schema.relation(relation), end, side));
    }
    json!({
        "$schema": DIALECT,
        "title": kind.label,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": kind.extra,
    })
}

/// The schema of a data file with entries of a kind: slugs with what they stand for.
pub fn of_data_file(site: &Site, id: KindId) -> Json {
    let entry = of_kind(site, id);
    json!({"$schema": DIALECT, "title": site.schema.kind(id).title, "type": "object", "additionalProperties": entry})
}

fn reserved() -> Map<String, Json> {
    let text = |about: &str| json!({"type": "string", "description": about});
    let texts = |about: &str| json!({"type": ["array", "string"], "items": {"type": "string"}, "description": about});
    let flag = |about: &str| json!({"type": "boolean", "description": about});
    let day = |about: &str| json!({"type": "string", "format": "date", "description": about});
    let mut properties = Map::new();
    for (key, value) in [
        ("title", text("The heading of the page.")),
        ("short_title", text("What lists and links call it.")),
        ("summary", text("One line about it.")),
        ("aliases", texts("Other names.")),
        ("redirect_from", texts("Addresses that it had before.")),
        ("date", day("When it was first published.")),
        ("updated", day("When it last changed.")),
        ("draft", flag("Left out unless drafts are asked for.")),
        ("template", text("A template of its own.")),
        ("term_links", flag("Whether mentions of terms on its page become links.")),
        ("linked_as_term", flag("Whether mentions of it on other pages become links.")),
    ] {
        properties.insert(key.to_string(), value);
    }
    properties
}

fn of_field(site: &Site, field: &Field) -> Json {
    let mut schema = of_type(site, field);
    if let Some(object) = schema.as_object_mut() {
        if !field.help.is_empty() {
            object.insert("description".into(), json!(field.help));
        }
        limits(object, &field.ty, &field.limits);
    }
    schema
}

fn of_type(site: &Site, field: &Field) -> Json {
    match &field.ty {
        Type::Text | Type::Markdown => json!({"type": ["string", "integer"]}),
        Type::Integer => json!({"type": "integer"}),
        Type::Number => json!({"type": "number"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Date => json!({"type": "string", "format": "date"}),
        Type::Choice(choices) => {
            let each = choices.iter().map(|(id, label)| json!({"const": id, "title": label}));
            json!({"oneOf": each.collect::<Vec<_>>()})
        }
        Type::Range(unit) => json!({"type": ["number", "string"], "title": unit}),
        Type::Url => json!({"type": "string", "pattern": "^(https?://|mailto:|/)"}),
        Type::Image => json!({"type": "string"}),
        Type::Citations => {
            let works = site.bibliography.works.values();
            let keys: Vec<Json> = works.map(|work| json!({"const": work.key, "title": work.title})).collect();
            let key = if keys.is_empty() { json!({"type": "string"}) } else { json!({"oneOf": keys}) };
            json!({"anyOf": [{"type": "array", "items": key}, key]})
        }
        Type::Entry => names(site, &site.schema.kind_ids().collect::<Vec<_>>()),
        Type::List(item) => json!({"type": "array", "items": of_field(site, item)}),
        Type::Object(fields) => object(site, fields, Vec::new(), Map::new()),
    }
}

fn object(site: &Site, fields: &[Field], mut required: Vec<Json>, mut properties: Map<String, Json>) -> Json {
    for field in fields {
        properties.insert(field.name.clone(), of_field(site, field));
        required.extend(always(field).then(|| json!(field.name)));
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// Whether a field has to be there, whatever stands beside it.
fn always(field: &Field) -> bool {
    field.required && field.default.is_none() && field.when.is_empty()
}

fn limits(schema: &mut Map<String, Json>, ty: &Type, limits: &Limits) {
    let (least, most) = match ty {
        Type::Text | Type::Markdown => ("minLength", "maxLength"),
        Type::Integer | Type::Number | Type::Range(_) => ("minimum", "maximum"),
        Type::List(_) => ("minItems", "maxItems"),
        _ => return,
    };
    for (key, limit) in [(least, limits.min), (most, limits.max)] {
        if let Some(limit) = limit {
            let whole = limit.fract() == 0.0 && limit.abs() < 1e15;
            schema.insert(key.into(), if whole { json!(limit as i64) } else { json!(limit) });
        }
    }
}

fn of_relation(site: &Site, relation: &Relation, end: End, side: &Side) -> Json {
    let name = names(site, &relation.side(end.across()).kinds);
    let mut properties = Map::new();
    properties.insert("to".into(), name.clone());
    properties.insert("reason".into(), json!({"type": "string", "description": "Why it stands all the same."}));
    let long = object(site, &relation.fields, vec![json!("to")], properties);
    let edge = json!({"anyOf": [name, long]});
    json!({"description": side.label, "anyOf": [{"type": "array", "items": edge}, edge]})
}

/// The names of all entries of some kinds: slugs with titles, or kind and slug.
fn names(site: &Site, kinds: &[KindId]) -> Json {
    let entries = kinds.iter().flat_map(|kind| site.entries_of(*kind));
    let mut slugs: Vec<Json> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for id in entries {
        let doc = &site.entry(id).doc;
        if seen.insert(doc.slug.as_str()) {
            slugs.push(json!({"const": doc.slug, "title": doc.title}));
        }
    }
    let of_kind = |kind: &Kind| format!("{}|{}", kind.name, kind.plural);
    let prefixes: Vec<String> = kinds.iter().map(|kind| of_kind(site.schema.kind(*kind))).collect();
    let with_kind = json!({"type": "string", "pattern": format!("^({})/.", prefixes.join("|"))});
    if slugs.is_empty() { with_kind } else { json!({"anyOf": [{"oneOf": slugs}, with_kind]}) }
}

/// One document with the schemas of all kinds that people write.
pub fn of_site(site: &Site) -> Json {
    let schema: &Schema = &site.schema;
    let kinds: Map<String, Json> =
        schema.kind_ids().map(|id| (schema.kind(id).name.clone(), of_kind(site, id))).collect();
    json!({"$schema": DIALECT, "title": schema.title, "$defs": kinds})
}

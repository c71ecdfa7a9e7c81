//! JSON Schema of `site.yaml` itself, from the table of its keys.

use serde_json::{Map, Value as Json, json};

use super::DIALECT;
use super::keys::{SiteKey, keys};
use crate::diagnostics::Code;
use crate::model::fields::NAMES;

/// Shapes that stand in several places.
const SHAPES: [&str; 3] = ["FIELD", "CONDITION", "THING"];

/// The schema of `site.yaml`.
pub fn of_declaration() -> Json {
    let keys = keys();
    let mut schema = object(&keys, &[]);
    let shapes = SHAPES.iter().map(|shape| ((*shape).to_string(), shape_of(&keys, shape)));
    let mut shapes: Map<String, Json> = shapes.collect();
    shapes.insert("LEVEL".into(), level());
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!("site.yaml of Limber");
    schema["required"] = json!(["title"]);
    schema["$defs"] = Json::Object(shapes);
    schema
}

fn shape_of(keys: &[SiteKey], shape: &str) -> Json {
    let whole = object(keys, &[shape]);
    if shape == "CONDITION" { whole } else { json!({"anyOf": [{"type": "string"}, whole]}) }
}

/// A mapping whose keys stand below `steps`. What stands below `NAME` holds for each of them that is a mapping.
fn object(keys: &[SiteKey], steps: &[&str]) -> Json {
    let mut properties = Map::new();
    let mut other = Json::Null;
    for name in names_below(keys, steps) {
        let path = [steps, &[name]].concat();
        match name {
            "NAME" => other = named(keys, &path),
            name => {
                properties.insert(name.to_string(), value(keys, &path));
            }
        }
    }
    let only = !properties.is_empty() && !is_open(steps);
    let other = if properties.is_empty() { other } else { Json::Null };
    let other = if only { json!(false) } else { other };
    let mut object = json!({"type": ["object", "null"]});
    if !properties.is_empty() {
        object["properties"] = Json::Object(properties);
    }
    if !other.is_null() {
        object["additionalProperties"] = other;
    }
    object
}

/// Mappings that take names of the site's own beside those that are known.
fn is_open(steps: &[&str]) -> bool {
    matches!(steps.last(), Some(&"checks" | &"from_keys"))
}

/// The steps below a path, each once, in the order of the table.
fn names_below<'a>(keys: &'a [SiteKey], steps: &[&str]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for key in keys {
        let own = key.steps();
        let Some(name) = own.get(steps.len()).filter(|_| fits(&own[..steps.len()], steps)) else { continue };
        let is_shape = steps.is_empty() && name.chars().all(|c| c.is_ascii_uppercase());
        if !names.contains(name) && !is_shape && *name != "[]" {
            names.push(*name);
        }
    }
    names
}

/// Whether a path of the table is the one that is asked for. `pages.NAME` stands for each page.
fn fits(own: &[&str], asked: &[&str]) -> bool {
    let pages = asked.first() == Some(&"pages") && asked.get(1) != Some(&"twins");
    own.len() == asked.len() && own.iter().zip(asked).all(|(own, asked)| own == asked || pages && *own == "NAME")
}

/// What stands behind a name of the site's own.
fn named(keys: &[SiteKey], path: &[&str]) -> Json {
    let whole = object(keys, path);
    match path {
        ["kinds" | "blocks", _] => whole,
        ["CONDITION", _] => json!({"anyOf": [single(), {"type": "array", "items": single()}, whole]}),
        _ => json!({"anyOf": [single(), {"type": "array"}, whole]}),
    }
}

fn single() -> Json {
    json!({"type": ["string", "number", "boolean"]})
}

/// What may stand at a path, with what it means.
fn value(keys: &[SiteKey], path: &[&str]) -> Json {
    let Some(key) =
        keys.iter().find(|key| key.steps() == path).or_else(|| keys.iter().find(|key| fits(&key.steps(), path)))
    else {
        return object(keys, path);
    };
    let ways: Vec<Json> = key.value.iter().map(|word| way(keys, path, key, word)).collect();
    let mut whole = match <[Json; 1]>::try_from(ways) {
        Ok([one]) => one,
        Err(ways) => json!({"anyOf": ways}),
    };
    whole["description"] = json!(key.about);
    whole
}

fn way(keys: &[SiteKey], path: &[&str], key: &SiteKey, word: &str) -> Json {
    match word {
        "text" if key.words == ["types"] => json!({"enum": NAMES}),
        "text" if !key.words.is_empty() => json!({"enum": key.words}),
        "text" => single(),
        "texts" if !key.words.is_empty() => {
            let one = json!({"enum": key.words});
            json!({"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]})
        }
        "texts" => json!({"anyOf": [single(), {"type": "array", "items": single()}, {"type": "null"}]}),
        "flag" => json!({"type": "boolean"}),
        "count" => json!({"type": "integer", "minimum": 0}),
        "number" => json!({"type": "number"}),
        "list" => json!({"type": ["array", "null"], "items": item(keys, path)}),
        "map" if path.last() == Some(&"checks") => checks(),
        "map" if path == ["field_sets"] => json!({"type": ["object", "null"], "additionalProperties": fields()}),
        "map" if path.last() == Some(&"fields") => fields(),
        "map" => object(keys, path),
        shape if SHAPES.contains(&shape) => json!({"$ref": format!("#/$defs/{shape}")}),
        _ => json!({}),
    }
}

/// An item of a list: a text, a number or nothing, or a mapping with the keys below `[]`.
fn item(keys: &[SiteKey], path: &[&str]) -> Json {
    let below = [path, &["[]"]].concat();
    let whole = object(keys, &below);
    if names_below(keys, &below).is_empty() {
        return json!({});
    }
    json!({"anyOf": [{"type": "string"}, whole]})
}

fn fields() -> Json {
    json!({"type": ["object", "null"], "additionalProperties": {"$ref": "#/$defs/FIELD"}})
}

/// How bad a problem is: everywhere, or by place.
fn level() -> Json {
    let levels = ["off", "warning", "error"];
    json!({"anyOf": [{"enum": levels}, {"type": "object", "additionalProperties": {"enum": levels}}]})
}

/// Levels by code. Rules of the site have codes, too.
fn checks() -> Json {
    let of_code = |about: &str| json!({"$ref": "#/$defs/LEVEL", "description": about});
    let mut properties: Map<String, Json> =
        Code::ALL.iter().map(|code| (code.name().to_string(), of_code(code.summary()))).collect();
    properties.insert("advice".into(), of_code("All advice at once."));
    let other = json!({"$ref": "#/$defs/LEVEL"});
    json!({"type": ["object", "null"], "properties": properties, "additionalProperties": other})
}

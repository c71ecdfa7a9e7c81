//! `text`: plain text.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, limits};
use crate::collation::Collation;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// Plain text.
pub struct TextType;

/// The way out where a text holds signs that mean something else in YAML.
pub(super) fn text_way_out(written: &Yaml) -> Option<String> {
    match written {
        Yaml::Map(_) => Some("write a text in its place, with quotes round one that contains `: `".into()),
        Yaml::List(_) => Some("put quotes round a text that begins with `[`".into()),
        _ => None,
    }
}

impl FieldType for TextType {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "Plain text."
    }

    fn expected(&self) -> &'static str {
        "a text"
    }

    fn example(&self) -> String {
        "some words".into()
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        text_way_out(written).unwrap_or_else(|| format!("for example `{}: {}`", field.name, self.example()))
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_) | Yaml::Integer(_))
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        match yaml {
            Yaml::Text(text) => {
                let shown = reads.text(text, path);
                limits::length(field, &shown, path, reads);
                Some(Value::Text(shown))
            }
            Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_) => Some(Value::Text(reads.as_typed(yaml, path))),
            Yaml::Null | Yaml::List(_) | Yaml::Map(_) => None,
        }
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Text(text) = value { text.as_str().into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": ["string", "integer"]})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minLength", "maxLength"])
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Text(text) = value { vec![text.clone()] } else { Vec::new() }
    }

    fn search_texts(&self, value: &Value, each: &mut dyn FnMut(&str)) {
        if let Value::Text(text) = value {
            each(text);
        }
    }

    fn key(&self, value: &Value, collation: &Collation) -> Key {
        if let Value::Text(text) = value { Key::of(text, collation) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Text(a), Value::Text(b)) if a == b)
    }
}

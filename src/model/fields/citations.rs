//! `citations`: keys of works in the bibliography.

use serde_json::{Value as Json, json};

use super::limits::report;
use super::{FieldContext, FieldType};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::url::composed;
use crate::yaml::{PathStep, Yaml};

/// Keys of works in the bibliography.
pub struct CitationsType;

/// The key of a work as people write it, with or without the sign that stands before it in texts.
pub fn key(text: &str) -> String {
    composed(text.trim().trim_start_matches('@')).into_owned()
}

impl FieldType for CitationsType {
    fn name(&self) -> &'static str {
        "citations"
    }

    fn about(&self) -> &'static str {
        "Works of the bibliography by their keys; they are numbered and listed with those of the text."
    }

    fn expected(&self) -> &'static str {
        "a list of keys"
    }

    fn example(&self) -> String {
        "[miller2020]".into()
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_) | Yaml::List(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let items = match yaml {
            Yaml::Text(text) => return Some(Value::Citations(vec![(key(text), path.to_vec())])),
            Yaml::List(items) => items,
            _ => return None,
        };
        let mut keys = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = [path, &[PathStep::Index(at)]].concat();
            match item {
                Yaml::Text(text) => keys.push((key(text), path)),
                Yaml::Null => {}
                other => {
                    let message = format!("expected the key of a work, found {}", other.sort());
                    report(Code::FieldWrongType, &path, message, "write it as `miller2020`", reads);
                }
            }
        }
        Some(Value::Citations(keys))
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Citations(keys) = value {
            keys.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>().into()
        } else {
            Json::Null
        }
    }

    fn json_schema(&self, site: &Site) -> Json {
        let works = site.bibliography.works.values();
        let keys: Vec<Json> = works.map(|work| json!({"const": work.key, "title": work.title})).collect();
        let key = if keys.is_empty() { json!({"type": "string"}) } else { json!({"oneOf": keys}) };
        json!({"anyOf": [{"type": "array", "items": key}, key]})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Citations(keys) = value { keys.iter().map(|(key, _)| key.clone()).collect() } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Citations(a), Value::Citations(b)) if a.iter().map(|(key, _)| key).eq(b.iter().map(|(key, _)| key)))
    }
}

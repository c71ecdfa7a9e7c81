//! `markdown`: inline Markdown.

use serde_json::{Value as Json, json};

use super::text::text_way_out;
use super::{FieldContext, FieldType, limits};
use crate::collation::Collation;
use crate::html::plain;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// Inline Markdown.
pub struct MarkdownType;

impl FieldType for MarkdownType {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "Text with emphasis, links, citations and terms; one line, or whole paragraphs."
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
                limits::length(field, text, path, reads);
                Some(Value::Markdown(Box::new(reads.markdown(text, path))))
            }
            Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_) => {
                let typed = reads.as_typed(yaml, path);
                Some(Value::Markdown(Box::new(reads.markdown(&typed, path))))
            }
            Yaml::Null | Yaml::List(_) | Yaml::Map(_) => None,
        }
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Markdown(body) = value { plain(&body.html).into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": ["string", "integer"]})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minLength", "maxLength"])
    }

    fn facts(&self, _: &Value) -> Vec<String> {
        Vec::new()
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {
        // Markdown is read apart, with its headings.
    }

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Markdown(a), Value::Markdown(b)) if a.origin.value() == b.origin.value())
    }
}

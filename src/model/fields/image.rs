//! `image`: an image file of the project.

use serde_json::{Value as Json, json};

use super::limits::report;
use super::{FieldContext, FieldType};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// Whether the path of a picture is its address on another site, from which pages may load it.
pub fn is_elsewhere(path: &str) -> bool {
    path.starts_with("https://")
}

/// An image file of the project.
pub struct ImageType;

impl FieldType for ImageType {
    fn name(&self) -> &'static str {
        "image"
    }

    fn about(&self) -> &'static str {
        "A picture of the project, beside the entry or in `static/`; its size is read from the file. One of another site that `hosts: {images: ...}` names is shown from there."
    }

    fn expected(&self) -> &'static str {
        "the path of an image"
    }

    fn example(&self) -> String {
        "picture.png".into()
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let Yaml::Text(text) = yaml else { return None };
        let is_elsewhere = text.starts_with("//") || text.contains("://") || text.starts_with("data:");
        if is_elsewhere && text.starts_with("https://") && reads.may_show(text) {
            return Some(Value::Image(text.clone(), path.to_vec()));
        }
        if let Some(found) = reads.file(text).filter(|_| !is_elsewhere) {
            return Some(Value::Image(found, path.to_vec()));
        }
        let help = "copy it into the folder of the page, or into `static/` with a path from `/` on";
        let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let help = match host.filter(|host| !host.is_empty()) {
            Some(host) => format!("{help}, or let pages load pictures from there: `hosts: {{images: [{host}]}}`"),
            None => help.into(),
        };
        report(Code::ImageMissing, path, format!("the image `{text}` lies outside the project"), help, reads);
        Some(Value::Nothing)
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Image(path, _) = value { path.as_str().into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "string"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, _: &Value) -> Vec<String> {
        Vec::new()
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Image(a, _), Value::Image(b, _)) if a == b)
    }
}

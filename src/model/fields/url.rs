//! `url`: an address on the web, or one of the site.

use serde_json::{Value as Json, json};

use super::limits::report;
use super::{FieldContext, FieldType, meant};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::url::encode_path;
use crate::yaml::{PathStep, Yaml};

/// An address on the web, or one of the site.
pub struct UrlType;

/// Whether a text is such an address.
fn is_address(text: &str) -> bool {
    let web = ["https://", "http://", "mailto:"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    let is_web = web.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    text.chars().all(is_plain) && (is_web || text.starts_with('/') && !text.starts_with("//"))
}

/// Whether a character may stand in an address as it is.
fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !"<>\"".contains(c)
}

impl FieldType for UrlType {
    fn name(&self) -> &'static str {
        "url"
    }

    fn about(&self) -> &'static str {
        "An address on the web, or one of the site, shown as a link."
    }

    fn expected(&self) -> &'static str {
        "an address"
    }

    fn example(&self) -> String {
        "https://example.org/".into()
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let Yaml::Text(text) = yaml else { return None };
        if is_address(text) {
            return Some(Value::Url(text.clone(), path.to_vec()));
        }
        let plain: String = text
            .trim()
            .chars()
            .map(|c| if is_plain(c) { c.to_string() } else { encode_path(&c.to_string()) })
            .collect();
        let bare = plain.trim_start_matches("//");
        let meant = Some(plain.clone()).filter(|meant| is_address(meant)).or_else(|| meant::address(bare));
        let help = match meant.filter(|meant| is_address(meant)) {
            Some(address) => format!("write it as `{address}`"),
            None => "begin with `https://`, or with `/` for a page of the site".into(),
        };
        report(Code::UrlInvalid, path, format!("`{text}` is no address"), help, reads);
        Some(Value::Nothing)
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Url(address, _) = value { address.as_str().into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "string", "pattern": "^(https?://|mailto:|/)"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Url(address, _) = value { vec![address.clone()] } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Url(a, _), Value::Url(b, _)) if a == b)
    }
}

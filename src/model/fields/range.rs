//! `range`: a number, or from one to another.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, limits, meant};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// A number, or from one to another; with the unit that is shown behind it.
pub struct RangeType<'a>(pub &'a str);

/// Most whole numbers of a range that are compared one by one.
const MOST_FACTS: usize = 100;

impl FieldType for RangeType<'_> {
    fn name(&self) -> &'static str {
        "range"
    }

    fn about(&self) -> &'static str {
        "A number, or from one number to another; two of them can be asked to overlap."
    }

    fn expected(&self) -> &'static str {
        "a number or a range"
    }

    fn example(&self) -> String {
        "2-3".into()
    }

    fn example_of(&self, field: &Field) -> String {
        let [from, to] = ["2", "3"].map(|number| meant::within(number, field));
        if from == to { from } else { format!("{from}-{to}") }
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_) | Yaml::Integer(_) | Yaml::Number(_))
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let numbers = match yaml {
            Yaml::Integer(number) => Some((*number as f64, *number as f64)),
            Yaml::Number(number) => Some((*number, *number)),
            Yaml::Text(text) => ["-", "–", " to "].iter().find_map(|between| {
                let (from, to) = text.split_once(between)?;
                Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
            }),
            _ => return None,
        };
        let numbers: Option<(f64, f64)> = numbers.filter(|(from, to): &(f64, f64)| from.is_finite() && to.is_finite());
        let name = &field.name;
        let (message, help) = match numbers {
            Some((from, to)) if from <= to => {
                limits::number(field, from, path, reads);
                if to != from {
                    limits::number(field, to, path, reads);
                }
                return Some(Value::Range(from, to));
            }
            Some((from, to)) => {
                (format!("`{name}` begins with the larger number"), format!("write it as `{to}-{from}`"))
            }
            None => {
                let message = format!("`{name}` has to be a number or two with a hyphen between them");
                let numbers = yaml.as_text().map(meant::numbers).unwrap_or_default();
                let written = match numbers.as_slice() {
                    [one] if yaml.as_text().is_some_and(|text| !text.contains(['-', '–'])) => one.clone(),
                    [from, to] => format!("{from}-{to}"),
                    _ => self.example_of(field),
                };
                (message, format!("write it as `{written}`, without a unit or other words"))
            }
        };
        limits::report(Code::FieldWrongType, path, message, help, reads);
        Some(Value::Nothing)
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Range(from, to) = value { json!([from, to]) } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": ["number", "string"], "title": self.0})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minimum", "maximum"])
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        let Value::Range(from, to) = value else { return Vec::new() };
        let (mut at, mut all) = (from.ceil(), Vec::new());
        while at <= *to && all.len() < MOST_FACTS {
            all.push((at as i64).to_string());
            at += 1.0;
        }
        all
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Range(from, _) = value { Key::Number(*from) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Range(a, b), Value::Range(c, d)) if (a, b) == (c, d))
    }
}

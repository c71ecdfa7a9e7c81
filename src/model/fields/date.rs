//! `date`: a day.

use serde_json::{Value as Json, json};

use super::limits::report;
use super::{FieldContext, FieldType, meant};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::{Date, Value};
use crate::yaml::{PathStep, Yaml};

/// A day.
pub struct DateType;

/// Reads a day, in a folder from elsewhere also as other tools write it. What is none is reported with the day that is meant, where there is no doubt.
pub fn read(yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Date> {
    if let Some(date) = yaml.as_text().and_then(Date::of) {
        return Some(date);
    }
    if let Some(date) = yaml.as_text().filter(|_| reads.is_from_elsewhere()).and_then(Date::of_other_tool) {
        return Some(date);
    }
    let name = path.iter().rev().find_map(|step| match step {
        PathStep::Key(key) => Some(format!("`{key}`")),
        PathStep::Index(_) => None,
    });
    let name = name.unwrap_or_else(|| "this".into());
    let (message, help) = match yaml {
        Yaml::Text(text) => match (Date::last_of_month(text), Date::guess(text)) {
            (Some(last), _) => (format!("there is no day `{text}`"), format!("the last day of that month is `{last}`")),
            (None, Some(day)) => (format!("{name} has to be a day, found `{text}`"), format!("write it as `{day}`")),
            (None, None) => (format!("{name} has to be a day, found `{text}`"), way_out(text)),
        },
        Yaml::Integer(number) => {
            let typed = number.to_string();
            let help = Date::guess(&typed).map_or_else(|| way_out(&typed), |day| format!("write it as `{day}`"));
            (format!("{name} has to be a day, found `{number}`"), help)
        }
        other => (format!("{name} has to be a day, found {}", other.sort()), "write it as `2026-03-04`".into()),
    };
    report(Code::FieldWrongType, path, message, help, reads);
    None
}

/// How to write what is no whole day.
fn way_out(typed: &str) -> String {
    match meant::day(typed) {
        Some(day) => {
            format!("write a whole day, such as `{day}`; a field for a year is declared as `integer` or `text`")
        }
        None => "write it as `2026-03-04`".into(),
    }
}

impl FieldType for DateType {
    fn name(&self) -> &'static str {
        "date"
    }

    fn about(&self) -> &'static str {
        "A day, which may be written with a time and a zone; the day as written counts."
    }

    fn expected(&self) -> &'static str {
        "a day"
    }

    fn example(&self) -> String {
        "2026-03-04".into()
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Text(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        Some(read(yaml, path, reads).map_or(Value::Nothing, Value::Date))
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Date(date) = value { date.to_string().into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "string", "format": "date"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Date(date) = value { vec![date.to_string()] } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Date(date) = value { Key::text(&date.to_string()) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Date(a), Value::Date(b)) if a == b)
    }
}

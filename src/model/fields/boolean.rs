//! `boolean`: true or false.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, meant};
use crate::collation::Collation;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// True or false.
pub struct BooleanType;

impl FieldType for BooleanType {
    fn name(&self) -> &'static str {
        "boolean"
    }

    fn about(&self) -> &'static str {
        "True or false."
    }

    fn expected(&self) -> &'static str {
        "true or false"
    }

    fn example(&self) -> String {
        "true".into()
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        let name = &field.name;
        match meant::flag(written) {
            Some(flag) => format!("write `{name}: {flag}`"),
            None => format!("write `{name}: true` or `{name}: false`"),
        }
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Bool(_))
    }

    fn read(&self, _: &Field, yaml: &Yaml, _: &[PathStep], _: &mut dyn FieldContext) -> Option<Value> {
        if let Yaml::Bool(value) = yaml { Some(Value::Boolean(*value)) } else { None }
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Boolean(flag) = value { (*flag).into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "boolean"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Boolean(flag) = value { vec![flag.to_string()] } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Boolean(flag) = value { Key::Number(f64::from(u8::from(*flag))) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Boolean(a), Value::Boolean(b)) if a == b)
    }
}

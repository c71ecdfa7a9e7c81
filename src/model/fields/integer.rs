//! `integer`: a whole number.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, limits, meant};
use crate::collation::Collation;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// A whole number.
pub struct IntegerType;

impl FieldType for IntegerType {
    fn name(&self) -> &'static str {
        "integer"
    }

    fn about(&self) -> &'static str {
        "A whole number."
    }

    fn expected(&self) -> &'static str {
        "a whole number"
    }

    fn example(&self) -> String {
        "3".into()
    }

    fn example_of(&self, field: &Field) -> String {
        meant::within(&self.example(), field)
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        let name = &field.name;
        let way = match written {
            Yaml::Number(number) => meant::whole(*number, name),
            written if meant::is_too_large(written) => meant::whole(f64::MAX, name),
            written => meant::number(written).and_then(|number| meant::whole(number.parse().ok()?, name)),
        };
        way.unwrap_or_else(|| format!("for example `{name}: {}`", self.example_of(field)))
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Integer(_))
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let Yaml::Integer(number) = yaml else { return None };
        limits::number(field, *number as f64, path, reads);
        Some(Value::Integer(*number))
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Integer(number) = value { (*number).into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "integer"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minimum", "maximum"])
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Integer(number) = value { vec![number.to_string()] } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Integer(number) = value { Key::Number(*number as f64) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Integer(a), Value::Integer(b)) if a == b)
    }
}

//! `number`: any number.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, limits, meant};
use crate::collation::Collation;
use crate::diagnostics::Code;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// Any number.
pub struct NumberType;

impl FieldType for NumberType {
    fn name(&self) -> &'static str {
        "number"
    }

    fn about(&self) -> &'static str {
        "Any number."
    }

    fn expected(&self) -> &'static str {
        "a number"
    }

    fn example(&self) -> String {
        "2.5".into()
    }

    fn example_of(&self, field: &Field) -> String {
        meant::within(&self.example(), field)
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        let name = &field.name;
        if meant::is_too_large(written) {
            return format!("no number is so large; declare `{name}` as `text` where it is a name made of digits");
        }
        meant::number(written).map_or_else(
            || format!("for example `{name}: {}`", self.example_of(field)),
            |number| meant::alone(name, &number),
        )
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Integer(_) | Yaml::Number(_))
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let number = match yaml {
            Yaml::Integer(number) => *number as f64,
            Yaml::Number(number) if number.is_finite() => *number,
            _ => return None,
        };
        let loses = match yaml {
            Yaml::Integer(whole) => i128::from(*whole) != number as i128,
            // Above all whole numbers: as it was typed, digit by digit.
            _ => {
                number.abs() >= meant::BELOW_ALL_WHOLE && {
                    let typed = reads.as_typed(yaml, path);
                    let digits = typed.trim_start_matches(['-', '+']).trim_start_matches('0');
                    digits.bytes().all(|byte| byte.is_ascii_digit()) && format!("{:.0}", number.abs()) != digits
                }
            }
        };
        if loses {
            let message = format!("`{}` has more digits than a number keeps: it would be {number}", field.name);
            let help = "declare the field as `integer`, or as `text` where it is a name made of digits";
            limits::report(Code::FieldLimit, path, message, help, reads);
        }
        limits::number(field, number, path, reads);
        Some(Value::Number(number))
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Number(number) = value { json!(number) } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        json!({"type": "number"})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minimum", "maximum"])
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Number(number) = value { vec![number.to_string()] } else { Vec::new() }
    }

    fn search_texts(&self, _: &Value, _: &mut dyn FnMut(&str)) {}

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Number(number) = value { Key::Number(*number) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Number(a), Value::Number(b)) if a == b)
    }
}

//! What a declaration asks of the values of a field or relation.

use serde_json::{Value as Json, json};

use crate::model::fields;
use crate::model::schema::Type;
use crate::model::value::Value;

/// What a field or relation has to be like.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// One of its values is one of these.
    OneOf(Vec<String>),
    /// A number, or the upper end of a range, that is at least this.
    Reaches(f64),
}

/// Fields and relations, each with what it has to be like: all of them hold together.
pub type Conditions = Vec<(String, Condition)>;

impl Condition {
    /// Whether a value is like that.
    pub fn fits(&self, value: &Value, ty: &Type) -> bool {
        match (self, value) {
            (Self::OneOf(wanted), _) => texts(value, ty).iter().any(|text| wanted.contains(text)),
            (Self::Reaches(least), Value::Integer(number)) => *number as f64 >= *least,
            (Self::Reaches(least), Value::Number(most) | Value::Range(_, most)) => most >= least,
            (Self::Reaches(_), _) => false,
        }
    }

    /// What JSON Schema says of a value that is like that, and of one that is not: of a range as text nothing is known there.
    pub fn json_schema(&self) -> [Json; 2] {
        match self {
            Self::OneOf(wanted) => {
                let typed = |text: &String| [json!(text), serde_json::from_str(text).unwrap_or(Json::Null)];
                let values: Vec<Json> = wanted.iter().flat_map(typed).filter(|value| !value.is_null()).collect();
                let fits = json!({"anyOf": [{"enum": values}, {"type": "array", "contains": {"enum": values}}]});
                let fails = json!({"not": fits});
                [fits, fails]
            }
            Self::Reaches(least) => {
                [json!({"type": "number", "minimum": least}), json!({"type": "number", "exclusiveMaximum": least})]
            }
        }
    }

    /// It in words, behind the name of the field: `is one or another`.
    pub fn words(&self) -> String {
        match self {
            Self::OneOf(wanted) => format!("is {}", wanted.join(" or ")),
            Self::Reaches(least) => format!("reaches {least}"),
        }
    }
}

/// A value as plain texts: what conditions and groups compare with.
pub fn texts(value: &Value, ty: &Type) -> Vec<String> {
    fields::of(ty, |ty| ty.facts(value))
}

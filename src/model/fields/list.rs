//! `list`: several values of one type.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType, json as json_of, limits, meant, of, same, schema_of};
use crate::collation::Collation;
use crate::model::order::Key;
use crate::model::schema::{Field, Type};
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// Whether a value that is no list stands for a list of one: `tags: soup`. A text with a comma may mean several.
pub fn is_one_item(yaml: &Yaml) -> bool {
    match yaml {
        Yaml::Text(text) => !text.contains(','),
        Yaml::Null | Yaml::List(_) | Yaml::Map(_) => false,
        Yaml::Bool(_) | Yaml::Integer(_) | Yaml::Number(_) => true,
    }
}

/// The parts of a text with commas, without the signs of tags before them.
fn several(yaml: &Yaml) -> Option<Vec<Yaml>> {
    let Yaml::Text(text) = yaml else { return None };
    let items = text.split(',').map(|item| without_sign(item.trim())).filter(|item| !item.is_empty());
    text.contains(',').then(|| items.map(|item| Yaml::Text(item.to_string())).collect())
}

fn is_of_texts(item: &Field) -> bool {
    item.ty == Type::Text
}

/// A text without the sign of a tag before it, where another tool may have written that.
fn unmarked<'y>(item: &Field, yaml: &'y Yaml, reads: &dyn FieldContext) -> Cow<'y, Yaml> {
    match yaml {
        Yaml::Text(text) if text.starts_with('#') && is_of_texts(item) && reads.is_from_elsewhere() => {
            Cow::Owned(Yaml::Text(without_sign(text).to_string()))
        }
        yaml => Cow::Borrowed(yaml),
    }
}

/// `soup` of the tag `#soup`.
fn without_sign(tag: &str) -> &str {
    tag.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(tag)
}

/// Several values of one type.
pub struct ListType<'a>(pub &'a Field);

impl FieldType for ListType<'_> {
    fn name(&self) -> &'static str {
        "list"
    }

    fn about(&self) -> &'static str {
        "Several values of one type; one value without a comma, `tags: soup`, is a list of one. In a folder from elsewhere a text with commas is several, and `#` before one is no part of it. A list of texts by which an index is grouped makes tags."
    }

    fn expected(&self) -> &'static str {
        "a list"
    }

    fn example(&self) -> String {
        format!("[{}]", of(&self.0.ty, |item| item.example()))
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        if let Some(list) = meant::list(written) {
            return format!("write it as `{}: {list}`, or each item on a line of its own, behind `- `", field.name);
        }
        format!("write each item on a line of its own, behind `- `: `- {}`", of(&self.0.ty, |item| item.example()))
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        match yaml {
            Yaml::List(items) => items.iter().all(|yaml| of(&self.0.ty, |item| item.may_be(yaml))),
            _ => false,
        }
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let Yaml::List(items) = yaml else {
            if let Some(several) = several(yaml).filter(|_| is_of_texts(self.0) && reads.is_from_elsewhere()) {
                limits::count(field, several.len(), path, reads);
                let values = several.iter().map(|item| reads.item(self.0, item, path));
                return Some(Value::List(values.filter(|value| !value.is_empty()).collect()));
            }
            let is_one = is_one_item(yaml) && of(&self.0.ty, |item| item.may_be(yaml));
            let one = is_one.then(|| reads.item(self.0, &unmarked(self.0, yaml, reads), path))?;
            limits::count(field, 1, path, reads);
            return Some(Value::List([one].into_iter().filter(|value| !value.is_empty()).collect()));
        };
        limits::count(field, items.len(), path, reads);
        let below = |at| [path, &[PathStep::Index(at)]].concat();
        let items = items.iter().enumerate().filter(|(_, yaml)| **yaml != Yaml::Null);
        let values = items.map(|(at, yaml)| reads.item(self.0, &unmarked(self.0, yaml, reads), &below(at)));
        Some(Value::List(values.filter(|value| !value.is_empty()).collect()))
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::List(items) = value {
            items.iter().map(|item| json_of(item, self.0)).collect::<Vec<_>>().into()
        } else {
            Json::Null
        }
    }

    fn json_schema(&self, site: &Site) -> Json {
        json!({"type": "array", "items": schema_of(site, self.0)})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        Some(["minItems", "maxItems"])
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::List(items) = value {
            items.iter().flat_map(|value| of(&self.0.ty, |item| item.facts(value))).collect()
        } else {
            Vec::new()
        }
    }

    fn search_texts(&self, value: &Value, each: &mut dyn FnMut(&str)) {
        if let Value::List(items) = value {
            items.iter().for_each(|value| of(&self.0.ty, |item| item.search_texts(value, each)));
        }
    }

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, &self.0.ty))
            }
            _ => false,
        }
    }
}

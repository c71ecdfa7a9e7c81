//! `choice`: one of several.

use serde_json::{Value as Json, json};

use super::{FieldContext, FieldType};
use crate::collation::Collation;
use crate::diagnostics::{Code, Diagnostic, Suggestions, form, meant};
use crate::model::choices::Choices;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// One of several.
pub struct ChoiceType<'a>(pub &'a Choices);

impl ChoiceType<'_> {
    /// The way out where several choices were written, and one is wanted.
    fn one_of_several<'t>(&self, typed: impl Iterator<Item = &'t str>) -> Option<String> {
        let named = |typed: &str| self.0.iter().map(|(id, _)| id).find(|id| form(id) == form(typed));
        let ids: Option<Vec<_>> = typed.map(|typed| named(typed).map(|id| format!("`{id}`"))).collect();
        let ids = ids.filter(|ids| ids.len() > 1)?.join(" or ");
        Some(format!("write one of them, {ids}; for several the field is declared as a list of choices in site.yaml"))
    }
}

impl FieldType for ChoiceType<'_> {
    fn name(&self) -> &'static str {
        "choice"
    }

    fn about(&self) -> &'static str {
        "One of a few words that the declaration lists; each has an id, a label for readers, and further texts where they are wanted."
    }

    fn expected(&self) -> &'static str {
        "one of its choices"
    }

    fn example(&self) -> String {
        self.0.first().map_or_else(String::new, |(id, _)| id.clone())
    }

    fn way_out(&self, field: &Field, written: &Yaml) -> String {
        let several = match written {
            Yaml::List(items) => self.one_of_several(items.iter().filter_map(Yaml::as_text)),
            _ => None,
        };
        several.unwrap_or_else(|| format!("for example `{}: {}`", field.name, self.example()))
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        match yaml {
            Yaml::Text(text) => self.0.iter().any(|(id, _)| id == text),
            other => matches!(other, Yaml::Bool(_) | Yaml::Integer(_) | Yaml::Number(_)),
        }
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let typed = match yaml {
            Yaml::Text(text) => crate::url::composed(text).into_owned(),
            Yaml::Integer(_) | Yaml::Number(_) => reads.as_typed(yaml, path),
            Yaml::Bool(flag) => if *flag { "yes" } else { "no" }.to_string(),
            Yaml::Null | Yaml::List(_) | Yaml::Map(_) => return None,
        };
        let is_meant =
            |id: &str| crate::url::composed(id) == typed || matches!(yaml, Yaml::Bool(flag) if id == flag.to_string());
        if let Some(at) = self.0.iter().position(|(id, _)| is_meant(id)) {
            return Some(Value::Choice(at));
        }
        let ids = self.0.iter().map(|(id, _)| id.as_str());
        let mut labelled = self.0.iter().filter(|(_, label)| form(label) == form(&typed));
        let named = self.0.iter().find(|(id, _)| form(id) == form(&typed));
        let meant = match (labelled.next(), labelled.next()) {
            // What one choice is called another one may be shown as: nobody knows which is meant.
            (Some((shown, _)), None) if named.is_some_and(|(id, _)| id != shown) => {
                Suggestions::near(named.map(|(id, _)| id).into_iter().chain([shown]).cloned().collect())
            }
            (Some((id, _)), None) => Suggestions::same(id),
            _ => meant(&typed, ids.clone()),
        };
        let message = format!("`{typed}` is not one of the choices of `{}`", field.name);
        let problem = Diagnostic::new(Code::FieldUnknownChoice, reads.place(path), message);
        reads.report(if let Some(one) = self.one_of_several(typed.split(',')) {
            problem.help(one)
        } else if meant.names.is_empty() {
            problem.help(format!("the choices are {}", ids.collect::<Vec<_>>().join(", ")))
        } else {
            problem.suggest_fix(&typed, &meant)
        });
        Some(Value::Nothing)
    }

    fn json(&self, value: &Value) -> Json {
        if let Value::Choice(at) = value { self.0[*at].0.as_str().into() } else { Json::Null }
    }

    fn json_schema(&self, _: &Site) -> Json {
        let each = self.0.iter().map(|(id, label)| json!({"const": id, "title": label}));
        json!({"oneOf": each.collect::<Vec<_>>()})
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, value: &Value) -> Vec<String> {
        if let Value::Choice(at) = value { vec![self.0[*at].0.clone()] } else { Vec::new() }
    }

    fn search_texts(&self, value: &Value, each: &mut dyn FnMut(&str)) {
        if let Value::Choice(at) = value {
            each(&self.0[*at].1);
        }
    }

    fn key(&self, value: &Value, _: &Collation) -> Key {
        if let Value::Choice(at) = value { Key::Number(*at as f64) } else { Key::Missing }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        matches!((one, other), (Value::Choice(a), Value::Choice(b)) if a == b)
    }
}

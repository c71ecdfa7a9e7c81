//! `object`: a mapping with fields of its own.

use serde_json::{Map, Value as Json, json};

use super::{FieldContext, FieldType, json as json_of, of, same, schema_of};
use crate::collation::Collation;
use crate::model::order::Key;
use crate::model::schema::Field;
use crate::model::site::Site;
use crate::model::value::Value;
use crate::yaml::{PathStep, Yaml};

/// A mapping with fields of its own.
pub struct ObjectType<'a>(pub &'a [Field]);

/// What JSON Schema says of a mapping with these fields and some more.
pub fn object_schema(
    site: &Site,
    fields: &[Field],
    mut required: Vec<Json>,
    mut properties: Map<String, Json>,
) -> Json {
    for field in fields {
        properties.insert(field.name.clone(), schema_of(site, field));
        required.extend(field.always().then(|| json!(field.name)));
    }
    let mut schema =
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    add_conditions(&mut schema, fields);
    schema
}

/// Adds what JSON Schema says of fields that stand only where those beside them are of a kind.
pub fn add_conditions(schema: &mut Json, fields: &[Field]) {
    let mut all = Vec::new();
    for field in fields.iter().filter(|field| !field.when.is_empty()) {
        let beside: Vec<&String> = field.when.iter().map(|(name, _)| name).collect();
        if field.required && field.default.is_none() {
            let fits = field.when.iter().map(|(name, condition)| (name.clone(), condition.json_schema()[0].clone()));
            let fits = json!({"properties": fits.collect::<Map<_, _>>(), "required": beside});
            all.push(json!({"if": fits, "then": {"required": [field.name]}}));
        }
        for (name, condition) in &field.when {
            let fails = json!({"properties": {name: condition.json_schema()[1]}});
            all.push(json!({"if": {"required": [field.name]}, "then": {"required": [name]}}));
            all.push(json!({"if": {"properties": fails["properties"], "required": [name]}, "then": {"not": {"required": [field.name]}}}));
        }
    }
    if let Some(object) = schema.as_object_mut().filter(|_| !all.is_empty()) {
        object.insert("allOf".into(), all.into());
    }
}

impl FieldType for ObjectType<'_> {
    fn name(&self) -> &'static str {
        "object"
    }

    fn about(&self) -> &'static str {
        "Keys with values, each a field of its own."
    }

    fn expected(&self) -> &'static str {
        "keys with values"
    }

    fn example(&self) -> String {
        let all_optional = !self.0.iter().any(|field| field.required);
        let shown = self.0.iter().filter(|field| field.required || all_optional);
        let parts: Vec<_> =
            shown.map(|field| format!("{}: {}", field.name, of(&field.ty, |ty| ty.example()))).collect();
        format!("{{{}}}", parts.join(", "))
    }

    fn may_be(&self, yaml: &Yaml) -> bool {
        matches!(yaml, Yaml::Map(_))
    }

    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value> {
        let Yaml::Map(entries) = yaml else { return None };
        let values = reads.object(field, self.0, entries, path);
        // Keys that the template of an editor has left empty say nothing.
        let is_blank = entries.iter().all(|(_, yaml)| yaml.is_blank()) && values.iter().all(Value::is_empty);
        Some(if is_blank { Value::Nothing } else { Value::Object(values) })
    }

    fn json(&self, value: &Value) -> Json {
        let Value::Object(values) = value else { return Json::Null };
        let entries = self.0.iter().zip(values).filter(|(_, value)| !value.is_empty());
        entries.map(|(field, value)| (field.name.clone(), json_of(value, field))).collect::<Map<_, _>>().into()
    }

    fn json_schema(&self, site: &Site) -> Json {
        object_schema(site, self.0, Vec::new(), Map::new())
    }

    fn limit_keys(&self) -> Option<[&'static str; 2]> {
        None
    }

    fn facts(&self, _: &Value) -> Vec<String> {
        Vec::new()
    }

    fn search_texts(&self, value: &Value, each: &mut dyn FnMut(&str)) {
        if let Value::Object(values) = value {
            self.0.iter().zip(values).for_each(|(field, value)| of(&field.ty, |ty| ty.search_texts(value, each)));
        }
    }

    fn key(&self, _: &Value, _: &Collation) -> Key {
        Key::Missing
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len() && self.0.iter().zip(a.iter().zip(b)).all(|(field, (a, b))| same(a, b, &field.ty))
            }
            _ => false,
        }
    }
}

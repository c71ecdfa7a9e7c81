//! The types that fields may have: one file a type, and everything that is to be known of it in that file.
//!
//! A new type is a file here and an arm of [`Type`], of [`Value`] and of [`of`]; code that matches on them does not compile
//! without it. [`NAMES`], the words that `stages/declare/fields.rs` knows, and the theme have to be thought of.
//!
//! How templates see a value is in `cards.rs` and, where that needs the page, in `pages/entry.rs`; how Markdown twins show it,
//! in `pages/plain/values.rs`.

pub mod boolean;
pub mod choice;
pub mod citations;
pub mod date;
pub mod entry;
pub mod image;
pub mod integer;
pub mod list;
pub mod markdown;
pub mod number;
pub mod object;
pub mod range;
pub mod text;
pub mod url;

mod limits;
mod meant;

pub use list::is_one_item;

use serde_json::{Value as Json, json};

use crate::collation::Collation;
use crate::diagnostics::Diagnostic;
use crate::model::body::Body;
use crate::model::order::Key;
use crate::model::schema::{Field, Type};
use crate::model::site::Site;
use crate::model::value::Value;
use crate::span::Place;
use crate::yaml::{PathStep, Yaml};

/// The names of all types, as they stand in `site.yaml`.
pub const NAMES: &[&str] = &[
    "text",
    "markdown",
    "integer",
    "number",
    "boolean",
    "date",
    "choice",
    "range",
    "url",
    "image",
    "citations",
    "entry",
    "list",
    "object",
];

/// What has to be known of a type. A value that is not of the type does not occur: where one is handed over, it is empty.
pub trait FieldType {
    /// Its name in `site.yaml`.
    fn name(&self) -> &'static str;
    /// What it holds, in a sentence or two.
    fn about(&self) -> &'static str;
    /// What is expected, behind "has to be".
    fn expected(&self) -> &'static str;
    /// A value as people write it.
    fn example(&self) -> String;
    /// An example that keeps the limits of a field.
    fn example_of(&self, _field: &Field) -> String {
        self.example()
    }
    /// The way out where something of another type stands there.
    fn way_out(&self, field: &Field, _written: &Yaml) -> String {
        format!("for example `{}: {}`", field.name, self.example_of(field))
    }
    /// Whether something may be a default, as far as a glance can tell; entries that use it are checked like any other.
    fn may_be(&self, yaml: &Yaml) -> bool;
    /// Reads what is written and checks its limits; none where it is of another type.
    fn read(&self, field: &Field, yaml: &Yaml, path: &[PathStep], reads: &mut dyn FieldContext) -> Option<Value>;
    /// The value in `graph.json`, for other programs.
    fn json(&self, value: &Value) -> Json;
    /// What JSON Schema says of it, for editors.
    fn json_schema(&self, site: &Site) -> Json;
    /// The keys of JSON Schema for its limits, where it has limits.
    fn limit_keys(&self) -> Option<[&'static str; 2]>;
    /// The value as plain texts: what conditions, groups and data blocks compare with.
    fn facts(&self, value: &Value) -> Vec<String>;
    /// Calls `each` with the texts that are found by search and are not Markdown.
    fn search_texts(&self, value: &Value, each: &mut dyn FnMut(&str));
    /// What lists are sorted by.
    fn key(&self, value: &Value, collation: &Collation) -> Key;
    /// Whether two values say the same.
    fn same(&self, one: &Value, other: &Value) -> bool;
}

/// What reading a value may need: where it stands, and who hears of what is wrong with it.
pub trait FieldContext {
    /// Hears of a problem.
    fn report(&mut self, problem: Diagnostic);
    /// Where a value stands.
    fn place(&self, path: &[PathStep]) -> Place;
    /// A plain text as readers see it, once the rules for texts were asked.
    fn text(&mut self, text: &str, path: &[PathStep]) -> String;
    /// Inline Markdown.
    fn markdown(&mut self, text: &str, path: &[PathStep]) -> Body;
    /// What YAML takes for a number, or for true or false, as it was typed.
    fn as_typed(&self, yaml: &Yaml, path: &[PathStep]) -> String;
    /// The path of a file of the project that is named from here; none where that leads out of it.
    fn file(&self, name: &str) -> Option<String>;
    /// Whether pages may show a picture of another site.
    fn may_show(&self, address: &str) -> bool;
    /// Whether the file was written for another tool.
    fn is_from_elsewhere(&self) -> bool;
    /// An item of a list.
    fn item(&mut self, field: &Field, yaml: &Yaml, path: &[PathStep]) -> Value;
    /// The fields of an object.
    fn object(&mut self, field: &Field, fields: &[Field], entries: &[(String, Yaml)], path: &[PathStep]) -> Vec<Value>;
}

/// Asks something of a type.
pub fn of<R>(ty: &Type, ask: impl FnOnce(&dyn FieldType) -> R) -> R {
    match ty {
        Type::Text => ask(&text::TextType),
        Type::Markdown => ask(&markdown::MarkdownType),
        Type::Integer => ask(&integer::IntegerType),
        Type::Number => ask(&number::NumberType),
        Type::Boolean => ask(&boolean::BooleanType),
        Type::Date => ask(&date::DateType),
        Type::Choice(choices) => ask(&choice::ChoiceType(choices)),
        Type::Range(unit) => ask(&range::RangeType(unit)),
        Type::Url => ask(&url::UrlType),
        Type::Image => ask(&image::ImageType),
        Type::Citations => ask(&citations::CitationsType),
        Type::Entry => ask(&entry::EntryType),
        Type::List(item) => ask(&list::ListType(item)),
        Type::Object(fields) => ask(&object::ObjectType(fields)),
    }
}

/// The value of a field in `graph.json`.
pub fn json(value: &Value, field: &Field) -> Json {
    match value {
        Value::Nothing => Json::Null,
        value => of(&field.ty, |ty| ty.json(value)),
    }
}

/// Whether two values of a type say the same.
pub fn same(one: &Value, other: &Value, ty: &Type) -> bool {
    match (one, other) {
        (Value::Nothing, Value::Nothing) => true,
        (one, other) => of(ty, |ty| ty.same(one, other)),
    }
}

/// What JSON Schema says of a field.
pub fn schema_of(site: &Site, field: &Field) -> Json {
    let mut schema = of(&field.ty, |ty| ty.json_schema(site));
    let Some(object) = schema.as_object_mut() else { return schema };
    if !field.help.is_empty() {
        object.insert("description".into(), json!(field.help));
    }
    let Some([least, most]) = of(&field.ty, |ty| ty.limit_keys()) else { return schema };
    for (key, limit) in [(least, field.limits.min), (most, field.limits.max)] {
        if let Some(limit) = limit {
            let whole = limit.fract() == 0.0 && limit.abs() < 1e15;
            object.insert(key.into(), if whole { json!(limit as i64) } else { json!(limit) });
        }
    }
    schema
}

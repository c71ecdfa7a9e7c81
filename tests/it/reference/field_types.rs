//! The types of fields.

use limber::model::choices::{Choice, Choices};
use limber::model::fields::{NAMES, of};
use limber::model::schema::{Field, Limits, Type};

use super::{ReferencePage, plain, whole};

/// What a field of a type is good for beside being shown: the purpose, the types that serve it, and how.
const PURPOSES: &[(&str, &[(&str, &str)])] = &[
    (
        "groups-an-index",
        &[
            ("text", "a group for each text"),
            ("choice", "a group for each choice, in their order"),
            ("boolean", "two groups"),
            ("integer", "a group for each number"),
            ("number", "a group for each number"),
            ("range", "in the group of each whole number that it covers"),
            ("date", "a group for each day"),
            ("list", "a page for each value: tags"),
        ],
    ),
    (
        "sorts-a-list",
        &[
            ("text", "in the order of the language"),
            ("choice", "in the order of the declaration"),
            ("boolean", "false before true"),
            ("integer", "by its value"),
            ("number", "by its value"),
            ("range", "by where it begins"),
            ("date", "earliest first"),
        ],
    ),
    (
        "decides-a-condition",
        &[
            ("text", "is one of some texts"),
            ("choice", "is one of some choices"),
            ("boolean", "is true or false"),
            ("integer", "is a value, or reaches one"),
            ("number", "is a value, or reaches one"),
            ("range", "covers a value, or reaches one"),
            ("list", "holds one of some values"),
        ],
    ),
    ("is-an-amount", &[("number", "with a unit, before the name"), ("integer", "with a unit, before the name")]),
];

pub fn pages() -> Vec<(String, ReferencePage)> {
    NAMES.iter().map(|name| (format!("field-types/{name}.md"), page(name))).collect()
}

fn field(ty: Type) -> Field {
    Field {
        name: "field".into(),
        label: "Field".into(),
        unit: String::new(),
        ty,
        required: false,
        default: None,
        help: String::new(),
        limits: Limits::default(),
        when: Vec::new(),
    }
}

/// The type with what it needs, and how a field of it is declared.
fn declared(name: &str) -> (Type, &'static str) {
    let choice = |id: &str, label: &str| Choice { id: id.into(), label: label.into(), texts: Vec::new() };
    match name {
        "text" => (Type::Text, "text"),
        "markdown" => (Type::Markdown, "markdown"),
        "integer" => (Type::Integer, "{type: integer, min: 1}"),
        "number" => (Type::Number, "{type: number, unit: kg}"),
        "boolean" => (Type::Boolean, "boolean"),
        "date" => (Type::Date, "date"),
        "choice" => (
            Type::Choice(Choices::new(vec![choice("easy", "Easy"), choice("hard", "Hard")])),
            "{type: choice, of: {easy: Easy, hard: Hard}}",
        ),
        "range" => (Type::Range("minutes".into()), "{type: range, unit: minutes}"),
        "url" => (Type::Url, "url"),
        "image" => (Type::Image, "image"),
        "citations" => (Type::Citations, "citations"),
        "entry" => (Type::Entry, "entry"),
        "list" => (Type::List(Box::new(field(Type::Text))), "{type: list, of: text}"),
        "object" => (Type::Object(vec![field(Type::Text)]), "{type: object, fields: {field: text}}"),
        other => panic!("the type `{other}` has no declaration here"),
    }
}

fn page(name: &str) -> ReferencePage {
    let (ty, declaration) = declared(name);
    let (about, example, limits) = of(&ty, |ty| (ty.about(), ty.example(), ty.limit_keys()));
    let limited = match limits {
        Some(["minimum", _]) => "its value, by `min` and `max`",
        Some(["minLength", _]) => "its characters, by `min` and `max`, and its words, by `min_words` and `max_words`",
        Some(["minItems", _]) => "its items, by `at_least` and `at_most`",
        _ => "",
    };
    let mut keys: Vec<&str> = ["type", "label", "help", "required", "default", "when"].to_vec();
    match name {
        "choice" | "list" => keys.push("of"),
        "object" => keys.push("fields"),
        "range" | "number" | "integer" => keys.push("unit"),
        _ => {}
    }
    match limits {
        Some(["minItems", _]) => keys.extend(["at_least", "at_most"]),
        Some(["minLength", _]) => keys.extend(["min", "max", "min_words", "max_words"]),
        Some(_) => keys.extend(["min", "max"]),
        None => {}
    }
    let keys = keys.iter().map(|key| format!("field-{}", key.replace('_', "-")));
    let purposes = PURPOSES.iter().filter_map(|(purpose, types)| {
        let (_, how) = types.iter().find(|(known, _)| *known == name)?;
        Some(format!("{{to: {purpose}, how: \"{how}\"}}"))
    });
    let limit = match limits {
        Some(["minItems", _]) => Some("its items"),
        Some(["minLength", _]) => Some("its characters and words"),
        Some(_) => Some("its value"),
        None => None,
    };
    let purposes = purposes.chain(limit.map(|how| format!("{{to: has-limits, how: {how}}}")));
    let written = match name {
        "object" => "\n  field: some words".to_string(),
        _ => format!(" {example}"),
    };
    let body = format!(
        "{}## Example\n\n```yaml title=\"site.yaml\"\nkinds:\n  article:\n    fields:\n      field: {declaration}\n```\n\n\
         ```yaml title=\"the front matter of an article\"\nfield:{written}\n```\n",
        whole(about)
    );
    ReferencePage::new(&format!("The field type {name}"), &plain(about))
        .short(name)
        .text("limited", limited)
        .text("since", "0.1.0")
        .list("keys", keys)
        .list("purposes", purposes)
        .body(body)
}

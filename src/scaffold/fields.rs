//! The keys and fields of a new entry, from the declaration.

use super::EntryRequest;
use super::near::{entry_names, work_keys};
use super::sheet::EntryKey;
use crate::model::fields::of;
use crate::model::kind::AddressFrom;
use crate::model::schema::{Field, Type};
use crate::model::site::Site;
use crate::yaml::{Yaml, flow, quoted};

/// So many choices are named.
const CHOICES: usize = 30;

/// Title, summary and date, and every declared field. A date is asked for where the address has one.
pub(super) fn keys(site: &Site, asked: &EntryRequest, title: &str, dated: bool) -> Vec<EntryKey> {
    let kind = site.schema.kind(asked.kind);
    let mut keys = vec![
        EntryKey { name: "title".into(), value: Some(quoted(title)), ..EntryKey::default() },
        EntryKey {
            name: "summary".into(),
            about: vec!["One line about it, for lists, search and other sites.".into()],
            example: "some words".into(),
            ..EntryKey::default()
        },
    ];
    if dated || asked.date.is_some() {
        keys.push(EntryKey {
            name: "date".into(),
            about: vec!["When it was first published; the day is part of its address.".into()]
                .into_iter()
                .filter(|_: &String| dated)
                .collect(),
            required: true,
            value: asked.date.map(|date| date.to_string()),
            ..EntryKey::default()
        });
    }
    let address = kind.address_from.iter().find_map(|from| match from {
        AddressFrom::Slug => Some(("slug", "some-name")),
        AddressFrom::Id => Some(("id", "some-name")),
        AddressFrom::Permalink => Some(("permalink", "/some/name/")),
        AddressFrom::Path => Some(("path", "some/name")),
        AddressFrom::Name | AddressFrom::File | AddressFrom::Unnumbered | AddressFrom::Undated | AddressFrom::Title => {
            None
        }
    });
    keys.extend(address.map(|(name, example)| EntryKey {
        name: name.into(),
        about: vec!["What it is called in its address, where that is not the name of the file.".into()],
        example: example.into(),
        ..EntryKey::default()
    }));
    let is_new = |field: &&Field| !["title", "summary", "date"].contains(&field.name.as_str());
    keys.extend(kind.fields.iter().filter(is_new).map(|field| key(site, field, title)));
    keys
}

/// A declared field.
fn key(site: &Site, field: &Field, title: &str) -> EntryKey {
    let (example, below) = written(site, field, title);
    let about = [sentence(&field.help), hint(field)].into_iter().filter(|text| !text.is_empty()).collect();
    EntryKey { name: field.name.clone(), about, required: field.always(), value: None, example, below }
}

/// What an edge may carry, as lines below the name of the entry across.
pub(super) fn data_lines(site: &Site, fields: &[Field], title: &str) -> Vec<String> {
    object_lines(site, fields, title)
}

/// An example of a value: on one line, or on lines of its own with their indent.
fn written(site: &Site, field: &Field, title: &str) -> (String, Vec<String>) {
    if let Some(default) = &field.default {
        return (flow(default), Vec::new());
    }
    match &field.ty {
        Type::Object(fields) => (String::new(), indented("  ", "  ", &object_lines(site, fields, title))),
        Type::List(item) => match written(site, item, title) {
            (example, below) if below.is_empty() => (format!("[{example}]"), Vec::new()),
            (_, below) => {
                let bare: Vec<_> = below.iter().map(|line| line.strip_prefix("  ").unwrap_or(line).into()).collect();
                (String::new(), indented("  - ", "    ", &bare))
            }
        },
        Type::Citations => {
            let keys: Vec<_> = work_keys(site, title).into_iter().map(|key| flow(&Yaml::Text(key))).collect();
            (if keys.is_empty() { example(field) } else { format!("[{}]", keys.join(", ")) }, Vec::new())
        }
        Type::Entry => {
            let kinds: Vec<_> = site.schema.kind_ids().filter(|kind| *kind != site.schema.page_kind()).collect();
            let (names, _) = entry_names(site, &kinds, None, title);
            (names.first().cloned().unwrap_or_else(|| example(field)), Vec::new())
        }
        Type::Choice(_)
        | Type::Text
        | Type::Markdown
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Date
        | Type::Range(_)
        | Type::Url
        | Type::Image => (example(field), Vec::new()),
    }
}

/// An example of a value, in quotes where it needs them.
fn example(field: &Field) -> String {
    let example = of(&field.ty, |ty| ty.example_of(field));
    if matches!(field.ty, Type::Choice(_)) { flow(&Yaml::Text(example)) } else { example }
}

/// The fields of an object, a line each or more, those that have to be there first.
fn object_lines(site: &Site, fields: &[Field], title: &str) -> Vec<String> {
    let (required, others): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.always());
    let lines = required.into_iter().chain(others).flat_map(|field| {
        let (example, below) = written(site, field, title);
        let mut about = hint(field);
        if field.always() {
            about = format!("required: {about}");
        }
        let help = sentence(&field.help);
        let remark = [help, about].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let space = if example.is_empty() { "" } else { " " };
        let first = format!("{}:{space}{example} # {remark}", quoted(&field.name));
        std::iter::once(first).chain(below)
    });
    lines.collect()
}

fn indented(first: &str, others: &str, lines: &[String]) -> Vec<String> {
    let indent = |at: usize| if at == 0 { first } else { others };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", indent(at))).collect()
}

/// A sentence of the declaration on one line.
fn sentence(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a value may be, in a few words.
fn hint(field: &Field) -> String {
    let mut parts = vec![kind_of_value(&field.ty)];
    let unit = match &field.ty {
        Type::Range(unit) if field.unit.is_empty() => unit,
        _ => &field.unit,
    };
    if !unit.is_empty() {
        parts.push(format!("unit: {}", sentence(unit)));
    }
    parts.extend(bounds(field));
    if field.default.is_some() {
        parts.push("this is the default".into());
    }
    let conditions = field.when.iter().map(|(name, condition)| format!("`{name}` {}", condition.words()));
    let conditions: Vec<_> = conditions.collect();
    if !conditions.is_empty() {
        let word = if field.required { "required where" } else { "only where" };
        parts.push(format!("{word} {}", conditions.join(" and ")));
    }
    parts.join("; ")
}

fn kind_of_value(ty: &Type) -> String {
    match ty {
        Type::Choice(choices) => {
            let ids: Vec<_> = choices.iter().map(|(id, _)| id.as_str()).collect();
            let more = if ids.len() > CHOICES { format!(" and {} others", ids.len() - CHOICES) } else { String::new() };
            format!("one of {}{more}", ids[..ids.len().min(CHOICES)].join(", "))
        }
        Type::List(item) => match &item.ty {
            Type::Object(_) => "a list".into(),
            ty => format!("a list, each {}", kind_of_value(ty)),
        },
        Type::Markdown => "a text, with Markdown".into(),
        ty => of(ty, |ty| ty.expected()).into(),
    }
}

/// The limits of a field in words.
fn bounds(field: &Field) -> Option<String> {
    let limits = &field.limits;
    let what = match &field.ty {
        Type::Text | Type::Markdown => " characters",
        Type::List(_) => " items",
        Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Date
        | Type::Choice(_)
        | Type::Range(_)
        | Type::Url
        | Type::Image
        | Type::Citations
        | Type::Entry
        | Type::Object(_) => "",
    };
    let number =
        |limit: f64| flow(&if limit.fract() == 0.0 { Yaml::Integer(limit as i64) } else { Yaml::Number(limit) });
    let between = |min: Option<String>, max: Option<String>, what: &str| match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {}", counted(&max, what))),
        (Some(min), None) => Some(format!("at least {}", counted(&min, what))),
        (None, Some(max)) => Some(format!("at most {}", counted(&max, what))),
        (None, None) => None,
    };
    let words = between(limits.min_words.map(|n| n.to_string()), limits.max_words.map(|n| n.to_string()), " words");
    let all: Vec<_> = between(limits.min.map(number), limits.max.map(number), what).into_iter().chain(words).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A number with what it counts, of which there may be one.
fn counted(number: &str, what: &str) -> String {
    format!("{number}{}", if number == "1" { what.trim_end_matches('s') } else { what })
}

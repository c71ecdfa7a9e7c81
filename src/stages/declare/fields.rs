//! Fields of kinds, relations and data blocks.

use super::choices::choices;
use super::conditions::{Scope, conditions};
use super::kinds::capital;
use super::{DeclarationReader, DeclaredValue, Mapping, RESERVED};
use crate::diagnostics::Code;
use crate::model::condition::Conditions;
use crate::model::fields::NAMES;
use crate::model::schema::{Field, Limits, Type};
use crate::yaml::{MappingPart, PathStep, Yaml};

/// Named sets of fields that several kinds share.
pub(super) type Sets<'a> = Vec<(&'a str, Vec<Field>)>;

pub(super) fn sets<'a>(site: &mut Mapping<'a>, reader: &mut DeclarationReader) -> Sets<'a> {
    let sets = site.take("field_sets").map_or_else(Vec::new, |at| at.entries());
    sets.into_iter().map(|(name, at)| (name, fields(&at, reader))).collect()
}

/// The fields of a kind: those of the sets it uses, then its own, which replace fields of the same name.
pub(super) fn of_kind(map: &mut Mapping<'_>, sets: &Sets<'_>, reader: &mut DeclarationReader) -> Vec<Field> {
    let mut all: Vec<Field> = Vec::new();
    if let Some(at) = map.take("uses") {
        for item in at.items() {
            let Some(name) = reader.text(&item) else { continue };
            match sets.iter().find(|(known, _)| *known == name) {
                Some((_, fields)) => all.extend(fields.iter().cloned()),
                None => {
                    let meant = reader.unknown(&item, "field set", &name, sets.iter().map(|(name, _)| *name));
                    let meant = sets.iter().filter(|(name, _)| meant.as_deref() == Some(*name));
                    all.extend(meant.flat_map(|(_, fields)| fields.iter().cloned()));
                }
            }
        }
    }
    if let Some(at) = map.take("fields") {
        for (own, at) in fields_beside(&at, &all, reader).into_iter().zip(at.entries()) {
            if RESERVED.contains(&own.name.as_str()) {
                reserved(&at.1, &own.name, "entry", reader);
            }
            match all.iter_mut().find(|field| field.name == own.name) {
                Some(field) => *field = own,
                None => all.push(own),
            }
        }
    }
    all
}

/// Reports a field with the name of a key that every entry, or every edge, has.
pub(super) fn reserved(at: &DeclaredValue<'_>, name: &str, whose: &str, reader: &mut DeclarationReader) {
    let message = format!("`{name}` is a key that every {whose} has, with a meaning of its own");
    let help = format!("take it out: `{name}` may be written without it; or give the field another name");
    reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &[&help]);
}

pub(super) fn blocks(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<(String, Vec<Field>)> {
    let Some(at) = site.take("blocks") else { return Vec::new() };
    if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
        reader.wrong(&at, "the names of data blocks with their fields");
    }
    at.entries()
        .into_iter()
        .map(|(name, at)| {
            let mut map = reader.mapping(at);
            let own = map.take("fields").map_or_else(Vec::new, |at| fields(&at, reader));
            map.finish(reader);
            (name.to_string(), own)
        })
        .collect()
}

/// Reads a mapping from names to types. Every entry makes a field, even a wrong one.
pub(super) fn fields(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Vec<Field> {
    fields_beside(at, &[], reader)
}

/// As [`fields`]; their conditions may name these others, too.
fn fields_beside(at: &DeclaredValue<'_>, others: &[Field], reader: &mut DeclarationReader) -> Vec<Field> {
    if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
        reader.wrong(at, "names of fields with their types");
    }
    let (mut all, mut conditional) = (Vec::new(), Vec::new());
    for (name, at) in at.entries() {
        named(name, &at.path, "field", reader);
        let mut map = opened(&at, reader);
        conditional.extend(map.take("when").map(|when| (all.len(), when)));
        all.push(field(name, &at, map, reader));
    }
    for (number, at) in conditional {
        let beside = all.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, field)| field);
        let when = conditions(&at, &Scope::of_fields(beside.chain(others)), reader);
        if all[number].default.is_some() {
            let help = ["leave one of the two out: a default would stand where the field has no place"];
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, "a field with `when` has no default", &help);
        }
        all[number].when = when;
    }
    all
}

/// Reports a name that is none.
pub(super) fn named(name: &str, path: &[PathStep], what: &str, reader: &mut DeclarationReader) {
    if name.trim().is_empty() {
        let message = format!("a {what} without a name");
        reader.report(
            Code::SiteInvalid,
            path,
            MappingPart::Key,
            message,
            &["write a name before the colon, or take it out"],
        );
    }
}

/// A type as a mapping: its name alone stands for one with nothing else.
fn opened<'a>(at: &DeclaredValue<'a>, reader: &mut DeclarationReader) -> Mapping<'a> {
    match at.yaml {
        Yaml::Text(_) => Mapping::of(vec![("type", at.clone())]),
        _ => reader.mapping(at.clone()),
    }
}

/// Reads a type and what belongs to it.
fn field(name: &str, whole: &DeclaredValue<'_>, mut map: Mapping<'_>, reader: &mut DeclarationReader) -> Field {
    let named = map.take("type");
    let type_name = named.as_ref().and_then(|at| reader.text(at)).unwrap_or_default();
    let of = map.take("of");
    let unit = map.text("unit", reader).unwrap_or_default();
    let label = map.text("label", reader).unwrap_or_else(|| capital(&name.replace('_', " ")));
    let own = map.take("fields");
    let ty = match (type_name.as_str(), &of, &own) {
        ("text", ..) => Type::Text,
        ("markdown", ..) => Type::Markdown,
        ("integer", ..) => Type::Integer,
        ("number", ..) => Type::Number,
        ("boolean", ..) => Type::Boolean,
        ("date", ..) => Type::Date,
        ("range", ..) => Type::Range(unit.clone()),
        ("url", ..) => Type::Url,
        ("image", ..) => Type::Image,
        ("citations", ..) => Type::Citations,
        ("entry", ..) => Type::Entry,
        ("choice", Some(of), _) => Type::Choice(choices(of, reader)),
        ("list", Some(of), _) => {
            let item = opened(of, reader);
            Type::List(Box::new(field(name, of, item, reader)))
        }
        ("object", _, Some(own)) => Type::Object(fields(own, reader)),
        ("choice" | "list", None, _) => {
            let help =
                if type_name == "list" { "`{type: list, of: text}`" } else { "`{type: choice, of: [low, high]}`" };
            reader.needs(whole, format!("the {type_name} `{name}` needs `of`"), help);
            Type::Text
        }
        ("object", _, None) => {
            let help = "`{type: object, fields: {name: text}}`";
            reader.needs(whole, format!("the object `{name}` needs `fields`"), help);
            Type::Text
        }
        ("", ..) => {
            // What is no mapping, or no text, was reported as that.
            let is_read = match &named {
                Some(at) => matches!(at.yaml, Yaml::Text(_)),
                None => matches!(whole.yaml, Yaml::Map(_) | Yaml::Null),
            };
            if is_read {
                reader.needs(whole, format!("the field `{name}` needs a `type`"), &format!("`{name}: {{type: text}}`"));
            }
            Type::Text
        }
        (unknown, ..) => {
            reader.unknown(named.as_ref().unwrap_or(whole), "type", unknown, NAMES.iter().copied());
            Type::Text
        }
    };
    let field = Field {
        name: name.to_string(),
        label,
        unit,
        ty,
        required: map.boolean("required", false, reader),
        when: Conditions::new(),
        default: map.take("default").map(|at| at.yaml.clone()),
        help: map.text("help", reader).unwrap_or_default(),
        limits: limits(&mut map, reader),
    };
    if let Some(at) =
        whole.below_key("default").filter(|at| !crate::model::fields::of(&field.ty, |ty| ty.may_be(at.yaml)))
    {
        let message = match (&field.ty, at.yaml) {
            (Type::Choice(_), Yaml::Text(text)) => {
                format!("the default of `{name}`, `{text}`, is not one of its choices")
            }
            (_, yaml) => format!("the default of `{name}` is {}, and the field is of another type", yaml.sort()),
        };
        let help = ["write a value that an entry could have there, or leave `default` out"];
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
    }
    map.finish(reader);
    field
}

fn limits(map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Limits {
    let mut number = |key, reader: &mut DeclarationReader| {
        let at = map.take(key)?;
        match at.yaml {
            Yaml::Integer(number) => Some((*number as f64, at)),
            Yaml::Number(number) => Some((*number, at)),
            _ => {
                reader.wrong(&at, "a number");
                None
            }
        }
    };
    let mut pair = |least: &'static str, most: &'static str| {
        let (min, max) = (number(least, reader), number(most, reader));
        if let (Some((min, _)), Some((max, at))) = (&min, &max)
            && min > max
        {
            let message = format!("`{least}` is above `{most}`: no value can be right");
            reader.report(
                Code::SiteInvalid,
                &at.path,
                MappingPart::Value,
                message,
                &["write the smaller number first"],
            );
        }
        (min.map(|(number, _)| number), max.map(|(number, _)| number))
    };
    let (min, max) = pair("min", "max");
    let (at_least, at_most) = pair("at_least", "at_most");
    let (min_words, max_words) = pair("min_words", "max_words");
    Limits {
        min: min.or(at_least),
        max: max.or(at_most),
        min_words: min_words.map(|number| number as usize),
        max_words: max_words.map(|number| number as usize),
    }
}

//! What others may show of an entry, and how checked values look to templates.

use crate::model::asset::Assets;
use crate::model::doc::Doc;
use crate::model::fields::image::is_elsewhere;
use crate::model::kind::Kind;
use crate::model::schema::{Field, Schema, Type};
use crate::model::site::Card;
use crate::model::texts::Texts;
use crate::model::value::{Date, Value};
use crate::shown::{self, extended, hash_of, list, map, map_of, none};
use crate::yaml::Yaml;

/// The card of an entry at this URL.
pub fn card(doc: &Doc, url: &str, schema: &Schema, assets: &Assets) -> Card {
    let kind = schema.kind(doc.kind);
    let fields = kind.fields.iter().zip(&doc.fields).filter(|(field, _)| plain(&field.ty));
    let fields = fields.map(|(field, value)| (&field.name, plain_value(value, field, schema, assets)));
    let value = map([
        ("id", format!("{}/{}", kind.plural, doc.slug).into()),
        ("kind", kind.name.as_str().into()),
        ("kind_label", kind.label.as_str().into()),
        ("slug", doc.slug.as_str().into()),
        ("title", doc.title.as_str().into()),
        ("name", doc.name().into()),
        ("summary", text_or_none(doc.summary.as_deref())),
        ("about", text_or_none(about(doc, kind).as_deref())),
        ("date", date_or_none(doc.date, &schema.texts)),
        ("updated", date_or_none(doc.updated, &schema.texts)),
        ("picture", picture(doc, kind, schema, assets)),
        ("url", schema.base_url.rooted(url).into()),
        ("aliases", list(doc.aliases.iter().map(|alias| alias.as_str().into()))),
        ("draft", doc.draft.into()),
        ("fields", map_of(fields)),
    ]);
    Card { hash: hash_of(&value), value }
}

/// What an entry is about: its summary, else its description.
pub fn about(doc: &Doc, kind: &Kind) -> Option<String> {
    let described = || {
        let at = kind.fields.iter().position(|field| field.name == "description")?;
        match doc.fields.get(at) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    };
    let extra = || {
        let (_, value) = doc.extra.iter().find(|(key, _)| key == "description")?;
        value.as_text().map(str::to_string)
    };
    doc.summary.clone().or_else(described).or_else(extra).filter(|text| !text.is_empty())
}

/// The first picture among the fields of an entry, with the name of its field.
fn picture(doc: &Doc, kind: &Kind, schema: &Schema, assets: &Assets) -> shown::ShownValue {
    let pictures = kind.fields.iter().zip(&doc.fields).filter(|(_, value)| matches!(value, Value::Image(..)));
    let mut shown = pictures.map(|(field, value)| (field, plain_value(value, field, schema, assets)));
    let Some((field, value)) = shown.find(|(_, value)| !value.is_none()) else { return none() };
    extended(&value, [("field", field.name.as_str().into())])
}

/// A text, or nothing.
pub fn text_or_none(text: Option<&str>) -> shown::ShownValue {
    text.map_or_else(none, Into::into)
}

/// A day, or nothing.
pub fn date_or_none(date: Option<Date>, texts: &Texts) -> shown::ShownValue {
    date.map_or_else(none, |date| {
        map([
            ("iso", date.to_string().into()),
            ("long", texts.date(date).into()),
            ("year", i64::from(date.year()).into()),
        ])
    })
}

/// A number as people write it: without a fraction where there is none.
pub fn number(number: f64) -> shown::ShownValue {
    if number.fract() == 0.0 && number.abs() < 1e15 { (number as i64).into() } else { number.into() }
}

/// Free YAML as templates see it.
pub fn yaml(value: &Yaml) -> shown::ShownValue {
    match value {
        Yaml::Null => none(),
        Yaml::Bool(value) => (*value).into(),
        Yaml::Integer(number) => (*number).into(),
        Yaml::Number(number) => (*number).into(),
        Yaml::Text(text) => text.as_str().into(),
        Yaml::List(items) => list(items.iter().map(yaml)),
        Yaml::Map(entries) => map_of(entries.iter().map(|(key, value)| (key, yaml(value)))),
    }
}

/// A value that refers to nothing else. Others show as nothing here: `pages/entry.rs` knows how to draw them.
pub fn plain_value(value: &Value, field: &Field, schema: &Schema, assets: &Assets) -> shown::ShownValue {
    let base = &schema.base_url;
    match (value, &field.ty) {
        (Value::Text(text), _) => text.as_str().into(),
        (Value::Integer(number), _) => (*number).into(),
        (Value::Number(value), _) => number(*value),
        (Value::Boolean(value), _) => (*value).into(),
        (Value::Date(date), _) => date_or_none(Some(*date), &schema.texts),
        (Value::Choice(at), Type::Choice(choices)) => choices.shown(*at),
        (Value::Range(from, to), Type::Range(unit)) => {
            let written = [from, to].map(|number| match unit.is_empty() {
                true => schema.texts.number(*number),
                false => schema.texts.amount(*number),
            });
            let [first, last] = &written;
            let text = match from == to {
                true => first.clone(),
                false => schema.texts.say("range", &[("from", first), ("to", last)]),
            };
            map([("from", number(*from)), ("to", number(*to)), ("unit", unit.as_str().into()), ("text", text.into())])
        }
        (Value::Url(url, _), _) => if url.starts_with('/') { base.rooted(url) } else { url.clone() }.into(),
        (Value::Image(path, _), _) if is_elsewhere(path) => {
            map([("url", path.as_str().into()), ("width", 0i64.into()), ("height", 0i64.into())])
        }
        (Value::Image(path, _), _) => assets.at(path).map_or_else(none, |asset| {
            let (width, height) = asset.size.unwrap_or_default();
            map([
                ("url", base.rooted(&asset.url).into()),
                ("width", i64::from(width).into()),
                ("height", i64::from(height).into()),
            ])
        }),
        (Value::List(items), Type::List(item)) => {
            list(items.iter().map(|value| plain_value(value, item, schema, assets)))
        }
        (Value::Data(data), _) => yaml(data),
        // What cards do not show, and values of another type than that of their field, of which there are none.
        (
            Value::Nothing
            | Value::Markdown(_)
            | Value::Citations(_)
            | Value::Entry(..)
            | Value::Object(_)
            | Value::Choice(_)
            | Value::Range(..)
            | Value::List(_),
            _,
        ) => none(),
    }
}

fn plain(ty: &Type) -> bool {
    match ty {
        Type::Markdown | Type::Object(_) | Type::Citations | Type::Entry => false,
        Type::List(item) => matches!(item.ty, Type::Choice(_)),
        Type::Text
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Date
        | Type::Choice(_)
        | Type::Range(_)
        | Type::Url
        | Type::Image => true,
    }
}

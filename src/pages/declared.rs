//! What `site.yaml` declares of fields and relations, as templates see it.

use crate::model::relation::Relation;
use crate::model::schema::{Field, Type};
use crate::templates::{ShownValue, count, list, map, map_of, none};

/// The highest rank that the shades of a matrix tell apart.
const HIGHEST_RANK: usize = 3;

/// Fields by name.
pub(super) fn fields(fields: &[Field]) -> ShownValue {
    map_of(fields.iter().map(|field| (&field.name, of_field(field))))
}

/// A field: its type, label, unit and help; the choices of one, the items of a list, the fields of an object.
fn of_field(field: &Field) -> ShownValue {
    let (options, of, own) = match &field.ty {
        Type::Choice(_) => (options(&field.ty), none(), none()),
        Type::List(item) => (options(&item.ty), of_field(item), none()),
        Type::Object(own) => (none(), none(), fields(own)),
        Type::Text
        | Type::Markdown
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Date
        | Type::Range(_)
        | Type::Url
        | Type::Image
        | Type::Citations
        | Type::Entry => (none(), none(), none()),
    };
    map([
        ("name", field.name.as_str().into()),
        ("label", field.label.as_str().into()),
        ("type", field.ty.name().into()),
        ("unit", field.unit.as_str().into()),
        ("help", field.help.as_str().into()),
        ("options", options),
        ("of", of),
        ("fields", own),
    ])
}

/// What can be chosen. The first option has the highest rank.
fn options(ty: &Type) -> ShownValue {
    let Type::Choice(choices) = ty else { return none() };
    let of = choices.iter().len();
    list(choices.iter().enumerate().map(|(at, (id, label))| {
        let rank = (of - 1 - at) * (HIGHEST_RANK - 1) / (of - 1).max(1) + 1;
        let help = choices.text(at, "help").map_or_else(none, Into::into);
        map([("id", id.as_str().into()), ("label", label.as_str().into()), ("rank", count(rank)), ("help", help)])
    }))
}

/// A relation: its fields; the first number, which stands before a name; the text that is its unit; the first choice; and the
/// only text, which needs no label.
pub(super) fn relation(relation: &Relation) -> ShownValue {
    let first = |is: fn(&Type) -> bool| relation.fields.iter().find(|field| is(&field.ty));
    let amount = first(|ty| matches!(ty, Type::Integer | Type::Number | Type::Range(_)));
    let unit = relation.fields.iter().find(|field| field.name == "unit" && field.ty == Type::Text);
    let amount = amount.filter(|field| !field.unit.is_empty() || unit.is_some());
    let unit = unit.filter(|_| amount.is_some());
    let choice = first(|ty| matches!(ty, Type::Choice(_)));
    let is_text = |field: &&Field| matches!(field.ty, Type::Text | Type::Markdown);
    let mut texts =
        relation.fields.iter().filter(|field| unit.is_none_or(|unit| unit.name != field.name)).filter(is_text);
    let note = texts.next().filter(|_| texts.next().is_none());
    let name = |field: Option<&Field>| field.map_or_else(none, |field| field.name.as_str().into());
    map([
        ("fields", fields(&relation.fields)),
        ("amount", name(amount)),
        ("unit", name(unit)),
        ("choice", name(choice)),
        ("note", name(note)),
    ])
}

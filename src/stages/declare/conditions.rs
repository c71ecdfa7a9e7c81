//! Conditions on fields and relations: `{level: [easy, hard], length: {reaches: 3}}`.

use super::{DeclarationReader, DeclaredValue};
use crate::diagnostics::Code;
use crate::model::condition::{Condition, Conditions};
use crate::model::keys::RESERVED;
use crate::model::schema::{Field, KindId, Schema, Type};
use crate::yaml::{MappingPart, Yaml};

/// The names that conditions may use, each with the type of its values where it is a field. A name may stand there twice,
/// as that of fields of two kinds.
pub(super) struct Scope<'a>(Vec<(&'a str, Option<&'a Type>)>);

impl<'a> Scope<'a> {
    /// Fields beside one another.
    pub fn of_fields(fields: impl IntoIterator<Item = &'a Field>) -> Self {
        Self(fields.into_iter().map(|field| (field.name.as_str(), Some(&field.ty))).collect())
    }

    /// Fields and relations of some kinds; of all of them where none is named.
    pub fn of_kinds(kinds: &[KindId], schema: &'a Schema) -> Self {
        let all: Vec<_> = schema.kind_ids().collect();
        let kinds = if kinds.is_empty() { &all } else { kinds };
        let fields = kinds.iter().flat_map(|kind| Self::of_fields(&schema.kind(*kind).fields).0);
        let sides = kinds.iter().flat_map(|kind| schema.sides_of(*kind).map(|(_, _, side)| (side.key.as_str(), None)));
        let own = [("citations", None), ("slug", None)];
        Self(fields.chain(sides).chain(own).collect())
    }

    /// Whether a name is known, or one that every entry has.
    pub fn knows(&self, name: &str) -> bool {
        RESERVED.contains(&name) || self.0.iter().any(|(known, _)| *known == name)
    }

    /// The names that may be meant by a misspelt one.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(name, _)| *name)
    }

    fn types(&self, name: &str) -> impl Iterator<Item = &'a Type> {
        self.0.iter().filter(move |(known, _)| *known == name).filter_map(|(_, ty)| *ty)
    }
}

/// Reads conditions; those that could never hold are reported, each at its place.
pub(super) fn conditions(at: &DeclaredValue<'_>, scope: &Scope<'_>, reader: &mut DeclarationReader) -> Conditions {
    if !matches!(at.yaml, Yaml::Map(_)) {
        reader.needs(at, format!("expected fields with their values, found {}", at.yaml.sort()), "`{level: easy}`");
    }
    let mut all = Conditions::new();
    for (name, at) in at.entries() {
        check_name(&at, name, scope, reader);
        if let Some(condition) = condition(&at, name, scope, reader) {
            all.push((name.to_string(), condition));
        }
    }
    all
}

/// Reports a name that no field or relation has.
pub(super) fn check_name(at: &DeclaredValue<'_>, name: &str, scope: &Scope<'_>, reader: &mut DeclarationReader) {
    if !scope.knows(name) && !reader.relations_lost {
        let place = reader.text.place(&at.path, MappingPart::Key);
        reader.unknown_at(place, "field or relation", name, scope.names());
    }
}

fn condition(
    at: &DeclaredValue<'_>,
    name: &str,
    scope: &Scope<'_>,
    reader: &mut DeclarationReader,
) -> Option<Condition> {
    if !matches!(at.yaml, Yaml::Map(_)) {
        check_choices(at, name, scope, reader);
        return Some(Condition::OneOf(reader.texts(at))).filter(|condition| *condition != Condition::OneOf(Vec::new()));
    }
    let mut map = reader.mapping(at.clone());
    let reaches = map.take("reaches");
    map.finish(reader);
    if reaches.is_none() && map.entries.is_empty() {
        reader.needs(at, format!("nothing is asked of `{name}`"), &format!("`{name}: {{reaches: 3}}`"));
    }
    let reaches = reaches?;
    let measured = |ty: &Type| matches!(ty, Type::Range(_) | Type::Integer | Type::Number);
    if scope.knows(name) && !scope.types(name).any(measured) {
        let message = format!("`{name}` is no number and no range, and reaches nothing");
        let help = format!("name the values that it may have: `{name}: [one, another]`");
        reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &[&help]);
    }
    match reaches.yaml {
        Yaml::Integer(number) => Some(Condition::Reaches(*number as f64)),
        Yaml::Number(number) => Some(Condition::Reaches(*number)),
        _ => {
            reader.wrong(&reaches, "a number");
            None
        }
    }
}

/// A choice that no field of the name has would keep the condition from ever holding.
fn check_choices(at: &DeclaredValue<'_>, name: &str, scope: &Scope<'_>, reader: &mut DeclarationReader) {
    let choices: Option<Vec<_>> = scope.types(name).map(choices_of).collect();
    let Some(choices) = choices.map(|choices| choices.concat()).filter(|choices| !choices.is_empty()) else { return };
    for item in at.items() {
        let Some(wanted) = reader.text(&item).filter(|wanted| !choices.contains(&wanted.as_str())) else { continue };
        reader.unknown(&item, &format!("choice of `{name}`"), &wanted, choices.iter().copied());
    }
}

fn choices_of(ty: &Type) -> Option<Vec<&str>> {
    match ty {
        Type::Choice(choices) => Some(choices.iter().map(|(id, _)| id.as_str()).collect()),
        Type::List(item) => choices_of(&item.ty),
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
        | Type::Entry
        | Type::Object(_) => None,
    }
}

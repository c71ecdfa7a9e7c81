//! The structured data that a site declares: `schema_org` of the site and of its kinds.

use super::{At, Mapping, Reader};
use crate::model::schema::{KindId, Schema};
use crate::model::schema_org::{Origin, SchemaOrg, Thing};
use crate::yaml::Yaml;

/// What an entry has besides its fields and relations.
const OWN: [&str; 4] = ["title", "aliases", "summary", "slug"];

/// Reads what the site says of itself and of each kind. Has to come behind the relations, whose keys may be named.
pub(super) fn declare(site: &mut Mapping<'_>, root: &Yaml, schema: &mut Schema, reader: &mut Reader) {
    if let Some(at) = site.take("schema_org") {
        let mut map = reader.mapping(at);
        if let Some(at) = map.take("organization") {
            schema.organization = thing(at, &[], reader).unwrap_or_else(|| schema.organization.clone());
        }
        map.finish(reader);
    }
    let root = At { yaml: root, path: Vec::new() };
    for (name, kind) in root.below_key("kinds").map_or_else(Vec::new, |kinds| kinds.entries()) {
        let Some(at) = kind.below_key("schema_org") else { continue };
        let Some(number) = schema.kinds.iter().position(|kind| kind.name == name) else { continue };
        let id = KindId(number as u16);
        let fields = schema.kind(id).fields.iter().map(|field| field.name.clone());
        let sides = schema.sides_of(id).map(|(_, _, side)| side.key.clone());
        let known: Vec<String> = fields.chain(sides).chain(OWN.map(str::to_string)).collect();
        schema.kinds[number].schema_org = Some(of_kind(at, &known, reader));
    }
}

fn of_kind(at: At<'_>, known: &[String], reader: &mut Reader) -> SchemaOrg {
    let mut map = reader.mapping(at);
    let mut one = |key, reader: &mut Reader| map.take(key).and_then(|at| thing(at, known, reader));
    let page = one("page", reader).unwrap_or_else(|| Thing::of_type("WebPage"));
    let (about, main_entity) = (one("about", reader), one("main_entity", reader));
    let citation = map.text("citation", reader).unwrap_or_else(|| "ScholarlyArticle".into());
    let set = map.take("set").and_then(|at| set(at, reader));
    map.finish(reader);
    SchemaOrg { page, about, main_entity, citation, set }
}

/// Reads `DefinedTerm`, or `{type: DefinedTerm, is: {...}, from: {...}}`.
fn thing(at: At<'_>, known: &[String], reader: &mut Reader) -> Option<Thing> {
    if !matches!(at.yaml, Yaml::Map(_)) {
        return reader.text(&at).map(|ty| Thing::of_type(&ty));
    }
    let mut map = reader.mapping(at.clone());
    let ty = map.text("type", reader);
    if ty.is_none() {
        reader.needs(&at, "it has no `type`".into(), "`{type: PhysicalTherapy, from: {alternateName: aliases}}`");
    }
    let is = map.take("is").map_or_else(Vec::new, |at| entries(at, reader));
    let is = is.into_iter().map(|(property, at)| (property.to_string(), at.yaml.clone())).collect();
    let from = map.take("from").map_or_else(Vec::new, |at| entries(at, reader));
    let from = from.into_iter().filter_map(|(property, at)| Some((property.to_string(), origin(&at, known, reader)?)));
    let from = from.collect();
    map.finish(reader);
    Some(Thing { ty: ty?, is, from })
}

/// Reads `aliases`, or `{of: signs, as: MedicalSymptom}`.
fn origin(at: &At<'_>, known: &[String], reader: &mut Reader) -> Option<Origin> {
    let (of, ty) = if matches!(at.yaml, Yaml::Map(_)) {
        let mut map = reader.mapping(at.clone());
        let (of, ty) = (map.take("of"), map.text("as", reader));
        map.finish(reader);
        if of.is_none() {
            reader.needs(at, "it has no `of`".into(), "`{of: signs, as: MedicalSymptom}`");
        }
        (of?, ty)
    } else {
        (at.clone(), None)
    };
    let name = reader.text(&of)?;
    if !known.contains(&name) {
        reader.unknown(&of, "field or relation", &name, known.iter().map(String::as_str));
        return None;
    }
    Some(Origin { of: name, ty })
}

/// Reads `{type: DefinedTermSet, lists: hasDefinedTerm}`.
fn set(at: At<'_>, reader: &mut Reader) -> Option<(String, String)> {
    let mut map = reader.mapping(at.clone());
    let (ty, lists) = (map.text("type", reader), map.text("lists", reader));
    map.finish(reader);
    if ty.is_none() || lists.is_none() {
        reader.needs(&at, "it has no `type` or no `lists`".into(), "`{type: DefinedTermSet, lists: hasDefinedTerm}`");
    }
    Some((ty?, lists?))
}

fn entries<'a>(at: At<'a>, reader: &mut Reader) -> Vec<(&'a str, At<'a>)> {
    reader.mapping(at).entries
}

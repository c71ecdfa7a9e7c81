//! The structured data that a site declares: `schema_org` of the site and of its kinds.

use super::conditions::{Scope, conditions};
use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::schema::{KindId, RelationId, Schema};
use crate::model::schema_org::{PropertySource, SchemaOrg, SchemaOrgThing};
use crate::yaml::{MappingPart, Yaml};

/// What an entry has besides its fields and relations.
const OWN: [&str; 4] = ["title", "aliases", "summary", "slug"];

/// Reads what the site says of itself and of each kind. Has to come behind the relations, whose keys may be named.
pub(super) fn declare(site: &mut Mapping<'_>, root: &Yaml, schema: &mut Schema, reader: &mut DeclarationReader) {
    if let Some(at) = site.take("schema_org") {
        let mut map = reader.mapping(at);
        if let Some(at) = map.take("organization") {
            let declared = thing(at, &PropertyScope { schema, kind: None }, reader);
            schema.organization = declared.unwrap_or_else(|| schema.organization.clone());
        }
        map.finish(reader);
    }
    let root = DeclaredValue { yaml: root, path: Vec::new() };
    for (name, kind) in root.below_key("kinds").map_or_else(Vec::new, |kinds| kinds.entries()) {
        let Some(at) = kind.below_key("schema_org") else { continue };
        let Some(number) = schema.kinds.iter().position(|kind| kind.name == name) else { continue };
        let declared = of_kind(at, &PropertyScope { schema, kind: Some(KindId(number as u16)) }, reader);
        schema.kinds[number].schema_org = Some(declared);
    }
}

/// The kind whose values may be taken; none for what belongs to no entry.
struct PropertyScope<'a> {
    schema: &'a Schema,
    kind: Option<KindId>,
}

impl PropertyScope<'_> {
    /// Reads the name of a field or relation, or of what every entry has.
    fn known(&self, at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<String> {
        let name = reader.text(at)?;
        let kinds = self.kind.as_slice();
        let fields = kinds.iter().flat_map(|kind| self.schema.kind(*kind).fields.iter().map(|field| &*field.name));
        let sides = kinds.iter().flat_map(|kind| self.schema.sides_of(*kind).map(|(_, _, side)| &*side.key));
        let own = OWN.into_iter().filter(|_| self.kind.is_some());
        let known: Vec<&str> = fields.chain(sides).chain(own).collect();
        if known.contains(&&*name) {
            return Some(name);
        }
        reader.unknown(at, "field or relation", &name, known);
        None
    }

    /// The relation of this name, and the kinds to which it leads.
    fn relation(&self, name: &str) -> Option<(RelationId, Vec<KindId>)> {
        let mut sides = self.schema.sides_of(self.kind?).filter(|(_, _, side)| side.key == name);
        let (relation, end, _) = sides.next()?;
        Some((relation, self.schema.relation(relation).side(end.across()).kinds.clone()))
    }
}

fn of_kind(at: DeclaredValue<'_>, own: &PropertyScope<'_>, reader: &mut DeclarationReader) -> SchemaOrg {
    let mut map = reader.mapping(at);
    let mut one = |key, reader: &mut DeclarationReader| map.take(key).and_then(|at| thing(at, own, reader));
    let page = one("page", reader).unwrap_or_else(|| SchemaOrgThing::of_type("WebPage"));
    let (about, main_entity) = (one("about", reader), one("main_entity", reader));
    let citation = map.text("citation", reader).unwrap_or_else(|| "ScholarlyArticle".into());
    let set = map.take("set").and_then(|at| set(at, reader));
    map.finish(reader);
    SchemaOrg { page, about, main_entity, citation, set }
}

/// Reads `DefinedTerm`, or `{type: DefinedTerm, is: {...}, from: {...}}`.
fn thing(at: DeclaredValue<'_>, own: &PropertyScope<'_>, reader: &mut DeclarationReader) -> Option<SchemaOrgThing> {
    if !matches!(at.yaml, Yaml::Map(_)) {
        return reader.text(&at).map(|ty| SchemaOrgThing::of_type(&ty));
    }
    let mut map = reader.mapping(at.clone());
    let ty = map.text("type", reader);
    if ty.is_none() {
        reader.needs(&at, "it has no `type`".into(), "`{type: PhysicalTherapy, from: {alternateName: aliases}}`");
    }
    let is = map.take("is").map_or_else(Vec::new, |at| entries(at, reader));
    let is = is.into_iter().map(|(property, at)| (property.to_string(), at.yaml.clone())).collect();
    let from = map.take("from").map_or_else(Vec::new, |at| entries(at, reader));
    let from = from.into_iter().map(|(property, at)| (property.to_string(), origins(&at, own, reader)));
    let from = from.collect();
    map.finish(reader);
    Some(SchemaOrgThing { ty: ty?, is, from })
}

/// Reads one origin, or a list of them.
fn origins(at: &DeclaredValue<'_>, own: &PropertyScope<'_>, reader: &mut DeclarationReader) -> Vec<PropertySource> {
    at.items().iter().filter_map(|at| origin(at, own, reader)).collect()
}

/// Reads `aliases`, or `{of: signs, as: MedicalSymptom}`.
fn origin(at: &DeclaredValue<'_>, own: &PropertyScope<'_>, reader: &mut DeclarationReader) -> Option<PropertySource> {
    if !matches!(at.yaml, Yaml::Map(_)) {
        let of = own.known(at, reader)?;
        return Some(PropertySource { of, ty: None, only_where: Vec::new(), edges: Vec::new(), with: Vec::new() });
    }
    let mut map = reader.mapping(at.clone());
    let (of, ty) = (map.take("of"), map.text("as", reader));
    let (only_where, edges, with) = (map.take("where"), map.take("edges"), map.take("with"));
    map.finish(reader);
    if of.is_none() {
        reader.needs(at, "it has no `of`".into(), "`{of: signs, as: MedicalSymptom}`");
    }
    let of = own.known(&of?, reader)?;
    let Some((relation, across)) = own.relation(&of) else {
        for at in [only_where, edges, with].iter().flatten() {
            let message = format!("`{of}` is no relation, and leads to no entries");
            reader.report(
                Code::SiteInvalid,
                &at.path,
                MappingPart::Key,
                message,
                &["name a relation of the kind under `of`"],
            );
        }
        return Some(PropertySource { of, ty, only_where: Vec::new(), edges: Vec::new(), with: Vec::new() });
    };
    let scope = Scope::of_kinds(&across, own.schema);
    let beside = Scope::of_fields(&own.schema.relation(relation).fields);
    let mut read = |at: Option<DeclaredValue<'_>>, scope| at.map_or_else(Vec::new, |at| conditions(&at, scope, reader));
    let (only_where, edges) = (read(only_where, &scope), read(edges, &beside));
    let with = with.map_or_else(Vec::new, |at| entries(at, reader));
    let with = with.into_iter().filter_map(|(property, at)| {
        let field = reader.text(&at)?;
        if scope.knows(&field) {
            return Some((property.to_string(), field));
        }
        reader.unknown(&at, "field or relation", &field, scope.names());
        None
    });
    let with = with.collect();
    Some(PropertySource { of, ty, only_where, edges, with })
}

/// Reads `{type: DefinedTermSet, lists: hasDefinedTerm}`.
fn set(at: DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<(String, String)> {
    let mut map = reader.mapping(at.clone());
    let (ty, lists) = (map.text("type", reader), map.text("lists", reader));
    map.finish(reader);
    if ty.is_none() || lists.is_none() {
        reader.needs(&at, "it has no `type` or no `lists`".into(), "`{type: DefinedTermSet, lists: hasDefinedTerm}`");
    }
    Some((ty?, lists?))
}

fn entries<'a>(at: DeclaredValue<'a>, reader: &mut DeclarationReader) -> Vec<(&'a str, DeclaredValue<'a>)> {
    reader.mapping(at).entries
}

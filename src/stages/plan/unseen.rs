//! Fields that no template shows, and data blocks that none draws: what people write there would be nowhere, or shown as code.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::schema::{Field, KindId};
use crate::model::site::Site;
use crate::templates::Templates;
use crate::yaml::{MappingPart, PathStep};

/// How templates go through all fields of an entry, or through all that a relation says of a pair: by themselves, or with
/// components of the built-in theme.
const ALL_FIELDS: &[&str] = &["in entry.fields"];
const BY_THEME: &[&str] = &["theme.facts", "theme.sections"];
const ALL_DATA: &[&str] = &["in edge.data"];
const DATA_BY_THEME: &[&str] = &["theme.related", "theme.edges"];
const ALL_OF_BLOCK: &[&str] = &["in block"];

/// Checks the fields of all kinds and relations. `of_kind` are the templates of the kinds.
pub(super) fn check(site: &Site, templates: &Templates, of_kind: &[String]) -> Vec<Diagnostic> {
    let schema = &site.schema;
    let mut found = Vec::new();
    let (all_fields, all_data) = (templates.own_contain(ALL_FIELDS), templates.own_contain(ALL_DATA));
    for id in schema.kind_ids().filter(|id| *id != schema.page_kind()) {
        let kind = schema.kind(id);
        if all_fields || !kind.anchored() && templates.contains(&of_kind[usize::from(id.0)], BY_THEME) {
            continue;
        }
        let path =
            |field: &Field| ["kinds", &kind.name, "fields", &field.name].map(|key| PathStep::Key(key.into())).to_vec();
        let unseen = kind.fields.iter().filter(|field| !used(site, id, &field.name) && !templates.mention(&field.name));
        for field in unseen {
            let place = schema.text.place(&path(field), MappingPart::Key);
            let message = format!("no template shows the field `{}` of `{}`", field.name, kind.name);
            let help = format!("show `entry.fields.{}` in a template, or go through all fields there", field.name);
            found.push(Diagnostic::new(Code::FieldUnseen, place, message).help(help));
        }
    }
    for (number, id) in schema.relation_ids().enumerate() {
        let relation = schema.relation(id);
        let sides = std::iter::once(&relation.one).chain(&relation.other);
        let mut ends = sides.flat_map(|side| &side.kinds);
        if all_data || ends.any(|kind| templates.contains(&of_kind[usize::from(kind.0)], DATA_BY_THEME)) {
            continue;
        }
        for field in relation.fields.iter().filter(|field| !templates.mention(&field.name)) {
            let path = [
                PathStep::Key("relations".into()),
                PathStep::Index(number),
                PathStep::Key("fields".into()),
                PathStep::Key(field.name.clone()),
            ];
            let place = schema.text.place(&path, MappingPart::Key);
            let message =
                format!("no template shows the field `{}` of the relation `{}`", field.name, relation.one.key);
            let help = format!("show `edge.data.{}` in a template, or go through all data there", field.name);
            found.push(Diagnostic::new(Code::FieldUnseen, place, message).help(help));
        }
    }
    found.extend(in_blocks(site, templates));
    found
}

/// Checks the data blocks.
fn in_blocks(site: &Site, templates: &Templates) -> Vec<Diagnostic> {
    let text = &site.schema.text;
    let mut found = Vec::new();
    for (name, fields) in &site.schema.blocks {
        let path = |more: &[&str]| -> Vec<_> {
            ["blocks", name].iter().chain(more).map(|key| PathStep::Key((*key).into())).collect()
        };
        let template = format!("blocks/{name}.html");
        if !templates.has(&template) {
            let message = format!("no template draws the data block `{name}`, and pages show it as code");
            let help = format!("write `templates/{template}`, where `block` holds its fields");
            let place = text.place(&path(&[]), MappingPart::Key);
            found.push(Diagnostic::new(Code::FieldUnseen, place, message).help(help));
            continue;
        }
        if templates.contains(&template, ALL_OF_BLOCK) {
            continue;
        }
        for field in fields.iter().filter(|field| !templates.mention(&field.name)) {
            let message = format!("no template shows the field `{}` of the data block `{name}`", field.name);
            let help = format!("show `block.{}` in `templates/{template}`", field.name);
            let place = text.place(&path(&["fields", &field.name]), MappingPart::Key);
            found.push(Diagnostic::new(Code::FieldUnseen, place, message).help(help));
        }
    }
    found
}

/// Whether the declaration itself makes use of a field.
fn used(site: &Site, kind: KindId, name: &str) -> bool {
    let declared = site.schema.kind(kind);
    let sorted = declared.order.iter().any(|by| by.trim_start_matches('-') == name);
    let grouped = declared.regroup_by.iter().any(|regroup| regroup.by == name);
    let reviewed = declared.review.as_ref().is_some_and(|review| review.field == name);
    let searched = site.schema.pages.search_words.as_deref() == Some(name);
    sorted || grouped || reviewed || searched || name == "description"
}

//! `graph.json`: entries, fields, edges and cited works for other programs.

use serde_json::{Map, Value as Json, json};

use super::Drawing;
use crate::model::fields;
use crate::model::relation::End;
use crate::model::schema::{Field, Type};
use crate::model::site::Site;
use crate::model::value::Value;

/// The whole graph as JSON, one entry or edge a line.
pub fn bytes(drawing: Drawing<'_>) -> Vec<u8> {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let entries = site.ids().map(|id| {
        let entry = site.entry(id);
        let doc = &entry.doc;
        let kind = site.schema.kind(doc.kind);
        let fields: Map<String, Json> = kind
            .fields
            .iter()
            .zip(&doc.fields)
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| (field.name.clone(), json_of(site, value, field)))
            .collect();
        let links = site.references(id).linked_from.iter().map(|from| site.name(*from)).collect::<Vec<_>>();
        json!({
            "id": site.name(id), "kind": kind.name, "slug": doc.slug, "title": doc.title, "short_title": doc.short_title,
            "summary": doc.summary, "aliases": doc.aliases, "url": base.absolute(&entry.url), "fields": fields,
            "cites": site.cited(id), "linked_from": links,
        })
    });
    let relations = site.schema.relation_ids().map(|id| {
        let relation = site.schema.relation(id);
        let side = |end: End| {
            let side = relation.side(end);
            let kinds: Vec<_> = side.kinds.iter().map(|kind| site.schema.kind(*kind).name.as_str()).collect();
            json!({"kinds": kinds, "key": side.key, "label": side.label})
        };
        let edges = site.graph.edges(id).all.iter().map(|edge| {
            let mut json = Map::new();
            json.insert("from".into(), site.name(edge.one).into());
            json.insert("to".into(), site.name(edge.other).into());
            if let Some((_, written)) = site.data_of(edge) {
                for (field, value) in relation.fields.iter().zip(&written.data).filter(|(_, value)| !value.is_empty()) {
                    json.insert(field.name.clone(), json_of(site, value, field));
                }
            }
            if let Some(reason) = site.reason(edge) {
                json.insert("reason".into(), reason.into());
            }
            Json::from(json)
        });
        let head = json!({"one": side(End::One), "other": side(End::Other), "symmetric": relation.symmetric()});
        (head, edges.collect::<Vec<_>>())
    });
    let mut out = String::from("{\n\"site\": ");
    out.push_str(
        &json!({"title": site.schema.title, "url": base.absolute("/"), "language": site.schema.language}).to_string(),
    );
    out.push_str(",\n\"entries\": [\n");
    out.push_str(&entries.map(|entry| entry.to_string()).collect::<Vec<_>>().join(",\n"));
    out.push_str("\n],\n\"relations\": [\n");
    let relations = relations.map(|(head, edges)| {
        let edges = edges.iter().map(ToString::to_string).collect::<Vec<_>>().join(",\n");
        format!("{{\"relation\": {head}, \"edges\": [\n{edges}\n]}}")
    });
    out.push_str(&relations.collect::<Vec<_>>().join(",\n"));
    out.push_str("\n],\n\"works\": [\n");
    let works = site.shown_works().map(|work| {
        json!({
            "key": work.key, "title": work.title, "authors": work.authors, "date": work.date, "container": work.container,
            "volume": work.volume, "issue": work.issue, "pages": work.pages, "doi": work.doi, "url": work.url,
            "kind": work.kind,
        })
        .to_string()
    });
    out.push_str(&works.collect::<Vec<_>>().join(",\n"));
    out.push_str("\n]\n}\n");
    out.into_bytes()
}

/// The value of a field, with the addresses of pictures: other programs do not have the files of the project.
pub(super) fn json_of(site: &Site, value: &Value, field: &Field) -> Json {
    fn with_addresses(value: &mut Value, site: &Site) {
        match value {
            Value::Image(path, _) => {
                if let Some(asset) = site.assets.at(path) {
                    *path = site.schema.base_url.absolute(&asset.url);
                }
            }
            Value::List(values) | Value::Object(values) => {
                values.iter_mut().for_each(|value| with_addresses(value, site));
            }
            _ => {}
        }
    }
    if !has_picture(field) {
        return fields::json(value, field);
    }
    let mut value = value.clone();
    with_addresses(&mut value, site);
    fields::json(&value, field)
}

/// Whether a field may hold a picture, however deep.
fn has_picture(field: &Field) -> bool {
    match &field.ty {
        Type::Image => true,
        Type::List(item) => has_picture(item),
        Type::Object(fields) => fields.iter().any(has_picture),
        _ => false,
    }
}

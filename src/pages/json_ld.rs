//! Structured data: one `@graph` per page, of schema.org types that the site's declaration names.

use serde_json::{Map, Value as Json, json};

use super::{Drawing, entry, fill, frame};
use crate::model::schema::{Field, Type};
use crate::model::site::EntryId;
use crate::model::value::Value;
use crate::yaml::Yaml;

/// The structured data of an entry's page.
pub fn entry(drawing: Drawing<'_>, id: EntryId, url: &str) -> String {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let entry = site.entry(id);
    let doc = &entry.doc;
    let declared = site.schema.kind(doc.kind).schema_org.as_ref();
    let text = |key: &str| declared.and_then(|declared| declared.get(key)).and_then(Yaml::as_text);
    let address = base.absolute(url);
    let mut page = Map::new();
    page.insert("@type".into(), text("page").unwrap_or("WebPage").into());
    page.insert("@id".into(), format!("{address}#page").into());
    page.insert("url".into(), address.clone().into());
    page.insert("name".into(), doc.title.clone().into());
    page.insert("description".into(), frame::description(site, id).into());
    page.insert("inLanguage".into(), site.schema.language.clone().into());
    page.insert("isPartOf".into(), json!({"@id": base.absolute("/#site")}));
    if let Some(date) = doc.date {
        page.insert("datePublished".into(), date.to_string().into());
    }
    if let Some(date) = changed(drawing, id) {
        page.insert("dateModified".into(), date.to_string().into());
    }
    if let Some((last, _)) = entry::reviewed(drawing, id) {
        page.insert("lastReviewed".into(), last.to_string().into());
    }
    // A page of a kind that says nothing of structured data draws together what others cite; its list would be the heaviest part of it.
    let citations: Vec<Json> = entry.cited.iter().filter_map(|key| citation(drawing, key)).collect();
    if declared.is_some() && !citations.is_empty() {
        page.insert("citation".into(), citations.into());
    }
    for (property, ty) in [("about", text("about")), ("mainEntity", text("main_entity"))] {
        if let Some(ty) = ty {
            let mut thing = Map::new();
            thing.insert("@type".into(), ty.into());
            thing.insert("@id".into(), format!("{address}#main").into());
            thing.insert("name".into(), doc.name().into());
            thing.extend(properties(drawing, id, declared));
            page.insert(property.into(), thing.into());
        }
    }
    graph(drawing, page, crumbs(drawing, id))
}

/// The structured data of a page that lists entries.
pub fn collection(drawing: Drawing<'_>, title: &str, url: &str, ids: &[EntryId]) -> String {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let items: Vec<Json> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let entry = site.entry(*id);
            json!({"@type": "ListItem", "position": at + 1, "url": base.absolute(&entry.url), "name": entry.doc.name()})
        })
        .collect();
    let address = base.absolute(url);
    let mut page = Map::new();
    page.insert("@type".into(), "CollectionPage".into());
    page.insert("@id".into(), format!("{address}#page").into());
    page.insert("url".into(), address.into());
    page.insert("name".into(), title.into());
    page.insert("inLanguage".into(), site.schema.language.clone().into());
    page.insert("isPartOf".into(), json!({"@id": base.absolute("/#site")}));
    page.insert("mainEntity".into(), json!({"@type": "ItemList", "itemListElement": items}));
    graph(drawing, page, Vec::new())
}

fn graph(drawing: Drawing<'_>, mut page: Map<String, Json>, crumbs: Vec<Json>) -> String {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let home = base.absolute("/");
    if crumbs.len() > 1 {
        page.insert("breadcrumb".into(), json!({"@type": "BreadcrumbList", "itemListElement": crumbs}));
    }
    let organization =
        json!({"@type": "Organization", "@id": format!("{home}#org"), "name": site.schema.title, "url": home});
    let website = json!({
        "@type": "WebSite", "@id": format!("{home}#site"), "name": site.schema.title, "url": home,
        "publisher": {"@id": format!("{home}#org")},
    });
    let all = json!({"@context": "https://schema.org", "@graph": [page, website, organization]});
    // A script element ends at the first `</`, wherever it stands.
    all.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--")
}

fn crumbs(drawing: Drawing<'_>, id: EntryId) -> Vec<Json> {
    let base = &drawing.site.schema.base_url;
    let crumbs = frame::Frame::of_entry(drawing, id).crumbs;
    let item = |(at, (name, url)): (usize, &(String, String))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": base.absolute(url)});
    crumbs.iter().enumerate().map(item).collect()
}

/// A work as the page names it. Who wrote it, where and when stands in the list of sources, and behind its address.
fn citation(drawing: Drawing<'_>, key: &str) -> Option<Json> {
    let work = drawing.site.bibliography.works.get(key)?;
    let address = work.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")).or_else(|| work.url.clone());
    let mut json = Map::new();
    json.insert("@type".into(), "ScholarlyArticle".into());
    json.insert("name".into(), work.title.clone().into());
    if let Some(address) = address {
        json.insert("sameAs".into(), address.into());
    }
    Some(json.into())
}

/// The latest of the days on which an entry is said to have changed or been looked at.
pub fn changed(drawing: Drawing<'_>, id: EntryId) -> Option<crate::model::value::Date> {
    let doc = &drawing.site.entry(id).doc;
    let reviewed = entry::reviewed(drawing, id).map(|(last, _)| last);
    doc.updated.into_iter().chain(doc.date).chain(reviewed).max()
}

/// The properties that the declaration maps to fields: `{alternateName: aliases, howPerformed: how}`.
fn properties(drawing: Drawing<'_>, id: EntryId, declared: Option<&Yaml>) -> Vec<(String, Json)> {
    let Some(Yaml::Map(properties)) = declared.and_then(|declared| declared.get("properties")) else {
        return Vec::new();
    };
    let doc = &drawing.site.entry(id).doc;
    let kind = drawing.site.schema.kind(doc.kind);
    let mut out = Vec::new();
    for (property, field) in properties {
        let json = match field.as_text() {
            Some("aliases") => Json::from(doc.aliases.clone()),
            Some("summary") => doc.summary.clone().map_or(Json::Null, Json::from),
            Some(name) => kind
                .fields
                .iter()
                .zip(&doc.fields)
                .find(|(field, _)| field.name == name)
                .map_or(Json::Null, |(field, value)| json_value(value, field)),
            None => Json::Null,
        };
        if !json.is_null() && json.as_array().is_none_or(|items| !items.is_empty()) {
            out.push((property.clone(), json));
        }
    }
    out
}

/// A value as plain data: Markdown without its marks.
pub fn json_value(value: &Value, field: &Field) -> Json {
    match (value, &field.ty) {
        (Value::Text(text) | Value::Url(text, _), _) => text.clone().into(),
        (Value::Markdown(body), _) => fill::plain(&body.html).into(),
        (Value::Integer(number), _) => (*number).into(),
        (Value::Number(number), _) => json!(number),
        (Value::Boolean(value), _) => (*value).into(),
        (Value::Date(date), _) => date.to_string().into(),
        (Value::Choice(at), Type::Choice(choices)) => choices[*at].0.clone().into(),
        (Value::Range(from, to), _) => json!([from, to]),
        (Value::Citations(keys), _) => keys.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>().into(),
        (Value::Entry(name, _), _) | (Value::Image(name, _), _) => name.clone().into(),
        (Value::List(items), Type::List(item)) => {
            items.iter().map(|value| json_value(value, item)).collect::<Vec<_>>().into()
        }
        (Value::Object(values), Type::Object(fields)) => {
            let entries = fields.iter().zip(values).filter(|(_, value)| !value.is_empty());
            entries.map(|(field, value)| (field.name.clone(), json_value(value, field))).collect::<Map<_, _>>().into()
        }
        _ => Json::Null,
    }
}

//! Structured data: one `@graph` per page, of schema.org types that the site's declaration names.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};

use super::{Drawing, entry, fill, frame};
use crate::model::schema::{Field, KindId, Schema, Type};
use crate::model::schema_org::{Origin, SchemaOrg, Thing};
use crate::model::site::EntryId;
use crate::model::value::Value;
use crate::yaml::Yaml;

/// What every page says of the site itself: two nodes, separated by a comma. Made once.
pub fn site_nodes(schema: &Schema) -> String {
    let home = schema.base_url.absolute("/");
    let mut organization = node(&schema.organization.ty, &format!("{home}#org"));
    organization.insert("name".into(), schema.title.clone().into());
    organization.insert("url".into(), home.clone().into());
    organization.extend(constants(&schema.organization, schema, &home));
    let website = json!({
        "@type": "WebSite", "@id": format!("{home}#site"), "name": schema.title, "url": home,
        "publisher": {"@id": format!("{home}#org")},
    });
    format!("{website},{}", Json::from(organization))
}

/// The structured data of an entry's page, which has so many words. The home page says nothing but what the site is.
pub fn entry(drawing: Drawing<'_>, id: EntryId, url: &str, crumbs: &[(String, String)], words: usize) -> String {
    let site = drawing.site;
    let schema = &site.schema;
    let entry = site.entry(id);
    let doc = &entry.doc;
    if url == "/" {
        return script(drawing, None);
    }
    let declared = schema.kind(doc.kind).schema_org.as_ref();
    let plain = Thing::of_type("WebPage");
    let thing = declared.map_or(&plain, |declared| &declared.page);
    let address = schema.base_url.absolute(url);
    let mut page = node(&thing.ty, &format!("{address}#page"));
    page.insert("url".into(), address.clone().into());
    page.insert("name".into(), doc.title.clone().into());
    page.insert("description".into(), frame::description(site, id).into());
    page.insert("isPartOf".into(), json!({"@id": schema.base_url.absolute("/#site")}));
    page.insert("timeRequired".into(), format!("PT{}M", entry::minutes(words)).into());
    if let Some(date) = doc.date {
        page.insert("datePublished".into(), date.to_string().into());
    }
    if let Some(date) = changed(drawing, id) {
        page.insert("dateModified".into(), date.to_string().into());
    }
    if let Some((last, next)) = entry::reviewed(drawing, id) {
        page.insert("lastReviewed".into(), last.to_string().into());
        page.insert("expires".into(), next.to_string().into());
    }
    // A page of a kind that says nothing of structured data draws together what others cite; its list would be the heaviest part of it.
    if let Some(declared) = declared {
        let citations: Vec<Json> =
            entry.cited.iter().filter_map(|key| citation(drawing, key, &declared.citation)).collect();
        if !citations.is_empty() {
            page.insert("citation".into(), citations.into());
        }
        for (property, thing) in [("about", &declared.about), ("mainEntity", &declared.main_entity)] {
            if let Some(thing) = thing {
                let mut about = node(&thing.ty, &format!("{address}#main"));
                about.insert("name".into(), doc.name().into());
                about.extend(properties(drawing, id, thing, &address));
                page.insert(property.into(), about.into());
            }
        }
    }
    page.extend(sets(drawing, url));
    page.extend(properties(drawing, id, thing, &address));
    if crumbs.len() > 1 {
        let crumbs = list_of_crumbs(drawing, crumbs);
        page.insert("breadcrumb".into(), json!({"@type": "BreadcrumbList", "itemListElement": crumbs}));
    }
    script(drawing, Some(page))
}

/// The structured data of a page that lists some of the entries.
pub fn collection(drawing: Drawing<'_>, title: &str, url: &str, ids: &[EntryId], shown: &Range<usize>) -> String {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let items: Vec<Json> = shown
        .clone()
        .map(|at| {
            let entry = site.entry(ids[at]);
            json!({"@type": "ListItem", "position": at + 1, "url": base.absolute(&entry.url), "name": entry.doc.name()})
        })
        .collect();
    let address = base.absolute(url);
    let mut page = node("CollectionPage", &format!("{address}#page"));
    page.insert("url".into(), address.into());
    page.insert("name".into(), title.into());
    page.insert("isPartOf".into(), json!({"@id": base.absolute("/#site")}));
    page.insert("mainEntity".into(), json!({"@type": "ItemList", "itemListElement": items}));
    script(drawing, Some(page))
}

/// The whole text of the script element.
fn script(drawing: Drawing<'_>, page: Option<Map<String, Json>>) -> String {
    let page = page.map_or_else(String::new, |page| format!("{},", Json::from(page)));
    let all = format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{page}{}]}}", drawing.site_nodes);
    // A script element ends at the first `</`, wherever it stands.
    if all.contains('<') { all.replace("</", "<\\/").replace("<!--", "<\\u0021--") } else { all }
}

fn node(ty: &str, id: &str) -> Map<String, Json> {
    let mut node = Map::new();
    node.insert("@type".into(), ty.into());
    node.insert("@id".into(), id.into());
    node
}

fn list_of_crumbs(drawing: Drawing<'_>, crumbs: &[(String, String)]) -> Vec<Json> {
    let base = &drawing.site.schema.base_url;
    let last = crumbs.len() - 1;
    let item = |(at, (name, url)): (usize, &(String, String))| {
        let mut item = json!({"@type": "ListItem", "position": at + 1, "name": name});
        // The last one is the page itself.
        if at < last {
            item["item"] = base.absolute(url).into();
        }
        item
    };
    crumbs.iter().enumerate().map(item).collect()
}

/// A work as the page names it. Who wrote it, where and when stands in the list of sources, and behind its address.
fn citation(drawing: Drawing<'_>, key: &str, ty: &str) -> Option<Json> {
    let work = drawing.site.bibliography.works.get(key)?;
    let mut json = Map::new();
    // What appeared in no journal is an article of nobody's making: a leaflet, a page of a health service.
    let ty = if work.volume.is_some() || work.doi.is_some() { ty } else { "CreativeWork" };
    json.insert("@type".into(), ty.into());
    json.insert("name".into(), work.title.clone().into());
    if let Some(url) = work.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")).or_else(|| work.url.clone()) {
        json.insert("sameAs".into(), url.into());
    }
    Some(json.into())
}

/// The latest of the days on which an entry is said to have changed or been looked at.
pub fn changed(drawing: Drawing<'_>, id: EntryId) -> Option<crate::model::value::Date> {
    let doc = &drawing.site.entry(id).doc;
    let reviewed = entry::reviewed(drawing, id).map(|(last, _)| last);
    doc.updated.into_iter().chain(doc.date).chain(reviewed).max()
}

/// The properties of a thing: those that are the same for every entry, then those that come from this one.
fn properties(drawing: Drawing<'_>, id: EntryId, thing: &Thing, address: &str) -> Vec<(String, Json)> {
    let mut all = constants(thing, &drawing.site.schema, address);
    let taken = thing.from.iter().map(|(property, origin)| (property.clone(), taken(drawing, id, origin)));
    all.extend(taken.filter(|(_, json)| !json.is_null() && json.as_array().is_none_or(|items| !items.is_empty())));
    all
}

fn constants(thing: &Thing, schema: &Schema, address: &str) -> Vec<(String, Json)> {
    thing.is.iter().map(|(property, value)| (property.clone(), constant(value, schema, address))).collect()
}

/// A value of the declaration. A text that begins with a slash is an address of the site, and one that begins with `#` a
/// place on the page.
fn constant(value: &Yaml, schema: &Schema, address: &str) -> Json {
    match value {
        Yaml::Text(text) if text.starts_with('/') => schema.base_url.absolute(text).into(),
        Yaml::Text(text) if text.starts_with('#') => format!("{address}{text}").into(),
        Yaml::Text(text) => text.clone().into(),
        Yaml::Null => Json::Null,
        Yaml::Bool(value) => (*value).into(),
        Yaml::Integer(number) => (*number).into(),
        Yaml::Number(number) => json!(number),
        Yaml::List(items) => items.iter().map(|item| constant(item, schema, address)).collect(),
        Yaml::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), constant(value, schema, address)));
            Json::Object(entries.collect())
        }
    }
}

/// The value of a property that comes from an entry.
fn taken(drawing: Drawing<'_>, id: EntryId, origin: &Origin) -> Json {
    let site = drawing.site;
    let doc = &site.entry(id).doc;
    let kind = site.schema.kind(doc.kind);
    let ty = origin.ty.as_deref().filter(|ty| *ty != "text");
    let typed = |json: Json| match (ty, json) {
        (Some(ty), Json::Array(items)) => items.into_iter().map(|item| json!({"@type": ty, "name": item})).collect(),
        (Some(ty), Json::String(text)) => json!({"@type": ty, "name": text}),
        (_, json) => json,
    };
    if let Some(side) = site.schema.sides_of(doc.kind).find(|(_, _, side)| side.key == origin.of) {
        let edges = site.graph.edges(side.0).of(id, side.1);
        return edges.map(|edge| related(drawing, edge.across(id), origin)).collect();
    }
    match origin.of.as_str() {
        "aliases" => typed(doc.aliases.clone().into()),
        "summary" => doc.summary.clone().map_or(Json::Null, |summary| typed(summary.into())),
        "title" => typed(doc.title.clone().into()),
        "slug" => typed(doc.slug.clone().into()),
        name => {
            let field = kind.fields.iter().zip(&doc.fields).find(|(field, _)| field.name == name);
            field.map_or(Json::Null, |(field, value)| typed(json_value(value, field)))
        }
    }
}

/// A related entry, as what its own page says that it is.
fn related(drawing: Drawing<'_>, id: EntryId, origin: &Origin) -> Json {
    let site = drawing.site;
    let entry = site.entry(id);
    let name = entry.doc.name();
    if origin.ty.as_deref() == Some("text") {
        return name.into();
    }
    let kind = site.schema.kind(entry.doc.kind);
    let own = kind.schema_org.as_ref().and_then(SchemaOrg::thing);
    let address = site.schema.base_url.absolute(&entry.url);
    let ty = origin.ty.as_deref().or(own.map(|thing| thing.ty.as_str())).unwrap_or("Thing");
    let mut json = Map::new();
    json.insert("@type".into(), ty.into());
    json.insert("name".into(), name.into());
    if own.is_some() && !kind.anchored() {
        json.insert("@id".into(), format!("{address}#main").into());
    } else {
        json.insert("url".into(), address.into());
    }
    json.into()
}

/// The sets of entries that are shown on this page and nowhere else: a glossary is one.
fn sets(drawing: Drawing<'_>, url: &str) -> Option<(String, Json)> {
    let schema = &drawing.site.schema;
    let here = |kind: &KindId| schema.kind(*kind).anchored() && schema.kind(*kind).url.base() == url;
    let (kind, declared) =
        schema.kind_ids().filter(here).find_map(|kind| Some((kind, schema.kind(kind).schema_org.as_ref()?)))?;
    let ((ty, lists), item) = (declared.set.as_ref()?, declared.thing()?);
    let items = drawing.site.listed(kind).into_iter().map(|id| {
        let entry = drawing.site.entry(id);
        let address = schema.base_url.absolute(&entry.url);
        let mut json = node(&item.ty, &address);
        json.insert("name".into(), entry.doc.name().into());
        json.extend(properties(drawing, id, item, &address));
        Json::from(json)
    });
    let mut set = node(ty, &format!("{}#main", schema.base_url.absolute(url)));
    set.insert("name".into(), schema.kind(kind).title.clone().into());
    set.insert(lists.clone(), items.collect());
    Some(("mainEntity".into(), set.into()))
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

//! Structured data: one `@graph` per page, of schema.org types that the site's declaration names.

mod node;

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::{Drawing, entry, frame::Frame, graph::json_of, length};
use crate::model::facts;
use crate::model::graph::Edge;
use crate::model::schema::{KindId, Schema};
use crate::model::schema_org::{PropertySource, SchemaOrg, SchemaOrgThing};
use crate::model::site::EntryId;
use crate::model::value::Date;
use crate::yaml::Yaml;
use node::{Node, PropertyValue};

/// What every page says of the site itself: two nodes, separated by a comma. Made once.
pub fn site_nodes(schema: &Schema) -> String {
    let home = schema.base_url.absolute("/");
    let id = format!("{home}#org");
    let mut organization = Node::named(&schema.organization.ty, id.clone());
    organization.set("name", &*schema.title);
    organization.set("url", &*home);
    organization.extend(constants(&schema.organization, schema, &home));
    let website = Node::named("WebSite", format!("{home}#site")).with("name", &*schema.title).with("url", &*home);
    let website = website.with("inLanguage", &*schema.language);
    format!("{},{}", website.with("publisher", Node::pointer(id)).json(), organization.json())
}

/// The structured data of an entry's page, which has so many words. The home page says nothing but what the site is.
pub fn entry(drawing: Drawing<'_>, id: EntryId, url: &str, frame: &Frame, words: usize) -> String {
    let site = drawing.site;
    let schema = &site.schema;
    let entry = site.entry(id);
    let doc = &entry.doc;
    if url == "/" {
        return script(drawing, None);
    }
    let declared = schema.kind(doc.kind).schema_org.as_ref();
    let plain = SchemaOrgThing::of_type("WebPage");
    let thing = declared.map_or(&plain, |declared| &declared.page);
    let address = schema.base_url.absolute(url);
    let mut page = page(drawing, &thing.ty, url, frame);
    page.set("timeRequired", format!("PT{}M", length::minutes(words)));
    if let Some(date) = doc.date {
        page.set("datePublished", date.to_string());
    }
    if let Some(date) = changed(drawing, id) {
        page.set("dateModified", date.to_string());
    }
    if let Some((last, next)) = entry::reviewed(drawing, id) {
        page.set("lastReviewed", last.to_string());
        page.set("expires", next.to_string());
    }
    // A page of a kind that says nothing of structured data draws together what others cite; its list would be the heaviest part of it.
    if let Some(declared) = declared {
        let citations: PropertyValue<'_> =
            site.cited(id).iter().filter_map(|key| citation(drawing, key, &declared.citation)).collect();
        if !citations.is_empty() {
            page.set("citation", citations);
        }
        for (property, thing) in [("about", &declared.about), ("mainEntity", &declared.main_entity)] {
            if let Some(thing) = thing {
                let mut about = Node::named(&thing.ty, format!("{address}#main")).with("name", doc.name());
                about.extend(properties(drawing, id, thing, &address));
                page.set(property, about);
            }
        }
    }
    page.extend(sets(drawing, url));
    page.extend(properties(drawing, id, thing, &address));
    script(drawing, Some(page))
}

/// The structured data of a page that lists some of the entries.
pub fn collection(
    drawing: Drawing<'_>,
    url: &str,
    frame: &Frame,
    (ids, shown): (&[EntryId], &Range<usize>),
    changed: Option<Date>,
) -> String {
    let site = drawing.site;
    let base = &site.schema.base_url;
    let items = shown.clone().map(|at| {
        let entry = site.entry(ids[at]);
        let item = Node::of_type("ListItem").with("position", json!(at + 1));
        item.with("url", base.absolute(&entry.url)).with("name", entry.doc.name())
    });
    let items: PropertyValue<'_> = items.collect();
    let mut page = page(drawing, "CollectionPage", url, frame);
    if let Some(date) = changed {
        page.set("dateModified", date.to_string());
    }
    page.set("mainEntity", Node::of_type("ItemList").with("itemListElement", items));
    script(drawing, Some(page))
}

/// The structured data of a page that shows so many things, where a list of all would weigh more than the page: how many there
/// are, and when the last of the entries behind it changed.
pub fn counted(drawing: Drawing<'_>, url: &str, frame: &Frame, changed: Option<Date>, count: usize) -> String {
    let mut page = page(drawing, "CollectionPage", url, frame);
    if let Some(date) = changed {
        page.set("dateModified", date.to_string());
    }
    page.set("mainEntity", Node::of_type("ItemList").with("numberOfItems", json!(count)));
    script(drawing, Some(page))
}

/// The structured data of a page of which no more is known than its frame.
pub fn plain(drawing: Drawing<'_>, url: &str, frame: &Frame) -> String {
    let ty = match frame.sort {
        "related" => "CollectionPage",
        "search" => "SearchResultsPage",
        _ => "WebPage",
    };
    script(drawing, Some(page(drawing, ty, url, frame)))
}

/// What is said of every page.
fn page<'a>(drawing: Drawing<'a>, ty: &'a str, url: &str, frame: &'a Frame) -> Node<'a> {
    let schema = &drawing.site.schema;
    let address = schema.base_url.absolute(url);
    let mut page = Node::named(ty, format!("{address}#page"));
    page.set("url", address);
    page.set("name", &*frame.title);
    if !frame.description.is_empty() {
        page.set("description", &*frame.description);
    }
    page.set("inLanguage", &*schema.language);
    page.set("isPartOf", Node::pointer(schema.base_url.absolute("/#site")));
    if frame.crumbs.len() > 1 {
        let crumbs = list_of_crumbs(drawing, &frame.crumbs);
        page.set("breadcrumb", Node::of_type("BreadcrumbList").with("itemListElement", crumbs));
    }
    page
}

/// The whole text of the script element.
fn script(drawing: Drawing<'_>, page: Option<Node<'_>>) -> String {
    let page = page.map_or_else(String::new, |page| page.json() + ",");
    let all = ["{\"@context\":\"https://schema.org\",\"@graph\":[", &page, drawing.site_nodes, "]}"].concat();
    // A script element ends at the first `</`, wherever it stands.
    if all.contains('<') { all.replace("</", "<\\/").replace("<!--", "<\\u0021--") } else { all }
}

fn list_of_crumbs<'a>(drawing: Drawing<'_>, crumbs: &'a [(String, String)]) -> PropertyValue<'a> {
    let base = &drawing.site.schema.base_url;
    let last = crumbs.iter().filter(|(_, url)| !url.is_empty()).count() - 1;
    let item = |(at, (name, url)): (usize, &'a (String, String))| {
        let mut item = Node::of_type("ListItem").with("position", json!(at + 1)).with("name", &**name);
        // The last one is the page itself.
        if at < last {
            item.set("item", base.absolute(url));
        }
        item
    };
    crumbs.iter().filter(|(_, url)| !url.is_empty()).enumerate().map(item).collect()
}

/// A work as the page names it: what it is, when it appeared, who wrote it first, and where it can be read. All others who
/// wrote it, and where it appeared, stand in the list of sources.
fn citation<'a>(drawing: Drawing<'a>, key: &str, ty: &'a str) -> Option<Node<'a>> {
    let work = drawing.site.bibliography.works.get(key)?;
    // A work that appeared in no journal is a web page or a leaflet.
    let ty = if work.volume.is_some() || work.doi.is_some() { ty } else { "CreativeWork" };
    let mut node = Node::of_type(ty).with("name", &*work.title);
    if let Some(author) = work.authors.first() {
        node.set("author", &**author);
    }
    if let Some(date) = &work.date {
        node.set("datePublished", &**date);
    }
    if let Some(doi) = &work.doi {
        node.set("sameAs", format!("https://doi.org/{doi}"));
    } else if let Some(url) = &work.url {
        node.set("sameAs", &**url);
    }
    Some(node)
}

/// The latest of the days on which an entry is said to have changed or been looked at.
pub fn changed(drawing: Drawing<'_>, id: EntryId) -> Option<Date> {
    let doc = &drawing.site.entry(id).doc;
    let reviewed = entry::reviewed(drawing, id).map(|(last, _)| last);
    doc.updated.into_iter().chain(doc.date).chain(reviewed).max()
}

/// The properties of a thing: those that are the same for every entry, then those that come from this one.
fn properties<'a>(
    drawing: Drawing<'a>,
    id: EntryId,
    thing: &'a SchemaOrgThing,
    address: &str,
) -> impl Iterator<Item = (&'a str, PropertyValue<'a>)> {
    let taken = thing.from.iter().map(move |(property, origins)| {
        let mut parts: Vec<_> = origins.iter().map(|origin| taken(drawing, id, origin)).collect();
        let value = if parts.len() == 1 { parts.remove(0) } else { PropertyValue::joined(parts) };
        (&**property, value)
    });
    constants(thing, &drawing.site.schema, address).chain(taken.filter(|(_, value)| !value.is_empty()))
}

fn constants<'a>(
    thing: &'a SchemaOrgThing,
    schema: &Schema,
    address: &str,
) -> impl Iterator<Item = (&'a str, PropertyValue<'a>)> {
    thing.is.iter().map(|(property, value)| (&**property, constant(value, schema, address)))
}

/// A value of the declaration. A text that begins with a slash is an address of the site, and one that begins with `#` a
/// place on the page.
fn constant<'a>(value: &'a Yaml, schema: &Schema, address: &str) -> PropertyValue<'a> {
    match value {
        Yaml::Text(text) if text.starts_with('/') => schema.base_url.absolute(text).into(),
        Yaml::Text(text) if text.starts_with('#') => format!("{address}{text}").into(),
        Yaml::Text(text) => (&**text).into(),
        Yaml::Null => Json::Null.into(),
        Yaml::Bool(value) => json!(value).into(),
        Yaml::Integer(number) => json!(number).into(),
        Yaml::Number(number) => json!(number).into(),
        Yaml::List(items) => items.iter().map(|item| constant(item, schema, address)).collect(),
        Yaml::Map(entries) => {
            let mut node = Node::default();
            node.extend(entries.iter().map(|(key, value)| (&**key, constant(value, schema, address))));
            node.into()
        }
    }
}

/// The value of a property that comes from an entry.
fn taken<'a>(drawing: Drawing<'a>, id: EntryId, origin: &'a PropertySource) -> PropertyValue<'a> {
    let site = drawing.site;
    let doc = &site.entry(id).doc;
    if let Some(side) = site.schema.sides_of(doc.kind).find(|(_, _, side)| side.key == origin.of) {
        let fields = &site.schema.relation(side.0).fields;
        let counts = |edge: &&Edge| {
            let data = site.data_of(edge).map(|(_, written)| &written.data);
            let of_edge = |name: &str| fields.iter().zip(data?).find(|(field, _)| field.name == name);
            origin.only_where.iter().all(|(name, condition)| facts::fits(site, edge.across(id), name, condition))
                && origin.edges.iter().all(|(name, condition)| {
                    of_edge(name).is_some_and(|(field, value)| condition.fits(value, &field.ty))
                })
        };
        let edges = site.graph.edges(side.0).of(id, side.1).filter(counts);
        return edges.map(|edge| related(drawing, edge.across(id), origin)).collect();
    }
    value_of(drawing, id, &origin.of, origin.ty.as_deref().filter(|ty| *ty != "text"))
}

/// A field of an entry, or what every entry has; each value as a thing of a type, where there is one.
fn value_of<'a>(drawing: Drawing<'a>, id: EntryId, name: &str, ty: Option<&'a str>) -> PropertyValue<'a> {
    let doc = &drawing.site.entry(id).doc;
    let kind = drawing.site.schema.kind(doc.kind);
    let typed = |text: PropertyValue<'a>| match ty {
        Some(ty) => Node::of_type(ty).with("name", text).into(),
        None => text,
    };
    match name {
        "aliases" => doc.aliases.iter().map(|alias| typed((&**alias).into())).collect(),
        "summary" => doc.summary.as_deref().map_or_else(|| Json::Null.into(), |summary| typed(summary.into())),
        "title" => typed((&*doc.title).into()),
        "slug" => typed((&*doc.slug).into()),
        name => {
            let field = kind.fields.iter().zip(&doc.fields).find(|(field, _)| field.name == name);
            match field.map_or(Json::Null, |(field, value)| json_of(drawing.site, value, field)) {
                Json::Array(items) => items.into_iter().map(|item| typed(item.into())).collect(),
                Json::String(text) => typed(text.into()),
                json => json.into(),
            }
        }
    }
}

/// A related entry, as what its own page says that it is.
fn related<'a>(drawing: Drawing<'a>, id: EntryId, origin: &'a PropertySource) -> PropertyValue<'a> {
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
    let mut node = Node::of_type(ty).with("name", name);
    for (property, field) in &origin.with {
        let value = value_of(drawing, id, field, None);
        if !value.is_empty() {
            node.set(property, value);
        }
    }
    // Its page calls it by its own type: under another one it is no more than where to read on.
    if own.is_some_and(|own| own.ty == ty) && !kind.anchored() {
        node.with("@id", format!("{address}#main")).into()
    } else {
        node.with("url", address).into()
    }
}

/// The sets of entries that are shown on this page and nowhere else: a glossary is one.
fn sets<'a>(drawing: Drawing<'a>, url: &str) -> Option<(&'a str, PropertyValue<'a>)> {
    let schema = &drawing.site.schema;
    let here = |kind: &KindId| schema.kind(*kind).anchored() && schema.kind(*kind).url.base() == url;
    let (kind, declared) =
        schema.kind_ids().filter(here).find_map(|kind| Some((kind, schema.kind(kind).schema_org.as_ref()?)))?;
    let ((ty, lists), item) = (declared.set.as_ref()?, declared.thing()?);
    let items = drawing.site.listed(kind).into_iter().map(|id| {
        let entry = drawing.site.entry(id);
        let address = schema.base_url.absolute(&entry.url);
        let mut node = Node::named(&item.ty, address.clone()).with("name", entry.doc.name());
        node.extend(properties(drawing, id, item, &address));
        node
    });
    let items: PropertyValue<'a> = items.collect();
    let set = Node::named(ty, format!("{}#main", schema.base_url.absolute(url)));
    Some(("mainEntity", set.with("name", &*schema.kind(kind).title).with(lists, items).into()))
}

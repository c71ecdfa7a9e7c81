//! Atom feeds (RFC 4287): what was changed or checked last, for the site, for each kind, and for each value of a free list.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Drawing, SiteLists, frame, json_ld::changed};
use crate::model::plan::FeedOf;
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;
use crate::templates::{ShownValue, map, none};

/// Most entries of a feed.
const LONGEST: usize = 20;

/// Whether any of its entries has a day, without which there is nothing to put into a feed.
pub fn wanted(site: &Site, lists: &SiteLists, of: FeedOf) -> bool {
    members(site, lists, of).into_iter().any(|id| {
        let doc = &site.entry(id).doc;
        let declared = site.schema.kind(doc.kind);
        let reviewed = declared.review.as_ref().and_then(|review| {
            let at = declared.fields.iter().position(|field| field.name == review.field)?;
            doc.fields.get(at).filter(|value| !value.is_empty())
        });
        doc.date.is_some() || doc.updated.is_some() || reviewed.is_some()
    })
}

/// The URL of a feed, without the base path: that of a kind or value lies below its list, and its last part is that of the whole
/// site; none where the site has no feeds.
pub fn url(site: &Site, lists: &SiteLists, of: FeedOf) -> Option<String> {
    let whole = site.schema.pages.feed.as_ref()?;
    match of {
        FeedOf::Site => Some(whole.url.clone()),
        FeedOf::Kind(_) | FeedOf::Value(..) => {
            let name = whole.url.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("feed.xml");
            Some(format!("{}{name}", list(site, lists, of)?))
        }
    }
}

/// The feed of a list as templates see it: its address and title; none where it has none of its own.
pub(super) fn value(drawing: Drawing<'_>, of: FeedOf) -> ShownValue {
    let site = drawing.site;
    let url = url(site, drawing.lists, of).filter(|url| drawing.plan.find(url).is_some());
    url.map_or_else(none, |url| {
        map([("url", site.schema.base_url.rooted(&url).into()), ("title", title(drawing, of).into())])
    })
}

/// The bytes of a feed.
pub fn bytes(drawing: Drawing<'_>, of: FeedOf, url: &str) -> Vec<u8> {
    write(drawing, of, url).unwrap_or_default() // writing to memory cannot fail
}

/// The URL of the list that a feed follows.
fn list(site: &Site, lists: &SiteLists, of: FeedOf) -> Option<String> {
    match of {
        FeedOf::Site => Some("/".into()),
        FeedOf::Kind(kind) => site.schema.kind(kind).index.as_ref().map(|index| index.url.clone()),
        FeedOf::Value(kind, number, at) => Some(lists.tags(site).of(kind, number)?.get(at)?.url.clone()),
    }
}

/// The entries that a feed may name: those with a page of their own, and no drafts.
fn members(site: &Site, lists: &SiteLists, of: FeedOf) -> Vec<EntryId> {
    let ids: Vec<EntryId> = match of {
        FeedOf::Site => site.ids().collect(),
        FeedOf::Kind(kind) => site.entries_of(kind).collect(),
        FeedOf::Value(kind, number, at) => {
            let tag = lists.tags(site).of(kind, number).and_then(|tags| tags.get(at));
            tag.map_or_else(Vec::new, |tag| tag.members.clone())
        }
    };
    let has_page = |id: &EntryId| {
        let doc = &site.entry(*id).doc;
        !site.schema.kind(doc.kind).anchored() && !doc.draft
    };
    ids.into_iter().filter(has_page).collect()
}

fn title(drawing: Drawing<'_>, of: FeedOf) -> String {
    let schema = &drawing.site.schema;
    match of {
        FeedOf::Site => schema.title.clone(),
        FeedOf::Kind(kind) => format!("{}: {}", schema.title, schema.kind(kind).title),
        FeedOf::Value(kind, number, at) => {
            let tag = drawing.tags().of(kind, number).and_then(|tags| tags.get(at));
            format!("{}: {}", schema.title, tag.map_or("", |tag| &tag.title))
        }
    }
}

fn write(drawing: Drawing<'_>, of: FeedOf, url: &str) -> std::io::Result<Vec<u8>> {
    let site = drawing.site;
    let schema = &site.schema;
    let base = &schema.base_url;
    let dated = members(site, drawing.lists, of).into_iter().filter_map(|id| Some((changed(drawing, id)?, id)));
    let mut entries: Vec<(Date, EntryId)> = dated.collect();
    entries.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| site.entry(a.1).url.cmp(&site.entry(b.1).url)));
    entries.truncate(LONGEST);
    let title = title(drawing, of);
    let home = list(site, drawing.lists, of).unwrap_or_else(|| "/".into());
    let updated = entries.first().map_or_else(String::new, |(date, _)| timestamp(*date));
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let feed = writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", schema.language.as_str()));
    feed.write_inner_content(|writer| {
        element(writer, "title", &title)?;
        element(writer, "id", &base.absolute(url))?;
        link(writer, "self", &base.absolute(url))?;
        link(writer, "alternate", &base.absolute(&home))?;
        element(writer, "updated", &updated)?;
        writer.create_element("author").write_inner_content(|writer| element(writer, "name", &schema.title))?;
        for (date, id) in &entries {
            let entry = site.entry(*id);
            writer.create_element("entry").write_inner_content(|writer| {
                element(writer, "title", &entry.doc.title)?;
                element(writer, "id", &base.absolute(&entry.url))?;
                link(writer, "alternate", &base.absolute(&entry.url))?;
                element(writer, "updated", &timestamp(*date))?;
                if let Some(published) = entry.doc.date {
                    element(writer, "published", &timestamp(published))?;
                }
                // RFC 4287 asks for no summary where an entry has a link to its page.
                match frame::description(site, *id) {
                    about if about.is_empty() => Ok(()),
                    about => element(writer, "summary", &about),
                }
            })?;
        }
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str) -> std::io::Result<()> {
    writer.create_element("link").with_attribute(("rel", rel)).with_attribute(("href", href)).write_empty().map(|_| ())
}

/// A day in the form of RFC 3339.
fn timestamp(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

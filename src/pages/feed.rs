//! Atom feeds (RFC 4287): what was changed or checked last, for the site and for each kind.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Drawing, frame, json_ld::changed};
use crate::model::schema::{KindId, Schema};
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;

/// Most entries of a feed.
const LONGEST: usize = 50;

/// Whether any entry has a day, without which there is nothing to put into a feed.
pub fn wanted(site: &Site, kind: Option<KindId>) -> bool {
    let kinds: Vec<KindId> = kind.map_or_else(|| site.schema.kind_ids().collect(), |kind| vec![kind]);
    let listed = kinds.into_iter().filter(|kind| !site.schema.kind(*kind).anchored());
    listed.flat_map(|kind| site.entries_of(kind)).any(|id| {
        let doc = &site.entry(id).doc;
        let declared = site.schema.kind(doc.kind);
        let reviewed = declared.review.as_ref().and_then(|review| {
            let at = declared.fields.iter().position(|field| field.name == review.field)?;
            doc.fields.get(at).filter(|value| !value.is_empty())
        });
        let dated = doc.date.is_some() || doc.updated.is_some() || reviewed.is_some();
        dated && !doc.draft
    })
}

/// The URL of the feed of a kind: `feed.xml` below its index.
pub fn url_of_kind(schema: &Schema, kind: KindId) -> Option<String> {
    schema.pages.feed.as_ref()?;
    schema.kind(kind).index.as_ref().map(|index| format!("{}feed.xml", index.url))
}

/// The feed of the site, or of a kind.
pub fn bytes(drawing: Drawing<'_>, kind: Option<KindId>, url: &str) -> Vec<u8> {
    write(drawing, kind, url).unwrap_or_default() // writing to memory cannot fail
}

fn write(drawing: Drawing<'_>, kind: Option<KindId>, url: &str) -> std::io::Result<Vec<u8>> {
    let site = drawing.site;
    let schema = &site.schema;
    let base = &schema.base_url;
    let mut entries: Vec<(Date, EntryId)> = site
        .ids()
        .filter(|id| {
            let doc = &site.entry(*id).doc;
            kind.is_none_or(|kind| kind == doc.kind) && !schema.kind(doc.kind).anchored() && !doc.draft
        })
        .filter_map(|id| Some((changed(drawing, id)?, id)))
        .collect();
    entries.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| site.entry(a.1).url.cmp(&site.entry(b.1).url)));
    entries.truncate(LONGEST);
    let title =
        kind.map_or_else(|| schema.title.clone(), |kind| format!("{}: {}", schema.title, schema.kind(kind).title));
    let home = kind.and_then(|kind| schema.kind(kind).index.as_ref()).map_or("/", |index| index.url.as_str());
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
        link(writer, "alternate", &base.absolute(home))?;
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
                element(writer, "summary", &frame::description(site, *id))
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

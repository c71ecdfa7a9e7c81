//! Pages without templates: simple HTML made from the resolved site alone. Twins are written from it, and whoever signs off an
//! entry signs off its words.
//!
//! So an edit of a template changes neither, and an edge that another entry writes changes both.

mod lists;
mod values;

use super::entry::{below, named, numbers_of, texts_of};
use super::fill::{self, Numbers};
use super::sources::status_label;
use super::{Drawing, frame};
use crate::html::{escape, push_escaped};
use crate::model::body::{Block, BlockData, Body};
use crate::model::facts::select;
use crate::model::graph::Edge;
use crate::model::schema::{Field, RelationId, Type};
use crate::model::site::{EntryId, ResolvedText};
use crate::model::value::Value;

pub(super) use lists::{index, matrix, of_values, related};
use values::{ValueWriter, yaml};

/// Texts from this length on are no short facts any more.
const LONG: usize = 80;

/// The page of an entry: title and summary, the fields and relations that stand first, all others, text, works cited.
pub fn entry(drawing: Drawing<'_>, id: EntryId, first: &[String]) -> String {
    let site = drawing.site;
    let (entry, texts) = (site.entry(id), &site.schema.texts);
    let doc = &entry.doc;
    let mut html = format!("<h1>{}</h1>\n", escape(doc.heading.as_deref().unwrap_or(&doc.title)));
    let description = frame::description(site, id);
    if doc.summary.is_some() || description != site.schema.description {
        push_paragraph(&mut html, doc.summary.as_deref().unwrap_or(&description));
    }
    if !doc.aliases.is_empty() {
        let names: Vec<&str> = doc.aliases.iter().map(String::as_str).collect();
        push_paragraph(&mut html, &texts.say("also-called", &[("names", &names.join(", "))]));
    }
    let numbers = numbers_of(site, id);
    let sections = sections(drawing, id, &numbers);
    let is_first = |section: &PlainSection| first.iter().position(|key| *key == section.key);
    let mut ordered: Vec<(usize, &PlainSection)> =
        sections.iter().filter_map(|section| Some((is_first(section)?, section))).collect();
    ordered.sort_by_key(|(at, _)| *at);
    ordered.iter().for_each(|(_, section)| section.push(&mut html));
    let rest = || sections.iter().filter(|section| is_first(section).is_none());
    push_facts(&mut html, &site.schema.kind(doc.kind).label, rest());
    rest().filter(|section| section.of == SectionSort::Field).for_each(|section| section.push(&mut html));
    let body = body(drawing, id, &numbers);
    html.push_str(&body);
    let below = below(drawing, id, &body).iter().take(site.schema.pages.per_page);
    lists::push_list(&mut html, below.map(|id| lists::card_line(&site.entry(*id).card.value)));
    rest().filter(|section| section.of == SectionSort::Relation).for_each(|section| section.push(&mut html));
    let works = site.cited(id).iter().filter_map(|key| site.bibliography.works.get(key));
    let works = works.map(|work| match status_label(work, texts) {
        Some(label) => format!("<li><strong>{}.</strong> {}</li>", escape(label), work.reference),
        None => format!("<li>{}</li>", work.reference),
    });
    let works: Vec<_> = works.collect();
    if !works.is_empty() {
        html.push_str(&format!("<h2>{}</h2>\n<ol>{}</ol>\n", escape(texts.get("sources")), works.concat()));
    }
    html
}

/// The text of an entry below its front matter.
fn body(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> String {
    let entry = drawing.site.entry(id);
    let bodies = entry.doc.bodies();
    let at = bodies.iter().position(|body| std::ptr::eq(*body, &entry.doc.body)).unwrap_or_default();
    let empty = ResolvedText::default();
    let text = drawing.site.references(id).texts.get(at).unwrap_or(&empty);
    let mut draw = |id, _: &Body, block: &Block| self::block(drawing, id, block, numbers);
    fill::fill_with(drawing, id, &entry.doc.body, text, numbers, &mut draw).html
}

/// A part of the page with a heading, or a line among the facts.
struct PlainSection {
    /// The field or relation.
    key: String,
    label: String,
    html: String,
    of: SectionSort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SectionSort {
    /// A short value: a line of the facts.
    Fact,
    Field,
    Relation,
}

impl PlainSection {
    fn push(&self, html: &mut String) {
        html.push_str(&match self.of {
            SectionSort::Fact => format!("<p><strong>{}:</strong> {}</p>\n", escape(&self.label), self.html),
            SectionSort::Field | SectionSort::Relation => format!("<h2>{}</h2>\n{}\n", escape(&self.label), self.html),
        });
    }
}

/// The fields and relations of an entry that hold something, in the order of the declaration.
fn sections(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> Vec<PlainSection> {
    let site = drawing.site;
    let entry = site.entry(id);
    let kind = site.schema.kind(entry.doc.kind);
    let mut texts = site.references(id).texts.iter();
    let mut writer = ValueWriter { drawing, id, numbers, texts: &mut texts };
    let mut sections = Vec::new();
    for (field, value) in kind.fields.iter().zip(&entry.doc.fields) {
        let html = writer.block(value, field);
        if !html.is_empty() && is_shown(drawing, id, field) {
            let of = if is_short(value, field) { SectionSort::Fact } else { SectionSort::Field };
            sections.push(PlainSection { key: field.name.clone(), label: field.label.clone(), html, of });
        }
    }
    for (relation, end, side) in site.schema.sides_of(entry.doc.kind) {
        let edges = site.graph.edges(relation).of(id, end);
        if edges.len() > 0 {
            let items: String = edges.map(|edge| related_item(drawing, relation, id, edge, numbers)).collect();
            let html = format!("<ul>{items}</ul>");
            sections.push(PlainSection {
                key: side.key.clone(),
                label: side.label.clone(),
                html,
                of: SectionSort::Relation,
            });
        }
    }
    sections
}

/// Whether a field is for readers of the page: words for the search alone, numbers that lists are sorted by, and what search
/// engines show are not.
fn is_shown(drawing: Drawing<'_>, id: EntryId, field: &Field) -> bool {
    let schema = &drawing.site.schema;
    let kind = schema.kind(drawing.site.entry(id).doc.kind);
    let sorts = || kind.order.iter().any(|by| by.trim_start_matches('-') == field.name);
    let is_hidden = field.name == "description" || schema.pages.search_words.as_ref() == Some(&field.name);
    !is_hidden && (field.ty != Type::Integer || !sorts())
}

fn is_short(value: &Value, field: &Field) -> bool {
    let ty = if let Type::List(item) = &field.ty { &item.ty } else { &field.ty };
    match (ty, value) {
        (Type::Markdown | Type::Object(_) | Type::Image | Type::Citations | Type::List(_), _) => false,
        (Type::Text, Value::Text(text)) => text.len() < LONG,
        (
            Type::Text
            | Type::Integer
            | Type::Number
            | Type::Boolean
            | Type::Date
            | Type::Choice(_)
            | Type::Range(_)
            | Type::Url
            | Type::Entry,
            _,
        ) => true,
    }
}

/// The short values of an entry below the name of its kind.
fn push_facts<'s>(html: &mut String, title: &str, sections: impl Iterator<Item = &'s PlainSection>) {
    let facts = sections.filter(|section| section.of == SectionSort::Fact);
    let lines: String =
        facts.map(|fact| format!("<li><strong>{}:</strong> {}</li>", escape(&fact.label), fact.html)).collect();
    if !lines.is_empty() {
        html.push_str(&format!("<h2>{}</h2>\n<ul>{lines}</ul>\n", escape(title)));
    }
}

fn push_paragraph(html: &mut String, text: &str) {
    html.push_str("<p>");
    push_escaped(html, text);
    html.push_str("</p>\n");
}

/// An entry as others name it: a link.
fn link(drawing: Drawing<'_>, id: EntryId) -> String {
    let entry = drawing.site.entry(id);
    let url = drawing.site.schema.base_url.rooted(&entry.url);
    format!("<a href=\"{}\">{}</a>", escape(&url), escape(entry.doc.name()))
}

/// A related entry with what the edge says of the two. Of one that has no page of its own, its fields stand there, too.
fn related_item(drawing: Drawing<'_>, relation: RelationId, id: EntryId, edge: &Edge, numbers: &Numbers<'_>) -> String {
    let across = edge.across(id);
    let said = edge_words(drawing, relation, edge, numbers);
    let own = own_fields(drawing, across, numbers);
    let said = if said.is_empty() { said } else { format!(": {said}") };
    format!("<li>{}{said}{own}</li>", link(drawing, across))
}

/// The data of an edge and the reason why it stands, in one line.
fn edge_words(drawing: Drawing<'_>, relation: RelationId, edge: &Edge, numbers: &Numbers<'_>) -> String {
    let site = drawing.site;
    let fields = &site.schema.relation(relation).fields;
    let mut parts = Vec::new();
    if let Some((owner, written)) = site.data_of(edge).filter(|_| !fields.is_empty()) {
        let drawing = Drawing { apart: true, ..drawing };
        let mut texts = texts_of(drawing, owner, &written.data).into_iter();
        let mut writer = ValueWriter { drawing, id: owner, numbers, texts: &mut texts };
        for (field, value) in fields.iter().zip(&written.data) {
            let words = writer.line(value, field);
            if !words.is_empty() {
                parts.push(format!("{}: {words}", escape(&field.label)));
            }
        }
    }
    parts.extend(site.reason(edge).map(escape));
    parts.join("; ")
}

/// The fields of an entry without a page of its own, as a list in a list.
fn own_fields(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> String {
    let site = drawing.site;
    let entry = site.entry(id);
    let kind = site.schema.kind(entry.doc.kind);
    if !kind.anchored() {
        return String::new();
    }
    let drawing = Drawing { apart: true, ..drawing };
    let mut texts = site.references(id).texts.iter();
    let mut writer = ValueWriter { drawing, id, numbers, texts: &mut texts };
    let mut lines = String::new();
    for (field, value) in kind.fields.iter().zip(&entry.doc.fields) {
        let words = writer.line(value, field);
        if !words.is_empty() && is_shown(drawing, id, field) {
            lines.push_str(&format!("<li>{}: {words}</li>", escape(&field.label)));
        }
    }
    if lines.is_empty() { lines } else { format!("<ul>{lines}</ul>") }
}

/// An entry in a list: what it is about, or its fields where it has no page of its own.
fn listed_item(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> String {
    let doc = &drawing.site.entry(id).doc;
    let about = crate::cards::about(doc, drawing.site.schema.kind(doc.kind));
    let about = about.map_or_else(String::new, |about| format!(": {}", escape(&about)));
    format!("<li>{}{about}{}</li>", link(drawing, id), own_fields(drawing, id, numbers))
}

/// A data block: what it holds as facts and tables, then the entries that it shows.
fn block(drawing: Drawing<'_>, id: EntryId, block: &Block, numbers: &Numbers<'_>) -> String {
    let site = drawing.site;
    let mut html = match &block.data {
        BlockData::Broken => return String::new(),
        BlockData::Free(data) => yaml(data),
        BlockData::Typed(values) => {
            let declared = site.schema.blocks.iter().find(|(name, _)| *name == block.name);
            let fields = declared.map_or(&[][..], |(_, fields)| fields);
            let mut texts = texts_of(drawing, id, values).into_iter();
            ValueWriter { drawing, id, numbers, texts: &mut texts }.fields(fields, values)
        }
    };
    let entries = block.entries.as_ref().map_or_else(Vec::new, |query| select(site, query));
    if !entries.is_empty() {
        let items: String = entries.into_iter().map(|shown| listed_item(drawing, shown, numbers)).collect();
        html.push_str(&format!("<ul>{items}</ul>\n"));
    }
    html
}

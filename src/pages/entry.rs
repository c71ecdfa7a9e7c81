//! The page of an entry.

use std::collections::HashSet;

use super::fill::{self, Numbers};
use super::{BlockError, Drawing, below, facets, frame, home, json_ld, length, own_ids, related, signed};
use crate::cards::{self, date_or_none, plain_value, text_or_none};
use crate::model::graph::Edge;
use crate::model::kind::Navigation;
use crate::model::relation::End;
use crate::model::schema::{Field, RelationId, Type};
use crate::model::site::{EntryId, ResolvedText, Site};
use crate::model::value::{Date, Value};
use crate::templates::{self, Values, count, extended, list, map, map_of, none, safe};

/// How many entries of a sequence a page knows on each side of its own.
const NEAR: usize = 4;

/// What the template of an entry sees, and what went wrong with its data blocks.
pub fn values(drawing: Drawing<'_>, id: EntryId, url: &str) -> (Values, Vec<BlockError>) {
    let (value, words, errors) = shown_whole(drawing, id);
    let frame = frame::Frame::of_entry(drawing, id);
    let json = json_ld::entry(drawing, id, url, &frame, words);
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame.json_ld(json)));
    values.set("entry", value);
    if url == "/" {
        values.set("home", home::beside_text(drawing, id));
    }
    (values, errors)
}

/// The same of an entry that another page shows whole.
pub(super) fn value_of(drawing: Drawing<'_>, id: EntryId) -> (templates::ShownValue, Vec<BlockError>) {
    let (value, _, errors) = shown_whole(drawing, id);
    (value, errors)
}

/// An entry as its template sees it, how many words it has, and what went wrong with its data blocks.
fn shown_whole(drawing: Drawing<'_>, id: EntryId) -> (templates::ShownValue, usize, Vec<BlockError>) {
    let site = drawing.site;
    let entry = site.entry(id);
    let doc = &entry.doc;
    let numbers = numbers_of(site, id);
    let mut errors = Vec::new();
    let bodies = doc.bodies();
    let body_at = bodies.iter().position(|body| std::ptr::eq(*body, &doc.body)).unwrap_or_default();
    let empty = ResolvedText::default();
    let body = fill::fill(
        drawing,
        id,
        &doc.body,
        site.references(id).texts.get(body_at).unwrap_or(&empty),
        &numbers,
        &mut errors,
    );
    let words = length::words(site, id, body.words);
    let review = review(drawing, id);
    let shared = own_ids::shared(drawing, doc, &doc.body);
    let toc = doc.body.headings.iter().map(|heading| {
        map([
            ("level", i64::from(heading.level).into()),
            ("id", own_ids::marked(&heading.id, &shared).into_owned().into()),
            (
                "title",
                fill::heading(site, &doc.body, site.references(id).texts.get(body_at).unwrap_or(&empty), heading)
                    .into(),
            ),
        ])
    });
    let related = relations(drawing, id, &numbers);
    let below = below(drawing, id, &body.html);
    let (most, mentions) = (site.schema.pages.per_page, site.references(id).linked_from.iter());
    let value = extended(
        &entry.card.value,
        [
            ("short_title", text_or_none(doc.short_title.as_deref())),
            ("heading", text_or_none(doc.heading.as_deref())),
            ("fields", fields(drawing, id, &numbers)),
            ("extra", map_of(doc.extra.iter().map(|(key, value)| (key, cards::yaml(value))))),
            ("body", safe(&body.html)),
            ("toc", list(toc)),
            ("related", list(related.iter().filter(|(_, count, _)| *count > 0).map(|(_, _, value)| value.clone()))),
            ("relations", map_of(related.into_iter().map(|(key, _, value)| (key, value)))),
            ("mentioned_on", list(mentions.take(most).map(|from| site.entry(*from).card.value.clone()))),
            ("more_mentions", (site.references(id).linked_from.len().saturating_sub(most) as i64).into()),
            ("below", list(below.iter().take(most).map(|id| site.entry(*id).card.value.clone()))),
            ("more_below", (below.len().saturating_sub(most) as i64).into()),
            ("glossary", list(glossary(drawing, id).into_iter().map(|term| site.entry(term).card.value.clone()))),
            ("sources", sources(drawing, id)),
            ("review", review),
            ("signed", signed::value(drawing, id)),
            ("sequence", sequence(drawing, id)),
            ("links", drawing.tags().links(site, id)),
            ("detailed", detailed(site, id).into()),
            ("navigation", drawing.lists.folders(site).shown(site, id)),
            // Last: the reason why a page is drawn again is the first value that differs, and these follow from others.
            ("words", (words as i64).into()),
            ("minutes", (length::minutes(words) as i64).into()),
        ],
    );
    (value, words, errors)
}

/// What lies below an entry that stands for its folder, where it has no text of its own, or its kind shows its folders and the
/// text does not lead to all of it.
pub(super) fn below<'a>(drawing: Drawing<'a>, id: EntryId, html: &str) -> &'a [EntryId] {
    let site = drawing.site;
    let entry = site.entry(id);
    let by_folder = site.schema.kind(entry.doc.kind).navigation == Some(Navigation::Folders) && *entry.url != *"/";
    let has_text = !html.trim().is_empty();
    // A home page shows the kinds that have lists.
    let has_lists = *entry.url == *"/" && home::has_lists(site);
    if !below::stands_for_folder(site, id) || has_lists || has_text && !by_folder {
        return &[];
    }
    let below = drawing.lists.below(site).of(id);
    let leads_to_all = || {
        let links = site.references(id).texts.iter().flat_map(|text| &text.links);
        let linked: HashSet<EntryId> = links.filter_map(|link| link.entry).collect();
        below.iter().all(|id| linked.contains(id))
    };
    if has_text && leads_to_all() { &[] } else { below }
}

/// The numbers of the works that an entry cites, on its own page.
pub(super) fn numbers_of(site: &Site, id: EntryId) -> Numbers<'_> {
    site.cited(id).iter().enumerate().map(|(at, key)| (key.as_str(), at + 1)).collect()
}

/// An entry with all its fields and relations, for data blocks.
pub fn shown(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> templates::ShownValue {
    let drawing = Drawing { apart: true, ..drawing };
    let site = drawing.site;
    let entry = site.entry(id);
    let related = relations(drawing, id, numbers);
    extended(
        &entry.card.value,
        [
            ("fields", fields(drawing, id, numbers)),
            ("counts", facets::counts(site, id)),
            ("relations", map_of(related.into_iter().map(|(key, _, value)| (key, value)))),
            ("used_on", list(site.references(id).used_on.iter().map(|from| site.entry(*from).card.value.clone()))),
        ],
    )
}

/// The day of the last look and of the next one.
pub fn reviewed(drawing: Drawing<'_>, id: EntryId) -> Option<(Date, Date)> {
    let doc = &drawing.site.entry(id).doc;
    let kind = drawing.site.schema.kind(doc.kind);
    let review = kind.review.as_ref()?;
    let at = kind.fields.iter().position(|field| field.name == review.field)?;
    match doc.fields.get(at) {
        Some(Value::Date(last)) => Some((*last, last.months_later(review.months))),
        _ => None,
    }
}

fn review(drawing: Drawing<'_>, id: EntryId) -> templates::ShownValue {
    let Some((last, next)) = reviewed(drawing, id) else { return none() };
    let overdue = drawing.site.as_of.is_some_and(|today| next < today);
    let texts = &drawing.site.schema.texts;
    map([
        ("last", date_or_none(Some(last), texts)),
        ("next", date_or_none(Some(next), texts)),
        ("overdue", overdue.into()),
    ])
}

/// The entries before and after one of a kind that is a sequence, and the stretch of the line on which it lies. What the
/// contents of the kind do not list stands in no line.
fn sequence(drawing: Drawing<'_>, id: EntryId) -> templates::ShownValue {
    let (site, kind) = (drawing.site, drawing.site.entry(id).doc.kind);
    let length = drawing.lists.sequences(site)[usize::from(kind.0)];
    let rank = site.ranks[id.0 as usize] as usize;
    if !site.schema.kind(kind).sequence || rank >= length {
        return none();
    }
    let (around, at) = site.around(id, NEAR);
    let around = &around[..around.len().min(at + length - rank)];
    let card = |id: &EntryId| site.entry(*id).card.value.clone();
    map([
        ("previous", at.checked_sub(1).map_or_else(none, |before| card(&around[before]))),
        ("next", around.get(at + 1).map_or_else(none, card)),
        ("around", list(around.iter().map(card))),
    ])
}

/// Whether an entry shows something beside its text: an object, or related entries with data of the pair.
fn detailed(site: &Site, id: EntryId) -> bool {
    let doc = &site.entry(id).doc;
    let is_large = |value: &Value| matches!(value, Value::Object(_));
    let mut sides = site.schema.sides_of(doc.kind);
    doc.fields.iter().any(is_large)
        || sides.any(|(relation, end, _)| {
            !site.schema.relation(relation).fields.is_empty() && site.graph.edges(relation).of(id, end).len() > 0
        })
}

fn fields(drawing: Drawing<'_>, id: EntryId, numbers: &Numbers<'_>) -> templates::ShownValue {
    let entry = drawing.site.entry(id);
    let kind = drawing.site.schema.kind(entry.doc.kind);
    let mut texts = drawing.site.references(id).texts.iter();
    let values = kind.fields.iter().zip(&entry.doc.fields);
    map_of(values.map(|(field, v)| (&field.name, value(drawing, id, v, field, &mut texts, numbers))))
}

/// A value as templates see it. `texts` hands out the resolved texts in the order of the bodies.
pub fn value(
    drawing: Drawing<'_>,
    id: EntryId,
    v: &Value,
    field: &Field,
    texts: &mut dyn Iterator<Item = &ResolvedText>,
    numbers: &Numbers<'_>,
) -> templates::ShownValue {
    match (v, &field.ty) {
        (Value::Markdown(body), _) => {
            let Some(text) = texts.next() else { return none() };
            fill::safe(fill::fill(drawing, id, body, text, numbers, &mut Vec::new()).html)
        }
        (Value::Citations(keys), _) if keys.is_empty() => none(),
        (Value::Citations(keys), _) => {
            let marks =
                fill::marks_of(keys.iter().map(|(key, _)| (key.as_str(), None)), numbers, &drawing.site.schema.texts);
            let keys = keys.iter().filter_map(|(key, _)| {
                Some(map([("key", key.as_str().into()), ("n", (*numbers.get(key.as_str())? as i64).into())]))
            });
            map([("keys", list(keys)), ("marks", fill::safe(marks))])
        }
        (Value::Entry(name, _), _) => {
            named(drawing, name).map_or_else(none, |id| drawing.site.entry(id).card.value.clone())
        }
        (Value::List(items), Type::List(item)) => {
            // What is held back, or nowhere, is no item.
            let items = items.iter().map(|v| value(drawing, id, v, item, texts, numbers));
            list(items.filter(|shown| !shown.is_none()).collect::<Vec<_>>())
        }
        (Value::Object(values), Type::Object(fields)) => {
            let values: Vec<_> = fields
                .iter()
                .zip(values)
                .map(|(field, v)| (&field.name, value(drawing, id, v, field, texts, numbers)))
                .collect();
            map_of(values)
        }
        (
            Value::Nothing
            | Value::Text(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Choice(_)
            | Value::Range(..)
            | Value::Url(..)
            | Value::Image(..)
            | Value::List(_)
            | Value::Object(_)
            | Value::Data(_),
            _,
        ) => cards::plain_value(v, field, &drawing.site.schema, &drawing.site.assets),
    }
}

pub(super) fn named(drawing: Drawing<'_>, name: &str) -> Option<EntryId> {
    let site = drawing.site;
    if let Some((kind, slug)) = name.split_once('/') {
        return site.find(site.schema.kind_named(kind)?, slug);
    }
    site.schema.kind_ids().find_map(|kind| site.find(kind, name))
}

/// Every relation of an entry: its key, how many edges it has, and what templates see of it.
fn relations<'s>(
    drawing: Drawing<'s>,
    id: EntryId,
    numbers: &Numbers<'_>,
) -> Vec<(&'s str, usize, templates::ShownValue)> {
    let site = drawing.site;
    let doc = &site.entry(id).doc;
    site.schema
        .sides_of(doc.kind)
        .map(|(relation, end, side)| {
            let edges = site.graph.edges(relation).of(id, end);
            let (count, most) = (edges.len(), site.schema.pages.per_page);
            let shown = edges.take(most).map(|edge| shown_edge(drawing, relation, id, edge, numbers));
            let more = if count > most {
                let url = text_or_none(related::url_of(drawing, id, side).as_deref());
                map([("count", (count as i64).into()), ("url", url)])
            } else {
                none()
            };
            let value = map([
                ("key", side.key.as_str().into()),
                ("label", side.label.as_str().into()),
                ("relation", templates::count(usize::from(relation.0))),
                ("edges", list(shown)),
                ("more", more),
            ]);
            (&*side.key, count, value)
        })
        .collect()
}

/// An edge as the page of one of its ends shows it.
pub(super) fn shown_edge(
    drawing: Drawing<'_>,
    relation: RelationId,
    id: EntryId,
    edge: &Edge,
    numbers: &Numbers<'_>,
) -> templates::ShownValue {
    map([
        ("entry", drawing.site.entry(edge.across(id)).card.value.clone()),
        ("data", edge_data(drawing, relation, edge, numbers)),
        ("reason", text_or_none(drawing.site.reason(edge))),
        ("shared", shared(drawing, relation, id, edge)),
    ])
}

/// What of the ranges of the entry across this one shares with it, by field, where that is not all of them.
fn shared(drawing: Drawing<'_>, relation: RelationId, id: EntryId, edge: &Edge) -> templates::ShownValue {
    let site = drawing.site;
    let end = if edge.one == id { End::Other } else { End::One };
    map_of(site.schema.relation(relation).fits.iter().filter_map(|fit| {
        let ranges = site.ranges(edge, fit)?;
        let across = ranges[usize::from(end == End::Other)];
        let (from, to) = (ranges[0].0.max(ranges[1].0), ranges[0].1.min(ranges[1].1));
        let field = site.schema.kind(site.entry(edge.across(id)).doc.kind).field(fit.field(end))?;
        let in_part = from <= to && (from, to) != across;
        in_part.then(|| {
            let value = Value::Range(from, to);
            (&field.name, plain_value(&value, field, &site.schema, &site.assets))
        })
    }))
}

/// The data of an edge: one value per field of the relation.
pub fn edge_data(
    drawing: Drawing<'_>,
    relation: RelationId,
    edge: &Edge,
    numbers: &Numbers<'_>,
) -> templates::ShownValue {
    let fields = &drawing.site.schema.relation(relation).fields;
    if fields.is_empty() {
        return map([]);
    }
    let Some((owner, written)) = drawing.site.data_of(edge) else { return map([]) };
    let drawing = Drawing { apart: true, ..drawing };
    let mut texts = texts_of(drawing, owner, &written.data).into_iter();
    map_of(
        fields
            .iter()
            .zip(&written.data)
            .map(|(field, v)| (&field.name, value(drawing, owner, v, field, &mut texts, numbers))),
    )
}

/// The resolved texts of some of an entry's values, found by walking all of its texts in their order.
pub fn texts_of<'s>(drawing: Drawing<'s>, owner: EntryId, values: &[Value]) -> Vec<&'s ResolvedText> {
    let entry = drawing.site.entry(owner);
    let mut wanted = Vec::new();
    values.iter().for_each(|v| v.bodies(&mut |body| wanted.push(std::ptr::from_ref(body))));
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = entry.doc.bodies().into_iter().zip(drawing.site.references(owner).texts.iter());
    all.filter(|(body, _)| wanted.contains(&std::ptr::from_ref(*body))).map(|(_, text)| text).collect()
}

/// The terms that the texts of an entry mention, in their order.
fn glossary(drawing: Drawing<'_>, id: EntryId) -> Vec<EntryId> {
    let mut terms: Vec<EntryId> = Vec::new();
    for (_, term) in drawing.site.references(id).texts.iter().flat_map(|text| &text.mentions) {
        if !terms.contains(term) {
            terms.push(*term);
        }
    }
    terms
}

/// The works that an entry cites, with their numbers on its page.
fn sources(drawing: Drawing<'_>, id: EntryId) -> templates::ShownValue {
    list(drawing.site.cited(id).iter().enumerate().filter_map(|(at, key)| {
        let (n, work) = (at + 1, drawing.works.get(key)?.clone());
        Some(map([("n", count(n)), ("id", format!("source-{n}").into()), ("work", work)]))
    }))
}

//! Lists of entries, and the other pages that the tool makes.

use rustc_hash::FxHashMap;

use super::{
    Drawing, Numbers, block, body, edge_words, escape, link, listed_item, numbers_of, push_paragraph, related_item,
};
use crate::model::schema::KindId;
use crate::model::site::EntryId;
use crate::shown::{ShownValue, Values};

/// The index of a kind, from what its template sees: with the data block and the article that it shows.
pub(in crate::pages) fn index(drawing: Drawing<'_>, kind: KindId, values: &Values) -> String {
    let site = drawing.site;
    let declared = site.schema.kind(kind);
    let mut more = String::new();
    if at(values, "about").is_some_and(|about| !about.is_none())
        && let Some(about) = site.find(site.schema.page_kind(), &format!("{}/index", declared.plural))
    {
        more.push_str(&body(drawing, about, &numbers_of(site, about)));
    }
    let shows_block = at(values, "block").is_some_and(|block| !block.is_none());
    let wanted = declared.index.as_ref().and_then(|index| index.block.as_ref()).filter(|_| shows_block);
    if let Some((id, shown)) = wanted.and_then(|wanted| site.block(wanted)) {
        more.push_str(&block(drawing, id, shown, &Numbers::default()));
    }
    let mut html = head(values);
    html.push_str(&more);
    push_lists(&mut html, drawing, values);
    html
}

/// One page of the entries that are related to one.
pub(in crate::pages) fn related(drawing: Drawing<'_>, id: EntryId, side: usize, values: &Values) -> String {
    let site = drawing.site;
    let mut html = head(values);
    if let Some((relation, end, _)) = site.schema.sides_of(site.entry(id).doc.kind).nth(side) {
        let most = site.schema.pages.per_page;
        let page = at(values, "pagination.number").and_then(ShownValue::as_i64).unwrap_or(1).max(1) as usize;
        let edges = site.graph.edges(relation).of(id, end).skip((page - 1) * most).take(most);
        let items: String = edges.map(|edge| related_item(drawing, relation, id, edge, &Numbers::default())).collect();
        html.push_str(&format!("<ul>{items}</ul>\n"));
    }
    push_lists(&mut html, drawing, values);
    html
}

/// A matrix: a table with the data of the edges in its cells.
pub(in crate::pages) fn matrix(drawing: Drawing<'_>, number: usize, values: &Values) -> String {
    let site = drawing.site;
    let matrix = &site.schema.matrices[number];
    let columns = site.listed(matrix.columns);
    let mut html = format!("<h1>{}</h1>\n", escape(&matrix.title));
    push_paragraph(&mut html, &matrix.intro);
    html.push_str("<table><tr><th></th>");
    columns.iter().for_each(|column| html.push_str(&format!("<th>{}</th>", link(drawing, *column))));
    html.push_str("</tr>");
    for row in site.listed(matrix.rows) {
        html.push_str(&format!("<tr><td>{}</td>", link(drawing, row)));
        let edges = site.graph.edges(matrix.via).of(row, matrix.end);
        let edges: FxHashMap<_, _> = edges.map(|edge| (edge.across(row), edge)).collect();
        for column in &columns {
            let edge = edges.get(column);
            let words = edge.map(|edge| edge_words(drawing, matrix.via, edge, &Numbers::default()));
            let words = words.map(|words| if words.is_empty() { "×".to_string() } else { words });
            html.push_str(&format!("<td>{}</td>", words.unwrap_or_default()));
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>\n");
    push_lists(&mut html, drawing, values);
    html
}

/// Any other page, from what its template sees.
pub(in crate::pages) fn of_values(drawing: Drawing<'_>, values: &Values) -> String {
    let mut html = head(values);
    push_lists(&mut html, drawing, values);
    html
}

/// Title and description.
fn head(values: &Values) -> String {
    let mut html = format!("<h1>{}</h1>\n", escape(text(values, "page.title")));
    let intro = text(values, "kind.intro");
    push_paragraph(&mut html, if intro.is_empty() { text(values, "page.description") } else { intro });
    html
}

/// Whatever lists the template sees, in one order.
fn push_lists(html: &mut String, drawing: Drawing<'_>, values: &Values) {
    let texts = &drawing.site.schema.texts;
    let heading = |title: &str| format!("<h2>{}</h2>\n", escape(title));
    if at(values, "groups").is_none_or(|groups| groups.is_none()) {
        push_list(html, items(at(values, "entries")).iter().map(|card| listed(drawing, card)));
    }
    for group in items(at(values, "groups")) {
        html.push_str(&heading(inner(group, "title")));
        push_list(html, items(group.get_from_path("entries")).iter().map(card_line));
    }
    for letter in items(at(values, "letters")) {
        let names = items(letter.get_from_path("items"));
        if !names.is_empty() {
            html.push_str(&heading(inner(letter, "letter")));
            push_list(html, names.iter().map(name_line));
        }
    }
    for work in items(at(values, "works")) {
        let cited: Vec<_> = items(work.get_from_path("cited_on")).iter().map(card_link).collect();
        let parts = [inner(work, "html").to_string(), escape(inner(work, "kind")), escape(inner(work, "status.label"))];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let on = if cited.is_empty() {
            String::new()
        } else {
            format!(" {}: {}", escape(texts.get("cited-on")), cited.join(", "))
        };
        html.push_str(&format!("<p>{}{on}</p>\n", parts.join(". ")));
    }
    push_list(html, items(at(values, "home.kinds")).iter().map(titled_line));
    for (key, title) in [("home.newest", "newest"), ("home.linked", "most-linked")] {
        let listed = items(at(values, key));
        if !listed.is_empty() {
            html.push_str(&heading(texts.get(title)));
            let card = |item: &ShownValue| item.get_from_path("entry").map_or_else(|| card_line(item), card_line);
            push_list(html, listed.iter().map(card));
        }
    }
    for tags in items(at(values, "home.tags")) {
        html.push_str(&heading(inner(tags, "title")));
        push_list(html, items(tags.get_from_path("values")).iter().map(titled_line));
    }
    let others: Vec<String> =
        ["regroups", "matrices", "others"].iter().flat_map(|key| items(at(values, key))).map(titled_line).collect();
    if !others.is_empty() {
        html.push_str(&heading(texts.get("other-lists")));
        push_list(html, others.into_iter());
    }
    for (key, path) in [("previous", "pagination.previous"), ("next", "pagination.next")] {
        let url = text(values, path);
        if !url.is_empty() {
            html.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", escape(url), escape(texts.get(key))));
        }
    }
}

pub(super) fn push_list(html: &mut String, lines: impl Iterator<Item = String>) {
    let lines: String = lines.collect();
    if !lines.is_empty() {
        html.push_str(&format!("<ul>{lines}</ul>\n"));
    }
}

/// An entry of a list, by its card; with its fields where it has no page of its own.
fn listed(drawing: Drawing<'_>, card: &ShownValue) -> String {
    let id = inner(card, "id").split_once('/').and_then(|(plural, slug)| {
        let kind = drawing.site.schema.kind_named(plural)?;
        drawing.site.find(kind, slug)
    });
    id.map_or_else(|| card_line(card), |id| listed_item(drawing, id, &Numbers::default()))
}

fn card_link(card: &ShownValue) -> String {
    format!("<a href=\"{}\">{}</a>", escape(inner(card, "url")), escape(inner(card, "name")))
}

pub(super) fn card_line(card: &ShownValue) -> String {
    let about = inner(card, "about");
    let about = if about.is_empty() { String::new() } else { format!(": {}", escape(about)) };
    format!("<li>{}{about}</li>", card_link(card))
}

/// A name in the A to Z, with the entry that it is another name of.
fn name_line(name: &ShownValue) -> String {
    let see = inner(name, "see");
    let see = if see.is_empty() { String::new() } else { format!(" ({})", escape(see)) };
    format!("<li><a href=\"{}\">{}</a>{see}</li>", escape(inner(name, "url")), escape(inner(name, "title")))
}

/// A page that is listed by title, with what it is about.
fn titled_line(page: &ShownValue) -> String {
    let intro = inner(page, "intro");
    let intro = if intro.is_empty() { String::new() } else { format!(": {}", escape(intro)) };
    format!("<li><a href=\"{}\">{}</a>{intro}</li>", escape(inner(page, "url")), escape(inner(page, "title")))
}

fn at<'v>(values: &'v Values, path: &'static str) -> Option<&'v ShownValue> {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let (_, value) = values.0.iter().find(|(name, _)| *name == key)?;
    rest.map_or(Some(value), |rest| value.get_from_path(rest))
}

fn text<'v>(values: &'v Values, path: &'static str) -> &'v str {
    at(values, path).and_then(ShownValue::as_str).unwrap_or_default()
}

fn inner<'v>(value: &'v ShownValue, path: &'static str) -> &'v str {
    value.get_from_path(path).and_then(ShownValue::as_str).unwrap_or_default()
}

fn items(value: Option<&ShownValue>) -> &[ShownValue] {
    value.and_then(ShownValue::as_array).map_or(&[], |items| items)
}

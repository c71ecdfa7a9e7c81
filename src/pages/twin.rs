//! The Markdown twins of pages, and `llms.txt`, which lists them: for assistants, and for whoever reads without a browser.

use std::borrow::Cow;

use super::plain::{self, of_values};
use super::{Drawing, a_z, entry, home, index, matrix, related, signed, sources, value};
use crate::html::escape;
use crate::markup::escapes::escaped;
use crate::markup::markdown::markdown;
use crate::model::plan::{Page, PageInput, PageSubject};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Date;
use crate::url::decode_path;

/// The URL of the twin of a page; none where it has none.
pub fn url_of(site: &Site, page: &Page) -> Option<String> {
    let schema = &site.schema;
    schema.pages.twins.as_ref()?;
    let kind = match page.input.subject()? {
        PageSubject::Entry(id) => Some(site.entry(id).doc.kind),
        PageSubject::Kind(kind) => Some(kind),
        PageSubject::Site => None,
    };
    let wanted = kind.is_none_or(|kind| schema.kind(kind).twins);
    wanted.then(|| page.path.strip_suffix(".html").map(|stem| format!("/{stem}.md"))).flatten()
}

/// The twin of a page.
pub fn bytes(drawing: Drawing<'_>, page: &Page) -> Vec<u8> {
    let url = &page.url;
    let mut html = match &page.input {
        PageInput::Entry(id, _) => {
            let twins = drawing.site.schema.pages.twins.as_ref();
            plain::entry(drawing, *id, twins.map_or(&[], |twins| &twins.first))
        }
        PageInput::Index(kind, _, number) => {
            plain::index(drawing, *kind, &index::values(drawing, *kind, None, *number, url).0)
        }
        PageInput::Regroup(kind, regroup, _, number) => {
            of_values(drawing, &index::values(drawing, *kind, Some(*regroup), *number, url).0)
        }
        PageInput::Value(kind, regroup, at, number) => {
            of_values(drawing, &value::values(drawing, *kind, *regroup, *at, *number, url))
        }
        PageInput::Related(id, side, number) => {
            plain::related(drawing, *id, *side, &related::values(drawing, *id, *side, *number, url))
        }
        PageInput::Matrix(number) => plain::matrix(drawing, *number, &matrix::values(drawing, *number, url)),
        PageInput::Home => of_values(drawing, &home::values(drawing, url)),
        PageInput::AToZ(number) => drawing
            .site
            .schema
            .pages
            .a_z
            .as_ref()
            .map_or_else(String::new, |page| of_values(drawing, &a_z::values(drawing, page, *number, url))),
        PageInput::Sources => drawing
            .site
            .schema
            .pages
            .sources
            .as_ref()
            .map_or_else(String::new, |page| of_values(drawing, &sources::values(drawing, page, url))),
        PageInput::Search
        | PageInput::NotFound
        | PageInput::Redirect(_)
        | PageInput::Feed(_)
        | PageInput::Gone
        | PageInput::Sitemap
        | PageInput::SitemapPart(_)
        | PageInput::Robots
        | PageInput::Headers
        | PageInput::Graph
        | PageInput::Twin(_)
        | PageInput::Llms
        | PageInput::Asset(_) => String::new(),
    };
    html.push_str(&end(drawing, page));
    markdown(&html, &|address| leads(drawing, address)).into_bytes()
}

/// The last lines of a twin: what it is a twin of, when somebody last looked at it, and its licence.
fn end(drawing: Drawing<'_>, page: &Page) -> String {
    let schema = &drawing.site.schema;
    let url = schema.base_url.absolute(&page.url);
    let mut lines = vec![schema.texts.say("twin-of", &[("url", &format!("<a href=\"{0}\">{0}</a>", escape(&url)))])];
    if let PageInput::Entry(id, _) = &page.input
        && let Some((last, _)) = entry::reviewed(drawing, *id)
    {
        lines.push(escape(&schema.texts.say("reviewed", &[("date", &schema.texts.date(last))])));
    }
    if let PageInput::Entry(id, _) = &page.input {
        let holding = signed::signoffs(drawing, *id).into_iter().filter(|(_, holds)| *holds);
        lines.extend(holding.map(|(signoff, _)| {
            let date = Date::parse(&signoff.day).map_or_else(|| signoff.day.clone(), |day| schema.texts.date(day));
            let who = [("who", signoff.who.as_str()), ("role", signoff.role.as_str()), ("date", date.as_str())];
            escape(&schema.texts.say("signed-by", &who))
        }));
    }
    lines.extend(schema.theme.licence.as_ref().and_then(|licence| licence.title.as_deref().map(escape)));
    format!("<hr><p>{}</p>\n", lines.join("<br>"))
}

/// Where an address of a page leads from its twin: to the twin of the page that it leads to, else to where it leads.
fn leads(drawing: Drawing<'_>, address: &str) -> Option<String> {
    let base = &drawing.site.schema.base_url;
    let below = address.strip_prefix(&base.path).filter(|below| !below.starts_with('/'));
    let Some(below) = below else { return Some(address.to_string()) };
    let path = below.split(['#', '?']).next().unwrap_or_default();
    let url = decode_path(path).map(|path| format!("/{path}"));
    let page = url.and_then(|url| drawing.plan.find(&url).filter(|page| page.url == url));
    match page.and_then(|page| url_of(drawing.site, page)) {
        Some(twin) => Some(base.rooted(&crate::url::encode_path(&twin))),
        None => Some(address.to_string()),
    }
}

/// The entries of the site by kind, with what they are about: <https://llmstxt.org>. Where they are too many, the rest of a
/// kind is left to the twin of its index.
pub fn llms(drawing: Drawing<'_>) -> Vec<u8> {
    let site = drawing.site;
    let schema = &site.schema;
    let most = schema.pages.twins.as_ref().map_or(0, |twins| twins.most);
    let mut text = format!("# {}\n", escaped(&schema.title));
    if !schema.description.is_empty() {
        text.push_str(&format!("\n> {}\n", escaped(&one_line(&schema.description))));
    }
    let kinds: Vec<(KindId, Vec<EntryId>)> = schema
        .kind_ids()
        .filter(|kind| schema.kind(*kind).twins && !schema.kind(*kind).anchored())
        .map(|kind| (kind, with_page(drawing, kind)))
        .filter(|(_, ids)| !ids.is_empty())
        .collect();
    for (at, (kind, ids)) in kinds.iter().enumerate() {
        let share = most.saturating_sub(text.len()) / (kinds.len() - at);
        let end = text.len() + share;
        text.push_str(&format!("\n## {}\n\n", escaped(&schema.kind(*kind).title)));
        for (listed, id) in ids.iter().enumerate() {
            let line = line(drawing, *id);
            let rest = rest(drawing, *kind, ids.len());
            if text.len() + line.len() + rest.len() > end && listed + 1 < ids.len() {
                text.push_str(&rest);
                break;
            }
            text.push_str(&line);
        }
    }
    text.into_bytes()
}

/// The entries of a kind that have a twin, in its order.
fn with_page(drawing: Drawing<'_>, kind: KindId) -> Vec<EntryId> {
    let site = drawing.site;
    let has_twin = |id: &EntryId| {
        let entry = site.entry(*id);
        !entry.doc.draft && drawing.plan.find(&entry.url).is_some_and(|page| url_of(site, page).is_some())
    };
    site.listed(kind).into_iter().filter(has_twin).collect()
}

fn line(drawing: Drawing<'_>, id: EntryId) -> String {
    let site = drawing.site;
    let entry = site.entry(id);
    let url = twin_address(drawing, &entry.url);
    let about = crate::cards::about(&entry.doc, site.schema.kind(entry.doc.kind));
    let about = about.map_or_else(String::new, |about| format!(": {}", escaped(&one_line(&about))));
    format!("- [{}]({url}){about}\n", escaped(&one_line(&entry.doc.title)))
}

/// A line that leads to all entries of a kind; nothing where no page lists them.
fn rest(drawing: Drawing<'_>, kind: KindId, count: usize) -> String {
    let schema = &drawing.site.schema;
    schema.kind(kind).index.as_ref().map_or_else(String::new, |index| {
        let title = schema.texts.say("all-of", &[("n", &count.to_string())]);
        format!("- [{}]({})\n", escaped(&title), twin_address(drawing, &index.url))
    })
}

/// The whole address of the twin of a page.
fn twin_address(drawing: Drawing<'_>, url: &str) -> String {
    let twin = drawing.plan.find(url).and_then(|page| url_of(drawing.site, page));
    let twin = twin.map_or(Cow::Borrowed(url), Cow::Owned);
    drawing.site.schema.base_url.absolute(&crate::url::encode_path(&twin))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! The preview bar: what a page is made of, and where that is written.

use super::edition::{Edition, ServedPage};
use super::editor::Editor;
use super::report::{link, place_link};
use crate::diagnostics::Diagnostic;
use crate::engine::DrawableSite;
use crate::html::escape;
use crate::model::graph::Edge;
use crate::model::plan::{Page, PageInput};
use crate::model::site::EntryId;
use crate::span::Place;

/// Most related entries that are listed for one relation.
const LISTED: usize = 100;

/// The bar of a page.
pub fn html(
    edition: &Edition,
    url: &str,
    drawn: Option<&ServedPage>,
    own: &[Diagnostic],
    others: usize,
    editor: &Editor,
) -> String {
    let found = edition.page_of(url);
    let about = About { edition, editor };
    let name = found.map_or_else(|| "no page has this address".to_string(), |(ready, page)| name(ready, page));
    let draft = found.is_some_and(|(ready, page)| entry(page).is_some_and(|id| ready.site.entry(id).doc.draft));
    let mut out = format!("<details class=\"bar\"><summary><b>{}</b>", escape(&name));
    if draft {
        out.push_str(" <span class=\"draft\">Draft</span>");
    }
    out.push_str(&count(own.len(), "on this page", own.iter().any(Diagnostic::is_error)));
    out.push_str(&count(others, "on other pages", false));
    out.push_str("</summary>\n<div class=\"body\">\n");
    if !own.is_empty() || others > 0 {
        out.push_str("<p><button type=\"button\" data-report>Show the report</button></p>\n");
    }
    if let Some((ready, page)) = found {
        about.facts(&mut out, ready, page, drawn);
        about.problems(&mut out, own);
        if let Some(id) = entry(page) {
            about.relations(&mut out, ready, id);
        }
    }
    out.push_str("</div></details>");
    out
}

struct About<'a> {
    edition: &'a Edition,
    editor: &'a Editor,
}

impl About<'_> {
    fn facts(&self, out: &mut String, ready: &DrawableSite, page: &Page, drawn: Option<&ServedPage>) {
        out.push_str("<dl>");
        let mut fact = |name: &str, value: &str| out.push_str(&format!("<dt>{name}</dt><dd>{value}</dd>"));
        if let Some(id) = entry(page) {
            let doc = &ready.site.entry(id).doc;
            let kind = ready.site.schema.kind(doc.kind);
            fact("Source", &self.at(&doc.place()));
            fact("Kind", &escape(&kind.label));
            let words: usize = doc.bodies().iter().map(|body| body.words).sum();
            fact("Text", &format!("{words} words"));
        }
        if let Some(template) = page.input.template() {
            let path = ready.templates.path(template).map_or(template, |path| path);
            fact("Template", &link(path, 1, 1, path, self.editor));
        }
        if let Some(drawn) = drawn {
            fact("Drawn in", &format!("{:.1} ms", drawn.took.as_secs_f64() * 1e3));
        }
        out.push_str("</dl>\n");
    }

    fn problems(&self, out: &mut String, own: &[Diagnostic]) {
        if own.is_empty() {
            return;
        }
        out.push_str("<h3>Problems of this page</h3>\n<ul>");
        for problem in own {
            let word = problem.severity.name();
            let text = format!("{word}[{}]: {}", problem.shown_code(), problem.message);
            out.push_str(&format!("<li class=\"{word}\">{} {}</li>", escape(&text), self.at(&problem.place)));
        }
        out.push_str("</ul>\n");
    }

    /// The relations of an entry: those written in its own file first, then those that others have written, then links.
    fn relations(&self, out: &mut String, ready: &DrawableSite, id: EntryId) {
        let (mut here, mut elsewhere) = (String::new(), String::new());
        for (relation, end, side) in ready.site.schema.sides_of(ready.site.entry(id).doc.kind) {
            let edges: Vec<&Edge> = ready.site.graph.edges(relation).of(id, end).take(LISTED).collect();
            let written =
                edges.iter().flat_map(|edge| written(ready, edge).map(move |(writer, place)| (edge, writer, place)));
            let (own, foreign): (Vec<_>, Vec<_>) = written.partition(|(_, writer, _)| *writer == id);
            for (list, all) in [(own, &mut here), (foreign, &mut elsewhere)] {
                let items = list.iter().map(|(edge, _, place)| self.item(ready, edge.across(id), place));
                push_list(all, &side.label, items.collect());
            }
        }
        let links = ready.site.references(id).linked_from.iter().take(LISTED);
        let links = links.map(|from| self.item(ready, *from, &Place::whole(ready.site.entry(*from).doc.path())));
        push_list(&mut elsewhere, "Linked in the text of", links.collect());
        for (title, all) in [("Relations written here", here), ("Written elsewhere", elsewhere)] {
            if !all.is_empty() {
                out.push_str(&format!("<section><h3>{title}</h3>\n{all}</section>\n"));
            }
        }
    }

    /// An entry with a link to its page, and the place where it was named.
    fn item(&self, ready: &DrawableSite, id: EntryId, place: &Place) -> String {
        let entry = ready.site.entry(id);
        let name = escape(entry.doc.name());
        let url = ready.site.schema.base_url.rooted(&entry.url);
        format!("<li><a href=\"{}\">{name}</a> {}</li>", escape(&url), self.at(place))
    }

    fn at(&self, place: &Place) -> String {
        place_link(place, self.edition.text(&place.path).map_or("", |text| text), self.editor)
    }
}

fn push_list(out: &mut String, title: &str, items: String) {
    if !items.is_empty() {
        out.push_str(&format!("<h4>{}</h4><ul>{items}</ul>\n", escape(title)));
    }
}

/// Who has written an edge, and where.
fn written<'a>(ready: &'a DrawableSite, edge: &Edge) -> impl Iterator<Item = (EntryId, Place)> + use<'a> {
    let one = edge.by_one.map(|written| (edge.one, written));
    let other = edge.by_other.map(|written| (edge.other, written));
    one.into_iter().chain(other).map(|(writer, written)| {
        let doc = &ready.site.entry(writer).doc;
        let list = &doc.relations[written.list as usize];
        (writer, doc.edge_place(list, &list.edges[written.edge as usize]))
    })
}

fn entry(page: &Page) -> Option<EntryId> {
    match page.input {
        PageInput::Entry(id, _) => Some(id),
        _ => None,
    }
}

/// What a page is, in a few words: the file of an entry, or what Limber makes of the site.
fn name(ready: &DrawableSite, page: &Page) -> String {
    let kind = |id| &ready.site.schema.kind(id).title;
    match &page.input {
        PageInput::Entry(id, _) => ready.site.entry(*id).doc.path().to_string(),
        PageInput::Index(id, ..) => format!("index of {}", kind(*id)),
        PageInput::Regroup(id, number, ..) => {
            let regroup = ready.site.schema.kind(*id).regroup_by.get(*number);
            format!("{} by {}", kind(*id), regroup.map_or("", |regroup| &regroup.title))
        }
        PageInput::Value(id, number, ..) => {
            let regroup = ready.site.schema.kind(*id).regroup_by.get(*number);
            format!("one of {} by {}", kind(*id), regroup.map_or("", |regroup| &regroup.title))
        }
        PageInput::Home => "home page".into(),
        PageInput::Related(id, ..) => format!("entries related to {}", ready.site.entry(*id).doc.name()),
        PageInput::Matrix(_) => "matrix".into(),
        PageInput::AToZ(_) => "A to Z".into(),
        PageInput::Search => "search".into(),
        PageInput::Sources => "sources".into(),
        PageInput::NotFound => "page not found".into(),
        PageInput::Redirect(to) => format!("redirect to {}", to.url(&ready.site)),
        PageInput::Gone => "gone for good".into(),
        PageInput::Feed(_) => "feed".into(),
        PageInput::Sitemap | PageInput::SitemapPart(_) => "sitemap".into(),
        PageInput::Robots => "robots.txt".into(),
        PageInput::Headers => "_headers".into(),
        PageInput::Graph => "graph".into(),
        PageInput::Twin(page) => format!("Markdown twin of {}", page.url),
        PageInput::Llms => "llms.txt".into(),
        PageInput::Asset(number) => ready.assets[*number].path.to_string(),
    }
}

fn count(problems: usize, where_: &str, bad: bool) -> String {
    let class = if bad { "error" } else { "warning" };
    match problems {
        0 => String::new(),
        1 => format!(" <span class=\"{class}\">1 problem {where_}</span>"),
        n => format!(" <span class=\"{class}\">{n} problems {where_}</span>"),
    }
}

//! The words of components, `<LinkCard title="Leeks" href="/leek/" />`: nothing draws these, and what their attributes say to
//! readers stands in their place.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::elements::is_known;
use super::html::{HtmlTarget, RawHtmlPiece};
use super::tags::{Attribute, StartTag, tags};
use super::writer::Writer;
use crate::html::escape;
use crate::markup::escapes::safe_beginning;
use crate::model::body::{Filling, LinkUse};
use crate::sentences::words_of_html;

/// Attributes that say what a thing is called; `name` does so where it has several words, and else names a picture or a part.
const TITLES: [&str; 7] = ["title", "label", "text", "heading", "header", "summary", "name"];
/// Attributes that say more of it.
const DETAILS: [&str; 7] = ["subtitle", "tagline", "description", "details", "caption", "alt", "file-name"];
/// Attributes with the address to which it leads.
const ADDRESSES: [&str; 2] = ["href", "to"];
/// Elements of HTML whose names are those of components as well: these have an address.
const LIKE_LINKS: [&str; 2] = ["link", "button"];

impl<'a> Writer<'a> {
    /// Writes the words of a component, and says where to go on: behind its tag where nothing stands in it. None where no
    /// component begins or its attributes say nothing.
    pub fn component(
        &mut self,
        start: &StartTag<'_>,
        piece: &RawHtmlPiece,
        at: usize,
        may_be_in_link: bool,
    ) -> Option<usize> {
        if !is_component(start, &piece.html) {
            return None;
        }
        let of = |names: &[&str]| -> Vec<&Attribute<'_>> {
            let said = |name: &&str| start.attributes.iter().find(|attribute| attribute.name == *name);
            names.iter().filter_map(said).filter(|attribute| is_said(attribute)).collect()
        };
        let (titles, details) = (of(&TITLES), of(&DETAILS));
        let address = of(&ADDRESSES).first().copied().filter(|_| !may_be_in_link);
        let is_empty = piece.html[start.range.clone()].ends_with("/>");
        let before = piece.html[at..start.range.start].to_string();
        if titles.is_empty() && details.is_empty() {
            let address = address.filter(|_| !is_empty && piece.is_in_line)?;
            self.component_text(&before);
            if self.begin_link(address, piece) {
                self.open.components.push(start.name.clone());
            }
            return Some(start.range.end);
        }
        self.component_text(&before);
        let words = |attributes: &[&Attribute<'_>]| attributes.iter().map(|of| shown(of)).collect::<Vec<_>>().join(" ");
        let (mut title, mut details) = (words(&titles), words(&details));
        // A numbered part of a book is called by its name and number, and its file stands below.
        if let Some(number) = of(&["number"]).first().filter(|_| titles.is_empty()) {
            let name = &piece.html[start.range.start + 1..][..start.name.len()];
            let caption = words(&of(&["caption"]));
            let parted = if caption.is_empty() { "" } else { ": " };
            title = format!("{name} {}{parted}{caption}", number.value.trim());
            details = words(&of(&["file-name"]));
        }
        self.out.body.words += title.split_whitespace().count() + details.split_whitespace().count();
        if title.is_empty() {
            title = std::mem::take(&mut details);
        }
        let in_line = piece.is_in_line || is_among_words(&piece.html, start);
        let is_heading = address.is_none() && (!is_empty || !details.is_empty());
        let (open, close) = if is_heading { ("<strong>", "</strong>") } else { ("", "") };
        self.raw(if in_line { "" } else { "<p>" });
        let is_linked = address.is_some_and(|address| self.begin_link(address, piece));
        self.raw(format!("{open}{title}{close}{}", if is_linked { "</a>" } else { "" }));
        let parted = if in_line { " " } else { "</p>\n<p>" };
        self.raw(if details.is_empty() { String::new() } else { format!("{parted}{details}") });
        self.raw(match (in_line, is_empty) {
            (true, true) => "",
            (true, false) => " ",
            (false, _) => "</p>\n",
        });
        Some(if is_empty { start.range.end } else { start.range.start })
    }

    /// Writes HTML in which components end that are links.
    pub fn component_text(&mut self, html: &str) {
        let mut at = 0;
        let ends = if self.open.components.is_empty() { Vec::new() } else { tags(html).1 };
        for end in ends {
            if self.open.components.last() == Some(&end.name) {
                self.open.components.pop();
                self.raw(format!("{}</a>", &html[at..end.range.start]));
                at = end.range.end;
            }
        }
        self.raw(html[at..].to_string());
    }

    /// Writes the beginning of a link, where the address may be followed.
    fn begin_link(&mut self, address: &Attribute<'_>, piece: &RawHtmlPiece) -> bool {
        match self.address(address.value, piece.place(address.at, address.value), LinkUse::Followed) {
            HtmlTarget::Site(number) => {
                self.raw("<a");
                self.hole(Filling::Address(number));
                self.raw(">");
            }
            HtmlTarget::Elsewhere => {
                let address = address.value.trim().replace('"', "&quot;");
                self.raw(format!("<a href=\"{address}\">"));
            }
            HtmlTarget::Refused => return false,
        }
        // Where the component never ends, the link has to.
        self.out.body.unclosed = true;
        true
    }
}

/// The words of an attribute as HTML. Those of a caption are Markdown, as a book reads them.
fn shown(attribute: &Attribute<'_>) -> String {
    let words = attribute.value.trim();
    let plain = || words.replace('<', "&lt;");
    if attribute.name != "caption" || !words.contains(['`', '*', '_']) {
        return plain();
    }
    let mut html = String::new();
    for event in Parser::new(&safe_beginning(words)) {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::Emphasis) => html.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => html.push_str("</em>"),
            Event::Start(Tag::Strong) => html.push_str("<strong>"),
            Event::End(TagEnd::Strong) => html.push_str("</strong>"),
            Event::Code(code) => html.push_str(&format!("<code>{}</code>", escape(&code))),
            Event::Text(text) | Event::InlineHtml(text) => html.push_str(&escape(&text)),
            Event::SoftBreak => html.push(' '),
            _ => return plain(),
        }
    }
    html
}

/// Whether an attribute of a component has words that are drawn.
pub(super) fn has_words(attribute: &Attribute<'_>) -> bool {
    (TITLES.contains(&&*attribute.name) || DETAILS.contains(&&*attribute.name)) && is_said(attribute)
}

fn is_said(attribute: &Attribute<'_>) -> bool {
    let value = attribute.value.trim();
    !value.is_empty() && (attribute.name != "name" || value.contains(' '))
}

/// Whether words stand beside a component on its line of a block of HTML.
fn is_among_words(html: &str, start: &StartTag<'_>) -> bool {
    let before = html[..start.range.start].rsplit('\n').next().unwrap_or_default();
    let behind = html[start.range.end..].split('\n').next().unwrap_or_default();
    let is_empty = html[start.range.clone()].ends_with("/>");
    words_of_html(before) > 0 || is_empty && words_of_html(behind) > 0
}

/// Whether a component begins: its name has a capital and small letters, and is none of HTML.
fn is_component(start: &StartTag<'_>, html: &str) -> bool {
    let name = &html[start.range.start + 1..][..start.name.len()];
    let is_named =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    let is_like_link = || LIKE_LINKS.contains(&&*start.name) && ADDRESSES.iter().any(|key| start.value(key).is_some());
    is_named && (!is_known(&start.name) || is_like_link())
}

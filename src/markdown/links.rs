//! Links: what they lead to, where their addresses stand, and whether their words say so.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::events::{Events, plain_text};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::escape;
use crate::links::{self, Address};
use crate::model::body::{External, Filling, Link, LinkTarget, LinkUse};
use crate::span::Offset;

/// Texts of links that say nothing when they are read alone, in English.
const VAGUE: &[&str] = &[
    "here",
    "click here",
    "click",
    "read more",
    "more",
    "learn more",
    "find out more",
    "see more",
    "see here",
    "this",
    "this link",
    "this page",
    "link",
    "details",
    "continue",
];

/// A link or an image as it was written.
pub(super) struct WrittenLink<'a> {
    /// How it was written.
    pub link_type: LinkType,
    /// Its address.
    pub dest: CowStr<'a>,
    /// Its title.
    pub title: CowStr<'a>,
    /// The name of its definition.
    pub id: CowStr<'a>,
    /// Where it stands in the text.
    pub span: Range<usize>,
}

impl WrittenLink<'_> {
    /// Where its address begins in the text; `None` where it stands elsewhere or is written with escapes.
    fn address_at(&self, text: &str) -> Option<usize> {
        let (written, dest) = (&text[self.span.clone()], &*self.dest);
        let at = match self.link_type {
            _ if dest.is_empty() => None,
            LinkType::WikiLink { .. } => {
                written.find("[[").map(|at| at + 2).filter(|at| written[*at..].starts_with(dest))
            }
            LinkType::Inline => {
                let behind = |(at, _): (usize, &str)| {
                    let address = written[at + 2..].trim_start().trim_start_matches('<');
                    address.starts_with(dest).then(|| written.len() - address.len())
                };
                written.match_indices("](").filter_map(behind).last()
            }
            _ => None,
        };
        at.map(|at| self.span.start + at)
    }

    /// In a table `|` is written `\|`, in wikilinks as everywhere: the backslash is no part of the name.
    pub fn in_table(&mut self) {
        if let (LinkType::WikiLink { has_pothole: true }, Some(name)) = (self.link_type, self.dest.strip_suffix('\\')) {
            self.dest = name.to_string().into();
        }
    }

    /// Where its whole address stands in the text; the link where the address stands elsewhere.
    pub fn address_span(&self, text: &str) -> Range<usize> {
        self.address_at(text).map_or(self.span.clone(), |at| at..at + self.dest.len())
    }
}

/// How a link begins.
enum LinkForm {
    /// As Markdown writes it.
    Plain,
    /// With a tag that was written here.
    Own,
    /// With such a tag, and it says the title of what it leads to: the link of this number has no words.
    Untitled(Offset),
}

impl<'a> Writer<'a> {
    /// The beginning of a link.
    pub fn start_link(&mut self, mut link: WrittenLink<'a>, events: &mut Events<'a>) {
        link.in_table();
        self.open.quiet += 1;
        if self.reading.schema.language.starts_with("en") {
            self.check_link_text(&plain_text(events.rest(), TagEnd::Link), &link.span);
        }
        // Words that are not there would make a link that nobody sees.
        let mut inside =
            events.rest().iter().map(|(event, _)| event).take_while(|event| **event != Event::End(TagEnd::Link));
        let is_empty = inside.all(|event| matches!(event, Event::Text(text) if text.trim().is_empty()));
        let beginning = self.link(&link, is_empty);
        self.open.links.push(!matches!(beginning, LinkForm::Plain));
        let shown = is_empty.then(|| Event::Text(link.dest.clone()));
        if let Some(name) = name_of_code(&link) {
            events.skip_text();
            self.events.push(Event::Text(name.into()));
        }
        match beginning {
            LinkForm::Own => self.events.extend(shown),
            LinkForm::Untitled(number) => {
                events.skip_text();
                self.hole(Filling::Title(number));
            }
            LinkForm::Plain => {
                let WrittenLink { link_type, dest: dest_url, title, id, .. } = link;
                self.push(Tag::Link { link_type, dest_url, title, id });
                self.events.extend(shown);
            }
        }
    }

    /// A link whose words are its address, as it is shown.
    pub fn bare_link(&mut self, link: WrittenLink<'a>, shown: &str) {
        let words = Event::Text(shown.to_string().into());
        let read = links::read(&link.dest, self.reading.folder, self.reading.schema);
        if let Address::Internal(target, heading) = read {
            let number = self.note_link(&link, target, heading);
            self.raw("<a");
            self.hole(Filling::Address(number));
            self.raw(">");
            self.events.push(words);
            return self.raw("</a>");
        }
        let WrittenLink { link_type, dest: dest_url, title, id, span } = link;
        self.external(&dest_url, span);
        self.push(Tag::Link { link_type, dest_url, title, id });
        self.events.push(words);
        self.events.push(Event::End(TagEnd::Link));
    }

    /// Notes a link to another site, which stands at this place of the text.
    pub fn external(&mut self, url: &str, span: Range<usize>) {
        if !url.starts_with("mailto:") {
            let span = self.global(&span);
            self.out.body.external.push(External { url: url.to_string(), file: None, span });
        }
    }

    /// The end of a link.
    pub fn end_link(&mut self) {
        self.open.quiet -= 1;
        if self.open.links.pop() == Some(true) {
            self.raw("</a>");
        } else {
            self.events.push(Event::End(TagEnd::Link));
        }
    }

    fn link(&mut self, link: &WrittenLink<'a>, is_empty: bool) -> LinkForm {
        let is_address = !matches!(link.link_type, LinkType::Email | LinkType::WikiLink { .. });
        let repository = || links::in_repository(&link.dest, self.reading.folder, self.reading.schema);
        if let Some((url, file)) = is_address.then(repository).flatten() {
            self.raw(format!("<a href=\"{}\"{}>", escape(&url), title_attribute(link)));
            let span = self.path_span(link).0;
            self.out.body.external.push(External { url, file: Some(file), span });
            return LinkForm::Own;
        }
        let (target, heading, titled) = match link.link_type {
            LinkType::Email => return LinkForm::Plain,
            LinkType::WikiLink { has_pothole } => {
                let (name, heading) = match link.dest.split_once('#') {
                    // A name may end with the sign: `[[C#]]`.
                    Some((name, heading)) if name.is_empty() || !heading.trim().is_empty() => {
                        (name.trim(), Some(heading.trim().to_string()).filter(|h| !h.is_empty()))
                    }
                    _ => (link.dest.trim(), None),
                };
                let target = if name.is_empty() { LinkTarget::Here } else { LinkTarget::Named(name.to_string()) };
                (target, heading, has_pothole && !is_empty)
            }
            _ => match links::read(&link.dest, self.reading.folder, self.reading.schema) {
                Address::Internal(target, heading) => {
                    let titled = !is_empty || !matches!(target, LinkTarget::Entry(..));
                    (target, heading, titled)
                }
                Address::External => {
                    let span = self.path_span(link).0;
                    self.out.body.external.push(External { url: link.dest.to_string(), file: None, span });
                    return LinkForm::Plain;
                }
                Address::WithoutScheme => {
                    let (span, url) = (self.path_span(link).0, format!("https:{}", link.dest));
                    let message = format!("`{}` leads to another site, and has no scheme", link.dest);
                    self.problem(Code::LinkForm, link.address_span(self.text), message, format!("write `{url}`"));
                    self.raw(format!("<a href=\"{}\"{}>", escape(&url), title_attribute(link)));
                    self.out.body.external.push(External { url, file: None, span });
                    return LinkForm::Own;
                }
                Address::Refused(why) => {
                    let message = format!("a page cannot link to `{}`", link.dest);
                    self.problem(Code::LinkUnsafe, link.address_span(self.text), message, why);
                    self.raw("<a>");
                    return LinkForm::Own;
                }
            },
        };
        let number = self.note_link(link, target, heading);
        self.raw("<a");
        self.hole(Filling::Address(number));
        self.raw(format!("{}>", title_attribute(link)));
        if titled { LinkForm::Own } else { LinkForm::Untitled(number) }
    }

    /// A link has to make sense when it is read aloud alone.
    fn check_link_text(&mut self, text: &str, span: &Range<usize>) {
        let said = text.trim().trim_end_matches(['.', '!', ':', '…', '›', '»', '→', '>']).trim().to_lowercase();
        if VAGUE.contains(&said.as_str()) {
            let message = format!("the link text `{}` does not say where the link leads", text.trim());
            let help = "name what is behind the link: `see [fine pruning](fine-pruning.md)`";
            self.problem(Code::LinkTextVague, span.clone(), message, help);
        }
    }

    /// Notes a link into the site, and says which of the text's links it is.
    pub fn note_link(&mut self, link: &WrittenLink<'_>, target: LinkTarget, heading: Option<String>) -> Offset {
        let number = self.out.body.links.len() as Offset;
        let (span, heading_span) = self.path_span(link);
        let written = path(&link.dest).into();
        let (used, shown_from) = (LinkUse::Followed, None);
        self.out.body.links.push(Link { target, heading, written, used, span, heading_span, shown_from });
        number
    }

    /// Where the address of a link stands in the file, without its heading, and where the heading does. Where that is
    /// elsewhere, the link stands for both; an address that is only a heading stands for itself.
    pub fn path_span(&self, link: &WrittenLink<'_>) -> (Range<usize>, Range<usize>) {
        let Some(at) = link.address_at(self.text) else {
            let whole = self.global(&link.span);
            return (whole.clone(), whole);
        };
        let (path, end) = (path(&link.dest), at + link.dest.len());
        let path_span = at..at + path.len();
        let (path_span, heading_span) = match link.dest.contains('#') {
            true if path.is_empty() => (at..end, at + 1..end),
            true => (path_span, at + path.len() + 1..end),
            false => (path_span.clone(), path_span),
        };
        (self.global(&path_span), self.global(&heading_span))
    }
}

/// The name that the documents of a program refer to: `<xref:System.IO.Path%2A?displayProperty=name>`.
fn name_of_code(link: &WrittenLink<'_>) -> Option<String> {
    let name = link.dest.strip_prefix("xref:").filter(|_| link.link_type == LinkType::Autolink)?;
    let name = crate::url::decode_path(name.split('?').next().unwrap_or(name))?;
    Some(name.trim_end_matches('*').trim_end_matches('.').to_string()).filter(|name| !name.is_empty())
}

/// The title of a link as an attribute with a space before it.
fn title_attribute(link: &WrittenLink<'_>) -> String {
    if link.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&link.title)) }
}

/// An address without its heading.
fn path(dest: &str) -> &str {
    dest.split('#').next().unwrap_or_default()
}

//! Images of the project.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::Events;
use super::links::WrittenLink;
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::{escape, push_escaped};
use crate::links::not_shown;
use crate::links::{self, Address, scheme};
use crate::model::asset::{FOREIGN_IMAGES, IMAGES};
use crate::model::body::{Filling, ImageRef, LinkTarget, LinkUse};
use crate::sentences::words;
use crate::span::Offset;

impl<'a> Writer<'a> {
    /// A paragraph that is an image with a title and nothing else: a figure, with the title below it. Anything else is none.
    pub fn figure(&mut self, events: &mut Events<'a>) -> bool {
        let [(Event::Start(Tag::Image { title, .. }), _), rest @ ..] = events.rest() else { return false };
        let mut depth = 1;
        let mut is_end = |(event, _): &(Event<'a>, _)| {
            depth += usize::from(matches!(event, Event::Start(Tag::Image { .. })));
            depth -= usize::from(matches!(event, Event::End(TagEnd::Image)));
            depth == 0
        };
        let end = rest.iter().position(&mut is_end);
        let behind = end.and_then(|end| rest.get(end + 1)).map(|(event, _)| event);
        if title.trim().is_empty() || behind != Some(&Event::End(TagEnd::Paragraph)) {
            return false;
        }
        let Some((Event::Start(Tag::Image { link_type, dest_url, title, id }), span)) = events.next() else {
            return false;
        };
        let inside = events.take_image();
        events.next(); // the end of the paragraph
        self.raw("<figure>");
        self.image(&WrittenLink { link_type, dest: dest_url, title: "".into(), id, span }, &inside);
        self.out.body.words += words(&title);
        self.raw(format!("<figcaption>{}</figcaption></figure>\n", escape(&title)));
        true
    }

    /// An image, with what stands between its brackets. One that is not of the project is reported, and its words stand in
    /// its place; what is no image at all is reported, too, and gets a link.
    pub fn image(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>]) {
        let wiki = matches!(image.link_type, LinkType::WikiLink { .. });
        let dest = image.dest.split(['#', '?']).next().unwrap_or_default();
        let name = dest.rsplit('/').next().unwrap_or_default();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let is_image = extension.as_deref().is_some_and(|extension| IMAGES.contains(&extension));
        if self.is_entry(image, extension.as_deref()) {
            return self.entry(image, inside);
        }
        if !is_image && (wiki || extension.is_some() && scheme(dest).is_none()) {
            let is_foreign = extension.as_deref().is_some_and(|extension| FOREIGN_IMAGES.contains(&extension));
            return self.embed(image, inside, is_foreign);
        }
        let path = match links::read(&image.dest, self.reading.folder, self.reading.schema) {
            Address::Internal(LinkTarget::File(path), _) => path,
            Address::Internal(LinkTarget::Page(url), _) => format!("static{url}"),
            _ if self.reading.schema.hosts.allow("img", &image.dest) => return self.image_of_host(image, inside),
            _ => return self.image_elsewhere(image, inside),
        };
        let untitled = matches!(image.link_type, LinkType::WikiLink { has_pothole: false });
        let alt = if untitled { String::new() } else { alternative(inside) };
        let (alt, width) = sized(alt.trim(), wiki);
        self.check_alternative(image, &alt);
        let number = self.out.body.images.len() as Offset;
        let span = self.path_span(image).0;
        let written = dest.into();
        self.out.body.images.push(ImageRef { path, written, is_wikilink: wiki, width, span });
        self.raw("<img");
        self.hole(Filling::Image(number));
        let title = if image.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&image.title)) };
        self.raw(format!(" alt=\"{alt}\"{title} loading=\"lazy\">"));
    }

    fn check_alternative(&mut self, image: &WrittenLink<'a>, alt: &str) {
        if alt.trim().is_empty() {
            let message = format!("the image `{}` has no alternative text", image.dest);
            let help = "write what it shows between the brackets: `![A fine pruner under a corm](pruner.png)`";
            self.problem(Code::ImageWithoutAlt, image.span.clone(), message, help);
        }
    }

    /// An image that pages may not load: a link to it, and its words or its address where a link cannot stand.
    fn image_elsewhere(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>]) {
        let message = format!("a page cannot show the image `{}`", image.dest);
        let host = ["https://", "http://"].iter().find_map(|scheme| image.dest.strip_prefix(scheme));
        let help = match host.and_then(|rest| rest.split(['/', '?', '#']).next()) {
            Some(host) => format!(
                "put the file into the project, or let pages load pictures from there with `hosts: {{images: [{host}]}}` in site.yaml"
            ),
            None => "put the file into the project".into(),
        };
        self.problem(Code::LinkUnsafe, image.address_span(self.text), message, help);
        if host.is_some() && self.open.links.is_empty() {
            return self.link_instead(image, inside);
        }
        let words = alternative(inside);
        self.raw(if words.trim().is_empty() { escape(&image.dest) } else { words });
    }

    /// An image of another site from which pages of this one may load images.
    fn image_of_host(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>]) {
        let (src, alt) = (escape(&image.dest), alternative(inside));
        self.check_alternative(image, &alt);
        let title = if image.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&image.title)) };
        self.raw(format!("<img src=\"{src}\" alt=\"{}\"{title} loading=\"lazy\">", alt.trim()));
    }

    /// Something else than an image that was to be shown in the text: an entry, a film, an image in a format that browsers do
    /// not know. The page links to it.
    pub(super) fn embed(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>], is_foreign: bool) {
        let known = self.out.body.links.len();
        self.link_instead(image, inside);
        let span = self.global(&image.span);
        match self.out.body.links.get_mut(known) {
            // Whether the page links to it is known when all files are.
            Some(link) => link.used = LinkUse::NotShown { span, is_foreign },
            None => {
                let (message, help) = not_shown(&image.dest, is_foreign);
                self.problem(Code::MarkdownUnread, image.span.clone(), message, help);
            }
        }
    }

    /// A link in the place of what is not shown.
    pub(super) fn link_instead(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>]) {
        let link_type = image.link_type;
        let (dest, title, id, span) = (image.dest.clone(), image.title.clone(), image.id.clone(), image.span.clone());
        let words = alternative(inside);
        let words = if words.trim().is_empty() { escape(&image.dest) } else { words };
        let inside = vec![(Event::InlineHtml(words.into()), span.clone()), (Event::End(TagEnd::Link), span.clone())];
        let mut events = Events::new(inside);
        self.start_link(WrittenLink { link_type, dest, title, id, span }, &mut events);
        for (event, _) in events {
            match event {
                Event::End(_) => self.end_link(),
                event => self.events.push(event),
            }
        }
    }
}

/// The alternative text without the size behind it, and the size: `|300`, `|300x200`. A wikilink may have nothing else.
fn sized(alt: &str, wiki: bool) -> (String, Option<(u32, Option<u32>)>) {
    let read = |text: &str| {
        let (width, height) = match text.trim().split_once(['x', '×']) {
            Some((width, height)) => (width, Some(height.parse().ok()?)),
            None => (text.trim(), None),
        };
        Some((width.parse().ok().filter(|width| *width > 0)?, height))
    };
    match alt.rsplit_once('|') {
        Some((before, size)) => {
            read(size).map_or_else(|| (alt.to_string(), None), |size| (before.to_string(), Some(size)))
        }
        None if wiki => read(alt).map_or_else(|| (alt.to_string(), None), |size| (String::new(), Some(size))),
        None => (alt.to_string(), None),
    }
}

/// The alternative text of an image, as the value of an attribute.
pub(super) fn alternative(inside: &[Event<'_>]) -> String {
    let mut alt = String::new();
    for event in inside {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => push_escaped(&mut alt, text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

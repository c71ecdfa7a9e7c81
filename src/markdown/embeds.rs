//! Other entries that are shown in a text: `![[fine-pruning]]`, `![[fine-pruning#how-long]]`.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::images::alternative;
use super::links::WrittenLink;
use super::writer::Writer;
use crate::folders::without_extension;
use crate::links::{self, Address};
use crate::model::body::{Embed, Filling, LinkTarget};
use crate::span::Offset;

impl<'a> Writer<'a> {
    /// Whether what is written like an image names an entry.
    pub fn is_entry(&self, image: &WrittenLink<'_>, extension: Option<&str>) -> bool {
        let path = image.dest.split('#').next().unwrap_or_default();
        if without_extension(path).is_some() {
            return links::scheme(path).is_none();
        }
        // What stands behind a full stop is the ending of a file or a part of a name, such as `Version 1.2`.
        let is_ending = |text: &str| {
            (2..=5).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_alphanumeric())
                && text.contains(|c: char| c.is_ascii_alphabetic())
        };
        matches!(image.link_type, LinkType::WikiLink { .. }) && !extension.is_some_and(is_ending)
    }

    /// An entry that is shown in the text. In a line of words there is no room for it: the page links to it.
    pub fn entry(&mut self, image: &WrittenLink<'a>, inside: &[Event<'_>]) {
        let Some((target, heading)) = self.target(image) else { return self.embed(image, inside, false) };
        if self.inline || self.open.emphasis > 0 || self.open.quiet > 0 {
            // Whether the entry is there, and the link leads to it, is known when all texts are.
            let link = self.out.body.links.len() as Offset;
            let span = self.global(&image.span);
            self.link_instead(image, inside);
            return self.out.body.linked_embeds.push(Embed { link, words: None, span });
        }
        let untitled = matches!(image.link_type, LinkType::WikiLink { has_pothole: false });
        let words = Some(alternative(inside)).filter(|words| !untitled && !words.trim().is_empty());
        let link = self.note_link(image, target, heading);
        let number = self.out.body.embeds.len() as Offset;
        self.out.body.embeds.push(Embed { link, words, span: self.global(&image.span) });
        if self.open.task {
            self.open.task = false;
            self.raw("</label>");
        }
        if self.open.paragraph {
            self.end_paragraph(true);
        }
        self.hole(Filling::Embed(number));
        if self.open.paragraph {
            self.push(Tag::Paragraph);
        }
    }

    /// What a wikilink or a link to a file leads to, with its heading.
    fn target(&self, image: &WrittenLink<'_>) -> Option<(LinkTarget, Option<String>)> {
        if matches!(image.link_type, LinkType::WikiLink { .. }) {
            let (name, heading) = match image.dest.split_once('#') {
                Some((name, heading)) => (name.trim(), Some(heading.trim().to_string()).filter(|h| !h.is_empty())),
                None => (image.dest.trim(), None),
            };
            let target = if name.is_empty() { LinkTarget::Here } else { LinkTarget::Named(name.to_string()) };
            return Some((target, heading));
        }
        match links::read(&image.dest, self.reading.folder, self.reading.schema) {
            Address::Internal(target @ LinkTarget::Entry(..), heading) => Some((target, heading)),
            _ => None,
        }
    }

    /// Ends a paragraph. One beside an entry is left out where it has no words.
    pub fn end_paragraph(&mut self, beside: bool) {
        if beside {
            self.events.truncate(self.last_words() + 1);
            if self.events.last() == Some(&Event::Start(Tag::Paragraph)) {
                self.events.pop();
                return;
            }
        }
        self.events.push(Event::End(TagEnd::Paragraph));
    }

    /// Whether an entry stands before what comes, or before the paragraph that is open.
    pub fn behind_embed(&self, in_paragraph: bool) -> bool {
        let is_embed = |event: &Event<'_>| matches!(event, Event::InlineHtml(mark) if mark.starts_with("\0E"));
        let last = if in_paragraph { self.last_words() } else { self.events.len().saturating_sub(1) };
        let before = last.checked_sub(1).and_then(|at| self.events.get(at));
        match self.events.get(last) {
            Some(Event::Start(Tag::Paragraph)) => before.is_some_and(is_embed),
            Some(event) => !in_paragraph && is_embed(event),
            None => false,
        }
    }

    /// Where the last event stands that is neither a space nor a break.
    fn last_words(&self) -> usize {
        let blank = |event: &Event<'_>| match event {
            Event::SoftBreak | Event::HardBreak => true,
            Event::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        self.events.iter().rposition(|event| !blank(event)).unwrap_or_default()
    }
}

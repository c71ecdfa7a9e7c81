//! The events of a Markdown text, with a look ahead, and the texts in them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

/// The events of a text. What was read is gone.
pub(super) struct Events<'a> {
    all: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
}

impl<'a> Events<'a> {
    /// Nothing was read yet.
    pub fn new(all: Vec<(Event<'a>, Range<usize>)>) -> Self {
        Self { all, at: 0 }
    }

    /// What comes.
    pub fn rest(&self) -> &[(Event<'a>, Range<usize>)] {
        &self.all[self.at..]
    }

    /// Puts another event in the place of one that comes.
    pub fn replace(&mut self, at: usize, event: Event<'a>, span: Range<usize>) {
        if let Some(old) = self.all.get_mut(self.at + at) {
            *old = (event, span);
        }
    }

    /// Drops the rest of a link that is open, with its end; returns where that is.
    pub fn skip_link(&mut self) -> usize {
        self.skip_text();
        self.next().map_or(0, |(_, span)| span.end)
    }

    /// Drops what is inside a link that is open, which may be a link itself: `[@<https://example.org>]`.
    pub fn skip_text(&mut self) {
        let mut inside = 0usize;
        while let Some((event, _)) = self.rest().first() {
            match event {
                Event::Start(Tag::Link { .. }) => inside += 1,
                Event::End(TagEnd::Link) if inside == 0 => return,
                Event::End(TagEnd::Link) => inside -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Takes what is inside an image that is open, which may have images in its text, and its end.
    pub fn take_image(&mut self) -> Vec<Event<'a>> {
        let (mut inside, mut depth) = (Vec::new(), 1);
        for (event, _) in self {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            inside.push(event);
        }
        inside
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, span) = self.all.get_mut(self.at)?;
        self.at += 1;
        Some((std::mem::replace(event, Event::Rule), span.clone()))
    }
}

/// The text of a heading or link, whose start was the event before these; without citations, which are only marks.
pub(super) fn plain_text(events: &[(Event<'_>, Range<usize>)], end: TagEnd) -> String {
    said(events, end).trim().to_string()
}

fn said(events: &[(Event<'_>, Range<usize>)], end: TagEnd) -> String {
    let (mut text, mut cited) = (String::new(), false);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }) => cited = true,
            Event::End(TagEnd::Link) if cited => cited = false,
            _ if cited => {}
            Event::End(tag) if *tag == end => break,
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
                text.push_str(part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Where in the text of a heading or link, as [`plain_text`] has it, wikilinks stand that have no words of their own: each
/// with the number that it will have among the links. `links` is how many there are before it.
pub(super) fn untitled(
    events: &[(Event<'_>, Range<usize>)],
    end: TagEnd,
    links: usize,
) -> Vec<(Range<usize>, crate::span::Offset)> {
    let is_wiki = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }))
    };
    let events = &events[..events.iter().position(|(event, _)| *event == Event::End(end)).unwrap_or(events.len())];
    if !events.iter().any(|(event, _)| is_wiki(event)) {
        return Vec::new();
    }
    let (mut found, mut number) = (Vec::new(), links);
    for (place, (event, _)) in events.iter().enumerate() {
        let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { continue };
        if is_wiki(event) {
            let at = said(&events[..place], end).trim_start().len();
            let name = said(&events[place + 1..], TagEnd::Link);
            found.push((at..at + name.len(), number as crate::span::Offset));
        }
        let outside = crate::links::scheme(dest_url).is_some() || dest_url.starts_with("//");
        number += usize::from(matches!(link_type, LinkType::WikiLink { .. }) || !outside);
    }
    found
}

/// Whether an element stands inside a line.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
    )
}

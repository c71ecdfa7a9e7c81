//! The plain text of Markdown with the way back to where it was written: for rules about words.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Tag, TagEnd};

use super::citations::cited_keys;
use super::dialects::Translated;
use super::elements::is_known;
use super::events::is_inline;
use super::parsed::parse;
use super::sorts::TOO;
use super::{CITATION, MarkdownProblem, MarkdownText, PageIds, Reading, read, syntax};
use crate::diagnostics::Code;
use crate::markup::{HtmlPiece, HtmlTag, pieces};
use crate::url::composed;

/// What a text says, without its marks. Paragraphs, headings and cells are parted by line breaks.
#[derive(Debug, Default)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// The paragraphs, headings and cells in it; code is none of them.
    pub prose: Vec<Range<usize>>,
    /// The rows of tables in it.
    pub rows: Vec<Range<usize>>,
    /// The keys of the works that are cited, each with the place where its citation stands.
    pub citations: Vec<(usize, String)>,
    pieces: Vec<PlainPiece>,
}

#[derive(Debug)]
struct PlainPiece {
    at: usize,
    written: Range<usize>,
}

impl Plain {
    /// A plain text, which says what was written.
    pub fn of_text(text: &str) -> Self {
        let whole = 0..text.len();
        let pieces = vec![PlainPiece { at: 0, written: whole.clone() }];
        Self { text: text.to_string(), prose: vec![whole], pieces, ..Self::default() }
    }

    /// Where a range of the text was written.
    pub fn written(&self, range: Range<usize>) -> Range<usize> {
        let start = self.border(range.start, false);
        start..self.border(range.end, true).max(start)
    }

    /// Where an offset was written. At the border of two pieces, `end` selects the end of the first.
    fn border(&self, at: usize, end: bool) -> usize {
        let after = self.pieces.partition_point(|piece| if end { piece.at < at } else { piece.at <= at });
        let Some(piece) = after.checked_sub(1).map(|number| &self.pieces[number]) else { return 0 };
        let next = self.pieces.get(after).map_or(self.text.len(), |next| next.at);
        // What is written with escapes or entities is longer than it reads: then the whole piece is meant.
        let same = next - piece.at == piece.written.len();
        match (same, end) {
            (true, _) => (piece.written.start + at - piece.at).min(piece.written.end),
            (false, true) => piece.written.end,
            (false, false) => piece.written.start,
        }
    }

    fn push(&mut self, text: &str, written: Range<usize>) {
        self.pieces.push(PlainPiece { at: self.text.len(), written });
        self.text.push_str(text);
    }

    fn part(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push("\n", at..at);
        }
    }
}

/// Where the words of a piece of code stand. In a wikilink whose sign for its words stands in the code, `pulldown-cmark` gives a
/// place further on.
fn code_at(text: &str, code: &str, span: &Range<usize>) -> Range<usize> {
    let inside = || Some(span.start + text.get(span.clone())?.find(code)?);
    let before = || text.get(..span.end)?.rfind(code);
    let at = inside().or_else(before);
    // Code over several lines is written otherwise than it reads: then its whole place is meant, or where that begins.
    let whole = || if span.len() == code.len() { span.start..span.start } else { span.clone() };
    at.map_or_else(whole, |at| at..at + code.len())
}

/// What a heading holds that a title cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostInTitle {
    /// A link, a picture, or the mark of a note or a citation.
    Link,
    /// Raw HTML that says something.
    Html,
}

/// What a heading holds besides its words, and a title cannot, with its places.
pub fn lost_in_title(heading: &str, reading: &Reading<'_>) -> Vec<(LostInTitle, Range<usize>)> {
    if !heading.contains(['[', '<']) {
        return Vec::new();
    }
    let events = parse(heading, syntax(reading.schema), None, &[]).events;
    let lost = |(at, (event, span)): (usize, &(Event<'_>, Range<usize>))| match event {
        // What the address itself says is among the words.
        Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => None,
        Event::Start(Tag::Link { dest_url, .. }) if dest_url.is_empty() => None,
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::FootnoteReference(_) => {
            Some((LostInTitle::Link, span.clone()))
        }
        Event::InlineHtml(html) => match leading(html, &events[at..]).filter(|_| reading.schema.markdown.allow_html) {
            Some(end) => Some((LostInTitle::Link, span.start..end)),
            None => says_something(html).then(|| (LostInTitle::Html, span.clone())),
        },
        _ => None,
    };
    let mut all: Vec<_> = events.iter().enumerate().filter_map(lost).collect();
    // A picture in a link goes with that.
    all.dedup_by(|(_, next), (_, first)| next.start < first.end);
    all
}

/// Where the link or the picture of raw HTML ends that begins with a tag.
fn leading(html: &str, events: &[(Event<'_>, Range<usize>)]) -> Option<usize> {
    let Some(HtmlPiece::Begin(tag)) = pieces(html).next() else { return None };
    let has = |name: &str| tag.attribute(name).is_some_and(|address| !address.trim().is_empty());
    if tag.is("img") && has("src") {
        return events.first().map(|(_, span)| span.end);
    }
    let is_end = |event: &Event<'_>| matches!(event, Event::InlineHtml(html) if html.starts_with("</a"));
    let is_link = tag.is("a") && has("href");
    events.iter().filter(|(event, _)| is_link && is_end(event)).map(|(_, span)| span.end).next()
}

/// Whether a piece of HTML is more than a tag that says how words look: a tag of another name, one with words or an address of
/// its own, an instruction.
fn says_something(html: &str) -> bool {
    let has_words = |tag: &HtmlTag<'_>| {
        let said = ["title", "alt", "aria-label", "href", "src", "srcset", "data", "poster"];
        let said = said.iter().filter_map(|name| tag.attribute(name));
        !is_known(&tag.name.to_ascii_lowercase()) || said.into_iter().any(|said| !said.trim().is_empty())
    };
    match pieces(html).next() {
        Some(HtmlPiece::Begin(tag)) => has_words(&tag),
        Some(HtmlPiece::End(_) | HtmlPiece::Words(_)) => false,
        None => true,
    }
}

/// Notes among the problems of a text what the heading that is its title has of signs that mean nothing here, and of words between
/// signs of remarks. `offset`: where the heading begins in its file.
pub fn add_unread_of_title(heading: &str, offset: usize, reading: &Reading<'_>, text: &mut MarkdownText) {
    let lost = lost_in_title(heading, reading);
    let is_lost = |problem: &MarkdownProblem| lost.iter().any(|(_, at)| at.contains(&(problem.span.start - offset)));
    let read = read(heading, offset, reading, &mut PageIds::default());
    let of_title = |problem: &MarkdownProblem| matches!(problem.code, Code::MarkdownUnread | Code::TextLost);
    for problem in read.problems.into_iter().filter(of_title) {
        let is_same = |known: &&mut MarkdownProblem| known.code == problem.code && known.message == problem.message;
        if is_lost(&problem) {
            continue;
        }
        match text.problems.iter_mut().find(is_same) {
            Some(known) => known.related.extend(problem.places().map(|place| (place.clone(), TOO.to_string()))),
            None => text.problems.push(problem),
        }
    }
}

/// Reads what a Markdown text says. Data blocks say nothing: their values are texts of their own.
pub fn plain(text: &str, reading: &Reading<'_>) -> Plain {
    let mut syntax = syntax(reading.schema);
    syntax.options.remove(Options::ENABLE_SMART_PUNCTUATION);
    let translated = Translated::of(text, "", reading);
    let text = translated.text();
    let mut plain = Plain::default();
    let (mut code, mut skipped) = (false, false);
    let (mut begun, mut row) = (0, 0);
    for (event, span) in parse(text, syntax, None, &[]).events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) if &*dest_url == CITATION => {
                let at = plain.text.len();
                plain.citations.extend(cited_keys(&text[span]).map(|key| (at, composed(key).into_owned())));
                skipped = true;
            }
            Event::End(TagEnd::Link) => skipped = false,
            Event::Start(Tag::CodeBlock(kind)) => {
                let name = match &kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
                    CodeBlockKind::Indented => "",
                };
                (code, skipped) = (true, reading.blocks.contains(name));
                plain.part(span.start);
            }
            Event::End(TagEnd::CodeBlock) => {
                (code, skipped) = (false, false);
                plain.part(span.end);
                begun = plain.text.len();
            }
            Event::Text(text) if !skipped => plain.push(&text, span),
            Event::Code(said) if !skipped => {
                plain.push(&said, code_at(text, &said, &span));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) if !skipped => plain.push(&text, span),
            Event::SoftBreak | Event::HardBreak => plain.push(" ", span),
            Event::Start(tag) if !is_inline(&tag) => {
                end_of_prose(&mut plain, &mut begun, code);
                plain.part(span.start);
                begun = plain.text.len();
                if matches!(tag, Tag::TableRow | Tag::TableHead) {
                    row = begun;
                }
            }
            Event::End(tag) if !inline_end(tag) => {
                end_of_prose(&mut plain, &mut begun, code);
                if matches!(tag, TagEnd::TableRow | TagEnd::TableHead) {
                    plain.rows.push(row..plain.text.len());
                }
                plain.part(span.end);
                begun = plain.text.len();
            }
            _ => {}
        }
    }
    end_of_prose(&mut plain, &mut begun, code);
    if reading.schema.markdown.dialect.is_some() {
        plain.pieces.iter_mut().for_each(|piece| piece.written = translated.written(&piece.written));
    }
    plain
}

fn end_of_prose(plain: &mut Plain, begun: &mut usize, code: bool) {
    if !code && *begun < plain.text.len() {
        plain.prose.push(*begun..plain.text.len());
    }
    *begun = plain.text.len();
}

fn inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

//! Goes through a Markdown text from its beginning to its end, and writes what becomes HTML.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd, TextMergeWithOffset, html};

use super::events::{Events, plain_text, words};
use super::footnotes::Footnotes;
use super::headings::Ids;
use super::leftovers::{Standing, leftovers};
use super::links::Written;
use super::marks::{self, unmark};
use super::tables::Table;
use super::{CITATION, Problem, Read, Reading, options};
use crate::diagnostics::Code;
use crate::model::doc::{Filling, Origin};
use crate::span::Offset;

/// How deep lists and quotes may nest.
const DEEPEST: usize = 100;

/// So many bytes of text make an event, about: making room once is cheaper than moving all of them again and again.
const TEXT_OF_EVENT: usize = 24;

/// What has been written of a text so far.
pub(super) struct Writer<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it begins in its file.
    pub offset: usize,
    /// What has to be known to read it.
    pub reading: &'a Reading<'a>,
    /// What becomes HTML.
    pub events: Vec<Event<'a>>,
    /// What is open where the writer stands.
    pub open: Open,
    /// The notes that stand at the end.
    pub footnotes: Footnotes<'a>,
    /// The ids that headings have.
    pub ids: Ids,
    /// What else was read.
    pub out: Read,
}

/// What is open where the writer stands.
#[derive(Default)]
pub(super) struct Open {
    /// How many links, headings, pieces of code and heads of tables: in these no term becomes a link.
    pub quiet: usize,
    /// Whether it is code.
    pub code: bool,
    /// For each open link whether the writer wrote its tag itself.
    pub links: Vec<bool>,
    /// For each open quote whether it is an alert.
    pub alerts: Vec<bool>,
    /// The table, where one is open.
    pub table: Table,
}

impl<'a> Writer<'a> {
    /// Has written nothing yet.
    pub fn new(text: &'a str, offset: usize, reading: &'a Reading<'a>) -> Self {
        Self {
            text,
            offset,
            reading,
            events: Vec::new(),
            open: Open::default(),
            footnotes: Footnotes::of(text),
            ids: Ids::default(),
            out: Read::default(),
        }
    }

    /// Reads the whole text.
    pub fn run(&mut self) {
        let options = options(self.reading.schema);
        let mut claim = |link: BrokenLink<'a>| {
            let cited = link.reference.starts_with('@') && link.link_type == LinkType::Shortcut;
            cited.then_some((CowStr::Borrowed(CITATION), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(self.text, options, Some(&mut claim));
        let mut events = Vec::with_capacity(self.text.len() / TEXT_OF_EVENT);
        events.extend(TextMergeWithOffset::new(parser.into_offset_iter()));
        self.events.reserve(events.len());
        match too_deep(&events) {
            None => self.translate(Events::new(events)),
            Some(span) => {
                let message = format!("lists and quotes nest deeper than {DEEPEST} levels");
                self.problem(Code::MarkdownTooDeep, span, message, "take some of the nesting out");
            }
        }
    }

    fn translate(&mut self, mut events: Events<'a>) {
        while let Some((event, span)) = events.next() {
            match event {
                Event::Start(tag) => self.start(tag, span, &mut events),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => self.words(text, span),
                Event::Code(text) => {
                    self.out.body.words += words(&text);
                    self.events.push(Event::Code(text));
                }
                Event::FootnoteReference(name) => self.footnote_reference(&name),
                Event::InlineHtml(html) if !self.allow_html() => {
                    self.raw_html(html, span);
                }
                event => self.events.push(event),
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Link { link_type: LinkType::ShortcutUnknown, dest_url, .. } if &*dest_url == CITATION => {
                let end = events.skip_link();
                self.citation(span.start..end.max(span.end));
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.start_link(Written { link_type, dest: dest_url, title, id, span }, events);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.image(&Written { link_type, dest: dest_url, title, id, span }, &events.take_image());
            }
            Tag::Heading { level, id, classes, mut attrs } => {
                self.open.quiet += 1;
                if !self.allow_html() {
                    attrs.clear(); // `onclick` and `style` are raw HTML, too
                }
                let plain = plain_text(events.rest(), TagEnd::Heading(level));
                let id = self.heading(level as u8, id.as_deref(), plain, span);
                self.push(Tag::Heading { level, id: Some(id.into()), classes, attrs });
            }
            Tag::CodeBlock(kind) => self.start_code(kind, span, events),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(events),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::FootnoteDefinition(name) => self.start_footnote(&name),
            Tag::HtmlBlock if !self.allow_html() => self.html_block(span, events),
            tag => self.push(tag),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Heading(_) => {
                self.open.quiet -= 1;
                self.events.push(Event::End(tag));
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::BlockQuote(kind) => self.end_quote(kind),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            tag => self.events.push(Event::End(tag)),
        }
    }

    /// Words of the text itself.
    fn words(&mut self, text: CowStr<'a>, span: Range<usize>) {
        self.out.body.words += words(&text);
        if !self.open.code {
            self.unread(&span);
            self.unknown_footnotes(span);
        }
        if self.reading.schema.markdown.term_links && self.open.quiet == 0 {
            self.raw(marks::TERMS_BEGIN);
            self.events.push(Event::Text(text));
            self.raw(marks::TERMS_END);
        } else {
            self.events.push(Event::Text(text));
        }
    }

    /// What looks like Markdown and was left over as text.
    fn unread(&mut self, span: &Range<usize>) {
        let mut before = self.events.iter().rev();
        let begins = before.next() == Some(&Event::Start(Tag::Paragraph));
        let quoted = begins && before.next() == Some(&Event::Start(Tag::BlockQuote(None)));
        let standing = Standing { begins, quoted, wikilinks: self.reading.schema.markdown.wikilinks };
        for found in leftovers(&self.text[span.clone()], standing) {
            let span = span.start + found.span.start..span.start + found.span.end;
            self.problem(Code::MarkdownUnread, span, found.message, found.help);
        }
    }

    /// Takes the paragraph away where the text is only one.
    pub fn unwrap_paragraph(&mut self) {
        let paragraphs = self.events.iter().filter(|event| matches!(event, Event::Start(Tag::Paragraph))).count();
        if paragraphs == 1 {
            self.events.retain(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)));
        }
    }

    /// Makes HTML of what was written.
    pub fn finish(mut self, origin: Origin) -> Read {
        self.append_footnotes();
        let mut marked = String::with_capacity(self.text.len() + self.text.len() / 2);
        html::push_html(&mut marked, self.events.into_iter());
        let body = &mut self.out.body;
        unmark(&marked, body);
        body.headings_by_id = (0..body.headings.len() as Offset).collect();
        body.headings_by_id.sort_by_key(|at| &body.headings[*at as usize].id);
        body.origin = origin;
        self.out
    }

    /// Whether the site allows HTML in its texts.
    pub fn allow_html(&self) -> bool {
        self.reading.schema.markdown.allow_html
    }

    /// Writes the beginning of an element.
    pub fn push(&mut self, tag: Tag<'a>) {
        self.events.push(Event::Start(tag));
    }

    /// Writes HTML.
    pub fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// Leaves a hole.
    pub fn hole(&mut self, filling: Filling) {
        self.raw(marks::mark(filling));
    }

    /// A place of the text as one of its file.
    pub fn global(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    /// Notes what is wrong at a place of the text.
    pub fn problem(&mut self, code: Code, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let span = self.global(&span);
        self.out.problems.push(Problem { code, span, message: message.into(), help: help.into() });
    }
}

fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (event, span) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(span.start..span.start);
        }
    }
    None
}

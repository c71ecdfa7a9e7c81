//! A Markdown text as events, with their places in the text as it was written.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TextMergeWithOffset};

use super::definitions::unused;
use super::hidden::{HiddenChar, hidden};
use super::quotes::{ENGLISH, Quotes};
use super::{CITATION, MarkdownProblem, private};

/// A text that was read.
pub(super) struct ParsedText<'a> {
    /// Its events.
    pub events: Vec<(Event<'a>, Range<usize>)>,
    /// What is wrong with it.
    pub problems: Vec<MarkdownProblem>,
}

/// So many bytes of text make an event, about: making room once is cheaper than moving all of them again and again.
const TEXT_OF_EVENT: usize = 24;

/// Taking something out may leave something else to take out; more rounds than this are not needed for any real text.
const MOST_ROUNDS: usize = 16;

/// Reads a text. What it holds for authors alone is not among the events. Without quotes the pieces of a text stay apart, as
/// they are parted by escapes. What was taken out before is no part of the text.
pub(super) fn parse<'a>(
    text: &'a str,
    options: Options,
    quotes: Option<Quotes>,
    taken: &[Range<usize>],
) -> ParsedText<'a> {
    let possible = private::possible(text);
    let hides = hidden(text);
    if hides.is_empty() && !possible && taken.is_empty() {
        return events(text, options, quotes);
    }
    let mut kept = Remainder::all(text);
    kept.remove(taken);
    for _ in 0..MOST_ROUNDS {
        let shown = kept.text();
        let hides = hidden(&shown);
        let read = with_hidden(&shown, &hides);
        let merged = events(&read, options, Some(quotes.unwrap_or(ENGLISH)));
        let (found, problems) = if possible { private::find(&shown, &merged.events) } else { Default::default() };
        if found.is_empty() {
            let mut parsed = if quotes.is_some() { merged } else { events(&read, options, None) };
            private::drop_blocks(&shown, &mut parsed.events);
            let written = WrittenText { shown: &shown, read: &read, hides: &hides };
            return kept.back(parsed, &written, problems);
        }
        kept.remove(&found);
    }
    let span = 0..text.len().min(1);
    let (message, help) = ("comments stand in comments", "take the inner ones out");
    let problem = MarkdownProblem {
        code: crate::diagnostics::Code::CommentOpen,
        span,
        message: message.into(),
        help: help.into(),
    };
    ParsedText { events: Vec::new(), problems: vec![problem] }
}

fn events<'a>(text: &'a str, options: Options, quotes: Option<Quotes>) -> ParsedText<'a> {
    let mut claim = |link: BrokenLink<'a>| {
        let cited = link.reference.starts_with('@') && link.link_type == LinkType::Shortcut;
        cited.then_some((CowStr::Borrowed(CITATION), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut claim));
    let definitions: HashSet<usize> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
    let mut events = Vec::with_capacity(text.len() / TEXT_OF_EVENT);
    let all = parser.into_offset_iter();
    match quotes {
        None => events.extend(all),
        Some(quotes) if quotes.are_english() => events.extend(TextMergeWithOffset::new(all)),
        Some(quotes) => events.extend(TextMergeWithOffset::new(quotes.translate(text, all))),
    }
    let problems = unused(text, &events, &definitions);
    ParsedText { events, problems }
}

fn with_hidden(text: &str, hides: &[HiddenChar]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for hidden in hides {
        out.push_str(&text[at..hidden.at]);
        out.push(hidden.read);
        at = hidden.at + hidden.written.len_utf8();
    }
    out.push_str(&text[at..]);
    out
}

/// What is left of a text when something was taken out.
struct Remainder<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
}

impl<'a> Remainder<'a> {
    fn all(text: &'a str) -> Self {
        let whole = 0..text.len();
        Self { text, ranges: Vec::from([whole]) }
    }

    fn text(&self) -> String {
        self.ranges.iter().map(|range| &self.text[range.clone()]).collect()
    }

    /// Takes out what stands at these places of what is left.
    fn remove(&mut self, places: &[Range<usize>]) {
        let (mut left, mut places, mut at) = (Vec::new(), places.iter().peekable(), 0);
        for range in &self.ranges {
            let (mut from, end) = (at, at + range.len());
            while let Some(place) = places.peek().filter(|place| place.start < end) {
                if from < place.start {
                    left.push(range.start + (from - at)..range.start + (place.start - at));
                }
                from = place.end.min(end).max(from);
                if place.end > end {
                    break;
                }
                places.next();
            }
            if from < end {
                left.push(range.start + (from - at)..range.end);
            }
            at = end;
        }
        self.ranges = left;
    }

    /// The events with the text and at the places of what was written.
    fn back(
        &self,
        parsed: ParsedText<'_>,
        written: &WrittenText<'_>,
        problems: Vec<MarkdownProblem>,
    ) -> ParsedText<'a> {
        let places = Places::of(&self.ranges);
        let place = |problem: MarkdownProblem| MarkdownProblem { span: places.range(&problem.span), ..problem };
        let back = |(event, span): (Event<'_>, Range<usize>)| (written.event(event, &span), places.range(&span));
        ParsedText {
            events: parsed.events.into_iter().map(back).collect(),
            problems: parsed.problems.into_iter().chain(problems).map(place).collect(),
        }
    }
}

/// Where what is left begins, there and in the text.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn of(ranges: &[Range<usize>]) -> Self {
        let mut at = 0;
        Self(
            ranges
                .iter()
                .map(|range| {
                    let here = (at, range.start);
                    at += range.len();
                    here
                })
                .collect(),
        )
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        // The end belongs to what stands before it.
        start..if range.is_empty() { start } else { self.place(range.end - 1) + 1 }
    }

    fn place(&self, at: usize) -> usize {
        let after = self.0.partition_point(|(here, _)| *here <= at);
        after.checked_sub(1).map_or(at, |last| self.0[last].1 + (at - self.0[last].0))
    }
}

/// A text with characters hidden, and without.
struct WrittenText<'t> {
    shown: &'t str,
    read: &'t str,
    hides: &'t [HiddenChar],
}

impl WrittenText<'_> {
    /// What was read, as it was written.
    fn text<'a>(&self, text: CowStr<'_>, span: &Range<usize>) -> CowStr<'a> {
        if let CowStr::Borrowed(part) = &text
            && let Some(at) = (part.as_ptr() as usize).checked_sub(self.read.as_ptr() as usize)
            && let Some(written) = self.shown.get(at..at + part.len())
            && at + part.len() <= self.read.len()
        {
            return written.to_string().into();
        }
        let from = self.hides.partition_point(|hidden| hidden.at < span.start);
        let mut hides = self.hides[from..].iter().take_while(|hidden| hidden.at < span.end).peekable();
        let written = |c: char| match hides.next_if(|hidden| hidden.read == c) {
            Some(hidden) => hidden.written,
            None => c,
        };
        text.chars().map(written).collect::<String>().into()
    }

    fn event<'a>(&self, event: Event<'_>, span: &Range<usize>) -> Event<'a> {
        let text = |part: CowStr<'_>| self.text(part, span);
        match event {
            Event::Text(part) => Event::Text(text(part)),
            Event::Code(part) => Event::Code(text(part)),
            Event::Html(part) => Event::Html(text(part)),
            Event::InlineHtml(part) => Event::InlineHtml(text(part)),
            Event::InlineMath(part) => Event::InlineMath(text(part)),
            Event::DisplayMath(part) => Event::DisplayMath(text(part)),
            Event::FootnoteReference(part) => Event::FootnoteReference(text(part)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(text(info))))
            }
            Event::Start(Tag::FootnoteDefinition(name)) => Event::Start(Tag::FootnoteDefinition(text(name))),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: text(dest_url), title: text(title), id: text(id) })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: text(dest_url), title: text(title), id: text(id) })
            }
            other => other.into_static(),
        }
    }
}

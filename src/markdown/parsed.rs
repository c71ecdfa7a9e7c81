//! A Markdown text as events, with their places in the text as it was written.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::as_typed::as_typed;
use super::citations::names_a_work;
use super::definitions::{folded, unused};
use super::hidden::{HiddenChar, hidden, holder};
use super::quotes::{ENGLISH, Quotes};
use super::{CITATION, MarkdownProblem, Syntax, private};
use crate::diagnostics::Code;
use crate::signs;
use crate::url::composed;

/// A text that was read.
pub(super) struct ParsedText<'a> {
    /// Its events.
    pub events: Vec<(Event<'a>, Range<usize>)>,
    /// Where its links are defined.
    pub definitions: Vec<Range<usize>>,
    /// What is wrong with it.
    pub problems: Vec<MarkdownProblem>,
    /// What was taken out, in order.
    pub taken: Vec<Range<usize>>,
}

/// So many bytes of text make an event, about: making room once is cheaper than moving all of them again and again.
const TEXT_OF_EVENT: usize = 12;

/// Taking something out may leave something else to take out; more rounds than this are not needed for any real text.
const MOST_ROUNDS: usize = 16;

/// Reads a text. What it holds for authors alone is not among the events. Without quotes the pieces of a text stay apart, as
/// they are parted by escapes. What was taken out before is no part of the text.
pub(super) fn parse<'a>(
    text: &'a str,
    Syntax { options, authors }: Syntax,
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
    let mut doubtful = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let (shown, held) = kept.text();
        let hides = with_held(hidden(&shown), &held);
        let read = with_hidden(&shown, &hides);
        let merged = events(&read, options, Some(quotes.unwrap_or(ENGLISH)));
        let (found, problems) = match possible {
            true => private::find(&shown, &merged.events, &merged.definitions, authors),
            false => Default::default(),
        };
        if found.is_empty() {
            let mut parsed = if quotes.is_some() { merged } else { events(&read, options, None) };
            parsed.events = private::without_blocks(&shown, parsed.events);
            let written = WrittenText { shown: &shown, read: &read, hides: &hides };
            let mut parsed = kept.back(parsed, &written, problems);
            parsed.problems.extend(doubtful);
            return parsed;
        }
        // What has no end is found again; what is held back is not.
        if doubtful.is_empty() {
            let places = Places::of(kept.pieces());
            let held_back = problems.into_iter().filter(|problem| problem.code == Code::TextLost);
            doubtful.extend(held_back.map(|problem| MarkdownProblem {
                span: places.range(&problem.span),
                related: problem.related.into_iter().map(|(span, said)| (places.range(&span), said)).collect(),
                ..problem
            }));
        }
        kept.remove(&found);
    }
    let span = 0..text.len().min(1);
    let (message, help) = ("comments stand in comments", "take the inner ones out");
    let problem = MarkdownProblem {
        code: Code::CommentOpen,
        span,
        message: message.into(),
        related: Vec::new(),
        help: help.into(),
    };
    let taken: Vec<_> = std::iter::once(0..text.len()).collect();
    ParsedText { events: Vec::new(), definitions: Vec::new(), problems: vec![problem], taken }
}

/// The events of a text from which nothing is taken out.
pub(super) fn events<'a>(text: &'a str, options: Options, quotes: Option<Quotes>) -> ParsedText<'a> {
    let in_other_form = in_other_form(text, options);
    let mut claim = |link: BrokenLink<'a>| {
        if link.link_type == LinkType::Shortcut && link.reference.starts_with('@') && names_a_work(&link.reference) {
            return Some((CowStr::Borrowed(CITATION), CowStr::Borrowed("")));
        }
        // Most texts have none.
        if in_other_form.is_empty() { None } else { in_other_form.get(&folded(&link.reference)).cloned() }
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut claim));
    let definitions: Vec<_> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    let mut events = Vec::with_capacity(text.len() / TEXT_OF_EVENT);
    let all = without_comment_links(as_typed(text, parser.into_offset_iter()));
    match quotes {
        None => events.extend(all),
        Some(quotes) if quotes.fit(text) => events.extend(TextMergeWithOffset::new(all)),
        Some(quotes) => events.extend(TextMergeWithOffset::new(quotes.translate(text, all))),
    }
    if !in_other_form.is_empty() {
        events.iter_mut().for_each(|(event, _)| as_defined(event));
    }
    let mut problems = unused(text, &events, &definitions.iter().map(|span| span.start).collect());
    if options.contains(Options::ENABLE_WIKILINKS) {
        problems.extend(images_over_embeds(text, &events));
    }
    ParsedText { events, definitions, problems, taken: Vec::new() }
}

/// Events without links to a definition that is a comment, `[//]: # (theirs)`: it leads nowhere, and whoever writes another one
/// right below words, where Markdown reads no definition, means no link.
fn without_comment_links<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let mut is_open = false;
    events.map(move |(event, span)| match event {
        Event::Start(Tag::Link { link_type: LinkType::Shortcut, id, dest_url, .. })
            if matches!(&*dest_url, "" | "#") && (*id == *"//" || id.eq_ignore_ascii_case("comment")) =>
        {
            is_open = true;
            (Event::Text("[".into()), span.start..span.start + 1)
        }
        Event::End(TagEnd::Link) if is_open => {
            is_open = false;
            (Event::Text("]".into()), span.end - 1..span.end)
        }
        event => (event, span),
    })
}

/// Images of which the beginning is one that shows another entry, `![[a|b]] c](d)`: of that nothing is left.
fn images_over_embeds(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<MarkdownProblem> {
    let is_wiki = |link_type: &LinkType| matches!(link_type, LinkType::WikiLink { .. });
    let lost = events.iter().zip(events.iter().skip(1)).filter_map(|((event, span), (next, inside))| {
        let Event::Start(Tag::Image { link_type, .. }) = event else { return None };
        // What stands in an image begins right behind its first bracket.
        let begins = span.start + "![".len();
        let is_over = !is_wiki(link_type) && text[span.clone()].starts_with("![[") && inside.start != begins;
        let end = if matches!(next, Event::End(_)) { span.end } else { inside.start };
        is_over.then_some(span.start..end)
    });
    let problem = |span| MarkdownProblem {
        code: Code::TextLost,
        span,
        message: "this begins an image that ends behind it, and what it shows is on no page".into(),
        related: Vec::new(),
        help: "write it as `![words](address)`, or put a backslash before the bracket that ends behind it".into(),
    };
    lost.map(problem).collect()
}

/// What definitions say, by their names, where these may be written in another Unicode form than in links.
fn in_other_form(text: &str, options: Options) -> HashMap<String, (CowStr<'static>, CowStr<'static>)> {
    if text.is_ascii() || !signs::has(text, "]:") || matches!(composed(text), Cow::Borrowed(_)) {
        return HashMap::new();
    }
    let parser = Parser::new_ext(text, options);
    let mut found = HashMap::new();
    for (name, definition) in parser.reference_definitions().iter() {
        let title = definition.title.clone().unwrap_or(CowStr::Borrowed(""));
        let said = (definition.dest.clone().into_static(), title.into_static());
        found.entry(folded(name)).or_insert(said);
    }
    found
}

/// A link whose definition was found by another form of its name is one like others.
fn as_defined(event: &mut Event<'_>) {
    if let Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) = event {
        *link_type = match *link_type {
            LinkType::ReferenceUnknown => LinkType::Reference,
            LinkType::CollapsedUnknown => LinkType::Collapsed,
            LinkType::ShortcutUnknown if **dest_url != *CITATION => LinkType::Shortcut,
            other => other,
        };
    }
}

/// A text with other characters of the same length for those that are hidden.
pub(super) fn with_hidden(text: &str, hides: &[HiddenChar]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for hidden in hides {
        out.push_str(&text[at..hidden.at]);
        out.push(hidden.read);
        at = hidden.at + hidden.read.len_utf8();
    }
    out.push_str(&text[at..]);
    out
}

/// The hidden characters of a text in which others hold a place and stand for none.
fn with_held(mut hides: Vec<HiddenChar>, held: &[(usize, char)]) -> Vec<HiddenChar> {
    for (at, read) in held {
        match hides.binary_search_by_key(at, |hidden| hidden.at) {
            Ok(found) => hides[found].written = None,
            Err(place) => hides.insert(place, HiddenChar { at: *at, written: None, read: *read }),
        }
    }
    hides
}

/// What is left of a text when something was taken out. Where two signs would meet that mean something together, a character
/// holds the place of what was between them.
struct Remainder<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
}

impl<'a> Remainder<'a> {
    fn all(text: &'a str) -> Self {
        let whole = 0..text.len();
        Self { text, ranges: Vec::from([whole]) }
    }

    /// What is left, and the characters in it that hold a place.
    fn text(&self) -> (String, Vec<(usize, char)>) {
        let (mut out, mut held) = (String::with_capacity(self.text.len()), Vec::new());
        for (range, holder) in self.pieces() {
            if let Some(holder) = holder {
                held.push((out.len(), holder));
                out.push(holder);
            }
            out.push_str(&self.text[range.clone()]);
        }
        (out, held)
    }

    /// The ranges, each with the character that holds the place before it.
    fn pieces(&self) -> impl Iterator<Item = (&Range<usize>, Option<char>)> {
        let mut last = None;
        self.ranges.iter().map(move |range| {
            let piece = &self.text[range.clone()];
            let before: Option<char> = std::mem::replace(&mut last, piece.chars().next_back());
            (range, before.zip(piece.chars().next()).and_then(|(before, behind)| holder(before, behind)))
        })
    }

    /// Takes out what stands at these places of what is left.
    fn remove(&mut self, places: &[Range<usize>]) {
        let (mut left, mut places, mut at) = (Vec::new(), places.iter().peekable(), 0);
        for (range, holder) in self.pieces() {
            at += holder.map_or(0, char::len_utf8);
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
        let places = Places::of(self.pieces());
        let place = |problem: MarkdownProblem| problem.moved(|span| places.range(span));
        let back = |(event, span): (Event<'_>, Range<usize>)| (written.event(event, &span), places.range(&span));
        ParsedText {
            events: without_empty(self.text, parsed.events.into_iter().map(back)),
            definitions: parsed.definitions.iter().map(|span| places.range(span)).collect(),
            problems: parsed.problems.into_iter().chain(problems).map(place).collect(),
            taken: self.taken(),
        }
    }

    /// What lies between the ranges.
    fn taken(&self) -> Vec<Range<usize>> {
        let starts = self.ranges.iter().map(|range| range.start).chain([self.text.len()]);
        let ends = std::iter::once(0).chain(self.ranges.iter().map(|range| range.end));
        ends.zip(starts).map(|(end, start)| end..start).filter(|range| !range.is_empty()).collect()
    }
}

/// Events without those that say nothing once what was for authors alone is gone: headings, items and quotes that held nothing
/// else, and emphasis round it.
fn without_empty<'a>(
    text: &str,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
) -> Vec<(Event<'a>, Range<usize>)> {
    let mut all = Vec::<(Event<'a>, Range<usize>)>::with_capacity(events.size_hint().0);
    for (event, span) in events {
        match &event {
            Event::Text(said) if said.is_empty() => {}
            Event::End(tag)
                if may_be_empty(tag)
                    && matches!(all.last(), Some((Event::Start(_), start)) if private::possible(&text[start.clone()])) =>
            {
                all.pop();
            }
            // Of a task only the box is left.
            Event::End(TagEnd::Item)
                if matches!(&all[..], [.., (Event::Start(Tag::Item), start), (Event::TaskListMarker(_), _)]
                    if private::possible(&text[start.clone()])) =>
            {
                all.truncate(all.len() - 2);
            }
            _ => all.push((event, span)),
        }
    }
    all
}

/// Whether an element is none without anything in it.
fn may_be_empty(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
    )
}

/// Where what is left begins there, and where it stands in the text.
struct Places(Vec<(usize, Range<usize>)>);

impl Places {
    fn of<'r>(pieces: impl Iterator<Item = (&'r Range<usize>, Option<char>)>) -> Self {
        let mut at = 0;
        let place = |(range, holder): (&'r Range<usize>, Option<char>)| {
            let here = at + holder.map_or(0, char::len_utf8);
            at = here + range.len();
            (here, range.clone())
        };
        Self(pieces.map(place).collect())
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end belongs to what stands before it.
        let after = self.0.partition_point(|(here, _)| *here < range.end);
        let end = after.checked_sub(1).map_or(range.end, |last| {
            let (here, written) = &self.0[last];
            (written.start + (range.end - here)).min(written.end)
        });
        start..end.max(start)
    }

    /// What begins where a place is held begins behind that.
    fn start(&self, at: usize) -> usize {
        let after = self.0.partition_point(|(here, _)| *here <= at);
        let Some((here, written)) = after.checked_sub(1).map(|last| &self.0[last]) else { return at };
        match self.0.get(after) {
            Some((_, next)) if at - here >= written.len() => next.start,
            _ => (written.start + (at - here)).min(written.end),
        }
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
            let mut held = self.hidden_in(at..at + part.len()).filter(|hidden| hidden.written.is_none()).peekable();
            if held.peek().is_none() {
                return written.to_string().into();
            }
            let (mut out, mut from) = (String::with_capacity(part.len()), at);
            for hidden in held {
                out.push_str(&self.shown[from..hidden.at]);
                from = hidden.at + hidden.read.len_utf8();
            }
            return (out + &self.shown[from..at + part.len()]).into();
        }
        let mut hides = self.hidden_in(span.clone()).peekable();
        let written = |c: char| match hides.next_if(|hidden| hidden.read == c) {
            Some(hidden) => hidden.written,
            None => Some(c),
        };
        text.chars().filter_map(written).collect::<String>().into()
    }

    /// What is hidden in a piece of the text.
    fn hidden_in(&self, range: Range<usize>) -> impl Iterator<Item = &HiddenChar> {
        let from = self.hides.partition_point(|hidden| hidden.at < range.start);
        self.hides[from..].iter().take_while(move |hidden| hidden.at < range.end)
    }

    fn event<'a>(&self, event: Event<'_>, span: &Range<usize>) -> Event<'a> {
        let text = |part: CowStr<'_>| self.text(part, span);
        // A remark leaves the space beside it.
        let title = |part: CowStr<'_>| CowStr::from(self.text(part, span).trim().to_string());
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
            Event::Start(Tag::Link { link_type, dest_url, title: written, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: text(dest_url), title: title(written), id: text(id) })
            }
            Event::Start(Tag::Image { link_type, dest_url, title: written, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: text(dest_url), title: title(written), id: text(id) })
            }
            other => other.into_static(),
        }
    }
}

//! Names of paragraphs, items and other blocks, `^like-this`, to which `[[note#^like-this]]` leads.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::events::{Events, is_inline};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::model::body::block_id;
use crate::signs;

type Placed<'a> = (Event<'a>, Range<usize>);

/// What stands before the block whose name follows.
pub(super) const MARK: &str = "\0^";

impl<'a> Writer<'a> {
    /// Takes the names of blocks out of a text, and puts a mark with each where its block begins.
    pub fn block_names(&mut self, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
        let is_named = |(event, _): &Placed<'_>| matches!(event, Event::Text(text) if name(text).is_some());
        // Behind a bracket it is that of a footnote.
        let may_begin = |at: usize| !self.text[..at].ends_with('[');
        let possible =
            !self.inline && self.reading.schema.markdown.wikilinks && signs::places(self.text, b'^').any(may_begin);
        if !possible || !events.iter().any(is_named) {
            return events;
        }
        let mut placed = PlacedEvents::default();
        let mut rest = events.into_iter().peekable();
        while let Some((event, span)) = rest.next() {
            let Event::Text(text) = &event else {
                placed.push(event, span);
                continue;
            };
            let ends = placed.code == 0 && ends_block(rest.peek());
            let named = name(text).filter(|_| ends && !placed.open.is_empty());
            let at = span.start + self.text[span.clone()].rfind('^').unwrap_or_default();
            let Some((words, named)) = named.filter(|_| !self.is_escaped(at)) else {
                placed.push(event, span);
                continue;
            };
            let id = self.block(named, &(at..span.end));
            if words.is_empty() && placed.is_alone() {
                rest.next();
                placed.name_before(id, span);
                continue;
            }
            if words.is_empty() {
                placed.end_line();
            } else {
                let left = self.text[span.start..at].trim_end().len();
                placed.push(Event::Text(words.to_string().into()), span.start..span.start + left);
            }
            placed.name_open(id, span);
        }
        placed.out
    }

    /// Notes the name of a block; returns its id.
    fn block(&mut self, name: &str, span: &Range<usize>) -> Option<String> {
        let id = block_id(name);
        if !self.ids.take(&id) {
            let message = format!("the name `^{name}` stands on the page before");
            self.problem(Code::HeadingIdDuplicate, span.clone(), message, "give one of the two another name");
            return None;
        }
        self.out.body.anchors.push(id.clone());
        Some(id)
    }

    /// Writes what a mark stands for: the element of the block that follows gets the id, or one round it, or one of its own.
    pub fn named_block(&mut self, mark: &str, next: Option<&(Event<'a>, Range<usize>)>) {
        let id = mark.trim_start_matches(MARK);
        match next {
            _ if id.is_empty() => self.raw("</div>\n"),
            _ if id.starts_with('=') => self.raw(format!("<span id=\"{}\"></span>", &id[1..])),
            Some((Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. }), _)) => {
                self.open.name = Some(id.to_string());
            }
            _ => self.raw(format!("<div id=\"{id}\">\n")),
        }
    }

    /// A paragraph that is a picture alone, in an element with the id of its name where it has one.
    pub fn named_figure(&mut self, events: &mut Events<'a>) -> bool {
        let at = self.events.len();
        let is_figure = self.figure(events);
        if is_figure && let Some(id) = self.open.name.take() {
            self.events.insert(at, Event::InlineHtml(format!("<div id=\"{id}\">\n").into()));
            self.raw("</div>\n");
        }
        is_figure
    }

    /// The beginning of a paragraph or an item, with the id of its name where it has one.
    pub fn start_named(&mut self, tag: Tag<'a>) {
        match (self.open.name.take(), &tag) {
            (Some(id), Tag::Item) => self.raw(format!("\n<li id=\"{id}\">")),
            (Some(id), Tag::Paragraph) => self.raw(format!("\n<p id=\"{id}\">")),
            _ => self.push(tag),
        }
    }
}

/// Events with the blocks that are open, and those that ended, where they begin and end.
#[derive(Default)]
struct PlacedEvents<'a> {
    out: Vec<Placed<'a>>,
    open: Vec<usize>,
    /// For each open block the last one in it that ended; the first is for those in none.
    ended: Vec<Option<Range<usize>>>,
    before: Option<Range<usize>>,
    code: usize,
}

impl<'a> PlacedEvents<'a> {
    fn push(&mut self, event: Event<'a>, span: Range<usize>) {
        let begins = matches!(&event, Event::Start(tag) if !is_inline(tag));
        let ends = matches!(&event, Event::End(tag) if !is_inline_end(*tag));
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => self.code += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => self.code -= 1,
            _ => {}
        }
        if begins {
            self.open.push(self.out.len());
            self.ended.push(None);
        }
        self.out.push((event, span));
        if ends && let Some(begin) = self.open.pop() {
            self.ended.pop();
            self.end(begin);
        }
    }

    /// Notes that a block ended that began there.
    fn end(&mut self, begin: usize) {
        let block = Some(begin..self.out.len());
        match self.ended.last_mut() {
            Some(last) => *last = block,
            None => self.before = block,
        }
    }

    /// Whether nothing stands in the paragraph that is open.
    fn is_alone(&self) -> bool {
        let last = self.out.last().map(|(event, _)| event);
        matches!(last, Some(Event::Start(Tag::Paragraph))) && self.open.last() == Some(&(self.out.len() - 1))
    }

    /// Takes the paragraph that is open away, and names the block before it.
    fn name_before(&mut self, id: Option<String>, span: Range<usize>) {
        self.out.pop();
        self.open.pop();
        self.ended.pop();
        let block = self.ended.last().cloned().unwrap_or_else(|| self.before.clone());
        let block = block.unwrap_or(self.out.len()..self.out.len());
        let Some(id) = id else { return };
        let has_own =
            matches!(self.out.get(block.start), Some((Event::Start(Tag::Paragraph | Tag::Heading { .. }), _)));
        if !has_own {
            self.out.insert(block.end, (mark(""), span.clone()));
        }
        self.out.insert(block.start, (mark(&id), span));
        self.end(block.start);
    }

    /// Takes the break away behind which a name stands.
    fn end_line(&mut self) {
        while matches!(self.out.last(), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.out.pop();
        }
    }

    /// Names the block that is open. In the first line of an alert stands what it is called, so the name stands behind it.
    fn name_open(&mut self, id: Option<String>, span: Range<usize>) {
        let (Some(id), Some(begin)) = (id, self.open.last().copied()) else { return };
        let is_alert = begin > 0
            && matches!(self.out[begin - 1].0, Event::Start(Tag::BlockQuote(_)))
            && matches!(self.out.get(begin + 1), Some((Event::Text(text), _)) if text.starts_with("[!"));
        if is_alert {
            return self.out.push((mark(&format!("={id}")), span));
        }
        self.out.insert(begin, (mark(&id), span));
        self.open.iter_mut().filter(|at| **at >= begin).for_each(|at| *at += 1);
        for block in self.ended.iter_mut().flatten().filter(|block| block.start >= begin) {
            *block = block.start + 1..block.end + 1;
        }
    }
}

fn mark<'a>(id: &str) -> Event<'a> {
    Event::InlineHtml(CowStr::from(format!("{MARK}{id}")))
}

/// Whether the words of a block end here: with it, or where a list begins in the item.
fn ends_block(next: Option<&Placed<'_>>) -> bool {
    let next = next.map(|(event, _)| event);
    matches!(next, Some(Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) | Event::Start(Tag::List(_))))
}

fn is_inline_end(tag: TagEnd) -> bool {
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

/// The words before the name with which a text ends, and the name. `10 ^6` is a number.
fn name(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let (said, name) = text.rsplit_once('^')?;
    let is_name = name.len() > 1
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && (name.len() > 3 || name.contains(|c: char| c.is_ascii_alphabetic()));
    (is_name && (said.is_empty() || said.ends_with(char::is_whitespace))).then(|| (said.trim_end(), name))
}

//! Footnotes: they stand at the end, in the order in which the text refers to them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::definitions::folded;
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::escape;
use crate::model::texts::Texts;
use crate::signs;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Whether there is anything in the text that could be the mark of one.
    possible: bool,
    /// Those whose definitions are open, with what was written before each.
    open: Vec<(Note<'a>, Vec<Event<'a>>)>,
    /// Those that were defined.
    defined: Vec<Note<'a>>,
}

/// A footnote.
struct Note<'a> {
    name: String,
    span: Range<usize>,
    events: Vec<Event<'a>>,
}

/// The marks of footnotes that were written so far.
#[derive(Default)]
struct Marks {
    /// The number of each name.
    numbers: HashMap<String, usize>,
    /// The names, folded, in the order of their numbers, with how many marks each has.
    counts: Vec<(String, usize)>,
}

impl Footnotes<'_> {
    /// Those of a text that was not read yet.
    pub fn of(text: &str) -> Self {
        Self { possible: signs::has(text, "[^"), ..Self::default() }
    }

    /// Whether none was defined.
    pub fn is_empty(&self) -> bool {
        self.defined.is_empty()
    }
}

impl<'a> Writer<'a> {
    /// Makes marks of what names a footnote in another Unicode form than its definition does: both read the same.
    pub fn composed_footnotes(&self, events: Vec<(Event<'a>, Range<usize>)>) -> Vec<(Event<'a>, Range<usize>)> {
        if !self.footnotes.possible || self.text.is_ascii() {
            return events;
        }
        let name = |event: &Event<'_>| match event {
            Event::Start(Tag::FootnoteDefinition(name)) if !name.is_ascii() => Some((folded(name), name.to_string())),
            _ => None,
        };
        let names: HashMap<String, String> = events.iter().filter_map(|(event, _)| name(event)).collect();
        if names.is_empty() {
            return events;
        }
        let mut all = Vec::with_capacity(events.len());
        for (event, span) in events {
            match event {
                Event::Text(said) if said.contains("[^") => self.split_at_marks(&said, span, &names, &mut all),
                event => all.push((event, span)),
            }
        }
        all
    }

    fn split_at_marks(
        &self,
        said: &str,
        span: Range<usize>,
        names: &HashMap<String, String>,
        all: &mut Vec<(Event<'a>, Range<usize>)>,
    ) {
        let is_written = said == &self.text[span.clone()];
        let place = |range: Range<usize>| match is_written {
            true => span.start + range.start..span.start + range.end,
            false => span.clone(),
        };
        let opened: Vec<_> = self.text[span.clone()].match_indices("[^").map(|(at, _)| span.start + at).collect();
        // With an escape between the two signs they are not side by side where they were written.
        let all_written = opened.len() == said.matches("[^").count();
        let opens = said.match_indices("[^").map(|(at, _)| at).zip(opened).filter(|_| all_written);
        let mut at = 0;
        for (open, _) in opens.filter(|(_, written)| !self.is_escaped(*written)) {
            let Some(end) = said[open..].find(']').map(|end| open + end) else { break };
            let Some(name) = names.get(&folded(&said[open + 2..end])) else { continue };
            if open > at {
                all.push((Event::Text(said[at..open].to_string().into()), place(at..open)));
            }
            all.push((Event::FootnoteReference(name.clone().into()), place(open..end + 1)));
            at = end + 1;
        }
        if at < said.len() {
            all.push((Event::Text(said[at..].to_string().into()), place(at..said.len())));
        }
    }

    /// Begins a definition: what follows belongs to it.
    pub fn start_footnote(&mut self, name: &str, span: Range<usize>) {
        let note = Note { name: name.to_string(), span, events: Vec::new() };
        self.footnotes.open.push((note, std::mem::take(&mut self.events)));
    }

    /// Puts a definition aside.
    pub fn end_footnote(&mut self) {
        if let Some((mut note, before)) = self.footnotes.open.pop() {
            note.events = std::mem::replace(&mut self.events, before);
            self.footnotes.defined.push(note);
        }
    }

    /// Reports the mark of a footnote without a definition: it is shown as text.
    pub fn unknown_footnotes(&mut self, span: Range<usize>) {
        if !self.footnotes.possible {
            return;
        }
        let written = &self.text[span.clone()];
        for (at, _) in written.match_indices("[^") {
            if self.is_escaped(span.start + at) {
                continue;
            }
            let Some(end) = written[at..].find(']') else { break };
            let name = &written[at + 2..at + end];
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                let span = span.start + at..span.start + at + end + 1;
                let help = format!("define it below, on a line of its own: `[^{name}]: ...`");
                self.problem(Code::FootnoteUnknown, span, format!("no footnote `{name}` is defined"), help);
            }
        }
    }

    /// Numbers the marks, first those of the text and then those in notes, and writes the notes that have one. Others are
    /// reported: they would be on no page.
    pub fn append_footnotes(&mut self) {
        if !self.footnotes.possible {
            return;
        }
        let mut notes: HashMap<String, Note<'a>> = HashMap::new();
        for note in std::mem::take(&mut self.footnotes.defined) {
            match notes.entry(folded(&note.name)) {
                Entry::Occupied(_) => {
                    let message = format!("the footnote `{}` is defined before, and this one is on no page", note.name);
                    self.lost(&note.span, message, "give one of the two another name");
                }
                Entry::Vacant(free) => {
                    free.insert(note);
                }
            }
        }
        let prefix = self.free_prefix(notes.len(), self.most_marks(&notes));
        let texts = &self.reading.schema.texts;
        let mut marks = Marks::default();
        self.events = marks.number(std::mem::take(&mut self.events), &prefix, texts);
        let mut shown = Vec::new();
        while let Some((name, _)) = marks.counts.get(shown.len()) {
            let Some(note) = notes.remove(name) else { break };
            shown.push(marks.number(note.events, &prefix, texts));
        }
        let mut unused: Vec<_> = notes.into_values().collect();
        unused.sort_by_key(|note| note.span.start);
        for note in unused {
            let message = format!("nothing refers to the footnote `{}`, and it is on no page", note.name);
            self.lost(&note.span, message, &format!("write `[^{}]` where it belongs, or take it out", note.name));
        }
        if shown.is_empty() {
            return;
        }
        let label = escape(texts.get("footnotes"));
        self.raw(format!("<section class=\"footnotes\" aria-label=\"{label}\">\n<ol>\n"));
        let back = escape(texts.get("footnote-back"));
        for (at, events) in shown.into_iter().enumerate() {
            let number = at + 1;
            self.raw(format!("<li id=\"fn-{prefix}{number}\">"));
            self.events.extend(events);
            for time in 1..=marks.counts[at].1 {
                let id = mark_id(&prefix, number, time);
                self.ids.take(&id);
                let label = if time == 1 { String::new() } else { format!(" ({time})") };
                let sign = if time == 1 { String::new() } else { format!("<sup>{time}</sup>") };
                self.raw(format!("<a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{back}{label}\">←{sign}</a>"));
            }
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
    }

    /// What the ids of this text's notes have before their number, so that no other id of the page is the same.
    fn free_prefix(&mut self, notes: usize, most_marks: usize) -> String {
        let is_free = |prefix: &str| {
            let has = |number: usize, time: usize| self.ids.has(&mark_id(prefix, number, time));
            (1..=notes).all(|number| {
                !self.ids.has(&format!("fn-{prefix}{number}")) && !(1..=most_marks).any(|time| has(number, time))
            })
        };
        let mut prefixes = std::iter::once(String::new()).chain((2..).map(|number: usize| format!("{number}-")));
        let prefix = prefixes.find(|prefix| is_free(prefix)).unwrap_or_default();
        for number in 1..=notes {
            self.ids.take(&format!("fn-{prefix}{number}"));
            self.ids.take(&mark_id(&prefix, number, 1));
        }
        prefix
    }

    /// How often a note is referred to at most.
    fn most_marks(&self, notes: &HashMap<String, Note<'a>>) -> usize {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for event in self.events.iter().chain(notes.values().flat_map(|note| &note.events)) {
            if let Event::FootnoteReference(name) = event {
                *counts.entry(folded(name)).or_default() += 1;
            }
        }
        counts.into_values().max().unwrap_or_default()
    }

    /// Reports what the page does not show.
    pub fn lost(&mut self, span: &Range<usize>, message: String, help: &str) {
        let length = self.text[span.clone()].trim_end().len();
        self.problem(Code::TextLost, span.start..span.start + length, message, help);
    }
}

impl Marks {
    /// The events with the marks in them written.
    fn number<'a>(&mut self, events: Vec<Event<'a>>, prefix: &str, texts: &Texts) -> Vec<Event<'a>> {
        let mark = |event| match event {
            Event::FootnoteReference(name) => Event::InlineHtml(self.mark(&name, prefix, texts)),
            event => event,
        };
        events.into_iter().map(mark).collect()
    }

    fn mark<'a>(&mut self, name: &str, prefix: &str, texts: &Texts) -> CowStr<'a> {
        let next = self.numbers.len() + 1;
        let name = folded(name);
        let number = *self.numbers.entry(name.clone()).or_insert(next);
        if number == next {
            self.counts.push((name, 0));
        }
        let (_, count) = &mut self.counts[number - 1];
        *count += 1;
        let id = mark_id(prefix, number, *count);
        let label = texts.say("footnote", &[("n", &number.to_string())]);
        let label = escape(&label);
        format!(
            r##"<sup class="footnote"><a href="#fn-{prefix}{number}" id="{id}" aria-label="{label}">{number}</a></sup>"##
        )
        .into()
    }
}

/// The id of a mark: `fnref-1`, and `fnref-1-2` where it is the second of its note.
fn mark_id(prefix: &str, number: usize, time: usize) -> String {
    if time == 1 { format!("fnref-{prefix}{number}") } else { format!("fnref-{prefix}{number}-{time}") }
}

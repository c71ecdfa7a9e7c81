//! Footnotes: they stand at the end, in the order in which the text refers to them.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::Writer;
use crate::diagnostics::Code;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// Whether there is anything in the text that could be the mark of one.
    possible: bool,
    /// Those whose definitions are open, with what was written before each.
    open: Vec<(String, Vec<Event<'a>>)>,
    /// Those that were defined.
    defined: Vec<(String, Vec<Event<'a>>)>,
    /// The numbers of those that the text refers to.
    numbers: HashMap<String, usize>,
}

impl Footnotes<'_> {
    /// Those of a text that was not read yet.
    pub fn of(text: &str) -> Self {
        Self { possible: text.contains("[^"), ..Self::default() }
    }
}

impl Writer<'_> {
    /// Begins a definition: what follows belongs to it.
    pub fn start_footnote(&mut self, name: &str) {
        self.footnotes.open.push((name.to_string(), std::mem::take(&mut self.events)));
    }

    /// Puts a definition aside.
    pub fn end_footnote(&mut self) {
        if let Some((name, before)) = self.footnotes.open.pop() {
            let definition = std::mem::replace(&mut self.events, before);
            self.footnotes.defined.push((name, definition));
        }
    }

    /// Writes the mark of a footnote.
    pub fn footnote_reference(&mut self, name: &str) {
        let numbers = &mut self.footnotes.numbers;
        let next = numbers.len() + 1;
        let seen = numbers.contains_key(name);
        let number = *numbers.entry(name.to_string()).or_insert(next);
        let id = if seen { String::new() } else { format!(r#" id="fnref-{number}""#) };
        self.raw(format!(
            r##"<sup class="footnote"><a href="#fn-{number}"{id} aria-label="Footnote {number}">{number}</a></sup>"##
        ));
    }

    /// Reports the mark of a footnote that nobody defined: it comes back as text.
    pub fn unknown_footnotes(&mut self, span: Range<usize>) {
        if !self.footnotes.possible {
            return;
        }
        let written = &self.text[span.clone()];
        for (at, _) in written.match_indices("[^").filter(|(at, _)| !written[..*at].ends_with('\\')) {
            let Some(end) = written[at..].find(']') else { break };
            let name = &written[at + 2..at + end];
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                let span = span.start + at..span.start + at + end + 1;
                let help = format!("define it below, on a line of its own: `[^{name}]: ...`");
                self.problem(Code::FootnoteUnknown, span, format!("no footnote `{name}` is defined"), help);
            }
        }
    }

    /// Writes the definitions that the text refers to.
    pub fn append_footnotes(&mut self) {
        let mut notes: Vec<_> = std::mem::take(&mut self.footnotes.defined)
            .into_iter()
            .filter_map(|(name, events)| Some((*self.footnotes.numbers.get(&name)?, events)))
            .collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        self.raw("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (number, events) in notes {
            self.raw(format!("<li id=\"fn-{number}\">"));
            self.events.extend(events);
            self.raw(format!(
                "<a class=\"footnote-back\" href=\"#fnref-{number}\" aria-label=\"Back to the text\">←</a></li>\n"
            ));
        }
        self.raw("</ol>\n</section>\n");
    }
}

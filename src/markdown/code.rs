//! Pieces of code: the file they are from, lines that are marked, inserted or deleted, numbers, wrapping.
//!
//! All of it stands behind the language: ```` ```rust title="a.rs" {2,4-6} ins={3} del={4} numbers wrap ````.

use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{Event, TagEnd};

use super::events::{Events, words};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::{escape, push_escaped};

/// What stands behind the language of a piece of code.
#[derive(Debug, Default, PartialEq, Eq)]
struct Info<'a> {
    language: &'a str,
    title: Option<&'a str>,
    marked: Lines,
    inserted: Lines,
    deleted: Lines,
    numbers: bool,
    wrap: bool,
}

/// Lines by their numbers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lines(Vec<RangeInclusive<usize>>);

impl Lines {
    /// Reads `2,4-6`; none where it is something else.
    fn of(text: &str) -> Option<Self> {
        let range = |part: &str| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            Some(from.trim().parse().ok()?..=to.trim().parse().ok()?)
        };
        text.split(',').map(range).collect::<Option<_>>().map(Self)
    }

    fn has(&self, line: usize) -> bool {
        self.0.iter().any(|range| range.contains(&line))
    }

    fn last(&self) -> usize {
        self.0.iter().map(|range| *range.end()).max().unwrap_or_default()
    }
}

impl<'a> Info<'a> {
    /// Reads what stands behind the fence. What is unknown belongs to other programs.
    fn of(info: &'a str) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || c == '{' || c == ',').unwrap_or(info.len());
        let (language, mut rest) = info.split_at(end);
        let mut read = Self { language, ..Self::default() };
        if language.contains('=') {
            (read.language, rest) = ("", info);
        }
        while let Some((word, behind)) = next_word(rest) {
            rest = behind;
            let lines = |name: &str| Lines::of(word.strip_prefix(name)?.strip_prefix('{')?.strip_suffix('}')?);
            if let Some(lines) = lines("") {
                read.marked = lines;
            } else if let Some(lines) = lines("ins=") {
                read.inserted = lines;
            } else if let Some(lines) = lines("del=") {
                read.deleted = lines;
            } else if let Some(title) = word.strip_prefix("title=") {
                read.title = Some(title.trim_matches(['"', '\'']));
            } else if word == "numbers" {
                read.numbers = true;
            } else if word == "wrap" {
                read.wrap = true;
            }
        }
        read
    }

    /// Whether the lines are told apart.
    fn has_lines(&self) -> bool {
        self.numbers || [&self.marked, &self.inserted, &self.deleted].iter().any(|lines| !lines.0.is_empty())
    }

    fn is_plain(&self) -> bool {
        self.language.is_empty() && self.title.is_none() && !self.wrap && !self.has_lines()
    }
}

/// The next word of an info string, in which quotes and braces hold spaces together.
fn next_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut closing = None;
    let end = text.char_indices().find(|(_, c)| {
        match (closing, c) {
            (Some(end), c) if end == *c => closing = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => closing = Some(*c),
            (None, '{') => closing = Some('}'),
            (None, c) => return c.is_whitespace(),
        }
        false
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    (end > 0).then(|| text.split_at(end))
}

impl<'a> Writer<'a> {
    /// Writes a fenced piece of code as a figure. Without a language or anything else behind its fence it is left as it is.
    pub(super) fn figure_of_code(&mut self, info: &str, span: &Range<usize>, events: &mut Events<'a>) -> bool {
        let read = Info::of(info);
        if read.is_plain() {
            return false;
        }
        let mut code = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.out.body.words += words(&code);
        self.check_lines(&read, code.lines().count(), info, span);
        let texts = &self.reading.schema.texts;
        let mut html = String::with_capacity(code.len() + 256);
        html.push_str("<figure class=\"code");
        html.push_str(if read.wrap { " wrap" } else { "" });
        html.push_str(if read.numbers { " numbers" } else { "" });
        html.push_str("\">");
        if let Some(title) = read.title {
            html.push_str(&format!("<figcaption>{}</figcaption>", escape(title)));
        }
        html.push_str(&format!(
            "<button type=\"button\" class=\"plain copy\" hidden data-done=\"{}\">{}</button>",
            escape(texts.get("copied")),
            escape(texts.get("copy"))
        ));
        html.push_str("<pre tabindex=\"0\"><code");
        if !read.language.is_empty() {
            html.push_str(&format!(" class=\"language-{}\"", escape(read.language)));
        }
        html.push('>');
        push_lines(&mut html, &read, &code);
        html.push_str("</code></pre></figure>\n");
        self.raw(html);
        true
    }

    /// Reports lines that the code has not.
    fn check_lines(&mut self, read: &Info<'_>, count: usize, info: &str, span: &Range<usize>) {
        let last = [&read.marked, &read.inserted, &read.deleted].iter().map(|lines| lines.last()).max();
        let Some(last) = last.filter(|last| *last > count) else { return };
        let begin = self.text[span.clone()].find(info).map_or(span.start, |at| span.start + at);
        let message =
            format!("the code has {count} line{}, and none is line {last}", if count == 1 { "" } else { "s" });
        let help = "count the lines from 1, and not that of the fence";
        self.problem(Code::MarkdownUnread, begin..begin + info.len(), message, help);
    }
}

fn push_lines(html: &mut String, read: &Info<'_>, code: &str) {
    if !read.has_lines() {
        return push_escaped(html, code);
    }
    for (at, line) in code.split_inclusive('\n').enumerate() {
        let number = at + 1;
        let element = match number {
            number if read.deleted.has(number) => "del",
            number if read.inserted.has(number) => "ins",
            number if read.marked.has(number) => "mark",
            _ => "span",
        };
        html.push_str(&format!("<{element} class=\"l\">"));
        push_escaped(html, line);
        html.push_str(&format!("</{element}>"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_language_is_read() {
        let read = Info::of("rust title=\"src/a b.rs\" {2, 4-6} ins={3} del={4} numbers wrap linenos=table");
        assert_eq!((read.language, read.title), ("rust", Some("src/a b.rs")));
        assert!(read.marked == Lines(vec![2..=2, 4..=6]) && read.inserted.has(3) && read.deleted.has(4));
        assert!(read.numbers && read.wrap);
        assert_eq!(Info::of("rust,ignore").language, "rust");
        assert_eq!(Info::of("js{1}").marked, Lines(vec![1..=1]));
        assert_eq!(Info::of("title=a.txt").title, Some("a.txt"));
        assert!(Info::of("").is_plain() && !Info::of("text").is_plain());
    }

    #[test]
    fn what_is_no_list_of_lines_is_left_alone() {
        for info in [
            "rust {x}",
            "rust {",
            "rust {1",
            "rust {-}",
            "rust {}",
            "rust ins=3",
            "rust \"open",
            "rust {99999999999999999999}",
        ] {
            assert!(!Info::of(info).has_lines(), "{info}");
        }
    }
}

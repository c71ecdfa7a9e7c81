//! Pieces of code: the file they are from, lines that are marked, inserted or deleted, numbers, wrapping, colours.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::author_signs::AuthorSigns;
use super::code_info::{CodeInfo, place_of};
use super::events::Events;
use super::plain_text::without_comments;
use super::writer::Writer;
use crate::code_colours::{ColouredPiece, coloured};
use crate::diagnostics::Code;
use crate::html::{escape, push_escaped};
use crate::sentences::words;

impl<'a> Writer<'a> {
    /// Writes a fenced piece of code as a figure. Without a language or anything else behind its fence it is left as it is.
    pub(super) fn figure_of_code(&mut self, info: &str, span: &Range<usize>, events: &mut Events<'a>) -> bool {
        let read = CodeInfo::of(info);
        self.check_info(&read, info, span);
        if read.is_plain() {
            return false;
        }
        let (mut code, mut inside) = (String::new(), span.clone());
        for (event, at) in events.by_ref() {
            match event {
                Event::Text(text) => {
                    if code.is_empty() {
                        inside.start = at.start;
                    }
                    inside.end = at.end;
                    code.push_str(&text);
                }
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        if read.language == "math" && self.reading.schema.markdown.math {
            self.formula_at(&code, &inside, true);
            return true;
        }
        self.out.body.words += words(&code);
        self.check_lines(&read, code.lines().count(), info, span);
        let title = read.title.map(|title| self.public_title(title, info, span));
        let texts = &self.reading.schema.texts;
        let mut html = String::with_capacity(code.len() + 256);
        html.push_str("<figure class=\"code");
        html.push_str(if read.wrap { " wrap" } else { "" });
        html.push_str(if read.numbers { " numbers" } else { "" });
        html.push_str("\">");
        if let Some(title) = title {
            html.push_str(&format!("<figcaption>{}</figcaption>", escape(&title)));
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
        let colours = coloured(read.language, &code).unwrap_or_default();
        push_lines(&mut html, &read, &code, &colours);
        html.push_str("</code></pre></figure>\n");
        self.raw(html);
        true
    }

    /// Reports what stands behind the fence and means nothing: once for each fence, up to the end, since a line of code may
    /// have been joined to it.
    fn check_info(&mut self, read: &CodeInfo<'_>, info: &str, span: &Range<usize>) {
        let Some((place, help)) = read.unread.first() else { return };
        let word = &info[place.clone()];
        let begin = self.place_of_info(info, span);
        // Where signs were written as entities, nobody knows where the word stands.
        let behind = info[place.start..].trim_end();
        let at = begin.start + place.start..begin.start + place.start + behind.len();
        let at = if self.text.get(at.clone()) == Some(behind) { at } else { begin };
        let message = format!("`{word}` says nothing of this code");
        self.problem(Code::MarkdownUnread, at, message, help.clone());
    }

    /// A title without what it holds for authors alone, which is reported: it is a plain text.
    fn public_title<'t>(&mut self, title: &'t str, info: &str, span: &Range<usize>) -> Cow<'t, str> {
        let line = self.text[span.clone()].split('\n').next().unwrap_or_default();
        // What was escaped is told from the line alone.
        if ["\\%%", "\\<!--"].iter().any(|sign| line.contains(sign)) {
            return title.into();
        }
        let (public, problem) = without_comments(title, AuthorSigns::of_site(&self.reading.schema.markdown));
        if let Some(problem) = problem {
            let begin = self.place_of_info(info, span).start + place_of(title, info).start;
            let is_there = self.text.get(begin..begin + title.len()) == Some(title);
            let at = begin + problem.span.start..begin + problem.span.end;
            let at = if is_there { at } else { span.start..span.start + line.len() };
            let help = "take it out of the title, or write a backslash before its first sign if it is text";
            self.problem(problem.code, at, problem.message, help);
        }
        public
    }

    /// Reports lines that the code has not.
    fn check_lines(&mut self, read: &CodeInfo<'_>, count: usize, info: &str, span: &Range<usize>) {
        let last = [&read.marked, &read.inserted, &read.deleted].iter().map(|lines| lines.last()).max();
        let Some(last) = last.filter(|last| *last > count) else { return };
        let message =
            format!("the code has {count} line{}, and none is line {last}", if count == 1 { "" } else { "s" });
        let help = "count the lines from 1, and not that of the fence";
        self.problem(Code::MarkdownUnread, self.place_of_info(info, span), message, help);
    }

    /// Where in the text the info string of a fence stands.
    fn place_of_info(&self, info: &str, span: &Range<usize>) -> Range<usize> {
        let line = self.text[span.clone()].split('\n').next().unwrap_or_default();
        match line.find(info) {
            Some(at) => span.start + at..span.start + at + info.len(),
            None => span.start..span.start + line.len(),
        }
    }
}

fn push_lines(html: &mut String, read: &CodeInfo<'_>, code: &str, colours: &[ColouredPiece]) {
    let mut colours = colours.iter().peekable();
    let mut begin = 0;
    for (at, line) in code.split_inclusive('\n').enumerate() {
        let number = at + 1;
        let element = match number {
            _ if !read.has_lines() => None,
            number if read.deleted.has(number) => Some("del"),
            number if read.inserted.has(number) => Some("ins"),
            number if read.marked.has(number) => Some("mark"),
            _ => Some("span"),
        };
        if let Some(element) = element {
            html.push_str(&format!("<{element} class=\"l\">"));
        }
        let end = begin + line.len();
        let mut from = begin;
        while let Some((range, class)) = colours.next_if(|(range, _)| range.start < end) {
            push_escaped(html, &code[from..range.start]);
            html.push_str(&format!("<span class=\"{class}\">"));
            push_escaped(html, &code[range.clone()]);
            html.push_str("</span>");
            from = range.end;
        }
        push_escaped(html, &code[from..end]);
        if let Some(element) = element {
            html.push_str(&format!("</{element}>"));
        }
        begin = end;
    }
}

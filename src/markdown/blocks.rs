//! Blocks that are more than Markdown: code, data blocks and HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::RawBlock;
use super::events::Events;
use super::tags::starts;
use super::writer::Writer;
use crate::diagnostics::{Code, nearest};
use crate::model::body::Filling;
use crate::span::Offset;

/// Names of code of which other tools make a drawing or a list.
const DRAWN_ELSEWHERE: [&str; 7] = ["mermaid", "dataview", "dataviewjs", "plantuml", "excalidraw", "tasks", "base"];

/// So far before the end of an element its beginning behind a backslash is looked for, in bytes.
const LONGEST_ELEMENT: usize = 2_000;

impl<'a> Writer<'a> {
    /// A piece of code, which is a data block if it has the name of one.
    pub fn start_code(&mut self, kind: CodeBlockKind<'a>, span: Range<usize>, events: &mut Events<'a>) {
        if let CodeBlockKind::Fenced(info) = &kind {
            let name = info.split_whitespace().next().unwrap_or_default();
            if self.reading.blocks.contains(name) {
                return self.data_block(name, span, events);
            }
            self.unknown_block(name, &span);
            self.drawn_elsewhere(name, &span);
            self.open_fence(&span, events.rest());
            if self.figure_of_code(info, &span, events) {
                return;
            }
        }
        self.open.quiet += 1;
        self.open.code = true;
        // What may scroll has to be reached by keys.
        self.raw("<pre tabindex=\"0\"><code>".to_string());
    }

    /// The end of a piece of code.
    pub fn end_code(&mut self) {
        self.open.quiet -= 1;
        self.open.code = false;
        self.raw("</code></pre>\n".to_string());
    }

    /// Reports a fence that is never closed: all that follows is code. Behind the last line of code stands nothing.
    fn open_fence(&mut self, span: &Range<usize>, rest: &[(Event<'a>, Range<usize>)]) {
        if !is_closed(self.text, span, rest) {
            let line = self.text[span.clone()].lines().next().unwrap_or_default().trim_end();
            let message = "this piece of code is never closed, and all that follows is a part of it";
            let help = "put the same fence on a line of its own behind it";
            self.problem(Code::FenceOpen, span.start..span.start + line.len(), message, help);
        }
    }

    fn data_block(&mut self, name: &str, span: Range<usize>, events: &mut Events<'a>) {
        let closed = is_closed(self.text, &span, events.rest());
        let span = self.global(&span);
        let mut block = RawBlock { name: name.to_string(), text: String::new(), text_at: span.start, span, closed };
        for (event, at) in events {
            let Event::Text(text) = event else { break };
            if block.text.is_empty() {
                block.text_at = self.global(&at).start;
            }
            block.text.push_str(&text);
        }
        self.hole(Filling::Block(self.out.blocks.len() as Offset));
        self.out.blocks.push(block);
    }

    /// Reports a fenced block with nearly the name of a data block.
    fn unknown_block(&mut self, name: &str, span: &Range<usize>) {
        if name.len() <= 3 {
            return;
        }
        let near = nearest(name, self.reading.blocks.iter().map(String::as_str));
        if let (Some(near), Some(at)) = (near.first(), self.text[span.clone()].find(name)) {
            let message = format!("`{name}` is no data block, and the page shows its text as it is");
            let help = format!("did you mean `{near}`?");
            self.problem(Code::MarkdownUnread, span.start + at..span.start + at + name.len(), message, help);
        }
    }

    /// Reports code of which other tools make a drawing or a list, once for each sort.
    fn drawn_elsewhere(&mut self, name: &str, span: &Range<usize>) {
        let is_box = name.starts_with("ad-") || name.starts_with("{admonition}") || name.starts_with("{note}");
        let at = span.start + self.text[span.clone()].find(name).unwrap_or_default();
        let span = at..at + name.len();
        if !(DRAWN_ELSEWHERE.contains(&name) || is_box) || !self.is_first(format!("```{name}"), &span) {
            return;
        }
        let message = format!("`{name}` draws nothing here: the page shows its code");
        let help = match is_box {
            true => "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `",
            false => {
                "save what it draws as a picture, or declare a data block of this name: a template `blocks/NAME.html`"
            }
        };
        self.problem(Code::MarkdownUnread, span, message, help);
    }

    /// A block of raw HTML where the site does not allow it: a paragraph that shows what was written.
    pub fn html_block(&mut self, span: Range<usize>, events: &mut Events<'a>) {
        let mut html = String::new();
        for (event, _) in events {
            let (Event::Html(part) | Event::Text(part)) = event else { break };
            html.push_str(&part);
        }
        if !html.trim().is_empty() {
            self.push(Tag::Paragraph);
            self.raw_html(html.into(), span);
            self.events.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Raw HTML where the site does not allow it: shown as text, and each element reported once.
    pub fn raw_html(&mut self, html: CowStr<'a>, span: Range<usize>) {
        let said = html.trim_start();
        let name = said.trim_start_matches(['<', '/']);
        let name =
            name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len())].to_lowercase();
        // The end of an element whose beginning stands above is reported with that, and is text where that is.
        self.begun.extend(starts(said).into_iter().map(|start| start.name));
        let near = self.text.floor_char_boundary(span.start.saturating_sub(LONGEST_ELEMENT));
        let is_text = || self.text[near..span.start].to_ascii_lowercase().contains(&format!("\\<{name}"));
        let is_end = said.starts_with("</") && (self.begun.contains(&name) || is_text());
        if !said.starts_with("<!--") && !is_end && self.is_first(format!("<{name}"), &span) {
            let help = "write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml";
            self.problem(Code::HtmlRaw, span, "raw HTML is shown as text", help);
        }
        self.events.push(Event::Text(html));
    }
}

/// Whether a fenced piece of code is closed, of which these events come: then something stands behind its last line.
fn is_closed(text: &str, span: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> bool {
    let inside = rest.iter().take_while(|(event, _)| matches!(event, Event::Text(_)));
    let first_line = text[span.clone()].find('\n').map_or(span.end, |end| span.start + end);
    let end = inside.last().map_or(first_line, |(_, at)| at.end).min(span.end);
    text[end..span.end].contains(['`', '~'])
}

//! Blocks that are more than Markdown: data blocks, alerts and HTML.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::RawBlock;
use super::events::Events;
use super::writer::Writer;
use crate::diagnostics::{Code, nearest};
use crate::model::doc::Filling;
use crate::span::Offset;

impl<'a> Writer<'a> {
    /// A piece of code, which is a data block if it has the name of one.
    pub fn start_code(&mut self, kind: CodeBlockKind<'a>, span: Range<usize>, events: &mut Events<'a>) {
        if let CodeBlockKind::Fenced(info) = &kind {
            let name = info.split_whitespace().next().unwrap_or_default();
            if self.reading.blocks.contains(name) {
                return self.data_block(name, span, events);
            }
            self.unknown_block(name, &span);
        }
        self.open.quiet += 1;
        self.open.code = true;
        self.push(Tag::CodeBlock(kind));
    }

    /// The end of a piece of code.
    pub fn end_code(&mut self) {
        self.open.quiet -= 1;
        self.open.code = false;
        self.events.push(Event::End(TagEnd::CodeBlock));
    }

    fn data_block(&mut self, name: &str, span: Range<usize>, events: &mut Events<'a>) {
        let written = self.text[span.clone()].trim_end();
        let closed = written.lines().count() > 1 && written.ends_with(['`', '~']);
        let span = self.global(&span);
        let mut block = RawBlock { name: name.to_string(), text: String::new(), text_at: span.start, span, closed };
        for (event, at) in events {
            let Event::Text(text) = event else { break };
            if block.text.is_empty() {
                block.text_at = self.offset + at.start;
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

    /// A quote, or an alert, which is written as one.
    pub fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.open.alerts.push(kind.is_some());
        let Some(kind) = kind else { return self.push(Tag::BlockQuote(None)) };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Worth knowing"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Get help"),
        };
        self.raw(format!(
            "<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{title}</p><div class=\"alert-body\">\n"
        ));
    }

    /// The end of a quote or an alert.
    pub fn end_quote(&mut self, kind: Option<BlockQuoteKind>) {
        if self.open.alerts.pop() == Some(true) {
            self.raw("</div></div>\n");
        } else {
            self.events.push(Event::End(TagEnd::BlockQuote(kind)));
        }
    }

    /// A block of raw HTML where the site does not allow it: a paragraph that shows what was written.
    pub fn html_block(&mut self, span: Range<usize>, events: &mut Events<'a>) {
        let mut html = String::new();
        for (event, _) in events {
            let (Event::Html(part) | Event::Text(part)) = event else { break };
            html.push_str(&part);
        }
        if !is_comment(&html) {
            self.push(Tag::Paragraph);
            self.raw_html(html.into(), span);
            self.events.push(Event::End(TagEnd::Paragraph));
        }
    }

    /// Raw HTML where the site does not allow it: shown as text and reported, but for comments.
    pub fn raw_html(&mut self, html: CowStr<'a>, span: Range<usize>) {
        if is_comment(&html) {
            return;
        }
        if !html.starts_with("</") {
            let help = "write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml";
            self.problem(Code::HtmlRaw, span, "raw HTML is shown as text", help);
        }
        self.events.push(Event::Text(html));
    }
}

fn is_comment(html: &str) -> bool {
    html.trim_start().starts_with("<!--") && html.trim_end().ends_with("-->")
}

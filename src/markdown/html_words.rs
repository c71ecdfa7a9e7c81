//! Markdown between the tags of a block of raw HTML: CommonMark reads none there, and the page shows it as it was typed.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::html::RawHtmlPiece;
use super::parsed::parse;
use super::writer::Writer;
use super::{Syntax, syntax, unknown};
use crate::diagnostics::Code;
use crate::markup::{HtmlPiece, pieces};

/// Elements in which signs are meant as they stand.
pub(super) const AS_TYPED: [&str; 12] =
    ["pre", "code", "kbd", "samp", "var", "script", "style", "textarea", "title", "xmp", "svg", "math"];

const HELP: &str = "put an empty line between it and the tags before and behind it, or write it as HTML";

impl Writer<'_> {
    /// Reports Markdown in a block of raw HTML, each kind of it once.
    pub fn check_html_words(&mut self, piece: &RawHtmlPiece) {
        let syntax = syntax(self.reading.schema);
        for words in words(&piece.html) {
            let said = &piece.html[words.clone()];
            for found in unknown::in_html(said) {
                let at = words.start + found.span.start;
                let place = piece.place(at, &piece.html[at..words.start + found.span.end]);
                if found.kind.is_none_or(|kind| kind == unknown::COMMENT_KIND || self.is_first(kind, &place)) {
                    self.problem(Code::MarkdownUnread, place, found.message, found.help);
                }
            }
            for (kind, span) in markdown_in(&piece.html[words.clone()], syntax) {
                let at = words.start + span.start;
                let place = piece.place(at, &piece.html[at..words.start + span.end]);
                if self.is_first(format!(" {kind} in HTML"), &place) {
                    let message =
                        format!("a block of HTML holds no Markdown: the page shows this {kind} as it was typed");
                    self.problem(Code::MarkdownUnread, place, message, HELP);
                }
            }
        }
    }
}

/// The texts between tags, apart from those that are meant as they stand.
pub(super) fn words(html: &str) -> Vec<Range<usize>> {
    let (mut found, mut as_typed): (Vec<Range<usize>>, Vec<&str>) = (Vec::new(), Vec::new());
    for piece in pieces(html) {
        match piece {
            HtmlPiece::Begin(tag) if !tag.is_void() => {
                as_typed.extend(AS_TYPED.iter().find(|name| tag.is(name)));
            }
            HtmlPiece::Begin(_) => {}
            HtmlPiece::End(name) => {
                if as_typed.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
                    as_typed.pop();
                }
            }
            HtmlPiece::Words(words) if as_typed.is_empty() && !words.trim().is_empty() => {
                let at = words.as_ptr() as usize - html.as_ptr() as usize;
                found.push(at..at + words.len());
            }
            HtmlPiece::Words(_) => {}
        }
    }
    found
}

/// What of a text would be Markdown, with its name and place. Signs of blocks count at the beginning of a line alone.
fn markdown_in(text: &str, syntax: Syntax) -> Vec<(&'static str, Range<usize>)> {
    let in_line = text.contains(['*', '_', '`', '[', '~']);
    let begins_blocks = text.contains('\n') && text.contains(['#', '-', '+', '>', '|', ')', '.']);
    if !in_line && !begins_blocks {
        return Vec::new();
    }
    // Lines in HTML are indented as people like it.
    let (mut read, mut lines) = (String::with_capacity(text.len()), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t']);
        lines.push((read.len(), at + line.len() - words.len()));
        read.push_str(words);
        at += line.len();
    }
    let written = |at: usize| {
        let (from, written) = lines[lines.partition_point(|(from, _)| *from <= at).saturating_sub(1)];
        written + (at - from)
    };
    let begins_line = |at: usize| at > 0 && read[..at].ends_with('\n');
    let events = parse(&read, syntax, None, &[]).events;
    let named = events.into_iter().filter_map(|(event, span)| {
        let Event::Start(tag) = event else {
            return matches!(event, Event::Code(_)).then_some(("code", span));
        };
        let (name, is_block) = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => ("emphasis", false),
            Tag::Link { .. } => ("link", false),
            Tag::Image { .. } => ("picture", false),
            Tag::List(_) => ("list", true),
            Tag::Heading { .. } => ("heading", true),
            Tag::BlockQuote(_) => ("quote", true),
            Tag::Table(_) => ("table", true),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => ("code", true),
            _ => return None,
        };
        (!is_block || begins_line(span.start)).then_some((name, span))
    });
    named.map(|(name, span)| (name, written(span.start)..written(span.end.max(1) - 1) + 1)).collect()
}

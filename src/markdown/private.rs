//! What is written for authors alone: comments `<!-- ... -->` and remarks `%%...%%`. It is taken out before a text is read.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::MarkdownProblem;
use crate::diagnostics::Code;

/// The sign with which a comment or remark begins that a plain text holds whole.
pub fn remark_in(text: &str) -> Option<&'static str> {
    if !possible(text) {
        return None;
    }
    let start = next_start(text, 0..text.len(), true)?;
    let (open, close) = if text[start..].starts_with('<') { ("<!--", "-->") } else { ("%%", "%%") };
    text[start + open.len()..].contains(close).then_some(open)
}

/// Whether a text can have any: most have none, and that is quick to see.
pub(super) fn possible(text: &str) -> bool {
    text.contains("<!--") || text.contains("%%")
}

/// Finds comments and remarks in the events of a text, in order. The end is looked for in all that follows, as people mean
/// it: not only up to the end of a paragraph. One without an end is a problem: where it should have ended is unknown.
pub(super) fn find(text: &str, events: &[(Event<'_>, Range<usize>)]) -> (Vec<Range<usize>>, Vec<MarkdownProblem>) {
    let (mut found, mut problems, mut after) = (Vec::new(), Vec::new(), 0);
    let mut code = false;
    for (event, span) in events {
        let html = match event {
            // A comment that is a block of its own parts what stands before and behind it.
            Event::Start(Tag::HtmlBlock) if is_comments(&text[span.clone()]) => {
                after = span.end.max(after);
                continue;
            }
            Event::Start(Tag::CodeBlock(_)) => {
                code = true;
                continue;
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                continue;
            }
            Event::Text(_) if !code => false,
            Event::Html(_) | Event::InlineHtml(_) => true,
            _ => continue,
        };
        if html && is_raw_text(&text[span.clone()]) {
            after = span.end.max(after); // what looks like a comment in a script is a part of the script
        }
        while let Some(start) = next_start(text, span.start.max(after)..span.end, html) {
            let (open, close) = if text[start..].starts_with('<') { ("<!--", "-->") } else { ("%%", "%%") };
            // `<!-->` is a whole comment.
            let from = start + if open == "%%" { 2 } else { 2.max(open.len() - 2) };
            let Some(end) = text[from..].find(close).map(|at| from + at + close.len()) else {
                let message = format!("`{open}` begins what is not published, and it never ends");
                let help = format!("end it with `{close}`, or write `\\{open}` for the signs themselves");
                problems.push(MarkdownProblem {
                    code: Code::CommentOpen,
                    span: start..start + open.len(),
                    message,
                    help,
                });
                return (found, problems);
            };
            let range = with_spaces(text, start..end, after);
            // An empty line would end the block of HTML around it.
            let line = matches!(event, Event::Html(_)) && (range.start == 0 || text[..range.start].ends_with('\n'));
            let newline = usize::from(line && text[range.end..].starts_with('\n'));
            found.push(range.start..range.end + newline);
            after = end;
        }
    }
    (found, problems)
}

/// Takes the blocks out of events that are comments and nothing else.
pub(super) fn drop_blocks(text: &str, events: &mut Vec<(Event<'_>, Range<usize>)>) {
    let mut dropped = 0;
    events.retain(|(event, span)| {
        if *event == Event::Start(Tag::HtmlBlock) && is_comments(&text[span.clone()]) {
            dropped = span.end;
        }
        span.start >= dropped || matches!(event, Event::End(tag) if *tag != TagEnd::HtmlBlock)
    });
}

/// Whether a block of HTML is comments and nothing else.
fn is_comments(html: &str) -> bool {
    let mut rest = html.trim_start_matches([' ', '\t', '\n', '\r', '>']);
    let mut any = false;
    while let Some(comment) = rest.strip_prefix("<!--") {
        // `<!-->` is a whole comment.
        let Some(end) = rest[2..].find("-->").filter(|_| !comment.is_empty()) else { return false };
        rest = rest[2 + end + 3..].trim_start_matches([' ', '\t', '\n', '\r', '>']);
        any = true;
    }
    any && rest.is_empty()
}

/// Whether a piece of a row of a table is comments and remarks and nothing else.
pub(super) fn is_private(piece: &str) -> bool {
    let mut rest = piece;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '|' || c.is_whitespace());
        let Some((open, close)) = [("<!--", "-->"), ("%%", "%%")].into_iter().find(|(open, _)| rest.starts_with(open))
        else {
            return rest.is_empty();
        };
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = &rest[open.len() + end + close.len()..];
    }
}

/// Where the next comment or remark begins in a piece of a text.
fn next_start(text: &str, range: Range<usize>, html: bool) -> Option<usize> {
    if range.is_empty() {
        return None;
    }
    let escaped = |at: usize| !html && text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let inside = &text[range.clone()];
    let comment = inside.match_indices("<!--").map(|(at, _)| range.start + at).find(|at| !escaped(*at));
    // `100%% of them` is a number, and a remark may follow right behind another one.
    let is_number = |at: usize| {
        text[..at].ends_with(|c: char| c.is_ascii_digit()) && !text[at + 2..].starts_with(char::is_alphanumeric)
    };
    let free = |at: usize| at == range.start || !text[..at].ends_with('%') && !is_number(at);
    let begins = |at: &usize| !escaped(*at) && free(*at);
    let remark = inside.match_indices("%%").map(|(at, _)| range.start + at).find(begins);
    comment.into_iter().chain(remark).min()
}

fn is_raw_text(html: &str) -> bool {
    let html = html.trim_start();
    ["<script", "<style", "<textarea"]
        .iter()
        .any(|tag| html.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// With the spaces beside it that would mean something once it is gone: an indented block of code, a hard line break.
fn with_spaces(text: &str, range: Range<usize>, after: usize) -> Range<usize> {
    let space = [' ', '\t'];
    let (before, behind) = (&text[after..range.start], &text[range.end..]);
    let left = before.trim_end_matches(space);
    let right = behind.trim_start_matches(space);
    let ends_line = right.is_empty() || right.starts_with(['\n', '\r']);
    if ends_line && (left.len() < before.len() || left.ends_with('\n')) {
        return after + left.len()..range.end;
    }
    let parted = before.is_empty() || before.ends_with(|c: char| c.is_whitespace());
    let end = if parted { text.len() - right.len() } else { range.end };
    range.start..end
}

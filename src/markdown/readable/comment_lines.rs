//! Definitions of links that nobody means as such: `[//]: # (a remark)`, `[comment]: <> "a remark"`. Right below words Markdown
//! reads none, and another one of the same name would make a link of it.

use std::ops::Range;

use crate::signs;

/// A comment that begins in a line.
pub(super) struct CommentLine<'t> {
    /// Its first signs.
    pub begin: Range<usize>,
    /// All of it; nothing where it never ends.
    pub range: Option<Range<usize>>,
    /// What opens it.
    pub open: &'t str,
    /// What closes it.
    pub close: &'static str,
}

/// What may stand before it on its line.
const MARKS: [char; 6] = [' ', '\t', '>', '-', '*', '+'];

/// Whether a text may have any.
pub(super) fn possible(text: &str) -> bool {
    signs::has(text, "[//]:") || signs::has(text, "omment]:")
}

/// The comment that a line is.
pub(super) fn comment(text: &str, line: Range<usize>) -> Option<CommentLine<'_>> {
    let written = text[line.clone()].trim_end();
    let rest = without_marks(written);
    let behind = rest.strip_prefix("[//]:").or_else(|| {
        let (name, behind) = rest.strip_prefix('[')?.split_once("]:")?;
        name.eq_ignore_ascii_case("comment").then_some(behind)
    })?;
    let behind = behind.trim_start().strip_prefix('#').or_else(|| behind.trim_start().strip_prefix("<>"))?;
    if !behind.is_empty() && !behind.starts_with([' ', '\t']) {
        return None;
    }
    let title = behind.trim_start();
    let (start, end) = (line.start + written.len() - rest.len(), line.start + written.len());
    let next = text[line.end..].lines().next().unwrap_or_default();
    let open_end = end - title.len();
    let Some(close) = close(title) else {
        // What it says may begin in the next line.
        let below = without_marks(next).trim_end();
        let is_below = title.is_empty() && below.len() > 1 && close(below).is_some_and(|close| below.ends_with(close));
        let range = start..if is_below { line.end + next.trim_end().len() } else { end };
        return Some(CommentLine { begin: start..end, range: Some(range), open: &text[start..end], close: "" });
    };
    let begin = start..open_end + 1;
    let is_whole = is_closed(title, close) || next.trim_matches(MARKS).trim().is_empty();
    let range = if is_whole { Some(start..end) } else { last_line(text, line.end, close).map(|end| start..end) };
    Some(CommentLine { open: &text[begin.clone()], begin, range, close })
}

/// What closes the words of a comment.
fn close(title: &str) -> Option<&'static str> {
    match title.chars().next()? {
        '(' => Some(")"),
        '"' => Some("\""),
        '\'' => Some("'"),
        _ => None,
    }
}

/// Whether the words of a comment end on their first line. Brackets in them have ends of their own.
fn is_closed(title: &str, close: &str) -> bool {
    let mut open = 0;
    let mut closes = |c: char| {
        open += usize::from(c == '(');
        open -= usize::from(c == ')' && open > 0);
        open == 0
    };
    title.len() > 1 && title.ends_with(close)
        || if close == ")" { title.chars().any(&mut closes) } else { title[1..].contains(close) }
}

/// Where the line ends that closes a comment, before the next empty one.
fn last_line(text: &str, from: usize, close: &str) -> Option<usize> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let written = line.trim_end();
        if written.trim_matches(MARKS).is_empty() {
            return None;
        }
        if written.ends_with(close) {
            return Some(at + written.len());
        }
        at += line.len();
    }
    None
}

/// A line without the signs of quotes and items.
fn without_marks(line: &str) -> &str {
    let mut rest = line.trim_start_matches(MARKS);
    // `1. ` begins an item, too.
    while let Some(behind) = Some(rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .filter(|behind| behind.len() < rest.len())
        .and_then(|behind| behind.strip_prefix(['.', ')']))
    {
        rest = behind.trim_start_matches(MARKS);
    }
    rest
}

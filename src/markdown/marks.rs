//! Marks in the HTML that `pulldown-cmark` writes, which knows no holes: they say where the holes are, and come out again.

use crate::model::body::{Body, Filling, Hole};
use crate::signs;
use crate::span::Offset;

/// Here begins text in which terms may become links.
pub(super) const TERMS_BEGIN: &str = "\0T\0";

/// Here it ends.
pub(super) const TERMS_END: &str = "\0t\0";

/// Marks a hole.
pub(super) fn mark(filling: Filling) -> String {
    let (begin, number) = match filling {
        Filling::Address(number) => ("\0A", number),
        Filling::Title(number) => ("\0N", number),
        Filling::Citation(number) => ("\0C", number),
        Filling::Block(number) => ("\0B", number),
        Filling::Image(number) => ("\0I", number),
        Filling::Bare(number) => ("\0R", number),
        Filling::Loading(number) => ("\0L", number),
        Filling::Embed(number) => ("\0E", number),
    };
    [begin, &number.to_string(), "\0"].concat()
}

/// What a mark says.
fn filling(letter: &str, number: Offset) -> Filling {
    match letter {
        "A" => Filling::Address(number),
        "N" => Filling::Title(number),
        "C" => Filling::Citation(number),
        "B" => Filling::Block(number),
        "R" => Filling::Bare(number),
        "L" => Filling::Loading(number),
        "E" => Filling::Embed(number),
        _ => Filling::Image(number),
    }
}

/// Takes the marks out of the HTML and notes where they stood.
pub(super) fn unmark(marked: &str, body: &mut Body) {
    let mut html = String::with_capacity(marked.len());
    let mut open = 0;
    let mut rest = marked;
    while let Some(at) = signs::places(rest, 0).next() {
        html.push_str(&rest[..at]);
        let mark = &rest[at + 1..];
        let Some(end) = signs::places(mark, 0).next() else { break };
        let here = html.len() as Offset;
        match mark[..end].split_at(1) {
            // A line break within a paragraph does not part what stands before and behind it.
            ("T", _) => match body.linkable.last() {
                Some(range)
                    if matches!(&html[range.end as usize..], "" | "\n")
                        && body.holes.last().is_none_or(|hole| hole.at < range.end) =>
                {
                    open = range.start;
                    body.linkable.pop();
                }
                _ => open = here,
            },
            ("t", _) => body.linkable.push(open..here),
            (letter, number) => {
                let what = filling(letter, number.parse().unwrap_or_default());
                if matches!(what, Filling::Citation(_)) {
                    join_to_word(&mut html, body);
                }
                body.holes.push(Hole { at: html.len() as Offset, what });
            }
        }
        rest = &mark[end + 1..];
    }
    html.push_str(rest);
    html.shrink_to_fit();
    body.html = html;
}

/// The marks of a citation belong to the word before them: no space, no break between them.
fn join_to_word(html: &mut String, body: &mut Body) {
    html.truncate(html.trim_end_matches(' ').len());
    if let Some(range) = body.linkable.last_mut() {
        range.end = range.end.min(html.len() as Offset);
    }
}

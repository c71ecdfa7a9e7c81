//! Comments that are written as definitions of links, `[//]: # (a remark)`. Markdown drops them where they stand alone; right
//! below words it reads no definition, and shows them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::as_typed::{ends_as_typed, starts_as_typed};
use super::events::is_inline;
use super::html_words;
use crate::signs;

/// So many characters one has at most.
const LONGEST: usize = 2_000;

/// Whether a text can have any.
pub(super) fn possible(text: &str) -> bool {
    first(text).is_some()
}

/// Where the signs of the first one in a text stand, up to what it says, whatever its name is.
pub(super) fn first(text: &str) -> Option<Range<usize>> {
    let mut ends = signs::places(text, b']').filter(|at| text[at + 1..].starts_with(':'));
    ends.find_map(|at| {
        let open = text[..at].rfind(['[', ']', '\n']).filter(|open| text[*open..].starts_with('['))?;
        let length = length_of_signs(&text[open..])?;
        (!is_escaped(text, open)).then_some(open..open + length)
    })
}

/// Those that begin a line and end one, in order. Not in code, nor where text is meant as it stands.
pub(super) fn lines(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let (mut found, mut begins, mut code, mut as_typed) = (Vec::<Range<usize>>::new(), false, false, 0usize);
    let mut words_end = 0;
    for (place, (event, span)) in events.iter().enumerate() {
        let may_begin = begins && !code && as_typed == 0;
        let is_first = found.last().is_none_or(|last| last.end <= span.start);
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::HtmlBlock) if possible(&text[span.clone()]) => found.extend(in_html(text, span)),
            Event::Start(Tag::TableRow) if is_first => found.extend(line(&text[..span.end], span.start)),
            Event::Text(_) if may_begin && is_first => {
                if span.start >= words_end {
                    words_end = end_of_words(&events[place..]);
                }
                found.extend(line(&text[..words_end], span.start));
            }
            Event::InlineHtml(html) if starts_as_typed(html) => as_typed += 1,
            Event::InlineHtml(html) if ends_as_typed(html) => as_typed = as_typed.saturating_sub(1),
            Event::End(TagEnd::Paragraph | TagEnd::Item) => as_typed = 0,
            _ => {}
        }
        begins = matches!(event, Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item));
    }
    found
}

/// Where the words end with which events begin: with their paragraph, or before the next block of their item.
fn end_of_words(events: &[(Event<'_>, Range<usize>)]) -> usize {
    let is_block = |event: &Event<'_>| match event {
        Event::Start(tag) => !is_inline(tag),
        Event::End(tag) => matches!(tag, TagEnd::Paragraph | TagEnd::Item),
        Event::Rule => true,
        _ => false,
    };
    let words = events.iter().take_while(|(event, _)| !is_block(event));
    words.map(|(_, span)| span.end).max().unwrap_or_default()
}

/// Those in a block of HTML.
fn in_html(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let (html, mut found) = (&text[block.clone()], Vec::<Range<usize>>::new());
    for words in html_words::words(html) {
        let mut at = words.start;
        for piece in html[words.clone()].split_inclusive('\n') {
            let indent = piece.len() - piece.trim_start_matches([' ', '\t', '>']).len();
            let begins = at == 0 || html[..at].ends_with('\n');
            let comment =
                Some(&text[..block.end]).filter(|_| begins).and_then(|text| line(text, block.start + at + indent));
            found.extend(comment.filter(|comment| {
                // Tags are a part of what the comment says; lines with tags below it are not.
                let is_whole = comment.end <= block.start + words.end || !text[comment.clone()].contains('\n');
                is_whole && found.last().is_none_or(|last| last.end <= comment.start)
            }));
            at += piece.len();
        }
    }
    found
}

/// The one that begins at a place of a text where a line does, if it ends with its line, or one further down in the paragraph.
fn line(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let name = &rest.strip_prefix('[')?[..rest.find("]:")?.checked_sub(1)?];
    let length = length_of_signs(rest).filter(|_| is_of_comment(name) && !is_escaped(text, at))?;
    let close = match rest[..length].chars().next_back()? {
        '(' => ')',
        quote => quote,
    };
    let (mut open, mut escaped) = (1usize, false);
    for (place, sign) in rest[length..].char_indices().take(LONGEST) {
        let behind = &rest[length + place + sign.len_utf8()..];
        let ends_line = || matches!(behind.trim_start_matches([' ', '\t', '\r']).chars().next(), None | Some('\n'));
        match sign {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '\n' if is_blank(behind) => return None,
            _ if sign == close => {
                open -= 1;
                match (open, ends_line()) {
                    (0, true) => return Some(at..at + length + place + 1),
                    (0, false) | (_, true) => return None,
                    _ => {}
                }
            }
            '(' if close == ')' => open += 1,
            _ => {}
        }
    }
    None
}

/// How long the signs are with which a text begins: `[//]: # (`, `[comment]: <> "`.
fn length_of_signs(text: &str) -> Option<usize> {
    let (name, rest) = text.strip_prefix('[')?.split_once("]:")?;
    if name.starts_with(['^', '@']) || name.starts_with('!') && name.len() > 1 || name.contains(['[', '\n']) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix('#').or_else(|| rest.strip_prefix("<>"))?;
    let said = rest.trim_start_matches([' ', '\t']);
    (said.len() < rest.len() && said.starts_with(['(', '"', '\''])).then_some(text.len() - said.len() + 1)
}

/// Whether a definition has a name that no link has.
fn is_of_comment(name: &str) -> bool {
    let word = name.trim_matches(|c: char| !c.is_alphanumeric());
    name.starts_with("//") || word.is_empty() || word.eq_ignore_ascii_case("comment")
}

/// Whether a text begins with a line on which nothing is said.
fn is_blank(text: &str) -> bool {
    text.split('\n').next().is_none_or(|line| line.trim_matches([' ', '\t', '\r', '>']).is_empty())
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_with_a_line() {
        for whole in [
            "[//]: # (a remark)",
            "[//]:# (a (long) \\) remark)  ",
            "[comment]: <> (x)",
            "[_Comment_]: # \"x\"",
            "[//begin]: # 'x'",
            "[_]: # (one\ntwo)",
            "[]: # (x)",
            "[!]: # (x)",
        ] {
            assert_eq!(line(&format!("{whole}\nwords"), 0), Some(0..whole.trim_end().len()), "{whole}");
        }
        for text in [
            "[//]: # (a) and (b)",
            "[//]: # (a :( b)\nc)",
            "[//]: # (a\n\nb)",
            "[//]: # a",
            "[//]: #(a)",
            "[//]: # (a",
            "[a]: # (b)",
            "[^_]: # (b)",
            "[//]: <a> (b)",
            "[//]: # \"a \"b\" c\"",
        ] {
            assert_eq!(line(text, 0), None, "{text}");
        }
        assert_eq!(first("so [a] [b]: # (c)"), Some(7..15));
        assert_eq!(first("so \\[b]: # (c) [^d]: # (d) [e]: f"), None);
    }

    #[test]
    fn many_signs_take_no_time() {
        for piece in ["]:", "[//]: # (", "[//]: # (\n", "[[]:", "[//]: # \"\\"] {
            assert!(first(&piece.repeat(50_000)).is_none() || piece.contains('#'), "{piece}");
        }
    }
}

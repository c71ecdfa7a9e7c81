//! What is written for authors alone: comments `<!-- ... -->` and, unless `%%` is text on the site, remarks `%%...%%`, and
//! comments that are written as definitions. It is taken out before a text is read.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::author_signs::AuthorSigns;
use super::events::is_inline;
use super::hidden::is_wide_letter;
use super::sorts::ProblemSorts;
use super::tags::starts;
use super::{MarkdownProblem, addresses, comment_definitions};
use crate::diagnostics::Code;
use crate::signs;

/// Whether a text can have any on some site: most have none, and that is quick to see.
pub(super) fn possible(text: &str) -> bool {
    signs::has(text, "<!--") || signs::has(text, "%%") || comment_definitions::possible(text)
}

/// The comments and remarks in a plain text, in order, and the report of the first that never ends. `code` is where their signs
/// are text.
pub(super) fn in_plain_text(
    text: &str,
    code: &[Range<usize>],
    authors: AuthorSigns,
) -> (Vec<Range<usize>>, Option<MarkdownProblem>) {
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    while let Some(start) = next_start(text, at..text.len(), false, authors) {
        at = match (code.iter().find(|code| code.contains(&start)), end_of(text, start)) {
            (Some(code), _) => code.end,
            (None, Some(end)) => {
                found.push(start..end);
                end
            }
            (None, None) => {
                open = open.or_else(|| open_at(text, start));
                start + 2
            }
        };
    }
    (found, open)
}

/// The signs with which what begins at a place opens and closes.
fn signs(text: &str, start: usize) -> (&'static str, &'static str) {
    if text[start..].starts_with('<') { ("<!--", "-->") } else { ("%%", "%%") }
}

/// Where the comment or remark ends that begins at a place.
fn end_of(text: &str, start: usize) -> Option<usize> {
    let (_, close) = signs(text, start);
    // `<!-->` is a whole comment.
    let from = start + 2;
    text[from..].find(close).map(|at| from + at + close.len())
}

/// Says that a comment or remark never ends; nothing of the last signs of `\%%so%%`, of which the first ones are escaped.
fn open_at(text: &str, start: usize) -> Option<MarkdownProblem> {
    let (open, close) = signs(text, start);
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    if open == "%%" && line.rfind(open).is_some_and(|at| line[..at].ends_with('\\')) {
        return None;
    }
    Some(MarkdownProblem {
        code: Code::CommentOpen,
        span: start..start + open.len(),
        message: format!("`{open}` begins what is not published, and it never ends"),
        related: Vec::new(),
        help: format!("end it with `{close}`, or write `\\{open}` for the signs themselves"),
    })
}

/// Quotes, brackets and marks, each with what closes it.
const PAIRS: [(char, char); 15] = [
    ('"', '"'),
    ('\'', '\''),
    ('“', '”'),
    ('‘', '’'),
    ('„', '“'),
    ('«', '»'),
    ('»', '«'),
    ('「', '」'),
    ('『', '』'),
    ('(', ')'),
    ('[', ']'),
    ('（', '）'),
    ('*', '*'),
    ('_', '_'),
    ('$', '$'),
];

/// So many of them are quotes.
const QUOTES: usize = 9;

/// So far before a sign the beginning of a quotation is looked for, in bytes: a line may be as long as the text.
const LONGEST_QUOTATION: usize = 500;

/// Whether the signs at both ends of a comment or remark in a piece of a text may be meant as text.
fn is_doubtful(text: &str, piece: &Range<usize>, start: usize, end: usize) -> bool {
    let (open, close) = signs(text, start);
    let inside = start + open.len()..end - close.len();
    let (before, behind) = (text[piece.start..start].chars().next_back(), text[end..].chars().next());
    let is_quoted = || PAIRS.iter().take(QUOTES).any(|&(open, close)| (before, behind) == (Some(open), Some(close)));
    inside.start < inside.end
        && (parts_quotations(text, start, inside.clone())
            || parts_elements(&text[inside.clone()])
            || open == "%%" && (is_quoted() && is_tight(text, &inside) || is_between_words(text, start, end - 2)))
}

/// Whether no space stands at the borders of a remark.
fn is_tight(text: &str, inside: &Range<usize>) -> bool {
    text[inside.clone()].trim().len() == inside.len()
}

/// Whether an element of HTML ends within it and another one begins: `<b>%%</b> and <b>%%</b>`.
fn parts_elements(inside: &str) -> bool {
    let is_end = |at: usize| inside[at + 1..].starts_with('/');
    inside.find('<').is_some_and(is_end) && inside.rfind('<').is_some_and(|at| !is_end(at))
}

/// Whether the quotation or the bracket in which it begins ends within it, and another one begins: `so "%%" and "%%"`.
fn parts_quotations(text: &str, start: usize, inside: Range<usize>) -> bool {
    let before = &text[text.floor_char_boundary(start.saturating_sub(LONGEST_QUOTATION))..start];
    let line = start - before.rsplit('\n').next().map_or(0, str::len);
    PAIRS.iter().any(|&(open, close)| {
        let opens = |at: usize| match open == close {
            true => {
                text[line..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{'))
            }
            false => text[at..].starts_with(open),
        };
        let words = &text[inside.clone()];
        text[line..start].rfind([open, close]).is_some_and(|at| opens(line + at))
            && words.find([open, close]).is_some_and(|at| !opens(inside.start + at))
            && words.rfind([open, close]).is_some_and(|at| opens(inside.start + at))
    })
}

/// Whether two signs of remarks may be those of words and numbers, `for %%i in x do echo %%j`, `100%%off and 50%%off`. A remark
/// with a space at its beginning is none of these, nor is one that stands alone within a word, `hyphen%%secret%%ation`.
fn is_between_words(text: &str, first: usize, last: usize) -> bool {
    let before = |at: usize| text[..at].chars().next_back();
    let is_number = |at: usize| before(at).is_some_and(char::is_numeric);
    let is_before_word = |at: usize| text[at + 2..].starts_with(char::is_alphanumeric);
    let is_in_word = |at: usize| before(at).is_some_and(|c| c.is_alphanumeric() && !is_wide_letter(c));
    // Behind the end of a sentence or a bracket there is no word that begins with such a sign.
    let may_begin =
        |c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | '…' | '。' | ')' | ']' | '}' | '%');
    let begins_word = |at: usize| is_before_word(at) && before(at).is_none_or(may_begin);
    let has_words = text[first + 2..last].contains(char::is_whitespace);
    is_before_word(first)
        && (begins_word(last)
            || is_before_word(last) && (is_number(last) || has_words && is_in_word(first) && is_in_word(last))
            || has_words && is_number(first) && is_number(last))
}

/// Says that such a comment or remark is held back.
fn between_words(text: &str, span: Range<usize>, html: bool) -> MarkdownProblem {
    let (open, _) = signs(text, span.start);
    // In HTML a backslash takes no meaning away.
    let (escaped, next) = match (open, html) {
        ("%%", true) => ("&#37;%", "the next one"),
        ("%%", false) => ("\\%%", "the next one"),
        (_, true) => ("&lt;!--", "`-->`"),
        (_, false) => ("\\<!--", "`-->`"),
    };
    MarkdownProblem {
        code: Code::TextLost,
        span,
        message: format!("`{open}` begins what is not published, and {next} ends it: this is on no page"),
        related: Vec::new(),
        help: format!(
            "write `{escaped}` for the signs themselves, or put a space behind the first one if it is a remark"
        ),
    }
}

/// A piece of a text in which comments and remarks are looked for.
enum Searched {
    /// Words, in which a backslash takes its meaning from a sign.
    Words(Range<usize>),
    /// HTML; `true` where it stands on lines of its own.
    Html(Range<usize>, bool),
    /// A block of comments and nothing else: it parts what stands before and behind it, and stays.
    Block(Range<usize>),
    /// A comment.
    Comment(Range<usize>),
}

/// Finds comments and remarks in the events of a text and the titles of its definitions, in order. The end is looked for in all
/// that follows, as people mean it: not only up to the end of a paragraph. One without an end is a problem: where it should
/// have ended is unknown.
pub(super) fn find(
    text: &str,
    events: &[(Event<'_>, Range<usize>)],
    definitions: &[Range<usize>],
    authors: AuthorSigns,
) -> (Vec<Range<usize>>, Vec<MarkdownProblem>) {
    let (mut found, mut problems, mut after) = (Vec::<Range<usize>>::new(), Vec::new(), 0);
    let mut sorts = ProblemSorts::default();
    let mut run = 0; // where those begin that stand one right behind the other, up to the last
    let values = values(text, events);
    for searched in searched(text, events, definitions) {
        let (span, html, lines) = match searched {
            Searched::Words(span) => (span, false, false),
            Searched::Html(span, lines) => (span, true, lines),
            Searched::Block(span) => {
                after = span.end.max(after);
                continue;
            }
            Searched::Comment(span) => {
                if span.start >= after {
                    found.push(without_line(text, span.clone(), after, found.last().map_or(0, |last| last.end), true));
                    after = span.end;
                }
                continue;
            }
        };
        if html && is_raw_text(&text[span.clone()]) {
            after = span.end.max(after); // what looks like a comment in a script is a part of the script
        }
        let mut from = span.start;
        while let Some(start) = next_start(text, from.max(after)..span.end, html, authors) {
            let found_end = end_of(text, start);
            let value = values.get(values.partition_point(|value| value.end <= start));
            let is_in = |value: &&Range<usize>| html && value.contains(&start);
            if let Some(value) = value.filter(is_in).filter(|value| found_end.is_none_or(|end| end > value.end)) {
                from = value.end;
                continue;
            }
            let Some(end) = found_end else {
                sorts.complete(&mut problems);
                problems.extend(open_at(text, start));
                return (found, problems);
            };
            if is_doubtful(text, &span, start, end) {
                let problem = between_words(text, start..end, html);
                if sorts.is_first(problem.help.clone(), start..end) {
                    problems.push(problem);
                }
            }
            if found.last().is_none_or(|last| last.end != start) {
                run = start;
            }
            let parted = text[..run].is_empty() || text[..run].ends_with(char::is_whitespace);
            let last = found.last().map_or(0, |last| last.end);
            found.push(match lines {
                true => without_line(text, start..end, after, last, parted),
                false => with_spaces(text, start..end, after, last, parted),
            });
            after = end;
        }
    }
    sorts.complete(&mut problems);
    (found, problems)
}

/// The values of attributes in which signs of comments and remarks stand: what begins in one cannot end behind it.
fn values(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let of_html = |(event, span): &(Event<'_>, Range<usize>)| {
        let is_html = matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_));
        let tags = if is_html && possible(&text[span.clone()]) { starts(&text[span.clone()]) } else { Vec::new() };
        let attributes = tags.into_iter().flat_map(|tag| tag.attributes);
        let quoted = attributes.filter(|of| text[..span.start + of.at].ends_with(['"', '\'']) && possible(of.value));
        quoted.map(|of| span.start + of.at..span.start + of.at + of.value.len()).collect::<Vec<_>>()
    };
    events.iter().flat_map(of_html).collect()
}

/// The pieces in which comments and remarks can stand, in order: not in code, nor in addresses.
fn searched(text: &str, events: &[(Event<'_>, Range<usize>)], definitions: &[Range<usize>]) -> Vec<Searched> {
    let (mut all, mut code, mut cell_end) = (Vec::new(), false, 0);
    if comment_definitions::possible(text) {
        all.extend(comment_definitions::lines(text, events).into_iter().map(Searched::Comment));
    }
    for (event, span) in events {
        match event {
            Event::End(TagEnd::TableCell) => cell_end = span.end,
            // Cells beyond the columns of the table are none.
            Event::End(TagEnd::TableRow) => all.push(Searched::Words(cell_end.min(span.end)..span.end)),
            Event::Start(Tag::HtmlBlock) if is_comments(&text[span.clone()]) => all.push(Searched::Block(span.clone())),
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => all.push(Searched::Words(span.clone())),
            Event::Html(_) => all.push(Searched::Html(span.clone(), true)),
            Event::InlineHtml(_) => all.push(Searched::Html(span.clone(), false)),
            Event::Start(
                Tag::Link { link_type: LinkType::Inline, title, .. }
                | Tag::Image { link_type: LinkType::Inline, title, .. },
            ) if possible(title) => {
                let written = &text[span.clone()];
                let end = written.strip_suffix(')').unwrap_or(written).len();
                all.extend(title_in(text, span.start..span.start + end));
            }
            _ => {}
        }
    }
    all.extend(definitions.iter().filter_map(|span| title_in(text, span.clone())));
    let start = |searched: &Searched| match searched {
        Searched::Words(span) | Searched::Html(span, _) | Searched::Block(span) | Searched::Comment(span) => span.start,
    };
    all.sort_by_key(start);
    all
}

/// The title at the end of a definition, or of a link without its last bracket.
fn title_in(text: &str, span: Range<usize>) -> Option<Searched> {
    let written = text[span.clone()].trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let open = match written.chars().next_back()? {
        quote @ ('"' | '\'') => quote,
        ')' => '(',
        _ => return None,
    };
    let inside = &written[..written.len() - 1];
    let starts = inside.match_indices(open).map(|(at, _)| at);
    let start = starts.filter(|at| inside[..*at].ends_with(char::is_whitespace)).find(|at| possible(&inside[*at..]))?;
    Some(Searched::Words(span.start + start + 1..span.start + inside.len()))
}

/// Events without the blocks that are comments and nothing else. The lines before and behind one stay lines of their own: texts
/// without a paragraph of their own, as in an item, would be one word.
pub(super) fn without_blocks<'a>(text: &str, events: Vec<(Event<'a>, Range<usize>)>) -> Vec<(Event<'a>, Range<usize>)> {
    let (mut kept, mut dropped) = (Vec::<(Event<'a>, Range<usize>)>::with_capacity(events.len()), 0);
    let mut parted = None;
    for (event, span) in events {
        if event == Event::Start(Tag::HtmlBlock) && is_comments(&text[span.clone()]) {
            dropped = span.end;
            parted = Some(span.clone());
        }
        if span.start < dropped && !matches!(&event, Event::End(tag) if *tag != TagEnd::HtmlBlock) {
            continue;
        }
        let is_line = is_in_line(&event, false) && kept.last().is_some_and(|(last, _)| is_in_line(last, true));
        kept.extend(parted.take().filter(|_| is_line).map(|span| (Event::SoftBreak, span)));
        kept.push((event, span));
    }
    kept
}

/// Whether an event is a piece of a line, or ends or begins one.
fn is_in_line(event: &Event<'_>, ends: bool) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_) => true,
        Event::Start(tag) => !ends && is_inline(tag),
        Event::End(tag) => {
            let inline = [TagEnd::Emphasis, TagEnd::Strong, TagEnd::Strikethrough, TagEnd::Link, TagEnd::Image];
            ends && inline.contains(tag)
        }
        _ => false,
    }
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

/// Whether a heading, or a piece of a row of a table, is comments and remarks and nothing else.
pub fn is_private(piece: &str, authors: AuthorSigns) -> bool {
    let mut rest = piece;
    loop {
        rest = rest.trim_start_matches(|c: char| c == '|' || c.is_whitespace());
        let signs = [("<!--", "-->"), ("%%", "%%")].into_iter().take(1 + usize::from(authors.remarks));
        let Some((open, close)) = signs.into_iter().find(|(open, _)| rest.starts_with(open)) else {
            return rest.is_empty();
        };
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = &rest[open.len() + end + close.len()..];
    }
}

/// Where the next comment begins in a piece of a text, or the next remark on a site that has any.
pub(super) fn next_start(text: &str, range: Range<usize>, html: bool, authors: AuthorSigns) -> Option<usize> {
    if range.is_empty() {
        return None;
    }
    let escaped = |at: usize| !html && text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let inside = &text[range.clone()];
    let comment = inside.match_indices("<!--").map(|(at, _)| range.start + at).find(|at| !escaped(*at));
    if !authors.remarks {
        return comment;
    }
    // `100%% of them` is a number, and a remark may follow right behind another one.
    let is_number = |at: usize| {
        text[..at].ends_with(|c: char| c.is_ascii_digit()) && !text[at + 2..].starts_with(char::is_alphanumeric)
    };
    let free = |at: usize| at == range.start || !text[..at].ends_with('%') && !is_number(at);
    let begins = |at: &usize| !escaped(*at) && free(*at) && !addresses::is_inside(text, *at);
    let remark = inside.match_indices("%%").map(|(at, _)| range.start + at).find(begins);
    comment.into_iter().chain(remark).min()
}

fn is_raw_text(html: &str) -> bool {
    let html = html.trim_start();
    ["<script", "<style", "<textarea"]
        .iter()
        .any(|tag| html.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

/// The same with the end of its line, where nothing is left of that: an empty line would end what stands around it.
fn without_line(text: &str, range: Range<usize>, after: usize, last: usize, parted: bool) -> Range<usize> {
    let range = with_spaces(text, range, after, last, parted);
    let is_line = range.start == 0 || text[..range.start].ends_with('\n');
    let newline = usize::from(is_line && text[range.end..].starts_with('\n'));
    range.start..range.end + newline
}

/// The whole line in which it stands alone, where a paragraph or a table goes on behind it: an empty line would part what stands
/// around it. `last` is where the one before it ends.
fn line_alone(text: &str, range: &Range<usize>, after: usize, last: usize) -> Option<Range<usize>> {
    let marks = [' ', '\t', '>'];
    let is_written = |line: Option<&str>| line.is_some_and(|line| !line.trim_matches(marks).trim().is_empty());
    let before = text[after..range.start].trim_end_matches(marks).strip_suffix('\n')?;
    let start = after + before.len() + 1;
    let behind = text[range.end..].trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let goes_on = start == last || is_written(before.rsplit('\n').next());
    let is_one = goes_on && is_written(behind.split('\n').next()) && !text[range.clone()].contains("\n\n");
    is_one.then(|| start..text.len() - behind.len())
}

/// With the spaces beside it that would mean something once it is gone: an indented block of code, a hard line break. `parted`:
/// a space or nothing stands before it.
fn with_spaces(text: &str, range: Range<usize>, after: usize, last: usize, parted: bool) -> Range<usize> {
    let space = [' ', '\t'];
    let (before, behind) = (&text[after..range.start], &text[range.end..]);
    let left = before.trim_end_matches(space);
    let right = behind.trim_start_matches(space);
    let ends_line = right.is_empty() || right.starts_with(['\n', '\r']);
    if ends_line && (left.len() < before.len() || left.ends_with('\n')) {
        return line_alone(text, &range, after, last).unwrap_or(after + left.len()..range.end);
    }
    let end = if parted { text.len() - right.len() } else { range.end };
    range.start..end
}

//! Signs that begin a line.

use super::super::alerts;
use super::super::unread_markup::{MarkContext, UnreadMarkup};
use super::declarations::{
    ABBREVIATION, ADMONITION, ATTRIBUTES, BOOK_INCLUDE, BOX, BULLETS, COLON_BOX, COMMENT, CONTENTS, INCLUDE,
    INDENTED_BOX, INDENTED_TABS, LATE_ALERT, MISPLACED, ORG, PIPES, PROGRAM, SNIPPET, TABS, UNSPACED, Unknown,
};

/// What begins a line. `rest` is what follows the text.
pub(in super::super) fn line(text: &str, rest: &str, context: MarkContext<'_>) -> Option<UnreadMarkup> {
    let first = text.chars().next()?;
    let behind = &text[first.len_utf8()..];
    let whole = |unknown: &Unknown, length: usize| Some(unknown.at(0..length));
    // Most lines begin with a word, and of these only lines of programs are any such thing.
    if first.is_alphabetic() {
        return program(text).and_then(|length| whole(&PROGRAM, length));
    }
    if "•◦▪‣⁃●○∙·".contains(first) && behind.starts_with(char::is_whitespace) {
        return whole(&BULLETS, first.len_utf8());
    }
    let mark = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = if (1..10).contains(&mark) && text[mark..].starts_with(['.', ')']) { mark + 1 } else { 1 };
    let is_item = mark > 1 || matches!(first, '-' | '*' | '+');
    let odd = text.get(mark..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() && !c.is_ascii()));
    let next = rest.split('\n').nth(1).map(|line| line.trim_start_matches([' ', '>'])).unwrap_or_default();
    let is_glued = unspaced(text) && unspaced(next) && item_follows(text, next);
    let is_letter = || text.get(mark..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let below_item = || is_letter() && begins_item(context.above) && item_follows(context.above, text);
    if is_item && odd || is_glued || context.goes_on && is_item && below_item() {
        return whole(&UNSPACED, mark);
    }
    // A year may begin a line of words: only with the next number below it a number was meant as an item.
    let is_misplaced = context.goes_on
        && text.get(mark..).unwrap_or_default().starts_with(' ')
        && (mark == 1 || item_follows(text, next));
    if is_item && is_misplaced {
        return whole(&MISPLACED, mark);
    }
    if ["[//]:", "[comment]:"].iter().any(|start| text.starts_with(start)) {
        return whole(&COMMENT, text.find(':').map_or(1, |at| at + 1));
    }
    if let Some(directive) = text.strip_prefix(".. ").map(|rest| rest.split_whitespace().next().unwrap_or_default())
        && directive.ends_with("::")
    {
        return whole(&ADMONITION, 3 + directive.len());
    }
    // On a site with a dialect its signs are read, and these are others.
    let or = |own: &'static Unknown, other: &'static Unknown| if context.dialect { other } else { own };
    if text.starts_with(":::") {
        // What has its name in braces is of another tool yet.
        let is_braced = text.trim_start_matches(':').trim_start().starts_with('{');
        let is_of_quarto = text.trim_start_matches(':').trim_start().starts_with("callout-");
        return whole(if is_braced || is_of_quarto { &ADMONITION } else { or(&COLON_BOX, &ADMONITION) }, 3);
    }
    if ["!!! ", "??? ", "???+ "].iter().any(|start| text.starts_with(start)) {
        return whole(or(&INDENTED_BOX, &ADMONITION), 3);
    }
    if ["=== \"", "===! \"", "===+ \""].iter().any(|start| text.starts_with(start)) {
        return whole(or(&INDENTED_TABS, &TABS), text.find('"').unwrap_or_default());
    }
    let is_fence = |sign: &str| {
        text.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|c: char| c == ' ' || c.is_alphabetic()))
    };
    if text.starts_with("::") && text[2..].starts_with(char::is_alphabetic) {
        return whole(&ADMONITION, 2);
    }
    if is_fence("/// ") {
        return whole(or(&INDENTED_BOX, &ADMONITION), 3);
    }
    if text.starts_with("{* ")
        && let Some(end) = text.lines().next().and_then(|line| line.find(" *}"))
    {
        return whole(&INCLUDE, end + " *}".len());
    }
    if ["--8<--", "<<< "].iter().any(|start| text.starts_with(start)) {
        return whole(or(&SNIPPET, &INCLUDE), text.find(' ').unwrap_or(text.len()));
    }
    if is_include(text) {
        return whole(or(&BOOK_INCLUDE, &INCLUDE), text.find("}}").map_or(3, |end| end + 2));
    }
    if ["[!INCLUDE", "[!include", "[!VIDEO", "[!video", "[[include:", "{!"].iter().any(|start| text.starts_with(start))
    {
        return whole(&INCLUDE, text.find(' ').unwrap_or(text.len()));
    }
    if let Some(line) = text.strip_prefix("#+").filter(|_| !context.dialect)
        && let Some(end) = line.find(|c: char| !c.is_ascii_alphabetic())
        && end > 0
        && line[end..].starts_with([':', '_'])
    {
        return whole(&ORG, 2 + end + 1);
    }
    if let Some(name) = text.strip_prefix("*[").and_then(|rest| rest.split_once("]: ")).map(|(name, _)| name) {
        return Some(name)
            .filter(|name| !name.contains(['\n', '[']))
            .and_then(|name| whole(&ABBREVIATION, name.len() + 4));
    }
    if let Some(name) = text.strip_prefix("[!").and_then(|rest| rest.split(']').next()).filter(|_| !context.quoted)
        && let Some(alert) = late_alert(name, 0)
    {
        return Some(alert);
    }
    if context.item
        && let Some((inside, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && is_odd_box(inside, rest)
    {
        return whole(&BOX, inside.len() + 2);
    }
    let is_comment = text.starts_with("{::comment") || text.starts_with("{:/");
    if text.starts_with("{:") && text.contains('}') && !is_comment {
        return whole(&ATTRIBUTES, text.find('}').map_or(2, |at| at + 1));
    }
    if matches!(text.trim_end().to_ascii_lowercase().as_str(), "[toc]" | "[[toc]]" | "[[_toc_]]" | "{{toc}}") {
        return whole(&CONTENTS, text.trim_end().len());
    }
    let line = text.split('\n').next().unwrap_or_default();
    let is_spoiler = line.starts_with("||") && line.matches("||").count() == 2 && line.matches('|').count() == 4;
    let row = first == '|' && line.matches('|').count() > 1 && !is_spoiler;
    let columns = line.contains('|') && line.contains("--") && line.chars().all(|c| "|-: \t\r>".contains(c));
    if row || columns {
        return whole(&PIPES, line.trim_end().len());
    }
    None
}

/// An alert that begins no quote, where its name is that of one.
pub(in super::super) fn late_alert(name: &str, at: usize) -> Option<UnreadMarkup> {
    let is_known = alerts::names().any(|known| known.eq_ignore_ascii_case(name));
    is_known.then(|| LATE_ALERT.at(at..at + name.len() + 3))
}

/// How long the line of a program is with which a text begins: `import x from "y"`, `export const x = 1`.
fn program(text: &str) -> Option<usize> {
    let line = || text.lines().next().unwrap_or_default().trim_end();
    let exports = ["export const ", "export default ", "export function "];
    let is_export = text.starts_with("export ") && exports.iter().any(|start| text.starts_with(start));
    let is_import = text.starts_with("import ") && [" from \"", " from '"].iter().any(|from| line().contains(from));
    (is_import || is_export).then(|| line().len())
}

/// Whether a line begins with the sign by which a book shows a file.
pub(super) fn is_include(text: &str) -> bool {
    text.starts_with("{{#include ") || text.starts_with("{{#rustdoc_include ")
}

/// Whether a line begins like an item of a list, without the space: `-first`, `1.first`.
fn unspaced(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    let (sign, rest) = match number(line) {
        Some((_, length)) => line.split_at(length),
        None => {
            line.split_at(line.chars().next().filter(|sign| matches!(sign, '-' | '+' | '*')).map_or(0, char::len_utf8))
        }
    };
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    // Names of parameters, of which some happen to begin a line: `-Verbose, -Debug`, `-v file`.
    let is_parameter =
        word.len() == 1 || word.ends_with(',') || rest.contains(',') && rest.contains(&format!(" {sign}"));
    !sign.is_empty() && rest.starts_with(char::is_alphabetic) && !is_parameter
}

/// Whether a line begins an item of a list.
fn begins_item(line: &str) -> bool {
    let sign = number(line).map_or(1, |(_, length)| length);
    line.get(sign..).is_some_and(|rest| rest.starts_with(' ')) && (sign > 1 || line.starts_with(['-', '*', '+']))
}

/// Whether brackets at the beginning of an item are nearly the box of a task: `[-] x`, `[x]done`, `[x ] done`.
fn is_odd_box(inside: &str, rest: &str) -> bool {
    let is_mark = matches!(inside.trim(), "" | "x" | "X") && inside.len() < 3;
    let is_sign = inside.chars().count() == 1 && !inside.chars().all(char::is_alphanumeric);
    match rest.chars().next() {
        Some(' ') => inside.is_empty() || is_sign || is_mark && inside.len() > 1,
        Some(c) => is_mark && !inside.is_empty() && c.is_alphanumeric(),
        None => false,
    }
}

/// The number with which a line begins like an item of a list, and how long it is with its sign.
fn number(line: &str) -> Option<(u64, usize)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = line.get(..digits).filter(|_| digits < 10)?.parse().ok()?;
    line[digits..].starts_with(['.', ')']).then_some((number, digits + 1))
}

/// Whether the next line begins like the item behind that of a line: with the same sign, or the next number.
fn item_follows(line: &str, next: &str) -> bool {
    match (number(line), number(next)) {
        (Some((this, _)), Some((next, _))) => next == this + 1,
        (None, None) => line.chars().next() == next.chars().next(),
        _ => false,
    }
}

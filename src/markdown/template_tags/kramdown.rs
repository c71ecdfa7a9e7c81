//! Lists of attributes of kramdown, `{: .note}`, and what else it reads between such brackets.

use std::collections::HashSet;
use std::ops::Range;

use super::contains;

/// Lists of attributes of kramdown outside of code, `{: .note}`, and what else it reads between such brackets.
pub(super) fn attribute_lists(text: &str, verbatim: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let names = attribute_names(text);
    while let Some(start) = text[at..].find("{:").map(|start| at + start) {
        at = start + 2;
        let Some(length) = text[at..].find(['}', '{', '\n']).filter(|end| text[at + end..].starts_with('}')) else {
            continue;
        };
        if contains(verbatim, start) || text[..start].ends_with(['\\', '{']) {
            continue;
        }
        let end = at + length + 1;
        let inside = text[at..end - 1].trim();
        if !(is_extension(inside) || is_attributes(inside, &names) && is_attribute_place(text, start..end)) {
            continue;
        }
        let range = match inside {
            ":comment" => {
                start..text[end..].find("{:/").map_or(text.len(), |end_at| {
                    let close = end + end_at;
                    text[close..].find('}').map_or(text.len(), |length| close + length + 1)
                })
            }
            // The list above it is only there for the contents that kramdown puts in its place.
            "toc" => {
                let line = text[..start].trim_end_matches([' ', '\t']).trim_end_matches(['\n', '\r']);
                let begin = line.rfind('\n').map_or(0, |end| end + 1);
                let item = line[begin..].trim_start();
                let is_item = item.starts_with(['*', '-', '+']) || item.starts_with(|c: char| c.is_ascii_digit());
                if is_item { begin..end } else { start..end }
            }
            _ => start..end,
        };
        at = range.end;
        found.push(range);
    }
    found
}

/// The names that a text gives lists of attributes: `{:wide: .wide}`.
pub(super) fn attribute_names(text: &str) -> HashSet<&str> {
    let inside = text.split("{:").skip(1).filter_map(|rest| rest.split(['}', '{', '\n']).next());
    inside.filter_map(|inside| Some(inside.split_once(": ")?.0)).filter(|name| is_name(name)).collect()
}

/// Whether what stands between the brackets is an extension of kramdown, or its end: `::nomarkdown`, `/`.
pub(super) fn is_extension(inside: &str) -> bool {
    let name = inside.strip_prefix([':', '/']).unwrap_or("-").trim_end_matches('/');
    let name = name.split_whitespace().next().unwrap_or_default();
    matches!(name, "comment" | "nomarkdown" | "options") || inside == "/"
}

/// Whether what stands between the brackets is attributes of kramdown throughout: `.note #a key="value"`, `toc`.
pub(super) fn is_attributes(inside: &str, names: &HashSet<&str>) -> bool {
    let named = inside.split_once(": ").filter(|(name, _)| is_name(name));
    let mut rest = named.map_or(inside, |(_, rest)| rest).trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let behind = match behind.strip_prefix('=') {
            Some(value) => {
                let Some(quote) = value.chars().next().filter(|c| is_name(word) && matches!(c, '"' | '\'')) else {
                    return false;
                };
                let Some((_, behind)) = value[1..].split_once(quote) else { return false };
                behind
            }
            // `.a.b#c` is written without spaces, too.
            None if word.starts_with(['.', '#']) && word.split(['.', '#']).skip(1).all(is_name) => behind,
            None if matches!(word, "toc" | "footnotes") || names.contains(word) => behind,
            None => return false,
        };
        rest = behind.trim_start();
    }
    true
}

pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '-'))
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'))
}

/// Whether a list of attributes belongs to something: it has a line of its own, begins an item, or stands behind a heading or
/// right behind an element or a mark.
pub(super) fn is_attribute_place(text: &str, range: Range<usize>) -> bool {
    let Some(before) = text[..range.start].chars().next_back().filter(|c| *c != '\n') else {
        return ends_line(&text[range.end..]);
    };
    if matches!(before, '*' | '_' | '`' | '~' | ')' | ']' | '>' | '}') {
        return true;
    }
    let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
    let marks = line.trim_start_matches([' ', '\t', '>']);
    let is_item = marks.len() < 6 && marks.ends_with(' ') && marks.trim_end().ends_with(['-', '*', '+', '.', ')', ':']);
    let is_item = is_item && !marks.contains(char::is_alphabetic);
    is_item || (marks.is_empty() || marks.starts_with('#')) && ends_line(&text[range.end..])
}

/// Whether nothing but further tags and lists of attributes stands in the rest of a line.
pub(super) fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n') || rest.starts_with("{:") || rest.starts_with("{%")
}

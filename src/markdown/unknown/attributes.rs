//! Attributes in braces that nothing has.

use std::ops::Range;

use super::within::{every, places};

/// Attributes behind the last word of a paragraph or an item: `{.lead}`, `{: #intro}`.
pub(super) fn own_attributes(text: &str, rest: &str) -> Option<Range<usize>> {
    let line = text.trim_end();
    if !line.ends_with('}') || !(rest.is_empty() || rest.starts_with('\n')) {
        return None;
    }
    let at = line.rfind('{')?;
    let inside = line[at + 1..line.len() - 1].trim().trim_start_matches(':').trim();
    let is_name = |word: &str| {
        word.strip_prefix(['#', '.']).is_some_and(|name| {
            name.starts_with(char::is_alphabetic)
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
        })
    };
    let before = line[..at].chars().next_back();
    (is_name(inside.split_whitespace().next()?)
        && !is_of_svelte(&line[at..])
        && before != Some('\\')
        && before != Some('{'))
    .then_some(at..line.len())
}

/// Whether a text begins with a sign of a template of Svelte: `{#if a}`, `{#each a as b}`.
pub(super) fn is_of_svelte(text: &str) -> bool {
    let rest = ["each", "if", "await"].iter().find_map(|name| text.strip_prefix("{#")?.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with([' ', '}']))
}

/// `## A [#id]`
pub(super) fn bracketed(text: &str, rest: &str) -> Option<Range<usize>> {
    let (line, at) = (text.trim_end(), text.rfind("[#")?);
    let name = line.get(at + 2..)?.strip_suffix(']')?;
    let is_name = name.starts_with(char::is_alphabetic) && !name.contains(|c: char| c == ']' || c.is_whitespace());
    let ends = rest.is_empty() || rest.starts_with('\n');
    (is_name && ends && text[..at].ends_with(' ')).then_some(at..line.len())
}

/// `see {#id} there`, `## A {#id} b`, and those that are never closed.
pub(super) fn attributes_among_words(text: &str) -> Vec<Range<usize>> {
    let read = |at: usize| {
        let inside = text[at + 2..].split('\n').next().unwrap_or_default();
        let is_name = !inside.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '}' | '#'));
        let end = match inside.find('}') {
            Some(end) => end + 1,
            None if inside.trim_end().contains(char::is_whitespace) => return None,
            None => inside.trim_end().len(),
        };
        let is_name = is_name && !is_of_svelte(&text[at..]);
        (is_name && !inside.is_empty() && !text[..at].ends_with(['\\', '{', '$'])).then_some(at..at + 2 + end)
    };
    let mut found = every(|from| places(text, "{#", from).find_map(read));
    found.extend(every(|from| places(text, "]{.", from).find_map(|at| of_brackets(text, at))));
    found.sort_by_key(|range| range.start);
    found
}

/// `[words]{.lead}`: a class of words in brackets.
fn of_brackets(text: &str, at: usize) -> Option<Range<usize>> {
    let end = at + 1 + text[at..].find('}')?;
    let class = &text[at + 3..end - 1];
    let is_class = class.starts_with(char::is_alphabetic) && !class.contains(['{', '\n']);
    (is_class && text[..at].contains('[')).then_some(at + 1..end)
}

/// Where `{: ... }` stands, in order; what never ends goes to the end of the text.
pub(super) fn attributes(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = text[at..].find("{:").map(|open| at + open) {
        at = text[open..].find('}').map_or(text.len(), |close| open + close);
        found.push(open..at);
    }
    found
}

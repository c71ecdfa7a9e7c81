//! Attributes that say how something looks in MkDocs: `{ .md-button }` behind a link, `{ width=300 }` behind a picture. They
//! are taken out, and ids become anchors, `[](){#id}`. What they say for readers stays and is reported.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// Attributes that only say how something looks or is loaded.
const OF_LOOK: [&str; 11] =
    ["class", "width", "height", "align", "loading", "target", "rel", "style", "decoding", "markdown", "download"];

/// Takes attributes out of a text, but not out of headings and code.
pub(super) fn attributes(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let (mut edits, mut at) = (Vec::new(), 0);
    if !text.contains('{') {
        return edits;
    }
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        if verbatim.at(at + line.len() - rest.len()).is_none() && !rest.starts_with('#') {
            of_line(line, at, &mut edits);
        }
        at += line.len();
    }
    edits
}

/// What stands before the id of an anchor.
const ANCHOR: &str = "[]()";

fn of_line(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let mut in_code = false;
    let mut after = 0;
    for (at, sign) in line.char_indices() {
        if sign == '`' {
            in_code = !in_code;
        }
        if sign != '{' || in_code || at < after {
            continue;
        }
        let Some(end) = line[at..].find('}').map(|end| at + end + 1) else { return };
        let before = line[..at].trim_end();
        let is_close = before.len() == at && before.ends_with([')', ']', '`', '*', '_', '>']);
        let is_last = line[end..].trim().is_empty() && (before.len() < at || before.is_empty());
        let inside = &line[at + 1..end - 1];
        if (is_close || is_last) && !before.ends_with(['\\', '{']) {
            let range = start + before.len()..start + end;
            if of_look(inside) {
                edits.push(Edit { range, with: String::new() });
            } else if let Some(id) = id(inside).filter(|_| !before.ends_with(ANCHOR)) {
                edits.push(Edit { range, with: format!("{ANCHOR}{{#{id}}}") });
            }
        }
        after = end;
    }
}

/// The id among attributes that say nothing else than how something looks.
fn id(inside: &str) -> Option<&str> {
    let inside = inside.trim().trim_start_matches(':').trim();
    let (begin, name) = inside.split_once('#')?;
    let end = name.find(char::is_whitespace).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let is_look = |part: &str| part.trim().is_empty() || of_look(part);
    let parted = begin.is_empty() || begin.ends_with(char::is_whitespace);
    (parted && is_name(name) && is_look(begin) && is_look(rest)).then_some(name)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// Whether braces hold attributes that only say how something looks.
pub(super) fn of_look(inside: &str) -> bool {
    let inside = inside.trim().trim_start_matches(':').trim();
    let is_look = |word: &str| match (word.strip_prefix('.'), word.split_once('=')) {
        (Some(class), _) => is_name(class),
        (None, Some((key, _))) => OF_LOOK.contains(&key),
        (None, None) => OF_LOOK.contains(&word),
    };
    !inside.is_empty() && inside.split_whitespace().all(is_look)
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn what_says_how_something_looks_is_taken_out() {
        for (text, read) in [
            ("[Go](a.md){ .md-button .md-button--primary }\n", "[Go](a.md)\n"),
            ("![A](a.png){ width=\"300\" align=left } and\n", "![A](a.png) and\n"),
            ("Words.\n{: .lead }\n", "Words.\n\n"),
            ("Words. {.lead}\n", "Words.\n"),
            ("[Go](a.md){ .a title=\"Read me\" }\n", "[Go](a.md){ .a title=\"Read me\" }\n"),
            ("**A**{#b .c} and [](){#d}\n", "**A**[](){#b} and [](){#d}\n"),
            ("[A](a.md){ #b title=\"C\" } \\{#d}\n", "[A](a.md){ #b title=\"C\" } \\{#d}\n"),
            ("# Head { .a }\n", "# Head { .a }\n"),
            ("`[a](b){ .c }` and {id} or {.c} in\n", "`[a](b){ .c }` and {id} or {.c} in\n"),
            ("Less:\n\n    .box { .rounded }\n", "Less:\n\n    .box { .rounded }\n"),
            ("> ```\n> a\n\nWords. {.lead}\n", "> ```\n> a\n\nWords.\n"),
            ("<pre>\n.box { .rounded }\n</pre>\n", "<pre>\n.box { .rounded }\n</pre>\n"),
            ("```\n[a](b){ .c }\n```\n", "```\n[a](b){ .c }\n```\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&attributes(text, &Verbatim::of(text, PLAIN)));
            assert_eq!(rewritten.text, read);
        }
    }
}

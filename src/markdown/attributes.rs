//! Attributes of MkDocs: `{ .md-button }` behind a link, `{ width=300 }` behind a picture, `{ style="color: red" }`. They are taken
//! out, and ids become anchors, `[](){#id}`. What they say for readers is reported.

use std::ops::Range;

use super::MarkdownProblem;
use super::rewritten::Edit;
use super::verbatim::Verbatim;
use crate::diagnostics::Code;

/// Attributes that only say how something looks or is loaded.
const OF_LOOK: [&str; 11] =
    ["class", "width", "height", "align", "loading", "target", "rel", "style", "decoding", "markdown", "download"];

/// Attributes with words for readers.
const WORDS: [&str; 3] = ["title", "alt", "aria-label"];

/// Takes attributes out of a text, but not out of headings and code. What they say for readers is reported once.
pub(super) fn attributes(text: &str, verbatim: &Verbatim) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let (mut edits, mut at) = (Vec::new(), 0);
    if !text.contains('{') {
        return Default::default();
    }
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        if verbatim.at(at + line.len() - rest.len()).is_none() && !rest.starts_with('#') {
            of_line(line, at, &mut edits);
        }
        at += line.len();
    }
    let said = edits.iter().find_map(|edit: &Edit| {
        let range = edit.range.clone();
        let inside = text[range.clone()].trim().trim_start_matches('{').trim_end_matches('}');
        parts(inside).into_iter().find_map(|part| {
            let key = part.split_once('=').map(|(key, _)| key).filter(|key| WORDS.contains(key))?;
            Some((range.clone(), key.to_string()))
        })
    });
    let problems = said.map(|(span, key)| unshown(&key, text, span));
    (edits, problems.into_iter().collect())
}

fn unshown(key: &str, text: &str, span: Range<usize>) -> MarkdownProblem {
    let space = text[span.clone()].len() - text[span.clone()].trim_start().len();
    MarkdownProblem {
        code: Code::TextLost,
        span: span.start + space..span.end,
        message: format!("what the attribute `{key}` says is on no page"),
        related: Vec::new(),
        help: "write it as text; a link and a picture have a title behind the address: `[words](address \"title\")`"
            .into(),
    }
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
            let id = parts(inside).into_iter().find_map(|part| part.strip_prefix('#'));
            match id {
                _ if !is_list(inside) => {}
                Some(_) if before.ends_with(ANCHOR) => {}
                Some(id) => edits.push(Edit { range, with: format!("{ANCHOR}{{#{id}}}") }),
                None => edits.push(Edit { range, with: String::new() }),
            }
        }
        after = end;
    }
}

/// The parts of a list of attributes: `.class`, `#id`, `key="value"`, a word.
fn parts(inside: &str) -> Vec<&str> {
    let mut rest = inside.trim().trim_start_matches(':').trim_start();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let value = rest[..end].find('=').map(|sign| sign + 1);
        let quoted = value.and_then(|at| {
            let quote = rest[at..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            rest[at + 1..].find(quote).map(|length| at + 1 + length + 1)
        });
        let (part, behind) = rest.split_at(quoted.unwrap_or(end));
        parts.push(part);
        rest = behind.trim_start();
    }
    parts
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// Whether braces hold attributes: a word or a value without quotes may be text, unless the name is known.
pub(super) fn is_list(inside: &str) -> bool {
    let is_attribute = |part: &str| match (part.strip_prefix(['.', '#']), part.split_once('=')) {
        (Some(name), _) => is_name(name),
        (None, Some((key, value))) => OF_LOOK.contains(&key) || is_name(key) && value.starts_with(['"', '\'']),
        (None, None) => OF_LOOK.contains(&part),
    };
    let parts = parts(inside);
    !parts.is_empty() && parts.into_iter().all(is_attribute)
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
            ("[Go](a.md){ .a title=\"Read me\" }\n", "[Go](a.md)\n"),
            ("**A**{ style=\"color: #EF5350\" } `b`{x=1}\n", "**A** `b`{x=1}\n"),
            ("Words.\n{ #feedback style=\"margin: 0; height: 0\" }\n", "Words.\n[](){#feedback}\n"),
            ("**A**{#b .c} and [](){#d}\n", "**A**[](){#b} and [](){#d}\n"),
            ("[A](a.md){ #b title=\"C\" } \\{#d}\n", "[A](a.md)[](){#b} \\{#d}\n"),
            ("# Head { .a }\n", "# Head { .a }\n"),
            ("`[a](b){ .c }` and {id} or {.c} in\n", "`[a](b){ .c }` and {id} or {.c} in\n"),
            ("Less:\n\n    .box { .rounded }\n", "Less:\n\n    .box { .rounded }\n"),
            ("> ```\n> a\n\nWords. {.lead}\n", "> ```\n> a\n\nWords.\n"),
            ("<pre>\n.box { .rounded }\n</pre>\n", "<pre>\n.box { .rounded }\n</pre>\n"),
            ("```\n[a](b){ .c }\n```\n", "```\n[a](b){ .c }\n```\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            let (edits, problems) = attributes(text, &Verbatim::of(text, PLAIN));
            rewritten.apply(&edits);
            assert_eq!(rewritten.text, read);
            assert_eq!(problems.len(), usize::from(text.contains("title=")), "{text}");
        }
    }
}

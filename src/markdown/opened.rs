//! Elements of HTML whose content is Markdown, `<div markdown="1">`, and fences right behind the end of an element: a block of
//! HTML ends at an empty line only, which kramdown and MkDocs do not ask for.

use std::ops::Range;

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// The key that says so.
const KEY: &str = "markdown";
/// Elements that hold no blocks.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "cite", "code", "em", "i", "kbd", "small", "span", "strong", "sub", "sup", "u"];

/// Whether a text may have such an element, or such a fence.
pub(super) fn may_have(text: &str) -> bool {
    text.contains(" markdown") || text.contains(">\n```") || text.contains(">\n~~~")
}

/// Puts empty lines where what follows is Markdown.
pub(super) fn opened(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let (mut edits, mut at, mut before) = (Vec::new(), 0, "");
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        let begin = at + line.len() - rest.len();
        let is_fence = rest.starts_with("```") || rest.starts_with("~~~");
        let is_shown = |at| verbatim.at(at).is_none() || verbatim.begins_code(at);
        if is_fence && before.starts_with("</") && before.trim_end().ends_with('>') && is_shown(begin) {
            edits.push(Edit { range: at..at, with: "\n".into() });
        } else if line.contains(KEY) {
            for tag in tags(line).filter(|tag| verbatim.at(at + tag.range.start).is_none()) {
                tag.open(text, at, &mut edits);
            }
        }
        at += line.len();
        before = rest;
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// The beginning of an element whose content is Markdown.
struct OpenTag<'t> {
    /// Where it stands in its line.
    range: Range<usize>,
    /// Where the key stands with the space before it.
    key: Range<usize>,
    name: &'t str,
    /// What stands behind it in the line.
    behind: &'t str,
}

/// Such tags of a line.
fn tags(line: &str) -> impl Iterator<Item = OpenTag<'_>> {
    line.match_indices('<').filter_map(move |(start, _)| {
        let inside = &line[start + 1..];
        let end = inside.find('>')?;
        let name_end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|at| *at > 0)?;
        let attributes = &inside[name_end..end];
        let mut keys = attributes.match_indices(KEY).filter_map(|(at, _)| {
            let space = attributes[..at].len() - attributes[..at].trim_end().len();
            let rest = &attributes[at + KEY.len()..];
            let value = rest.strip_prefix('=').map(|value| value.split([' ', '\t', '/']).next().unwrap_or_default());
            let is_value =
                |value: &str| matches!(value.trim_matches(['"', '\'']), "1" | "block" | "span" | "true" | "");
            let length = KEY.len() + value.filter(|value| is_value(value)).map_or(0, |value| value.len() + 1);
            let is_whole =
                attributes[at + length..].is_empty() || attributes[at + length..].starts_with([' ', '\t', '/']);
            (space > 0 && is_whole).then_some(at - space..at + length)
        });
        let key = keys.next()?;
        let from = start + 1 + name_end;
        Some(OpenTag {
            range: start..start + 1 + end + 1,
            key: from + key.start..from + key.end,
            name: &inside[..name_end],
            behind: &inside[end + 1..],
        })
    })
}

impl OpenTag<'_> {
    /// Takes the key out, and parts what the element holds from its tags. `at` is where its line begins.
    fn open(&self, text: &str, at: usize, edits: &mut Vec<Edit>) {
        let moved = |range: &Range<usize>| at + range.start..at + range.end;
        let name = self.name.to_ascii_lowercase();
        edits.push(Edit { range: moved(&self.key), with: String::new() });
        if INLINE.contains(&name.as_str()) {
            return;
        }
        let end = at + self.range.end;
        let close = text[end..].find(&format!("</{}>", self.name)).map(|close| end + close);
        // Markdown makes paragraphs, and a paragraph holds none.
        if let Some(close) = close.filter(|close| name == "p" && !text[end..*close].contains("\n\n")) {
            let begin = at + self.range.start + 1;
            edits.push(Edit { range: begin..begin + 1, with: "div".into() });
            edits.push(Edit { range: close + 2..close + 3, with: "div".into() });
        }
        let is_alone = self.behind.trim().is_empty();
        edits.push(Edit { range: end..end, with: if is_alone { "\n" } else { "\n\n" }.into() });
        // Behind words it would end in their paragraph, and not behind that.
        let is_behind = |close: &usize| {
            let line = text[end..*close].rsplit('\n').next().unwrap_or_default();
            !line.trim().is_empty() || !is_alone && !text[end..*close].contains('\n')
        };
        edits.extend(close.filter(is_behind).map(|close| Edit { range: close..close, with: "\n".into() }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    fn read(text: &str) -> String {
        let mut read = Rewritten::of(text);
        read.apply(&opened(text, &Verbatim::of(text, PLAIN)));
        read.text.into_owned()
    }

    #[test]
    fn what_stands_in_an_element_may_be_markdown() {
        for (text, expected) in [
            ("<div class=a markdown=\"1\">\n*a*\n</div>\n", "<div class=a>\n\n*a*\n</div>\n"),
            ("<div markdown='block' id=\"b\">\n*a*\n</div>\n", "<div id=\"b\">\n\n*a*\n</div>\n"),
            ("<div class=\"grid\" markdown>\n\n- a\n\n</div>\n", "<div class=\"grid\">\n\n\n- a\n\n</div>\n"),
            ("<div markdown=1>*a*</div>\n", "<div>\n\n*a*\n</div>\n"),
            ("<div markdown>\n*a*\nb</div>\n<p>c</p>\n", "<div>\n\n*a*\nb\n</div>\n<p>c</p>\n"),
            ("<p markdown=\"span\">*a*</p>\n", "<div>\n\n*a*\n</div>\n"),
            ("A <span markdown=\"1\">*b*</span>\n", "A <span>*b*</span>\n"),
            ("</div>\n```rust\na\n```\n", "</div>\n\n```rust\na\n```\n"),
        ] {
            assert_eq!(read(text), expected);
        }
        for left in [
            "```\n<div markdown=\"1\">\n```\n",
            "<pre>\n</b>\n```\n<div markdown=\"1\">\n</pre>\n",
            "<div data-markdown=\"1\">\nmarkdown\n</div>\n",
            "<div>\n```\n</div>\n",
            "a</b>\n```\nc\n```\n",
        ] {
            assert_eq!(read(left), left);
        }
    }
}

//! What Logseq has besides Markdown: properties of pages and blocks, `id:: 1`, which are no words, and links whose address is a
//! name, `[words]([[page]])`.

use std::ops::Range;

use super::MarkdownProblem;
use super::rewritten::Edit;
use super::verbatim::Verbatim;
use crate::diagnostics::Code;

/// Properties that Logseq keeps for itself: they hold no words.
const OWN: [&str; 18] = [
    "background-color",
    "collapsed",
    "created-at",
    "doing",
    "done",
    "exclude-from-graph-view",
    "filters",
    "heading",
    "icon",
    "id",
    "last-modified-at",
    "later",
    "now",
    "public",
    "query-properties",
    "query-table",
    "todo",
    "updated-at",
];

/// Takes properties out of a text, and writes links to names as wikilinks. Properties that say something of their own are
/// reported.
pub(super) fn properties(text: &str, verbatim: &Verbatim, wikilinks: bool) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let (mut edits, mut problems, mut at) = (Vec::new(), Vec::new(), 0);
    if !text.contains("::") && !text.contains("]([[") {
        return (edits, problems);
    }
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let words = rest.strip_prefix("- ").unwrap_or(rest);
        let begin = at + line.len() - words.len();
        if verbatim.at(begin).is_none() {
            if let Some(key) = property(words) {
                // An empty line would part what stands around it.
                let whole =
                    if words.len() == rest.len() { at..at + line.len() } else { begin..begin + words.trim_end().len() };
                if !OWN.contains(&key.to_ascii_lowercase().as_str()) && !key.contains('.') {
                    problems.push(unshown(key, begin..begin + words.trim_end().len()));
                }
                edits.push(Edit { range: whole, with: String::new() });
            } else if wikilinks {
                links(line, at, &mut edits);
            }
        }
        at += line.len();
    }
    (edits, problems)
}

/// The key of the property with which a line begins: `type:: [[Tool]]`.
fn property(line: &str) -> Option<&str> {
    let (key, value) = line.split_once("::")?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '?'));
    (is_key && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(key)
}

fn unshown(key: &str, span: Range<usize>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::TextLost,
        span,
        message: format!("what the property `{key}` says is on no page"),
        related: None,
        help: "put it into the front matter, or write it as text".into(),
    }
}

/// `[words]([[page]])` as `[[page|words]]`, outside of code.
fn links(line: &str, start: usize, edits: &mut Vec<Edit>) {
    const PARTS: &str = "]([[";
    let sign = if line.trim_start().starts_with('|') { "\\|" } else { "|" };
    let mut after = 0;
    for (at, _) in line.match_indices(PARTS) {
        let Some(open) = line[after..at].rfind('[').map(|open| after + open) else { continue };
        let (words, behind) = (&line[open + 1..at], &line[at + PARTS.len()..]);
        let Some((name, _)) = behind.split_once("]])") else { continue };
        let is_code = line[..open].matches('`').count() % 2 == 1;
        let is_plain =
            !words.trim().is_empty() && !words.contains('|') && !name.is_empty() && !name.contains(['|', '[']);
        if is_plain && !is_code && !line[..open].ends_with(['\\', '!', '[']) {
            after = at + PARTS.len() + name.len() + "]])".len();
            edits.push(Edit { range: start + open..start + after, with: format!("[[{name}{sign}{words}]]") });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn properties_are_no_words_and_links_to_names_are_links() {
        let text = "type:: [[Tool]]\nid:: 1\n\n- One\n  collapsed:: true\n- id:: 2\n  Two [so *it* is]([[a b]]) `[c]([[d]])`\n\n```\nid:: 3\n```\n\nstd::fmt:: x and a:: b\n";
        let mut read = Rewritten::of(text);
        let (edits, problems) = properties(text, &Verbatim::of(text, PLAIN), true);
        read.apply(&edits);
        assert_eq!(
            read.text,
            "\n- One\n- \n  Two [[a b|so *it* is]] `[c]([[d]])`\n\n```\nid:: 3\n```\n\nstd::fmt:: x and a:: b\n"
        );
        assert_eq!(problems.len(), 1);
        assert_eq!(&text[problems[0].span.clone()], "type:: [[Tool]]");
    }
}

//! Lists of links in Markdown that give the order of texts: the summary of a book, and the navigation of a plug-in of MkDocs.

use std::collections::BTreeSet;

use super::config::DraftListed;
use crate::url::decode_path;

/// The paths of all files to which the summary of a book leads, wherever in it.
pub(super) fn named_in_summary(text: &str) -> BTreeSet<String> {
    let text = without_comments(text);
    let targets = text.match_indices("](").chain(text.match_indices("]: ")).map(|(at, sign)| &text[at + sign.len()..]);
    let lines = targets.map(|target| target.lines().next().unwrap_or_default());
    lines.filter_map(|target| address(target.split(')').next().unwrap_or(target))).collect()
}

/// The items of a navigation in Markdown, below one another by their indentation: links, the words of groups, and patterns for
/// paths, which have no title.
pub(super) fn literate(text: &str) -> Vec<DraftListed> {
    let (mut listed, mut columns) = (Vec::new(), Vec::new());
    // Where other lists stand before it, a comment says where it begins.
    let text = text.split_once("<!--nav-->").map_or(text, |(_, list)| list);
    let text = without_comments(text);
    for (column, item) in text.lines().filter_map(|line| Some((line.len() - line.trim_start().len(), item(line)?))) {
        columns.retain(|above| *above < column);
        columns.push(column);
        let is_pattern = item.contains('*') || item.trim().ends_with('/');
        let (path, title) = match link(item) {
            Some(link) => link,
            None if is_pattern => (Some(item.trim().to_string()), None),
            None => (None, Some(plain(item))),
        };
        listed.push(DraftListed { depth: columns.len() - 1, path, title });
    }
    listed
}

/// The words of a line that is an item of a list.
fn item(line: &str) -> Option<&str> {
    let rest = line.trim_start();
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign: &[char] = if digits.len() < rest.len() { &['.', ')'] } else { &['-', '*', '+'] };
    digits.strip_prefix(sign).filter(|item| item.starts_with([' ', '\t']))
}

/// The chapters of a book with its parts: links of a list, below one another by their indentation, and those beside it.
pub(super) fn summary(text: &str) -> Vec<DraftListed> {
    let (mut listed, mut columns, mut part) = (Vec::new(), Vec::new(), 0);
    let mut begun = false;
    for line in without_comments(text).lines() {
        let rest = line.trim_start();
        let column = line.len() - rest.len();
        if let Some(title) = rest.strip_prefix("# ") {
            // The first one is the name of the list, where nothing stands above it.
            if std::mem::replace(&mut begun, true) {
                listed.push(DraftListed { depth: 0, path: None, title: Some(plain(title)) });
                part = 1;
            }
            columns.clear();
            continue;
        }
        let item = item(line);
        let Some((path, title)) = link(item.unwrap_or(rest)) else { continue };
        begun = true;
        let depth = match item {
            None => {
                part = 0;
                columns.clear();
                0
            }
            Some(_) => {
                columns.retain(|above| *above < column);
                columns.push(column);
                part + columns.len() - 1
            }
        };
        listed.push(DraftListed { depth, path, title });
    }
    listed
}

/// The address of a link at the beginning of a text, and its words. What is not written yet has no address.
fn link(text: &str) -> Option<(Option<String>, Option<String>)> {
    let text = text.trim();
    let middle = text.strip_prefix('[')?.find("](")? + 1;
    let path = address(text[middle + 2..].split(')').next()?)?;
    Some((Some(path).filter(|path| !path.is_empty()), Some(plain(&text[1..middle])).filter(|words| !words.is_empty())))
}

/// The path in an address, without what stands behind it.
fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let bracketed = written.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    let path = bracketed.map_or_else(|| written.split([' ', '\t']).next().unwrap_or(written), |(path, _)| path);
    decode_path(path.split('#').next()?.trim_start_matches("./"))
}

/// A text without its comments.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |shown, part| shown + part.split_once("-->").map_or("", |(_, behind)| behind))
}

fn plain(text: &str) -> String {
    text.replace(['`', '*', '\\'], "").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::super::config::shown;
    use super::super::order::without_empty;
    use super::*;

    #[test]
    fn the_first_part_of_a_summary_stands_where_no_chapter_does_above_it() {
        let titles = |text: &str| summary(text).into_iter().filter_map(|listed| listed.title).collect::<Vec<_>>();
        assert_eq!(titles("# Summary\n\n# Tools\n\n- [Pots](pots.md)\n"), ["Tools", "Pots"]);
        assert_eq!(titles("[Intro](intro.md)\n\n# Tools\n\n- [Pots](pots.md)\n"), ["Intro", "Tools", "Pots"]);
    }

    #[test]
    fn a_summary_has_parts_chapters_and_what_stands_beside_them() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part *one*\n\n- [A](a.md)\n    * [B `x`](./b.md)\n        - [C](<c d.md>)\n- [Later]()\n\n---\n\n# Two\n\n1. no\n- [D](d.md)\n\n[End](end.md)\n";
        let expected = "intro.md Intro\n- Part one\n  a.md A\n    b.md B x\n      c d.md C\n  - Later\n- Two\n  d.md D\nend.md End\n";
        assert_eq!(shown(&summary(text)), expected);
        assert!(!shown(&without_empty(summary(text))).contains("Later"));
    }
}

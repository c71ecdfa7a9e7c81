//! Icons of MkDocs, `:material-clock:`: pictures of the tool's own theme, which say nothing to readers beside words, and stand for
//! some where there are none.

use std::ops::Range;

use super::attributes::is_list;
use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What the names of icons begin with.
const SETS: [&str; 4] = ["material-", "fontawesome-", "octicons-", "simple-"];

/// Parts of a set, and sizes, which say nothing of the picture.
const PARTS: [&str; 3] = ["brands-", "regular-", "solid-"];

/// Takes icons out of a text, each with the attributes and the space behind it. One that stands alone in a cell, an item or a
/// link says what that says: its name stands in its place.
pub(super) fn icons(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !SETS.iter().any(|set| text.contains(set)) {
        return edits;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let behind = &text[at + line.len()..];
        of_line(line, behind, at, verbatim, &mut edits);
        at += line.len();
    }
    edits
}

fn of_line(line: &str, behind: &str, at: usize, verbatim: &Verbatim, edits: &mut Vec<Edit>) {
    let mut from = 0;
    for (sign, _) in line.match_indices(':') {
        let is_code = line[..sign].matches('`').count() % 2 == 1;
        let Some((name, end)) = icon(&line[sign..]).filter(|_| !is_code && sign >= from) else { continue };
        if verbatim.at(at + sign).is_some() {
            continue;
        }
        from = sign + end;
        let is_alone = is_alone(line, sign..from, behind);
        let with = if is_alone { format!("{} ", words(name)) } else { String::new() };
        // Before the end of strong words no space may be left.
        let ends_strong = line[from..].trim_end() == "**";
        let is_parted = ends_strong || line[from..].starts_with([' ', ']']);
        let with = if is_parted { with.trim_end().to_string() } else { with };
        let begin = if ends_strong && with.is_empty() { line[..sign].trim_end().len() } else { sign };
        edits.push(Edit { range: at + begin..at + from, with });
        // What begins a block now was none behind the icon.
        let is_mark = |c: char| MARKS.contains(&c) || c.is_ascii_digit() || matches!(c, '>' | '.' | ')');
        let begins = !is_alone && line[..sign].chars().all(is_mark);
        let block = if begins { block_sign(&line[from..]) } else { None };
        edits.extend(block.map(|sign| Edit { range: at + from + sign..at + from + sign, with: "\\".into() }));
    }
}

/// What stands before the words of an item.
const MARKS: [char; 5] = [' ', '\t', '-', '*', '+'];

/// Whether nothing else says anything in the cell, the item or the link in which an icon stands.
fn is_alone(line: &str, icon: Range<usize>, behind: &str) -> bool {
    let (before, rest) = (&line[..icon.start], &line[icon.end..]);
    if before.ends_with('[') && rest.trim_start().starts_with(']') {
        return true;
    }
    let is_row = line.trim_start().starts_with('|');
    let first = before.rsplit('|').next().filter(|_| is_row).unwrap_or(before);
    let last = rest.split('|').next().filter(|_| is_row).unwrap_or(rest);
    let is_item = || {
        let goes_on = behind.lines().next().is_some_and(|next| !next.trim().is_empty() && !begins_item(next));
        begins_item(first) && !goes_on
    };
    let says = |piece: &str| {
        let piece = piece.trim_matches(MARKS).trim();
        !piece.is_empty() && !icons_alone(piece)
    };
    (is_row || is_item()) && !says(first) && !says(last)
}

/// Whether a piece of a line is icons and nothing else.
fn icons_alone(piece: &str) -> bool {
    let mut rest = piece;
    while let Some((_, end)) = icon(rest) {
        rest = rest[end..].trim_start();
    }
    rest.is_empty()
}

fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind =
        if number.len() < line.len() { number.strip_prefix(['.', ')']) } else { line.strip_prefix(['-', '*', '+']) };
    behind.is_some_and(|behind| behind.starts_with([' ', '\t']))
}

/// Where in the rest of a line the sign stands with which it would begin an item, a heading or a quote.
fn block_sign(rest: &str) -> Option<usize> {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_heading = rest.trim_start_matches('#').starts_with(' ') && rest.starts_with('#');
    (begins_item(rest) && !rest.starts_with([' ', '\t']) || is_heading || rest.starts_with('>')).then_some(digits)
}

/// What the name of an icon says.
fn words(name: &str) -> String {
    let name = SETS.iter().find_map(|set| name.strip_prefix(set)).unwrap_or(name);
    let name = PARTS.iter().find_map(|part| name.strip_prefix(part)).unwrap_or(name);
    let sized = name.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-');
    sized.unwrap_or(name).replace('-', " ")
}

/// The name of the icon with which a text begins, and where that ends with what belongs to it.
fn icon(text: &str) -> Option<(&str, usize)> {
    let name = text.strip_prefix(':')?;
    let length = name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))?;
    if !name[length..].starts_with(':') || !SETS.iter().any(|set| name[..length].starts_with(set)) {
        return None;
    }
    let mut end = length + 2;
    if let Some((inside, _)) = text[end..].strip_prefix('{').and_then(|rest| rest.split_once('}'))
        && is_list(inside)
    {
        end += inside.len() + 2;
    }
    Some((&name[..length], end + usize::from(text[end..].starts_with(' '))))
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn icons_are_taken_out_with_what_says_how_they_look() {
        for (text, read) in [
            (":material-clock: Clock\n", "Clock\n"),
            ("- :octicons-link-16:{ .lg .middle } __Link__\n", "- __Link__\n"),
            ("[:material-home:](a.md) :smile: at 10:30:00\n", "[home](a.md) :smile: at 10:30:00\n"),
            ("| Fast | :material-check: |\n", "| Fast | check |\n"),
            (
                "| :material-close-circle:{ style=\"color: #EF5350\" } | :fontawesome-brands-github: Code |\n",
                "| close circle | Code |\n",
            ),
            ("- :octicons-heart-16:\n- :material-star: :material-star:\n", "- heart \n- star star \n"),
            ("- :material-plus: - x\n* :material-plus: 1. x\n:material-plus: # x\n", "- \\- x\n* 1\\. x\n\\# x\n"),
            ("- :material-clock:\n  Words\n", "- \n  Words\n"),
            ("+ **1 :material-clock:**\n+ **:material-clock:**\n", "+ **1**\n+ **clock**\n"),
            ("`:material-clock:` and :material-clock\n", "`:material-clock:` and :material-clock\n"),
            ("```\n:material-clock: a\n```\n", "```\n:material-clock: a\n```\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&icons(text, &Verbatim::of(text, PLAIN)));
            assert_eq!(rewritten.text, read);
        }
    }
}

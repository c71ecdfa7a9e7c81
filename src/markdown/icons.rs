//! Icons of MkDocs, `:material-clock:`: pictures of the tool's own theme, which say nothing to readers beside the words there.

use super::attributes::of_look;
use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What the names of icons begin with.
const SETS: [&str; 4] = ["material-", "fontawesome-", "octicons-", "simple-"];

/// Takes icons out of a text, each with the attributes and the space behind it.
pub(super) fn icons(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !SETS.iter().any(|set| text.contains(set)) {
        return edits;
    }
    let (mut at, mut from) = (0, 0);
    for line in text.split_inclusive('\n') {
        let signs = line.match_indices(':').map(|(sign, _)| sign);
        for sign in signs {
            let is_code = line[..sign].matches('`').count() % 2 == 1;
            let Some(end) = icon(&line[sign..]).filter(|_| !is_code && at + sign >= from) else { continue };
            if verbatim.at(at + sign).is_some() {
                continue;
            }
            from = at + sign + end;
            edits.push(Edit { range: at + sign..from, with: String::new() });
        }
        at += line.len();
    }
    edits
}

/// Where an icon ends with which a text begins, and what belongs to it.
fn icon(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    let length = name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))?;
    if !name[length..].starts_with(':') || !SETS.iter().any(|set| name[..length].starts_with(set)) {
        return None;
    }
    let mut end = length + 2;
    if let Some((inside, _)) = text[end..].strip_prefix('{').and_then(|rest| rest.split_once('}'))
        && of_look(inside)
    {
        end += inside.len() + 2;
    }
    Some(end + usize::from(text[end..].starts_with(' ')))
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
            ("[:material-home:](a.md) :smile: at 10:30:00\n", "[](a.md) :smile: at 10:30:00\n"),
            ("`:material-clock:` and :material-clock\n", "`:material-clock:` and :material-clock\n"),
            ("```\n:material-clock: a\n```\n", "```\n:material-clock: a\n```\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&icons(text, &Verbatim::of(text, PLAIN)));
            assert_eq!(rewritten.text, read);
        }
    }
}

//! Signs of Docsify: `!> words` and `?> words` are callouts, `:id=name` behind a heading is its id, `page?id=name` leads there.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What begins a paragraph that is a callout, and the alert as which it is drawn.
const CALLOUTS: [(&str, &str); 2] = [("!> ", "> [!IMPORTANT]\n> "), ("?> ", "> [!TIP]\n> ")];
/// What stands before the id of a heading, and in the address of a page before that of one.
const ID: &str = " :id=";
const IN_ADDRESS: &str = "?id=";
/// What keeps a heading out of the contents of a page.
const UNLISTED: [&str; 4] =
    [" {docsify-ignore}", " {docsify-ignore-all}", " <!-- {docsify-ignore} -->", " <!-- {docsify-ignore-all} -->"];

/// Writes such signs as Markdown.
pub(super) fn docsify(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let (mut edits, mut at, mut before) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if verbatim.at(start).is_some() || verbatim.begins_code(start) {
            before = None;
            continue;
        }
        let line = line.trim_end();
        let callout = CALLOUTS.iter().find(|(sign, _)| line.starts_with(sign));
        if let Some((sign, with)) = callout {
            // The next line of the same callout goes on with it.
            let with = if before == Some(sign) { "> " } else { with };
            edits.push(Edit { range: start..start + sign.len(), with: with.to_string() });
        }
        before = callout.map(|(sign, _)| sign);
        if line.starts_with('#') {
            edits.extend(of_heading(line, start));
        }
        for (found, sign) in line.match_indices(IN_ADDRESS) {
            // Only in the address of a link, which is one of the site.
            let address = line[..found].rfind("](").map(|open| &line[open + 2..found]);
            let is_own = address.is_some_and(|address| !address.contains([')', ' ']) && !address.contains("://"));
            if is_own && line[..found].matches('`').count().is_multiple_of(2) {
                edits.push(Edit { range: start + found..start + found + sign.len(), with: "#".into() });
            }
        }
    }
    edits
}

/// The edits at the end of the line of a heading.
fn of_heading(line: &str, start: usize) -> Option<Edit> {
    let end = start + line.len();
    if let Some(sign) = UNLISTED.iter().find(|sign| line.ends_with(**sign)) {
        return Some(Edit { range: end - sign.len()..end, with: String::new() });
    }
    let (words, id) = line.rsplit_once(ID)?;
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    is_id.then(|| Edit { range: start + words.len()..end, with: format!(" {{#{id}}}") })
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn signs_of_docsify_are_markdown() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&docsify(text, &Verbatim::of(text, PLAIN)));
            read.text.into_owned()
        };
        for (text, shown) in [
            ("!> Hot **pot**\nstill\n", "> [!IMPORTANT]\n> Hot **pot**\nstill\n"),
            ("?> Cold\n", "> [!TIP]\n> Cold\n"),
            ("!> a\n!> b\n?> c\n", "> [!IMPORTANT]\n> a\n> b\n> [!TIP]\n> c\n"),
            ("## Sow :id=sow-it\n## A {docsify-ignore}\n", "## Sow {#sow-it}\n## A\n"),
            ("[a](leek?id=sow) [b](?id=sow)", "[a](leek#sow) [b](#sow)"),
        ] {
            assert_eq!(read(text), shown);
        }
        for same in ["```\n!> a\n```\n", "a !> b\n", "`[a](leek?id=sow)`", "[a](https://b.example/?id=c) x?id=d\n"] {
            assert_eq!(read(same), same);
        }
    }
}

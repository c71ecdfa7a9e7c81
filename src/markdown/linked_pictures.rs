//! Pictures of a vault that are links, `[![[leek.png|A leek]]](page.md)`: Markdown reads them where both are written its own way.

use super::rewritten::Edit;
use super::verbatim::Verbatim;
use crate::signs;

/// What such a link begins with.
const OPEN: &str = "[![[";

/// Whether a text may have any.
pub(super) fn may_link_pictures(text: &str) -> bool {
    signs::has(text, OPEN)
}

/// Writes them as `[![A leek](<leek.png>)](page.md)`.
pub(super) fn linked_pictures(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let read = |(at, _): (usize, &str)| {
        let inside = &text[at + OPEN.len()..];
        let (inside, behind) = inside.split_once("]]")?;
        let (name, words) = inside.split_once('|').unwrap_or((inside, ""));
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let is_code = line.matches('`').count() % 2 == 1 || line.ends_with('\\') || verbatim.at(at).is_some();
        let is_plain = !inside.contains(['[', ']', '\n', '<', '>', '\\']) && name.contains('.');
        if is_code || !is_plain || !behind.starts_with("](") {
            return None;
        }
        let range = at + 1..at + OPEN.len() + inside.len() + 2;
        Some(Edit { range, with: format!("![{}](<{}>)", words.trim(), name.trim()) })
    };
    text.match_indices(OPEN).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn pictures_that_are_links_are_written_as_markdown() {
        for (text, read) in [
            ("[![[a b.png|C]]](d.md) [![[e.png]]](f)\n", "[![C](<a b.png>)](d.md) [![](<e.png>)](f)\n"),
            ("`[![[a.png]]](b)` [![[a.png]]] ![[a.png]](b)\n", "`[![[a.png]]](b)` [![[a.png]]] ![[a.png]](b)\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&linked_pictures(text, &Verbatim::of(text, PLAIN)));
            assert_eq!(rewritten.text, read);
        }
    }
}

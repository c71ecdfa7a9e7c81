//! The addresses in a style sheet.

use std::ops::Range;

/// One address, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StyleAddress {
    /// Where it stands, without quotes.
    pub(super) range: Range<usize>,
    pub(super) address: String,
}

impl StyleAddress {
    /// What follows the path: a question, an anchor.
    pub(super) fn tail(&self) -> &str {
        self.address.find(['?', '#']).map_or("", |at| &self.address[at..])
    }
}

/// All addresses in `url()` and `@import`, outside of comments and other strings.
pub(super) fn references(text: &str) -> Vec<StyleAddress> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"/*") {
            at = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
        } else if begins_with(rest, b"url(") && !is_word(text, at) {
            at = address(text, at + 4, b')', &mut found);
        } else if begins_with(rest, b"@import") {
            let begin = at + 7 + blanks(&bytes[at + 7..]);
            at = match bytes.get(begin) {
                Some(b'"' | b'\'') => address(text, begin, b';', &mut found),
                _ => begin,
            };
        } else if matches!(bytes[at], b'"' | b'\'') {
            at = end_of_string(bytes, at) + 1;
        } else {
            at += 1;
        }
    }
    found
}

/// Reads an address with or without quotes, and returns where to go on.
fn address(text: &str, begin: usize, end: u8, found: &mut Vec<StyleAddress>) -> usize {
    let bytes = text.as_bytes();
    let begin = begin + blanks(&bytes[begin.min(bytes.len())..]);
    let range = match bytes.get(begin) {
        Some(b'"' | b'\'') => begin + 1..end_of_string(bytes, begin),
        _ => {
            let length = bytes[begin.min(bytes.len())..].iter().take_while(|byte| **byte != end).count();
            let plain = text[begin.min(bytes.len())..][..length].trim_end();
            begin..begin + plain.len()
        }
    };
    if range.end <= bytes.len() && !range.is_empty() {
        found.push(StyleAddress { address: text[range.clone()].to_string(), range: range.clone() });
    }
    (range.end + 1).max(begin)
}

/// Where the string that begins here ends: at its quote, or with its line.
fn end_of_string(bytes: &[u8], begin: usize) -> usize {
    let mut at = begin + 1;
    while at < bytes.len() && bytes[at] != bytes[begin] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn begins_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

/// Whether a longer word ends here: `my-url(` is no address.
fn is_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '-' || before == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_browsers_find_them() {
        let text = r#"@import "base.css"; @import url('print.css') print;
/* url(comment.png) */ a::before { content: "url(text.png)"; cursor: my-url(no.png) }
b { background: URL( img/a.png ), url("img/b c.png#x") } c { mask: url(data:image/png;base64,AA==) } d { src: url()"#;
        let found: Vec<_> =
            references(text).into_iter().map(|found| (text[found.range.clone()].to_string(), found)).collect();
        assert!(found.iter().all(|(text, found)| *text == found.address));
        let names: Vec<_> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(names, ["base.css", "print.css", "img/a.png", "img/b c.png#x", "data:image/png;base64,AA=="]);
        assert_eq!(found[3].1.tail(), "#x");
    }

    #[test]
    fn no_text_makes_it_fail() {
        for text in ["url(", "url(\"", "@import", "@import '", "'", "/*", "url( é", "\"\\", "@import \"é"] {
            references(text);
        }
    }
}

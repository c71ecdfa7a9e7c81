//! Warnings of books, `<div class="warning">`, which mdBook draws as boxes.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// What the class of such an element is called, and what stands in its place.
const CLASS: &str = "warning";
const BOX: &str = "class=\"alert alert-warning alert-body\" role=\"note\"";

/// Gives elements of raw HTML that are warnings the look of alerts.
pub(super) fn warnings(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let attribute = |(at, sign): (usize, &str)| {
        let value = &text[at + sign.len()..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = sign.len() + CLASS.len() + quote.map_or(0, |_| 2);
        let inner = value.get(usize::from(quote.is_some())..)?.strip_prefix(CLASS)?;
        let is_whole = match quote {
            Some(quote) => inner.starts_with(quote),
            None => inner.starts_with(|c: char| c.is_whitespace() || c == '>'),
        };
        (is_whole && is_of_tag(text, at) && verbatim.at(at).is_none())
            .then(|| Edit { range: at..at + length, with: BOX.into() })
    };
    text.match_indices("class=").filter_map(attribute).collect()
}

/// Whether a place is between the name and the end of a tag that begins an element, outside of code.
fn is_of_tag(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let Some((before, inside)) = line.rsplit_once('<') else { return false };
    let is_code = before.matches('`').count() % 2 == 1;
    !is_code
        && !before.ends_with('\\')
        && inside.starts_with(|c: char| c.is_ascii_alphabetic())
        && inside.ends_with(char::is_whitespace)
        && !inside.contains('>')
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    #[test]
    fn warnings_are_boxes_outside_of_code() {
        let read = |text: &str| {
            let mut read = Rewritten::of(text);
            read.apply(&warnings(text, &Verbatim::of(text, PLAIN)));
            read.text.into_owned()
        };
        assert_eq!(read("<div class=\"warning\">\n\nHot.\n\n</div>\n"), format!("<div {BOX}>\n\nHot.\n\n</div>\n"));
        for (text, shown) in [
            ("- a\n\n  <div id=\"b\" class='warning'>\n", format!("- a\n\n  <div id=\"b\" {BOX}>\n")),
            ("<p class=warning>a</p>\n", format!("<p {BOX}>a</p>\n")),
        ] {
            assert_eq!(read(text), shown);
        }
        for same in [
            "<div class=\"warnings\">\n",
            "`<div class=\"warning\">`\n",
            "```html\n<div class=\"warning\">\n```\n",
            "    <div class=\"warning\">\n",
            "<!-- <div class=\"warning\"> -->\n",
            "class=\"warning\"\n",
            "<b>class=\"warning\"</b>\n",
            "\\<div class=\"warning\">\n",
        ] {
            assert_eq!(read(same), same);
        }
    }
}

//! Signs in elements whose words stand as they were typed, `<code>"a" -- b</code>`: no quotation marks and dashes of texts.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::events::is_inline;
use super::html_words::AS_TYPED;
use crate::signs;

/// Events of a text with the signs in such elements as they were typed.
pub(super) fn as_typed<'a, E>(text: &'a str, events: E) -> impl Iterator<Item = (Event<'a>, Range<usize>)>
where
    E: Iterator<Item = (Event<'a>, Range<usize>)>,
{
    let (is_possible, mut open) = (signs::has(text, "</"), 0usize);
    events.map(move |(event, span)| {
        if !is_possible {
            return (event, span);
        }
        match &event {
            Event::InlineHtml(html) if ends_as_typed(html) => open = open.saturating_sub(1),
            Event::InlineHtml(html) if starts_as_typed(html) => open += 1,
            Event::Start(tag) if !is_inline(tag) => open = 0,
            Event::Text(_) if open > 0 && is_sign(&text[span.clone()]) => {
                return (Event::Text(CowStr::Borrowed(&text[span.clone()])), span);
            }
            _ => {}
        }
        (event, span)
    })
}

/// Whether HTML is the tag with which such an element begins.
pub(super) fn starts_as_typed(html: &str) -> bool {
    is_tag(html, "<") && !html.ends_with("/>")
}

/// Whether HTML is the tag with which such an element ends.
pub(super) fn ends_as_typed(html: &str) -> bool {
    is_tag(html, "</")
}

/// Whether HTML is a tag of such an element.
fn is_tag(html: &str, open: &str) -> bool {
    let Some(rest) = html.strip_prefix(open) else { return false };
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    AS_TYPED.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether something was written that stands for another sign in a text.
fn is_sign(written: &str) -> bool {
    matches!(written, "\"" | "'" | "...") || written.len() > 1 && written.bytes().all(|byte| byte == b'-')
}

//! How long people read the page of an entry.

use crate::model::graph::Edge;
use crate::model::schema::End;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;

/// Words that people read in a minute.
const WORDS_PER_MINUTE: usize = 200;

/// How long people read so many words, in minutes.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_PER_MINUTE).max(1)
}

/// How many words the page of an entry has: its fields, its body with the data blocks in it, and a row for each related entry.
pub fn words(site: &Site, id: EntryId, body: &str) -> usize {
    let doc = &site.entry(id).doc;
    let most = site.schema.pages.per_page;
    let related = site.schema.sides_of(doc.kind).map(|(relation, end, _)| {
        site.graph.edges(relation).of(id, end).take(most).map(|edge| in_row(site, id, end, edge)).sum::<usize>()
    });
    in_values(&doc.fields) + in_html(body) + related.sum::<usize>()
}

/// The words of a related entry: its name, and what the edge says of the two. Without that, an entry that the relation leads
/// back to is introduced by its summary. Of one without a page of its own, such as a rule, pages show the short texts.
fn in_row(site: &Site, id: EntryId, end: End, edge: &Edge) -> usize {
    let doc = &site.entry(edge.across(id)).doc;
    let said = site.data_of(edge).map_or(0, |(_, written)| in_values(&written.data));
    let reason = site.reason(edge).map_or(0, in_text);
    let own = if site.schema.kind(doc.kind).anchored() {
        doc.fields.iter().filter(|value| matches!(value, Value::Text(_))).map(in_value).sum()
    } else {
        0
    };
    let summary = if said == 0 && end == End::Other { doc.summary.as_deref().map_or(0, in_text) } else { 0 };
    in_text(doc.name()) + said + reason + own + summary
}

fn in_values(values: &[Value]) -> usize {
    values.iter().map(in_value).sum()
}

fn in_value(value: &Value) -> usize {
    let mut words = 0;
    value.walk(&mut |value| {
        if let Value::Text(text) = value {
            words += in_text(text);
        } else if let Value::Markdown(body) = value {
            words += body.words;
        }
    });
    words
}

/// Counts as `split_whitespace` cuts, byte by byte: every build counts the words of every page, which took a fourteenth of one
/// that follows a single edit.
fn in_text(text: &str) -> usize {
    let (mut words, mut after_space, mut at) = (0, true, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_space, length) = if byte.is_ascii() {
            (matches!(byte, b' ' | b'\t'..=b'\r'), 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |c| (c.is_whitespace(), c.len_utf8()))
        };
        words += usize::from(after_space && !is_space);
        after_space = is_space;
        at += length;
    }
    words
}

/// The words between the tags. A tag ends a word.
fn in_html(html: &str) -> usize {
    html.split('<').map(|piece| in_text(piece.split_once('>').map_or(piece, |(_, text)| text))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_words_and_end_one() {
        assert_eq!(in_html("Two words"), 2);
        assert_eq!(in_html("<p>Roll <em>slowly</em>.</p><ul class=\"a b\"><li>one</li><li>two</li></ul>"), 5);
        assert_eq!(in_html(""), 0);
    }

    #[test]
    fn words_end_at_every_sort_of_space() {
        let spaces: String = ('\0'..='\u{3100}').filter(|c| c.is_whitespace()).collect();
        let odd = "a\u{1c}b\u{200b}c \u{a0}\u{3000}日本 é\u{2003}ü\u{85}x\u{2028}\ty\u{b}z ";
        for text in ["", " ", "a", " a  b\n", &spaces, &format!("x{spaces}y"), odd] {
            assert_eq!(in_text(text), text.split_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn a_page_takes_at_least_a_minute() {
        assert_eq!([0, 1, 200, 201].map(minutes), [1, 1, 1, 2]);
    }
}

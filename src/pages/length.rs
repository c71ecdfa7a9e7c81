//! How long people read the page of an entry.

use crate::model::graph::Edge;
use crate::model::relation::End;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;
use crate::sentences;

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
    let reason = site.reason(edge).map_or(0, sentences::words);
    let own = if site.schema.kind(doc.kind).anchored() {
        doc.fields.iter().filter(|value| matches!(value, Value::Text(_))).map(in_value).sum()
    } else {
        0
    };
    let summary = if said == 0 && end == End::Other { doc.summary.as_deref().map_or(0, sentences::words) } else { 0 };
    sentences::words(doc.name()) + said + reason + own + summary
}

fn in_values(values: &[Value]) -> usize {
    values.iter().map(in_value).sum()
}

fn in_value(value: &Value) -> usize {
    let mut words = 0;
    value.walk(&mut |value| {
        if let Value::Text(text) = value {
            words += sentences::words(text);
        } else if let Value::Markdown(body) = value {
            words += body.words;
        }
    });
    words
}

/// The words between the tags. A tag ends a word, but for those that give colours to pieces of code.
fn in_html(html: &str) -> usize {
    if !html.contains("<span") {
        return html.split('<').map(|piece| sentences::words(behind_tag(piece))).sum();
    }
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        if !piece.starts_with("span") && !piece.starts_with("/span") {
            text.push('\n');
        }
        text.push_str(behind_tag(piece));
    }
    sentences::words(&text)
}

/// What stands behind a tag, of which the first sign is missing.
fn behind_tag(piece: &str) -> &str {
    piece.split_once('>').map_or(piece, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_words_and_end_one() {
        assert_eq!(in_html("Two words"), 2);
        assert_eq!(in_html("<p>Roll <em>slowly</em>.</p><ul class=\"a b\"><li>one</li><li>two</li></ul>"), 5);
        assert_eq!(in_html("<pre><span class=\"hf\">saw</span>(<span class=\"hs\">'oak'</span>)</pre> <b>now</b>"), 2);
        assert_eq!(in_html(""), 0);
    }

    #[test]
    fn a_page_takes_at_least_a_minute() {
        assert_eq!([0, 1, 200, 201].map(minutes), [1, 1, 1, 2]);
    }
}

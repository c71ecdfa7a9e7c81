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

/// How many words the page of an entry has: its fields, its body, which has so many, and a row for each related entry.
pub fn words(site: &Site, id: EntryId, body: usize) -> usize {
    let doc = &site.entry(id).doc;
    let most = site.schema.pages.per_page;
    let related = site.schema.sides_of(doc.kind).map(|(relation, end, _)| {
        let has_data = !site.schema.relation(relation).fields.is_empty();
        let edges = site.graph.edges(relation).of(id, end).take(most);
        edges.map(|edge| in_row(site, id, end, edge, has_data)).sum::<usize>()
    });
    in_values(&doc.fields) + body + related.sum::<usize>()
}

/// The words of a related entry: its name, and what the edge says of the two. Without that, an entry that the relation leads
/// back to is introduced by its summary. Of one without a page of its own, such as a rule, pages show the short texts.
fn in_row(site: &Site, id: EntryId, end: End, edge: &Edge, has_data: bool) -> usize {
    let doc = &site.entry(edge.across(id)).doc;
    let data = if has_data { site.data_of(edge) } else { None };
    let said = data.map_or(0, |(_, written)| in_values(&written.data));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_at_least_a_minute() {
        assert_eq!([0, 1, 200, 201].map(minutes), [1, 1, 1, 2]);
    }
}

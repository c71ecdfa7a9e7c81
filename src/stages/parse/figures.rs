//! The sentences of an entry that cite works and hold numbers: what is held against the records of these works, once all
//! files are known.

use std::ops::Range;

use super::fields::FieldReader;
use crate::figures::results;
use crate::markdown::{Plain, Reading, plain};
use crate::model::body::TextOrigin;
use crate::model::cited::{CitedNumber, CitedSentence};
use crate::model::schema::{Field, Type};
use crate::sentences::sentences;
use crate::span::Offset;
use crate::yaml::Yaml;

impl FieldReader<'_> {
    /// The works that an entry, an object or an edge names beside its texts: the keys of its fields of the type `citations`.
    pub(super) fn own_sources(&self, fields: &[Field], entries: &[(&str, &Yaml)]) -> Vec<String> {
        if self.parsing.schema.figures.is_none() {
            return Vec::new();
        }
        let cites = |name: &str| fields.iter().any(|field| field.name == name && field.ty == Type::Citations);
        let cited = entries.iter().filter(|(name, _)| cites(name)).map(|(_, yaml)| *yaml);
        let keys = cited.flat_map(|yaml| match yaml {
            Yaml::List(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        });
        keys.filter_map(Yaml::as_text).map(crate::model::fields::citations::key).collect()
    }

    /// Notes the sentences of a Markdown text, which begins `offset` bytes into what its origin counts from.
    pub(super) fn figures_of_markdown(
        &mut self,
        text: &str,
        origin: &TextOrigin,
        offset: usize,
        reading: &Reading<'_>,
    ) {
        let may_cite = !self.sources.is_empty() || text.contains("[@");
        if self.parsing.schema.figures.is_some() && may_cite && text.contains(|c: char| c.is_ascii_digit()) {
            self.figures_of(&plain(text, reading), origin, offset);
        }
    }

    /// Notes the sentences of a plain text, which cites nothing itself.
    pub(super) fn figures_of_words(&mut self, text: &str, path: &[crate::yaml::PathStep]) {
        if !self.sources.is_empty() && text.contains(|c: char| c.is_ascii_digit()) {
            let block = self.in_block.then(|| self.text.clone());
            let origin = TextOrigin::Field { path: path.to_vec(), value: text.to_string(), block };
            self.figures_of(&Plain::of_text(text), &origin, 0);
        }
    }

    fn figures_of(&mut self, plain: &Plain, origin: &TextOrigin, offset: usize) {
        let Some(figures) = &self.parsing.schema.figures else { return };
        for (sentence, own) in cited_sentences(plain) {
            if own.is_empty() && self.sources.is_empty() {
                continue;
            }
            let place = |range: Range<usize>| {
                let written = plain.written(sentence.start + range.start..sentence.start + range.end);
                (written.start + offset) as Offset..(written.end + offset) as Offset
            };
            let found = results(&plain.text[sentence.clone()], figures).into_iter();
            let numbers: Vec<_> =
                found.map(|number| CitedNumber { value: number.value, span: place(number.range) }).collect();
            if !numbers.is_empty() {
                let keys = own.iter().map(ToString::to_string).chain(self.sources.iter().cloned()).collect();
                self.figures.push(CitedSentence { keys, numbers, origin: origin.clone() });
            }
        }
    }
}

/// The sentences of a text with the works that each cites. The row of a table is one sentence. A citation between two
/// sentences belongs to the first.
fn cited_sentences(plain: &Plain) -> Vec<(Range<usize>, Vec<&str>)> {
    let mut all: Vec<(Range<usize>, Vec<&str>)> = Vec::new();
    let mut rows = plain.rows.iter().peekable();
    let mut cited = plain.citations.iter().peekable();
    for prose in &plain.prose {
        if all.last().is_some_and(|(row, _)| prose.end <= row.end) {
            continue;
        }
        while rows.next_if(|row| row.end <= prose.start).is_some() {}
        let first = all.len();
        match rows.peek().filter(|row| row.start <= prose.start) {
            Some(row) => all.push(((*row).clone(), Vec::new())),
            None => all.extend(sentences(&plain.text[prose.clone()]).map(|(at, sentence)| {
                let start = prose.start + at;
                (start..start + sentence.len(), Vec::new())
            })),
        }
        let end = all.last().map_or(prose.end, |(last, _)| last.end);
        let of_prose = &mut all[first..];
        while let Some((at, key)) = cited.next_if(|(at, _)| *at <= end) {
            let here = of_prose.partition_point(|(sentence, _)| sentence.start <= *at).saturating_sub(1);
            let is_first =
                |(sentence, _): &(Range<usize>, Vec<&str>)| plain.text[sentence.start.min(*at)..*at].trim().is_empty();
            let is_first = of_prose.get(here).is_some_and(is_first);
            if let Some((_, keys)) = of_prose.get_mut(here.saturating_sub(usize::from(is_first))) {
                keys.push(key);
            }
        }
    }
    all
}

//! Lines and columns of places: what printers show instead of byte ranges.

use std::collections::BTreeMap;

use super::human::SourceTexts;
use crate::span::{LineIndex, Place};

/// Where a place begins and ends, as editors count: from 1, in characters. The end lies behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line and column of the first character.
    pub start: (usize, usize),
    /// Line and column behind the last character.
    pub end: (usize, usize),
}

/// Finds lines and columns. Every text is split into lines once, however many problems it has.
pub struct Locations<'a> {
    lines: BTreeMap<&'a str, LineIndex<'a>>,
}

impl<'a> Locations<'a> {
    /// For places in these texts.
    pub fn new(texts: &'a SourceTexts) -> Self {
        Self { lines: texts.iter().map(|(path, text)| (&**path, LineIndex::new(text))).collect() }
    }

    /// Where a place is; the beginning of the file where its text is not known.
    pub fn of(&self, place: &Place) -> Location {
        match self.lines.get(&*place.path) {
            Some(lines) => {
                let range = place.range();
                Location { start: lines.line_column(range.start), end: lines.line_column(range.end) }
            }
            None => Location { start: (1, 1), end: (1, 1) },
        }
    }
}

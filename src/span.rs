//! Places in a file: byte ranges inside, lines and columns only where people read them.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A byte range of one project file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the project folder, with `/` between folders.
    pub path: Arc<str>,
    /// Where in the file, in bytes. Always on character borders of the text it was made for.
    pub span: Range<Offset>,
}

/// A byte offset; half the size of `usize`, since files over 4 GiB are refused long before.
pub type Offset = u32;

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |place: &Self| (place.span.start, place.span.end);
        self.path.cmp(&other.path).then_with(|| key(self).cmp(&key(other)))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Place {
    /// A range of a file.
    pub fn new(path: &Arc<str>, span: Range<usize>) -> Self {
        Self { path: path.clone(), span: span.start as Offset..span.end as Offset }
    }

    /// The very beginning of a file, for problems that concern all of it.
    pub fn whole(path: &Arc<str>) -> Self {
        Self::new(path, 0..0)
    }

    /// The range as `usize`, for indexing.
    pub fn range(&self) -> Range<usize> {
        self.span.start as usize..self.span.end as usize
    }
}

/// A text with the beginnings of its lines, for looking up many lines and columns.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column, both from 1; the column counts characters, as editors do.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        (line, self.text[self.starts[line - 1]..offset].chars().count() + 1)
    }
}

/// Line and column, both from 1; the column counts characters, as editors do.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let offset = floor(text, offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, text[line_start..offset].chars().count() + 1)
}

/// The byte offset of a line and column (both from 1); the end of the line where the column lies beyond it.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let Some(at) = text[start..].find('\n') else { return text.len() };
        start += at + 1;
    }
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    text[start..end].char_indices().nth(column.saturating_sub(1)).map_or(end, |(at, _)| start + at)
}

/// A range pulled into the text and onto character borders.
pub fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let start = floor(text, span.start);
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// An offset pulled into the text and back to the beginning of a character.
pub fn floor(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "one\nzwö f\n";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, text.find('f').unwrap()), (2, 5));
        assert_eq!(offset_of(text, 2, 5), text.find('f').unwrap());
        assert_eq!(offset_of(text, 9, 9), text.len());
    }

    #[test]
    fn ranges_are_pulled_onto_character_borders() {
        assert_eq!(clamp("zwö", 3..3), 2..4);
        assert_eq!(clamp("ab", 7..9), 2..2);
    }
}

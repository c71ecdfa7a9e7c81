//! A text that is changed before it is read, with the way back to where each part of it was written.

use std::borrow::Cow;
use std::ops::Range;

/// A text, and where it was written.
pub(super) struct Rewritten<'a> {
    /// The text as it is read.
    pub text: Cow<'a, str>,
    /// Its pieces in order, without gaps.
    pieces: Vec<Piece>,
}

/// What stands in place of a part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The part, in bytes.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: String,
}

struct Piece {
    at: usize,
    written: Range<usize>,
    /// Whether it says what was written, and does not stand in its place.
    same: bool,
}

impl<'a> Rewritten<'a> {
    /// A text that nothing was changed in.
    pub fn of(text: &'a str) -> Self {
        let whole = Piece { at: 0, written: 0..text.len(), same: true };
        Self { text: text.into(), pieces: vec![whole] }
    }

    /// Whether anything was changed.
    pub fn is_changed(&self) -> bool {
        self.pieces.iter().any(|piece| !piece.same || piece.at != piece.written.start)
    }

    /// Changes the text. The edits are in order, and none reaches into the next one.
    pub fn apply(&mut self, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        let mut changed = Self { text: Cow::Owned(String::with_capacity(self.text.len())), pieces: Vec::new() };
        let mut at = 0;
        for edit in edits {
            changed.copy(self, at..edit.range.start);
            if !edit.with.is_empty() {
                changed.push(&edit.with, self.written(&edit.range), false);
            }
            at = edit.range.end;
        }
        changed.copy(self, at..self.text.len());
        *self = Self { text: changed.text.into_owned().into(), pieces: changed.pieces };
    }

    /// Where a range of the text was written. What stands in place of something was written where that was.
    pub fn written(&self, range: &Range<usize>) -> Range<usize> {
        let start = match self.pieces.get(self.piece_at(range.start)) {
            Some(piece) if piece.same => (piece.written.start + (range.start - piece.at)).min(piece.written.end),
            Some(piece) => piece.written.start,
            None => 0,
        };
        let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()) else { return start..start };
        let end = match self.pieces.get(self.piece_at(last)) {
            Some(piece) if piece.same => (piece.written.start + (last - piece.at) + 1).min(piece.written.end),
            Some(piece) => piece.written.end,
            None => start,
        };
        start..end.max(start)
    }

    /// The number of the piece in which a place of the text lies.
    fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
    }

    fn copy(&mut self, from: &Rewritten<'_>, range: Range<usize>) {
        let mut number = from.piece_at(range.start);
        let mut at = range.start;
        while at < range.end {
            let next = from.pieces.get(number + 1).map_or(from.text.len(), |next| next.at);
            let end = next.min(range.end);
            let same = from.pieces[number].same;
            self.push(&from.text[at..end], from.written(&(at..end)), same);
            (at, number) = (end, number + 1);
        }
    }

    fn push(&mut self, text: &str, written: Range<usize>, same: bool) {
        self.pieces.push(Piece { at: self.text.len(), written, same });
        self.text.to_mut().push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_changed_text_leads_back_to_where_it_was_written() {
        let mut text = Rewritten::of("one two three");
        text.apply(&[Edit { range: 0..3, with: "eleven".into() }, Edit { range: 7..7, with: "!".into() }]);
        assert_eq!(text.text, "eleven two! three");
        text.apply(&[Edit { range: 7..8, with: String::new() }, Edit { range: 17..17, with: ".".into() }]);
        assert_eq!(text.text, "eleven wo! three.");
        let written = |part: &str| {
            let at = text.text.find(part).unwrap();
            text.written(&(at..at + part.len()))
        };
        assert_eq!(written("wo"), 5..7);
        assert_eq!(written("lev"), 0..3);
        assert_eq!(written("three"), 8..13);
        assert_eq!(written("wo! th"), 5..10);
        assert_eq!(written("."), 13..13);
        assert_eq!(text.written(&(17..17)), 13..13);
    }
}

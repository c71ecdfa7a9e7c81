//! Repairs: which ones are certain, and what they make of a file.

use std::ops::Range;

use super::human::Texts;
use super::{Diagnostic, Fix};
use crate::span;

/// Drops every fix whose place does not hold exactly what the fix wants to replace, and keeps quotes where they are.
pub fn confirm(diagnostics: &mut [Diagnostic], texts: &Texts) {
    for diagnostic in diagnostics {
        let confirmed = diagnostic.fix.take().and_then(|fix| {
            let text = texts.get(&fix.place.path)?;
            confirmed(fix, text)
        });
        diagnostic.fix = confirmed;
    }
}

fn confirmed(mut fix: Fix, text: &str) -> Option<Fix> {
    let range = fix.place.range();
    let found = text.get(range.clone())?;
    if fix.was.is_empty() || fix.replacement.contains('\n') {
        return None;
    }
    let quoted = found.len() >= 2 && found.starts_with(['"', '\'']) && found.ends_with(&found[..1]);
    if found == fix.was {
        Some(fix)
    } else if quoted && found[1..found.len() - 1] == fix.was && !fix.replacement.contains(['"', '\'', '\\']) {
        fix.place = span::Place::new(&fix.place.path, range.start + 1..range.end - 1);
        Some(fix)
    } else {
        None
    }
}

/// A file as it is on disk, with the repairs made. Places count in the text without a byte order mark and with `\n` at
/// the end of lines; everything that is not repaired keeps its bytes. Of repairs that overlap the first is made, and none
/// of two that want different things for one place.
pub fn apply(written: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut fixes: Vec<(Range<usize>, &str)> =
        fixes.iter().map(|fix| (fix.place.range(), fix.replacement.as_str())).collect();
    fixes.sort_by_key(|(range, replacement)| (range.start, range.end, *replacement));
    fixes.dedup();
    let ambiguous = |range: &Range<usize>| fixes.iter().filter(|(other, _)| other == range).count() > 1;
    let certain: Vec<_> = fixes.iter().filter(|(range, _)| !ambiguous(range)).cloned().collect();
    let (mut out, mut done, mut at) = (String::with_capacity(written.len()), 0, 0);
    let mut borders = Borders::new(written);
    let mut last_end = 0;
    for (range, replacement) in certain {
        if range.start < last_end {
            continue;
        }
        last_end = range.end;
        let (start, end) = (borders.written(range.start), borders.written(range.end));
        out.push_str(&written[at..start]);
        out.push_str(replacement);
        at = end;
        done += 1;
    }
    out.push_str(&written[at..]);
    (out, done)
}

/// Turns offsets of the tidied text into offsets of the text on disk; has to be asked in ascending order.
struct Borders<'a> {
    written: &'a str,
    at: usize,
    tidied: usize,
}

impl<'a> Borders<'a> {
    fn new(written: &'a str) -> Self {
        let mark = if written.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { written, at: mark, tidied: 0 }
    }

    fn written(&mut self, wanted: usize) -> usize {
        let bytes = self.written.as_bytes();
        while self.tidied < wanted && self.at < bytes.len() {
            let pair = bytes[self.at] == b'\r' && bytes.get(self.at + 1) == Some(&b'\n');
            self.at += if pair { 2 } else { 1 };
            self.tidied += 1;
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Place;

    fn fixed(written: &str, was: &str, replacement: &str) -> String {
        let tidied = written.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let at = tidied.find(was).unwrap();
        let place = Place::new(&"a.md".into(), at..at + was.len());
        let fix = Fix { place, was: was.into(), replacement: replacement.into() };
        apply(written, &[&fix]).0
    }

    #[test]
    fn every_other_byte_stays() {
        assert_eq!(fixed("\u{feff}a: ö\r\nb: old\r\nc\n", "old", "newer"), "\u{feff}a: ö\r\nb: newer\r\nc\n");
        assert_eq!(fixed("a\nold", "old", ""), "a\n");
    }

    #[test]
    fn repairs_of_the_same_place_are_made_once() {
        let place = Place::new(&"a.md".into(), 0..3);
        let fix = |replacement: &str| Fix { place: place.clone(), was: "old".into(), replacement: replacement.into() };
        assert_eq!(apply("old", &[&fix("new"), &fix("new")]), ("new".to_string(), 1));
        assert_eq!(apply("old", &[&fix("one"), &fix("two")]), ("old".to_string(), 0));
    }

    #[test]
    fn a_fix_is_kept_only_where_its_text_stands() {
        let text = "a: \"old\" old";
        let fix = |range| Fix { place: Place::new(&"a.md".into(), range), was: "old".into(), replacement: "x".into() };
        assert_eq!(confirmed(fix(3..8), text).unwrap().place.range(), 4..7);
        assert_eq!(confirmed(fix(9..12), text).unwrap().place.range(), 9..12);
        assert_eq!(confirmed(fix(0..8), text), None);
    }
}

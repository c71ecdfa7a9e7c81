//! Reads a bibliography as a whole or, where that fails, work by work.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::hayagriva::{self, Entry, Refusal};
use super::piece::WorkText;
use super::{Bibliography, outline, problems, said};
use crate::diagnostics::Diagnostic;
use crate::span::Place;

/// The library compares every key with every other, so long files are read in pieces from the start.
const READ_WHOLE: usize = 2_000;

/// How many broken works are reported one by one: beyond that the file is something else.
const REPORTED: usize = 200;

/// Reads a bibliography and formats its references.
pub(super) fn read(path: &Arc<str>, text: &str) -> (Bibliography, Vec<Diagnostic>) {
    let is_deep = is_deep(text);
    let outline = if is_deep { outline::Outline::default() } else { outline::of(text) };
    if outline.is_bomb() {
        return broken(problems::too_much(Place::whole(path), "the bibliography", problems::BOMB));
    }
    let mut reader = WorkReader { path, text, found: Vec::new(), unreadable: Vec::new(), diagnostics: Vec::new() };
    if is_deep {
        let pieces = pieces(text);
        if pieces.is_empty() {
            return broken(problems::too_much(Place::whole(path), "the bibliography", problems::DEEP));
        }
        reader.read_pieces(&pieces);
    } else if outline.keys.len() <= READ_WHOLE {
        match hayagriva::entries(text) {
            Ok(entries) => {
                let places: BTreeMap<_, _> = outline.keys.into_iter().collect();
                for entry in entries {
                    let span = places.get(entry.key()).cloned().unwrap_or(0..0);
                    reader.found.push((span, entry));
                }
                return reader.finish();
            }
            Err(refusal) => {
                let pieces = pieces(text);
                if pieces.is_empty() {
                    return broken(problems::not_a_list(path, text, &refusal));
                }
                reader.read_pieces(&pieces);
                if reader.diagnostics.is_empty() {
                    reader.diagnostics.push(problems::syntax(path, text, 0..text.len(), &refusal));
                }
            }
        }
    } else {
        reader.read_pieces(&pieces(text));
    }
    reader.finish()
}

fn broken(diagnostic: Diagnostic) -> (Bibliography, Vec<Diagnostic>) {
    (Bibliography { broken: true, ..Bibliography::default() }, vec![diagnostic])
}

struct WorkReader<'a> {
    path: &'a Arc<str>,
    text: &'a str,
    /// The entries that could be read, with the places of their keys.
    found: Vec<(Range<usize>, Entry)>,
    unreadable: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl WorkReader<'_> {
    fn read_pieces(&mut self, pieces: &[WorkText]) {
        let results: Vec<_> = pieces.par_iter().map(|piece| read_piece(self.text, piece)).collect();
        let mut first: BTreeMap<&str, &WorkText> = BTreeMap::new();
        let mut waiting: Vec<(&WorkText, Refusal)> = Vec::new();
        let mut broken: Vec<&WorkText> = Vec::new();
        for (piece, result) in pieces.iter().zip(results) {
            if let Some(earlier) = first.get(piece.key.as_str()) {
                broken.push(piece);
                let places = [&earlier.key_span, &piece.key_span].map(|span| Place::new(self.path, span.clone()));
                self.diagnostics.push(problems::duplicate(&piece.key, places));
                continue;
            }
            first.insert(&piece.key, piece);
            match result {
                Ok(entries) => self.found.extend(entries.into_iter().map(|entry| (piece.key_span.clone(), entry))),
                Err(refusal) if refusal.reason.contains(said::UNKNOWN_ANCHOR) => waiting.push((piece, refusal)),
                Err(refusal) => {
                    broken.push(piece);
                    self.unreadable.push(piece.key.clone());
                    self.diagnostics.push(problems::entry(self.path, self.text, piece, &refusal));
                }
            }
        }
        self.read_waiting(pieces, &broken, waiting);
    }

    /// Reads the works that use an anchor of another work, together with everything that is not broken.
    fn read_waiting(&mut self, pieces: &[WorkText], broken: &[&WorkText], waiting: Vec<(&WorkText, Refusal)>) {
        if waiting.is_empty() {
            return;
        }
        let starts: BTreeSet<_> = broken.iter().map(|piece| piece.range.start).collect();
        let sound = pieces.iter().filter(|piece| !starts.contains(&piece.range.start));
        let together: String =
            sound.map(|piece| self.text[piece.range.clone()].trim_end().to_string() + "\n").collect();
        let entries = read_text(&together).unwrap_or_default();
        let mut entries: BTreeMap<_, _> = entries.into_iter().map(|entry| (entry.key().to_string(), entry)).collect();
        // An anchor that went down with a broken work is not one more mistake.
        let excused = broken.iter().any(|piece| self.text[piece.range.clone()].contains('&'));
        for (piece, refusal) in waiting {
            if let Some(entry) = entries.remove(&piece.key) {
                self.found.push((piece.key_span.clone(), entry));
                continue;
            }
            self.unreadable.push(piece.key.clone());
            if !excused {
                self.diagnostics.push(problems::entry(self.path, self.text, piece, &refusal));
            }
        }
    }

    fn finish(mut self) -> (Bibliography, Vec<Diagnostic>) {
        self.diagnostics.sort_by(|one, other| one.place.cmp(&other.place));
        if let Some(next) = self.diagnostics.get(REPORTED) {
            let more = problems::many_more(next.place.clone(), self.diagnostics.len() - REPORTED);
            self.diagnostics.truncate(REPORTED);
            self.diagnostics.push(more);
        }
        let path = self.path;
        let works = self.found.into_par_iter().map(|(span, entry)| hayagriva::work(entry, Place::new(path, span)));
        let works: Vec<_> = works.collect();
        let bibliography = Bibliography {
            works: works.into_iter().map(|work| (work.key.clone(), work)).collect(),
            unreadable: self.unreadable.into_iter().collect(),
            ..Bibliography::default()
        };
        (bibliography, self.diagnostics)
    }
}

fn read_piece(text: &str, piece: &WorkText) -> Result<Vec<Entry>, Refusal> {
    let entries = read_text(&text[piece.range.clone()])?;
    Ok(entries.into_iter().filter(|entry| entry.key() == piece.key).collect())
}

/// Reads a text that has not yet been looked at as a whole.
fn read_text(text: &str) -> Result<Vec<Entry>, Refusal> {
    if is_deep(text) {
        return Err(Refusal { reason: problems::DEEP.to_string(), at: 0 });
    }
    if text.contains('*') && outline::of(text).is_bomb() {
        return Err(Refusal { reason: problems::BOMB.to_string(), at: 0 });
    }
    hayagriva::entries(text)
}

/// Whether more brackets are open than any work needs: the YAML parsers take a minute for 100,000 of them.
/// Brackets in titles count too, which does no harm: the file is then read work by work.
fn is_deep(text: &str) -> bool {
    let mut open = 0_i32;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = (open - 1).max(0),
            _ => {}
        }
        open > 200
    })
}

/// Takes a file apart at the keys that stand at the left margin, which works however broken the lines between are.
fn pieces(text: &str) -> Vec<WorkText> {
    let mut pieces: Vec<WorkText> = Vec::new();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut open = false;
    for line in text[at..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(key) = key_of(line) {
            let written = line[..key].trim_end();
            let quote = written.starts_with(['"', '\'']) && written.len() > 1;
            let name = if quote { &written[1..written.len() - 1] } else { written };
            let key_span = start..start + written.len();
            pieces.push(WorkText { key: name.to_string(), key_span, range: start..at });
            open = true;
        } else if line.starts_with("---") || line.starts_with("...") {
            open = false;
        } else if let (true, Some(piece)) = (open, pieces.last_mut()) {
            piece.range.end = at;
        }
    }
    pieces
}

/// Where the key that a line begins with ends, if it begins with one.
fn key_of(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if first.is_whitespace() || "#-?:,{}[]%&*!|>@`".contains(first) {
        return None;
    }
    let from = if first == '"' || first == '\'' { line[1..].find(first)? + 2 } else { 0 };
    let colon = line[from..]
        .char_indices()
        .find(|&(i, c)| c == ':' && line[from + i + 1..].chars().next().is_none_or(char::is_whitespace));
    colon.map(|(i, _)| from + i).filter(|&end| from == 0 || line[from..end].trim().is_empty())
}

//! Where reference links have their addresses: `[name]: address`.

use super::Edits;
use crate::span::Place;

/// The addresses of the definitions `[name]: address` of a file that are written like this one.
pub(super) fn definitions(edits: &Edits<'_>, place: &Place, written: &str) -> Vec<Place> {
    let Some(source) = edits.sources.text(&place.path) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let address = line.trim_start_matches(['>', ' ']).strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if let Some((_, address)) = address {
            let address = address.trim_start().trim_start_matches('<');
            let start = at + line.len() - address.len();
            let behind = address.strip_prefix(written).map(|rest| rest.chars().next().unwrap_or('\n'));
            if behind.is_some_and(|c| c.is_whitespace() || matches!(c, '#' | '>' | '?')) {
                found.push(Place::new(&source.path, start..start + written.len()));
            }
        }
        at += line.len();
    }
    found
}

//! The old address of an entry, noted where the entry is written, so that it leads to the new one.

use super::Edits;
use crate::model::doc::Doc;
use crate::redirects;

/// Notes that `old` leads to what is now at `new`. Where the entry is renamed back, the address that it gets again gives
/// its place to the one that it loses.
pub(super) fn add(edits: &mut Edits<'_>, doc: &Doc, old: &str, new: &str) {
    if doc.redirect_from.iter().any(|(from, _)| from == old) {
        return;
    }
    if let Some((from, path)) = doc.redirect_from.iter().find(|(from, _)| from == new) {
        let place = doc.value_place(path);
        if let Some(at) = edits.text(&place).and_then(|text| text.find(from.as_str())) {
            edits.replace(&place, at..at + from.len(), old);
        }
        return;
    }
    edits.all.push(redirects::noted(doc, &[old]));
}

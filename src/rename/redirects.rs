//! The old address of an entry, noted where the entry is written, so that it leads to the new one.

use super::Edits;
use crate::model::doc::Doc;
use crate::yaml::{MappingPart, PathStep};

const KEY: &str = "redirect_from";

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
    match doc.redirect_from.last() {
        Some((_, path)) => behind(edits, doc, path, old),
        None if doc.root.is_empty() => in_front_matter(edits, doc, old),
        None => in_item(edits, doc, old),
    }
}

/// Behind the last address of the list, in the form of the list.
fn behind(edits: &mut Edits<'_>, doc: &Doc, path: &[PathStep], old: &str) {
    let place = doc.value_place(path);
    let Some(source) = edits.sources.text(&place.path) else { return };
    let (start, end) = (place.range().start, place.range().end);
    let line = &source.text[source.text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let is_item = matches!(path.last(), Some(PathStep::Index(_)));
    if !is_item {
        let written = source.text[start..end].to_string();
        edits.replace(&place, 0..end - start, format!("[{written}, {old}]"));
    } else if line.trim_start().starts_with('-') {
        let text = format!("\n{line}{old}");
        edits.insert(&place.path, end, text);
    } else {
        edits.insert(&place.path, end, format!(", {old}"));
    }
}

/// At the end of the front matter; with a front matter of its own where the file has none.
fn in_front_matter(edits: &mut Edits<'_>, doc: &Doc, old: &str) {
    let Some(source) = edits.sources.text(doc.path()) else { return };
    let text = &source.text;
    let path = source.path.clone();
    let place = doc.yaml.at(0..doc.yaml.text().len()).range();
    if text.starts_with("+++") {
        edits.insert(&path, place.start, format!("{KEY} = [\"{old}\"]\n"));
    } else if text.starts_with("---") && place.start > 0 {
        let before = if place.end == place.start || text[..place.end].ends_with('\n') { "" } else { "\n" };
        let after = if text[place.end..].starts_with('\n') { "" } else { "\n" };
        edits.insert(&path, place.end, format!("{before}{KEY}: [{old}]{after}"));
    } else {
        edits.insert(&path, 0, format!("---\n{KEY}: [{old}]\n---\n"));
    }
}

/// Before the first key of an item of a data file, or within its braces.
fn in_item(edits: &mut Edits<'_>, doc: &Doc, old: &str) {
    let Some(source) = edits.sources.text(doc.path()) else { return };
    let (path, text) = (source.path.clone(), source.text.clone());
    let key = doc.yaml.place(&doc.root, MappingPart::Key).range();
    let behind = text[key.end..].find(':').map_or(key.end, |at| key.end + at + 1);
    let rest = &text[behind..];
    let first = behind + rest.len() - rest.trim_start().len();
    if let Some(inside) = text[first..].strip_prefix('{') {
        let comma = if inside.trim_start().starts_with('}') { "" } else { ", " };
        edits.insert(&path, first + 1, format!("{KEY}: [{old}]{comma}"));
    } else {
        let indent = &text[text[..first].rfind('\n').map_or(0, |at| at + 1)..first];
        let line = format!("{KEY}: [{old}]\n{indent}");
        edits.insert(&path, first, line);
    }
}

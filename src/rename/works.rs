//! A new key for a work: in the bibliography, in its record, in every citation.

use std::sync::Arc;

use super::{Edits, data};
use crate::citations::BIBLIOGRAPHY;
use crate::error::Error;
use crate::model::value::Value;
use crate::span::Place;

pub(super) fn rename(edits: &mut Edits<'_>, old: &str, new: &str) -> Result<(), Error> {
    let site = edits.site;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+');
    if new.is_empty() || !new.chars().all(plain) || !new.starts_with(char::is_alphanumeric) {
        let refusal = Error::content(format!("`{new}` is no key of a work"));
        return Err(refusal.help("a key has letters, digits, `-`, `_`, `:`, `.` and `+`"));
    }
    if site.bibliography.works.contains_key(new) {
        return Err(Error::content(format!("there is a work `{new}` already")));
    }
    let file = site.bibliography.file.as_deref().unwrap_or(BIBLIOGRAPHY);
    let records = site.schema.figures.as_ref().map(|figures| figures.file.as_str());
    for path in [Some(file), records].into_iter().flatten() {
        keys(edits, path, old, new);
    }
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        for body in doc.bodies() {
            for citation in &body.citations {
                for ((key, _), span) in citation.keys.iter().zip(&citation.spans) {
                    if key == old {
                        in_text(edits, &doc.body_place(body, span.clone()), old, new);
                    }
                }
            }
        }
        let mut places: Vec<Place> = Vec::new();
        doc.every_value(&mut |value, place| {
            if let Value::Citations(keys) = value {
                places.extend(keys.iter().filter(|(key, _)| key == old).map(|(_, at)| place(at)));
            }
        });
        for place in places {
            in_text(edits, &place, old, new);
        }
    }
    let mut found = Vec::new();
    data::every_text(edits, &mut |text, place| {
        if text.strip_prefix('@') == Some(old) {
            found.push(place);
        }
    });
    for place in found {
        in_text(edits, &place, old, new);
    }
    Ok(())
}

/// The key at a place, which may have quotes, brackets or an `@` before it.
fn in_text(edits: &mut Edits<'_>, place: &Place, old: &str, new: &str) {
    if let Some(at) = edits.text(place).and_then(|text| text.find(old)) {
        edits.replace(place, at..at + old.len(), new);
    }
}

/// The key where a file declares it: at the beginning of a line, or behind the brace of BibTeX.
fn keys(edits: &mut Edits<'_>, path: &str, old: &str, new: &str) {
    let Some(source) = edits.sources.text(path) else { return };
    let (path, text): (Arc<str>, Arc<str>) = (source.path.clone(), source.text.clone());
    let bibtex = path.ends_with(".bib");
    let mut line_at = 0;
    for line in text.split_inclusive('\n') {
        let before = if bibtex {
            line.trim_start().strip_prefix('@').and_then(|entry| entry.find('{')).map(|brace| {
                let indent = line.len() - line.trim_start().len();
                let behind = indent + 1 + brace + 1;
                behind + line[behind..].len() - line[behind..].trim_start().len()
            })
        } else {
            Some(usize::from(line.starts_with(['"', '\''])))
        };
        if let Some(at) = before
            && let Some(rest) = line[at..].strip_prefix(old)
            && rest.trim_start_matches(['"', '\'']).trim_start().starts_with(if bibtex { ',' } else { ':' })
        {
            let start = line_at + at;
            edits.replace(&Place::new(&path, start..start + old.len()), 0..old.len(), new);
        }
        line_at += line.len();
    }
}

//! A bibliography in BibTeX or BibLaTeX, as programs for references keep it.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Bibliography, hayagriva};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::{Place, clamp};

/// Reads a bibliography and formats its references. Where something is wrong nothing of it is known.
pub(super) fn read(path: &Arc<str>, text: &str) -> (Bibliography, Vec<Diagnostic>) {
    match hayagriva::bibtex_entries(text) {
        Ok(entries) => {
            let works = entries.into_par_iter().map(|entry| {
                let place = Place::new(path, key_in(text, entry.key()));
                hayagriva::work(entry, place)
            });
            let works = works.collect::<Vec<_>>().into_iter().map(|work| (work.key.clone(), work)).collect();
            (Bibliography { works, ..Bibliography::default() }, Vec::new())
        }
        Err(refusals) => {
            let problem = |(reason, at): (String, Range<usize>)| {
                let message = format!("the bibliography cannot be read: {}", reason.trim_end_matches('.'));
                Diagnostic::new(Code::BibliographyInvalid, Place::new(path, clamp(text, at)), message)
                    .help("mend it in the program that keeps it, and export it again")
            };
            let problems = refusals.into_iter().map(problem).collect();
            (Bibliography { broken: true, ..Bibliography::default() }, problems)
        }
    }
}

/// Where the key of a work stands: `@article{key,`.
fn key_in(text: &str, key: &str) -> Range<usize> {
    let stands_alone = |at: &usize| {
        text[..*at].trim_end().ends_with(['{', '(']) && text[at + key.len()..].trim_start().starts_with(',')
    };
    let at = text.match_indices(key).map(|(at, _)| at).find(stands_alone);
    at.map_or(0..0, |at| at..at + key.len())
}

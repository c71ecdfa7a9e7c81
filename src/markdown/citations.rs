//! Citations: `[@davis2020; @guo2017, p. 3]`.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostics::Code;
use crate::model::body::{Citation, Filling};
use crate::span::Offset;
use crate::url::composed;

impl Writer<'_> {
    /// The citation that stands at a place of the text, with its brackets.
    pub fn citation(&mut self, span: Range<usize>) {
        let written = self.text[span.clone()].trim_start_matches('[').trim_end_matches(']');
        let (mut keys, mut spans) = (Vec::new(), Vec::new());
        let mut at = span.start + self.text[span].find(written).unwrap_or_default();
        for part in written.split(';') {
            let (key, locator) = match part.split_once(',') {
                Some((key, locator)) => (key, Some(locator.trim().to_string())),
                None => (part, None),
            };
            if let Some(other) = locator.as_deref().filter(|locator| locator.starts_with('@')) {
                let cited = part.trim();
                let message = format!("`{other}` stands where a page would: only the first work of `{cited}` is cited");
                let help = "put a `;` between works: `[@davis2020; @guo2017]`";
                self.problem(Code::MarkdownUnread, at..at + part.len(), message, help);
            }
            let name = key.trim().trim_start_matches('@');
            if name.is_empty() {
                let help = "write its key there, `[@davis2020; @guo2017]`, or take the sign away";
                self.problem(Code::MarkdownUnread, at..at + part.len(), "no work is named here", help);
                at += part.len() + 1;
                continue;
            }
            let name_at = at + (key.len() - key.trim_start().trim_start_matches('@').len());
            spans.push(self.global(&(name_at..name_at + name.len())));
            keys.push((composed(name).into_owned(), locator));
            at += part.len() + 1;
        }
        self.hole(Filling::Citation(self.out.body.citations.len() as Offset));
        self.out.body.citations.push(Citation { keys, spans });
    }
}

/// The keys of a citation as it was written, with its brackets.
pub(super) fn cited_keys(written: &str) -> impl Iterator<Item = &str> {
    let works = written.trim_start_matches('[').trim_end_matches(']').split(';');
    let keys = works.map(|work| work.split(',').next().unwrap_or_default().trim().trim_start_matches('@'));
    keys.filter(|key| !key.is_empty())
}

/// Whether brackets that begin with `@` are a citation: `[@]` is text.
pub(super) fn names_a_work(written: &str) -> bool {
    cited_keys(written).next().is_some()
}

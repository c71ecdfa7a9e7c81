//! Prints problems to the people at the terminal.

use std::io::IsTerminal;
use std::path::Path;

use crate::diagnostics::{Diagnostic, human, human::Texts};
use crate::stages::load;

/// Prints a report to standard error.
pub(super) fn print(root: &Path, diagnostics: &[Diagnostic], texts: &Texts) {
    if diagnostics.is_empty() {
        return;
    }
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let texts = complete(root, diagnostics, texts);
    anstream::eprintln!("{}", human::report(diagnostics, &texts, coloured));
}

/// Prints one line to standard error.
pub(super) fn say(line: impl std::fmt::Display) {
    anstream::eprintln!("{line}");
}

/// Adds the texts of files that only drawing found fault with.
fn complete(root: &Path, diagnostics: &[Diagnostic], texts: &Texts) -> Texts {
    let mut texts = texts.clone();
    for diagnostic in diagnostics.iter().take(human::SHOWN) {
        for place in std::iter::once(&diagnostic.place).chain(diagnostic.related.iter().map(|related| &related.place)) {
            if !texts.contains_key(&place.path)
                && let Some(text) = load::text(root, &place.path)
            {
                texts.insert(place.path.clone(), text);
            }
        }
    }
    texts
}

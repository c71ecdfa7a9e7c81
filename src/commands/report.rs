//! Prints problems: for people to standard error, for programs to standard output.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::args::Format;
use crate::diagnostics::human::Texts;
use crate::diagnostics::{Diagnostic, github, human, json, sarif, short};
use crate::stages::load;

/// Prints a report for people.
pub(super) fn print(root: &Path, diagnostics: &[Diagnostic], texts: &Texts) {
    if !diagnostics.is_empty() {
        print_as(Format::Human, diagnostics, &complete(root, diagnostics, texts.clone()));
    }
}

/// A report for people as text that [`say_again`] prints, with its colours.
pub(super) fn to_say_again(diagnostics: &[Diagnostic], texts: &Texts) -> String {
    if diagnostics.is_empty() { String::new() } else { human::report(diagnostics, texts, true) }
}

/// Prints a report that was kept, with colours where they are wanted.
pub(super) fn say_again(report: &str) {
    if !report.is_empty() {
        let plain = || anstream::adapter::strip_str(report).to_string();
        anstream::eprintln!("{}", if coloured() { report.to_string() } else { plain() });
    }
}

/// Prints a report in one of the formats. `texts` has the texts of all files that it speaks of.
pub(super) fn print_as(format: Format, diagnostics: &[Diagnostic], texts: &Texts) {
    let report = match format {
        Format::Human if diagnostics.is_empty() => return,
        Format::Human => {
            anstream::eprintln!("{}", human::report(diagnostics, texts, coloured()));
            return;
        }
        Format::Short => short::report(diagnostics, texts),
        Format::Json => json::report(diagnostics, texts),
        Format::Sarif => sarif::report(diagnostics, texts),
        Format::Github => github::report(diagnostics, texts),
    };
    data(&report);
}

/// Prints data to standard output. Whoever reads it may stop reading at any time.
pub(super) fn data(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints one line to standard error.
pub(super) fn say(line: impl std::fmt::Display) {
    anstream::eprintln!("{line}");
}

fn coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Adds the texts of files that only drawing found fault with.
pub(super) fn complete(root: &Path, diagnostics: &[Diagnostic], mut texts: Texts) -> Texts {
    for diagnostic in diagnostics {
        for place in std::iter::once(&diagnostic.place).chain(diagnostic.related.iter().map(|related| &related.place)) {
            if !texts.contains_key(&place.path) {
                let text = load::text(root, &place.path).unwrap_or_default();
                texts.insert(place.path.clone(), text);
            }
        }
    }
    texts
}

//! Reports with one line for each problem: `path:line:column: severity[code]: message`, which editors can jump along.

use super::human::SourceTexts;
use super::{Diagnostic, Locations};

/// All problems, one line each.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    diagnostics.iter().map(|diagnostic| line(diagnostic, &locations)).collect()
}

fn line(diagnostic: &Diagnostic, locations: &Locations<'_>) -> String {
    let (line, column) = locations.of(&diagnostic.place).start;
    let path: String =
        diagnostic.place.path.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let (severity, code) = (diagnostic.severity.name(), diagnostic.shown_code());
    format!("{path}:{line}:{column}: {severity}[{code}]: {}\n", diagnostic.message)
}

//! Reports with one line for each place: `path:line:column: severity[code]: message`, which editors can jump along, and below
//! that `path:line:column: note[code]: label` for each other place of the problem.

use super::human::SourceTexts;
use super::{Diagnostic, Locations};
use crate::span::Place;

/// All problems, one line each, with a line for each other place of them.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    diagnostics.iter().map(|diagnostic| lines(diagnostic, &locations)).collect()
}

fn lines(diagnostic: &Diagnostic, locations: &Locations<'_>) -> String {
    let code = diagnostic.shown_code();
    let line = |place: &Place, sort: &str, said: &str| {
        let (line, column) = locations.of(place).start;
        let path = place.path.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
        format!("{}:{line}:{column}: {sort}[{code}]: {said}\n", path.collect::<String>())
    };
    let others = diagnostic.related.iter().map(|related| line(&related.place, "note", &related.label));
    std::iter::once(line(&diagnostic.place, diagnostic.severity.name(), &diagnostic.message)).chain(others).collect()
}

//! Reports for GitHub Actions: commands that its runner turns into annotations beside the lines of a pull request.

use super::human::SourceTexts;
use super::{Diagnostic, Locations};

/// So many errors of one step are shown beside their lines, and so many warnings; what follows would be dropped.
const SHOWN: usize = 10;

/// So many problems stand in the summary of a run, which may be no longer than a megabyte.
const LISTED: usize = 1000;

/// The first errors and warnings, one command each, and a line that counts the others.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    let mut out = String::new();
    for diagnostic in errors.iter().take(SHOWN).chain(warnings.iter().take(SHOWN)) {
        out.push_str(&command(diagnostic, &locations));
    }
    let more = |all: usize, one: &str| match all.saturating_sub(SHOWN) {
        0 => None,
        1 => Some(format!("1 more {one}")),
        more => Some(format!("{more} more {one}s")),
    };
    let more: Vec<_> = more(errors.len(), "error").into_iter().chain(more(warnings.len(), "warning")).collect();
    if !more.is_empty() {
        out.push_str(&format!(
            "::notice title=limber check::and {}: the summary of the run has all\n",
            more.join(" and ")
        ));
    }
    out
}

/// All problems as a table of Markdown, errors first, for the summary of a run.
pub fn summary(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    let count = |all: usize, one: &str| if all == 1 { format!("1 {one}") } else { format!("{all} {one}s") };
    let (all_errors, all_warnings) = (count(errors.len(), "error"), count(warnings.len(), "warning"));
    let mut out = format!("### limber check: {all_errors}, {all_warnings}\n");
    if diagnostics.is_empty() {
        return out;
    }
    out.push_str("\n| | where | problem |\n|---|---|---|\n");
    for diagnostic in errors.iter().chain(&warnings).take(LISTED) {
        let (line, column) = locations.of(&diagnostic.place).start;
        let (path, message) = (cell(&diagnostic.place.path), cell(&diagnostic.message));
        let (severity, code) = (diagnostic.severity.name(), diagnostic.shown_code());
        out.push_str(&format!("| {severity} | {path}:{line}:{column} | {message} ({code}) |\n"));
    }
    if diagnostics.len() > LISTED {
        out.push_str(&format!("\nand {} others\n", diagnostics.len() - LISTED));
    }
    out
}

/// A text within a cell of a table, as it is.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '[' | ']' | '#' | '~' | '$' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn command(diagnostic: &Diagnostic, locations: &Locations<'_>) -> String {
    let (line, column) = locations.of(&diagnostic.place).start;
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let (severity, path) = (diagnostic.severity.name(), property(&diagnostic.place.path));
    let (title, message) = (property(diagnostic.shown_code()), data(&message));
    format!("::{severity} file={path},line={line},col={column},title={title}::{message}\n")
}

/// Escapes what would end a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what would end a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! Reports for GitHub Actions: commands that its runner turns into annotations beside the lines of a pull request, and the
//! summary of a job.

use super::human::{SourceTexts, summary};
use super::{Diagnostic, Locations};

/// How many annotations of each severity a step may have; the runner drops all others without a word.
const SHOWN: usize = 10;
/// So many other places of a problem are named that have one label.
const NAMED: usize = 10;
/// How much a step may add to the summary of its job, in bytes; the runner drops what is longer as a whole.
const LONGEST: usize = 1000 * 1024;

/// The problems that are shown, errors first, one command each, then one that counts the rest.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    let (errors, warnings) = by_severity(diagnostics);
    let (shown_errors, more_errors) = errors.split_at(errors.len().min(SHOWN));
    let (shown_warnings, more_warnings) = warnings.split_at(warnings.len().min(SHOWN));
    let mut out: String =
        shown_errors.iter().chain(shown_warnings).map(|diagnostic| command(diagnostic, &locations)).collect();
    let more: Vec<Diagnostic> = more_errors.iter().chain(more_warnings).map(|more| (*more).clone()).collect();
    if !more.is_empty() {
        out.push_str(&format!("::notice title=limber::and {} more: {}\n", more.len(), summary(&more)));
    }
    out
}

/// All problems as a table in Markdown, errors first, for the summary of a job.
pub fn job_summary(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    if diagnostics.is_empty() {
        return "### limber: no problems\n".into();
    }
    let locations = Locations::new(texts);
    let mut out = format!("### limber: {}\n\n| | where | what |\n|---|---|---|\n", summary(diagnostics));
    let (errors, warnings) = by_severity(diagnostics);
    for (number, diagnostic) in errors.iter().chain(&warnings).enumerate() {
        let (line, column) = locations.of(&diagnostic.place).start;
        let place = cell(&format!("{}:{line}:{column}", diagnostic.place.path));
        let mut what = cell(&diagnostic.message);
        for others in others(diagnostic, &locations) {
            what.push_str(&format!("<br>{}", cell(&others)));
        }
        for help in &diagnostic.help {
            what.push_str(&format!("<br>help: {}", cell(help)));
        }
        let row =
            format!("| {} `{}` | {place} | {what} |\n", diagnostic.severity.name(), cell(diagnostic.shown_code()));
        if out.len() + row.len() > LONGEST {
            out.push_str(&format!("\nand {} more\n", diagnostics.len() - number));
            break;
        }
        out.push_str(&row);
    }
    out
}

fn by_severity(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<&Diagnostic>) {
    diagnostics.iter().partition(|diagnostic| diagnostic.is_error())
}

/// Text in a cell of a table. Code between back-ticks stays code.
fn cell(text: &str) -> String {
    let (mut out, mut code) = (String::with_capacity(text.len()), false);
    for c in text.chars() {
        code ^= c == '`';
        match c {
            '|' => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            '<' if !code => out.push_str("&lt;"),
            c => out.push(c),
        }
    }
    out
}

fn command(diagnostic: &Diagnostic, locations: &Locations<'_>) -> String {
    let (line, column) = locations.of(&diagnostic.place).start;
    let mut message = diagnostic.message.clone();
    for others in others(diagnostic, locations) {
        message.push('\n');
        message.push_str(&others);
    }
    for help in &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let (severity, path) = (diagnostic.severity.name(), property(&diagnostic.place.path));
    let (title, message) = (property(diagnostic.shown_code()), data(&message));
    format!("::{severity} file={path},line={line},col={column},title={title}::{message}\n")
}

/// The other places of a problem, a line for each label: `here, too: content/a.md:4:1, content/b.md:7:3`.
fn others(diagnostic: &Diagnostic, locations: &Locations<'_>) -> Vec<String> {
    let mut by_label: Vec<(&str, Vec<String>)> = Vec::new();
    for related in &diagnostic.related {
        let (line, column) = locations.of(&related.place).start;
        let place = format!("{}:{line}:{column}", related.place.path);
        match by_label.iter_mut().find(|(label, _)| *label == related.label) {
            Some((_, places)) => places.push(place),
            None => by_label.push((&related.label, vec![place])),
        }
    }
    let line = |(label, places): (&str, Vec<String>)| {
        let named = places.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        match places.len().saturating_sub(NAMED) {
            0 => format!("{label}: {named}"),
            more => format!("{label}: {named} and {more} more"),
        }
    };
    by_label.into_iter().map(line).collect()
}

/// A notice, beside a file where it has one.
pub fn notice(file: Option<&str>, title: &str, message: &str) -> String {
    let file = file.map_or_else(String::new, |file| format!("file={},line=1,", property(file)));
    format!("::notice {file}title={}::{}\n", property(title), data(message))
}

/// Escapes what would end a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what would end a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! Reports for GitHub Actions: commands that its runner turns into annotations beside the lines of a pull request.

use super::human::SourceTexts;
use super::{Diagnostic, Locations};

/// All problems, one command each.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    diagnostics.iter().map(|diagnostic| command(diagnostic, &locations)).collect()
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

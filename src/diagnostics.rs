//! What went wrong, apart from how it is printed.

pub mod baseline;
mod code;
pub mod diff;
pub mod github;
pub mod human;
pub mod json;
mod location;
mod near;
pub mod sarif;
pub mod short;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use location::{Location, Locations};
pub use near::{NameIndex, Suggestions, form, meant, nearest};

use crate::span::Place;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The site cannot be built like this.
    Error,
    /// The site can be built, but this should be looked at.
    Warning,
}

impl Severity {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem: what, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which problem it is.
    pub code: Code,
    /// The site's own code for the problem, where a rule of `site.yaml` raised it.
    pub rule: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// One line, lower case, no full stop, back-ticks round what the user typed.
    pub message: String,
    /// The smallest thing that is wrong.
    pub place: Place,
    /// Other places that belong to the problem, each with a few words.
    pub related: Vec<Related>,
    /// Ways out, one line each.
    pub help: Vec<String>,
    /// The repair, where only the form of what was typed is wrong.
    pub fix: Option<Fix>,
}

/// Another place that belongs to a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub label: String,
}

/// A replacement that repairs a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What to replace. Whether [`Fix::was`] really stands there is confirmed before the fix is offered.
    pub place: Place,
    /// What stands there.
    pub was: String,
    /// What to put there.
    pub replacement: String,
}

impl Diagnostic {
    /// A problem with the severity that its code has by default.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            rule: None,
            severity: code.severity(),
            message: message.into(),
            place,
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Adds a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a place that belongs to the problem.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push(Related { place, label: label.into() });
        self
    }

    /// Adds the names that come near what was typed.
    pub fn suggest(mut self, near: &[String]) -> Self {
        if !near.is_empty() {
            let names: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
            self.help.push(format!("did you mean {}?", names.join(" or ")));
        }
        self
    }

    /// Adds what may have been meant by what was typed at the place of the problem and, where it is the same name in
    /// another form, the repair.
    pub fn suggest_fix(mut self, typed: &str, meant: &Suggestions) -> Self {
        if let ([one], true) = (meant.names.as_slice(), meant.same) {
            self.fix = Some(Fix { place: self.place.clone(), was: typed.to_string(), replacement: one.clone() });
        }
        self.suggest(&meant.names)
    }

    /// Adds how a link that leads somewhere all the same is written here, as the repair.
    pub fn other_form(self, typed: &str, written: String) -> Self {
        let help = format!("write it as `{written}`, or say `checks: {{link-form: off}}` in site.yaml");
        Self { help: vec![help], ..self.suggest_fix(typed, &Suggestions::same(written)) }
    }

    /// The code that people see: the rule's own where a rule raised it.
    pub fn shown_code(&self) -> &str {
        self.rule.as_deref().unwrap_or(self.code.name())
    }

    /// Every place that it speaks of: its own, the related ones, that of the repair.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let related = self.related.iter().map(|related| &related.place);
        std::iter::once(&self.place).chain(related).chain(self.fix.iter().map(|fix| &fix.place))
    }

    /// Whether it keeps the site from being built.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    fn order(&self, other: &Self) -> Ordering {
        self.place
            .cmp(&other.place)
            .then_with(|| self.severity.cmp(&other.severity))
            .then_with(|| self.shown_code().cmp(other.shown_code()))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.help.cmp(&other.help))
    }
}

/// Sorts by file and position and drops what is there twice, so that a report never depends on the order of the work.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    for diagnostic in diagnostics.iter_mut() {
        let labels = diagnostic.related.iter_mut().map(|related| &mut related.label);
        for text in std::iter::once(&mut diagnostic.message).chain(&mut diagnostic.help).chain(labels) {
            make_printable(text);
        }
    }
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup();
}

/// Longest text of a report, in characters: what people type into a field may be a page long.
const LONGEST: usize = 400;

/// Keeps a text of a report on one line: what people type may hold line breaks, or codes that move a terminal's cursor.
fn make_printable(text: &mut String) {
    if text.chars().any(char::is_control) {
        let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        *text = plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push('…');
    }
}

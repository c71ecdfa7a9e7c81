//! Reports for other programs, as JSON.
//!
//! The format is stable: keys may be added, and are never renamed or removed while `version` is 1.
//!
//! ```json
//! {
//!   "version": 1,
//!   "errors": 1,
//!   "warnings": 0,
//!   "diagnostics": [{
//!     "code": "relation-unknown-target",
//!     "severity": "error",
//!     "message": "no article named `fist-steps`",
//!     "path": "content/topics/writing.md",
//!     "start": {"line": 9, "column": 7, "offset": 143},
//!     "end": {"line": 9, "column": 16, "offset": 152},
//!     "related": [{"label": "...", "path": "...", "start": {}, "end": {}}],
//!     "help": ["did you mean `first-steps`?"],
//!     "fix": {"path": "...", "start": {}, "end": {}, "was": "fist-steps", "replacement": "first-steps"},
//!     "fingerprint": "0f343b0931126a20f133d67c2b018a3b"
//!   }]
//! }
//! ```
//!
//! Lines and columns count from 1, columns in characters; offsets count bytes from 0 in the text without a byte order
//! mark and with `\n` at the end of lines. The end lies behind the last character. `fix` is `null` where there is no
//! single repair. The fingerprint stays the same when lines move.

use serde::Serialize;

use super::baseline::finding;
use super::human::SourceTexts;
use super::{Diagnostic, Locations};
use crate::span::Place;

/// All problems as one JSON document.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts) -> String {
    let locations = Locations::new(texts);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let report = Report {
        version: 1,
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics: diagnostics.iter().map(|diagnostic| problem(diagnostic, &locations, texts)).collect(),
    };
    let mut json = serde_json::to_string_pretty(&report).expect("texts and numbers can be written as JSON");
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    range: JsonRange<'a>,
    related: Vec<Label<'a>>,
    help: &'a [String],
    fix: Option<Repair<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Label<'a> {
    label: &'a str,
    #[serde(flatten)]
    range: JsonRange<'a>,
}

#[derive(Serialize)]
struct Repair<'a> {
    #[serde(flatten)]
    range: JsonRange<'a>,
    was: &'a str,
    replacement: &'a str,
}

#[derive(Serialize)]
struct JsonRange<'a> {
    path: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: usize,
}

fn problem<'a>(diagnostic: &'a Diagnostic, locations: &Locations<'_>, texts: &SourceTexts) -> JsonProblem<'a> {
    let label = |related: &'a super::Related| Label { label: &related.label, range: range(&related.place, locations) };
    let repair = |fix: &'a super::Fix| Repair {
        range: range(&fix.place, locations),
        was: &fix.was,
        replacement: &fix.replacement,
    };
    JsonProblem {
        code: diagnostic.shown_code(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        range: range(&diagnostic.place, locations),
        related: diagnostic.related.iter().map(label).collect(),
        help: &diagnostic.help,
        fix: diagnostic.fix.as_ref().map(repair),
        fingerprint: finding(diagnostic, texts).fingerprint().hex(),
    }
}

fn range<'a>(place: &'a Place, locations: &Locations<'_>) -> JsonRange<'a> {
    let (location, bytes) = (locations.of(place), place.range());
    let position = |(line, column), offset| Position { line, column, offset };
    JsonRange {
        path: &place.path,
        start: position(location.start, bytes.start),
        end: position(location.end, bytes.end),
    }
}

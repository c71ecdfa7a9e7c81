//! Problems to what the site thinks of them: its own severities, and silence where it does not mind.

use crate::diagnostics::{Diagnostic, Severity};
use crate::links::kind_of_file;
use crate::model::schema::{Level, Schema};

/// Gives every problem the severity that the site, or the kind of the entry, declares for its code. A rule's own code
/// goes before the code of the tool, and a code before `advice`, which stands for all that is only advice.
pub fn weigh(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    if schema.checks.is_empty() && schema.kinds.iter().all(|kind| kind.checks.is_empty()) {
        return;
    }
    diagnostics.retain_mut(|diagnostic| match level(schema, diagnostic) {
        None => true,
        Some(Level::Off) => false,
        Some(Level::Warning) => {
            diagnostic.severity = Severity::Warning;
            true
        }
        Some(Level::Error) => {
            diagnostic.severity = Severity::Error;
            true
        }
    });
}

fn level(schema: &Schema, diagnostic: &Diagnostic) -> Option<Level> {
    let of_kind = kind_of_file(&diagnostic.place.path, schema).map(|kind| &schema.kind(kind).checks);
    let find = |code: &str| of_kind.and_then(|checks| checks.get(code)).or_else(|| schema.checks.get(code)).copied();
    let advice = || diagnostic.code.is_advice().then(|| find("advice")).flatten();
    find(diagnostic.shown_code()).or_else(|| find(diagnostic.code.name())).or_else(advice)
}

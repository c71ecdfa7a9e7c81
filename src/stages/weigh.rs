//! Severities of problems as the site configures them, `off` included.

use crate::diagnostics::{Diagnostic, Severity};
use crate::links::{entry_of_file, kind_of_file};
use crate::model::kind::Level;
use crate::model::schema::{KindId, Schema};

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

/// Whether the site can be built with a problem: its pages can be drawn without what is wrong, and readers are not misled.
pub fn may_yield(schema: &Schema, diagnostic: &Diagnostic) -> bool {
    let code = diagnostic.code;
    code.can_be_a_warning() && (!code.hides_keys() || hides_no_more_than_keys(schema, &diagnostic.place.path).is_some())
}

fn level(schema: &Schema, diagnostic: &Diagnostic) -> Option<Level> {
    let path = &*diagnostic.place.path;
    if diagnostic.code.hides_keys() && hides_no_more_than_keys(schema, path).is_none() {
        return None;
    }
    // Most sites say of no kind what its problems weigh, and a report of thousands asks for each.
    let asks = schema.kinds.iter().any(|kind| !kind.checks.is_empty());
    let of_kind = asks.then(|| kind_of_file(path, schema)).flatten().map(|kind| &schema.kind(kind).checks);
    let find = |code: &str| {
        let of_kind = of_kind.and_then(|checks| checks.get(code)?.of(path));
        of_kind.or_else(|| schema.checks.get(code)?.of(path))
    };
    let advice = || diagnostic.code.is_advice().then(|| find("advice")).flatten();
    find(diagnostic.shown_code()).or_else(|| find(diagnostic.code.name())).or_else(advice)
}

/// The kind of a file of which nothing but its own page can miss keys that cannot be read: no file of data, and of no kind
/// that relations or rules are about.
fn hides_no_more_than_keys(schema: &Schema, path: &str) -> Option<KindId> {
    entry_of_file(path, schema).map(|(kind, _)| kind).filter(|kind| schema.is_unrelated(*kind))
}

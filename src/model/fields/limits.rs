//! Limits of values.

use super::FieldContext;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::schema::Field;
use crate::yaml::PathStep;

/// Reports something about a value.
pub(super) fn report(
    code: Code,
    path: &[PathStep],
    message: String,
    help: impl Into<String>,
    reads: &mut dyn FieldContext,
) {
    let place = reads.place(path);
    reads.report(Diagnostic::new(code, place, message).help(help));
}

/// Checks a number.
pub(super) fn number(field: &Field, number: f64, path: &[PathStep], reads: &mut dyn FieldContext) {
    let (name, limits) = (&field.name, &field.limits);
    if let Some(min) = limits.min.filter(|min| number < *min) {
        exceeded(field, path, format!("`{name}` is {number}, and has to be at least {min}"), reads);
    }
    if let Some(max) = limits.max.filter(|max| number > *max) {
        exceeded(field, path, format!("`{name}` is {number}, and may be at most {max}"), reads);
    }
}

/// Checks how many items there are.
pub(super) fn count(field: &Field, count: usize, path: &[PathStep], reads: &mut dyn FieldContext) {
    let counted = (count as f64, "items");
    between(field, counted, (field.limits.min, field.limits.max), path, reads);
}

/// Checks the length of a text.
pub(super) fn length(field: &Field, text: &str, path: &[PathStep], reads: &mut dyn FieldContext) {
    let limits = &field.limits;
    let characters = (text.chars().count() as f64, "characters");
    between(field, characters, (limits.min, limits.max), path, reads);
    let words = (text.split_whitespace().count() as f64, "words");
    let most = |limit: Option<usize>| limit.map(|limit| limit as f64);
    between(field, words, (most(limits.min_words), most(limits.max_words)), path, reads);
}

fn between(
    field: &Field,
    (count, what): (f64, &str),
    (min, max): (Option<f64>, Option<f64>),
    path: &[PathStep],
    reads: &mut dyn FieldContext,
) {
    let name = &field.name;
    if let Some(min) = min.filter(|min| count < *min) {
        exceeded(field, path, format!("`{name}` has {count} {what}, and needs at least {min}"), reads);
    }
    if let Some(max) = max.filter(|max| count > *max) {
        exceeded(field, path, format!("`{name}` has {count} {what}, and may have at most {max}"), reads);
    }
}

/// Reports a limit that is not kept, with what the site says of the field, or where its limits stand.
fn exceeded(field: &Field, path: &[PathStep], message: String, reads: &mut dyn FieldContext) {
    let help = if field.help.is_empty() { "the limits of the field stand in site.yaml" } else { &field.help };
    report(Code::FieldLimit, path, message, help, reads);
}

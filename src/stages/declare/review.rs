//! How often the entries of a kind are reviewed, and whether somebody has to sign them off.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::model::kind::{Level, ReviewPolicy};
use crate::model::schema::Field;

/// How many days a review may be overdue unless the site says otherwise.
const GRACE: i32 = 30;

/// Reads `{every: 24 months, field: reviewed, grace: 30 days, signed: required}`: how often, and how bad it is when nobody has
/// signed an entry off.
pub(super) fn review(
    at: DeclaredValue<'_>,
    fields: &[Field],
    reader: &mut DeclarationReader,
) -> (Option<ReviewPolicy>, Option<Level>) {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let signed = map.word("signed", SIGNED, "`signed` is `required` or `wanted`", reader);
    let every = map.take("every");
    let policy = every.and_then(|every| policy(&every, &whole, &mut map, fields, reader));
    map.known.extend(["field", "grace"]);
    map.finish(reader);
    (policy, signed)
}

/// What may stand under `signed`.
const SIGNED: &[(&str, Level)] = &[("required", Level::Error), ("wanted", Level::Warning)];

/// How often entries have to be looked at again. `whole` is where all of it stands.
fn policy(
    every: &DeclaredValue<'_>,
    whole: &DeclaredValue<'_>,
    map: &mut Mapping<'_>,
    fields: &[Field],
    reader: &mut DeclarationReader,
) -> Option<ReviewPolicy> {
    let text = reader.text(every)?;
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|word| word.parse::<i32>().ok()).filter(|number| (1..=1200).contains(number));
    let months = match (number, words.next()) {
        (Some(number), Some("month" | "months")) => Some(number),
        (Some(number), Some("year" | "years")) => Some(number * 12),
        _ => None,
    };
    if months.is_none() {
        reader.invalid(every, format!("`{text}` is no period: write `24 months` or `2 years`"));
    }
    let field = map.text("field", reader).unwrap_or_else(|| "reviewed".into());
    let grace = map.take("grace").map_or(Some(GRACE), |at| grace(&at, reader))?;
    if !fields.iter().any(|known| known.name == field) {
        let at = whole.below_key("field").unwrap_or_else(|| whole.clone());
        reader.unknown(&at, "field", &field, fields.iter().map(|field| field.name.as_str()));
        return None;
    }
    Some(ReviewPolicy { months: months?, field, grace })
}

/// Reads `30 days`.
fn grace(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<i32> {
    let text = reader.text(at)?;
    let days = text.strip_suffix("days").or_else(|| text.strip_suffix("day")).and_then(|days| days.trim().parse().ok());
    if days.is_none() {
        reader.invalid(at, format!("`{text}` is no number of days: write `30 days`"));
    }
    days.filter(|days| (0..=3650).contains(days))
}

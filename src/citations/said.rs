//! What `hayagriva`, `serde` and the parser below them say of a bibliography, as far as it is looked for. They promise none
//! of these words: a test makes them say each, and fails where a new version says something else.

/// Not a list of works.
pub(super) const NO_LIST: &str = "expected a map between cite keys";
/// A work without a type.
pub(super) const NO_TYPE: &str = "no entry type";
/// A work that is not a list of fields.
pub(super) const NO_FIELDS: &str = "a map representing a bibliography entry";
/// A field that is there twice; its name follows.
pub(super) const DUPLICATE: &str = "duplicate field ";
/// A value that may be one of several things, and is none of them.
pub(super) const UNTAGGED: &str = "untagged enum";
/// The same of the parents of a work.
pub(super) const ONE_OR_MANY: &str = "untagged enum OneOrMany";
/// The same of a serial number.
pub(super) const SERIAL_NUMBER: &str = "untagged enum Choice";
/// An address that begins with no scheme.
pub(super) const RELATIVE_URL: &str = "relative URL without a base";
/// A name of a person with too many commas.
pub(super) const MANY_PARTS: &str = "too many parts";
/// A brace that closes nothing.
pub(super) const BRACE: &str = "unmatched closing brace";
/// A value of the wrong type; what it is follows.
pub(super) const INVALID_TYPE: &str = "invalid type: ";
/// Stands between what is there and what is needed.
pub(super) const EXPECTED: &str = ", expected ";
/// What is there: a whole number.
pub(super) const INTEGER: &str = "integer";
/// What is there: another number.
pub(super) const FLOATING: &str = "floating";
/// What is there: true or false.
pub(super) const BOOLEAN: &str = "boolean";
/// What is needed: a text with formatting.
pub(super) const FORMATTABLE: &str = "a formattable string";
/// What is needed: a text.
pub(super) const STRING: &str = " string";
/// What is needed: one of several names.
pub(super) const TAG: &str = "a YAML tag";
/// A name that is not one of several; it follows.
pub(super) const UNKNOWN_NAME: &str = "unknown variant `";
/// Stands between it and the names that there are.
pub(super) const NAMES: &str = "`, expected ";
/// A value that stands for another one, which is not there.
pub(super) const UNKNOWN_ANCHOR: &str = "unknown anchor";
/// Where a quote was opened that is never closed.
pub(super) const IN_QUOTES_AT: &str = "while scanning a quoted scalar at line ";
/// What nobody needs to know.
pub(super) const NEXT_TOKEN: &str = ", while scanning for the next token";
/// Stands before a line.
pub(super) const AT_LINE: &str = " at line ";
/// Stands between line and column.
pub(super) const COLUMN: &str = " column ";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citations::hayagriva::message;

    #[test]
    fn the_libraries_still_say_what_is_looked_for() {
        let said = [
            (NO_LIST, "- a"),
            (NO_TYPE, "a: {title: x}"),
            (NO_FIELDS, "a: x"),
            (DUPLICATE, "a: {type: article, title: x, title: y}"),
            (UNTAGGED, "a: {type: article, serial-number: [1]}"),
            (ONE_OR_MANY, "a: {type: article, parent: {type: journal}}"),
            (SERIAL_NUMBER, "a: {type: article, serial-number: [1]}"),
            (RELATIVE_URL, "a: {type: web, url: example.org}"),
            (MANY_PARTS, "a: {type: article, author: 'a, b, c, d'}"),
            (BRACE, "a: {type: article, title: 'a}'}"),
            (INVALID_TYPE, "a: {type: article, title: [x]}"),
            (EXPECTED, "a: {type: article, title: [x]}"),
            (INTEGER, "a: {type: article, genre: 1}"),
            (FLOATING, "a: {type: article, genre: 1.5}"),
            (BOOLEAN, "a: {type: article, genre: true}"),
            (FORMATTABLE, "a: {type: article, title: [x]}"),
            (STRING, "a: {type: article, author: 5}"),
            (TAG, "a: {type: [x]}"),
            (UNKNOWN_NAME, "a: {type: journal}"),
            (NAMES, "a: {type: journal}"),
            (UNKNOWN_ANCHOR, "a: *b"),
            (IN_QUOTES_AT, "a: \"b"),
            (NEXT_TOKEN, "a: @b"),
            (AT_LINE, "a: @b"),
            (COLUMN, "a: @b"),
        ];
        let unsaid = said.into_iter().filter_map(|(words, text)| {
            let message = message(text);
            (!message.contains(words)).then(|| format!("{words}: {message}"))
        });
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<String>::new());
    }
}

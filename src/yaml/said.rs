//! What `serde_yaml` and its parser say, as far as it is looked for. They promise none of these words: a test makes them say
//! each, and fails where a new version says something else.

pub(super) const MAPPING_NOT_ALLOWED: &str = "mapping values are not allowed";
pub(super) const NO_KEY: &str = "did not find expected key";
pub(super) const NO_COLON: &str = "could not find expected ':'";
pub(super) const NO_TOKEN: &str = "found character that cannot start any token";
pub(super) const END_OF_STREAM: &str = "found unexpected end of stream";
pub(super) const NO_BRACKET: &str = "did not find expected ',' or ']'";
pub(super) const NO_BRACE: &str = "did not find expected ',' or '}'";
pub(super) const NO_DASH: &str = "did not find expected '-' indicator";
pub(super) const NO_NODE: &str = "did not find expected node content";
pub(super) const LIST_NOT_ALLOWED: &str = "block sequence entries are not allowed";
pub(super) const UNKNOWN_ANCHOR: &str = "unknown anchor";
pub(super) const UNKNOWN_ESCAPE: &str = "found unknown escape character";
pub(super) const SECOND_DOCUMENT: &str = "deserializing from YAML containing more than one document";
pub(super) const TOO_DEEP: &str = "recursion limit exceeded";
pub(super) const TOO_MANY: &str = "repetition limit exceeded";
pub(super) const INVALID_TYPE: &str = "invalid type";
/// What `values` says through `serde`: aliases that unfold to too much.
pub(super) const OWN_MANY: &str = "aliases repeat too much";
/// A key that is a list or a mapping.
pub(super) const OWN_KEY: &str = "a key has to be a plain text";
/// A character that does not belong into a page.
pub(super) const OWN_CHARACTER: &str = "no page can show";
/// What the parser was reading: a text in quotes.
pub(super) const IN_QUOTES: &str = "quoted scalar";
/// What the parser was reading: brackets.
pub(super) const IN_BRACKETS: &str = "flow";
/// What the parser was reading: a key.
pub(super) const AT_KEY: &str = "simple key";
/// Stands before a line.
pub(super) const AT_LINE: &str = " at line ";
/// Stands between line and column.
pub(super) const COLUMN: &str = " column ";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::values;

    #[test]
    fn the_libraries_still_say_what_is_looked_for() {
        let deep = "[".repeat(200);
        let many = (1..8).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_string(), |text, at| {
            let before = vec![format!("*a{}", at - 1); 9].join(",");
            format!("{text}a{at}: &a{at} [{before}]\n")
        });
        let said = [
            (MAPPING_NOT_ALLOWED, "a: b: c"),
            (NO_KEY, "a: b\n- c\n"),
            (NO_COLON, "a: b\ncd\ne: f\n"),
            (NO_TOKEN, "a: @b"),
            (END_OF_STREAM, "a: \"b"),
            (NO_BRACKET, "a: [b\nc: d"),
            (NO_BRACE, "a: {b: c\nd: e"),
            (NO_DASH, "- a\nb: c\n"),
            (NO_NODE, "a: [,b]"),
            (LIST_NOT_ALLOWED, "a: - b"),
            (UNKNOWN_ANCHOR, "a: *b"),
            (UNKNOWN_ESCAPE, "a: \"\\q\""),
            (SECOND_DOCUMENT, "a: b\n---\nc: d\n"),
            (TOO_DEEP, &deep),
            (TOO_MANY, &many),
            (INVALID_TYPE, "a: !b c"),
            (IN_QUOTES, "a: \"b"),
            (IN_BRACKETS, "a: [b\nc: d"),
            (AT_KEY, "a: b\ncd\ne: f\n"),
            (AT_LINE, "a: @b"),
            (COLUMN, "a: @b"),
        ];
        let unsaid = said.into_iter().filter_map(|(words, text)| {
            let message = match words {
                INVALID_TYPE => values::read(text).expect_err(text).to_string(),
                _ => serde_yaml::from_str::<serde_yaml::Value>(text).expect_err(text).to_string(),
            };
            (!message.contains(words)).then(|| format!("{words}: {message}"))
        });
        assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<String>::new());
    }
}

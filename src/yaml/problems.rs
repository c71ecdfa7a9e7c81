//! What the YAML parser says, in words for people who write texts.

use super::YamlError;
use super::causes::{ParserMessage, character};

/// Beginnings of the parser's messages, what they mean, and the way out.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a second `: ` in one line: what stands before it is taken for a key",
        "put quotes round a value that contains `: `",
    ),
    (
        "did not find expected key",
        "a key is expected here",
        "indent all keys of one mapping alike, and close the quotes of the line before",
    ),
    (
        "could not find expected ':'",
        "a key without `:`",
        "write it as `key: value`, or indent it below the value that it belongs to",
    ),
    (
        "found character that cannot start any token",
        "this character cannot begin a value",
        "put quotes round a value that begins with `@`, `` ` `` or `%`",
    ),
    (
        "found unexpected end of stream",
        "a quote or a bracket is never closed",
        "close it, with the same sign that opened it",
    ),
    (
        "did not find expected ',' or ']'",
        "a `,` or a `]` is missing",
        "part the items of a list with commas, and close it with `]`",
    ),
    (
        "did not find expected ',' or '}'",
        "a `,` or a `}` is missing",
        "part the keys with commas, and close the mapping with `}`",
    ),
    (
        "did not find expected '-' indicator",
        "a list item without `- `",
        "begin each item with `- `, all indented alike",
    ),
    ("did not find expected node content", "a value is missing here", "write a value, or remove the comma"),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "put `- ` on a line of its own below the key",
    ),
    (
        "unknown anchor",
        "a value that begins with `*` stands for an anchor, and there is none of that name",
        "put quotes round it",
    ),
    (
        "found unknown escape character",
        "a `\\` that means nothing inside double quotes",
        "write it twice, or use single quotes",
    ),
    (
        "deserializing from YAML containing more than one document",
        "a second document begins",
        "remove the line that is only `---`",
    ),
    ("aliases repeat too much", "aliases stand for far more than is written", "write the values out"),
    ("a key has to be a plain text", "a key has to be a plain text", "write it as `key: value`"),
    ("recursion limit exceeded", "brackets or lists nest too deep", "take some of the nesting out"),
    ("repetition limit exceeded", "aliases stand for far more than is written", "write the values out"),
    ("invalid type", "a tag or value that has no meaning here", "remove the `!` and what belongs to it"),
];

/// What the parser says of a text, in better words and with the way out, at the place of the mistake.
pub(super) fn in_words(text: &str, said: &str, at: usize) -> YamlError {
    let message = ParserMessage::new(text, said, at);
    if let Some(cause) = message.cause() {
        return cause;
    }
    let problem = message.problem;
    let known = WORDS.iter().find(|(theirs, ..)| problem.contains(theirs)).map(|(_, ours, help)| (*ours, *help));
    let (message, help) = match problem.find("no page can show") {
        Some(at) => (&problem[at..], "take the character out"),
        None => known.unwrap_or((problem, "write it as `key: value`, and put quotes round values with special signs")),
    };
    YamlError { message: message.into(), help: help.into(), span: character(text, at) }
}

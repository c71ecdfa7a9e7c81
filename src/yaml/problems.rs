//! What the YAML parser says, in words for people who write texts.

use std::ops::Range;

use super::causes::{ParserMessage, character};
use super::{YamlError, said};

/// Beginnings of the parser's messages, what they mean, and the way out.
const WORDS: &[(&str, &str, &str)] = &[
    (
        said::MAPPING_NOT_ALLOWED,
        "a second `: ` in one line: what stands before it is taken for a key",
        "put quotes round a value that contains `: `",
    ),
    (
        said::NO_KEY,
        "a key is expected here",
        "indent all keys of one mapping alike, and close the quotes of the line before",
    ),
    (said::NO_COLON, "a key without `:`", "write it as `key: value`, or indent it below the value that it belongs to"),
    (
        said::NO_TOKEN,
        "this character cannot begin a value",
        "put quotes round a value that begins with `@`, `` ` `` or `%`",
    ),
    (said::END_OF_STREAM, "a quote or a bracket is never closed", "close it, with the same sign that opened it"),
    (said::NO_BRACKET, "a `,` or a `]` is missing", "part the items of a list with commas, and close it with `]`"),
    (said::NO_BRACE, "a `,` or a `}` is missing", "part the keys with commas, and close the mapping with `}`"),
    (said::NO_DASH, "a list item without `- `", "begin each item with `- `, all indented alike"),
    (said::NO_NODE, "a value is missing here", "write a value, or remove the comma"),
    (said::LIST_NOT_ALLOWED, "a list cannot begin here", "put `- ` on a line of its own below the key"),
    (
        said::UNKNOWN_ANCHOR,
        "a value that begins with `*` stands for an anchor, and there is none of that name",
        "put quotes round it",
    ),
    (said::UNKNOWN_ESCAPE, "a `\\` that means nothing inside double quotes", "write it twice, or use single quotes"),
    (said::SECOND_DOCUMENT, "a second document begins", "remove the line that is only `---`"),
    (said::OWN_MANY, "aliases stand for far more than is written", "write the values out"),
    (said::OWN_KEY, said::OWN_KEY, "write it as `key: value`"),
    (said::TOO_DEEP, "brackets or lists nest too deep", "take some of the nesting out"),
    (said::TOO_MANY, "aliases stand for far more than is written", "write the values out"),
    (said::INVALID_TYPE, "a tag or value that has no meaning here", "remove the `!` and what belongs to it"),
];

/// What the parser says of a text, in better words and with the way out, at the place of the mistake.
pub(super) fn in_words(text: &str, message: &str, at: usize) -> YamlError {
    let message = ParserMessage::new(text, message, at);
    if let Some(cause) = message.cause() {
        return cause;
    }
    let problem = message.problem;
    let known = WORDS.iter().find(|(theirs, ..)| problem.contains(theirs)).map(|(_, ours, help)| (*ours, *help));
    let (message, help) = match problem.find(said::OWN_CHARACTER) {
        Some(at) => (&problem[at..], "take the character out"),
        None => known.unwrap_or((problem, "write it as `key: value`, and put quotes round values with special signs")),
    };
    let second = if problem.contains(said::SECOND_DOCUMENT) { second_document(text) } else { None };
    let span = second.unwrap_or_else(|| character(text, at));
    YamlError { message: message.into(), help: help.into(), span }
}

/// The line `---` that ends a first document, which may begin with such a line itself.
fn second_document(text: &str) -> Option<Range<usize>> {
    let (mut at, mut has_begun) = (0, false);
    for line in text.split_inclusive('\n') {
        let is_sign =
            line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        if is_sign && has_begun {
            return Some(at..at + 3);
        }
        has_begun |= is_sign || !line.trim().is_empty() && !line.starts_with(['#', '%']);
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_document_is_reported_at_the_line_with_which_it_begins() {
        for (text, at) in
            [("a: b\nc:\n  d\n---\ne: f\n", 12), ("---\na: b\n---\n", 9), ("# x\n---\n---\n", 8), ("a: b\n", 0)]
        {
            let error = in_words(text, said::SECOND_DOCUMENT, 0);
            assert_eq!(error.span.start, at, "{text}");
        }
    }
}

//! What the YAML parser says, in words for people who write texts.

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
    ("recursion limit exceeded", "brackets or lists nest too deep", "take some of the nesting out"),
    ("repetition limit exceeded", "aliases stand for far more than is written", "write the values out"),
    ("invalid type", "a tag or value that has no meaning here", "remove the `!` and what belongs to it"),
];

/// A message of the parser in better words, with the way out.
pub(super) fn in_words(message: &str) -> (String, &'static str) {
    if let Some(at) = message.find("no page can show") {
        return (message[at..].to_string(), "take the character out");
    }
    match WORDS.iter().find(|(theirs, ..)| message.contains(theirs)) {
        Some((_, ours, help)) => ((*ours).to_string(), help),
        None => (message.to_string(), "write it as `key: value`, and put quotes round values with special signs"),
    }
}

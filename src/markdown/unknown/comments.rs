//! Comments of other tools, which the page would show.

use std::ops::Range;

use super::super::comment_definitions;
use super::within::unescaped;

/// So far behind the beginning of a comment its end is looked for, in bytes.
const LONGEST: usize = 10_000;

/// `{# a remark #}`, `{% comment %}`, `[//]: # (a remark)` among words, and `<!— a remark —>`, of which a word
/// processor has joined the hyphens. `rest` is what follows the text: a comment may go on over several lines.
pub(in super::super) fn comment(text: &str, rest: &str) -> Option<Range<usize>> {
    const WHOLE: [(&str, &str); 3] = [("{# ", "#}"), ("{{/*", "*/}}"), ("{/*", "*/}")];
    const BEGIN: [&str; 11] = [
        "{::comment",
        "{% comment",
        "{%- comment",
        "{{< comment",
        "{{% comment",
        "{{- /*",
        "<!—",
        "<!–",
        "<!- ",
        "< !--",
        "<! --",
    ];
    let whole = |(open, close): (&str, &str)| {
        let at = unescaped(text, open)?;
        let end = match text[at..].find(close) {
            Some(end) => at + end,
            None => text.len() + rest[..rest.floor_char_boundary(LONGEST)].find(close)?,
        };
        Some(at..end + close.len())
    };
    let begin = |open: &str| unescaped(text, open).map(|at| at..at + open.len());
    let defined = || if text.contains("]:") { comment_definitions::first(text) } else { None };
    WHOLE.into_iter().find_map(whole).or_else(|| BEGIN.into_iter().find_map(begin)).or_else(defined)
}

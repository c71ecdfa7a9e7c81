//! Comments of other tools, which the page would show.

use std::ops::Range;

use super::super::comment_definitions;
use super::within::unescaped;

/// So far behind the beginning of a comment its end is looked for, in bytes.
const LONGEST: usize = 10_000;

/// So long the signs are at most with which comments begin.
const LONGEST_SIGN: usize = 12;

/// How comments begin and end.
const WHOLE: [(&str, &str); 8] = [
    ("{# ", "#}"),
    ("{{/*", "*/}}"),
    ("{{- /*", "*/"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("<%--", "--%>"),
    ("<%#", "%>"),
    ("{/*", "*/}"),
];

/// How comments begin whose end stands in another paragraph, or is none.
const BEGIN: [&str; 10] =
    ["{::comment", "{% comment", "{%- comment", "{{< comment", "{{% comment", "<!—", "<!–", "<!- ", "< !--", "<! --"];

/// How each of them begins in a text that may be parted behind.
const BEGINNINGS: [&str; 8] = ["{{", "{#", "{/", "{%", "{:", "<%", "<!", "< !"];

/// `{# a remark #}`, `{% comment %}`, `[//]: # (a remark)` among words, and `<!— a remark —>`, of which a word
/// processor has joined the hyphens, in order. `rest` is what follows the text: a comment may go on over several lines.
pub(in super::super) fn comments(text: &str, rest: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if BEGINNINGS.iter().any(|sign| text.contains(sign)) {
        // Other signs in one may have parted it.
        let begins = [text, &rest[..rest.floor_char_boundary(LONGEST_SIGN)]].concat();
        let mut all = None;
        for (open, close) in WHOLE {
            let mut at = 0;
            while let Some(begin) =
                Some(at).filter(|at| *at <= begins.len()).and_then(|at| unescaped(&begins, open, at))
            {
                let inside = begin + open.len();
                let all = all.get_or_insert_with(|| [text, &rest[..rest.floor_char_boundary(LONGEST)]].concat());
                let Some(end) = all[inside..].find(close).filter(|_| begin < text.len()) else { break };
                at = inside + end + close.len();
                found.push(begin..at);
            }
        }
        for open in BEGIN {
            let places = begins.match_indices(open).map(|(at, _)| at).take_while(|at| *at < text.len());
            found.extend(places.filter(|at| !begins[..*at].ends_with('\\')).map(|at| at..at + open.len()));
        }
    }
    found.extend(Some(text).filter(|text| text.contains("]:")).and_then(comment_definitions::first));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, first| next.start < first.end);
    found
}

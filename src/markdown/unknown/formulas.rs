//! Formulas that are not drawn.

use std::ops::Range;

/// So long a formula between brackets is at most, in bytes.
const LONGEST: usize = 2_000;

/// `$$ x $$`, `$x_i$`. Other signs in it may have parted it, so what follows the text counts, too.
pub(super) fn formula(text: &str, rest: &str) -> Option<Range<usize>> {
    text.match_indices('$').map(|(at, _)| at).find_map(|at| {
        let display = text[at..].starts_with("$$");
        if text[..at].ends_with(['\\', '$']) {
            return None;
        }
        let length = if display { 2 } else { 1 };
        let all = [&text[at + length..], rest].concat();
        if display {
            let paragraph = all.split("\n\n").next().unwrap_or_default();
            return (!paragraph.starts_with('$') && paragraph.contains("$$")).then_some(at..at + 2);
        }
        let line = all.split('\n').next().unwrap_or_default();
        let (inside, behind) = line.split_once('$')?;
        let tight = inside.trim() == inside && !behind.starts_with(|c: char| c.is_ascii_digit());
        (tight && inside.contains(['\\', '^', '_', '{'])).then_some(at..at + 1)
    })
}

/// `\(x_i\)`, `\[ x_i \]`, over several lines as well, `\begin{align}`. `escaped`: a backslash stands before the text.
pub(super) fn tex(text: &str, rest: &str, escaped: bool) -> Option<Range<usize>> {
    if let Some(at) = text.find("\\begin{") {
        return Some(at..at + 7);
    }
    let begins = escaped.then_some(0).filter(|_| text.starts_with(['(', '[']));
    let signs = begins.into_iter().chain(text.match_indices('\\').map(|(at, _)| at + 1));
    signs.filter(|at| text[*at..].starts_with(['(', '['])).find_map(|at| {
        let close = if text[at..].starts_with('(') { "\\)" } else { "\\]" };
        let all = [&text[at + 1..], &rest[..rest.floor_char_boundary(LONGEST)]].concat();
        let (inside, _) = all.split("\n\n").next()?.split_once(close)?;
        // Brackets of a text may be escaped, too: `\[sic\]`, `\[link\](a_b)`.
        let is_apart = close == "\\)" || inside.starts_with(char::is_whitespace) || inside.starts_with('\\');
        let is_formula = inside.contains(['^', '_', '{', '=']) || has_command(inside);
        (is_apart && is_formula).then_some(at.saturating_sub(1)..at + 1)
    })
}

/// Whether a name stands behind a backslash, `\alpha`.
fn has_command(text: &str) -> bool {
    text.match_indices('\\').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
}

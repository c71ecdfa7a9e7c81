//! Formulas that are not drawn.

use std::ops::Range;

/// So far behind its sign, and behind a text, the end of a formula is looked for, in bytes.
const LONGEST: usize = 2_000;

/// A formula that is not drawn.
pub(in super::super) struct Formula {
    /// The sign with which it begins.
    pub sign: Range<usize>,
    /// Where it ends, which may be behind the text.
    pub end: usize,
    /// Whether it stands between brackets or is an environment of TeX.
    pub tex: bool,
}

/// `$$ x $$`, `$x_i$`, `\(x_i\)`, `\[ x_i \]`, over several lines as well, `\begin{align}`, in order. Other signs in one may
/// have parted it, so what follows the text counts, too. `escaped`: a backslash stands before the text; `math`: those between
/// `$` are drawn.
pub(in super::super) fn formulas(text: &str, rest: &str, escaped: bool, math: bool) -> Vec<Formula> {
    let begins = escaped && text.starts_with(['(', '[']);
    let (mut found, mut at) = (Vec::new(), 0);
    if !begins && !text.contains(['$', '\\']) {
        return found;
    }
    let all = [text, &rest[..rest.floor_char_boundary(LONGEST)]].concat();
    if let Some(end) = bracketed(&all, 0).filter(|_| begins) {
        found.push(Formula { sign: 0..1, end, tex: true });
        at = end;
    }
    while let Some(sign) = text.get(at..).and_then(|rest| rest.find(['$', '\\'])).map(|sign| at + sign) {
        at = sign + 1;
        let tex = text[sign..].starts_with('\\');
        let formula = match tex {
            true => environment(&all, sign).or_else(|| Some((2, bracketed(&all, sign + 1)?))),
            false => between_dollars(&all, sign).filter(|_| !math),
        };
        if let Some((length, end)) = formula.filter(|(length, _)| sign + length <= text.len()) {
            found.push(Formula { sign: sign..sign + length, end, tex });
            at = end;
        }
    }
    found
}

/// How long the sign of the formula is that begins with a `$`, and where that ends.
fn between_dollars(all: &str, at: usize) -> Option<(usize, usize)> {
    if all[..at].ends_with(['\\', '$']) {
        return None;
    }
    if let Some(inside) = all[at..].strip_prefix("$$") {
        let end = paragraph(inside).find("$$").filter(|end| *end > 0)?;
        return Some((2, at + 2 + end + 2));
    }
    let (inside, behind) = words(&all[at + 1..]).split_once('$')?;
    let tight = inside.trim() == inside && !behind.starts_with(|c: char| c.is_ascii_digit());
    (tight && inside.contains(['\\', '^', '_', '{'])).then_some((1, at + 1 + inside.len() + 1))
}

/// Where the formula ends whose bracket stands at a place.
fn bracketed(all: &str, at: usize) -> Option<usize> {
    let close = match all[at..].chars().next()? {
        '(' => "\\)",
        '[' => "\\]",
        _ => return None,
    };
    let (inside, _) = paragraph(&all[at + 1..]).split_once(close)?;
    // Brackets of a text may be escaped, too: `\[sic\]`, `\[link\](a_b)`.
    let is_apart = close == "\\)" || inside.starts_with(char::is_whitespace) || inside.starts_with('\\');
    let is_formula = inside.contains(['^', '_', '{', '=']) || has_command(inside);
    (is_apart && is_formula).then_some(at + 1 + inside.len() + close.len())
}

/// What of a text belongs to its first paragraph, as far as a formula may go on.
fn paragraph(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    near.split("\n\n").next().unwrap_or(near)
}

/// What of a text belongs to its first words: the next line may begin an item or a heading.
fn words(text: &str) -> &str {
    let near = paragraph(text);
    let begins_block = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let behind = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')'));
        line.starts_with(['#', '|', '`', '~']) || behind.len() < line.len() && behind.starts_with(' ')
    };
    let ends = near.match_indices('\n').find(|(end, _)| begins_block(&near[end + 1..]));
    ends.map_or(near, |(end, _)| &near[..end])
}

/// How long the sign of the environment of TeX is that begins at a place, and where that ends.
fn environment(all: &str, at: usize) -> Option<(usize, usize)> {
    let inside = all[at..].strip_prefix("\\begin{")?;
    let end = paragraph(inside).find("\\end{");
    Some((7, at + 7 + end.unwrap_or_default()))
}

/// Whether a name stands behind a backslash, `\alpha`.
fn has_command(text: &str) -> bool {
    text.match_indices('\\').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
}

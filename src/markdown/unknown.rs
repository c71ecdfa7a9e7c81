//! What other programs read in Markdown and this one does not. A page would show it as it was typed, so it is said once for
//! each text, with the way out.

use std::ops::Range;

use super::comment_definitions;
use super::unread_markup::{MarkContext, UnreadMarkup};

/// A way to write something that is known elsewhere.
struct Unknown {
    kind: &'static str,
    message: &'static str,
    help: &'static str,
}

const HIGHLIGHT: Unknown = Unknown {
    kind: "highlight",
    message: "`==` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\==` for the signs themselves",
};
/// What formulas are noted as.
pub(super) const FORMULA_KIND: &str = "formula";
const FORMULA: Unknown = Unknown {
    kind: FORMULA_KIND,
    message: "formulas between `$` are not drawn, and signs in them are read as Markdown",
    help: "switch formulas on with `markdown: {math: true}`, put this one into code: `` `x_i` ``, or write `\\$` for the sign itself",
};
const TEX: Unknown = Unknown {
    message: "formulas between `\\(` and `\\)` or `\\[` and `\\]` are not drawn, and signs in them are read as Markdown",
    help: "write it between `$` signs on a site with `markdown: {math: true}`, or put it into code: `` `x_i` ``",
    ..FORMULA
};
const TAG: Unknown = Unknown {
    kind: "tag",
    message: "a word behind `#` is no tag here, and the page shows it as it is",
    help: "put tags into a field of the front matter, write `# ` with a space for a heading, or `\\#` for the sign itself",
};
const BLOCK_ID: Unknown = Unknown {
    kind: "block-id",
    message: "`^` gives a paragraph no name here, and the page shows it as it is",
    help: "put it behind the last word of the paragraph, with a space before it, or take it out",
};
const TEMPLATE: Unknown = Unknown {
    kind: "template",
    message: "signs of templates do nothing in a text, and the page shows them as they are",
    help: "use a data block, or put them into code",
};
const COMMENT: Unknown = Unknown {
    kind: "comment",
    message: "this is no comment here, and the page shows what it says",
    help: "write it as `<!-- ... -->`, which no page shows, or a backslash before its first sign if it is text",
};
const FIELD: Unknown = Unknown {
    kind: "field",
    message: "`::` gives the page no value here, and the page shows it as it is",
    help: "put the value into the front matter, or write a single `:`",
};
const PROGRAM: Unknown = Unknown {
    kind: "program",
    message: "a line of a program does nothing in a text, and the page shows it as it is",
    help: "take it out, or put it into code",
};
const EMOJI: Unknown = Unknown {
    kind: "emoji",
    message: "a name between colons is no picture here, and the page shows it as it is",
    help: "write the character itself, or `\\:` for the sign",
};
const INLINE_NOTE: Unknown = Unknown {
    kind: "inline-note",
    message: "`^[` begins no footnote here, and the page shows it as it is",
    help: "write `[^1]`, and `[^1]: ...` on a line of its own below",
};
const ATTRIBUTES: Unknown = Unknown {
    kind: "attributes",
    message: "only headings have attributes in braces, and the page shows these as they are",
    help: "take them out, or write `\\{` for the sign itself",
};
const ATTRIBUTES_AMONG_WORDS: Unknown = Unknown {
    message: "attributes in braces mean nothing among words, and the page shows them as they are",
    help: "put them behind the last word of a heading, take them out, or write `\\{` for the sign itself",
    ..ATTRIBUTES
};
const CONTENTS: Unknown = Unknown {
    kind: "contents",
    message: "this makes no table of contents, and the page shows it as it is",
    help: "take it out: templates know the headings of a page",
};
const ADMONITION: Unknown = Unknown {
    kind: "admonition",
    message: "this begins no box here, and the page shows it as it is",
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `",
};
const INDENTED_BOX: Unknown = Unknown {
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: mkdocs}` in site.yaml, which draws it",
    ..ADMONITION
};
const COLON_BOX: Unknown = Unknown {
    help: "write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: docusaurus}` in site.yaml (or `vitepress`, `astro`), which draws it",
    ..ADMONITION
};
const TABS: Unknown = Unknown {
    kind: "tabs",
    message: "this makes no tabs here, and the page shows it as it is",
    help: "write a heading in its place, and what is indented below it without the spaces",
};
const INDENTED_TABS: Unknown = Unknown {
    help: "write a heading in its place, and what is indented below it without the spaces, or set `markdown: {dialect: mkdocs}` in site.yaml, which does so",
    ..TABS
};
const INCLUDE: Unknown = Unknown {
    kind: "include",
    message: "nothing is put in here, and the page shows it as it is",
    help: "copy the text, or show another entry with `![[name]]`",
};
const SNIPPET: Unknown = Unknown {
    help: "copy the text, or set `markdown: {dialect: mkdocs, includes: [snippets]}` in site.yaml (or `vitepress`), which shows the file",
    ..INCLUDE
};
const BOOK_INCLUDE: Unknown = Unknown {
    help: "copy the text, or set `markdown: {dialect: mdbook, includes: [listings]}` in site.yaml, which shows the file",
    ..INCLUDE
};
const ABBREVIATION: Unknown = Unknown {
    kind: "abbreviation",
    message: "this declares no abbreviation here, and the page shows it as it is",
    help: "write it out where it stands first",
};
const RAISED: Unknown = Unknown {
    kind: "raised",
    message: "`^` raises nothing here, and the page shows it as it is",
    help: "write the character itself, such as `²`, or `\\^` for the sign",
};
const LOWERED: Unknown = Unknown {
    kind: "lowered",
    message: "a single `~` lowers nothing here, and the page shows it as it is",
    help: "write the character itself, such as `₂`, or `\\~` for the sign",
};
const INSERTED: Unknown = Unknown {
    kind: "inserted",
    message: "`++` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\+` for the sign itself",
};
const INSERTED_BY_CARETS: Unknown = Unknown {
    message: "`^^` marks nothing here, and the page shows it as it is",
    help: "make the words strong with `**`, or write `\\^` for the sign itself",
    ..INSERTED
};
const SPOILER: Unknown = Unknown {
    kind: "spoiler",
    message: "`||` hides nothing here, and the page shows the words between",
    help: "write a quote that folds: `> [!NOTE]- Words to open it`",
};
const EDITED: Unknown = Unknown {
    kind: "edited",
    message: "marks of an editor mean nothing here, and the page shows them as they are",
    help: "take them out, with what they strike out; what is for authors alone stands between `<!--` and `-->`",
};
const LATE_ALERT: Unknown = Unknown {
    kind: "",
    message: "an alert begins a quote, and here it is shown as it is",
    help: "write it as the first line of a quote: `> [!NOTE]`, with an empty line before it",
};
const BOX: Unknown = Unknown {
    kind: "box",
    message: "a box of a task is `[ ]` or `[x]`, and the page shows this one as it is",
    help: "write `[x]` or `[ ]`, or a backslash before `[` if it is text",
};
const LOOSE: Unknown = Unknown {
    kind: "",
    message: "these `**` make nothing strong, and the page shows them as they are",
    help: "take the spaces inside of them away, or write `\\*` for the sign itself",
};
const BULLETS: Unknown = Unknown {
    kind: "",
    message: "this sign makes no list, and the page shows it as it is",
    help: "begin each item with `- `",
};
const UNSPACED: Unknown = Unknown {
    kind: "",
    message: "an item of a list needs an ordinary space behind its sign",
    help: "put one there, or write a backslash before the sign if it is text",
};
const MISPLACED: Unknown = Unknown {
    kind: "",
    message: "this begins no item of a list, and the page shows it as a part of the words before",
    help: "put an empty line before the list, and no more spaces before its sign than the list needs",
};
const PIPES: Unknown = Unknown {
    kind: "",
    message: "this is no table, and the page shows its `|` as they are",
    help: "put an empty line before it, and below its head a line such as `|---|---|` with as many cells as the head has",
};

/// What begins a line. `rest` is what follows the text.
pub(super) fn line(text: &str, rest: &str, context: MarkContext<'_>) -> Option<UnreadMarkup> {
    let first = text.chars().next()?;
    let behind = &text[first.len_utf8()..];
    let whole = |unknown: &Unknown, length: usize| Some(unknown.at(0..length));
    // Most lines begin with a word, and of these only lines of programs are any such thing.
    if first.is_alphabetic() {
        return program(text).and_then(|length| whole(&PROGRAM, length));
    }
    if "•◦▪‣⁃●○∙·".contains(first) && behind.starts_with(char::is_whitespace) {
        return whole(&BULLETS, first.len_utf8());
    }
    let mark = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = if (1..10).contains(&mark) && text[mark..].starts_with(['.', ')']) { mark + 1 } else { 1 };
    let is_item = mark > 1 || matches!(first, '-' | '*' | '+');
    let odd = text.get(mark..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() && !c.is_ascii()));
    let next = rest.split('\n').nth(1).map(|line| line.trim_start_matches([' ', '>'])).unwrap_or_default();
    let is_glued = unspaced(text) && unspaced(next) && item_follows(text, next);
    let is_letter = || text.get(mark..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let below_item = || is_letter() && begins_item(context.above) && item_follows(context.above, text);
    if is_item && odd || is_glued || context.goes_on && is_item && below_item() {
        return whole(&UNSPACED, mark);
    }
    // A year may begin a line of words: only with the next number below it a number was meant as an item.
    let is_misplaced = context.goes_on
        && text.get(mark..).unwrap_or_default().starts_with(' ')
        && (mark == 1 || item_follows(text, next));
    if is_item && is_misplaced {
        return whole(&MISPLACED, mark);
    }
    if ["[//]:", "[comment]:"].iter().any(|start| text.starts_with(start)) {
        return whole(&COMMENT, text.find(':').map_or(1, |at| at + 1));
    }
    if let Some(directive) = text.strip_prefix(".. ").map(|rest| rest.split_whitespace().next().unwrap_or_default())
        && directive.ends_with("::")
    {
        return whole(&ADMONITION, 3 + directive.len());
    }
    // On a site with a dialect its signs are read, and these are others.
    let or = |own: &'static Unknown, other: &'static Unknown| if context.dialect { other } else { own };
    if text.starts_with(":::") {
        return whole(or(&COLON_BOX, &ADMONITION), 3);
    }
    if ["!!! ", "??? ", "???+ "].iter().any(|start| text.starts_with(start)) {
        return whole(or(&INDENTED_BOX, &ADMONITION), 3);
    }
    if ["=== \"", "===! \"", "===+ \""].iter().any(|start| text.starts_with(start)) {
        return whole(or(&INDENTED_TABS, &TABS), text.find('"').unwrap_or_default());
    }
    let is_fence = |sign: &str| {
        text.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|c: char| c == ' ' || c.is_alphabetic()))
    };
    if text.starts_with("::") && text[2..].starts_with(char::is_alphabetic) {
        return whole(&ADMONITION, 2);
    }
    if is_fence("/// ") {
        return whole(or(&INDENTED_BOX, &ADMONITION), 3);
    }
    if text.starts_with("{* ")
        && let Some(end) = text.lines().next().and_then(|line| line.find(" *}"))
    {
        return whole(&INCLUDE, end + " *}".len());
    }
    if ["--8<--", "<<< "].iter().any(|start| text.starts_with(start)) {
        return whole(or(&SNIPPET, &INCLUDE), text.find(' ').unwrap_or(text.len()));
    }
    if is_include(text) {
        return whole(or(&BOOK_INCLUDE, &INCLUDE), text.find("}}").map_or(3, |end| end + 2));
    }
    if ["[!INCLUDE", "[!include", "[!VIDEO", "[!video", "[[include:", "{!"].iter().any(|start| text.starts_with(start))
    {
        return whole(&INCLUDE, text.find(' ').unwrap_or(text.len()));
    }
    if let Some(name) = text.strip_prefix("*[").and_then(|rest| rest.split_once("]: ")).map(|(name, _)| name) {
        return Some(name)
            .filter(|name| !name.contains(['\n', '[']))
            .and_then(|name| whole(&ABBREVIATION, name.len() + 4));
    }
    if let Some(name) = text.strip_prefix("[!").and_then(|rest| rest.split(']').next())
        && !context.quoted
        && super::alerts::names().any(|known| known.eq_ignore_ascii_case(name))
    {
        return whole(&LATE_ALERT, name.len() + 3);
    }
    if context.item
        && let Some((inside, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && is_odd_box(inside, rest)
    {
        return whole(&BOX, inside.len() + 2);
    }
    let is_comment = text.starts_with("{::comment") || text.starts_with("{:/");
    if text.starts_with("{:") && text.contains('}') && !is_comment {
        return whole(&ATTRIBUTES, text.find('}').map_or(2, |at| at + 1));
    }
    if matches!(text.trim_end().to_ascii_lowercase().as_str(), "[toc]" | "[[toc]]" | "[[_toc_]]" | "{{toc}}") {
        return whole(&CONTENTS, text.trim_end().len());
    }
    let line = text.split('\n').next().unwrap_or_default();
    let row = first == '|' && line.matches('|').count() > 1;
    let columns = line.contains('|') && line.contains("--") && line.chars().all(|c| "|-: \t\r>".contains(c));
    if row || columns {
        return whole(&PIPES, line.trim_end().len());
    }
    None
}

/// How long the line of a program is with which a text begins: `import x from "y"`, `export const x = 1`.
fn program(text: &str) -> Option<usize> {
    let line = || text.lines().next().unwrap_or_default().trim_end();
    let exports = ["export const ", "export default ", "export function "];
    let is_export = text.starts_with("export ") && exports.iter().any(|start| text.starts_with(start));
    let is_import = text.starts_with("import ") && [" from \"", " from '"].iter().any(|from| line().contains(from));
    (is_import || is_export).then(|| line().len())
}

/// Whether a line begins with the sign by which a book shows a file.
fn is_include(text: &str) -> bool {
    text.starts_with("{{#include ") || text.starts_with("{{#rustdoc_include ")
}

/// Whether a line begins like an item of a list, without the space: `-first`, `1.first`.
fn unspaced(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    let (sign, rest) = match number(line) {
        Some((_, length)) => line.split_at(length),
        None => {
            line.split_at(line.chars().next().filter(|sign| matches!(sign, '-' | '+' | '*')).map_or(0, char::len_utf8))
        }
    };
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    // Names of parameters, of which some happen to begin a line: `-Verbose, -Debug`, `-v file`.
    let is_parameter =
        word.len() == 1 || word.ends_with(',') || rest.contains(',') && rest.contains(&format!(" {sign}"));
    !sign.is_empty() && rest.starts_with(char::is_alphabetic) && !is_parameter
}

/// Whether a line begins an item of a list.
fn begins_item(line: &str) -> bool {
    let sign = number(line).map_or(1, |(_, length)| length);
    line.get(sign..).is_some_and(|rest| rest.starts_with(' ')) && (sign > 1 || line.starts_with(['-', '*', '+']))
}

/// Whether brackets at the beginning of an item are nearly the box of a task: `[-] x`, `[x]done`, `[x ] done`.
fn is_odd_box(inside: &str, rest: &str) -> bool {
    let is_mark = matches!(inside.trim(), "" | "x" | "X") && inside.len() < 3;
    let is_sign = inside.chars().count() == 1 && !inside.chars().all(char::is_alphanumeric);
    match rest.chars().next() {
        Some(' ') => inside.is_empty() || is_sign || is_mark && inside.len() > 1,
        Some(c) => is_mark && !inside.is_empty() && c.is_alphanumeric(),
        None => false,
    }
}

/// The number with which a line begins like an item of a list, and how long it is with its sign.
fn number(line: &str) -> Option<(u64, usize)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = line.get(..digits).filter(|_| digits < 10)?.parse().ok()?;
    line[digits..].starts_with(['.', ')']).then_some((number, digits + 1))
}

/// Whether the next line begins like the item behind that of a line: with the same sign, or the next number.
fn item_follows(line: &str, next: &str) -> bool {
    match (number(line), number(next)) {
        (Some((this, _)), Some((next, _))) => next == this + 1,
        (None, None) => line.chars().next() == next.chars().next(),
        _ => false,
    }
}

/// So long a formula is at most, in bytes.
const LONGEST_FORMULA: usize = 2_000;
/// So far behind the beginning of a comment its end is looked for, in bytes.
const LONGEST_COMMENT: usize = 10_000;

/// One of these stands in whatever [`signs`] finds.
pub(super) const SIGNS: &[u8] = b"=$#^{~+|*\\<";

/// Signs anywhere in a text that has one of [`SIGNS`].
pub(super) fn signs(text: &str, rest: &str, context: MarkContext<'_>, found: &mut Vec<UnreadMarkup>) {
    let mut first = |unknown: &Unknown, range: Option<Range<usize>>| {
        found.extend(range.map(|range| unknown.at(range)));
    };
    first(&HIGHLIGHT, highlight(text));
    first(&FORMULA, if context.math { None } else { formula(text, rest) });
    first(&TAG, tag(text, context.before));
    first(&BLOCK_ID, block_id(text, rest));
    let comment = comment(text, rest);
    // What ends a comment belongs to what begins it.
    let of_comment = |range: &Range<usize>| comment.is_some() || text[range.clone()].contains("comment");
    let of_include = context.begins && is_include(text);
    first(&TEMPLATE, template(text).filter(|range| !(of_comment(range) || of_include && range.start == 0)));
    first(&COMMENT, comment);
    first(&RAISED, around_word(text, "^"));
    first(&LOWERED, around_word(text, "~"));
    let edited = edited(text);
    let of_edited = |range: &Range<usize>| edited.as_ref().is_some_and(|edited| edited.contains(&range.start));
    first(&INSERTED, tight(text, "++").filter(|range| !of_edited(range)));
    first(&INSERTED_BY_CARETS, tight(text, "^^"));
    first(&SPOILER, tight(text, "||"));
    first(&EDITED, edited.clone());
    first(&LOOSE, loose(text));
    first(&TEX, tex(text, rest, context.escaped));
    first(&INLINE_NOTE, unescaped(text, "^[").map(|at| at..at + 2));
    if let Some(range) = own_attributes(text, rest).filter(|_| !context.quiet) {
        first(&ATTRIBUTES, Some(range));
    } else if context.behind_link && text.starts_with('{') {
        let attributes =
            text.find('}').filter(|end| text[1..*end].starts_with(['#', '.', ':']) || text[1..*end].contains('='));
        first(&ATTRIBUTES, attributes.map(|end| 0..end + 1));
    } else {
        // At the end of a heading they are none, and that is said.
        let is_last = |range: &Range<usize>| {
            context.quiet && text.trim_end().len() == range.end && text[..range.end].ends_with('}')
        };
        first(&ATTRIBUTES_AMONG_WORDS, attributes_among_words(text).filter(|range| !is_last(range)));
    }
}

/// Signs anywhere in a text that has a colon.
pub(super) fn colons(text: &str, rest: &str, context: MarkContext<'_>, found: &mut Vec<UnreadMarkup>) {
    found.extend(field(text, context.begins).map(|range| FIELD.at(range)));
    found.extend(emoji(text, rest, context.before).map(|range| EMOJI.at(range)));
}

/// `==words==`
fn highlight(text: &str) -> Option<Range<usize>> {
    tight(text, "==")
}

/// Words between two equal signs, without a space beside them.
fn tight(text: &str, sign: &str) -> Option<Range<usize>> {
    let at = unescaped(text, sign)?;
    let inside = &text[at + 2..];
    let end = inside.find(sign)?;
    let is_text = |part: &str| {
        !part.is_empty() && part.trim() == part && !part.starts_with(&sign[..1]) && part.contains(char::is_alphanumeric)
    };
    // `i++ + j++` is a piece of a program.
    let before = text[..at].chars().next_back();
    let opens = sign == "==" || before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ')' | ']'));
    (opens && is_text(&inside[..end])).then_some(at..at + 2 + end + 2)
}

/// `x^2^`, `H~2~O`: a word between two signs, behind a letter.
fn around_word(text: &str, sign: &str) -> Option<Range<usize>> {
    text.match_indices(sign).map(|(at, _)| at).find_map(|at| {
        let inside = &text[at + 1..];
        let end = inside.find(sign)?;
        let is_word =
            (1..=8).contains(&end) && inside[..end].chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-'));
        let free = !inside[end + 1..].starts_with(sign);
        let behind_letter = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')');
        (is_word && free && behind_letter).then_some(at..at + end + 2)
    })
}

/// `{++added++}`, `{>>a remark<<}`
fn edited(text: &str) -> Option<Range<usize>> {
    [("{++", "++}"), ("{--", "--}"), ("{==", "==}"), ("{~~", "~~}"), ("{>>", "<<}")].iter().find_map(|(open, close)| {
        let at = unescaped(text, open)?;
        let end = text[at..].find(close)?;
        Some(at..at + end + close.len())
    })
}

/// `** words **`
fn loose(text: &str) -> Option<Range<usize>> {
    let at = text.match_indices("** ").map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
    })?;
    let line = text[at + 3..].lines().next()?;
    let end = line.find(" **")?;
    let inside = &line[..end];
    let behind = line[end + 3..].chars().next();
    let is_text = inside.starts_with(char::is_alphabetic) && !inside.contains('*');
    (is_text && behind.is_none_or(|c| !c.is_alphanumeric() && c != '*')).then_some(at..at + 3 + end + 3)
}

/// `\(x_i\)`, `\[ x_i \]`, over several lines as well, `\begin{align}`. `escaped`: a backslash stands before the text.
fn tex(text: &str, rest: &str, escaped: bool) -> Option<Range<usize>> {
    if let Some(at) = text.find("\\begin{") {
        return Some(at..at + 7);
    }
    let begins = escaped.then_some(0).filter(|_| text.starts_with(['(', '[']));
    let signs = begins.into_iter().chain(text.match_indices('\\').map(|(at, _)| at + 1));
    signs.filter(|at| text[*at..].starts_with(['(', '['])).find_map(|at| {
        let close = if text[at..].starts_with('(') { "\\)" } else { "\\]" };
        let all = [&text[at + 1..], &rest[..rest.floor_char_boundary(LONGEST_FORMULA)]].concat();
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

/// `see {#id} there`, `## A {#id} b`, and those that are never closed.
fn attributes_among_words(text: &str) -> Option<Range<usize>> {
    text.match_indices("{#").map(|(at, _)| at).find_map(|at| {
        let inside = text[at + 2..].split('\n').next().unwrap_or_default();
        let is_name = !inside.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '}' | '#'));
        let end = match inside.find('}') {
            Some(end) => end + 1,
            None if inside.trim_end().contains(char::is_whitespace) => return None,
            None => inside.trim_end().len(),
        };
        (is_name && !inside.is_empty() && !text[..at].ends_with(['\\', '{', '$'])).then_some(at..at + 2 + end)
    })
}

/// Attributes behind the last word of a paragraph or an item: `{.lead}`, `{: #intro}`.
fn own_attributes(text: &str, rest: &str) -> Option<Range<usize>> {
    let line = text.trim_end();
    if !line.ends_with('}') || !(rest.is_empty() || rest.starts_with('\n')) {
        return None;
    }
    let at = line.rfind('{')?;
    let inside = line[at + 1..line.len() - 1].trim().trim_start_matches(':').trim();
    let is_name = |word: &str| {
        word.strip_prefix(['#', '.']).is_some_and(|name| {
            name.starts_with(char::is_alphabetic)
                && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
        })
    };
    let before = line[..at].chars().next_back();
    (is_name(inside.split_whitespace().next()?) && before != Some('\\') && before != Some('{'))
        .then_some(at..line.len())
}

/// `$$ x $$`, `$x_i$`. Other signs in it may have parted it, so what follows the text counts, too.
fn formula(text: &str, rest: &str) -> Option<Range<usize>> {
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

/// `#walking`; not `#1`, `#fff`.
fn tag(text: &str, before: Option<char>) -> Option<Range<usize>> {
    let starts = |at: &usize| {
        let before = text[..*at].chars().next_back().or(before);
        before.is_none_or(|c| c.is_whitespace() || c == '(')
    };
    let word = |at: usize| {
        let inside = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/'));
        let end = text[at + 1..].find(inside).map_or(text.len(), |end| at + 1 + end);
        let word = &text[at + 1..end];
        let is_colour = matches!(word.len(), 3 | 4 | 6 | 8) && word.chars().all(|c| c.is_ascii_hexdigit());
        (word.starts_with(char::is_alphabetic) && !is_colour).then_some(at..end)
    };
    let attributes = if text.contains('#') { attributes(text) } else { Vec::new() };
    // What stands there is reported as an attribute.
    let is_free = |at: &usize| {
        let before = attributes.partition_point(|range| range.start < *at);
        before == 0 || attributes[before - 1].end <= *at
    };
    text.match_indices('#').map(|(at, _)| at).filter(starts).filter(is_free).find_map(word)
}

/// Where `{: ... }` stands, in order; what never ends goes to the end of the text.
fn attributes(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = text[at..].find("{:").map(|open| at + open) {
        at = text[open..].find('}').map_or(text.len(), |close| open + close);
        found.push(open..at);
    }
    found
}

/// `... ^name` at the end of a paragraph.
fn block_id(text: &str, rest: &str) -> Option<Range<usize>> {
    if !rest.is_empty() && !rest.starts_with('\n') {
        return None;
    }
    let at = text.rfind('^')?;
    let name = text[at + 1..].trim_end();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (is_name && (at == 0 || text[..at].ends_with(' '))).then_some(at..at + 1 + name.len())
}

/// A link whose address a template would write.
pub(super) fn template_at(span: Range<usize>) -> UnreadMarkup {
    TEMPLATE.at(span)
}

/// `{# a remark #}`, `{% comment %}`, `[//]: # (a remark)` among words, and `<!— a remark —>`, of which a word processor has joined the hyphens.
/// `rest` is what follows the text: a comment may go on over several lines.
pub(super) fn comment(text: &str, rest: &str) -> Option<Range<usize>> {
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
            None => text.len() + rest[..rest.floor_char_boundary(LONGEST_COMMENT)].find(close)?,
        };
        Some(at..end + close.len())
    };
    let begin = |open: &str| unescaped(text, open).map(|at| at..at + open.len());
    let defined = || if text.contains("]:") { comment_definitions::first(text) } else { None };
    WHOLE.into_iter().find_map(whole).or_else(|| BEGIN.into_iter().find_map(begin)).or_else(defined)
}

/// `rating:: 5` at the beginning of a line, `[rating:: 5]`
fn field(text: &str, begins: bool) -> Option<Range<usize>> {
    text.match_indices(":: ").find_map(|(end, _)| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let at = text[..end].trim_end_matches(is_name).len();
        let name = &text[at..end];
        let opens = if at == 0 { begins } else { text[..at].ends_with(['[', '(']) };
        let is_short = name.starts_with(char::is_alphabetic) && name.split(' ').count() < 4 && !name.ends_with(' ');
        (opens && is_short).then_some(at..end + 2)
    })
}

/// `{{ x }}`, `{% x %}`, `{{< x >}}`
fn template(text: &str) -> Option<Range<usize>> {
    let pair = |open: &str, close: &str| {
        let at = unescaped(text, open)?;
        let end = text[at..].find(close)?;
        Some(at..at + end + close.len())
    };
    pair("{{", "}}").or_else(|| pair("{%", "%}"))
}

/// `:smile:`
fn emoji(text: &str, rest: &str, before: Option<char>) -> Option<Range<usize>> {
    let begins = |at: &usize| {
        let before = text[..*at].chars().next_back().or(before);
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ':' | '\\' | '/' | '`'))
    };
    let name = |at: usize| {
        let end = at + 1 + text[at + 1..].find(':')?;
        let name = &text[at + 1..end];
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-');
        let is_name = name == "+1" || name == "-1" || name.starts_with(|c: char| c.is_ascii_lowercase());
        let behind = text[end + 1..].chars().chain(rest.chars()).next();
        let free = !behind.is_some_and(|c| c.is_alphanumeric() || c == ':' || c == '`');
        (is_name && name.chars().all(plain) && free).then_some(at..end + 1)
    };
    text.match_indices(':').map(|(at, _)| at).filter(begins).find_map(name)
}

/// Where a sign stands in a text that no backslash stands before.
fn unescaped(text: &str, sign: &str) -> Option<usize> {
    text.match_indices(sign).map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))
}

impl Unknown {
    fn at(&self, span: Range<usize>) -> UnreadMarkup {
        let kind = Some(self.kind).filter(|kind| !kind.is_empty());
        UnreadMarkup { span, message: self.message.into(), help: self.help.into(), kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let (begins, quoted, escaped, behind_link) = (false, false, false, false);
        let context = MarkContext {
            begins,
            goes_on: false,
            above: "",
            quoted,
            escaped,
            behind_link,
            item: false,
            quiet: false,
            before: None,
            math: false,
            dialect: false,
            wikilinks: true,
        };
        let mut all = Vec::new();
        signs(text, "", context, &mut all);
        colons(text, "", context, &mut all);
        all.iter().map(|found| text[found.span.clone()].to_string()).collect()
    }

    #[test]
    fn signs_of_other_programs_are_found() {
        for (text, sign) in [
            ("some ==words== here", "==words=="),
            ("so $$ x $$", "$$"),
            ("so $x_i$ is", "$"),
            ("on #walking and #2", "#walking"),
            ("a paragraph ^name", "^name"),
            ("say {{ title }}", "{{ title }}"),
            ("say {% include x %}", "{% include x %}"),
            ("well :smile: done", ":smile:"),
            ("a^[note] b", "^["),
            ("H~2~O", "~2~"),
            ("x^2^ and", "^2^"),
            ("so ++new++ now", "++new++"),
            ("so ^^new^^ now", "^^new^^"),
            ("it is ||hidden|| there", "||hidden||"),
            ("an {>>odd<<} one", "{>>odd<<}"),
            ("so ** strong ** now", "** strong **"),
            ("the last {.lead}", "{.lead}"),
            ("words {: .note #more }", "{: .note #more }"),
            ("so {# a remark #} is", "{# a remark #}"),
            ("[rating:: 5]", "rating::"),
            ("so \\(x_i\\) is", "\\("),
            ("so \\(x\n= y\\) is", "\\("),
            ("so \\[ \\frac{a} \\] is", "\\["),
            ("so {#name} there", "{#name}"),
            ("so {#…} there", "{#…}"),
            ("A {#name", "{#name"),
        ] {
            assert_eq!(found(text), [sign], "{text}");
        }
    }

    #[test]
    fn what_people_write_in_sentences_is_left_alone() {
        for text in [
            "a == b",
            "$5 and $10",
            "$$$ restaurant",
            "issue #12",
            "colour #fff",
            "2^10",
            "at 10:30:45",
            "a:b:c",
            "{id}",
            "C# and F#",
            "x = y = z",
            "\\==a== \\#tag",
            "note: this: that",
            "i++ + j++ and C++ with g++",
            "a || b || c",
            "2 ** 3 ** 4",
            "about ~5 or ~6 days",
            "10^6 or 10^7",
            "a set {a, b} or {.} or {id}",
            "an \\(aside\\) here",
            "so \\[sic\\] and \\[a_link\\](b_c)",
            "a {#1} and \\{#name}",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}

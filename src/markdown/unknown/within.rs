//! Signs anywhere among the words of a text.

use std::ops::Range;

use super::super::unread_markup::{MarkContext, UnreadMarkup};
use super::attributes::{attributes, attributes_among_words, bracketed, is_of_svelte, own_attributes};
use super::comments::comments;
use super::declarations::{
    ADMONITION, ATTRIBUTES, ATTRIBUTES_AMONG_WORDS, BLOCK_ID, COMMENT, EDITED, EMOJI, FIELD, FORMULA, FORMULA_IN_HTML,
    HIGHLIGHT, INLINE_NOTE, INSERTED, INSERTED_BY_CARETS, LOOSE, LOWERED, RAISED, SPOILER, TAG, TEMPLATE, TEX, Unknown,
};
use super::formulas::{Formula, formulas};
use super::lines::is_include;

/// One of these stands in whatever [`signs`] finds.
pub(in super::super) const SIGNS: &[u8] = b"=$#^{~+|*\\<";

/// Signs anywhere in a text that has one of [`SIGNS`].
pub(in super::super) fn signs(
    text: &str,
    rest: &str,
    context: MarkContext<'_>,
    formulas: &[Formula],
    found: &mut Vec<UnreadMarkup>,
) {
    let comments = comments(text, rest);
    // What ends a comment belongs to what begins it.
    let of_comment = |at: usize| comments.iter().any(|comment| comment.contains(&at));
    let of_include = context.begins && is_include(text);
    // One at the beginning of a line is known.
    let is_new = |range: &&Range<usize>| !found.iter().any(|known| known.span.start == range.start);
    let new: Vec<_> = comments.iter().filter(is_new).map(|range| COMMENT.at(range.clone())).collect();
    found.extend(new);
    let mut note = |unknown: &Unknown, places: Vec<Range<usize>>| {
        found.extend(places.into_iter().map(|range| unknown.at(range)));
    };
    // `\{++added++}` is text as a whole.
    let is_escaped = |range: &Range<usize>| {
        let before = text[..range.start].strip_suffix('{');
        before.is_some_and(|before| before.ends_with('\\') || before.is_empty() && context.escaped)
    };
    let mut marked = tight(text, "==");
    marked.retain(|range| !is_escaped(range));
    note(&HIGHLIGHT, marked);
    let formulas = |tex: bool| {
        let all = formulas.iter().filter(|formula| formula.tex == tex);
        all.map(|formula| formula.sign.clone()).collect::<Vec<_>>()
    };
    note(&FORMULA, formulas(false));
    note(&TAG, tags(text, context.before));
    note(&BLOCK_ID, block_id(text, rest).into_iter().collect());
    note(&TEMPLATE, templates(text, |at| of_comment(at) || of_include && at == 0));
    note(&RAISED, around_word(text, "^"));
    note(&LOWERED, around_word(text, "~"));
    let edited = edited(text);
    let mut inserted = tight(text, "++");
    inserted.retain(|range| !is_escaped(range) && !edited.iter().any(|edited| edited.contains(&range.start)));
    note(&INSERTED, inserted);
    note(&INSERTED_BY_CARETS, tight(text, "^^"));
    note(&SPOILER, tight(text, "||"));
    note(&EDITED, edited);
    note(&LOOSE, loose(text));
    note(&TEX, formulas(true));
    note(&INLINE_NOTE, every(|from| unescaped(text, "^[", from).map(|at| at..at + 2)));
    if context.begins && text.starts_with(":::") {
        // They belong to the box, which is reported.
    } else if let Some(range) = own_attributes(text, rest).filter(|_| !context.quiet) {
        let mut among = attributes_among_words(text);
        among.retain(|among| among.end <= range.start);
        note(&ATTRIBUTES_AMONG_WORDS, among);
        note(&ATTRIBUTES, vec![range]);
    } else if context.behind_link && text.starts_with('{') {
        let attributes =
            text.find('}').filter(|end| text[1..*end].starts_with(['#', '.', ':']) || text[1..*end].contains('='));
        note(&ATTRIBUTES, attributes.map(|end| 0..end + 1).into_iter().collect());
    } else {
        // At the end of a heading they are none, and that is said.
        let is_last = |range: &Range<usize>| {
            context.quiet && text.trim_end().len() == range.end && text[..range.end].ends_with('}')
        };
        let mut among = attributes_among_words(text);
        among.retain(|range| !is_last(range));
        among.extend(bracketed(text, rest).filter(|_| context.quiet));
        note(&ATTRIBUTES_AMONG_WORDS, among);
    }
}

/// All places that are found one behind the other: the next one is looked for from the end of the last.
pub(super) fn every(next: impl Fn(usize) -> Option<Range<usize>>) -> Vec<Range<usize>> {
    let mut from = 0;
    let next = || next(from).inspect(|range| from = range.end);
    std::iter::from_fn(next).collect()
}

/// Signs in the words of a block of raw HTML, where no Markdown is read: comments, templates, formulas, and boxes at the
/// beginning of a line.
pub(in super::super) fn in_html(text: &str) -> Vec<UnreadMarkup> {
    let comments = comments(text, "");
    let of_comment = |at: usize| comments.iter().any(|comment| comment.contains(&at));
    let formulas = formulas(text, "", false, false).into_iter().filter(|formula| !of_comment(formula.sign.start));
    let begins_line = |at: &usize| text[..*at].trim_end_matches([' ', '\t']).ends_with('\n');
    let colons = text.match_indices(":::").map(|(at, _)| at);
    let colons = colons.filter(|at| begins_line(at) && text[at + 3..].trim_start().starts_with(char::is_alphabetic));
    let mut found: Vec<_> = comments.iter().map(|range| COMMENT.at(range.clone())).collect();
    found.extend(templates(text, of_comment).into_iter().map(|range| TEMPLATE.at(range)));
    found.extend(formulas.map(|formula| FORMULA_IN_HTML.at(formula.sign)));
    found.extend(colons.map(|at| ADMONITION.at(at..at + 3)));
    found
}

/// Signs anywhere in a text that has a colon.
pub(in super::super) fn colons(text: &str, rest: &str, context: MarkContext<'_>, found: &mut Vec<UnreadMarkup>) {
    found.extend(fields(text, context.begins).map(|range| FIELD.at(range)));
    found.extend(emoji(text, rest, context.before).into_iter().map(|range| EMOJI.at(range)));
}

/// A link whose address a template would write.
pub(in super::super) fn template_at(span: Range<usize>) -> UnreadMarkup {
    TEMPLATE.at(span)
}

/// Words between two equal signs, without a space beside them: `==words==`.
fn tight(text: &str, sign: &str) -> Vec<Range<usize>> {
    let is_text = |part: &str| {
        !part.is_empty() && part.trim() == part && !part.starts_with(&sign[..1]) && part.contains(char::is_alphanumeric)
    };
    every(|mut from| {
        loop {
            let at = unescaped(text, sign, from)?;
            let inside = &text[at + 2..];
            let end = inside.find(sign)?;
            // `i++ + j++` is a piece of a program.
            let before = text[..at].chars().next_back();
            let opens = sign == "==" || before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ')' | ']'));
            if opens && is_text(&inside[..end]) {
                return Some(at..at + 2 + end + 2);
            }
            from = at + 2;
        }
    })
}

/// `x^2^`, `H~2~O`: a word between two signs, behind a letter.
fn around_word(text: &str, sign: &str) -> Vec<Range<usize>> {
    every(|from| {
        places(text, sign, from).find_map(|at| {
            let inside = &text[at + 1..];
            let end = inside.find(sign)?;
            let is_word =
                (1..=8).contains(&end) && inside[..end].chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '-'));
            let free = !inside[end + 1..].starts_with(sign);
            let behind_letter = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ')');
            (is_word && free && behind_letter).then_some(at..at + end + 2)
        })
    })
}

/// `{++added++}`, `{>>a remark<<}`
fn edited(text: &str) -> Vec<Range<usize>> {
    let between = |(open, close): (&str, &str)| {
        every(|from| {
            let at = unescaped(text, open, from)?;
            Some(at..at + text[at..].find(close)? + close.len())
        })
    };
    let signs = [("{++", "++}"), ("{--", "--}"), ("{==", "==}"), ("{~~", "~~}"), ("{>>", "<<}")];
    in_order(signs.into_iter().flat_map(between).collect())
}

/// Places in their order, without those that stand in another one.
fn in_order(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|range| range.start);
    places.dedup_by(|next, first| next.start < first.end);
    places
}

/// `** words **`
fn loose(text: &str) -> Vec<Range<usize>> {
    every(|from| {
        places(text, "** ", from).filter(|at| text[..*at].chars().next_back().is_none_or(char::is_whitespace)).find_map(
            |at| {
                let line = &text[at + 3..];
                let end = line.find(" **")?;
                let inside = &line[..end];
                let behind = line[end + 3..].chars().next();
                let is_text = inside.starts_with(char::is_alphabetic) && !inside.contains(['*', '\n']);
                (is_text && behind.is_none_or(|c| !c.is_alphanumeric() && c != '*')).then_some(at..at + 3 + end + 3)
            },
        )
    })
}

/// `#walking`; not `#1`, `#fff`.
fn tags(text: &str, before: Option<char>) -> Vec<Range<usize>> {
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
    places(text, "#", 0).filter(starts).filter(is_free).filter_map(word).collect()
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

/// `rating:: 5` at the beginning of a line, `[rating:: 5]`
fn fields(text: &str, begins: bool) -> impl Iterator<Item = Range<usize>> {
    places(text, ":: ", 0).filter_map(move |end| {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let at = text[..end].trim_end_matches(is_name).len();
        let name = &text[at..end];
        let opens = if at == 0 { begins } else { text[..at].ends_with(['[', '(']) };
        let is_short = name.starts_with(char::is_alphabetic) && name.split(' ').count() < 4 && !name.ends_with(' ');
        (opens && is_short).then_some(at..end + 2)
    })
}

/// `{{ x }}`, `{% x %}`, `{{< x >}}`, `{#if x}`, but for those at some places and the ends of comments.
fn templates(text: &str, is_other: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let between = |open: &str, close: &str, is_one: &dyn Fn(&str) -> bool| {
        every(|mut from| {
            loop {
                let at = unescaped(text, open, from)?;
                from = at + open.len();
                if !is_other(at) && is_one(&text[at..]) {
                    let end = from + text[from..].find(close)? + close.len();
                    if !text[at..end].contains("comment") {
                        return Some(at..end);
                    }
                }
            }
        })
    };
    let mut all = between("{{", "}}", &|_| true);
    all.extend(between("{%", "%}", &|_| true));
    all.extend(between("{#", "}", &is_of_svelte));
    in_order(all)
}

/// `:smile:`
fn emoji(text: &str, rest: &str, before: Option<char>) -> Vec<Range<usize>> {
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
    every(|from| places(text, ":", from).filter(begins).find_map(name))
}

/// Where a sign stands from a place on.
pub(super) fn places(text: &str, sign: &str, from: usize) -> impl Iterator<Item = usize> {
    text[from..].match_indices(sign).map(move |(at, _)| from + at)
}

/// Where a sign stands from a place on that no backslash stands before.
pub(super) fn unescaped(text: &str, sign: &str, from: usize) -> Option<usize> {
    places(text, sign, from).find(|at| !text[..*at].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let context = MarkContext { wikilinks: true, ..MarkContext::default() };
        let mut all = Vec::new();
        signs(text, "", context, &formulas(text, "", false, false), &mut all);
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
            ("say {#each a as b}", "{#each a as b}"),
            ("say {#if} there", "{#if}"),
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
            ("so {{/* a remark */}} is", "{{/* a remark */}}"),
            ("so {{! a remark }} is", "{{! a remark }}"),
            ("so <%# a remark %> is", "<%# a remark %>"),
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
    fn every_sign_of_a_kind_is_found() {
        for (text, signs) in [
            ("a == b ==c== d ==e== \\==f== ==", &["==c==", "==e=="][..]),
            ("x_1 $a_b$ and $c^d$", &["$", "$"]),
            ("#one #two (#three) \\#four", &["#one", "#two", "#three"]),
            (
                "{{ a }} {{/* b */}} {% c %} {#if d} {{ e }}",
                &["{{/* b */}}", "{{ a }}", "{% c %}", "{#if d}", "{{ e }}"],
            ),
            ("a^1^ b^2^ c~3~ d~4~", &["^1^", "^2^", "~3~", "~4~"]),
            (":a: b :c: \\:d: :e:", &[":a:", ":c:", ":e:"]),
            ("i++ ++j++ ++k++", &["++j++", "++k++"]),
            ("{>>a<<} {++b++} {>>c<<}", &["{>>a<<}", "{++b++}", "{>>c<<}"]),
            ("a^[b] c^[d]", &["^[", "^["]),
            ("a [b]{.c} d [e]{.f .g} h]{x}", &["{.c}", "{.f .g}"]),
            ("so {#a} and {#b} {.c}", &["{#a}", "{#b}", "{.c}"]),
            ("[a:: 1] and [b:: 2]", &["a::", "b::"]),
            ("** a ** b ** c **", &["** a **", "** c **"]),
            ("a ||b|| || c ||d||", &["||b||", "||d||"]),
        ] {
            assert_eq!(found(text), signs, "{text}");
        }
    }

    #[test]
    fn many_signs_take_no_time() {
        for sign in [
            "==a==",
            "==",
            "{{a}}",
            "{{",
            "{%comment%}",
            "{#",
            "{#if",
            ":a:",
            ":",
            "a:: ",
            "^a^",
            "{++a",
            "** a",
            "#a ",
        ] {
            let text = sign.repeat(20_000);
            assert!(found(&text).len() <= 20_000, "{sign}");
        }
    }

    #[test]
    fn every_comment_is_found() {
        let text = "a {{/* S */}} b {{/* S */}} c {{- /* S */ -}} d <%-- S --%> e {{!-- S --}}";
        let comments = ["{{/* S */}}", "{{/* S */}}", "{{- /* S */", "<%-- S --%>", "{{!-- S --}}"];
        assert_eq!(found(text), comments);
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

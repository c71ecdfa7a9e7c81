//! What a plain text - a title, a summary, a label - holds for authors alone. It is no Markdown, but what Markdown keeps from
//! readers is kept from them there, too.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Tag};

use super::author_signs::AuthorSigns;
use super::hidden::is_wide_letter;
use super::parsed::events;
use super::readable::{comments_of_mdx, readable};
use super::sorts::TOO;
use super::template_tags::{comments, inline_code};
use super::unknown::comments_of_others;
use super::{MarkdownProblem, private};
use crate::diagnostics::Code;

/// What a comment or remark begins with.
const BEGINNINGS: [&str; 14] =
    ["<!--", "%%", "{/*", "{#", "{{/*", "{{- /*", "{{!", "<%--", "<%#", "{::comment}", "{%", "{", "/*", "//"];

const WAY_OUT: &str = "take it out, put it behind the value, where a `#` behind a space begins a remark, or write `\\` before it if it is text";

/// A plain text without its comments and remarks, and what has to be said of one that never ends, or of the first. In backticks and behind a backslash the
/// signs are text, as in Markdown.
pub fn without_comments(text: &str, signs: AuthorSigns) -> (Cow<'_, str>, Option<MarkdownProblem>) {
    if !private::possible(text) && !text.contains(['{', '<']) {
        return (Cow::Borrowed(text), None);
    }
    let code = inline_code(text, 0..text.len());
    let (mut taken, mut open) = private::in_plain_text(text, &code, signs);
    if signs.template_tags {
        taken.extend(comments(text, signs));
    }
    if signs.mdx {
        taken.extend(comments_of_mdx(text, &code));
        open = open.or_else(|| readable(text, signs).1.into_iter().find(|problem| problem.code == Code::CommentOpen));
    }
    taken.sort_by_key(|range| range.start);
    if taken.is_empty() {
        let is_text = |range: &Range<usize>| code.iter().any(|code| code.contains(&range.start));
        let mut others = comments_of_others(text, "");
        others.retain(|range| !is_text(range));
        return (Cow::Borrowed(text), open.or_else(|| unread(others)));
    }
    let problem = open.or_else(|| taken_out(text, taken.clone()));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in taken {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        at = range.end.max(at);
        if out.is_empty() || out.ends_with(char::is_whitespace) {
            at = text.len() - text[at..].trim_start().len();
        }
    }
    out.push_str(&text[at..]);
    out.truncate(out.trim_end().len());
    (Cow::Owned(out), problem)
}

/// Whether a plain text holds what is for authors alone, or begins it.
pub fn has_comment(text: &str, signs: AuthorSigns) -> bool {
    let (public, problem) = without_comments(text, signs);
    matches!(public, Cow::Owned(_)) || problem.is_some_and(|problem| problem.code == Code::CommentOpen)
}

/// The same as pages show it: backslashes before signs that would begin what is for authors alone are no part of the text.
pub fn public_text(text: &str, signs: AuthorSigns) -> (Cow<'_, str>, Option<MarkdownProblem>) {
    let (public, problem) = without_comments(text, signs);
    let begins = |text: &str| without_comments(text, signs).1.is_some();
    let shown = without_backslashes(&public, &["<", "%%", "{"], begins);
    (shown.map_or(public, Cow::Owned), problem)
}

/// A plain text as pages show it: backslashes before signs that would be reported as Markdown are no part of it.
pub fn without_escapes(text: String) -> String {
    without_backslashes(&text, &["*", "_", "[", "~", "!"], |text| markdown_in(text).is_some()).unwrap_or(text)
}

/// A text without the backslashes that stand before some signs, where these would mean something without.
fn without_backslashes(text: &str, signs: &[&str], is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let mut pieces = text.split('\\');
    let first = pieces.next().unwrap_or_default().to_string();
    let is_sign = |piece: &str| signs.iter().any(|sign| piece.starts_with(sign));
    // `C:\*` is a path.
    let is_escape = |out: &str, piece: &str| is_sign(piece) && !out.ends_with(':');
    let out = pieces.fold(first, |out, piece| {
        let sign = if is_escape(&out, piece) { "" } else { "\\" };
        out + sign + piece
    });
    (out.len() < text.len() && is_meant(&out)).then_some(out)
}

/// What has to be said of a plain text in which words are marked as in Markdown: it is shown as it was typed.
pub fn markdown_in(text: &str) -> Option<MarkdownProblem> {
    if !text.contains(['*', '_', '[', '~']) || private::possible(text) {
        return None;
    }
    let is_mark = |event: &Event<'_>| match event {
        Event::Start(Tag::Link { link_type, .. }) => !matches!(link_type, LinkType::Autolink | LinkType::Email),
        Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Image { .. }) => true,
        _ => false,
    };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    let marks = events(text, options, None).events.into_iter().filter(|(event, _)| is_mark(event));
    let mut marks: Vec<_> = marks.map(|(_, at)| at).filter(|at| !is_name(text, at)).collect();
    // One within another is told with that.
    marks.dedup_by(|next, first| next.start < first.end);
    problem(
        marks,
        "this is a plain text, and its signs of Markdown are shown as they are",
        "take the signs out, or write `\\` before the first one to keep them; a field of the type `markdown` reads them",
    )
}

/// Whether marks are signs of a name: they stand within a word, `M*A*S*H`, or a word of a program begins and ends with them,
/// `__init__`.
fn is_name(text: &str, mark: &Range<usize>) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() && !is_wide_letter(c);
    let inside = text[mark.clone()].strip_prefix("__").and_then(|inside| inside.strip_suffix("__"));
    text[..mark.start].ends_with(is_of_word)
        || text[mark.end..].starts_with(is_of_word)
        || inside.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// What is said of a text once, with all places of it.
fn problem(places: impl IntoIterator<Item = Range<usize>>, message: &str, help: &str) -> Option<MarkdownProblem> {
    let mut places = places.into_iter();
    Some(MarkdownProblem {
        code: Code::ValueDoubtful,
        span: places.next()?,
        message: message.into(),
        related: places.map(|place| (place, TOO.into())).collect(),
        help: help.into(),
    })
}

/// Says what was taken out.
fn taken_out(text: &str, taken: Vec<Range<usize>>) -> Option<MarkdownProblem> {
    let inside = &text[taken.first()?.clone()];
    let sign = BEGINNINGS.iter().find(|sign| inside.starts_with(**sign)).copied().unwrap_or_default();
    let message = format!("`{sign}` begins what is not published, and it is taken out of this text");
    problem(taken, &message, WAY_OUT)
}

/// Says of comments of other tools that they are none here.
fn unread(comments: Vec<Range<usize>>) -> Option<MarkdownProblem> {
    problem(comments, "this is no comment here, and the page shows what it says", WAY_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_authors_alone_is_taken_out_and_the_rest_stays_as_it_was_typed() {
        for (text, tags, shown) in [
            ("A <!-- x --> B", false, "A B"),
            ("A%%x%%B", false, "AB"),
            ("A %%x%%", false, "A"),
            ("<!-- x -->", false, ""),
            ("<!-- x --><!-- y --> A", false, "A"),
            ("one\n\n<!-- x -->\n\ntwo\n", false, "one\n\ntwo"),
            ("A {# x #}b {% comment %}x{% endcomment %}c", true, "A b c"),
            ("{::comment}x{:/comment}d {% # x %}e", true, "d e"),
        ] {
            let (left, problem) = without_comments(text, AuthorSigns { template_tags: tags, ..AuthorSigns::REMARKS });
            assert_eq!(left, shown, "{text}");
            assert!(problem.is_some(), "{text}");
        }
        for text in [
            "100%% sure",
            "50%% and 60%%",
            "`<!-- x -->` ends",
            "\\%%x%%",
            "https://a.example/a%%b%%c",
            "a < b {c}",
            "f{:.2f} {#id}",
        ] {
            let (left, problem) = without_comments(text, AuthorSigns { template_tags: true, ..AuthorSigns::REMARKS });
            assert_eq!(left, text);
            assert!(problem.is_none(), "{text}");
        }
        for (text, shown, sign) in [
            ("A <!-- x", "A <!-- x", "<!--"),
            ("%%x", "%%x", "%%"),
            ("A %%x%% b <!-- y", "A b <!-- y", "<!--"),
            ("%%x <!-- y -->", "%%x", "%%"),
        ] {
            let (left, problem) = without_comments(text, AuthorSigns::REMARKS);
            let problem = problem.expect("it is reported");
            assert_eq!((left.as_ref(), &text[problem.span], problem.code), (shown, sign, Code::CommentOpen));
        }
        assert!(matches!(without_comments("A {# x #}b", AuthorSigns::REMARKS), (Cow::Borrowed(_), Some(_))));
        assert!(without_comments("`{# x #}`", AuthorSigns::REMARKS).1.is_none());
    }

    #[test]
    fn marks_of_markdown_in_a_plain_text_are_found() {
        for (text, mark) in [
            ("so **strong** it is", "**strong**"),
            ("see [it](a.md)", "[it](a.md)"),
            ("the [[leek]]", "[[leek]]"),
            ("*Allium* in pots", "*Allium*"),
            ("![x](a.png) ~~gone~~", "![x](a.png)"),
        ] {
            assert_eq!(markdown_in(text).map(|problem| &text[problem.span]), Some(mark), "{text}");
        }
        for text in [
            "2 * 3 * 4",
            "snake_case_name",
            "f(x)[0] [sic]",
            "`*code*`",
            "\\*so\\*",
            "<https://a.example/_b_>",
            "C*-algebras",
            "M*A*S*H",
            "__init__ and a_b_",
            "2*3*4 H~2~O",
        ] {
            assert!(markdown_in(text).is_none(), "{text}");
        }
        let places = markdown_in("*a* b **c [d](e)** __f g__").map(|problem| problem.related.len());
        assert_eq!(places, Some(2));
        assert!(markdown_in("**重要**請").is_some());
    }

    #[test]
    fn a_backslash_before_what_would_be_reported_is_no_part_of_the_text() {
        for (text, shown) in [
            (r"\%%i and \%%j <!-- x -->", "%%i and %%j"),
            (r"a \<!-- b -->", "a <!-- b -->"),
            (r"a \{# b #}", "a {# b #}"),
            (r"C:\%a \%%", r"C:\%a %%"),
            (r"a \<!-- b", "a <!-- b"),
            (r"C:\{a}", r"C:\{a}"),
        ] {
            assert_eq!(public_text(text, AuthorSigns::REMARKS).0, shown);
        }
        for (text, shown) in [
            (r"\*args\* explained", "*args* explained"),
            (r"\*args* explained", "*args* explained"),
            (r"\[a](b)", "[a](b)"),
            (r"C:\_a\b [\w]", r"C:\_a\b [\w]"),
        ] {
            assert_eq!(without_escapes(text.to_string()), shown);
            assert!(markdown_in(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_no_sign_on_a_site_is_text() {
        let text = "100 %%i and %%j <!-- x -->";
        assert_eq!(without_comments(text, AuthorSigns::default()).0, "100 %%i and %%j");
        for (text, shown) in [
            ("A {/* x */}b {/* y", "A b {/* y"),
            ("`{/* x */}` \\{/* y */} {/* <!-- z --> */}", "`{/* x */}` \\{/* y */}"),
            ("{ /* x */ } A", "A"),
        ] {
            let (left, problem) = without_comments(text, AuthorSigns { mdx: true, ..AuthorSigns::REMARKS });
            assert_eq!(left, shown);
            assert!(problem.is_some(), "{text}");
        }
    }
}

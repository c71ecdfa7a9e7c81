//! What a plain text - a title, a summary, a label - holds for authors alone. It is no Markdown, but what Markdown keeps from
//! readers is kept from them there, too.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Tag};

use super::author_signs::AuthorSigns;
use super::parsed::events;
use super::readable::comments_of_mdx;
use super::template_tags::{comments, inline_code};
use super::unknown::comments_of_others;
use super::{MarkdownProblem, private};
use crate::diagnostics::Code;

/// What a comment or remark begins with.
const BEGINNINGS: [&str; 14] =
    ["<!--", "%%", "{/*", "{#", "{{/*", "{{- /*", "{{!", "<%--", "<%#", "{::comment}", "{%", "{", "/*", "//"];

const WAY_OUT: &str = "take it out, or put it behind the value: a `#` behind a space begins a remark";

/// A plain text without its comments and remarks, and what has to be said of the first. In backticks and behind a backslash the
/// signs are text, as in Markdown.
pub fn without_comments(text: &str, signs: AuthorSigns) -> (Cow<'_, str>, Option<MarkdownProblem>) {
    if !private::possible(text) && !text.contains(['{', '<']) {
        return (Cow::Borrowed(text), None);
    }
    let code = inline_code(text, 0..text.len());
    let mut taken = private::in_plain_text(text, &code, signs);
    if signs.template_tags {
        taken.extend(comments(text, signs));
    }
    if signs.mdx {
        taken.extend(comments_of_mdx(text, &code));
    }
    taken.sort_by_key(|range| range.start);
    let Some(first) = taken.first().cloned() else {
        let is_text = |range: &Range<usize>| code.iter().any(|code| code.contains(&range.start));
        let others = comments_of_others(text, "").into_iter();
        return (Cow::Borrowed(text), others.filter(|range| !is_text(range)).map(unread).next());
    };
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
    (Cow::Owned(out), Some(taken_out(text, first)))
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
    let span = events(text, options, None).events.into_iter().find(|(event, _)| is_mark(event))?.1;
    Some(MarkdownProblem {
        code: Code::ValueDoubtful,
        span,
        message: "this is a plain text, and its signs of Markdown are shown as they are".into(),
        related: Vec::new(),
        help: "take the signs out; a field of the type `markdown` reads them".into(),
    })
}

/// Says what was taken out.
fn taken_out(text: &str, span: Range<usize>) -> MarkdownProblem {
    let inside = &text[span.clone()];
    let sign = BEGINNINGS.iter().find(|sign| inside.starts_with(**sign)).copied().unwrap_or_default();
    MarkdownProblem {
        code: Code::ValueDoubtful,
        span,
        message: format!("`{sign}` begins what is not published, and it is taken out of this text"),
        related: Vec::new(),
        help: WAY_OUT.into(),
    }
}

/// Says of a comment of another tool that it is none here.
fn unread(span: Range<usize>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::ValueDoubtful,
        span,
        message: "this is no comment here, and the page shows what it says".into(),
        related: Vec::new(),
        help: WAY_OUT.into(),
    }
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
            "50%% off %%",
            "A <!-- x",
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
        ] {
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

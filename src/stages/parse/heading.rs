//! The title of a page that has none of its own: its first heading, which is taken out of the text.

use std::ops::Range;

use crate::markdown::{AuthorSigns, is_private};
use crate::signs;

/// Where the heading stands that is the title: the first one of the first level, or one before it in raw HTML where a site has that.
pub fn title_heading(text: &str, with_html: bool, authors: AuthorSigns) -> Option<Range<usize>> {
    let heading = first_heading(text, authors);
    let in_html = if with_html { heading_in_html(text, authors) } else { None };
    match (heading, in_html) {
        (Some(heading), Some(in_html)) => Some(if in_html.start < heading.start { in_html } else { heading }),
        (heading, in_html) => heading.or(in_html),
    }
}

/// The heading of the first level in raw HTML with which a text begins, `<h1 align="center">Title</h1>`, where it has words alone
/// and nothing follows it on its line. Only tags may stand before it.
fn heading_in_html(text: &str, authors: AuthorSigns) -> Option<Range<usize>> {
    let start = text.find("<h1")?;
    let line = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    if line.len() > 3 || !line.trim().is_empty() || !has_tags_alone(&text[..start]) {
        return None;
    }
    let end = start + text[start..].find("</h1>")? + "</h1>".len();
    let rest = text[end..].split('\n').next().unwrap_or_default();
    let words = without_tag(&text[start..end]);
    let has_id = text[start..end].split('>').next().is_some_and(|tag| tag.contains(" id="));
    let is_words = words.len() < end - start && !words.trim().is_empty() && !words.contains('<');
    (is_words && !has_id && rest.trim().is_empty() && !leaves_remark(words, authors)).then_some(start..end)
}

/// Whether a text has no words outside of tags, and no comment.
fn has_tags_alone(text: &str) -> bool {
    let mut pieces = text.split('<');
    let begins = pieces.next().is_none_or(|before| before.trim().is_empty());
    let is_tag = |piece: &str| {
        let behind = piece.split_once('>').map(|(_, behind)| behind.trim());
        behind == Some("") && piece.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
    };
    begins && pieces.all(is_tag)
}

/// Whether a remark begins in a line and ends in another one.
fn leaves_remark(line: &str, authors: AuthorSigns) -> bool {
    authors.remarks && line.matches("%%").count() % 2 == 1
}

/// The words of a heading in raw HTML; of another one all that was written.
pub(super) fn without_tag(heading: &str) -> &str {
    let inside = heading.strip_prefix("<h1").and_then(|rest| rest.strip_suffix("</h1>")?.split_once('>'));
    inside.filter(|(tag, _)| tag.is_empty() || tag.starts_with([' ', '\n', '\t'])).map_or(heading, |(_, words)| words)
}

/// Whether a heading is what templates of Jekyll and Eleventy write for the title: `{{ page.title }}`.
pub(super) fn is_page_title(heading: &str) -> bool {
    let words = without_tag(heading).trim().trim_matches('#').trim_end_matches('=').trim();
    let name = words.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    name.is_some_and(|name| matches!(name.trim_matches(['-', ' ']), "page.title" | "title"))
}

/// Where the first heading of the first level stands, outside blocks of code: `# Title`, or a line that is underlined with `=`.
pub fn first_heading(text: &str, authors: AuthorSigns) -> Option<Range<usize>> {
    if !may_have_heading(text) {
        return None;
    }
    let hides = ["<!--", "%%", "{/*"].iter().any(|sign| signs::has(text, sign));
    let mut fence: Option<&str> = None;
    let mut comment: Option<&str> = None;
    let mut before: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let here = at..at + line.len();
        at = here.end;
        let trimmed = line.trim();
        if let Some(end) = comment {
            comment = comment.filter(|_| !trimmed.contains(end));
            continue;
        }
        comment = if hides && fence.is_none() { opened(trimmed, authors) } else { None };
        if comment.is_some() {
            before = None;
            continue;
        }
        let indented = line.starts_with("    ") || line.starts_with('\t');
        match fence {
            Some(mark) if trimmed.starts_with(mark) => fence = None,
            Some(_) => continue,
            None => fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark) && !indented),
        }
        let is_heading = trimmed.strip_prefix('#').is_some_and(|rest| rest.starts_with([' ', '\t']));
        if is_heading
            && !indented
            && !is_private(trimmed.trim_matches('#'), authors)
            && !leaves_remark(trimmed, authors)
        {
            return Some(here);
        }
        let is_line = !trimmed.is_empty() && trimmed.bytes().all(|byte| byte == b'=');
        match before {
            Some(title) if is_line && !indented => return Some(title.start..here.end),
            _ => {}
        }
        // Of a paragraph of several lines all are the heading, which is no title.
        let begins = before.is_none() && !trimmed.is_empty() && !indented && fence.is_none();
        let is_title = trimmed.starts_with(|c: char| c.is_alphanumeric()) || is_page_title(trimmed);
        before = (begins && is_title).then_some(here);
    }
    None
}

/// Whether any line can be such a heading: most texts have a title in their front matter, and none.
fn may_have_heading(text: &str) -> bool {
    let is_sign = |at: usize| text[at + 1..].starts_with([' ', '\t']) && !text[..at].ends_with('#');
    signs::has(text, "=") || signs::places(text, b'#').any(is_sign)
}

/// The heading of any level with which a text begins, where it says something.
pub(super) fn leading_heading(text: &str, authors: AuthorSigns) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].split_inclusive('\n').next()?;
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && rest.starts_with([' ', '\t']);
    let says = || !is_private(rest.trim().trim_matches('#'), authors) && !leaves_remark(rest, authors);
    (is_heading && says()).then_some(start..start + line.len())
}

/// The heading of the first level with which a text begins, where it has no other of that level.
pub(super) fn only_heading(text: &str, authors: AuthorSigns) -> Option<Range<usize>> {
    let heading = first_heading(text, authors)?;
    let is_first = text[..heading.start].trim().is_empty();
    (is_first && first_heading(&text[heading.end..], authors).is_none()).then_some(heading)
}

/// What ends the comment or the remark for authors that a line leaves open.
fn opened(line: &str, authors: AuthorSigns) -> Option<&'static str> {
    let last = line.rfind("<!--").filter(|at| !line[*at..].contains("-->"));
    let remark = line.starts_with("%%") && leaves_remark(line, authors);
    let of_mdx = line.rfind("{/*").filter(|at| !line[*at..].contains("*/}"));
    last.map(|_| "-->").or(of_mdx.map(|_| "*/}")).or(remark.then_some("%%"))
}

/// A text with spaces where a part of it stood, but for what is kept of that: all that follows keeps its place. What is kept
/// begins a paragraph.
pub(super) fn without(text: &str, part: Range<usize>, kept: &[Range<usize>]) -> String {
    let first = kept.iter().map(|kept| kept.start).min().unwrap_or_default();
    let mut blank = String::with_capacity(part.len());
    for (at, c) in text[part.clone()].char_indices() {
        match c {
            _ if kept.iter().any(|kept| kept.contains(&at)) => blank.push(c),
            '\n' => blank.push('\n'),
            c => blank.extend(std::iter::repeat_n(if at < first { '\n' } else { ' ' }, c.len_utf8())),
        }
    }
    [&text[..part.start], &blank, &text[part.end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_heading_is_found_where_it_is_one() {
        let found =
            |text: &'static str| first_heading(text, AuthorSigns::REMARKS).map(|range| text[range].trim().to_string());
        assert_eq!(found("\n# A *b* {#c}\ntext").as_deref(), Some("# A *b* {#c}"));
        assert_eq!(found("intro\n\n## no\n\n# Yes #\n").as_deref(), Some("# Yes #"));
        assert_eq!(found("Title\n=====\n\ntext").as_deref(), Some("Title\n====="));
        assert_eq!(found("<!-- for us\n# no\n-->\n# Yes\n").as_deref(), Some("# Yes"));
        assert_eq!(found("%%\n# no\n%%\n\n<!-- # no -->\n# Yes\n").as_deref(), Some("# Yes"));
        for none in [
            "# %%no\n\nx%%\n",
            "```sh\n# a remark\n```\n",
            "#tag\n",
            "    # code\n",
            "#\n",
            "\n=====\n",
            "",
            "- x\n===\n",
        ] {
            assert_eq!(found(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_heading_in_html_is_one_where_it_has_words_alone() {
        let found = |text: &'static str| {
            title_heading(text, true, AuthorSigns::REMARKS).map(|range| without_tag(&text[range]).trim().to_string())
        };
        assert_eq!(found("<h1 align=\"center\">\n  Leek\n</h1>\n\n# No\n").as_deref(), Some("Leek"));
        assert_eq!(found("<div>\n<h1>Leek</h1>\n</div>\n").as_deref(), Some("Leek"));
        assert_eq!(found("# Yes\n\n<h1>No</h1>\n").as_deref(), Some("# Yes"));
        for none in [
            "<h1><img src=\"a\"></h1>",
            "<!--\n<h1>no</h1>\n-->",
            "```\n<h1>no</h1>\n```",
            "    <h1>no</h1>",
            "<h1 id=\"a\">no</h1>",
            "Text.\n\n<h1>no</h1>",
            "<h1>no</h1> <!-- ours -->",
            "<h1>no</h1><p>x</p>",
            "<h1>%%no</h1>\n\nx%%",
        ] {
            assert_eq!(found(none), None, "{none}");
        }
        assert_eq!(title_heading("<h1>Leek</h1>\n", false, AuthorSigns::REMARKS), None);
    }

    #[test]
    fn the_title_of_the_page_may_be_a_value() {
        for heading in
            ["# {{ page.title }}", "{{ page.title }}\n=====\n", "<h1>{{ title }}</h1>", "# {{- page.title -}} #"]
        {
            assert!(is_page_title(heading), "{heading}");
        }
        assert!(!is_page_title("# {{ site.title }}") && !is_page_title("# title"));
    }

    #[test]
    fn what_follows_keeps_its_place() {
        let text = "# Öl\nsecond";
        let rest = without(text, first_heading(text, AuthorSigns::REMARKS).unwrap(), &[]);
        assert_eq!((rest.find("second"), rest.trim()), (text.find("second"), "second"));
    }
}

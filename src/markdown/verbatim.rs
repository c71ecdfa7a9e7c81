//! Where a text is shown as it stands, or not at all: code, raw HTML, comments and remarks. No sign of another tool is read
//! there.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

#[cfg(test)]
use super::author_signs::AuthorSigns;
use super::hidden::hidden;
use super::parsed::{events, with_hidden};
use super::quotes::ENGLISH;
use super::{Syntax, private};

/// What a place in a text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A piece of code between fences.
    Fenced,
    /// A piece of code that is indented.
    Indented,
    /// HTML in which no Markdown is read.
    Raw,
    /// A comment or a remark.
    Private,
}

/// The places of a text at which no signs are read.
#[derive(Default)]
pub(super) struct Verbatim {
    all: Vec<(Range<usize>, Sort)>,
}

impl Verbatim {
    /// Finds them.
    pub fn of(text: &str, Syntax { options, authors }: Syntax) -> Self {
        let read = with_hidden(text, &hidden(text));
        let parsed = events(&read, options, Some(ENGLISH));
        let mut all = Vec::new();
        for (event, span) in &parsed.events {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => all.push((span.clone(), Sort::Fenced)),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => all.push((span.clone(), Sort::Indented)),
                Event::Start(Tag::HtmlBlock) => of_html(text, span, &mut all),
                _ => {}
            }
        }
        if private::possible(text) {
            let (found, _) = private::find(text, &parsed.events, &parsed.definitions, authors);
            let own = |range: Range<usize>| {
                let inside = text[range.clone()].trim_start_matches([' ', '\t', '\n', '\r', '>']);
                (range.end - inside.len()..range.end, Sort::Private)
            };
            all.extend(found.into_iter().map(own));
        }
        all.sort_by_key(|(range, _)| (range.start, range.end));
        let mut last = 0;
        // What lies in another place is part of that.
        all.retain(|(range, _)| {
            let is_own = range.start >= last;
            last = last.max(range.end);
            is_own
        });
        Self { all }
    }

    /// What a sign at this place is part of. The sign that begins raw HTML, a comment or a remark is no part of it.
    pub fn at(&self, at: usize) -> Option<Sort> {
        let before = self.all.partition_point(|(range, _)| range.start <= at);
        let (range, sort) = &self.all[before.checked_sub(1)?];
        let begins = range.start == at && matches!(sort, Sort::Raw | Sort::Private);
        (at < range.end && !begins).then_some(*sort)
    }

    /// Whether a piece of code between fences begins here.
    pub fn begins_code(&self, at: usize) -> bool {
        let found = self.all.binary_search_by_key(&at, |(range, _)| range.start);
        found.is_ok_and(|found| self.all[found].1 == Sort::Fenced)
    }

    /// The pieces of code between fences.
    pub fn code(&self) -> impl Iterator<Item = &Range<usize>> {
        self.all.iter().filter(|(_, sort)| *sort == Sort::Fenced).map(|(range, _)| range)
    }
}

/// Comments in a block of HTML, and elements whose text is not read.
fn of_html(text: &str, span: &Range<usize>, all: &mut Vec<(Range<usize>, Sort)>) {
    const RAW: [(&str, &str, Sort); 5] = [
        ("<!--", "-->", Sort::Private),
        ("<pre", "</pre", Sort::Raw),
        ("<script", "</script", Sort::Raw),
        ("<style", "</style", Sort::Raw),
        ("<textarea", "</textarea", Sort::Raw),
    ];
    let html = text[span.clone()].to_ascii_lowercase();
    let mut at = 0;
    while let Some(next) = html[at..].find('<').map(|next| at + next) {
        at = next + 1;
        let rest = &html[next..];
        let ends_word =
            |open: &str| open == "<!--" || !rest[open.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        if let Some((_, close, sort)) = RAW.iter().find(|(open, ..)| rest.starts_with(open) && ends_word(open)) {
            let end = html[at..].find(close).map_or(html.len(), |end| at + end + close.len());
            all.push((span.start + next..span.start + end, *sort));
            at = end;
        }
    }
}

/// Without anything that a site may choose.
#[cfg(test)]
pub(super) const PLAIN: Syntax = Syntax { options: pulldown_cmark::Options::empty(), authors: AuthorSigns::REMARKS };

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Options;

    #[test]
    fn what_is_shown_as_it_stands_is_known() {
        for (text, expected) in [
            ("<!--\n```\n-->\n\nX", None),
            ("> ```\n> a\n\nX", None),
            ("- ```\n  X\n  ```\n", Some(Sort::Fenced)),
            ("A\n\n    X\n", Some(Sort::Indented)),
            ("A\n    X\n", None),
            ("<pre>\nX\n</pre>\n", Some(Sort::Raw)),
            ("<div>\n<PRE>a</PRE>\nX\n</div>\n", None),
            ("<!--\nX\n-->\n", Some(Sort::Private)),
            ("%%\nX\n%%\n", Some(Sort::Private)),
            ("a <!--\nX\n-->\n", Some(Sort::Private)),
        ] {
            let at = text.find('X').unwrap();
            assert_eq!(
                Verbatim::of(text, Syntax { options: Options::ENABLE_GFM, authors: AuthorSigns::REMARKS }).at(at),
                expected,
                "{text}"
            );
        }
    }
}

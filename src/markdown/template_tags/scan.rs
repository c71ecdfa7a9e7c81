//! Goes through a text and finds its tags, and where there can be none: code, comments, what `{% raw %}` encloses.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::MarkdownProblem;
use super::super::author_signs::AuthorSigns;
use super::super::code_lines::{CodePlace, LineWalk};
use super::super::private::next_start;
use super::super::sorts::ProblemSorts;
use super::{TemplateTag, TemplateTags, contains, is_silent_tag, next_tag, range_with};
use crate::diagnostics::Code;

/// Ranges in order, of which none touches another.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut all: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

/// The tags of a text, and where there can be none.
pub(super) struct Scan {
    pub(super) found: TemplateTags,
    /// Code, comments, and what lies between `{% raw %}` and its end, in order.
    pub(super) verbatim: Vec<Range<usize>>,
}

pub(super) fn scan(text: &str, authors: AuthorSigns) -> Scan {
    let (mut found, mut verbatim) = (TemplateTags::default(), Vec::new());
    let mut sorts = ProblemSorts::default();
    let (mut places, mut ends) = (UnreadPlaces::of(text, authors), Ends::default());
    let mut raw_end = 0;
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        let line = at..end;
        let place = places.line(&line);
        if place == CodePlace::Border {
            verbatim.push(line);
            at = end;
            continue;
        }
        let is_code = place == CodePlace::Inside;
        let code = if is_code { Vec::from([line.clone()]) } else { inline_code(text, line.clone()) };
        verbatim.extend(code.iter().cloned());
        verbatim.extend(Some(line.clone()).filter(|_| places.code.is_indented()));
        let (begin, first, mut from) = (at, found.taken.len(), at.max(places.after));
        let mut private = None;
        while from < end {
            let tag = next_tag(text, from..end);
            if !is_code && private.as_ref().is_none_or(|private: &Range<usize>| private.start < from) {
                private = Some(places.private(from..end, &code).unwrap_or(text.len()..text.len()));
            }
            let before = private.clone().filter(|private| private.start < end);
            if let Some(private) =
                before.filter(|private| tag.as_ref().is_none_or(|tag| private.start < tag.range.start))
            {
                if is_note(text, private.start) {
                    if private.start < raw_end {
                        from = private.start + 2;
                        continue;
                    }
                    found.taken.push(private.clone());
                    found.problems.extend(open_note(text, &private));
                }
                from = private.end;
                places.after = from;
                verbatim.push(private);
                continue;
            }
            let Some(tag) = tag else { break };
            from = tag.range.end;
            let inline = if is_code { None } else { range_with(&code, tag.range.start) };
            match tag.name {
                "endraw" if tag.range.start == raw_end => {}
                _ if tag.range.start < raw_end => continue,
                "raw" => {
                    let until = ends.of("endraw", text, from).map(|end| end.start);
                    // In code both tags are what it shows, unless the end of it is further off.
                    let limit = match &inline {
                        Some(code) => code.end,
                        None if is_code => places.end_of_code(end),
                        None => text.len(),
                    };
                    match until.filter(|until| *until < limit) {
                        Some(until) => {
                            raw_end = until;
                            verbatim.push(from..until);
                        }
                        None if is_code || inline.is_some() => continue,
                        None => found.problems.push(endless(&tag, "endraw")),
                    }
                }
                _ if is_code || inline.is_some() => continue,
                "comment" => {
                    match ends.of("endcomment", text, from) {
                        Some(end) => from = end.end,
                        None => {
                            found.problems.push(open_comment(&tag));
                            from = text.len();
                        }
                    }
                    places.after = from;
                    verbatim.push(tag.range.start..from);
                }
                "highlight" if ends.of("endhighlight", text, from).is_none() => {
                    found.problems.push(endless(&tag, "endhighlight"));
                }
                name if is_silent_tag(name) => {}
                name => {
                    if sorts.is_first(name, tag.range.clone()) {
                        found.problems.push(problem(name, tag.range.clone()));
                    }
                }
            }
            found.taken.push(tag.range.start..from);
        }
        at = end.max(from);
        // In code a line of nothing but tags is no line.
        if is_code && found.taken.len() > first && is_blank_without(text, begin..end, &found.taken[first..]) {
            found.taken.truncate(first);
            found.taken.push(begin..at);
        }
    }
    sorts.complete(&mut found.problems);
    Scan { found, verbatim: merged(verbatim) }
}

/// The ends of tags, each looked for once.
#[derive(Default)]
pub(super) struct Ends<'t> {
    next: HashMap<&'t str, Option<Range<usize>>>,
}

impl<'t> Ends<'t> {
    /// The first tag of a name behind a place. Places are asked for in order.
    fn of(&mut self, name: &'t str, text: &str, from: usize) -> Option<Range<usize>> {
        if let Some(known) = self.next.get(name)
            && known.as_ref().is_none_or(|known| known.start >= from)
        {
            return known.clone();
        }
        let mut at = from;
        let found = loop {
            let Some(tag) = next_tag(text, at..text.len()) else { break None };
            if tag.name == name {
                break Some(tag.range);
            }
            at = tag.range.end;
        };
        self.next.insert(name, found.clone());
        found
    }
}

/// The code and the comments of a text that is read line by line.
pub(super) struct UnreadPlaces<'t> {
    text: &'t str,
    code: LineWalk<'t>,
    /// Where the last comment ends.
    pub(super) after: usize,
    /// Where the piece of code ends whose end was looked for last.
    code_end: usize,
    /// Comments and remarks that have no end behind here.
    endless: [bool; 2],
    /// What begins what is for authors alone.
    authors: AuthorSigns,
}

impl<'t> UnreadPlaces<'t> {
    pub(super) fn of(text: &'t str, authors: AuthorSigns) -> Self {
        Self { text, code: LineWalk::default(), after: 0, code_end: 0, endless: [false; 2], authors }
    }

    /// Reads the next line. One that begins in a comment neither begins nor ends code.
    pub(super) fn line(&mut self, line: &Range<usize>) -> CodePlace {
        let is_whole = line.start == 0 || self.text[..line.start].ends_with('\n');
        if is_whole && self.after <= line.start { self.code.line(&self.text[line.clone()]) } else { CodePlace::Outside }
    }

    /// The next comment or remark that begins in a piece of a line and ends anywhere.
    fn private(&mut self, mut range: Range<usize>, code: &[Range<usize>]) -> Option<Range<usize>> {
        loop {
            let mut notes = self.text[range.clone()].match_indices(['{', '<']).map(|(at, _)| range.start + at);
            let note = notes.find(|at| is_note(self.text, *at));
            let start = next_start(self.text, range.clone(), false, self.authors).into_iter().chain(note).min()?;
            range.start = start + 2;
            if contains(code, start) {
                continue;
            }
            if note == Some(start) {
                return Some(start..end_of_note(self.text, start).unwrap_or(self.text.len()));
            }
            let is_remark = self.text[start..].starts_with('%');
            let endless = &mut self.endless[usize::from(is_remark)];
            let close = if is_remark { "%%" } else { "-->" };
            if !*endless {
                match self.text[start + 2..].find(close) {
                    Some(length) => return Some(start..start + 2 + length + close.len()),
                    None => *endless = true,
                }
            }
        }
    }

    /// Passes over the comments that begin in a line.
    pub(super) fn pass(&mut self, line: &Range<usize>, code: &[Range<usize>]) {
        while self.after < line.end
            && let Some(private) = self.private(self.after.max(line.start)..line.end, code)
        {
            self.after = private.end;
        }
    }

    /// Where the piece of code ends that is open in the line before a place.
    fn end_of_code(&mut self, from: usize) -> usize {
        if self.code_end < from {
            let goes_on = |line: &&str| self.code.goes_on(line);
            let length: usize = self.text[from..].split_inclusive('\n').take_while(goes_on).map(str::len).sum();
            self.code_end = from + length;
        }
        self.code_end
    }
}

/// The signs between which comments of template languages stand, the longer ones first: those of Go, Handlebars, EJS and its
/// like, and Nunjucks.
const NOTES: [(&str, &str); 7] =
    [("{{/*", "*/"), ("{{- /*", "*/"), ("{{!--", "--}}"), ("{{!", "}}"), ("<%--", "--%>"), ("<%#", "%>"), ("{#", "#}")];

/// The signs of the comment of a template language that begins at a place.
fn note_at(text: &str, at: usize) -> Option<(&'static str, &'static str)> {
    NOTES.into_iter().find(|(open, _)| text[at..].starts_with(open))
}

/// Where the comment of a template language ends that begins at a place.
fn end_of_note(text: &str, at: usize) -> Option<usize> {
    let (open, close) = note_at(text, at)?;
    let inside = &text[at + open.len()..];
    let rest = &inside[inside.find(close)? + close.len()..];
    // Between the end of a comment of Go and that of its braces a sign may stand that takes spaces away.
    let braces = if close == "*/" { rest.trim_start_matches([' ', '-', '\n']).strip_prefix("}}") } else { None };
    Some(text.len() - braces.unwrap_or(rest).len())
}

/// Whether a comment of a template language begins at a place: `{# ... #}`, `{{/* ... */}}`, not an id, `{#intro}`.
pub(super) fn is_note(text: &str, at: usize) -> bool {
    let Some(inside) = text[at..].strip_prefix("{#") else {
        return note_at(text, at).is_some() && !text[..at].ends_with(['\\', '{']);
    };
    let is_escaped = text[..at].ends_with(['\\', '{', '$']);
    let closed = || inside.split(['}', '\n']).next().is_some_and(|inside| inside.len() > 1 && inside.ends_with('#'));
    !is_escaped && (inside.starts_with([' ', '\t', '\n', '\r', '-']) || closed())
}

/// Says that a comment which takes up a range never ends, where that is so.
fn open_note(text: &str, range: &Range<usize>) -> Option<MarkdownProblem> {
    let (open, close) = note_at(text, range.start)?;
    let close = if close == "*/" { "*/}}" } else { close };
    end_of_note(text, range.start).is_none().then(|| MarkdownProblem {
        code: Code::CommentOpen,
        span: range.start..range.start + open.len(),
        related: Vec::new(),
        message: format!("`{open}` begins what is not published, and it never ends"),
        help: format!("end it with `{close}`, or write `\\{open}` for the signs themselves"),
    })
}

pub(super) fn open_comment(tag: &TemplateTag<'_>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::CommentOpen,
        span: tag.range.clone(),
        related: Vec::new(),
        message: "`{% comment %}` begins what is not published, and it never ends".into(),
        help: "end it with `{% endcomment %}`, or put the tag in backticks to show it".into(),
    }
}

pub(super) fn endless(tag: &TemplateTag<'_>, end: &str) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::MarkdownUnread,
        span: tag.range.clone(),
        related: Vec::new(),
        message: format!("the tag `{{% {} %}}` never ends, and the page leaves it out", tag.name),
        help: format!("end it with `{{% {end} %}}`, or put the tag in backticks to show it"),
    }
}

fn problem(name: &str, span: Range<usize>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::MarkdownUnread,
        span,
        related: Vec::new(),
        message: format!("the tag `{{% {name} %}}` does nothing in a text, and the page leaves it out"),
        help: "write what it shows in Markdown, or as a data block".into(),
    }
}

pub(super) fn is_blank_without(text: &str, line: Range<usize>, taken: &[Range<usize>]) -> bool {
    let mut at = line.start;
    for range in taken {
        if !text[at..range.start].trim().is_empty() {
            return false;
        }
        at = range.end;
    }
    at >= line.end || text[at..line.end].trim().is_empty()
}

/// The pieces of code in a line.
pub(in super::super) fn inline_code(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), line.start);
    let mut endless = HashSet::new(); // numbers of backticks that stand nowhere behind
    while let Some(open) = text[at..line.end].find('`').map(|open| at + open) {
        let marks = backticks(&text[open..line.end]);
        let begin = open + marks;
        let mut close = begin;
        let end = loop {
            if endless.contains(&marks) {
                break None;
            }
            let Some(next) = text[close..line.end].find('`').map(|next| close + next) else { break None };
            let same = backticks(&text[next..line.end]);
            close = next + same;
            if same == marks {
                break Some(close);
            }
        };
        match end {
            Some(end) => {
                found.push(begin..end);
                at = end;
            }
            None => {
                endless.insert(marks);
                at = begin;
            }
        }
    }
    found
}

pub(super) fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

//! Definitions of links that no link uses: what they say is on no page.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::MarkdownProblem;
use super::events::is_inline;
use crate::diagnostics::Code;
use crate::signs;
use crate::url::composed;

/// Finds the definitions that are not used, and those of a name that has one. `defined` is where those that count begin.
pub(super) fn unused(
    text: &str,
    events: &[(Event<'_>, Range<usize>)],
    defined: &HashSet<usize>,
) -> Vec<MarkdownProblem> {
    if !signs::has(text, "]:") {
        return Vec::new();
    }
    let used = used(events);
    let counts = |at: usize| defined.contains(&at);
    let mut problems = Vec::new();
    for gap in gaps(text, events) {
        let starts = starts(text, &gap);
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(gap.end);
            let written = text[*start..end].trim_end_matches(|c: char| c.is_whitespace() || c == '>');
            let Some((name, rest)) = written[1..].split_once("]:") else { continue };
            let is_comment = rest.trim_start().strip_prefix(['#']).or(rest.trim_start().strip_prefix("<>"));
            if is_comment.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) {
                continue; // `[//]: # (a remark)`
            }
            // An editor of notes writes a definition for `[[name|words]]`, too.
            let is_used =
                used.contains(&folded(name)) || used.contains(&folded(name.split('|').next().unwrap_or(name)));
            if is_used && counts(*start) {
                continue;
            }
            let (message, help) = if let Some(alert) = alert(name) {
                let help = format!("an alert has no colon: write `[!{alert}] words of its own title`");
                (format!("the colon makes a definition of `[{name}]`, and it is on no page"), help)
            } else if is_used || !counts(*start) {
                (
                    format!("`[{name}]` is defined before, and this definition is on no page"),
                    "take one of the two out".into(),
                )
            } else {
                let help = "link to it with `[words][name]`, or write `\\[` if it is text";
                (format!("no link uses the definition `[{name}]`, and it is on no page"), help.into())
            };
            let span = *start..*start + written.len();
            problems.push(MarkdownProblem { code: Code::TextLost, span, message, related: Vec::new(), help });
        }
    }
    problems
}

/// The alert that a name in brackets was meant for.
fn alert(name: &str) -> Option<&str> {
    name.strip_prefix('!').filter(|alert| super::alerts::names().any(|known| known.eq_ignore_ascii_case(alert)))
}

/// The names of definitions that links and images use.
fn used(events: &[(Event<'_>, Range<usize>)]) -> HashSet<String> {
    let name = |event: &Event<'_>| match event {
        Event::Start(Tag::Link { link_type, id, dest_url, .. } | Tag::Image { link_type, id, dest_url, .. }) => {
            match link_type {
                LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => Some(folded(id)),
                LinkType::WikiLink { .. } => Some(folded(dest_url.split('#').next().unwrap_or(dest_url))),
                _ => None,
            }
        }
        _ => None,
    };
    events.iter().filter_map(|(event, _)| name(event)).collect()
}

/// A name as definitions and footnotes are told apart: in any case and Unicode form, with any space. `ẞ`, `ß` and `SS` are one.
pub(super) fn folded(name: &str) -> String {
    composed(name).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().to_uppercase()
}

/// The places of a text that belong to no block: only definitions stand there, and the marks of lists and quotes.
fn gaps(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let (mut gaps, mut covered, mut inside) = (Vec::new(), 0, 0usize);
    let mut upto = |end: usize, covered: &mut usize| {
        if *covered < end && text[*covered..end].contains("]:") {
            gaps.push(*covered..end);
        }
        *covered = end.max(*covered);
    };
    for (event, span) in events {
        match event {
            _ if inside > 0 => {
                match event {
                    Event::Start(_) => inside += 1,
                    Event::End(_) => inside -= 1,
                    _ => {}
                }
                if inside == 0 {
                    covered = span.end.max(covered);
                }
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                upto(span.start, &mut covered);
                covered += text[span.clone()].find("]:").map_or(0, |at| at + 2);
            }
            Event::Start(tag) if is_container(tag) => upto(span.start, &mut covered),
            Event::Start(_) => {
                upto(span.start, &mut covered);
                inside = 1;
            }
            Event::End(TagEnd::FootnoteDefinition | TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_)) => {
                upto(span.end, &mut covered);
            }
            Event::End(_) => {}
            _ => {
                upto(span.start, &mut covered);
                covered = span.end.max(covered);
            }
        }
    }
    upto(text.len(), &mut covered);
    gaps
}

fn is_container(tag: &Tag<'_>) -> bool {
    !is_inline(tag)
        && matches!(
            tag,
            Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::DefinitionListDefinition
        )
}

/// Where definitions begin in a gap: at the beginning of a line, behind the marks of lists and quotes.
fn starts(text: &str, gap: &Range<usize>) -> Vec<usize> {
    let brackets: Vec<_> = brackets(&text[gap.clone()]).map(|at| gap.start + at).collect();
    let next = brackets.iter().skip(1).copied().chain([gap.end]);
    // Other lines with a bracket are a part of the title of a definition above them.
    let begins = brackets.iter().zip(next).filter(|(start, next)| text[**start..*next].contains("]:"));
    begins.map(|(start, _)| *start).collect()
}

/// The brackets with which lines begin.
fn brackets(gap: &str) -> impl Iterator<Item = usize> {
    let mut line_at = 0;
    gap.split_inclusive('\n').filter_map(move |line| {
        let at = line_at;
        line_at += line.len();
        let mark =
            |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | ':');
        let rest = line.trim_start_matches(mark);
        rest.starts_with('[').then(|| at + line.len() - rest.len())
    })
}

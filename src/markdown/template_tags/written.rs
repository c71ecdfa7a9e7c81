//! What tags enclose or make, written as Markdown: code, addresses, ids of headings, elements with Markdown in them. Every other byte
//! keeps its place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::author_signs::AuthorSigns;
use super::super::code_lines::CodePlace;
use super::kramdown::attribute_lists;
use super::scan::{UnreadPlaces, inline_code, scan};
use super::{TemplateTag, contains, lines, next_tag};

/// A text in which fences stand for the lines of tags that enclose code, and addresses for what makes them. Every other byte keeps
/// its place.
pub fn with_fences(text: &str, authors: AuthorSigns) -> Cow<'_, str> {
    if !["{%", "{{", "{:"].iter().any(|sign| text.contains(sign)) {
        return text.into();
    }
    let lines: Vec<Range<usize>> = lines(text).collect();
    let mut out = text.to_string();
    let (mut places, mut number, mut ends) = (UnreadPlaces::of(text, authors), 0, HashMap::new());
    while number < lines.len() {
        let line = &text[lines[number].clone()];
        let is_code = places.line(&lines[number]) != CodePlace::Outside;
        let is_free = !is_code && places.after <= lines[number].start;
        if !is_code {
            places.pass(&lines[number], &inline_code(text, lines[number].clone()));
        }
        let code = if is_free { code_lines(text, &lines, number, &mut ends) } else { None };
        let Some(code) = code else {
            number += 1;
            continue;
        };
        // A block of HTML goes on until a line is empty.
        let before = number.checked_sub(1).map_or("", |before| &out[lines[before].clone()]);
        let is_html = before.trim_start().starts_with('<');
        let mark = if text[lines[number].end..lines[code.last].start].contains("```") { "~~~" } else { "```" };
        let indent = &line[..line.len() - line.trim_start().len()];
        let opening = format!("{}{indent}{mark}{}", if is_html { "\n" } else { "" }, code.language);
        put(&mut out, &lines[number], &opening);
        put(&mut out, &lines[code.last], &format!("{indent}{mark}"));
        code.shown.iter().for_each(|shown| put(&mut out, &lines[*shown], ""));
        number = code.shown.unwrap_or(code.last) + 1;
        // What is left of the block would be code if it stayed indented.
        for line in lines[number..].iter().take_while(|line| !text[(*line).clone()].trim().is_empty()) {
            let written = &text[line.clone()];
            if written.trim_start().starts_with('<') && written.starts_with(['\t', ' ']) {
                put(&mut out, line, written.trim());
            }
        }
    }
    let mut unread = verbatim(&out, authors);
    if put_code(&mut out, &unread) {
        unread = verbatim(&out, authors);
    }
    put_addresses(&mut out, &unread);
    put_heading_ids(&mut out, &unread);
    out.into()
}

/// Writes marks of code for tags that enclose it with other words on their lines: `{% highlight js %}a{% endhighlight %}`. Says
/// whether there were any.
fn put_code(out: &mut String, verbatim: &[Range<usize>]) -> bool {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = next_tag(out, at..out.len()) {
        at = open.range.end;
        if open.name != "highlight" || contains(verbatim, open.range.start) {
            continue;
        }
        let close = std::iter::successors(next_tag(out, at..out.len()), |tag| next_tag(out, tag.range.end..out.len()))
            .find(|tag| tag.name == "endhighlight" && !contains(verbatim, tag.range.start));
        let Some(close) = close else { break };
        let language = open.rest.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
        at = close.range.end;
        found.push((language.to_string(), open.range, close.range));
    }
    for (language, open, close) in &found {
        let before = out[..open.start].rsplit('\n').next().unwrap_or_default();
        let behind = out[close.end..].split('\n').next().unwrap_or_default();
        let code = &out[open.end..close.start];
        let is_inline = !code.contains('\n') && !before.trim().is_empty() && !behind.trim().is_empty();
        let (opening, closing) = if is_inline {
            // So many that nothing stands between the code and what follows it.
            let marks = "`".repeat(open.len().min(close.len()));
            let mark = |tag: &Range<usize>| format!("{}{marks}", " ".repeat(tag.len() - marks.len()));
            (mark(open), mark(close))
        } else {
            let mark = if code.contains("```") { "~~~" } else { "```" };
            let indent = &before[..before.len() - before.trim_start().len()];
            let begins = if before.trim().is_empty() { String::new() } else { format!("\n{indent}") };
            // The line ends at the end of the tag, where something stands behind that.
            let line = |text: String, tag: &Range<usize>, rest: &str| {
                let room = tag.len().saturating_sub(text.len() + 1);
                if rest.trim().is_empty() { text } else { format!("{text}{}\n", " ".repeat(room)) }
            };
            let (first, last) = (code.split('\n').next(), code.rsplit('\n').next().unwrap_or_default());
            let ends = if last.trim().is_empty() { "" } else { "\n" };
            let opening = line(format!("{begins}{mark}{language}"), open, first.unwrap_or_default());
            (opening, line(format!("{ends}{mark}"), close, behind))
        };
        put(out, open, &opening);
        put(out, close, &closing);
    }
    !found.is_empty()
}

/// Lines of tags that enclose code.
pub(super) struct CodeInTags<'t> {
    language: &'t str,
    /// The number of the line that ends it.
    last: usize,
    /// That of the line that shows it, where it was given a name.
    shown: Option<usize>,
}

/// The lines that belong to a line of tags that opens code: `{% highlight js %}`, or `{% set code %}` where a line behind its end
/// says `{{ code | highlight("js") }}`.
///
/// `known` holds the line of the end that was found last, by the name of the tag.
pub(super) fn code_lines<'t>(
    text: &'t str,
    lines: &[Range<usize>],
    first: usize,
    known: &mut HashMap<&'t str, Option<usize>>,
) -> Option<CodeInTags<'t>> {
    let opening = only_tags(text, &lines[first])?;
    let opens = |tag: &&TemplateTag<'_>| {
        tag.name == "highlight" || matches!(tag.name, "set" | "capture") && !tag.rest.contains('=')
    };
    let tag = opening.iter().find(opens)?;
    let ends = |line: &Range<usize>| {
        let tags = only_tags(text, line)?;
        tags.iter().any(|end| end.name.strip_prefix("end") == Some(tag.name)).then_some(())
    };
    let last = match known.get(tag.name) {
        Some(last) if last.is_none_or(|last| last > first) => *last,
        _ => (first + 1..lines.len()).find(|at| ends(&lines[*at]).is_some()),
    };
    known.insert(tag.name, last);
    let last = last?;
    if tag.name == "highlight" {
        let language = tag.rest.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
        return Some(CodeInTags { language, last, shown: None });
    }
    let shown = (last + 1..lines.len()).find(|at| !text[lines[*at].clone()].trim().is_empty());
    let language = |line: &Range<usize>| {
        let value = text[line.clone()].trim().strip_prefix("{{")?.strip_suffix("}}")?;
        let (name, filters) = value.split_once('|').filter(|(name, _)| name.trim() == tag.rest)?;
        filters.trim().strip_prefix("highlight")?.split(['"', '\'']).nth(1).filter(|_| !name.is_empty())
    };
    if let Some((shown, language)) = shown.and_then(|shown| Some((shown, language(&lines[shown])?))) {
        return Some(CodeInTags { language, last, shown: Some(shown) });
    }
    // What a template shows later is code, as far as its name says so.
    let language = if matches!(tag.rest, "css" | "js") { tag.rest } else { "" };
    let is_code = !language.is_empty() || is_code_name(tag.rest);
    is_code.then_some(CodeInTags { language, last, shown: None })
}

/// Whether a name says that it is code: `code`, `jsCode`, `code_2`, `sample-code`, `codeContent`, `code_block`.
pub(super) fn is_code_name(name: &str) -> bool {
    const BEHIND: [&str; 5] = ["block", "content", "example", "sample", "snippet"];
    let behind = name.strip_prefix("code").map(|rest| rest.trim_start_matches(['_', '-']));
    let begins = behind.is_some_and(|word| BEHIND.iter().any(|known| known.eq_ignore_ascii_case(word)));
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'));
    let ends = |word: &str| {
        name.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphabetic) || word == "Code")
    };
    begins || ends("code") || ends("Code") || ends("CODE")
}

/// Writes the addresses that templates make of others, each at the end of its place: `{% link a.md %}`, `{{ "/a/" | url }}`.
pub(super) fn put_addresses(out: &mut String, verbatim: &[Range<usize>]) {
    let is_verbatim = |at: usize| contains(verbatim, at);
    let mut at = 0;
    while let Some(start) = out[at..].find("{%").map(|start| at + start) {
        at = start + 2;
        let Some(tag) = next_tag(out, start..start + 1) else { continue };
        let address = match tag.name {
            "link" => format!("/{}", tag.rest.trim_start_matches('/')),
            "post_url" => format!("/_posts/{}.md", tag.rest.trim_start_matches('/')),
            _ => continue,
        };
        let range = tag.range.clone();
        let is_plain = !address.contains(char::is_whitespace) && address.len() <= range.len();
        if is_plain && !is_verbatim(start) && is_address(&out[..start]) {
            out.replace_range(range.clone(), &format!("{}{address}", " ".repeat(range.len() - address.len())));
        }
    }
    let mut at = 0;
    while let Some(start) = out[at..].find("{{").map(|start| at + start) {
        at = start + 2;
        // Another `{{` ends the search, so that each sign is looked at once.
        let inside = &out.as_bytes()[at..];
        let Some(end) = inside.windows(2).position(|pair| matches!(pair, b"}}" | b"{{")).map(|end| at + end + 2) else {
            break;
        };
        if !out[at..end].ends_with('}') {
            continue;
        }
        let inside = out[start + 2..end - 2].trim();
        let (value, filters) = inside.split_once('|').unwrap_or((inside, ""));
        let is_own = matches!(filters.trim(), "relative_url" | "absolute_url" | "url" | "htmlBaseUrl");
        let quoted = value.trim().trim_matches(['"', '\'']);
        let address = match value.trim() {
            name if filters.is_empty() && is_base(name) => "",
            value if is_own && value.starts_with(['"', '\'']) && !quoted.contains(char::is_whitespace) => quoted,
            _ => continue,
        };
        if !is_verbatim(start) && is_address(&out[..start]) {
            let written = format!("{}{address}", " ".repeat(end - start - address.len()));
            out.replace_range(start..end, &written);
            at = end;
        }
    }
}

/// Writes the id that a line below a heading gives it, `{: #id}`, as one of the heading.
pub(super) fn put_heading_ids(out: &mut String, verbatim: &[Range<usize>]) {
    for range in attribute_lists(out, verbatim) {
        if !out[..range.start].ends_with('\n') {
            continue;
        }
        let line = out[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let before = out[..line].trim_end_matches(['\n', '\r']);
        let heading = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        let id = out[range.clone()].split(['{', ':', '}', ' ']).find(|part| part.starts_with('#') && part.len() > 1);
        let (Some(id), true) = (id, line == range.start && heading.starts_with('#') && line - before.len() < 3) else {
            continue;
        };
        let (id, begin) = (format!("{{{id}}}"), before.len());
        out.replace_range(begin..range.end, &format!("{}{id}", " ".repeat(range.end - begin - id.len())));
    }
}

/// Whether a value is called like the address of the site: `site.baseurl`, `base`.
pub(super) fn is_base(value: &str) -> bool {
    let name = value.rsplit('.').next().unwrap_or(value);
    value == "site.url" || matches!(name, "base" | "baseurl" | "base_url" | "baseUrl" | "root")
}

/// What a text shows as it stands, and what is private in it: code, comments, and what lies between `{% raw %}` and its end.
pub(super) fn verbatim(text: &str, authors: AuthorSigns) -> Vec<Range<usize>> {
    scan(text, authors).verbatim
}

/// Whether an address may begin behind a text: in a link, an attribute, or a definition.
pub(super) fn is_address(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    ["](", "=\"", "='", "]:"].iter().any(|sign| before.ends_with(sign))
}

/// The tags of a line that has nothing else.
pub(super) fn only_tags<'t>(text: &'t str, line: &Range<usize>) -> Option<Vec<TemplateTag<'t>>> {
    let (mut tags, mut at) = (Vec::new(), line.start);
    while !text[at..line.end].trim().is_empty() {
        let tag = next_tag(text, at..line.end).filter(|tag| tag.range.end <= line.end)?;
        if !text[at..tag.range.start].trim().is_empty() {
            return None;
        }
        at = tag.range.end;
        tags.push(tag);
    }
    (!tags.is_empty()).then_some(tags)
}

/// Puts a shorter text in the place of a line, with spaces behind it.
pub(super) fn put(out: &mut String, line: &Range<usize>, text: &str) {
    let end = line.start + out[line.clone()].trim_end_matches(['\n', '\r']).len();
    let room = end - line.start;
    if text.len() <= room {
        out.replace_range(line.start..end, &format!("{text}{}", " ".repeat(room - text.len())));
    }
}

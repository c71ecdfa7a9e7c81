//! Tags of template languages, `{% raw %}`, and attributes of kramdown, `{: .note}`, in texts of Jekyll and Eleventy: some enclose
//! code, and none of them is text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::MarkdownProblem;
use super::code_lines::{CodeLines as Lines, CodePlace};
use super::private::next_start;
use crate::diagnostics::Code;

/// So long a tag may be.
const LONGEST: usize = 2_000;
/// Tags that show nothing themselves, besides those that end others.
const SILENT: [&str; 11] =
    ["raw", "comment", "set", "capture", "assign", "else", "elsif", "elseif", "when", "highlight", "#"];

/// Whether a tag of this name shows nothing itself.
pub fn is_silent_tag(name: &str) -> bool {
    name.starts_with("end") || SILENT.contains(&name)
}

/// What kramdown reads at the end of a line with an element whose content is Markdown.
const MARKDOWN: &str = " markdown=\"1\">\n";

/// A tag of a template language.
struct Tag<'t> {
    range: Range<usize>,
    /// Its name: `include`.
    name: &'t str,
    /// What stands behind the name.
    rest: &'t str,
}

/// A text in which fences stand for the lines of tags that enclose code, and addresses for what makes them. Every other byte keeps
/// its place.
pub fn with_fences(text: &str) -> Cow<'_, str> {
    if !["{%", "{{", "{:", MARKDOWN].iter().any(|sign| text.contains(sign)) {
        return text.into();
    }
    let lines: Vec<Range<usize>> = lines(text).collect();
    let mut out = text.to_string();
    let (mut places, mut number, mut ends) = (Places::of(text), 0, HashMap::new());
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
    let verbatim = verbatim(&out);
    put_addresses(&mut out, &verbatim);
    put_heading_ids(&mut out, &verbatim);
    open_elements(&mut out, &verbatim);
    out.into()
}

/// Lines of tags that enclose code.
struct CodeLines<'t> {
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
fn code_lines<'t>(
    text: &'t str,
    lines: &[Range<usize>],
    first: usize,
    known: &mut HashMap<&'t str, Option<usize>>,
) -> Option<CodeLines<'t>> {
    let opening = only_tags(text, &lines[first])?;
    let opens =
        |tag: &&Tag<'_>| tag.name == "highlight" || matches!(tag.name, "set" | "capture") && !tag.rest.contains('=');
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
        return Some(CodeLines { language, last, shown: None });
    }
    let shown = (last + 1..lines.len()).find(|at| !text[lines[*at].clone()].trim().is_empty());
    let language = |line: &Range<usize>| {
        let value = text[line.clone()].trim().strip_prefix("{{")?.strip_suffix("}}")?;
        let (name, filters) = value.split_once('|').filter(|(name, _)| name.trim() == tag.rest)?;
        filters.trim().strip_prefix("highlight")?.split(['"', '\'']).nth(1).filter(|_| !name.is_empty())
    };
    if let Some((shown, language)) = shown.and_then(|shown| Some((shown, language(&lines[shown])?))) {
        return Some(CodeLines { language, last, shown: Some(shown) });
    }
    // What a template shows later is code, as far as its name says so.
    let language = if matches!(tag.rest, "css" | "js") { tag.rest } else { "" };
    let is_code = !language.is_empty() || is_code_name(tag.rest);
    is_code.then_some(CodeLines { language, last, shown: None })
}

/// Whether a name is or ends with the word code: `code`, `jsCode`, `code_2`, `sample-code`.
fn is_code_name(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'));
    let ends = |word: &str| {
        name.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphabetic) || word == "Code")
    };
    ends("code") || ends("Code") || ends("CODE")
}

/// Writes the addresses that templates make of others, each at the end of its place: `{% link a.md %}`, `{{ "/a/" | url }}`.
fn put_addresses(out: &mut String, verbatim: &[Range<usize>]) {
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
fn put_heading_ids(out: &mut String, verbatim: &[Range<usize>]) {
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

/// Puts an empty line behind the beginning of each element whose content is Markdown: up to one a block of HTML goes on.
fn open_elements(out: &mut String, verbatim: &[Range<usize>]) {
    let mut at = 0;
    while let Some(start) = out[at..].find(MARKDOWN).map(|start| at + start) {
        at = start + MARKDOWN.len();
        if !contains(verbatim, start) {
            out.replace_range(start..at, &format!(">\n{}\n", " ".repeat(MARKDOWN.len() - 3)));
        }
    }
}

/// Lists of attributes of kramdown outside of code, `{: .note}`, and what else it reads between such brackets.
fn attribute_lists(text: &str, verbatim: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let names = attribute_names(text);
    while let Some(start) = text[at..].find("{:").map(|start| at + start) {
        at = start + 2;
        let Some(length) = text[at..].find(['}', '{', '\n']).filter(|end| text[at + end..].starts_with('}')) else {
            continue;
        };
        if contains(verbatim, start) || text[..start].ends_with(['\\', '{']) {
            continue;
        }
        let end = at + length + 1;
        let inside = text[at..end - 1].trim();
        if !(is_extension(inside) || is_attributes(inside, &names) && is_attribute_place(text, start..end)) {
            continue;
        }
        let range = match inside {
            ":comment" => {
                start..text[end..].find("{:/").map_or(text.len(), |end_at| {
                    let close = end + end_at;
                    text[close..].find('}').map_or(text.len(), |length| close + length + 1)
                })
            }
            // The list above it is only there for the contents that kramdown puts in its place.
            "toc" => {
                let line = text[..start].trim_end_matches([' ', '\t']).trim_end_matches(['\n', '\r']);
                let begin = line.rfind('\n').map_or(0, |end| end + 1);
                let item = line[begin..].trim_start();
                let is_item = item.starts_with(['*', '-', '+']) || item.starts_with(|c: char| c.is_ascii_digit());
                if is_item { begin..end } else { start..end }
            }
            _ => start..end,
        };
        at = range.end;
        found.push(range);
    }
    found
}

/// The names that a text gives lists of attributes: `{:wide: .wide}`.
fn attribute_names(text: &str) -> HashSet<&str> {
    let inside = text.split("{:").skip(1).filter_map(|rest| rest.split(['}', '{', '\n']).next());
    inside.filter_map(|inside| Some(inside.split_once(": ")?.0)).filter(|name| is_name(name)).collect()
}

/// Whether what stands between the brackets is an extension of kramdown, or its end: `::nomarkdown`, `/`.
fn is_extension(inside: &str) -> bool {
    let name = inside.strip_prefix([':', '/']).unwrap_or("-").trim_end_matches('/');
    let name = name.split_whitespace().next().unwrap_or_default();
    matches!(name, "comment" | "nomarkdown" | "options") || inside == "/"
}

/// Whether what stands between the brackets is attributes of kramdown throughout: `.note #a key="value"`, `toc`.
fn is_attributes(inside: &str, names: &HashSet<&str>) -> bool {
    let named = inside.split_once(": ").filter(|(name, _)| is_name(name));
    let mut rest = named.map_or(inside, |(_, rest)| rest).trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let behind = match behind.strip_prefix('=') {
            Some(value) => {
                let Some(quote) = value.chars().next().filter(|c| is_name(word) && matches!(c, '"' | '\'')) else {
                    return false;
                };
                let Some((_, behind)) = value[1..].split_once(quote) else { return false };
                behind
            }
            // `.a.b#c` is written without spaces, too.
            None if word.starts_with(['.', '#']) && word.split(['.', '#']).skip(1).all(is_name) => behind,
            None if matches!(word, "toc" | "footnotes") || names.contains(word) => behind,
            None => return false,
        };
        rest = behind.trim_start();
    }
    true
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '-'))
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'))
}

/// Whether a list of attributes belongs to something: it has a line of its own, begins an item, or stands behind a heading or
/// right behind an element or a mark.
fn is_attribute_place(text: &str, range: Range<usize>) -> bool {
    let Some(before) = text[..range.start].chars().next_back().filter(|c| *c != '\n') else {
        return ends_line(&text[range.end..]);
    };
    if matches!(before, '*' | '_' | '`' | '~' | ')' | ']' | '>' | '}') {
        return true;
    }
    let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
    let marks = line.trim_start_matches([' ', '\t', '>']);
    let is_item = marks.len() < 6 && marks.ends_with(' ') && marks.trim_end().ends_with(['-', '*', '+', '.', ')', ':']);
    let is_item = is_item && !marks.contains(char::is_alphabetic);
    is_item || (marks.is_empty() || marks.starts_with('#')) && ends_line(&text[range.end..])
}

/// Whether nothing but further tags and lists of attributes stands in the rest of a line.
fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    rest.is_empty() || rest.starts_with('\n') || rest.starts_with("{:") || rest.starts_with("{%")
}

/// Whether a value is called like the address of the site: `site.baseurl`, `base`.
fn is_base(value: &str) -> bool {
    let name = value.rsplit('.').next().unwrap_or(value);
    value == "site.url" || matches!(name, "base" | "baseurl" | "base_url" | "baseUrl" | "root")
}

/// What a text shows as it stands, and what is private in it: code, comments, and what lies between `{% raw %}` and its end.
fn verbatim(text: &str) -> Vec<Range<usize>> {
    scan(text).verbatim
}

/// Ranges in order, of which none touches another.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
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

/// Whether a place is in one of these ranges, which are in order.
fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    range_with(ranges, at).is_some()
}

/// The range in which a place is.
fn range_with(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.start <= at);
    ranges[..after].last().filter(|range| at < range.end)
}

/// Whether an address may begin behind a text: in a link, an attribute, or a definition.
fn is_address(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    ["](", "=\"", "='", "]:"].iter().any(|sign| before.ends_with(sign))
}

/// The tags of a line that has nothing else.
fn only_tags<'t>(text: &'t str, line: &Range<usize>) -> Option<Vec<Tag<'t>>> {
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
fn put(out: &mut String, line: &Range<usize>, text: &str) {
    let end = line.start + out[line.clone()].trim_end_matches(['\n', '\r']).len();
    let room = end - line.start;
    if text.len() <= room {
        out.replace_range(line.start..end, &format!("{text}{}", " ".repeat(room - text.len())));
    }
}

/// What tags are in a text.
#[derive(Default)]
pub(super) struct TemplateTags {
    /// What is no text, in its order.
    pub taken: Vec<Range<usize>>,
    /// A report for each name of a tag that shows nothing here.
    pub problems: Vec<MarkdownProblem>,
}

/// The tags of a text. In code, and between `{% raw %}` and its end, only these two are tags.
pub(super) fn tags(text: &str) -> TemplateTags {
    if !["{%", "{:", "{#"].iter().any(|sign| text.contains(sign)) {
        return TemplateTags::default();
    }
    let Scan { mut found, verbatim } = scan(text);
    let lists = attribute_lists(text, &verbatim);
    let is_free = |list: &Range<usize>| {
        let next = found.taken.partition_point(|taken| taken.end <= list.start);
        found.taken.get(next).is_none_or(|taken| taken.start >= list.end)
    };
    let lists: Vec<_> = lists.into_iter().filter(is_free).collect();
    found.taken.extend(lists);
    found.taken.sort_by_key(|range| range.start);
    found
}

/// The tags of a text, and where there can be none.
struct Scan {
    found: TemplateTags,
    /// Code, comments, and what lies between `{% raw %}` and its end, in order.
    verbatim: Vec<Range<usize>>,
}

fn scan(text: &str) -> Scan {
    let (mut found, mut verbatim) = (TemplateTags::default(), Vec::new());
    let (mut counts, mut known) = (Vec::<(&str, Range<usize>, usize)>::new(), HashMap::new());
    let (mut places, mut ends) = (Places::of(text), Ends::default());
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
                    if !text[private.clone()].ends_with("#}") {
                        found.problems.push(open_note(private.start));
                    }
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
                    let number = *known.entry(name).or_insert(counts.len());
                    match counts.get_mut(number) {
                        Some((_, _, count)) => *count += 1,
                        None => counts.push((name, tag.range.clone(), 1)),
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
    found.problems.extend(counts.into_iter().map(problem));
    Scan { found, verbatim: merged(verbatim) }
}

/// The ends of tags, each looked for once.
#[derive(Default)]
struct Ends<'t> {
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
struct Places<'t> {
    text: &'t str,
    code: Lines<'t>,
    /// Where the last comment ends.
    after: usize,
    /// Where the piece of code ends whose end was looked for last.
    code_end: usize,
    /// Comments and remarks that have no end behind here.
    endless: [bool; 2],
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, code: Lines::default(), after: 0, code_end: 0, endless: [false; 2] }
    }

    /// Reads the next line. One that begins in a comment neither begins nor ends code.
    fn line(&mut self, line: &Range<usize>) -> CodePlace {
        let is_whole = line.start == 0 || self.text[..line.start].ends_with('\n');
        if is_whole && self.after <= line.start { self.code.line(&self.text[line.clone()]) } else { CodePlace::Outside }
    }

    /// The next comment or remark that begins in a piece of a line and ends anywhere.
    fn private(&mut self, mut range: Range<usize>, code: &[Range<usize>]) -> Option<Range<usize>> {
        loop {
            let mut notes = self.text[range.clone()].match_indices("{#").map(|(at, _)| range.start + at);
            let note = notes.find(|at| is_note(self.text, *at));
            let start = next_start(self.text, range.clone(), false).into_iter().chain(note).min()?;
            range.start = start + 2;
            if contains(code, start) {
                continue;
            }
            if note == Some(start) {
                let end = self.text[start + 2..].find("#}").map_or(self.text.len(), |end| start + 2 + end + 2);
                return Some(start..end);
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
    fn pass(&mut self, line: &Range<usize>, code: &[Range<usize>]) {
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

/// Whether a comment of Nunjucks begins at a place: `{# ... #}`, not an id, `{#intro}`.
fn is_note(text: &str, at: usize) -> bool {
    let Some(inside) = text[at..].strip_prefix("{#") else { return false };
    let is_escaped = text[..at].ends_with(['\\', '{', '$']);
    let closed = || inside.split(['}', '\n']).next().is_some_and(|inside| inside.len() > 1 && inside.ends_with('#'));
    !is_escaped && (inside.starts_with([' ', '\t', '\n', '\r', '-']) || closed())
}

/// The sign of a comment of templates that a plain text holds.
pub fn comment_in(text: &str) -> Option<&'static str> {
    let mut at = 0;
    while let Some(tag) = next_tag(text, at..text.len()) {
        match tag.name {
            "comment" => return Some("{% comment %}"),
            "#" => return Some("{% #"),
            _ => at = tag.range.end,
        }
    }
    if text.contains("{::comment") {
        return Some("{::comment}");
    }
    text.match_indices("{#").any(|(at, _)| is_note(text, at)).then_some("{#")
}

/// A text without its tags, and the reports of those that would show something.
pub fn without_tags(text: &str) -> (String, Vec<MarkdownProblem>) {
    let found = tags(text);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in found.taken {
        out.push_str(&text[at..range.start]);
        at = range.end;
    }
    out.push_str(&text[at..]);
    (out, found.problems)
}

fn open_note(at: usize) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::CommentOpen,
        span: at..at + 2,
        related: None,
        message: "`{#` begins what is not published, and it never ends".into(),
        help: "end it with `#}`, or write `\\{#` for the signs themselves".into(),
    }
}

fn open_comment(tag: &Tag<'_>) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::CommentOpen,
        span: tag.range.clone(),
        related: None,
        message: "`{% comment %}` begins what is not published, and it never ends".into(),
        help: "end it with `{% endcomment %}`, or put the tag in backticks to show it".into(),
    }
}

fn endless(tag: &Tag<'_>, end: &str) -> MarkdownProblem {
    MarkdownProblem {
        code: Code::MarkdownUnread,
        span: tag.range.clone(),
        related: None,
        message: format!("the tag `{{% {} %}}` never ends, and the page leaves it out", tag.name),
        help: format!("end it with `{{% {end} %}}`, or put the tag in backticks to show it"),
    }
}

fn problem((name, span, count): (&str, Range<usize>, usize)) -> MarkdownProblem {
    let often = if count > 1 { format!(", {count} times here") } else { String::new() };
    MarkdownProblem {
        code: Code::MarkdownUnread,
        span,
        related: None,
        message: format!("the tag `{{% {name} %}}` does nothing in a text, and the page leaves it out{often}"),
        help: "write what it shows in Markdown, or as a data block".into(),
    }
}

fn is_blank_without(text: &str, line: Range<usize>, taken: &[Range<usize>]) -> bool {
    let mut at = line.start;
    for range in taken {
        if !text[at..range.start].trim().is_empty() {
            return false;
        }
        at = range.end;
    }
    at >= line.end || text[at..line.end].trim().is_empty()
}

/// The next tag of a text that begins in a range. `{{%` begins a shortcode, which is none.
fn next_tag(text: &str, range: Range<usize>) -> Option<Tag<'_>> {
    let mut from = range.start;
    loop {
        let start = from + text.get(from..range.end)?.find('{')?;
        from = start + 1;
        let Some(rest) = text[from..].strip_prefix('%').filter(|_| !text[..start].ends_with('{')) else { continue };
        let Some(end) = end_of_tag(rest) else { continue };
        let inside = rest[..end].trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
        // `{% # ... %}` is a comment.
        let name_end = inside.starts_with('#').then_some(1);
        let name_end =
            name_end.or_else(|| inside.find(|c: char| !(c.is_alphanumeric() || c == '_'))).unwrap_or(inside.len());
        if name_end > 0 {
            let range = start..from + 1 + end + 2;
            return Some(Tag { range, name: &inside[..name_end], rest: inside[name_end..].trim() });
        }
    }
}

/// Where the signs stand that end a tag. Another tag and an empty line end the search, too, so that each sign is looked at once.
fn end_of_tag(inside: &str) -> Option<usize> {
    let pairs = inside.as_bytes().windows(2).take(LONGEST + 1);
    let ends = |pair: &[u8]| matches!(pair, b"%}" | b"{%" | b"\n\n");
    let (end, pair) = pairs.enumerate().find(|(_, pair)| ends(pair))?;
    (pair == b"%}").then_some(end)
}

/// The pieces of code in a line.
fn inline_code(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
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

fn backticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as it is read.
    fn read(text: &str) -> String {
        let fenced = with_fences(text);
        assert_eq!(fenced.len(), text.len());
        let (mut out, mut at) = (String::new(), 0);
        for range in tags(&fenced).taken {
            out.push_str(&fenced[at..range.start]);
            at = range.end;
        }
        out.push_str(&fenced[at..]);
        out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn tags_that_enclose_code_are_fences() {
        assert_eq!(
            read("{% highlight js %}{% raw %}\n{{ a }} {% b %}\n{% endraw %}{% endhighlight %}\n"),
            "```js\n{{ a }} {% b %}\n```"
        );
        let set = "{%- set code %}{% raw %}\n---\na: 1\n---\n{% endraw %}{%- endset %}\n{{ code | highlight(\"yaml\") | safe }}\n\nx";
        assert_eq!(read(set), "```yaml\n---\na: 1\n---\n```\n\n\nx");
        assert_eq!(read("{% set jsCode %}\n*a*\n{% endset %}\n{% include x %}\n"), "```\n*a*\n```\n");
        assert_eq!(read("{% set codeOfHonour %}\ntext\n{% endset %}\n"), "\ntext\n");
        assert_eq!(read("{% set a %}\ntext\n{% endset %}\n"), "\ntext\n");
        let html = "<div>\n{% highlight html %}\n<b>\n{% endhighlight %}\n    </div>\n";
        assert_eq!(read(html), "<div>\n\n```html\n<b>\n```\n</div>");
        assert_eq!(read("{% highlight md %}\n```\n{% endhighlight %}\n"), "~~~md\n```\n~~~");
    }

    #[test]
    fn what_makes_an_address_is_read_as_one() {
        let without_spaces = |text: &str| read(text).replace(' ', "");
        assert_eq!(without_spaces("[a]({% link _docs/a.md %}#b)"), "[a](/_docs/a.md#b)");
        assert_eq!(without_spaces("[a]: {{ '/a/' | relative_url }}"), "[a]:/a/");
        assert_eq!(without_spaces("[a]({{ site.baseurl }}/b/) [c]({{base}}/d)"), "[a](/b/)[c](/d)");
        assert_eq!(read("[a]({{ site.repository }}/b)"), "[a]({{ site.repository }}/b)");
        assert_eq!(read("`[a]({{ site.url }}/)`"), "`[a]({{ site.url }}/)`");
        assert_eq!(read("{% raw %}[a]({{ site.url }}/){% endraw %}"), "[a]({{ site.url }}/)");
        assert_eq!(read("Of {{ '/a/' | url }}, {{ site.url }}"), "Of {{ '/a/' | url }}, {{ site.url }}");
    }

    #[test]
    fn what_stands_in_an_element_may_be_markdown() {
        assert_eq!(read("<div class=a markdown=\"1\">\n*a*\n</div>\n"), "<div class=a>\n\n*a*\n</div>");
        assert_eq!(read("```\n<div markdown=\"1\">\n```\n"), "```\n<div markdown=\"1\">\n```");
    }

    #[test]
    fn lists_of_attributes_are_no_text_and_may_name_a_heading() {
        assert_eq!(read("# A\n{: #b .c}\n\nText.\n{: .note}\n"), "# A      {#b}\n\nText.\n");
        assert_eq!(read("* TOC\n{:toc}\n\n`{: .a}` \\{: .b} {::nomarkdown}x{:/}\n"), "\n\n`{: .a}` \\{: .b} x");
        assert_eq!(read("{::comment}\nno\n{:/comment}\nx {: y"), "\nx {: y");
        assert_eq!(read("{% a %}{: .b}{% c %}\n"), "");
    }

    #[test]
    fn tags_are_no_text_but_in_code_and_between_raw_and_its_end() {
        assert_eq!(read("a {% b %}c `{% d %}` {% raw %}{% e %}{% endraw %}\n"), "a c `{% d %}` {% e %}");
        assert_eq!(read("```html\n{% raw %}\n{% a %}\n{% endraw %}\n{% b %}\n```\n"), "```html\n{% a %}\n{% b %}\n```");
        assert_eq!(read("{% comment %} no {% endcomment %}x {{% b %}} {% c\n d %}y"), "x {{% b %}} y");
        for text in
            ["{%", "{% %}", "%} {%", "`` ` ``{% a", "``` {%\n", "~~~\n{% raw %}", "{% highlight %}", "é{% raw %}ü"]
        {
            read(text);
        }
        let problems = tags("{% include a %} {% include b %} {% raw %}{% endraw %}").problems;
        assert_eq!(problems.len(), 1);
        assert!(problems[0].message.ends_with("leaves it out, 2 times here"), "{}", problems[0].message);
    }

    #[test]
    fn what_never_ends_is_reported_and_shows_no_comment() {
        for (text, message, shown) in [
            ("{% raw %}\n\nA {% comment %}SECRET{% endcomment %}b", Some("`{% raw %}` never ends"), "\n\nA b"),
            ("{% highlight js %}\n\nA {% comment %}SECRET{% endcomment %}b", Some("never ends"), "\n\nA b"),
            ("A {% comment %}SECRET", Some("begins what is not published"), "A"),
            ("`{% raw %}` {% comment %}SECRET{% endcomment %}b", None, "`{% raw %}` b"),
            ("`{% raw %}{{ a }}{% endraw %}` `{% raw %}`", None, "`{{ a }}` `{% raw %}`"),
            ("```\n{% raw %}\n```\n{% comment %}SECRET{% endcomment %}b", None, "```\n{% raw %}\n```\nb"),
        ] {
            assert_eq!(read(text), shown);
            let problems = tags(&with_fences(text)).problems;
            assert_eq!(problems.len(), usize::from(message.is_some()), "{text}");
            assert!(message.is_none_or(|message| problems[0].message.contains(message)), "{text}");
        }
    }

    #[test]
    fn fences_in_comments_items_and_indented_code_hide_no_tag() {
        for before in [
            "<!--\n```\n-->\n\n",
            "%%\n```\n%%\n\n",
            "a\n\n    ```\n\n",
            "- ```\n  a\n  ```\n\n",
            "> ```\n> a\n\n",
            "- a\n\n  ```\n  a\n\n",
            "<!-- {% comment %} -->\n\n",
            "<!-- {% raw %} -->\n\n",
        ] {
            let text = format!("{before}Shown {{% comment %}}SECRET{{% endcomment %}}end.");
            assert_eq!(read(&text), format!("{before}Shown end."));
        }
        assert_eq!(read("{% comment %}\n```\n{% endcomment %}\n{% comment %}SECRET{% endcomment %}b"), "\nb");
        assert_eq!(read("```\n<!--\n{% a %}\n```\n{% b %}c"), "```\n<!--\n{% a %}\n```\nc");
    }

    #[test]
    fn words_that_are_no_attributes_stay() {
        for text in [
            "The call gives {:ok, value}.",
            "{:smile:}",
            "f{:.2f}",
            "{:a => 1, :b => 2}",
            "{: 5 pm}",
            "| {:ok} |",
            "a\n\n    {:ok, 1}",
            "a\n\n    b\n    {: .a}",
            "```\n{: .a}\n```",
            "words {: .a} go on",
        ] {
            assert_eq!(read(text), text);
        }
        for text in ["*a*{: .b}", "[a](b){:.c #d key=\"e f\"}", "a\n\n> b\n> {: .c}", "- a\n\n    b\n    {: .c}"] {
            assert!(!read(text).contains("{:"), "{text}");
        }
        assert_eq!(read("# A {:.no_toc}\n\n* {:.b} c\n\n{:wide: .d}\n\ne\n{: wide}"), "# A\n\n*  c\n\n\n\ne");
    }

    #[test]
    fn comments_of_each_tool_are_taken_out() {
        assert_eq!(read("a {# SECRET #}b {% # SECRET %}c {#SECRET#}d"), "a b c d");
        assert_eq!(read("a {# SECRET\n\n``` {{ x }} #}b {% comment %}SECRET{% endcomment %}c"), "a b c");
        for text in ["# A {#b}", "`{# a #}`", "```\n{# a #}\n```", "\\{# a"] {
            assert_eq!(read(text), text);
        }
        assert_eq!(read("{% raw %}{# a #}{% endraw %}"), "{# a #}");
        assert_eq!(tags("a {# SECRET").problems[0].code, Code::CommentOpen);
        assert_eq!(comment_in("S {% comment %}SEC{% endcomment %}"), Some("{% comment %}"));
        assert_eq!(comment_in("S {# SEC #}"), Some("{#"));
        assert_eq!(comment_in("S {% # SEC %}"), Some("{% #"));
        assert_eq!(comment_in("S {#id} {% a %}"), None);
    }
}

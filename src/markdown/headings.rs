//! Headings, their attributes `{#id .class key=value}`, and ids.

use std::collections::hash_map::Entry;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};

use super::block_names::MARK;
use super::events::{Events, plain_text, untitled};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::escape;
use crate::model::body::Heading;
use crate::model::schema::Dialect;
use crate::url::{composed, heading_id};

/// The ids that a page has: those of headings and footnotes of all its texts, and those in its raw HTML.
#[derive(Debug, Default)]
pub struct PageIds {
    /// Each, composed, with the number that the next equal one tries first, so that thousands of equal headings cost no more than others.
    taken: FxHashMap<String, usize>,
    /// Those that headings further below have of their own: no other heading gets one of them.
    kept: FxHashSet<String>,
    /// Those of the heading that is the title of the page: they stand where the text begins.
    of_title: Vec<String>,
}

impl PageIds {
    /// Gives the ids of the heading that is the title of the page to the text that is read next.
    pub fn begin_with(&mut self, of_title: Vec<String>) {
        self.of_title = of_title;
    }

    /// Hands out the ids that the text begins with.
    pub(super) fn take_those_of_title(&mut self) -> Vec<String> {
        std::mem::take(&mut self.of_title)
    }

    /// Takes an id that was written; returns whether nothing had it, in either Unicode form.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(composed(id).into_owned(), 1).is_none()
    }

    /// Whether something has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains_key(&*composed(id))
    }

    /// Makes an id of a heading's words that nothing has yet: as GitHub does, with `-1` at the second of equal ones.
    fn make(&mut self, text: &str) -> String {
        let base = Some(heading_id(text)).filter(|id| !id.is_empty()).unwrap_or_else(|| "section".into());
        let known = composed(&base).into_owned();
        let is_kept = self.kept.contains(&known);
        let mut n = match self.taken.entry(known.clone()) {
            Entry::Vacant(_) if is_kept => 1,
            Entry::Vacant(free) => {
                free.insert(1);
                return base;
            }
            Entry::Occupied(taken) => *taken.get(),
        };
        loop {
            let id = format!("{known}-{n}");
            if self.kept.contains(&id) {
                n += 1;
                continue;
            }
            if let Entry::Vacant(free) = self.taken.entry(id) {
                free.insert(1);
                if !is_kept || self.taken.contains_key(&known) {
                    self.taken.insert(known, n + 1);
                }
                return format!("{base}-{n}");
            }
            n += 1;
        }
    }
}

/// Whether a text is letters with a number behind them.
fn is_numbered(text: &str) -> bool {
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    !letters.is_empty() && letters.len() < text.len() && letters.chars().all(|c| c.is_ascii_lowercase())
}

/// What stands in braces behind a heading.
#[derive(Debug, Default, PartialEq, Eq)]
struct Attributes {
    ids: Vec<String>,
    classes: Vec<String>,
    others: Vec<(String, String)>,
}

impl<'a> Writer<'a> {
    /// The beginning of a heading.
    pub fn start_heading(&mut self, level: HeadingLevel, span: Range<usize>, events: &mut Events<'a>) {
        self.open.quiet += 1;
        let attributes = self.attributes(level, events);
        let first = events.rest().iter().map(|(event, _)| event);
        let mut said = first.skip_while(|event| matches!(event, Event::Text(text) if text.trim().is_empty()));
        if matches!(said.next(), Some(Event::End(_))) {
            return self.empty_heading(&attributes.ids, &span, events);
        }
        let text = plain_text(events.rest(), TagEnd::Heading(level));
        let titles = untitled(events.rest(), TagEnd::Heading(level), self.out.body.links.len());
        let written = attributes.ids.first().map(String::as_str);
        let id = self.heading(level as u8, written, text, titles, span.clone());
        let classes = attributes.classes.into_iter().map(CowStr::from).collect();
        let attrs = attributes.others.into_iter().map(|(key, value)| (key.into(), Some(value.into()))).collect();
        self.push(Tag::Heading { level, id: Some(id.into()), classes, attrs });
        if let Some(name) = self.open.name.take() {
            self.raw(format!("<span id=\"{name}\"></span>"));
        }
        self.old_ids(attributes.ids.get(1..).unwrap_or_default(), &span);
    }

    /// A heading without words is none, but links may lead to where it stands.
    fn empty_heading(&mut self, ids: &[String], span: &Range<usize>, events: &mut Events<'a>) {
        while let Some((Event::Text(_), _)) = events.next() {}
        self.open.quiet -= 1;
        if ids.is_empty() {
            let help = "write its words, take it out, or put a backslash before its first sign if that is text";
            return self.problem(Code::MarkdownUnread, span.clone(), "a heading without words is on no page", help);
        }
        self.push(Tag::Paragraph);
        self.old_ids(ids, span);
        self.events.push(Event::End(TagEnd::Paragraph));
    }

    /// Keeps the ids that headings have of their own for them: where the words of another heading make the same, that yields.
    pub fn keep_ids(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        for pair in events.windows(2) {
            let [(Event::Text(said), span), (Event::End(TagEnd::Heading(_)), _)] = pair else { continue };
            if self.text[span.clone()].rfind('{').is_some_and(|open| self.is_escaped(span.start + open)) {
                continue;
            }
            if let Some((_, inside)) = said.strip_suffix('}').and_then(|said| said.rsplit_once('{')) {
                let ids = read_attributes(inside).into_iter().flat_map(|read| read.ids);
                self.ids.kept.extend(ids.map(|id| composed(&id).into_owned()));
            }
        }
    }

    /// Takes the attributes from the end of a heading, which may stand in several braces.
    fn attributes(&mut self, level: HeadingLevel, events: &mut Events<'a>) -> Attributes {
        let mut all = Attributes::default();
        while let Some(mut more) = self.last_attributes(level, events) {
            more.ids.append(&mut all.ids);
            more.classes.append(&mut all.classes);
            more.others.append(&mut all.others);
            all = more;
        }
        all
    }

    /// Takes the last braces from a heading. Those that hold anything else than attributes are words of it.
    fn last_attributes(&mut self, level: HeadingLevel, events: &mut Events<'a>) -> Option<Attributes> {
        let end = events.rest().iter().position(|(event, _)| *event == Event::End(TagEnd::Heading(level)));
        let last = end.and_then(|end| end.checked_sub(1))?;
        let (Event::Text(said), span) = &events.rest()[last] else { return None };
        let (span, written) = (span.clone(), &self.text[span.clone()]);
        let (Some(open), Some(cut)) = (written.rfind('{'), said.rfind('{')) else { return None };
        if !written.ends_with('}') || self.is_escaped(span.start + open) {
            return None;
        }
        let inside = &*self.without_taken(&(span.start + open + 1..span.end - 1), None);
        let before = self.text[..span.start + open].chars().next_back();
        let parted = before.is_none_or(char::is_whitespace) || self.text[..span.start + open].ends_with('#');
        let close = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '`' | '*' | '.' | '!' | '?'));
        let at = span.start + open..span.end;
        let attributes = match read_attributes(inside) {
            Some(attributes) if parted || close && inside.starts_with('#') => attributes,
            _ => {
                // `{-}` and `{id14}` are such to other programs.
                let is_odd = || inside == "-" || is_numbered(inside);
                if parted && (inside.starts_with(['#', '.', ':']) || is_odd()) {
                    let help = "write them as `{#id .class key=value}`, or a backslash before `{` if they are text";
                    self.problem(Code::MarkdownUnread, at, "these are no attributes of a heading", help);
                }
                return None;
            }
        };
        let said = said[..cut].trim_end().to_string();
        events.replace(last, Event::Text(said.into()), span.start..span.start + written[..open].trim_end().len());
        Some(self.allowed(attributes, &at))
    }

    /// Without what would be raw HTML, where the site does not allow that.
    fn allowed(&mut self, mut attributes: Attributes, at: &Range<usize>) -> Attributes {
        if self.allow_html() {
            return attributes;
        }
        let harmless =
            |key: &str| matches!(key, "lang" | "dir" | "title") || key.starts_with("data-") || key.starts_with("aria-");
        attributes.others.retain(|(key, _)| {
            if !harmless(key) {
                let message = format!("the attribute `{key}` is raw HTML, and is left out");
                let help = "take it away, or set `markdown.allow_html: true` in site.yaml";
                self.problem(Code::HtmlRaw, at.clone(), message, help);
            }
            harmless(key)
        });
        attributes
    }

    /// Notes a heading with what it says and, where one was written, its id; returns its id.
    fn heading(
        &mut self,
        level: u8,
        written: Option<&str>,
        text: String,
        titles: Vec<(Range<usize>, u32)>,
        span: Range<usize>,
    ) -> String {
        let id = match written {
            Some(id) => {
                let help = "give one of them another id, or none: then one is made of its words";
                if self.take_id(id, span.clone(), Code::HeadingIdDuplicate, help) {
                    id.to_string()
                } else {
                    self.ids.make(id)
                }
            }
            None => self.ids.make(&self.unsmart(&text, &span)),
        };
        let span = self.global(&span);
        self.out.body.headings.push(Heading { level, id: id.clone(), text, titles, span });
        id
    }

    /// Puts the id of each anchor of MkDocs, `[](){#id}`, where that stands.
    pub fn anchors(&mut self, events: Vec<(Event<'a>, Range<usize>)>) -> Vec<(Event<'a>, Range<usize>)> {
        if self.reading.schema.markdown.dialect != Some(Dialect::MkDocs) || !self.text.contains("[](){") {
            return events;
        }
        let mut out = Vec::<(Event<'a>, Range<usize>)>::with_capacity(events.len());
        for (event, span) in events {
            let is_behind = matches!(&out[..], [.., (Event::Start(Tag::Link { dest_url, .. }), _), (Event::End(TagEnd::Link), _)]
                if dest_url.is_empty());
            let Event::Text(said) = &event else {
                out.push((event, span));
                continue;
            };
            let inside = said.strip_prefix('{').and_then(|said| said.split_once('}')).map(|(inside, _)| inside);
            let length = inside.map_or(0, |inside| inside.len() + "{}".len());
            let ids = inside.and_then(read_attributes).map_or_else(Vec::new, |read| read.ids);
            if !is_behind || ids.is_empty() || !self.text[span.clone()].starts_with(&said[..length]) {
                out.push((event, span));
                continue;
            }
            let place = out[out.len() - 2].1.clone();
            out.truncate(out.len() - 2);
            for id in ids.iter().filter(|id| self.old_id(id, &place)) {
                out.push((Event::InlineHtml(format!("{MARK}={}", escape(id)).into()), place.clone()));
            }
            if length < said.len() {
                out.push((Event::Text(said[length..].to_string().into()), span.start + length..span.end));
            }
        }
        out
    }

    /// Draws an anchor in a heading for each id that it, or one in its place, had before: old links lead there.
    pub(super) fn old_ids(&mut self, ids: &[String], span: &Range<usize>) {
        for id in ids {
            if self.old_id(id, span) {
                self.raw(format!("<span id=\"{}\"></span>", escape(id)));
            }
        }
    }

    /// Notes an id that no heading has now. Says whether it is free.
    fn old_id(&mut self, id: &str, span: &Range<usize>) -> bool {
        let is_free = self.take_id(id, span.clone(), Code::HeadingIdDuplicate, "take it away here");
        if is_free {
            self.out.body.anchors.push(id.to_string());
        }
        is_free
    }

    /// The words of a heading with dashes as they were typed, of which GitHub makes its id.
    fn unsmart(&self, text: &str, span: &Range<usize>) -> String {
        let written = &self.text[span.clone()];
        if text.is_ascii() || !written.contains("--") || written.contains(['–', '—']) {
            return text.to_string();
        }
        text.replace('–', "--").replace('—', "---")
    }
}

/// The line of a heading without the attributes behind its words, `# Words {#id}`, and the ids among them.
pub fn without_attributes(heading: &str) -> (&str, Vec<String>) {
    let mut line = without_signs(heading);
    let mut ids = Vec::new();
    while let Some(open) = line.strip_suffix('}').and_then(|line| line.rfind('{')) {
        let before = &line[..open];
        let Some(attributes) = read_attributes(&line[open + 1..line.len() - 1]) else { break };
        // An anchor of MkDocs is one of the ids.
        let anchor = before.strip_suffix("[]()").filter(|_| !attributes.ids.is_empty());
        if before.ends_with('\\') || anchor.is_none() && !before.ends_with(char::is_whitespace) {
            break;
        }
        let before = anchor.unwrap_or(before);
        ids.splice(0..0, attributes.ids);
        line = before.trim_end();
    }
    (line, ids)
}

/// A heading without the line below its words, or the signs behind them: `# C# #` is about `C#`.
fn without_signs(heading: &str) -> &str {
    let heading = heading.trim_end();
    let underlined = heading.rsplit_once('\n').filter(|(_, line)| line.trim().bytes().all(|byte| byte == b'='));
    let line = underlined.map_or(heading, |(words, _)| words.trim_end());
    let words = line.trim_end_matches('#');
    let is_closed = line.trim_start().starts_with('#') && (words.trim().is_empty() || words.ends_with([' ', '\t']));
    if is_closed { words.trim_end() } else { line }
}

/// Reads attributes; `None` where anything else stands among them.
fn read_attributes(inside: &str) -> Option<Attributes> {
    let mut read = Attributes::default();
    let mut rest = inside.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..word_end];
        if let Some(id) = word.strip_prefix('#') {
            read.ids.push(name(id)?);
        } else if let Some(class) = word.strip_prefix('.') {
            read.classes.push(name(class)?);
        } else {
            let (key, value) = rest.split_once('=')?;
            let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'));
            let end = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].find(quote)? + 2,
                _ => value.find(char::is_whitespace).unwrap_or(value.len()),
            };
            let value = value[..end].trim_matches(['"', '\'']);
            if !is_key || value.contains(['{', '}', '<', '>']) {
                return None;
            }
            match key.to_ascii_lowercase() {
                key if key == "id" => read.ids.push(name(value)?),
                key if key == "class" => read.classes.extend(value.split_whitespace().map(str::to_string)),
                key => read.others.push((key, value.to_string())),
            }
            rest = rest[key.len() + 1 + end..].trim_start();
            continue;
        }
        rest = rest[word_end..].trim_start();
    }
    Some(read)
}

/// An id or class.
fn name(text: &str) -> Option<String> {
    let valid = !text.is_empty() && !text.contains(['{', '}', '"', '\'', '<', '>', '=', '`', '\\', ',', '#']);
    valid.then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_ids_classes_and_values() {
        let read = read_attributes("#good .cls key=value lang=\"de CH\"").expect("all of them are attributes");
        assert_eq!((read.ids, read.classes), (vec!["good".to_string()], vec!["cls".to_string()]));
        assert_eq!(read.others[1], ("lang".to_string(), "de CH".to_string()));
        assert_eq!(read_attributes(" id=\"9.7.0\" ").map(|read| read.ids), Some(vec!["9.7.0".to_string()]));
    }

    #[test]
    fn anything_else_is_text() {
        for text in ["", "id", "1, 2", "{ title }", "#", "#1, #2", "a = b", "#a b", "x={y}"] {
            assert_eq!(read_attributes(text), None, "{text}");
        }
    }
}

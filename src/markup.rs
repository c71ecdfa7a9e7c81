//! Finished HTML, read piece by piece: what people see of it.

pub mod escapes;
pub mod markdown;
mod tables;
pub mod visible;

use std::borrow::Cow;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlPiece<'h> {
    /// The beginning of an element.
    Begin(HtmlTag<'h>),
    /// The end of an element, by its name as it was written.
    End(&'h str),
    /// What stands between tags, with its entities. The content of scripts and styles is such a text, too.
    Words(&'h str),
}

/// The tag that begins an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HtmlTag<'h> {
    /// The name as it was written.
    pub name: &'h str,
    /// Everything between the name and the `>`.
    pub inside: &'h str,
}

impl<'h> HtmlTag<'h> {
    /// Whether it is of this element, whose name is in small letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether the element has no content and no end.
    pub fn is_void(&self) -> bool {
        self.inside.ends_with('/') || VOID.iter().any(|name| self.is(name))
    }

    /// The ids under which links find the element.
    pub fn ids(&self) -> impl Iterator<Item = Cow<'h, str>> {
        // Most tags have none: to look for the name is cheaper than to read all attributes.
        let value = |name| self.inside.contains(name).then(|| self.attribute(name)).flatten();
        value("id").into_iter().chain(if self.is("a") { value("name") } else { None })
    }

    /// The value of an attribute with its entities undone; empty where it has none.
    pub fn attribute(&self, wanted: &str) -> Option<Cow<'h, str>> {
        let mut rest = self.inside;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // A `=` at the beginning belongs to the name.
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '/');
            let end = rest[first..].find(is_end).map_or(rest.len(), |at| first + at);
            let (name, behind) = rest.split_at(end);
            let value;
            (value, rest) = match behind.trim_start().strip_prefix('=').map(str::trim_start) {
                None => ("", behind),
                Some(written) => match written.chars().next() {
                    Some(quote @ ('"' | '\'')) => written[1..].split_once(quote).unwrap_or((&written[1..], "")),
                    _ => written.split_at(written.find(char::is_whitespace).unwrap_or(written.len())),
                },
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(value));
            }
        }
    }
}

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose content is no HTML.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// The pieces of some HTML in their order, without comments and declarations. What is cut off at the end is a text.
pub fn pieces(html: &str) -> HtmlPieces<'_> {
    HtmlPieces { rest: html, raw: None }
}

/// The pieces of some HTML.
pub struct HtmlPieces<'h> {
    rest: &'h str,
    /// The element whose content comes next, where that is no HTML.
    raw: Option<&'h str>,
}

impl<'h> Iterator for HtmlPieces<'h> {
    type Item = HtmlPiece<'h>;

    fn next(&mut self) -> Option<HtmlPiece<'h>> {
        loop {
            if let Some(name) = self.raw.take() {
                let end = raw_end(self.rest, name);
                if end > 0 {
                    return Some(self.words(end));
                }
            }
            let open = match self.rest.find('<') {
                Some(0) => 0,
                _ if self.rest.is_empty() => return None,
                open => return Some(self.words(open.unwrap_or(self.rest.len()))),
            };
            let inner = &self.rest[open + 1..];
            match inner.chars().next() {
                Some('!') if inner.starts_with("!--") => self.skip_to("-->"),
                Some('!' | '?') => self.skip_to(">"),
                Some('/') => {
                    let end = inner.find('>').unwrap_or(inner.len());
                    let name = inner[1..end].trim();
                    self.rest = inner.get(end + 1..).unwrap_or_default();
                    return Some(HtmlPiece::End(name));
                }
                Some(c) if c.is_ascii_alphabetic() => match tag(inner) {
                    Some((tag, rest)) => {
                        self.rest = rest;
                        self.raw = RAW.iter().any(|name| tag.is(name)).then_some(tag.name);
                        return Some(HtmlPiece::Begin(tag));
                    }
                    None => return Some(self.words(self.rest.len())),
                },
                _ => {
                    let next = inner.find('<').map_or(self.rest.len(), |at| at + 1);
                    return Some(self.words(next));
                }
            }
        }
    }
}

impl<'h> HtmlPieces<'h> {
    fn words(&mut self, length: usize) -> HtmlPiece<'h> {
        let (words, rest) = self.rest.split_at(length);
        self.rest = rest;
        HtmlPiece::Words(words)
    }

    fn skip_to(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }
}

/// A tag behind its `<`, and what follows it; none where it is cut off.
fn tag(inner: &str) -> Option<(HtmlTag<'_>, &str)> {
    let mut quote = None;
    let end = inner.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') if inner[..at].trim_end().ends_with('=') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        None
    })?;
    let name = inner[..end].find(|c: char| c.is_whitespace() || c == '/').unwrap_or(end);
    Some((HtmlTag { name: &inner[..name], inside: &inner[name..end] }, &inner[end + 1..]))
}

/// Where the content of an element ends that is no HTML.
fn raw_end(rest: &str, name: &str) -> usize {
    let is_end = |at: &usize| rest[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(rest.len())
}

/// Passes over elements with all that is in them.
#[derive(Default)]
struct PassedOver<'h> {
    /// The outermost element that is passed over, and in how many of its name the next piece lies.
    inside: Option<(&'h str, usize)>,
}

impl<'h> PassedOver<'h> {
    /// Whether a piece belongs to such an element. Has to see all pieces in their order.
    fn holds(&mut self, piece: &HtmlPiece<'h>, is_left_out: impl Fn(&HtmlTag<'h>) -> bool) -> bool {
        match (&mut self.inside, piece) {
            (Some((name, depth)), HtmlPiece::Begin(tag)) if tag.is(name) && !tag.is_void() => *depth += 1,
            (Some((name, depth)), HtmlPiece::End(end)) if end.eq_ignore_ascii_case(name) => {
                *depth -= 1;
                if *depth == 0 {
                    self.inside = None;
                }
            }
            (Some(_), _) => {}
            (None, HtmlPiece::Begin(tag)) if is_left_out(tag) => {
                self.inside = (!tag.is_void()).then_some((tag.name, 1));
            }
            (None, _) => return false,
        }
        true
    }
}

/// Elements that are not shown.
const HIDDEN: [&str; 5] = ["head", "script", "style", "svg", "template"];

fn is_hidden(tag: &HtmlTag<'_>) -> bool {
    HIDDEN.iter().any(|name| tag.is(name)) || tag.attribute("hidden").is_some()
}

/// Elements that stand within a line.
const INLINE: [&str; 33] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "output", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var", "wbr",
];

/// Whether an element stands within a line.
fn is_inline(name: &str) -> bool {
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// What a browser shows as one space. A space that does not break is none.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// A text with its entities undone, as far as they are numbers or common names.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let entity = behind.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest)));
        match entity {
            Some((character, behind)) => {
                out.push(character);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
        return char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}

/// The names that people write by hand.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("times", '×'),
    ("divide", '÷'),
    ("minus", '−'),
    ("plusmn", '±'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("deg", '°'),
    ("euro", '€'),
    ("pound", '£'),
    ("sect", '§'),
    ("check", '✓'),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let shown = |piece| match piece {
            HtmlPiece::Begin(tag) => format!("<{}|{}>", tag.name, tag.inside),
            HtmlPiece::End(name) => format!("</{name}>"),
            HtmlPiece::Words(words) => format!("[{words}]"),
        };
        pieces(html).map(shown).collect()
    }

    #[test]
    fn html_falls_into_tags_and_words() {
        assert_eq!(shown("<p class=\"a > b\">x &amp; y<br/></p>"), "<p| class=\"a > b\">[x &amp; y]<br|/></p>");
        assert_eq!(shown("<!doctype html><!-- <b> -->1 < 2"), "[1 ][< 2]");
        assert_eq!(shown("<script>if (a<b) '<i>'</SCRIPT>z"), "<script|>[if (a<b) '<i>']</SCRIPT>[z]");
    }

    #[test]
    fn what_is_cut_off_is_a_text() {
        for html in ["<a href=\"x", "<", "<p", "a<", "</", "<!--", "<!", "<script>", "&", "&#;", "<a b='", "é<ü>"] {
            let whole: usize =
                pieces(html).map(|piece| if let HtmlPiece::Words(words) = piece { words.len() } else { 0 }).sum();
            assert!(whole <= html.len(), "{html}");
        }
        assert_eq!(shown("<a href=\"x"), "[<a href=\"x]");
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let Some(HtmlPiece::Begin(tag)) = pieces("<img hidden alt='a &amp; b' SRC=x/y =z title=\"\" last>").next()
        else {
            panic!("no tag")
        };
        assert_eq!(tag.attribute("alt").as_deref(), Some("a & b"));
        assert_eq!(tag.attribute("src").as_deref(), Some("x/y"));
        assert_eq!(tag.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tag.attribute("last").as_deref(), Some(""));
        assert_eq!(tag.attribute("z"), None);
    }

    #[test]
    fn entities_are_undone() {
        assert_eq!(unescaped("a &amp;&lt;&#39;&#x2013;&nbsp;&unknown; & b"), "a &<'–\u{a0}&unknown; & b");
    }
}

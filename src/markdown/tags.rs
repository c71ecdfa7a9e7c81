//! The tags in a piece of raw HTML, with their attributes.

use std::ops::Range;

/// The beginning of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StartTag<'t> {
    /// Its name in small letters.
    pub name: String,
    /// From `<` to behind `>`.
    pub range: Range<usize>,
    /// Its attributes in their order.
    pub attributes: Vec<Attribute<'t>>,
}

/// An attribute of an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// Its name in small letters.
    pub name: String,
    /// Its value as it was written; empty where it has none.
    pub value: &'t str,
    /// Where the value begins.
    pub at: usize,
    /// From the space before it to behind its last quote.
    pub range: Range<usize>,
}

impl StartTag<'_> {
    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }
}

/// Elements whose content is no HTML.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// The end of an element.
pub(super) struct EndTag {
    /// Its name in small letters.
    pub name: String,
    /// From `<` to behind `>`.
    pub range: Range<usize>,
}

/// The beginnings of all elements. What is in comments, scripts and quotes is none; what is cut off ends the list.
pub(super) fn starts(html: &str) -> Vec<StartTag<'_>> {
    tags(html).0
}

/// The beginnings and the ends of all elements, each in order.
pub(super) fn tags(html: &str) -> (Vec<StartTag<'_>>, Vec<EndTag>) {
    let (mut found, mut ends, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[open + 1..];
        let behind = |end: &str| rest.find(end).map_or(html.len(), |at| open + 1 + at + end.len());
        at = match rest.chars().next() {
            Some('!') if rest.starts_with("!--") => behind("-->"),
            Some('!') if rest.starts_with("![CDATA[") => behind("]]>"),
            Some('!' | '?') => behind(">"),
            Some('/') => {
                let name = rest[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
                let end = behind(">");
                if !name.is_empty() && html[..end].ends_with('>') {
                    ends.push(EndTag { name: name.to_ascii_lowercase(), range: open..end });
                }
                end
            }
            Some(c) if c.is_ascii_alphabetic() => {
                let Some(start) = start(html, open) else { break };
                let mut end = start.range.end;
                if RAW.contains(&start.name.as_str()) {
                    end = raw_end(html, end, &start.name);
                }
                found.push(start);
                end
            }
            _ => open + 1,
        };
    }
    (found, ends)
}

/// Where an element ends whose content is no HTML; none where its end is not there.
pub(super) fn end_of_raw(html: &str, start: &StartTag<'_>) -> Option<usize> {
    let end = raw_end(html, start.range.end, &start.name);
    html[end..].find('>').map(|close| end + close + 1)
}

/// Where the text of an element ends whose content is no HTML.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let is_end = |at: &usize| html[at + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    let mut ends = html[from..].match_indices("</").map(|(at, _)| from + at);
    ends.find(is_end).unwrap_or(html.len())
}

fn start(html: &str, open: usize) -> Option<StartTag<'_>> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '>');
    let mut at = open + 1 + html[open + 1..].find(is_end)?;
    let name = html[open + 1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        let from = at;
        at += html[at..].find(|c: char| !c.is_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            return Some(StartTag { name, range: open..at + 1, attributes });
        }
        let attribute = attribute(html, from, at)?;
        at = attribute.range.end;
        attributes.push(attribute);
    }
}

fn attribute(html: &str, from: usize, begin: usize) -> Option<Attribute<'_>> {
    let first = html[begin..].chars().next()?.len_utf8(); // a `=` at the beginning belongs to the name
    let is_end = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    let end = begin + first + html[begin + first..].find(is_end)?;
    let name = html[begin..end].to_ascii_lowercase();
    let sign = end + html[end..].find(|c: char| !c.is_whitespace())?;
    if !html[sign..].starts_with('=') {
        return Some(Attribute { name, value: "", at: end, range: from..end });
    }
    let at = sign + 1 + html[sign + 1..].find(|c: char| !c.is_whitespace())?;
    let (at, length, quotes) = match html[at..].chars().next()? {
        quote @ ('"' | '\'') => (at + 1, html[at + 1..].find(quote)?, 1),
        _ => (at, html[at..].find(|c: char| c.is_whitespace() || c == '>')?, 0),
    };
    Some(Attribute { name, value: &html[at..at + length], at, range: from..at + length + quotes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> Vec<String> {
        let shown = |attribute: &Attribute<'_>| format!(" {}={}", attribute.name, attribute.value);
        let start = |start: &StartTag<'_>| start.name.clone() + &start.attributes.iter().map(shown).collect::<String>();
        starts(html).iter().map(start).collect()
    }

    #[test]
    fn elements_are_found_however_they_are_written() {
        assert_eq!(
            all("<a HREF = 'x>y' id=z>t</a><img\n src=\"a b\"\talt/><BR/><b>1 < 2</b>"),
            ["a href=x>y id=z", "img src=a b alt=", "br", "b"]
        );
    }

    #[test]
    fn comments_scripts_and_what_is_cut_off_hold_none() {
        assert_eq!(all("<!-- <a id=x> --><script>'<b>'</script><i>"), ["script", "i"]);
        for html in ["<a href=\"x", "<a", "<", "<a =", "</a id=x>", "<![CDATA[<b>]]>", "<?x <b> ?", "é<"] {
            assert!(all(html).len() < 2, "{html}");
        }
        assert_eq!(all("<p =x=1 é='ü'>"), ["p =x=1 é=ü"]);
    }
}

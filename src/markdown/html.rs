//! The ids in raw HTML: links may lead to them, and no heading gets the same.

use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::Writer;

impl Writer<'_> {
    /// Notes the ids in the raw HTML of a text.
    pub fn html_ids(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        for (event, _) in events {
            let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
            for id in ids(html) {
                self.ids.take(&id);
                self.out.body.anchors.push(id);
            }
        }
    }
}

/// The values of `id` in all elements of a piece of HTML, and of `name` in links.
fn ids(html: &str) -> Vec<String> {
    let tags = html.split('<').skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()));
    tags.filter_map(id_of).collect()
}

fn id_of(tag: &str) -> Option<String> {
    let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let is_link = tag[..name_end].eq_ignore_ascii_case("a");
    let mut rest = &tag[name_end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() {
            return None;
        }
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split_once(quote)?,
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        let is_id = name.eq_ignore_ascii_case("id") || is_link && name.eq_ignore_ascii_case("name");
        if is_id && !value.is_empty() {
            return Some(value.to_string());
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_however_they_are_written() {
        assert_eq!(ids("<a class=x id=\"one\"></a><h2 ID='two'>id=\"no\"</h2><a name=three>"), ["one", "two", "three"]);
        assert!(ids("</a id=\"x\"> text id=\"y\" <b>").is_empty());
    }
}

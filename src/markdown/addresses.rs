//! Addresses that stand bare in a text: they become links, as on GitHub.

use std::ops::Range;

use super::hidden::{is_wide_letter, is_wide_sign};
use super::unread_markup::is_mail;
use crate::signs;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BareAddress {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// The whole address.
    pub url: String,
    /// Whether it ends only because letters follow that no space parts from it. They may belong to it.
    pub is_cut: bool,
}

/// So far from a place an address is looked for, in bytes: a word may be as long as the text.
const LONGEST: usize = 2_000;

/// Whether a text can have any: most have none, and that is quick to see.
pub(super) fn possible(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains(WITHOUT_SCHEME)
}

/// The beginning of an address without a scheme.
const WITHOUT_SCHEME: &str = "www.";

/// Whether the parts of a text that have neither a colon nor an `@` can have any. Signs may be written as entities.
pub(super) fn possible_in_plain(text: &str) -> bool {
    signs::has(text, WITHOUT_SCHEME) || signs::has(text, "&")
}

/// The addresses in a text, in order.
pub(super) fn addresses(text: &str) -> Vec<BareAddress> {
    let mut found: Vec<BareAddress> = Vec::new();
    let mut at = 0;
    while let Some((word, begin)) = next_word(text, at) {
        at = begin + word.len();
        found.extend(address(word).map(|(range, url)| {
            // `/wiki/` is no whole path, while a particle may follow the name of a host or of a file.
            let below =
                url.split_once("://").is_some_and(|(_, rest)| rest.matches('/').count() > 1 && rest.ends_with('/'));
            let is_cut = below && word[range.end..].starts_with(is_wide_letter);
            BareAddress { range: begin + range.start..begin + range.end, url, is_cut }
        }));
    }
    found
}

/// Whether a bare address goes on at a place of a text.
pub(super) fn is_inside(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST))..at];
    let begin = before.rfind(|c: char| c.is_whitespace() || c == '<').map_or(0, |end| end + 1);
    let begin = before.ceil_char_boundary(begin);
    if !before[begin..].contains("://") && !before[begin..].contains("www.") {
        return false;
    }
    let begin = at - before.len() + begin;
    let end = text.ceil_char_boundary((at + LONGEST).min(text.len()));
    let address = addresses(&text[begin..end]).into_iter().next().map(|bare| bare.range);
    // What stands behind the end of a sentence or bracket is no part of it.
    let goes_on = |address: &Range<usize>| ended(&text[begin + address.start..at]) == at - begin - address.start;
    address.is_some_and(|address| address.contains(&(at - begin)) && goes_on(&address))
}

/// The next piece of a text without spaces, and where it begins.
fn next_word(text: &str, from: usize) -> Option<(&str, usize)> {
    let rest = &text[from..];
    let begin = from + rest.find(|c: char| !c.is_whitespace() && c != '<')?;
    let rest = &text[begin..];
    let end = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    Some((&rest[..end], begin))
}

/// The address in a word. It may stand behind what opens brackets and quotes, or behind letters without spaces.
fn address(word: &str) -> Option<(Range<usize>, String)> {
    let lower = word.to_ascii_lowercase();
    let web = ["https://", "http://", "www."].iter().filter_map(|start| find(&lower, start)).min();
    let Some(begin) = web else { return mail(word) };
    let end = begin + ended(&word[begin..]);
    let url = &word[begin..end];
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let valid = host.contains('.') || host == "localhost";
    let valid = valid && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    let valid = valid && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let whole = if url.contains("://") { url.to_string() } else { format!("http://{url}") };
    (valid && !host.trim_start_matches("www.").is_empty()).then_some((begin..end, whole))
}

fn find(word: &str, start: &str) -> Option<usize> {
    let begins = |at: &usize| {
        let before = word[..*at].chars().next_back();
        before.is_none_or(|c| {
            !c.is_alphanumeric() && !matches!(c, '/' | '.' | '-' | '_' | '@' | ':' | '=') || !c.is_ascii()
        })
    };
    word.match_indices(start).map(|(at, _)| at).find(begins)
}

/// Where an address ends: signs at its end belong to the sentence, and so does a bracket that it does not open.
fn ended(url: &str) -> usize {
    let wide = |c: char| is_wide_sign(c) || is_wide_letter(c) || matches!(c, '“' | '”' | '»' | '«');
    let mut url = &url[..url.find(wide).unwrap_or(url.len())];
    loop {
        let rest = url.trim_end_matches([
            '?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"', '’', '‘', '…', '|', ']', '}', '>',
        ]);
        let open = rest.matches('(').count();
        let rest = match rest.strip_suffix(')') {
            Some(less) if rest.matches(')').count() > open => less,
            _ => rest,
        };
        if rest.len() == url.len() {
            return url.len();
        }
        url = rest;
    }
}

fn mail(word: &str) -> Option<(Range<usize>, String)> {
    let at = word.find('@')?;
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let begin =
        word[..at].rfind(|c| !local(c)).map_or(0, |end| end + word[end..].chars().next().map_or(1, char::len_utf8));
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let end = word[at + 1..].find(|c| !host(c)).map_or(word.len(), |end| at + 1 + end);
    let end = at + 1 + word[at + 1..end].trim_end_matches(['.', '-']).len();
    let (address, before) = (&word[begin..end], word[..begin].chars().next_back());
    let scheme = begin.saturating_sub("mailto:".len());
    if word.get(scheme..begin).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"))
        && !word[..scheme].ends_with(char::is_alphanumeric)
        && is_mail(address)
    {
        return Some((scheme..end, format!("mailto:{address}")));
    }
    let free = before.is_none_or(|c| !matches!(c, '/' | ':' | '[' | '@')) && !word[end..].starts_with(['@', '/']);
    (free && is_mail(address)).then(|| (begin..end, format!("mailto:{address}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|bare| &text[bare.range]).collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        assert_eq!(
            all("See https://a.example/b_c, (http://a.example/(b)) and www.a.example."),
            ["https://a.example/b_c", "http://a.example/(b)", "www.a.example"]
        );
        assert_eq!(all("请看https://a.example/路，谢谢 me@a.example, x"), ["https://a.example/", "me@a.example"]);
    }

    #[test]
    fn a_place_is_inside_an_address_or_not() {
        for (text, inside) in [
            ("https://a.example/a%%b%%c", true),
            ("(www.a.example/%%b)", true),
            ("https://a.example/ %%b%%", false),
            ("(https://a.example/)%%b%%", false),
            ("<b>https://a.example/</b>%%b%%", false),
            ("a://%%b%%", false),
            ("ä%%b%%", false),
        ] {
            assert_eq!(is_inside(text, text.find("%%").unwrap()), inside, "{text}");
        }
    }

    #[test]
    fn schemes_may_be_typed_in_capitals() {
        assert_eq!(
            all("HTTPS://A.EXAMPLE/B, WWW.a.example, Http://localhost:3000/x and (mailto:me@a.example)"),
            ["HTTPS://A.EXAMPLE/B", "WWW.a.example", "Http://localhost:3000/x", "mailto:me@a.example"]
        );
    }

    #[test]
    fn what_is_no_address_is_left_alone() {
        for text in [
            "https:// x",
            "http://.",
            "www.",
            "a.www.b.example",
            "me@home",
            "user:x@a.example",
            "git@a.example:b",
            "@a.example",
        ] {
            let found = all(text);
            assert!(found.is_empty() || text.starts_with("git@"), "{text}: {found:?}");
        }
    }
}

//! `_headers`: what hosts may keep for ever.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::source::{AssetBytes, AssetFile};
use crate::span::Place;
use crate::url::{BaseUrl, encode_path};

/// The files of the search index, whose names follow from their bytes, all but the first.
const INDEX: &str = "/search-index/";

/// The rules for files that carry a piece of their hash, after those that the site has itself. None where there are neither.
pub fn headers(files: &[AssetFile], search_index: bool, base_url: &BaseUrl) -> Option<Vec<u8>> {
    let own = own(files).map(|(_, text)| text);
    let hashed: Vec<&str> = files.iter().filter(|file| file.plain.is_some()).map(|file| file.url.as_str()).collect();
    if own.is_none() && hashed.is_empty() && !search_index {
        return None;
    }
    let mut text = own.unwrap_or_default();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let mut rule = |path: &str, value: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{path}\n  ! Cache-Control\n  Cache-Control: {value}\n"));
    };
    for url in hashed {
        rule(&base_url.rooted(&encode_path(url)), "public, max-age=31536000, immutable");
    }
    if search_index {
        rule(&base_url.rooted(&format!("{INDEX}*")), "public, max-age=31536000, immutable");
        rule(&base_url.rooted(&format!("{INDEX}index.json")), "no-cache");
    }
    Some(text.into_bytes())
}

/// How long browsers may keep what is at an address, as a finished `_headers` says. None where it says nothing of it.
pub fn cache_rule(text: &str, address: &str) -> Option<String> {
    let rules = rules(text).into_iter().filter(|rule| matches(rule.path, address));
    rules.filter_map(|rule| rule.kept).next_back().map(str::to_string)
}

/// Warns of rules in the site's own `_headers` that let hosts keep files for ever whose names do not change with them.
pub(super) fn check(files: &[AssetFile], base_url: &BaseUrl) -> Vec<Diagnostic> {
    let Some((file, text)) = own(files) else { return Vec::new() };
    let rules = rules(&text);
    // Pages never carry a hash. What comes with the program is not what the rule was written for.
    let is_meant =
        |file: &&AssetFile| file.plain.is_none() && file.url != "/_headers" && !file.path.starts_with("theme/");
    let kept = files.iter().filter(is_meant).map(|file| file.url.clone());
    let addresses: Vec<String> = kept.chain(["/".to_string()]).map(|url| base_url.rooted(&encode_path(&url))).collect();
    let deciding =
        |address: &String| rules.iter().rposition(|rule| rule.immutable.is_some() && matches(rule.path, address));
    let mut problems = Vec::new();
    for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.immutable == Some(true)) {
        let wrong: Vec<&String> = addresses.iter().filter(|address| deciding(address) == Some(number)).collect();
        let Some(first) = wrong.first() else { continue };
        let more = if wrong.len() > 1 { format!(" and {} more", wrong.len() - 1) } else { String::new() };
        let message =
            format!("`{first}`{more} may be kept for ever by this rule, but the name does not change with the file");
        problems.push(
            Diagnostic::new(Code::HeadersImmutable, Place::new(&file.path, rule.range.clone()), message)
                .help("remove the rule: limber adds one for each file whose name carries a hash"),
        );
    }
    problems
}

fn own(files: &[AssetFile]) -> Option<(&AssetFile, String)> {
    let file = files.iter().find(|file| file.url == "/_headers")?;
    let AssetBytes::Memory(bytes) = &file.bytes else { return None };
    Some((file, String::from_utf8_lossy(bytes).into_owned()))
}

struct HeaderRule<'a> {
    path: &'a str,
    range: std::ops::Range<usize>,
    /// Whether files may be kept for ever; nothing where the rule says nothing of keeping.
    immutable: Option<bool>,
    /// What `Cache-Control` says.
    kept: Option<&'a str>,
}

/// The rules: a path at the beginning of a line, and below it the headers, further in.
fn rules(text: &str) -> Vec<HeaderRule<'_>> {
    let mut rules: Vec<HeaderRule<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let is_header = content.starts_with([' ', '\t']);
        if !content.trim_start().starts_with('#') && !content.is_empty() {
            if !is_header {
                rules.push(HeaderRule { path: content, range: at..at + content.len(), immutable: None, kept: None });
            } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), content.split_once(':'))
                && name.trim().eq_ignore_ascii_case("cache-control")
            {
                rule.kept = Some(value.trim());
                rule.immutable = Some(value.to_ascii_lowercase().contains("immutable"));
            }
        }
        at += line.len();
    }
    rules
}

/// Whether a path of a rule means an address: `*` is anything, `:name` one part. A rule may begin with a host.
pub(super) fn matches(pattern: &str, address: &str) -> bool {
    let pattern = pattern.split_once("://").map_or(pattern, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    fn fits(pattern: &str, address: &str) -> bool {
        let mut signs = pattern.chars();
        match signs.next() {
            None => address.is_empty(),
            Some('*') => {
                let ends = address.char_indices().map(|(at, _)| at).chain([address.len()]);
                let rest = signs.as_str();
                ends.into_iter().any(|at| fits(rest, &address[at..]))
            }
            Some(':') => {
                let rest = signs.as_str().trim_start_matches(|sign: char| sign.is_alphanumeric() || sign == '_');
                let part = address.find('/').unwrap_or(address.len());
                part > 0 && fits(rest, &address[part..])
            }
            Some(sign) => address.strip_prefix(sign).is_some_and(|address| fits(signs.as_str(), address)),
        }
    }
    fits(pattern, address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_rules_the_last_one_says_how_long_a_file_is_kept() {
        let text = "/*\n  X-Frame-Options: DENY\n  Cache-Control: no-cache\n\n/a.1.css\n  ! Cache-Control\n  Cache-Control: public, max-age=1\n";
        assert_eq!(cache_rule(text, "/a.1.css").as_deref(), Some("public, max-age=1"));
        assert_eq!(cache_rule(text, "/b/").as_deref(), Some("no-cache"));
        assert_eq!(cache_rule("/a\n  X: y\n", "/a"), None);
    }
}

//! Addresses: slugs, URL patterns, the base URL. A URL is a function of kind and slug, and of what the kind's pattern names
//! besides; only this file makes one.

mod pattern;

pub use pattern::{AddressParts, UrlPattern};

use deunicode::deunicode_with_tofu;
use unicode_normalization::UnicodeNormalization;

/// Where the site will live: `https://host/sub/` is the origin `https://host` and the base path `/sub/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// The path of the home page: begins and ends with a slash.
    pub path: String,
}

impl BaseUrl {
    /// Reads an `http` or `https` address without query and fragment.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("`{text}` is no base URL: {why}"));
        let Some((scheme, rest)) = text.split_once("://") else {
            return wrong("it has to begin with `https://` or `http://`");
        };
        if scheme != "https" && scheme != "http" {
            return wrong("it has to begin with `https://` or `http://`");
        }
        if rest.contains(['?', '#', '\\', '"', '<', '>', ' ']) || rest.chars().any(char::is_control) {
            return wrong("it may not have a query, a fragment, spaces or quotes");
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.contains('@') {
            return wrong("it has no host");
        }
        if path.split('/').any(|part| part == ".." || part == ".") {
            return wrong("its path may not contain `..`");
        }
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_string() } else { format!("/{path}/") };
        Ok(Self { origin: format!("{scheme}://{host}"), path })
    }

    /// The address of a site URL below the host: `/body/corm/` on `https://host/sub/` is `/sub/body/corm/`.
    pub fn rooted(&self, url: &str) -> String {
        [&self.path, url.trim_start_matches('/')].concat()
    }

    /// The whole address of a site URL.
    pub fn absolute(&self, url: &str) -> String {
        [&self.origin, &*self.path, url.trim_start_matches('/')].concat()
    }
}

/// Checks an absolute path of the site: `/a-z/`, `/404.html`. Refuses whatever could leave the output folder.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn site_url(url: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("`{url}` is no address of the site: {why}"));
    let Some(path) = url.strip_prefix('/') else { return wrong("it has to begin with a slash") };
    if url.contains("//") {
        return wrong("it contains two slashes in a row");
    }
    if url.chars().any(|c| c.is_control() || "\\?#%:*\"<>| ".contains(c)) {
        return wrong("it contains a character that not every host can serve");
    }
    if path.split('/').any(|part| part == "." || part == ".." || part.starts_with(".limber")) {
        return wrong("it leaves the site");
    }
    if path.split('/').any(|part| part.len() > 200) {
        return wrong("a part of it is longer than 200 bytes");
    }
    Ok(())
}

/// The file that serves a URL: `/a-z/` is `a-z/index.html`, `/404.html` is `404.html`.
pub fn output_path(url: &str) -> String {
    let path = url.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() }
}

/// A name as part of a URL: ASCII letters, digits and single hyphens. Empty when nothing of the name can be kept.
pub fn slug(name: &str) -> String {
    if !name.is_ascii() {
        let composed: String = name.nfc().collect();
        return slug(&deunicode_with_tofu(&composed, ""));
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\'' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The slug of a name that a file or an item of a data file may have, without its ending and its folders.
///
/// # Errors
/// A sentence that says why no entry can be called so.
pub fn slug_of_name(name: &str) -> Result<String, String> {
    let slug = slug(name);
    let refused = |why: &str| Err(why.to_string());
    if slug.is_empty() {
        return refused("no letter or digit of it can stand in an address");
    }
    if name.contains(['/', '\\']) {
        return refused("its folders are no part of it, so it has no slash");
    }
    if name.contains(['|', '#', '^', '[', ']', '<', '>', ':', '"', '*', '?']) || name.chars().any(char::is_control) {
        return refused("links and file names cannot have all of its signs");
    }
    if name.trim() != name || name.starts_with('.') || slug == "index" {
        return refused("such a file would mean something else");
    }
    Ok(slug)
}

/// A name as part of a URL as it was typed: letters of ASCII in either case, digits, hyphens, underscores and dots stay.
pub fn typed_slug(name: &str) -> String {
    let stays = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.chars().all(stays) && !name.starts_with('.') {
        return name.to_string();
    }
    let words = name.split(|c: char| !stays(c) && c.is_ascii()).map(|word| match word.is_ascii() {
        true => word.trim_matches('.').to_string(),
        false => slug(word),
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// A text in the composed Unicode form (NFC), in which an accented letter is one character: files of some systems and texts
/// of some editors have the other one.
pub fn composed(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || unicode_normalization::is_nfc(text) {
        return text.into();
    }
    text.nfc().collect::<String>().into()
}

/// A text in the decomposed Unicode form (NFD).
pub fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// The id of a heading as GitHub makes it, so that links to it work in both places: in small letters, without signs, with a
/// hyphen for each space.
pub fn heading_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' => id.push('-'),
            '-' | '_' => id.push(c),
            c if c.is_alphanumeric() || is_mark(c) => id.extend(c.to_lowercase()),
            _ => {}
        }
    }
    id
}

/// Whether a character is an accent or vowel sign that combines with the one before it.
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Percent-encodes what may not stand in a path, for links to files with spaces or other letters in their names.
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Undoes percent-encoding; `None` where the result is not UTF-8 or an escape is broken.
pub fn decode_path(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_string());
    }
    let (mut out, mut bytes) = (Vec::with_capacity(path.len()), path.bytes());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_has_an_origin_and_a_path() {
        let base = BaseUrl::parse("https://host/sub").unwrap();
        assert_eq!(base.rooted("/body/corm/"), "/sub/body/corm/");
        assert_eq!(base.absolute("/"), "https://host/sub/");
        assert!(BaseUrl::parse("ftp://host/").is_err());
        assert!(BaseUrl::parse("https:///x").is_err());
        assert!(BaseUrl::parse("https://host/../x").is_err());
    }

    #[test]
    fn nothing_leaves_the_site() {
        for wrong in ["a/", "/../a/", "/a/../../b/", "//host/", "/a\\b/", "/a%2e%2e/", "/a\0/", "/a?b", "/.limber/"] {
            assert!(site_url(wrong).is_err(), "{wrong}");
        }
        assert!(site_url("/when/late-june/").is_ok());
    }

    #[test]
    fn names_become_slugs() {
        assert_eq!(slug("Walker's Kale (PFPS)"), "walkers-kale-pfps");
        assert_eq!(slug("Ünter  Öl"), "unter-ol");
        assert_eq!(slug("🦵"), "leg");
        assert_eq!(slug("---"), "");
    }

    #[test]
    fn paths_survive_encoding() {
        assert_eq!(decode_path(&encode_path("a b/ö.png")).unwrap(), "a b/ö.png");
        assert_eq!(decode_path("%zz"), None);
    }
}

//! Addresses: slugs, URL patterns, the base URL. A URL is a function of kind and slug, and of what the kind's pattern names
//! besides; only this file makes one.

mod pattern;

pub use pattern::{AddressParts, UrlPattern};

use ::url::Url;
use deunicode::deunicode_with_tofu;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// Where the site will live: `https://host/sub/` is the origin `https://host` and the base path `/sub/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// The path of the home page: begins and ends with a slash.
    pub path: String,
}

/// The origin of a site that does not say where it lives.
const LOCAL: &str = "http://localhost";

impl BaseUrl {
    /// Reads an `http` or `https` address without query and fragment.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: &str| format!("`{text}` is no base URL: {why}");
        if !text.starts_with("https://") && !text.starts_with("http://") {
            return Err(wrong("it has to begin with `https://` or `http://`"));
        }
        // What a parser of addresses would put right in silence.
        if text.contains(['?', '#', '\\', '"', '<', '>', ' ']) || text.chars().any(char::is_control) {
            return Err(wrong("it may not have a query, a fragment, spaces or quotes"));
        }
        if text.split('/').any(|part| part == ".." || part == ".") {
            return Err(wrong("its path may not contain `..`"));
        }
        if text.contains(":///") {
            return Err(wrong("it has no host"));
        }
        let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it may not name a user"));
        }
        let path = url.path().trim_matches('/');
        let path = if path.is_empty() { "/".to_string() } else { format!("/{path}/") };
        Ok(Self { origin: url.origin().ascii_serialization(), path })
    }

    /// The base URL that is nearest to what was typed for one, as it is written.
    pub fn meant(typed: &str) -> String {
        let (scheme, rest) = typed.trim().split_once(':').unwrap_or(("https", typed.trim()));
        let (scheme, rest) = match scheme.to_ascii_lowercase().as_str() {
            "http" => ("http", rest),
            "https" => ("https", rest),
            // What stands before a port is the host.
            _ => ("https", typed.trim()),
        };
        let rest = rest.replace('\\', "/");
        let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.rsplit('@').next().unwrap_or(host);
        let path = site_url_meant(&format!("/{path}/")).unwrap_or_else(|| "/".into());
        let url = format!("{scheme}://{host}{path}");
        if Self::parse(&url).is_ok() { url } else { "https://example.org/".into() }
    }

    /// What is wrong with publishing a site at this address: nobody's site has the one with which every new site begins.
    pub fn unpublished(&self) -> Option<&'static str> {
        match self.origin.as_str() {
            "https://example.org" => {
                Some("`base_url` in site.yaml is still `https://example.org/`, with which every site begins")
            }
            LOCAL => Some("site.yaml does not say where the site will live"),
            _ => None,
        }
    }

    /// Where a site lives that does not say so: on this machine.
    pub fn local() -> Self {
        Self { origin: LOCAL.into(), path: "/".into() }
    }

    /// Whether it is there.
    pub fn is_local(&self) -> bool {
        self.origin == LOCAL
    }

    /// The address of a site URL below the host: `/body/corm/` on `https://host/sub/` is `/sub/body/corm/`, and what lies above
    /// the site, `/../corm/`, is `/corm/`.
    pub fn rooted(&self, url: &str) -> String {
        let (mut base, mut rest) = (self.path.as_str(), url.trim_start_matches('/'));
        while let Some(above) = rest.strip_prefix("../") {
            base = base.trim_end_matches('/').rsplit_once('/').map_or("", |(base, _)| base);
            base = &self.path[..=base.len()];
            rest = above;
        }
        [base, rest].concat()
    }

    /// The whole address of a site URL.
    pub fn absolute(&self, url: &str) -> String {
        [&*self.origin, &self.rooted(url)].concat()
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
    if url.chars().any(|c| c.is_control() || OUT_OF_ADDRESSES.contains(c)) {
        return wrong("it contains a character that not every host can serve");
    }
    if path.split('/').any(leaves) {
        return wrong("it leaves the site");
    }
    if path.split('/').any(|part| part.len() > LONGEST_PART) {
        return wrong("a part of it is longer than 200 bytes");
    }
    Ok(())
}

/// Characters that not every host can serve.
const OUT_OF_ADDRESSES: &str = "\\?#%:*\"<>| ";

/// Longest part of an address between slashes, in bytes.
const LONGEST_PART: usize = 200;

/// Whether a part of an address leads out of the site, or to what the program keeps.
fn leaves(part: &str) -> bool {
    part == "." || part == ".." || part.starts_with(".limber")
}

/// The address of the site that is nearest to what was typed for one; none where nothing of it can stand in one.
pub fn site_url_meant(typed: &str) -> Option<String> {
    let typed = typed.trim().replace('\\', "/");
    // Of a whole address the path is that of the site.
    let path = match typed.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => &typed,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = decode_path(path).unwrap_or_else(|| path.to_string());
    let fits = |c: char| !c.is_control() && !OUT_OF_ADDRESSES.contains(c);
    let parts = path.split('/').map(|part| {
        let words: Vec<&str> = part.split(|c| !fits(c)).filter(|word| !word.is_empty()).collect();
        let part = words.join("-");
        let end = (0..=LONGEST_PART.min(part.len())).rev().find(|at| part.is_char_boundary(*at)).unwrap_or_default();
        part[..end].to_string()
    });
    let parts: Vec<String> = parts.filter(|part| !leaves(part) && !part.is_empty()).collect();
    let end = if path.ends_with('/') || !parts.last().is_some_and(|name| name.contains('.')) { "/" } else { "" };
    let url = format!("/{}{end}", parts.join("/"));
    Some(url).filter(|_| !parts.is_empty())
}

/// The other addresses that one may mean, the likeliest first: with the slash at its end, or as the tool wrote it that made the
/// site before: `/notes/a.html`, `/notes/a/index.html`, `/notes/a.md`, `/notes/A_b/`; and where pages are files, as a folder.
pub fn other_forms(url: &str) -> impl Iterator<Item = String> {
    let stem = [".html", ".htm", ".md"].iter().find_map(|end| url.strip_suffix(end)).unwrap_or(url);
    let folder = ["/index", "/_index"].iter().find_map(|name| stem.strip_suffix(name)).unwrap_or(stem);
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let as_slugs = folder.split('/').map(slug).collect::<Vec<_>>().join("/");
    let as_file = format!("{}.html", folder.trim_end_matches('/'));
    let url = url.to_string();
    [folder, as_slugs, as_file].into_iter().filter(move |form| *form != url)
}

/// An old address as a page has it: that of a folder ends in a slash.
pub fn with_slash(from: &str) -> String {
    // What ends in a number is a version: `/docs/v1.2`.
    let is_file = from.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    let is_file = is_file.is_some_and(|(_, end)| !end.is_empty() && !end.chars().all(|c| c.is_ascii_digit()));
    if from.ends_with('/') || is_file { from.to_string() } else { format!("{from}/") }
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

/// A name without the number that stands before it and gives its order: `01-soups` and `1. Soups`, but no date, no version, and
/// nothing where only a number is there.
pub fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let signs = rest.trim_start();
    let own = signs.trim_start_matches(['-', '_', '.']);
    let is_number = rest.len() < name.len() && own.len() < signs.len();
    let is_date =
        signs.len() == rest.len() && own.len() + 1 == signs.len() && own.starts_with(|c: char| c.is_ascii_digit());
    let own = own.trim_start();
    if !is_number || is_date || own.is_empty() || own.starts_with(['-', '_', '.']) { name } else { own }
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

/// All but what RFC 3986 calls unreserved, and slashes.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// Percent-encodes what may not stand in a path, for links to files with spaces or other letters in their names.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATHS).to_string()
}

/// Undoes percent-encoding; `None` where the result is not UTF-8 or an escape is broken.
pub fn decode_path(path: &str) -> Option<String> {
    let digits =
        |at: usize| path.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let whole = path.match_indices('%').all(|(at, _)| digits(at));
    if whole { percent_decode_str(path).decode_utf8().ok().map(Into::into) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_names_are_none_of_dates_and_versions() {
        let read = ["01-soups", "2_leek", "3 - beet", "1. Soups", "10--x"].map(unnumbered);
        assert_eq!(read, ["soups", "leek", "beet", "Soups", "x"]);
        for name in ["2024-05-06-trip", "1.2-new", "01", "7up", "a-01", "1-", "", "4_"] {
            assert_eq!(unnumbered(name), name);
        }
    }

    #[test]
    fn a_base_url_has_an_origin_and_a_path() {
        let base = BaseUrl::parse("https://host/sub").unwrap();
        assert_eq!(base.rooted("/body/corm/"), "/sub/body/corm/");
        assert_eq!([base.rooted("/../corm/"), base.rooted("/../../corm/")], ["/corm/", "/corm/"]);
        assert_eq!(base.absolute("/../corm/#a"), "https://host/corm/#a");
        assert_eq!(base.absolute("/"), "https://host/sub/");
        assert!(BaseUrl::parse("ftp://host/").is_err());
        assert!(BaseUrl::parse("https:///x").is_err());
        assert!(BaseUrl::parse("https://host/../x").is_err());
        for user in ["https://user@host/", "https://user:word@host/", "https://:word@host/"] {
            assert!(BaseUrl::parse(user).is_err(), "{user}");
        }
        for more in ["?q", "#part", "a b", "\u{7}", "a\\b", "a\"b", "<a>", "./a"] {
            assert!(BaseUrl::parse(&format!("https://host/{more}")).is_err(), "{more}");
        }
        for none in ["https://ho%st/", "https://host:x/", "https://[::1/", "https://"] {
            assert!(BaseUrl::parse(none).is_err(), "{none}");
        }
        assert_eq!(
            BaseUrl::parse("https://Öl.example:443/ä").unwrap().absolute("/"),
            "https://xn--l-0ga.example/%C3%A4/"
        );
    }

    #[test]
    fn nothing_leaves_the_site() {
        for wrong in ["a/", "/../a/", "/a/../../b/", "//host/", "/a\\b/", "/a%2e%2e/", "/a\0/", "/a?b", "/.limber/"] {
            assert!(site_url(wrong).is_err(), "{wrong}");
        }
        assert!(site_url("/when/late-june/").is_ok());
        assert!(site_url(&format!("/{}/", "a".repeat(200))).is_ok());
        assert!(site_url(&format!("/{}/", "a".repeat(201))).is_err());
    }

    #[test]
    fn what_is_meant_by_a_wrong_address_is_one_of_the_site() {
        for (typed, meant) in [
            ("guides", "/guides/"),
            ("/guides//start", "/guides/start/"),
            ("https://host.example/a/b.html?q#x", "/a/b.html"),
            ("a b/%C3%BC?q", "/a-b/ü/"),
            ("/../a/./.limber/b", "/a/b/"),
            ("a\\b", "/a/b/"),
        ] {
            assert_eq!(site_url_meant(typed).as_deref(), Some(meant), "{typed}");
            assert!(site_url(meant).is_ok(), "{meant}");
        }
        for nothing in ["", "/", "?q", "#x", "..", "https://host.example", "*"] {
            assert_eq!(site_url_meant(nothing), None, "{nothing}");
        }
        assert_eq!(site_url_meant(&"ü".repeat(150)).map(|url| url.len()), Some(202));
        for (typed, meant) in [
            ("example.org", "https://example.org/"),
            ("http:host.example/a b", "http://host.example/a-b/"),
            ("//me@host.example:8/?q", "https://host.example:8/"),
            ("host.example:8000/x", "https://host.example:8000/x/"),
            ("?", "https://example.org/"),
        ] {
            assert_eq!(BaseUrl::meant(typed), meant, "{typed}");
        }
    }

    #[test]
    fn old_addresses_are_folders_unless_they_end_as_files_do() {
        let read = ["/a", "/a/", "/a.html", "/docs/v1.2", "/a.b/c", "/feed.xml"].map(with_slash);
        assert_eq!(read, ["/a/", "/a/", "/a.html", "/docs/v1.2/", "/a.b/c/", "/feed.xml"]);
        let forms: Vec<String> = other_forms("/notes/A_b.html").collect();
        assert_eq!(forms, ["/notes/A_b/", "/notes/a-b/"]);
    }

    #[test]
    fn names_become_slugs() {
        assert_eq!(slug("Walker's Kale (PFPS)"), "walkers-kale-pfps");
        assert_eq!(slug("Ünter  Öl"), "unter-ol");
        assert_eq!(slug("🦵"), "leg");
        assert_eq!(slug("---"), "");
    }

    #[test]
    fn headings_have_the_ids_that_github_gives_them() {
        assert_eq!(heading_id(" A-b_c  d! "), "a-b_c--d");
        assert_eq!(heading_id("Über Öl (2)"), "über-öl-2");
        assert_eq!(heading_id("e\u{301}te"), "e\u{301}te");
    }

    #[test]
    fn not_every_name_can_be_that_of_a_file() {
        assert_eq!(slug_of_name("Long run (2)"), Ok("long-run-2".to_string()));
        for wrong in ["", "?", "a/b", "a\\b", "a|b", "a\u{7}", " a", "a ", ".a", "index", "Index"] {
            assert!(slug_of_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_may_stay_as_they_were_typed() {
        assert_eq!(typed_slug("C_d-1.2"), "C_d-1.2");
        assert_eq!(typed_slug("v1."), "v1.");
        assert_eq!(typed_slug(".hidden"), "hidden");
        assert_eq!(typed_slug("Long  run, part 2"), "Long-run-part-2");
        assert_eq!(typed_slug("a. Öl B"), "a-ol-B");
        assert_eq!(typed_slug("(?)"), "");
    }

    #[test]
    fn paths_survive_encoding() {
        assert_eq!(decode_path(&encode_path("a b/ö.png")).unwrap(), "a b/ö.png");
        for broken in ["%zz", "%+5", "%", "a%2", "%ff"] {
            assert_eq!(decode_path(broken), None, "{broken}");
        }
    }
}

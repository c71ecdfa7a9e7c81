//! Patterns for paths of the project (`blog/**`, `**/*.mdx`) and for addresses on other sites, and regular expressions of other
//! tools. The only file that names `globset` and `regex-automata`.

use globset::{GlobBuilder, GlobMatcher};
use regex_automata::meta::Regex;

/// A pattern for paths: `*` stands for anything in one name, `**` for any folders.
#[derive(Clone, Debug)]
pub enum Glob {
    /// A path without such signs: of thousands of them, none has to be compiled.
    Path(String),
    /// Any other pattern.
    Pattern(GlobMatcher),
}

/// Signs that stand for others.
const SIGNS: [char; 7] = ['*', '?', '[', ']', '{', '}', '\\'];

impl Glob {
    /// Reads a pattern. One that ends in a slash is all of that folder.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let folder = text.trim_start_matches("./");
        if !folder.is_empty() && !folder.ends_with('/') && !folder.contains(SIGNS) {
            return Ok(Self::Path(folder.into()));
        }
        let pattern = if folder.ends_with('/') { format!("{folder}**") } else { folder.to_string() };
        match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) if !folder.is_empty() => Ok(Self::Pattern(glob.compile_matcher())),
            Ok(_) => Err("an empty pattern fits no file".into()),
            Err(error) => Err(format!("`{text}` is no pattern for paths: {}", error.kind())),
        }
    }

    /// Whether a path of the project, or a name, fits.
    pub fn fits(&self, path: &str) -> bool {
        match self {
            Self::Path(own) => own == path,
            Self::Pattern(pattern) => pattern.is_match(path),
        }
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(own), Self::Path(other)) => own == other,
            (Self::Pattern(own), Self::Pattern(other)) => own.glob() == other.glob(),
            (Self::Path(_), Self::Pattern(_)) | (Self::Pattern(_), Self::Path(_)) => false,
        }
    }
}

impl Eq for Glob {}

/// A regular expression for any part of a path.
pub struct Expression(Regex);

impl Expression {
    /// Reads an expression; none where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        Regex::new(text).ok().map(Self)
    }

    /// Whether a part of a path fits.
    pub fn fits(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

/// A pattern for addresses on other sites: a host (`*.example.org`), or a host with a path (`https://example.org/forum/**`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressGlob {
    text: String,
    glob: Glob,
    with_path: bool,
}

impl AddressGlob {
    /// Reads a pattern. Whether it begins with `http:` or `https:` makes no difference.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let pattern = match text.split_once("://") {
            Some(("http" | "https" | "*", rest)) => rest,
            Some((scheme, _)) => return Err(format!("links with `{scheme}:` are never asked")),
            None => text,
        };
        let (host, path) = pattern.split_once('/').map_or((pattern, None), |(host, path)| (host, Some(path)));
        if host.is_empty() || host.chars().any(char::is_whitespace) {
            return Err(format!("`{text}` names no host"));
        }
        let host = host.to_lowercase();
        let pattern = path.map_or_else(|| host.clone(), |path| format!("{host}/{path}"));
        Ok(Self { text: text.to_string(), glob: Glob::parse(&pattern)?, with_path: path.is_some() })
    }

    /// The pattern as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether an address, as a page links to it, fits.
    pub fn fits(&self, url: &str) -> bool {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.split('#').next().unwrap_or(rest);
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or(authority).to_lowercase();
        let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
        let slash = if path.starts_with('/') { "" } else { "/" };
        [host.as_str(), name].into_iter().any(|host| {
            if self.with_path { self.glob.fits(&format!("{host}{slash}{path}")) } else { self.glob.fits(host) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_and_whole_folders() {
        let fits = |pattern: &str, path| Glob::parse(pattern).is_ok_and(|glob| glob.fits(path));
        assert!(fits("blog/**", "blog/2013/a.md") && fits("blog/", "blog/2013/a.md") && fits("**/*.mdx", "a.mdx"));
        assert!(fits("./notes/*.md", "notes/a.md") && !fits("notes/*.md", "notes/deep/a.md"));
        assert!(Glob::parse("a[").is_err() && Glob::parse("").is_err());
    }

    #[test]
    fn patterns_for_addresses_name_hosts_and_what_lies_on_them() {
        let fits = |pattern: &str, url| AddressGlob::parse(pattern).is_ok_and(|glob| glob.fits(url));
        for (pattern, url) in [
            ("example.org", "https://example.org/a/b?c=d/e"),
            ("https://example.org", "http://example.org"),
            ("*.example.org", "https://a.b.example.org:8080/x"),
            ("example.org:8080", "https://Example.org:8080/x"),
            ("https://example.org/", "http://example.org/a/b?c"),
            ("example.org/a/*", "https://example.org/a/b#c"),
            ("example.org/a/**", "https://example.org/a/b/c?d=/e"),
            ("example.org/?q=*", "https://example.org?q=1"),
            ("*://example.org/a", "https://user@example.org/a"),
        ] {
            assert!(fits(pattern, url), "{pattern} {url}");
        }
        for (pattern, url) in [
            ("example.org", "https://www.example.org/"),
            ("*.example.org", "https://example.org/"),
            ("example.org/a/*", "https://example.org/a/b/c"),
            ("example.org/a", "https://example.org/a/b"),
            ("example.org", "https://elsewhere.example/example.org"),
        ] {
            assert!(!fits(pattern, url), "{pattern} {url}");
        }
        for wrong in ["", "/a", "mailto://x", "a[", "https://", "not a host"] {
            assert!(AddressGlob::parse(wrong).is_err(), "{wrong}");
        }
    }
}

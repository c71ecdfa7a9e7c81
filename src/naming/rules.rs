//! `_redirects`: what the site itself tells hosts to lead on. See <https://docs.netlify.com/routing/redirects/>.

use std::ops::Range;
use std::sync::Arc;

use super::headers::matches;
use crate::model::source::{AssetBytes, AssetFile};

/// The rules of the site's own `_redirects`.
#[derive(Clone, Debug, Default)]
pub struct RedirectRules {
    /// The file.
    pub path: Arc<str>,
    /// The rules, in their order: the first that means an address counts.
    pub all: Vec<RedirectRule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectRule {
    /// The address that it is about, from the root of the host; `*` and `:name` stand for anything.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// Whether it stands above a page that has the address.
    pub forced: bool,
    /// Whether the address stays, and shows what is there: `/app/* /app/:splat 200`, above rules for all addresses.
    pub stays: bool,
    /// Where it stands in the file.
    pub range: Range<usize>,
}

impl RedirectRules {
    /// The rules among the files of a site.
    pub fn of(files: &[AssetFile]) -> Self {
        let file = files.iter().find(|file| file.url == "/_redirects");
        let Some((file, AssetBytes::Memory(bytes))) = file.map(|file| (file, &file.bytes)) else {
            return Self::default();
        };
        let text = String::from_utf8_lossy(bytes);
        let (mut all, mut at) = (Vec::new(), 0);
        for line in text.split_inclusive('\n') {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let written = line.split(" #").next().unwrap_or_default();
            let words: Vec<&str> = written.split_whitespace().collect();
            let [from, rest @ ..] = words.as_slice() else { continue };
            // Between the two addresses there may be parameters: `id=:id`.
            let to = rest.iter().find(|word| word.starts_with('/') || word.contains("://"));
            if let Some(to) = to.filter(|_| from.starts_with('/')) {
                let forced = words.last().is_some_and(|word| word.ends_with('!'));
                let is_shown = words.iter().any(|word| word.trim_end_matches('!') == "200");
                let stays = is_shown && to.replace(":splat", "*") == *from;
                all.push(RedirectRule {
                    from: (*from).to_string(),
                    to: (*to).to_string(),
                    forced,
                    stays,
                    range: start..start + from.len(),
                });
            }
        }
        Self { path: file.path.clone(), all }
    }

    /// The rule that leads away from an address.
    pub fn find(&self, address: &str) -> Option<&RedirectRule> {
        let plain = address.trim_end_matches('/');
        let rule = self.all.iter().find(|rule| matches(&rule.from, address) || matches(&rule.from, plain));
        rule.filter(|rule| !rule.stays)
    }
}

impl RedirectRule {
    /// Whether it is about one address alone.
    pub fn is_plain(&self) -> bool {
        !self.from.contains(['*', ':'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Hash;
    use crate::model::source::FileStamp;

    #[test]
    fn rules_are_lines_of_two_addresses_and_what_follows() {
        let text = "/own/* /own/:splat 200\n# old\n/a /b 301\n\n  /c/*   id=:id  https://other.example/:splat  302! # why\nbroken\n/only\n/a /never\n";
        let file = AssetFile {
            path: "static/_redirects".into(),
            url: "/_redirects".into(),
            name: Some("_redirects".into()),
            among_content: None,
            held_back: None,
            plain: None,
            bytes: AssetBytes::Memory(text.as_bytes().into()),
            hash: Hash::default(),
            stamp: FileStamp::default(),
        };
        let rules = RedirectRules::of(&[file]);
        let all: Vec<_> = rules.all.iter().map(|rule| (&*rule.from, &*rule.to, rule.forced)).collect();
        let own = ("/own/*", "/own/:splat", false);
        assert_eq!(
            all,
            [own, ("/a", "/b", false), ("/c/*", "https://other.example/:splat", true), ("/a", "/never", false)]
        );
        assert!(rules.all.iter().all(|rule| text[rule.range.clone()] == rule.from));
        assert_eq!(
            rules.find("/a/").map(|rule| &*rule.to),
            Some("/b"),
            "the first one counts, with a slash or without"
        );
        assert_eq!(rules.find("/c/d/e").map(RedirectRule::is_plain), Some(false));
        assert_eq!((rules.find("/d"), rules.find("/own/x")), (None, None));
    }
}

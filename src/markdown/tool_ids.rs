//! Ids that other tools make of headings, where these are not those of GitHub: links from elsewhere lead there.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::model::schema::Dialect;

/// The ids that a tool would have given to the headings of a page so far.
#[derive(Debug, Default)]
pub(super) struct ToolIds {
    /// Each, with the number that the next equal one tries first.
    taken: FxHashMap<String, usize>,
}

impl ToolIds {
    /// Takes an id that was written.
    pub fn take(&mut self, id: &str) {
        self.taken.entry(id.to_string()).or_insert(1);
    }

    /// The id that the tool gives to the next heading, which has these words; none where it makes ids as GitHub does.
    pub fn make(&mut self, dialect: Dialect, words: &str) -> Option<String> {
        match dialect {
            Dialect::MkDocs => Some(self.numbered(&of_mkdocs(words), '_')),
            Dialect::VitePress => {
                Some(of_vitepress(words)).filter(|id| !id.is_empty()).map(|id| self.numbered(&id, '-'))
            }
            Dialect::MdBook | Dialect::Docusaurus | Dialect::Astro => None,
            Dialect::Logseq | Dialect::Dendron | Dialect::Docsify => None,
        }
    }

    /// An id that no heading has yet, with a number behind it where one has. MkDocs counts on from the number that is there.
    fn numbered(&mut self, id: &str, sign: char) -> String {
        if !id.is_empty() && !self.taken.contains_key(id) {
            self.take(id);
            return id.to_string();
        }
        let own = id.rsplit_once(sign).filter(|_| sign == '_');
        let own = own.and_then(|(stem, number)| Some((stem, number.parse::<usize>().ok()?)));
        let (stem, number) = own.map_or((id, 0), |(stem, number)| (stem, number));
        let mut next = self.taken.get(id).map_or(1, |next| *next).max(number.saturating_add(1));
        while self.taken.contains_key(&format!("{stem}{sign}{next}")) {
            next += 1;
        }
        let made = format!("{stem}{sign}{next}");
        self.taken.insert(id.to_string(), next.saturating_add(1));
        self.take(&made);
        made
    }
}

/// Letters without their accents, words in small letters with hyphens between them; what is not ASCII is left out.
fn of_mkdocs(words: &str) -> String {
    let kept = words.nfkd().filter(|c| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || matches!(c, '_' | '-'));
    let kept: String = kept.collect();
    let parted = kept.trim().to_ascii_lowercase().replace(|c: char| c == '-' || c.is_ascii_whitespace(), "-");
    collapsed(&parted)
}

/// Letters without their accents, in small letters, with a hyphen for all signs between them, and a low line before a digit.
fn of_vitepress(words: &str) -> String {
    const SIGNS: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'\u{201c}\u{201d}\u{2018}\u{2019}<>,.?/";
    let kept = words.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}') && !c.is_control());
    let parted: String = kept.map(|c| if c.is_whitespace() || SIGNS.contains(c) { '-' } else { c }).collect();
    let id = collapsed(&parted).trim_matches('-').to_lowercase();
    if id.starts_with(|c: char| c.is_ascii_digit()) { format!("_{id}") } else { id }
}

/// A text with one hyphen for several.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '-' || !out.ends_with('-') {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_tool() {
        let ids = |dialect, words: &[&str]| {
            let mut ids = ToolIds::default();
            words.iter().map(|words| ids.make(dialect, words).unwrap_or_default()).collect::<Vec<_>>()
        };
        let words =
            ["Leek & pea", "Leek", "Leek", "Leek", "leek 1", "Caf\u{e9} \u{df}", "\u{306d}\u{304e}", "?", "a_1", "a_1"];
        let made = ["leek-pea", "leek", "leek_1", "leek_2", "leek-1", "cafe", "_1", "_2", "a_1", "a_2"];
        assert_eq!(ids(Dialect::MkDocs, &words), made);
        let words = ["1. Leek (raw)", "a.b", "a b", "Caf\u{e9}", "\u{8471}", "?"];
        assert_eq!(ids(Dialect::VitePress, &words), ["_1-leek-raw", "a-b", "a-b-1", "cafe", "\u{8471}", ""]);
        assert_eq!(ids(Dialect::MdBook, &["a"]), [""]);
    }

    #[test]
    fn thousands_of_equal_headings_cost_no_more_than_others() {
        let mut ids = ToolIds::default();
        let last = (0..20_000).filter_map(|_| ids.make(Dialect::MkDocs, "\u{306d}")).last();
        assert_eq!(last.as_deref(), Some("_20000"));
    }
}

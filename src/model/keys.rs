//! Keys of front matter that mean the same for every kind.

/// Keys that every entry may have.
pub const RESERVED: &[&str] = &[
    "title",
    "short_title",
    "summary",
    "aliases",
    "redirect_from",
    "date",
    "updated",
    "draft",
    "template",
    "term_links",
    "linked_as_term",
];

/// Marks by which other tools keep a file private, each with the value that does so.
const MARKS: [(&str, bool); 11] = [
    ("publish", false),
    ("published", false),
    ("ispublished", false),
    ("unpublished", true),
    ("public", false),
    ("dgpublish", false),
    ("private", true),
    ("isprivate", true),
    ("isdraft", true),
    ("headless", true),
    ("unlisted", true),
];

/// Such marks that are neither true nor false, each with the words that do so.
const WORDS: [(&str, &[&str]); 3] =
    [("visibility", &["private"]), ("status", &["private", "draft"]), ("permalink", &["false"])];

/// Keys by which other tools publish a text from a day on, or until one.
const DAYS: [(&str, DayMark); 3] =
    [("publishdate", DayMark::From), ("expirydate", DayMark::Until), ("unpublishdate", DayMark::Until)];

/// What the day of a key is to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayMark {
    /// From it on the entry is published.
    From,
    /// From it on the entry is no longer published.
    Until,
}

/// In so many lines keys are looked for that cannot be read as such.
const LINES_OF_KEYS: usize = 500;

/// The value with which a key keeps a file back, where it is a mark of another tool: however its words are joined, as in
/// `isDraft`, `is_draft`, `dg-publish`.
pub fn keeps_back(key: &str) -> Option<bool> {
    MARKS.iter().find(|(mark, _)| is_called(key, mark)).map(|(_, back)| *back)
}

/// The words with which a key keeps a file back, where it is such a mark: `visibility: private`.
pub fn back_words(key: &str) -> Option<&'static [&'static str]> {
    WORDS.iter().find(|(mark, _)| is_called(key, mark)).map(|(_, words)| *words)
}

/// What the day of a key is to an entry, where it is such a key of another tool.
pub fn day_mark(key: &str) -> Option<DayMark> {
    DAYS.iter().find(|(mark, _)| is_called(key, mark)).map(|(_, day)| *day)
}

/// Whether a key has the letters of a mark, however its words are joined.
fn is_called(key: &str, mark: &str) -> bool {
    let letters = key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase());
    letters.eq(mark.chars())
}

/// Whether a file lies in a folder of which another tool publishes nothing.
pub fn is_among_drafts(path: &str) -> bool {
    path.split('/').rev().skip(1).any(|folder| folder.eq_ignore_ascii_case("_drafts"))
}

/// Whether a line near the beginning of a file, whose keys cannot be read, looks like a key that keeps it back.
pub fn seems_private(text: &str) -> bool {
    marks_among(text.lines().take(LINES_OF_KEYS))
}

/// Whether one of these lines looks like such a key: one of the first level, with a value that is none of a sentence.
pub fn marks_among<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut base, mut depth, mut in_table) = (None, 0_usize, false);
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        let is_below = indent > *base.get_or_insert(indent);
        // What begins with its line stands in no braces that were closed unseen.
        depth = if is_below { depth } else { 0 };
        in_table |= line.starts_with('[') && line.trim_end().ends_with(']');
        let mut open_quotes = [('"', false), ('\'', false)];
        // In JSON and in programs keys and values stand between signs of their own, several in a line.
        for part in line.split_inclusive([',', '{', '}', ';']) {
            let is_first = depth == 1 || depth == 0 && !is_below;
            let sign = part.find([':', '=']).filter(|sign| is_first && !(in_table && part[*sign..].starts_with('=')));
            if sign.is_some_and(|sign| is_private_mark(&part[..sign], &part[sign..])) {
                return true;
            }
            for (quote, is_open) in &mut open_quotes {
                *is_open ^= part.matches(*quote).count() % 2 == 1;
            }
            if open_quotes.iter().any(|(_, is_open)| *is_open) {
                continue;
            }
            if let Some(before) = part.strip_suffix('{') {
                // What stands in the braces of a key is below that.
                depth += if before.trim_end().ends_with(':') { 2 } else { 1 };
            } else if part.ends_with('}') {
                depth = depth.saturating_sub(if depth > 1 { 2 } else { 1 });
            }
        }
    }
    false
}

/// Whether a key keeps a file back with its value, before which its sign stands.
fn is_private_mark(key: &str, value: &str) -> bool {
    let bare =
        |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "\"'{},:=;".contains(c)).to_ascii_lowercase();
    let is_assigned = value.starts_with('=');
    let (key, value) = (bare(key), bare(value));
    // A type may stand behind the name of a constant.
    let value = value.rsplit(" = ").next().unwrap_or_default();
    let words: Vec<_> =
        value.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let said = match words.first().copied() {
        Some("true" | "yes" | "on" | "1") => Some(true),
        Some("false" | "no" | "off" | "0") => Some(false),
        _ => None,
    };
    let is_sentence = || {
        let is_word = |word: &&str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        words.len() > 1 && words.iter().take(2).all(is_word) && !is_assigned
    };
    // Whoever writes such a key may mean to keep the file back, whatever a program makes of it.
    let is_meant = |back: bool| said.map_or(back && !value.is_empty() && !is_sentence(), |said| said == back);
    let is_one_of = |known: &[&str]| {
        known.contains(&words.first().copied().unwrap_or_default()) && words.get(1).is_none_or(|word| word.is_empty())
    };
    [key.as_str(), name_of(&key)].into_iter().any(|key| {
        let mark = if key == "draft" { Some(true) } else { keeps_back(key) };
        mark.is_some_and(is_meant) || back_words(key).is_some_and(is_one_of)
    })
}

/// The name before which other words stand in a program: `const draft`, `module.exports.draft`.
fn name_of(key: &str) -> &str {
    let name = match key.rsplit_once(' ') {
        Some((before, name)) if ["-", "const", "let", "var", "export"].iter().any(|word| before.ends_with(word)) => {
            name
        }
        Some(_) => return key,
        None => key,
    };
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_key_of_the_first_level_with_a_value_of_its_own() {
        for front in [
            "draft: true",
            "title: x\nDraft: yes # so far",
            "  title: x\n  draft: on",
            "- draft: true",
            "draft = true",
            "draft: maybe",
            "draft: true for now",
            "status: draft",
            "export const draft: boolean = true;",
            "const draft = process.env.MODE !== 'production'",
            "module.exports = {\n  title: 'x', draft: true\n}",
            "{\n  title: 'x {y',\n  draft: true\n}",
            "{\"title\": \"x\", \"publish\": false}",
            "{\n\"a\": {\"b\": 1},\n\"draft\": true\n}",
            "title: \"a {b\"\ndraft: true",
            "x = 1; draft = on",
        ] {
            assert!(seems_private(front), "{front}");
        }
        for front in [
            "Draft: a sentence of words",
            "draft: not yet written",
            "The last draft: yes",
            "draft:",
            "draft: false",
            "paths:\n  /a:\n    private: true",
            "components: {a: {private: true}}",
            "extra: {draft: true}",
            "{\n  \"a\": {\n    \"private\": true\n  }\n}",
            "title = 'x'\n[extra]\nprivate = true",
            "Status: draft of a law",
            "published: 2024-05-01",
        ] {
            assert!(!seems_private(front), "{front}");
        }
    }
}

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

/// Whether one of these lines looks like such a key.
pub fn marks_among<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    // In JSON, keys and values stand between signs of their own, several in a line.
    let parts = lines.flat_map(|line| line.split([',', '{', ';']));
    let mut keys = parts.filter_map(|part| part.split_once([':', '=']));
    let bare =
        |part: &str| part.trim_matches(|c: char| c.is_whitespace() || "\"'{},:".contains(c)).to_ascii_lowercase();
    let says = |(key, value): (&str, &str)| {
        let (key, value) = (bare(key), bare(value));
        // In a program other words stand before it: `const draft`, `module.exports.draft`.
        let last = key.rsplit([' ', '.']).next().unwrap_or_default();
        let is_no = ["false", "no", "off"].iter().any(|no| value.starts_with(no));
        let word = value.split(' ').next().unwrap_or_default();
        [key.as_str(), last].into_iter().any(|key| {
            let mark = if key == "draft" { Some(true) } else { keeps_back(key) };
            mark.is_some_and(|back| back != is_no) || back_words(key).is_some_and(|words| words.contains(&word))
        })
    };
    keys.any(says)
}

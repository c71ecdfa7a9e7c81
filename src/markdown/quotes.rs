//! Quotation marks of the site's language in the place of English ones.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::signs;

/// The quotation marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotes {
    double: (&'static str, &'static str),
    single: (&'static str, &'static str),
}

/// The English ones, as `pulldown-cmark` writes them.
pub(super) const ENGLISH: Quotes = Quotes { double: ("“", "”"), single: ("‘", "’") };

impl Quotes {
    /// Those of a language, as the Unicode CLDR has them; English ones where it is not known here.
    pub fn of(language: &str) -> Self {
        let (double, single) = match language.split(['-', '_']).next().unwrap_or_default() {
            "de" if language.ends_with("CH") => (("«", "»"), ("‹", "›")),
            "de" | "cs" | "sk" | "sl" | "et" | "is" | "lt" | "lv" | "bg" | "sq" => (("„", "“"), ("‚", "‘")),
            "fr" => (("«\u{202f}", "\u{202f}»"), ("‹\u{202f}", "\u{202f}›")),
            "es" | "it" | "ca" | "gl" | "eu" => (("«", "»"), ("“", "”")),
            "pt" if language.ends_with("PT") => (("«", "»"), ("“", "”")),
            "no" | "nb" | "nn" => (("«", "»"), ("‘", "’")),
            "el" => (("«", "»"), ("“", "”")),
            "ru" | "uk" | "be" => (("«", "»"), ("„", "“")),
            "sv" | "fi" => (("”", "”"), ("’", "’")),
            "pl" | "ro" | "hr" | "sr" | "bs" => (("„", "”"), ("‚", "’")),
            "hu" => (("„", "”"), ("»", "«")),
            _ => return ENGLISH,
        };
        Self { double, single }
    }

    /// Whether `pulldown-cmark` writes the marks of a text as they should be: English ones, each of which either opens or closes,
    /// in turn. It takes all others for the beginning of a quote: those of quotes in quotes, of `10" wide`, and inside a word.
    pub fn fit(&self, text: &str) -> bool {
        let mut open = false;
        let in_turn = |at: usize| {
            open = !open;
            let side = Beside::of(text, at);
            side == if open { Beside::Opens } else { Beside::Closes }
        };
        *self == ENGLISH && signs::places(text, b'"').all(in_turn)
    }

    /// Events of a text with these quotation marks. Marks that were typed as they are stay.
    pub fn translate<'a, E>(self, text: &'a str, events: E) -> impl Iterator<Item = (Event<'a>, Range<usize>)>
    where
        E: Iterator<Item = (Event<'a>, Range<usize>)>,
    {
        let (mut double, mut single) = (0usize, 0usize);
        events.map(move |(event, span)| {
            let Event::Text(sign) = &event else {
                if matches!(&event, Event::Start(tag) if !super::events::is_inline(tag)) {
                    (double, single) = (0, 0);
                }
                return (event, span);
            };
            let written = &text[span.clone()];
            let mark: &'static str = match (written, &**sign) {
                ("\"", "“" | "”") => match role(text, span.start, double > 0) {
                    MarkRole::Opens => {
                        double += 1;
                        self.double.0
                    }
                    MarkRole::Closes => {
                        double = double.saturating_sub(1);
                        self.double.1
                    }
                    MarkRole::Sign => "\"",
                },
                ("'", "‘") => {
                    single += 1;
                    self.single.0
                }
                ("'", "’") if single > 0 && !text[span.end..].starts_with(char::is_alphanumeric) => {
                    single -= 1;
                    self.single.1
                }
                _ => return (event, span),
            };
            (Event::Text(CowStr::Borrowed(mark)), span)
        })
    }
}

/// What the characters beside a mark let it do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Opens,
    Closes,
    /// Between two letters.
    Inside,
    /// Between two signs, or two spaces.
    Either,
}

impl Beside {
    fn of(text: &str, at: usize) -> Self {
        let (before, behind) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match (is_space(before), is_space(behind)) {
            (true, false) => Self::Opens,
            (false, true) => Self::Closes,
            (true, true) => Self::Either,
            (false, false) => match (is_word(before), is_word(behind)) {
                (true, true) => Self::Inside,
                (true, false) => Self::Closes,
                (false, true) => Self::Opens,
                (false, false) if before.is_some_and(|c| "([{".contains(c)) => Self::Opens,
                (false, false) if behind.is_some_and(|c| ")]}".contains(c)) => Self::Closes,
                (false, false) => Self::Either,
            },
        }
    }
}

/// What a mark is.
enum MarkRole {
    Opens,
    Closes,
    /// No quotation mark: it stays as it is.
    Sign,
}

/// What the mark at a place is, where a quote is open or not.
fn role(text: &str, at: usize, is_open: bool) -> MarkRole {
    // Inches: 10", 5½".
    let is_measure = text[..at].ends_with(char::is_numeric);
    match Beside::of(text, at) {
        Beside::Opens => MarkRole::Opens,
        Beside::Either if !is_open => MarkRole::Opens,
        // Between two letters it is a sign of the word, as in the Hebrew צה"ל; the end of a quote may stand there, too.
        Beside::Inside if !is_open => MarkRole::Sign,
        _ if is_measure && (!is_open || is_closed_behind(text, at + 1)) => MarkRole::Sign,
        Beside::Inside | Beside::Closes | Beside::Either => MarkRole::Closes,
    }
}

/// Whether the next mark of a paragraph closes a quote.
fn is_closed_behind(text: &str, from: usize) -> bool {
    let next = text[from..].find('"').map(|next| from + next);
    next.is_some_and(|next| !text[from..next].contains("\n\n") && Beside::of(text, next) == Beside::Closes)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    #[test]
    fn marks_open_and_close_as_the_characters_beside_them_say() {
        for (written, shown) in [
            ("\"He said \"yes\" quickly\".", "“He said “yes” quickly”."),
            ("\"\"Yes\" is short\", he said", "““Yes” is short”, he said"),
            ("(\"a\") [\"b\"] \"c\"—\"d\"", "(“a”) [“b”] “c”—“d”"),
            ("so (\"...\") and \"...\"", "so (“...”) and “...”"),
            ("5½\" wide, 10\", 5'10\"", "5½\" wide, 10\", 5’10\""),
            ("\"He is 5'10\" tall\", \"page 10\" and \"page 12\"", "“He is 5’10\" tall”, “page 10” and “page 12”"),
            ("ends a quote\".", "ends a quote”."),
            ("*\"a\"* **\"b\"**", "*“a”* **“b”**"),
            ("\"x\"s and a\"b", "“x”s and a\"b"),
            ("il dit \" oui \" et", "il dit “ oui ” et"),
        ] {
            let parsed = Parser::new_ext(written, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter();
            let mut read = String::new();
            let mut at = 0;
            for (event, span) in ENGLISH.translate(written, parsed) {
                if let Event::Text(text) = event {
                    read += &written[at..span.start];
                    read += &text;
                    at = span.end;
                }
            }
            read += &written[at..];
            assert_eq!(read.replace('…', "..."), shown);
        }
    }

    #[test]
    fn what_the_parser_gets_right_is_left_to_it() {
        assert!(ENGLISH.fit("\"a\" and \"b\", (\"c\")"));
        for text in ["\"a \"b\" c\"", "10\"", "a\"", "ab\"cd"] {
            assert!(!ENGLISH.fit(text), "{text}");
        }
    }
}

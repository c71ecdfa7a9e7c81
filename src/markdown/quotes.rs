//! Quotation marks of the site's language in the place of English ones.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

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

    /// Whether `pulldown-cmark` writes the marks of a text as they should be: English ones, of which none stands behind a digit, as
    /// in `10" wide`, or inside a word. It takes these for the beginning of a quote.
    pub fn fit(&self, text: &str) -> bool {
        let is_sign = |(at, sign): (usize, &str)| {
            text[..at].ends_with(|c: char| c.is_ascii_digit()) || is_inside_word(text, &(at..at + sign.len()))
        };
        *self == ENGLISH && !text.match_indices('"').any(is_sign)
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
                // Inches: 10".
                ("\"", "“") if double == 0 && text[..span.start].ends_with(|c: char| c.is_ascii_digit()) => "\"",
                // Between two letters it is a sign of the word, as in the Hebrew צה"ל; the end of a quote may stand there, too.
                ("\"", "“") if is_inside_word(text, &span) => match double {
                    0 => "\"",
                    _ => {
                        double -= 1;
                        self.double.1
                    }
                },
                ("\"", "“") => {
                    double += 1;
                    self.double.0
                }
                ("\"", "”") if double > 0 => {
                    double -= 1;
                    self.double.1
                }
                ("\"", "”") => "\"",
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

/// Whether a mark stands between two letters.
fn is_inside_word(text: &str, span: &Range<usize>) -> bool {
    text[..span.start].ends_with(char::is_alphabetic) && text[span.end..].starts_with(char::is_alphabetic)
}

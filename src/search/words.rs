//! Texts to the words by which they are found. The script of the search page (`theme/static/find.js`) follows the same rules, and
//! `tests/it/search_words.rs` compares the two.
//!
//! A word is a run of letters, digits and marks, in lower case and without accents. Han, Kana and other scripts that put no
//! spaces between words are cut into pairs of neighbouring characters instead.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Splits texts into words, one after another, without taking memory for each.
#[derive(Default)]
pub struct Words {
    folded: String,
    pair: String,
}

/// A word of a text, and how it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexedWord<'a> {
    /// The word in the form in which it is found.
    pub text: &'a str,
    /// A hyphen joins it to the word before: "up" in "warm-up".
    pub joined: bool,
    /// The last character of a run in a script without spaces. A question never holds it, but a text must be found by it.
    pub last: bool,
}

impl Words {
    /// Calls `see` with every word of a text, in order.
    pub fn each(&mut self, text: &str, see: &mut dyn FnMut(IndexedWord<'_>)) {
        fold(text, &mut self.folded);
        let folded = self.folded.as_str();
        let mut at = 0;
        while let Some(begin) = next(folded, at, in_word) {
            let end = next(folded, begin, |c| !in_word(c)).unwrap_or(folded.len());
            let joined = at > 0 && matches!(&folded[at..begin], "-" | "\u{2010}");
            let (word, after) = with_ending(folded, begin, end);
            split_run(&word, joined, &mut self.pair, see);
            at = after;
        }
    }
}

/// The words of a question: as [`Words::each`], without what only texts are found by.
pub fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    Words::default().each(text, &mut |word| {
        if !word.last {
            all.push(word.text.to_string());
        }
    });
    all
}

/// A run with the ending after its apostrophe, which is at most two letters long: "runner's", "don't". Where it ends, too.
fn with_ending(folded: &str, begin: usize, end: usize) -> (Cow<'_, str>, usize) {
    let run = &folded[begin..end];
    if let Some(rest) = folded[end..].strip_prefix('\'').filter(|_| run.chars().nth(1).is_some()) {
        let length = next(rest, 0, |c| !in_word(c)).unwrap_or(rest.len());
        if matches!(rest[..length].chars().count(), 1 | 2) {
            return (format!("{run}{}", &rest[..length]).into(), end + 1 + length);
        }
    }
    (run.into(), end)
}

/// Cuts a run where scripts with and without spaces meet.
fn split_run(run: &str, joined: bool, pair: &mut String, see: &mut dyn FnMut(IndexedWord<'_>)) {
    let mut at = 0;
    while at < run.len() {
        let dense = run[at..].chars().next().is_some_and(is_dense);
        let end = next(run, at, |c| is_dense(c) != dense).unwrap_or(run.len());
        if dense {
            pairs(&run[at..end], pair, see);
        } else {
            see(IndexedWord { text: &run[at..end], joined: joined && at == 0, last: false });
        }
        at = end;
    }
}

/// The pairs of neighbouring characters of a run; the run itself where it is one character long.
fn pairs(run: &str, pair: &mut String, see: &mut dyn FnMut(IndexedWord<'_>)) {
    let mut chars = run.chars();
    let Some(mut before) = chars.next() else { return };
    let alone = run.len() == before.len_utf8();
    for c in chars {
        pair.clear();
        pair.extend([before, c]);
        see(IndexedWord { text: pair, joined: false, last: false });
        before = c;
    }
    pair.clear();
    pair.push(before);
    see(IndexedWord { text: pair, joined: false, last: !alone });
}

fn next(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    text[from..].find(wanted).map(|at| from + at)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Writes a text in lower case, with all spellings of a letter made one.
fn fold(text: &str, out: &mut String) {
    out.clear();
    let mut rest = text;
    while let Some(first) = rest.find(|c: char| !c.is_ascii()) {
        push_lower(&rest[..first], out);
        let end = rest[first..].find(|c: char| c.is_ascii()).map_or(rest.len(), |length| first + length);
        let plain = rest[first..end].nfkd().filter(|c| !is_dropped(*c));
        out.extend(plain.flat_map(char::to_lowercase).flat_map(folded).nfc());
        rest = &rest[end..];
    }
    push_lower(rest, out);
}

fn push_lower(ascii: &str, out: &mut String) {
    let from = out.len();
    out.push_str(ascii);
    out[from..].make_ascii_lowercase();
}

/// Accents, vowel points, and characters that are not seen.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{64b}'..='\u{655}' | '\u{670}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// Letters that are no plain letter with a mark, written with plain ones.
fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ς' => "σ",
        '’' | 'ʼ' => "'",
        _ => "",
    };
    plain.chars().chain(plain.is_empty().then_some(c))
}

/// Whether a character is of a script that puts no spaces between words.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(words(text).join(" "), expected);
    }

    #[test]
    fn case_accents_and_kinds_of_letters_make_no_difference() {
        check("Ärzte Straße naïve ŒUVRE İstanbul", "arzte strasse naive oeuvre istanbul");
        check("ΣΊΣΥΦΟΣ Ёлка йод", "σισυφοσ елка иод");
        check("ｆｕｌｌ ½ ﬁt", "full 1 2 fit");
    }

    #[test]
    fn short_endings_stay_with_their_word() {
        check("Walker’s kale, don't", "walkers kale dont");
        check("l'eau aujourd’hui", "l eau aujourd hui");
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        check("足底筋膜炎", "足底 底筋 筋膜 膜炎");
        check("がん と 10キロ走", "がん と 10 キロ ロ走");
        check("종아리 통증", "종아리 통증");
    }

    #[test]
    fn a_text_is_found_by_the_last_character_of_a_run() {
        let mut last = Vec::new();
        Words::default().each("双脚。", &mut |word| last.extend(word.last.then(|| word.text.to_string())));
        assert_eq!(last, ["脚"]);
    }

    #[test]
    fn words_joined_by_a_hyphen_are_known() {
        let mut joined = Vec::new();
        Words::default().each("a warm-up - and a cool-down", &mut |word| {
            joined.extend(word.joined.then(|| word.text.to_string()));
        });
        assert_eq!(joined, ["up", "down"]);
    }
}

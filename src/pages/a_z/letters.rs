//! Under which heading of the A to Z a name stands, in any script.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::collation::Collation;

/// The heading of names that begin with a digit or a sign.
pub(super) const SIGNS: &str = "0–9";

/// The heading of names that begin with a Chinese character, where the language does not say how it is read.
const HAN: &str = "漢字";

/// The consonants with which Korean syllables begin, by their number; doubled ones stand under the plain one.
const KOREAN: [char; 19] =
    ['ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];

/// The rows of the Japanese syllabary: each with the first sign behind its last one.
const JAPANESE: [(char, char); 10] = [
    ('あ', 'か'),
    ('か', 'さ'),
    ('さ', 'た'),
    ('た', 'な'),
    ('な', 'は'),
    ('は', 'ま'),
    ('ま', 'ゃ'),
    ('や', 'ら'),
    ('ら', 'ゎ'),
    ('わ', '\u{3097}'),
];

/// The headings of a language.
pub(super) struct Letters {
    order: Collation,
    /// The order of languages that have no letters of their own.
    common: Collation,
    /// Knows which letters are the same letter in the language: `É` is an `E`, and where `Ö` is a letter of the alphabet it is no `O`.
    same: Option<CollatorBorrowed<'static>>,
    is_chinese: bool,
}

impl Letters {
    /// Those of a language, by its BCP 47 tag.
    pub(super) fn new(language: &str) -> Self {
        let locale = Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let same = CollatorBorrowed::try_new(CollatorPreferences::from(locale), options).ok();
        let is_chinese = language.split('-').next() == Some("zh");
        Self { order: Collation::of(language), common: Collation::of("und"), same, is_chinese }
    }

    /// The headings that are there without a name below them.
    pub(super) fn always(&self) -> impl Iterator<Item = String> {
        ('A'..='Z').map(String::from)
    }

    /// The heading of a name.
    pub(super) fn of(&self, name: &str) -> String {
        let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return SIGNS.into() };
        // These Thai and Lao vowels are written before the consonant with which the word begins.
        let is_vowel_before = |c: &char| matches!(c, 'เ'..='ไ' | 'ເ'..='ໄ');
        let first = name.chars().find(|c| c.is_alphanumeric() && !is_vowel_before(c)).unwrap_or(first);
        match first {
            'a'..='z' | 'A'..='Z' => first.to_ascii_uppercase().into(),
            _ if first.is_numeric() => SIGNS.into(),
            '가'..='힣' => KOREAN[(first as usize - '가' as usize) / 588].into(),
            'ぁ'..='ヺ' => row(first).into(),
            _ if is_han(first) && self.is_chinese => reading(first).map_or_else(|| HAN.into(), String::from),
            _ if is_han(first) => HAN.into(),
            _ => self.latin(first).unwrap_or_else(|| self.alone(first)),
        }
    }

    /// How headings are sorted: signs first, and Chinese characters last.
    pub(super) fn key(&self, heading: &str) -> (u8, Vec<u8>) {
        let group = match heading {
            SIGNS => 0,
            HAN => 2,
            _ => 1,
        };
        (group, self.order.key(&heading.to_lowercase()))
    }

    /// The letter of the Latin alphabet that is this one in the language.
    fn latin(&self, letter: char) -> Option<String> {
        let same = self.same.as_ref()?;
        let letter = letter.to_string();
        let found = ('a'..='z').find(|plain| same.compare(plain.encode_utf8(&mut [0; 4]), &letter).is_eq());
        let foreign = || {
            let is_latin =
                matches!(first_of(&letter), 'ª' | 'º' | 'À'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ﬀ'..='ﬆ');
            let is_own = self.order.key(&letter) != self.common.key(&letter);
            (is_latin && !is_own).then(|| reading(first_of(&letter))).flatten()
        };
        found.or_else(foreign).map(|plain| plain.to_ascii_uppercase().into())
    }

    /// A letter as a heading of its own, without its accents where they make no other letter.
    fn alone(&self, letter: char) -> String {
        let plain = unicode_normalization::char::decompose_canonical;
        let mut base = None;
        plain(letter, |c| {
            base.get_or_insert(c);
        });
        let is_same = |base: &char| {
            let (base, letter) = (base.to_string(), letter.to_string());
            self.same.as_ref().is_some_and(|same| same.compare(&base, &letter).is_eq())
        };
        base.filter(is_same).unwrap_or(letter).to_uppercase().collect()
    }
}

/// The row of the Japanese syllabary in which a sign stands.
fn row(sign: char) -> char {
    let sign = match sign {
        'ァ'..='ヶ' => char::from_u32(sign as u32 - 0x60).unwrap_or(sign), // to the other syllabary
        'ヷ'..='ヺ' => 'わ',
        sign => sign,
    };
    let sign = match sign {
        'ゔ' => 'う',
        'ゕ' | 'ゖ' => 'か',
        sign => sign,
    };
    let row = JAPANESE.iter().find(|(_, end)| sign < *end);
    row.map_or('わ', |(row, _)| *row)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn first_of(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

/// The first letter of how a character is written in plain Latin ones: of how a Chinese one is read.
fn reading(c: char) -> Option<char> {
    let first = deunicode::deunicode_char(c)?.chars().next()?;
    first.is_ascii_alphabetic().then(|| first.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_letters(language: &str, names: &[(&str, &str)]) {
        let letters = Letters::new(language);
        for (name, letter) in names {
            assert_eq!(letters.of(&name.to_lowercase()), *letter, "{name} in {language}");
        }
    }

    #[test]
    fn accents_stand_under_their_letter_unless_the_language_has_another_one() {
        let names =
            [("Éclair", "E"), ("Ökonomie", "O"), ("zulu", "Z"), ("«Quoted»", "Q"), ("3 ways", SIGNS), ("?", SIGNS)];
        assert_letters("en", &names);
        assert_letters("sv", &[("Ö", "Ö"), ("Åska", "Å"), ("Ärla", "Ä"), ("Éa", "E")]);
        assert_letters("pl", &[("Łódź", "Ł"), ("Ćma", "Ć")]);
        assert_letters("es", &[("Ñandú", "Ñ"), ("Árbol", "A")]);
        assert_letters("no language", &[("Éclair", "E")]);
        // Letters that the language does not have stand where its readers look for them.
        assert_letters("en", &[("Łódź", "L"), ("Æther", "A"), ("Øresund", "O"), ("ßharp", "S")]);
        assert_letters("da", &[("Æble", "Æ"), ("Øl", "Ø"), ("Ål", "Å")]);
    }

    #[test]
    fn each_script_has_headings_of_its_own() {
        assert_letters("ru", &[("Ёлка", "Е"), ("Йод", "Й"), ("Молоток", "М"), ("mallet", "M")]);
        assert_letters("el", &[("Άλφα", "Α"), ("ωμέγα", "Ω")]);
        assert_letters("he", &[("שלום", "ש")]);
        assert_letters("ar", &[("أحمد", "ا"), ("بيت", "ب")]);
        assert_letters("th", &[("เชียงใหม่", "ช"), ("กรุงเทพ", "ก")]);
        assert_letters("ko", &[("가방", "ㄱ"), ("까치", "ㄱ"), ("한글", "ㅎ")]);
        assert_letters(
            "ja",
            &[("さくら", "さ"), ("ガラス", "か"), ("パン", "は"), ("日本", HAN), ("ん", "わ"), ("ヴィ", "あ")],
        );
        assert_letters("zh", &[("北京", "B"), ("上海", "S"), ("Apple", "A")]);
        assert_letters("en", &[("北京", HAN), ("Молоток", "М")]);
    }

    #[test]
    fn headings_stand_in_the_order_of_the_language() {
        let sorted = |language: &str, mut headings: Vec<&'static str>| {
            let letters = Letters::new(language);
            headings.sort_by_cached_key(|heading| letters.key(heading));
            headings
        };
        assert_eq!(sorted("sv", vec!["Ö", HAN, "A", "Å", "Z", SIGNS]), [SIGNS, "A", "Z", "Å", "Ö", HAN]);
        assert_eq!(sorted("ru", vec!["A", "Я", "А", SIGNS]), [SIGNS, "А", "Я", "A"]);
        assert_eq!(sorted("en", vec!["А", "Z", "Ω", "A"]), ["A", "Z", "Ω", "А"]);
    }
}

//! The order of texts as people of a language expect it, by the Unicode Collation Algorithm with the data of CLDR.

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// The order of a language.
pub struct Collation(Option<CollatorBorrowed<'static>>);

impl Collation {
    /// That of a language, by its BCP 47 tag; that of most languages where it is none.
    pub fn of(language: &str) -> Self {
        let mut preferences = CollatorPreferences::from(Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN));
        preferences.numeric_ordering = Some(CollationNumericOrdering::True); // "Item 2" before "Item 10"
        Self(CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok())
    }

    /// A key of a text: keys are in the order of their texts. Different texts have different keys.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2 + 8);
        if let Some(collator) = &self.0 {
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        key.push(0);
        key.extend_from_slice(text.as_bytes());
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str, mut texts: Vec<&'static str>) -> Vec<&'static str> {
        let collation = Collation::of(language);
        texts.sort_by_key(|text| collation.key(text));
        texts
    }

    #[test]
    fn accents_and_capitals_stand_beside_their_letters() {
        let texts = vec!["zulu", "émotion", "Beta", "alpha", "Ökonomie", "echo", "Éclair", "Item 10", "Item 2"];
        let order = ["alpha", "Beta", "echo", "Éclair", "émotion", "Item 2", "Item 10", "Ökonomie", "zulu"];
        assert_eq!(sorted("en", texts), order);
    }

    #[test]
    fn each_language_has_its_own_order() {
        assert_eq!(sorted("sv", vec!["ö", "z", "a"]), ["a", "z", "ö"]);
        assert_eq!(sorted("de", vec!["ö", "z", "a"]), ["a", "ö", "z"]);
        assert_eq!(sorted("no language", vec!["b", "A"]), ["A", "b"]);
    }
}

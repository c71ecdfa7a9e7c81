//! Rules of the site for its texts: forbidden phrases, long sentences, characters.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostics::Code;
use crate::markdown::Plain;
use crate::model::schema::{KindId, Rule, Schema};
use crate::sentences::sentences;

/// All rules for texts, ready for searching.
pub struct Wordings<'a>(Vec<Wording<'a>>);

/// One rule for texts.
pub struct Wording<'a> {
    /// The rule.
    pub rule: &'a Rule,
    phrases: Option<AhoCorasick>,
}

/// A place in a text that breaks a rule.
pub struct Breach {
    /// Which sort of problem it is.
    pub code: Code,
    /// Where in the plain text.
    pub range: Range<usize>,
    /// What is there, for the message.
    pub found: String,
}

impl<'a> Wordings<'a> {
    /// The rules for texts of a site.
    pub fn new(schema: &'a Schema) -> Self {
        let rules = schema.rules.iter().filter(|rule| rule.wording != Default::default());
        Self(rules.map(|rule| Wording { rule, phrases: phrases(&rule.wording.forbid) }).collect())
    }

    /// The rules that the texts of an entry have to keep.
    pub fn of_entry(&self, kind: KindId, plural: &str, slug: &str) -> Vec<&Wording<'a>> {
        self.0.iter().filter(|wording| wording.rule.concerns(kind, plural, slug)).collect()
    }
}

impl Wording<'_> {
    /// Where a text breaks the rule.
    pub fn breaches(&self, plain: &Plain) -> Vec<Breach> {
        let mut breaches = Vec::new();
        self.find_phrases(plain, &mut breaches);
        self.measure_sentences(plain, &mut breaches);
        self.find_characters(plain, &mut breaches);
        breaches
    }

    fn find_phrases(&self, plain: &Plain, breaches: &mut Vec<Breach>) {
        let Some(phrases) = &self.phrases else { return };
        for hit in phrases.find_iter(&plain.text) {
            let range = hit.range();
            let part = |c: char| c.is_alphanumeric() || c == '_';
            if plain.text[..range.start].ends_with(part) || plain.text[range.end..].starts_with(part) {
                continue;
            }
            let found = format!("`{}`", &plain.text[range.clone()]);
            breaches.push(Breach { code: Code::PhraseForbidden, range, found });
        }
    }

    fn measure_sentences(&self, plain: &Plain, breaches: &mut Vec<Breach>) {
        let Some(most) = self.rule.wording.max_sentence_words else { return };
        for prose in &plain.prose {
            for (at, sentence) in sentences(&plain.text[prose.clone()]) {
                let is_word = |word: &&str| word.contains(char::is_alphanumeric);
                let words = sentence.split_whitespace().filter(is_word).count();
                if words > most {
                    let start = prose.start + at + (sentence.len() - sentence.trim_start().len());
                    let range = start..start + sentence.trim().len();
                    let found = format!("{words} words, and at most {most} are allowed");
                    breaches.push(Breach { code: Code::SentenceTooLong, range, found });
                }
            }
        }
    }

    fn find_characters(&self, plain: &Plain, breaches: &mut Vec<Breach>) {
        let Some(allowed) = &self.rule.wording.characters else { return };
        for (at, c) in plain.text.char_indices() {
            if c == '\n' || allowed.iter().any(|range| range.contains(&c)) {
                continue;
            }
            let range = at..at + c.len_utf8();
            let found = format!("`{c}` (U+{:04X})", u32::from(c));
            breaches.push(Breach { code: Code::CharacterNotAllowed, range, found });
        }
    }
}

fn phrases(forbidden: &[String]) -> Option<AhoCorasick> {
    let patterns: Vec<String> = forbidden.iter().flat_map(|phrase| spellings(phrase)).collect();
    if patterns.is_empty() {
        return None;
    }
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(patterns).ok()
}

/// A phrase with both apostrophes and, for letters beyond ASCII, in both cases.
fn spellings(phrase: &str) -> Vec<String> {
    let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
    if phrase.is_empty() {
        return Vec::new();
    }
    let straight = phrase.replace('’', "'");
    let mut all = vec![straight.replace('\'', "’"), straight];
    if !phrase.is_ascii() {
        let cased: Vec<_> = all.iter().flat_map(|phrase| [phrase.to_lowercase(), phrase.to_uppercase()]).collect();
        all.extend(cased);
    }
    all.sort();
    all.dedup();
    all
}

//! Rules of the site for its texts: forbidden phrases, long sentences, characters.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostics::Code;
use crate::figures::{Figure, results};
use crate::markdown::Plain;
use crate::model::rule::Rule;
use crate::model::schema::{KindId, Schema};
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
pub struct Violation {
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
    pub fn breaches(&self, plain: &Plain) -> Vec<Violation> {
        let mut breaches = Vec::new();
        self.find_phrases(plain, &mut breaches);
        self.measure_sentences(plain, &mut breaches);
        self.find_characters(plain, &mut breaches);
        self.find_digits(plain, &mut breaches);
        breaches
    }

    fn find_phrases(&self, plain: &Plain, breaches: &mut Vec<Violation>) {
        let Some(phrases) = &self.phrases else { return };
        for hit in phrases.find_iter(&plain.text) {
            let range = hit.range();
            let part = |c: char| c.is_alphanumeric() || c == '_';
            if plain.text[..range.start].ends_with(part) || plain.text[range.end..].starts_with(part) {
                continue;
            }
            let found = format!("`{}`", &plain.text[range.clone()]);
            breaches.push(Violation { code: Code::PhraseForbidden, range, found });
        }
    }

    fn measure_sentences(&self, plain: &Plain, breaches: &mut Vec<Violation>) {
        let Some(most) = self.rule.wording.max_sentence_words else { return };
        for prose in &plain.prose {
            for (at, sentence) in sentences(&plain.text[prose.clone()]) {
                let is_word = |word: &&str| word.contains(char::is_alphanumeric);
                let words = sentence.split_whitespace().filter(is_word).count();
                if words > most {
                    let start = prose.start + at + (sentence.len() - sentence.trim_start().len());
                    let range = start..start + sentence.trim().len();
                    let found = format!("{words} words, and at most {most} are allowed");
                    breaches.push(Violation { code: Code::SentenceTooLong, range, found });
                }
            }
        }
    }

    /// Digits where words should stand: small numbers, and the beginnings of sentences. Cells of tables and texts that do not
    /// end like a sentence are none.
    fn find_digits(&self, plain: &Plain, breaches: &mut Vec<Violation>) {
        let wording = &self.rule.wording;
        if wording.numbers_in_words.is_none() && !wording.no_digit_first {
            return;
        }
        let mut rows = plain.rows.iter().peekable();
        for prose in &plain.prose {
            while rows.next_if(|row| row.end <= prose.start).is_some() {}
            if rows.peek().is_some_and(|row| row.start <= prose.start) {
                continue;
            }
            for (at, sentence) in sentences(&plain.text[prose.clone()]) {
                let text = sentence.trim();
                let start = prose.start + at + (sentence.len() - sentence.trim_start().len());
                if !text.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?']) {
                    continue;
                }
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                if wording.no_digit_first && digits > 0 {
                    let found = format!("a sentence begins with `{}`", &text[..digits]);
                    breaches.push(Violation { code: Code::NumberInDigits, range: start..start + digits, found });
                }
                let Some((up_to, apart)) = &wording.numbers_in_words else { continue };
                let small = |number: &Figure| {
                    number.value.parse().is_ok_and(|value: u32| (1..=*up_to).contains(&value))
                        && !is_measure(&text[..number.range.start], &text[number.range.end..])
                };
                for number in results(text, apart).into_iter().filter(small) {
                    let found = format!("`{}` in digits", &text[number.range.clone()]);
                    let range = start + number.range.start..start + number.range.end;
                    breaches.push(Violation { code: Code::NumberInDigits, range, found });
                }
            }
        }
    }

    fn find_characters(&self, plain: &Plain, breaches: &mut Vec<Violation>) {
        let Some(allowed) = &self.rule.wording.characters else { return };
        for (at, c) in plain.text.char_indices() {
            if c == '\n' || allowed.iter().any(|range| range.contains(&c)) {
                continue;
            }
            let range = at..at + c.len_utf8();
            let found = format!("`{c}` (U+{:04X})", u32::from(c));
            breaches.push(Violation { code: Code::CharacterNotAllowed, range, found });
        }
    }
}

/// Whether a number between two texts is no count of things: per cent, a time, a fraction, a sum, a name such as `T-2`.
fn is_measure(before: &str, after: &str) -> bool {
    let name = before.strip_suffix('-').is_some_and(|before| before.ends_with(char::is_alphabetic));
    name || after.starts_with(['%', ':', '/', '°', '×']) || before.ends_with([':', '/', '−', '+', '£', '$', '€'])
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

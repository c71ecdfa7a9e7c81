//! Rules of the site for its texts: forbidden phrases, long sentences, characters.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_segmentation::UnicodeSegmentation;

use crate::diagnostics::Code;
use crate::markdown::Plain;
use crate::model::schema::{KindId, Rule, Schema};

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

/// The sentences of a text with their places. Unicode (UAX 29) sees no end before a number, as in `It helped. 2 of the 9
/// trials failed.`; texts that write numbers as digits begin sentences with them.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_sentence_bound_indices().flat_map(|(at, sentence)| {
        let ends = sentence.match_indices(['.', '!', '?']).map(|(end, _)| end + 1).filter(|end| {
            let (before, after) = (&sentence[..end - 1], &sentence[*end..]);
            let number = after.strip_prefix(' ').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
            number && before.ends_with(char::is_alphabetic)
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let ends = starts.iter().copied().skip(1).chain([sentence.len()]).collect::<Vec<_>>();
        starts.into_iter().zip(ends).map(move |(start, end)| (at + start, &sentence[start..end]))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_begin_a_sentence_and_does_not_end_one() {
        let found = |text| sentences(text).map(|(at, sentence)| (at, sentence.trim())).collect::<Vec<_>>();
        assert_eq!(found("It helped. 2 of 9 failed."), [(0, "It helped."), (10, "2 of 9 failed.")]);
        assert_eq!(found("Rest for 2.5 days. Then run."), [(0, "Rest for 2.5 days."), (19, "Then run.")]);
        assert_eq!(found("Roll it"), [(0, "Roll it")]);
    }
}

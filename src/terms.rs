//! Mentions of entries in texts.
//!
//! A name is found only as whole words, so it can only begin where a word does, and ends where one does. The names form a
//! trie of words and of what stands between them: it is followed as long as there are names that go on like this, from every
//! word with which one begins. A quick look passes over all others, however many names there are.

mod beginnings;

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::hash::{Hash, Hasher};
use crate::html::escape;
use crate::model::doc::Body;
use crate::model::site::EntryId;
use crate::span::Offset;
use beginnings::{Beginnings, is_ascii_part};

/// Names shorter than this are left alone: they would match too much. In characters.
const SHORTEST: usize = 3;

/// All names that become links, ready for searching.
#[derive(Debug)]
pub struct Vocabulary {
    beginnings: Beginnings,
    /// The numbers of all words of names, in lower case, and of the characters between them.
    tokens: FxHashMap<String, u32>,
    /// From a node of the trie, by a token, to the next node. The first node is 0.
    next: FxHashMap<(u32, u32), u32>,
    /// The names that end at each node, which are the same in lower case, with whom they belong to.
    ends: Vec<Vec<(String, EntryId)>>,
    /// The hash of all names and whom they belong to.
    pub hash: Hash,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let (beginnings, tokens, next, hash) = Default::default();
        Self { beginnings, tokens, next, ends: vec![Vec::new()], hash }
    }
}

impl Vocabulary {
    /// From names with the rank of their kind and their entry. Of several entries with one name the one with the lowest
    /// rank has it; where that is not clear, nobody has.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u16, EntryId)>) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        let written = names.into_par_iter().flat_map_iter(|(name, rank, entry)| {
            let variants = variants(name.trim()).into_iter().flat_map(|variant| both_apostrophes(&variant));
            variants.map(move |variant| (variant, rank, entry))
        });
        let mut all: Vec<(String, u16, EntryId)> = written.collect();
        all.par_sort_unstable();
        let mut vocabulary = Self::default();
        let mut hasher = Hasher::new();
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let (name, rank, entry) = &same[0];
            let mut rivals = same.iter().take_while(|rival| rival.1 == *rank);
            if rivals.all(|rival| rival.2 == *entry) {
                hasher.text(name).number(u64::from(entry.0));
                vocabulary.add(escape(name), *entry);
            }
        }
        vocabulary.hash = hasher.finish();
        vocabulary
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    fn add(&mut self, name: String, entry: EntryId) {
        let lower = name.to_ascii_lowercase();
        self.beginnings.add(lower.as_bytes());
        let (mut node, mut at) = (0, 0);
        while at < lower.len() {
            let end = at + token(&lower[at..]);
            let number = self.number(&lower[at..end]);
            let fresh = self.ends.len() as u32;
            node = *self.next.entry((node, number)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
            at = end;
        }
        self.ends[node as usize].push((name, entry));
    }

    /// The number of a token, known or new.
    fn number(&mut self, token: &str) -> u32 {
        if let Some(number) = self.tokens.get(token) {
            return *number;
        }
        let number = self.tokens.len() as u32;
        self.tokens.insert(token.to_string(), number);
        number
    }

    /// The first mention of every entry in a text that `seen` does not hold yet and that is not to be left alone.
    pub fn mentions(
        &self,
        body: &Body,
        seen: &mut FxHashSet<EntryId>,
        leave: impl Fn(EntryId) -> bool,
    ) -> Vec<(Range<Offset>, EntryId)> {
        let mut found = Vec::new();
        if self.is_empty() || body.linkable.is_empty() {
            return found;
        }
        for range in &body.linkable {
            let range = range.start as usize..range.end as usize;
            self.find(&body.html[range.clone()], |name, entry| {
                if !leave(entry) && seen.insert(entry) {
                    let name = range.start + name.start..range.start + name.end;
                    found.push((name.start as Offset..name.end as Offset, entry));
                }
            });
        }
        found
    }

    /// Calls `see` with every name in a text. Where several begin at one place, it is the longest.
    fn find(&self, text: &str, mut see: impl FnMut(Range<usize>, EntryId)) {
        let (mut end, mut lower) = (0, String::new());
        self.beginnings.each(text.as_bytes(), |at| {
            if at < end || !text.is_char_boundary(at) || text[..at].ends_with(is_part) {
                return;
            }
            if let Some((name, entry)) = self.longest(text, at, &mut lower) {
                end = name.end;
                see(name, entry);
            }
        });
    }

    /// The longest name that begins at a place in the text. `lower` is room for its words.
    fn longest(&self, text: &str, start: usize, lower: &mut String) -> Option<(Range<usize>, EntryId)> {
        let (mut at, mut node, mut longest) = (start..start + token(&text[start..]), 0, None);
        let mut next = |node: u32, token: &str| {
            lower_on_one_line(token, lower);
            self.next.get(&(node, *self.tokens.get(lower.as_str())?))
        };
        while let Some(known) = next(node, &text[at.clone()]) {
            node = *known;
            let range = start..at.end;
            let mut names = self.ends[node as usize].iter();
            if let Some((_, entry)) = names.find(|(name, _)| same_case(name, &text[range.clone()]))
                && whole_word(text, range.clone())
            {
                longest = Some((range, *entry));
            }
            if at.end == text.len() {
                break;
            }
            at = at.end..at.end + token(&text[at.end..]);
        }
        longest
    }
}

/// A token in lower case, as far as ASCII goes. A name may stand on two lines: they become one.
fn lower_on_one_line(token: &str, lower: &mut String) {
    lower.clear();
    lower.push_str(if token == "\n" { " " } else { token });
    lower.make_ascii_lowercase();
}

/// The length of the word at the beginning of a text, or of the character that belongs to none.
#[inline]
fn token(text: &str) -> usize {
    let ascii = text.bytes().take_while(|byte| is_ascii_part(*byte)).count();
    let rest = &text[ascii..];
    if rest.is_empty() || (ascii > 0 && rest.as_bytes()[0].is_ascii()) {
        return ascii;
    }
    let word = ascii + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    if word == 0 { text.chars().next().map_or(0, char::len_utf8) } else { word }
}

/// A name with straight and with curly apostrophes: texts have either.
fn both_apostrophes(name: &str) -> Vec<String> {
    if !name.contains(['\'', '’']) {
        return vec![name.to_string()];
    }
    let straight = name.replace('’', "'");
    vec![straight.replace('\'', "’"), straight]
}

/// The name itself and its plural.
fn variants(name: &str) -> Vec<String> {
    if name.chars().count() < SHORTEST {
        return Vec::new();
    }
    let lower = name.to_lowercase();
    let mut all = vec![name.to_string()];
    if lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("is") {
        return all; // a plural already
    }
    let consonant_y = lower.ends_with('y') && !lower.trim_end_matches('y').ends_with(['a', 'e', 'i', 'o', 'u']);
    all.push(if consonant_y {
        format!("{}ies", &name[..name.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        format!("{name}es")
    } else {
        format!("{name}s")
    });
    all
}

/// Whether a character can be part of a word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

fn whole_word(text: &str, range: Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let entity = before.ends_with('&') && after.starts_with(';');
    !before.ends_with(is_part) && !after.starts_with(is_part) && !entity
}

/// Names with capitals inside (DOMS, IT band) are taken as they are, but for the end of a line; others in any case.
fn same_case(name: &str, found: &str) -> bool {
    let proper = name.chars().skip(1).any(char::is_uppercase);
    !proper || name.bytes().eq(found.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mentioned(names: &[&str], text: &str) -> Vec<String> {
        let names = names.iter().enumerate().map(|(at, name)| (*name, 0, EntryId(at as u32)));
        let whole = 0..text.len() as Offset;
        let body = Body { html: text.to_string(), linkable: Vec::from([whole]), ..Body::default() };
        let found = Vocabulary::new(names).mentions(&body, &mut FxHashSet::default(), |_| false);
        found.into_iter().map(|(range, _)| text[range.start as usize..range.end as usize].to_string()).collect()
    }

    #[test]
    fn the_longest_whole_word_is_found_once() {
        assert_eq!(
            mentioned(&["fascia", "plantar fascia"], "The plantar fascia, the fascial plantar fascia."),
            ["plantar fascia"]
        );
        assert_eq!(mentioned(&["load"], "Overload and load-bearing loads"), ["loads"]);
    }

    #[test]
    fn a_shorter_name_is_found_where_the_longer_one_is_no_whole_word() {
        assert_eq!(mentioned(&["run", "run up", "upward"], "Run upward, run up."), ["Run", "upward", "run up"]);
        assert_eq!(mentioned(&["DOMS", "doms test"], "DOMS tested, doms test"), ["DOMS", "doms test"]);
    }

    #[test]
    fn a_name_on_two_lines_is_found_and_an_entity_is_left_whole() {
        assert_eq!(mentioned(&["plantar fascia", "fascia"], "the plantar\nfascia"), ["plantar\nfascia"]);
        assert_eq!(mentioned(&["amp"], "this &amp; that amp"), ["amp"]);
    }

    #[test]
    fn names_are_found_however_long_their_words_are_and_wherever_they_stand() {
        for length in (3..200).step_by(7) {
            let (name, longer) = ("a".repeat(length), "a".repeat(length + 1));
            for before in 0..70 {
                let text = format!("{}{longer} {name}, {longer}", "b ".repeat(before));
                assert_eq!(mentioned(&[&name], &text), [&*name], "{length} behind {before}");
            }
        }
    }

    #[test]
    fn plurals_are_found_and_acronyms_keep_their_case() {
        assert_eq!(mentioned(&["red flag", "therapy"], "Red flags and therapies"), ["Red flags", "therapies"]);
        assert_eq!(mentioned(&["DOMS"], "It doms. It is DOMS."), ["DOMS"]);
    }

    #[test]
    fn a_name_of_two_entries_of_one_kind_is_nobodys() {
        assert!(mentioned(&["knot", "Knot"], "a knot").len() == 1);
        assert!(mentioned(&["knot", "knot"], "a knot").is_empty());
    }

    proptest! {
        #[test]
        fn every_name_is_found_that_a_look_at_every_place_finds(
            names in proptest::collection::vec("[abA&é1_ -]{1,6}|[ab]{7,10}|b  &", 1..6),
            text in "([abA&é1_ \n;-]{0,10}|[ab]{7,10}|b [ \n]&|[ab]{55,75}){0,20}",
        ) {
            let text = escape(&text);
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            prop_assert_eq!(mentioned(&names, &text), found_slowly(&names, &text));
        }
    }

    /// What `mentioned` should say: from left to right the longest whole name at each place, once for each entry.
    fn found_slowly(names: &[&str], text: &str) -> Vec<String> {
        let written = |at: usize| variants(names[at].trim()).into_iter().map(move |name| (name, at));
        let all: Vec<_> = (0..names.len()).flat_map(written).collect();
        let lone = |(name, at): &&(String, usize)| all.iter().all(|other| other.0 != *name || other.1 == *at);
        let mut lone: Vec<_> = all.iter().filter(lone).map(|(name, at)| (escape(name), *at)).collect();
        lone.sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        let line = text.replace('\n', " ");
        let (mut found, mut seen, mut at) = (Vec::new(), FxHashSet::default(), 0);
        while at < line.len() {
            let here = lone.iter().find(|(name, _)| {
                let range = at..at + name.len();
                line.get(range.clone()).is_some_and(|part| {
                    part.eq_ignore_ascii_case(name) && same_case(name, part) && whole_word(&line, range)
                })
            });
            if let Some((name, owner)) = here {
                if seen.insert(owner) {
                    found.push(text[at..at + name.len()].to_string());
                }
                at += name.len();
            } else {
                at += 1;
            }
        }
        found
    }
}

//! Mentions of entries in texts: one automaton over all their names. The only file that names `aho-corasick`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

use crate::hash::{Hash, Hasher};
use crate::html::escape;
use crate::model::doc::Body;
use crate::model::site::EntryId;
use crate::span::Offset;

/// Names shorter than this are left alone: they would match too much.
const SHORTEST: usize = 3;

/// All names that become links, ready for searching.
#[derive(Debug, Default)]
pub struct Vocabulary {
    automaton: Option<AhoCorasick>,
    names: Vec<(String, EntryId)>,
    /// The hash of all names and whom they belong to.
    pub hash: Hash,
}

impl Vocabulary {
    /// From names with the rank of their kind and their entry. Of several entries with one name the one with the lowest
    /// rank has it; where that is not clear, nobody has.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u16, EntryId)>) -> Self {
        let mut owners: BTreeMap<String, (u16, Option<EntryId>)> = BTreeMap::new();
        for (name, rank, entry) in names {
            for variant in variants(name.trim()) {
                let owner = owners.entry(variant).or_insert((rank, Some(entry)));
                match rank.cmp(&owner.0) {
                    std::cmp::Ordering::Less => *owner = (rank, Some(entry)),
                    std::cmp::Ordering::Equal if owner.1 != Some(entry) => owner.1 = None,
                    _ => {}
                }
            }
        }
        let names: Vec<(String, EntryId)> =
            owners.into_iter().filter_map(|(name, (_, entry))| Some((escape(&name), entry?))).collect();
        let mut hasher = Hasher::new();
        for (name, entry) in &names {
            hasher.text(name).number(u64::from(entry.0));
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .build(names.iter().map(|(name, _)| name))
            .ok()
            .filter(|_| !names.is_empty());
        Self { automaton, names, hash: hasher.finish() }
    }

    /// The first mention of every entry in a text that `seen` does not hold yet and that is not to be left alone.
    pub fn mentions(
        &self,
        body: &Body,
        seen: &mut HashSet<EntryId>,
        leave: impl Fn(EntryId) -> bool,
    ) -> Vec<(Range<Offset>, EntryId)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found = Vec::new();
        for range in &body.linkable {
            let text = on_one_line(&body.html[range.start as usize..range.end as usize]);
            let mut from = 0;
            while let Some((name, entry)) = self.next(automaton, &text, from) {
                from = name.end;
                if !leave(entry) && seen.insert(entry) {
                    found.push((range.start + name.start as Offset..range.start + name.end as Offset, entry));
                }
            }
        }
        found
    }

    /// The next name at or behind `from`: where several begin at one place, the longest that is whole words.
    fn next(&self, automaton: &AhoCorasick, text: &str, mut from: usize) -> Option<(Range<usize>, EntryId)> {
        while let Some(longest) = automaton.find(Input::new(text).range(from..)) {
            let mut hit = Some(longest);
            while let Some(shorter) = hit {
                let (name, entry) = &self.names[shorter.pattern().as_usize()];
                if whole_word(text, shorter.range()) && same_case(name, &text[shorter.range()]) {
                    return Some((shorter.range(), *entry));
                }
                let within = Input::new(text).range(shorter.start()..shorter.end() - 1).anchored(Anchored::Yes);
                hit = automaton.find(within);
            }
            from = longest.start() + 1;
        }
        None
    }
}

/// A name may stand on two lines.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { text.replace('\n', " ").into() } else { text.into() }
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

fn whole_word(text: &str, range: Range<usize>) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let entity = before.ends_with('&') && after.starts_with(';');
    !before.ends_with(part) && !after.starts_with(part) && !entity
}

/// Names with capitals inside (DOMS, IT band) are taken as they are; others in any case.
fn same_case(name: &str, found: &str) -> bool {
    let proper = name.chars().skip(1).any(char::is_uppercase);
    !proper || name == found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentioned(names: &[&str], text: &str) -> Vec<String> {
        let names = names.iter().enumerate().map(|(at, name)| (*name, 0, EntryId(at as u32)));
        let whole = 0..text.len() as Offset;
        let body = Body { html: text.to_string(), linkable: Vec::from([whole]), ..Body::default() };
        let found = Vocabulary::new(names).mentions(&body, &mut HashSet::new(), |_| false);
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
    fn plurals_are_found_and_acronyms_keep_their_case() {
        assert_eq!(mentioned(&["red flag", "therapy"], "Red flags and therapies"), ["Red flags", "therapies"]);
        assert_eq!(mentioned(&["DOMS"], "It doms. It is DOMS."), ["DOMS"]);
    }

    #[test]
    fn a_name_of_two_entries_of_one_kind_is_nobodys() {
        assert!(mentioned(&["knot", "Knot"], "a knot").len() == 1);
        assert!(mentioned(&["knot", "knot"], "a knot").is_empty());
    }
}

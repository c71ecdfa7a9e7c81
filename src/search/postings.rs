//! Words with the entries in which they stand.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::texts::{self, Role};
use super::words::Words;
use crate::model::site::{EntryId, Site};

/// What a word counts for, by where it stands. In a text it counts once for each time.
const TITLE: u32 = 10;
const ALIAS: u32 = 8;
const SUMMARY: u32 = 4;
const HEADING: u32 = 3;
/// The best score of a word in an entry.
pub const BEST: u32 = 31;
/// The longest word that is indexed, in bytes.
const LONGEST: usize = 60;
/// Entries that one thread takes at a time.
const AT_LEAST: usize = 64;

/// A word in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InText {
    /// The number of the entry.
    pub entry: u32,
    /// What it counts for, of all its places together.
    pub weight: u16,
    /// The number of the heading under which it stands first; 0 where it stands above all of them.
    pub section: u16,
}

/// A word in a name of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InName {
    /// The number of the entry.
    pub entry: u32,
    /// The number of the name: 0 for the title, then those that follow it.
    pub name: u16,
    /// How many words the name has.
    pub length: u16,
}

/// Where a word stands.
#[derive(Debug, Default)]
pub struct PostingList {
    /// In texts of entries, names included, by entry.
    pub texts: Vec<InText>,
    /// In names of entries, by entry.
    pub names: Vec<InName>,
}

/// All words of a site, and the lengths of the texts in which they stand.
pub struct Postings {
    parts: Vec<IndexShard>,
    /// How many words each entry has, names and all.
    pub lengths: Vec<u32>,
}

/// The words of a range of entries.
#[derive(Default)]
struct IndexShard {
    numbers: FxHashMap<Box<str>, u32>,
    lists: Vec<PostingList>,
    lengths: Vec<u32>,
}

impl Postings {
    /// Reads all entries. The order of `ids` gives them their numbers.
    pub fn new(site: &Site, ids: &[EntryId]) -> Self {
        let length = ids.len().div_ceil(rayon::current_num_threads()).max(AT_LEAST);
        let ranges = ids.par_chunks(length).enumerate();
        let mut parts: Vec<IndexShard> =
            ranges.map(|(at, ids)| IndexShard::new(site, ids, (at * length) as u32)).collect();
        let lengths = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.lengths)).collect();
        Self { parts, lengths }
    }

    /// Every word, in the order in which scripts compare texts, with where it stands.
    pub fn sorted(&mut self) -> impl Iterator<Item = (Box<str>, PostingList)> {
        let mut words: Vec<(Box<str>, usize, u32)> = Vec::new();
        for (at, part) in self.parts.iter_mut().enumerate() {
            let numbers = std::mem::take(&mut part.numbers);
            words.extend(numbers.into_iter().map(|(word, number)| (word, at, number)));
        }
        words.par_sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()).then(a.1.cmp(&b.1)));
        let parts = &mut self.parts;
        let mut words = words.into_iter().peekable();
        std::iter::from_fn(move || {
            let (word, at, number) = words.next()?;
            let mut lists = std::mem::take(&mut parts[at].lists[number as usize]);
            while let Some((_, at, number)) = words.next_if(|(next, ..)| *next == word) {
                let more = std::mem::take(&mut parts[at].lists[number as usize]);
                lists.texts.extend(more.texts);
                lists.names.extend(more.names);
            }
            Some((word, lists))
        })
    }

    /// How much a word says about an entry, 1 to [`BEST`]: more of it says more, but less and less, and less in long texts.
    pub fn score(&self, found: &InText, average: f64) -> u32 {
        let length = f64::from(self.lengths[found.entry as usize]) / average.max(1.0);
        let weight = f64::from(found.weight);
        let share = weight / (weight + 2.0 * (0.4 + 0.6 * length));
        ((share * f64::from(BEST)).round() as u32).max(1)
    }
}

impl IndexShard {
    fn new(site: &Site, ids: &[EntryId], first: u32) -> Self {
        let mut part = Self::default();
        let mut words = Words::default();
        let mut name = Vec::new();
        for (entry, id) in (first..).zip(ids) {
            let (mut length, mut names) = (0u32, 0u16);
            texts::each(site, *id, &mut |text, role| match role {
                Role::Title | Role::Alias => {
                    let weight = if role == Role::Title { TITLE } else { ALIAS };
                    length += part.name(&mut words, text, (entry, names), weight, &mut name);
                    names += 1;
                }
                Role::Phrase => length += part.text(&mut words, text, entry, 1, 0),
                Role::Summary => length += part.text(&mut words, text, entry, SUMMARY, 0),
                Role::Heading(section) => length += part.text(&mut words, text, entry, HEADING, section),
                Role::Text(section) => length += part.text(&mut words, text, entry, 1, section),
            });
            part.lengths.push(length);
        }
        part
    }

    /// Adds a name; two neighbouring words of it count as one, too: "hand saw" is found by "handsaw".
    fn name(
        &mut self,
        words: &mut Words,
        text: &str,
        (entry, name): (u32, u16),
        weight: u32,
        all: &mut Vec<(u32, Box<str>)>,
    ) -> u32 {
        all.clear();
        words.each(text, &mut |word| {
            if word.text.len() <= LONGEST {
                let number = self.number(word.text);
                self.add(number, entry, weight, 0);
                if !word.last {
                    all.push((number, word.text.into()));
                }
            }
        });
        let length = all.len().min(usize::from(u16::MAX)) as u16;
        for (number, _) in &*all {
            self.lists[*number as usize].names.push(InName { entry, name, length });
        }
        for pair in all.windows(2).filter(|pair| pair.iter().all(|(_, word)| word.is_ascii())) {
            let number = self.number(&format!("{}{}", pair[0].1, pair[1].1));
            self.add(number, entry, weight, 0);
            self.lists[number as usize].names.push(InName { entry, name, length: length - 1 });
        }
        u32::from(length)
    }

    fn text(&mut self, words: &mut Words, text: &str, entry: u32, weight: u32, section: u32) -> u32 {
        let (mut length, mut before) = (0, String::new());
        words.each(text, &mut |word| {
            if word.text.len() > LONGEST {
                return;
            }
            length += 1;
            let number = self.number(word.text);
            self.add(number, entry, weight, section);
            if word.joined {
                before.push_str(word.text);
                let number = self.number(&before);
                self.add(number, entry, weight, section);
            }
            before.clear();
            before.push_str(word.text);
        });
        length
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.lists.len() as u32;
        self.numbers.insert(word.into(), number);
        self.lists.push(PostingList::default());
        number
    }

    fn add(&mut self, number: u32, entry: u32, weight: u32, section: u32) {
        let texts = &mut self.lists[number as usize].texts;
        match texts.last_mut().filter(|last| last.entry == entry) {
            Some(last) => last.weight = last.weight.saturating_add(weight as u16),
            None => {
                texts.push(InText {
                    entry,
                    weight: weight as u16,
                    section: u16::try_from(section).unwrap_or_default(),
                });
            }
        }
    }
}

//! Names that may have been meant by one that is not there: near ones, which are suggestions, and the same one written
//! differently, which is a repair.

use std::sync::{Mutex, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::url::{composed, decode_path};

/// What may have been meant by a name that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// The names, the most likely first.
    pub names: Vec<String>,
    /// Whether there is one, and it is the very name that was typed in another form.
    pub same: bool,
}

impl Suggestions {
    /// The very name that was typed, as it has to be written.
    pub fn same(name: impl Into<String>) -> Self {
        Self { names: vec![name.into()], same: true }
    }

    /// Names that only come near what was typed.
    pub fn near(names: Vec<String>) -> Self {
        Self { names, same: false }
    }
}

/// What may have been meant, of a few names.
pub fn meant<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Suggestions {
    let names: Vec<&str> = names.into_iter().collect();
    let wanted = form(typed);
    let same: FxHashSet<&str> = names.iter().copied().filter(|name| form(name) == wanted).collect();
    match only(same.into_iter()) {
        Some(one) if one != typed => Suggestions::same(one),
        _ => Suggestions::near(nearest(typed, names)),
    }
}

/// A name without what is only its form: case, Unicode form, the sort of separators, slashes around it, a leading `@`, percent-encoding.
/// Two names with one form are the same name. All other characters are meaning.
pub fn form(name: &str) -> String {
    let decoded = decode_path(name);
    let name = composed(decoded.as_deref().unwrap_or(name).trim());
    let name = name.strip_prefix('@').unwrap_or(&name).trim_matches('/');
    let mut form = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '\u{2010}' | '\u{2011}' => separate(&mut form),
            c if c.is_whitespace() => separate(&mut form),
            c => form.extend(c.to_lowercase()),
        }
    }
    form
}

/// Ends a word: several separators in a row are one.
fn separate(form: &mut String) {
    if !form.ends_with('-') {
        form.push('-');
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

/// Up to three names that come near what was typed, nearest first, then in the order of the alphabet.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let length = typed.chars().count();
    let limit = if length < 5 { 1 } else { (length / 3).max(2) };
    let typed = typed.to_lowercase();
    let letters = letters(&typed);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| Some((distance(&typed, letters, name, limit)?, name)))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    near.dedup();
    // Beside a name that is hardly misspelt, those that share only half of their letters with it are noise.
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.retain(|(distance, _)| *distance <= best * 2);
    near.into_iter().take(3).map(|(_, name)| name.to_string()).collect()
}

/// How many edits lie between two names; `None` where a glance tells that there are too many.
fn distance(typed: &str, typed_letters: u128, name: &str, limit: usize) -> Option<usize> {
    if name.len().abs_diff(typed.len()) > limit * 4 {
        return None;
    }
    let name = name.to_lowercase();
    // An edit brings in one letter at most, and takes one away at most.
    let name_letters = letters(&name);
    let strange = (typed_letters & !name_letters).count_ones().max((name_letters & !typed_letters).count_ones());
    if strange as usize > limit {
        return None;
    }
    let same = typed.bytes().zip(name.bytes()).take_while(|(a, b)| a == b && a.is_ascii()).count();
    Some(strsim::osa_distance(&typed[same..], &name[same..]))
}

/// Which ASCII letters a text has; all others count as one.
fn letters(text: &str) -> u128 {
    text.bytes().fold(0, |letters, byte| letters | 1 << byte.min(127))
}

/// Many names, of which those near a wrong one are found without looking at all of them: a site with thousands of wrong
/// names asks for each. Names that share rare groups of three letters with the wrong one are looked at, and no others.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<String>,
    /// Groups of three letters with the names that have them, sorted.
    groups: Vec<(u64, u32)>,
    by_form: OnceLock<FxHashMap<String, Vec<u32>>>,
    /// What was found before: one cause often stands on many pages.
    known: Mutex<FxHashMap<String, Suggestions>>,
}

/// So many entries of the index are read for one wrong name ...
const MOST_READ: usize = 600;
/// ... and so many names compared with it.
const MOST_COMPARED: usize = 24;

impl NameIndex {
    /// An index of names, in any order.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        let mut groups: Vec<(u64, u32)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            groups.extend(groups_of(name).into_iter().map(|group| (group, at as u32)));
        }
        groups.sort_unstable();
        Self { names, groups, ..Self::default() }
    }

    /// Whether a name is one of them.
    pub fn has(&self, name: &str) -> bool {
        self.names.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// What may have been meant by a name.
    pub fn meant(&self, typed: &str) -> Suggestions {
        if let Some(known) = self.known.lock().ok().and_then(|known| known.get(typed).cloned()) {
            return known;
        }
        let meant = match self.same(typed) {
            Some(same) => Suggestions::same(same),
            None => Suggestions::near(self.near(typed).0),
        };
        if let Ok(mut known) = self.known.lock() {
            known.insert(typed.to_string(), meant.clone());
        }
        meant
    }

    /// The one name that has the form of the typed one and is written differently.
    fn same(&self, typed: &str) -> Option<&str> {
        let by_form = self.by_form.get_or_init(|| {
            let mut by_form: FxHashMap<String, Vec<u32>> = FxHashMap::default();
            for (at, name) in self.names.iter().enumerate() {
                by_form.entry(form(name)).or_default().push(at as u32);
            }
            by_form
        });
        let [one] = by_form.get(&form(typed))?.as_slice() else { return None };
        Some(self.names[*one as usize].as_str()).filter(|name| *name != typed)
    }

    /// The names that come near, and how many entries of the index were read and names compared for it.
    fn near(&self, typed: &str) -> (Vec<String>, usize) {
        let mut lists: Vec<&[(u64, u32)]> = groups_of(typed).into_iter().map(|group| self.list(group)).collect();
        lists.sort_by_key(|list| (list.len(), list.first().copied()));
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        let mut read = 0;
        for (_, name) in lists.into_iter().flatten().take(MOST_READ) {
            *shared.entry(*name).or_default() += 1;
            read += 1;
        }
        let mut likely: Vec<(u32, u32)> = shared.into_iter().map(|(name, groups)| (u32::MAX - groups, name)).collect();
        likely.sort_unstable();
        likely.truncate(MOST_COMPARED);
        let work = read + likely.len();
        (nearest(typed, likely.iter().map(|(_, name)| self.names[*name as usize].as_str())), work)
    }

    /// The names with a group of letters.
    fn list(&self, group: u64) -> &[(u64, u32)] {
        let start = self.groups.partition_point(|(other, _)| *other < group);
        let end = self.groups.partition_point(|(other, _)| *other <= group);
        &self.groups[start..end]
    }
}

/// All groups of three letters of a name, with two signs for its beginning and its end, each once.
fn groups_of(name: &str) -> Vec<u64> {
    let ends = [0u64; 2];
    let letters = name.chars().flat_map(char::to_lowercase).map(|c| u64::from(u32::from(c)));
    let letters: Vec<u64> = ends.into_iter().chain(letters).chain(ends).collect();
    let mut groups: Vec<u64> = letters.windows(3).map(|three| three[0] << 42 | three[1] << 21 | three[2]).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_another_form_is_the_same_name() {
        for typed in
            ["Fine Pruning", "fine_pruning", "/fine-pruning/", "@fine-pruning", "fine%20pruning", "FINE-PRUNING"]
        {
            assert_eq!(meant(typed, ["fine-pruning", "fine"]), Suggestions::same("fine-pruning"), "{typed}");
            let index = NameIndex::new(["fine-pruning".to_string(), "fine".to_string()]);
            assert_eq!(index.meant(typed), Suggestions::same("fine-pruning"), "{typed}");
        }
    }

    #[test]
    fn letters_digits_and_signs_are_meaning() {
        for (typed, name) in [
            ("week-2", "week-1"),
            ("smith2019", "smith2018"),
            ("c++", "c"),
            ("-5", "5"),
            ("12", "1-2"),
            ("finepruning", "fine-pruning"),
        ] {
            assert!(!meant(typed, [name]).same, "{typed}");
            assert!(!NameIndex::new([name.to_string()]).meant(typed).same, "{typed}");
        }
    }

    #[test]
    fn of_two_names_with_one_form_neither_is_meant() {
        assert!(!meant("Step 1", ["step-1", "step_1"]).same);
        assert!(!NameIndex::new(["step-1".to_string(), "step_1".to_string()]).meant("Step 1").same);
    }

    #[test]
    fn the_index_finds_what_looking_at_all_names_finds() {
        let names: Vec<String> =
            (0..3_000).map(|n| format!("{}-{n}", ["corm", "hellebore", "foot arch"][n % 3])).collect();
        let index = NameIndex::new(names.iter().cloned().chain(["evergreens".to_string(), "ab".to_string()]));
        assert_eq!(index.meant("evergrens").names, ["evergreens"]);
        assert_eq!(index.meant("cb").names, ["ab"]);
        assert_eq!(index.meant("hellebroe-1300").names[0], "hellebore-1300");
        assert_eq!(index.meant("nothing like it").names, [""; 0]);
    }

    #[test]
    fn the_work_for_one_wrong_name_does_not_grow_with_the_number_of_names() {
        let work = |count: usize| {
            let index = NameIndex::new((0..count).map(|n| format!("learn-experimental-features-{n}")));
            (0..count).map(|n| index.near(&format!("learn-experimental-feature-{n}x")).1).sum::<usize>()
        };
        let (few, many) = (work(200), work(800));
        assert!(many <= few * 4 + few / 10, "{few} for 200 wrong names, {many} for 800");
    }
}

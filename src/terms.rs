//! Mentions of entries in texts.
//!
//! A name is found only as whole words, so it can only begin where a word does, and ends where one does. The names form a
//! trie of words and of what stands between them: it is followed as long as there are names that go on like this, from every
//! word with which one begins. A quick look passes over all others, however many names there are.
//!
//! Longest match, whole words, plurals; names with capitals inside keep their case. Of two entries with one name, that of the
//! kind declared first has it; two of one kind, and nobody has.
//!
//! A trie of words, and no automaton of characters: its size does not slow the search down, and it is made again with every
//! new title.

mod bloom;

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::hash::{Hash, Hasher};
use crate::html::escape;
use crate::model::body::Body;
use crate::model::site::EntryId;
use crate::span::Offset;
use crate::url::{composed, decomposed, is_mark};
use bloom::{BloomFilter, is_ascii_part};

/// Names shorter than this are left alone unless they look like names: they would match too much. In characters.
const SHORTEST: usize = 3;

/// All names that become links, ready for searching.
#[derive(Debug)]
pub struct Vocabulary {
    filter: BloomFilter,
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
        let (filter, tokens, next, hash) = Default::default();
        Self { filter, tokens, next, ends: vec![Vec::new()], hash }
    }
}

impl Vocabulary {
    /// From names with the rank of their kind and their entry. Of several entries with one name the one with the lowest
    /// rank has it; where two have the same rank, none has it. The language says which plurals there are.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u16, EntryId)>, language: &str) -> Self {
        let names: Vec<_> = names.into_iter().collect();
        let written = names.into_par_iter().flat_map_iter(|(name, rank, entry)| {
            variants(name.trim(), language).into_iter().map(move |variant| (variant, rank, entry))
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
                let name = escape(name);
                // In the words of a text a straight quote is no entity.
                if name.contains("&quot;") {
                    vocabulary.add(name.replace("&quot;", "\""), *entry);
                }
                vocabulary.add(name, *entry);
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
        for form in beginnings_of(&name) {
            self.filter.add(form.as_bytes());
        }
        let (mut node, mut at, mut lower) = (0, 0, String::new());
        while at < name.len() {
            let end = at + token(&name[at..]);
            folded(&name[at..end], &mut lower);
            let number = self.number(&lower);
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
        self.filter.each(text.as_bytes(), |at| {
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
            folded(token, lower);
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

/// A token as it is compared: in small letters, on one line, with one sort of apostrophes, hyphens and quotation marks.
fn folded(token: &str, lower: &mut String) {
    lower.clear();
    match token {
        "\n" | "\u{a0}" | "\u{202f}" => lower.push(' '),
        "’" | "‘" | "ʼ" | "‚" | "‹" | "›" => lower.push('\''),
        "”" | "„" | "‟" | "«" | "»" => lower.push('“'),
        token if token.is_ascii() => {
            lower.push_str(token);
            lower.make_ascii_lowercase();
        }
        token => lower.extend(token.chars().map(plain_hyphen).flat_map(char::to_lowercase)),
    }
}

/// The hyphen that cannot be mistaken for a minus and the one that ends no line are the one of the keyboard.
fn plain_hyphen(c: char) -> char {
    if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c }
}

/// What a name may begin with where a text has other capitals than the name.
fn beginnings_of(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_ascii_lowercase()];
    let mut chars = name.chars();
    if let Some(first) = chars.next().filter(|first| !first.is_ascii()) {
        let rest = chars.as_str().to_ascii_lowercase();
        forms.extend([first.to_lowercase().to_string(), first.to_uppercase().to_string()].map(|first| first + &rest));
        if "“”„«»".contains(first) {
            forms.extend(["“", "”", "„", "«", "»"].map(|quote| format!("{quote}{rest}")));
        }
    }
    if let Some(rest) = name.strip_prefix('\'') {
        forms.extend(["’", "‘", "ʼ", "‚", "‹", "›"].map(|sign| sign.to_string() + &rest.to_ascii_lowercase()));
    }
    // Typographers put spaces and hyphens where no line may break.
    let joined = forms.iter().filter(|form| form.contains('-')).map(|form| form.replace('-', "\u{2011}"));
    forms.extend(joined.collect::<Vec<_>>());
    let parted = forms.iter().filter(|form| form.contains(' ')).cloned().collect::<Vec<_>>();
    forms.extend(parted.iter().flat_map(|form| ["\u{a0}", "\u{202f}"].map(|space| form.replacen(' ', space, 1))));
    forms
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

/// Whether a name is so short that texts hold it everywhere, and does not look like a name either.
pub fn is_too_short(name: &str) -> bool {
    let name = name.trim();
    let mut chars = name.chars();
    let like_a_name = |name: &str| {
        name.chars().all(has_no_spaces)
            || name.chars().any(char::is_uppercase) && name.chars().all(|c| c.is_uppercase() || c.is_numeric())
    };
    match (chars.next(), chars.next(), chars.nth(SHORTEST - 3)) {
        (_, _, Some(_)) => false,
        (Some(_), Some(_), None) => !like_a_name(name),
        _ => true,
    }
}

/// The name itself and its plural, in the forms in which texts may have them.
fn variants(name: &str, language: &str) -> Vec<String> {
    if is_too_short(name) {
        return Vec::new();
    }
    let name = &composed(name).replace(['’', '‘', 'ʼ', '‚', '‹', '›'], "'").replace(['\u{2010}', '\u{2011}'], "-");
    let mut all = vec![name.to_string()];
    all.extend(plural(name).filter(|_| language.split('-').next() == Some("en")));
    if name.contains("--") || name.contains("...") {
        all = all.iter().flat_map(|name| [name.clone(), typeset(name)]).collect();
    }
    if name.contains(['"', '“', '”', '„', '«', '»']) {
        let quoted = |name: &String, quote: &str| name.replace(['"', '“', '”', '„', '«', '»'], quote);
        all = all.iter().flat_map(|name| [quoted(name, "\""), quoted(name, "“")]).collect();
    }
    if !name.is_ascii() {
        all = all.iter().flat_map(|name| [composed(name).into_owned(), decomposed(name)]).collect();
        all.sort();
        all.dedup();
    }
    all
}

/// A name with dashes and dots as smart punctuation writes them.
fn typeset(name: &str) -> String {
    name.replace("---", "—").replace("--", "–").replace("...", "…")
}

/// The English plural of a name.
fn plural(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let is_plural = lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("is");
    if is_plural || !name.ends_with(|c: char| c.is_alphanumeric() && !has_no_spaces(c)) {
        return None;
    }
    let consonant_y = lower.ends_with('y') && !lower.trim_end_matches('y').ends_with(['a', 'e', 'i', 'o', 'u']);
    Some(if consonant_y {
        format!("{}ies", &name[..name.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        format!("{name}es")
    } else {
        format!("{name}s")
    })
}

/// Whether a character can be part of a word that spaces part from others.
fn is_part(c: char) -> bool {
    plain_hyphen(c) == '-' || c == '_' || c.is_alphanumeric() && !has_no_spaces(c) || is_mark(c)
}

/// Whether a character belongs to a script without spaces between words: there a name may stand anywhere.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0eff}' | '\u{0f00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is one of those in which Japanese spells foreign words: a run of them is a word.
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
}

fn whole_word(text: &str, range: Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let entity = before.ends_with('&') && after.starts_with(';');
    let word = &text[range];
    let in_run = (before.ends_with(is_katakana) && word.starts_with(is_katakana))
        || (after.starts_with(is_katakana) && word.ends_with(is_katakana));
    !in_run && !before.ends_with(is_part) && !after.starts_with(is_part) && !entity
}

/// Names with capitals inside (DIBS, IT belt) and very short ones are taken as they are, but for the end of a line and the
/// sort of apostrophes and hyphens; others in any case.
fn same_case(name: &str, found: &str) -> bool {
    let proper = name.chars().skip(1).any(char::is_uppercase) || name.chars().nth(SHORTEST - 1).is_none();
    let same = |c: char| match c {
        '\n' | '\u{a0}' | '\u{202f}' => ' ',
        '’' | '‘' | 'ʼ' | '‚' | '‹' | '›' => '\'',
        '”' | '„' | '«' | '»' => '“',
        c => plain_hyphen(c),
    };
    !proper || name.chars().map(same).eq(found.chars().map(same))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mentioned(names: &[&str], text: &str) -> Vec<String> {
        let names = names.iter().enumerate().map(|(at, name)| (*name, 0, EntryId(at as u32)));
        let whole = 0..text.len() as Offset;
        let body = Body { html: text.to_string(), linkable: Vec::from([whole]), ..Body::default() };
        let found = Vocabulary::new(names, "en").mentions(&body, &mut FxHashSet::default(), |_| false);
        found.into_iter().map(|(range, _)| text[range.start as usize..range.end as usize].to_string()).collect()
    }

    #[test]
    fn the_longest_whole_word_is_found_once() {
        assert_eq!(
            mentioned(&["fennel", "planter fennel"], "The planter fennel, the fennell planter fennel."),
            ["planter fennel"]
        );
        assert_eq!(mentioned(&["load"], "Overload and load-bearing loads"), ["loads"]);
    }

    #[test]
    fn names_are_found_as_smart_punctuation_writes_them() {
        let names = ["make --all", "wait... and see", "one---two", "the \"old\" way", "'so' it is"];
        let typed = ["make --all", "wait... and see", "one---two", "the \"old\" way", "'so' it is"];
        assert_eq!(mentioned(&names, &typed.join(", ")), typed);
        let typeset = ["make –all", "wait… and see", "one—two", "the „old“ way", "‚so‘ it is"];
        assert_eq!(mentioned(&names, &typeset.join(", ")), typeset);
    }

    #[test]
    fn a_shorter_name_is_found_where_the_longer_one_is_no_whole_word() {
        assert_eq!(mentioned(&["run", "run up", "upward"], "Run upward, run up."), ["Run", "upward", "run up"]);
        assert_eq!(mentioned(&["DIBS", "dibs test"], "DIBS tested, dibs test"), ["DIBS", "dibs test"]);
    }

    #[test]
    fn a_name_on_two_lines_is_found_and_an_entity_is_left_whole() {
        assert_eq!(mentioned(&["planter fennel", "fennel"], "the planter\nfennel"), ["planter\nfennel"]);
        assert_eq!(
            mentioned(&["planter fennel", "IT\u{202f}belt"], "the planter\u{a0}fennel, an IT belt"),
            ["planter\u{a0}fennel", "IT belt"]
        );
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
        assert_eq!(mentioned(&["red flag", "nursery"], "Red flags and nurseries"), ["Red flags", "nurseries"]);
        assert_eq!(mentioned(&["DIBS"], "It dibs. It is DIBS."), ["DIBS"]);
        for text in ["caf\u{e9}s", "cafe\u{301}s"] {
            assert_eq!(mentioned(&["Cafe\u{301}"], text), [text]);
        }
    }

    #[test]
    fn a_name_of_two_entries_of_one_kind_is_nobodys() {
        assert!(mentioned(&["knot", "Knot"], "a knot").len() == 1);
        assert!(mentioned(&["knot", "knot"], "a knot").is_empty());
    }

    #[test]
    fn apostrophes_and_quotes_are_the_same_straight_and_curly() {
        assert_eq!(mentioned(&["Runner's kale"], "A runner’s kale"), ["runner’s kale"]);
        assert_eq!(mentioned(&["Baker’s Cyst"], "A Baker's Cyst"), ["Baker's Cyst"]);
        assert_eq!(mentioned(&["the \"wall\""], "hits the “wall” or the &quot;wall&quot;"), ["the “wall”"]);
        assert_eq!(mentioned(&["the “wall”"], "hits the &quot;wall&quot;"), ["the &quot;wall&quot;"]);
    }

    #[test]
    fn an_apostrophe_may_begin_a_name_and_hyphens_are_the_same() {
        assert_eq!(mentioned(&["'til dawn"], "run ‘til dawn"), ["‘til dawn"]);
        assert_eq!(mentioned(&["’til dawn"], "run ’Til dawn, 'til dawn"), ["’Til dawn"]);
        assert_eq!(mentioned(&["rock 'n' roll"], "to rock ’n’ roll"), ["rock ’n’ roll"]);
        assert_eq!(mentioned(&["cross-training"], "Cross\u{2011}training"), ["Cross\u{2011}training"]);
        assert_eq!(mentioned(&["X\u{2011}Ray", "IT x-ray"], "an x\u{2010}ray, an X\u{2010}Ray"), ["X\u{2010}Ray"]);
        assert_eq!(mentioned(&["IT x-ray"], "an IT x\u{2011}ray"), ["IT x\u{2011}ray"]);
        assert!(mentioned(&["train"], "cross\u{2011}train").is_empty());
    }

    #[test]
    fn short_names_are_found_as_they_are_where_they_look_like_names() {
        assert_eq!(mentioned(&["GP", "K2", "МП"], "a gp, a k2, a GP, GPs, K2 and МП"), ["GP", "K2", "МП"]);
        assert!(mentioned(&["Q", "an", "膝"], "Q an 膝").is_empty());
        assert!(is_too_short("an") && is_too_short("膝") && !is_too_short("GP") && !is_too_short("跑步"));
    }

    #[test]
    fn scripts_without_spaces_have_names_anywhere() {
        assert_eq!(mentioned(&["泡沫轴"], "我们使用泡沫轴放松小腿。"), ["泡沫轴"]);
        assert_eq!(mentioned(&["ストライド"], "オーバーストライドはストライドより"), ["ストライド"]);
        assert_eq!(mentioned(&["นวด"], "การนวดไทย"), ["นวด"]);
    }

    #[test]
    fn capitals_and_accents_of_all_scripts_are_compared() {
        assert_eq!(mentioned(&["Термин"], "этот термин"), ["термин"]);
        assert_eq!(mentioned(&["Über"], "so über alles"), ["über"]);
        assert_eq!(mentioned(&["Café"], "a cafe\u{301} here"), ["cafe\u{301}"]);
        assert!(mentioned(&["cafe"], "a cafe\u{301} here").is_empty());
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
        let written = |at: usize| variants(names[at].trim(), "en").into_iter().map(move |name| (name, at));
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

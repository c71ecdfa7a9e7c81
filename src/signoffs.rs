//! Sign-offs: who has read which entry, on which day, and what it said then. `reviews.yaml` lists them, `reviews/` holds the
//! texts that were signed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::span::Place;
use crate::yaml::{self, MappingPart, Path, PathStep, Yaml, YamlText};

/// The file that lists all sign-offs.
pub const SIGNOFFS: &str = "reviews.yaml";
/// The folder with the texts that were signed.
pub const SIGNED_TEXTS: &str = "reviews";

/// Whether a file of the project belongs to the sign-offs.
pub fn is_of_signoffs(path: &str) -> bool {
    let below = || path.strip_prefix(SIGNED_TEXTS).is_some_and(|rest| rest.starts_with('/'));
    path == SIGNOFFS || path.ends_with(".txt") && below()
}

/// The sign-offs of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOffs {
    /// By the names of the entries; of one person the last sign-off of an entry.
    pub by_entry: BTreeMap<String, Vec<SignOff>>,
    /// The entries of all sign-offs, and where each is named.
    pub named: Vec<(String, Place)>,
    /// The texts that were signed, by their fingerprints.
    pub texts: BTreeMap<Hash, Arc<str>>,
}

/// One sign-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// Who it was.
    pub who: String,
    /// As what: `physiotherapist`.
    pub role: String,
    /// The day, as `2026-03-04`.
    pub day: String,
    /// The fingerprint of the words that the entry had.
    pub text: Hash,
    /// Where its entry is named.
    pub place: Place,
}

/// The keys of a sign-off.
const KEYS: [&str; 5] = ["entry", "who", "role", "day", "text"];

/// Where the text of an entry lies that was signed: `reviews/articles/desk.570e6f43.txt`.
pub fn text_path(entry: &str, text: Hash) -> String {
    format!("{SIGNED_TEXTS}/{entry}.{}.txt", text.short())
}

/// A sign-off as it stands in the file.
pub fn written(entry: &str, who: &str, role: &str, day: &str, text: Hash) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let [entry, who, role] = [entry, who, role].map(quoted);
    format!("- entry: {entry}\n  who: {who}\n  role: {role}\n  day: {day}\n  text: {text}\n")
}

/// Reads the sign-offs. `texts` are the files of the folder with the signed texts.
pub fn parse<'t>(
    path: &Arc<str>,
    text: &str,
    texts: impl Iterator<Item = &'t Arc<str>>,
) -> (SignOffs, Vec<Diagnostic>) {
    let texts = texts.map(|text| (Hash::of(text.trim_end_matches('\n').as_bytes()), text.clone())).collect();
    let mut signoffs = SignOffs { texts, ..SignOffs::default() };
    let places = YamlText::new(path, text, 0);
    let root = match yaml::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let problem = Diagnostic::new(Code::YamlInvalid, places.at(error.span), error.message).help(error.help);
            return (signoffs, vec![problem]);
        }
    };
    let items = match root {
        Yaml::Null => Vec::new(),
        Yaml::List(items) => items,
        other => {
            let message = format!("expected a list of sign-offs, found {}", other.sort());
            let problem = Diagnostic::new(Code::SignOffInvalid, Place::whole(path), message);
            return (signoffs, vec![problem.help("begin each sign-off with a hyphen, as `limber review --sign` does")]);
        }
    };
    let mut problems = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match record(item, at, &places) {
            Ok((entry, signoff)) => {
                signoffs.named.push((entry.clone(), signoff.place.clone()));
                let of_entry = signoffs.by_entry.entry(entry).or_default();
                of_entry.retain(|earlier| earlier.who != signoff.who);
                of_entry.push(signoff);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    (signoffs, problems)
}

fn record(item: &Yaml, at: usize, places: &YamlText) -> Result<(String, SignOff), Box<Diagnostic>> {
    let place = |key: &str, part| {
        let mut path: Path = vec![PathStep::Index(at)];
        path.extend((!key.is_empty()).then(|| PathStep::Key(key.to_string())));
        places.place(&path, part)
    };
    let wrong = |key: &str, part, message: String, help: &str| {
        Err(Box::new(Diagnostic::new(Code::SignOffInvalid, place(key, part), message).help(help)))
    };
    let again = "take the sign-off out, and sign again with `limber review --sign`";
    let Yaml::Map(entries) = item else {
        return wrong("", MappingPart::Value, format!("expected a sign-off, found {}", item.sort()), again);
    };
    if let Some((key, _)) = entries.iter().find(|(key, _)| !KEYS.contains(&key.as_str())) {
        let help = format!("known keys are {}", KEYS.join(", "));
        return wrong(key, MappingPart::Key, format!("a sign-off has no key `{key}`"), &help);
    }
    let mut texts = BTreeMap::new();
    for key in KEYS {
        match item.get(key).map(|value| value.as_text().map(str::trim)) {
            Some(Some(text)) if !text.is_empty() => drop(texts.insert(key, text.to_string())),
            Some(_) => return wrong(key, MappingPart::Value, format!("`{key}` has to be a text"), again),
            None => return wrong("", MappingPart::Value, format!("this sign-off has no `{key}`"), again),
        }
    }
    let mut take = |key: &str| texts.remove(key).unwrap_or_default();
    let (entry, who, role, day, text) = (take("entry"), take("who"), take("role"), take("day"), take("text"));
    if !is_day(&day) {
        return wrong("day", MappingPart::Value, format!("`{day}` is no day"), "write it as 2026-03-04");
    }
    let Some(text) = Hash::from_hex(&text) else {
        return wrong("text", MappingPart::Value, format!("`{text}` is no fingerprint of a text"), again);
    };
    Ok((entry, SignOff { who, role, day, text, place: place("entry", MappingPart::Value) }))
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sign_off_of_a_person_counts_and_what_is_written_is_read() {
        let (old, new) = (Hash::of(b"old"), Hash::of(b"new"));
        let text = written("notes/a", "Ann: \"Lee\"", "editor", "2026-01-02", old)
            + &written("notes/a", "Bo", "nurse", "2026-01-03", old)
            + &written("notes/a", "Ann: \"Lee\"", "editor", "2026-02-03", new);
        let copies: [Arc<str>; 1] = ["new\n".into()];
        let (signoffs, problems) = parse(&"reviews.yaml".into(), &text, copies.iter());
        assert_eq!(problems, []);
        let found: Vec<_> = signoffs.by_entry["notes/a"].iter().map(|one| (&*one.who, &*one.day, one.text)).collect();
        assert_eq!(found, [("Bo", "2026-01-03", old), ("Ann: \"Lee\"", "2026-02-03", new)]);
        assert_eq!(signoffs.texts[&new].as_ref(), "new\n");
    }

    #[test]
    fn only_lists_and_texts_belong_to_them() {
        assert!(is_of_signoffs("reviews.yaml") && is_of_signoffs("reviews/notes/a.1.txt"));
        assert!(
            !is_of_signoffs("reviews/a.md")
                && !is_of_signoffs("reviewsx/a.txt")
                && !is_of_signoffs("content/reviews.yaml")
        );
    }
}

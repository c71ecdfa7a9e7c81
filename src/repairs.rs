//! Repairs: which ones are certain, and what they make of a file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Diagnostic, Fix};
use crate::span;
use crate::yaml::{self, Yaml, YamlText};

/// Drops every fix whose place does not hold exactly what the fix wants to replace, or whose replacement would be read as
/// something else there, and keeps quotes where they are. Of fixes that together would write a key twice none is kept.
pub fn confirm(diagnostics: &mut [Diagnostic], texts: &SourceTexts) {
    for diagnostic in diagnostics.iter_mut() {
        let confirmed = diagnostic.fix.take().and_then(|fix| {
            let text = texts.get(&fix.place.path)?;
            confirmed(fix, text)
        });
        diagnostic.fix = confirmed;
    }
    drop_equal_keys(diagnostics, texts);
}

/// Drops fixes that write one key into one file several times, where two of them would meet in one mapping.
fn drop_equal_keys(diagnostics: &mut [Diagnostic], texts: &SourceTexts) {
    let mut equal: BTreeMap<(Arc<str>, String), Vec<usize>> = BTreeMap::new();
    for (at, fix) in diagnostics.iter().enumerate().filter_map(|(at, found)| Some((at, found.fix.as_ref()?))) {
        if texts.get(&fix.place.path).is_some_and(|text| is_key(fix, text)) {
            equal.entry((fix.place.path.clone(), fix.replacement.clone())).or_default().push(at);
        }
    }
    for ((path, _), group) in equal.into_iter().filter(|(_, group)| group.len() > 1) {
        let fixes: Vec<&Fix> = group.iter().filter_map(|at| diagnostics[*at].fix.as_ref()).collect();
        if texts.get(&path).is_some_and(|text| adds_equal_keys(&path, text, &fixes)) {
            group.iter().for_each(|at| diagnostics[*at].fix = None);
        }
    }
}

/// Whether what a fix replaces is a key of front matter or of a data file.
fn is_key(fix: &Fix, text: &str) -> bool {
    let range = fix.place.range();
    let behind = text.get(range.end..).unwrap_or_default().trim_start_matches(['"', '\'', ' ', '\t']);
    behind.starts_with([':', '=']) && data_of(&fix.place.path, text).is_some_and(|data| data.contains(&range.start))
}

/// Whether a key stands twice in a mapping once these fixes are made, and not before.
fn adds_equal_keys(path: &Arc<str>, text: &str, fixes: &[&Fix]) -> bool {
    let equal_keys = |text: &str| {
        let data = &text[data_of(path, text)?];
        // In TOML it is an error.
        let read = if text.starts_with("+++") { yaml::parse_toml(data) } else { yaml::parse(data) };
        Some(yaml::duplicate_keys(&YamlText::new(path, data, 0), &read.ok()?).len())
    };
    let before = equal_keys(text);
    before.is_some() && equal_keys(&apply(text, fixes).0).is_none_or(|after| Some(after) > before)
}

fn confirmed(mut fix: Fix, text: &str) -> Option<Fix> {
    let range = fix.place.range();
    let found = text.get(range.clone())?;
    if found == fix.was && !fix.was.is_empty() && adds_redirect(&fix, text) {
        return Some(fix);
    }
    if fix.was.is_empty() || fix.replacement.is_empty() || fix.replacement.contains(char::is_control) {
        return None;
    }
    let quoted = found.len() >= 2 && found.starts_with(['"', '\'']) && found.ends_with(&found[..1]);
    if found == fix.was {
        (!in_yaml(&fix.place.path, text, range.start) || is_plain(&fix.replacement)).then_some(fix)
    } else if quoted && found[1..found.len() - 1] == fix.was && !fix.replacement.contains(['"', '\'', '\\']) {
        fix.place = span::Place::new(&fix.place.path, range.start + 1..range.end - 1);
        Some(fix)
    } else {
        None
    }
}

/// Whether a place lies in YAML: in a data file or in front matter.
fn in_yaml(path: &str, text: &str, at: usize) -> bool {
    yaml_of(path, text).is_some_and(|yaml| yaml.contains(&at))
}

/// Where the YAML of a file stands: all of a data file, or the front matter.
fn yaml_of(path: &str, text: &str) -> Option<Range<usize>> {
    if path.ends_with(".yaml") {
        return Some(0..text.len());
    }
    let rest = text.strip_prefix("---")?;
    let end = rest.find("\n---").map(|end| end + "---\n".len())?;
    Some("---".len()..end)
}

/// The same, or where the TOML stands with which a file begins.
fn data_of(path: &str, text: &str) -> Option<Range<usize>> {
    let toml = || {
        let rest = text.strip_prefix("+++")?;
        Some("+++".len().."+++".len() + rest.find("\n+++")? + 1)
    };
    yaml_of(path, text).or_else(toml)
}

/// Whether all that a fix does is to add an address to `redirect_from`.
fn adds_redirect(fix: &Fix, text: &str) -> bool {
    if !fix.replacement.contains("redirect_from") && !fix.replacement.contains('/') {
        return false;
    }
    let (range, yaml) = (fix.place.range(), yaml_of(&fix.place.path, text));
    let Some(yaml) = yaml.filter(|yaml| yaml.start <= range.start && range.end <= yaml.end) else { return false };
    let new = [&text[yaml.start..range.start], &fix.replacement, &text[range.end..yaml.end]].concat();
    let (Ok(old), Ok(new)) = (yaml::parse(&text[yaml]), yaml::parse(&new)) else { return false };
    old != new && without_redirects(&old) == without_redirects(&new)
}

fn without_redirects(yaml: &Yaml) -> Yaml {
    match yaml {
        Yaml::Map(entries) => {
            let others = entries.iter().filter(|(key, _)| key != "redirect_from");
            Yaml::Map(others.map(|(key, value)| (key.clone(), without_redirects(value))).collect())
        }
        Yaml::List(items) => Yaml::List(items.iter().map(without_redirects).collect()),
        other => other.clone(),
    }
}

/// Whether a text without quotes is itself in YAML, within brackets, too.
fn is_plain(text: &str) -> bool {
    !text.contains([',', '[', ']', '{', '}', '#', ':'])
        && yaml::parse(text).is_ok_and(|yaml| yaml.as_text() == Some(text))
}

/// A file as it is on disk, with the repairs made. Places count in the text without a byte order mark and with `\n` at
/// the end of lines; everything that is not repaired keeps its bytes. Of repairs that overlap the first is made, and none
/// of two that want different things for one place.
pub fn apply(written: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut fixes: Vec<(Range<usize>, &str)> =
        fixes.iter().map(|fix| (fix.place.range(), fix.replacement.as_str())).collect();
    fixes.sort_by_key(|(range, replacement)| (range.start, range.end, *replacement));
    fixes.dedup();
    let ambiguous = |range: &Range<usize>| fixes.iter().filter(|(other, _)| other == range).count() > 1;
    let certain: Vec<_> = fixes.iter().filter(|(range, _)| !ambiguous(range)).cloned().collect();
    let (mut out, mut done, mut at) = (String::with_capacity(written.len()), 0, 0);
    let mut borders = OffsetMap::new(written);
    let mut last_end = 0;
    for (range, replacement) in certain {
        if range.start < last_end {
            continue;
        }
        last_end = range.end;
        let (start, end) = (borders.written(range.start), borders.written(range.end));
        out.push_str(&written[at..start]);
        out.push_str(replacement);
        at = end;
        done += 1;
    }
    out.push_str(&written[at..]);
    (out, done)
}

/// Turns offsets of the tidied text into offsets of the text on disk; has to be asked in ascending order.
struct OffsetMap<'a> {
    written: &'a str,
    at: usize,
    tidied: usize,
}

impl<'a> OffsetMap<'a> {
    fn new(written: &'a str) -> Self {
        let mark = if written.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { written, at: mark, tidied: 0 }
    }

    fn written(&mut self, wanted: usize) -> usize {
        let bytes = self.written.as_bytes();
        while self.tidied < wanted && self.at < bytes.len() {
            let pair = bytes[self.at] == b'\r' && bytes.get(self.at + 1) == Some(&b'\n');
            self.at += if pair { 2 } else { 1 };
            self.tidied += 1;
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Place;

    fn fixed(written: &str, was: &str, replacement: &str) -> String {
        let tidied = written.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let at = tidied.find(was).unwrap();
        let place = Place::new(&"a.md".into(), at..at + was.len());
        let fix = Fix { place, was: was.into(), replacement: replacement.into() };
        apply(written, &[&fix]).0
    }

    #[test]
    fn every_other_byte_stays() {
        assert_eq!(fixed("\u{feff}a: ö\r\nb: old\r\nc\n", "old", "newer"), "\u{feff}a: ö\r\nb: newer\r\nc\n");
        assert_eq!(fixed("a\nold", "old", "new"), "a\nnew");
        assert_eq!(fixed("a\r\n\rold\r", "old", "new"), "a\r\n\rnew\r");
    }

    #[test]
    fn repairs_of_the_same_place_are_made_once() {
        let place = Place::new(&"a.md".into(), 0..3);
        let fix = |replacement: &str| Fix { place: place.clone(), was: "old".into(), replacement: replacement.into() };
        assert_eq!(apply("old", &[&fix("new"), &fix("new")]), ("new".to_string(), 1));
        assert_eq!(apply("old", &[&fix("one"), &fix("two")]), ("old".to_string(), 0));
    }

    #[test]
    fn of_repairs_that_overlap_the_first_is_made() {
        let path = "a.md".into();
        let fix = |range| Fix { place: Place::new(&path, range), was: "-".into(), replacement: "x".into() };
        assert_eq!(apply("abcdef", &[&fix(2..4), &fix(0..3)]), ("xdef".to_string(), 1));
        assert_eq!(apply("abcdef", &[&fix(0..3), &fix(3..6)]), ("xx".to_string(), 2));
        assert_eq!(apply("ab", &[&fix(3..5)]), ("abx".to_string(), 1), "a place behind the end is the end");
    }

    #[test]
    fn a_fix_is_kept_only_where_its_text_stands() {
        let text = "a: \"old\" old 'old' \"old'";
        let fix = |range| Fix { place: Place::new(&"a.md".into(), range), was: "old".into(), replacement: "x".into() };
        assert_eq!(confirmed(fix(3..8), text).unwrap().place.range(), 4..7);
        assert_eq!(confirmed(fix(9..12), text).unwrap().place.range(), 9..12);
        assert_eq!(confirmed(fix(13..18), text).unwrap().place.range(), 14..17);
        assert_eq!(confirmed(fix(19..24), text), None);
        assert_eq!(confirmed(fix(0..8), text), None);
        assert_eq!(confirmed(fix(19..99), text), None);
    }

    #[test]
    fn nothing_is_replaced_by_nothing_by_lines_or_by_what_reads_as_something_else() {
        let kept = |path: &str, text: &str, was: &str, replacement: &str| {
            let at = text.rfind(was).unwrap();
            let place = Place::new(&path.into(), at..at + was.len());
            confirmed(Fix { place, was: was.trim_matches('"').into(), replacement: replacement.into() }, text).is_some()
        };
        assert!(kept("a.md", "[x](Old.md)", "Old.md", "old: 1, #2.md"));
        for broken in ["", "a\nb", "a\rb", "a\tb"] {
            assert!(!kept("a.md", "[x](Old.md)", "Old.md", broken), "{broken:?}");
        }
        for page in ["---\na: Old\n---\nText", "a: Old\n"] {
            let path = if page.starts_with('-') { "a.md" } else { "a.yaml" };
            assert!(kept(path, page, "Old", "old-one"));
            for other in ["a: b", "a, b", "[a]", "a]", "{a", "a}", "a #b", "1", "true", "- a", "~", "*a", " a"] {
                assert!(!kept(path, page, "Old", other), "{other}");
            }
        }
        assert!(kept("a.md", "---\na: \"Old\"\n---\n", "\"Old\"", "a: b, #1"));
        for quotes in ["\"", "'", "\\"] {
            assert!(!kept("a.md", "---\na: \"Old\"\n---\n", "\"Old\"", quotes));
        }
        assert!(kept("a.md", "---\na: b\n---\nOld", "Old", "x: y"), "the text below front matter is no YAML");
        assert!(kept("a.md", "---\n\nOld", "Old", "x: y"), "front matter that never ends is none");
        assert!(!kept("a.md", "", "", "x"), "nothing cannot be replaced");
    }

    #[test]
    fn lines_are_added_only_for_addresses_that_lead_on() {
        let kept = |path: &str, text: &str, was: &str, replacement: &str| {
            let at = text.find(was).unwrap();
            let place = Place::new(&path.into(), at..at + was.len());
            confirmed(Fix { place, was: was.into(), replacement: replacement.into() }, text).is_some()
        };
        let page = "---\ntitle: Old\n---\nText /a/\n";
        assert!(kept("a.md", page, "Old\n", "Old\nredirect_from: [/a/]\n"));
        for other in [
            "Old\ndraft: true # /a/\n",
            "Old\nredirect_from: [/a/]\nx: 1\n",
            "New\nredirect_from: [/a/]\n",
            "Old\n# /a/\n",
            "Old\nredirect_from: [/a/\n",
        ] {
            assert!(!kept("a.md", page, "Old\n", other), "{other:?}");
        }
        assert!(!kept("a.md", page, "Text /a/\n", "Text\nredirect_from: [/a/]\n"), "the text below is no YAML");
        let listed = "---\nredirect_from:\n  - /a/\n---\n";
        assert!(kept("a.md", listed, "/a/", "/a/\n  - /b/"));
        assert!(!kept("a.md", listed, "/a/", "b: c"), "what is no address does not lead on");
        assert!(kept("a.yaml", "x: {title: Old}\n", "{", "{redirect_from: [/a/], "));
        assert!(!kept("a.yaml", "x: {title: Old}\n", "{", "{redirect_from: [/a/], y: 1, "));
    }
}

//! Where the values of a YAML document stand in its file.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::locate::{Located, locate};
use super::{MappingPart, PathStep};
use crate::span::Place;

/// The text of a YAML document with the way back to its file: places of values are found here.
#[derive(Serialize, Deserialize)]
pub struct YamlText {
    /// The file.
    pub path: Arc<str>,
    text: Box<str>,
    offset: usize,
    toml: bool,
    #[serde(skip)]
    located: OnceLock<Vec<Located>>,
}

impl YamlText {
    /// The YAML of a file, which begins `offset` bytes into it.
    pub fn new(path: &Arc<str>, text: &str, offset: usize) -> Self {
        Self { path: path.clone(), text: text.into(), offset, toml: false, located: OnceLock::new() }
    }

    /// The TOML of a file, whose values are the same as those of YAML.
    pub fn of_toml(path: &Arc<str>, text: &str, offset: usize) -> Self {
        Self { toml: true, ..Self::new(path, text, offset) }
    }

    fn locate(&self) -> Vec<Located> {
        if self.toml { super::toml::locate(&self.text) } else { locate(&self.text) }
    }

    /// Whether this is the same text at the same place.
    pub fn same(&self, other: &Self) -> bool {
        (&self.path, &self.text, self.offset) == (&other.path, &other.text, other.offset)
    }

    /// Whether it is TOML.
    pub fn is_toml(&self) -> bool {
        self.toml
    }

    /// The YAML itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a value stands; where its nearest parent stands if the value itself cannot be found. The first key stands
    /// for the document.
    pub fn place(&self, path: &[PathStep], part: MappingPart) -> Place {
        self.nth_place(path, part, 0)
    }

    /// A value as it was typed, where it stands in the text itself.
    pub fn written(&self, path: &[PathStep]) -> Option<&str> {
        Some(&self.text[self.found(path)?.value.clone()])
            .filter(|written| !written.is_empty() && !written.starts_with(['*', '&', '!']))
    }

    /// Where a key stands, in bytes of the YAML.
    pub fn key_range(&self, path: &[PathStep]) -> Option<Range<usize>> {
        self.found(path)?.key.clone()
    }

    /// What stands at the end of a way; where nothing does, what stands at one that differs in capitals alone.
    fn found(&self, path: &[PathStep]) -> Option<&Located> {
        let located = self.located.get_or_init(|| self.locate());
        let first = located.partition_point(|found| found.path[..] < *path);
        let is_same = |(one, other): (&PathStep, &PathStep)| match (one, other) {
            (PathStep::Key(one), PathStep::Key(other)) => one.eq_ignore_ascii_case(other),
            (one, other) => one == other,
        };
        let is_near = |found: &&Located| found.path.len() == path.len() && found.path.iter().zip(path).all(is_same);
        located.get(first).filter(|found| found.path == path).or_else(|| located.iter().find(is_near))
    }

    /// What stands at the end of a way where it came there by a merge key: `<<: {draft: true}`, or the merge key itself.
    fn merged(&self, path: &[PathStep]) -> Option<&Located> {
        const MERGE: &str = "<<";
        let (last @ PathStep::Key(_), above) = path.split_last().filter(|_| self.text.contains(MERGE))? else {
            return None;
        };
        let merge = [above, &[PathStep::Key(MERGE.into())]].concat();
        self.found(&[&merge[..], std::slice::from_ref(last)].concat()).or_else(|| self.found(&merge))
    }

    /// The way to the value of which a place is that of the key or of the value itself; else to the innermost one around it.
    pub fn way_of(&self, place: &Place) -> Option<&[PathStep]> {
        let range = place.range();
        let at = range.start.checked_sub(self.offset)?..range.end.checked_sub(self.offset)?;
        let located = self.located.get_or_init(|| self.locate());
        let ranges = |found: &Located| [Some(found.value.clone()), found.key.clone()].into_iter().flatten();
        let is_it = |found: &&Located| ranges(found).any(|range| range == at);
        let is_around = |found: &&Located| ranges(found).any(|range| range.contains(&at.start));
        let exactly = located.iter().filter(is_it).map(|found| &found.path).max_by_key(|path| path.len());
        let around = || located.iter().filter(is_around).map(|found| &found.path).max_by_key(|path| path.len());
        exactly.or_else(around).map(Vec::as_slice)
    }

    /// Like [`YamlText::place`], for a key that was written more than once: the first is number 0.
    pub fn nth_place(&self, path: &[PathStep], part: MappingPart, n: usize) -> Place {
        let located = self.located.get_or_init(|| self.locate());
        let mut end = path.len();
        loop {
            let first = located.partition_point(|found| found.path[..] < path[..end]);
            let same = |found: &&Located| found.path == path[..end];
            let found = located.get(first + n).filter(same).or_else(|| self.found(&path[..end]));
            let found = found.or_else(|| self.merged(&path[..end]));
            if let Some(found) = found {
                let range = match (part, &found.key) {
                    (MappingPart::Value, _) if end == path.len() && !found.value.is_empty() => found.value.clone(),
                    (_, Some(key)) => key.clone(),
                    (_, None) if found.value.is_empty() => first_key(&self.text, found.value.start),
                    (_, None) => found.value.clone(),
                };
                return Place::new(&self.path, range.start + self.offset..range.end + self.offset);
            }
            if end == 0 {
                return Place::new(&self.path, self.offset..self.offset);
            }
            end -= 1;
        }
    }

    /// A place in the middle of a text value: `range` counts bytes of the value. Falls back on the whole value where
    /// the value is written with rare escapes.
    pub fn inside(&self, path: &[PathStep], value: &str, range: Range<usize>) -> Place {
        let whole = self.place(path, MappingPart::Value);
        let start = whole.range().start - self.offset;
        let written = &self.text[start..whole.range().end - self.offset];
        match written.find(value) {
            Some(at) if !value.is_empty() => {
                let base = start + at + self.offset;
                Place::new(&self.path, base + range.start..base + range.end)
            }
            _ => match align(written, value, &range) {
                Some(found) => self.at(start + found.start..start + found.end),
                None => whole,
            },
        }
    }

    /// A place given in bytes of the YAML.
    pub fn at(&self, range: Range<usize>) -> Place {
        Place::new(&self.path, range.start + self.offset..range.end + self.offset)
    }
}

impl fmt::Debug for YamlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "YamlText({})", self.path)
    }
}

fn first_key(text: &str, start: usize) -> Range<usize> {
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.find(':').unwrap_or(line.len())
}

/// Where a range of a value stands in the way it was written: quoted, with doubled quotes, or folded over several lines.
fn align(written: &str, value: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut at = match quote {
        Some(_) => 1,
        None if written.starts_with(['|', '>']) => written.find('\n')? + 1,
        None => 0,
    };
    let (mut start, mut end) = (None, None);
    let mut in_space = false;
    for (value_at, c) in value.char_indices() {
        let spaces = written[at..].len() - written[at..].trim_start().len();
        if !(c.is_whitespace() && in_space) {
            at += spaces;
        }
        let rest = &written[at..];
        let escaped = match quote {
            Some('"') => rest.starts_with('\\') && rest[1..].starts_with(c),
            Some(_) => c == '\'' && rest.starts_with("''"),
            None => false,
        };
        if value_at == range.start {
            start = Some(if c.is_whitespace() { at - spaces } else { at });
        }
        in_space = c.is_whitespace();
        if !in_space {
            at += usize::from(escaped);
            written[at..].starts_with(c).then_some(())?;
            at += c.len_utf8();
        }
        if value_at + c.len_utf8() == range.end {
            end = Some(at);
        }
    }
    let start = start?;
    Some(start..end.unwrap_or(start).max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Yaml, parse};

    fn key(name: &str) -> PathStep {
        PathStep::Key(name.to_string())
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = YamlText::new(&"a.md".into(), "title: Ö\nlist:\n  - one\n  - two\n", 4);
        let place = text.place(&[key("list"), PathStep::Index(1)], MappingPart::Value);
        assert_eq!(&text.text()[place.range().start - 4..place.range().end - 4], "two");
        let place = text.place(&[key("title"), key("missing")], MappingPart::Value);
        assert_eq!(&text.text()[place.range().start - 4..place.range().end - 4], "title");
    }

    #[test]
    fn what_a_merge_key_brings_stands_there() {
        let at = |yaml: &str, name: &str, part| {
            let text = YamlText::new(&"a.md".into(), yaml, 0);
            yaml[text.place(&[key(name)], part).range()].to_string()
        };
        let inline = "title: A\n<<: {draft: yes}\n";
        assert_eq!(at(inline, "draft", MappingPart::Key), "draft");
        assert_eq!(at(inline, "draft", MappingPart::Value), "yes");
        let named = "title: A\nx: &x {size: 3}\n<<: *x\n";
        assert_eq!(at(named, "size", MappingPart::Key), "<<");
        assert_eq!(at("title: A\n", "nothing", MappingPart::Key), "title");
    }

    #[test]
    fn places_inside_a_value_are_found_however_it_is_written() {
        for yaml in [
            "a: Compost cures pond",
            "a: \"Compost cures \\\"pond\\\"\"",
            "a: 'It''s that compost cures pond'",
            "a: >-\n  Compost\n  cures\n  pond\n",
            "a: |\n  Compost\n  cures pond\n",
            "a: Compost\n  cures pond",
        ] {
            let value = parse(yaml).unwrap().get("a").and_then(Yaml::as_text).unwrap().to_string();
            let at = value.find("cures").unwrap();
            let place = YamlText::new(&"a.md".into(), yaml, 0).inside(&[key("a")], &value, at..at + 5);
            assert_eq!(&yaml[place.range()], "cures", "{yaml}");
        }
    }
}

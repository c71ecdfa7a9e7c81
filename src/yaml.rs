//! YAML: values from `serde_yaml`, places from `saphyr-parser`. Places are looked up only when there is something to report.

mod causes;
mod problems;

use std::cell::Cell;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::span::{Place, floor};

/// A YAML value. Keys are texts; a mapping keeps its order and every key that was written, even twice.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`. Words such as `no` and `on` are texts.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// A mapping.
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// What it is, for messages.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Number(number) if number.is_finite() => "a number",
            Self::Number(_) => "no finite number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "keys with values",
        }
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong, in words for writers where the parser's own are none.
    pub message: String,
    /// The way out.
    pub help: String,
    /// The smallest thing that is wrong, in bytes of the text.
    pub span: Range<usize>,
}

/// Reads one YAML document. An empty text is [`Yaml::Null`].
///
/// # Errors
/// When the text is not YAML, nests deeper than 128 levels, or repeats aliases without end.
pub fn parse(text: &str) -> Result<Yaml, YamlError> {
    if let Some(at) = tab_indent(text) {
        let span = at..at + text[at..].bytes().take_while(|byte| *byte == b'\t').count();
        return Err(YamlError { message: "a tab cannot indent YAML".into(), help: "indent with spaces".into(), span });
    }
    if let Some(at) = deep_brackets(text) {
        let help = "take some of the nesting out".into();
        return Err(YamlError { message: "brackets nest too deep".into(), help, span: at..at + 1 });
    }
    let left = Cell::new(SMALLEST_LIMIT + MOST_REPEATED * text.len());
    Reader { left: &left }.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let at = error.location().map_or(0, |location| location.index()).min(text.len());
        problems::in_words(text, &error.to_string(), floor(text, at))
    })
}

/// Aliases may make a document so many times as long as it was written ...
const MOST_REPEATED: usize = 10;
/// ... and always as long as this, in bytes.
const SMALLEST_LIMIT: usize = 100_000;

/// So many open brackets are no document, and the parser's time grows with their square.
const MOST_BRACKETS: usize = 1000;

/// Where too many brackets are open. Brackets in texts count, too, but only as far as the next line that is not indented.
fn deep_brackets(text: &str) -> Option<usize> {
    let (mut open, mut fresh_line) = (0usize, true);
    for (at, byte) in text.bytes().enumerate() {
        if fresh_line && byte.is_ascii_alphanumeric() {
            open = 0;
        }
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MOST_BRACKETS {
            return Some(at);
        }
        fresh_line = byte == b'\n';
    }
    None
}

/// The first tab that stands where YAML wants spaces. The parser's own message for it is no help to anybody.
fn tab_indent(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let spaces = line.bytes().take_while(|byte| *byte == b' ').count();
        let rest = &line[spaces..];
        if rest.starts_with('\t') && !rest.trim().is_empty() && !rest.trim_start().starts_with('#') {
            return Some(start + spaces);
        }
        start += line.len();
    }
    None
}

/// Reads one value, and counts what it reads.
#[derive(Clone, Copy)]
struct Reader<'a> {
    left: &'a Cell<usize>,
}

impl Reader<'_> {
    fn count<E: de::Error>(self, bytes: usize) -> Result<(), E> {
        let left = self.left.get().checked_sub(bytes + 1).ok_or_else(|| E::custom("aliases repeat too much"))?;
        self.left.set(left);
        Ok(())
    }

    fn text<E: de::Error>(self, text: String) -> Result<Yaml, E> {
        let unfit = |c: &char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
        match text.chars().find(unfit) {
            Some(c) => Err(E::custom(format!("no page can show the character `{}`", c.escape_unicode()))),
            None => Ok(Yaml::Text(text)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Yaml;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value without tags")
    }

    fn visit_unit<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_none<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Yaml, E> {
        Ok(Yaml::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Yaml, E> {
        Ok(Yaml::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Yaml, E> {
        Ok(i64::try_from(value).map_or(Yaml::Number(value as f64), Yaml::Integer))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Yaml, E> {
        Ok(Yaml::Number(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Yaml, E> {
        Ok(Yaml::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Yaml, E> {
        Ok(Yaml::Number(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Yaml, E> {
        self.count(value.len())?;
        self.text(value.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            self.count(0)?;
            list.push(item);
        }
        Ok(Yaml::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Yaml, A::Error> {
        let mut map = Vec::new();
        let mut merged = Vec::new();
        while let Some((key, value)) = entries.next_entry_seed(self, self)? {
            self.count(0)?;
            let key = match key {
                Yaml::Text(text) => text,
                Yaml::Integer(number) => number.to_string(),
                Yaml::Number(number) => number.to_string(),
                Yaml::Bool(value) => value.to_string(),
                Yaml::Null => "null".to_string(),
                Yaml::List(_) | Yaml::Map(_) => return Err(de::Error::custom("a key has to be a plain text")),
            };
            match (key.as_str(), value) {
                ("<<", Yaml::Map(entries)) => merged.extend(entries),
                ("<<", Yaml::List(maps)) => {
                    merged.extend(maps.into_iter().flat_map(|map| match map {
                        Yaml::Map(entries) => entries,
                        _ => Vec::new(),
                    }));
                }
                (_, value) => map.push((key, value)),
            }
        }
        for (key, value) in merged {
            if !map.iter().any(|(known, _)| *known == key) {
                map.push((key, value));
            }
        }
        Ok(Yaml::Map(map))
    }
}

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// The way to a value from the root of its document.
pub type Path = Vec<Step>;

/// Which part of an entry of a mapping is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// The value; the key where the value is spread over lines of its own.
    Value,
}

struct Located {
    path: Path,
    key: Option<Range<usize>>,
    value: Range<usize>,
}

/// The text of a YAML document with the way back to its file: places of values are found here.
pub struct YamlText {
    /// The file.
    pub path: Arc<str>,
    text: Box<str>,
    offset: usize,
    located: OnceLock<Vec<Located>>,
}

impl YamlText {
    /// The YAML of a file, which begins `offset` bytes into it.
    pub fn new(path: &Arc<str>, text: &str, offset: usize) -> Self {
        Self { path: path.clone(), text: text.into(), offset, located: OnceLock::new() }
    }

    /// Whether this is the same text at the same place.
    pub fn same(&self, other: &Self) -> bool {
        (&self.path, &self.text, self.offset) == (&other.path, &other.text, other.offset)
    }

    /// The YAML itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a value stands; where its nearest parent stands if the value itself cannot be found. The first key stands
    /// for the document.
    pub fn place(&self, path: &[Step], part: Part) -> Place {
        self.nth_place(path, part, 0)
    }

    /// Where a key stands, in bytes of the YAML.
    pub fn key_range(&self, path: &[Step]) -> Option<Range<usize>> {
        let located = self.located.get_or_init(|| locate(&self.text));
        let first = located.partition_point(|found| found.path[..] < *path);
        located.get(first).filter(|found| found.path == path)?.key.clone()
    }

    /// Like [`YamlText::place`], for a key that was written more than once: the first is number 0.
    pub fn nth_place(&self, path: &[Step], part: Part, n: usize) -> Place {
        let located = self.located.get_or_init(|| locate(&self.text));
        let mut end = path.len();
        loop {
            let first = located.partition_point(|found| found.path[..] < path[..end]);
            let same = |found: &&Located| found.path == path[..end];
            let found = located.get(first + n).filter(same).or_else(|| located.get(first).filter(same));
            if let Some(found) = found {
                let range = match (part, &found.key) {
                    (Part::Value, _) if end == path.len() && !found.value.is_empty() => found.value.clone(),
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
    pub fn inside(&self, path: &[Step], value: &str, range: Range<usize>) -> Place {
        let whole = self.place(path, Part::Value);
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

enum Frame {
    Map(Option<(String, Range<usize>)>),
    List(usize),
}

/// Where a scalar ends as people see it: the parser counts what follows it up to the next line, too.
fn scalar_end(text: &str, at: &Range<usize>) -> usize {
    let written = &text[at.clone()];
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closing = quote.and_then(|quote| causes::closing(written, 1, quote));
    at.start + closing.unwrap_or_else(|| written.trim_end().len())
}

/// Deeper than this nothing is ever looked for: the document was refused.
const DEEPEST: usize = 130;

fn locate(text: &str) -> Vec<Located> {
    use saphyr_parser::{Event, Parser};
    // The parser counts characters.
    let mut borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    borders.push(text.len());
    let byte = |character: usize| borders[character.min(borders.len() - 1)];
    let (mut stack, mut out, mut open) = (Vec::<Frame>::new(), Vec::new(), Vec::new());
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        if stack.len() > DEEPEST {
            break;
        }
        let at = byte(span.start.index())..byte(span.end.index());
        match event {
            Event::Scalar(scalar, ..) => {
                if let Some(Frame::Map(key @ None)) = stack.last_mut() {
                    *key = Some((scalar.into_owned(), at));
                    continue;
                }
                add(&stack, &mut out, at.start..scalar_end(text, &at));
                next(&mut stack);
            }
            Event::Alias(_) => {
                add(&stack, &mut out, at);
                next(&mut stack);
            }
            Event::SequenceStart(..) => {
                open.push(out.len());
                add(&stack, &mut out, at);
                stack.push(Frame::List(0));
            }
            Event::MappingStart(..) => {
                open.push(out.len());
                add(&stack, &mut out, at);
                stack.push(Frame::Map(None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                stack.pop();
                next(&mut stack);
                if let Some(began) = open.pop().and_then(|begun| out.get_mut(begun))
                    && text[began.value.clone()].starts_with(['[', '{'])
                {
                    began.value.end = at.end;
                }
            }
            _ => {}
        }
    }
    out.sort_by(|a: &Located, b: &Located| a.path.cmp(&b.path)); // stable: of equal keys the first comes first
    out
}

fn add(stack: &[Frame], out: &mut Vec<Located>, value: Range<usize>) {
    let path = stack
        .iter()
        .map(|frame| match frame {
            Frame::Map(Some((key, _))) => Step::Key(key.clone()),
            Frame::Map(None) => Step::Key(String::new()),
            Frame::List(index) => Step::Index(*index),
        })
        .collect();
    let key = match stack.last() {
        Some(Frame::Map(Some((_, at)))) => Some(at.clone()),
        _ => None,
    };
    out.push(Located { path, key, value });
}

fn next(stack: &mut [Frame]) {
    match stack.last_mut() {
        Some(Frame::Map(key)) => *key = None,
        Some(Frame::List(index)) => *index += 1,
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.to_string())
    }

    #[test]
    fn words_that_look_like_booleans_stay_texts() {
        assert_eq!(parse("no"), Ok(Yaml::Text("no".into())));
        assert_eq!(
            parse("a: [012, on]").unwrap().get("a"),
            Some(&Yaml::List(vec![Yaml::Text("012".into()), Yaml::Text("on".into())]))
        );
    }

    #[test]
    fn malice_is_an_error_and_not_a_crash() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]";
        assert!(parse(bomb).is_err());
        let long = format!("a: &a [{}]\nb: [{}]", "x, ".repeat(5_000), "*a, ".repeat(5_000));
        assert!(parse(&long).unwrap_err().message.starts_with("aliases stand for far more"));
        assert!(parse(&format!("a: {}", "[".repeat(100_000))).is_err());
        assert!(parse(&(0..2_000).map(|n| format!("a{n}: 'from [0, 1)'\n")).collect::<String>()).is_ok());
        assert_eq!(parse("a:\n\tb: c").unwrap_err().span, 3..4);
    }

    #[test]
    fn characters_that_no_page_can_show_are_errors() {
        assert!(parse("a: \"\\0\"").unwrap_err().message.contains(r"`\u{0}`"));
        assert!(parse("a: \"\\x1b[1m\"").is_err());
        assert_eq!(parse("\"a\\tb\\n\""), Ok(Yaml::Text("a\tb\n".into())));
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = YamlText::new(&"a.md".into(), "title: Ö\nlist:\n  - one\n  - two\n", 4);
        let place = text.place(&[key("list"), Step::Index(1)], Part::Value);
        assert_eq!(&text.text()[place.range().start - 4..place.range().end - 4], "two");
        let place = text.place(&[key("title"), key("missing")], Part::Value);
        assert_eq!(&text.text()[place.range().start - 4..place.range().end - 4], "title");
    }

    #[test]
    fn places_inside_a_value_are_found_however_it_is_written() {
        for yaml in [
            "a: Massage cures pain",
            "a: \"Massage cures \\\"pain\\\"\"",
            "a: 'It''s that massage cures pain'",
            "a: >-\n  Massage\n  cures\n  pain\n",
            "a: |\n  Massage\n  cures pain\n",
            "a: Massage\n  cures pain",
        ] {
            let value = parse(yaml).unwrap().get("a").and_then(Yaml::as_text).unwrap().to_string();
            let at = value.find("cures").unwrap();
            let place = YamlText::new(&"a.md".into(), yaml, 0).inside(&[key("a")], &value, at..at + 5);
            assert_eq!(&yaml[place.range()], "cures", "{yaml}");
        }
    }

    #[test]
    fn a_merge_key_is_merged() {
        let yaml = parse("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}").unwrap();
        assert_eq!(yaml.get("b").unwrap().get("x"), Some(&Yaml::Integer(1)));
        assert_eq!(yaml.get("b").unwrap().get("y"), Some(&Yaml::Integer(3)));
    }
}

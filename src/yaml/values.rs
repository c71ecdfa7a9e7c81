//! Reads the values of a YAML document.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Yaml, YamlError, problems, said};
use crate::span::floor;

/// Aliases may make a document so many times as long as it was written ...
const MOST_REPEATED: usize = 10;
/// ... and always as long as this, in bytes.
const SMALLEST_LIMIT: usize = 100_000;

/// So many open brackets are no document, and the parser's time grows with their square.
const MOST_BRACKETS: usize = 1000;

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
    read(text).map_err(|error| {
        let at = error.location().map_or(0, |location| location.index()).min(text.len());
        problems::in_words(text, &error.to_string(), floor(text, at))
    })
}

/// The same in the words of the library.
pub(super) fn read(text: &str) -> Result<Yaml, serde_yaml::Error> {
    let left = Cell::new(SMALLEST_LIMIT + MOST_REPEATED * text.len());
    ValueReader { left: &left }.deserialize(serde_yaml::Deserializer::from_str(text))
}

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

/// The first tab that stands where YAML wants spaces. The parser's own message for it does not say where.
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
struct ValueReader<'a> {
    left: &'a Cell<usize>,
}

impl ValueReader<'_> {
    fn count<E: de::Error>(self, bytes: usize) -> Result<(), E> {
        let left = self.left.get().checked_sub(bytes + 1).ok_or_else(|| E::custom(said::OWN_MANY))?;
        self.left.set(left);
        Ok(())
    }

    fn text<E: de::Error>(self, text: String) -> Result<Yaml, E> {
        let unfit = |c: &char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
        match text.chars().find(unfit) {
            Some(c) => Err(E::custom(format!("{} the character `{}`", said::OWN_CHARACTER, c.escape_unicode()))),
            None => Ok(Yaml::Text(text)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for ValueReader<'_> {
    type Value = Yaml;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueReader<'_> {
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
                Yaml::List(_) | Yaml::Map(_) => return Err(de::Error::custom(said::OWN_KEY)),
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_merge_key_is_merged() {
        let yaml = parse("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}").unwrap();
        assert_eq!(yaml.get("b").unwrap().get("x"), Some(&Yaml::Integer(1)));
        assert_eq!(yaml.get("b").unwrap().get("y"), Some(&Yaml::Integer(3)));
    }
}

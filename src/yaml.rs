//! YAML: values from `serde_yaml`, places from `saphyr-parser`. Nothing else names the two but `citations/`, which reads the
//! bibliography. Places are looked up only when there is something to report.

mod causes;
mod doubts;
mod duplicates;
mod locate;
mod places;
mod problems;
mod readable;
mod said;
mod toml;
mod values;
mod write;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use doubts::{add_doubts, doubtful_values};
pub use duplicates::duplicate_keys;
pub use places::YamlText;
pub use readable::parse_readable;
pub use toml::parse_toml;
pub use values::parse;
pub use write::{flow, quoted};

/// A YAML value. Keys are texts; a mapping keeps its order and every key that was written, even twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Gives every text in it, however deep.
    pub fn give_texts<'y>(&'y self, give: &mut impl FnMut(&'y str)) {
        match self {
            Self::Text(text) => give(text),
            Self::List(items) => items.iter().for_each(|item| item.give_texts(give)),
            Self::Map(entries) => entries.iter().for_each(|(_, value)| value.give_texts(give)),
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Number(_) => {}
        }
    }

    /// What it is, for messages.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Number(number) if number.fract() != 0.0 && number.is_finite() => "a number with a fraction",
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

    /// The value of a key, or of one in another: `nav.parent`.
    pub fn at(&self, path: &str) -> Option<&Yaml> {
        self.get(path).or_else(|| {
            let (key, rest) = path.split_once('.')?;
            self.get(key)?.at(rest)
        })
    }

    /// Whether it is nothing, or a text of spaces at most: a key that a template of an editor left empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// Visits every text in it with the way there. `path` is the way to the value itself.
    pub fn each_text(&mut self, path: &mut Path, see: &mut dyn FnMut(&mut String, &Path)) {
        let mut below = |step: PathStep, value: &mut Yaml| {
            path.push(step);
            value.each_text(path, see);
            path.pop();
        };
        match self {
            Self::Text(text) => see(text, path),
            Self::List(items) => {
                items.iter_mut().enumerate().for_each(|(at, item)| below(PathStep::Index(at), item));
            }
            Self::Map(entries) => {
                entries.iter_mut().for_each(|(key, value)| below(PathStep::Key(key.clone()), value));
            }
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Number(_) => {}
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

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PathStep {
    /// Into a mapping.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// The way to a value from the root of its document.
pub type Path = Vec<PathStep>;

/// Which part of an entry of a mapping is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingPart {
    /// The key.
    Key,
    /// The value; the key where the value is spread over lines of its own.
    Value,
}

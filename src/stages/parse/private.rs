//! Marks by which other tools keep a file private, or publish it for a time.

use super::fields::FieldReader;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::keys::{DayMark, back_words, day_mark, keeps_back};
use crate::model::schema::KindId;
use crate::model::value::Date;
use crate::yaml::{PathStep, Yaml};

impl FieldReader<'_> {
    /// Takes such marks from the keys of an entry, and says whether one of them keeps it back. A key that the site declares
    /// means what the site says.
    pub(super) fn kept_back(&mut self, kind: KindId, extra: bool, entries: &mut Vec<(&str, &Yaml)>) -> bool {
        let schema = self.parsing.schema;
        let (mut kept_back, mut unclear) = (false, Vec::new());
        entries.retain(|(key, yaml)| {
            let declared =
                schema.kind(kind).field(key).is_some() || schema.sides_of(kind).any(|(.., side)| side.key == *key);
            if !declared && is_mark(key, yaml) {
                kept_back = true;
                return false;
            }
            let mark = keeps_back(key).filter(|_| !declared);
            let Some(value) = boolean(yaml) else {
                let is_mark = mark.is_some() && is_unclear(yaml);
                if is_mark {
                    unclear.push(*key);
                }
                // One that is reported is no unknown key as well.
                return !is_mark;
            };
            // Where every key is allowed, a key in capitals is not reported elsewhere.
            let is_draft = extra && !declared && *key != "draft" && key.eq_ignore_ascii_case("draft");
            kept_back |= mark == Some(value) || is_draft && value;
            mark.is_none() && !is_draft
        });
        // Whoever writes such a key may mean to keep the entry back.
        kept_back |= !unclear.is_empty();
        for key in unclear {
            let message = format!("`{key}` says neither yes nor no, and the entry is kept back");
            let diagnostic = Diagnostic::new(Code::FieldWrongType, self.place(&[PathStep::Key(key.into())]), message);
            self.diagnostics.push(diagnostic.help("write `true` or `false`"));
        }
        if extra {
            let is_meant = |key: &str| {
                schema.kind(kind).field(key).is_none() && key != "draft" && !nearest(key, ["draft"]).is_empty()
            };
            for (key, yaml) in entries.iter().filter(|(key, yaml)| boolean(yaml).is_some() && is_meant(key)) {
                kept_back |= boolean(yaml) == Some(true);
                let message = format!("`{key}` is no key that keeps an entry back");
                let diagnostic = Diagnostic::new(Code::FieldUnknown, self.key_place(key), message);
                self.diagnostics.push(diagnostic.help("did you mean `draft`?"));
            }
        }
        kept_back
    }

    /// The days from which on, and until which, keys of another tool publish an entry. A key that the site declares means what
    /// the site says.
    pub(super) fn days_of_marks(&mut self, kind: KindId, entries: &[(&str, &Yaml)]) -> DaysOfMarks {
        let mut days = DaysOfMarks::default();
        for (key, yaml) in entries.iter().filter(|(_, yaml)| !yaml.is_blank()) {
            let Some(mark) = day_mark(key).filter(|_| self.parsing.schema.kind(kind).field(key).is_none()) else {
                continue;
            };
            let day = crate::model::fields::date::read(yaml, &[PathStep::Key((*key).into())], self);
            days.unclear |= day.is_none();
            match mark {
                DayMark::From => days.from = days.from.max(day),
                DayMark::Until => days.until = [days.until, day].into_iter().flatten().min(),
            }
        }
        days
    }
}

/// The days between which other tools publish an entry.
#[derive(Default)]
pub(super) struct DaysOfMarks {
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// Whether one of them cannot be read: whoever wrote it means to keep the entry back at some time.
    pub unclear: bool,
}

/// Whether the value of a mark may be meant as yes or no, and is neither. `published:` is the day of it in other tools.
fn is_unclear(yaml: &Yaml) -> bool {
    match yaml {
        Yaml::Integer(number) => (0..=1).contains(number),
        Yaml::Text(text) => {
            let text = text.trim();
            !text.is_empty() && text.chars().all(char::is_alphabetic) || matches!(text, "0" | "1")
        }
        _ => false,
    }
}

/// Whether a key keeps a file back that is neither true nor false: `visibility: private`, `_build: {render: never}`.
fn is_mark(key: &str, yaml: &Yaml) -> bool {
    let is_word = |yaml: &Yaml, words: &[&str]| match yaml {
        Yaml::Text(text) => words.iter().any(|word| text.trim().eq_ignore_ascii_case(word)),
        other => *other == Yaml::Bool(false) && words.contains(&"false"),
    };
    let is_never = |yaml: &Yaml| {
        let Yaml::Map(entries) = yaml else { return false };
        let mut render = entries.iter().filter(|(key, _)| key.eq_ignore_ascii_case("render"));
        render.any(|(_, value)| is_word(value, &["never", "false"]))
    };
    let is_build = ["build", "_build"].iter().any(|build| key.eq_ignore_ascii_case(build));
    back_words(key).is_some_and(|words| is_word(yaml, words)) || is_build && is_never(yaml)
}

/// True or false, as people write it.
pub(super) fn boolean(yaml: &Yaml) -> Option<bool> {
    match yaml {
        Yaml::Bool(value) => Some(*value),
        Yaml::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

//! Records of works: what was found, with whom and against what, as the work itself says. The numbers of a page that cites a
//! work are held against its record.
//!
//! `parse` notes the sentences that cite works and hold numbers, with their places; the audit, which has the whole site,
//! compares them with the records. So an edit of the records parses no page again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, meant};
use crate::figures::{Figures, held, numbers};
use crate::span::Place;
use crate::yaml::{self, MappingPart, Path, PathStep, Yaml, YamlText};

/// The records of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Each record that could be read, by the key of its work.
    pub works: BTreeMap<String, Record>,
    /// Keys that the file has, but whose record could not be read, which was reported.
    pub unreadable: BTreeSet<String>,
    /// The file could not be read as YAML, so its keys are unknown.
    pub broken: bool,
}

/// What is recorded of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its key in the file.
    pub place: Place,
    /// Whether the abstract of the work was read for it.
    pub seen: bool,
    /// The values of all numbers in it.
    pub values: BTreeSet<String>,
    /// The figures of its results, as they were written.
    pub figures: Vec<String>,
}

/// Keys of a record.
const KEYS: &[&str] = &["seen", "who", "against", "results", "note"];

/// Keys of a result.
const RESULT_KEYS: &[&str] = &["outcome", "figure", "found"];

/// Reads the records of a site. A record that is not whole is left out and reported; the others stay.
pub fn parse(path: &Arc<str>, text: &str, declared: &Figures) -> (Records, Vec<Diagnostic>) {
    let yaml = YamlText::new(path, text, 0);
    let broken = |diagnostic| (Records { broken: true, ..Records::default() }, vec![diagnostic]);
    let root = match yaml::parse(text) {
        Ok(root) => root,
        Err(error) => {
            return broken(Diagnostic::new(Code::YamlInvalid, yaml.at(error.span), error.message).help(error.help));
        }
    };
    let mut reader = RecordReader { diagnostics: yaml::duplicate_keys(&yaml, &root), yaml, declared, sound: true };
    let entries = match root {
        Yaml::Map(entries) => entries,
        Yaml::Null => Vec::new(),
        other => {
            let message = format!("expected a mapping from works to their records, found {}", other.sort());
            let diagnostic = Diagnostic::new(Code::RecordInvalid, Place::whole(path), message);
            return broken(
                diagnostic.help("write each record as the key of its work, with its keys indented below it"),
            );
        }
    };
    let mut records = Records::default();
    for (key, yaml) in &entries {
        if records.works.contains_key(key) {
            continue; // a duplicate, reported as such
        }
        reader.sound = true;
        let record = reader.record(key, yaml);
        if let Some(record) = record.filter(|_| reader.sound) {
            records.works.insert(key.clone(), record);
        } else {
            records.unreadable.insert(key.clone());
        }
    }
    (records, reader.diagnostics)
}

struct RecordReader<'a> {
    yaml: YamlText,
    declared: &'a Figures,
    diagnostics: Vec<Diagnostic>,
    /// Whether nothing was reported of the record that is being read.
    sound: bool,
}

impl RecordReader<'_> {
    fn record(&mut self, key: &str, yaml: &Yaml) -> Option<Record> {
        let path = vec![PathStep::Key(key.to_string())];
        let entries = self.mapping(&path, yaml, KEYS, "`{seen: yes, who: ..., results: [...]}`")?;
        let place = self.yaml.place(&path, MappingPart::Key);
        let mut record = Record { place, seen: false, values: BTreeSet::new(), figures: Vec::new() };
        match entries.iter().find(|(name, _)| name == "seen").map(|(_, yaml)| yaml) {
            Some(Yaml::Bool(seen)) => record.seen = *seen,
            Some(Yaml::Text(seen)) if seen == "yes" || seen == "no" => record.seen = seen == "yes",
            Some(_) => self.report(
                &below(&path, "seen"),
                "`seen` has to be `yes` or `no`",
                "`yes` where the abstract was read",
            ),
            None => self.report_key(
                &path,
                format!("the record of `{key}` does not say whether its abstract was read"),
                "add `seen: yes` or `seen: no`",
            ),
        }
        for name in ["who", "against", "note"] {
            self.text(&path, entries, name, &mut record.values);
        }
        match entries.iter().find(|(name, _)| name == "results").map(|(_, yaml)| yaml) {
            None | Some(Yaml::Null) => {}
            Some(Yaml::List(results)) => {
                for (at, yaml) in results.iter().enumerate() {
                    let path = [below(&path, "results").as_slice(), &[PathStep::Index(at)]].concat();
                    self.result(&path, yaml, &mut record);
                }
            }
            Some(other) => {
                let message = format!("`results` has to be a list, found {}", other.sort());
                self.report(
                    &below(&path, "results"),
                    message,
                    "write each as `- {outcome: pond, figure: 0.7 of 10 lower}`",
                );
            }
        }
        Some(record)
    }

    fn result(&mut self, path: &Path, yaml: &Yaml, record: &mut Record) {
        let example = "`{outcome: pond, figure: 0.7 of 10 lower}`";
        let Some(entries) = self.mapping(path, yaml, RESULT_KEYS, example) else { return };
        let outcome = self.text(path, entries, "outcome", &mut record.values);
        let figure = self.text(path, entries, "figure", &mut record.values);
        let found = self.text(path, entries, "found", &mut record.values);
        let misspelt = entries.iter().any(|(name, _)| !RESULT_KEYS.contains(&name.as_str()));
        if outcome.is_none() && !misspelt {
            self.report_key(
                path,
                "a result does not say of what: `outcome` is missing",
                &format!("write it as {example}"),
            );
        } else if figure.is_none() && found.is_none() && !misspelt {
            let help = "add its `figure` as the abstract has it, or in words what was `found`";
            self.report_key(path, "a result does not say what was found", help);
        }
        let Some(figure) = figure else { return };
        if numbers(&figure).is_empty() {
            let help = "write the number as the abstract has it; words alone stand under `found`";
            self.report(&below(path, "figure"), format!("the figure `{figure}` holds no number"), help);
        }
        record.figures.push(figure);
    }

    /// The text under a key, if there is one; its numbers are among the values.
    fn text(
        &mut self,
        path: &Path,
        entries: &[(String, Yaml)],
        name: &str,
        values: &mut BTreeSet<String>,
    ) -> Option<String> {
        let text = match entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml)? {
            Yaml::Text(text) => text.trim().to_string(),
            Yaml::Integer(number) => number.to_string(),
            Yaml::Number(number) if number.is_finite() => number.to_string(),
            Yaml::Null => return None,
            other => {
                let message = format!("`{name}` has to be a text, found {}", other.sort());
                self.report(&below(path, name), message, "put quotes round it");
                return Some(String::new());
            }
        };
        values.extend(held(&text, self.declared));
        Some(text).filter(|text| !text.is_empty())
    }

    fn mapping<'y>(
        &mut self,
        path: &Path,
        yaml: &'y Yaml,
        known: &[&str],
        example: &str,
    ) -> Option<&'y [(String, Yaml)]> {
        let Yaml::Map(entries) = yaml else {
            let message = format!("expected keys with values, found {}", yaml.sort());
            self.report_key(path, message, &format!("write it as {example}"));
            return None;
        };
        for (name, _) in entries.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let place = self.yaml.place(&below(path, name), MappingPart::Key);
            let diagnostic =
                Diagnostic::new(Code::RecordInvalid, place, format!("a record knows no key `{name}` here"));
            let meant = meant(name, known.iter().copied());
            self.sound = false;
            self.diagnostics.push(if meant.names.is_empty() {
                diagnostic.help(format!("known keys are {}", known.join(", ")))
            } else {
                diagnostic.suggest_fix(name, &meant)
            });
        }
        Some(entries)
    }

    fn report(&mut self, path: &Path, message: impl Into<String>, help: &str) {
        self.push(path, MappingPart::Value, message.into(), help);
    }

    fn report_key(&mut self, path: &Path, message: impl Into<String>, help: &str) {
        self.push(path, MappingPart::Key, message.into(), help);
    }

    fn push(&mut self, path: &Path, part: MappingPart, message: String, help: &str) {
        self.sound = false;
        let place = self.yaml.place(path, part);
        self.diagnostics.push(Diagnostic::new(Code::RecordInvalid, place, message).help(help));
    }
}

fn below(path: &Path, name: &str) -> Path {
    [path.as_slice(), &[PathStep::Key(name.to_string())]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_holds_all_its_numbers_and_a_broken_one_none() {
        let words = BTreeMap::from([("two".to_string(), "2".to_string())]);
        let declared = Figures { words, ..Figures::default() };
        let text =
            "a: {seen: yes, who: Two groups of 36, results: [{outcome: pond at 24 h, figure: -0.7}]}\nb: {seen: 3}\n";
        let (records, problems) = parse(&"content/records.yaml".into(), text, &declared);
        let record = &records.works["a"];
        assert!(record.seen && record.figures == ["-0.7"]);
        assert_eq!(Vec::from_iter(&record.values), ["0.7", "2", "24", "36"]);
        assert!(records.unreadable.contains("b") && problems.len() == 1, "{problems:?}");
    }

    #[test]
    fn records_that_are_no_mapping_are_reported_once() {
        for text in ["- a\n", "a: [\n", "3"] {
            let (records, problems) = parse(&"content/records.yaml".into(), text, &Figures::default());
            assert!(records.broken && problems.len() == 1, "{text:?} {problems:?}");
        }
        let (records, problems) = parse(&"content/records.yaml".into(), "# none yet\n", &Figures::default());
        assert!(!records.broken && problems.is_empty());
    }
}

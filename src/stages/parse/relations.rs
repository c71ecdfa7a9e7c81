//! Lists of related entries as they are written.

use super::fields::FieldReader;
use super::near_key;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::doc::{WrittenEdge, WrittenRelation};
use crate::model::relation::End;
use crate::model::schema::RelationId;
use crate::model::value::Value;
use crate::url::slug;
use crate::yaml::{PathStep, Yaml};

/// Keys that every edge may have.
const EDGE_KEYS: &[&str] = &["to", "reason"];

impl FieldReader<'_> {
    /// Reads the related entries under a key: names, or mappings with `to` and the data of the edge.
    pub fn relation(&mut self, relation: RelationId, end: End, key: &str, yaml: &Yaml) -> WrittenRelation {
        let mut edges = Vec::new();
        match yaml {
            blank if blank.is_blank() => {}
            Yaml::List(items) => {
                // An empty line of a list is no entry.
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_blank()) {
                    edges.push(self.edge(relation, key, Some(index), unwrapped(item)));
                }
            }
            single => edges.push(self.edge(relation, key, None, single)),
        }
        if edges.iter().any(Option::is_none) {
            self.unread.push(key.to_string());
        }
        let edges = edges.into_iter().flatten().collect();
        WrittenRelation { relation, end, key: key.to_string(), edges }
    }

    /// The name that an edge leads to, without the brackets in which editors of vaults write it. A title stays within them:
    /// to write the slug is a repair.
    fn target(&mut self, yaml: &Yaml, path: &[PathStep]) -> String {
        let typed = match yaml {
            Yaml::Text(to) => to.trim().to_string(),
            other => self.as_typed(other, path),
        };
        let inner = typed.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let (name, words) = inner.map_or(("", None), |inner| match inner.split_once('|') {
            Some((name, words)) => (name.trim(), Some(words.trim())),
            None => (inner.trim(), None),
        });
        if inner.is_none() || !name.split('/').all(|part| slug(part) == part) {
            return typed;
        }
        if let (Some(words), Yaml::Text(to)) = (words, yaml) {
            self.words_of_target(name, words, to, path);
        }
        name.to_string()
    }

    /// Reports the words of a link under a relation: pages show the title of the entry. Those that say no more than its name
    /// does are not missed.
    fn words_of_target(&mut self, name: &str, words: &str, to: &str, path: &[PathStep]) {
        let says_more = !words.is_empty() && name.rsplit('/').next() != Some(slug(words).as_str());
        let Some(at) = to.rfind(words).filter(|_| says_more) else { return };
        let place = self.text.inside(&self.way(path), to, at..at + words.len());
        let message = "a relation shows the title of its entry, and these words are on no page";
        let help = format!("write `{name}` alone, or declare a field of the relation for what is said of the two");
        self.diagnostics.push(Diagnostic::new(Code::TextLost, place, message).help(help));
    }

    fn edge(&mut self, relation: RelationId, key: &str, index: Option<usize>, yaml: &Yaml) -> Option<WrittenEdge> {
        let mut path = vec![PathStep::Key(key.to_string())];
        path.extend(index.map(PathStep::Index));
        let fields = &self.parsing.schema.relation(relation).fields;
        let entries = match yaml {
            Yaml::Text(_) | Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_) => {
                let data = fields.iter().map(|_| Value::Nothing).collect();
                return Some(WrittenEdge {
                    to: self.target(yaml, &path),
                    index,
                    long: false,
                    data,
                    has_data: false,
                    reason: None,
                });
            }
            Yaml::Map(entries) => entries,
            other => {
                let message = format!("expected the slug of an entry, found {}", other.sort());
                self.push(
                    Code::FieldWrongType,
                    &path,
                    message,
                    Some("write it as `first-steps`, or `{to: first-steps}` with data".into()),
                );
                return None;
            }
        };
        let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml);
        let below = |name: &str| [path.as_slice(), &[PathStep::Key(name.to_string())]].concat();
        let known = || EDGE_KEYS.iter().copied().chain(fields.iter().map(|field| field.name.as_str()));
        if !entries.iter().any(|(name, _)| {
            known().any(|known| {
                !near_key(name, [known].into_iter(), |_| false).names.is_empty()
                    || name.starts_with(&format!("{known}:"))
            })
        }) {
            let message = format!("`{key}` has to be a list of entries, found {}", yaml.sort());
            let help = format!("write the slugs in a list: `{key}: [first-steps]`");
            self.push(Code::FieldWrongType, &path, message, Some(help));
            return None;
        }
        let meant = self.unknown_keys(&path, entries, &format!("a relation under `{key}` has"), known);
        let to = match find("to") {
            Some(to @ (Yaml::Text(_) | Yaml::Integer(_) | Yaml::Number(_))) => self.target(to, &below("to")),
            _ if meant.iter().any(|name| name == "to") => return None,
            _ => {
                let (what, help) = match find("to") {
                    Some(_) => ("empty", "write the slug of the entry behind `to:`"),
                    None => ("missing", "add `to: first-steps`, with the slug of the entry"),
                };
                let message = format!("a relation under `{key}` does not say to which entry: `to` is {what}");
                self.push(Code::FieldMissing, &path, message, Some(help.into()));
                return None;
            }
        };
        let reason = match find("reason") {
            Some(Yaml::Text(reason)) if !reason.trim().is_empty() => {
                Some(self.public(reason, &below("reason")).trim().to_string()).filter(|reason| !reason.is_empty())
            }
            None | Some(Yaml::Null) => None,
            Some(_) => {
                let help = "write it as `reason: Only above the kale.`";
                self.push(
                    Code::FieldWrongType,
                    &below("reason"),
                    "`reason` has to be a sentence".into(),
                    Some(help.into()),
                );
                None
            }
        };
        let own: Vec<_> = entries.iter().map(|(key, yaml)| (key.as_str(), yaml)).collect();
        self.sources = self.own_sources(fields, &own);
        let has_data = fields.iter().any(|field| find(&field.name).is_some());
        let data: Vec<_> = fields
            .iter()
            .map(|field| self.field_at(field, find(&field.name), &below(&field.name), meant.contains(&field.name)))
            .collect();
        self.sources.clear();
        if meant.is_empty() {
            self.check_conditional(fields, &data, &path);
        }
        Some(WrittenEdge { to, index, long: true, data, has_data, reason })
    }
}

/// `[[first-steps]]` without quotes is a list in a list for YAML, behind a dash in one more.
fn unwrapped(item: &Yaml) -> &Yaml {
    let mut inner = item;
    while let Yaml::List(items) = inner
        && let [only] = items.as_slice()
    {
        inner = only;
    }
    if matches!(inner, Yaml::Text(_)) { inner } else { item }
}

//! Lists of related entries as they are written.

use super::fields::Reader;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::doc::{WrittenEdge, WrittenRelation};
use crate::model::schema::{End, RelationId};
use crate::model::value::Value;
use crate::yaml::{Step, Yaml};

impl Reader<'_> {
    /// Reads the related entries under a key: names, or mappings with `to` and the data of the edge.
    pub fn relation(&mut self, relation: RelationId, end: End, key: &str, yaml: &Yaml) -> WrittenRelation {
        let mut edges = Vec::new();
        match yaml {
            Yaml::Null => {}
            Yaml::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    edges.extend(self.edge(relation, key, Some(index), item));
                }
            }
            single => edges.extend(self.edge(relation, key, None, single)),
        }
        WrittenRelation { relation, end, key: key.to_string(), edges }
    }

    fn edge(&mut self, relation: RelationId, key: &str, index: Option<usize>, yaml: &Yaml) -> Option<WrittenEdge> {
        let mut path = vec![Step::Key(key.to_string())];
        path.extend(index.map(Step::Index));
        let fields = &self.parsing.schema.relation(relation).fields;
        let entries = match yaml {
            Yaml::Text(to) => {
                let data = fields.iter().map(|_| Value::Nothing).collect();
                return Some(WrittenEdge {
                    to: to.trim().to_string(),
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
                    Some("write it as `foam-rolling`, or `{to: foam-rolling}` with data".into()),
                );
                return None;
            }
        };
        let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml);
        let below = |name: &str| [path.as_slice(), &[Step::Key(name.to_string())]].concat();
        for (name, _) in entries {
            if name == "to" || name == "reason" || fields.iter().any(|field| field.name == *name) {
                continue;
            }
            let place = self.text.place(&[self.root.as_slice(), &below(name)].concat(), crate::yaml::Part::Key);
            let known = || ["to", "reason"].into_iter().chain(fields.iter().map(|field| field.name.as_str()));
            let diagnostic =
                Diagnostic::new(Code::FieldUnknown, place, format!("an edge of `{key}` has no field `{name}`"));
            let near = nearest(name, known());
            self.diagnostics.push(if near.is_empty() {
                diagnostic.help(format!("known fields are {}", known().collect::<Vec<_>>().join(", ")))
            } else {
                diagnostic.suggest_fix(name, &near)
            });
        }
        let to = match find("to") {
            Some(Yaml::Text(to)) => to.trim().to_string(),
            _ => {
                let message = "the edge does not say where `to`".to_string();
                self.push(Code::FieldMissing, &path, message, Some("add `to: ` with the slug of an entry".into()));
                return None;
            }
        };
        let reason = match find("reason") {
            Some(Yaml::Text(reason)) if !reason.trim().is_empty() => Some(reason.trim().to_string()),
            None | Some(Yaml::Null) => None,
            Some(_) => {
                let help = "write it as `reason: Only above the knee.`";
                self.push(
                    Code::FieldWrongType,
                    &below("reason"),
                    "`reason` has to be a sentence".into(),
                    Some(help.into()),
                );
                None
            }
        };
        let has_data = fields.iter().any(|field| find(&field.name).is_some());
        let data =
            fields.iter().map(|field| self.field_at(field, find(&field.name), &below(&field.name), false)).collect();
        Some(WrittenEdge { to, index, long: true, data, has_data, reason })
    }
}

//! Data blocks: the YAML of a fenced block, checked where the site declares its fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::a;
use super::fields::FieldReader;
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::markdown::RawBlock;
use crate::model::body::{Block, BlockData, EntriesQuery};
use crate::model::schema::{Field, Limits, Type};
use crate::span::Place;
use crate::yaml::{self, PathStep, Yaml, YamlText};

/// Keys of a block that ask for entries.
const QUERY: &[&str] = &["entries", "where", "only", "limit"];

impl FieldReader<'_> {
    /// Reads the YAML of a data block. What is wrong in it is reported as `block-invalid` or like any field.
    pub fn block(&mut self, raw: RawBlock) -> Block {
        let text = Arc::new(YamlText::new(&self.text.path, &raw.text, raw.text_at));
        let mut block =
            Block { name: raw.name, data: BlockData::Broken, entries: None, yaml: text.clone(), span: raw.span };
        if !raw.closed {
            let first_line = raw.text_at.saturating_sub(1).max(block.span.start);
            let place = Place::new(&self.text.path, block.span.start..first_line);
            let message = format!("the data block `{}` is never closed", block.name);
            let diagnostic = Diagnostic::new(Code::BlockInvalid, place, message);
            self.diagnostics.push(diagnostic.help("put the line that closes it below its last key: three back-ticks"));
            return block;
        }
        let root = match yaml::parse(&raw.text) {
            Ok(root @ (Yaml::Map(_) | Yaml::Null)) => root,
            Ok(other) => {
                let message = format!("the data block `{}` needs keys with values, found {}", block.name, other.sort());
                let diagnostic = Diagnostic::new(Code::BlockInvalid, text.at(0..0), message);
                self.diagnostics.push(diagnostic.help("write each as `key: value` on a line of its own"));
                return block;
            }
            Err(error) => {
                let message = format!("the data block `{}` is no YAML: {}", block.name, error.message);
                let diagnostic = Diagnostic::new(Code::BlockInvalid, text.at(error.span), message);
                self.diagnostics.push(diagnostic.help(error.help));
                return block;
            }
        };
        let mut reader = FieldReader::new(text, Vec::new(), self.parsing, self.folder);
        reader.in_block = true;
        reader.wordings.clone_from(&self.wordings);
        reader.diagnostics.extend(yaml::duplicate_keys(&reader.text, &root));
        block.entries = reader.query(&root);
        let own: Vec<(String, Yaml)> = match root {
            Yaml::Map(entries) => entries.into_iter().filter(|(key, _)| !QUERY.contains(&key.as_str())).collect(),
            _ => Vec::new(),
        };
        let declared = self.parsing.schema.blocks.iter().find(|(name, _)| *name == block.name);
        block.data = match declared {
            Some((name, fields)) => BlockData::Typed(reader.typed(name, fields, &own)),
            None => {
                let public = |(key, value): (String, Yaml)| (key.clone(), reader.public_data(&key, &value));
                BlockData::Free(Yaml::Map(own.into_iter().map(public).collect()))
            }
        };
        yaml::add_doubts(&mut reader.diagnostics, yaml::doubtful_values(&reader.text));
        self.diagnostics.append(&mut reader.diagnostics);
        self.figures.append(&mut reader.figures);
        block
    }

    fn typed(&mut self, name: &str, fields: &[Field], entries: &[(String, Yaml)]) -> Vec<crate::model::value::Value> {
        let known = || fields.iter().map(|field| field.name.as_str()).chain(QUERY.iter().copied());
        let meant = self.unknown_keys(&[], entries, &format!("the data block `{name}` has"), known);
        let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml);
        let own: Vec<_> = entries.iter().map(|(key, yaml)| (key.as_str(), yaml)).collect();
        self.sources = self.own_sources(fields, &own);
        let values: Vec<_> =
            fields.iter().map(|field| self.field(field, find(&field.name), meant.contains(&field.name))).collect();
        if meant.is_empty() {
            self.check_conditional(fields, &values, &[]);
        }
        values
    }

    fn query(&mut self, root: &Yaml) -> Option<EntriesQuery> {
        let schema = self.parsing.schema;
        let name = root.get("entries")?;
        let kind = name.as_text().and_then(|name| schema.kind_named(name));
        let Some(kind) = kind else {
            let place = self.place(&[PathStep::Key("entries".into())]);
            let names: Vec<_> = schema.kinds.iter().map(|kind| kind.name.as_str()).collect();
            let typed = name.as_text().unwrap_or_default();
            let message = format!("no kind named `{typed}`");
            let meant = meant(typed, names.iter().copied());
            let diagnostic = Diagnostic::new(Code::BlockUnknownKind, place, message);
            self.diagnostics.push(if meant.names.is_empty() {
                diagnostic.help(format!("known kinds are {}", names.join(", ")))
            } else {
                diagnostic.suggest_fix(typed, &meant)
            });
            return None;
        };
        let mut only_where = BTreeMap::new();
        if let Some(Yaml::Map(entries)) = root.get("where") {
            for (key, value) in entries {
                let declared = schema.kind(kind).field(key).is_some()
                    || schema.sides_of(kind).any(|(_, _, side)| side.key == *key);
                if !declared {
                    let path = [PathStep::Key("where".into()), PathStep::Key(key.clone())];
                    let message = format!("{} has no field or relation `{key}`", a(&schema.kind(kind).name));
                    let names = schema.kind(kind).fields.iter().map(|field| field.name.as_str());
                    let known: Vec<_> =
                        names.chain(schema.sides_of(kind).map(|(_, _, side)| side.key.as_str())).collect();
                    self.push(Code::BlockInvalid, &path, message, Some(format!("known are {}", known.join(", "))));
                    continue;
                }
                self.check_choices(kind, key, value);
                let values = self.plain_list("where", value);
                only_where.insert(key.clone(), values);
            }
        }
        let only = root.get("only").map_or_else(Vec::new, |yaml| self.plain_list("only", yaml));
        let limit = match root.get("limit") {
            Some(Yaml::Integer(number)) if *number > 0 => Some(*number as usize),
            None => None,
            Some(_) => {
                self.push(
                    Code::BlockInvalid,
                    &[PathStep::Key("limit".into())],
                    "`limit` has to be a positive number".into(),
                    Some("write it as `limit: 5`, or leave it out for all".into()),
                );
                None
            }
        };
        Some(EntriesQuery { kind, only_where, only, limit })
    }

    /// A value that the field cannot have would silently show nothing.
    fn check_choices(&mut self, kind: crate::model::schema::KindId, key: &str, value: &Yaml) {
        let Some(field) = self.parsing.schema.kind(kind).field(key) else { return };
        let ty = match &field.ty {
            Type::List(item) => &item.ty,
            ty => ty,
        };
        if !matches!(ty, Type::Choice(_)) {
            return;
        }
        let field = Field {
            name: key.into(),
            label: String::new(),
            unit: String::new(),
            ty: ty.clone(),
            required: false,
            when: Vec::new(),
            default: None,
            help: String::new(),
            limits: Limits::default(),
        };
        let path = [PathStep::Key("where".into()), PathStep::Key(key.to_string())];
        match value {
            Yaml::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.field_at(&field, Some(item), &[path.as_slice(), &[PathStep::Index(at)]].concat(), false);
                }
            }
            single => {
                self.field_at(&field, Some(single), &path, false);
            }
        }
    }
}

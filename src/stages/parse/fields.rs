//! Values of fields, checked against their types.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Parsing, near_key};
use crate::diagnostics::{Code, Diagnostic};
use crate::links;
use crate::markdown::{self, AuthorSigns, Reading, curly};
use crate::model::body::{Body, Filling, TextOrigin};
use crate::model::cited::CitedSentence;
use crate::model::fields::{FieldContext, of};
use crate::model::schema::{Field, Type};
use crate::model::value::Value;
use crate::span::Place;
use crate::url::composed;
use crate::wording::Wording;
use crate::yaml::{MappingPart, Path, PathStep, Yaml, YamlText};

/// Reads the values of one entry and gathers what is wrong with them.
pub(super) struct FieldReader<'a> {
    pub text: Arc<YamlText>,
    pub root: Path,
    pub parsing: &'a Parsing<'a>,
    pub folder: &'a str,
    /// Whether the values are those of a data block and not of the entry itself.
    pub in_block: bool,
    /// The rules that texts have to keep.
    pub wordings: Vec<&'a Wording<'a>>,
    /// The works that stand beside the texts that are being read: in the same entry, object or edge.
    pub sources: Vec<String>,
    /// The sentences that cite works and hold numbers.
    pub figures: Vec<CitedSentence>,
    pub diagnostics: Vec<Diagnostic>,
    /// Keys of the entry whose values could not be read, which was reported.
    pub unread: Vec<String>,
    /// The ids that the texts of the entry have.
    pub ids: markdown::PageIds,
    /// Whether undeclared keys are kept, whatever the kind says.
    pub extra: bool,
    /// What stands in place of values of templates in the text.
    pub values: Arc<[(String, String)]>,
}

impl<'a> FieldReader<'a> {
    pub fn new(text: Arc<YamlText>, root: Path, parsing: &'a Parsing<'a>, folder: &'a str) -> Self {
        Self {
            text,
            root,
            parsing,
            folder,
            in_block: false,
            wordings: Vec::new(),
            sources: Vec::new(),
            figures: Vec::new(),
            diagnostics: Vec::new(),
            unread: Vec::new(),
            ids: markdown::PageIds::default(),
            extra: false,
            values: Arc::default(),
        }
    }

    /// What has to be known to read Markdown.
    pub fn reading(&self) -> Reading<'a> {
        let Parsing { schema, blocks, policy, included, .. } = *self.parsing;
        Reading { schema, blocks, folder: self.folder, policy, included, values: self.values.clone() }
    }

    /// Reads a declared field. Nothing is said of a missing one where the entry is broken anyway.
    pub fn field(&mut self, field: &Field, yaml: Option<&Yaml>, broken: bool) -> Value {
        let path = [PathStep::Key(field.name.clone())];
        self.field_at(field, yaml, &path, broken)
    }

    /// Reads a field of an entry, an object or an edge.
    pub fn field_at(&mut self, field: &Field, yaml: Option<&Yaml>, path: &[PathStep], broken: bool) -> Value {
        let value = match yaml.filter(|yaml| !yaml.is_blank()) {
            Some(yaml) => self.value(field, yaml, path),
            None => Value::Nothing,
        };
        if !value.is_empty() {
            return value;
        }
        let written = yaml.is_some_and(|yaml| *yaml != Yaml::Null);
        if let (Some(default), false) = (&field.default, written) {
            // A default is the site's text, not the entry's.
            let (wordings, figures) = (std::mem::take(&mut self.wordings), self.figures.len());
            let value = self.value(field, default, path);
            self.wordings = wordings;
            self.figures.truncate(figures);
            return value;
        }
        if field.required && field.when.is_empty() && !broken && !self.is_reported(path) {
            let message =
                format!("the required field `{}` is {}", field.name, if yaml.is_some() { "empty" } else { "missing" });
            let place = self.place(path);
            let mut diagnostic = Diagnostic::new(Code::FieldMissing, place, message);
            diagnostic
                .help
                .extend(self.comment(path).map(|comment| {
                    format!("put quotes round `{comment}`: what follows a `#` is a remark for editors")
                }));
            diagnostic.help.extend(self.way_to_add(field, path, false));
            self.diagnostics.push(diagnostic);
        }
        value
    }

    /// What stands behind a key instead of a value: a remark.
    fn comment(&self, path: &[PathStep]) -> Option<&str> {
        let key = self.text.key_range(&self.way(path))?;
        let line = self.text.text()[key.end..].lines().next()?;
        line.strip_prefix(':').map(str::trim).filter(|rest| rest.starts_with('#'))
    }

    /// Whether a value has been complained of already: one cause, one diagnostic.
    pub fn is_reported(&self, path: &[PathStep]) -> bool {
        if self.diagnostics.is_empty() {
            return false;
        }
        let place = self.place(path);
        self.diagnostics.iter().any(|diagnostic| diagnostic.place == place && diagnostic.code != Code::FieldMissing)
    }

    fn value(&mut self, field: &Field, yaml: &Yaml, path: &[PathStep]) -> Value {
        if let Some(value) = of(&field.ty, |ty| ty.read(field, yaml, path, self)) {
            return value;
        }
        let (expected, way_out) = of(&field.ty, |ty| (ty.expected(), ty.way_out(field, yaml)));
        let message = format!("`{}` has to be {expected}, found {}", field.name, yaml.sort());
        let help = match yaml {
            Yaml::List(items) if items.len() == 1 && !matches!(field.ty, Type::Text | Type::Markdown) => {
                "write it without the brackets, or without the `- `".to_string()
            }
            _ => way_out,
        };
        self.push(Code::FieldWrongType, path, message, Some(help));
        Value::Nothing
    }

    /// Reports the keys of a mapping that are not known, and returns those that they probably stand for.
    pub fn unknown_keys<'n, Names: Iterator<Item = &'n str>>(
        &mut self,
        path: &[PathStep],
        entries: &[(String, Yaml)],
        whose: &str,
        known: impl Fn() -> Names,
    ) -> Vec<String> {
        let mut meant = Vec::new();
        for (key, _) in entries.iter().filter(|(key, _)| !known().any(|name| name == key)) {
            let place = self.text.place(&self.way(&[path, &[PathStep::Key(key.clone())]].concat()), MappingPart::Key);
            if let Some((name, rest)) = key.split_once(':').filter(|(name, _)| known().any(|known| known == *name)) {
                let message = format!("a space is missing behind `{name}:`");
                let help = format!("write it as `{name}: {rest}`");
                self.diagnostics.push(Diagnostic::new(Code::FieldUnknown, place, message).help(help));
                meant.push(name.to_string());
                continue;
            }
            let near = near_key(key, known(), |name| entries.iter().any(|(key, _)| key == name));
            let diagnostic = Diagnostic::new(Code::FieldUnknown, place, format!("{whose} no field `{key}`"));
            self.diagnostics.push(if near.names.is_empty() {
                diagnostic.help(format!("known fields are {}", known().collect::<Vec<_>>().join(", ")))
            } else {
                diagnostic.suggest_fix(key, &near)
            });
            meant.extend(near.names);
        }
        meant
    }

    /// A plain text as readers see it.
    pub fn shown(&self, text: &str) -> String {
        let schema = self.parsing.schema;
        if schema.markdown.smart_punctuation { curly(text, &schema.language).into_owned() } else { text.to_string() }
    }

    /// A plain text under a reserved key.
    pub fn plain(&mut self, key: &str, yaml: &Yaml) -> Option<String> {
        let path = [PathStep::Key(key.to_string())];
        let Yaml::Text(text) = yaml else { return self.plain_at(&path, key, yaml) };
        if !["title", "short_title", "summary"].contains(&key) {
            return self.plain_at(&path, key, yaml);
        }
        if let Some(problem) = markdown::markdown_in(text) {
            let way = self.way(&path);
            self.diagnostics.push(problem.diagnostic(|span| self.text.inside(&way, text, span)));
        }
        self.plain_at(&path, key, yaml).map(markdown::without_escapes)
    }

    /// A plain text anywhere in a reserved key.
    pub fn plain_at(&mut self, path: &[PathStep], key: &str, yaml: &Yaml) -> Option<String> {
        match yaml {
            Yaml::Text(text) => {
                let text = self.public(text, path);
                self.check_words(&text, path);
                Some(text.trim().to_string())
            }
            Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_) => Some(self.as_typed(yaml, path)),
            Yaml::Null => None,
            other => {
                let message = format!("`{key}` has to be a text, found {}", other.sort());
                let help = match other {
                    Yaml::Map(_) => "write a text in its place, with quotes round one that contains `: `",
                    _ => "write one text, without `- ` and brackets",
                };
                self.push(Code::FieldWrongType, path, message, Some(help.into()));
                None
            }
        }
    }

    /// What begins in a plain text what is for authors alone.
    pub fn author_signs(&self) -> AuthorSigns {
        AuthorSigns::of(&self.parsing.schema.markdown, &self.text.path)
    }

    /// A plain text without what it holds for authors alone, which is reported.
    pub fn public<'t>(&mut self, text: &'t str, path: &[PathStep]) -> Cow<'t, str> {
        let (public, problem) = markdown::public_text(text, self.author_signs());
        let diagnostic =
            problem.map(|problem| problem.diagnostic(|span| self.text.inside(&self.way(path), text, span)));
        self.diagnostics.extend(diagnostic);
        public
    }

    /// The same of every text in a value that no field declares.
    pub fn public_data(&mut self, key: &str, yaml: &Yaml) -> Yaml {
        let mut data = yaml.clone();
        data.each_text(&mut vec![PathStep::Key(key.to_string())], &mut |text, path| {
            let public = match self.public(text, path) {
                Cow::Owned(public) => Some(public),
                Cow::Borrowed(_) => None,
            };
            public.into_iter().for_each(|public| *text = public);
        });
        data
    }

    /// A text that YAML takes for a number, or for true or false: as it was typed.
    pub fn as_typed(&self, yaml: &Yaml, path: &[PathStep]) -> String {
        let written = self.text.written(&self.way(path)).map(str::to_string);
        written.unwrap_or_else(|| match yaml {
            Yaml::Integer(number) => number.to_string(),
            Yaml::Number(number) => number.to_string(),
            Yaml::Bool(value) => value.to_string(),
            Yaml::Null | Yaml::Text(_) | Yaml::List(_) | Yaml::Map(_) => String::new(),
        })
    }

    /// A list of plain texts under a reserved key, or one text.
    pub fn plain_list(&mut self, key: &str, yaml: &Yaml) -> Vec<String> {
        let items = match yaml {
            Yaml::List(items) => items,
            Yaml::Map(_) => {
                let message = format!("`{key}` has to be a list of texts, found {}", yaml.sort());
                let help = format!("write it as `{key}: [one, another]`");
                self.push(Code::FieldWrongType, &[PathStep::Key(key.to_string())], message, Some(help));
                return Vec::new();
            }
            single => return self.plain(key, single).into_iter().collect(),
        };
        let each = |(at, item)| self.plain_at(&[PathStep::Key(key.to_string()), PathStep::Index(at)], key, item);
        items.iter().enumerate().filter_map(each).collect()
    }

    /// `true` or `false` under a reserved key.
    pub fn boolean(&mut self, key: &str, yaml: &Yaml) -> bool {
        if let Yaml::Bool(value) = yaml {
            return *value;
        }
        let message = format!("`{key}` has to be true or false, found {}", yaml.sort());
        let no = matches!(yaml, Yaml::Text(text) if ["no", "off", "n", "false", "f"].contains(&text.to_lowercase().as_str()));
        let help = format!("write it as `{key}: {}`", !no);
        self.push(Code::FieldWrongType, &[PathStep::Key(key.to_string())], message, Some(help));
        false
    }

    pub fn push(&mut self, code: Code, path: &[PathStep], message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, self.place(path), message);
        diagnostic.help.extend(help);
        self.diagnostics.push(diagnostic);
    }

    /// How a missing field is added, with the words of the site about it; on one line where several are missing. Where its key
    /// stands without a value, a second one would be an error.
    pub fn way_to_add(&self, field: &Field, path: &[PathStep], short: bool) -> Vec<String> {
        let name = &field.name;
        let is_there = self.is_written(path);
        let mut add = match &field.ty {
            Type::Choice(choices) => {
                let ids: Vec<_> = choices.iter().map(|(id, _)| id.as_str()).collect();
                let ids = ids.join(", ");
                if is_there {
                    format!("write a value behind `{name}:`, one of {ids}")
                } else {
                    format!("add `{name}:` with one of {ids}")
                }
            }
            ty => {
                let example = of(ty, |ty| ty.example_of(field));
                if is_there {
                    format!("write a value behind `{name}:`, such as `{name}: {example}`")
                } else {
                    format!("add `{name}: {example}`")
                }
            }
        };
        if field.help.is_empty() {
            return vec![add];
        }
        if short {
            add.push_str(&format!(" ({})", field.help.trim_end_matches('.')));
            return vec![add];
        }
        vec![add, field.help.clone()]
    }

    /// Whether a key of the entry stands there, with a value or without one.
    pub fn is_written(&self, path: &[PathStep]) -> bool {
        self.text.key_range(&self.way(path)).is_some()
    }

    /// Where a value of the entry stands.
    pub fn place(&self, path: &[PathStep]) -> Place {
        self.text.place(&self.way(path), if path.is_empty() { MappingPart::Key } else { MappingPart::Value })
    }

    /// Where a key of the entry stands.
    pub fn key_place(&self, key: &str) -> Place {
        self.text.place(&self.way(&[PathStep::Key(key.to_string())]), MappingPart::Key)
    }

    pub fn way(&self, path: &[PathStep]) -> Path {
        self.root.iter().chain(path).cloned().collect()
    }
}

impl FieldContext for FieldReader<'_> {
    fn report(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }

    fn place(&self, path: &[PathStep]) -> Place {
        self.place(path)
    }

    fn text(&mut self, text: &str, path: &[PathStep]) -> String {
        let text = self.public(text, path);
        self.check_words(&text, path);
        self.figures_of_words(&text, path);
        // Groups and filters take both Unicode forms of a text for one.
        self.shown(&composed(&text))
    }

    fn markdown(&mut self, text: &str, path: &[PathStep]) -> Body {
        let reading = self.reading();
        let block = self.in_block.then(|| self.text.clone());
        let origin = TextOrigin::Field { path: path.to_vec(), value: text.to_string(), block };
        self.figures_of_markdown(text, &origin, 0, &reading);
        let read = markdown::read_inline(text, origin, &reading, &mut self.ids);
        self.check_markdown(text, path, &reading);
        for problem in read.problems {
            let diagnostic = problem.diagnostic(|span| self.text.inside(&self.way(path), text, span));
            self.diagnostics.push(diagnostic);
        }
        if let Some(block) = read.blocks.first() {
            let message = format!("the data block `{}` cannot stand in a field", block.name);
            self.push(Code::BlockInvalid, path, message, Some("move it into the text below the front matter".into()));
        }
        let mut body = read.body;
        body.blocks.clear();
        body.holes.retain(|hole| !matches!(hole.what, Filling::Block(_)));
        body
    }

    fn as_typed(&self, yaml: &Yaml, path: &[PathStep]) -> String {
        self.as_typed(yaml, path)
    }

    fn is_from_elsewhere(&self) -> bool {
        self.parsing.schema.is_from_elsewhere(&self.text.path)
    }

    fn file(&self, name: &str) -> Option<String> {
        match name.strip_prefix('/') {
            Some(rest) => links::join("static", rest),
            None => links::join(self.folder, name),
        }
    }

    fn may_show(&self, address: &str) -> bool {
        self.parsing.schema.hosts.allow("img", address)
    }

    fn item(&mut self, field: &Field, yaml: &Yaml, path: &[PathStep]) -> Value {
        self.field_at(field, Some(yaml), path, false)
    }

    fn object(&mut self, field: &Field, fields: &[Field], entries: &[(String, Yaml)], path: &[PathStep]) -> Vec<Value> {
        let known = || fields.iter().map(|field| field.name.as_str());
        let whose = format!("`{}` has", field.name);
        let meant = self.unknown_keys(path, entries, &whose, known);
        let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml);
        let below = |name: &str| [path, &[PathStep::Key(name.to_string())]].concat();
        let own: Vec<_> = entries.iter().map(|(key, yaml)| (key.as_str(), yaml)).collect();
        let sources = self.own_sources(fields, &own);
        let around = std::mem::replace(&mut self.sources, sources);
        let values: Vec<_> = fields
            .iter()
            .map(|field| self.field_at(field, find(&field.name), &below(&field.name), meant.contains(&field.name)))
            .collect();
        self.sources = around;
        if meant.is_empty() {
            self.check_conditional(fields, &values, path);
        }
        values
    }
}

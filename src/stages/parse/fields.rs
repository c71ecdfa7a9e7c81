//! Values of fields, checked against their types.

use std::sync::Arc;

use super::{Parsing, near_key};
use crate::diagnostics::{Code, Diagnostic, Meant, form, meant};
use crate::links;
use crate::markdown::{self, Reading, curly};
use crate::model::cited::CitedSentence;
use crate::model::doc::Origin;
use crate::model::schema::{Field, Type};
use crate::model::value::{Date, Value};
use crate::span::Place;
use crate::wording::Wording;
use crate::yaml::{Part, Path, Step, Yaml, YamlText};

/// Reads the values of one entry and gathers what is wrong with them.
pub(super) struct Reader<'a> {
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
    pub ids: markdown::Ids,
    /// Whether keys that nobody declared are kept, whatever the kind says.
    pub extra: bool,
}

impl<'a> Reader<'a> {
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
            ids: markdown::Ids::default(),
            extra: false,
        }
    }

    /// What has to be known to read Markdown.
    pub fn reading(&self) -> Reading<'a> {
        let Parsing { schema, blocks, policy, .. } = *self.parsing;
        Reading { schema, blocks, folder: self.folder, policy }
    }

    /// Reads a declared field. Nothing is said of a missing one where the entry is broken anyway.
    pub fn field(&mut self, field: &Field, yaml: Option<&Yaml>, broken: bool) -> Value {
        let path = [Step::Key(field.name.clone())];
        self.field_at(field, yaml, &path, broken)
    }

    /// Reads a field of an entry, an object or an edge.
    pub fn field_at(&mut self, field: &Field, yaml: Option<&Yaml>, path: &[Step], broken: bool) -> Value {
        let value = match yaml.filter(|yaml| **yaml != Yaml::Null) {
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
                format!("the required field `{}` is {}", field.name, if written { "empty" } else { "missing" });
            let place = self.place(path);
            let mut diagnostic = Diagnostic::new(Code::FieldMissing, place, message);
            diagnostic
                .help
                .extend(self.comment(path).map(|comment| {
                    format!("put quotes round `{comment}`: what follows a `#` is a remark for editors")
                }));
            diagnostic.help.extend(way_to_add(field, false));
            self.diagnostics.push(diagnostic);
        }
        value
    }

    /// What stands behind a key instead of a value: a remark.
    fn comment(&self, path: &[Step]) -> Option<&str> {
        let key = self.text.key_range(&self.way(path))?;
        let line = self.text.text()[key.end..].lines().next()?;
        line.strip_prefix(':').map(str::trim).filter(|rest| rest.starts_with('#'))
    }

    /// Whether a value has been complained of already: one cause, one diagnostic.
    pub fn is_reported(&self, path: &[Step]) -> bool {
        if self.diagnostics.is_empty() {
            return false;
        }
        let place = self.place(path);
        self.diagnostics.iter().any(|diagnostic| diagnostic.place == place && diagnostic.code != Code::FieldMissing)
    }

    fn value(&mut self, field: &Field, yaml: &Yaml, path: &[Step]) -> Value {
        match (&field.ty, yaml) {
            (Type::Text, Yaml::Text(text)) => {
                self.check_text(field, text, path);
                self.check_words(text, path);
                self.figures_of_words(text, path);
                Value::Text(self.shown(text))
            }
            (Type::Text, Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_)) => Value::Text(self.as_typed(yaml, path)),
            (Type::Markdown, Yaml::Text(text)) => {
                self.check_text(field, text, path);
                self.markdown(text, path)
            }
            (Type::Markdown, Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_)) => {
                self.markdown(&self.as_typed(yaml, path), path)
            }
            (Type::Integer, Yaml::Integer(number)) => {
                self.check_number(field, *number as f64, path);
                Value::Integer(*number)
            }
            (Type::Number, Yaml::Integer(number)) => {
                self.check_number(field, *number as f64, path);
                Value::Number(*number as f64)
            }
            (Type::Number, Yaml::Number(number)) if number.is_finite() => {
                self.check_number(field, *number, path);
                Value::Number(*number)
            }
            (Type::Boolean, Yaml::Bool(value)) => Value::Boolean(*value),
            (Type::Date, yaml) => self.date_value(path, yaml),
            (Type::Choice(choices), Yaml::Text(_) | Yaml::Integer(_) | Yaml::Bool(_)) => {
                self.choice(&field.name, choices, yaml, path)
            }
            (Type::Range(_), Yaml::Text(_) | Yaml::Integer(_) | Yaml::Number(_)) => self.range(field, yaml, path),
            (Type::Url, Yaml::Text(text)) => self.url(text, path),
            (Type::Image, Yaml::Text(text)) => self.image(text, path),
            (Type::Entry, Yaml::Text(text)) => Value::Entry(text.clone(), path.to_vec()),
            (Type::Citations, Yaml::Text(text)) => Value::Citations(vec![(key(text), path.to_vec())]),
            (Type::Citations, Yaml::List(items)) => self.citations(items, path),
            (Type::List(item), Yaml::List(items)) => {
                self.check_count(field, items.len(), path);
                let below = |at| [path, &[Step::Index(at)]].concat();
                Value::List(
                    items
                        .iter()
                        .enumerate()
                        .filter(|(_, yaml)| **yaml != Yaml::Null)
                        .map(|(at, yaml)| self.field_at(item, Some(yaml), &below(at), false))
                        .collect(),
                )
            }
            (Type::Object(fields), Yaml::Map(entries)) => self.object(field, fields, entries, path),
            (ty, yaml) => {
                self.wrong_type(field, ty, yaml, path);
                Value::Nothing
            }
        }
    }

    fn wrong_type(&mut self, field: &Field, ty: &Type, yaml: &Yaml, path: &[Step]) {
        let message = format!("`{}` has to be {}, found {}", field.name, expected(ty), yaml.sort());
        let help = match (ty, yaml) {
            (Type::Text | Type::Markdown, Yaml::Map(_)) => "put quotes round a text that contains `: `".to_string(),
            (Type::Text | Type::Markdown, Yaml::List(_)) => "put quotes round a text that begins with `[`".to_string(),
            (_, Yaml::List(items)) if items.len() == 1 => {
                "write it without the brackets, or without the `- `".to_string()
            }
            (Type::List(item), _) => {
                format!("write each item on a line of its own, behind `- `: `- {}`", example(&item.ty))
            }
            _ => format!("for example `{}: {}`", field.name, example(ty)),
        };
        self.push(Code::FieldWrongType, path, message, Some(help));
    }

    fn markdown(&mut self, text: &str, path: &[Step]) -> Value {
        let reading = self.reading();
        let block = self.in_block.then(|| self.text.clone());
        let origin = Origin::Field { path: path.to_vec(), value: text.to_string(), block };
        self.figures_of_markdown(text, &origin, 0, &reading);

        let read = markdown::read_inline(text, origin, &reading, &mut self.ids);
        self.check_markdown(text, path, &reading);
        for problem in read.problems {
            let place = self.text.inside(&self.way(path), text, problem.span);
            self.diagnostics.push(Diagnostic::new(problem.code, place, problem.message).help(problem.help));
        }
        if let Some(block) = read.blocks.first() {
            let message = format!("the data block `{}` cannot stand in a field", block.name);
            self.push(Code::BlockInvalid, path, message, Some("move it into the text below the front matter".into()));
        }
        let mut body = read.body;
        body.blocks.clear();
        body.holes.retain(|hole| !matches!(hole.what, crate::model::doc::Filling::Block(_)));
        Value::Markdown(Box::new(body))
    }

    /// A day.
    pub fn date_value(&mut self, path: &[Step], yaml: &Yaml) -> Value {
        let found = match yaml {
            Yaml::Text(text) => Date::of(text),
            _ => None,
        };
        if let Some(date) = found {
            return Value::Date(date);
        }
        let name = path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(format!("`{key}`")),
            Step::Index(_) => None,
        });
        let name = name.unwrap_or_else(|| "this".into());
        let (message, help) = match yaml {
            Yaml::Text(text) => match (Date::last_of_month(text), Date::guess(text)) {
                (Some(last), _) => {
                    (format!("there is no day `{text}`"), format!("the last day of that month is `{last}`"))
                }
                (None, Some(day)) => {
                    (format!("{name} has to be a day, found `{text}`"), format!("write it as `{day}`"))
                }
                (None, None) => (format!("{name} has to be a day, found `{text}`"), "write it as `2026-03-04`".into()),
            },
            Yaml::Integer(number) => {
                let help = Date::guess(&number.to_string()).map_or_else(|| "2026-03-04".into(), |day| day.to_string());
                (format!("{name} has to be a day, found `{number}`"), format!("write it as `{help}`"))
            }
            other => (format!("{name} has to be a day, found {}", other.sort()), "write it as `2026-03-04`".into()),
        };
        self.push(Code::FieldWrongType, path, message, Some(help));
        Value::Nothing
    }

    fn choice(&mut self, name: &str, choices: &[(String, String)], yaml: &Yaml, path: &[Step]) -> Value {
        let typed = match yaml {
            Yaml::Text(text) => text.clone(),
            Yaml::Integer(number) => number.to_string(),
            Yaml::Bool(true) => "yes".to_string(),
            _ => "no".to_string(),
        };
        if let Some(at) = choices
            .iter()
            .position(|(id, _)| *id == typed || matches!(yaml, Yaml::Bool(value) if *id == value.to_string()))
        {
            return Value::Choice(at);
        }
        let ids = choices.iter().map(|(id, _)| id.as_str());
        let mut labelled = choices.iter().filter(|(_, label)| form(label) == form(&typed));
        let meant = match (labelled.next(), labelled.next()) {
            (Some((id, _)), None) => Meant::same(id),
            _ => meant(&typed, ids.clone()),
        };
        let message = format!("`{typed}` is not one of the choices of `{name}`");
        let diagnostic = Diagnostic::new(Code::FieldUnknownChoice, self.place(path), message);
        self.diagnostics.push(if meant.names.is_empty() {
            diagnostic.help(format!("the choices are {}", ids.collect::<Vec<_>>().join(", ")))
        } else {
            diagnostic.suggest_fix(&typed, &meant)
        });
        Value::Nothing
    }

    fn range(&mut self, field: &Field, yaml: &Yaml, path: &[Step]) -> Value {
        let numbers = match yaml {
            Yaml::Integer(number) => Some((*number as f64, *number as f64)),
            Yaml::Number(number) => Some((*number, *number)),
            Yaml::Text(text) => ["-", "–", " to "].iter().find_map(|between| {
                let (from, to) = text.split_once(between)?;
                Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
            }),
            _ => None,
        };
        let numbers: Option<(f64, f64)> = numbers.filter(|(from, to): &(f64, f64)| from.is_finite() && to.is_finite());
        let Some((from, to)) = numbers.filter(|(from, to)| from <= to) else {
            let (message, help) = match numbers {
                Some((from, to)) => {
                    (format!("`{}` begins with the larger number", field.name), format!("write it as `{to}-{from}`"))
                }
                None => {
                    let message = format!("`{}` has to be a number or two with a hyphen between them", field.name);
                    (message, "write it as `2-3`, without a unit or other words".into())
                }
            };
            self.push(Code::FieldWrongType, path, message, Some(help));
            return Value::Nothing;
        };
        self.check_number(field, from, path);
        if to != from {
            self.check_number(field, to, path);
        }
        Value::Range(from, to)
    }

    fn url(&mut self, text: &str, path: &[Step]) -> Value {
        let web = ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme));
        let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
        if plain && (web || (text.starts_with('/') && !text.starts_with("//"))) {
            return Value::Url(text.to_string(), path.to_vec());
        }
        let message = format!("`{text}` is no address");
        self.push(
            Code::UrlInvalid,
            path,
            message,
            Some("begin with `https://`, or with `/` for a page of the site".into()),
        );
        Value::Nothing
    }

    fn image(&mut self, text: &str, path: &[Step]) -> Value {
        let found = match text.strip_prefix('/') {
            Some(rest) => links::join("static", rest),
            None => links::join(self.folder, text),
        };
        match found {
            Some(found) => Value::Image(found, path.to_vec()),
            None => {
                let help = "copy it into the folder of the page, or into `static/` with a path from `/` on";
                let message = format!("the image `{text}` lies outside the project");
                self.push(Code::ImageMissing, path, message, Some(help.into()));
                Value::Nothing
            }
        }
    }

    fn citations(&mut self, items: &[Yaml], path: &[Step]) -> Value {
        let mut keys = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = [path, &[Step::Index(at)]].concat();
            match item {
                Yaml::Text(text) => keys.push((key(text), path)),
                Yaml::Null => {}
                other => {
                    let message = format!("expected the key of a work, found {}", other.sort());
                    self.push(Code::FieldWrongType, &path, message, Some("write it as `davis2020`".into()));
                }
            }
        }
        Value::Citations(keys)
    }

    fn object(&mut self, field: &Field, fields: &[Field], entries: &[(String, Yaml)], path: &[Step]) -> Value {
        let known = || fields.iter().map(|field| field.name.as_str());
        let whose = format!("`{}` has", field.name);
        let meant = self.unknown_keys(path, entries, &whose, known);
        let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, yaml)| yaml);
        let below = |name: &str| [path, &[Step::Key(name.to_string())]].concat();
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
        Value::Object(values)
    }

    /// Reports the keys of a mapping that are not known, and returns those that they probably stand for.
    pub fn unknown_keys<'n, Names: Iterator<Item = &'n str>>(
        &mut self,
        path: &[Step],
        entries: &[(String, Yaml)],
        whose: &str,
        known: impl Fn() -> Names,
    ) -> Vec<String> {
        let mut meant = Vec::new();
        for (key, _) in entries.iter().filter(|(key, _)| !known().any(|name| name == key)) {
            let place = self.text.place(&self.way(&[path, &[Step::Key(key.clone())]].concat()), Part::Key);
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
        let path = [Step::Key(key.to_string())];
        self.plain_at(&path, key, yaml)
    }

    /// A plain text anywhere in a reserved key.
    pub fn plain_at(&mut self, path: &[Step], key: &str, yaml: &Yaml) -> Option<String> {
        match yaml {
            Yaml::Text(text) => {
                self.check_words(text, path);
                Some(text.trim().to_string())
            }
            Yaml::Integer(_) | Yaml::Number(_) | Yaml::Bool(_) => Some(self.as_typed(yaml, path)),
            Yaml::Null => None,
            other => {
                let message = format!("`{key}` has to be a text, found {}", other.sort());
                let help = if matches!(other, Yaml::Map(_)) {
                    "put quotes round a text that contains `: `"
                } else {
                    "put quotes round it"
                };
                self.push(Code::FieldWrongType, path, message, Some(help.into()));
                None
            }
        }
    }

    /// A text that YAML takes for a number, or for true or false: as it was typed.
    pub fn as_typed(&self, yaml: &Yaml, path: &[Step]) -> String {
        let written = self.text.written(&self.way(path)).map(str::to_string);
        written.unwrap_or_else(|| match yaml {
            Yaml::Integer(number) => number.to_string(),
            Yaml::Number(number) => number.to_string(),
            Yaml::Bool(value) => value.to_string(),
            _ => String::new(),
        })
    }

    /// A list of plain texts under a reserved key, or one text.
    pub fn plain_list(&mut self, key: &str, yaml: &Yaml) -> Vec<String> {
        let items = match yaml {
            Yaml::List(items) => items,
            Yaml::Map(_) => {
                let message = format!("`{key}` has to be a list of texts, found {}", yaml.sort());
                let help = format!("write it as `{key}: [one, another]`");
                self.push(Code::FieldWrongType, &[Step::Key(key.to_string())], message, Some(help));
                return Vec::new();
            }
            single => return self.plain(key, single).into_iter().collect(),
        };
        let each = |(at, item)| self.plain_at(&[Step::Key(key.to_string()), Step::Index(at)], key, item);
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
        self.push(Code::FieldWrongType, &[Step::Key(key.to_string())], message, Some(help));
        false
    }

    fn check_text(&mut self, field: &Field, text: &str, path: &[Step]) {
        let (limits, name) = (&field.limits, &field.name);
        let characters = text.chars().count();
        let words = text.split_whitespace().count();
        let mut complain = |message: String| self.push(Code::FieldLimit, path, message, Some(way_out(field)));
        if let Some(min) = limits.min.filter(|min| (characters as f64) < *min) {
            complain(format!("`{name}` has {characters} characters, and needs at least {min}"));
        }
        if let Some(max) = limits.max.filter(|max| characters as f64 > *max) {
            complain(format!("`{name}` has {characters} characters, and may have at most {max}"));
        }
        if let Some(min) = limits.min_words.filter(|min| words < *min) {
            complain(format!("`{name}` has {words} words, and needs at least {min}"));
        }
        if let Some(max) = limits.max_words.filter(|max| words > *max) {
            complain(format!("`{name}` has {words} words, and may have at most {max}"));
        }
    }

    fn check_number(&mut self, field: &Field, number: f64, path: &[Step]) {
        let name = &field.name;
        if let Some(min) = field.limits.min.filter(|min| number < *min) {
            self.push(
                Code::FieldLimit,
                path,
                format!("`{name}` is {number}, and has to be at least {min}"),
                Some(way_out(field)),
            );
        }
        if let Some(max) = field.limits.max.filter(|max| number > *max) {
            self.push(
                Code::FieldLimit,
                path,
                format!("`{name}` is {number}, and may be at most {max}"),
                Some(way_out(field)),
            );
        }
    }

    fn check_count(&mut self, field: &Field, count: usize, path: &[Step]) {
        let name = &field.name;
        if let Some(min) = field.limits.min.filter(|min| (count as f64) < *min) {
            self.push(
                Code::FieldLimit,
                path,
                format!("`{name}` has {count} items, and needs at least {min}"),
                Some(way_out(field)),
            );
        }
        if let Some(max) = field.limits.max.filter(|max| count as f64 > *max) {
            self.push(
                Code::FieldLimit,
                path,
                format!("`{name}` has {count} items, and may have at most {max}"),
                Some(way_out(field)),
            );
        }
    }

    pub fn push(&mut self, code: Code, path: &[Step], message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, self.place(path), message);
        diagnostic.help.extend(help);
        self.diagnostics.push(diagnostic);
    }

    /// Where a value of the entry stands.
    pub fn place(&self, path: &[Step]) -> Place {
        self.text.place(&self.way(path), if path.is_empty() { Part::Key } else { Part::Value })
    }

    /// Where a key of the entry stands.
    pub fn key_place(&self, key: &str) -> Place {
        self.text.place(&self.way(&[Step::Key(key.to_string())]), Part::Key)
    }

    pub fn way(&self, path: &[Step]) -> Path {
        self.root.iter().chain(path).cloned().collect()
    }
}

pub(super) fn key(text: &str) -> String {
    text.trim().trim_start_matches('@').to_string()
}

/// What the site says of a field, or where its limits stand.
fn way_out(field: &Field) -> String {
    if field.help.is_empty() { "the limits of the field stand in site.yaml".into() } else { field.help.clone() }
}

/// How a missing field is added, with the words of the site about it; on one line where several are missing.
pub(super) fn way_to_add(field: &Field, short: bool) -> Vec<String> {
    let mut add = match &field.ty {
        Type::Choice(choices) => {
            let ids: Vec<_> = choices.iter().map(|(id, _)| id.as_str()).collect();
            format!("add `{}:` with one of {}", field.name, ids.join(", "))
        }
        ty => format!("add `{}: {}`", field.name, example(ty)),
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

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Text | Type::Markdown => "a text",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        Type::Date => "a day",
        Type::Choice(_) => "one of its choices",
        Type::Range(_) => "a number or a range",
        Type::Url => "an address",
        Type::Image => "the path of an image",
        Type::Citations => "a list of keys",
        Type::Entry => "the slug of an entry",
        Type::List(_) => "a list",
        Type::Object(_) => "keys with values",
    }
}

fn example(ty: &Type) -> String {
    match ty {
        Type::Text | Type::Markdown => "some words".into(),
        Type::Integer => "3".into(),
        Type::Number => "2.5".into(),
        Type::Boolean => "true".into(),
        Type::Date => "2026-03-04".into(),
        Type::Choice(choices) => choices.first().map_or_else(String::new, |(id, _)| id.clone()),
        Type::Range(_) => "2-3".into(),
        Type::Url => "https://example.org/".into(),
        Type::Image => "roller.png".into(),
        Type::Citations => "[davis2020]".into(),
        Type::Entry => "techniques/foam-rolling".into(),
        Type::List(item) => format!("[{}]", example(&item.ty)),
        Type::Object(fields) => {
            let all_optional = !fields.iter().any(|field| field.required);
            let shown = fields.iter().filter(|field| field.required || all_optional);
            let parts: Vec<_> = shown.map(|field| format!("{}: {}", field.name, example(&field.ty))).collect();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

//! Values as simple HTML: a line where one is enough, else lists and tables.

use super::{Drawing, Numbers, fill, link, named};
use crate::html::escape;
use crate::model::fields::image::is_elsewhere;
use crate::model::schema::{Field, Type};
use crate::model::site::{EntryId, ResolvedText};
use crate::model::value::Value;
use crate::yaml::Yaml;

/// Writes the values of one entry. `texts` hands out its resolved texts in the order of the values.
pub(super) struct ValueWriter<'d, 't> {
    pub drawing: Drawing<'d>,
    pub id: EntryId,
    pub numbers: &'t Numbers<'t>,
    pub texts: &'t mut dyn Iterator<Item = &'d ResolvedText>,
}

impl ValueWriter<'_, '_> {
    /// A value below its label: lists and tables where it has several parts; nothing where it is empty.
    pub fn block(&mut self, value: &Value, field: &Field) -> String {
        match (value, &field.ty) {
            (Value::List(items), Type::List(item)) => match &item.ty {
                Type::Object(fields) => self.table(fields, items),
                Type::Markdown | Type::Image | Type::List(_) => {
                    let lines = items.iter().map(|value| self.line(value, item)).collect::<Vec<_>>();
                    let lines = lines.into_iter().filter(|line| !line.is_empty());
                    let items: String = lines.map(|line| format!("<li>{line}</li>")).collect();
                    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
                }
                Type::Text
                | Type::Integer
                | Type::Number
                | Type::Boolean
                | Type::Date
                | Type::Choice(_)
                | Type::Range(_)
                | Type::Url
                | Type::Citations
                | Type::Entry => self.line(value, field),
            },
            (Value::Object(values), Type::Object(fields)) => self.fields(fields, values),
            (Value::Data(data), _) => yaml(data),
            _ => self.line(value, field),
        }
    }

    /// A value in one line.
    pub fn line(&mut self, value: &Value, field: &Field) -> String {
        let schema = &self.drawing.site.schema;
        match (value, &field.ty) {
            (Value::Nothing, _) => String::new(),
            (Value::Text(text), _) => escape(text),
            (Value::Markdown(body), _) => match self.texts.next() {
                Some(text) => {
                    let mut nothing = |_, _: &_, _: &_| String::new();
                    fill::fill_with(self.drawing, self.id, body, text, self.numbers, &mut nothing).html
                }
                None => String::new(),
            },
            (Value::Integer(number), _) => with_unit(number.to_string(), &field.unit),
            (Value::Number(number), _) => with_unit(crate::cards::number(*number).to_string(), &field.unit),
            (Value::Boolean(value), _) => escape(schema.texts.get(if *value { "yes" } else { "no" })),
            (Value::Date(date), _) => escape(&schema.texts.date(*date)),
            (Value::Choice(at), Type::Choice(choices)) => {
                choices.get(*at).map_or_else(String::new, |(_, label)| escape(label))
            }
            (Value::Range(from, to), Type::Range(unit)) => {
                let [from, to] = [from, to].map(|number| crate::cards::number(*number).to_string());
                let text = if from == to { from } else { schema.texts.say("range", &[("from", &from), ("to", &to)]) };
                with_unit(text, unit)
            }
            (Value::Url(url, _), _) => {
                let address = if url.starts_with('/') { schema.base_url.rooted(url) } else { url.clone() };
                format!("<a href=\"{}\">{}</a>", escape(&address), escape(url))
            }
            (Value::Image(path, _), _) if is_elsewhere(path) => {
                format!("<img src=\"{}\" alt=\"{}\">", escape(path), escape(&field.label))
            }
            (Value::Image(path, _), _) => self.drawing.site.assets.at(path).map_or_else(String::new, |asset| {
                let address = schema.base_url.rooted(&asset.url);
                format!("<img src=\"{}\" alt=\"{}\">", escape(&address), escape(&field.label))
            }),
            (Value::Citations(keys), _) => {
                let keys = keys.iter().map(|(key, _)| (key.as_str(), None));
                fill::marks_of(keys, self.numbers, &schema.texts)
            }
            (Value::Entry(name, _), _) => {
                named(self.drawing, name).map_or_else(String::new, |id| link(self.drawing, id))
            }
            (Value::List(items), Type::List(item)) => self.joined(items.iter().map(|value| (&**item, value)), false),
            (Value::Object(values), Type::Object(fields)) => self.joined(fields.iter().zip(values), true),
            (Value::Data(data), _) => in_line(data),
            (Value::Choice(_) | Value::Range(..) | Value::List(_) | Value::Object(_), _) => String::new(),
        }
    }

    fn joined<'v>(&mut self, values: impl Iterator<Item = (&'v Field, &'v Value)>, labelled: bool) -> String {
        let mut parts = Vec::new();
        for (field, value) in values {
            let line = self.line(value, field);
            match line.as_str() {
                "" => {}
                _ if labelled => parts.push(format!("{}: {line}", escape(&field.label))),
                _ => parts.push(line),
            }
        }
        parts.join(if labelled { "; " } else { ", " })
    }

    /// The fields of an object or a data block: lines for what is short, then what is long below its label.
    pub fn fields(&mut self, fields: &[Field], values: &[Value]) -> String {
        let (mut short, mut long) = (String::new(), String::new());
        for (field, value) in fields.iter().zip(values) {
            let html = self.block(value, field);
            let label = escape(&field.label);
            match html.as_str() {
                "" => {}
                _ if html.starts_with("<ul") || html.starts_with("<table") || html.starts_with("<p") => {
                    long.push_str(&format!("<p><strong>{label}:</strong></p>\n{html}\n"));
                }
                _ => short.push_str(&format!("<li>{label}: {html}</li>")),
            }
        }
        if short.is_empty() { long } else { format!("<ul>{short}</ul>\n{long}") }
    }

    /// A list of objects: a row each, a column for every field that any of them has.
    fn table(&mut self, fields: &[Field], items: &[Value]) -> String {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for item in items {
            if let Value::Object(values) = item {
                rows.push(fields.iter().zip(values).map(|(field, value)| self.line(value, field)).collect());
            }
        }
        table(&fields.iter().map(|field| escape(&field.label)).collect::<Vec<_>>(), &rows)
    }
}

fn with_unit(text: String, unit: &str) -> String {
    let text = if unit.is_empty() { text } else { format!("{text} {unit}") };
    escape(&text)
}

/// A table without the columns in which nothing stands.
pub(super) fn table(names: &[String], rows: &[Vec<String>]) -> String {
    let used: Vec<usize> = (0..names.len())
        .filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    if used.is_empty() {
        return String::new();
    }
    let mut html = String::from("<table><tr>");
    used.iter().for_each(|at| html.push_str(&format!("<th>{}</th>", names[*at])));
    html.push_str("</tr>");
    for row in rows {
        html.push_str("<tr>");
        used.iter().for_each(|at| html.push_str(&format!("<td>{}</td>", row.get(*at).map_or("", String::as_str))));
        html.push_str("</tr>");
    }
    html.push_str("</table>\n");
    html
}

/// Data of which nothing is declared: a list of mappings is a table, all else are lists.
pub(super) fn yaml(data: &Yaml) -> String {
    match data {
        Yaml::Null => String::new(),
        Yaml::List(items) if !items.is_empty() && items.iter().all(|item| matches!(item, Yaml::Map(_))) => {
            let mut names: Vec<&str> = Vec::new();
            for (key, _) in items.iter().flat_map(entries) {
                if !names.contains(&key) {
                    names.push(key);
                }
            }
            let cell = |item: &Yaml, name: &str| {
                entries(item).find(|(key, _)| *key == name).map_or_else(String::new, |(_, value)| in_line(value))
            };
            let rows: Vec<Vec<String>> =
                items.iter().map(|item| names.iter().map(|name| cell(item, name)).collect()).collect();
            table(&names.iter().map(|name| escape(name)).collect::<Vec<_>>(), &rows)
        }
        Yaml::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", in_line(item))).collect();
            if items.is_empty() { items } else { format!("<ul>{items}</ul>\n") }
        }
        Yaml::Map(_) => {
            let (mut short, mut long) = (String::new(), String::new());
            for (key, value) in entries(data) {
                match value {
                    Yaml::List(_) | Yaml::Map(_) => {
                        long.push_str(&format!("<p><strong>{}:</strong></p>\n{}", escape(key), yaml(value)));
                    }
                    _ => short.push_str(&format!("<li>{}: {}</li>", escape(key), in_line(value))),
                }
            }
            if short.is_empty() { long } else { format!("<ul>{short}</ul>\n{long}") }
        }
        _ => format!("<p>{}</p>\n", in_line(data)),
    }
}

fn entries(data: &Yaml) -> impl Iterator<Item = (&str, &Yaml)> {
    let entries = if let Yaml::Map(entries) = data { &entries[..] } else { &[] };
    entries.iter().map(|(key, value)| (key.as_str(), value))
}

/// Data of which nothing is declared, in one line.
pub(super) fn in_line(data: &Yaml) -> String {
    match data {
        Yaml::List(items) => items.iter().map(in_line).collect::<Vec<_>>().join(", "),
        Yaml::Map(_) => {
            let parts = entries(data).map(|(key, value)| format!("{}: {}", escape(key), in_line(value)));
            parts.collect::<Vec<_>>().join("; ")
        }
        _ => escape(&crate::cards::yaml(data).to_string()),
    }
}

//! TOML, as some tools write front matter: the same values as those of YAML, with their places. Nothing else names `toml`.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::locate::Located;
use super::{Path, PathStep, Yaml, YamlError};

/// Reads a TOML document.
///
/// # Errors
/// When the text is not TOML.
pub fn parse_toml(text: &str) -> Result<Yaml, YamlError> {
    match DeTable::parse(text) {
        Ok(table) => Ok(map(table.get_ref())),
        Err(error) => {
            let message = error.message().lines().next().unwrap_or("this is no TOML").to_string();
            let help = "write it as `key = \"value\"`, or write YAML between two lines of `---`".into();
            let at = error.span().unwrap_or(0..0);
            Err(YamlError { message, help, span: crate::span::clamp(text, at) })
        }
    }
}

fn map(table: &DeTable<'_>) -> Yaml {
    Yaml::Map(table.iter().map(|(key, value)| (key.get_ref().to_string(), of(value.get_ref()))).collect())
}

fn of(value: &DeValue<'_>) -> Yaml {
    match value {
        DeValue::String(text) => Yaml::Text(text.to_string()),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix()).map_or(Yaml::Text(number.as_str().to_string()), Yaml::Integer)
        }
        DeValue::Float(number) => {
            number.as_str().replace('_', "").parse().map_or(Yaml::Text(number.as_str().to_string()), Yaml::Number)
        }
        DeValue::Boolean(value) => Yaml::Bool(*value),
        DeValue::Datetime(time) => Yaml::Text(time.to_string()),
        DeValue::Array(items) => Yaml::List(items.iter().map(|item| of(item.get_ref())).collect()),
        DeValue::Table(table) => map(table),
    }
}

/// Where all values of a document stand, in the order of the ways to them.
pub(super) fn locate(text: &str) -> Vec<Located> {
    let mut out = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        out.push(Located { path: Path::new(), key: None, value: 0..0 });
        locate_table(table.get_ref(), &Path::new(), &mut out);
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn locate_table(table: &DeTable<'_>, path: &Path, out: &mut Vec<Located>) {
    for (key, value) in table.iter() {
        let path = [path.as_slice(), &[PathStep::Key(key.get_ref().to_string())]].concat();
        locate_value(value, path, Some(key.span()), out);
    }
}

fn locate_value(value: &Spanned<DeValue<'_>>, path: Path, key: Option<Range<usize>>, out: &mut Vec<Located>) {
    match value.get_ref() {
        DeValue::Table(table) => locate_table(table, &path, out),
        DeValue::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                locate_value(item, [path.as_slice(), &[PathStep::Index(at)]].concat(), None, out);
            }
        }
        _ => {}
    }
    out.push(Located { path, key, value: value.span() });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_yaml() {
        let text =
            "title = \"A # b\"\nn = 1_000\nday = 2021-03-23\nok = true\nx = 0x1A\n[params]\nlist = [1, \"two\"]\n";
        let root = parse_toml(text).unwrap();
        assert_eq!(root.get("title"), Some(&Yaml::Text("A # b".into())));
        assert_eq!(root.get("n"), Some(&Yaml::Integer(1000)));
        assert_eq!(root.get("x"), Some(&Yaml::Integer(26)));
        assert_eq!(root.get("day"), Some(&Yaml::Text("2021-03-23".into())));
        let list = root.get("params").and_then(|params| params.get("list"));
        assert_eq!(list, Some(&Yaml::List(vec![Yaml::Integer(1), Yaml::Text("two".into())])));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "title = \"Ö\"\nlist = [1, \"two\"]\n";
        let found = locate(text);
        let of =
            |path: &[PathStep]| found.iter().find(|found| found.path == path).map(|found| &text[found.value.clone()]);
        assert_eq!(of(&[PathStep::Key("list".into()), PathStep::Index(1)]), Some("\"two\""));
        assert_eq!(of(&[PathStep::Key("title".into())]), Some("\"Ö\""));
        assert_eq!(&text[parse_toml("title = \"Ö\"\nlist = [1,,]\n").unwrap_err().span].len(), &1);
    }
}

//! `figures`: how the numbers of texts are held against the records of the works that they cite.

use super::{DeclarationReader, Mapping};
use crate::citations::BIBLIOGRAPHY;
use crate::figures::{Exception, Figures, numbers, value};
use crate::links::kind_of_data_file;
use crate::model::schema::Schema;
use crate::yaml::Yaml;

/// Reads the declaration. Has to come behind the kinds, whose data files lie beside the records.
pub(super) fn figures(site: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Figures> {
    let at = site.take("figures")?;
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let file = map.take("file");
    let mut lower = |key| {
        map.take(key).map_or_else(Vec::new, |at| reader.texts(&at).iter().map(|text| text.to_lowercase()).collect())
    };
    let (units, labels, joined_by) = (lower("units"), lower("labels"), lower("joined_by"));
    let years = map.take("years");
    let words = map.mapping("words", reader).entries;
    let except = map.take("except").map_or_else(Vec::new, |at| at.items());
    map.finish(reader);
    let mut figures = Figures { units, labels, joined_by, ..Figures::default() };
    if let Some(at) = years {
        let span = reader.text(&at).and_then(|text| {
            let (from, to) = text.split_once('-')?;
            Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
        });
        figures.years = span.filter(|(from, to)| from <= to);
        if figures.years.is_none() {
            reader.needs(
                &at,
                "`years` has to be the first and the last year with a hyphen between them".into(),
                "`1900-2099`",
            );
        }
    }
    for (word, at) in words {
        if let Some(number) = reader.count(&at) {
            figures.words.insert(word.to_lowercase(), number.to_string());
        }
    }
    for at in except {
        figures.except.extend(exception(at, schema, reader));
    }
    let Some(at) = file else {
        reader.needs(
            &whole,
            "`figures` does not say in which file the records are".into(),
            "`{file: records.yaml}`, a file below `content/`",
        );
        return None;
    };
    figures.file = format!("content/{}", reader.text(&at)?);
    let free = figures.file != BIBLIOGRAPHY && kind_of_data_file(&figures.file, schema).is_none();
    if !figures.file.ends_with(".yaml") || figures.file.contains("..") {
        reader.needs(&at, "the records have to be a YAML file below `content/`".into(), "`records.yaml`");
    } else if !free {
        reader.invalid(&at, format!("`{}` holds something else: give the records a file of their own", figures.file));
    }
    Some(figures)
}

fn exception(at: super::DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Exception> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let entry = map.take("in");
    let written = map.take("numbers").map_or_else(Vec::new, |at| at.items());
    let why = map.text("why", reader);
    map.finish(reader);
    let mut found = Vec::new();
    for at in &written {
        let text = match at.yaml {
            Yaml::Number(number) => number.to_string(),
            _ => reader.text(at)?,
        };
        if !matches!(numbers(&text).as_slice(), [one] if one.range == (0..text.len())) {
            reader.invalid(at, format!("`{text}` is no number"));
        }
        found.push(value(&text));
    }
    let (Some(entry), Some(_), false) = (entry, why.filter(|why| !why.is_empty()), found.is_empty()) else {
        let help = "`{in: articles/first-steps, numbers: [4], why: counts the articles}`";
        reader.needs(
            &whole,
            "an exception needs the entry, its `numbers`, and `why` no record holds them".into(),
            help,
        );
        return None;
    };
    let name = reader.text(&entry)?;
    let kind = name.split_once('/').map_or(name.as_str(), |(kind, _)| kind);
    if !schema.kinds.iter().any(|declared| declared.plural == kind) {
        reader.unknown(&entry, "kind", kind, schema.kinds.iter().map(|kind| kind.plural.as_str()));
    }
    Some(Exception { entry: name, numbers: found, path: whole.path })
}

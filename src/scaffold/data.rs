//! A new item of a data file, in the form that the file has: its indent, blocks or braces, quotes of its keys.

use super::sheet::Sheet;
use crate::diagnostics::Fix;
use crate::error::Error;
use crate::model::source::Source;
use crate::span::Place;
use crate::yaml::{MappingPart, PathStep, Yaml, YamlText, flow, parse, quoted};

/// What is written of the item, and where it goes.
///
/// # Errors
/// Where the file cannot be read, or would say something else of the items that it has.
pub(super) fn added(source: &Source, key: &str, sheet: &Sheet) -> Result<(String, Fix), Error> {
    let path = &source.path;
    let unfit = |why: &str| {
        let error = Error::content(format!("nothing can be added to `{path}`: {why}"));
        error.help("`--print` shows the new item; write it there by hand")
    };
    let items = match parse(&source.text) {
        Ok(Yaml::Map(items)) => items,
        Ok(Yaml::Null) => Vec::new(),
        Ok(_) => return Err(unfit("it is no mapping from slugs to entries")),
        Err(error) => return Err(unfit(&error.message)),
    };
    let Insertion { at, before, item, after } = insertion(source, &items, key, sheet);
    let text = format!("{before}{item}{after}");
    let new = [&source.text[..at], &text, &source.text[at..]].concat();
    // Whatever the form: the items that are there stay what they are, and there is one more.
    let whole = match parse(&new) {
        Ok(Yaml::Map(all)) => {
            let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(name, _)| name == key);
            own.len() == 1 && others == items
        }
        _ => false,
    };
    if !whole {
        return Err(unfit("its form is one that could be misread with another item"));
    }
    let fix = Fix { place: Place::new(path, at..at), was: String::new(), replacement: text };
    Ok((item, fix))
}

/// A text and where it goes.
struct Insertion {
    at: usize,
    before: String,
    item: String,
    after: String,
}

fn insertion(source: &Source, items: &[(String, Yaml)], key: &str, sheet: &Sheet) -> Insertion {
    let text = &*source.text;
    let yaml = YamlText::new(&source.path, text, 0);
    let step = |name: &str| [PathStep::Key(name.to_string())];
    let key_of = |name: &str| yaml.key_range(&step(name)).unwrap_or(0..0);
    let Some(((first, _), (last, _))) = items.first().zip(items.last()) else {
        return match text.trim_end().strip_suffix('}').filter(|rest| rest.trim_end().ends_with('{')) {
            Some(open) => Insertion {
                at: open.len(),
                before: String::new(),
                item: format!("{}: {}", flow(&Yaml::Text(key.into())), sheet.braces()),
                after: String::new(),
            },
            None => Insertion {
                at: text.len(),
                before: line_end(text),
                item: format!("{}:\n{}", quoted(key), sheet.item("  ")),
                after: String::new(),
            },
        };
    };
    let (first, last_key) = (key_of(first), key_of(last));
    let key = match text[first.clone()].chars().next() {
        Some('"') => serde_json::to_string(key).unwrap_or_default(),
        Some('\'') => format!("'{}'", key.replace('\'', "''")),
        _ => quoted(key),
    };
    let line_start = text[..last_key.start].rfind('\n').map_or(0, |at| at + 1);
    let outer = &text[line_start..last_key.start];
    let whole = yaml.place(&[], MappingPart::Value).range();
    if text[whole.start..].starts_with('{') {
        let end = yaml.place(&step(last), MappingPart::Value).range().end;
        let on_own_line = outer.trim().is_empty() && line_start > whole.start;
        let before = if on_own_line { format!(",\n{outer}") } else { ", ".into() };
        return Insertion { at: end, before, item: format!("{key}: {}", sheet.braces()), after: String::new() };
    }
    let outer = if outer.trim().is_empty() { outer } else { "" };
    let blank = if items.len() > 1 && stands_apart(&text[..line_start]) && !text.ends_with("\n\n") { "\n" } else { "" };
    let rest = &text[last_key.end..];
    let item = match rest[rest.find(':').map_or(0, |at| at + 1)..].trim_start_matches(' ').starts_with('{') {
        true => format!("{outer}{key}: {}\n", sheet.braces()),
        false => format!("{outer}{key}:\n{}", sheet.item(&inner_indent(rest, outer))),
    };
    Insertion { at: text.len(), before: format!("{}{blank}", line_end(text)), item, after: String::new() }
}

/// The end that the last line of a text lacks.
fn line_end(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { String::new() } else { "\n".into() }
}

/// Whether an item has an empty line before it and the remarks above it.
fn stands_apart(before: &str) -> bool {
    let mut lines = before.lines().rev();
    lines.find(|line| !line.trim_start().starts_with('#')).is_some_and(|line| line.trim().is_empty())
}

/// The indent of the keys of the last item, which begins behind its name.
fn inner_indent(behind: &str, outer: &str) -> String {
    let keys = behind.lines().skip(1).filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let indent = keys.map(|line| &line[..line.len() - line.trim_start_matches(' ').len()]).next();
    match indent.filter(|indent| indent.len() > outer.len()) {
        Some(indent) => indent.to_string(),
        None => format!("{outer}  "),
    }
}

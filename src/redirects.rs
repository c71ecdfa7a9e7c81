//! Where an old address of an entry is noted, so that it leads to the new one: in `redirect_from`, in the form in which the
//! entry is written.

use crate::diagnostics::Fix;
use crate::model::doc::Doc;
use crate::span::Place;
use crate::url::site_url_meant;
use crate::yaml::{MappingPart, Path, PathStep};

const KEY: &str = "redirect_from";

/// What notes that addresses lead to an entry. What is put between two letters replaces nothing.
pub fn noted(doc: &Doc, old: &[&str]) -> Fix {
    match doc.redirect_from.last() {
        Some((_, path)) => behind(doc, path, old),
        None if doc.root.is_empty() => in_front_matter(doc, old),
        None => in_item(doc, old),
    }
}

/// The same as a replacement of something, which reports can show: the letter before it, or the one behind it. None where the
/// entry has neither.
pub fn repair(doc: &Doc, old: &[&str]) -> Option<Fix> {
    let fix = noted(doc, old);
    if !fix.was.is_empty() {
        return Some(fix);
    }
    let (text, base) = (doc.yaml.text(), doc.yaml.at(0..0).range().start);
    let at = fix.place.range().start - base;
    let before = text.get(..at)?.chars().next_back();
    let (range, replacement) = match before {
        Some(letter) => (at - letter.len_utf8()..at, format!("{letter}{}", fix.replacement)),
        None => {
            let letter = text.chars().next()?;
            (at..at + letter.len_utf8(), format!("{}{letter}", fix.replacement))
        }
    };
    Some(Fix { was: text[range.clone()].to_string(), place: doc.yaml.at(range), replacement })
}

/// The way out for what was typed as an old address and is none of the site.
pub fn way_out(typed: &str) -> String {
    let path = typed.trim().split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let letters = |path: &str| path.replace(['/', '\\'], "");
    // With other letters it would be another address, which nobody has.
    match site_url_meant(path).filter(|meant| letters(meant) == letters(path)) {
        Some(meant) => format!("write it as `{meant}`"),
        None => {
            "take it out: no page can have this address; a host may lead on from it, by a rule in `static/_redirects`"
                .into()
        }
    }
}

fn insert(doc: &Doc, at: usize, text: String) -> Fix {
    Fix { place: Place::new(doc.path(), at..at), was: String::new(), replacement: text }
}

/// Behind the last address of the list, in the form of the list.
fn behind(doc: &Doc, path: &Path, old: &[&str]) -> Fix {
    let place = doc.value_place(path);
    let (text, base) = (doc.yaml.text(), doc.yaml.at(0..0).range().start);
    let (start, end) = (place.range().start - base, place.range().end - base);
    let line = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let is_item = matches!(path.last(), Some(PathStep::Index(_)));
    if !is_item {
        let was = text[start..end].to_string();
        let replacement = format!("[{was}, {}]", old.join(", "));
        Fix { place, was, replacement }
    } else if line.trim_start().starts_with('-') {
        insert(doc, end + base, old.iter().map(|old| format!("\n{line}{old}")).collect())
    } else {
        insert(doc, end + base, old.iter().map(|old| format!(", {old}")).collect())
    }
}

/// At the end of the front matter; with a front matter of its own where the file has none.
fn in_front_matter(doc: &Doc, old: &[&str]) -> Fix {
    let yaml = doc.yaml.text();
    let place = doc.yaml.at(0..yaml.len()).range();
    if doc.yaml.is_toml() {
        insert(doc, place.start, format!("{KEY} = [\"{}\"]\n", old.join("\", \"")))
    } else if place.start > 0 {
        let is_line = yaml.is_empty() || yaml.ends_with('\n');
        let (before, after) = if is_line { ("", "\n") } else { ("\n", "") };
        insert(doc, place.end, format!("{before}{KEY}: [{}]{after}", old.join(", ")))
    } else {
        insert(doc, 0, format!("---\n{KEY}: [{}]\n---\n", old.join(", ")))
    }
}

/// Before the first key of an item of a data file, or within its braces.
fn in_item(doc: &Doc, old: &[&str]) -> Fix {
    let (text, old) = (doc.yaml.text(), old.join(", "));
    let base = doc.yaml.at(0..0).range().start;
    let key = doc.yaml.place(&doc.root, MappingPart::Key).range().end - base;
    let behind = text[key..].find(':').map_or(key, |at| key + at + 1);
    let rest = &text[behind..];
    let first = behind + rest.len() - rest.trim_start().len();
    if let Some(inside) = text[first..].strip_prefix('{') {
        let comma = if inside.trim_start().starts_with('}') { "" } else { ", " };
        insert(doc, first + 1 + base, format!("{KEY}: [{old}]{comma}"))
    } else {
        let indent = &text[text[..first].rfind('\n').map_or(0, |at| at + 1)..first];
        insert(doc, first + base, format!("{KEY}: [{old}]\n{indent}"))
    }
}

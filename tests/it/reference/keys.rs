//! The keys of `site.yaml` and of front matter.

use limber::json_schema::{SiteKey, keys};
use limber::model::fields::NAMES;

use super::{ReferencePage, plain, whole};

pub fn pages() -> Vec<(String, ReferencePage)> {
    let keys = keys();
    keys.iter().map(|key| (format!("keys/{}.md", key.slug()), page(key, &keys))).collect()
}

/// The key below which it stands: the nearest that has a page.
fn above(key: &SiteKey, keys: &[SiteKey]) -> Option<String> {
    let steps = key.steps();
    let shape = match steps[0] {
        "FIELD" => Some("kinds-fields"),
        "CONDITION" => Some("field-when"),
        "THING" => Some("kinds-schema-org-about"),
        "EDGE" => Some("relations"),
        _ => None,
    };
    let nearest = (1..steps.len()).rev().find_map(|count| keys.iter().find(|other| other.steps() == steps[..count]));
    nearest.map(SiteKey::slug).or_else(|| shape.map(str::to_string))
}

fn page(key: &SiteKey, keys: &[SiteKey]) -> ReferencePage {
    let (place, part) = place(key);
    let name = key.path.strip_prefix("ENTRY.").or_else(|| key.path.strip_prefix("EDGE.")).unwrap_or(&key.path);
    let title = if place == "front" { format!("{name} in front matter") } else { shape(&key.path) };
    let (title, short) = match key.steps().len() {
        1 => (format!("The key {title}"), title),
        _ => (title, String::new()),
    };
    ReferencePage::new(&title, &plain(&key.about))
        .short(&short)
        .text("place", place)
        .text("part", part)
        .text("value", &value(key).replace('`', ""))
        .text("default", &key.default.replace('`', ""))
        .text("since", &key.since)
        .list("below", above(key, keys))
        .list("diagnostics", &key.codes)
        .body(body(key))
}

/// Where it stands, and below which key.
fn place(key: &SiteKey) -> (&'static str, &str) {
    match key.steps()[0] {
        "ENTRY" => ("front", "every entry"),
        "EDGE" => ("front", "relations"),
        "FIELD" => ("site", "a field"),
        "CONDITION" => ("site", "a condition"),
        "THING" => ("site", "a thing"),
        first => ("site", if key.steps().len() == 1 && !is_mapping(key) { "the site" } else { leaked(first) }),
    }
}

fn is_mapping(key: &SiteKey) -> bool {
    key.value.iter().any(|value| ["map", "list"].contains(&value.as_str()))
}

/// One of a few names, for as long as the tests run.
fn leaked(name: &str) -> &'static str {
    String::leak(name.to_string())
}

/// The path as people read it: shapes in words.
fn shape(path: &str) -> String {
    let words = [("FIELD.", "field: "), ("CONDITION.", "condition: "), ("THING.", "thing: ")];
    let of = words.iter().find_map(|(shape, word)| Some(format!("{word}{}", path.strip_prefix(shape)?)));
    of.unwrap_or_else(|| path.to_string())
}

fn value(key: &SiteKey) -> String {
    let word = |value: &String| match value.as_str() {
        "text" => "a text",
        "texts" => "a text, or a list of texts",
        "flag" => "`true` or `false`",
        "count" => "a whole number",
        "number" => "a number",
        "map" => "keys with values",
        "list" => "a list",
        "day" => "a day",
        "FIELD" => "a field",
        "CONDITION" => "a condition",
        "THING" => "a thing",
        _ => "anything",
    };
    let words: Vec<&str> = match key.words.as_slice() {
        [types] if types == "types" => NAMES.to_vec(),
        words => words.iter().map(String::as_str).collect(),
    };
    let mut all: Vec<String> = key.value.iter().map(word).map(str::to_string).collect();
    if !words.is_empty() {
        let named: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        let how_many = if key.value.first().is_some_and(|value| value == "texts") { "one or several" } else { "one" };
        all[0] = format!("{how_many} of {}", named.join(", "));
    }
    all.join(", or ")
}

fn body(key: &SiteKey) -> String {
    let mut body = whole(&key.about);
    body.push_str("## Example\n\n");
    let is_front = key.path.starts_with("ENTRY.") || key.path.starts_with("EDGE.");
    let site = format!("```yaml title=\"site.yaml\"\n{}\n```\n\n", key.example.trim_end());
    let kind = key.example.split("kinds:").nth(1).unwrap_or_default();
    let kind: String = kind.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).collect();
    let plural = if kind == "dish" { "dishes".to_string() } else { format!("{kind}s") };
    let title = if key.entry.starts_with("title:") { "" } else { "title: First\n" };
    let entry = format!("```md title=\"content/{plural}/one.md\"\n---\n{title}{}\n---\n```\n\n", key.entry.trim_end());
    if !is_front {
        body.push_str(&site);
    }
    if !key.entry.is_empty() {
        body.push_str(&entry);
    }
    if is_front && key.path.starts_with("EDGE.") {
        body.push_str("The relation is declared so:\n\n");
        body.push_str(&site);
    }
    for (path, text) in key.files.iter().filter(|(path, _)| !path.ends_with(".svg")) {
        body.push_str(&format!(
            "````{} title=\"{path}\"\n{}\n````\n\n",
            path.rsplit('.').next().unwrap_or_default(),
            text.trim_end()
        ));
    }
    body
}

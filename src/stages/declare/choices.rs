//! The choices of a field, with the texts that belong to each.

use super::{DeclarationReader, DeclaredValue};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::choices::{Choice, Choices};
use crate::yaml::{MappingPart, Yaml};

/// Reads `[low, high]`, `{low: Low, high: High}` or `{low: {label: Low, advice: "Call {phone}"}}`.
pub(super) fn choices(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Choices {
    let entries = at.entries();
    if !entries.is_empty() {
        return Choices::new(entries.into_iter().map(|(id, at)| choice(id, &at, reader)).collect());
    }
    let ids = reader.texts(at);
    if ids.is_empty() {
        reader.invalid(at, "a choice needs at least one id under `of`");
    }
    Choices::new(ids.into_iter().map(|id| Choice { label: id.clone(), id, texts: Vec::new() }).collect())
}

/// Reads the label of a choice, or a mapping of its label and other texts.
fn choice(id: &str, at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Choice {
    let mut choice = Choice { id: id.to_string(), label: id.to_string(), texts: Vec::new() };
    if !matches!(at.yaml, Yaml::Map(_)) {
        choice.label = reader.text(at).unwrap_or(choice.label);
        return choice;
    }
    for (key, at) in at.entries() {
        if key != "label" && Choice::OWN.contains(&key) {
            let message = format!("every choice has `{key}` already");
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &["give the text another key"]);
            continue;
        }
        let Some(text) = reader.text(&at).map(|text| filled(&text, &at, reader)) else { continue };
        match key {
            "label" => choice.label = text,
            _ => choice.texts.push((key.to_string(), text)),
        }
    }
    choice
}

/// The text with the values of `params` where it names them in braces. Braces round anything that is no name stay.
fn filled(text: &str, at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        whole.push_str(before);
        match is_name(name).then(|| param(name, at, reader)) {
            Some(value) => whole.push_str(&value),
            None => {
                whole.push('{');
                rest = &rest[before.len() + 1..];
                continue;
            }
        }
        rest = after;
    }
    whole + rest
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
}

/// The text of a parameter; nothing where there is none, which is reported.
fn param(name: &str, at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> String {
    let params = match &reader.params {
        Yaml::Map(params) => params.as_slice(),
        _ => &[],
    };
    let value = match params.iter().find(|(key, _)| key == name).map(|(_, value)| value) {
        Some(Yaml::Text(text)) => text.clone(),
        Some(Yaml::Integer(number)) => number.to_string(),
        Some(other) => {
            let message = format!("`params.{name}` is {}, and stands in a text here", other.sort());
            reader.report(
                Code::SiteInvalid,
                &at.path,
                MappingPart::Value,
                message,
                &["name a parameter that is a text"],
            );
            return String::new();
        }
        None => {
            let near = nearest(name, params.iter().map(|(key, _)| key.as_str()));
            let message = format!("`params` has no `{name}`");
            let diagnostic =
                Diagnostic::new(Code::SiteUnknownName, reader.text.place(&at.path, MappingPart::Value), message);
            reader.diagnostics.push(if near.is_empty() {
                diagnostic.help(format!("add `{name}` to `params`, or take the braces away"))
            } else {
                diagnostic.suggest(&near)
            });
            return String::new();
        }
    };
    reader.filled.push(value.clone());
    value
}

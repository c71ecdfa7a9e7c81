//! Rules of the site: what entries need, and what their texts have to be like.

use std::ops::RangeInclusive;

use super::{At, Mapping, RESERVED, Reader};
use crate::diagnostics::{Code, Severity};
use crate::model::schema::{KindId, Requirement, Rule, Schema, Type, Wording};
use crate::yaml::{Part, Yaml};

/// What may stand under `severity`.
const SEVERITIES: &[(&str, Severity)] = &[("error", Severity::Error), ("warning", Severity::Warning)];

/// Reads all rules. Has to come behind kinds and relations, whose names they use.
pub(super) fn rules(site: &mut Mapping<'_>, schema: &Schema, reader: &mut Reader) -> Vec<Rule> {
    let items = site.take("rules").map_or_else(Vec::new, |at| at.items());
    items.into_iter().filter_map(|at| rule(at, schema, reader)).collect()
}

fn rule(at: At<'_>, schema: &Schema, reader: &mut Reader) -> Option<Rule> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let code = map.text("code", reader);
    let kinds = map.take("kind").map_or_else(Vec::new, |at| reader.kinds(&at, &schema.kinds));
    let severity = map.word("severity", SEVERITIES, "`severity` is `error` or `warning`", reader);
    let mut when = Vec::new();
    if let Some(at) = map.take("when") {
        for (field, at) in at.entries() {
            check_name(&at, field, &kinds, schema, reader);
            check_choices(&at, field, &kinds, schema, reader);
            when.push((field.to_string(), reader.texts(&at)));
        }
    }
    let mut require = Vec::new();
    if let Some(at) = map.take("require") {
        for (field, at) in at.entries() {
            check_name(&at, field, &kinds, schema, reader);
            require.extend(requirement(at, reader).map(|requirement| (field.to_string(), requirement)));
        }
    }
    let wording = wording(&mut map, reader);
    let except = map.take("except").map_or_else(Vec::new, |at| reader.texts(&at));
    let message = map.text("message", reader);
    map.finish(reader);
    let (Some(code), Some(message)) = (code, message) else {
        let help = "`{code: grade-without-source, message: a graded page cites no source, kind: ..., require: ...}`";
        reader.needs(&whole, "a rule needs a `code` and a `message`".into(), help);
        return None;
    };
    if Code::from_name(&code).is_some() {
        reader.invalid(&whole, format!("`{code}` is a code of the tool itself: give the rule a name of its own"));
    }
    if !when.is_empty() && wording != Wording::default() {
        reader.invalid(&whole, "a rule for texts holds for whole kinds: `when` has no meaning here");
    }
    let severity = severity.unwrap_or(Severity::Error);
    Some(Rule { code, severity, kinds, when, require, wording, except, message })
}

fn wording(map: &mut Mapping<'_>, reader: &mut Reader) -> Wording {
    let forbid = map.take("forbid").map_or_else(Vec::new, |at| reader.texts(&at));
    let max_sentence_words = map.take("max_sentence_words").and_then(|at| reader.count(&at));
    let characters = map
        .take("characters")
        .map(|at| at.items().iter().flat_map(|item| characters(item, reader)).collect::<Vec<_>>());
    Wording { forbid, max_sentence_words, characters }
}

/// Reads `U+20-7E, U+A0-FF, U+2013`.
fn characters(at: &At<'_>, reader: &mut Reader) -> Vec<RangeInclusive<char>> {
    let Some(text) = reader.text(at) else { return Vec::new() };
    let mut ranges = Vec::new();
    for part in text.split(',').map(str::trim) {
        match range_of_characters(part) {
            Some(range) => ranges.push(range),
            None => {
                let help = ["write ranges as `U+20-7E, U+A0-FF, U+2013`"];
                let message = format!("`{part}` is no range of characters");
                reader.report(Code::SiteInvalid, &at.path, Part::Value, message, &help);
            }
        }
    }
    ranges
}

fn range_of_characters(text: &str) -> Option<RangeInclusive<char>> {
    let text = text.strip_prefix("U+").or_else(|| text.strip_prefix("u+"))?;
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let character = |hex: &str| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
    let (from, to) = (character(from)?, character(to)?);
    (from <= to).then_some(from..=to)
}

fn requirement(at: At<'_>, reader: &mut Reader) -> Option<Requirement> {
    match at.yaml {
        Yaml::Bool(true) => Some(Requirement::Count(1, None)),
        Yaml::Map(_) => {
            let mut map = reader.mapping(at);
            let at_least = map.take("at_least").and_then(|at| reader.count(&at)).unwrap_or(0);
            let at_most = map.take("at_most").and_then(|at| reader.count(&at));
            let is = map.take("is").map(|at| reader.texts(&at));
            map.finish(reader);
            Some(is.map_or(Requirement::Count(at_least, at_most), Requirement::Is))
        }
        _ => {
            reader.wrong(&at, "`true`, or a mapping with `at_least`, `at_most` or `is`");
            None
        }
    }
}

/// A rule may speak of fields, relations and `citations` of its kinds.
fn check_name(at: &At<'_>, name: &str, kinds: &[KindId], schema: &Schema, reader: &mut Reader) {
    let all: Vec<_> = schema.kind_ids().collect();
    let kinds = if kinds.is_empty() { &all } else { kinds };
    let known = |kind: &KindId| {
        name == "citations"
            || RESERVED.contains(&name)
            || schema.kind(*kind).field(name).is_some()
            || schema.sides_of(*kind).any(|(_, _, side)| side.key == name)
    };
    if !kinds.iter().any(known) && !reader.relations_lost {
        let fields = kinds.iter().flat_map(|kind| schema.kind(*kind).fields.iter().map(|field| field.name.as_str()));
        let sides = kinds.iter().flat_map(|kind| schema.sides_of(*kind).map(|(_, _, side)| side.key.as_str()));
        let place = reader.text.place(&at.path, Part::Key);
        reader.unknown_at(place, "field or relation", name, fields.chain(sides).chain(["citations"]));
    }
}

/// A choice that no kind has would keep the rule from ever holding.
fn check_choices(at: &At<'_>, name: &str, kinds: &[KindId], schema: &Schema, reader: &mut Reader) {
    let all: Vec<_> = schema.kind_ids().collect();
    let kinds = if kinds.is_empty() { &all } else { kinds };
    let fields = kinds.iter().filter_map(|kind| schema.kind(*kind).field(name));
    let choices: Option<Vec<_>> = fields.map(|field| choices_of(&field.ty)).collect();
    let Some(choices) = choices.map(|choices| choices.concat()).filter(|choices| !choices.is_empty()) else { return };
    for item in at.items() {
        let Some(wanted) = reader.text(&item).filter(|wanted| !choices.contains(&wanted.as_str())) else { continue };
        reader.unknown(&item, &format!("choice of `{name}`"), &wanted, choices.iter().copied());
    }
}

fn choices_of(ty: &Type) -> Option<Vec<&str>> {
    match ty {
        Type::Choice(choices) => Some(choices.iter().map(|(id, _)| id.as_str()).collect()),
        Type::List(item) => choices_of(&item.ty),
        _ => None,
    }
}

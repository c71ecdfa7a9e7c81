//! Rules of the site: what entries need, and what their texts have to be like.

use std::ops::RangeInclusive;

use super::conditions::{Scope, check_name, conditions};
use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::{Code, Severity};
use crate::figures::Figures;
use crate::model::condition::Conditions;
use crate::model::rule::{Include, Requirement, Rule, TextRule};
use crate::model::schema::{KindId, Schema};
use crate::yaml::{MappingPart, Yaml};

/// What may stand under `severity`.
const SEVERITIES: &[(&str, Severity)] = &[("error", Severity::Error), ("warning", Severity::Warning)];

/// Reads all rules. Has to come behind kinds and relations, whose names they use.
pub(super) fn rules(site: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Vec<Rule> {
    let items = site.take("rules").map_or_else(Vec::new, |at| at.items());
    items.into_iter().filter_map(|at| rule(at, schema, reader)).collect()
}

fn rule(at: DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Rule> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let code = map.text("code", reader);
    let named = map.take("kind");
    let kinds = named.as_ref().map_or_else(Vec::new, |at| reader.kinds(at, &schema.kinds));
    let severity = map.word("severity", SEVERITIES, "`severity` is `error` or `warning`", reader);
    let scope = Scope::of_kinds(&kinds, schema);
    let when = map.take("when").map_or_else(Conditions::new, |at| conditions(&at, &scope, reader));
    let mut require = Vec::new();
    if let Some(at) = map.take("require") {
        if !matches!(at.yaml, Yaml::Map(_)) {
            reader.needs(
                &at,
                format!("expected fields with what they need, found {}", at.yaml.sort()),
                "`{sources: {at_least: 1}}`",
            );
        }
        for (name, at) in at.entries() {
            check_name(&at, name, &scope, reader);
            require.extend(requirement(at, name, &kinds, schema, reader).map(|asked| (name.to_string(), asked)));
        }
    }
    let wording = wording(&mut map, reader);
    let except = map.take("except").map_or_else(Vec::new, |at| reader.texts(&at));
    let message = map.text("message", reader);
    map.finish(reader);
    let (Some(code), Some(message)) = (code, message) else {
        let help =
            "`{code: level-without-source, message: a page with a level cites no source, kind: ..., require: ...}`";
        reader.needs(&whole, "a rule needs a `code` and a `message`".into(), help);
        return None;
    };
    if Code::from_name(&code).is_some() {
        reader.invalid(&whole, format!("`{code}` is a code of the tool itself: give the rule a name of its own"));
    }
    if !when.is_empty() && wording != TextRule::default() {
        reader.invalid(&whole, "a rule for texts holds for whole kinds: `when` has no meaning here");
    }
    let severity = severity.unwrap_or(Severity::Error);
    // A rule for a kind that is not there is none for all kinds.
    (named.is_none() || !kinds.is_empty()).then_some(Rule {
        code,
        severity,
        kinds,
        when,
        require,
        wording,
        except,
        message,
    })
}

fn wording(map: &mut Mapping<'_>, reader: &mut DeclarationReader) -> TextRule {
    let forbid = map.take("forbid").map_or_else(Vec::new, |at| reader.texts(&at));
    let max_sentence_words = map.take("max_sentence_words").and_then(|at| reader.count(&at));
    let characters = map
        .take("characters")
        .map(|at| at.items().iter().flat_map(|item| characters(item, reader)).collect::<Vec<_>>());
    let numbers_in_words = map.take("numbers_in_words").and_then(|at| numbers_in_words(at, reader));
    let no_digit_first = map.boolean("no_digit_first", false, reader);
    TextRule { forbid, max_sentence_words, characters, numbers_in_words, no_digit_first }
}

/// Reads `{up_to: 9, units: [km], labels: [day], joined_by: [to]}`.
fn numbers_in_words(at: DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<(u32, Figures)> {
    let whole = at.clone();
    let mut map = reader.mapping(at);
    let up_to = map.take("up_to").and_then(|at| reader.count(&at));
    let mut lower = |key| {
        let texts = map.take(key).map_or_else(Vec::new, |at| reader.texts(&at));
        texts.iter().map(|text| text.to_lowercase()).collect()
    };
    let (units, labels, joined_by) = (lower("units"), lower("labels"), lower("joined_by"));
    map.finish(reader);
    if up_to.is_none() {
        reader.needs(&whole, "`numbers_in_words` does not say up to which number".into(), "`{up_to: 9, units: [km]}`");
    }
    Some((up_to? as u32, Figures { units, labels, joined_by, ..Figures::default() }))
}

/// Reads `U+20-7E, U+A0-FF, U+2013`.
fn characters(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Vec<RangeInclusive<char>> {
    let Some(text) = reader.text(at) else { return Vec::new() };
    let mut ranges = Vec::new();
    for part in text.split(',').map(str::trim) {
        match range_of_characters(part) {
            Some(range) => ranges.push(range),
            None => {
                let help = ["write ranges as `U+20-7E, U+A0-FF, U+2013`"];
                let message = format!("`{part}` is no range of characters");
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
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

fn requirement(
    at: DeclaredValue<'_>,
    name: &str,
    kinds: &[KindId],
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<Requirement> {
    match at.yaml {
        Yaml::Bool(true) => Some(Requirement::Count(1, None)),
        Yaml::Map(_) => {
            let mut map = reader.mapping(at);
            let at_least = map.take("at_least").and_then(|at| reader.count(&at)).unwrap_or(0);
            let at_most = map.take("at_most").and_then(|at| reader.count(&at));
            let is = map.take("is").map(|at| reader.texts(&at));
            let include = map.take("include");
            map.finish(reader);
            match (is, include) {
                (_, Some(at)) => include_of(&at, name, kinds, schema, reader).map(Requirement::Include),
                (Some(wanted), None) => Some(Requirement::Is(wanted)),
                (None, None) => Some(Requirement::Count(at_least, at_most)),
            }
        }
        _ => {
            reader.wrong(&at, "`true`, or a mapping with `at_least`, `at_most`, `is` or `include`");
            None
        }
    }
}

/// Reads which entries have to be among the related ones: what they are like.
fn include_of(
    at: &DeclaredValue<'_>,
    name: &str,
    kinds: &[KindId],
    schema: &Schema,
    reader: &mut DeclarationReader,
) -> Option<Include> {
    let across = across(name, kinds, schema);
    if across.is_empty() {
        if Scope::of_kinds(kinds, schema).knows(name) {
            let message = format!("`{name}` is no relation, and includes no entries");
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &["name a relation of the kind"]);
        }
        return None;
    }
    let which = conditions(at, &Scope::of_kinds(&across, schema), reader);
    Some(Include { which, path: at.path.clone() })
}

/// The kinds to which the relation of this name leads.
fn across(name: &str, kinds: &[KindId], schema: &Schema) -> Vec<KindId> {
    let all: Vec<_> = schema.kind_ids().collect();
    let kinds = if kinds.is_empty() { &all } else { kinds };
    let sides = kinds.iter().flat_map(|kind| schema.sides_of(*kind)).filter(|(_, _, side)| side.key == name);
    let mut across: Vec<_> =
        sides.flat_map(|(relation, end, _)| schema.relation(relation).side(end.across()).kinds.clone()).collect();
    across.sort_unstable();
    across.dedup();
    across
}

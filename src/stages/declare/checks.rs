//! How bad the site finds problems: `checks` of the site and of its kinds.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::globs::Glob;
use crate::model::kind::{Checks, Level, Levels};
use crate::model::schema::Schema;
use crate::yaml::{MappingPart, Yaml};

/// Reads the levels for the whole site and for each kind. Has to come behind the rules, whose codes are among the names.
pub(super) fn declare(site: &mut Mapping<'_>, root: &Yaml, schema: &mut Schema, reader: &mut DeclarationReader) {
    let rules: Vec<String> = schema.rules.iter().map(|rule| rule.code.clone()).collect();
    if let Some(at) = site.take("checks") {
        schema.checks = checks(at, &rules, reader);
    }
    let root = DeclaredValue { yaml: root, path: Vec::new() };
    for (name, kind) in root.below_key("kinds").map_or_else(Vec::new, |kinds| kinds.entries()) {
        let Some(at) = kind.below_key("checks") else { continue };
        let checks = checks(at.clone(), &rules, reader);
        let Some(id) = schema.kind_ids().find(|id| schema.kind(*id).name == name) else { continue };
        for (code, at) in at.entries().into_iter().filter(|(code, _)| checks.contains_key(*code)) {
            let lowered = checks[code].elsewhere != Some(Level::Error) || !checks[code].places.is_empty();
            if lowered && Code::from_name(code).is_some_and(Code::hides_keys) && !schema.is_unrelated(id) {
                let message = format!(
                    "`{code}` is always an error of the kind `{name}`: keys that nobody can read could hold a relation"
                );
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, message, &["remove the line"]);
            }
        }
        schema.kinds[usize::from(id.0)].checks = checks;
    }
}

/// How bad a problem may be.
const LEVELS: &[(&str, Level)] = &[("off", Level::Off), ("warning", Level::Warning), ("error", Level::Error)];

fn checks(at: DeclaredValue<'_>, rules: &[String], reader: &mut DeclarationReader) -> Checks {
    let mut checks = Checks::new();
    for (name, at) in reader.mapping(at).entries {
        let code = Code::from_name(name);
        let is_known = name == "advice" || code.is_some() || rules.iter().any(|rule| rule == name);
        if !is_known {
            unknown(name, &at, rules, reader);
        }
        let (Some(levels), true) = (levels(&at, reader), is_known) else { continue };
        let softest = levels.places.iter().map(|(_, level)| *level).chain(levels.elsewhere);
        let level = softest.min().unwrap_or(Level::Error);
        if name == "advice" {
            checks.insert(name.to_string(), levels);
        } else if code.is_some_and(|code| level == Level::Off && !code.can_yield() && code.can_be_a_warning()) {
            let message = format!("`{name}` cannot be switched off: something would be missing without a word");
            let help = format!("write `{name}: warning`");
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&help]);
        } else if code.is_some_and(|code| level != Level::Error && !code.can_be_a_warning()) {
            let message = format!("`{name}` is always an error: without it pages could not be made");
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &["remove the line"]);
        } else {
            checks.insert(name.to_string(), levels);
        }
    }
    checks
}

/// Reads `warning`, or levels by place: `{blog/**: warning, "**": error}`.
fn levels(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<Levels> {
    const EXPECTED: &str = "a check is `off`, `warning` or `error`";
    if !matches!(at.yaml, Yaml::Map(_)) {
        return Some(Levels { elsewhere: Some(reader.word(at, LEVELS, EXPECTED)?), places: Vec::new() });
    }
    let mut levels = Levels::default();
    for (pattern, at) in at.entries() {
        let level = reader.word(&at, LEVELS, EXPECTED);
        match Glob::parse(pattern) {
            Ok(glob) => levels.places.extend(level.map(|level| (glob, level))),
            Err(why) => {
                let help = ["write paths of files as `blog/**` or `**/*.mdx`, from the folder of site.yaml on"];
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, why, &help);
            }
        }
    }
    Some(levels)
}

fn unknown(name: &str, at: &DeclaredValue<'_>, rules: &[String], reader: &mut DeclarationReader) {
    let codes = Code::ALL.iter().map(|code| code.name());
    let meant = meant(name, codes.chain(rules.iter().map(String::as_str)));
    let place = reader.text.place(&at.path, MappingPart::Key);
    let message = format!("there is no check `{name}`");
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, message);
    reader.diagnostics.push(if meant.names.is_empty() {
        diagnostic.help("`limber explain` lists all checks")
    } else {
        diagnostic.suggest_fix(name, &meant)
    });
}

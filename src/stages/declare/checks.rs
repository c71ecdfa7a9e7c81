//! How bad the site finds problems: `checks` of the site and of its kinds.

use super::{At, Mapping, Reader};
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::model::schema::{Checks, Level, Schema};
use crate::yaml::{Part, Yaml};

/// Reads the levels for the whole site and for each kind. Has to come behind the rules, whose codes are among the names.
pub(super) fn declare(site: &mut Mapping<'_>, root: &Yaml, schema: &mut Schema, reader: &mut Reader) {
    let rules: Vec<String> = schema.rules.iter().map(|rule| rule.code.clone()).collect();
    if let Some(at) = site.take("checks") {
        schema.checks = checks(at, &rules, reader);
    }
    let root = At { yaml: root, path: Vec::new() };
    for (name, kind) in root.below_key("kinds").map_or_else(Vec::new, |kinds| kinds.entries()) {
        let Some(at) = kind.below_key("checks") else { continue };
        let checks = checks(at, &rules, reader);
        if let Some(kind) = schema.kinds.iter_mut().find(|kind| kind.name == name) {
            kind.checks = checks;
        }
    }
}

/// How bad a problem may be.
const LEVELS: &[(&str, Level)] = &[("off", Level::Off), ("warning", Level::Warning), ("error", Level::Error)];

fn checks(at: At<'_>, rules: &[String], reader: &mut Reader) -> Checks {
    let mut checks = Checks::new();
    for (name, at) in reader.mapping(at).entries {
        let Some(level) = reader.word(&at, LEVELS, "a check is `off`, `warning` or `error`") else { continue };
        let code = Code::from_name(name);
        if name == "advice" {
            checks.insert(name.to_string(), level);
        } else if code.is_none() && !rules.iter().any(|rule| rule == name) {
            unknown(name, &at, rules, reader);
        } else if code.is_some_and(|code| level == Level::Off && !code.can_yield() && code.can_be_a_warning()) {
            let message = format!("`{name}` cannot be switched off: something would be missing without a word");
            let help = format!("write `{name}: warning`");
            reader.report(Code::SiteInvalid, &at.path, Part::Value, message, &[&help]);
        } else if code.is_some_and(|code| level != Level::Error && !code.can_be_a_warning()) {
            let message = format!("`{name}` is always an error: without it pages could not be made");
            reader.report(Code::SiteInvalid, &at.path, Part::Value, message, &["remove the line"]);
        } else {
            checks.insert(name.to_string(), level);
        }
    }
    checks
}

fn unknown(name: &str, at: &At<'_>, rules: &[String], reader: &mut Reader) {
    let codes = Code::ALL.iter().map(|code| code.name());
    let meant = meant(name, codes.chain(rules.iter().map(String::as_str)));
    let place = reader.text.place(&at.path, Part::Key);
    let message = format!("there is no check `{name}`");
    let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, message);
    reader.diagnostics.push(if meant.names.is_empty() {
        diagnostic.help("`limber explain` lists all checks")
    } else {
        diagnostic.suggest_fix(name, &meant)
    });
}

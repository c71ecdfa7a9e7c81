//! Reports in SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::baseline::finding;
use super::human::SourceTexts;
use super::{Code, Diagnostic, Fix, Locations, Severity};
use crate::span::Place;
use crate::url::encode_path;

/// The name of the folder from which all paths count.
const ROOT: &str = "SRCROOT";

/// All problems as one run of a SARIF log, whose paths count from this folder: the top of the repository.
pub fn report(diagnostics: &[Diagnostic], texts: &SourceTexts, top: &Path) -> String {
    let locations = Locations::new(texts);
    let mut codes: BTreeMap<&str, Code> = BTreeMap::new();
    for diagnostic in diagnostics {
        codes.insert(diagnostic.shown_code(), diagnostic.code);
    }
    let numbers: BTreeMap<&str, usize> = codes.keys().enumerate().map(|(number, name)| (*name, number)).collect();
    let rules: Vec<Value> = codes.iter().map(|(name, code)| rule(name, *code)).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, numbers[diagnostic.shown_code()], &locations, texts))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "limber", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {
                "uri": folder_uri(top),
                "description": {"text": "The top of the repository."},
            }},
            "results": results,
        }],
    });
    let mut json = serde_json::to_string_pretty(&log).expect("texts and numbers can be written as JSON");
    json.push('\n');
    json
}

fn folder_uri(folder: &Path) -> String {
    let path = encode_path(&folder.to_string_lossy());
    format!("file://{}/", path.trim_end_matches('/'))
}

fn rule(name: &str, code: Code) -> Value {
    json!({
        "id": name,
        "shortDescription": {"text": code.summary()},
        "help": {"text": format!("`limber explain {}` has an example and the way out.", code.name())},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn result(diagnostic: &Diagnostic, rule: usize, locations: &Locations<'_>, texts: &SourceTexts) -> Value {
    let mut message = diagnostic.message.clone();
    for help in &diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let mut result = json!({
        "ruleId": diagnostic.shown_code(),
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": {"text": message},
        "locations": [{"physicalLocation": physical(&diagnostic.place, locations)}],
        "partialFingerprints": {"limberFinding/v1": finding(diagnostic, texts).fingerprint().hex()},
    });
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(number, related)| {
            json!({
                "id": number + 1,
                "message": {"text": related.label},
                "physicalLocation": physical(&related.place, locations),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([repair(fix, locations)]);
    }
    result
}

fn repair(fix: &Fix, locations: &Locations<'_>) -> Value {
    json!({
        "description": {"text": format!("write `{}`", fix.replacement)},
        "artifactChanges": [{
            "artifactLocation": artifact(&fix.place),
            "replacements": [{
                "deletedRegion": region(&fix.place, locations),
                "insertedContent": {"text": fix.replacement},
            }],
        }],
    })
}

fn physical(place: &Place, locations: &Locations<'_>) -> Value {
    json!({"artifactLocation": artifact(place), "region": region(place, locations)})
}

fn artifact(place: &Place) -> Value {
    json!({"uri": encode_path(&place.path), "uriBaseId": ROOT})
}

fn region(place: &Place, locations: &Locations<'_>) -> Value {
    let location = locations.of(place);
    json!({
        "startLine": location.start.0,
        "startColumn": location.start.1,
        "endLine": location.end.0,
        "endColumn": location.end.1,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

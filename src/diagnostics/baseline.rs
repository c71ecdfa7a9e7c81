//! Findings that are known and put up with: a check with a baseline fails only for what is new.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Diagnostic;
use super::human::SourceTexts;
use crate::hash::{Hash, Hasher};
use crate::span;

/// What makes a problem the same problem when lines above it come and go: not where it is, but what it says of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The file.
    pub path: String,
    /// The code.
    pub code: String,
    /// The message.
    pub message: String,
    /// The text at its place.
    pub text: String,
}

impl Finding {
    /// A short name for it.
    pub fn fingerprint(&self) -> Hash {
        Hasher::new().text(&self.path).text(&self.code).text(&self.message).text(&self.text).finish()
    }
}

/// The finding that a diagnostic is.
pub fn finding(diagnostic: &Diagnostic, texts: &SourceTexts) -> Finding {
    let text = texts.get(&diagnostic.place.path).map_or("", |text| &**text);
    let quoted = text[span::clamp(text, diagnostic.place.range())].split_whitespace();
    Finding {
        path: diagnostic.place.path.to_string(),
        code: diagnostic.shown_code().to_string(),
        message: diagnostic.message.clone(),
        text: quoted.collect::<Vec<_>>().join(" ").chars().take(80).collect(),
    }
}

/// Known findings, each with how often it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Finding, usize>);

#[derive(Serialize, Deserialize)]
struct BaselineFile {
    version: u32,
    findings: Vec<KnownFinding>,
}

#[derive(Serialize, Deserialize)]
struct KnownFinding {
    #[serde(flatten)]
    finding: Finding,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

fn once() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_once(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// A baseline that knows these problems.
    pub fn of(diagnostics: &[Diagnostic], texts: &SourceTexts) -> Self {
        let mut known = BTreeMap::new();
        for diagnostic in diagnostics {
            *known.entry(finding(diagnostic, texts)).or_insert(0) += 1;
        }
        Self(known)
    }

    /// Reads what [`Baseline::write`] wrote.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn read(json: &str) -> Result<Self, String> {
        let written: BaselineFile = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if written.version != 1 {
            return Err(format!("its version is {}, and this limber knows version 1", written.version));
        }
        let mut known = BTreeMap::new();
        for KnownFinding { finding, count } in written.findings {
            *known.entry(finding).or_insert(0) += count;
        }
        Ok(Self(known))
    }

    /// The baseline as JSON: sorted and one finding to a few lines, so that it can be kept and compared in version control.
    pub fn write(&self) -> String {
        let findings =
            self.0.iter().map(|(finding, count)| KnownFinding { finding: finding.clone(), count: *count }).collect();
        let mut json = serde_json::to_string_pretty(&BaselineFile { version: 1, findings })
            .expect("texts and numbers can be written as JSON");
        json.push('\n');
        json
    }

    /// The problems that are new. Of several equal ones as many are known as the baseline has.
    pub fn new_ones(&self, diagnostics: Vec<Diagnostic>, texts: &SourceTexts) -> Vec<Diagnostic> {
        let mut left = self.0.clone();
        let mut known = |diagnostic: &Diagnostic| match left.get_mut(&finding(diagnostic, texts)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        diagnostics.into_iter().filter(|diagnostic| !known(diagnostic)).collect()
    }
}

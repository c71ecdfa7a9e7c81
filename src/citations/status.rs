//! What has become of works since they were published: what the bibliography says of them, and a file of retracted works.
//! A work of which neither says anything is not known to be fine.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Bibliography;
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::yaml::{self, MappingPart, PathStep, Yaml, YamlText};

/// What has become of a work, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WorkStatus {
    /// Somebody has looked, and it stands as it was published.
    Current,
    /// A correction was published.
    Corrected,
    /// Its journal has published an expression of concern.
    Concern,
    /// It was retracted.
    Retracted,
}

impl WorkStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Current, Self::Corrected, Self::Concern, Self::Retracted];

    /// The word that stands for it behind `status:`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Corrected => "corrected",
            Self::Concern => "concern",
            Self::Retracted => "retracted",
        }
    }
}

/// What is known of a work's fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What has become of it.
    pub status: WorkStatus,
    /// The day of the notice, where the file of retracted works says it.
    pub day: Option<String>,
    /// Why, in the words of that file.
    pub reason: Option<String>,
}

impl Standing {
    /// A status of which no more is known.
    pub fn of(status: WorkStatus) -> Self {
        Self { status, day: None, reason: None }
    }
}

/// The key of a work under which the bibliography says what has become of it.
const STATUS: &str = "status";

/// What a bibliography in YAML says of its works itself.
pub(super) fn declared(path: &Arc<str>, text: &str, bibliography: &mut Bibliography) -> Vec<Diagnostic> {
    if !text.contains("status") {
        return Vec::new();
    }
    let Ok(Yaml::Map(works)) = yaml::parse(text) else { return Vec::new() };
    let places = YamlText::new(path, text, 0);
    let mut problems = Vec::new();
    for (key, work) in &works {
        let Some(written) = work.get(STATUS) else { continue };
        let word = written.as_text().unwrap_or_default();
        let Some(status) = WorkStatus::ALL.into_iter().find(|status| status.word() == word) else {
            let place = places.place(&[PathStep::Key(key.clone()), PathStep::Key(STATUS.into())], MappingPart::Value);
            let message = format!("`{word}` is no status of a work");
            let diagnostic = Diagnostic::new(Code::BibliographyInvalid, place, message);
            let meant = meant(word, WorkStatus::ALL.iter().map(|status| status.word()));
            problems.push(if meant.names.is_empty() {
                diagnostic.help(
                    "write `retracted`, `concern`, `corrected` or `current`; leave it out where nobody has looked",
                )
            } else {
                diagnostic.suggest(&meant.names)
            });
            continue;
        };
        if let Some(work) = bibliography.works.get_mut(key) {
            work.standing = Some(Standing::of(status));
        }
    }
    problems
}

/// The bibliography with what a file of retracted works says: of two that speak of a work the worse counts.
pub fn with_listed(bibliography: &Bibliography, listed: &BTreeMap<String, Standing>) -> Bibliography {
    let mut bibliography = bibliography.clone();
    for (key, standing) in listed {
        let Some(work) = bibliography.works.get_mut(key) else { continue };
        if work.standing.as_ref().is_none_or(|own| own.status <= standing.status) {
            work.standing = Some(standing.clone());
        }
    }
    bibliography
}

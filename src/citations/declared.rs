//! What a bibliography in YAML says of its works beyond what Hayagriva reads: `status`.

use std::sync::Arc;

use super::Bibliography;
use super::status::{Standing, WorkStatus};
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::yaml::{self, MappingPart, PathStep, Yaml, YamlText};

/// The key of a work under which the bibliography says what has become of it.
const STATUS: &str = "status";

/// What a bibliography in YAML says of its works itself.
pub(super) fn statuses(path: &Arc<str>, text: &str, bibliography: &mut Bibliography) -> Vec<Diagnostic> {
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

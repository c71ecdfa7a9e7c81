//! Tries the draft: puts the site together as `check` does, lowers what may yield and leaves out what may not.

use std::collections::BTreeMap;
use std::path::Path;

use super::write::ImportPlan;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::Engine;
use crate::model::options::Options;
use crate::model::source::Source;
use crate::span::line_column;
use crate::stages::load::load_as;
use crate::stages::weigh::may_yield;
use crate::timings::Timings;

/// So many times at most: leaving out a file may show what was hidden behind it.
const TRIES: usize = 6;

/// Settles what the declaration has to say for the folder to build. Says whether it does.
pub(super) fn settle(root: &Path, plan: &mut ImportPlan) -> bool {
    for _ in 0..TRIES {
        let site = Source::new("site.yaml", plan.text());
        let (sources, found) = load_as(root, site);
        let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
        let Some(ready) = &snapshot.ready else { return false };
        let diagnostics = snapshot.all_diagnostics();
        let place = |problem: &Diagnostic| {
            let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
            format!("{}:{}", problem.place.path, line_column(text, problem.place.range().start).0)
        };
        let mut lowered: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let (mut left_out, mut stuck, mut moved) = (BTreeMap::new(), false, false);
        let lowered_before: Vec<String> = plan.checks.keys().cloned().collect();
        let counts = |problem: &&Diagnostic| {
            problem.is_error() || lowered_before.iter().any(|code| code == problem.shown_code())
        };
        for problem in diagnostics.iter().filter(counts) {
            if may_yield(&ready.site.schema, problem) {
                lowered.entry(problem.shown_code().into()).or_insert_with(|| (0, place(problem))).0 += 1;
            } else if let Some(address) = listed_twice(problem) {
                moved |= plan.without_index(address);
                stuck = true;
            } else if !is_of_file(problem) && !plan.menu.is_empty() && is_of_menu(&snapshot, problem) {
                plan.menu.clear();
                moved = true;
            } else if is_of_file(problem) {
                left_out.insert(yielding(problem).to_string(), problem.message.clone());
            } else {
                stuck = true;
            }
        }
        let same = !moved && left_out.is_empty() && lowered.keys().all(|code| plan.checks.contains_key(code));
        plan.checks = lowered;
        if same {
            // A site that leaves out all that there is builds, and is none.
            return !stuck && !ready.site.entries.is_empty();
        }
        plan.ignored.extend(left_out);
    }
    false
}

/// Whether a problem stands in the menu of the declaration.
fn is_of_menu(snapshot: &crate::engine::Snapshot, problem: &Diagnostic) -> bool {
    let text = snapshot.texts.get(&problem.place.path).map_or("", |text| &**text);
    let (start, end) = (text.find("\ntheme:\n"), text.find("\nmarkdown:"));
    start.zip(end).is_some_and(|(start, end)| (start..end).contains(&problem.place.range().start))
}

/// The address that both a list of entries and a text have.
fn listed_twice(problem: &Diagnostic) -> Option<&str> {
    let declared = |place: &crate::span::Place| &*place.path == "site.yaml";
    let is_list = declared(&problem.place) || problem.related.iter().any(|other| declared(&other.place));
    (problem.code == Code::UrlDuplicate && is_list).then(|| problem.message.split('`').nth(1)).flatten()
}

/// The file that is left out for a problem. Of two that stand for one folder it is `README.md`, which is written for code hosts.
fn yielding(problem: &Diagnostic) -> &str {
    let is_readme = |path: &str| crate::links::typed_name(path).eq_ignore_ascii_case("readme");
    let twice = matches!(problem.code, Code::SlugDuplicate | Code::UrlDuplicate);
    let mut others = problem.related.iter().map(|other| &*other.place.path).filter(|path| is_readme(path) && twice);
    others.next().unwrap_or(&problem.place.path)
}

/// Whether a problem goes with the file that it is about.
fn is_of_file(problem: &Diagnostic) -> bool {
    let path = &*problem.place.path;
    let is_content = path != "site.yaml" && !path.starts_with("theme/") && !path.starts_with("templates/");
    is_content && problem.code != Code::LimberBug
}

//! `limber rename`: a new name for an entry, a heading or a work, everywhere or nowhere.

use std::path::Path;

use super::{FAILED, FINE, report};
use crate::args::Rename;
use crate::diagnostics::diff;
use crate::engine::Engine;
use crate::model::options::Options;
use crate::rename::{self, RenamePlan, files};
use crate::stages::load::load;
use crate::timings::Timings;

pub(super) fn run(root: &Path, arguments: &Rename, quiet: bool) -> u8 {
    // Drafts use names, too.
    let options = Options { drafts: true, ..Options::default() };
    let (sources, found) = load(root, None);
    let snapshot = Engine::new(options.clone()).update(&sources, found.clone(), &mut Timings::default());
    let Some(ready) = &snapshot.ready else {
        report::print(root, &snapshot.diagnostics, &snapshot.texts);
        return FAILED;
    };
    let planned = || {
        let target = rename::target(&ready.site, &arguments.what)?;
        let plan = rename::plan(&ready.site, &sources, &target, &arguments.name)?;
        rename::confirm(&plan, &target, &snapshot, (&sources, found), options)?;
        Ok(plan)
    };
    let plan = match planned() {
        Ok(plan) => plan,
        Err(error) => return report::fail(&error),
    };
    if arguments.dry_run {
        show(&plan, |path| sources.text(path).map(|source| source.text.to_string()));
        return FINE;
    }
    if let Err(error) = files::write(root, &plan, &sources) {
        return report::fail(&error);
    }
    if !quiet {
        say(&plan);
    }
    FINE
}

/// The changes as a diff.
fn show(plan: &RenamePlan, text: impl Fn(&str) -> Option<String>) {
    if let Some(moved) = &plan.moved {
        report::data(&format!("rename from {}\nrename to {}\n", moved.from, moved.to));
    }
    for path in plan.edits.keys() {
        let Some(old) = text(path) else { continue };
        let new = plan.applied(path, &old).unwrap_or_default();
        report::data(&diff::unified(path, &old, &new));
    }
}

fn say(plan: &RenamePlan) {
    if let Some(moved) = &plan.moved {
        report::say(format!("{} is now {}", moved.from, moved.to));
    }
    for (path, fixes) in &plan.edits {
        let places = report::counted(fixes.len(), "place", "places");
        report::say(format!("changed {}: {places}", plan.path_after(path)));
    }
    if let Some(old) = &plan.redirect {
        report::say(format!("{old} leads to the new address"));
    }
}

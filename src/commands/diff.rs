//! `limber diff`: the pages on which people read something else than at a revision.

use std::path::Path;
use std::sync::Arc;

use super::{FINE, report};
use crate::args::{Diff, DiffFormat};
use crate::compared::{SiteState, compare, report as shown};
use crate::diagnostics::Diagnostic;
use crate::engine::{Engine, Snapshot};
use crate::error::Error;
use crate::model::options::Options;
use crate::model::source::Sources;
use crate::revision::Revision;
use crate::stages::load::load;
use crate::timings::Timings;

pub(super) fn run(root: &Path, args: &Diff, quiet: bool) -> u8 {
    let revision = match Revision::checked_out(root, &args.revision) {
        Ok(revision) => revision,
        Err(error) => return report::fail(&error),
    };
    let options = Options { drafts: args.drafts, ..Options::default() };
    let mut engine = Engine::new(options);
    let (old, before) = site(&mut engine, &revision.root());
    let Some(old_ready) = &before.ready else {
        let reason = first(&before).map_or_else(String::new, |problem| format!(": {}", problem.message));
        let error = Error::content(format!("the site of {} cannot be put together{reason}", args.revision));
        return report::fail(&error.help("compare with a revision that can be built"));
    };
    let (new, now) = site(&mut engine, root);
    let Some(new_ready) = &now.ready else {
        report::print(root, &now.diagnostics, &now.texts);
        return report::fail(&Error::content("the site cannot be put together, so nothing is compared"));
    };
    for (snapshot, whose) in [(&before, format!("the site of {}", args.revision)), (&now, "the site".to_string())] {
        let errors = snapshot.diagnostics.iter().filter(|problem| problem.is_error()).count();
        if let (Some(problem), false) = (first(snapshot), quiet) {
            let what = format!("{}: {}", problem.place.path, problem.message);
            let more = if errors > 1 { format!(", and {} more", errors - 1) } else { String::new() };
            report::say(format!(
                "warning: {whose} has errors ({what}{more}): pages that can be drawn are compared, as they are with the errors"
            ));
        }
    }
    let before = SiteState { ready: old_ready, sources: &old };
    let pages = compare(before, SiteState { ready: new_ready, sources: &new });
    let summary = shown::summary(&pages, &args.revision);
    match args.format {
        DiffFormat::Human => report::data(&shown::human(&pages)),
        DiffFormat::Json => report::data(&shown::json(&pages, &args.revision)),
        DiffFormat::Html => report::data(&shown::html(&pages, &args.revision, &new_ready.site.schema.title)),
        DiffFormat::Github => report::data(&shown::annotations(&pages, &args.revision, &revision.below)),
    }
    if !quiet && args.format != DiffFormat::Github {
        report::say(summary);
    }
    FINE
}

fn site(engine: &mut Engine, root: &Path) -> (Sources, Arc<Snapshot>) {
    let (sources, found) = load(root, None);
    let snapshot = engine.update(&sources, found, &mut Timings::default());
    (sources, snapshot)
}

fn first(snapshot: &Snapshot) -> Option<&Diagnostic> {
    snapshot.diagnostics.iter().find(|problem| problem.is_error())
}

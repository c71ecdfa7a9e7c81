//! `limber check`: every problem, and nothing written.

use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;

use super::{FINE, WRONG, report};
use crate::args::Check;
use crate::diagnostics::{Diagnostic, tidy};
use crate::engine::{Engine, Options, Ready};
use crate::model::plan::Page;
use crate::stages::load::load;
use crate::stages::render::{draw, follows, merge, prepare};
use crate::timings::Timings;

pub(super) fn run(root: &Path, args: Check, quiet: bool) -> u8 {
    let mut timings = Timings::default();
    let options = Options { base_url: args.site.base_url, drafts: args.site.drafts, as_of: args.site.as_of };
    let (sources, found) = timings.time("load", || load(root, None));
    let snapshot = Engine::new(options).update(&sources, found, &mut timings);
    let mut diagnostics = snapshot.diagnostics.clone();
    if let Some(ready) = &snapshot.ready {
        diagnostics.extend(merge(timings.time("render", || drawn(ready, &wrong(&snapshot.diagnostics)))));
    }
    tidy(&mut diagnostics);
    report::print(root, &diagnostics, &snapshot.texts);
    if args.timings {
        report::say(timings.report().trim_end());
    }
    let failed = diagnostics.iter().any(|diagnostic| args.deny_warnings || diagnostic.is_error());
    if diagnostics.is_empty() && !quiet {
        report::say("no problems");
    }
    if failed { WRONG } else { FINE }
}

/// The files that have errors.
fn wrong(diagnostics: &[Diagnostic]) -> HashSet<&str> {
    diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).map(|diagnostic| &*diagnostic.place.path).collect()
}

/// What only drawing shows: every page, rendered to nowhere. Pages that show an entry with errors are left out: one
/// cause, one diagnostic.
fn drawn(ready: &Ready, wrong: &HashSet<&str>) -> Vec<Diagnostic> {
    let drawing = ready.drawing();
    let own = |page: &&Page| page.input.template().is_some() && !follows(page, &ready.site, wrong);
    let pages = ready.plan.pages.par_iter().filter(own);
    pages
        .flat_map_iter(|page| {
            let (_, prepared) = prepare(page, drawing, &ready.environment, &ready.assets);
            draw(page, prepared, drawing).1
        })
        .collect()
}

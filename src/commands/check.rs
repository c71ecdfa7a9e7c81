//! `limber check`: every problem, and nothing written.

use std::path::Path;

use rayon::prelude::*;

use super::{FINE, WRONG, report};
use crate::args::Check;
use crate::diagnostics::{Diagnostic, tidy};
use crate::engine::{Engine, Options, Ready};
use crate::stages::load::load;
use crate::stages::render::{draw, merge, prepare};
use crate::timings::Timings;

pub(super) fn run(root: &Path, args: Check, quiet: bool) -> u8 {
    let mut timings = Timings::default();
    let options = Options { base_url: args.site.base_url, drafts: args.site.drafts, as_of: args.site.as_of };
    let (sources, found) = timings.time("load", || load(root, None));
    let snapshot = Engine::new(options).update(&sources, found, &mut timings);
    let mut diagnostics = snapshot.diagnostics.clone();
    if let Some(ready) = &snapshot.ready {
        diagnostics.extend(merge(timings.time("render", || drawn(ready))));
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

/// What only drawing shows: every page, rendered to nowhere.
fn drawn(ready: &Ready) -> Vec<Diagnostic> {
    let drawing = ready.drawing();
    let pages = ready.plan.pages.par_iter().filter(|page| page.input.template().is_some());
    pages
        .flat_map_iter(|page| {
            let (_, prepared) = prepare(page, drawing, &ready.environment, &ready.assets);
            draw(page, prepared, drawing).1
        })
        .collect()
}

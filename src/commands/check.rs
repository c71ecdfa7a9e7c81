//! `limber check`: every problem; nothing is written unless repairs are asked for.

use std::mem::ManuallyDrop;
use std::path::Path;

use super::progress::Progress;
use super::{FINE, WRONG, external, fix, report};
use crate::args::{Check, Format};
use crate::diagnostics::baseline::Baseline;
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Diagnostic, tidy};
use crate::engine::{Engine, Snapshot};
use crate::error::Error;
use crate::model::options::Options;
use crate::repairs;
use crate::stages::load::load_unread;
use crate::stages::weigh::weigh;
use crate::timings::Timings;

pub(super) fn run(root: &Path, args: Check, quiet: bool) -> u8 {
    let progress = Progress::start(quiet);
    let mut timings = progress.timings();
    let mut found = check(root, &args, &mut timings);
    if args.fix {
        match fix::run(root, &found.diagnostics, args.dry_run) {
            Ok(0) => {}
            Ok(_) if args.dry_run => {}
            Ok(_) => found = check(root, &args, &mut timings),
            Err(error) => {
                return report::fail(&error);
            }
        }
    }
    drop(progress);
    let mut diagnostics = found.diagnostics;
    if let Some(ready) = found.snapshot.ready.as_ref().filter(|_| args.list_external || args.external) {
        if args.list_external {
            report::data(&external::list(root, &ready.site));
            return FINE;
        }
        match external::check(root, &ready.site, args.max_age, quiet) {
            Ok(broken) => diagnostics.extend(broken),
            Err(error) => return report::fail(&error),
        }
        weigh(&ready.site.schema, &mut diagnostics);
        tidy(&mut diagnostics);
    }
    let texts = report::complete(root, &diagnostics, found.texts);
    if let Some(path) = args.baseline.as_deref().map(|path| root.join(path)) {
        if args.write_baseline {
            return write_baseline(&path, &diagnostics, &texts, quiet);
        }
        let baseline = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        match baseline.and_then(|json| Baseline::read(&json)) {
            Ok(baseline) => diagnostics = baseline.new_ones(diagnostics, &texts),
            Err(error) => {
                let error = Error::system(format!("the baseline {} cannot be read: {error}", path.display()));
                return report::fail(&error.help("write one with `limber check --baseline FILE --write-baseline`"));
            }
        }
    }
    report::print_as(root, args.format, &diagnostics, &texts);
    if args.timings {
        report::say(timings.report().trim_end());
    }
    let empty = found.snapshot.ready.as_ref().and_then(|ready| ready.site.emptiness());
    if let Some(why) = empty.filter(|_| diagnostics.is_empty()) {
        return report::fail(&Error::content(why).help("a build of it would publish nothing"));
    }
    if diagnostics.is_empty() && !quiet && args.format == Format::Human {
        report::say(if args.baseline.is_some() { "no new problems" } else { "no problems" });
    }
    let failed = diagnostics.iter().any(|diagnostic| args.deny_warnings || diagnostic.is_error());
    if failed { WRONG } else { FINE }
}

/// Everything that is wrong, with the texts that are known already.
struct CheckReport {
    diagnostics: Vec<Diagnostic>,
    texts: SourceTexts,
    snapshot: ManuallyDrop<Snapshot>,
}

fn check(root: &Path, args: &Check, timings: &mut Timings) -> CheckReport {
    let options = Options {
        base_url: args.site.base_url.clone(),
        drafts: args.site.drafts,
        as_of: args.site.as_of,
        ..Options::default()
    };
    let (sources, content, found) = timings.time("load", || load_unread(root));
    // The system takes memory back faster than we could, piece by piece, on the way out.
    let snapshot = ManuallyDrop::new(Engine::new(options).once(&sources, content, found, timings));
    let mut diagnostics = timings.time("render", || snapshot.all_diagnostics());
    let texts = report::complete(root, &diagnostics, SourceTexts::new());
    repairs::confirm(&mut diagnostics, &texts);
    CheckReport { diagnostics, texts, snapshot }
}

fn write_baseline(path: &Path, diagnostics: &[Diagnostic], texts: &SourceTexts, quiet: bool) -> u8 {
    if let Err(error) = std::fs::write(path, Baseline::of(diagnostics, texts).write()) {
        return report::fail(&Error::system(format!("the baseline {} cannot be written: {error}", path.display())));
    }
    if !quiet {
        report::say(format!("{} findings are known from now on: {}", diagnostics.len(), path.display()));
    }
    FINE
}

//! `limber build`: writes the site into a folder.

use std::collections::BTreeSet;
use std::mem::ManuallyDrop;
use std::path::Path;

use rayon::prelude::*;

use super::{FAILED, FINE, WRONG, report};
use crate::args::Build;
use crate::diagnostics::{Code, Diagnostic, tidy};
use crate::engine::{Engine, Options, Ready};
use crate::fingerprint::fingerprint;
use crate::model::plan::Page;
use crate::model::source::{AssetBytes, AssetFile};
use crate::search;
use crate::stages::load::load;
use crate::stages::render::{Prepared, draw, merge, prepare};
use crate::stages::write::{Staging, Summary, WriteError};
use crate::timings::Timings;
use crate::yaml::{Part, Step};

pub(super) fn run(root: &Path, args: Build, quiet: bool) -> u8 {
    match rayon::ThreadPoolBuilder::new().num_threads(args.threads).build() {
        Ok(pool) => pool.install(|| build(root, &args, quiet)),
        Err(error) => {
            report::say(format!("error: no threads can be started: {error}"));
            FAILED
        }
    }
}

fn build(root: &Path, args: &Build, quiet: bool) -> u8 {
    let mut timings = Timings::default();
    let options = Options { base_url: args.site.base_url.clone(), drafts: args.site.drafts, as_of: args.site.as_of };
    let out = if args.out.is_absolute() { args.out.clone() } else { root.join(&args.out) };
    let folders = ["content", "templates", "static"].map(|folder| root.join(folder));
    let (loaded, staging) = timings.time("load", || rayon::join(|| load(root, None), || Staging::open(&out, &folders)));
    let (sources, found) = loaded;
    let made_from = fingerprint(&sources, &options);
    if let (Ok(staging), true) = (&staging, found.is_empty())
        && timings.time("compare", || made_from.is_some_and(|made_from| staging.is_made_from(made_from)))
    {
        if !quiet {
            report::say(format!("{} files in {}: nothing had changed", staging.live_files(), args.out.display()));
        }
        if args.timings {
            report::say(timings.report().trim_end());
        }
        return FINE;
    }
    // The system takes memory back faster than we could, piece by piece, on the way out.
    let snapshot = ManuallyDrop::new(Engine::new(options).once(sources, found, &mut timings));
    let Some(ready) = snapshot.ready.as_ref().filter(|_| !snapshot.has_errors()) else {
        report::print(root, &snapshot.diagnostics, &snapshot.texts);
        report::say("nothing was written: the last good site stays");
        return WRONG;
    };
    let written = staging.and_then(|staging| {
        let (problems, failure) = timings.time("render", || render(ready, &staging));
        // Whoever builds again wants to hear of the same problems again.
        let made_from = made_from.filter(|_| snapshot.diagnostics.is_empty() && problems.is_empty());
        match failure {
            Some(error) => Err(error),
            None if problems.iter().any(Diagnostic::is_error) => Ok((problems, None)),
            None => timings.time("write", || staging.commit(made_from)).map(|summary| (problems, Some(summary))),
        }
    });
    let (problems, summary) = match written {
        Ok(written) => written,
        Err(error) => {
            report::print(root, &snapshot.diagnostics, &snapshot.texts);
            report::say(format!("error: {error}"));
            return FAILED;
        }
    };
    let mut diagnostics = snapshot.diagnostics.clone();
    diagnostics.extend(merge(problems));
    tidy(&mut diagnostics);
    report::print(root, &diagnostics, &snapshot.texts);
    let Some(summary) = summary else {
        report::say("nothing was written: the last good site stays");
        return WRONG;
    };
    if !quiet {
        report::say(sentence(ready, &summary, &args.out));
    }
    if args.timings {
        report::say(timings.report().trim_end());
    }
    FINE
}

/// Draws every file whose key has changed and hands it to the writer at once. Meanwhile one thread makes the search index.
fn render(ready: &Ready, staging: &Staging) -> (Vec<Diagnostic>, Option<WriteError>) {
    let (index, pages) = rayon::join(|| search_index(ready, staging), || pages(ready, staging));
    let (mut diagnostics, mut failure) = (Vec::new(), None);
    for result in pages.into_iter().chain([index]) {
        match result {
            Ok(found) => diagnostics.extend(found),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    (diagnostics, failure)
}

fn pages(ready: &Ready, staging: &Staging) -> Vec<Result<Vec<Diagnostic>, WriteError>> {
    let drawing = ready.drawing();
    ready
        .plan
        .pages
        .par_iter()
        .map(|page| {
            let (key, prepared) = prepare(page, drawing, &ready.environment, &ready.assets);
            // A data block that failed leaves nothing in the page, as one does that has nothing to show.
            let failed = matches!(&prepared, Prepared::Page(_, _, errors) if !errors.is_empty());
            if !failed && staging.key_of(&page.path) == Some(key) && staging.keep(&page.path) {
                return Ok(Vec::new());
            }
            if let Prepared::Asset(AssetFile { bytes: AssetBytes::Disk(from, _), .. }) = &prepared {
                return staging.put_file(&page.path, key, from).map(|()| Vec::new());
            }
            put(page, draw(page, prepared, drawing), key, staging)
        })
        .collect()
}

/// Writes the index of the search page, unless nothing that it is made of has changed.
fn search_index(ready: &Ready, staging: &Staging) -> Result<Vec<Diagnostic>, WriteError> {
    let schema = &ready.site.schema;
    if schema.pages.search.is_none() || !schema.pages.search_index || !cfg!(feature = "search") {
        return Ok(Vec::new());
    }
    let records = search::records(&ready.site);
    let key = search::key(&records);
    let old = staging.files_below(search::FOLDER);
    let same = old.iter().all(|(_, old)| *old == key);
    let kept: BTreeSet<&str> =
        old.iter().map(|(path, _)| path.as_str()).filter(|path| same && staging.keep(path)).collect();
    if !old.is_empty() && kept.len() == old.len() {
        return Ok(Vec::new());
    }
    match search::index(&records, &schema.language) {
        Ok(files) => {
            for (path, bytes) in files.iter().filter(|(path, _)| !kept.contains(path.as_str())) {
                staging.put(path, key, bytes)?;
            }
            Ok(Vec::new())
        }
        Err(why) => {
            let place = schema.text.place(&[Step::Key("pages".into()), Step::Key("search".into())], Part::Key);
            Ok(vec![Diagnostic::new(Code::SearchFailed, place, why)])
        }
    }
}

fn put(
    page: &Page,
    drawn: (Option<std::sync::Arc<[u8]>>, Vec<Diagnostic>),
    key: crate::hash::Hash,
    staging: &Staging,
) -> Result<Vec<Diagnostic>, WriteError> {
    let (bytes, diagnostics) = drawn;
    if let Some(bytes) = bytes.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
        staging.put(&page.path, key, &bytes)?;
    }
    Ok(diagnostics)
}

fn sentence(ready: &Ready, summary: &Summary, out: &Path) -> String {
    let (entries, pages) = (ready.site.entries.len(), ready.plan.pages.len());
    let changes = match (summary.written, summary.removed) {
        (0, 0) => "nothing had changed".to_string(),
        (written, 0) => format!("{written} written, {} unchanged", summary.unchanged),
        (written, removed) => format!("{written} written, {} unchanged, {removed} removed", summary.unchanged),
    };
    format!("{entries} entries, {pages} files in {}: {changes}", out.display())
}

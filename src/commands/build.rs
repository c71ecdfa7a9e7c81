//! `limber build`: writes the site into a folder.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::progress::Progress;
use super::{FINE, WRONG, report};
use crate::args::Build;
use crate::diagnostics::human::{SourceTexts, passed_over};
use crate::diagnostics::{Diagnostic, tidy};
use crate::engine::{AT_ONCE, DrawableSite, Engine};
use crate::error::Error;
use crate::fingerprint::fingerprint;
use crate::folders::Folders;
use crate::hash::Hash;
use crate::inputs::{Comparison, Inputs};
use crate::model::options::Options;
use crate::model::plan::Page;
use crate::model::source::Sources;
use crate::search;
use crate::stages::load::{UnreadSource, load_unread};
use crate::stages::render::{Content, RenderedFile, Wanted, merge};
use crate::stages::weigh::may_yield;
use crate::stages::write::{Staging, Summary, WriteError, WriteOptions};
use crate::timings::Timings;

/// The note with the problems that the build found.
const PROBLEMS: &str = "problems";
/// The note with what the build was made from.
const INPUTS: &str = "inputs";

pub(super) fn run(root: &Path, args: Build, quiet: bool) -> u8 {
    let threads = args.threads.min(most_threads());
    if threads < args.threads {
        report::say(format!("warning: this machine makes no use of {} threads: {threads} are started", args.threads));
    }
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| build(root, &args, quiet)),
        Err(error) => report::fail(&Error::system(format!("no threads can be started: {error}"))),
    }
}

/// So many threads are never too few: some wait for the disk while others work.
fn most_threads() -> usize {
    const EACH: usize = 4;
    const ALWAYS: usize = 16;
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get).saturating_mul(EACH).max(ALWAYS)
}

fn build(root: &Path, args: &Build, quiet: bool) -> u8 {
    let progress = Progress::start(quiet);
    let mut timings = progress.timings();
    let options = Options {
        base_url: args.site.base_url.clone(),
        drafts: args.site.drafts,
        despite_errors: args.despite_errors,
        as_of: args.site.as_of,
    };
    let named = output(root, args.out.as_deref());
    let out = if root == Path::new(".") { named } else { root.join(named) };
    let folders = folders(root);
    let wishes = WriteOptions { in_place: args.in_place, adopt: args.adopt, wait: args.wait };
    let open = || Staging::open(root, &out, &folders, wishes);
    let (loaded, staging) = timings.time("load", || rayon::join(|| load_unread(root), open));
    let (sources, mut content, found) = loaded;
    if let (Ok(staging), true) = (&staging, found.is_empty())
        && timings.time("compare", || is_made_from(staging, &sources, &mut content, &options))
        && let Some(diagnostics) = staging.note(PROBLEMS).and_then(|note| serde_json::from_slice::<Vec<_>>(&note).ok())
    {
        report::print(root, &diagnostics, &SourceTexts::new());
        let files = report::counted(staging.live_files(), "file", "files");
        let said = format!("{files} in {}: nothing had changed", out.display());
        return done(&said, &diagnostics, args, quiet, &timings);
    }
    let kept = staging.as_ref().ok().and_then(Staging::cache);
    let engine = Engine::new(options.clone()).with_kept(kept.clone());
    // The system takes memory back faster than we could, piece by piece, on the way out.
    let snapshot = ManuallyDrop::new(engine.once(&sources, content, found, &mut timings));
    let stop = |ready: &DrawableSite, diagnostics: &[Diagnostic]| {
        let stops = |problem: &Diagnostic| !args.despite_errors || !may_yield(&ready.site.schema, problem);
        diagnostics.iter().any(|problem| problem.is_error() && stops(problem))
    };
    let Some(ready) = snapshot.ready.as_ref().filter(|ready| !stop(ready, &snapshot.diagnostics)) else {
        report::print(root, &snapshot.diagnostics, &snapshot.texts);
        report::say("nothing was written: the last good site stays");
        return WRONG;
    };
    let content = snapshot.content();
    // What is remembered holds nothing of drafts that were left out.
    let left_out = snapshot.held_back(&options);
    let is_told = |path: &str| !left_out.contains(path);
    let mut inputs = Inputs::new(&sources, &ready.assets, content.iter().copied().filter(|(path, _)| is_told(path)));
    inputs.add_site(ready);
    let made_from = fingerprint(&sources, &content, &options);
    let written = staging.and_then(|mut staging| {
        let before = staging.note(INPUTS).filter(|_| args.explain).and_then(|bytes| Inputs::from_bytes(&bytes));
        let comparison = args.explain.then(|| Comparison::new(before.as_ref(), &inputs, ready));
        let pages = timings.time("render", || render(ready, &staging, comparison.as_ref(), &progress))?;
        let mut diagnostics = snapshot.diagnostics.clone();
        diagnostics.extend(merge(pages.problems));
        tidy(&mut diagnostics);
        if stop(ready, &diagnostics) {
            return Ok((diagnostics, None));
        }
        if let Some(reason) = too_little(ready, &staging).filter(|_| !args.allow_removals) {
            report::fail(&reason);
            return Ok((diagnostics, None));
        }
        // The next build reports the same problems again.
        let problems = || serde_json::to_vec(&diagnostics).unwrap_or_default();
        let made_from_parts = || {
            inputs.add_pages(ready.plan.pages.iter().map(|page| page.path.clone()).zip(pages.parts));
            inputs.to_bytes()
        };
        let (problems, inputs) = rayon::join(problems, made_from_parts);
        if diagnostics.iter().all(|problem| is_told(&problem.place.path)) {
            staging.leave_note(PROBLEMS, problems);
        }
        staging.leave_note(INPUTS, inputs);
        report::data(&pages.reasons);
        let summary = timings.time("write", || staging.commit(made_from))?;
        Ok((diagnostics, Some(summary)))
    });
    let (diagnostics, summary) = match written {
        Ok(written) => written,
        Err(error) => {
            report::print(root, &snapshot.diagnostics, &snapshot.texts);
            return report::fail(&error.into());
        }
    };
    report::print(root, &diagnostics, &snapshot.texts);
    let Some(summary) = summary else {
        report::say("nothing was written: the last good site stays");
        return WRONG;
    };
    if summary.unknown > 0 {
        let (files, out) = (summary.unknown, out.display());
        report::say(format!(
            "warning: there was no record of what limber wrote into `{out}`: {files} files in it stay that are not of this build"
        ));
    }
    if let Some(folder) = kept {
        timings.time("keep", || snapshot.keep(&folder, &options));
    }
    done(&sentence(ready, &summary, &out), &diagnostics, args, quiet, &timings)
}

/// What the site is made from, and no output may meet: also the folders that kinds name, but for the project itself.
pub(super) fn folders(root: &Path) -> Vec<PathBuf> {
    let declared = declared(root);
    let statics = declared.statics().iter().map(|folder| &*folder.path);
    let named = declared.named().filter(|folder| !folder.is_empty()).chain(statics);
    ["content", "templates", "static", "site.yaml"].into_iter().chain(named).map(|path| root.join(path)).collect()
}

/// The folder to write: the one that was asked for, else the one that the site declares.
pub(super) fn output(root: &Path, asked: Option<&Path>) -> PathBuf {
    asked.map_or_else(|| declared(root).output().into(), Path::to_path_buf)
}

fn declared(root: &Path) -> Folders {
    Folders::of(std::fs::read_to_string(root.join("site.yaml")).ok().as_deref())
}

/// Whether what is live was made from just this: every text of the content is looked at.
fn is_made_from(staging: &Staging, sources: &Sources, content: &mut [UnreadSource], options: &Options) -> bool {
    if staging.live_files() == 0 {
        return false;
    }
    content.par_iter_mut().for_each(UnreadSource::look);
    let content: Option<Vec<_>> = content.iter().map(|found| Some((&*found.path, found.hash?))).collect();
    let made_from = content.and_then(|content| fingerprint(sources, &content, options));
    made_from.is_some_and(|made_from| staging.is_made_from(made_from))
}

/// Why this build would empty a site, if it would: nobody means that who does not say so.
fn too_little(ready: &DrawableSite, staging: &Staging) -> Option<Error> {
    let help = "look whether `content/` is whole; if it is, build with `--allow-removals`";
    ready.site.emptiness().or_else(|| staging.losses().refusal()).map(|what| Error::content(what).help(help))
}

/// The last words of a build that went well.
fn done(sentence: &str, diagnostics: &[Diagnostic], args: &Build, quiet: bool, timings: &Timings) -> u8 {
    if !quiet {
        passed_over(diagnostics).into_iter().for_each(report::say);
        report::say(sentence);
    }
    if args.timings {
        report::say(timings.report().trim_end());
    }
    FINE
}

/// What making all files has shown.
#[derive(Default)]
struct AllMade {
    problems: Vec<Diagnostic>,
    /// What each file was made from.
    parts: Vec<Vec<u32>>,
    /// Why files were made again, a line each.
    reasons: String,
}

/// Makes every file whose key has changed and hands it to the writer at once. Beside it the search index is made.
fn render(
    ready: &DrawableSite,
    staging: &Staging,
    comparison: Option<&Comparison<'_>>,
    progress: &Progress,
) -> Result<AllMade, WriteError> {
    progress.expect(ready.plan.pages.len());
    let page = |page| {
        let made = make(page, ready, staging, comparison);
        progress.step();
        made
    };
    let pages = || -> Vec<_> { ready.plan.pages.par_iter().with_max_len(AT_ONCE).map(page).collect() };
    let (index, pages) = rayon::join(|| search_index(ready, staging), pages);
    let mut all = AllMade::default();
    for (page, made) in ready.plan.pages.iter().zip(pages) {
        let made = made?;
        all.problems.extend(made.problems);
        all.parts.push(made.parts);
        if let Some(reason) = made.reason {
            all.reasons.push_str(&format!("{}: {reason}\n", page.path));
        }
    }
    index?;
    Ok(all)
}

/// One file of the output.
struct Made {
    problems: Vec<Diagnostic>,
    parts: Vec<u32>,
    reason: Option<String>,
}

fn make(
    page: &Page,
    ready: &DrawableSite,
    staging: &Staging,
    comparison: Option<&Comparison<'_>>,
) -> Result<Made, WriteError> {
    let known = |key: &Hash| staging.key_of(&page.path) == Some(*key) && staging.keep(&page.path);
    let RenderedFile { key, content, problems, values, parts } = ready.draw(page, Wanted::FileUnless(&known));
    let parts: Vec<u32> = parts.iter().map(Hash::brief).collect();
    let is_new = !matches!(content, Content::Known);
    let reason = comparison.filter(|_| is_new).map(|comparison| comparison.reason(page, &parts, &values));
    match content {
        Content::Bytes(bytes) if !problems.iter().any(Diagnostic::is_error) => staging.put(&page.path, key, &bytes)?,
        Content::File(from) => staging.put_file(&page.path, key, from)?,
        Content::Bytes(_) | Content::Known | Content::Nothing => {}
    }
    Ok(Made { problems, parts, reason })
}

/// Writes the index of the search page, unless nothing that it is made from has changed.
fn search_index(ready: &DrawableSite, staging: &Staging) -> Result<(), WriteError> {
    if !search::wanted(&ready.site) {
        return Ok(());
    }
    let key = search::key(ready);
    let old = staging.files_below(search::FOLDER);
    let same = !old.is_empty() && old.iter().all(|(_, old)| *old == key);
    if same && old.iter().all(|(path, _)| staging.keep(path)) {
        return Ok(());
    }
    search::index(&ready.site, &mut |path, bytes| staging.put(&path, key, &bytes))
}

fn sentence(ready: &DrawableSite, summary: &Summary, out: &Path) -> String {
    let entries = report::counted(ready.site.entries.len(), "entry", "entries");
    let files = report::counted(summary.written + summary.unchanged, "file", "files");
    let changes = match (summary.written, summary.removed) {
        (0, 0) => "nothing had changed".to_string(),
        (written, 0) => format!("{written} written, {} unchanged", summary.unchanged),
        (written, removed) => format!("{written} written, {} unchanged, {removed} removed", summary.unchanged),
    };
    format!("{entries}, {files} in {}: {changes}", out.display())
}

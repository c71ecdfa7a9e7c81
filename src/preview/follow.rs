//! Keeps the site fresh: the thread that owns the engine, from the first load to the last save.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch::Sender;

use super::edition::Edition;
use super::timed;
use super::watch::{Batch, Watch};
use crate::diagnostics::Diagnostic;
use crate::engine::{Engine, Snapshot};
use crate::folders::Folders;
use crate::hash::Hash;
use crate::model::options::Options;
use crate::model::source::{FileStamp, Sources};
use crate::stages::load::{load, load_named, load_site};
use crate::stages::render::{Wanted, merge};
use crate::timings::Timings;

/// How long after a save every page is drawn once, only to find out which fail.
const SWEEP_AFTER: Duration = Duration::from_millis(250);

/// How long an error in a file that was just saved is not believed: the rest of the file may be on its way.
const HALF_WRITTEN: Duration = Duration::from_millis(150);

/// What people at the terminal hear of.
pub enum PreviewEvent<'a> {
    /// The site can be asked for.
    Ready(&'a Edition, Duration),
    /// Files have changed: which, and how long it took to take them in.
    Changed(&'a Edition, &'a [String], Duration),
    /// Drawing every page has shown more problems.
    Found(&'a Edition),
    /// The system does not tell when files change: why, in a few words.
    Unwatched(&'a str),
}

/// Where finished editions go.
pub type Editions = Sender<Option<Arc<Edition>>>;

/// Reads the site, then follows its files for ever.
pub fn follow(root: &Path, options: Options, poll: bool, editions: &Editions, say: &dyn Fn(PreviewEvent<'_>)) {
    let mut watch = Watch::start(root, poll);
    let mut desk = Follower { root, engine: Engine::new(options), found: Vec::new() };
    let (mut edition, took) = timed(|| Arc::new(desk.first()));
    watch.content_lies_in(&edition.sources.folders);
    editions.send_replace(Some(edition.clone()));
    say(PreviewEvent::Ready(&edition, took));
    let (mut swept, mut fine, mut told) = (false, HashSet::new(), false);
    loop {
        if let Some(trouble) = watch.trouble.as_deref().filter(|_| !told) {
            say(PreviewEvent::Unwatched(trouble));
            told = true;
        }
        let Some(mut batch) = watch.next((!swept).then_some(SWEEP_AFTER)) else {
            let Some(found) = sweep(&edition, &mut fine, &mut || watch.pending()) else { continue };
            swept = true;
            let more = !found.is_empty();
            edition = Arc::new(edition.swept(found));
            editions.send_replace(Some(edition.clone()));
            if more {
                say(PreviewEvent::Found(&edition));
            }
            continue;
        };
        let (mut next, mut took) = timed(|| desk.next(&edition, &batch));
        while next.as_ref().is_some_and(|(next, _)| is_doubtful(&edition, next, &batch)) {
            let Some(more) = watch.next(Some(HALF_WRITTEN)) else { break };
            batch.add(more);
            (next, took) = timed(|| desk.next(&edition, &batch));
        }
        let Some((next, files)) = next else { continue };
        edition = Arc::new(next);
        watch.content_lies_in(&edition.sources.folders);
        swept = false;
        editions.send_replace(Some(edition.clone()));
        say(PreviewEvent::Changed(&edition, &files, took));
    }
}

/// Whether a file that was named has errors which it had not before. Half a declaration may be whole YAML: what it lacks is
/// then missed by all other files.
fn is_doubtful(before: &Edition, next: &Edition, batch: &Batch) -> bool {
    let wrong = |edition: &Edition, path: &str| {
        let concerns = |place: &str| path == "site.yaml" || place == path;
        edition.problems.iter().any(|problem| problem.is_error() && concerns(&problem.place.path))
    };
    batch.paths.iter().any(|path| wrong(next, path) && !wrong(before, path))
}

/// What the thread works with.
struct Follower<'a> {
    root: &'a Path,
    engine: Engine,
    /// What loading had to say the last time.
    found: Vec<Diagnostic>,
}

impl Follower<'_> {
    fn first(&mut self) -> Edition {
        let (sources, found) = load(self.root, None);
        self.found.clone_from(&found);
        let latest = self.engine.update(&sources, found, &mut Timings::default());
        Edition::new(None, Arc::new(sources), latest)
    }

    /// The edition after some changes, and the files that were named; none where nothing has changed after all.
    fn next(&mut self, before: &Edition, batch: &Batch) -> Option<(Edition, Vec<String>)> {
        let (sources, found) = self.load(&before.sources, batch);
        if found == self.found && same(&before.sources, &sources) {
            return None;
        }
        self.found.clone_from(&found);
        let latest = self.engine.update(&sources, found, &mut Timings::default());
        let mut next = Edition::new(Some(before), Arc::new(sources), latest);
        // Editors write through files of other names, which come and go, and save what has not changed.
        let changed = |path: &&String| next.sources.hash(path) != before.sources.hash(path);
        let files: Vec<String> = batch.paths.iter().filter(changed).cloned().collect();
        next.changed = changed_page(&next.latest, &next.sources.folders, &files).map(|url| (url, next.revision));
        Some((next, files))
    }

    /// The files after some changes. Those that were named are enough, unless more may have changed, a file has several
    /// names, or something is wrong with files, which may have been mended in any way.
    fn load(&self, before: &Sources, batch: &Batch) -> (Sources, Vec<Diagnostic>) {
        let elsewhere = || {
            batch.paths.contains("site.yaml")
                && Folders::of(load_site(self.root).as_ref().map(|site| &*site.text)) != before.folders
        };
        if batch.rescan || before.linked || !self.found.is_empty() || elsewhere() {
            load(self.root, Some(&doubted(before, batch)))
        } else {
            load_named(self.root, before, &batch.paths)
        }
    }
}

/// The files as they are known, except that those named are read again even where the file system sees no difference:
/// its clock may be too slow to tell two saves apart.
fn doubted(sources: &Sources, batch: &Batch) -> Sources {
    let mut sources = sources.clone();
    let texts = sources.site.iter_mut().chain(&mut sources.content).chain(&mut sources.templates);
    let texts = texts.chain(&mut sources.included);
    for source in texts.filter(|source| batch.paths.contains(&*source.path)) {
        source.stamp = FileStamp::default();
    }
    for asset in sources.assets.iter_mut().filter(|asset| batch.paths.contains(&*asset.path)) {
        asset.stamp = FileStamp::default();
    }
    sources
}

fn same(before: &Sources, after: &Sources) -> bool {
    let text = |a: &crate::model::source::Source, b: &crate::model::source::Source| {
        Arc::ptr_eq(&a.text, &b.text) || (a.hash, a.broken) == (b.hash, b.broken) && a.path == b.path
    };
    let texts = |a: &[_], b: &[_]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| text(a, b));
    let assets = |a: &Sources, b: &Sources| {
        a.assets.len() == b.assets.len()
            && a.assets.iter().zip(&b.assets).all(|(a, b)| a.hash == b.hash && a.path == b.path)
    };
    texts(before.site.as_slice(), after.site.as_slice())
        && texts(&before.content, &after.content)
        && texts(&before.templates, &after.templates)
        && texts(&before.included, &after.included)
        && assets(before, after)
}

/// The page of the one entry whose file was changed.
fn changed_page(latest: &Snapshot, folders: &Folders, files: &[String]) -> Option<String> {
    let mut named = files.iter().filter(|path| folders.contain(path));
    let (Some(path), None) = (named.next(), named.next()) else { return None };
    let site = &latest.ready.as_ref()?.site;
    site.entries.iter().find(|entry| **entry.doc.path() == **path).map(|entry| entry.url.to_string())
}

/// Draws every page to nowhere. None when something happened that is more important.
fn sweep(edition: &Edition, fine: &mut HashSet<Hash>, stop: &mut dyn FnMut() -> bool) -> Option<Vec<Diagnostic>> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for (ready, page) in edition.latest.pages_to_check() {
        if stop() {
            fine.extend(seen);
            return None;
        }
        let drawn = ready.draw(page, Wanted::FileUnless(&|key| fine.contains(key)));
        if drawn.problems.is_empty() {
            seen.insert(drawn.key);
        }
        found.extend(drawn.problems);
    }
    *fine = seen;
    Some(merge(found))
}

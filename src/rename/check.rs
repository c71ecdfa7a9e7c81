//! The site as it would be with a new name: put together in memory before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{RenamePlan, RenameTarget};
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::{Engine, Snapshot};
use crate::error::Error;
use crate::model::options::Options;
use crate::model::source::{Source, Sources};
use crate::timings::Timings;

/// Puts the site together as it would be and compares it with the one that is: what is wrong has to be the same but for
/// names, and no heading may get or lose an id but the one that is renamed.
///
/// `found` is what loading had to say.
///
/// # Errors
/// With what the new name would change besides: the first problem that comes, or goes because a name now means something
/// else.
pub fn confirm(
    plan: &RenamePlan,
    target: &RenameTarget,
    before: &Snapshot,
    (sources, found): (&Sources, Vec<Diagnostic>),
    options: Options,
) -> Result<(), Error> {
    let after = after(plan, sources);
    let snapshot = Engine::new(options).update(&after, found, &mut Timings::default());
    let (old, new) = (before.all_diagnostics(), snapshot.all_diagnostics());
    let (old, new) = (counted(&old, plan), counted(&new, plan));
    if let Some((_, came)) = new.iter().find(|(key, found)| found.len() > old.get(*key).map_or(0, Vec::len)) {
        let last = came[came.len() - 1];
        let refusal = Error::content(format!(
            "with the new name something would be wrong in `{}`: {}",
            last.place.path, last.message
        ));
        return Err(refusal.help("mend that place by hand first, or choose another name"));
    }
    if let Some((_, gone)) = old.iter().find(|(key, found)| found.len() > new.get(*key).map_or(0, Vec::len)) {
        let first = gone[0];
        let refusal = Error::content(format!("`{}` would mean something else: {}", first.place.path, first.message));
        return Err(refusal.help("mend that place first, or choose another name: the new name is used there already"));
    }
    let (old, new) = (headings(before, plan), headings(&snapshot, plan));
    let lost: Vec<_> = old.difference(&new).collect();
    if lost.len() > usize::from(matches!(target, RenameTarget::Heading(..))) {
        let (path, id) = lost[lost.len() - 1];
        return Err(Error::content(format!("the heading `{id}` of `{path}` would lose its id")));
    }
    Ok(())
}

/// The files of the project with all changes made.
fn after(plan: &RenamePlan, sources: &Sources) -> Sources {
    let changed = |source: &Source| {
        let text: Arc<str> = plan.applied(&source.path, &source.text).map_or_else(|| source.text.clone(), Into::into);
        let mut new = Source::new(plan.path_after(&source.path), text);
        new.broken = source.broken;
        new
    };
    let mut after = sources.clone();
    after.site = sources.site.as_ref().map(changed);
    for list in [&mut after.content, &mut after.templates, &mut after.included] {
        *list = list.iter().map(changed).collect();
        list.sort_by(|a, b| a.path.cmp(&b.path));
    }
    for asset in &mut after.assets {
        let path = plan.path_after(&asset.path);
        if path != *asset.path {
            let moved = plan.moved.as_ref().map(|moved| (below_content(&moved.from), below_content(&moved.to)));
            if let Some((from, to)) = moved {
                asset.url = asset.url.replacen(&from, &to, 1);
            }
            asset.path = path.into();
        }
    }
    after.assets.sort_by(|a, b| a.path.cmp(&b.path));
    after
}

fn below_content(path: &str) -> String {
    format!("{}/", path.strip_prefix("content").unwrap_or(path))
}

/// Problems by what they are and where they are afterwards, since their words have the names in them.
fn counted<'a>(all: &'a [Diagnostic], plan: &RenamePlan) -> BTreeMap<(Code, String), Vec<&'a Diagnostic>> {
    let mut counted: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in all {
        counted.entry((diagnostic.code, plan.path_after(&diagnostic.place.path))).or_default().push(diagnostic);
    }
    counted
}

/// The ids of all headings.
fn headings(snapshot: &Snapshot, plan: &RenamePlan) -> BTreeSet<(String, String)> {
    let entries = snapshot.ready.iter().flat_map(|ready| &ready.site.entries);
    let of_entry = |doc: &crate::model::doc::Doc| {
        let path = plan.path_after(doc.path());
        let ids = doc.bodies().into_iter().flat_map(|body| &body.headings).map(|heading| heading.id.clone());
        ids.map(|id| (path.clone(), id)).collect::<Vec<_>>()
    };
    entries.flat_map(|entry| of_entry(&entry.doc)).collect()
}

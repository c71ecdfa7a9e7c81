//! The site as it would be with a new entry: put together in memory before anything is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::NewEntry;
use crate::diagnostics::{Code, Diagnostic};
use crate::engine::{Engine, Snapshot};
use crate::error::Error;
use crate::model::options::Options;
use crate::model::source::{Source, Sources};
use crate::repairs;
use crate::timings::Timings;

/// Puts the site together with a new entry. Returns what is left to do in it, and the text of its file.
///
/// `found` is what loading had to say.
///
/// # Errors
/// Where the address of the entry is taken, or where the entry would not be found in its file.
pub fn confirm(
    new: &NewEntry,
    before: &Snapshot,
    (sources, found): (&Sources, Vec<Diagnostic>),
    options: Options,
) -> Result<(Vec<Diagnostic>, Arc<str>), Error> {
    let after = after(new, sources);
    let snapshot = Engine::new(options).update(&after, found, &mut Timings::default());
    let mut known = counted(&before.all_diagnostics());
    let came: Vec<_> = snapshot
        .all_diagnostics()
        .into_iter()
        .filter(|problem| match known.get_mut(&key(problem)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect();
    let taken =
        |problem: &&Diagnostic| matches!(problem.code, Code::UrlDuplicate | Code::SlugDuplicate | Code::RedirectTaken);
    if let Some(problem) = came.iter().find(taken) {
        let error = Error::content(format!("the new entry has no place: {}", problem.message));
        return Err(error.help("choose another name with `--name`"));
    }
    let site = snapshot.ready.as_ref().map(|ready| &ready.site);
    if site.is_none_or(|site| site.find(new.kind, &new.slug).is_none()) {
        return Err(Error::bug(format!("the new entry is not found in `{}`", new.path)));
    }
    let text = after.text(&new.path).map(|source| source.text.clone()).unwrap_or_default();
    Ok((came.into_iter().filter(|problem| *problem.place.path == *new.path).collect(), text))
}

/// The files of the project with the new entry.
fn after(new: &NewEntry, sources: &Sources) -> Sources {
    let mut after = sources.clone();
    let text = match (&new.inserted, sources.text(&new.path)) {
        (Some(fix), Some(source)) => repairs::apply(&source.text, &[fix]).0,
        _ => new.text.clone(),
    };
    after.content.retain(|source| *source.path != *new.path);
    after.content.push(Source::new(new.path.clone(), text));
    after.content.sort_by(|a, b| a.path.cmp(&b.path));
    after
}

/// What a problem says, wherever it stands in its file.
fn key(problem: &Diagnostic) -> (Code, Arc<str>, String) {
    (problem.code, problem.place.path.clone(), problem.message.clone())
}

fn counted(all: &[Diagnostic]) -> BTreeMap<(Code, Arc<str>, String), usize> {
    let mut counted = BTreeMap::new();
    all.iter().for_each(|problem| *counted.entry(key(problem)).or_default() += 1);
    counted
}

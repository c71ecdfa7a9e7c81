//! What a build that writes in place is about to do, so that the next one can finish it.

use std::fs;
use std::path::PathBuf;

use crate::hash::Hash;

use super::WriteError;
use super::folder::OutputStamp;
use super::manifest::{Manifest, ManifestFile};
use super::state::State;

/// The record of a build in place that has begun: the files that the output may hold until it is over.
const PENDING: &str = "pending.manifest";

/// Remembers that these files may be there from now on, in whatever state.
pub(super) fn begin(state: &State, paths: impl Iterator<Item = String>) -> Result<(), WriteError> {
    // No file can have this stamp, so each is looked at again before it is kept.
    let stamp = OutputStamp { len: u64::MAX, seconds: 0, nanos: 0 };
    let unknown = Hash::default();
    let mut files: Vec<_> =
        paths.chain(left(state).into_iter().flat_map(|left| left.files).map(|file| file.path)).collect();
    files.sort_unstable();
    files.dedup();
    let files = files.into_iter().map(|path| ManifestFile { path, key: unknown, content: unknown, stamp }).collect();
    Manifest { files, ..Manifest::default() }.save(&state.folder, PENDING)
}

/// The build is over.
pub(super) fn end(state: &State) {
    let _ = fs::remove_file(file(state));
}

/// What was live, together with the files of a build in place that was cut short.
pub(super) fn complete(state: &State, mut known: Manifest) -> Manifest {
    let Some(left) = left(state) else { return known };
    known.made_from = None;
    let new: Vec<_> = left.files.into_iter().filter(|file| known.find(&file.path).is_none()).collect();
    known.files.extend(new);
    known.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    known
}

/// The files of a first build in place that was cut short, before the folder was marked as ours.
pub(super) fn of_a_first_build(state: &State) -> Option<Manifest> {
    left(state)
}

fn left(state: &State) -> Option<Manifest> {
    Manifest::read(&file(state))
}

fn file(state: &State) -> PathBuf {
    state.path(PENDING)
}

//! Where the output goes: checks that we may write there, and names what belongs to it.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::folder::OutputFolder;
use super::live::Live;
use super::manifest::{LIVE, Manifest, NEXT, read_marker};
use super::state::State;
use super::way::{self, WriteMethod};
use super::{MARKER, WriteError, WriteOptions, exchange, older, pending};
use crate::ignored::keeps_a_folder;

/// Where files are put together when they cannot be renamed from the state into the output: in a folder of this name in the
/// output itself. It is there only during a build.
const ASIDE: &str = ".limber-next";

/// The output folder and the state that belongs to it.
pub(super) struct OutputPlace {
    /// The output folder, absolute.
    pub(super) out: PathBuf,
    /// What is known of it from before, and the lock.
    pub(super) state: State,
    /// How the new site becomes the live one.
    pub(super) way: WriteMethod,
    /// The folder in which the new site is put together.
    next: PathBuf,
    adopt: bool,
}

impl OutputPlace {
    /// The folder that is being worked on.
    pub(super) fn next(&self) -> PathBuf {
        self.next.clone()
    }

    /// The folders that were live before, by number.
    pub(super) fn old(&self) -> PathBuf {
        self.state.path("old")
    }

    /// Where the live folder waits for a moment, on file systems that cannot exchange two folders in one step.
    pub(super) fn last(&self) -> PathBuf {
        self.state.path("last")
    }

    /// Checks the folder, locks it, takes over what an earlier version left beside it, and finishes or takes back an
    /// exchange that was cut short.
    pub(super) fn open(
        project: &Path,
        out: &Path,
        sources: &[PathBuf],
        wishes: WriteOptions,
    ) -> Result<Self, WriteError> {
        let out = locate(out)?;
        let project = resolve(project)?;
        for source in sources {
            keep_apart(&out, &resolve(source)?, source, "which the site is made from")?;
        }
        let repository = project.join(".git");
        if out.starts_with(&repository) {
            keep_apart(&out, &repository, &repository, "where git keeps what it knows")?;
        }
        let state = State::open(&project, &out, wishes.wait)?;
        if out.starts_with(&state.own) {
            keep_apart(&out, &state.own, &state.own, "where limber keeps what it knows")?;
        }
        let facts = way::facts(&out, Some(&*state.folder).filter(|_| state.is_kept), wishes.in_place);
        let mut beside = std::ffi::OsString::from(".");
        beside.push(out.file_name().unwrap_or_default());
        beside.push(ASIDE);
        let (inside, beside) = (out.join(ASIDE), out.with_file_name(beside));
        if facts.apart {
            // What a killed build left there would be published, or lie beside what is, until the next change.
            for left in [&inside, &beside] {
                let _ = fs::remove_dir_all(left);
            }
        }
        let next = match (facts.apart, facts.exists) {
            (false, _) => state.path("next"),
            (true, true) => inside,
            (true, false) => beside,
        };
        let mut place = Self { out, way: way::choose(facts), next, adopt: wishes.adopt, state };
        older::take_over(&place)?;
        exchange::recover(&place)?;
        if place.way == WriteMethod::New && place.out.exists() {
            place.way = WriteMethod::Exchange;
        }
        Ok(place)
    }

    /// What lies in the output folder now; `None` where there is no output yet. What is not ours to touch is an error.
    pub(super) fn live(&self) -> Result<Option<Live>, WriteError> {
        let at = self.out.display();
        let names = match fs::read_dir(&self.out) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::os("read", &self.out, error)),
        };
        let folder = OutputFolder::open(&self.out)?;
        let marker = read_marker(&self.out);
        if marker.is_some()
            && let Some(manifest) = Manifest::read(&self.state.path(LIVE)).filter(|known| Some(known.id) == marker)
        {
            return Ok(Some(Live::new(folder, pending::complete(&self.state, manifest))));
        }
        let holds_nothing = |name: &std::ffi::OsStr| name == ASIDE || name.to_str().is_some_and(keeps_a_folder);
        let bare = names.flatten().all(|found| holds_nothing(&found.file_name()));
        if marker.is_none() && !bare && !self.adopt {
            let begun = pending::of_a_first_build(&self.state);
            if let Some(begun) = begun {
                return Ok(Some(Live::new(folder, begun)));
            }
            let message = format!("the output folder `{at}` holds files that limber did not write");
            return Err(WriteError::new(&self.out, message).help(
                "choose another output folder, or say `--adopt`: then files of the same name are replaced, and all others stay",
            ));
        }
        Ok(Some(Live::unknown(folder, !bare)))
    }

    /// The record of a site that is being put together, until it is live.
    pub(super) fn next_record(&self) -> PathBuf {
        self.state.path(NEXT)
    }
}

/// The output folder with everything above it resolved. It need not exist, but it must not be a link.
pub(super) fn locate(out: &Path) -> Result<PathBuf, WriteError> {
    // Without a slash at the end, which would make the system follow a link.
    let plain: PathBuf = out.components().collect();
    match fs::symlink_metadata(&plain) {
        Ok(found) if found.is_symlink() => {
            let message = format!("the output folder `{}` is a symbolic link", out.display());
            return Err(WriteError::new(out, message).help("name the folder it leads to, or remove the link"));
        }
        Ok(found) if !found.is_dir() => {
            let message = format!("the output folder `{}` is not a folder", out.display());
            return Err(WriteError::new(out, message).help("choose another output folder"));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(WriteError::os("read", out, error));
        }
        _ => {}
    }
    let path = resolve(&plain)?;
    if path.file_name().is_none() {
        let message = format!("`{}` cannot be the output folder", out.display());
        return Err(WriteError::new(out, message).help("choose a folder of its own, such as `public`"));
    }
    Ok(path)
}

/// The real path: what exists is resolved, what does not is appended.
fn resolve(path: &Path) -> Result<PathBuf, WriteError> {
    let failed = |error| WriteError::os("find", path, error);
    let path = std::path::absolute(path).map_err(failed)?;
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
        match fs::canonicalize(&real) {
            Ok(found) => real = found,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(real)
}

fn keep_apart(out: &Path, source: &Path, named: &Path, why: &str) -> Result<(), WriteError> {
    let relation = if out == source {
        "is"
    } else if out.starts_with(source) {
        "lies in"
    } else if source.starts_with(out) {
        "holds"
    } else {
        return Ok(());
    };
    let message = format!("the output folder `{}` {relation} `{}`, {why}", out.display(), named.display());
    Err(WriteError::new(out, message).help("choose a folder of its own, such as `public` beside the content"))
}

/// Refuses what is no path of a site, whoever asked for it.
pub(super) fn check_path(path: &str) -> Result<(), WriteError> {
    let refuse = |why: &str| Err(WriteError::new(path, format!("cannot write `{}`: {why}", path.escape_debug())));
    if path.is_empty() {
        return refuse("the path is empty");
    }
    if path.starts_with('/') {
        return refuse("the path is absolute");
    }
    if path.contains(['\0', '\\']) {
        return refuse("the path holds a character that no URL path should");
    }
    let first = path.split('/').next().unwrap_or_default();
    if first == MARKER || first == ASIDE {
        return refuse("limber keeps its own note under this name");
    }
    match path.split('/').find(|part| matches!(*part, "" | "." | "..")) {
        Some("") => refuse("part of the path is empty"),
        Some(_) => refuse("the path holds `.` or `..`"),
        None => Ok(()),
    }
}

//! Finding the files of a project. Links that leave it are never followed.

use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::text::{UnreadSource, reason, unreadable};
use super::{Loading, is_text};
use crate::diagnostics::{Code, Diagnostic};
use crate::folders::is_below;
use crate::ignored::is_left_behind;
use crate::model::source::FileStamp;
use crate::span::Place;

/// What becomes of files whose names begin with a dot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DotFiles {
    /// They are skipped.
    Skipped,
    /// Hosts want some of them: `.well-known`, `.htaccess`.
    Taken,
}

impl DotFiles {
    /// Whether a file or folder of this name is passed over.
    pub(super) fn skips(self, name: &str) -> bool {
        is_left_behind(name) || self == Self::Skipped && name.starts_with('.')
    }
}

impl Loading<'_> {
    /// All plain files below a folder of the project, sorted; an empty name is the project itself. What programs leave behind,
    /// and what the site leaves out, is passed over before anything else is asked about it. Links that leave the project are
    /// refused, pipes and devices are skipped; neither is ever opened.
    pub(super) fn walk(&mut self, folder: &str, hidden: DotFiles) -> Vec<UnreadSource> {
        let mut paths = Vec::new();
        let below = |path: &&String| is_below(path, folder) && !self.passes_over(path, folder, hidden);
        let tops: Vec<PathBuf> = match self.named {
            None => vec![self.root.join(folder)],
            Some(named) => named.iter().filter(below).map(|path| self.root.join(path)).collect(),
        };
        for top in tops.iter().filter(|top| fs::symlink_metadata(top).is_ok()) {
            self.walk_from(top, folder, hidden, &mut paths);
        }
        paths.sort_unstable();
        let asked: Vec<_> = paths.par_iter().map(|(_, file, ask)| ask.then(|| fs::metadata(file))).collect();
        let mut found = Vec::with_capacity(paths.len());
        for ((path, file, _), asked) in paths.into_iter().zip(asked) {
            match asked {
                None => found.push(UnreadSource { path, hash: None, file, stamp: None }),
                Some(Ok(metadata)) if metadata.is_file() => {
                    self.linked |= has_other_names(&metadata);
                    found.push(UnreadSource { path, hash: None, file, stamp: Some(stamp(&metadata)) });
                }
                Some(Ok(_)) => self.special(path, Code::FileSpecial),
                // Whoever reads it will say so, and its entry keeps its name.
                Some(Err(_)) if self.folders.contain(&path) && is_text(&path, &self.folders) => {
                    found.push(UnreadSource { path, hash: None, file, stamp: None });
                }
                Some(Err(error)) => self.diagnostics.push(unreadable(&path, &error)),
            }
        }
        found
    }

    /// Adds all files below a folder, by their paths in the project, and whether more has to be asked about each.
    fn walk_from(&mut self, top: &Path, folder: &str, hidden: DotFiles, paths: &mut Vec<(Arc<str>, PathBuf, bool)>) {
        let mut walk = WalkDir::new(top).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk_error(&error, folder, hidden);
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let shown = || {
                let path = entry.path().strip_prefix(self.root).unwrap_or(entry.path());
                path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
            };
            let is_named = || match self.relative(entry.path()) {
                Some(path) => self.ignored.contains(&path) || self.is_elsewhere(&path, folder, hidden),
                None => self.ignored.contains(&shown()),
            };
            if entry.depth() > 0 && (entry.file_name().to_str().is_some_and(|name| hidden.skips(name)) || is_named()) {
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            if is_folder && entry.depth() > 0 && hidden == DotFiles::Skipped && is_output(entry.path()) {
                walk.skip_current_dir();
                continue;
            }
            if entry.depth() == 1
                && folder.is_empty()
                && entry.file_name().to_str().is_some_and(|n| !self.folders.contain(n))
            {
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            let Some(path) = self.relative(entry.path()) else {
                let path: Arc<str> = shown().into();
                let diagnostic = Diagnostic::new(
                    Code::FileUnreadable,
                    Place::whole(&path),
                    "the name of this file is not valid UTF-8",
                );
                self.diagnostics.push(diagnostic.help("rename the file"));
                continue;
            };
            if entry.path_is_symlink() {
                (self.linked, self.has_links) = (true, true);
                if hidden == DotFiles::Skipped
                    && let Ok(real) = entry.path().canonicalize()
                {
                    self.content_links.push((real, path.clone()));
                }
                if self.leaves(entry.path()) {
                    self.refuse_link(&path);
                    if is_folder {
                        walk.skip_current_dir();
                    }
                    continue;
                }
            }
            if !is_folder {
                let later = self.unread && self.folders.contain(&path) && is_text(&path, &self.folders);
                let ask = !later || !entry.file_type().is_file();
                paths.push((path, entry.into_path(), ask));
            }
        }
    }

    /// Whether a path below a folder, or a folder above it, is passed over.
    fn passes_over(&self, path: &str, folder: &str, hidden: DotFiles) -> bool {
        let above = path.match_indices('/').map(|(at, _)| at).filter(|at| *at > folder.len());
        path[folder.len()..].split('/').any(|name| hidden.skips(name))
            || path != folder && self.ignored.contains(path)
            || self.is_elsewhere(path, folder, hidden)
            || hidden == DotFiles::Skipped && above.into_iter().any(|at| is_output(&self.root.join(&path[..at])))
    }

    /// Whether a path among other files is that of a static file, which goes into the site as it is.
    fn is_elsewhere(&self, path: &str, folder: &str, hidden: DotFiles) -> bool {
        let fixed = || self.folders.static_folder(path).filter(|fixed| !is_below(folder, &fixed.path));
        hidden == DotFiles::Skipped && fixed().is_some_and(|fixed| !self.folders.have_content_at(fixed, path))
    }

    fn walk_error(&mut self, error: &walkdir::Error, folder: &str, hidden: DotFiles) {
        let path: Arc<str> = error.path().and_then(|path| self.relative(path)).unwrap_or_else(|| folder.into());
        if is_below(&path, folder) && self.passes_over(&path, folder, hidden) {
            return;
        }
        let place = Place::whole(&path);
        self.diagnostics.push(if error.loop_ancestor().is_some() {
            let diagnostic =
                Diagnostic::new(Code::FileLinkRefused, place, "this link runs in a circle: it is not followed");
            diagnostic.help("remove the link")
        } else if fs::symlink_metadata(self.root.join(&*path)).is_ok_and(|metadata| metadata.is_symlink()) {
            let diagnostic = Diagnostic::new(Code::FileLinkRefused, place, "this link leads to nothing");
            diagnostic.help("remove the link, or put back what it pointed to")
        } else {
            let error = error.io_error().map_or_else(|| error.to_string(), reason);
            let message = format!("this cannot be read: {error}");
            Diagnostic::new(Code::FileUnreadable, place, message).help("check its permissions")
        });
    }

    pub(super) fn refuse_link(&mut self, path: &Arc<str>) {
        let message = "this link leads out of the project: it is not followed";
        let diagnostic = Diagnostic::new(Code::FileLinkRefused, Place::whole(path), message);
        self.diagnostics.push(diagnostic.help("copy what it points to into the project"));
    }

    pub(super) fn leaves(&self, path: &Path) -> bool {
        match (path.canonicalize(), &self.real_root) {
            (Ok(real), Some(root)) => {
                !real.starts_with(root) && !self.linked_folders.iter().any(|folder| real.starts_with(folder))
            }
            _ => true,
        }
    }

    fn relative(&self, path: &Path) -> Option<Arc<str>> {
        let below = path.strip_prefix(self.root).ok()?.to_str()?;
        Some(if MAIN_SEPARATOR == '/' { below.into() } else { below.replace(MAIN_SEPARATOR, "/").into() })
    }

    pub(super) fn special(&mut self, path: Arc<str>, code: Code) {
        let diagnostic = Diagnostic::new(code, Place::whole(&path), "this is no plain file: it is skipped");
        self.diagnostics.push(diagnostic.help("put a plain file in its place, or remove it"));
    }
}

/// Whether a folder is the output of a build, which is content of no site: it has the marker of one. Below `static/` such a
/// folder may be a finished site that somebody put there.
fn is_output(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(".limber")).is_ok_and(|marker| marker.is_file())
}

pub(super) fn stamp(metadata: &fs::Metadata) -> FileStamp {
    let since = |time: io::Result<SystemTime>| {
        time.ok()
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos() as u64)
    };
    FileStamp { length: metadata.len(), modified: since(metadata.modified()), inode: inode(metadata) }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ino()
}

/// Whether the file system knows the file under other names, too.
#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

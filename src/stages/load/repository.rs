//! Files of the repository that are no part of the site, to which texts may link on a code host.

use std::path::Path;

use super::held_back::held_back_text;
use super::text::UnreadSource;

/// What lies where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryFile {
    /// A file or folder that readers may see, as far as can be told.
    There,
    /// Nothing.
    Missing,
    /// A text that a mark such as `draft: true` keeps back.
    HeldBack,
}

/// Looks where a path leads that counts from the folder of a project. What lies above the project is known only where all of its
/// repository is there.
pub fn in_repository(root: &Path, path: &str) -> RepositoryFile {
    let file = root.join(path);
    let is_above = path.starts_with("../");
    let top =
        || root.canonicalize().ok()?.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf);
    let is_inside = |top: &Path| file.canonicalize().map_or(true, |file| file.starts_with(top));
    if is_above && !top().is_some_and(|top| is_inside(&top)) {
        return RepositoryFile::There;
    }
    if !file.exists() {
        return RepositoryFile::Missing;
    }
    let found = UnreadSource { path: path.into(), hash: None, file, stamp: None };
    match found.file.is_file() && held_back_text(&found).is_ok_and(|held| held.is_some()) {
        true => RepositoryFile::HeldBack,
        false => RepositoryFile::There,
    }
}

//! Files in an output folder that say nothing of what it is for.

use std::ffi::OsStr;

/// Whether a file only keeps a folder there, or was put there by the system: with nothing else, the folder is as good as empty.
pub(super) fn keeps_a_folder(name: &OsStr) -> bool {
    const NAMES: [&str; 6] = [".gitkeep", ".keep", ".gitignore", ".git", ".DS_Store", "lost+found"];
    NAMES.iter().any(|known| name == *known)
}

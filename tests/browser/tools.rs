//! The checkers from npm, as `.ci/run` installs them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::webdriver::skip;

/// The folder of an installed package; none where it is missing, and then the terminal says that the test is skipped.
pub fn package(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-tools/node_modules").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!("`{name}` is not in target/browser-tools: `.ci/run` installs it in its first step"));
    None
}

/// The script of axe-core, which finds what shuts readers out.
pub fn axe() -> Option<String> {
    let file = package("axe-core")?.join("axe.min.js");
    Some(fs::read_to_string(file).expect("the script of axe-core"))
}

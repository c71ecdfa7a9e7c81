//! What Docsify says in the page that starts it, and in the lists of links in its frame.

use std::path::Path;

use super::config::{DraftListed, DraftMenuItem};
use super::seen::FolderContents;
use super::summary::literate;
use super::targets::{file, target};

/// What its settings are called in a program.
pub(super) const SETTINGS: &str = "$docsify";
/// The texts of its frame.
pub(super) const FRAME: [&str; 4] = ["_sidebar.md", "_navbar.md", "_coverpage.md", "_404.md"];

/// The texts in the order and the groups of its sidebar.
pub(super) fn contents(texts: &Path, all: &[&str]) -> Vec<DraftListed> {
    let listed = |item: DraftListed| match &item.path {
        Some(path) if path.contains("://") => DraftListed { title: None, path: None, ..item },
        Some(path) => DraftListed { path: file(page(path), all), ..item },
        None => item,
    };
    read(texts, FRAME[0]).into_iter().map(listed).collect()
}

/// The links of its menu.
pub(super) fn menu(texts: &Path, seen: &FolderContents, folder: &str) -> Vec<DraftMenuItem> {
    let items = read(texts, FRAME[1]).into_iter().filter(|item| item.depth == 0);
    let item = |item: DraftListed| {
        let (title, path) = (item.title?, item.path.filter(|path| !path.contains("://"))?);
        Some(DraftMenuItem { title, to: target(page(&path), seen, folder) })
    };
    items.filter_map(item).collect()
}

fn read(texts: &Path, name: &str) -> Vec<DraftListed> {
    std::fs::read_to_string(texts.join(name)).map_or_else(|_| Vec::new(), |text| literate(&text))
}

/// The page in an address, which may stand behind `#`.
fn page(path: &str) -> &str {
    path.strip_prefix("#/").or_else(|| path.strip_prefix("/#/")).unwrap_or(path)
}

//! What addresses and ids in the configuration of a tool mean: texts, or addresses of the site.

use super::config::DraftTarget;
use super::seen::FolderContents;
use crate::folders::without_extension;
use crate::url::unnumbered;

/// What an address in the menu of a tool means: a text, wherever that will lie, or else an address of the site.
pub(super) fn target(to: &str, seen: &FolderContents, folder: &str) -> DraftTarget {
    let address = || {
        let to = if to.contains("://") || to.starts_with('/') { to.to_string() } else { format!("/{to}") };
        let is_folder = !to.contains("://") && !to.ends_with('/') && !to.contains(['.', '#', '?']);
        DraftTarget::Address(if is_folder { format!("{to}/") } else { to })
    };
    if to.contains(['#', '?', ':']) || to.trim_matches('/').is_empty() {
        return address();
    }
    let path = file(to, &seen.below(folder)).map(|path| seen_path(folder, &path));
    path.map_or_else(address, DraftTarget::Text)
}

fn seen_path(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") }
}

/// The text that an address or an id of a sidebar means.
pub(super) fn file(name: &str, all: &[&str]) -> Option<String> {
    let name = name.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let name = name.trim_end_matches(".html");
    let name = without_extension(name).unwrap_or(name);
    // Numbers before names give their order and belong to no address.
    let plain = |path: &str| path.split('/').map(unnumbered).collect::<Vec<_>>().join("/");
    let is_meant = |path: &&&str| {
        let stem = without_extension(path).unwrap_or(path);
        let folder = ["index", "README", "_index"].iter().find_map(|end| stem.strip_suffix(end));
        let folder = folder
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .map(|folder| folder.trim_end_matches('/'));
        [Some(stem), folder].into_iter().flatten().any(|own| own == name || plain(own) == name)
    };
    let is_name = |path: &&&str| without_extension(path) == Some(name);
    all.iter().find(is_name).or_else(|| all.iter().find(is_meant)).map(|path| (*path).to_string())
}

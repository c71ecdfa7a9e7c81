//! What belongs to drafts alone is published with them, and not before.

use std::collections::HashSet;
use std::sync::Arc;

use crate::folders::without_extension;
use crate::model::doc::Doc;
use crate::model::source::AssetFile;

/// The files without those of drafts: what lies in the folder of a draft's own, and what drafts alone refer to.
pub(super) fn published(mut files: Vec<AssetFile>, docs: &[Arc<Doc>]) -> Vec<AssetFile> {
    let (drafts, others): (Vec<_>, Vec<_>) = docs.iter().partition(|doc| doc.draft);
    if drafts.is_empty() {
        return files;
    }
    let own_folder = |doc: &Arc<Doc>| {
        let (folder, name) = doc.path().rsplit_once('/')?;
        matches!(without_extension(name), Some("index" | "_index")).then(|| format!("{folder}/"))
    };
    let folders: Vec<String> = drafts.iter().copied().filter_map(own_folder).collect();
    let of_drafts: HashSet<&str> = drafts.iter().flat_map(|doc| doc.files()).collect();
    let of_others: HashSet<&str> = others.iter().flat_map(|doc| doc.files()).collect();
    let is_hidden = |path: &str| of_drafts.contains(path) || folders.iter().any(|folder| path.starts_with(folder));
    files.retain(|file| {
        ["static/", "theme/"].iter().any(|folder| file.path.starts_with(folder))
            || of_others.contains(&*file.path)
            || !is_hidden(&file.path)
    });
    files
}

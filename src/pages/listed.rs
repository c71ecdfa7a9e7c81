//! The contents of a kind as a tree: groups, and entries with others below them.

use std::collections::HashMap;

use crate::model::kind::Listed;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};

/// A group or an entry of the contents.
pub(super) struct ListedBranch<'s> {
    /// The entry; none for a group.
    pub id: Option<EntryId>,
    /// What the contents call it.
    pub title: Option<&'s str>,
    pub below: Vec<ListedBranch<'s>>,
}

/// The tree of a kind whose contents have one. Entries that they do not list stand behind all others.
pub(super) fn tree(site: &Site, kind: KindId) -> Option<Vec<ListedBranch<'_>>> {
    let contents = &site.schema.kind(kind).contents;
    if contents.iter().all(|listed| listed.path.is_some() && listed.depth == 0) {
        return None;
    }
    let folder = site.schema.folder_of(kind);
    let path = |id: EntryId| site.entry(id).doc.path().strip_prefix(folder);
    let mut ids: HashMap<&str, EntryId> =
        site.listed(kind).into_iter().filter_map(|id| Some((path(id)?, id))).collect();
    let mut rest = contents.as_slice();
    let mut tree = branches(&mut rest, 0, &mut ids);
    let others = site.listed(kind).into_iter().filter(|id| path(*id).is_some_and(|path| ids.contains_key(path)));
    tree.extend(others.map(|id| ListedBranch { id: Some(id), title: None, below: Vec::new() }));
    Some(tree)
}

/// What stands at a depth before anything above it. Entries are taken, so that each stands once.
fn branches<'s>(rest: &mut &'s [Listed], depth: usize, ids: &mut HashMap<&str, EntryId>) -> Vec<ListedBranch<'s>> {
    let mut found = Vec::new();
    while let Some((listed, behind)) = rest.split_first().filter(|(listed, _)| listed.depth >= depth) {
        *rest = behind;
        let id = listed.path.as_deref().and_then(|path| ids.remove(path));
        let below = branches(rest, listed.depth + 1, ids);
        // What is not there, or held back, leaves what stands below it.
        match (id, listed.title.as_deref()) {
            (None, None) => found.extend(below),
            (None, Some(_)) if below.is_empty() => {}
            (id, title) => found.push(ListedBranch { id, title, below }),
        }
    }
    found
}

//! The entries of a kind beside its pages: by folder, or in their order.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::listed::{ListedBranch, tree};
use crate::cards::text_or_none;
use crate::model::kind::Navigation;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::shown::extended;
use crate::templates::{ShownValue, list, map, none};
use crate::url::slug;

/// Up to so many entries all of them are shown. Of longer kinds a page shows its own folder, and one link for each other.
const WHOLE: usize = 100;

/// The folders of the kinds that ask for it.
#[derive(Default)]
pub struct NavigationFolders(BTreeMap<KindId, Vec<NavigationFolder>>);

/// A folder of the first level, or the entries that lie in none.
struct NavigationFolder {
    /// What it is called; nothing for the entries that lie in none.
    title: String,
    entries: Vec<EntryId>,
    /// The rows of all entries; none where they are too many.
    rows: Vec<NavigationRow>,
    /// The row of the first one.
    first: Vec<NavigationRow>,
    /// Whether the rows are a tree that the declaration of the kind has: then of a long one only the branch of the page is open.
    is_tree: bool,
}

/// A row beside the page. It is made once: most pages show it as it is.
struct NavigationRow {
    /// The entry that it leads to. None for a folder that nothing stands for.
    id: Option<EntryId>,
    /// As pages of other entries show it.
    shown: ShownValue,
    /// The same without what stands below it.
    closed: ShownValue,
    below: Vec<NavigationRow>,
}

impl NavigationFolder {
    fn new(title: String, entries: Vec<EntryId>) -> Self {
        Self { title, entries, rows: Vec::new(), first: Vec::new(), is_tree: false }
    }
}

impl NavigationRow {
    fn new(id: Option<EntryId>, title: &str, url: ShownValue, below: Vec<NavigationRow>) -> Self {
        let items = list(below.iter().map(|row| row.shown.clone()));
        let shown = map([("title", title.into()), ("url", url), ("current", false.into()), ("items", items)]);
        let closed = extended(&shown, [("items", list([]))]);
        Self { id, shown, closed, below }
    }

    /// A branch of a tree. A group without an entry leads to the first one in it where it is closed.
    fn of_branch(site: &Site, branch: &ListedBranch<'_>) -> Self {
        let below: Vec<_> = branch.below.iter().map(|branch| Self::of_branch(site, branch)).collect();
        let url = |id: EntryId| ShownValue::from(site.schema.base_url.rooted(&site.entry(id).url));
        let name = branch.id.map(|id| site.entry(id).doc.name()).unwrap_or_default();
        let title = branch.title.unwrap_or(name);
        let first = branch.first();
        let row = Self::new(branch.id, title, branch.id.map_or_else(none, url), below);
        match (branch.id, first) {
            (None, Some(first)) => Self { closed: extended(&row.closed, [("url", url(first))]), ..row },
            _ => row,
        }
    }

    fn of(site: &Site, id: EntryId, below: Vec<NavigationRow>) -> Self {
        let entry = site.entry(id);
        let url = site.schema.base_url.rooted(&entry.url);
        Self::new(Some(id), entry.doc.name(), url.into(), below)
    }

    fn holds(&self, id: EntryId) -> bool {
        self.id == Some(id) || self.below.iter().any(|row| row.holds(id))
    }

    /// As the page of an entry shows it.
    fn on_page_of(&self, current: EntryId) -> ShownValue {
        if !self.holds(current) {
            return self.shown.clone();
        }
        let own = self.id == Some(current);
        extended(&self.shown, [("current", own.into()), ("items", on_page_of(&self.below, current))])
    }
}

/// The rows of a long tree: what stands below one only where the page is there, and of many rows those next to it.
fn open_on_page_of(rows: &[NavigationRow], current: EntryId) -> ShownValue {
    let at = rows.iter().position(|row| row.holds(current));
    let from = if rows.len() > WHOLE { at.unwrap_or_default().saturating_sub(WHOLE / 2) } else { 0 };
    let shown = rows.iter().enumerate().skip(from).take(WHOLE);
    list(shown.map(|(number, row)| match at == Some(number) {
        true if row.below.is_empty() => row.on_page_of(current),
        true => extended(
            &row.shown,
            [("current", (row.id == Some(current)).into()), ("items", open_on_page_of(&row.below, current))],
        ),
        false => row.closed.clone(),
    }))
}

fn on_page_of(rows: &[NavigationRow], current: EntryId) -> ShownValue {
    list(rows.iter().map(|row| row.on_page_of(current)))
}

impl NavigationFolders {
    /// Those of a site.
    pub fn new(site: &Site) -> Self {
        let asked = site.schema.kind_ids().filter(|id| site.schema.kind(*id).navigation.is_some());
        let shown = |id| match tree(site, id) {
            Some(tree) => of_tree(site, tree),
            None => with_rows(site, folders(site, id)),
        };
        Self(asked.map(|id| (id, shown(id))).collect())
    }

    /// What the page of an entry shows; none where its kind does not ask for it.
    pub(super) fn shown(&self, site: &Site, id: EntryId) -> ShownValue {
        let kind = site.entry(id).doc.kind;
        let Some(folders) = self.0.get(&kind) else { return none() };
        let whole = is_whole(folders);
        let groups = folders.iter().map(|folder| {
            let own = folder.entries.contains(&id);
            let items = match () {
                () if folder.is_tree && !whole => open_on_page_of(&folder.rows, id),
                () if whole || folder.entries.len() <= WHOLE && own => on_page_of(&folder.rows, id),
                () if own => on_page_of(&rows(site, around(&folder.entries, id)), id),
                () => on_page_of(&folder.first, id),
            };
            map([
                ("title", text_or_none(Some(folder.title.as_str()).filter(|title| !title.is_empty()))),
                ("items", items),
            ])
        });
        map([("title", site.schema.kind(kind).title.as_str().into()), ("groups", list(groups))])
    }
}

/// Whether every page shows all entries.
fn is_whole(folders: &[NavigationFolder]) -> bool {
    folders.iter().map(|folder| folder.entries.len()).sum::<usize>() <= WHOLE
}

/// The groups of the first level, and what stands between them.
fn of_tree(site: &Site, tree: Vec<ListedBranch<'_>>) -> Vec<NavigationFolder> {
    let mut folders: Vec<NavigationFolder> = Vec::new();
    let begin =
        |title: &str| NavigationFolder { is_tree: true, ..NavigationFolder::new(title.to_string(), Vec::new()) };
    for branch in tree {
        let entries = branch.entries();
        match (branch.id, branch.title) {
            (None, Some(title)) => {
                let rows = branch.below.iter().map(|branch| NavigationRow::of_branch(site, branch)).collect();
                folders.push(NavigationFolder { entries, rows, ..begin(title) });
            }
            _ => {
                if folders.last().is_none_or(|last| !last.title.is_empty()) {
                    folders.push(begin(""));
                }
                if let Some(last) = folders.last_mut() {
                    last.entries.extend(entries);
                    last.rows.push(NavigationRow::of_branch(site, &branch));
                }
            }
        }
    }
    folders
}

fn with_rows(site: &Site, mut folders: Vec<NavigationFolder>) -> Vec<NavigationFolder> {
    for folder in &mut folders {
        if folder.entries.len() <= WHOLE {
            folder.rows = rows(site, &folder.entries);
        }
        folder.first = rows(site, &folder.entries[..folder.entries.len().min(1)]);
    }
    folders
}

/// The entries next to one.
fn around(entries: &[EntryId], id: EntryId) -> &[EntryId] {
    let at = entries.iter().position(|entry| *entry == id).unwrap_or_default();
    let from = at.saturating_sub(WHOLE / 2);
    &entries[from..entries.len().min(from + WHOLE)]
}

fn folders(site: &Site, kind: KindId) -> Vec<NavigationFolder> {
    let by_folder = site.schema.kind(kind).navigation == Some(Navigation::Folders);
    let mut folders: Vec<(String, NavigationFolder)> =
        vec![(String::new(), NavigationFolder::new(String::new(), Vec::new()))];
    for id in site.listed(kind) {
        let slug = &site.entry(id).doc.slug;
        let name = if by_folder { slug.split_once('/').map_or("", |(folder, _)| folder) } else { "" };
        match folders.iter_mut().find(|(known, _)| known == name) {
            Some((_, folder)) => folder.entries.push(id),
            None => {
                folders.push((name.to_string(), NavigationFolder::new(titled(site, id, name), vec![id])));
            }
        }
    }
    let declared = site.schema.kind(kind);
    if declared.order.is_empty() && declared.contents.is_empty() {
        folders[1..].sort_by(|a, b| a.0.cmp(&b.0));
    }
    // The entry that stands for a folder is the first one in it.
    let loose = std::mem::take(&mut folders[0].1.entries);
    for id in loose {
        let slug = site.entry(id).doc.slug.as_str();
        match folders.iter_mut().find(|(name, _)| !name.is_empty() && name == slug) {
            Some((_, folder)) => folder.entries.insert(0, id),
            None => folders[0].1.entries.push(id),
        }
    }
    folders.into_iter().map(|(_, folder)| folder).filter(|folder| !folder.entries.is_empty()).collect()
}

/// What a folder in which an entry lies is called: as the entry that stands for it, else by its name as it was typed.
fn titled(site: &Site, inside: EntryId, folder: &str) -> String {
    let doc = &site.entry(inside).doc;
    if let Some(id) = site.find(doc.kind, folder) {
        return site.entry(id).doc.name().to_string();
    }
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let path = doc.path().strip_prefix(site.schema.folder_of(doc.kind)).unwrap_or_default();
    let typed = path.split('/').nth(folder.matches('/').count()).filter(|typed| slug(typed) == name);
    let words = typed.unwrap_or(name).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Entries, and below them those of the folders for which they stand. Entries two and more folders deep stand below their
/// folder.
fn rows(site: &Site, entries: &[EntryId]) -> Vec<NavigationRow> {
    let slug = |id: EntryId| site.entry(id).doc.slug.as_str();
    let folder = |id: EntryId| slug(id).rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_deep = |id: EntryId| slug(id).matches('/').count() > 1;
    let slugs: HashSet<&str> = entries.iter().map(|id| slug(*id)).collect();
    let mut deep: HashMap<&str, Vec<EntryId>> = HashMap::new();
    for id in entries.iter().copied().filter(|id| is_deep(*id)) {
        deep.entry(folder(id)).or_default().push(id);
    }
    let mut rows = Vec::new();
    for id in entries.iter().copied() {
        if !is_deep(id) {
            rows.push(NavigationRow::of(site, id, rows_below(site, slug(id), &mut deep)));
        } else if !slugs.contains(folder(id)) && deep.contains_key(folder(id)) {
            let below = rows_below(site, folder(id), &mut deep);
            rows.push(NavigationRow::new(None, &titled(site, id, folder(id)), none(), below));
        }
    }
    rows
}

/// What lies in a folder, and in the folders for which its entries stand; taken out of `deep`.
fn rows_below(site: &Site, folder: &str, deep: &mut HashMap<&str, Vec<EntryId>>) -> Vec<NavigationRow> {
    let ids = deep.remove(folder).unwrap_or_default();
    ids.into_iter().map(|id| NavigationRow::of(site, id, rows_below(site, &site.entry(id).doc.slug, deep))).collect()
}

//! The entries of a kind beside its pages: by folder, in their order, or below those that they name.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::listed::{ListedBranch, tree};
use crate::cards::text_or_none;
use crate::collation::Collation;
use crate::model::kind::{FromKeys, Navigation};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;
use crate::shown::extended;
use crate::templates::{ShownValue, list, map, none};
use crate::url::slug;
use crate::yaml::Yaml;

/// Up to so many entries every page shows all of them. Of longer kinds a page shows what lies around it, and one link for each
/// other folder.
const WHOLE: usize = 100;
/// Up to so many entries that lie in no folder stand beside every page.
const LOOSE: usize = 20;
/// So many levels deep entries stand below others.
const DEEPEST: usize = 8;

/// The navigation of the kinds that ask for it.
#[derive(Default)]
pub struct NavigationFolders(BTreeMap<KindId, KindNavigation>);

/// The navigation of one kind.
struct KindNavigation {
    groups: Vec<NavigationGroup>,
    /// Where each entry stands: the number of its group, of the row there, of the row below that.
    places: FxHashMap<EntryId, Vec<usize>>,
    /// Whether every page shows all entries.
    is_whole: bool,
}

/// A folder of the first level, or the entries that lie in none.
struct NavigationGroup {
    /// What it is called; nothing for the entries that lie in none.
    title: String,
    rows: Vec<NavigationRow>,
}

/// A row beside the page. It is made once: most pages show it as it is.
struct NavigationRow {
    /// The entry that it leads to. None for a folder that nothing stands for.
    id: Option<EntryId>,
    /// As pages of other entries show it.
    shown: ShownValue,
    below: Vec<NavigationRow>,
}

impl NavigationRow {
    fn new(id: Option<EntryId>, title: &str, url: ShownValue, below: Vec<Self>) -> Self {
        let items = list(below.iter().map(|row| row.shown.clone()));
        let shown = map([("title", title.into()), ("url", url), ("current", false.into()), ("items", items)]);
        Self { id, shown, below }
    }

    fn of(site: &Site, id: EntryId, below: Vec<Self>) -> Self {
        let entry = site.entry(id);
        let url = site.schema.base_url.rooted(&entry.url);
        Self::new(Some(id), entry.doc.name(), url.into(), below)
    }

    /// A branch of the contents that the kind declares.
    fn of_branch(site: &Site, branch: &ListedBranch<'_>) -> Self {
        let below = branch.below.iter().map(|branch| Self::of_branch(site, branch)).collect();
        let url = |id: EntryId| site.schema.base_url.rooted(&site.entry(id).url).into();
        let name = branch.id.map(|id| site.entry(id).doc.name()).unwrap_or_default();
        Self::new(branch.id, branch.title.unwrap_or(name), branch.id.map_or_else(none, url), below)
    }

    /// The row without those below it. It leads to the first of them where it leads nowhere itself.
    fn closed(&self, site: &Site) -> ShownValue {
        let url = self.first().map_or_else(none, |id| site.schema.base_url.rooted(&site.entry(id).url).into());
        extended(&self.shown, [("url", url), ("items", list([]))])
    }

    fn first(&self) -> Option<EntryId> {
        self.id.or_else(|| self.below.iter().find_map(Self::first))
    }
}

impl NavigationFolders {
    /// Those of a site.
    pub fn new(site: &Site) -> Self {
        let asked = site.schema.kind_ids().filter(|id| site.schema.kind(*id).navigation.is_some());
        Self(asked.map(|id| (id, KindNavigation::new(site, id))).collect())
    }

    /// What the page of an entry shows; none where its kind does not ask for it.
    pub(super) fn shown(&self, site: &Site, id: EntryId) -> ShownValue {
        let kind = site.entry(id).doc.kind;
        self.0.get(&kind).map_or_else(none, |navigation| navigation.shown(site, kind, Some(id)))
    }

    /// What the home page shows: that of its kind, or else of the first kind that asks for it.
    pub(super) fn of_home(&self, site: &Site, written: Option<EntryId>) -> ShownValue {
        let own = written.map(|id| site.entry(id).doc.kind).and_then(|kind| self.0.get_key_value(&kind));
        let first = || self.0.iter().next();
        own.or_else(first).map_or_else(none, |(kind, navigation)| navigation.shown(site, *kind, written))
    }
}

impl KindNavigation {
    fn new(site: &Site, kind: KindId) -> Self {
        let groups = match (tree(site, kind), &site.schema.kind(kind).navigation) {
            (Some(tree), _) => of_tree(site, &tree),
            (None, Some(Navigation::Parent(key))) => families(site, kind, key),
            (None, Some(Navigation::Folders)) => folders(site, kind),
            (None, Some(Navigation::Order) | None) => {
                vec![NavigationGroup { title: String::new(), rows: rows(site, &site.listed(kind), None) }]
            }
        };
        let groups: Vec<_> = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
        let mut places = FxHashMap::default();
        for (number, group) in groups.iter().enumerate() {
            note_places(&group.rows, &[number], &mut places);
        }
        let is_whole = places.len() <= WHOLE;
        Self { groups, places, is_whole }
    }

    fn shown(&self, site: &Site, kind: KindId, current: Option<EntryId>) -> ShownValue {
        let place = current.and_then(|id| self.places.get(&id)).map_or(&[][..], Vec::as_slice);
        let groups = self.groups.iter().enumerate().map(|(number, group)| {
            let is_own = place.first() == Some(&number);
            let is_shown = is_own || self.is_whole || group.title.is_empty() && group.rows.len() <= LOOSE;
            let items = match is_shown {
                true => self.branch(site, &group.rows, if is_own { &place[1..] } else { &[] }),
                false => list([]),
            };
            let url = group.rows.first().filter(|_| !is_shown).and_then(NavigationRow::first);
            let url = url.map_or_else(none, |id| site.schema.base_url.rooted(&site.entry(id).url).into());
            let of_kind = || Some(site.schema.kind(kind).title.as_str()).filter(|_| !is_shown);
            let title = Some(group.title.as_str()).filter(|title| !title.is_empty()).or_else(of_kind);
            map([("title", text_or_none(title)), ("url", url), ("items", items)])
        });
        map([("title", site.schema.kind(kind).title.as_str().into()), ("groups", list(groups))])
    }

    /// Rows of which the one at a place is open.
    fn branch(&self, site: &Site, rows: &[NavigationRow], place: &[usize]) -> ShownValue {
        let shown = if self.is_whole { 0..rows.len() } else { around(rows.len(), place.first().copied()) };
        list(shown.map(|at| {
            let row = &rows[at];
            match place.split_first() {
                Some((open, rest)) if *open == at => {
                    let items = self.branch(site, &row.below, rest);
                    extended(&row.shown, [("current", rest.is_empty().into()), ("items", items)])
                }
                _ if self.is_whole => row.shown.clone(),
                _ => row.closed(site),
            }
        }))
    }
}

/// So many of a number of rows as are shown, around one.
fn around(len: usize, at: Option<usize>) -> Range<usize> {
    let from = at.unwrap_or_default().saturating_sub(WHOLE / 2).min(len.saturating_sub(WHOLE));
    from..len.min(from + WHOLE)
}

fn note_places(rows: &[NavigationRow], above: &[usize], places: &mut FxHashMap<EntryId, Vec<usize>>) {
    for (at, row) in rows.iter().enumerate() {
        let place = [above, &[at]].concat();
        note_places(&row.below, &place, places);
        places.extend(row.id.map(|id| (id, place)));
    }
}

/// The groups of the contents that a kind declares, and what stands between them.
fn of_tree(site: &Site, tree: &[ListedBranch<'_>]) -> Vec<NavigationGroup> {
    let mut groups: Vec<NavigationGroup> = Vec::new();
    for branch in tree {
        if let (None, Some(title)) = (branch.id, branch.title) {
            let rows = branch.below.iter().map(|branch| NavigationRow::of_branch(site, branch)).collect();
            groups.push(NavigationGroup { title: title.to_string(), rows });
            continue;
        }
        let row = NavigationRow::of_branch(site, branch);
        match groups.last_mut().filter(|last| last.title.is_empty()) {
            Some(last) => last.rows.push(row),
            None => groups.push(NavigationGroup { title: String::new(), rows: vec![row] }),
        }
    }
    groups
}

/// The entries of a kind by their folders of the first level. Those that lie in none come first; the folders are in the order of
/// the entries that stand for them, or else of the first entry in each, where the kind has an order; else in that of their names.
fn folders(site: &Site, kind: KindId) -> Vec<NavigationGroup> {
    /// A folder with its name in addresses, and the place in the kind's order that it has.
    struct Folder {
        name: String,
        title: String,
        entries: Vec<EntryId>,
        rank: usize,
    }
    let mut folders: Vec<Folder> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut loose = Vec::new();
    for (rank, id) in site.listed(kind).into_iter().enumerate() {
        let Some((name, _)) = site.entry(id).doc.slug.split_once('/') else {
            loose.push((rank, id));
            continue;
        };
        let number = *numbers.entry(name).or_insert_with(|| {
            let title = titled(site, id, name);
            folders.push(Folder { name: name.to_string(), title, entries: Vec::new(), rank });
            folders.len() - 1
        });
        folders[number].entries.push(id);
    }
    let mut others = Vec::new();
    for (rank, id) in loose {
        match numbers.get(site.entry(id).doc.slug.as_str()) {
            // The entry that stands for a folder is the first one in it.
            Some(number) => {
                folders[*number].entries.insert(0, id);
                folders[*number].rank = rank;
            }
            None => others.push(id),
        }
    }
    let declared = site.schema.kind(kind);
    let is_by_title = declared.contents.is_empty() && declared.order.iter().all(|order| order == "title");
    let collation = is_by_title.then(|| Collation::of(&site.schema.language));
    if let Some(collation) = &collation {
        folders.sort_by_cached_key(|folder| (collation.key(&folder.title), folder.name.clone()));
    } else {
        folders.sort_by_key(|folder| folder.rank);
    }
    let first = NavigationGroup { title: String::new(), rows: rows(site, &others, None) };
    let groups = folders.into_iter();
    let groups = groups.map(|folder| {
        let rows = rows(site, &folder.entries, collation.as_ref());
        NavigationGroup { title: folder.title, rows }
    });
    std::iter::once(first).chain(groups).collect()
}

/// An entry that names under a key what it stands below.
pub struct NamedParent<'s> {
    /// The entry.
    pub id: EntryId,
    /// The name.
    pub name: &'s str,
    /// The entry of the same kind with this name.
    pub parent: Option<EntryId>,
}

/// The entries of a kind that name under a key what they stand below, in the order of the kind.
pub fn named_parents<'s>(site: &'s Site, kind: KindId, key: &str) -> Vec<NamedParent<'s>> {
    let all = site.listed(kind);
    let mut by_name: HashMap<String, EntryId> = HashMap::new();
    for id in &all {
        let doc = &site.entry(*id).doc;
        for name in [Some(&doc.title), doc.short_title.as_ref()].into_iter().flatten() {
            by_name.entry(name.to_lowercase()).or_insert(*id);
        }
    }
    // What another key calls an entry names it, too, where no title does.
    let FromKeys { title, short_title, .. } = &site.schema.kind(kind).from_keys;
    for id in all.iter().filter(|_| !title.is_empty() || !short_title.is_empty()) {
        let data = |key: &String| site.entry(*id).doc.data(key).and_then(Yaml::as_text);
        for name in title.iter().chain(short_title).filter_map(data) {
            by_name.entry(name.to_lowercase()).or_insert(*id);
        }
    }
    let named = |id: EntryId| {
        let name = named_parent(site, id, key).filter(|name| !name.trim().is_empty())?;
        Some(NamedParent { id, name, parent: by_name.get(&name.to_lowercase()).copied() })
    };
    all.iter().filter_map(|id| named(*id)).collect()
}

/// The entries of a kind below those that they name under a key. Those that name none, and that no entry names, come first.
fn families(site: &Site, kind: KindId, key: &str) -> Vec<NavigationGroup> {
    let all = site.listed(kind);
    let named = named_parents(site, kind, key);
    let parents: HashMap<EntryId, EntryId> = named.iter().filter_map(|named| Some((named.id, named.parent?))).collect();
    let mut children: HashMap<EntryId, Vec<EntryId>> = HashMap::new();
    let mut roots = Vec::new();
    for id in &all {
        match parents.get(id).filter(|parent| *parent != id) {
            Some(parent) => children.entry(*parent).or_default().push(*id),
            None => roots.push(*id),
        }
    }
    let mut alone = Vec::new();
    let mut groups = Vec::new();
    let mut shown = BTreeSet::new();
    for id in roots {
        let below = rows_of_family(site, id, &children, DEEPEST, &mut shown);
        match below.is_empty() {
            true => alone.push(NavigationRow::of(site, id, Vec::new())),
            false => {
                let first = NavigationRow::of(site, id, Vec::new());
                let title = site.entry(id).doc.name().to_string();
                groups.push(NavigationGroup { title, rows: std::iter::once(first).chain(below).collect() });
            }
        }
    }
    // Entries that stand below one another in a circle hang on no root; others stand too deep.
    let lost = all.iter().filter(|id| !shown.contains(*id));
    alone.extend(lost.map(|id| NavigationRow::of(site, *id, Vec::new())));
    std::iter::once(NavigationGroup { title: String::new(), rows: alone }).chain(groups).collect()
}

/// The rows below an entry, so many levels deep at most. Notes all that are shown.
fn rows_of_family(
    site: &Site,
    id: EntryId,
    children: &HashMap<EntryId, Vec<EntryId>>,
    deepest: usize,
    shown: &mut BTreeSet<EntryId>,
) -> Vec<NavigationRow> {
    shown.insert(id);
    let below = children.get(&id).filter(|_| deepest > 0).map_or(&[][..], Vec::as_slice);
    let row = |id: &EntryId| NavigationRow::of(site, *id, rows_of_family(site, *id, children, deepest - 1, shown));
    below.iter().map(row).collect()
}

/// The name under the key of what an entry stands below.
fn named_parent<'s>(site: &'s Site, id: EntryId, key: &str) -> Option<&'s str> {
    let doc = &site.entry(id).doc;
    let declared = site.schema.kind(doc.kind).fields.iter().zip(&doc.fields).find(|(field, _)| field.name == key);
    match declared {
        Some((_, Value::Text(text))) => Some(text),
        Some(_) => None,
        None => match doc.data(key)? {
            Yaml::Text(text) => Some(text),
            _ => None,
        },
    }
}

/// The folders above an entry of a kind whose entries stand by folder, with the addresses of the pages that stand for them, or
/// none.
pub(super) fn folders_above(site: &Site, id: EntryId) -> Vec<(String, String)> {
    let doc = &site.entry(id).doc;
    if site.schema.kind(doc.kind).navigation != Some(Navigation::Folders) {
        return Vec::new();
    }
    let above = doc.slug.match_indices('/').map(|(at, _)| {
        let folder = &doc.slug[..at];
        let page = site.find(doc.kind, folder).map(|page| site.entry(page).url.to_string());
        (titled(site, id, folder), page.unwrap_or_default())
    });
    above.collect()
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

/// An entry, or a folder that none stands for, by its path.
struct FolderNode<'s> {
    path: &'s str,
    id: Option<EntryId>,
    title: String,
}

/// Entries, and below them what lies in the folders for which they stand. Entries two and more folders deep stand below their
/// folder, and that below its own. With a collation they are sorted by what is shown, what stands for the first folder before all.
fn rows(site: &Site, entries: &[EntryId], collation: Option<&Collation>) -> Vec<NavigationRow> {
    let slugs: HashSet<&str> = entries.iter().map(|id| site.entry(*id).doc.slug.as_str()).collect();
    let mut below: HashMap<&str, Vec<FolderNode<'_>>> = HashMap::new();
    let mut known: HashSet<&str> = HashSet::new();
    for id in entries.iter().copied() {
        let doc = &site.entry(id).doc;
        let mut folder = parent(&doc.slug);
        while !folder.is_empty() && !slugs.contains(folder) && known.insert(folder) {
            let node = FolderNode { path: folder, id: None, title: titled(site, id, folder) };
            below.entry(parent(folder)).or_default().push(node);
            folder = parent(folder);
        }
        let node = FolderNode { path: &doc.slug, id: Some(id), title: doc.name().to_string() };
        below.entry(parent(&doc.slug)).or_default().push(node);
    }
    rows_below(site, "", collation, &mut below)
}

/// The folder in which what has a path stands; nothing for what lies in the first folder, or in none.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| folder.contains('/')).unwrap_or_default()
}

/// The rows below a folder, taken out of those that are left.
fn rows_below(
    site: &Site,
    folder: &str,
    collation: Option<&Collation>,
    left: &mut HashMap<&str, Vec<FolderNode<'_>>>,
) -> Vec<NavigationRow> {
    let mut nodes = left.remove(folder).unwrap_or_default();
    if let Some(collation) = collation {
        nodes.sort_by_cached_key(|node| (node.path.contains('/'), collation.key(&node.title)));
    }
    let row = |node: FolderNode<'_>| {
        let below = rows_below(site, node.path, collation, left);
        match node.id {
            Some(id) => NavigationRow::of(site, id, below),
            None => NavigationRow::new(None, &node.title, none(), below),
        }
    };
    nodes.into_iter().map(row).collect()
}

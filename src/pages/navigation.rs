//! The entries of a kind beside its pages: by folder, or in their order.

use std::collections::BTreeMap;

use crate::cards::text_or_none;
use crate::model::kind::Navigation;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
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
}

impl NavigationFolders {
    /// Those of a site.
    pub fn new(site: &Site) -> Self {
        let asked = site.schema.kind_ids().filter(|id| site.schema.kind(*id).navigation.is_some());
        Self(asked.map(|id| (id, folders(site, id))).collect())
    }

    /// What the page of an entry shows; none where its kind does not ask for it.
    pub(super) fn shown(&self, site: &Site, id: EntryId) -> ShownValue {
        let kind = site.entry(id).doc.kind;
        let Some(folders) = self.0.get(&kind) else { return none() };
        let whole = folders.iter().map(|folder| folder.entries.len()).sum::<usize>() <= WHOLE;
        let groups = folders.iter().map(|folder| {
            let own = folder.entries.contains(&id);
            let items = match () {
                () if whole || folder.entries.len() <= WHOLE && own => branch(site, &folder.entries, id),
                () if own => branch(site, around(&folder.entries, id), id),
                () => branch(site, &folder.entries[..folder.entries.len().min(1)], id),
            };
            map([
                ("title", text_or_none(Some(folder.title.as_str()).filter(|title| !title.is_empty()))),
                ("items", items),
            ])
        });
        map([("title", site.schema.kind(kind).title.as_str().into()), ("groups", list(groups))])
    }
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
        vec![(String::new(), NavigationFolder { title: String::new(), entries: Vec::new() })];
    for id in site.listed(kind) {
        let slug = &site.entry(id).doc.slug;
        let name = if by_folder { slug.split_once('/').map_or("", |(folder, _)| folder) } else { "" };
        match folders.iter_mut().find(|(known, _)| known == name) {
            Some((_, folder)) => folder.entries.push(id),
            None => {
                let folder = NavigationFolder { title: titled(site, id, name), entries: vec![id] };
                folders.push((name.to_string(), folder));
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

/// Entries, and below them those of the folders for which they stand.
fn branch(site: &Site, entries: &[EntryId], current: EntryId) -> ShownValue {
    let slug = |id: EntryId| site.entry(id).doc.slug.as_str();
    let folder = |id: EntryId| slug(id).rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = &site.schema.base_url;
    let item = |id: EntryId, below: Vec<ShownValue>| {
        let entry = site.entry(id);
        map([
            ("title", entry.doc.name().into()),
            ("url", base.rooted(&entry.url).into()),
            ("current", (id == current).into()),
            ("items", list(below)),
        ])
    };
    // Entries two and more folders deep stand below their folder.
    let deep = |id: EntryId| slug(id).matches('/').count() > 1;
    let mut shown = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for id in entries.iter().copied() {
        if !deep(id) {
            let own = slug(id);
            let below: Vec<EntryId> =
                entries.iter().copied().filter(|other| deep(*other) && folder(*other) == own).collect();
            if !below.is_empty() {
                seen.push(own);
            }
            shown.push(item(id, below.into_iter().map(|id| item(id, Vec::new())).collect()));
        } else if !seen.contains(&folder(id)) && !entries.iter().any(|other| slug(*other) == folder(id)) {
            let own = folder(id);
            seen.push(own);
            let below = entries.iter().copied().filter(|other| deep(*other) && folder(*other) == own);
            let title = titled(site, id, own);
            shown.push(map([
                ("title", title.into()),
                ("url", none()),
                ("current", false.into()),
                ("items", list(below.map(|id| item(id, Vec::new())))),
            ]));
        }
    }
    list(shown)
}

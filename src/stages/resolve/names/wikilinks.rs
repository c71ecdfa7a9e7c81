//! What wikilinks call entries, besides their slugs: title, file name, path as it was typed, alias.

use rustc_hash::FxHashMap;

use super::{Few, NameTarget, Names};
use crate::folders::without_extension;
use crate::links;
use crate::model::schema::KindId;
use crate::model::site::{Catalogue, EntryId};
use crate::url::{composed, slug};

/// What stands for a slash in the name of a file.
const SLASH: &str = "___";

/// All names of a site that are no slugs.
#[derive(Default)]
pub(super) struct WikilinkNames {
    /// Titles and short titles, in small letters.
    titles: FxHashMap<String, Few<EntryId>>,
    /// Other names, in small letters.
    aliases: FxHashMap<String, Few<EntryId>>,
    /// Entries by the last part of their slugs.
    files: FxHashMap<String, Few<EntryId>>,
}

impl Names<'_> {
    /// The entry that a wikilink of another one means: by slug, by kind and slug, by title, file name, path or alias. What is
    /// nearer to the slug goes first, and then what is nearer to the text that has the link.
    pub fn linked(&self, name: &str, from: EntryId) -> NameTarget {
        let all: Vec<_> = self.site.schema.kind_ids().collect();
        let several = |found: &[EntryId]| match self.nearest(found, from) {
            Some(one) => NameTarget::One(one),
            None => NameTarget::Several(found.to_vec()),
        };
        if self.is_draft_beside(name, from) {
            return NameTarget::LeftOut;
        }
        let bare = name.trim_end_matches('#').trim_end();
        match self.find_known(name, &all) {
            // A heading that nobody wrote yet: `[[slug#]]`.
            NameTarget::Nothing if bare != name && !matches!(self.find_known(bare, &all), NameTarget::Nothing) => {
                self.linked(bare, from)
            }
            NameTarget::Nothing => match self.by_other_names(name).as_slice() {
                [] if self.may_be_lost(name, &all) || self.is_draft(name) => NameTarget::LeftOut,
                [] => NameTarget::Nothing,
                [one] => NameTarget::One(*one),
                found => several(found),
            },
            NameTarget::Several(found) => several(&found),
            found => found,
        }
    }

    /// The one entry with a title or another name that holds a `#`: `[[Issue #12]]` need not mean a place on another one.
    pub fn with_number_sign(&self, name: &str, heading: &str) -> Option<EntryId> {
        let spoken = self.spoken.get_or_init(|| WikilinkNames::of(self.site));
        let known = |name: String| spoken.titles.get(&name).or_else(|| spoken.aliases.get(&name)).map(Few::as_slice);
        let names = [format!("{name}#{heading}"), format!("{name} #{heading}")];
        names.iter().find_map(|name| if let [one] = known(folded(name))? { Some(*one) } else { None })
    }

    /// Whether a name has signs that an entry's file and titles do not have, such as `C++` for `c.md`: then it means another one,
    /// although both make one slug.
    pub fn has_other_signs(&self, name: &str, id: EntryId) -> bool {
        let wanted = signs(links::typed_name(name));
        let doc = &self.site.entry(id).doc;
        let mut known = [links::typed_name(doc.path()), &doc.title, doc.slug.as_str()]
            .into_iter()
            .chain(doc.short_title.as_deref())
            .chain(doc.aliases.iter().map(String::as_str));
        !wanted.is_empty() && !known.any(|known| signs(known) == wanted)
    }

    /// Whether a draft in the folder of the text that names it has this name: it is meant, and no entry in another folder.
    fn is_draft_beside(&self, name: &str, from: EntryId) -> bool {
        let drafts = &self.site.left_out.drafts;
        if drafts.is_empty() || name.contains('/') {
            return false;
        }
        let doc = &self.site.entry(from).doc;
        let folder = doc.slug.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        drafts.contains(&(doc.kind, format!("{folder}{}", slug(name))))
    }

    /// Of several entries with one name the one in the folder of the text that names it. Of those of one kind whose folder comes
    /// from elsewhere it is else the one with the shortest path, as in a vault of Obsidian.
    fn nearest(&self, found: &[EntryId], from: EntryId) -> Option<EntryId> {
        let doc = |id: EntryId| &self.site.entry(id).doc;
        let folder = |id: EntryId| doc(id).path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let only = |mut found: Vec<EntryId>| found.pop().filter(|_| found.is_empty());
        let beside = found.iter().copied().filter(|id| folder(*id) == folder(from)).collect();
        only(beside).or_else(|| {
            let kind = doc(*found.first()?).kind;
            let is_vault = self.site.schema.kind(kind).folder.is_some() && found.iter().all(|id| doc(*id).kind == kind);
            let shortest = found.iter().map(|id| doc(*id).path().len()).min().filter(|_| is_vault)?;
            only(found.iter().copied().filter(|id| doc(*id).path().len() == shortest).collect())
        })
    }

    /// Whether a draft that is left out has this name.
    pub fn is_draft(&self, name: &str) -> bool {
        let left_out = &self.site.left_out;
        let file = slug(name.rsplit('/').next().unwrap_or(name));
        left_out.titles.contains(&composed(name).to_lowercase())
            || left_out.drafts.iter().any(|(_, slug)| *slug == file)
    }

    /// The entries that have this title; else those at this path; else those with this alias.
    fn by_other_names(&self, name: &str) -> Few<EntryId> {
        let spoken = self.spoken.get_or_init(|| WikilinkNames::of(self.site));
        let folded = folded(name);
        let by_title = spoken.titles.get(&folded).cloned().unwrap_or_default();
        if !by_title.is_empty() {
            return self.with_file_named(by_title, name);
        }
        let mut by_path = self.by_path(name, spoken);
        by_path.retain(|id| !self.has_other_signs(name, *id));
        if !by_path.is_empty() {
            return self.with_file_named(by_path, name);
        }
        spoken.aliases.get(&folded).cloned().unwrap_or_default()
    }

    /// Of several entries the one whose file has this very name, where no other has.
    fn with_file_named(&self, found: Few<EntryId>, name: &str) -> Few<EntryId> {
        if found.len() < 2 {
            return found;
        }
        let name = folded(links::typed_name(name));
        let has_name = |id: &EntryId| folded(links::typed_name(self.site.entry(*id).doc.path())) == name;
        let named: Few<EntryId> = found.iter().copied().filter(has_name).collect();
        if named.len() == 1 { named } else { found }
    }

    /// The entries whose files lie at the end of this path, as it was typed or nearly so.
    fn by_path(&self, name: &str, spoken: &WikilinkNames) -> Few<EntryId> {
        let name = name.replace('\\', "/");
        let path = name.trim_start_matches(['.', '/']);
        let path = path.strip_prefix("content/").unwrap_or(path);
        let path = without_extension(path).unwrap_or(path);
        let path = path.rsplit_once('/').filter(|(_, file)| links::is_index(file)).map_or(path, |(folder, _)| folder);
        let parts: Vec<String> = path.split('/').map(slug).collect();
        if parts.iter().any(String::is_empty) {
            return Few::new();
        }
        let of_kind = path.split_once('/').and_then(|(folder, _)| self.kind_of_folder(folder));
        if let Some(kind) = of_kind
            && let Some(id) = self.entry(kind, &parts[1..].join("/"))
        {
            return Few::from_slice(&[id]);
        }
        let whole = parts.join("/");
        let found: Few<EntryId> = self.of_slug(&whole).iter().map(|known| known.1).collect();
        if !found.is_empty() {
            return found;
        }
        if let Some(of_folder) = self.entry(self.site.schema.page_kind(), &format!("{whole}/index")) {
            return Few::from_slice(&[of_folder]);
        }
        let last = parts.last().map_or("", String::as_str);
        let ends = |path: &str| path.strip_suffix(&whole).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        let is_meant = |id: &EntryId| {
            let doc = &self.site.entry(*id).doc;
            ends(&doc.slug) || ends(&links::slug_of_path(without_extension(doc.path()).unwrap_or_default(), false))
        };
        spoken.files.get(last).into_iter().flatten().copied().filter(is_meant).collect()
    }

    /// The kind that a folder belongs to, however it is written.
    fn kind_of_folder(&self, folder: &str) -> Option<KindId> {
        let folder = slug(folder);
        let schema = &self.site.schema;
        schema.kind_ids().find(|kind| {
            let kind = schema.kind(*kind);
            slug(&kind.plural) == folder || slug(&kind.name) == folder
        })
    }
}

impl WikilinkNames {
    fn of(site: &Catalogue) -> Self {
        let mut spoken = Self::default();
        spoken.titles.reserve(site.entries.len());
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            let title = folded(&doc.title);
            let short = doc.short_title.as_deref().map(folded).filter(|short| *short != title);
            for name in [Some(title), short].into_iter().flatten() {
                add(&mut spoken.titles, name, id);
            }
            for alias in &doc.aliases {
                add(&mut spoken.aliases, folded(alias), id);
            }
            // Some tools keep `Term/Page` in one folder with all others, as `Term___Page.md`.
            let file = links::typed_name(doc.path());
            if file.contains(SLASH) {
                add(&mut spoken.aliases, folded(&file.replace(SLASH, "/")), id);
            }
            let last = doc.slug.rsplit('/').next().unwrap_or(&doc.slug);
            add(&mut spoken.files, last.to_string(), id);
        }
        spoken
    }
}

fn add(names: &mut FxHashMap<String, Few<EntryId>>, name: String, id: EntryId) {
    let of_name = names.entry(name).or_default();
    if of_name.last() != Some(&id) {
        of_name.push(id);
    }
}

/// The signs of a name that no slug keeps and that tell names apart: `C++`, `C#`, `.NET`, `-5`, `10%`.
fn signs(name: &str) -> String {
    let begins = name.starts_with(['.', '-']) && name[1..].starts_with(char::is_alphanumeric);
    let first = name.chars().next().filter(|_| begins);
    first.into_iter().chain(name.chars().filter(|c| matches!(c, '+' | '#' | '%' | '*' | '=' | '$' | '€'))).collect()
}

/// A name in small letters, with single spaces and straight quotes, in the composed Unicode form.
fn folded(name: &str) -> String {
    let name = composed(name).to_lowercase().replace(['’', '‘'], "'").replace(['“', '”'], "\"");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Names to entries: slugs, kind and slug, titles.

mod wikilinks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::diagnostics::{NameIndex, Suggestions, form, meant};
use crate::folders::without_extension;
use crate::model::doc::Doc;
use crate::model::schema::KindId;
use crate::model::site::{Catalogue, EntryId};
use crate::url::composed;
use wikilinks::WikilinkNames;

/// Where a name leads.
pub(super) enum NameTarget {
    /// To one entry.
    One(EntryId),
    /// To a draft that is left out, or perhaps to an entry of a data file that cannot be read.
    LeftOut,
    /// To several entries.
    Several(Vec<EntryId>),
    /// To entries of other kinds only.
    OtherKind(EntryId),
    /// Nowhere.
    Nothing,
}

/// All names of a site.
pub(super) struct Names<'a> {
    site: &'a Catalogue,
    by_slug: FxHashMap<&'a str, Few<(KindId, EntryId)>>,
    // What follows is made when the first name is wrong.
    by_form: OnceLock<FxHashMap<String, Few<EntryId>>>,
    slugs: Mutex<BTreeMap<Vec<KindId>, Arc<NameIndex>>>,
    headings: Mutex<FxHashMap<EntryId, Arc<NameIndex>>>,
    titles: OnceLock<NameIndex>,
    works: OnceLock<NameIndex>,
    files: OnceLock<NameIndex>,
    addresses: OnceLock<FxHashMap<&'a str, EntryId>>,
    old_addresses: OnceLock<FxHashMap<&'a str, EntryId>>,
    /// Made when the first wikilink has no slug.
    spoken: OnceLock<WikilinkNames>,
}

/// Nearly every name belongs to one entry.
type Few<T> = SmallVec<[T; 2]>;

impl<'a> Names<'a> {
    pub fn new(site: &'a Catalogue) -> Self {
        Self {
            site,
            by_slug: by_slug(site),
            spoken: OnceLock::new(),
            by_form: OnceLock::new(),
            slugs: Mutex::default(),
            headings: Mutex::default(),
            titles: OnceLock::new(),
            works: OnceLock::new(),
            files: OnceLock::new(),
            addresses: OnceLock::new(),
            old_addresses: OnceLock::new(),
        }
    }

    /// The entry of one of these kinds with this name: a slug, or kind and slug.
    pub fn find(&self, name: &str, kinds: &[KindId]) -> NameTarget {
        match self.find_known(name, kinds) {
            NameTarget::Nothing | NameTarget::OtherKind(_) if self.may_be_lost(name, kinds) => NameTarget::LeftOut,
            found => found,
        }
    }

    /// The entry of a kind with this slug. Quicker than [`Catalogue::find`], which reads a dozen entries on its way.
    pub fn entry(&self, kind: KindId, slug: &str) -> Option<EntryId> {
        self.of_slug(slug).iter().find(|known| known.0 == kind).map(|known| known.1)
    }

    /// The entry whose file stands for a folder of the project.
    pub fn of_folder(&self, folder: &str) -> Option<EntryId> {
        let stands = [folder, "/index.md"].concat();
        let (kind, slug) = crate::links::entry_of_file(stands.trim_start_matches('/'), &self.site.schema)?;
        let stem = |id: &EntryId| without_extension(last_part(self.site.entry(*id).doc.path()));
        self.entry(kind, &slug).filter(|id| stem(id).is_some_and(crate::links::is_index))
    }

    /// All entries with this slug, with their kinds.
    pub fn of_slug(&self, slug: &str) -> &[(KindId, EntryId)] {
        self.by_slug.get(slug).map_or(&[], Few::as_slice)
    }

    /// The entry with this kind and slug, `guide/start` or `guides/start`.
    pub fn with_name(&self, name: &str) -> Option<EntryId> {
        let (kind, slug) = self.with_kind(name)?;
        self.entry(kind, slug)
    }

    /// Whether this is the name of a draft, or an entry of this kind could be in a file that cannot be read.
    pub fn is_left_out(&self, kind: KindId, slug: &str) -> bool {
        self.site.left_out.drafts.contains(&(kind, slug.to_string())) || self.site.left_out.kinds.contains(&kind)
    }

    /// Whether not all entries of these kinds are known.
    pub fn some_lost(&self, kinds: &[KindId]) -> bool {
        kinds.iter().any(|kind| self.site.left_out.kinds.contains(kind))
    }

    fn find_known(&self, name: &str, kinds: &[KindId]) -> NameTarget {
        if let Some((kind, slug)) = self.with_kind(name) {
            if let Some(id) = self.entry(kind, slug) {
                return if kinds.contains(&kind) { NameTarget::One(id) } else { NameTarget::OtherKind(id) };
            }
            if self.site.left_out.drafts.contains(&(kind, slug.to_string())) {
                return NameTarget::LeftOut;
            }
        }
        let known = self.of_slug(name);
        let mut of_kind = known.iter().filter(|known| kinds.contains(&known.0)).map(|known| known.1);
        match (of_kind.next(), of_kind.next(), known) {
            (Some(one), None, _) => NameTarget::One(one),
            (Some(one), Some(two), _) => NameTarget::Several([one, two].into_iter().chain(of_kind).collect()),
            _ if kinds.iter().any(|kind| self.site.left_out.drafts.contains(&(*kind, name.to_string()))) => {
                NameTarget::LeftOut
            }
            (_, _, [other, ..]) => NameTarget::OtherKind(other.1),
            _ => NameTarget::Nothing,
        }
    }

    fn may_be_lost(&self, name: &str, kinds: &[KindId]) -> bool {
        match self.with_kind(name) {
            Some((kind, _)) => self.site.left_out.kinds.contains(&kind),
            None => self.some_lost(kinds),
        }
    }

    /// What may have been meant by a name of these kinds that is not there: slugs, with their kind where the name has one.
    pub fn meant(&self, name: &str, kinds: &[KindId]) -> Suggestions {
        if let Some(same) = self.same(name, kinds) {
            return Suggestions::same(same);
        }
        let name = name_alone(name);
        let (typed, slug) = self.with_kind(name).map_or((None, name), |(kind, slug)| (Some(kind), slug));
        let near = self.slugs(kinds).meant(slug.trim_end_matches(".md")).names;
        let near =
            if near.is_empty() { self.slugs(kinds).meant(last_part(slug).trim_end_matches(".md")).names } else { near };
        let near = if near.is_empty() { self.near_titles(slug, kinds) } else { near };
        let Some(typed) = typed else { return Suggestions::near(near) };
        let of_any_kind = |slug: &str| self.of_slug(slug).iter().find(|known| kinds.contains(&known.0)).map(|k| k.1);
        let named =
            |slug: &str| kinds.contains(&typed).then(|| self.entry(typed, slug)).flatten().or(of_any_kind(slug));
        Suggestions::near(near.iter().filter_map(|slug| Some(self.site.name(named(slug)?))).collect())
    }

    /// The slugs of the entries whose titles or other names come near a name.
    fn near_titles(&self, name: &str, kinds: &[KindId]) -> Vec<String> {
        let by_form = self.by_form.get_or_init(|| by_form(self.site));
        let titles = self.titles.get_or_init(|| NameIndex::new(by_form.keys().cloned()));
        let entries = titles.meant(&form(name)).names.into_iter().filter_map(|title| by_form.get(&title)).flatten();
        let docs = entries.map(|id| &self.site.entry(*id).doc).filter(|doc| kinds.contains(&doc.kind));
        let mut slugs: Vec<String> = Vec::new();
        docs.for_each(|doc| {
            if !slugs.contains(&doc.slug) {
                slugs.push(doc.slug.clone());
            }
        });
        slugs
    }

    /// The entry of any kind that has a name as its title, or as another name of it.
    pub fn of_title(&self, name: &str) -> Option<EntryId> {
        let by_form = self.by_form.get_or_init(|| by_form(self.site));
        match by_form.get(&form(name_alone(name)))?.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The entry that was named in another form - as a file, by its title or another name of it, in other case - as
    /// relations and links have to name it. A folder that belongs to a kind is part of the name.
    fn same(&self, name: &str, kinds: &[KindId]) -> Option<String> {
        // As editors of vaults write it, with the text that the link would have.
        let bare = name.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(name);
        let path = bare.split('|').next().unwrap_or(bare).replace('\\', "/");
        let path = crate::url::decode_path(&path).unwrap_or(path);
        let path = path.trim_start_matches("../").trim_start_matches("./").trim_matches('/');
        let path = path.strip_prefix("content/").unwrap_or(path);
        let path = path.strip_suffix(".md").unwrap_or(path);
        let (of, rest) = self.below_kind(path).map_or((None, path), |(kind, rest)| (Some(kind), rest));
        let fits = |id: &EntryId| {
            let kind = self.site.entry(*id).doc.kind;
            kinds.contains(&kind) && of.is_none_or(|of| of == kind)
        };
        let by_form = self.by_form.get_or_init(|| by_form(self.site));
        let mut found = by_form.get(&form(rest))?.iter().copied().filter(fits);
        let (id, None) = (found.next()?, found.next()) else { return None };
        let doc = &self.site.entry(id).doc;
        let words = bare.split_once('|').map(|(_, words)| form(words));
        // Words of the link that are not those of the entry would be lost.
        if !is_called(doc, rest) || words.is_some_and(|words| spoken_names(doc).all(|name| form(name) != words)) {
            return None;
        }
        let slug = &doc.slug;
        let is_file = name.ends_with(".md");
        let is_enough = (of.is_none() || is_file) && matches!(self.find_known(slug, kinds), NameTarget::One(_));
        Some(if is_enough { slug.clone() } else { self.site.name(id) }).filter(|same| same != name)
    }

    /// Like `with_kind`, for a kind in whatever form it was written.
    fn below_kind<'n>(&self, path: &'n str) -> Option<(KindId, &'n str)> {
        let (folder, slug) = path.split_once('/')?;
        let folder = form(folder);
        let is_kind = |kind: &KindId| {
            let kind = self.site.schema.kind(*kind);
            form(&kind.name) == folder || form(&kind.plural) == folder
        };
        Some((self.site.schema.kind_ids().find(is_kind)?, slug))
    }

    /// The slugs of all entries of these kinds.
    fn slugs(&self, kinds: &[KindId]) -> Arc<NameIndex> {
        let make = || {
            let ids = kinds.iter().flat_map(|kind| self.site.entries_of(*kind));
            Arc::new(NameIndex::new(ids.map(|id| self.site.entry(id).doc.slug.clone())))
        };
        match self.slugs.lock() {
            Ok(mut slugs) => slugs.entry(kinds.to_vec()).or_insert_with(make).clone(),
            Err(_) => make(),
        }
    }

    /// Which heading of an entry may have been meant.
    pub fn heading_meant(&self, id: EntryId, typed: &str) -> Suggestions {
        /// So many names are compared one by one.
        const FEW: usize = 100;
        let headings = &self.site.entry(id).doc.body.headings;
        if headings.len() <= FEW {
            return meant(typed, headings.iter().map(|heading| heading.id.as_str()));
        }
        let make = || Arc::new(NameIndex::new(headings.iter().map(|heading| heading.id.clone())));
        let index = match self.headings.lock() {
            Ok(mut known) => known.entry(id).or_insert_with(make).clone(),
            Err(_) => make(),
        };
        index.meant(typed)
    }

    /// The keys of all works.
    pub fn works(&self) -> &NameIndex {
        self.works.get_or_init(|| NameIndex::new(self.site.bibliography.works.keys().cloned()))
    }

    /// The entry at this address.
    pub fn at_address(&self, url: &str) -> Option<EntryId> {
        let all = || self.site.ids().map(|id| (&*self.site.entry(id).url, id)).collect();
        self.addresses.get_or_init(all).get(url).copied()
    }

    /// The entry that had this address before.
    pub fn at_old_address(&self, url: &str) -> Option<EntryId> {
        let old = |id: EntryId| self.site.entry(id).doc.redirect_from.iter().map(move |(url, _)| (url.as_str(), id));
        self.old_addresses.get_or_init(|| self.site.ids().flat_map(old).collect()).get(url).copied()
    }

    /// The paths of all images and other files.
    pub fn files(&self) -> &NameIndex {
        self.files.get_or_init(|| {
            // What nobody may see is not named either.
            let hidden = &self.site.left_out.files;
            NameIndex::new(self.site.assets.by_path.keys().filter(|path| !hidden.contains(*path)).cloned())
        })
    }

    /// Several names that were written as one: `stems, clover`.
    pub fn several(&self, name: &str, kinds: &[KindId]) -> Option<Vec<String>> {
        let parts: Vec<String> =
            name.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect();
        let known = |part: &String| matches!(self.find(part, kinds), NameTarget::One(_));
        (parts.len() > 1 && parts.iter().all(known)).then_some(parts)
    }

    fn with_kind<'n>(&self, name: &'n str) -> Option<(KindId, &'n str)> {
        let (kind, slug) = name.split_once('/')?;
        Some((self.site.schema.kind_named(kind)?, slug))
    }
}

fn by_slug(site: &Catalogue) -> FxHashMap<&str, Few<(KindId, EntryId)>> {
    let mut by_slug: FxHashMap<&str, Few<_>> = FxHashMap::default();
    by_slug.reserve(site.entries.len());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        by_slug.entry(&doc.slug).or_default().push((doc.kind, id));
    }
    by_slug
}

/// All entries by the form of each of their names: slug, file name, titles, aliases.
fn by_form(site: &Catalogue) -> FxHashMap<String, Few<EntryId>> {
    let mut by_form: FxHashMap<String, Few<EntryId>> = FxHashMap::default();
    by_form.reserve(site.entries.len());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        for name in written_names(doc).into_iter().chain(spoken_names(doc)).filter(|name| !name.is_empty()) {
            let of_form = by_form.entry(form(name)).or_default();
            if !of_form.contains(&id) {
                of_form.push(id);
            }
        }
    }
    by_form
}

/// The slug of an entry, and the name of its file.
fn written_names(doc: &Doc) -> [&str; 2] {
    // Of an entry in a folder of its own the folder is part of the name.
    let is_file = without_extension(doc.path()).is_some() && !doc.slug.contains('/');
    [doc.slug.as_str(), if is_file { crate::links::typed_name(doc.path()) } else { "" }]
}

/// The titles and other names of an entry.
fn spoken_names(doc: &Doc) -> impl Iterator<Item = &str> {
    let titles = std::iter::once(&*doc.title).chain(doc.short_title.as_deref());
    titles.chain(doc.aliases.iter().map(String::as_str))
}

/// Whether an entry was called by its slug in some form, or by a title or another name as that is written, case and spaces
/// aside: `zone-2` is no way to write the title `Zone 2`, and may be the slug of an entry that is gone.
fn is_called(doc: &Doc, typed: &str) -> bool {
    let spoken = |name: &str| composed(name).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = form(typed);
    written_names(doc).iter().any(|name| form(name) == wanted)
        || spoken_names(doc).any(|name| spoken(name) == spoken(typed))
}

/// A name without what people write around it: the brackets of a wikilink with the words and the heading of the link, or those
/// of a link in Markdown.
fn name_alone(name: &str) -> &str {
    if let Some(inside) = name.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return inside.split(['|', '#']).next().unwrap_or(inside).trim();
    }
    let link = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    let path = link.map_or(name, |(_, path)| path.split('#').next().unwrap_or(path).trim());
    path.trim_start_matches("../").trim_start_matches("./")
}

/// What stands behind the last slash of a path.
fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

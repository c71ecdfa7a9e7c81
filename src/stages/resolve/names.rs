//! Names to entries: slugs, kind and slug, titles.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::diagnostics::nearest;
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};

/// Where a name leads.
pub(super) enum Found {
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
    site: &'a Site,
    by_slug: FxHashMap<&'a str, Few<(KindId, EntryId)>>,
    /// Made when the first name is no slug: few texts link by title.
    by_title: OnceLock<FxHashMap<String, Few<EntryId>>>,
}

/// Nearly every name belongs to one entry.
type Few<T> = SmallVec<[T; 2]>;

impl<'a> Names<'a> {
    pub fn new(site: &'a Site) -> Self {
        Self { site, by_slug: by_slug(site), by_title: OnceLock::new() }
    }

    /// The entry of one of these kinds with this name: a slug, or kind and slug.
    pub fn find(&self, name: &str, kinds: &[KindId]) -> Found {
        match self.find_known(name, kinds) {
            Found::Nothing | Found::OtherKind(_) if self.may_be_lost(name, kinds) => Found::LeftOut,
            found => found,
        }
    }

    /// The entry of a kind with this slug. Quicker than [`Site::find`], which reads a dozen entries on its way.
    pub fn entry(&self, kind: KindId, slug: &str) -> Option<EntryId> {
        self.of_slug(slug).iter().find(|known| known.0 == kind).map(|known| known.1)
    }

    /// The entry that a wikilink means: by slug, by kind and slug, or by title.
    pub fn linked(&self, name: &str) -> Found {
        let all: Vec<_> = self.site.schema.kind_ids().collect();
        match self.find_known(name, &all) {
            Found::Nothing => match self.of_title(name) {
                [] if self.may_be_lost(name, &all) => Found::LeftOut,
                [] => Found::Nothing,
                [one] => Found::One(*one),
                several => Found::Several(several.to_vec()),
            },
            found => found,
        }
    }

    /// All entries with this slug, with their kinds.
    pub fn of_slug(&self, slug: &str) -> &[(KindId, EntryId)] {
        self.by_slug.get(slug).map_or(&[], Few::as_slice)
    }

    /// All entries with this title, in whatever case.
    fn of_title(&self, title: &str) -> &[EntryId] {
        let by_title = self.by_title.get_or_init(|| by_title(self.site));
        by_title.get(&title.to_lowercase()).map_or(&[], Few::as_slice)
    }

    /// Whether this is the name of a draft, or an entry of this kind could be in a file that cannot be read.
    pub fn is_left_out(&self, kind: KindId, slug: &str) -> bool {
        self.site.left_out.drafts.contains(&(kind, slug.to_string())) || self.site.left_out.kinds.contains(&kind)
    }

    /// Whether not all entries of these kinds are known.
    pub fn some_lost(&self, kinds: &[KindId]) -> bool {
        kinds.iter().any(|kind| self.site.left_out.kinds.contains(kind))
    }

    fn find_known(&self, name: &str, kinds: &[KindId]) -> Found {
        if let Some((kind, slug)) = self.with_kind(name) {
            if let Some(id) = self.entry(kind, slug) {
                return if kinds.contains(&kind) { Found::One(id) } else { Found::OtherKind(id) };
            }
            if self.site.left_out.drafts.contains(&(kind, slug.to_string())) {
                return Found::LeftOut;
            }
        }
        let known = self.of_slug(name);
        let mut of_kind = known.iter().filter(|known| kinds.contains(&known.0)).map(|known| known.1);
        match (of_kind.next(), of_kind.next(), known) {
            (Some(one), None, _) => Found::One(one),
            (Some(one), Some(two), _) => Found::Several([one, two].into_iter().chain(of_kind).collect()),
            _ if kinds.iter().any(|kind| self.site.left_out.drafts.contains(&(*kind, name.to_string()))) => {
                Found::LeftOut
            }
            (_, _, [other, ..]) => Found::OtherKind(other.1),
            _ => Found::Nothing,
        }
    }

    fn may_be_lost(&self, name: &str, kinds: &[KindId]) -> bool {
        match self.with_kind(name) {
            Some((kind, _)) => self.site.left_out.kinds.contains(&kind),
            None => self.some_lost(kinds),
        }
    }

    /// Up to three slugs of these kinds that come near a name; with their kind where the name has one.
    pub fn near(&self, name: &str, kinds: &[KindId]) -> Vec<String> {
        if let Some(meant) = self.meant(name, kinds) {
            return vec![meant];
        }
        let (typed, slug) = self.with_kind(name).map_or((None, name), |(kind, slug)| (Some(kind), slug));
        let ids = || kinds.iter().flat_map(|kind| self.site.entries_of(*kind));
        let near = nearest(slug, ids().map(|id| self.site.entry(id).doc.slug.as_str()));
        let Some(typed) = typed else { return near };
        let of_any_kind = |slug: &str| ids().find(|id| self.site.entry(*id).doc.slug == slug);
        let named =
            |slug: &str| kinds.contains(&typed).then(|| self.site.find(typed, slug)).flatten().or(of_any_kind(slug));
        near.iter().filter_map(|slug| Some(self.site.name(named(slug)?))).collect()
    }

    /// The slug of what was named by its file, its title, or below a kind that there is not.
    fn meant(&self, name: &str, kinds: &[KindId]) -> Option<String> {
        let slug = crate::url::slug(name.rsplit(['/', '\\']).next()?.trim_end_matches(".md"));
        let only = |mut ids: Few<EntryId>| if ids.len() == 1 { ids.pop() } else { None };
        let of_kinds = |id: &EntryId| kinds.contains(&self.site.entry(*id).doc.kind);
        let by_title = || only(self.of_title(name).iter().copied().filter(of_kinds).collect());
        let of_slug = self.of_slug(&slug).iter().filter(|known| kinds.contains(&known.0)).map(|known| known.1);
        let id = only(of_slug.collect()).or_else(by_title)?;
        let doc = &self.site.entry(id).doc;
        Some(if self.with_kind(name).is_some() { self.site.name(id) } else { doc.slug.clone() })
            .filter(|meant| meant != name)
    }

    /// Several names that were written as one: `shins, calves`.
    pub fn several(&self, name: &str, kinds: &[KindId]) -> Option<Vec<String>> {
        let parts: Vec<String> =
            name.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect();
        let known = |part: &String| matches!(self.find(part, kinds), Found::One(_));
        (parts.len() > 1 && parts.iter().all(known)).then_some(parts)
    }

    fn with_kind<'n>(&self, name: &'n str) -> Option<(KindId, &'n str)> {
        let (kind, slug) = name.split_once('/')?;
        Some((self.site.schema.kind_named(kind)?, slug))
    }
}

fn by_slug(site: &Site) -> FxHashMap<&str, Few<(KindId, EntryId)>> {
    let mut by_slug: FxHashMap<&str, Few<_>> = FxHashMap::default();
    by_slug.reserve(site.entries.len());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        by_slug.entry(&doc.slug).or_default().push((doc.kind, id));
    }
    by_slug
}

fn by_title(site: &Site) -> FxHashMap<String, Few<EntryId>> {
    let mut by_title: FxHashMap<String, Few<_>> = FxHashMap::default();
    by_title.reserve(site.entries.len());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        let title = doc.title.to_lowercase();
        let short = doc.short_title.as_ref().map(|short| short.to_lowercase()).filter(|short| *short != title);
        for name in [Some(title), short].into_iter().flatten() {
            by_title.entry(name).or_default().push(id);
        }
    }
    by_title
}

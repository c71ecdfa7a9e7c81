//! Why a page says something else: what was edited, and by which way it came to the page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{DrawnPage, SiteState};
use crate::citations::{BIBLIOGRAPHY, BIBTEX};
use crate::hash::Hash;
use crate::model::facts::select;
use crate::model::plan::{Page, PageInput, PageSubject};
use crate::model::site::{EntryId, Site};
use crate::model::source::Sources;

/// By which way a change came to a page, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// The file of the page was edited.
    OwnEdit,
    /// Another entry names this one in a relation, or does so no more.
    InverseEdge,
    /// A related or linked entry says something else of itself: its title, its summary.
    RelatedEntry,
    /// The text of another entry links here, or does so no more.
    Mention,
    /// Terms that the page explains, or entries that it shows whole.
    Glossary,
    /// A list of entries, a matrix, what comes before and after.
    List,
    /// A template.
    Template,
    /// The bibliography, or another file of data.
    Data,
    /// The declaration, or its words.
    Site,
}

impl CauseKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::OwnEdit,
        Self::InverseEdge,
        Self::RelatedEntry,
        Self::Mention,
        Self::Glossary,
        Self::List,
        Self::Template,
        Self::Data,
        Self::Site,
    ];

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::OwnEdit => "the page itself was edited",
            Self::InverseEdge => "another entry names it in a relation",
            Self::RelatedEntry => "a related entry says something else of itself",
            Self::Mention => "other texts link to it",
            Self::Glossary => "terms and entries that it shows",
            Self::List => "lists and matrices",
            Self::Template => "templates",
            Self::Data => "data",
            Self::Site => "site.yaml",
        }
    }
}

/// One reason why a page says something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PageCause {
    /// By which way.
    pub cause: CauseKind,
    /// The files that were edited, as far as that is known.
    pub from: Vec<String>,
}

/// What was edited between two states of a site.
pub(super) struct CauseSearch<'a> {
    before: SiteState<'a>,
    now: SiteState<'a>,
    /// The files whose texts differ, those that came and went included.
    edited: BTreeSet<&'a str>,
}

impl<'a> CauseSearch<'a> {
    pub fn new(before: SiteState<'a>, now: SiteState<'a>) -> Self {
        let (old, new) = (hashes(before.sources), hashes(now.sources));
        let paths: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        let edited = paths.into_iter().filter(|path| old.get(path) != new.get(path)).collect();
        Self { before, now, edited }
    }

    /// Why a page came or went: `with` is the state that has it.
    pub fn of_whole(&self, page: &Page, with: SiteState<'a>, without: SiteState<'a>) -> Vec<PageCause> {
        let entry = match (&page.input, page.input.subject()) {
            (PageInput::Redirect(to), _) => to.entry(),
            (_, Some(PageSubject::Entry(id))) => Some(id),
            (_, Some(PageSubject::Kind(_) | PageSubject::Site) | None) => None,
        };
        let file = entry.map(|id| with.ready.site.entry(id).doc.path().to_string());
        let edited = file.filter(|file| self.edited.contains(file.as_str()));
        match edited {
            Some(file) => vec![PageCause { cause: CauseKind::OwnEdit, from: vec![file] }],
            None if without.sources.site.as_ref().map(|site| site.hash)
                != with.sources.site.as_ref().map(|site| site.hash) =>
            {
                vec![PageCause { cause: CauseKind::Site, from: vec!["site.yaml".into()] }]
            }
            None => vec![PageCause { cause: CauseKind::List, from: self.entries_edited() }],
        }
    }

    /// Why a page says something else that is in both states.
    pub fn of_changed(&self, old: &DrawnPage<'_>, new: &DrawnPage<'_>) -> Vec<PageCause> {
        let names: BTreeSet<&str> = old.parts.keys().chain(new.parts.keys()).map(String::as_str).collect();
        let differ: BTreeSet<&str> =
            names.into_iter().filter(|name| old.parts.get(*name) != new.parts.get(*name)).collect();
        let mut causes: BTreeMap<CauseKind, BTreeSet<String>> = BTreeMap::new();
        let ids = match (&old.page.input, &new.page.input) {
            (PageInput::Entry(old, _), PageInput::Entry(new, _)) => Some((*old, *new)),
            _ => None,
        };
        match ids {
            Some(ids) => self.of_entry(ids, &differ, &mut causes),
            None if !differ.is_empty() => {
                causes.insert(CauseKind::List, self.entries_edited().into_iter().collect());
            }
            None => {}
        }
        let templates = self.templates_edited(new.page);
        if !templates.is_empty() {
            causes.insert(CauseKind::Template, templates);
        }
        if self.before.ready.site_value() != self.now.ready.site_value() && self.edited.contains("site.yaml") {
            causes.insert(CauseKind::Site, BTreeSet::from(["site.yaml".to_string()]));
        }
        if causes.is_empty() {
            causes = self.whatever_was_edited();
        }
        causes.into_iter().map(|(cause, from)| PageCause { cause, from: from.into_iter().collect() }).collect()
    }

    fn of_entry(
        &self,
        (old, new): (EntryId, EntryId),
        differ: &BTreeSet<&str>,
        causes: &mut BTreeMap<CauseKind, BTreeSet<String>>,
    ) {
        let (before, now) = (&*self.before.ready.site, &*self.now.ready.site);
        let own = now.entry(new).doc.path().to_string();
        let mut add = |cause: CauseKind, from: String| {
            causes.entry(cause).or_default().insert(from);
        };
        if self.edited.contains(own.as_str()) {
            add(CauseKind::OwnEdit, own.clone());
        }
        for (site, id) in [(before, old), (now, new)] {
            let related: BTreeSet<EntryId> = related(site, id);
            for other in &related {
                let path = site.entry(*other).doc.path().to_string();
                if path == own || !self.edited.contains(path.as_str()) {
                    continue;
                }
                if differ.contains("relations") && self.names(path_of(site, *other), site.name(id)) {
                    add(CauseKind::InverseEdge, path.clone());
                } else if self.card_differs(&site.name(*other)) {
                    add(CauseKind::RelatedEntry, path.clone());
                }
            }
            if differ.contains("mentioned_on") {
                for from in &site.references(id).linked_from {
                    let path = site.entry(*from).doc.path().to_string();
                    if path != own && self.edited.contains(path.as_str()) {
                        add(CauseKind::Mention, path);
                    }
                }
            }
            for path in shown_whole(site, id).into_iter().filter(|path| *path != own) {
                if self.edited.contains(path.as_str()) {
                    add(CauseKind::Glossary, path);
                }
            }
            for linked in linked(site, id) {
                let path = site.entry(linked).doc.path().to_string();
                if path != own && self.edited.contains(path.as_str()) && self.card_differs(&site.name(linked)) {
                    add(CauseKind::RelatedEntry, path);
                }
            }
        }
        if differ.iter().any(|part| ["sequence", "navigation", "links", "home"].contains(part)) {
            self.entries_edited().into_iter().filter(|path| *path != own).for_each(|path| add(CauseKind::List, path));
        }
        if differ.contains("sources") {
            let works = [BIBLIOGRAPHY, BIBTEX].into_iter().filter(|path| self.edited.contains(path));
            works.for_each(|path| add(CauseKind::Data, path.to_string()));
        }
    }

    /// Whether the edges that a file writes to an entry are others in the two states.
    fn names(&self, path: &str, entry: String) -> bool {
        let written = |state: SiteState<'_>| {
            let site = &*state.ready.site;
            let own = site.ids().filter(|id| &**site.entry(*id).doc.path() == path);
            let mut edges = BTreeSet::new();
            for id in own {
                for (relation, end, _) in site.schema.sides_of(site.entry(id).doc.kind) {
                    for edge in site.graph.edges(relation).of(id, end) {
                        if site.name(edge.across(id)) == entry {
                            let data = site.data_of(edge).map(|(_, written)| format!("{:?}", written.data));
                            edges.insert((relation, site.name(id), data, site.reason(edge).map(str::to_string)));
                        }
                    }
                }
            }
            edges
        };
        written(self.before) != written(self.now)
    }

    /// Whether lists show something else of an entry.
    fn card_differs(&self, name: &str) -> bool {
        let card = |state: SiteState<'_>| -> Option<Hash> {
            let site = &*state.ready.site;
            let (plural, slug) = name.split_once('/')?;
            let id = site.find(site.schema.kind_named(plural)?, slug)?;
            Some(site.entry(id).card.hash)
        };
        card(self.before) != card(self.now)
    }

    /// The files with entries that were edited.
    fn entries_edited(&self) -> Vec<String> {
        let content =
            |path: &&&str| !path.starts_with("templates/") && !path.starts_with("theme/") && **path != "site.yaml";
        self.edited.iter().filter(content).map(ToString::to_string).collect()
    }

    /// The templates of a page that were edited, those of its data blocks included.
    fn templates_edited(&self, page: &Page) -> BTreeSet<String> {
        let mut names = vec![page.input.template().unwrap_or_default().to_string()];
        if let PageInput::Entry(id, _) = &page.input {
            let blocks = &self.now.ready.site.entry(*id).doc.body.blocks;
            names.extend(blocks.iter().map(|block| format!("blocks/{}.html", block.name)));
        }
        let states = [self.before, self.now];
        let files = states.iter().flat_map(|state| names.iter().flat_map(|name| state.ready.templates.files(name)));
        files.filter(|path| self.edited.contains(&***path)).map(|path| path.to_string()).collect()
    }

    /// Where no way is known: all that was edited, by what it is.
    fn whatever_was_edited(&self) -> BTreeMap<CauseKind, BTreeSet<String>> {
        let mut causes: BTreeMap<CauseKind, BTreeSet<String>> = BTreeMap::new();
        for path in &self.edited {
            let cause = match *path {
                "site.yaml" => CauseKind::Site,
                path if path.starts_with("templates/") || path.starts_with("theme/") => CauseKind::Template,
                path if path.ends_with(".md") => CauseKind::List,
                _ => CauseKind::Data,
            };
            causes.entry(cause).or_default().insert((*path).to_string());
        }
        let first = causes.pop_first();
        first.into_iter().collect()
    }
}

fn path_of(site: &Site, id: EntryId) -> &str {
    site.entry(id).doc.path()
}

fn hashes(sources: &Sources) -> BTreeMap<&str, Hash> {
    let texts = sources.site.iter().chain(&sources.content).chain(&sources.templates);
    let texts = texts.map(|source| (&*source.path, source.hash));
    texts.chain(sources.assets.iter().map(|asset| (&*asset.path, asset.hash))).collect()
}

fn related(site: &Site, id: EntryId) -> BTreeSet<EntryId> {
    let sides = site.schema.sides_of(site.entry(id).doc.kind);
    sides.flat_map(|(relation, end, _)| site.graph.edges(relation).of(id, end).map(|edge| edge.across(id))).collect()
}

fn linked(site: &Site, id: EntryId) -> BTreeSet<EntryId> {
    site.references(id).texts.iter().flat_map(|text| text.links.iter().filter_map(|link| link.entry)).collect()
}

/// The files of the entries that the data blocks of a page show, and of the terms that it explains.
fn shown_whole(site: &Site, id: EntryId) -> BTreeSet<String> {
    let entry = site.entry(id);
    let queries = entry.doc.body.blocks.iter().filter_map(|block| block.entries.as_ref());
    let shown = queries.flat_map(|query| select(site, query));
    let terms = site.references(id).texts.iter().flat_map(|text| text.mentions.iter().map(|(_, term)| *term));
    let related = related(site, id).into_iter().filter(|id| site.schema.kind(site.entry(*id).doc.kind).anchored());
    shown.chain(terms).chain(related).map(|id| site.entry(id).doc.path().to_string()).collect()
}

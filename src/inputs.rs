//! What every output file was made from, in brief: a build leaves it for the next one, which can then say why it draws a
//! page again.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::citations::{BIBLIOGRAPHY, BIBTEX};
use crate::engine::DrawableSite;
use crate::fingerprint::program;
use crate::hash::Hash;
use crate::model::plan::{FeedOf, Page, PageInput};
use crate::model::site::{EntryId, Site};
use crate::model::source::{AssetFile, Sources};
use crate::templates::{ShownValue, Values, hash_of};

/// The inputs of one build. Hashes are cut to 32 bits: if two happened to be the same, a reason would be missed and nothing else.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    program: String,
    /// The hash of what every page depends on.
    environment: u32,
    /// Every file of the project and of the theme, by path.
    files: BTreeMap<String, u32>,
    /// What others may show of each entry: a hash for each value of its card, in their order.
    cards: BTreeMap<String, Vec<u32>>,
    /// Every output file, by path: a hash for each part of what its template saw.
    pages: BTreeMap<String, Vec<u32>>,
}

impl Inputs {
    /// The files of a project that become the site, with the hashes of its content.
    pub fn new<'a>(sources: &'a Sources, assets: &[AssetFile], content: impl Iterator<Item = (&'a str, Hash)>) -> Self {
        let texts = sources.site.iter().chain(&sources.templates).chain(&sources.included);
        let texts = texts.map(|source| (&*source.path, source.hash)).chain(content);
        let texts = texts.map(|(path, hash)| (path.to_string(), hash.brief()));
        let assets = assets.iter().map(|asset| (asset.path.to_string(), asset.hash.brief()));
        let program = program().unwrap_or_default().hex();
        Self { program, files: texts.chain(assets).collect(), ..Self::default() }
    }

    /// Adds what the site is.
    pub fn add_site(&mut self, ready: &DrawableSite) {
        self.environment = ready.environment.brief();
        let entries = ready.site.ids().collect::<Vec<_>>().into_par_iter();
        let cards = entries.map(|id| {
            let values = card_values(&ready.site, id);
            (ready.site.name(id), values.into_iter().map(|(_, value)| hash_of(value).brief()).collect())
        });
        self.cards = cards.collect::<Vec<_>>().into_iter().collect();
    }

    /// Adds what the pages were made from.
    pub fn add_pages(&mut self, pages: impl Iterator<Item = (String, Vec<u32>)>) {
        self.pages = pages.collect();
    }

    /// For keeping.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What [`Inputs::to_bytes`] made; none where it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// The inputs of two builds, one after the other.
pub struct Comparison<'a> {
    before: Option<&'a Inputs>,
    now: &'a Inputs,
    ready: &'a DrawableSite,
}

impl<'a> Comparison<'a> {
    /// Compares with the build before, if it left its inputs.
    pub fn new(before: Option<&'a Inputs>, now: &'a Inputs, ready: &'a DrawableSite) -> Self {
        Self { before, now, ready }
    }

    /// The first input of a file that is not as it was in the build before. `values` is what its template sees, and `parts` are
    /// the hashes of that.
    pub fn reason(&self, page: &Page, parts: &[u32], values: &Values) -> String {
        let Some(before) = self.before else { return "no build before has told what it was made from".into() };
        let Some(known) = before.pages.get(&page.path) else { return "new".into() };
        if before.program != self.now.program {
            return "another build of limber".into();
        }
        let removed = "the file in the output was changed or removed";
        let (found, otherwise) = match page.input {
            PageInput::Asset(number) => (self.changed_file([&*self.ready.assets[number].path]), removed),
            _ if page.input.template().is_some() => {
                let found = self
                    .common(before)
                    .or_else(|| self.template(page))
                    .or_else(|| self.own_file(page))
                    .or_else(|| self.card(before, page))
                    .or_else(|| self.part(known, parts, page, values));
                (found, removed)
            }
            _ => {
                let found = self.own_file(page).or_else(|| self.card(before, page)).or_else(|| self.shown_file(page));
                (found, "what it lists")
            }
        };
        found.unwrap_or_else(|| otherwise.to_string())
    }

    /// What every page depends on.
    fn common(&self, before: &Inputs) -> Option<String> {
        if before.environment == self.now.environment {
            return None;
        }
        let assets = self.ready.assets.iter().map(|asset| &*asset.path);
        let texts = self.now.files.keys().map(String::as_str).filter(|path| path.starts_with("texts/"));
        let found = self.changed_file(assets).or_else(|| self.changed_file(["site.yaml"].into_iter().chain(texts)));
        found.or_else(|| Some("which pages and files the site has".into()))
    }

    /// A template, with everything that it is made of, those of data blocks included.
    fn template(&self, page: &Page) -> Option<String> {
        let templates = &self.ready.templates;
        let mut names = vec![page.input.template()?.to_string()];
        if let PageInput::Entry(id, _) = &page.input {
            let blocks = &self.ready.site.entry(*id).doc.body.blocks;
            names.extend(blocks.iter().map(|block| format!("blocks/{}.html", block.name)));
        }
        self.changed_file(names.iter().flat_map(|name| templates.files(name)).map(|path| &**path))
    }

    fn own_file(&self, page: &Page) -> Option<String> {
        match &page.input {
            PageInput::Twin(page) => self.own_file(page),
            PageInput::Llms => self.changed_file(["site.yaml"]),
            PageInput::Entry(id, _) => {
                let doc = &self.ready.site.entry(*id).doc;
                let included = doc.body.included.iter().map(|(path, _)| &**path);
                self.changed_file([&**doc.path()].into_iter().chain(included))
            }
            PageInput::Sources => self.changed_file([BIBLIOGRAPHY, BIBTEX]),
            PageInput::Feed(_)
            | PageInput::Sitemap
            | PageInput::SitemapPart(_)
            | PageInput::Robots
            | PageInput::Headers
            | PageInput::Graph => self.changed_file(["site.yaml"]),
            PageInput::Index(..)
            | PageInput::Regroup(..)
            | PageInput::Related(..)
            | PageInput::Matrix(_)
            | PageInput::Value(..)
            | PageInput::Home
            | PageInput::AToZ(_)
            | PageInput::Search
            | PageInput::NotFound
            | PageInput::Redirect(_)
            | PageInput::Gone
            | PageInput::Asset(_) => None,
        }
    }

    fn changed_file<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> Option<String> {
        let before = self.before?;
        paths.into_iter().find(|path| before.files.get(*path) != self.now.files.get(*path)).map(str::to_string)
    }

    /// The first entry that the page may show and whose card is not as it was, with the first value that differs.
    fn card(&self, before: &Inputs, page: &Page) -> Option<String> {
        let site = &self.ready.site;
        shown(site, page).into_iter().find_map(|id| {
            let name = site.name(id);
            let Some(old) = before.cards.get(&name) else { return Some(format!("card of {name}: new")) };
            let now = self.now.cards.get(&name)?;
            let at = (0..old.len().max(now.len())).find(|at| old.get(*at) != now.get(*at))?;
            let values = card_values(site, id);
            let value = values.get(at).map_or("fields", |(value, _)| *value);
            Some(format!("card of {name}: {value}"))
        })
    }

    /// The first part of the values that differs, with the file of another entry that may have brought it about.
    fn part(&self, before: &[u32], parts: &[u32], page: &Page, values: &Values) -> Option<String> {
        let at = parts.iter().enumerate().position(|(at, part)| before.get(at) != Some(part))?;
        let name = values.part_names().swap_remove(at);
        let from = self.shown_file(page).map_or_else(String::new, |path| format!(", from {path}"));
        Some(format!("`{name}`{from}"))
    }

    /// The first changed file of an entry that the page may show.
    fn shown_file(&self, page: &Page) -> Option<String> {
        let site = &self.ready.site;
        let shown = shown(site, page);
        self.changed_file(shown.iter().map(|id| &**site.entry(*id).doc.path()).chain([BIBLIOGRAPHY, BIBTEX]))
    }
}

/// The values of a card with their names, those of the fields last.
fn card_values(site: &Site, id: EntryId) -> Vec<(&str, &ShownValue)> {
    let (mut values, mut fields) = (Vec::new(), Vec::new());
    for (name, value) in site.entry(id).card.value.as_map().into_iter().flatten() {
        match value.as_map() {
            Some(map) => fields.extend(map.iter().map(|(name, value)| (name.as_str().unwrap_or_default(), value))),
            None => values.push((name.as_str().unwrap_or_default(), value)),
        }
    }
    values.append(&mut fields);
    values
}

/// The entries that a page may show something of, its own first.
fn shown(site: &Site, page: &Page) -> Vec<EntryId> {
    let mut ids = Vec::new();
    match &page.input {
        PageInput::Entry(id, _) | PageInput::Related(id, ..) => {
            let (id, entry) = (*id, site.entry(*id));
            ids.push(id);
            for (relation, end, _) in site.schema.sides_of(entry.doc.kind) {
                ids.extend(site.graph.edges(relation).of(id, end).map(|edge| edge.across(id)));
            }
            for text in site.references(id).texts.iter() {
                ids.extend(text.links.iter().filter_map(|link| link.entry));
                ids.extend(text.mentions.iter().map(|(_, mentioned)| *mentioned));
            }
            ids.extend(&site.references(id).linked_from);
            // Data blocks show entries together with all that these are related to.
            if entry.doc.body.blocks.iter().any(|block| block.entries.is_some()) {
                ids.extend(site.ids());
            }
        }
        PageInput::Index(kind, ..)
        | PageInput::Regroup(kind, ..)
        | PageInput::Value(kind, ..)
        | PageInput::Feed(FeedOf::Kind(kind) | FeedOf::Value(kind, ..)) => {
            ids = site.listed(*kind);
        }
        PageInput::Matrix(number) => {
            let matrix = &site.schema.matrices[*number];
            ids.extend(site.listed(matrix.rows));
            ids.extend(site.listed(matrix.columns));
        }
        PageInput::Redirect(to) => ids.extend(to.entry()),
        PageInput::Asset(_) | PageInput::NotFound | PageInput::Gone | PageInput::Robots | PageInput::Headers => {}
        PageInput::Home
        | PageInput::AToZ(_)
        | PageInput::Search
        | PageInput::Sources
        | PageInput::Feed(FeedOf::Site)
        | PageInput::Sitemap
        | PageInput::SitemapPart(_)
        | PageInput::Llms
        | PageInput::Graph => ids.extend(site.ids()),
        PageInput::Twin(page) => return shown(site, page),
    }
    ids
}

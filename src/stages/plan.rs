//! A site to the list of its output files.

mod addresses;
mod components;
mod links;
mod parents;
mod redirects;
mod shown;
mod theme;
mod unseen;
mod unused;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, meant};
use crate::media_types::media_type;
use crate::model::plan::{FeedOf, Page, PageInput, Plan, RedirectTarget};
use crate::model::site::{Entry, EntryId, Site};
use crate::model::source::AssetFile;
use crate::naming::headers;
use crate::pages::{SiteLists, feed, index, paging, related, sitemap, twin};
use crate::span::Place;
use crate::templates::{Templates, stands_empty};
use crate::url::{output_path, with_slash};
use crate::yaml::{MappingPart, PathStep};

/// Plans every output file and checks what only the whole list can tell. The names of all entries are gathered where there
/// is a list of them. `last` is the plan before this one.
pub fn plan(
    site: &Site,
    templates: &Templates,
    assets: &[AssetFile],
    lists: &SiteLists,
    last: Option<&Plan>,
) -> (Plan, Vec<Diagnostic>) {
    let of_kind = site.schema.kinds.iter().map(|kind| format!("{}.html", kind.name));
    let of_kind = of_kind.map(|name| if templates.has(&name) { name } else { "entry.html".into() }).collect();
    let has_own_robots = assets.iter().any(|asset| asset.url == "/robots.txt");
    let (pages, diagnostics) = (Vec::new(), Vec::new());
    let mut planning = Planning { site, templates, lists, of_kind, has_own_robots, pages, diagnostics };
    planning.entries();
    planning.indexes();
    planning.made();
    planning.twins();
    planning.assets(assets);
    let mut plan = planning.unique();
    planning.redirects(&mut plan);
    let is_same = |last: &&Plan| last.pages.iter().map(|page| &page.url).eq(plan.pages.iter().map(|page| &page.url));
    if let Some(last) = last.filter(is_same) {
        plan.addresses = last.addresses.clone();
    }
    planning.check_templates(&plan);
    let (found, wanted_ids) = links::check(site, &plan);
    planning.diagnostics.extend(found);
    plan.wanted_ids = wanted_ids;
    planning.diagnostics.extend(redirects::check(site, &plan, assets));
    planning.diagnostics.extend(theme::check(site, &plan));
    planning.diagnostics.extend(components::check(templates));
    planning.diagnostics.extend(unseen::check(site, templates, &planning.of_kind));
    planning.diagnostics.extend(parents::check(site));
    planning.diagnostics.extend(unused::check(site, templates, &plan));
    planning.check_anchors();
    (plan, planning.diagnostics)
}

struct Planning<'a> {
    site: &'a Site,
    templates: &'a Templates,
    lists: &'a SiteLists,
    /// The templates that draw the entries of each kind.
    of_kind: Vec<String>,
    /// The site brings a `robots.txt` of its own.
    has_own_robots: bool,
    /// Pages with what gave them their URL.
    pages: Vec<(Page, UrlOrigin)>,
    diagnostics: Vec<Diagnostic>,
}

/// What gave a page its URL. The place of an entry is looked up only when there is something to report.
#[derive(Clone)]
enum UrlOrigin {
    Entry(EntryId),
    Declared(Place),
}

impl Planning<'_> {
    fn add(&mut self, url: &str, input: PageInput, origin: UrlOrigin) {
        let page = Page { url: url.to_string(), path: output_path(url), input };
        self.pages.push((page, origin));
    }

    fn place(&self, origin: &UrlOrigin) -> Place {
        match origin {
            UrlOrigin::Entry(id) => self.site.entry(*id).doc.place(),
            UrlOrigin::Declared(place) => place.clone(),
        }
    }

    fn entries(&mut self) {
        let site = self.site;
        for id in site.ids() {
            let entry = site.entry(id);
            let kind = entry.doc.kind;
            let is_index = kind == site.schema.page_kind() && site.schema.index_at(&entry.doc.slug).is_some();
            if site.schema.kind(kind).anchored() || is_index {
                continue; // it is shown on another page
            }
            let template = self.template_of(id);
            self.add(&entry.url, PageInput::Entry(id, template), UrlOrigin::Entry(id));
            for (side, url, length) in related::long(site, id) {
                for page in 1..=paging::count(length, site.schema.pages.per_page) {
                    self.add(&paging::url(&url, page), PageInput::Related(id, side, page), UrlOrigin::Entry(id));
                }
            }
        }
    }

    /// The template of an entry: the one it names, that of its kind, or the general one.
    fn template_of(&mut self, id: EntryId) -> String {
        let entry = self.site.entry(id);
        if let (Some(own), Some(name)) = (&entry.doc.template, entry.doc.template_file()) {
            let built_in = self.templates.path(&name).is_some_and(|path| path.starts_with("theme/"));
            // Other tools have templates of the same names.
            let of_others = built_in && name != "entry.html" && !(name == "home.html" && &*entry.url == "/");
            if self.templates.has(&name) && !of_others {
                return name;
            }
            let place = entry.doc.value_place(&[PathStep::Key("template".into())]);
            let is_accepted = |name: &&str| {
                let built_in = self.templates.path(name).is_some_and(|path| path.starts_with("theme/"));
                !built_in || *name == "entry.html" || *name == "home.html" && &*entry.url == "/"
            };
            let meant = meant(&name, self.templates.names().filter(is_accepted));
            let message = match of_others {
                true => format!("the built-in template `{name}` is none of entries: it draws pages of another sort"),
                false => format!("there is no template `{name}`"),
            };
            let diagnostic = Diagnostic::new(Code::TemplateMissing, place, message);
            self.diagnostics.push(if meant.names.is_empty() || of_others {
                diagnostic.help("name a file of `templates/`, or remove the key")
            } else {
                diagnostic.suggest_fix(own, &meant)
            });
        }
        if &*entry.url == "/" && self.templates.has("home.html") {
            return "home.html".into();
        }
        self.of_kind[usize::from(entry.doc.kind.0)].clone()
    }

    fn indexes(&mut self) {
        let site = self.site;
        let schema = &site.schema;
        for kind in schema.kind_ids() {
            let declared = schema.kind(kind);
            let place = self.declared(&["kinds", &declared.name]);
            let own = format!("{}-index.html", declared.name);
            let template = if self.templates.has(&own) { own } else { "index.html".to_string() };
            if let Some(listed) = &declared.index {
                self.check_block(kind, listed);
                let input = |page| PageInput::Index(kind, template.clone(), page);
                self.list(&listed.url, site.entries_of(kind).len(), &place, input);
            }
            for (number, regroup) in declared.regroups() {
                let input = |page| PageInput::Regroup(kind, number, template.clone(), page);
                self.list(&index::regroup_url(declared, regroup), self.lists.rows(site, kind, number), &place, input);
                for (group, other) in self.lists.sharing_groups(site, kind, number) {
                    self.diagnostics.push(self.shared(kind, number, &group, &other));
                }
            }
            if declared.index.is_some() {
                self.feed(FeedOf::Kind(kind), &place);
            }
        }
        for (kind, number, tags) in self.lists.tags(site).lists() {
            let place = self.declared(&["kinds", &schema.kind(kind).name]);
            for (tag, other) in self.lists.tags(site).sharing(tags) {
                self.diagnostics.push(self.shared(kind, number, tag, other));
            }
            for (at, tag) in tags.iter().enumerate() {
                self.list(&tag.url, tag.members.len(), &place, |page| PageInput::Value(kind, number, at, page));
                self.feed(FeedOf::Value(kind, number, at), &place);
            }
        }
        for (number, matrix) in schema.matrices.iter().enumerate() {
            let place =
                schema.text.place(&[PathStep::Key("matrices".into()), PathStep::Index(number)], MappingPart::Value);
            let cells = site.entries_of(matrix.rows).len() * site.entries_of(matrix.columns).len();
            if cells > matrix.limit {
                let message =
                    format!("the matrix `{}` has {cells} cells, and may have at most {}", matrix.url, matrix.limit);
                let diagnostic = Diagnostic::new(Code::SiteInvalid, place, message);
                self.diagnostics.push(diagnostic.help("set `limit` on the matrix to allow more"));
                continue;
            }
            self.add(&matrix.url, PageInput::Matrix(number), UrlOrigin::Declared(place));
        }
    }

    /// Adds the feed of a list. Where the list is the home page, that of the site is its feed.
    fn feed(&mut self, of: FeedOf, place: &Place) {
        let (site, lists) = (self.site, self.lists);
        let is_of_site = |url: &String| site.schema.pages.feed.as_ref().is_some_and(|feed| feed.url == *url);
        let own = feed::url(site, lists, of).filter(|url| !is_of_site(url) && feed::wanted(site, lists, of));
        if let Some(url) = own {
            self.add(&url, PageInput::Feed(of), UrlOrigin::Declared(place.clone()));
        }
    }

    /// Adds the pages of a list.
    fn list(&mut self, url: &str, length: usize, place: &Place, input: impl Fn(usize) -> PageInput) {
        for page in 1..=paging::count(length, self.site.schema.pages.per_page) {
            self.add(&paging::url(url, page), input(page), UrlOrigin::Declared(place.clone()));
        }
    }

    fn made(&mut self) {
        if self.site.find(self.site.schema.page_kind(), "index").is_none()
            && !self.pages.iter().any(|(page, _)| page.url == "/")
            && self.templates.has("home.html")
        {
            let place = self.declared(&["title"]);
            self.add("/", PageInput::Home, UrlOrigin::Declared(place));
        }
        let pages = &self.site.schema.pages;
        let feed = pages.feed.as_ref().filter(|_| feed::wanted(self.site, self.lists, FeedOf::Site));
        if let Some(page) = &pages.a_z {
            let place = self.declared(&["pages", "a_z"]);
            let length = self.lists.a_z(self.site).length;
            self.list(&page.url, length, &place, PageInput::AToZ);
        }
        let bibliography = &self.site.bibliography;
        let has_sources = bibliography.broken || self.site.shown_works().next().is_some();
        let all = [
            ("sources", pages.sources.as_ref().filter(|_| has_sources), PageInput::Sources),
            ("search", pages.search.as_ref(), PageInput::Search),
            ("not_found", pages.not_found.as_ref(), PageInput::NotFound),
            ("feed", feed, PageInput::Feed(FeedOf::Site)),
            ("sitemap", pages.sitemap.as_ref(), PageInput::Sitemap),
            ("robots", pages.robots.as_ref().filter(|_| !self.has_own_robots), PageInput::Robots),
            ("graph", pages.graph.as_ref(), PageInput::Graph),
        ];
        for (key, page, input) in all {
            if let Some(page) = page {
                let place = self.declared(&["pages", key]);
                self.add(&page.url, input, UrlOrigin::Declared(place));
            }
        }
        if let Some(page) = &pages.sitemap {
            let listed = self.pages.iter().filter(|(page, _)| sitemap::lists(self.site, &page.input)).count();
            let place = self.declared(&["pages", "sitemap"]);
            for (part, url) in sitemap::parts(&page.url, listed) {
                self.add(&url, PageInput::SitemapPart(part), UrlOrigin::Declared(place.clone()));
            }
        }
    }

    /// Adds the Markdown twins of all pages that have one, and the list of them.
    fn twins(&mut self) {
        let schema = &self.site.schema;
        let of = |(page, origin): &(Page, UrlOrigin)| {
            let url = twin::url_of(self.site, page)?;
            let path = output_path(&url);
            Some((Page { url, path, input: PageInput::Twin(Box::new(page.clone())) }, origin.clone()))
        };
        let twins: Vec<_> = self.pages.iter().filter_map(of).collect();
        self.pages.extend(twins);
        if let Some(page) = schema.pages.llms.as_ref().filter(|_| schema.pages.twins.is_some()) {
            let place = self.declared(&["pages", "llms"]);
            self.add(&page.url, PageInput::Llms, UrlOrigin::Declared(place));
        }
    }

    fn assets(&mut self, assets: &[AssetFile]) {
        let pages = &self.site.schema.pages;
        let index = pages.search.is_some() && pages.search_index;
        if headers(assets, index, &self.site.schema.base_url).is_some() {
            self.add("/_headers", PageInput::Headers, UrlOrigin::Declared(Place::whole(&self.site.schema.text.path)));
        }
        // That of the site is part of what is made.
        for (number, asset) in assets.iter().enumerate().filter(|(_, asset)| asset.url != "/_headers") {
            self.add(&asset.url, PageInput::Asset(number), UrlOrigin::Declared(Place::whole(&asset.path)));
        }
    }

    fn declared(&self, path: &[&str]) -> Place {
        let path: Vec<_> = path.iter().map(|key| PathStep::Key((*key).to_string())).collect();
        self.site.schema.text.place(&path, MappingPart::Key)
    }

    /// Adds the pages that lead on from old addresses, and those at addresses where there is nothing any more.
    fn redirects(&mut self, plan: &mut Plan) {
        let site = self.site;
        let is_needed = |entry: &Entry| !entry.doc.redirect_from.is_empty();
        if site.schema.gone.is_empty() && site.schema.redirects.is_empty() && !site.entries.iter().any(is_needed) {
            return;
        }
        let mut taken = UsedPaths::default();
        plan.pages.iter().for_each(|page| taken.add(&page.path.to_lowercase(), None));
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            for (from, at) in &doc.redirect_from {
                let place = || doc.value_place(at);
                match taken.redirect(from, "redirect_from", place) {
                    Ok((url, path)) => {
                        let input = PageInput::Redirect(RedirectTarget::Entry(id));
                        plan.pages.push(Page { url, path, input });
                    }
                    Err(problem) => self.diagnostics.push(*problem),
                }
            }
        }
        self.gone(plan, &mut taken);
        plan.pages.sort_by(|a, b| a.path.cmp(&b.path));
        let declared = redirects::declared(site, plan, &mut taken);
        self.diagnostics.extend(declared.problems);
        plan.waiting = declared.waiting;
        if !declared.pages.is_empty() {
            plan.pages.extend(declared.pages);
            plan.pages.sort_by(|a, b| a.path.cmp(&b.path));
        }
    }

    /// Adds the pages at addresses where there is nothing any more.
    fn gone(&mut self, plan: &mut Plan, taken: &mut UsedPaths) {
        let schema = &self.site.schema;
        for (from, number) in schema.gone.iter().filter(|(from, _)| !from.contains('#')) {
            let url = with_slash(from);
            let path = output_path(&url);
            let folded = path.to_lowercase();
            if taken.files.contains_key(&folded) || taken.blocks(&folded) {
                let place =
                    schema.text.place(&[PathStep::Key("gone".into()), PathStep::Index(*number)], MappingPart::Value);
                let message = format!("`{url}` is said to be gone for good, and a page has this address");
                let diagnostic = Diagnostic::new(Code::GoneTaken, place, message);
                self.diagnostics.push(diagnostic.help("remove it from `gone`"));
                continue;
            }
            taken.add(&folded, None);
            // Of a file that is no page nothing is left, and hosts say so.
            if other_than_page(&url).is_none() {
                plan.pages.push(Page { url, path, input: PageInput::Gone });
            }
        }
    }

    /// Every template that a page needs has to be there.
    fn check_templates(&mut self, plan: &Plan) {
        let needed: BTreeSet<&str> = plan.pages.iter().filter_map(|page| page.input.template()).collect();
        let empty: BTreeSet<_> = needed.iter().filter_map(|name| self.templates.empty(name)).collect();
        for path in &empty {
            let message = "this template is empty, and so is every page that is drawn with it";
            let diagnostic = Diagnostic::new(Code::TemplateInvalid, Place::whole(path), message);
            self.diagnostics
                .push(diagnostic.help("write it, or remove it: then the built-in one is used, or a more general one"));
        }
        for path in self.templates.own_empty().filter(|path| !empty.contains(path)) {
            self.diagnostics.push(stands_empty(path));
        }
        for name in needed.into_iter().filter(|name| !self.templates.has(name)) {
            let path: Arc<str> = format!("templates/{name}").into();
            let message = format!("there is no template `{name}`");
            let diagnostic = Diagnostic::new(Code::TemplateMissing, Place::whole(&path), message);
            self.diagnostics
                .push(diagnostic.help(format!("write `templates/{name}`, or remove what hides the built-in one")));
        }
    }
}

/// As what hosts serve a file of this address, where that is no page. What they do not know may be one, `/old.php`.
fn other_than_page(url: &str) -> Option<&'static str> {
    let sort = media_type(url).split(';').next()?;
    (!url.ends_with('/') && !["text/html", "application/octet-stream"].contains(&sort)).then_some(sort)
}

/// Output files in lower case, redirects with their places, and the folders in which they lie.
#[derive(Default)]
struct UsedPaths {
    files: HashMap<String, Option<Place>>,
    folders: HashSet<String>,
}

impl UsedPaths {
    fn add(&mut self, path: &str, place: Option<Place>) {
        self.folders.extend(above(path).map(str::to_string));
        self.files.insert(path.to_string(), place);
    }

    /// Takes the path of a redirect, with its URL as a page has it; or says why it cannot be taken. `key` is where it stands.
    fn redirect(
        &mut self,
        from: &str,
        key: &str,
        place: impl Fn() -> Place,
    ) -> Result<(String, String), Box<Diagnostic>> {
        let url = with_slash(from);
        let path = output_path(&url);
        let folded = path.to_lowercase();
        let diagnostic = |message| Diagnostic::new(Code::RedirectTaken, place(), message);
        Err(Box::new(match self.files.get(&folded) {
            Some(None) => {
                let message = format!("`{url}` is the address of a page: nothing can lead on from it");
                diagnostic(message).help(format!("remove it from `{key}`"))
            }
            Some(Some(first)) => {
                let message = format!("two redirects begin at `{url}`");
                diagnostic(message).related(first.clone(), "the other one").help("remove one of the two")
            }
            None if self.blocks(&folded) => {
                let message = format!("`{url}` is wanted both as a file and as a folder");
                diagnostic(message).help(format!("remove it from `{key}`"))
            }
            None if let Some(sort) = other_than_page(&url) => {
                let message = format!("nothing can lead on from `{url}`: hosts serve it as `{sort}`, and no page");
                let help =
                    format!("remove it from `{key}`; a host may lead on from it, by a rule in `static/_redirects`");
                Diagnostic::new(Code::RedirectBroken, place(), message).help(help)
            }
            None => {
                self.add(&folded, Some(place()));
                return Ok((url, path));
            }
        }))
    }

    /// Whether a file cannot be where others need a folder, or the other way round.
    fn blocks(&self, path: &str) -> bool {
        self.folders.contains(path) || above(path).any(|folder| self.files.contains_key(folder))
    }
}

/// The folders above a file, outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

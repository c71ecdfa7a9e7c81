//! A site to the list of its output files.

mod components;
mod links;
mod parents;
mod redirects;
mod theme;
mod unseen;
mod unused;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic, meant};
use crate::model::kind::Index;
use crate::model::plan::{FeedOf, Page, PageInput, Plan};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::source::AssetFile;
use crate::naming::headers;
use crate::pages::{SiteLists, Tag, feed, index, paging, related, sitemap, twin};
use crate::span::Place;
use crate::templates::Templates;
use crate::url::output_path;
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
            let meant = meant(&name, self.templates.names());
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
                self.list(&index::regroup_url(declared, regroup), index::rows(site, kind, regroup), &place, input);
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

    /// Two values that make one address: which of them has it depends on the others, and may change with the next one.
    fn shared(&self, kind: KindId, number: usize, tag: &Tag, other: &Tag) -> Diagnostic {
        let by = &self.site.schema.kind(kind).regroup_by[number].by;
        let place = |tag: &Tag| {
            let doc = &self.site.entry(*tag.members.first()?).doc;
            let list = [PathStep::Key(by.clone())];
            let values = crate::model::facts::values(self.site, *tag.members.first()?, by);
            let at = values.iter().position(|value| *value == tag.title);
            Some(doc.value_place(&list.into_iter().chain(at.map(PathStep::Index)).collect::<Vec<_>>()))
        };
        let message = format!(
            "`{}` and `{}` make one address: `{}` has `{}`, and another value may change that",
            tag.title, other.title, tag.title, tag.url
        );
        let here = place(tag).unwrap_or_else(|| Place::whole(&self.site.schema.text.path));
        let diagnostic = Diagnostic::new(Code::TagAddressShared, here, message);
        let related = place(other).into_iter().fold(diagnostic, |found, place| found.related(place, "the other one"));
        related.help("write one of the two otherwise, with other letters or digits")
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

    /// A data block that an index shows has to stand in some article.
    fn check_block(&mut self, kind: KindId, index: &Index) {
        let schema = &self.site.schema;
        let Some(wanted) = index.block.as_ref().filter(|wanted| self.site.block(wanted).is_none()) else { return };
        let path = ["kinds", &schema.kind(kind).name, "index", "block"].map(|key| PathStep::Key(key.to_string()));
        let place = schema.text.place(&path, MappingPart::Value);
        let message = format!("`{}` has no data block named `{}`", wanted.of, wanted.name);
        let diagnostic = Diagnostic::new(Code::SiteUnknownName, place, message);
        self.diagnostics
            .push(diagnostic.help("name an article as `guides/my-guide` and a block that it has, or remove the key"));
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

    /// A page whose address has too long a part: the name of its file, or the value that it lists.
    fn too_long(&self, page: &Page, origin: &UrlOrigin, message: String) -> Diagnostic {
        let PageInput::Value(kind, number, at, _) = page.input else {
            let diagnostic = Diagnostic::new(Code::UrlInvalid, self.place(origin), message);
            return diagnostic.help("give the file a shorter name: disks and hosts take no longer ones");
        };
        let first = self.lists.tags(self.site).of(kind, number).and_then(|tags| tags.get(at)?.members.first());
        let by = self.site.schema.kind(kind).regroup_by.get(number).map(|regroup| PathStep::Key(regroup.by.clone()));
        let place = match (first, by) {
            (Some(id), Some(by)) => self.site.entry(*id).doc.value_place(&[by]),
            _ => self.place(origin),
        };
        Diagnostic::new(Code::UrlInvalid, place, message)
            .help("shorten the value: each has a page of its own, and disks and hosts take no longer names")
    }

    /// Sorts the files; two for one address, or a file where a folder has to be, are errors.
    fn unique(&mut self) -> Plan {
        let pages = std::mem::take(&mut self.pages);
        let (mut pages, too_long): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(page, _)| fits_on_disk(&page.path));
        // The feed of a value, the twin of a page, and what else belongs to a page, is too long where that is.
        let is_more = |page: &Page| match &page.input {
            PageInput::Feed(FeedOf::Value(..)) | PageInput::Value(_, _, _, 2..) => true,
            PageInput::Twin(of) => !fits_on_disk(&of.path) || has_long_part(&of.path),
            _ => false,
        };
        for (page, origin) in too_long.iter().filter(|(page, _)| !is_more(page)) {
            let message = format!("a part of the address is longer than {LONGEST_NAME} bytes: `{}`", page.url);
            self.diagnostics.push(self.too_long(page, origin, message));
        }
        pages.par_sort_by(|a, b| a.0.path.cmp(&b.0.path));
        for (page, origin) in pages.iter().filter(|(page, _)| has_long_part(&page.path) && !is_more(page)) {
            let message = format!("the address of this page has a part of more than {LONGEST_PART} bytes");
            self.diagnostics.push(self.too_long(page, origin, message));
        }
        let folded: Vec<Cow<'_, str>> = pages.iter().map(|(page, _)| in_lower_case(&page.path)).collect();
        let (mut taken, mut doubles) = (FxHashMap::default(), BTreeSet::new());
        taken.reserve(pages.len());
        for (at, path) in folded.iter().enumerate() {
            let first = *taken.entry(&**path).or_insert(at);
            if first != at {
                if !is_doubled_with_another(&pages[at].0, &pages[first].0) {
                    self.diagnostics.push(self.double(&pages[at], &pages[first]));
                }
                doubles.insert(at);
            }
        }
        let clashing: BTreeSet<usize> =
            folded.iter().flat_map(|path| above(path)).filter_map(|folder| taken.get(folder).copied()).collect();
        for (page, origin) in clashing.into_iter().map(|at| &pages[at]) {
            let message = format!("`{}` is a file, and other pages need a folder of that name", page.url);
            self.diagnostics.push(Diagnostic::new(Code::UrlDuplicate, self.place(origin), message));
        }
        let doubled = doubles.iter().map(|at| pages[*at].0.url.clone()).collect();
        let kept = pages.into_iter().enumerate().filter(|(at, _)| !doubles.contains(at));
        Plan { pages: kept.map(|(_, (page, _))| page).collect(), doubled, ..Plan::default() }
    }

    fn double(&self, (page, origin): &(Page, UrlOrigin), (first, its): &(Page, UrlOrigin)) -> Diagnostic {
        let message = if first.path == page.path {
            format!("two pages have the address `{}`", first.url)
        } else {
            format!("`{}` and `{}` differ only in case: many hosts cannot tell them apart", first.url, page.url)
        };
        if let (PageInput::Regroup(kind, by, ..), PageInput::Regroup(other, its_by, ..)) = (&page.input, &first.input) {
            let (place, its) = (self.place_of_regroup(*kind, *by), self.place_of_regroup(*other, *its_by));
            let [name, its_name] = [kind, other].map(|kind| &self.site.schema.kind(*kind).name);
            let message = format!("the groups of `{its_name}` and `{name}` have one address, `{}`", first.url);
            let help = format!("give each an address of its own: `regroup_by: [{{by: tags, url: /{name}-tags/}}]`");
            return Diagnostic::new(Code::UrlDuplicate, place, message).related(its, "the other one").help(help);
        }
        let diagnostic = Diagnostic::new(Code::UrlDuplicate, self.place(origin), message);
        let made = [&page.input, &first.input].into_iter().find_map(not_made);
        let help = made
            .map_or("rename one of the two".into(), |keys| format!("rename the other one, or say {keys} in site.yaml"));
        diagnostic.related(self.place(its), "the other one").help(help)
    }

    /// Where the address of a regrouped index is declared.
    fn place_of_regroup(&self, kind: KindId, number: usize) -> Place {
        let kind = self.site.schema.kind(kind);
        let list = ["kinds", &kind.name, "regroup_by"].map(|key| PathStep::Key(key.to_string()));
        let path = list.into_iter().chain([PathStep::Index(number), PathStep::Key("url".into())]);
        self.site.schema.text.place(&path.collect::<Vec<_>>(), MappingPart::Value)
    }

    /// Adds the pages that lead on from old addresses, and those at addresses where there is nothing any more.
    fn redirects(&mut self, plan: &mut Plan) {
        let site = self.site;
        if site.schema.gone.is_empty() && site.entries.iter().all(|entry| entry.doc.redirect_from.is_empty()) {
            return;
        }
        let mut taken = UsedPaths::default();
        plan.pages.iter().for_each(|page| taken.add(&page.path.to_lowercase(), None));
        for id in site.ids() {
            let doc = &site.entry(id).doc;
            for (from, at) in &doc.redirect_from {
                let url = with_slash(from);
                let path = output_path(&url);
                let folded = path.to_lowercase();
                let diagnostic = |message| Diagnostic::new(Code::RedirectTaken, doc.value_place(at), message);
                let problem = match taken.files.get(&folded) {
                    Some(None) => {
                        let message = format!("`{url}` is the address of a page: nothing can lead on from it");
                        diagnostic(message).help("remove it from `redirect_from`")
                    }
                    Some(Some(first)) => {
                        let message = format!("two redirects begin at `{url}`");
                        diagnostic(message).related(first.clone(), "the other one").help("remove one of the two")
                    }
                    None if taken.blocks(&folded) => {
                        let message = format!("`{url}` is wanted both as a file and as a folder");
                        diagnostic(message).help("remove it from `redirect_from`")
                    }
                    None => {
                        taken.add(&folded, Some(doc.value_place(at)));
                        plan.pages.push(Page { url, path, input: PageInput::Redirect(id) });
                        continue;
                    }
                };
                self.diagnostics.push(problem);
            }
        }
        self.gone(plan, &mut taken);
        plan.pages.sort_by(|a, b| a.path.cmp(&b.path));
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
            plan.pages.push(Page { url, path, input: PageInput::Gone });
        }
    }

    /// Every template that a page needs has to be there.
    fn check_templates(&mut self, plan: &Plan) {
        let needed: BTreeSet<&str> = plan.pages.iter().filter_map(|page| page.input.template()).collect();
        let empty: BTreeSet<_> = needed.iter().filter_map(|name| self.templates.empty(name)).collect();
        for path in empty {
            let message = "this template is empty, and so is every page that is drawn with it";
            let diagnostic = Diagnostic::new(Code::TemplateInvalid, Place::whole(path), message);
            self.diagnostics.push(diagnostic.help("write it, or remove it: then the built-in one is used, or a more general one"));
        }
        for name in needed.into_iter().filter(|name| !self.templates.has(name)) {
            let path: Arc<str> = format!("templates/{name}").into();
            let message = format!("there is no template `{name}`");
            let diagnostic = Diagnostic::new(Code::TemplateMissing, Place::whole(&path), message);
            self.diagnostics
                .push(diagnostic.help(format!("write `templates/{name}`, or remove what hides the built-in one")));
        }
    }

    /// Every entry that is an anchor has to be shown by a data block of the page on which the anchor stands.
    fn check_anchors(&mut self) {
        let site = self.site;
        for kind in site.schema.kind_ids().filter(|kind| site.schema.kind(*kind).anchored()) {
            let declared = site.schema.kind(kind);
            let url = declared.url.base();
            let host = site.entries.iter().find(|entry| &*entry.url == url);
            let queries =
                host.into_iter().flat_map(|host| &host.doc.body.blocks).filter_map(|block| block.entries.as_ref());
            let shown: HashSet<EntryId> = queries.flat_map(|query| crate::model::facts::select(site, query)).collect();
            let clash =
                |id: &EntryId| host.is_some_and(|host| host.doc.body.heading(&site.entry(*id).doc.slug).is_some());
            for id in site.entries_of(kind).filter(clash) {
                let doc = &site.entry(id).doc;
                let message =
                    format!("`{url}` has a heading with the id `{}`, which is the anchor of this entry", doc.slug);
                let help = format!("give the heading another id: `## Heading {{#{}-2}}`", doc.slug);
                self.diagnostics.push(Diagnostic::new(Code::HeadingIdDuplicate, doc.place(), message).help(help));
            }
            let nothing_shown = shown.iter().all(|id| site.entry(*id).doc.kind != kind);
            for id in site.entries_of(kind).filter(|id| !shown.contains(id)) {
                let doc = &site.entry(id).doc;
                let message = format!("the page `{url}` does not show this {}", declared.name);
                let help = match host {
                    None => format!("write the page, with a data block that has `entries: {}`", declared.name),
                    Some(host) => format!("add a data block with `entries: {}` to {}", declared.name, host.doc.path()),
                };
                self.diagnostics.push(Diagnostic::new(Code::AnchorMissing, doc.place(), message).help(help));
                if host.is_none() || nothing_shown {
                    break; // one cause, one diagnostic
                }
            }
        }
    }
}

/// An old address as a page has it: that of a folder ends in a slash.
fn with_slash(from: &str) -> String {
    let is_file = from.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if from.ends_with('/') || is_file { from.to_string() } else { format!("{from}/") }
}

/// How a page that follows from the declaration is not made, in words of site.yaml; none of a page that somebody wrote.
fn not_made(input: &PageInput) -> Option<&'static str> {
    Some(match input {
        PageInput::Index(..) => "`index: false` of the kind, or where its list lies: `index: {url: /list/}`",
        PageInput::AToZ(_) => "`pages: {a_z: false}`",
        PageInput::Search => "`pages: {search: false}`",
        PageInput::Sources => "`pages: {sources: false}`",
        PageInput::NotFound => "`pages: {not_found: false}`",
        PageInput::Feed(FeedOf::Site) => "`pages: {feed: false}`",
        PageInput::Sitemap | PageInput::SitemapPart(_) => "`pages: {sitemap: false}`",
        PageInput::Robots => "`pages: {robots: false}`",
        PageInput::Graph => "`pages: {graph: false}`",
        PageInput::Llms => "`pages: {llms: false}`",
        PageInput::Entry(..)
        | PageInput::Regroup(..)
        | PageInput::Related(..)
        | PageInput::Matrix(_)
        | PageInput::Value(..)
        | PageInput::Home
        | PageInput::Redirect(_)
        | PageInput::Feed(_)
        | PageInput::Gone
        | PageInput::Headers
        | PageInput::Twin(_)
        | PageInput::Asset(_) => return None,
    })
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

    /// Whether a file cannot be where others need a folder, or the other way round.
    fn blocks(&self, path: &str) -> bool {
        self.folders.contains(path) || above(path).any(|folder| self.files.contains_key(folder))
    }
}

/// Longest name of a file or folder of the output, in bytes; most disks hold 255, and some names get an end while they are written.
const LONGEST_NAME: usize = 240;

fn fits_on_disk(path: &str) -> bool {
    path.len() <= LONGEST_NAME || path.split('/').all(|part| part.len() <= LONGEST_NAME)
}

/// Whether two files have one address only because the pages have one to which they belong, which is reported.
fn is_doubled_with_another(page: &Page, first: &Page) -> bool {
    match (&page.input, &first.input) {
        (PageInput::Twin(page), PageInput::Twin(first)) => in_lower_case(&page.path) == in_lower_case(&first.path),
        // Those of values, where their lists have one address.
        (PageInput::Value(kind, number, ..), PageInput::Value(other, its_number, ..))
        | (PageInput::Feed(FeedOf::Value(kind, number, _)), PageInput::Feed(FeedOf::Value(other, its_number, _))) => {
            (kind, number) != (other, its_number)
        }
        _ => page.input.is_continued() && first.input.is_continued(),
    }
}

fn in_lower_case(path: &str) -> Cow<'_, str> {
    let is_lower = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { path.into() } else { path.to_lowercase().into() }
}

/// The folders above a file, outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Disks take names of 255 bytes, and beside a file there may be others that begin with its name.
const LONGEST_PART: usize = 200;

fn has_long_part(path: &str) -> bool {
    path.len() > LONGEST_PART && path.split('/').any(|part| part.len() > LONGEST_PART)
}

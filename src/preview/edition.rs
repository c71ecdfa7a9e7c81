//! The site at one moment, as browsers see it. Pages are drawn when they are asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;

use super::{report, timed};
use crate::diagnostics::{Code, Diagnostic, human::SourceTexts, tidy};
use crate::engine::{DrawableSite, Snapshot};
use crate::hash::{Hash, Hasher};
use crate::model::plan::{Page, PageInput};
use crate::model::source::{AssetFile, Sources};
use crate::stages::load;
use crate::stages::render::{Content, Wanted, follows};

/// Most pages that are kept, however many are asked for.
const KEPT: usize = 1000;

/// The site at one moment.
pub struct Edition {
    /// Grows with every edition.
    pub revision: u64,
    /// The files as they were read.
    pub sources: Arc<Sources>,
    /// The newest site, with errors or without.
    pub latest: Arc<Snapshot>,
    /// The newest site of which every page was drawn without an error: where the latest cannot show a page, this can. At
    /// first, before all was drawn, one without known errors. No other site is kept, however many edits there were.
    pub good: Option<Arc<Snapshot>>,
    /// Everything that is wrong with the latest, as far as it is known.
    pub problems: Vec<Diagnostic>,
    /// The URL of the page whose file was changed last, and the revision that first showed it.
    pub changed: Option<(String, u64)>,
    drawn: Mutex<PagesByAddress>,
    /// Pages of editions before, each as it was shown last.
    before: PagesByAddress,
}

/// Drawn pages by their addresses.
type PagesByAddress = HashMap<String, Arc<ServedPage>>;

/// A page as the preview serves it.
#[derive(Clone)]
pub struct ServedPage {
    /// The hash of what it was made from.
    key: Hash,
    /// The page with the preview's script.
    pub bytes: Bytes,
    /// The hash of the page, for browsers that have it already.
    pub tag: String,
    /// The hash of the page without the addresses of style sheets: as long as it stays, nothing has to be loaded again.
    pub mark: String,
    /// Its file below the output folder.
    pub path: String,
    /// How long drawing took.
    pub took: Duration,
    /// What went wrong while the newest version was drawn.
    pub problems: Vec<Diagnostic>,
}

/// What the site has at an address.
pub enum Resource {
    /// A page, or another file that is made.
    Page(Arc<ServedPage>),
    /// A file that goes into the site as it is.
    File(AssetFile),
    /// The address lacks the slash at its end.
    Moved(String),
    /// Nothing: the page that says so, if the site has one.
    Nothing(Option<Arc<ServedPage>>),
    /// A page that cannot be shown, with what keeps it from being drawn.
    Broken(Vec<Diagnostic>),
}

impl Edition {
    /// The edition after `before`, made from these files.
    pub fn new(before: Option<&Edition>, sources: Arc<Sources>, latest: Arc<Snapshot>) -> Self {
        Self {
            revision: before.map_or(1, |before| before.revision + 1),
            sources,
            problems: latest.diagnostics.clone(),
            latest,
            good: before.and_then(|before| before.good.clone().or_else(|| before.without_errors())),
            changed: None,
            drawn: Mutex::default(),
            before: before.map(Edition::shown).unwrap_or_default(),
        }
    }

    /// The same edition, once every page was drawn and the problems that only drawing shows are known.
    pub fn swept(&self, found: Vec<Diagnostic>) -> Self {
        let mut problems = self.latest.diagnostics.clone();
        problems.extend(found);
        tidy(&mut problems);
        let good = !problems.iter().any(Diagnostic::is_error);
        Self {
            revision: self.revision + 1,
            sources: self.sources.clone(),
            problems,
            latest: self.latest.clone(),
            good: if good { Some(self.latest.clone()) } else { self.good.clone() },
            changed: self.changed.clone(),
            drawn: Mutex::new(self.lock().clone()),
            before: self.before.clone(),
        }
    }

    /// The newest site, if it has no errors as far as is known.
    fn without_errors(&self) -> Option<Arc<Snapshot>> {
        (!self.problems.iter().any(Diagnostic::is_error)).then(|| self.latest.clone())
    }

    /// A page that was drawn already.
    pub fn known(&self, url: &str) -> Option<Arc<ServedPage>> {
        self.lock().get(url).cloned()
    }

    /// What the site has at an address. Draws the page unless that was done before.
    pub fn find(&self, url: &str) -> Resource {
        if let Some(drawn) = self.known(url) {
            return Resource::Page(drawn);
        }
        if (self.latest.ready.is_none() || self.is_wrong(url))
            && let Some(last) = self.last(url, Vec::new())
        {
            return Resource::Page(last);
        }
        let mut broken = None;
        for ready in self.sites(url) {
            if let Some(page) = ready.plan.find(url) {
                if let PageInput::Asset(number) = page.input {
                    return Resource::File(ready.assets[number].clone());
                }
                match self.page(url, ready, page, broken.clone().unwrap_or_default()) {
                    Ok(drawn) => return Resource::Page(drawn),
                    Err(problems) => match self.last(url, problems.clone()) {
                        Some(last) => return Resource::Page(last),
                        None => _ = broken.get_or_insert(problems),
                    },
                }
            } else if let Some(page) = (!url.ends_with('/')).then(|| ready.plan.find(&format!("{url}/"))).flatten() {
                return Resource::Moved(page.url.clone());
            }
        }
        match broken {
            Some(problems) => Resource::Broken(problems),
            None if self.sites(url).next().is_none() => Resource::Broken(Vec::new()),
            None => Resource::Nothing(self.not_found()),
        }
    }

    /// The page of an address in the newest site that knows it.
    pub fn page_of(&self, url: &str) -> Option<(&DrawableSite, &Page)> {
        self.sites(url).find_map(|ready| Some((ready, ready.plan.find(url)?)))
    }

    /// The problems that a page has itself, or that keep every page from being drawn.
    pub fn problems_of(&self, url: &str, drawn: &[Diagnostic]) -> Vec<Diagnostic> {
        let page = self.latest.ready.as_ref().and_then(|ready| ready.plan.find(url));
        let own = self.own_file(url);
        let template = page.and_then(|page| page.input.template());
        let concerns = |problem: &&Diagnostic| {
            if problem.code == Code::TemplateFailed {
                return false;
            }
            let path = &*problem.place.path;
            let named = own
                .as_deref()
                .is_some_and(|own| path == own || problem.related.iter().any(|related| *related.place.path == *own));
            let drawn_with = template.is_some() && path.strip_prefix("templates/") == template;
            let everything = problem.is_error() && self.latest.ready.is_none();
            named || drawn_with || everything
        };
        let mut problems: Vec<_> = self.problems.iter().filter(concerns).cloned().collect();
        problems.extend_from_slice(drawn);
        tidy(&mut problems);
        problems
    }

    /// The file that a page was written in, by the newest site that has the page.
    pub fn own_file(&self, url: &str) -> Option<Arc<str>> {
        let sites = [Some(&self.latest), self.good.as_ref()];
        sites.into_iter().flatten().filter_map(|snapshot| snapshot.ready.as_ref()).find_map(|ready| {
            match ready.plan.find(url)?.input {
                PageInput::Entry(id, _) => Some(ready.site.entry(id).doc.path().clone()),
                _ => None,
            }
        })
    }

    /// The text of a file of the project.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.sources.text(path).map(|source| &source.text)
    }

    /// The texts of the files that some problems speak of.
    pub fn texts(&self, problems: &[Diagnostic]) -> SourceTexts {
        let text = |path: &str| match self.sources.text(path).filter(|source| !source.broken) {
            Some(source) => Some(source.text.clone()),
            // What could not be read as a text is shown as reports show it.
            None => load::text(self.sources.root.as_deref()?, path),
        };
        report::places(problems).filter_map(|place| Some((place.path.clone(), text(&place.path)?))).collect()
    }

    /// The hash of all files that pages show and that keep their names: images above all.
    pub fn media(&self) -> String {
        let mut hasher = Hasher::new();
        let assets = self.latest.ready.iter().flat_map(|ready| &ready.assets);
        for asset in assets.filter(|asset| asset.plain.is_none()) {
            hasher.text(&asset.url).hash(&asset.hash);
        }
        hasher.finish().short()
    }

    /// The sites that may show a page, best first: the latest unless the page's own file has errors, then the last good one.
    /// What the latest does not have any more is gone.
    fn sites(&self, url: &str) -> impl Iterator<Item = &DrawableSite> {
        let (latest, good) = (Some(&self.latest), self.good.as_ref());
        let gone = self.latest.ready.as_ref().is_some_and(|ready| ready.plan.find(url).is_none());
        let order = match (self.is_wrong(url), gone) {
            (true, _) => [good, latest],
            (false, false) => [latest, good],
            (false, true) => [latest, None],
        };
        order.into_iter().flatten().filter_map(|snapshot| snapshot.ready.as_ref())
    }

    /// Whether the page's own file has errors.
    fn is_wrong(&self, url: &str) -> bool {
        let own = self.own_file(url);
        own.is_some_and(|own| self.latest.diagnostics.iter().any(|d| d.is_error() && d.place.path == own))
    }

    /// The page as it was shown last, with what keeps the newest version from being drawn.
    fn last(&self, url: &str, problems: Vec<Diagnostic>) -> Option<Arc<ServedPage>> {
        let last = ServedPage { problems, ..ServedPage::clone(self.before.get(url)?) };
        Some(self.keep(url, last.into()))
    }

    /// Every page as it was shown last, in this edition or before, unless it is gone.
    fn shown(&self) -> PagesByAddress {
        let drawn = self.lock();
        let there = |url: &str| self.latest.ready.as_ref().is_none_or(|ready| ready.plan.find(url).is_some());
        let older = self.before.iter().filter(|(url, _)| there(url)).take(KEPT.saturating_sub(drawn.len()));
        older.chain(drawn.iter()).map(|(url, drawn)| (url.clone(), drawn.clone())).collect()
    }

    fn keep(&self, url: &str, drawn: Arc<ServedPage>) -> Arc<ServedPage> {
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(url.to_string(), drawn.clone());
        drawn
    }

    fn not_found(&self) -> Option<Arc<ServedPage>> {
        let ready = self.latest.ready.as_ref().or_else(|| self.good.as_ref()?.ready.as_ref())?;
        let page = ready.plan.pages.iter().find(|page| page.input == PageInput::NotFound)?;
        match self.known(&page.url) {
            Some(drawn) => Some(drawn),
            None => self.page(&page.url, ready, page, Vec::new()).ok(),
        }
    }

    /// Draws a page, or takes it from the edition before where nothing has changed about it.
    fn page(
        &self,
        url: &str,
        ready: &DrawableSite,
        page: &Page,
        earlier: Vec<Diagnostic>,
    ) -> Result<Arc<ServedPage>, Vec<Diagnostic>> {
        let before = self.before.get(url).filter(|before| before.problems.is_empty() && earlier.is_empty());
        let known = |key: &Hash| before.is_some_and(|before| before.key == *key);
        let (new, took) = timed(|| ready.draw(page, Wanted::FileUnless(&known)));
        let drawn = match (new.content, before) {
            (Content::Known, Some(before)) => before.clone(),
            (Content::Bytes(bytes), _) => {
                let problems = new.problems.into_iter().chain(earlier).collect();
                Arc::new(finished(new.key, page, &bytes, ready, took, problems))
            }
            _ => return Err(self.without_followers(page, ready, new.problems)),
        };
        Ok(self.keep(url, drawn))
    }

    /// The problems of drawing a page without those that only follow from entries with errors.
    fn without_followers(&self, page: &Page, ready: &DrawableSite, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if follows(page, &ready.site, &self.latest.wrong()) {
            problems.retain(|problem| problem.code != Code::TemplateFailed);
        }
        problems
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, PagesByAddress> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The style sheets of a site: the address without the piece of the hash, and the address of today.
pub fn styles(ready: &DrawableSite) -> impl Iterator<Item = (String, &str)> {
    let styles = ready.assets.iter().filter(|asset| asset.url.ends_with(".css"));
    styles.map(|asset| (asset.plain.as_ref().unwrap_or(&asset.url).clone(), asset.url.as_str()))
}

fn finished(
    key: Hash,
    page: &Page,
    bytes: &[u8],
    ready: &DrawableSite,
    took: Duration,
    problems: Vec<Diagnostic>,
) -> ServedPage {
    let (mut mark, mut shown) = (String::new(), Bytes::copy_from_slice(bytes));
    if page.input.template().is_some() {
        let html = String::from_utf8_lossy(bytes);
        let plain = styles(ready).fold(html.to_string(), |html, (name, url)| html.replace(url, &name));
        mark = Hash::of(plain.as_bytes()).short();
        shown = with_script(&html, &mark, &ready.site.schema.base_url.path).into();
    }
    let tag = format!("\"{}\"", Hash::of(&shown).hex());
    ServedPage { key, bytes: shown, tag, mark, path: page.path.clone(), took, problems }
}

/// A page with the preview's script as the last thing in its body.
pub fn with_script(html: &str, mark: &str, base: &str) -> String {
    let at = html.rfind("</body>").unwrap_or(html.len());
    let (before, after) = html.split_at(at);
    format!("{before}<script src=\"{base}_limber/preview.js\" data-mark=\"{mark}\" defer></script>\n{after}")
}

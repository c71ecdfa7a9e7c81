//! Every output file and exactly what it is made from.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::diagnostics::{Code, Diagnostic, NameIndex, nearest};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::span::Place;

/// All output files, sorted by path.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub pages: Vec<Page>,
    /// The addresses of files that cannot stand beside another one, which is reported.
    pub doubled: BTreeSet<String>,
    /// The old addresses from which nothing leads on as long as what they lead to is held back.
    pub waiting: BTreeSet<String>,
    /// The places on pages that links lead to and that only drawing the page shows.
    pub wanted_ids: Vec<WantedId>,
    /// Looks for the address that a wrong one was to be. A plan with the same addresses shares it, with all that was found.
    pub addresses: Arc<OnceLock<NameIndex>>,
}

/// A place on a page that a link leads to.
#[derive(Clone, Debug)]
pub struct WantedId {
    /// The address of the page.
    pub url: String,
    /// The id of the place.
    pub id: String,
    /// Where the link stands.
    pub place: Place,
}

impl WantedId {
    /// Says that the page has no such place. `ids` are those that it has.
    pub fn missing<'a>(self, ids: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        let near = nearest(&self.id, ids);
        let message = format!("`{}` has no heading `{}`", self.url, self.id);
        let diagnostic = Diagnostic::new(Code::LinkBrokenHeading, self.place, message);
        if near.is_empty() {
            return diagnostic.help("take the part behind `#` away, or write it as the page has it");
        }
        diagnostic.suggest(&near)
    }
}

/// One output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Root-relative URL without the base path.
    pub url: String,
    /// The file below the output folder.
    pub path: String,
    /// What it is made from.
    pub input: PageInput,
}

/// What an output file is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageInput {
    /// The page of an entry, with the template that draws it.
    Entry(EntryId, String),
    /// The index of a kind: its template, and which page of the list.
    Index(KindId, String, usize),
    /// The index of a kind, grouped anew: the number of the regrouping, the template, and which page of the list.
    Regroup(KindId, usize, String, usize),
    /// The entries that are related to one, where its own page cannot show all: the number of the relation among those of
    /// its kind, and which page of the list.
    Related(EntryId, usize, usize),
    /// A matrix: its number.
    Matrix(usize),
    /// The entries with one value of a free list: the kind, the number of the regrouping, the value's place among those of the
    /// list, and which page of the list.
    Value(KindId, usize, usize, usize),
    /// The home page that is made where the content has none.
    Home,
    /// Every title and alias: which page of the list.
    AToZ(usize),
    /// The search page.
    Search,
    /// The bibliography.
    Sources,
    /// The page for addresses that do not exist.
    NotFound,
    /// An address that leads on.
    Redirect(RedirectTarget),
    /// An Atom feed.
    Feed(FeedOf),
    /// An address where there is nothing any more.
    Gone,
    /// The sitemap, or the list of its parts.
    Sitemap,
    /// A part of a sitemap that is too long for one file: which, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// `_headers`: what hosts may keep for ever.
    Headers,
    /// Entries, fields and edges for other programs.
    Graph,
    /// A page as Markdown, without a template.
    Twin(Box<Page>),
    /// `llms.txt`: the twins by kind.
    Llms,
    /// A file as it is: its number among the assets.
    Asset(usize),
}

/// Where an address leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectTarget {
    /// To the entry that had it.
    Entry(EntryId),
    /// Where `redirects` of `site.yaml` says.
    Declared {
        /// Its number there.
        number: usize,
        /// The title of what is there.
        title: String,
        /// The URL without the base path, with the id behind `#`, or a whole address elsewhere.
        url: String,
    },
}

impl RedirectTarget {
    /// The URL without the base path, or a whole address elsewhere.
    pub fn url<'a>(&'a self, site: &'a Site) -> &'a str {
        match self {
            Self::Entry(id) => &site.entry(*id).url,
            Self::Declared { url, .. } => url,
        }
    }

    /// The title of what is there.
    pub fn title<'a>(&'a self, site: &'a Site) -> &'a str {
        match self {
            Self::Entry(id) => site.entry(*id).doc.name(),
            Self::Declared { title, .. } => title,
        }
    }

    /// The entry that had the address.
    pub fn entry(&self) -> Option<EntryId> {
        match self {
            Self::Entry(id) => Some(*id),
            Self::Declared { .. } => None,
        }
    }

    /// Where it leads, as it stands in a page.
    pub fn href(&self, site: &Site) -> String {
        let url = self.url(site);
        if url.starts_with('/') { site.schema.base_url.rooted(url) } else { url.to_string() }
    }
}

/// What an Atom feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The whole site.
    Site,
    /// The entries of a kind.
    Kind(KindId),
    /// The entries with one value of a free list: the kind, the number of the regrouping, the value's place in its list.
    Value(KindId, usize, usize),
}

/// What the entries on a page for readers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageSubject {
    /// One entry and what is related to it.
    Entry(EntryId),
    /// Entries of a kind.
    Kind(KindId),
    /// Entries of any kind.
    Site,
}

/// The templates by which pages are drawn that no entry and no kind has named.
pub const PAGE_TEMPLATES: [&str; 12] = [
    "entry.html",
    "index.html",
    "related.html",
    "value.html",
    "home.html",
    "matrix.html",
    "a-z.html",
    "search.html",
    "sources.html",
    "not-found.html",
    "redirect.html",
    "gone.html",
];

impl PageInput {
    /// What its entries are; none for what lists none, and for files that are no page.
    pub fn subject(&self) -> Option<PageSubject> {
        match self {
            Self::Entry(id, _) | Self::Related(id, ..) => Some(PageSubject::Entry(*id)),
            Self::Index(kind, ..) | Self::Regroup(kind, ..) | Self::Value(kind, ..) => Some(PageSubject::Kind(*kind)),
            Self::Home | Self::Matrix(_) | Self::AToZ(_) | Self::Sources => Some(PageSubject::Site),
            Self::Search
            | Self::NotFound
            | Self::Redirect(_)
            | Self::Feed(_)
            | Self::Gone
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots
            | Self::Headers
            | Self::Graph
            | Self::Twin(_)
            | Self::Llms
            | Self::Asset(_) => None,
        }
    }

    /// Whether it is a further page of a list.
    pub fn is_continued(&self) -> bool {
        matches!(
            self,
            Self::Index(_, _, 2..)
                | Self::Regroup(_, _, _, 2..)
                | Self::Related(_, _, 2..)
                | Self::Value(_, _, _, 2..)
                | Self::AToZ(2..)
        )
    }

    /// The template that draws it; none for what is no page of HTML.
    pub fn template(&self) -> Option<&str> {
        match self {
            Self::Entry(_, template) | Self::Index(_, template, _) | Self::Regroup(_, _, template, _) => Some(template),
            Self::Related(..) => Some("related.html"),
            Self::Value(..) => Some("value.html"),
            Self::Home => Some("home.html"),
            Self::Matrix(_) => Some("matrix.html"),
            Self::AToZ(_) => Some("a-z.html"),
            Self::Search => Some("search.html"),
            Self::Sources => Some("sources.html"),
            Self::NotFound => Some("not-found.html"),
            Self::Redirect(_) => Some("redirect.html"),
            Self::Gone => Some("gone.html"),
            Self::Feed(_)
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::Robots
            | Self::Headers
            | Self::Graph
            | Self::Twin(_)
            | Self::Llms
            | Self::Asset(_) => None,
        }
    }
}

impl Plan {
    /// The output file that an address means that no file has as it stands.
    pub fn meant(&self, url: &str) -> Option<&Page> {
        crate::url::other_forms(url).find_map(|meant| self.find(&meant).filter(|page| page.url == meant))
    }

    /// The output file that serves a URL.
    pub fn find(&self, url: &str) -> Option<&Page> {
        let path = crate::url::output_path(url);
        self.pages.binary_search_by(|page| page.path.as_str().cmp(&path)).ok().map(|at| &self.pages[at])
    }
}

//! Addresses that more than one page would have, or that no disk takes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Planning, UrlOrigin, above};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::doc::Doc;
use crate::model::plan::{FeedOf, Page, PageInput, Plan};
use crate::model::schema::KindId;
use crate::pages::Tag;
use crate::span::Place;
use crate::yaml::{MappingPart, PathStep};

impl Planning<'_> {
    /// Sorts the files; two for one address, or a file where a folder has to be, are errors.
    pub(super) fn unique(&mut self) -> Plan {
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
            let diagnostic = Diagnostic::new(Code::UrlDuplicate, self.place(origin), message);
            self.diagnostics.push(diagnostic.help(match page.input {
                PageInput::Asset(_) => "rename the file, or the pages below it".to_string(),
                _ => format!("give it another address, such as `{}/`", page.url.trim_end_matches(".html")),
            }));
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
            let (place, its_place) = (self.place_of_regroup(*kind, *by), self.place_of_regroup(*other, *its_by));
            let [declared, its] = [kind, other].map(|kind| self.site.schema.kind(*kind));
            let (name, by) = (&declared.name, &declared.regroup_by[*by].by);
            let message = if kind == other {
                format!("two groupings of `{name}` have one address, `{}`", first.url)
            } else {
                format!("the groups of `{}` and `{name}` have one address, `{}`", its.name, first.url)
            };
            let help = format!(
                "give each an address of its own, such as `regroup_by: [{{by: {by}, url: /{name}-{}/}}]`, or take one out",
                crate::url::slug(by)
            );
            return Diagnostic::new(Code::UrlDuplicate, place, message).related(its_place, "the other one").help(help);
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

    /// A page whose address has too long a part: the name of its file, or the value that it lists.
    fn too_long(&self, page: &Page, origin: &UrlOrigin, message: String) -> Diagnostic {
        let PageInput::Value(kind, number, at, _) = page.input else {
            let diagnostic = Diagnostic::new(Code::UrlInvalid, self.place(origin), message);
            return diagnostic.help("give the file a shorter name: disks and hosts take no longer ones");
        };
        let first = self.lists.tags(self.site).of(kind, number).and_then(|tags| tags.get(at)?.members.first());
        let by = self.site.schema.kind(kind).regroup_by.get(number).map(|regroup| &regroup.by);
        let place = match (first, by) {
            (Some(id), Some(by)) => {
                let doc = &self.site.entry(*id).doc;
                doc.value_place(&self.way_to_values(kind, by, doc))
            }
            _ => self.place(origin),
        };
        Diagnostic::new(Code::UrlInvalid, place, message)
            .help("shorten the value: each has a page of its own, and disks and hosts take no longer names")
    }

    /// The key of an entry under which the values of a field stand: its own, or one from which the kind reads it.
    fn way_to_values(&self, kind: KindId, by: &str, doc: &Doc) -> Vec<PathStep> {
        let steps = |key: &str| key.split('.').map(|step| PathStep::Key(step.to_string())).collect::<Vec<_>>();
        let fields = self.site.schema.kind(kind).from_keys.fields.iter();
        let others = fields.filter(|(field, _)| field == by).flat_map(|(_, keys)| keys).map(|key| steps(key));
        let is_there = |path: &Vec<PathStep>| doc.yaml.key_range(&[&doc.root[..], path].concat()).is_some();
        let own = vec![PathStep::Key(by.to_string())];
        std::iter::once(own.clone()).chain(others).find(is_there).unwrap_or(own)
    }

    /// Two values that make one address: which of them has it depends on the others, and may change with the next one.
    pub(super) fn shared(&self, kind: KindId, number: usize, tag: &Tag, other: &Tag) -> Diagnostic {
        let by = &self.site.schema.kind(kind).regroup_by[number].by;
        let place = |tag: &Tag| {
            let doc = &self.site.entry(*tag.members.first()?).doc;
            let list = self.way_to_values(kind, by, doc);
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
        related.help("write both alike where one is meant, or one of the two with other letters or digits")
    }
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

/// Disks take names of 255 bytes, and beside a file there may be others that begin with its name.
const LONGEST_PART: usize = 200;

fn has_long_part(path: &str) -> bool {
    path.len() > LONGEST_PART && path.split('/').any(|part| part.len() > LONGEST_PART)
}

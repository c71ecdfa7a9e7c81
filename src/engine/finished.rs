//! The links of finished pages, whoever wrote them there: a template, `site.yaml`, a page among the static files. Each has to
//! lead to a file of the site, and to a place that is there. Only whoever draws every page can tell: `check` and `publish`.

mod said;
mod tags;

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::DrawableSite;
use crate::diagnostics::Diagnostic;
use crate::links::split_directive;
use crate::model::plan::{Page, PageInput, RedirectTarget};
use crate::model::source::AssetBytes;
use crate::model::value::Value;
use crate::naming::RedirectRules;
use crate::signs;
use crate::stages::render::merge;
use crate::stages::weigh::weigh;
use crate::url::{decode_path, output_path};

/// Looks at the finished pages of a site.
pub struct FinishedPages<'a> {
    ready: &'a DrawableSite,
    by_url: FxHashMap<&'a str, usize>,
    rules: RedirectRules,
    judged: OnceLock<FxHashSet<LinkEnd>>,
}

/// What was seen of a page: the ids that it has, and its links that may lead nowhere.
pub struct SeenPage {
    number: usize,
    ids: FxHashSet<u64>,
    /// Whether a program of its own may make more of them.
    makes_ids: bool,
    open: Vec<OpenLink>,
}

/// A link as it was written, with its destination.
struct OpenLink {
    written: String,
    destination: LinkEnd,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum LinkEnd {
    /// To a place on a page.
    Place(usize, String),
    /// To an address at which there is no file.
    Nothing(String),
}

/// What serves an address.
enum Served {
    /// A file of the site, by its number.
    File(usize),
    /// Another site, another program on the host, or a rule of `_redirects`.
    Elsewhere,
    Nothing,
}

impl<'a> FinishedPages<'a> {
    /// The pages of a site.
    pub fn of(ready: &'a DrawableSite) -> Self {
        let by_url = ready.plan.pages.iter().enumerate().map(|(number, page)| (page.url.as_str(), number)).collect();
        Self { ready, by_url, rules: RedirectRules::of(&ready.assets), judged: OnceLock::new() }
    }

    /// Looks at a page that was drawn.
    pub fn look(&self, page: &Page, html: &[u8]) -> Option<SeenPage> {
        if !page.path.ends_with(".html") {
            return None;
        }
        let number = *self.by_url.get(page.url.as_str())?;
        let text = String::from_utf8_lossy(html);
        let tags = tags::read(&text);
        // What a program has yet to write is no address.
        let is_static = matches!(page.input, PageInput::Asset(_));
        let ids: FxHashSet<u64> = tags.ids.iter().map(|id| FxBuildHasher.hash_one(id.as_str())).collect();
        let is_there = |id: &str, on: usize| on == number && ids.contains(&FxBuildHasher.hash_one(id));
        let mut seen = FxHashSet::default();
        let new = tags.links.iter().filter(|link| seen.insert(link.as_str()));
        let is_address = |link: &&String| !(is_static && link.contains(['{', '}', '[']));
        let open = new.filter(is_address).filter_map(|link| {
            let destination = match tags.base.as_deref().and_then(|base| self.counted_from(base, link)) {
                Some(address) => self.destination(number, &address)?,
                None => self.destination(number, link)?,
            };
            let is_settled = matches!(&destination, LinkEnd::Place(on, id) if is_there(id, *on));
            (!is_settled).then(|| OpenLink { written: link.clone(), destination })
        });
        let open = open.collect();
        Some(SeenPage { number, ids, makes_ids: is_static && signs::has(&text, "<script"), open })
    }

    /// Looks at the pages among the static files, which nothing draws.
    pub fn look_at_static(&self) -> Vec<SeenPage> {
        self.ready.plan.pages.par_iter().filter_map(|page| self.look(page, &self.static_page(page)?)).collect()
    }

    fn static_page(&self, page: &Page) -> Option<Cow<'a, [u8]>> {
        let PageInput::Asset(number) = page.input else { return None };
        let asset = self.ready.assets.get(number).filter(|_| page.path.ends_with(".html"))?;
        match &asset.bytes {
            AssetBytes::Memory(bytes) => Some(Cow::Borrowed(&**bytes)),
            AssetBytes::Disk(path, _) => std::fs::read(path).ok().map(Cow::Owned),
        }
    }

    /// Every link of these pages that leads nowhere, as bad as the site finds it. Of pages that are not among them every place
    /// counts as there.
    pub fn problems(&self, pages: &[SeenPage]) -> Vec<Diagnostic> {
        let by_number: FxHashMap<usize, &SeenPage> = pages.iter().map(|page| (page.number, page)).collect();
        let has_place = |number: &usize, id: &str| {
            by_number.get(number).is_none_or(|page| page.makes_ids || page.ids.contains(&FxBuildHasher.hash_one(id)))
        };
        let leads_nowhere = |link: &OpenLink| match &link.destination {
            LinkEnd::Nothing(_) => true,
            LinkEnd::Place(number, id) => !has_place(number, id),
        };
        let broken = pages.iter().flat_map(|page| page.open.iter().map(move |link| (page.number, link)));
        let is_said = |end: &LinkEnd| self.is_judged(end) || self.is_shown_by_no_block(end);
        let broken = broken.filter(|(_, link)| leads_nowhere(link) && !is_said(&link.destination));
        let mut found = merge(broken.map(|(number, link)| self.problem(number, link)).collect());
        weigh(&self.ready.site.schema, &mut found);
        found
    }

    /// The address of a link that counts from another address than that of its page; none where it counts from the host.
    fn counted_from(&self, base: &str, link: &str) -> Option<String> {
        let is_whole = |address: &str| {
            address.starts_with("//") || address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'))
        };
        let own = self.ready.site.schema.base_url.origin.as_str();
        if is_whole(link) || link.starts_with('/') && (!is_whole(base) || base.starts_with(own)) {
            return None;
        }
        let base = base.split(['#', '?']).next().unwrap_or_default();
        let host = base.find("//").and_then(|at| Some(at + 2 + base[at + 2..].find('/')?));
        Some(match link.chars().next() {
            None | Some('#' | '?') => format!("{base}{link}"),
            Some('/') => format!("{}{link}", &base[..host.unwrap_or(base.len())]),
            Some(_) => format!("{}/{link}", base.rsplit_once('/').map_or(base, |(folder, _)| folder)),
        })
    }

    /// Where a link on a page leads; none where that needs no second look.
    fn destination(&self, page: usize, link: &str) -> Option<LinkEnd> {
        let schema = &self.ready.site.schema;
        let below_host = link
            .strip_prefix(schema.base_url.origin.as_str())
            .filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
            .map_or(link, |rest| if rest.is_empty() { "/" } else { rest });
        let has_scheme = below_host.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if has_scheme || below_host.starts_with("//") {
            return None;
        }
        let (address, fragment) = below_host.split_once('#').unwrap_or((below_host, ""));
        let address = address.split('?').next().unwrap_or_default();
        let number = match self.served(page, address) {
            Served::File(number) => number,
            Served::Elsewhere => return None,
            Served::Nothing => return Some(LinkEnd::Nothing(link.to_string())),
        };
        let (fragment, _) = split_directive(fragment);
        let fragment = decode_path(fragment).unwrap_or_else(|| fragment.to_string());
        // Programs of a page read `#/route`.
        let is_route = fragment.starts_with(['/', '!']);
        let is_place = !fragment.is_empty() && fragment != "top" && !is_route;
        is_place.then_some(LinkEnd::Place(number, fragment))
    }

    fn served(&self, page: usize, address: &str) -> Served {
        if address.is_empty() {
            return Served::File(page);
        }
        let (site, base) = (&self.ready.site, &self.ready.site.schema.base_url.path);
        // Most are written as the program writes them.
        if let Some(number) = address.strip_prefix(&base[..base.len() - 1]).and_then(|url| self.by_url.get(url)) {
            return Served::File(*number);
        }
        let Some(decoded) = decode_path(address) else { return Served::Nothing };
        let rooted = match decoded.strip_prefix('/') {
            Some(_) => decoded.clone(),
            None => {
                let path = &self.ready.plan.pages[page].path;
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{base}{folder}/{decoded}")
            }
        };
        let rooted = without_dots(&rooted);
        let below = rooted.strip_prefix(base.as_str());
        let Some(below) = below.or_else(|| (format!("{rooted}/") == *base).then_some("")) else {
            return Served::Elsewhere;
        };
        let url = format!("/{below}");
        let as_folder = format!("{}/", url.trim_end_matches('/'));
        let file = |url: &str| {
            let path = output_path(url);
            let pages = &self.ready.plan.pages;
            pages.binary_search_by(|page| page.path.as_str().cmp(&path)).ok()
        };
        let own = if below.is_empty() || below.ends_with('/') { None } else { file(&url) };
        if let Some(number) = own.or_else(|| file(&as_folder)) {
            return Served::File(number);
        }
        let outside = &site.schema.links.outside;
        let is_other = outside.iter().any(|prefix| url.starts_with(prefix.as_str()))
            || self.rules.find(&rooted).is_some()
            || self.ready.plan.doubled.contains(&url);
        if is_other { Served::Elsewhere } else { Served::Nothing }
    }

    /// Whether a text has such a link, too: those were looked at where they stand, and what the site has made of that holds.
    fn is_judged(&self, destination: &LinkEnd) -> bool {
        let is_shown = match destination {
            LinkEnd::Nothing(_) => false,
            LinkEnd::Place(number, id) => self.is_of_texts(*number, id),
        };
        !is_shown && self.judged.get_or_init(|| self.all_judged()).contains(destination)
    }

    fn all_judged(&self) -> FxHashSet<LinkEnd> {
        let site = &self.ready.site;
        let mut judged = FxHashSet::default();
        for id in site.ids() {
            let entry = site.entry(id);
            let page = self.by_url.get(entry.url.split('#').next().unwrap_or_default()).copied();
            let mut add = |address: &str| judged.extend(page.and_then(|page| self.destination(page, address)));
            for text in site.references(id).texts.iter() {
                for link in &text.links {
                    let own = link.address.starts_with('#');
                    add(&if own { link.address.to_string() } else { site.schema.base_url.rooted(&link.address) });
                }
            }
            let mut bodies = entry.doc.bodies();
            bodies.drain(..).flat_map(|body| &body.external).for_each(|link| add(&link.url));
            entry.doc.every_value(&mut |value, _| match value {
                Value::Url(url, _) if url.starts_with('/') => add(&site.schema.base_url.rooted(url)),
                Value::Url(url, _) => add(url),
                _ => {}
            });
        }
        // So were those of menus.
        let mut add = |address: &str| judged.extend(self.destination(0, &site.schema.base_url.rooted(address)));
        let named = site.schema.theme.links().filter_map(|item| item.to.as_deref());
        named.filter(|to| to.starts_with('/')).for_each(&mut add);
        // And those of `redirects`.
        for page in &self.ready.plan.pages {
            if let PageInput::Redirect(RedirectTarget::Declared { url, .. }) = &page.input {
                add(url);
            }
        }
        judged
    }
}

/// A path without `.` and `..`, and with single slashes.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with(['/']) || path.ends_with("/.") || path.ends_with("/..") { "/" } else { "" };
    if parts.is_empty() { "/".into() } else { format!("/{}{slash}", parts.join("/")) }
}

//! Addresses of the site - in links, in fields, in the params of `site.yaml` - have to lead to a page or a file.

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, NameIndex};
use crate::links;
use crate::model::body::{Body, LinkTarget, LinkUse};
use crate::model::doc::Doc;
use crate::model::plan::{Page, PageInput, Plan, RedirectTarget, WantedId};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::value::Value;
use crate::span::Place;
use crate::url::{composed, other_forms, with_slash};
use crate::yaml::{MappingPart, Path, PathStep, Yaml};

/// Every address that leads nowhere, and the places on pages that only drawing shows.
pub(super) fn check(site: &Site, plan: &Plan) -> (Vec<Diagnostic>, Vec<WantedId>) {
    let checking = Checking { site, plan };
    let ids: Vec<_> = site.ids().collect();
    let mut found: Vec<_> = ids.into_par_iter().flat_map_iter(|id| checking.entry(id)).collect();
    let text = &site.schema.text;
    for (path, url) in addresses(&site.schema.params, vec![PathStep::Key("params".into())]) {
        found.extend(checking.written(url, &|| text.place(&path, MappingPart::Value)));
    }
    for page in &plan.pages {
        if let PageInput::Redirect(RedirectTarget::Declared { number, url, .. }) = &page.input {
            let place = || text.place(&site.schema.redirects[*number].path, MappingPart::Value);
            found.extend(checking.written(url, &place).filter(|_| url.contains('#')));
        }
    }
    let (mut problems, mut wanted) = (Vec::new(), Vec::new());
    for found in found {
        match found {
            Found::Problem(problem) => problems.push(*problem),
            Found::Wanted(id) => wanted.push(id),
        }
    }
    (problems, wanted)
}

/// What an address turned out to be that has not been seen to lead anywhere.
enum Found {
    /// It leads nowhere.
    Problem(Box<Diagnostic>),
    /// It leads to a place on a page that has to be drawn first.
    Wanted(WantedId),
}

impl From<Diagnostic> for Found {
    fn from(problem: Diagnostic) -> Self {
        Self::Problem(Box::new(problem))
    }
}

struct Checking<'a> {
    site: &'a Site,
    plan: &'a Plan,
}

impl Checking<'_> {
    fn entry(&self, id: EntryId) -> Vec<Found> {
        let doc = &self.site.entry(id).doc;
        let mut found = Vec::new();
        self.body(doc, &doc.body, &mut found);
        doc.every_value(&mut |value, place| match value {
            Value::Markdown(body) => self.body(doc, body, &mut found),
            Value::Url(url, at) => found.extend(self.written(url, &|| place(at))),
            Value::Nothing
            | Value::Text(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Choice(_)
            | Value::Range(..)
            | Value::Image(..)
            | Value::Citations(_)
            | Value::Entry(..)
            | Value::List(_)
            | Value::Object(_)
            | Value::Data(_) => {}
        });
        found
    }

    fn body(&self, doc: &Doc, body: &Body, found: &mut Vec<Found>) {
        for link in &body.links {
            if let LinkTarget::Page(url) = &link.target {
                let place = || doc.body_place(body, link.span.clone());
                let mut problem = self.address(url, link.heading.as_deref(), &link.used, &place);
                if let Some(Found::Problem(problem)) = &mut problem {
                    link.say_where(problem);
                }
                found.extend(problem);
            }
        }
    }

    /// An address as it stands in YAML, with the anchor behind `#`.
    fn written(&self, address: &str, place: &dyn Fn() -> Place) -> Option<Found> {
        // The home page is there.
        let own = links::own_address(address, &self.site.schema).filter(|own| *own != "/");
        let address = own.unwrap_or(address);
        if !address.starts_with('/') {
            return None;
        }
        let (url, anchor) = links::parts(address);
        let url = composed(&url);
        let is_there = || self.plan.find(&url).is_some() || self.plan.meant(&url).is_some();
        if self.site.left_out.urls.contains(&*url) || self.site.left_out.is_at(&url) && !is_there() {
            let message = format!("`{address}` is held back, as a draft is: whoever follows it finds nothing");
            let help =
                "publish it, by taking `draft: true` or the like out of its front matter, or take the address out";
            return Some(Diagnostic::new(Code::LinkHeldBack, place(), message).help(help).into());
        }
        self.address(&url, anchor.as_deref(), &LinkUse::Followed, place)
    }

    fn address(&self, url: &str, anchor: Option<&str>, used: &LinkUse, place: &dyn Fn() -> Place) -> Option<Found> {
        let is_outside = |prefix: &String| url.starts_with(prefix.as_str());
        if self.site.left_out.urls.contains(url)
            || self.plan.doubled.contains(url)
            || self.site.schema.links.outside.iter().any(is_outside)
        {
            return None;
        }
        // A finished page among the static files may be meant by its folder, as hosts serve it.
        let is_meant =
            |page: &&Page| page.url == url || url.ends_with('/') && matches!(page.input, PageInput::Asset(_));
        let Some(page) = self.plan.find(url).filter(is_meant) else {
            if links::file_meant(url, "", None, &self.site.schema, &self.site.assets).is_some() {
                return None;
            }
            if self.site.assets.is_reported(&format!("static{url}")) {
                return None;
            }
            if let Some(page) = self.plan.meant(url).filter(|_| !used.loads()) {
                let message = format!("no page has the address `{url}`: the link is led to `{}`", page.url);
                let diagnostic = Diagnostic::new(Code::LinkForm, place(), message);
                return Some(diagnostic.other_form(url, page.url.clone()).into());
            }
            let waits = |url: &str| self.plan.waiting.contains(&with_slash(url));
            if self.site.left_out.is_at(url) || waits(url) || other_forms(url).any(|url| waits(&url)) {
                return Some(links::held_back(place(), url).into());
            }
            let (code, message, help) = match used {
                LinkUse::Picture => (
                    Code::ImageMissing,
                    format!("there is no image `{url}`"),
                    "put the file into `static/`, or correct the address",
                ),
                LinkUse::Loaded => (
                    Code::LinkBroken,
                    format!("there is no file `{url}`"),
                    "put the file into `static/`, or correct the address",
                ),
                LinkUse::Followed | LinkUse::NotShown { .. } => (
                    Code::LinkBroken,
                    format!("no page has the address `{url}`"),
                    "link to an entry by its `.md` file, or to the address of a page that is there",
                ),
            };
            let diagnostic = Diagnostic::new(code, place(), message);
            let all = || NameIndex::new(self.plan.pages.iter().map(|page| page.url.clone()));
            let mut meant = self.plan.addresses.get_or_init(all).meant(url);
            if used.loads() {
                meant.names.retain(|name| !name.ends_with('/') && !name.ends_with(".html"));
            }
            let diagnostic =
                if meant.names.is_empty() { diagnostic.help(help) } else { diagnostic.suggest_fix(url, &meant) };
            return Some(diagnostic.into());
        };
        // Links to an old address are resolved as links to the entry.
        let anchor = anchor.map(|anchor| links::split_directive(anchor).0).filter(|anchor| !anchor.is_empty());
        let anchor = anchor.filter(|_| !matches!(page.input, PageInput::Redirect(_)))?;
        let wanted = || WantedId { url: url.to_string(), id: anchor.to_string(), place: place() };
        let PageInput::Entry(id, _) = &page.input else {
            let is_drawn = page.input.template().is_some() && anchor != "top";
            return is_drawn.then(wanted).map(Found::Wanted);
        };
        let doc = &self.site.entry(*id).doc;
        let schema = &self.site.schema;
        let here = |kind: &KindId| schema.kind(*kind).anchored() && schema.kind(*kind).url.base() == url;
        let entry = schema.kind_ids().filter(here).find_map(|kind| self.site.find(kind, anchor));
        if doc.has_id(anchor) || entry.is_some() || anchor == "top" {
            return None;
        }
        Some(wanted().missing(doc.body.headings.iter().map(|heading| heading.id.as_str())).into())
    }
}

/// The values of all keys `url` or `..._url` in free YAML, with the way to each.
fn addresses(yaml: &Yaml, path: Path) -> Vec<(Path, &str)> {
    let below = |step: PathStep| path.iter().cloned().chain([step]).collect::<Path>();
    match yaml {
        Yaml::Map(entries) => entries
            .iter()
            .flat_map(|(key, value)| match value {
                Yaml::Text(text) if key == "url" || key.ends_with("_url") => {
                    vec![(below(PathStep::Key(key.clone())), text.as_str())]
                }
                value => addresses(value, below(PathStep::Key(key.clone()))),
            })
            .collect(),
        Yaml::List(items) => {
            items.iter().enumerate().flat_map(|(at, item)| addresses(item, below(PathStep::Index(at)))).collect()
        }
        _ => Vec::new(),
    }
}

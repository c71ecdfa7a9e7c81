//! What leads on has to lead to a page, and not over another redirect: `redirects` of site.yaml, and the rules of the site's own
//! `_redirects`.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::UsedPaths;
use crate::diagnostics::{Code, Diagnostic, NameIndex};
use crate::folders::without_extension;
use crate::links::{self, Address};
use crate::model::body::LinkTarget;
use crate::model::plan::{Page, PageInput, Plan, RedirectTarget};
use crate::model::schema::DeclaredRedirect;
use crate::model::site::{EntryId, Site};
use crate::model::source::AssetFile;
use crate::naming::{RedirectRule, RedirectRules};
use crate::pages::{MenuTarget, is_draft, target};
use crate::span::Place;
use crate::url::{composed, decode_path, with_slash};
use crate::yaml::MappingPart;

/// The pages that lead on as `redirects` of site.yaml says, and every redirect there that begins at the address of a page, or that
/// leads nowhere, in a circle or over another one.
pub(super) fn declared(site: &Site, plan: &Plan, taken: &mut UsedPaths) -> DeclaredPages {
    let all = Declared::of(site, plan);
    let (mut pages, mut waiting, mut problems) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (number, redirect) in site.schema.redirects.iter().enumerate() {
        let place = |part| site.schema.text.place(&redirect.path, part);
        let (url, path) = match taken.redirect(&redirect.from, "redirects", || place(MappingPart::Key)) {
            Ok(free) => free,
            Err(problem) => {
                problems.push(*problem);
                continue;
            }
        };
        let problem = |message| Diagnostic::new(Code::RedirectBroken, place(MappingPart::Value), message);
        match all.end(&redirect.from, &redirect.to) {
            RedirectEnd::To(title, to) => {
                let input = PageInput::Redirect(RedirectTarget::Declared { number, title, url: to });
                pages.push(Page { url, path, input });
            }
            RedirectEnd::ToDraft => {
                let message = format!("`{url}` leads to `{}`, which is held back, as a draft is", redirect.to);
                let help = "nothing leads on from there until that is published, without `draft: true` or the like";
                problems.push(Diagnostic::new(Code::LinkHeldBack, place(MappingPart::Value), message).help(help));
                waiting.insert(url);
            }
            RedirectEnd::Astray(message, help) => problems.push(problem(message).help(help)),
            RedirectEnd::Nowhere => {
                let nowhere = problem(format!("`{url}` leads to `{}`, and nothing is there", redirect.to));
                problems.push(all.with_way_out(nowhere, &redirect.to));
            }
        }
    }
    DeclaredPages { pages, waiting, problems }
}

/// Where a redirect leads that leads to a page: by its title, its address, its entry, and whether an address was written.
type ShownEnd<'a> = dyn Fn(String, &str, Option<EntryId>, bool) -> RedirectEnd + 'a;

/// What `redirects` of site.yaml makes.
pub(super) struct DeclaredPages {
    /// The pages that lead on.
    pub pages: Vec<Page>,
    /// The addresses from which nothing leads on as long as what they lead to is held back.
    pub waiting: BTreeSet<String>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Where a redirect of site.yaml leads.
enum RedirectEnd {
    /// To something of this title, at this address.
    To(String, String),
    /// To an entry that is held back.
    ToDraft,
    /// Over another redirect: what is wrong, and the way out.
    Astray(String, String),
    Nowhere,
}

/// The redirects of site.yaml, and what they may lead to. What only wrong ones need is made for the first of these.
struct Declared<'a> {
    site: &'a Site,
    plan: &'a Plan,
    /// The redirects by the address at which they begin, with a slash at its end.
    by_address: FxHashMap<String, &'a DeclaredRedirect>,
    /// The addresses of pages.
    addresses: OnceCell<NameIndex>,
    /// The names of entries and kinds.
    names: OnceCell<NameIndex>,
    /// The names of entries by their slugs.
    by_slug: OnceCell<FxHashMap<&'a str, Vec<String>>>,
}

impl<'a> Declared<'a> {
    fn of(site: &'a Site, plan: &'a Plan) -> Self {
        let mut by_address = FxHashMap::default();
        for redirect in &site.schema.redirects {
            by_address.entry(with_slash(&redirect.from)).or_insert(redirect);
        }
        let (addresses, names, by_slug) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { site, plan, by_address, addresses, names, by_slug }
    }

    /// Where a redirect leads that begins at an address. What it leads to is read as links are.
    fn end(&self, from: &str, to: &str) -> RedirectEnd {
        let (site, plan) = (self.site, self.plan);
        let written = links::own_address(to, &site.schema).unwrap_or(to);
        let (path, heading) = links::parts(written);
        let path = composed(&path);
        let query = query_of(written);
        let shown = |title: String, url: &str, entry: Option<EntryId>, is_address: bool| {
            // A heading behind the address of an entry is its id; one behind its name, as behind its file, may be its words.
            let id = |heading: &String| {
                let doc = entry.filter(|_| !is_address).map(|id| &site.entry(id).doc);
                doc.and_then(|doc| doc.heading(heading)).unwrap_or(heading).to_string()
            };
            let (page, own) = url.split_once('#').map_or((url, None), |(page, own)| (page, Some(own.to_string())));
            let behind = heading.as_ref().map(id).or(own).map_or_else(String::new, |id| format!("#{id}"));
            RedirectEnd::To(title, format!("{page}{query}{behind}"))
        };
        if is_name(written) {
            return match target(site, &path) {
                MenuTarget::Shown { title, url } => {
                    let entry = site.ids().find(|id| *site.entry(*id).url == *url);
                    shown(title, &url, entry, false)
                }
                _ if is_draft(site, &path) => RedirectEnd::ToDraft,
                _ => RedirectEnd::Nowhere,
            };
        }
        if !written.starts_with('/') {
            return RedirectEnd::To(to.to_string(), to.to_string());
        }
        let page = plan.find(&path);
        match page.filter(|page| page.url == *path).or_else(|| plan.meant(&path)).or(page) {
            Some(Page { input: PageInput::Redirect(next), .. }) => leads_on(from, to, next.url(site)),
            Some(Page { input: PageInput::Gone, .. }) => RedirectEnd::Astray(
                format!("`{from}` leads to `{to}`, and site.yaml says that this is gone for good"),
                "let it lead to a page that is there, or add it to `gone`".into(),
            ),
            Some(Page { url, input: PageInput::Entry(id, _), .. }) => {
                shown(site.entry(*id).doc.name().to_string(), url, Some(*id), true)
            }
            Some(page) => shown(page.url.clone(), &page.url, None, true),
            None => match self.by_address.get(&with_slash(&path)) {
                Some(next) => self.over(from, to, next),
                None if site.left_out.is_at(&path) => RedirectEnd::ToDraft,
                None if site.schema.links.outside.iter().any(|prefix| path.starts_with(prefix.as_str())) => {
                    RedirectEnd::To(written.to_string(), written.to_string())
                }
                None => self.at_file(written, &shown),
            },
        }
    }

    /// Where a redirect leads to the file of an entry: `/content/guides/start.md`.
    fn at_file(&self, written: &str, shown: &ShownEnd<'_>) -> RedirectEnd {
        let site = self.site;
        let Address::Internal(LinkTarget::Entry(kind, slug), _) = links::read(written, "", &site.schema) else {
            return RedirectEnd::Nowhere;
        };
        match site.find(kind, &slug) {
            Some(id) => shown(site.entry(id).doc.name().to_string(), &site.entry(id).url, Some(id), false),
            None if site.left_out.drafts.contains(&(kind, slug)) => RedirectEnd::ToDraft,
            None => RedirectEnd::Nowhere,
        }
    }

    /// Where a redirect leads that leads to another one.
    fn over(&self, from: &str, to: &str, next: &DeclaredRedirect) -> RedirectEnd {
        let mut seen = FxHashSet::from_iter([with_slash(from)]);
        let mut last = next;
        while seen.insert(with_slash(&last.from)) {
            match self.by_address.get(&with_slash(&last.to)) {
                Some(further) => last = further,
                None => return leads_on(from, to, &last.to),
            }
        }
        RedirectEnd::Astray(format!("`{from}` leads in a circle"), "let it lead to a page".into())
    }

    /// A redirect that leads nowhere with what may have been meant.
    fn with_way_out(&self, nowhere: Diagnostic, to: &str) -> Diagnostic {
        if is_name(to) {
            let names = self.names_meant(to);
            if !names.is_empty() {
                return nowhere.suggest(&names);
            }
        } else if to.starts_with('/') {
            let addresses = || NameIndex::new(self.plan.pages.iter().map(|page| page.url.clone()));
            let meant = self.addresses.get_or_init(addresses).meant(to);
            if !meant.names.is_empty() {
                return nowhere.suggest_fix(to, &meant);
            }
        }
        // An entry that is there, so that the way out ends the error.
        let entry = self
            .site
            .ids()
            .next()
            .map(|id| format!("`{}`, an entry such as `{}`", self.site.entry(id).url, self.name_of(id)));
        let such = entry.unwrap_or_else(|| "`/`".into());
        nowhere.help(format!("let it lead to an address of the site such as {such}, or a whole address"))
    }

    /// What a redirect calls an entry.
    fn name_of(&self, id: EntryId) -> String {
        let doc = &self.site.entry(id).doc;
        if doc.kind == self.site.schema.page_kind() { doc.slug.clone() } else { self.site.name(id) }
    }

    /// The names of the entries and kinds that may have been meant by one that is not there.
    fn names_meant(&self, to: &str) -> Vec<String> {
        let site = self.site;
        let name = to.split(['#', '?']).next().unwrap_or(to);
        let name = name.strip_prefix("content/").unwrap_or(name);
        let name = without_extension(name).unwrap_or(name);
        let name_of = |id| self.name_of(id);
        let by_slug = self.by_slug.get_or_init(|| {
            let mut by_slug: FxHashMap<&str, Vec<String>> = FxHashMap::default();
            site.ids().for_each(|id| by_slug.entry(&site.entry(id).doc.slug).or_default().push(name_of(id)));
            by_slug
        });
        if let Some(names) = by_slug.get(name) {
            return names.clone();
        }
        let kinds = site.schema.kinds.iter().filter(|kind| kind.index.is_some()).map(|kind| kind.plural.clone());
        let names = self.names.get_or_init(|| NameIndex::new(site.ids().map(name_of).chain(kinds)));
        if names.has(name) { vec![name.to_string()] } else { names.meant(name).names }
    }
}

/// The question to the page that stands in an address, with its sign.
fn query_of(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or(address);
    address.find('?').map_or("", |at| &address[at..])
}

/// Whether a redirect leads to a name, and not to an address.
fn is_name(to: &str) -> bool {
    !to.starts_with('/') && !to.contains("://")
}

fn leads_on(from: &str, to: &str, last: &str) -> RedirectEnd {
    let message = format!("`{to}`, where `{from}` leads, leads on itself");
    RedirectEnd::Astray(message, format!("let it lead straight to `{last}`"))
}

/// Every rule that leads nowhere, in a circle, over another redirect, or from the address of a page.
pub(super) fn check(site: &Site, plan: &Plan, assets: &[AssetFile]) -> Vec<Diagnostic> {
    let rules = RedirectRules::of(assets);
    let plain = rules.all.iter().filter(|rule| rule.is_plain() && !rule.stays);
    let report = |rule: &RedirectRule| {
        let (message, help) = problem(rule, &rules, site, plan)?;
        let place = Place::new(&rules.path, rule.range.clone());
        Some(Diagnostic::new(Code::RedirectBroken, place, message).help(help))
    };
    plain.filter_map(report).collect()
}

/// What is wrong with a rule, and the way out.
fn problem(rule: &RedirectRule, rules: &RedirectRules, site: &Site, plan: &Plan) -> Option<(String, String)> {
    let (from, to) = (&rule.from, rule.to.split(['#', '?']).next().unwrap_or_default());
    let own = links::own_address(to, &site.schema).map(|url| site.schema.base_url.rooted(url));
    let to = own.as_deref().unwrap_or(to);
    let page = |address: &str| {
        let below = address.strip_prefix(site.schema.base_url.path.trim_end_matches('/'))?;
        let url = decode_path(if below.is_empty() { "/" } else { below })?;
        plan.find(&url).or_else(|| plan.meant(&url))
    };
    let is_held_back = |address: &str| {
        let below = address.strip_prefix(site.schema.base_url.path.trim_end_matches('/'));
        below.is_some_and(|url| site.left_out.is_at(&links::parts(url).0))
    };
    if !rule.forced && page(from).is_some() {
        let message = format!("a page has the address `{from}`: this rule never counts");
        return Some((message, "remove the rule, or give the page another address".into()));
    }
    if !to.starts_with('/') || to.contains(['*', ':']) {
        return None;
    }
    if let Some(next) = rules.find(to).filter(|_| page(to).is_none()) {
        let (mut last, mut steps) = (next, 0);
        while let Some(further) = rules.find(last.to.as_str()).filter(|_| steps <= rules.all.len()) {
            (last, steps) = (further, steps + 1);
        }
        return Some(if steps > rules.all.len() || next == rule {
            (format!("`{from}` leads in a circle"), "let it lead to a page".into())
        } else {
            let help = format!("let it lead straight to `{}`", last.to);
            (format!("`{to}`, where `{from}` leads, leads on itself"), help)
        });
    }
    match page(to).map(|page| &page.input) {
        Some(PageInput::Redirect(last)) => {
            let url = last.href(site);
            let message = format!("`{to}`, where `{from}` leads, leads on itself");
            Some((message, format!("let it lead straight to `{url}`")))
        }
        Some(_) => None,
        None if site.schema.links.outside.iter().any(|prefix| to.starts_with(prefix.as_str())) => None,
        None if is_held_back(to) => {
            let message = format!("`{from}` leads to `{to}`, which is held back, as a draft is");
            Some((message, "take the rule out until that is published".into()))
        }
        None => {
            let message = format!("`{from}` leads to `{to}`, and no page has this address");
            Some((message, "let it lead to a page that is there, or remove the rule".into()))
        }
    }
}

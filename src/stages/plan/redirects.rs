//! What leads on has to lead to a page, and not over another redirect: `redirects` of site.yaml, and the rules of the site's own
//! `_redirects`.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::links::within_site;
use super::{UsedPaths, with_slash};
use crate::diagnostics::{Code, Diagnostic, NameIndex};
use crate::folders::without_extension;
use crate::model::plan::{Page, PageInput, Plan, RedirectTarget};
use crate::model::schema::DeclaredRedirect;
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::naming::{RedirectRule, RedirectRules};
use crate::pages::{MenuTarget, target};
use crate::span::Place;
use crate::url::decode_path;
use crate::yaml::MappingPart;

/// The pages that lead on as `redirects` of site.yaml says, and every redirect there that begins at the address of a page, or that
/// leads nowhere, in a circle or over another one.
pub(super) fn declared(site: &Site, plan: &Plan, taken: &mut UsedPaths) -> (Vec<Page>, Vec<Diagnostic>) {
    let all = Declared::of(site, plan);
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
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
            RedirectEnd::ToDraft => {}
            RedirectEnd::Astray(message, help) => problems.push(problem(message).help(help)),
            RedirectEnd::Nowhere => {
                let nowhere = problem(format!("`{url}` leads to `{}`, and nothing is there", redirect.to));
                problems.push(all.with_way_out(nowhere, &redirect.to));
            }
        }
    }
    (pages, problems)
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

    /// Where a redirect leads that begins at an address.
    fn end(&self, from: &str, to: &str) -> RedirectEnd {
        let (site, plan) = (self.site, self.plan);
        let (name, id) = to.find('#').filter(|_| is_name(to)).map_or((to, ""), |at| to.split_at(at));
        let written = match target(site, name) {
            MenuTarget::Shown { title, url } => return RedirectEnd::To(title, format!("{url}{id}")),
            MenuTarget::Address(url) => url,
            MenuTarget::Outside(whole) => match within_site(&site.schema, &whole) {
                Some((url, None)) => url,
                Some((url, Some(id))) => format!("{url}#{id}"),
                None => return RedirectEnd::To(whole.clone(), whole),
            },
            MenuTarget::Nothing if is_draft(site, name) => return RedirectEnd::ToDraft,
            MenuTarget::Nothing => return RedirectEnd::Nowhere,
        };
        let end = written.find(['#', '?']).unwrap_or(written.len());
        let (path, behind) = written.split_at(end);
        let Some(path) = decode_path(path) else { return RedirectEnd::Nowhere };
        let page = plan.find(&path);
        match page.filter(|page| page.url == path).or_else(|| plan.meant(&path)).or(page) {
            Some(Page { input: PageInput::Redirect(next), .. }) => leads_on(from, to, next.url(site)),
            Some(Page { input: PageInput::Gone, .. }) => RedirectEnd::Astray(
                format!("`{from}` leads to `{to}`, and site.yaml says that this is gone for good"),
                "let it lead to a page that is there, or add it to `gone`".into(),
            ),
            Some(page) => {
                let title = match &page.input {
                    PageInput::Entry(id, _) => site.entry(*id).doc.name().to_string(),
                    _ => page.url.clone(),
                };
                RedirectEnd::To(title, format!("{}{behind}", page.url))
            }
            None => match self.by_address.get(&with_slash(&path)) {
                Some(next) => self.over(from, to, next),
                None if [&path, &with_slash(&path)].into_iter().any(|url| site.left_out.urls.contains(url)) => {
                    RedirectEnd::ToDraft
                }
                None if site.schema.links.outside.iter().any(|prefix| path.starts_with(prefix.as_str())) => {
                    RedirectEnd::To(written.clone(), written)
                }
                None => RedirectEnd::Nowhere,
            },
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
        nowhere.help("let it lead to an address of the site such as `/about/`, an entry such as `guides/start`, or a whole address")
    }

    /// The names of the entries and kinds that may have been meant by one that is not there.
    fn names_meant(&self, to: &str) -> Vec<String> {
        let site = self.site;
        let name = to.split('#').next().unwrap_or(to);
        let name = name.strip_prefix("content/").unwrap_or(name);
        let name = without_extension(name).unwrap_or(name);
        let name_of = |id| {
            let doc = &site.entry(id).doc;
            if doc.kind == site.schema.page_kind() { doc.slug.clone() } else { site.name(id) }
        };
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

/// Whether a redirect leads to a name, and not to an address.
fn is_name(to: &str) -> bool {
    !to.starts_with('/') && !to.contains("://")
}

/// Whether a name is that of a draft.
fn is_draft(site: &Site, name: &str) -> bool {
    let schema = &site.schema;
    let named = match name.split_once('/') {
        Some((kind, slug)) => schema.kind_named(kind).map(|kind| (kind, slug.to_string())),
        None => Some((schema.page_kind(), name.to_string())),
    };
    named.is_some_and(|named| site.left_out.drafts.contains(&named))
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
    let page = |address: &str| {
        let below = address.strip_prefix(site.schema.base_url.path.trim_end_matches('/'))?;
        let url = decode_path(if below.is_empty() { "/" } else { below })?;
        plan.find(&url).or_else(|| plan.meant(&url))
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
        None => {
            let message = format!("`{from}` leads to `{to}`, and no page has this address");
            Some((message, "let it lead to a page that is there, or remove the rule".into()))
        }
    }
}

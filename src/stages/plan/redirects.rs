//! What leads on has to lead to a page, and not over another redirect: `redirects` of site.yaml, and the rules of the site's own
//! `_redirects`.

use super::links::within_site;
use super::{UsedPaths, with_slash};
use crate::diagnostics::{Code, Diagnostic, meant};
use crate::folders::without_extension;
use crate::model::plan::{Page, PageInput, Plan, RedirectTarget};
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
        match leads(site, plan, &redirect.from, &redirect.to) {
            Leads::To(title, to) => {
                let input = PageInput::Redirect(RedirectTarget::Declared { number, title, url: to });
                pages.push(Page { url, path, input });
            }
            Leads::ToDraft => {}
            Leads::Astray(message, help) => {
                let diagnostic = Diagnostic::new(Code::RedirectBroken, place(MappingPart::Value), message);
                problems.push(diagnostic.help(help));
            }
            Leads::Nowhere => {
                let message = format!("`{url}` leads to `{}`, and nothing is there", redirect.to);
                let diagnostic = Diagnostic::new(Code::RedirectBroken, place(MappingPart::Value), message);
                let names = if to_is_name(&redirect.to) { names_meant(site, &redirect.to) } else { Vec::new() };
                if !names.is_empty() {
                    problems.push(diagnostic.suggest(&names));
                    continue;
                }
                let urls = plan.pages.iter().map(|page| page.url.as_str());
                let meant = meant(&redirect.to, urls.filter(|_| redirect.to.starts_with('/')));
                problems.push(match meant.names.is_empty() {
                    true => diagnostic.help(
                        "let it lead to an address of the site such as `/about/`, an entry such as `guides/start`, or a whole address",
                    ),
                    false => diagnostic.suggest_fix(&redirect.to, &meant),
                });
            }
        }
    }
    (pages, problems)
}

/// Where a redirect of site.yaml leads.
enum Leads {
    /// To something of this title, at this address.
    To(String, String),
    /// To an entry that is held back.
    ToDraft,
    /// Over another redirect: what is wrong, and the way out.
    Astray(String, String),
    Nowhere,
}

/// Whether a redirect leads to a name, and not to an address.
fn to_is_name(to: &str) -> bool {
    !to.starts_with('/') && !to.contains("://")
}

fn leads(site: &Site, plan: &Plan, from: &str, to: &str) -> Leads {
    let (name, id) = to.find('#').filter(|_| to_is_name(to)).map_or((to, ""), |at| to.split_at(at));
    let written = match target(site, name) {
        MenuTarget::Shown { title, url } => return Leads::To(title, format!("{url}{id}")),
        MenuTarget::Address(url) => url,
        MenuTarget::Outside(whole) => match within_site(&site.schema, &whole) {
            Some((url, None)) => url,
            Some((url, Some(id))) => format!("{url}#{id}"),
            None => return Leads::To(whole.clone(), whole),
        },
        MenuTarget::Nothing if is_draft(site, name) => return Leads::ToDraft,
        MenuTarget::Nothing => return Leads::Nowhere,
    };
    let end = written.find(['#', '?']).unwrap_or(written.len());
    let (path, behind) = written.split_at(end);
    let Some(path) = decode_path(path) else { return Leads::Nowhere };
    let declared = |url: &str| site.schema.redirects.iter().find(|next| with_slash(&next.from) == with_slash(url));
    let page =
        plan.find(&path).filter(|page| page.url == path).or_else(|| plan.meant(&path)).or_else(|| plan.find(&path));
    if let Some(next) = declared(&path).filter(|_| page.is_none()) {
        let (mut last, mut steps) = (next, 0);
        while let Some(further) = declared(&last.to).filter(|_| steps <= site.schema.redirects.len()) {
            (last, steps) = (further, steps + 1);
        }
        return if steps > site.schema.redirects.len() || with_slash(&next.from) == with_slash(from) {
            Leads::Astray(format!("`{from}` leads in a circle"), "let it lead to a page".into())
        } else {
            leads_on(from, to, &last.to)
        };
    }
    match page {
        Some(Page { input: PageInput::Redirect(next), .. }) => leads_on(from, to, next.url(site)),
        Some(Page { input: PageInput::Gone, .. }) => Leads::Astray(
            format!("`{from}` leads to `{to}`, and site.yaml says that this is gone for good"),
            "let it lead to a page that is there, or add it to `gone`".into(),
        ),
        Some(page) => {
            let title = match &page.input {
                PageInput::Entry(id, _) => site.entry(*id).doc.name().to_string(),
                _ => page.url.clone(),
            };
            Leads::To(title, format!("{}{behind}", page.url))
        }
        None if [&path, &with_slash(&path)].into_iter().any(|url| site.left_out.urls.contains(url)) => Leads::ToDraft,
        None if site.schema.links.outside.iter().any(|prefix| path.starts_with(prefix.as_str())) => {
            Leads::To(written.clone(), written)
        }
        None => Leads::Nowhere,
    }
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

/// The names of the entries and kinds that may have been meant by one that is not there.
fn names_meant(site: &Site, to: &str) -> Vec<String> {
    let name = to.split('#').next().unwrap_or(to);
    let name = name.strip_prefix("content/").unwrap_or(name);
    let name = without_extension(name).unwrap_or(name);
    let name_of = |id| {
        let doc = &site.entry(id).doc;
        if doc.kind == site.schema.page_kind() { doc.slug.clone() } else { site.name(id) }
    };
    let slugs: Vec<String> = site.ids().filter(|id| site.entry(*id).doc.slug == name).map(name_of).collect();
    if !slugs.is_empty() {
        return slugs;
    }
    let names: Vec<String> = site.ids().map(name_of).collect();
    let kinds = site.schema.kinds.iter().filter(|kind| kind.index.is_some()).map(|kind| kind.plural.as_str());
    let all: Vec<&str> = names.iter().map(String::as_str).chain(kinds).collect();
    match all.contains(&name) {
        true => vec![name.to_string()],
        false => meant(name, all).names,
    }
}

fn leads_on(from: &str, to: &str, last: &str) -> Leads {
    let message = format!("`{to}`, where `{from}` leads, leads on itself");
    Leads::Astray(message, format!("let it lead straight to `{last}`"))
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

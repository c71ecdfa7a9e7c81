//! The rules of the site's own `_redirects` have to lead to a page, and not over another rule.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::plan::{PageInput, Plan};
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::naming::{RedirectRule, RedirectRules};
use crate::span::Place;
use crate::url::decode_path;

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
        Some(PageInput::Redirect(id)) => {
            let url = site.schema.base_url.rooted(&site.entry(*id).url);
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

//! What was published once, and leads nowhere any more.

use std::collections::{BTreeMap, BTreeSet};

use super::served::PublishedIds;
use super::successors::Successors;
use super::{Recorded, RecordedUrl, Service, read};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::doc::Doc;
use crate::model::plan::{PageInput, Plan};
use crate::model::schema::Schema;
use crate::model::site::Site;
use crate::model::source::{AssetFile, Source};
use crate::naming::RedirectRules;
use crate::url::decode_path;
use crate::yaml::{MappingPart, PathStep};

/// Every address and every id of the ledger that a site has lost, with what may have come in its place.
pub fn check(ledger: &Source, site: &Site, plan: &Plan, assets: &[AssetFile]) -> Vec<Diagnostic> {
    let (recorded, mut problems) = read(ledger);
    problems.extend(other_base(&recorded, &site.schema));
    let rules = RedirectRules::of(assets);
    let (ids, gone) = (PublishedIds::of(site), gone(&site.schema));
    let mut reported: BTreeMap<String, usize> = BTreeMap::new();
    let mut successors = Successors::new(site, plan, &recorded);
    for line in &recorded.lines {
        let url = decode_path(&line.url).unwrap_or_else(|| line.url.clone());
        let is_outside = |prefix: &String| url.starts_with(prefix.as_str());
        if !rules.all.is_empty() && rules.find(&site.schema.base_url.rooted(&line.url)).is_some()
            || site.schema.links.outside.iter().any(is_outside)
        {
            continue;
        }
        let page = plan.find(&url).map(|page| match &page.input {
            PageInput::Redirect(to) => to.url(site).split('#').next().unwrap_or_default(),
            _ => page.url.as_str(),
        });
        match page {
            None => {
                reported.insert(url.clone(), problems.len());
                problems.push(vanished(&recorded, line, &url, site, &mut successors));
            }
            // Of pages elsewhere nothing is known.
            Some(page) if gone.contains(url.as_str()) || !page.starts_with('/') => {}
            Some(page) => {
                let has = |id: &str| ids.has(page, id) || gone.contains(&*format!("{url}#{id}"));
                for (id, range) in line.ids.iter().filter(|(id, _)| !has(id)) {
                    let message = format!("the page `{page}` has no `#{id}` any more, and it was published at `{url}`");
                    let near = nearest(id, ids.all(page));
                    let diagnostic = Diagnostic::new(Code::HeadingIdVanished, recorded.place(range), message);
                    problems.push(with_ways_out(diagnostic.suggest(&near), &url, id, ids.doc(page)));
                }
            }
        }
    }
    for (url, fix) in successors.repairs() {
        if let Some(at) = reported.get(url) {
            problems[*at].fix = Some(fix);
        }
    }
    problems
}

/// One message where the site lives below another path than before: every address has changed then.
fn other_base(recorded: &Recorded, schema: &Schema) -> Option<Diagnostic> {
    let (base, range) = recorded.base.as_ref().filter(|(base, _)| *base != schema.own_url.path)?;
    let message = format!(
        "the site was published below `{base}`, and now lives below `{}`: every address changes",
        schema.own_url.path
    );
    let place = schema.text.place(&[PathStep::Key("base_url".into())], MappingPart::Value);
    let diagnostic = Diagnostic::new(Code::BasePathChanged, recorded.place(range), message);
    Some(diagnostic.related(place, "where it lives now").help(format!(
        "let the host lead everything below `{base}` on, then write `base {}` here",
        schema.own_url.path
    )))
}

/// The addresses and ids that the site says are gone for good.
fn gone(schema: &Schema) -> BTreeSet<&str> {
    schema.gone.iter().map(|(url, _)| url.as_str()).collect()
}

fn vanished(
    recorded: &Recorded,
    line: &RecordedUrl,
    url: &str,
    site: &Site,
    successors: &mut Successors<'_>,
) -> Diagnostic {
    let place = recorded.place(&line.range);
    if site.left_out.urls.contains(url) {
        let message = format!("`{url}` was published, and its entry is left out now: it is a draft, or dated later");
        return Diagnostic::new(Code::UrlVanished, place, message)
            .help("publish the entry, or let the address lead to another one with `redirect_from`");
    }
    let message = match &line.service {
        Service::Redirect(to) => format!("`{url}` led to `{to}`, and leads nowhere now"),
        Service::Page(_) | Service::File | Service::Gone => {
            format!("`{url}` was published, and no page has this address any more")
        }
    };
    let diagnostic = Diagnostic::new(Code::UrlVanished, place, message);
    successors.add(diagnostic, line, url).help(format!("or say in site.yaml that it is gone for good: `gone: [{url}]`"))
}

fn with_ways_out(diagnostic: Diagnostic, url: &str, id: &str, doc: Option<&Doc>) -> Diagnostic {
    let diagnostic = match doc {
        Some(doc) => diagnostic.help(format!(
            "keep it as a second id of the heading that took its place, in {}: `## Words {{#new-id #{id}}}`",
            doc.path()
        )),
        None => diagnostic.help("give the entry its old name back"),
    };
    diagnostic.help(format!("or say in site.yaml that it is gone for good: `gone: [\"{url}#{id}\"]`"))
}

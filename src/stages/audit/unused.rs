//! What was written and is never used: terms that no page leads to, works that nothing cites.

use std::collections::HashSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::kind::TermLinks;
use crate::model::reach::Reach;
use crate::model::site::Site;
use crate::terms::is_too_short;
use crate::yaml::PathStep;

pub(super) fn check(site: &Site, reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) {
    check_terms(site, reaches, diagnostics);
    check_short(site, diagnostics);
    check_sources(site, diagnostics);
}

/// Terms are the anchored entries whose every name becomes a link.
fn check_terms(site: &Site, reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) {
    for kind in site.schema.kind_ids() {
        let declared = site.schema.kind(kind);
        if !declared.anchored() || declared.term_links != TermLinks::All {
            continue;
        }
        for id in site.entries_of(kind).filter(|id| reaches[id.0 as usize].inward == 0) {
            let doc = &site.entry(id).doc;
            if doc.broken {
                continue;
            }
            let message = format!("no text mentions `{}`, and no page is related to it", doc.name());
            let diagnostic = Diagnostic::new(Code::TermUnused, doc.place(), message);
            diagnostics.push(diagnostic.help("mention it, give it the `aliases` that texts use, or remove it"));
        }
    }
}

/// Names that are too short to be found in texts although the site asks that all mentions become links.
fn check_short(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if !site.schema.markdown.term_links {
        return;
    }
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        let wanted = site.schema.kind(doc.kind).term_links;
        if wanted != TermLinks::All || !doc.linked_as_term || doc.broken {
            continue;
        }
        let key = |key: &str| vec![PathStep::Key(key.into())];
        let title = std::iter::once((doc.title.as_str(), key("title")));
        let names = title.chain(doc.short_title.as_deref().map(|name| (name, key("short_title"))));
        let aliases = doc
            .aliases
            .iter()
            .enumerate()
            .map(|(at, alias)| (alias.as_str(), [key("aliases"), vec![PathStep::Index(at)]].concat()));
        for (name, path) in names.chain(aliases).filter(|(name, _)| is_too_short(name)) {
            let message = format!("the name `{name}` is too short to be found in texts");
            let diagnostic = Diagnostic::new(Code::TermShort, doc.value_place(&path), message);
            diagnostics.push(diagnostic.help("give it a longer one, or write `linked_as_term: false`"));
        }
    }
}

fn check_sources(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let cited: HashSet<&str> = site.cited.iter().flat_map(|works| works.iter()).map(String::as_str).collect();
    let is_used = |key: &str| cited.contains(key) || site.left_out.works.contains(key);
    for work in site.bibliography.works.values().filter(|work| !is_used(&work.key)) {
        let message = format!("nothing cites `{}`", work.key);
        let diagnostic = Diagnostic::new(Code::SourceUncited, work.place.clone(), message);
        diagnostics.push(diagnostic.help(format!("cite it as `[@{}]`, or remove it", work.key)));
    }
}

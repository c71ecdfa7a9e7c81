//! What was written and is never used: terms that no page leads to, works that nothing cites.

use std::collections::HashSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::reach::Reach;
use crate::model::schema::TermLinks;
use crate::model::site::Site;

pub(super) fn check(site: &Site, reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) {
    check_terms(site, reaches, diagnostics);
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

fn check_sources(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let cited: HashSet<&str> = site.entries.iter().flat_map(|entry| entry.cited.iter()).map(String::as_str).collect();
    for work in site.bibliography.works.values().filter(|work| !cited.contains(work.key.as_str())) {
        let message = format!("nothing cites `{}`", work.key);
        let diagnostic = Diagnostic::new(Code::SourceUncited, work.place.clone(), message);
        diagnostics.push(diagnostic.help(format!("cite it as `[@{}]`, or remove it", work.key)));
    }
}

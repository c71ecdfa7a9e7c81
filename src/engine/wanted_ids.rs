//! Links to a place on a page that is made - an index, an A to Z, a matrix: which ids it has is known when it is drawn.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::DrawableSite;
use crate::diagnostics::Diagnostic;
use crate::markup::{HtmlPiece, pieces};
use crate::model::plan::WantedId;
use crate::stages::render::{Content, Wanted};

/// Every such link whose place is not there. Only pages that one of them leads to are drawn.
pub(super) fn missing(ready: &DrawableSite) -> Vec<Diagnostic> {
    let mut by_page: BTreeMap<&str, Vec<&WantedId>> = BTreeMap::new();
    for wanted in &ready.plan.wanted_ids {
        by_page.entry(&wanted.url).or_default().push(wanted);
    }
    let pages: Vec<_> = by_page.into_iter().collect();
    pages.into_par_iter().flat_map_iter(|(url, wanted)| missing_on(ready, url, wanted)).collect()
}

fn missing_on(ready: &DrawableSite, url: &str, wanted: Vec<&WantedId>) -> Vec<Diagnostic> {
    let Some(page) = ready.plan.find(url) else { return Vec::new() };
    // What goes wrong while it is drawn is said where all pages are drawn.
    let Content::Bytes(bytes) = ready.draw(page, Wanted::FileUnless(&|_| false)).content else { return Vec::new() };
    let html = String::from_utf8_lossy(&bytes);
    let ids: BTreeSet<_> = pieces(&html)
        .filter_map(|piece| if let HtmlPiece::Begin(tag) = piece { Some(tag) } else { None })
        .flat_map(|tag| tag.ids().map(|id| id.into_owned()).collect::<Vec<_>>())
        .collect();
    let wanted = wanted.into_iter().filter(|wanted| !ids.contains(&wanted.id));
    wanted.map(|wanted| wanted.clone().missing(ids.iter().map(String::as_str))).collect()
}

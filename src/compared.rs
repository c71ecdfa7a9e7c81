//! Two states of a site: the pages on which people read something else, why, and which words.
//!
//! One engine puts both together, all pages of each are drawn, and their visible texts are compared. The list of pages is
//! this comparison and nothing else; why a page is on it is worked out afterwards, from the files that differ and the parts
//! of the values that do.

pub mod report;

mod causes;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

pub use causes::{CauseKind, PageCause};

use crate::engine::{AT_ONCE, DrawableSite};
use crate::hash::Hash;
use crate::markup::visible::{PagePart, visible};
use crate::model::plan::Page;
use crate::model::source::Sources;
use crate::stages::render::{Content, Wanted};
use crate::text_changes::{TextChange, changes};

/// One of the two states: what its pages are drawn from, and the files that it is made of.
#[derive(Clone, Copy)]
pub struct SiteState<'a> {
    /// What its pages are drawn from.
    pub ready: &'a DrawableSite,
    /// Its files.
    pub sources: &'a Sources,
}

/// A page on which people read something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedPage {
    /// Its address, without the base path.
    pub url: String,
    /// Whether it is new, gone, or says something else.
    pub state: PageState,
    /// Why, the most telling first.
    pub causes: Vec<PageCause>,
    /// What stood there before, and what stands there now; nothing where the page is new or gone.
    pub changes: Vec<TextChange>,
}

/// What has become of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageState {
    /// It says something else.
    Changed,
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
}

/// The pages on which people read something else, by address. What could not be drawn in one of the states is in none of them.
pub fn compare(before: SiteState<'_>, now: SiteState<'_>) -> Vec<ChangedPage> {
    let (old, new) = (drawn(before.ready), drawn(now.ready));
    let causes = causes::CauseSearch::new(before, now);
    let mut pages: Vec<ChangedPage> = Vec::new();
    for (url, page) in &old {
        match new.get(url) {
            None => pages.push(whole(page, PageState::Gone, causes.of_whole(page.page, before, now))),
            Some(now) if now.lines == page.lines => {}
            Some(now) => pages.push(ChangedPage {
                url: (*url).to_string(),
                state: PageState::Changed,
                causes: causes.of_changed(page, now),
                changes: changes(&page.lines, &now.lines),
            }),
        }
    }
    let added = new.iter().filter(|(url, _)| !old.contains_key(*url));
    pages.extend(added.map(|(_, page)| whole(page, PageState::New, causes.of_whole(page.page, now, before))));
    pages.sort_by(|a, b| a.url.cmp(&b.url));
    pages
}

fn whole(page: &DrawnPage<'_>, state: PageState, causes: Vec<PageCause>) -> ChangedPage {
    ChangedPage { url: page.page.url.clone(), state, causes, changes: Vec::new() }
}

/// A page as people see it, and what it was made from.
struct DrawnPage<'a> {
    page: &'a Page,
    lines: Vec<String>,
    /// The hash of each part of what its template saw, by name.
    parts: BTreeMap<String, Hash>,
}

/// All pages of HTML by their addresses.
fn drawn(ready: &DrawableSite) -> BTreeMap<&str, DrawnPage<'_>> {
    let pages: Vec<&Page> = ready.plan.pages.iter().filter(|page| page.input.template().is_some()).collect();
    let drawn = pages.into_par_iter().with_max_len(AT_ONCE).filter_map(|page| {
        let drawn = ready.draw(page, Wanted::FileUnless(&|_| false));
        let Content::Bytes(bytes) = &drawn.content else { return None };
        let lines = visible(&String::from_utf8_lossy(bytes), PagePart::Page);
        let parts = drawn.values.part_names().into_iter().zip(drawn.parts).collect();
        Some((page.url.as_str(), DrawnPage { page, lines, parts }))
    });
    drawn.collect::<Vec<_>>().into_iter().collect()
}

//! What may have come in the place of an address that is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::served::fingerprint;
use super::{Recorded, RecordedUrl, Service};
use crate::diagnostics::{Diagnostic, Fix, NameIndex};
use crate::model::plan::{PageInput, Plan, RedirectTarget};
use crate::model::site::{EntryId, Site};
use crate::redirects;
use crate::url::encode_path;

/// So many are suggested at most.
const MOST: usize = 3;

/// The entries of a site by what they can be known by; known_entries when the first address is gone.
pub(super) struct Successors<'a> {
    site: &'a Site,
    plan: &'a Plan,
    known: BTreeMap<&'a str, &'a RecordedUrl>,
    /// The addresses that certainly belong to each entry.
    certain: BTreeMap<EntryId, Vec<String>>,
    /// How many addresses had each text.
    texts: BTreeMap<&'a str, usize>,
    known_entries: OnceLock<KnownEntries>,
}

struct KnownEntries {
    by_text: BTreeMap<String, Vec<EntryId>>,
    by_slug: BTreeMap<String, Vec<EntryId>>,
    by_url: BTreeMap<String, EntryId>,
    urls: NameIndex,
}

impl<'a> Successors<'a> {
    pub(super) fn new(site: &'a Site, plan: &'a Plan, recorded: &'a Recorded) -> Self {
        let known = recorded.lines.iter().map(|line| (line.url.as_str(), line)).collect();
        let mut texts = BTreeMap::new();
        for line in &recorded.lines {
            if let Service::Page(Some(hash)) = &line.service {
                *texts.entry(hash.as_str()).or_default() += 1;
            }
        }
        Self { site, plan, known, certain: BTreeMap::new(), texts, known_entries: OnceLock::new() }
    }

    /// The repairs: what each entry needs for all addresses that certainly belong to it.
    pub(super) fn repairs(&self) -> impl Iterator<Item = (&str, Fix)> {
        self.certain.iter().filter_map(|(id, urls)| {
            let all: Vec<&str> = urls.iter().map(String::as_str).collect();
            Some((all[0], redirects::repair(&self.site.entry(*id).doc, &all)?))
        })
    }

    /// Adds to the report of an address that is gone where it could lead.
    pub(super) fn add(&mut self, diagnostic: Diagnostic, line: &RecordedUrl, url: &str) -> Diagnostic {
        let (site, plan) = (self.site, self.plan);
        self.known_entries.get_or_init(|| KnownEntries::of(site, plan));
        let Some(known_entries) = self.known_entries.get() else { return diagnostic };
        if let Some((id, why)) = self.certain(known_entries, line, MOST) {
            self.certain.entry(id).or_default().push(url.to_string());
            let path = self.site.entry(id).doc.path();
            return diagnostic.help(format!("{why}: write `redirect_from: [{url}]` in {path}"));
        }
        let likely = self.likely(known_entries, url);
        if likely.is_empty() {
            return diagnostic.help(format!("write `redirect_from: [{url}]` in the entry that took its place"));
        }
        let names: Vec<_> = likely
            .iter()
            .map(|id| {
                let entry = self.site.entry(*id);
                format!("`{}` ({})", entry.url, entry.doc.path())
            })
            .collect();
        diagnostic.help(format!("if it lives on as {}, write `redirect_from: [{url}]` there", names.join(" or ")))
    }

    /// The entry that has the very text that was at the address, or to which the address led.
    fn certain(
        &self,
        known_entries: &KnownEntries,
        line: &RecordedUrl,
        steps: usize,
    ) -> Option<(EntryId, &'static str)> {
        match &line.service {
            Service::Redirect(to) => {
                let moved = || self.known.get(to.as_str()).filter(|_| steps > 0);
                let moved = || self.certain(known_entries, moved()?, steps - 1).map(|(id, _)| id);
                let id = known_entries.by_url.get(to).copied().or_else(moved)?;
                Some((id, "the entry to which it led is still there"))
            }
            Service::Page(Some(hash)) if self.texts.get(hash.as_str()) == Some(&1) => {
                let [id] = known_entries.by_text.get(hash)?.as_slice() else { return None };
                let is_new = !self.known.contains_key(encode_path(&self.site.entry(*id).url).as_str());
                is_new.then_some((*id, "another entry has the same text now"))
            }
            Service::Page(_) | Service::File | Service::Gone => None,
        }
    }

    /// Entries with the same last part of their address, then those whose address is nearly the same.
    fn likely(&self, known_entries: &KnownEntries, url: &str) -> Vec<EntryId> {
        let mut found: Vec<EntryId> = known_entries.by_slug.get(last_part(url)).cloned().unwrap_or_default();
        let near = known_entries.urls.meant(url).names;
        found.extend(near.iter().filter_map(|url| known_entries.by_url.get(url)));
        let mut seen = BTreeSet::new();
        found.retain(|id| seen.insert(*id));
        found.truncate(MOST);
        found
    }
}

impl KnownEntries {
    fn of(site: &Site, plan: &Plan) -> Self {
        let (mut by_text, mut by_slug) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        let mut by_url = BTreeMap::new();
        for page in &plan.pages {
            if let PageInput::Redirect(RedirectTarget::Entry(id)) = &page.input {
                by_url.insert(encode_path(&page.url), *id);
            }
            let PageInput::Entry(id, _) = &page.input else { continue };
            by_url.insert(encode_path(&page.url), *id);
            by_slug.entry(last_part(&page.url).to_string()).or_default().push(*id);
            if let Some(hash) = fingerprint(&site.entry(*id).doc) {
                by_text.entry(hash).or_default().push(*id);
            }
        }
        let pages = plan.pages.iter().filter(|page| matches!(page.input, PageInput::Entry(..)));
        let urls = NameIndex::new(pages.map(|page| encode_path(&page.url)));
        Self { by_text, by_slug, by_url, urls }
    }
}

/// `first-steps` of `/guides/first-steps/`.
fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

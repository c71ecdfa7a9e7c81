//! What a site serves: its addresses, and the ids on its pages to which others may have linked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, Service};
use crate::hash::Hash;
use crate::model::doc::Doc;
use crate::model::plan::{Page, PageInput, Plan};
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::url::encode_path;

/// With fewer words a text may be that of several pages.
const FEWEST_WORDS: usize = 20;

/// Files that only pages of the site itself ask for: their addresses may change with them.
const OF_PAGES: [&str; 9] = ["css", "js", "mjs", "map", "wasm", "woff", "woff2", "ttf", "otf"];

/// Everything that a site serves under an address to which others may link.
pub fn served(site: &Site, plan: &Plan, assets: &[AssetFile]) -> Ledger {
    let ids = ids(site);
    let mut urls = BTreeMap::new();
    for page in &plan.pages {
        if let Some(service) = service(site, page, assets) {
            let ids = match service {
                Service::Page(_) => ids.get(&*page.url).cloned().unwrap_or_default(),
                Service::File | Service::Redirect(_) | Service::Gone => BTreeSet::new(),
            };
            urls.insert(encode_path(&page.url), (service, ids));
        }
    }
    Ledger { base: site.schema.own_url.path.clone(), urls }
}

/// The ids on the pages of the content, by address: headings, anchors in the text, entries that are anchors.
pub(super) fn ids(site: &Site) -> BTreeMap<&str, BTreeSet<String>> {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for entry in &site.entries {
        match entry.url.split_once('#') {
            Some((page, id)) => _ = ids.entry(page).or_default().insert(id.to_string()),
            None => {
                let bodies = entry.doc.bodies().into_iter();
                let of_body = bodies.flat_map(|body| body.headings.iter().map(|it| &it.id).chain(&body.anchors));
                ids.entry(&entry.url).or_default().extend(of_body.cloned());
            }
        }
    }
    ids
}

fn service(site: &Site, page: &Page, assets: &[AssetFile]) -> Option<Service> {
    Some(match &page.input {
        PageInput::Entry(id, _) => Service::Page(fingerprint(&site.entry(*id).doc)),
        PageInput::Index(.., 1)
        | PageInput::Regroup(.., 1)
        | PageInput::Value(.., 1)
        | PageInput::AToZ(1)
        | PageInput::Matrix(_)
        | PageInput::Home
        | PageInput::Search
        | PageInput::Sources => Service::Page(None),
        PageInput::Redirect(to) => Service::Redirect(encode_path(&site.entry(*to).url)),
        PageInput::Gone => Service::Gone,
        PageInput::Feed(_) | PageInput::Sitemap | PageInput::Graph => Service::File,
        PageInput::Asset(number) if is_linked_to(&assets[*number]) => Service::File,
        // Later pages of a list come and go with its length; nobody links to the rest.
        PageInput::Index(..)
        | PageInput::Regroup(..)
        | PageInput::Value(..)
        | PageInput::AToZ(_)
        | PageInput::Related(..)
        | PageInput::NotFound
        | PageInput::SitemapPart(_)
        | PageInput::Robots
        | PageInput::Headers
        | PageInput::Asset(_) => return None,
    })
}

/// Whether others may link to a file: to a picture or a document, but neither to a script nor to what hosts and browsers ask for.
fn is_linked_to(file: &AssetFile) -> bool {
    let name = file.url.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let is_of_pages = file.path.starts_with("theme/") || file.plain.is_some();
    !is_of_pages && extension != "" && !name.starts_with(['.', '_']) && !OF_PAGES.contains(&extension.as_str())
}

/// The hash of the words of an entry, whatever stands between them. None where they are too few to know it by.
pub(super) fn fingerprint(doc: &Doc) -> Option<String> {
    let mut words = String::new();
    let mut count = 0;
    for body in doc.bodies() {
        let mut in_tag = false;
        let text: String = body
            .html
            .chars()
            .map(|c| {
                let shown = if in_tag || c == '<' { ' ' } else { c };
                in_tag = c == '<' || in_tag && c != '>';
                shown
            })
            .collect();
        for word in text.split_whitespace() {
            words.push_str(word);
            words.push(' ');
            count += 1;
        }
    }
    (count >= FEWEST_WORDS).then(|| Hash::of(words.as_bytes()).hex()[..16].to_string())
}

//! What a site serves: its addresses, and the ids on its pages to which others may have linked.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Ledger, Service};
use crate::hash::Hash;
use crate::markup::{HtmlPiece, pieces};
use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::model::plan::{Page, PageInput, Plan, RedirectTarget};
use crate::model::site::Site;
use crate::model::source::AssetFile;
use crate::url::encode_path;

/// With fewer words a text may be that of several pages.
const FEWEST_WORDS: usize = 20;

/// Files that only pages of the site itself ask for: their addresses may change with them.
const OF_PAGES: [&str; 9] = ["css", "js", "mjs", "map", "wasm", "woff", "woff2", "ttf", "otf"];

/// Everything that a site serves under an address to which others may link.
pub fn served(site: &Site, plan: &Plan, assets: &[AssetFile]) -> Ledger {
    let ids = PublishedIds::of(site);
    let mut urls = BTreeMap::new();
    for page in &plan.pages {
        if let Some(service) = service(site, page, assets) {
            let ids = match service {
                Service::Page(_) => ids.all(&page.url).into_iter().map(str::to_string).collect(),
                Service::File | Service::Redirect(_) | Service::Gone => BTreeSet::new(),
            };
            urls.insert(encode_path(&page.url), (service, ids));
        }
    }
    Ledger { base: site.schema.own_url.path.clone(), urls }
}

/// The ids on the pages of the content: headings, anchors in the text, entries that are anchors.
pub(super) struct PublishedIds<'a> {
    docs: FxHashMap<&'a str, &'a Doc>,
    anchors: FxHashMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> PublishedIds<'a> {
    /// Those of a site.
    pub(super) fn of(site: &'a Site) -> Self {
        let mut ids = Self { docs: FxHashMap::default(), anchors: FxHashMap::default() };
        for entry in &site.entries {
            match entry.url.split_once('#') {
                Some((page, id)) => _ = ids.anchors.entry(page).or_default().insert(id),
                None => _ = ids.docs.insert(&entry.url, &entry.doc),
            }
        }
        ids
    }

    /// The entry whose page has an address.
    pub(super) fn doc(&self, page: &str) -> Option<&'a Doc> {
        self.docs.get(page).copied()
    }

    /// Whether a page has an id.
    pub(super) fn has(&self, page: &str, id: &str) -> bool {
        let in_body = |body: &Body| body.heading(id).is_some() || body.anchors.iter().any(|anchor| anchor == id);
        let doc = self.doc(page);
        doc.is_some_and(|doc| in_body(&doc.body) || doc.bodies().into_iter().any(in_body))
            || self.anchors.get(page).is_some_and(|ids| ids.contains(id))
    }

    /// All ids of a page.
    pub(super) fn all(&self, page: &str) -> BTreeSet<&'a str> {
        let bodies = self.doc(page).map_or_else(Vec::new, Doc::bodies).into_iter();
        let of_bodies = bodies.flat_map(|body| body.headings.iter().map(|it| &it.id).chain(&body.anchors));
        let anchors = self.anchors.get(page).into_iter().flatten().copied();
        of_bodies.map(String::as_str).chain(anchors).collect()
    }
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
        PageInput::Redirect(RedirectTarget::Entry(id)) => Service::Redirect(encode_path(&site.entry(*id).url)),
        PageInput::Redirect(RedirectTarget::Declared { url, .. }) => Service::Redirect(match url.split_once('#') {
            _ if !url.starts_with('/') => url.clone(),
            Some((path, id)) => format!("{}#{id}", encode_path(path)),
            None => encode_path(url),
        }),
        PageInput::Gone => Service::Gone,
        PageInput::Feed(_) | PageInput::Sitemap | PageInput::Graph | PageInput::Llms => Service::File,
        PageInput::Asset(number) if is_linked_to(&assets[*number]) => Service::File,
        // Later pages of a list come and go with its length; and other sites do not link to the rest.
        PageInput::Index(..)
        | PageInput::Regroup(..)
        | PageInput::Value(..)
        | PageInput::AToZ(_)
        | PageInput::Related(..)
        | PageInput::Twin(_)
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
    !is_of_pages && !extension.is_empty() && !name.starts_with(['.', '_']) && !OF_PAGES.contains(&extension.as_str())
}

/// The hash of the words of an entry, whatever stands between them. None where they are too few to know it by.
pub(super) fn fingerprint(doc: &Doc) -> Option<String> {
    let mut words = String::new();
    let mut count = 0;
    for piece in doc.bodies().into_iter().flat_map(|body| pieces(&body.html)) {
        let HtmlPiece::Words(said) = piece else { continue };
        for word in said.split_whitespace() {
            words.push_str(word);
            words.push(' ');
            count += 1;
        }
    }
    (count >= FEWEST_WORDS).then(|| Hash::of(words.as_bytes()).hex()[..16].to_string())
}

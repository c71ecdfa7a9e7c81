//! What a site may set for the built-in theme: logo, menu, footer and the like.

use crate::cards::text_or_none;
use crate::links::{own_address, parts};
use crate::model::plan::Plan;
use crate::model::schema::GeneratedPage;
use crate::model::site::Site;
use crate::model::theme::{MenuItem, NamedFile};
use crate::templates::{ShownValue, list, map, none};

/// The font of titles, which is preloaded.
const TITLE_FONT: &str = "fonts/title.woff2";

/// What templates see as `site.theme`.
pub(super) fn value(site: &Site, plan: &Plan) -> ShownValue {
    let (schema, assets) = (&site.schema, &site.assets);
    let (base, theme) = (&schema.base_url, &schema.theme);
    let shown = |title: &str, url: &str| map([("title", title.into()), ("url", base.rooted(url).into())]);
    // What leads to nothing was reported.
    let is_held_back = |item: &MenuItem| item.to.as_deref().is_some_and(|to| is_held_back(site, plan, to));
    let leads = |item: &&MenuItem| {
        !is_held_back(item) && !item.to.as_deref().is_some_and(|to| matches!(target(site, to), MenuTarget::Nothing))
    };
    let items = |items: &[MenuItem]| list(items.iter().filter(leads).map(|item| value_of(site, item)));
    let menu = match &theme.menu {
        Some(menu) => items(menu),
        None => list(schema.kinds.iter().filter_map(|kind| Some(shown(&kind.title, &kind.index.as_ref()?.url)))),
    };
    let pages = &schema.pages;
    let made = |page: &Option<GeneratedPage>| page.clone().filter(|page| plan.find(&page.url).is_some());
    let footer = match &theme.footer {
        Some(footer) => items(footer),
        None => {
            let made = [&pages.a_z, &pages.sources, &pages.feed].into_iter().filter_map(made);
            list(made.map(|page| shown(&page.title, &page.url)))
        }
    };
    let asset = |named: &NamedFile| assets.by_name.get(&named.file);
    let logo = theme.logo.as_ref().and_then(asset).map_or_else(none, |asset| {
        let (width, height) = asset.size.unwrap_or_default();
        // As high as the name beside it, whatever the picture is.
        let shown = (width * LOGO_HEIGHT).checked_div(height).unwrap_or_default();
        map([
            ("url", base.rooted(&asset.url).into()),
            ("width", i64::from(shown).into()),
            ("height", i64::from(LOGO_HEIGHT).into()),
            ("alone", theme.logo_alone.into()),
        ])
    });
    let favicon = theme.favicon.as_ref().and_then(asset).map(|asset| base.rooted(&asset.url));
    let own_titles = theme.fonts.iter().any(|(part, _)| *part == "title");
    let preload = (assets.by_name.contains_key(TITLE_FONT) && !own_titles).then(|| TITLE_FONT.into());
    let item = |item: &Option<MenuItem>| match item {
        // Its words stay, without a link.
        Some(item) if is_held_back(item) => {
            item.title.as_ref().map_or_else(none, |title| map([("title", title.as_str().into()), ("url", none())]))
        }
        Some(item) => value_of(site, item),
        None => none(),
    };
    map([
        ("logo", logo),
        ("favicon", text_or_none(favicon.as_deref())),
        ("announcement", item(&theme.announcement)),
        ("menu", menu),
        ("footer", footer),
        ("social", items(&theme.social)),
        ("licence", item(&theme.licence)),
        ("contact", item(&theme.contact)),
        ("preload", list(preload)),
    ])
}

/// How high the logo is, in pixels.
const LOGO_HEIGHT: u32 = 32;

fn value_of(site: &Site, item: &MenuItem) -> ShownValue {
    let target = item.to.as_deref().map(|to| target(site, to));
    let (title, url) = match target {
        Some(MenuTarget::Shown { title, url }) => (title, Some(site.schema.base_url.rooted(&url))),
        Some(MenuTarget::Address(url)) => (url.clone(), Some(site.schema.base_url.rooted(&url))),
        Some(MenuTarget::Outside(url)) => (url.clone(), Some(url)),
        Some(MenuTarget::Nothing) | None => (item.to.clone().unwrap_or_default(), None),
    };
    let title = item.title.clone().unwrap_or(title);
    map([("title", title.into()), ("url", text_or_none(url.as_deref()))])
}

/// What a menu entry leads to.
pub enum MenuTarget {
    /// A page of the site that has a title.
    Shown {
        /// The title.
        title: String,
        /// The URL without the base path.
        url: String,
    },
    /// An address of the site.
    Address(String),
    /// An address elsewhere.
    Outside(String),
    /// Nothing that there is.
    Nothing,
}

/// What a menu entry leads to: a kind, an entry, or an address.
pub fn target(site: &Site, to: &str) -> MenuTarget {
    let schema = &site.schema;
    let to = own_address(to, schema).unwrap_or(to);
    if to.starts_with('/') {
        return MenuTarget::Address(to.to_string());
    }
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| to.starts_with(scheme)) {
        return MenuTarget::Outside(to.to_string());
    }
    let kind = schema.kind_named(to).map(|id| schema.kind(id));
    if let Some((kind, index)) = kind.and_then(|kind| Some((kind, kind.index.as_ref()?))) {
        return MenuTarget::Shown { title: kind.title.clone(), url: index.url.clone() };
    }
    let entry = match to.split_once('/') {
        Some((kind, slug)) => schema.kind_named(kind).and_then(|kind| site.find(kind, slug)),
        None => site.find(schema.page_kind(), to),
    };
    match entry.map(|id| site.entry(id)) {
        Some(entry) => MenuTarget::Shown { title: entry.doc.name().to_string(), url: entry.url.to_string() },
        None => MenuTarget::Nothing,
    }
}

/// Whether a menu entry leads to something that is held back.
pub fn is_held_back(site: &Site, plan: &Plan, to: &str) -> bool {
    match target(site, to) {
        MenuTarget::Nothing => is_draft(site, to),
        MenuTarget::Address(url) => {
            let (path, _) = parts(&url);
            site.left_out.is_at(&path) && plan.find(&path).is_none() && plan.meant(&path).is_none()
        }
        MenuTarget::Shown { .. } | MenuTarget::Outside(_) => false,
    }
}

/// Whether a name is that of a draft: `guides/start`, or `about` of a standalone page.
pub fn is_draft(site: &Site, name: &str) -> bool {
    let schema = &site.schema;
    let named = match name.split_once('/') {
        Some((kind, slug)) => schema.kind_named(kind).map(|kind| (kind, slug.to_string())),
        None => Some((schema.page_kind(), name.to_string())),
    };
    named.is_some_and(|named| site.left_out.drafts.contains(&named))
}

//! The pages that the tool makes for the whole site.

use super::search::{self, Search};
use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::schema::{DeclaredRedirect, GeneratedPage, GeneratedPages, Schema, Twins};
use crate::url::site_url;
use crate::yaml::{MappingPart, Yaml};

/// How many items of a long list a page shows unless the site says otherwise.
const PER_PAGE: usize = 100;

/// Reads where these pages are and how they are called, or that there are none.
pub(super) fn pages(site: &mut Mapping<'_>, schema: &Schema, reader: &mut DeclarationReader) -> GeneratedPages {
    let mut map = site.mapping("pages", reader);
    let texts = &schema.texts;
    let mut search = Search { index: true, ..Search::default() };
    let per_page = map.take("per_page").and_then(|at| match reader.count(&at) {
        Some(0) => {
            reader.invalid(&at, "a page shows at least one item");
            None
        }
        count => count,
    });
    let mut page = |key, url: &str, title: &str| {
        let mut page = GeneratedPage { url: url.into(), title: title.into(), description: None };
        match map.take(key) {
            None | Some(DeclaredValue { yaml: Yaml::Bool(true), .. }) => Some(page),
            Some(DeclaredValue { yaml: Yaml::Bool(false), .. }) => None,
            Some(at @ DeclaredValue { yaml: Yaml::Text(_), .. }) => {
                let message = format!("`{key}` is true, false, or keys with values such as `url`, and this is a text");
                let help = format!("write `{key}: false` for none, or `{key}: {{url: {url}}}`");
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&help]);
                Some(page)
            }
            Some(at) => {
                let mut map = reader.mapping(at);
                page.url = map.take("url").and_then(|at| reader.site_url(&at)).unwrap_or(page.url);
                page.title = map.text("title", reader).unwrap_or(page.title);
                page.description = map.text("description", reader);
                if key == "search" {
                    search = search::search(&mut map, schema, reader);
                }
                map.finish(reader);
                Some(page)
            }
        }
    };
    let pages = GeneratedPages {
        a_z: page("a_z", "/a-z/", texts.get("a-z")),
        sources: page("sources", "/sources/", texts.get("sources")),
        search: page("search", "/search/", texts.get("search-page")),
        not_found: page("not_found", "/404.html", texts.get("not-found")),
        feed: page("feed", "/feed.xml", texts.get("recently-changed")),
        sitemap: page("sitemap", "/sitemap.xml", ""),
        robots: page("robots", "/robots.txt", ""),
        graph: page("graph", "/graph.json", ""),
        llms: page("llms", "/llms.txt", ""),
        per_page: per_page.unwrap_or(PER_PAGE),
        // Known only now that the page is read.
        ..GeneratedPages::default()
    };
    let pages = GeneratedPages {
        search_index: search.index,
        search_filters: search.filters,
        search_words: search.words,
        search_pin: search.pin,
        ..pages
    };
    let twins = map.take("twins").and_then(|at| twins(at, schema, reader));
    map.finish(reader);
    GeneratedPages { twins, ..pages }
}

/// How many bytes `llms.txt` may have unless the site says otherwise: what a conversation can hold beside a question.
const MOST_OF_LLMS: usize = 100_000;

/// Reads `true`, `false`, or `{first: [avoid], most: 100000}`.
fn twins(at: DeclaredValue<'_>, schema: &Schema, reader: &mut DeclarationReader) -> Option<Twins> {
    let usual = Twins { first: Vec::new(), most: MOST_OF_LLMS };
    if let Yaml::Bool(wanted) = at.yaml {
        return wanted.then_some(usual);
    }
    let mut map = reader.mapping(at);
    let most = map.take("most").and_then(|at| reader.count(&at)).unwrap_or(usual.most);
    let mut first = Vec::new();
    let fields = || schema.kinds.iter().flat_map(|kind| &kind.fields).map(|field| field.name.as_str());
    let sides = || {
        let sides = schema.relations.iter().flat_map(|relation| std::iter::once(&relation.one).chain(&relation.other));
        sides.map(|side| side.key.as_str())
    };
    for at in map.take("first").map_or_else(Vec::new, |at| at.items()) {
        let Some(name) = reader.text(&at) else { continue };
        if fields().chain(sides()).any(|known| known == name) {
            first.push(name);
        } else {
            reader.unknown(&at, "field or relation", &name, fields().chain(sides()));
        }
    }
    map.finish(reader);
    Some(Twins { first, most })
}

/// Reads the addresses, and the ids on pages, that are gone for good.
pub(super) fn gone(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    for (number, at) in site.take("gone").map_or_else(Vec::new, |at| at.items()).into_iter().enumerate() {
        let Some(written) = reader.text(&at) else { continue };
        match site_url(written.split('#').next().unwrap_or_default()) {
            Ok(()) => all.push((written, number)),
            Err(why) => reader.needs(&at, why, "`/guides/old-guide/`, or `/guides/some-guide/#old-heading`"),
        }
    }
    all
}

/// Reads the addresses that lead on, each with what it leads to.
pub(super) fn redirects(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<DeclaredRedirect> {
    let Some(at) = site.take("redirects") else { return Vec::new() };
    if !matches!(at.yaml, Yaml::Map(_) | Yaml::Null) {
        reader.wrong(&at, "old addresses, each with the new one: `{/old/: /new/}`");
    }
    let mut all = Vec::new();
    for (from, at) in at.entries() {
        let Some(to) = reader.text(&at) else { continue };
        let scheme = ["https://", "http://"].iter().find_map(|scheme| to.strip_prefix(scheme));
        let is_clean =
            !to.is_empty() && !to.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
        let is_name = !to.contains(':') && !to.starts_with("//");
        if let Err(why) = site_url(from) {
            let help = "write the old path as it was: `/guides/old-name/: /guides/new-name/`";
            reader.report(Code::UrlInvalid, &at.path, MappingPart::Key, why, &[help]);
        } else if !is_clean || !scheme.map_or(is_name, |rest| !rest.starts_with('/') && !rest.is_empty()) {
            let message = format!("`{to}` is no address to which readers can be led");
            reader.needs(&at, message, "`/guides/new-name/`, `guides/new-name`, or `https://example.org/`");
        } else {
            all.push(DeclaredRedirect { from: from.to_string(), to, path: at.path });
        }
    }
    all
}

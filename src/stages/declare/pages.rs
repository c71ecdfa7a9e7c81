//! The pages that the tool makes for the whole site.

use super::search::{self, Search};
use super::{At, DeclarationReader, Mapping};
use crate::diagnostics::Code;
use crate::model::schema::{GeneratedPages, MadePage, Schema};
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
        let mut page = MadePage { url: url.into(), title: title.into(), description: None };
        match map.take(key) {
            None | Some(At { yaml: Yaml::Bool(true), .. }) => Some(page),
            Some(At { yaml: Yaml::Bool(false), .. }) => None,
            Some(at @ At { yaml: Yaml::Text(_), .. }) => {
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
    map.finish(reader);
    pages
}

//! The pages that the tool makes for the whole site.

use super::search::{self, Search};
use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::schema::{DeclaredRedirect, GeneratedPage, GeneratedPages, Schema, Twins};
use crate::redirects;
use crate::url::{encode_path, site_url, site_url_meant};
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
        let (path, id) = written.split_at(written.find('#').unwrap_or(written.len()));
        match site_url(path) {
            Ok(()) => all.push((written, number)),
            Err(why) => {
                let help = match site_url_meant(path) {
                    Some(meant) => format!("write it as `{meant}{id}`"),
                    None => "take it out: no page can have had this address".into(),
                };
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, why, &[&help]);
            }
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
        if let Err(why) = site_url(from) {
            reader.report(Code::UrlInvalid, &at.path, MappingPart::Key, why, &[&redirects::way_out(from)]);
        } else if !is_target(&to) {
            let message = format!("`{to}` is no address to which readers can be led");
            let help = match target_meant(&to) {
                Some(meant) => format!("write it as `{meant}`"),
                None => "write the address of a page, such as `/`, the name of an entry, or a whole address that begins with `https://`".into(),
            };
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &[&help]);
        } else {
            all.push(DeclaredRedirect { from: from.to_string(), to, path: at.path });
        }
    }
    all
}

/// Whether readers can be led to an address, or to what a name means.
fn is_target(to: &str) -> bool {
    let refused = |c: char| c.is_control() || "<>\"".contains(c);
    match ["https://", "http://"].iter().find_map(|scheme| to.strip_prefix(scheme)) {
        Some(rest) => {
            !rest.starts_with(['/', '?', '#'])
                && !rest.is_empty()
                && !rest.contains(|c: char| refused(c) || c.is_whitespace())
        }
        // The words of a heading may have spaces and a colon.
        None => {
            let name = to.split('#').next().unwrap_or(to);
            !to.trim().is_empty() && !to.contains(refused) && !name.contains(':') && !to.starts_with("//")
        }
    }
}

/// The whole address that was meant by what is none.
fn target_meant(to: &str) -> Option<String> {
    let to = to.trim();
    let (scheme, rest) = if to.starts_with("//") { ("https", to) } else { to.split_once(':')? };
    let scheme = scheme.to_ascii_lowercase();
    let rest = rest.trim_start_matches(['/', ':', ' ']);
    let escaped = |c: char| match c {
        c if c.is_control() || c.is_whitespace() || "<>\"".contains(c) => encode_path(&c.to_string()),
        c => c.to_string(),
    };
    let meant = format!("{scheme}://{}", rest.chars().map(escaped).collect::<String>());
    Some(meant).filter(|meant| ["http", "https"].contains(&&*scheme) && is_target(meant))
}

//! Where a tool publishes the pages of tags and the feed of the site, where that is not where they would lie here.

use super::tool::{Tool, text};
use crate::url::{site_url, slug};
use crate::yaml::Yaml;

/// The keys by whose values the tool groups texts, each with the address below which the pages of the values lie.
pub(super) fn groups(tool: Tool, values: &Yaml) -> Vec<(String, String)> {
    let all = match tool {
        Tool::Hugo if is_disabled(values, "taxonomy") || is_disabled(values, "term") => Vec::new(),
        Tool::Hugo => match values.get("taxonomies") {
            Some(Yaml::Map(taxonomies)) => taxonomies.iter().filter_map(|(_, many)| many.as_text()).collect(),
            _ => vec!["tags", "categories"],
        },
        Tool::Zola => return of_zola(values),
        Tool::Jekyll => return of_archives(values),
        _ => Vec::new(),
    };
    let address = |key: &str| (key.to_string(), format!("/{key}/"));
    all.into_iter().map(address).filter(|(_, url)| site_url(url).is_ok()).collect()
}

/// The taxonomies of Zola of which it makes pages.
fn of_zola(values: &Yaml) -> Vec<(String, String)> {
    let Some(Yaml::List(taxonomies)) = values.get("taxonomies") else { return Vec::new() };
    let root = text(values, &["taxonomy_root"]).map_or_else(String::new, |root| format!("/{}", slug(&root)));
    let is_drawn = |taxonomy: &&Yaml| !matches!(taxonomy.get("render"), Some(Yaml::Bool(false)));
    let names = taxonomies.iter().filter(is_drawn).filter_map(|taxonomy| text(taxonomy, &["name"]));
    let address = |name: String| (format!("{root}/{}/", slug(&name)), name);
    names.map(address).filter(|(url, _)| site_url(url).is_ok()).map(|(url, name)| (name, url)).collect()
}

/// The address of the feed of the site.
pub(super) fn feed(tool: Tool, values: &Yaml) -> Option<String> {
    let name = match tool {
        Tool::Hugo if !is_disabled(values, "rss") => Some("index.xml".to_string()),
        Tool::Zola if ["generate_feeds", "generate_feed"].iter().any(|key| is_true(values.get(key))) => {
            let first = match values.get("feed_filenames") {
                Some(Yaml::List(names)) => names.first().and_then(Yaml::as_text).map(String::from),
                _ => text(values, &["feed_filename"]),
            };
            first.or_else(|| Some("atom.xml".into()))
        }
        Tool::Jekyll => values.get("feed").and_then(|feed| text(feed, &["path"])),
        _ => None,
    };
    let url = format!("/{}", name?.trim_start_matches('/'));
    Some(url).filter(|url| site_url(url).is_ok() && !url.ends_with('/'))
}

/// The addresses of the plug-in of Jekyll for archives: `tag: /tag/:name/`.
fn of_archives(values: &Yaml) -> Vec<(String, String)> {
    let address = |(one, key): (&str, &str)| {
        let pattern = values.at(&format!("jekyll-archives.permalinks.{one}"))?.as_text()?;
        let above = pattern.trim_end_matches('/').strip_suffix(":name")?;
        Some((key.to_string(), above.to_string()))
    };
    let all = [("tag", "tags"), ("category", "categories")].into_iter().filter_map(address);
    all.filter(|(_, url)| url.len() > 1 && url.ends_with('/') && site_url(url).is_ok()).collect()
}

/// Whether Hugo makes no pages of a sort.
fn is_disabled(values: &Yaml, sort: &str) -> bool {
    let Some(Yaml::List(sorts)) = values.get("disableKinds") else { return false };
    sorts.iter().filter_map(Yaml::as_text).any(|disabled| disabled.eq_ignore_ascii_case(sort))
}

fn is_true(value: Option<&Yaml>) -> bool {
    matches!(value, Some(Yaml::Bool(true)))
}

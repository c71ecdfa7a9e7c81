//! Where Jekyll publishes texts, by its configuration.

use super::constructs::site_values;
use super::seen::FolderContents;
use super::tool::text;
use crate::yaml::Yaml;

/// Where Jekyll publishes posts, as far as a pattern can say it.
pub(super) fn addresses_of_posts(values: &Yaml, seen: &FolderContents) -> String {
    let own = values.at("collections.posts").and_then(|posts| text(posts, &["permalink"]));
    let said = own.or_else(|| by_default(values, "posts")).or_else(|| text(values, &["permalink"])).unwrap_or_default();
    let pattern = match said.as_str() {
        "none" => "/:categories/:title",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        said if said.starts_with('/') => said,
        _ => "/:categories/:year/:month/:day/:title",
    };
    let mut posts = seen.texts.iter().filter(|text| text.path.starts_with("_posts/"));
    let has_categories = posts.any(|post| ["categories", "category"].iter().any(|key| post.get(key).is_some()));
    let pattern = if has_categories { pattern.to_string() } else { pattern.replace("/:categories", "") };
    let usual = || format!("/{{year}}/{{month}}/{{day}}/{{name}}{}", end(&pattern));
    address_pattern(&pattern, "", "{name}").unwrap_or_else(usual)
}

/// The words of the configuration that texts show, `{{ site.phone }}`, besides those that every site has.
pub(super) fn shown_values(values: &Yaml, seen: &FolderContents) -> Vec<(String, Yaml)> {
    let Yaml::Map(entries) = values else { return Vec::new() };
    let shown = site_values(seen);
    let is_words = |value: &Yaml| matches!(value, Yaml::Text(_) | Yaml::Integer(_));
    let is_shown = |(key, value): &&(String, Yaml)| {
        is_words(value) && shown.contains(&**key) && !matches!(&**key, "title" | "description")
    };
    entries.iter().filter(is_shown).cloned().collect()
}

/// Whether Jekyll makes a file of each page that says nothing else, and no folder.
pub(super) fn makes_files(values: &Yaml) -> bool {
    !text(values, &["permalink"]).is_some_and(|said| said == "pretty" || said.ends_with('/'))
}

/// The addresses that the configuration gives by default to texts of a type.
fn by_default(values: &Yaml, of: &str) -> Option<String> {
    let Some(Yaml::List(defaults)) = values.get("defaults") else { return None };
    let is_of = |set: &&Yaml| {
        let path = set.at("scope.path").and_then(Yaml::as_text).unwrap_or_default().trim_matches('/');
        let ty = set.at("scope.type").and_then(Yaml::as_text);
        matches!(path, "" | "_posts") && (ty == Some(of) || ty.is_none() && path == format!("_{of}"))
    };
    defaults.iter().filter(is_of).find_map(|set| text(set.get("values")?, &["permalink"]))
}

/// The folders of the collections that Jekyll publishes, with the addresses of what is in them.
pub(super) fn collections(values: &Yaml) -> Vec<(String, String)> {
    let Some(Yaml::Map(collections)) = values.get("collections") else { return Vec::new() };
    let published =
        collections.iter().filter(|(name, keys)| name != "posts" && keys.get("output") == Some(&Yaml::Bool(true)));
    let address = |name: &str, keys: &Yaml| {
        let said = text(keys, &["permalink"]).or_else(|| by_default(values, name));
        let said = said.filter(|said| said.starts_with('/'));
        let usual = if makes_files(values) { "/:collection/:path" } else { "/:collection/:path/" };
        let pattern = said.unwrap_or_else(|| usual.into());
        address_pattern(&pattern, name, "{slug}").unwrap_or_else(|| format!("/{name}/{{slug}}.html"))
    };
    published.map(|(name, keys)| (format!("_{name}"), address(name, keys))).collect()
}

/// What addresses of a pattern end in: what does not end in a slash is a file, also where its address does not say so.
fn end(pattern: &str) -> &'static str {
    if pattern.ends_with('/') { "/" } else { ".html" }
}

/// A pattern of Jekyll for addresses, as `url:` of a kind has it: `last` stands for the name at its end. None where it says more.
fn address_pattern(pattern: &str, collection: &str, last: &str) -> Option<String> {
    let end = end(pattern);
    let pattern = pattern.trim_end_matches('/').trim_end_matches(".html").trim_end_matches(":output_ext");
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let (name, before) = parts.split_last()?;
    let before =
        before.iter().filter(|part| **part != if collection.is_empty() { ":collection" } else { ":categories" });
    let before = before.map(|part| match *part {
        ":year" | ":month" | ":day" | ":categories" if collection.is_empty() => Some(format!("{{{}}}", &part[1..])),
        ":collection" => Some(collection.to_string()),
        part => (!part.contains(':')).then(|| part.to_string()),
    });
    let before: Vec<String> = before.collect::<Option<_>>()?;
    let address = [before, vec![last.to_string()]].concat().join("/");
    matches!(*name, ":title" | ":slug" | ":name" | ":path").then(|| format!("/{address}{end}"))
}

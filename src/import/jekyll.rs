//! Where Jekyll publishes texts, by its configuration.

use super::tool::text;
use crate::yaml::Yaml;

/// Where Jekyll publishes posts, as far as a pattern can say it.
pub(super) fn addresses_of_posts(values: &Yaml) -> String {
    let own = values.at("collections.posts").and_then(|posts| text(posts, &["permalink"]));
    let said = own.or_else(|| text(values, &["permalink"])).unwrap_or_default();
    let pattern = match said.as_str() {
        "none" => "/:title",
        said if said.starts_with('/') => said,
        _ => "/:year/:month/:day/:title",
    };
    address_pattern(pattern, "", "{name}").unwrap_or_else(|| "/{year}/{month}/{day}/{name}/".into())
}

/// The folders of the collections that Jekyll publishes, with the addresses of what is in them.
pub(super) fn collections(values: &Yaml) -> Vec<(String, String)> {
    let Some(Yaml::Map(collections)) = values.get("collections") else { return Vec::new() };
    let published =
        collections.iter().filter(|(name, keys)| name != "posts" && keys.get("output") == Some(&Yaml::Bool(true)));
    let address = |name: &str, keys: &Yaml| {
        let said = text(keys, &["permalink"]).filter(|said| said.starts_with('/'));
        let pattern = said.unwrap_or_else(|| "/:collection/:path".into());
        address_pattern(&pattern, name, "{slug}").unwrap_or_else(|| format!("/{name}/{{slug}}/"))
    };
    published.map(|(name, keys)| (format!("_{name}"), address(name, keys))).collect()
}

/// A pattern of Jekyll for addresses, as `url:` of a kind has it: `last` stands for the name at its end. None where it says more.
fn address_pattern(pattern: &str, collection: &str, last: &str) -> Option<String> {
    let pattern = pattern.trim_end_matches('/').trim_end_matches(".html").trim_end_matches(":output_ext");
    let parts: Vec<&str> = pattern.split('/').filter(|part| !matches!(*part, "" | ":categories")).collect();
    let (name, before) = parts.split_last()?;
    let before =
        before.iter().filter(|part| !collection.is_empty() || **part != ":collection").map(|part| match *part {
            ":year" | ":month" | ":day" if collection.is_empty() => Some(format!("{{{}}}", &part[1..])),
            ":collection" => Some(collection.to_string()),
            part => (!part.contains(':')).then(|| part.to_string()),
        });
    let before: Vec<String> = before.collect::<Option<_>>()?;
    let address = [before, vec![last.to_string()]].concat().join("/");
    matches!(*name, ":title" | ":slug" | ":name" | ":path").then(|| format!("/{address}/"))
}

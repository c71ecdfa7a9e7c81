//! The order in which another tool lists its texts: the navigation of MkDocs, the summary of a book.

use std::path::Path;

use super::tool::Tool;
use crate::folders::without_extension;
use crate::url::decode_path;
use crate::yaml::Yaml;

/// The paths of texts in their order, from the folder of the texts on.
pub(super) fn contents(tool: Tool, values: &Yaml, texts: &Path) -> Vec<String> {
    let mut paths = match tool {
        Tool::MkDocs => {
            let mut paths = Vec::new();
            values.get("nav").into_iter().for_each(|nav| named(nav, &mut paths));
            paths
        }
        Tool::MdBook => {
            std::fs::read_to_string(texts.join("SUMMARY.md")).map_or_else(|_| Vec::new(), |text| linked(&text))
        }
        _ => Vec::new(),
    };
    let mut seen = std::collections::BTreeSet::new();
    paths.retain(|path| without_extension(path).is_some() && texts.join(path).is_file() && seen.insert(path.clone()));
    paths
}

/// The texts of a navigation, at whatever depth.
fn named(nav: &Yaml, paths: &mut Vec<String>) {
    match nav {
        Yaml::Text(path) => paths.push(path.clone()),
        Yaml::List(items) => items.iter().for_each(|item| named(item, paths)),
        Yaml::Map(entries) => entries.iter().for_each(|(_, item)| named(item, paths)),
        _ => {}
    }
}

/// The addresses of the links of a text, in their order.
fn linked(text: &str) -> Vec<String> {
    let addresses = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ', '#']).next());
    addresses.filter_map(|address| decode_path(address.trim_matches(['<', '>']).trim_start_matches("./"))).collect()
}

//! The order in which another tool lists its texts: the navigation of MkDocs, the summary of a book.

use std::path::Path;

use super::tool::Tool;
use crate::folders::without_extension;
use crate::url::decode_path;
use crate::yaml::Yaml;

/// The paths of texts in their order, from the folder of the texts on, each with what the tool calls it.
pub(super) fn contents(tool: Tool, values: &Yaml, texts: &Path) -> Vec<(String, Option<String>)> {
    let mut listed = match tool {
        Tool::MkDocs => {
            let mut listed = Vec::new();
            values.get("nav").into_iter().for_each(|nav| named(nav, None, &mut listed));
            listed
        }
        Tool::MdBook => {
            std::fs::read_to_string(texts.join("SUMMARY.md")).map_or_else(|_| Vec::new(), |text| linked(&text))
        }
        _ => Vec::new(),
    };
    let mut seen = std::collections::BTreeSet::new();
    listed.retain(|(path, _)| {
        without_extension(path).is_some() && texts.join(path).is_file() && seen.insert(path.clone())
    });
    listed
}

/// The texts of a navigation, at whatever depth.
fn named(nav: &Yaml, title: Option<&str>, listed: &mut Vec<(String, Option<String>)>) {
    match nav {
        Yaml::Text(path) => listed.push((path.clone(), title.map(str::to_string))),
        Yaml::List(items) => items.iter().for_each(|item| named(item, None, listed)),
        Yaml::Map(entries) => entries.iter().for_each(|(title, item)| named(item, Some(title), listed)),
        _ => {}
    }
}

/// The addresses of the links of a text, in their order, with their words.
fn linked(text: &str) -> Vec<(String, Option<String>)> {
    let places = text.match_indices("](").map(|(at, _)| at);
    let link = |at: usize| {
        let address = text[at + 2..].split([')', ' ', '#']).next()?;
        let path = decode_path(address.trim_matches(['<', '>']).trim_start_matches("./"))?;
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let words = text[line..at]
            .find('[')
            .map(|open| text[line + open + 1..at].replace(['`', '*', '\\'], "").trim().to_string());
        Some((path, words.filter(|words| !words.is_empty())))
    };
    places.filter_map(link).collect()
}

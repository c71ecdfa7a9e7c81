//! The home page of a folder.

use super::config::Config;
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::{is_below, without_extension};
use crate::yaml::Yaml;

/// The file of the home page, where it is not the one that stands for the folder of the texts.
pub(super) fn home(seen: &FolderContents, config: &Config) -> Option<String> {
    let at = |name: &str| {
        let path = if config.folder.is_empty() { name.to_string() } else { format!("{}/{name}", config.folder) };
        let mut texts = seen.texts.iter().filter(|text| !config.is_own(&text.path));
        texts.find(|text| text.path.eq_ignore_ascii_case(&path)).map(|text| text.path.clone())
    };
    if of_folder(seen, config).next().is_some() {
        return None;
    }
    let is_moved =
        |(folder, url): &(String, String)| url.starts_with("/{") && at(&format!("{folder}/index.md")).is_some();
    if config.tool.is_of_vue() && config.collections.iter().any(is_moved) {
        return None;
    }
    if config.tool == Tool::Docusaurus {
        // Its home page is a program; all documents keep their addresses.
        let is_home = |text: &&MarkdownFile| is_below(&text.path, &config.folder) && !config.is_own(&text.path);
        let mut texts = seen.texts.iter().filter(is_home).filter(|_| config.prefix.is_empty());
        return texts.find(|text| text.get("slug").and_then(Yaml::as_text) == Some("/")).map(|text| text.path.clone());
    }
    let root = || at("root.md").filter(|_| config.tool == Tool::Dendron);
    at("Home.md")
        .or_else(root)
        .or_else(|| at("start.md"))
        .or_else(|| at(config.contents.iter().find_map(|listed| listed.path.as_deref())?))
}

/// The texts that stand for the folder of all texts.
fn of_folder<'s>(seen: &'s FolderContents, config: &'s Config) -> impl Iterator<Item = &'s MarkdownFile> {
    const INDEXES: [&str; 3] = ["index", "_index", "readme"];
    let stands_for_folder = |text: &&MarkdownFile| {
        let below = text.path.get(config.folder.len()..).map(|path| path.trim_start_matches('/'));
        let name = below.and_then(without_extension).unwrap_or_default();
        INDEXES.iter().any(|index| name.eq_ignore_ascii_case(index))
    };
    let of_site = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder) && !config.is_own(&text.path));
    of_site.filter(stands_for_folder)
}

/// The title of the home page, where it says more than the name of its file.
pub(super) fn title_of_home(seen: &FolderContents, config: &Config, home: Option<&str>) -> Option<String> {
    let text = match home {
        Some(path) => seen.texts.iter().find(|text| text.path == path),
        None => of_folder(seen, config).next(),
    }?;
    let name = without_extension(&text.path)?.rsplit('/').next()?;
    text.title.clone().filter(|title| !title.trim().is_empty() && !title.trim().eq_ignore_ascii_case(name))
}

//! What a folder holds besides pages with words: texts that are held back, components, drawings, files of which texts show parts.

use std::collections::{BTreeMap, BTreeSet};

use super::config::Config;
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::is_below;

/// The pages that are made of components alone, where the tool has components.
pub(super) fn alone(seen: &FolderContents, config: &Config) -> Option<(String, usize)> {
    let has_components = config.tool.is_of_vue() || matches!(config.tool, Tool::Docusaurus | Tool::Astro);
    let is_page = |text: &&MarkdownFile| is_below(&text.path, &config.folder) && !config.is_own(&text.path);
    let is_drawn = |text: &&MarkdownFile| text.get("hero").is_some() || text.get("features").is_some();
    let texts = seen.texts.iter().filter(is_page).filter(|text| !is_drawn(text) && has_components);
    let mut all = texts.filter_map(|text| Some(format!("{} (<{}>)", text.path, text.alone.as_deref()?)));
    let first = all.next()?;
    Some((first, all.count() + 1))
}

/// How many files there are that only the program of a vault shows.
pub(super) fn drawings(seen: &FolderContents) -> Vec<(&'static str, usize)> {
    let count = |end: &str| seen.files.iter().filter(|path| path.ends_with(end)).count();
    let all = [("canvases (`.canvas`)", count(".canvas")), ("bases (`.base`)", count(".base"))];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// The texts that are no part of the site, by the reason.
pub(super) fn held(seen: &FolderContents, config: &Config) -> BTreeMap<&'static str, (String, usize)> {
    let mut held = BTreeMap::new();
    for text in &seen.texts {
        if let Some(why) = config.own.why(&text.path) {
            held.entry(why).or_insert_with(|| (text.path.clone(), 0)).1 += 1;
        }
    }
    held
}

/// The files and folders of which texts show parts: those next to the folder of the texts, or directly in it. What is no part
/// of the site is shown only where it is named itself.
pub(super) fn includes(seen: &FolderContents, config: &Config) -> Vec<String> {
    let is_text = |path: &str| seen.texts.binary_search_by(|text| text.path.as_str().cmp(path)).is_ok();
    let is_there = |path: &str| seen.files.contains(path) || is_text(path);
    let mut named: BTreeSet<String> = BTreeSet::new();
    for path in seen.texts.iter().flat_map(|text| &text.shown) {
        let bases = config.shown_from.iter().map(|base| (base.as_str(), format!("{base}/{path}")));
        let found = [("", path.clone())].into_iter().chain(bases).find(|(_, path)| is_there(path));
        let Some((base, path)) = found else { continue };
        if config.is_own(&path) {
            named.insert(path.clone());
        }
        let below = if config.folder.is_empty() { None } else { path.strip_prefix(&format!("{}/", config.folder)) };
        let first = below.unwrap_or(&path).split('/').next().unwrap_or_default();
        // Paths count from the folders that are named, and from that of the texts.
        let is_base = !base.is_empty() && base != config.folder;
        let folder = match below {
            _ if is_base => base.to_string(),
            Some(_) => format!("{}/{first}", config.folder),
            None => first.to_string(),
        };
        if is_base || !config.is_own(&path) {
            named.insert(folder);
        }
    }
    named.into_iter().filter(|name| crate::folders::folder(name).is_ok()).collect()
}

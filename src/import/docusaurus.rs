//! What Docusaurus says of its documents: the folders of its plug-ins, and by which ids its sidebars name texts.

use std::collections::BTreeMap;
use std::path::Path;

use super::literal;
use super::look::FolderContents;
use super::order::DraftListed;
use super::tool::{Tool, contents};
use crate::folders::{is_below, without_extension};
use crate::yaml::Yaml;

/// A folder of documents beside the first one.
#[derive(Clone, Debug)]
pub(super) struct MoreDocs {
    /// From the drafted folder on.
    pub folder: String,
    /// Where it is published, without slashes at its ends.
    pub at: String,
    /// Its texts in the order and the groups of its sidebar.
    pub contents: Vec<DraftListed>,
}

/// The folders of further plug-ins for documents: `['@docusaurus/plugin-content-docs', {path: 'community'}]`.
pub(super) fn more_docs(program: &str, top: &Path, root: &Path, seen: &FolderContents) -> Vec<MoreDocs> {
    let Some(Yaml::List(plugins)) = literal::value_of(program, "plugins") else { return Vec::new() };
    let options = plugins.iter().filter_map(|plugin| match plugin {
        Yaml::List(parts) => match parts.as_slice() {
            [Yaml::Text(name), options, ..] if name.ends_with("content-docs") => Some(options),
            _ => None,
        },
        _ => None,
    });
    let docs = options.filter_map(|options| {
        let said = |key: &str| options.get(key).and_then(Yaml::as_text);
        let folder = top.join(said("path").unwrap_or("docs")).canonicalize().ok()?;
        let below = folder.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        let at = said("routeBasePath").unwrap_or("docs").trim_matches('/').to_string();
        let listed = said("sidebarPath").and_then(|path| sidebar(top, path)).unwrap_or(Yaml::Null);
        let contents = contents(Tool::Docusaurus, &by_paths(&listed, seen, &below), seen, root, &below);
        Some(MoreDocs { folder: below, at, contents })
    });
    docs.collect()
}

/// The sidebars in a file, whose ending may be left out.
pub(super) fn sidebar(top: &Path, name: &str) -> Option<Yaml> {
    let ends = ["", ".js", ".ts", ".cjs", ".mjs", ".json"];
    let program = ends.iter().find_map(|end| std::fs::read_to_string(top.join(format!("{name}{end}"))).ok())?;
    let exported = ["exports", "default", "sidebars"].iter().find_map(|name| literal::value_of(&program, name));
    let json = || program.trim_start().starts_with('{').then(|| literal::read(&program));
    exported.or_else(json).or(Some(Yaml::Null))
}

/// A sidebar in which texts stand by their paths where it has their ids. Both count from the folder of the texts.
pub(super) fn by_paths(sidebar: &Yaml, seen: &FolderContents, folder: &str) -> Yaml {
    let texts = seen.texts.iter().filter(|text| is_below(&text.path, folder));
    let id = |text: &super::look::MarkdownFile| {
        let path = without_extension(&text.path)?[folder.len()..].trim_start_matches('/').to_string();
        let id = text.get("id")?.as_text()?.to_string();
        Some((path.rsplit_once('/').map_or_else(|| id.clone(), |(folder, _)| format!("{folder}/{id}")), path))
    };
    let ids: BTreeMap<String, String> = texts.filter_map(id).collect();
    if ids.is_empty() { sidebar.clone() } else { replaced(sidebar, &ids) }
}

fn replaced(value: &Yaml, ids: &BTreeMap<String, String>) -> Yaml {
    let named = |value: &Yaml| match value {
        Yaml::Text(id) => Yaml::Text(ids.get(id).unwrap_or(id).clone()),
        other => replaced(other, ids),
    };
    match value {
        Yaml::List(items) => Yaml::List(items.iter().map(named).collect()),
        Yaml::Map(entries) => {
            let entry = |(key, value): &(String, Yaml)| {
                (key.clone(), if key == "id" { named(value) } else { replaced(value, ids) })
            };
            Yaml::Map(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

//! The menu of a site: what the configuration of a tool says, and the texts of Hugo, and what readers would find nowhere else.

use super::config::{Config, DraftMenuItem, DraftTarget};
use super::hugo;
use super::kinds::{DraftIndex, DraftKind};
use super::literal;
use super::look::FolderContents;
use super::order;
use super::tool::{Tool, text};
use crate::folders::is_below;
use crate::yaml::Yaml;

/// The main menu in the configuration of a tool, in its order.
pub(super) fn written(
    tool: Tool,
    values: &Yaml,
    program: &str,
    seen: &FolderContents,
    folder: &str,
) -> Vec<DraftMenuItem> {
    match tool {
        Tool::Hugo => hugo::menu(values, seen, folder),
        Tool::VitePress => {
            let nav = literal::value_of(program, "nav").unwrap_or(Yaml::Null);
            of_program(&nav, &["text"], &["link"], seen, folder)
        }
        Tool::Docusaurus => {
            let navbar = literal::value_of(program, "navbar").unwrap_or(Yaml::Null);
            let items = navbar.get("items").unwrap_or(&Yaml::Null);
            of_program(items, &["label"], &["to", "docId"], seen, folder)
        }
        Tool::Quarto => super::quarto::menu(values, seen, folder),
        _ => Vec::new(),
    }
}

/// The menu of a tool without the texts that are no part of the site.
pub(super) fn of_site(config: &Config) -> Vec<DraftMenuItem> {
    let is_own = |item: &&DraftMenuItem| matches!(&item.to, DraftTarget::Text(path) if config.is_own(path));
    config.menu.iter().filter(|item| !is_own(item)).cloned().collect()
}

/// The links of a list in a program; groups of links, and links to other sites, have no place in this menu.
fn of_program(
    items: &Yaml,
    titles: &[&str],
    targets: &[&str],
    seen: &FolderContents,
    folder: &str,
) -> Vec<DraftMenuItem> {
    let Yaml::List(items) = items else { return Vec::new() };
    let item = |item: &Yaml| {
        let (title, to) = (text(item, titles)?, text(item, targets)?);
        (!to.contains("://")).then(|| DraftMenuItem { title, to: target(&to, seen, folder) })
    };
    items.iter().filter_map(item).collect()
}

/// What an address in the menu of a tool means: a text, wherever that will lie, or else an address of the site.
pub(super) fn target(to: &str, seen: &FolderContents, folder: &str) -> DraftTarget {
    let address = || {
        let to = if to.contains("://") || to.starts_with('/') { to.to_string() } else { format!("/{to}") };
        let is_folder = !to.contains("://") && !to.ends_with('/') && !to.contains(['.', '#', '?']);
        DraftTarget::Address(if is_folder { format!("{to}/") } else { to })
    };
    if to.contains(['#', '?', ':']) || to.trim_matches('/').is_empty() {
        return address();
    }
    let path = order::file(to, &seen.below(folder)).map(|path| seen_path(folder, &path));
    path.map_or_else(address, DraftTarget::Text)
}

fn seen_path(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") }
}

/// The lines of the menu, each with its words where these are not those of what it leads to. None where the menu of the theme
/// says the same.
pub(super) fn lines(own: &[DraftMenuItem], kinds: &[DraftKind]) -> Vec<(Option<String>, String)> {
    let mut lines: Vec<(Option<String>, String)> = Vec::new();
    for DraftMenuItem { title, to } in own {
        let to = match to {
            DraftTarget::Address(to) => Some(to.clone()),
            DraftTarget::Text(path) => {
                let of_text = kinds.iter().filter(|kind| is_below(path, &kind.folder));
                of_text.max_by_key(|kind| kind.folder.len()).and_then(|kind| kind.in_menu(path))
            }
        };
        lines.extend(to.map(|to| (Some(title.clone()), to)));
    }
    let is_needed = |kind: &DraftKind| kind.has_landing || !kind.in_menu.is_empty();
    if own.is_empty() && !kinds.iter().any(is_needed) {
        return lines;
    }
    // A home page that somebody wrote shows all lists.
    let is_list = kinds.iter().any(|kind| kind.list() == Some("/"));
    for kind in kinds {
        let address = match kind.index {
            DraftIndex::Nowhere => Some(kind.base()).filter(|_| kind.has_landing),
            _ => kind.list().filter(|_| own.is_empty() || is_list),
        };
        let address = address.filter(|address| *address != "/");
        let is_new = |address: &&str| !lines.iter().any(|(_, to)| to == address);
        if let Some(address) = address.filter(is_new) {
            lines.push((Some(titled(&kind.plural)), address.to_string()));
        }
        lines.extend(kind.in_menu.iter().map(|to| (None, to.clone())));
    }
    lines
}

/// What a kind is called in a menu.
fn titled(plural: &str) -> String {
    let words = plural.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

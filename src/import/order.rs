//! The order in which another tool lists its texts, and the groups in which it does: the navigation of MkDocs, the summary of
//! a book, the sidebar of Docusaurus, VitePress, VuePress and Starlight.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::DraftListed;
use super::mkdocs::nav_file;
use super::mkdocs_nav::MkDocsNav;
use super::summary::summary;
use super::targets::file;
use super::tool::Tool;
use crate::folders::without_extension;
use crate::yaml::Yaml;

/// So many entries that lead to no text are named.
const NAMED: usize = 8;

/// The contents of a tool, as far as its texts are there, and the entries that lead to no text. `all` are the paths of the texts,
/// from their folder on.
pub(super) fn contents(tool: Tool, values: &Yaml, texts: &Path, all: &[&str]) -> (Vec<DraftListed>, Vec<String>) {
    let mut listed = match tool {
        Tool::MkDocs => MkDocsNav { all, texts, file: nav_file(values) }.contents(values.get("nav")),
        Tool::MdBook => {
            std::fs::read_to_string(texts.join("SUMMARY.md")).map_or_else(|_| Vec::new(), |text| summary(&text))
        }
        Tool::Docusaurus | Tool::VitePress | Tool::VuePress | Tool::Astro => {
            let mut listed = Vec::new();
            sidebar(values, SidebarPlace { depth: 0, is_inside: false, base: "" }, all, &mut listed);
            listed
        }
        Tool::Docsify => super::docsify::contents(texts, all),
        Tool::Quarto => {
            let mut listed = Vec::new();
            super::quarto::contents(values, all, &mut listed);
            listed
        }
        _ => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    let is_there = |path: &String| without_extension(path).is_some() && texts.join(path).is_file();
    let depths: Vec<usize> = listed.iter().map(|listed| listed.depth).skip(1).chain([0]).collect();
    let mut missing = Vec::new();
    for (listed, next) in listed.iter_mut().zip(depths) {
        let is_chapter = tool == Tool::MdBook && next <= listed.depth;
        missing.extend(match &listed.path {
            Some(path) => Some(path).filter(|path| !is_there(path) && !path.contains("://")).cloned(),
            None => listed.title.clone().filter(|_| is_chapter),
        });
        listed.path = listed.path.take().filter(is_there).filter(|path| seen.insert(path.clone()));
    }
    (without_empty(listed), missing)
}

/// A sentence with the entries of contents that lead to no text.
pub(super) fn note(missing: &[String]) -> Option<String> {
    let named: Vec<String> = missing.iter().take(NAMED).map(|entry| format!("`{entry}`")).collect();
    let more = if missing.len() > NAMED { ", ..." } else { "" };
    let entries = if missing.len() == 1 { "1 entry".into() } else { format!("{} entries", missing.len()) };
    let what = "not taken over (no text is there)";
    (!missing.is_empty()).then(|| format!("{entries} of the contents {what}: {}{more}", named.join(", ")))
}

/// Without groups that hold nothing.
pub(super) fn without_empty(listed: Vec<DraftListed>) -> Vec<DraftListed> {
    let mut kept: Vec<DraftListed> = Vec::with_capacity(listed.len());
    for listed in listed.into_iter().rev() {
        let holds = kept.last().is_some_and(|next| next.depth > listed.depth);
        if listed.path.is_some() || holds && listed.title.is_some() {
            kept.push(listed);
        } else {
            // What stands below it takes its place.
            kept.iter_mut().rev().take_while(|below| below.depth > listed.depth).for_each(|below| below.depth -= 1);
        }
    }
    kept.reverse();
    kept
}

/// Where a part of a sidebar stands.
#[derive(Clone, Copy)]
struct SidebarPlace<'b> {
    /// Below so many groups.
    depth: usize,
    /// Whether in one of several sidebars.
    is_inside: bool,
    /// What stands before its addresses.
    base: &'b str,
}

/// The texts of a sidebar: of several ones, one after the other.
fn sidebar(value: &Yaml, place: SidebarPlace<'_>, all: &[&str], listed: &mut Vec<DraftListed>) {
    let depth = place.depth;
    let from = |base: &str, name: &str| file(&format!("{base}{name}"), all).or_else(|| file(name, all));
    match value {
        Yaml::Text(name) => listed.push(DraftListed { depth, path: from(place.base, name), title: None }),
        Yaml::List(items) => {
            items.iter().for_each(|item| sidebar(item, SidebarPlace { is_inside: true, ..place }, all, listed));
        }
        Yaml::Map(entries) => {
            let said = |keys: &[&str]| keys.iter().find_map(|key| value.get(key)?.as_text());
            let title = said(&["text", "label", "title"]).map(str::to_string);
            let base = said(&["base"]).unwrap_or(place.base);
            let named = |name: &str| from(base, name);
            // The page of a category of Docusaurus.
            let page = value.get("link").and_then(|link| link.get("id")?.as_text());
            let page = said(&["link", "slug", "id", "path"]).or(page).and_then(named);
            let items = value.get("items").or_else(|| value.get("children"));
            if title.is_none() && page.is_none() && items.is_none() {
                // Sidebars by their names or addresses; in one of them, groups by what they are called.
                return entries.iter().for_each(|(name, items)| {
                    let is_group =
                        place.is_inside && !name.starts_with('/') && matches!(items, Yaml::List(_) | Yaml::Map(_));
                    if is_group {
                        listed.push(DraftListed { depth, path: None, title: Some(name.clone()) });
                    }
                    // Names in the sidebar of a folder of VuePress count from that.
                    let base = if name.starts_with('/') && name.ends_with('/') { name } else { place.base };
                    let below = SidebarPlace { depth: depth + usize::from(is_group), is_inside: true, base };
                    sidebar(items, below, all, listed);
                });
            }
            let below = SidebarPlace { depth: depth + usize::from(title.is_some()), is_inside: true, base };
            if title.is_some() || page.is_some() {
                listed.push(DraftListed { depth, path: page, title });
            }
            items.into_iter().for_each(|items| sidebar(items, below, all, listed));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::config::shown;
    use super::*;

    #[test]
    fn sidebars_have_categories_addresses_and_folders() {
        let all = ["01-intro.md", "guide/index.md", "guide/why.md", "use/2-b.mdx", "use/a.md"];
        let read = |program: &str| {
            let mut listed = Vec::new();
            let place = SidebarPlace { depth: 0, is_inside: false, base: "" };
            sidebar(&super::super::literal::read(program), place, &all, &mut listed);
            shown(&listed)
        };
        let press = "{'/guide/': [{text: 'Guide', items: [{text: 'Start', link: '/guide/'}, {text: 'Why', link: '/guide/why#x'}]}], '/use/': [{text: 'Gone', link: '/gone'}]}";
        assert_eq!(read(press), "- Guide\n  guide/index.md Start\n  guide/why.md Why\n- Gone\n");
        let dino =
            "{docs: ['intro', {type: 'category', label: 'Use', link: {type: 'doc', id: 'use/a'}, items: ['use/b']}]}";
        assert_eq!(read(dino), "01-intro.md -\nuse/a.md Use\n  use/2-b.mdx -\n");
        let short = "{docs: {'How to': ['intro', {Use: ['use/b']}], More: ['use/a']}}";
        assert_eq!(read(short), "- How to\n  01-intro.md -\n  - Use\n    use/2-b.mdx -\n- More\n  use/a.md -\n");
        let based = "{'/guide/': {base: '/guide/', items: [{title: 'Why', path: 'why'}, {text: 'More', children: ['/use/a']}]}}";
        assert_eq!(read(based), "guide/why.md Why\n- More\n  use/a.md -\n");
        let old = "{'/guide/': ['', {title: 'More', children: ['why', '/use/a']}]}";
        assert_eq!(read(old), "guide/index.md -\n- More\n  guide/why.md -\n  use/a.md -\n");
        let star = "[{label: 'Use', items: ['use/a']}, {label: 'Why', slug: 'guide/why'}]";
        assert_eq!(read(star), "- Use\n  use/a.md -\nguide/why.md Why\n");
    }
}

//! What Quarto says in its configuration: the order of its texts, its menu, and which texts it makes pages of.

use std::collections::BTreeSet;

use super::config::{DraftListed, DraftMenuItem};
use super::look::FolderContents;
use super::menu::target;
use super::order::file;
use super::tool::text;
use crate::yaml::Yaml;

/// What is said of the site or of the book.
pub(super) fn project(values: &Yaml) -> &Yaml {
    values.get("website").or_else(|| values.get("book")).unwrap_or(&Yaml::Null)
}

/// Whether it is a book: what its chapters do not name is no page.
pub(super) fn is_book(values: &Yaml) -> bool {
    values.at("project.type").and_then(Yaml::as_text) == Some("book")
}

/// The texts in the order and the groups of the chapters or the sidebars.
pub(super) fn contents(values: &Yaml, all: &[&str], listed: &mut Vec<DraftListed>) {
    let book = values.get("book");
    for part in ["chapters", "appendices"].iter().filter_map(|key| book?.get(key)) {
        items(part, 0, all, listed);
    }
    match values.at("website.sidebar") {
        Some(Yaml::List(sidebars)) => {
            sidebars.iter().filter_map(|sidebar| sidebar.get("contents")).for_each(|part| items(part, 0, all, listed));
        }
        sidebar => sidebar.and_then(|sidebar| sidebar.get("contents")).into_iter().for_each(|part| {
            items(part, 0, all, listed);
        }),
    }
}

/// The texts of a list, at whatever depth.
fn items(value: &Yaml, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    match value {
        Yaml::Text(path) => listed.push(DraftListed { depth, path: file(path, all), title: None }),
        Yaml::List(parts) => parts.iter().for_each(|part| items(part, depth, all, listed)),
        Yaml::Map(_) => {
            let inside = value.get("contents").or_else(|| value.get("chapters"));
            let own = text(value, &["section", "part"]);
            // What a group is called may be the path of the text that stands for it.
            let page = text(value, &["href", "file"]).or_else(|| own.clone()).and_then(|path| file(&path, all));
            let title = text(value, &["text"]).or_else(|| own.filter(|_| page.is_none()));
            if page.is_some() || title.is_some() {
                listed.push(DraftListed { depth, path: page, title });
                inside.into_iter().for_each(|inside| items(inside, depth + 1, all, listed));
            } else {
                inside.into_iter().for_each(|inside| items(inside, depth, all, listed));
            }
        }
        _ => {}
    }
}

/// The texts that a book names, with the first page, which every book has.
pub(super) fn chapters(values: &Yaml, all: &[&str]) -> BTreeSet<String> {
    let mut listed = Vec::new();
    contents(values, all, &mut listed);
    listed.into_iter().filter_map(|listed| listed.path).collect()
}

/// The links of its menu.
pub(super) fn menu(values: &Yaml, seen: &FolderContents, folder: &str) -> Vec<DraftMenuItem> {
    let navbar = project(values).get("navbar");
    let sides = ["left", "right"].iter().filter_map(|side| match navbar?.get(side)? {
        Yaml::List(items) => Some(items.as_slice()),
        _ => None,
    });
    let item = |item: &Yaml| {
        let to = item.as_text().map(String::from).or_else(|| text(item, &["href", "file"]))?;
        let title = || seen.texts.iter().find(|text| text.path == to)?.title.clone();
        let title = text(item, &["text"]).or_else(title)?;
        (!to.contains("://")).then(|| DraftMenuItem { title, to: target(&to, seen, folder) })
    };
    sides.flatten().filter_map(item).collect()
}

/// The patterns for what it makes no pages of, where the configuration says what it does: `render: ["*.qmd", "!drafts/"]`.
pub(super) fn unrendered(values: &Yaml) -> Vec<String> {
    let said = match values.at("project.render") {
        Some(Yaml::List(said)) => said.iter().filter_map(Yaml::as_text).collect(),
        said => said.and_then(Yaml::as_text).into_iter().collect::<Vec<_>>(),
    };
    let anchored = |pattern: &str| format!("/{}", pattern.trim_start_matches('/'));
    let (without, with): (Vec<&str>, Vec<&str>) = said.into_iter().partition(|pattern| pattern.starts_with('!'));
    let all = ["*.qmd", "*.md", "*.markdown", "*.Rmd", "*.rmd"].iter().filter(|_| !with.is_empty());
    let all: Vec<String> = all.map(ToString::to_string).collect();
    let with = with.iter().map(|pattern| match pattern.trim_end_matches('/') {
        folder if !folder.contains('.') => format!("!{}/**/*", anchored(folder)),
        file => format!("!{}", anchored(file)),
    });
    let without = without.iter().map(|pattern| anchored(&pattern[1..]));
    all.into_iter().chain(with).chain(without).collect()
}

//! What Quarto says in its configuration: the order of its texts, its menu, and which texts it makes pages of.

use std::collections::BTreeSet;

use super::config::{DraftListed, DraftMenuItem};
use super::names::capital;
use super::seen::FolderContents;
use super::targets::{file, target};
use super::tool::text;
use crate::folders::{is_below, path_in, without_extension};
use crate::globs::Glob;
use crate::yaml::Yaml;

/// What stands for all texts in a sidebar.
const AUTO: &str = "auto";

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
        Yaml::Text(path) => match file(path, all).filter(|_| has_ending(path)) {
            Some(path) => listed.push(DraftListed { depth, path: Some(path), title: None }),
            None => fitting(path, depth, all, listed),
        },
        Yaml::List(parts) => parts.iter().for_each(|part| items(part, depth, all, listed)),
        Yaml::Map(_) => {
            if let Some(auto) = value.get(AUTO) {
                return match *auto == Yaml::Bool(true) {
                    true => fitting(AUTO, depth, all, listed),
                    false => items(auto, depth, all, listed),
                };
            }
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

/// Whether a path ends as that of a file does; without that it is the name of a folder.
fn has_ending(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// The texts that a pattern of a sidebar means, or the name of a folder; `auto` means all.
fn fitting(pattern: &str, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    let pattern = pattern.trim_start_matches("./").trim_matches('/');
    let folder = pattern.strip_suffix("/**").or_else(|| pattern.strip_suffix("/**/*")).unwrap_or(pattern);
    if matches!(pattern, AUTO | "**" | "**/*") {
        return in_folder("", depth, all, listed);
    }
    if all.iter().any(|path| is_below(path, folder)) {
        return in_folder(folder, depth, all, listed);
    }
    let Some(glob) = Glob::parse(pattern).ok().filter(|_| pattern.contains('*')) else { return };
    let fitting = all.iter().filter(|path| glob.fits(path));
    listed.extend(fitting.map(|path| DraftListed { depth, path: Some((*path).to_string()), title: None }));
}

/// The texts in a folder, and below them the folders in it, each as a group.
fn in_folder(folder: &str, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    let (mut own, mut folders) = (Vec::new(), BTreeSet::new());
    for (path, below) in all.iter().filter_map(|path| Some((path, path_in(path, folder)?))) {
        match below.split_once('/') {
            Some((name, _)) => _ = folders.insert(name),
            None => own.push(*path),
        }
    }
    let stands_for_folder = |path: &str| {
        let name = path.rsplit('/').next().and_then(without_extension);
        name.is_some_and(|name| name.eq_ignore_ascii_case("index"))
    };
    own.sort_by_key(|path| (!stands_for_folder(path), *path));
    let text = |path: &str, depth| DraftListed { depth, path: Some(path.to_string()), title: None };
    listed.extend(own.into_iter().map(|path| text(path, depth)));
    for name in folders {
        let below = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
        let begin = listed.len();
        in_folder(&below, depth + 1, all, listed);
        // The text that stands for it is the group.
        match listed.get_mut(begin).filter(|first| first.path.as_deref().is_some_and(stands_for_folder)) {
            Some(first) => first.depth = depth,
            None => {
                let title = Some(capital(&name.replace(['-', '_'], " ")));
                listed.insert(begin, DraftListed { depth, path: None, title });
            }
        }
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

#[cfg(test)]
mod tests {
    use super::super::config::shown;
    use super::*;

    #[test]
    fn sidebars_may_name_folders_and_patterns() {
        let all =
            ["about.qmd", "index.qmd", "soups/index.qmd", "soups/leek.qmd", "soups/cold-days/pea.qmd", "use/a-b.md"];
        let read = |sidebar: &str| {
            let mut listed = Vec::new();
            let values = crate::yaml::parse(&format!("website: {{sidebar: {{contents: {sidebar}}}}}")).unwrap();
            contents(&values, &all, &mut listed);
            shown(&listed)
        };
        let soups = "soups/index.qmd -\n  soups/leek.qmd -\n  - Cold days\n    soups/cold-days/pea.qmd -\n";
        assert_eq!(read("auto"), format!("index.qmd -\nabout.qmd -\n{soups}- Use\n  use/a-b.md -\n"));
        assert_eq!(read("[{auto: true}]"), read("auto"));
        assert_eq!(read("[about.qmd, {auto: \"soups/*\"}]"), "about.qmd -\nsoups/index.qmd -\nsoups/leek.qmd -\n");
        let nested = "  soups/index.qmd -\n  soups/leek.qmd -\n  - Cold days\n    soups/cold-days/pea.qmd -\n";
        for contents in ["soups", "soups/**", "\"/soups/\""] {
            assert_eq!(read(&format!("[{{section: Soups, contents: {contents}}}]")), format!("- Soups\n{nested}"));
        }
        assert_eq!(read("[\"use/*-b.md\", nothing, \"no/*\"]"), "use/a-b.md -\n");
    }
}

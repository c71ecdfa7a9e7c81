//! The order in which another tool lists its texts, and the groups in which it does: the navigation of MkDocs, the summary of
//! a book, the sidebar of Docusaurus, VitePress and Starlight.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::DraftListed;
use super::tool::Tool;
use crate::folders::without_extension;
use crate::url::{decode_path, unnumbered};
use crate::yaml::Yaml;

/// So many entries that lead to no text are named.
const NAMED: usize = 8;

/// The contents of a tool, as far as its texts are there, and the entries that lead to no text. `all` are the paths of the texts,
/// from their folder on.
pub(super) fn contents(tool: Tool, values: &Yaml, texts: &Path, all: &[&str]) -> (Vec<DraftListed>, Vec<String>) {
    let mut listed = match tool {
        Tool::MkDocs => {
            let mut listed = Vec::new();
            values.get("nav").into_iter().for_each(|nav| named(nav, 0, all, &mut listed));
            listed
        }
        Tool::MdBook => {
            std::fs::read_to_string(texts.join("SUMMARY.md")).map_or_else(|_| Vec::new(), |text| summary(&text))
        }
        Tool::Docusaurus | Tool::VitePress | Tool::Astro => {
            let mut listed = Vec::new();
            sidebar(values, SidebarPlace { depth: 0, is_inside: false, base: "" }, all, &mut listed);
            listed
        }
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

/// How many entries of a navigation lead to other sites.
pub(super) fn to_other_sites(nav: &Yaml) -> usize {
    match nav {
        Yaml::Text(path) => usize::from(path.contains("://")),
        Yaml::List(items) => items.iter().map(to_other_sites).sum(),
        Yaml::Map(entries) => entries.iter().map(|(_, item)| to_other_sites(item)).sum(),
        _ => 0,
    }
}

/// The texts of a navigation, at whatever depth.
fn named(nav: &Yaml, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    match nav {
        Yaml::Text(path) => text(path, None, depth, all, listed),
        Yaml::List(items) => items.iter().for_each(|item| named(item, depth, all, listed)),
        Yaml::Map(entries) => {
            for (title, item) in entries {
                match item {
                    Yaml::Text(path) => text(path, Some(title), depth, all, listed),
                    Yaml::List(items) => group(title, items, depth, all, listed),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// A group of a navigation. Its first text stands for it where that stands for a folder and has no title there, but not for a
/// group of the first level, which is a heading.
fn group(title: &str, items: &[Yaml], depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    let first = items.first().and_then(Yaml::as_text).filter(|path| depth > 0 && path.ends_with("/index.md"));
    match first {
        Some(path) => text(path, None, depth, all, listed),
        None => listed.push(DraftListed { depth, path: None, title: Some(title.to_string()) }),
    }
    items[usize::from(first.is_some())..].iter().for_each(|item| named(item, depth + 1, all, listed));
}

/// A text of a navigation, or all texts in a folder.
fn text(path: &str, title: Option<&str>, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    let path = path.trim_start_matches("./");
    let title = title.map(str::to_string);
    let Some(folder) = path.strip_suffix('/') else {
        return listed.push(DraftListed { depth, path: Some(path.to_string()), title });
    };
    let below = usize::from(title.is_some());
    if title.is_some() {
        listed.push(DraftListed { depth, path: None, title });
    }
    in_folder(folder, depth + below, all, listed);
}

/// All texts in a folder, that of the folder itself first.
fn in_folder(folder: &str, depth: usize, all: &[&str], listed: &mut Vec<DraftListed>) {
    let is_index = |path: &str| matches!(path.rsplit('/').next(), Some("index.md" | "README.md"));
    let is_below = |path: &str| crate::folders::is_below(path, folder);
    let mut inside: Vec<_> = all.iter().filter(|path| is_below(path)).collect();
    inside.sort_by_key(|path| (!is_index(path), path.matches('/').count(), **path));
    let own = |path: &&str| DraftListed { depth, path: Some((*path).to_string()), title: None };
    listed.extend(inside.into_iter().map(own));
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
    match value {
        Yaml::Text(name) => listed.push(DraftListed { depth, path: file(name, all), title: None }),
        Yaml::List(items) => {
            items.iter().for_each(|item| sidebar(item, SidebarPlace { is_inside: true, ..place }, all, listed));
        }
        Yaml::Map(entries) => {
            let said = |keys: &[&str]| keys.iter().find_map(|key| value.get(key)?.as_text());
            let title = said(&["text", "label", "title"]).map(str::to_string);
            let base = said(&["base"]).unwrap_or(place.base);
            let named = |name: &str| file(&format!("{base}{name}"), all).or_else(|| file(name, all));
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
                    let below = SidebarPlace { depth: depth + usize::from(is_group), is_inside: true, ..place };
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

/// The text that an address or an id of a sidebar means.
pub(super) fn file(name: &str, all: &[&str]) -> Option<String> {
    let name = name.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let name = name.trim_end_matches(".html");
    let name = without_extension(name).unwrap_or(name);
    // Numbers before names give their order and belong to no address.
    let plain = |path: &str| path.split('/').map(unnumbered).collect::<Vec<_>>().join("/");
    let is_meant = |path: &&&str| {
        let stem = without_extension(path).unwrap_or(path);
        let folder = ["index", "README", "_index"].iter().find_map(|end| stem.strip_suffix(end));
        let folder = folder
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .map(|folder| folder.trim_end_matches('/'));
        [Some(stem), folder].into_iter().flatten().any(|own| own == name || plain(own) == name)
    };
    let is_name = |path: &&&str| without_extension(path) == Some(name);
    all.iter().find(is_name).or_else(|| all.iter().find(is_meant)).map(|path| (*path).to_string())
}

/// The paths of all files to which the summary of a book leads, wherever in it.
pub(super) fn named_in_summary(text: &str) -> BTreeSet<String> {
    let text = without_comments(text);
    let targets = text.match_indices("](").chain(text.match_indices("]: ")).map(|(at, sign)| &text[at + sign.len()..]);
    let lines = targets.map(|target| target.lines().next().unwrap_or_default());
    lines.filter_map(|target| address(target.split(')').next().unwrap_or(target))).collect()
}

/// The chapters of a book with its parts: links of a list, below one another by their indentation, and those beside it.
fn summary(text: &str) -> Vec<DraftListed> {
    let (mut listed, mut columns, mut part) = (Vec::new(), Vec::new(), 0);
    let mut begun = false;
    for line in without_comments(text).lines() {
        let rest = line.trim_start();
        let column = line.len() - rest.len();
        if let Some(title) = rest.strip_prefix("# ") {
            // The first one is the name of the list, where nothing stands above it.
            if std::mem::replace(&mut begun, true) {
                listed.push(DraftListed { depth: 0, path: None, title: Some(plain(title)) });
                part = 1;
            }
            columns.clear();
            continue;
        }
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let sign: &[char] = if digits.len() < rest.len() { &['.', ')'] } else { &['-', '*', '+'] };
        let item = digits.strip_prefix(sign).filter(|item| item.starts_with([' ', '\t']));
        let Some((path, title)) = link(item.unwrap_or(rest)) else { continue };
        begun = true;
        let depth = match item {
            None => {
                part = 0;
                columns.clear();
                0
            }
            Some(_) => {
                columns.retain(|above| *above < column);
                columns.push(column);
                part + columns.len() - 1
            }
        };
        listed.push(DraftListed { depth, path, title });
    }
    listed
}

/// The address of a link at the beginning of a text, and its words. What is not written yet has no address.
fn link(text: &str) -> Option<(Option<String>, Option<String>)> {
    let text = text.trim();
    let middle = text.strip_prefix('[')?.find("](")? + 1;
    let path = address(text[middle + 2..].split(')').next()?)?;
    Some((Some(path).filter(|path| !path.is_empty()), Some(plain(&text[1..middle])).filter(|words| !words.is_empty())))
}

/// The path in an address, without what stands behind it.
fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let bracketed = written.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    let path = bracketed.map_or_else(|| written.split([' ', '\t']).next().unwrap_or(written), |(path, _)| path);
    decode_path(path.split('#').next()?.trim_start_matches("./"))
}

/// A text without its comments.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |shown, part| shown + part.split_once("-->").map_or("", |(_, behind)| behind))
}

fn plain(text: &str) -> String {
    text.replace(['`', '*', '\\'], "").trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(listed: &[DraftListed]) -> String {
        let text = |of: &Option<String>| of.clone().unwrap_or_else(|| "-".into());
        listed.iter().map(|l| format!("{}{} {}\n", "  ".repeat(l.depth), text(&l.path), text(&l.title))).collect()
    }

    #[test]
    fn the_first_part_of_a_summary_stands_where_no_chapter_does_above_it() {
        let titles = |text: &str| summary(text).into_iter().filter_map(|listed| listed.title).collect::<Vec<_>>();
        assert_eq!(titles("# Summary\n\n# Tools\n\n- [Pots](pots.md)\n"), ["Tools", "Pots"]);
        assert_eq!(titles("[Intro](intro.md)\n\n# Tools\n\n- [Pots](pots.md)\n"), ["Intro", "Tools", "Pots"]);
    }

    #[test]
    fn a_summary_has_parts_chapters_and_what_stands_beside_them() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part *one*\n\n- [A](a.md)\n    * [B `x`](./b.md)\n        - [C](<c d.md>)\n- [Later]()\n\n---\n\n# Two\n\n1. no\n- [D](d.md)\n\n[End](end.md)\n";
        let expected = "intro.md Intro\n- Part one\n  a.md A\n    b.md B x\n      c d.md C\n  - Later\n- Two\n  d.md D\nend.md End\n";
        assert_eq!(shown(&summary(text)), expected);
        assert!(!shown(&without_empty(summary(text))).contains("Later"));
    }

    #[test]
    fn a_navigation_has_groups_and_folders() {
        let nav = "- Home: index.md\n- guide/\n- Setup:\n  - setup/index.md\n  - Deep:\n    - deep/index.md\n    - a.md\n    - Out: https://example.org\n- Use: use/\n";
        let nav = crate::yaml::parse(nav).unwrap();
        let mut listed = Vec::new();
        named(&nav, 0, &["guide/b.md", "guide/index.md", "use/c.md", "guide-old.md"], &mut listed);
        let expected = "index.md Home\nguide/index.md -\nguide/b.md -\n- Setup\n  setup/index.md -\n  deep/index.md -\n    a.md -\n    https://example.org Out\n- Use\n  use/c.md -\n";
        assert_eq!(shown(&listed), expected);
        assert_eq!(to_other_sites(&nav), 1);
    }

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
        let star = "[{label: 'Use', items: ['use/a']}, {label: 'Why', slug: 'guide/why'}]";
        assert_eq!(read(star), "- Use\n  use/a.md -\nguide/why.md Why\n");
    }
}

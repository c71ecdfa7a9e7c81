//! Sidebars that Docusaurus and Starlight make of the folders of their texts, as a configuration that names each text would
//! say them.

use std::collections::BTreeSet;
use std::path::Path;

use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::{path_in, without_extension};
use crate::links::is_index;
use crate::url::unnumbered;
use crate::yaml::{self, Yaml};

/// The texts of a tool, from which it makes sidebars.
pub(super) struct SidebarTexts<'a> {
    pub tool: Tool,
    pub seen: &'a FolderContents,
    /// The folder that is drafted.
    pub root: &'a Path,
    /// That of the texts below it.
    pub folder: &'a str,
    /// Whether numbers before names give the order.
    pub numbered: bool,
}

/// A text or a folder of a sidebar.
struct SidebarItem {
    order: Option<f64>,
    /// The name of the file or folder.
    name: String,
    is_index: bool,
    said: Yaml,
}

impl SidebarTexts<'_> {
    /// A sidebar in which the texts of each folder stand where it names that.
    pub fn filled(&self, sidebar: &Yaml) -> Yaml {
        let each = |value: &Yaml| self.filled(value);
        match sidebar {
            Yaml::List(items) => Yaml::List(items.iter().map(each).collect()),
            Yaml::Map(entries) => {
                let of_starlight = sidebar.at("autogenerate.directory").filter(|_| self.tool == Tool::Astro);
                let of_docusaurus = sidebar.get("dirName").filter(|_| self.tool == Tool::Docusaurus);
                if let Some(items) = of_docusaurus.and_then(Yaml::as_text).map(|folder| self.of_folder(folder)) {
                    return items;
                }
                let kept = entries.iter().filter(|(key, _)| of_starlight.is_none() || key != "autogenerate");
                let mut filled: Vec<_> = kept.map(|(key, value)| (key.clone(), each(value))).collect();
                let items = of_starlight.and_then(Yaml::as_text).map(|folder| self.of_folder(folder));
                filled.extend(items.map(|items| ("items".to_string(), items)));
                Yaml::Map(filled)
            }
            other => other.clone(),
        }
    }

    /// The items of a folder of the texts, `.` for all of them.
    pub fn of_folder(&self, folder: &str) -> Yaml {
        Yaml::List(self.items(folder.trim_matches(['.', '/'])).into_iter().map(|item| item.said).collect())
    }

    fn items(&self, folder: &str) -> Vec<SidebarItem> {
        let (mut items, mut folders) = (Vec::new(), BTreeSet::new());
        for (path, text) in self.texts(folder) {
            match path_in(path, folder).unwrap_or(path).split_once('/') {
                Some((below, _)) => {
                    folders.insert(below.to_string());
                }
                None => items.push(self.text(path, text)),
            }
        }
        items.extend(folders.into_iter().filter_map(|name| self.group(folder, name)));
        items.sort_by(|a, b| {
            let order = |item: &SidebarItem| item.order.unwrap_or(f64::INFINITY);
            let (a_first, b_first) = (!a.is_index, !b.is_index);
            order(a).total_cmp(&order(b)).then_with(|| (a_first, &a.name).cmp(&(b_first, &b.name)))
        });
        items
    }

    /// The texts in a folder that stand in sidebars, with their paths below that of all texts.
    fn texts(&self, folder: &str) -> impl Iterator<Item = (&str, &MarkdownFile)> + use<'_> {
        let is_shown = |path: &str, text: &MarkdownFile| {
            let keys = ["draft", "unlisted", "sidebar.hidden"];
            let is_hidden = keys.iter().any(|key| matches!(text.at(key), Some(Yaml::Bool(true))));
            !is_hidden && !path.split('/').any(|part| part.starts_with('_'))
        };
        let parts = [self.folder, folder].into_iter().filter(|part| !part.is_empty());
        let begin: String = parts.map(|part| format!("{part}/")).collect();
        let all = &self.seen.texts;
        let inside = &all[all.partition_point(|text| text.path < begin)..];
        let below = if self.folder.is_empty() { 0 } else { self.folder.len() + 1 };
        let inside = inside.iter().take_while(move |text| text.path.starts_with(&begin));
        inside.map(move |text| (&text.path[below..], text)).filter(move |(path, text)| is_shown(path, text))
    }

    fn text(&self, path: &str, text: &MarkdownFile) -> SidebarItem {
        let stem = without_extension(path).unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        SidebarItem {
            order: self.order_of(text).or_else(|| self.number(without_extension(name).unwrap_or(name))),
            name: name.to_string(),
            is_index: self.tool == Tool::Astro && stands_for(stem, ""),
            said: Yaml::Text(stem.to_string()),
        }
    }

    /// A folder in another one, with the text that stands for it. None where it holds no text that is shown.
    fn group(&self, above: &str, name: String) -> Option<SidebarItem> {
        let folder = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        let mut items = self.items(&folder);
        if self.tool == Tool::Astro {
            let order = items.iter().filter_map(|item| item.order).min_by(f64::total_cmp);
            let said = group(&name, None, items)?;
            return Some(SidebarItem { order, name, is_index: false, said });
        }
        let keys = self.category(&folder);
        let is_own = |path: &str| match keys.get("link") {
            Some(link) => link.get("id").and_then(Yaml::as_text).is_some_and(|id| is_called(path, id, &folder)),
            None => without_extension(path).is_some_and(|stem| stands_for(stem, &name)),
        };
        let in_folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        let own = self.texts(&folder).find(|(path, _)| in_folder(path) && is_own(path));
        let page = own.and_then(|(path, _)| without_extension(path));
        items.retain(|item| item.said.as_text().is_none_or(|path| Some(path) != page));
        let said = |text: &MarkdownFile| {
            text.get("sidebar_label").and_then(Yaml::as_text).map(str::to_string).or_else(|| text.title.clone())
        };
        let label = keys.get("label").and_then(Yaml::as_text).map(str::to_string);
        let label = label.or_else(|| own.and_then(|(_, text)| said(text)));
        let label = label.unwrap_or_else(|| if self.numbered { unnumbered(&name) } else { &name }.to_string());
        let order = number(keys.get("position")).or_else(|| self.order_of(own?.1)).or_else(|| self.number(&name));
        let said = match page {
            Some(page) if items.is_empty() => Yaml::Text(page.to_string()),
            page => group(&label, page, items)?,
        };
        Some(SidebarItem { order, name, is_index: false, said })
    }

    /// What Docusaurus is told of a folder.
    fn category(&self, folder: &str) -> Yaml {
        let at = self.root.join(self.folder).join(folder);
        let names = ["_category_.json", "_category_.yml", "_category_.yaml"];
        let text = names.iter().find_map(|name| std::fs::read_to_string(at.join(name)).ok());
        text.and_then(|text| yaml::parse(&text).ok()).unwrap_or(Yaml::Null)
    }

    fn order_of(&self, text: &MarkdownFile) -> Option<f64> {
        number(text.at(if self.tool == Tool::Astro { "sidebar.order" } else { "sidebar_position" }))
    }

    /// The number before a name.
    fn number(&self, name: &str) -> Option<f64> {
        let has_number = self.numbered && unnumbered(name) != name;
        let digits = name.split(|c: char| !c.is_ascii_digit()).next().filter(|_| has_number);
        digits.and_then(|digits| digits.parse().ok())
    }
}

/// A group of a sidebar with the text that stands for it; none where it holds nothing.
fn group(label: &str, page: Option<&str>, items: Vec<SidebarItem>) -> Option<Yaml> {
    let text = |text: &str| Yaml::Text(text.to_string());
    let mut said = vec![("label".to_string(), text(label))];
    said.extend(page.map(|page| ("link".to_string(), Yaml::Map(vec![("id".to_string(), text(page))]))));
    let holds = !items.is_empty();
    said.push(("items".to_string(), Yaml::List(items.into_iter().map(|item| item.said).collect())));
    holds.then_some(Yaml::Map(said))
}

/// Whether the path of a text, without its ending, stands for the folder of this name in which it lies.
fn stands_for(stem: &str, folder: &str) -> bool {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    is_index(name)
        || name.eq_ignore_ascii_case("readme")
        || !folder.is_empty() && unnumbered(name).eq_ignore_ascii_case(unnumbered(folder))
}

/// Whether an id, from the folder of a text or from that of all texts on, means the text at a path.
fn is_called(path: &str, id: &str, folder: &str) -> bool {
    let plain = |path: &str| path.split('/').map(unnumbered).collect::<Vec<_>>().join("/");
    let stem = plain(without_extension(path).unwrap_or(path));
    stem == plain(id) || stem == plain(&format!("{folder}/{id}"))
}

fn number(value: Option<&Yaml>) -> Option<f64> {
    match value {
        Some(Yaml::Integer(number)) => Some(*number as f64),
        Some(Yaml::Number(number)) => Some(*number),
        _ => None,
    }
}

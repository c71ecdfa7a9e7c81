//! The navigation of MkDocs: `nav` of its configuration, and the lists in Markdown that its plug-in `literate-nav` reads.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::DraftListed;
use super::names::capital;
use super::summary::literate;
use crate::folders::is_below;
use crate::globs::Glob;
use crate::links::join;
use crate::yaml::Yaml;

/// What the texts are from which a navigation is made.
pub(super) struct MkDocsNav<'a> {
    /// The paths of all texts, from their folder on.
    pub all: &'a [&'a str],
    /// Their folder.
    pub texts: &'a Path,
    /// The name of the files that hold lists, where the plug-in reads them.
    pub file: Option<String>,
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

impl MkDocsNav<'_> {
    /// The texts of a navigation; without one those of the list of all texts.
    pub fn contents(&self, nav: Option<&Yaml>) -> Vec<DraftListed> {
        let mut listed = Vec::new();
        match nav {
            Some(nav) => self.named(nav, 0, &mut listed),
            None => _ = self.list_of("", 0, &mut listed),
        }
        listed
    }

    /// The texts of a part of a navigation, at whatever depth.
    fn named(&self, nav: &Yaml, depth: usize, listed: &mut Vec<DraftListed>) {
        match nav {
            Yaml::Text(path) => self.text(path, None, depth, listed),
            Yaml::List(items) => items.iter().for_each(|item| self.named(item, depth, listed)),
            Yaml::Map(entries) => {
                for (title, item) in entries {
                    match item {
                        Yaml::Text(path) => self.text(path, Some(title), depth, listed),
                        Yaml::List(items) => self.group(title, items, depth, listed),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// A group of a navigation. Its first text stands for it where that stands for a folder and has no title there, but not for
    /// a group of the first level, which is a heading.
    fn group(&self, title: &str, items: &[Yaml], depth: usize, listed: &mut Vec<DraftListed>) {
        let first = items.first().and_then(Yaml::as_text).filter(|path| depth > 0 && path.ends_with("/index.md"));
        match first {
            Some(path) => self.text(path, None, depth, listed),
            None => listed.push(DraftListed { depth, path: None, title: Some(title.to_string()) }),
        }
        items[usize::from(first.is_some())..].iter().for_each(|item| self.named(item, depth + 1, listed));
    }

    /// A text of a navigation, or all texts in a folder.
    fn text(&self, path: &str, title: Option<&str>, depth: usize, listed: &mut Vec<DraftListed>) {
        let path = path.trim_start_matches("./");
        let title = title.map(str::to_string);
        let Some(folder) = path.strip_suffix('/') else {
            return listed.push(DraftListed { depth, path: Some(path.to_string()), title });
        };
        let below = usize::from(title.is_some());
        if title.is_some() {
            listed.push(DraftListed { depth, path: None, title });
        }
        self.in_folder(folder, depth + below, listed);
    }

    /// The texts in a folder as its list has them, else all of them, that of the folder itself first.
    fn in_folder(&self, folder: &str, depth: usize, listed: &mut Vec<DraftListed>) {
        if self.list_of(folder, depth, listed) {
            return;
        }
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_string();
        let is_index = |path: &str| matches!(name(path).as_str(), "index.md" | "README.md");
        let is_meant = |path: &str| is_below(path, folder) && Some(name(path)) != self.file;
        let mut inside: Vec<_> = self.all.iter().filter(|path| is_meant(path)).collect();
        inside.sort_by_key(|path| (!is_index(path), path.matches('/').count(), **path));
        let own = |path: &&str| DraftListed { depth, path: Some((*path).to_string()), title: None };
        listed.extend(inside.into_iter().map(own));
    }

    /// What the list of a folder names. Says whether there is one.
    fn list_of(&self, folder: &str, depth: usize, listed: &mut Vec<DraftListed>) -> bool {
        let path = self.file.as_deref().and_then(|name| join(folder, name));
        let text = path.and_then(|path| std::fs::read_to_string(self.texts.join(path)).ok());
        let items = text.map_or_else(Vec::new, |text| literate(&text));
        for item in &items {
            let depth = depth + item.depth;
            let title = item.title.as_deref();
            let Some(path) = &item.path else {
                listed.push(DraftListed { depth, path: None, title: title.map(str::to_string) });
                continue;
            };
            if path.contains("://") {
                continue;
            }
            match join(folder, path) {
                Some(path) if path.contains('*') => self.fitting(folder, &path, item, depth, listed),
                // A list names what lies below it: so none leads back to itself.
                Some(below) if path.ends_with('/') && is_below(&below, folder) && below != folder => {
                    self.text(&format!("{below}/"), title, depth, listed);
                }
                Some(path) => self.text(&path, title, depth, listed),
                None => {}
            }
        }
        !items.is_empty()
    }

    /// The texts whose paths fit a pattern; one that ends in a slash fits folders.
    fn fitting(&self, folder: &str, pattern: &str, item: &DraftListed, depth: usize, listed: &mut Vec<DraftListed>) {
        let is_of_folders = item.path.as_deref().is_some_and(|path| path.ends_with('/'));
        let Ok(glob) = Glob::parse(pattern) else { return };
        let inside = self.all.iter().filter(|path| is_below(path, folder));
        if !is_of_folders {
            let texts =
                inside.clone().filter(|path| glob.fits(path) && !path.ends_with(self.file.as_deref().unwrap_or("/")));
            listed.extend(texts.map(|path| DraftListed { depth, path: Some((*path).to_string()), title: None }));
        }
        let folders: BTreeSet<&str> = inside.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        for own in folders.into_iter().filter(|own| *own != folder && glob.fits(own)) {
            let name = own.rsplit('/').next().unwrap_or(own).replace(['-', '_'], " ");
            self.text(&format!("{own}/"), Some(&capital(&name)), depth, listed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::config::shown;
    use super::*;

    #[test]
    fn a_navigation_has_groups_and_folders() {
        let nav = "- Home: index.md\n- guide/\n- Setup:\n  - setup/index.md\n  - Deep:\n    - deep/index.md\n    - a.md\n    - Out: https://example.org\n- Use: use/\n";
        let nav = crate::yaml::parse(nav).unwrap();
        let all = ["guide/b.md", "guide/index.md", "use/c.md", "guide-old.md"];
        let listed = MkDocsNav { all: &all, texts: Path::new("nowhere"), file: None }.contents(Some(&nav));
        let expected = "index.md Home\nguide/index.md -\nguide/b.md -\n- Setup\n  setup/index.md -\n  deep/index.md -\n    a.md -\n    https://example.org Out\n- Use\n  use/c.md -\n";
        assert_eq!(shown(&listed), expected);
        assert_eq!(to_other_sites(&nav), 1);
    }

    #[test]
    fn lists_in_markdown_name_texts_folders_and_patterns() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            std::fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(folder.path().join(path), text).unwrap();
        };
        let list = "# Nav\n\n* [Home](index.md)\n* Cooking\n    * [Soups](soups/)\n    * *.md\n* [Itself](./)\n* */\n* [Out](https://example.org)\n";
        write("SUMMARY.md", list);
        write("soups/SUMMARY.md", "- [Leek](leek.md)\n- [Above](../kale.md)\n");
        let all = ["SUMMARY.md", "index.md", "kale.md", "pea-dishes/b.md", "soups/SUMMARY.md", "soups/leek.md"];
        let nav = MkDocsNav { all: &all, texts: folder.path(), file: Some("SUMMARY.md".into()) };
        let listed = shown(&nav.contents(None));
        let expected = "index.md Home\n- Cooking\n  - Soups\n    soups/leek.md Leek\n    kale.md Above\n  index.md -\n  kale.md -\n";
        assert!(listed.starts_with(expected), "{listed}");
        assert!(listed.contains("- Pea dishes\n  pea-dishes/b.md -\n") && !listed.contains("SUMMARY"), "{listed}");
    }
}

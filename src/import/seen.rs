//! What was seen in a folder: its Markdown files with their keys and constructs, and its other files.

use std::collections::{BTreeMap, BTreeSet};

use super::scripts::Scripts;
use crate::folders::path_in;
use crate::yaml::Yaml;

/// Folders that hold what tools make or fetch, and never texts.
pub(super) const SKIPPED: [&str; 8] =
    ["node_modules", "public", "_site", "dist", "target", "vendor", "templates", "static"];

/// What a folder holds.
#[derive(Default)]
pub(super) struct FolderContents {
    /// Markdown files, sorted by path.
    pub texts: Vec<MarkdownFile>,
    /// The paths of all other files.
    pub files: BTreeSet<String>,
    /// How often links begin with a scheme.
    pub schemes: BTreeMap<String, usize>,
    /// How often HTML loads something from each other site.
    pub hosts: BTreeMap<String, usize>,
    /// How many wikilinks there are.
    pub wikilinks: usize,
    /// Whether raw HTML stands in any text.
    pub html: bool,
    /// The scripts in which the texts are written.
    pub scripts: Scripts,
    /// Links of the file system to folders that are in the folder anyway, each with that folder.
    pub linked: Vec<(String, String)>,
}

/// A Markdown file.
pub(super) struct MarkdownFile {
    /// Its path, from the folder on, with `/` between folders.
    pub path: String,
    /// Its front matter; empty where there is none that can be read.
    pub keys: Vec<(String, Yaml)>,
    /// Its title: that of its keys, or its heading of the first level.
    pub title: Option<String>,
    /// What other tools replace in its text.
    pub found: Vec<ConstructInText>,
    /// Whether its text has what may be a formula.
    pub has_formula: bool,
    /// Its first component, where it holds no words but those of components.
    pub alone: Option<String>,
    /// Whether its front matter cannot be read as keys, and says that nobody is to see the text.
    pub is_hidden: bool,
    /// The paths of other files that its text may show, from the folder on.
    pub shown: Vec<String>,
}

impl MarkdownFile {
    /// The value of a key, or of the one that differs in capitals alone where there is none.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        let named = |is: &dyn Fn(&str) -> bool| self.keys.iter().find(|(name, _)| is(name)).map(|(_, value)| value);
        named(&|name| name == key).or_else(|| named(&|name| name.eq_ignore_ascii_case(key)))
    }

    /// The value of a key, or of one in another: `sidebar.label`.
    pub fn at(&self, path: &str) -> Option<&Yaml> {
        self.get(path).or_else(|| {
            let (key, rest) = path.split_once('.')?;
            self.get(key)?.at(rest)
        })
    }
}

impl FolderContents {
    /// The paths of the Markdown files in a folder, from that on.
    pub fn below(&self, folder: &str) -> Vec<&str> {
        self.texts.iter().filter_map(|text| path_in(&text.path, folder)).collect()
    }
}

/// A construct in one text that another tool replaces.
pub(super) struct ConstructInText {
    pub name: String,
    pub count: usize,
    /// Where it stands first in the text.
    pub place: String,
}

/// The folders above a path, the innermost first.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |path| {
        path.rsplit_once('/').map(|(folder, _)| folder)
    })
}

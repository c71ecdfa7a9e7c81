//! What the configuration of a tool says.

use std::collections::HashMap;

use super::names::SiteName;
use super::tool::Tool;
use crate::folders::is_below;
use crate::yaml::Yaml;

/// The host of a site of which nothing says where it will live.
pub(super) const EXAMPLE: &str = "https://example.org";

/// What the configuration of a tool says.
pub(super) struct Config {
    pub tool: Tool,
    /// What the names of folders call it, where no title is said.
    pub name: SiteName,
    pub title: Option<String>,
    pub description: Option<String>,
    pub base_url: Option<String>,
    pub language: Option<String>,
    /// Whether the letters of the texts say the language, and nothing else does.
    pub language_is_guessed: bool,
    /// Where the texts lie, below the folder that is drafted; empty for the folder itself.
    pub folder: String,
    /// What the addresses of all texts begin with, since the folder is a part of what the tool publishes.
    pub prefix: String,
    /// Values of the configuration that texts show.
    pub params: Vec<(String, Yaml)>,
    /// What addresses of its pages end in, as `url:` of a kind has it.
    pub ending: &'static str,
    /// The entries of its main menu.
    pub menu: Vec<DraftMenuItem>,
    /// Files and folders that belong to the tool and are no part of the site, each with what it is.
    pub own: HeldPaths,
    /// The file that is its own `robots.txt`.
    pub own_robots: Option<String>,
    /// The files and folders that it publishes as they are, with their addresses; nothing where that is `static/` alone.
    pub statics: Vec<(String, String)>,
    /// Where the site is written, where `public/` holds files of others.
    pub output: Option<&'static str>,
    /// Further folders of documents.
    pub more_docs: Vec<MoreDocs>,
    /// The addresses of dated posts.
    pub posts: Option<String>,
    /// The folders to whose texts the configuration gives addresses, with these.
    pub collections: Vec<(String, String)>,
    /// The keys from which the addresses of such a folder may come, where these are not those of the tool.
    pub addresses_from: Vec<(String, &'static [&'static str])>,
    /// A folder of dated posts beside that of the texts, and where they are published.
    pub blog: Option<(String, String)>,
    /// Whether the folder that is drafted holds the posts of a blog and nothing else.
    pub is_of_posts: bool,
    /// Whether it holds the blog of Docusaurus, whose documents lie elsewhere.
    pub is_of_blog: bool,
    /// The folders from which the paths of shown files count, besides that of the configuration.
    pub shown_from: Vec<String>,
    /// Whether numbers before the names of files and folders are no part of addresses.
    pub is_numbered: bool,
    /// Whether it keeps the names of files in addresses as they were typed, where the tool makes words of them by itself.
    pub has_typed_paths: bool,
    /// The texts in the order and the groups of the tool's contents.
    pub contents: Vec<DraftListed>,
    /// Whether the tool draws formulas between `$`, and words between `==` as marked.
    pub has_formulas: bool,
    pub has_marks: bool,
    /// The keys by which the tool groups texts, and where the pages of their values lie.
    pub groups: Vec<(String, String)>,
    /// The address of its feed, where that is another than here.
    pub feed: Option<String>,
    /// The addresses from which the tool leads on.
    pub redirects: Vec<DraftRedirect>,
    /// Where the files of the folder can be read on a code host.
    pub repository: Option<String>,
    pub notes: Vec<String>,
}

impl Config {
    /// Whether a file is no part of the site.
    pub fn is_own(&self, path: &str) -> bool {
        // The folder of the texts may hold static files, too.
        let statics = self.statics.iter().map(|(path, _)| path).filter(|path| !is_below(&self.folder, path));
        self.own.why(path).is_some() || statics.into_iter().any(|own| is_below(path, own))
    }
}

/// Files and folders that are no part of a site, each with what it is, in the order in which they were found.
#[derive(Clone, Default)]
pub(super) struct HeldPaths {
    pub all: Vec<(String, &'static str)>,
    by_path: HashMap<String, &'static str>,
}

impl HeldPaths {
    pub fn of(all: Vec<(String, &'static str)>) -> Self {
        let by_path = all.iter().rev().cloned().collect();
        Self { all, by_path }
    }

    pub fn push(&mut self, path: String, why: &'static str) {
        self.by_path.entry(path.clone()).or_insert(why);
        self.all.push((path, why));
    }

    /// What a file is, where it or a folder above it is among them.
    pub fn why(&self, path: &str) -> Option<&'static str> {
        let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.find_map(|end| self.by_path.get(&path[..end]).copied())
    }
}

/// A text or a group of texts in the contents of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftListed {
    /// Below how many others it stands.
    pub depth: usize,
    /// Its path, from the folder of the texts on; none for a group.
    pub path: Option<String>,
    /// What the tool calls it.
    pub title: Option<String>,
}

/// A link of the main menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftMenuItem {
    /// Its words.
    pub title: String,
    /// An address, or the path of a text.
    pub to: DraftTarget,
}

/// Where a link of the menu leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DraftTarget {
    Address(String),
    Text(String),
}

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

/// An address from which a tool leads on.
#[derive(Clone, Debug)]
pub(super) struct DraftRedirect {
    /// As the tool has the two.
    pub written: (String, String),
    /// The address.
    pub from: String,
    /// Where it leads, with what stands behind `#`.
    pub to: DraftTarget,
    pub id: String,
    /// Whether a report says what becomes of it; a page of the tool's own has a second address, and nobody misses it.
    pub is_said: bool,
}

/// Contents as a test shows them.
#[cfg(test)]
pub(super) fn shown(listed: &[DraftListed]) -> String {
    let text = |of: &Option<String>| of.clone().unwrap_or_else(|| "-".into());
    listed.iter().map(|l| format!("{}{} {}\n", "  ".repeat(l.depth), text(&l.path), text(&l.title))).collect()
}

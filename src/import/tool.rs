//! Which tool a folder was written for, and what the configuration of that tool says.

use std::path::{Path, PathBuf};

use super::look::FolderContents;
use crate::yaml::{self, Yaml};

/// A tool that makes sites of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Hugo,
    Zola,
    Jekyll,
    MkDocs,
    MdBook,
    Docusaurus,
    Astro,
    Eleventy,
    Vault,
    Plain,
}

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Jekyll => "Jekyll",
            Self::MkDocs => "MkDocs",
            Self::MdBook => "mdBook",
            Self::Docusaurus => "Docusaurus",
            Self::Astro => "Astro",
            Self::Eleventy => "Eleventy",
            Self::Vault => "a vault of notes",
            Self::Plain => "plain Markdown",
        }
    }

    /// The folders, from that of the configuration on, in which its texts lie: the first one that is there.
    fn folders(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola => &["content"],
            Self::MkDocs => &["docs"],
            Self::MdBook => &["src"],
            Self::Docusaurus => &["docs"],
            Self::Astro => &["src/content", "src/pages"],
            Self::Eleventy => &["content", "src"],
            Self::Jekyll | Self::Vault | Self::Plain => &[],
        }
    }
}

/// What the configuration of a tool says.
pub(super) struct Config {
    pub tool: Tool,
    /// The name of the folder, which has to do where no title is said.
    pub name: String,
    pub title: Option<String>,
    pub description: Option<String>,
    pub base_url: Option<String>,
    pub language: Option<String>,
    /// Where the texts lie, below the folder that is drafted; empty for the folder itself.
    pub folder: String,
    /// The paths of texts in the order of the tool's contents, from the folder of the texts on.
    pub contents: Vec<String>,
    pub notes: Vec<String>,
}

/// The files by which tools are known; the first that is there decides.
const MARKS: &[(&str, Tool)] = &[
    ("hugo.toml", Tool::Hugo),
    ("hugo.yaml", Tool::Hugo),
    ("hugo.yml", Tool::Hugo),
    ("hugo.json", Tool::Hugo),
    ("config.toml", Tool::Hugo), // or Zola, by what it says
    ("zola.toml", Tool::Zola),
    ("mkdocs.yml", Tool::MkDocs),
    ("mkdocs.yaml", Tool::MkDocs),
    ("zensical.toml", Tool::MkDocs),
    ("book.toml", Tool::MdBook),
    ("docusaurus.config.js", Tool::Docusaurus),
    ("docusaurus.config.ts", Tool::Docusaurus),
    ("docusaurus.config.mjs", Tool::Docusaurus),
    ("astro.config.mjs", Tool::Astro),
    ("astro.config.js", Tool::Astro),
    ("astro.config.ts", Tool::Astro),
    ("eleventy.config.js", Tool::Eleventy),
    ("eleventy.config.mjs", Tool::Eleventy),
    ("eleventy.config.cjs", Tool::Eleventy),
    ("eleventy.config.ts", Tool::Eleventy),
    (".eleventy.js", Tool::Eleventy),
    ("_config.yml", Tool::Jekyll),
    ("config.yaml", Tool::Hugo),
    ("config.yml", Tool::Hugo),
];
/// So many folders above are asked for a configuration: whoever drafts `docs/content` has it in `docs`.
const ABOVE: usize = 3;

/// Recognises the tool by its configuration in the folder, or in one above whose texts the folder holds.
pub(super) fn recognise(root: &Path, seen: &FolderContents) -> Config {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let tops: Vec<PathBuf> = real.ancestors().take(ABOVE + 1).map(Path::to_path_buf).collect();
    for top in &tops {
        for (name, tool) in MARKS {
            let Ok(text) = std::fs::read_to_string(top.join(name)) else { continue };
            let is_zola = *name == "config.toml" && !text.contains("baseURL") && text.contains("base_url");
            let tool = if is_zola { Tool::Zola } else { *tool };
            let values = read(name, &text);
            let texts = texts_of(tool, &values, top);
            // A configuration above counts only for the folder of its texts, and for folders in it.
            if *top != real && !real.starts_with(top.join(&texts)) {
                continue;
            }
            let mut config = configured(tool, &values, seen, &real);
            if *top == real {
                config.folder = if top.join(&texts).is_dir() { texts } else { String::new() };
            } else {
                config.notes.push(format!(
                    "this is the folder of the texts of {}: `limber import {}` takes its pictures and static files along",
                    tool.name(),
                    top.display()
                ));
            }
            config.contents = super::order::contents(tool, &values, &real.join(&config.folder));
            return config;
        }
    }
    let vault = real.join(".obsidian").is_dir() || seen.wikilinks * 2 > seen.texts.len();
    let tool = if real.join("SUMMARY.md").is_file() {
        Tool::MdBook
    } else if vault {
        Tool::Vault
    } else {
        Tool::Plain
    };
    let mut config = configured(tool, &Yaml::Map(Vec::new()), seen, &real);
    config.contents = super::order::contents(tool, &Yaml::Null, &real);
    config
}

/// The values of a configuration. Of programs those that are written as plain texts.
fn read(name: &str, text: &str) -> Yaml {
    let read = match name.rsplit('.').next() {
        Some("toml") => yaml::parse_toml(text),
        Some("yml" | "yaml" | "json") => yaml::parse(text),
        _ => return from_program(text),
    };
    // Tags of a program's own, as `!!python/name:x`, keep the rest from being read.
    let untagged = || text.lines().map(|line| line.split(" !").next().unwrap_or(line)).collect::<Vec<_>>().join("\n");
    read.or_else(|_| yaml::parse(&untagged())).unwrap_or_else(|_| from_program(text))
}

/// `title: 'My site',` and `site_name: My site` of a text that is read line by line.
fn from_program(text: &str) -> Yaml {
    let mut keys: Vec<(String, Yaml)> = Vec::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let key = key.trim().trim_matches(['\'', '"']).trim_start_matches("const ");
        let value = value.trim().trim_end_matches([',', ';']).trim();
        let quoted = value.len() > 1 && value.starts_with(['\'', '"', '`']) && value.ends_with(['\'', '"', '`']);
        let plain =
            line.starts_with(|c: char| c.is_alphabetic()) && !value.is_empty() && !value.contains(['(', '{', '[']);
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
        if is_key && (quoted || plain) && !keys.iter().any(|(known, _)| known == key) {
            keys.push((key.to_string(), Yaml::Text(value.trim_matches(['\'', '"', '`']).to_string())));
        }
    }
    Yaml::Map(keys)
}

fn texts_of(tool: Tool, values: &Yaml, top: &Path) -> String {
    let named = match tool {
        Tool::Hugo => text(values, &["contentDir"]),
        Tool::MkDocs => text(values, &["docs_dir"]),
        Tool::MdBook => values.get("book").and_then(|book| text(book, &["src"])),
        _ => None,
    };
    let there = || tool.folders().iter().find(|folder| top.join(folder).is_dir()).map(|folder| (*folder).to_string());
    let named = named.and_then(|named| crate::folders::folder(&named).ok());
    named.or_else(there).unwrap_or_default()
}

fn configured(tool: Tool, values: &Yaml, seen: &FolderContents, root: &Path) -> Config {
    let book = values.get("book").cloned().unwrap_or(Yaml::Null);
    let of = |keys: &[&str]| text(values, keys).or_else(|| text(&book, keys));
    let base_url = of(&["base_url", "baseURL", "site_url", "site"]).or_else(|| {
        let (host, path) = (of(&["url"])?, of(&["baseUrl", "baseurl"]).unwrap_or_default());
        Some(format!("{}/{}", host.trim_end_matches('/'), path.trim_matches('/')))
    });
    let base_url = base_url.filter(|url| crate::url::BaseUrl::parse(url).is_ok());
    let language = of(&["languageCode", "default_language", "defaultContentLanguage", "language", "lang", "locale"]);
    let plain = |text: &String| !text.contains(['{', '$']);
    let mut notes = Vec::new();
    if matches!(tool, Tool::Astro | Tool::Docusaurus) && seen.texts.iter().any(|text| text.path.ends_with(".mdx")) {
        notes.push("components of `.mdx` files are not drawn; their words are".to_string());
    }
    Config {
        tool,
        name: capital(&root.file_name().map_or_else(|| "My site".into(), |name| name.to_string_lossy().into_owned())),
        title: of(&["title", "site_name"]).filter(plain),
        description: of(&["description", "site_description", "tagline"]).filter(plain),
        base_url,
        language: language.filter(|tag| tag.len() >= 2 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')),
        folder: String::new(),
        contents: Vec::new(),
        notes,
    }
}

/// A name with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn text(values: &Yaml, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match values.get(key) {
        Some(Yaml::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_string()),
        _ => None,
    })
}

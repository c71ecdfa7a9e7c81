//! From where the texts of a tool have their addresses: keys of front matter, or the names of files as they were typed.

use std::collections::BTreeMap;

use super::config::Config;
use super::days::{day_of_name, day_of_text};
use super::fields;
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::{is_below, path_in, without_extension};
use crate::links::is_index;
use crate::url::{slug, typed_slug, unnumbered};
use crate::yaml::Yaml;

/// The name of a file without the day before it, as `address_from:` calls it.
const UNDATED: &str = "undated";

/// What a kind takes its addresses from, as `address_from:` has it.
pub(super) struct DraftAddresses {
    /// The first of them counts that a text has.
    pub from: Vec<&'static str>,
    /// How many texts have another address than by the names of their files.
    pub count: usize,
}

/// The keys by which a tool lets its texts say their addresses, as `address_from:` calls them.
fn keys(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Zola => &["path", "slug", UNDATED],
        Tool::Hugo => &["permalink", "slug"],
        Tool::Docusaurus => &["slug", "id"],
        Tool::Jekyll | Tool::Eleventy => &["permalink"],
        Tool::Astro => &["slug"],
        Tool::MkDocs | Tool::MdBook | Tool::VitePress | Tool::VuePress | Tool::Quarto => &[],
        Tool::Dendron => &["id"],
        Tool::Quartz | Tool::Logseq | Tool::Docsify | Tool::Vault | Tool::Plain => &[],
    }
}

/// Whether a tool keeps the name of a file in its address as it was typed.
fn keeps_names(config: &Config, texts: &[&MarkdownFile]) -> bool {
    match config.tool {
        Tool::Zola => config.has_typed_paths,
        Tool::Docusaurus | Tool::MkDocs | Tool::MdBook | Tool::Jekyll | Tool::Eleventy | Tool::Quarto => true,
        Tool::VitePress | Tool::VuePress => true,
        // Only the letters become small.
        Tool::Hugo => !texts.iter().any(|text| text.path.chars().any(char::is_uppercase)),
        _ => false,
    }
}

/// What some texts have their addresses from; none where that is the names of their files alone.
pub(super) fn addresses(config: &Config, texts: &[&MarkdownFile], folder: &str) -> Option<DraftAddresses> {
    let tool = config.tool;
    let of_folder = |(named, _): &&(String, _)| is_below(folder, &joined(&config.folder, named));
    let own = config.addresses_from.iter().find(of_folder).map_or_else(|| keys(tool), |(_, from)| from);
    let mut from: Vec<&'static str> =
        own.iter().copied().filter(|key| *key != UNDATED && texts.iter().any(|text| says(text, key))).collect();
    if own.is_empty() {
        // What most texts say is no accident; a key of a few may mean anything.
        from.extend(fields::addresses(texts).map(|(key, _)| key));
    }
    let said = texts.iter().filter(|text| from.iter().any(|key| says(text, key))).count();
    let is_post = config.blog.as_ref().is_some_and(|(blog, _)| blog == folder);
    let is_numbered = config.is_numbered && !is_post;
    let below = || texts.iter().filter_map(|text| path_in(&text.path, folder));
    let has_number =
        |path: &str| without_extension(path).unwrap_or(path).split('/').any(|part| unnumbered(part) != part);
    let numbers = if is_numbered { below().filter(|path| has_number(path)).count() } else { 0 };
    let is_of_docs = tool == Tool::Docusaurus && !is_post;
    let is_other = |path: &&str| is_typed_otherwise(path) || is_of_docs && is_called_like_folder(path);
    let typed = below().filter(is_other).count().max(numbers);
    let by_file = typed > 0 && keeps_names(config, texts);
    let mut count = said + if by_file { typed } else { 0 };
    if own.contains(&UNDATED) {
        // A day before the name is no part of its address.
        let dated = texts.iter().filter(|text| day_of_text(&text.path).is_some()).count();
        from.extend((dated > 0).then_some(UNDATED));
        count += dated;
    }
    if by_file {
        from.push(if numbers > 0 { "unnumbered" } else { "file" });
    }
    (!from.is_empty()).then_some(DraftAddresses { from, count: count.min(texts.len()) })
}

/// The address that a tool makes of the path of a text, from the folder of the texts on, where the site may give it another one.
pub(super) fn address_of_tool(tool: Tool, path: &str) -> Option<String> {
    let stem = without_extension(path)?;
    let (folders, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let last = folders.rsplit('/').next().unwrap_or_default();
    let parts: Vec<String> = match tool {
        Tool::Hugo => {
            let name = Some(name).filter(|name| !is_index(name));
            folders.split('/').filter(|part| !part.is_empty()).chain(name).map(sanitised).collect()
        }
        Tool::Eleventy => {
            let name = day_of_name(path).map_or(name, |_| &name["2024-01-01-".len().min(name.len())..]);
            let is_of_folder = is_index(name) || name == last && !name.is_empty();
            let name = Some(name).filter(|_| !is_of_folder);
            folders.split('/').filter(|part| !part.is_empty()).chain(name).map(String::from).collect()
        }
        _ => return None,
    };
    Some(if parts.is_empty() { "/".into() } else { format!("/{}/", parts.join("/")) })
}

/// A part of a path as Hugo has it in addresses: letters become small, and spaces hyphens.
fn sanitised(part: &str) -> String {
    let words: Vec<String> = part
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || "%._#+~-@".contains(*c)).collect::<String>())
        .collect();
    words.join("-").to_lowercase()
}

/// The address that the blog of MkDocs makes of the heading of a post.
fn address_of_post(text: &MarkdownFile, config: &Config) -> Option<String> {
    let (folder, url) = config.blog.as_ref().filter(|_| config.tool == Tool::MkDocs)?;
    let title = slug(text.title.as_deref().filter(|_| is_below(&text.path, folder) && text.get("slug").is_none())?);
    let date = text.get("date")?.as_text()?.get(..10)?;
    let mut parts = date.split('-');
    let url = ["{year}", "{month}", "{day}"]
        .iter()
        .try_fold(url.clone(), |url, part| Some(url.replace(part, parts.next()?)))?;
    Some(url.replace("{name}", &title)).filter(|url| !url.contains('{') && !title.is_empty())
}

/// The addresses of the texts of a site that their tool makes of their paths alone.
pub(super) fn of_tool(seen: &FolderContents, config: &Config) -> BTreeMap<String, String> {
    let is_said = |text: &MarkdownFile| keys(config.tool).iter().any(|key| says(text, key));
    let is_of_site = |text: &&MarkdownFile| {
        let of_pattern = |(folder, _): &(String, String)| is_below(&text.path, &joined(&config.folder, folder));
        is_below(&text.path, &config.folder)
            && !config.is_own(&text.path)
            && !config.collections.iter().any(of_pattern)
            && !is_said(text)
    };
    let texts = seen.texts.iter().filter(is_of_site).filter(|_| config.prefix.is_empty() && config.ending == "/");
    let address = |text: &MarkdownFile| {
        let below = path_in(&text.path, &config.folder)?;
        let address = address_of_post(text, config).or_else(|| address_of_tool(config.tool, below));
        Some((text.path.clone(), address?))
    };
    texts.filter_map(address).collect()
}

/// Whether a text has a key with an address.
fn says(text: &MarkdownFile, from: &str) -> bool {
    let keys: &[&str] = if from == "permalink" { &["permalink", "url"] } else { &[from] };
    keys.iter().any(|key| match text.get(key) {
        Some(Yaml::Text(address)) => !address.contains('{') && !address.contains("://"),
        Some(Yaml::Integer(_)) => true,
        _ => false,
    })
}

/// Whether the names of a file and its folders, as they were typed, are others than those of its address.
fn is_typed_otherwise(path: &str) -> bool {
    let path = without_extension(path).unwrap_or(path);
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let path = if is_index(name) || name.eq_ignore_ascii_case("readme") { folders } else { path };
    path.split('/').any(|part| typed_slug(part) != slug(part))
}

/// Whether a file is called like the folder in which it lies: Docusaurus takes it for the page of that.
fn is_called_like_folder(path: &str) -> bool {
    let mut parts = without_extension(path).unwrap_or(path).rsplit('/').map(unnumbered);
    let name = parts.next().unwrap_or_default();
    parts.next().is_some_and(|folder| folder.eq_ignore_ascii_case(name))
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

impl DraftAddresses {
    /// Those of the names of files alone.
    pub fn of_files(self) -> Option<Self> {
        let from: Vec<_> = self.from.into_iter().filter(|from| *from == "file").collect();
        (!from.is_empty()).then_some(Self { from, count: self.count })
    }
}

//! What Eleventy says of where its texts lie, and where it publishes those of a folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::literal;
use super::programs::lines_of_program;
use crate::url::{UrlPattern, site_url};
use crate::yaml::{self, Yaml};

/// What stands for a permalink that says that there is no page.
const NOWHERE: &str = "";

/// Where the texts of a folder are published.
pub(super) struct FolderAddress {
    pub folder: String,
    /// As `url:` of a kind has it.
    pub url: String,
    /// The keys of texts that it may come from, as `address_from:` calls them.
    pub from: &'static [&'static str],
}

/// The folder of the texts: `dir: {input: "src"}`, or `setInputDirectory("src")`.
pub(super) fn texts(program: &str) -> Option<String> {
    let program = lines_of_program(program).collect::<Vec<_>>().join("\n");
    let dir = literal::value_of(&program, "dir");
    let named = dir.and_then(|dir| Some(dir.get("input")?.as_text()?.to_string()));
    let called = || match literal::read(program.split_once("setInputDirectory(")?.1) {
        Yaml::Text(folder) => Some(folder),
        _ => None,
    };
    named.or_else(called)
}

/// The values of a configuration with those of the site in files of data: `_data/metadata.js`, `_data/site.json`.
pub(super) fn with_data(values: Yaml, program: &str, texts: &Path) -> Yaml {
    let Yaml::Map(mut all) = values else { return values };
    let dir = literal::value_of(program, "dir");
    let folder = dir.and_then(|dir| Some(dir.get("data")?.as_text()?.to_string())).unwrap_or_else(|| "_data".into());
    for name in ["metadata", "site", "meta"] {
        let said = ["json", "js", "cjs", "mjs", "ts", "yaml", "yml"].iter().find_map(|end| {
            let text = std::fs::read_to_string(texts.join(&folder).join(format!("{name}.{end}"))).ok()?;
            match *end {
                "json" | "yaml" | "yml" => yaml::parse(&text).ok(),
                _ => ["default", "exports"].iter().find_map(|name| literal::value_of(&text, name)),
            }
        });
        let Some(Yaml::Map(said)) = said else { continue };
        let known = |key: &str| matches!(key, "title" | "url" | "language" | "lang" | "description" | "name");
        let said = said.into_iter().map(|(key, value)| (if key == "name" { "title".into() } else { key }, value));
        let said: Vec<_> = said.filter(|(key, value)| known(key) && value.as_text().is_some()).collect();
        all.retain(|(key, _)| !said.iter().any(|(own, _)| own == key));
        all.extend(said);
    }
    Yaml::Map(all)
}

/// Where a template makes the pages of tags: the address before the name of each.
pub(super) fn tags(root: &Path, files: impl Iterator<Item = String>) -> Option<String> {
    let is_template =
        |path: &String| [".njk", ".liquid", ".html", ".webc", ".hbs", ".vto"].iter().any(|end| path.ends_with(end));
    files.filter(is_template).find_map(|path| {
        let text = std::fs::read_to_string(root.join(path)).ok()?;
        let is_of_tags = text.contains("pagination") && text.contains("collections");
        let (_, said) = text.split_once("permalink").filter(|_| is_of_tags)?;
        let line = said.lines().next()?;
        let (before, name) = line.split_once("{{")?;
        let at = before.find('/')?;
        let url = before[at..].trim_end().to_string();
        let is_tag = name.split("}}").next().is_some_and(|name| name.contains("tag"));
        (is_tag && url.len() > 1 && url.ends_with('/') && site_url(&url).is_ok()).then_some(url)
    })
}

/// The addresses that the data files of folders give to the texts in these: `blog/blog.json` says `permalink`. Else the pattern
/// that no kind can have.
pub(super) fn addresses(texts: &Path, folders: &BTreeSet<String>) -> Vec<Result<FolderAddress, String>> {
    let said = folders.iter().filter_map(|folder| Some((folder, permalink(&texts.join(folder), folder)?)));
    let said = said.filter(|(_, pattern)| pattern != NOWHERE);
    said.map(|(folder, pattern)| address(folder, &pattern).ok_or(pattern)).collect()
}

/// Whether the data file of a folder says that its texts are written nowhere.
pub(super) fn is_unwritten(at: &Path) -> bool {
    let folder = at.file_name().and_then(|name| name.to_str());
    folder.is_some_and(|folder| permalink(at, folder).as_deref() == Some(NOWHERE))
}

/// The permalink that the data file of a folder says.
fn permalink(at: &Path, folder: &str) -> Option<String> {
    let read = |end: &str| std::fs::read_to_string(at.join(format!("{folder}.{end}"))).ok();
    let json = ["json", "11tydata.json"].into_iter().filter_map(read);
    let of_json = |text: String| {
        let values: serde_json::Value = serde_json::from_str(&text).ok()?;
        match values.get("permalink")? {
            serde_json::Value::Bool(false) => Some(NOWHERE.to_string()),
            permalink => Some(permalink.as_str()?.to_string()),
        }
    };
    let of_program = |text: String| {
        let values = ["exports", "default"].iter().find_map(|name| literal::value_of(&text, name));
        let written = values.and_then(|values| Some(values.get("permalink")?.as_text()?.to_string()));
        let is_false =
            || lines_of_program(&text).any(|line| line.replace([' ', '"', '\''], "").contains("permalink:false"));
        written.or_else(|| is_false().then(|| NOWHERE.to_string()))
    };
    let programs = ["11tydata.js", "11tydata.cjs", "11tydata.mjs"].into_iter().filter_map(read);
    json.filter_map(of_json).chain(programs.filter_map(of_program)).next()
}

/// `/blog/{{ page.fileSlug }}/` as the pattern of a kind.
fn address(folder: &str, permalink: &str) -> Option<FolderAddress> {
    let (before, rest) = permalink.split_once("{{")?;
    let (said, behind) = rest.split_once("}}")?;
    let words: Vec<&str> = said.split('|').map(str::trim).collect();
    let (from, part): (&[&str], String) = match words.as_slice() {
        ["page.fileSlug" | "fileSlug"] | ["page.fileSlug" | "fileSlug", "slug" | "slugify"] => {
            (&["permalink", "undated"], "{name}".into())
        }
        ["title", "slug" | "slugify"] => (&["permalink", "title"], "{name}".into()),
        ["page.filePathStem"] if before.trim_matches('/').is_empty() => (&["permalink"], format!("{folder}/{{slug}}")),
        _ => return None,
    };
    let end = match behind {
        "" | "/" | "/index.html" => "/",
        ".html" => ".html",
        _ => return None,
    };
    let url = format!("/{}{part}{end}", before.trim_start_matches('/'));
    UrlPattern::parse(&url).is_ok().then(|| FolderAddress { folder: folder.to_string(), url, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalinks_of_folders_become_patterns() {
        let url = |pattern: &str| address("blog", pattern).map(|address| address.url);
        assert_eq!(url("/blog/{{ page.fileSlug }}/").as_deref(), Some("/blog/{name}/"));
        assert_eq!(url("news/{{ title | slugify }}/index.html").as_deref(), Some("/news/{name}/"));
        assert_eq!(url("{{ page.filePathStem }}.html").as_deref(), Some("/blog/{slug}.html"));
        assert_eq!([url("/{{ page.date }}/x/"), url("/x/"), url("/{{ a }}/{{ b }}/")], [None, None, None]);
    }

    #[test]
    fn the_folder_of_the_texts_is_read() {
        assert_eq!(texts("module.exports = () => ({ dir: { input: \"src/site\" } })").as_deref(), Some("src/site"));
        assert_eq!(texts("c.setInputDirectory('pages');").as_deref(), Some("pages"));
        assert_eq!(texts("// dir: {input: 'x'}\nlet a = 1"), None);
    }
}

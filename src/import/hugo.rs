//! What Hugo says in its configuration of where its texts lie and where it publishes them.

use std::path::Path;

use super::config::{DraftMenuItem, DraftTarget};
use super::seen::FolderContents;
use super::targets::target;
use super::tool::text;
use crate::folders::is_below;
use crate::url::UrlPattern;
use crate::yaml::{self, Yaml};

/// The folder in which a configuration may lie in parts.
pub(super) const FOLDER: &str = "config/_default";
/// The parts of a configuration that may be files of their own.
const PARTS: [&str; 5] = ["menus", "menu", "languages", "permalinks", "module"];

/// The values of a configuration with those of the files beside it.
pub(super) fn with_parts(values: Yaml, folder: &Path) -> Yaml {
    let Yaml::Map(mut values) = values else { return values };
    for (part, end) in PARTS.iter().flat_map(|part| ["toml", "yaml", "yml"].map(|end| (*part, end))) {
        let Ok(text) = std::fs::read_to_string(folder.join(format!("{part}.{end}"))) else { continue };
        let read = if end == "toml" { yaml::parse_toml } else { yaml::parse };
        if !values.iter().any(|(key, _)| key == part) {
            values.extend(read(&text).ok().map(|read| (part.to_string(), read)));
        }
    }
    Yaml::Map(values)
}

/// Where the texts of a section are published.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SectionAddress {
    pub folder: String,
    /// As `url:` of a kind has it.
    pub url: String,
    /// The keys of texts that it may come from, as `address_from:` calls them.
    pub from: &'static [&'static str],
}

/// The entries of the main menu: of the configuration, and of the texts that say that they belong there.
pub(super) fn menu(values: &Yaml, seen: &FolderContents, folder: &str) -> Vec<DraftMenuItem> {
    let said = [Some(values), own_values(values)].into_iter().flatten();
    let menus = said.flat_map(|said| [said.get("menu"), said.get("menus")]).flatten();
    let main = menus.filter_map(|menus| menus.get("main")).next();
    let weight = |item: &Yaml| match item.get("weight") {
        Some(Yaml::Integer(weight)) if *weight != 0 => *weight,
        _ => i64::MAX,
    };
    let mut items: Vec<(i64, DraftMenuItem)> = Vec::new();
    if let Some(Yaml::List(of_site)) = main {
        items.extend(of_site.iter().filter_map(|item| {
            let title = text(item, &["name", "title", "identifier"])?;
            let to = target(&text(item, &["pageRef", "url"])?, seen, folder);
            Some((weight(item), DraftMenuItem { title, to }))
        }));
    }
    for page in seen.texts.iter().filter(|text| is_below(&text.path, folder)) {
        let Some(said) = page.get("menu").or_else(|| page.get("menus")) else { continue };
        let own = match said {
            Yaml::Text(menu) => (menu == "main").then_some(&Yaml::Null),
            Yaml::List(menus) => menus.iter().any(|menu| menu.as_text() == Some("main")).then_some(&Yaml::Null),
            menus => menus.get("main"),
        };
        let Some(own) = own else { continue };
        let title = text(own, &["name", "title"]).or_else(|| page.title.clone());
        let item = |title| DraftMenuItem { title, to: DraftTarget::Text(page.path.clone()) };
        items.extend(title.map(|title| (weight(own), item(title))));
    }
    items.sort_by_key(|(weight, _)| *weight);
    items.into_iter().map(|(_, item)| item).collect()
}

/// The addresses under `permalinks`: those of pages, or the pattern that no kind can have.
pub(super) fn permalinks(values: &Yaml) -> Vec<Result<SectionAddress, String>> {
    let all = values.get("permalinks");
    let Some(Yaml::Map(sections)) = all.and_then(|all| all.get("page")).or(all) else { return Vec::new() };
    let patterns = sections.iter().filter_map(|(folder, pattern)| Some((folder.trim_matches('/'), pattern.as_text()?)));
    let at_the_top = |folder: &str| !folder.is_empty() && !folder.contains('/');
    let address = |(folder, pattern): (&str, &str)| {
        section_address(folder, pattern).filter(|_| at_the_top(folder)).ok_or_else(|| pattern.to_string())
    };
    patterns.map(address).collect()
}

/// The folder of the texts in the language that comes first.
pub(super) fn texts(values: &Yaml) -> Option<String> {
    let of_language = || text(own_values(values)?, &["contentDir"]);
    text(values, &["contentDir"]).or_else(of_language).or_else(|| mounted(values))
}

/// What is said of the language that comes first.
pub(super) fn own_values(values: &Yaml) -> Option<&Yaml> {
    let Some(Yaml::Map(languages)) = values.get("languages") else { return None };
    let first = first_language(values);
    Some(&languages.iter().find(|(name, _)| *name == first).or_else(|| languages.first())?.1)
}

/// The folder that is mounted as that of the texts in the language that comes first.
fn mounted(values: &Yaml) -> Option<String> {
    let Some(Yaml::List(mounts)) = values.get("module").and_then(|module| module.get("mounts")) else { return None };
    let of_texts = || mounts.iter().filter(|mount| text(mount, &["target"]).as_deref() == Some("content"));
    let first = first_language(values);
    let is_first = |mount: &&Yaml| text(mount, &["lang"]).is_some_and(|language| language == first);
    text(of_texts().find(is_first).or_else(|| of_texts().next())?, &["source"])
}

fn first_language(values: &Yaml) -> String {
    text(values, &["defaultContentLanguage"]).unwrap_or_else(|| "en".into())
}

fn section_address(folder: &str, pattern: &str) -> Option<SectionAddress> {
    let (before, last) = pattern.trim_end_matches('/').rsplit_once('/')?;
    let from: &[&str] = match last {
        ":title" => &["permalink", "title"],
        ":slug" => &["permalink", "slug", "title"],
        ":slugorfilename" | ":slugorcontentbasename" => &["permalink", "slug"],
        ":filename" | ":contentbasename" => &["permalink"],
        _ => return None,
    };
    let mut url = String::new();
    let mut nested = "{name}";
    let parts: Vec<&str> = before.split('/').filter(|part| !part.is_empty()).collect();
    for (at, part) in parts.iter().enumerate() {
        // The sections of a text are its folder and those in it.
        let part = match *part {
            ":sections" if at + 1 == parts.len() => {
                nested = "{slug}";
                folder.to_string()
            }
            ":sections" => format!("{folder}/{{folders}}"),
            part => part.replace(":section", folder),
        };
        let part = ["year", "month", "day"].iter().fold(part, |part, name| with_part(&part, name));
        if part.contains(':') {
            return None;
        }
        url = format!("{url}/{part}");
    }
    let url = format!("{url}/{nested}/");
    UrlPattern::parse(&url).is_ok().then(|| SectionAddress { folder: folder.into(), url, from })
}

/// A part with `{month}` where it has `:month`, and not `:monthname`.
fn with_part(part: &str, name: &str) -> String {
    let sign = format!(":{name}");
    let mut out = String::new();
    let mut rest = part;
    while let Some((before, behind)) = rest.split_once(&sign) {
        let is_whole = !behind.starts_with(|c: char| c.is_alphanumeric());
        out.push_str(before);
        out.push_str(&if is_whole { format!("{{{name}}}") } else { sign.clone() });
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalinks_become_patterns() {
        let url = |pattern| section_address("posts", pattern).map(|address| address.url);
        assert_eq!(url("/:year/:month/:slug/").as_deref(), Some("/{year}/{month}/{name}/"));
        assert_eq!(url("/blog/:year-:month-:day/:filename").as_deref(), Some("/blog/{year}-{month}-{day}/{name}/"));
        assert_eq!(url("/:sections/:slugorfilename/").as_deref(), Some("/posts/{slug}/"));
        assert_eq!(url("/:section/:title/").as_deref(), Some("/posts/{name}/"));
        assert_eq!(url("/:sections/:year/:title/").as_deref(), Some("/posts/{folders}/{year}/{name}/"));
        assert_eq!([url("/:monthname/:title/"), url("/x/:unknown/")], [None, None]);
    }
}

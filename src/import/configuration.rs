//! The configuration of a tool as values, also where it is a program.

use super::docsify;
use super::literal;
use super::tool::Tool;
use crate::yaml::{self, Yaml};

/// The values of the configuration of a tool in a file of this name.
pub(super) fn values(tool: Tool, name: &str, text: &str) -> Yaml {
    let values = read(name, text);
    match tool {
        Tool::Docusaurus => with_docs(values, text),
        Tool::Hugo => with_known_keys(values),
        Tool::Zola
        | Tool::Jekyll
        | Tool::MkDocs
        | Tool::MdBook
        | Tool::Eleventy
        | Tool::Astro
        | Tool::VitePress
        | Tool::VuePress
        | Tool::Quarto
        | Tool::Quartz
        | Tool::Logseq
        | Tool::Dendron
        | Tool::Docsify
        | Tool::Vault
        | Tool::Plain => values,
    }
}

/// The values of a configuration; where it is a program, those that it writes as plain texts.
fn read(name: &str, text: &str) -> Yaml {
    let read = match name.rsplit('.').next() {
        Some("toml") => yaml::parse_toml(text),
        // A page that starts Docsify holds its settings.
        Some("html") => return literal::value_of(text, docsify::SETTINGS).unwrap_or(Yaml::Null),
        Some("yml" | "yaml" | "json") => yaml::parse(text),
        _ => {
            // What stands on one line with other keys is read as a literal.
            let (lines, whole) =
                (from_program(text), ["default", "exports"].iter().find_map(|name| literal::value_of(text, name)));
            let (Yaml::Map(mut keys), Some(Yaml::Map(more))) = (lines.clone(), whole) else { return lines };
            let is_new = |key: &str| !keys.iter().any(|(known, _)| known == key);
            let more: Vec<_> =
                more.into_iter().filter(|(key, value)| is_new(key) && value.as_text().is_some()).collect();
            keys.extend(more);
            return Yaml::Map(keys);
        }
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

/// The values of Hugo with keys as it documents them: it reads them in any case.
fn with_known_keys(values: Yaml) -> Yaml {
    const KEYS: [&str; 19] = [
        "baseURL",
        "title",
        "languageCode",
        "defaultContentLanguage",
        "contentDir",
        "languages",
        "menu",
        "menus",
        "module",
        "ignoreFiles",
        "staticDir",
        "params",
        "locale",
        "permalinks",
        "buildFuture",
        "markup",
        "uglyURLs",
        "taxonomies",
        "disableKinds",
    ];
    let Yaml::Map(values) = values else { return values };
    let known =
        |key: String| KEYS.iter().find(|known| known.eq_ignore_ascii_case(&key)).map_or(key, |known| (*known).into());
    Yaml::Map(values.into_iter().map(|(key, value)| (known(key), value)).collect())
}

/// The values of Docusaurus with the options of its documents, and not those of another plug-in that stands above them.
fn with_docs(values: Yaml, program: &str) -> Yaml {
    let (Yaml::Map(mut values), Some(Yaml::Map(docs))) = (values.clone(), literal::value_of(program, "docs")) else {
        return values;
    };
    values.retain(|(key, _)| !matches!(key.as_str(), "path" | "routeBasePath" | "exclude"));
    values.extend(docs.into_iter().filter(|(key, _)| matches!(key.as_str(), "path" | "routeBasePath" | "exclude")));
    Yaml::Map(values)
}

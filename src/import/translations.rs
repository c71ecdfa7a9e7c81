//! Which texts are in other languages than the first one of a tool: a site here has one language.

use std::collections::BTreeSet;

use super::literal;
use super::tool::{Tool, ToolFolder, text};
use crate::folders::without_extension;
use crate::yaml::Yaml;

/// The languages of a tool besides its first one, and how its texts say theirs.
#[derive(Default)]
pub(super) struct Translations {
    /// By the ends of names: `a.de.md`.
    ends: BTreeSet<String>,
    /// By folders, from that of the texts on.
    folders: BTreeSet<String>,
    /// By folders from that of the configuration on.
    pub apart: Vec<String>,
    /// The folder of the first language, whose texts are published without it.
    pub own: Option<String>,
}

impl Translations {
    /// Whether a text, from the folder of the texts on, is in another language.
    pub fn holds(&self, path: &str) -> bool {
        let end = without_extension(path).and_then(|path| path.rsplit_once('.')).map(|(_, end)| end);
        end.is_some_and(|end| self.ends.iter().any(|known| known.eq_ignore_ascii_case(end)))
            || self.folder(path).is_some()
    }

    /// The folder of another language in which a text lies.
    pub fn folder<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.split_once('/').map(|(folder, _)| folder).filter(|folder| self.folders.contains(*folder))
    }

    /// A sentence with the languages.
    pub fn note(&self, is_there: impl Fn(&str) -> bool) -> Option<String> {
        let all = self.ends.union(&self.folders).filter(|name| is_there(name));
        let names: Vec<&str> = all.map(String::as_str).chain(self.apart.iter().map(String::as_str)).collect();
        (!names.is_empty()).then(|| {
            format!(
                "a site has one language, and texts in others are left out ({}): one `limber import` in a folder for each makes a site of it",
                names.join(", ")
            )
        })
    }
}

/// The languages of a tool.
pub(super) fn translations(of: &ToolFolder<'_>) -> Translations {
    let mut found = Translations::default();
    let program = |key: &str| literal::value_of(of.text, key);
    match of.tool {
        Tool::Hugo | Tool::Zola => {
            let key = if of.tool == Tool::Hugo { "defaultContentLanguage" } else { "default_language" };
            let own = text(of.values, &[key]).unwrap_or_else(|| "en".into());
            let Some(Yaml::Map(languages)) = of.values.get("languages") else { return found };
            found.ends.extend(languages.iter().map(|(name, _)| name.clone()).filter(|name| !same(name, &own)));
        }
        Tool::Astro | Tool::VitePress | Tool::VuePress => {
            let Some(Yaml::Map(locales)) = program("locales") else { return found };
            let names: Vec<&str> = locales.iter().map(|(name, _)| name.trim_matches('/')).collect();
            let has_root = names.iter().any(|name| matches!(*name, "" | "root"));
            let own = after(of.text, "defaultLocale").filter(|_| !has_root);
            let own = own.unwrap_or_else(|| names.first().filter(|_| !has_root).unwrap_or(&"root").to_string());
            let others = names.iter().filter(|name| !matches!(**name, "" | "root") && !same(name, &own));
            found.folders.extend(others.map(ToString::to_string));
        }
        Tool::Docusaurus => {
            let Some(i18n) = program("i18n") else { return found };
            let own = text(&i18n, &["defaultLocale"]).unwrap_or_else(|| "en".into());
            let Some(Yaml::List(locales)) = i18n.get("locales") else { return found };
            let others = locales.iter().filter_map(Yaml::as_text).filter(|name| *name != own);
            found.apart.extend(others.map(|name| format!("i18n/{name}")).filter(|path| of.top.join(path).is_dir()));
        }
        Tool::MkDocs => {
            let plugin = super::mkdocs::plugin(of.values, "i18n");
            let Some(Yaml::List(languages)) = plugin.and_then(|plugin| plugin.get("languages")) else { return found };
            let named = |language: &Yaml| text(language, &["locale"]);
            let is_default = |language: &&Yaml| language.get("default") == Some(&Yaml::Bool(true));
            let own = languages.iter().find(is_default).or_else(|| languages.first()).and_then(named);
            let others = languages.iter().filter_map(named).filter(|name| Some(name) != own.as_ref());
            let is_of_folders =
                plugin.and_then(|plugin| text(plugin, &["docs_structure"])).as_deref() == Some("folder");
            if is_of_folders {
                found.folders.extend(others);
                found.own = own;
            } else {
                found.ends.extend(others);
            }
        }
        _ => {}
    }
    found
}

/// The text behind a key of a program.
fn after(program: &str, key: &str) -> Option<String> {
    let (_, behind) = program.split_once(key)?;
    match literal::read(behind.trim_start().strip_prefix(':')?) {
        Yaml::Text(name) => Some(name),
        _ => None,
    }
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

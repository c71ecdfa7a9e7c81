//! What texts hold that another tool replaces, and that a page here shows as it was typed or leaves out.

use std::collections::{BTreeMap, BTreeSet};

use super::config::Config;
use super::seen::{ConstructInText, FolderContents, MarkdownFile};
use super::text_signs::{EXPORT, HASHTAG, MARKED, SLASHES, TAG, UNDEFINED, VALUE};
use super::tool::Tool;
use crate::folders::is_below;
use crate::markdown;
use crate::yaml::Yaml;

/// A construct of another tool, over all texts.
#[derive(Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it looks like: `{{< figure >}}`.
    pub name: String,
    /// How often it stands there.
    pub count: usize,
    /// In how many files.
    pub files: usize,
    /// Where it stands first: `posts/a.md:12`.
    pub first: String,
}

/// All constructs of the texts of a site, the most frequent first.
pub(super) fn all(seen: &FolderContents, config: &Config, is_on_a_page: impl Fn(&str) -> bool) -> Vec<Construct> {
    let mut all: BTreeMap<&str, Construct> = BTreeMap::new();
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    let dialect = config.tool.dialect();
    let texts = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder) && !config.is_own(&text.path));
    let texts = texts.filter(|text| is_on_a_page(&text.path));
    let found = texts.flat_map(|text| text.found.iter().map(move |found| (text, found)));
    for (text, found) in found.filter(|(text, ConstructInText { name, .. })| {
        let is_read = is_drawn(name, dialect) || is_shown(text, name, config);
        !is_read && is_of_tool(name, config) && may_be_component(&text.path, name, config)
    }) {
        let is_value = ["page.", "site."].iter().any(|of| key_of(&found.name, of).is_some());
        let name = if is_value { VALUE } else { &found.name };
        let construct = all.entry(name).or_insert_with(|| Construct {
            name: name.to_string(),
            count: 0,
            files: 0,
            first: found.place.clone(),
        });
        construct.count += found.count;
        construct.files += usize::from(last.insert(name, &text.path) != Some(&text.path));
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    all
}

/// Whether a construct is drawn where texts are read as those of another tool.
fn is_drawn(name: &str, dialect: Option<&str>) -> bool {
    let begins = |signs: &[&str]| signs.iter().any(|sign| name.starts_with(sign));
    match dialect {
        Some("mdbook") => begins(&["{{#include", "{{#rustdoc_include", "{{#playground", "{{#title"]),
        Some("mkdocs") => {
            begins(&["!!! ", "??? ", "???+ ", "=== "])
                || name.strip_prefix(SLASHES).is_some_and(markdown::is_box_of_slashes)
        }
        Some("docusaurus" | "astro") if matches!(name, "<Tabs>" | "<TabItem>") => true,
        Some("logseq") | None => false,
        Some(_) => name.strip_prefix(":::").is_some_and(markdown::is_box),
    }
}

/// Whether the tool of a site reads a sign, where that means something in notes alone.
fn is_of_tool(name: &str, config: &Config) -> bool {
    match name {
        MARKED => config.has_marks,
        HASHTAG | "[key:: value]" | "(key:: value)" => {
            matches!(config.tool, Tool::Vault | Tool::Quartz | Tool::Logseq)
        }
        "<% template %>" => config.tool == Tool::Vault,
        UNDEFINED => config.tool == Tool::MkDocs,
        _ => true,
    }
}

/// Whether a tag may be a component in a text: in MDX those with a capital are, and in VitePress and VuePress those with a hyphen as well.
fn may_be_component(path: &str, name: &str, config: &Config) -> bool {
    let Some(name) = name.strip_prefix('<').filter(|name| !name.starts_with('%')) else { return true };
    match config.tool {
        tool if tool.is_of_vue() => true,
        Tool::Docusaurus => name.starts_with(char::is_uppercase),
        _ => path.ends_with(".mdx") && name.starts_with(char::is_uppercase),
    }
}

/// Whether tags of templates stand in any text.
pub(super) fn has_tags(seen: &FolderContents) -> bool {
    seen.texts.iter().flat_map(|text| &text.found).any(|found| found.name.starts_with(TAG))
}

/// What becomes of the constructs of a site.
pub(super) struct PartedConstructs {
    /// Pages show them as they were typed.
    pub shown: Vec<Construct>,
    /// Of components pages show the words.
    pub components: Vec<Construct>,
    /// Pages leave them out.
    pub left_out: Vec<Construct>,
}

/// Parts what pages show as it was typed from components, and from what they leave out: programs of MDX, and tags where a site
/// has them. Those that show nothing themselves are of neither.
pub(super) fn parted(all: Vec<Construct>, has_tags: bool) -> PartedConstructs {
    let is_left_out = |name: &str| name == EXPORT || has_tags && name.starts_with(TAG);
    let (tags, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|construct| is_left_out(&construct.name));
    let is_silent = |construct: &Construct| {
        let name = construct.name.trim_start_matches(TAG).trim_end_matches(" %}");
        markdown::is_silent_tag(name)
    };
    let is_component = |construct: &Construct| construct.name.starts_with('<');
    let (components, shown) = shown.into_iter().partition(is_component);
    PartedConstructs {
        shown,
        components,
        left_out: tags.into_iter().filter(|construct| !is_silent(construct)).collect(),
    }
}

/// The key in the name of a value: `{{ site.phone }}`.
fn key_of<'n>(name: &'n str, of: &str) -> Option<&'n str> {
    name.strip_prefix("{{ ")?.strip_prefix(of)?.strip_suffix(" }}")
}

/// The keys of the site whose values texts show.
pub(super) fn site_values(seen: &FolderContents) -> BTreeSet<&str> {
    seen.texts.iter().flat_map(|text| &text.found).filter_map(|found| key_of(&found.name, "site.")).collect()
}

/// Whether a page shows the value of this name.
fn is_shown(text: &MarkdownFile, name: &str, config: &Config) -> bool {
    let of_page = |key: &str| matches!(text.get(key), Some(Yaml::Text(_) | Yaml::Integer(_)));
    let of_site =
        |key: &str| matches!(key, "title" | "description") || config.params.iter().any(|(known, _)| known == key);
    config.tool.has_template_tags()
        && (key_of(name, "page.").is_some_and(of_page) || key_of(name, "site.").is_some_and(of_site))
}

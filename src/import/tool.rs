//! The tools that make sites of Markdown, and a folder with the texts of one.

use std::path::Path;

use crate::model::schema::{DIALECTS, Dialect};
use crate::yaml::Yaml;

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
    VitePress,
    VuePress,
    Quarto,
    Quartz,
    Logseq,
    Dendron,
    Docsify,
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
            Self::VitePress => "VitePress",
            Self::VuePress => "VuePress",
            Self::Quarto => "Quarto",
            Self::Quartz => "Quartz",
            Self::Logseq => "Logseq",
            Self::Dendron => "Dendron",
            Self::Docsify => "Docsify",
            Self::Vault => "a vault of notes",
            Self::Plain => "plain Markdown",
        }
    }

    /// The folders, from that of the configuration on, in which its texts lie: the first one that is there.
    pub fn folders(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola | Self::Quartz => &["content"],
            Self::MkDocs => &["docs"],
            Self::MdBook => &["src"],
            Self::Docusaurus => &["docs"],
            Self::Astro => &["src/content/docs", "src/content", "src/pages"],
            Self::Eleventy => &["content", "src"],
            Self::Jekyll | Self::VitePress | Self::VuePress | Self::Quarto => &[],
            Self::Logseq | Self::Dendron | Self::Docsify | Self::Vault | Self::Plain => &[],
        }
    }

    /// The name of the dialect in which its texts are written, as `site.yaml` has it.
    pub fn dialect(self) -> Option<&'static str> {
        let dialect = match self {
            Self::MdBook => Dialect::MdBook,
            Self::MkDocs => Dialect::MkDocs,
            Self::Docusaurus => Dialect::Docusaurus,
            Self::VitePress | Self::VuePress => Dialect::VitePress,
            Self::Astro => Dialect::Astro,
            Self::Logseq => Dialect::Logseq,
            Self::Dendron => Dialect::Dendron,
            Self::Docsify => Dialect::Docsify,
            Self::Hugo | Self::Zola | Self::Jekyll | Self::Eleventy | Self::Quarto => return None,
            Self::Quartz | Self::Vault | Self::Plain => return None,
        };
        DIALECTS.iter().find(|(_, known)| *known == dialect).map(|(name, _)| *name)
    }

    /// Whether its texts are notes of people, and no documents.
    pub fn is_of_notes(self) -> bool {
        matches!(self, Self::Quartz | Self::Logseq | Self::Dendron | Self::Vault)
    }

    /// Whether it is VitePress or VuePress, whose configurations and texts are alike.
    pub fn is_of_vue(self) -> bool {
        matches!(self, Self::VitePress | Self::VuePress)
    }

    /// Whether tags of templates, `{% include %}`, and attributes of kramdown may stand in its texts.
    pub fn has_template_tags(self) -> bool {
        matches!(self, Self::Eleventy | Self::Jekyll)
    }

    /// Whether `%%` begins a remark for authors in its texts.
    pub fn has_remarks(self) -> bool {
        matches!(self, Self::Quartz | Self::Logseq | Self::Vault | Self::Plain)
    }

    /// Whether its texts are notes that name one another.
    pub fn has_wikilinks(self) -> bool {
        self.is_of_notes() || self == Self::Plain
    }
}

/// A folder with the texts of a tool.
pub(super) struct ToolFolder<'a> {
    pub tool: Tool,
    /// Its configuration: the values, the text, and the folder in which that lies.
    pub values: &'a Yaml,
    pub text: &'a str,
    pub top: &'a Path,
    /// The folder that is drafted.
    pub root: &'a Path,
    /// Where the texts lie below it.
    pub folder: &'a str,
    /// Where it lies below the folder of the tool's texts; empty where it is or holds that.
    pub below: &'a str,
}

/// The first of these keys that has words.
pub(super) fn text(values: &Yaml, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match values.get(key) {
        Some(Yaml::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_string()),
        _ => None,
    })
}

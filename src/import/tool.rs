//! Which tool a folder was written for, and what the configuration of that tool says.

use std::path::{Path, PathBuf};

use super::configuration;
use super::docusaurus::{self, MoreDocs};
use super::held_back::held_back;
use super::jekyll;
use super::literal;
use super::look::FolderContents;
use super::order::{DraftListed, to_other_sites};
use super::statics::statics;
use crate::folders::is_below;
use crate::model::schema::{DIALECTS, Dialect};
use crate::model::texts::is_language;
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
    Quartz,
    Logseq,
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
            Self::Quartz => "Quartz",
            Self::Logseq => "Logseq",
            Self::Vault => "a vault of notes",
            Self::Plain => "plain Markdown",
        }
    }

    /// The folders, from that of the configuration on, in which its texts lie: the first one that is there.
    fn folders(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola | Self::Quartz => &["content"],
            Self::MkDocs => &["docs"],
            Self::MdBook => &["src"],
            Self::Docusaurus => &["docs"],
            Self::Astro => &["src/content/docs", "src/content", "src/pages"],
            Self::Eleventy => &["content", "src"],
            Self::Jekyll | Self::VitePress | Self::Logseq | Self::Vault | Self::Plain => &[],
        }
    }

    /// The name of the dialect in which its texts are written, as `site.yaml` has it.
    pub fn dialect(self) -> Option<&'static str> {
        let dialect = match self {
            Self::MdBook => Dialect::MdBook,
            Self::MkDocs => Dialect::MkDocs,
            Self::Docusaurus => Dialect::Docusaurus,
            Self::VitePress => Dialect::VitePress,
            Self::Astro => Dialect::Astro,
            Self::Logseq => Dialect::Logseq,
            Self::Hugo | Self::Zola | Self::Jekyll | Self::Eleventy => return None,
            Self::Quartz | Self::Vault | Self::Plain => return None,
        };
        DIALECTS.iter().find(|(_, known)| *known == dialect).map(|(name, _)| *name)
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
        matches!(self, Self::Quartz | Self::Logseq | Self::Vault | Self::Plain)
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
    /// What the addresses of all texts begin with, since the folder is a part of what the tool publishes.
    pub prefix: String,
    /// The entries of its main menu, with their addresses.
    pub menu: Vec<(String, String)>,
    /// Files and folders that belong to the tool and are no part of the site, each with what it is.
    pub own: Vec<(String, &'static str)>,
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
    /// The folders of Jekyll's own collections, with the addresses of what is in them.
    pub collections: Vec<(String, String)>,
    /// A folder of dated posts beside that of the texts, and where they are published.
    pub blog: Option<(String, String)>,
    /// Whether the folder that is drafted holds the posts of a blog and nothing else.
    pub is_of_posts: bool,
    /// The folders from which the paths of shown files count, besides that of the configuration.
    pub shown_from: Vec<String>,
    /// The texts in the order and the groups of the tool's contents.
    pub contents: Vec<DraftListed>,
    pub notes: Vec<String>,
}

impl Config {
    /// Whether a file is no part of the site.
    pub fn is_own(&self, path: &str) -> bool {
        let statics = self.statics.iter().map(|(path, _)| path);
        self.own.iter().map(|(own, _)| own).chain(statics).any(|own| is_below(path, own))
    }

    /// Finds what the tool publishes as it is, and a folder for the site.
    fn find_statics(&mut self, of: &ToolFolder<'_>, seen: &FolderContents) {
        let mut all = statics(of, seen);
        all.retain(|(path, _)| !self.is_own(path));
        self.statics = all;
        self.output = super::statics::output(of.root, &self.statics);
        let usual = [("static".to_string(), "/".to_string())];
        let folders = if self.statics.is_empty() { &usual[..] } else { &self.statics[..] };
        let robots = folders.iter().filter_map(|(path, url)| match url.as_str() {
            "/" => Some(format!("{path}/robots.txt")),
            "/robots.txt" => Some(path.clone()),
            _ => None,
        });
        self.own_robots = robots.into_iter().find(|path| of.root.join(path).is_file());
    }

    /// Notes what is no part of the site.
    fn hold_back(&mut self, of: &ToolFolder<'_>, seen: &FolderContents) {
        let held = held_back(of, seen);
        self.own = held.paths;
        self.notes.extend(held.unread.iter().map(|pattern| {
            let tool = self.tool.name();
            format!("the pattern `{pattern}` of {tool} cannot be read: name what it leaves out under `ignore:`")
        }));
    }
}

/// The files by which tools are known; the first that is there decides.
const MARKS: &[(&str, Tool)] = &[
    ("hugo.toml", Tool::Hugo),
    ("hugo.yaml", Tool::Hugo),
    ("hugo.yml", Tool::Hugo),
    ("hugo.json", Tool::Hugo),
    ("config/_default/hugo.toml", Tool::Hugo),
    ("config/_default/hugo.yaml", Tool::Hugo),
    ("config/_default/hugo.yml", Tool::Hugo),
    ("config/_default/config.toml", Tool::Hugo),
    ("config/_default/config.yaml", Tool::Hugo),
    ("config/_default/config.yml", Tool::Hugo),
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
    (".vitepress/config.ts", Tool::VitePress),
    (".vitepress/config.mts", Tool::VitePress),
    (".vitepress/config.js", Tool::VitePress),
    (".vitepress/config.mjs", Tool::VitePress),
    (".vitepress/config/index.ts", Tool::VitePress),
    (".vuepress/config.ts", Tool::VitePress),
    (".vuepress/config.js", Tool::VitePress),
    ("quartz.config.ts", Tool::Quartz),
    ("quartz.config.yaml", Tool::Quartz),
    ("logseq/config.edn", Tool::Logseq),
    ("_config.yml", Tool::Jekyll),
    ("config.yaml", Tool::Hugo),
    ("config.yml", Tool::Hugo),
];
/// So many folders above are asked for a configuration: whoever drafts `docs/content` has it in `docs`.
const ABOVE: usize = 3;
/// Folders in which a repository keeps the configuration of its site, and often the texts beside them.
const BESIDE: [&str; 5] = ["website", "docs", "site", "www", "documentation"];

/// Recognises the tool by its configuration in the folder, or in one above whose texts the folder holds.
pub(super) fn recognise(root: &Path, seen: &FolderContents) -> Config {
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let tops: Vec<PathBuf> = real.ancestors().take(ABOVE + 1).map(Path::to_path_buf).collect();
    for top in tops.iter().chain(&beside(&real, true)).chain(&beside(&real, false)) {
        for (name, tool) in MARKS {
            let Ok(text) = std::fs::read_to_string(top.join(name)) else { continue };
            let is_zola = *name == "config.toml" && !text.contains("baseURL") && text.contains("base_url");
            let tool = if is_zola { Tool::Zola } else { *tool };
            let values = configuration::values(tool, name, &text);
            let texts = texts_of(tool, &values, top);
            let texts_at = top.join(&texts).canonicalize().unwrap_or_else(|_| top.clone());
            let inside = texts_at.strip_prefix(&real).ok().filter(|_| tops.first() == Some(top) || !tops.contains(top));
            // A configuration above counts only for the folder of its texts, and for folders in it.
            if inside.is_none() && !real.starts_with(&texts_at) {
                continue;
            }
            let mut config = configured(tool, &values, seen, &real);
            let mut below = String::new();
            if let Some(folder) = inside.and_then(Path::to_str) {
                config.folder = folder.replace(std::path::MAIN_SEPARATOR, "/");
                config.prefix = if tool == Tool::Docusaurus { prefix(tool, &values, "") } else { String::new() };
            } else {
                let path = real.strip_prefix(&texts_at).ok().and_then(Path::to_str).unwrap_or_default();
                below = path.replace(std::path::MAIN_SEPARATOR, "/");
                config.prefix = prefix(tool, &values, &below);
                config.notes.push(format!(
                    "this is the folder of the texts of {}: `limber import {}` takes its pictures, its static files and what texts include along",
                    tool.name(),
                    top.display()
                ));
            }
            let sidebar = sidebar(tool, &text, top).map(|sidebar| match tool {
                Tool::Docusaurus => docusaurus::by_paths(&sidebar, seen, &config.folder),
                _ => sidebar,
            });
            config.contents = contents(tool, sidebar.as_ref().unwrap_or(&values), seen, &real, &config.folder);
            let elsewhere = values.get("nav").map_or(0, to_other_sites);
            if tool == Tool::MkDocs && elsewhere > 0 {
                let links = super::write::counted(elsewhere, "link");
                config.notes.push(format!(
                    "{links} of `nav` to other sites not taken over: `theme: {{menu: [...]}}` may have them"
                ));
            }
            let folder = config.folder.clone();
            let of =
                ToolFolder { tool, values: &values, text: &text, top, root: &real, folder: &folder, below: &below };
            config.hold_back(&of, seen);
            config.shown_from = snippets(&values, top, &real);
            config.blog = blog(tool, &text, top, &real);
            config.find_statics(&of, seen);
            if tool == Tool::Docusaurus {
                config.more_docs = docusaurus::more_docs(&text, top, &real, seen);
                config.more_docs.retain(|docs| !is_below(&docs.folder, &config.folder));
            }
            if tool == Tool::VitePress {
                let (moved, unread) = super::rewrites::rewrites(&text);
                config.collections = moved;
                if unread > 0 {
                    let lines = super::write::counted(unread, "line");
                    config
                        .notes
                        .push(format!("{lines} of `rewrites` not taken over: `redirect_from` may keep an address"));
                }
            }
            let redirects = values.get("output").and_then(|output| output.get("html")?.get("redirect"));
            if let Some(Yaml::Map(redirects)) = redirects.filter(|_| tool == Tool::MdBook) {
                config.notes.push(format!(
                    "{} of {name} not taken over: write `redirect_from` into the texts to which they lead",
                    super::write::counted(redirects.len(), "redirect")
                ));
            }
            return config;
        }
    }
    let vault = real.join(".obsidian").is_dir() || seen.wikilinks * 2 > seen.texts.len();
    let tool = if real.join("SUMMARY.md").is_file() {
        Tool::MdBook
    } else if real.join("_posts").is_dir() {
        Tool::Jekyll
    } else if vault {
        Tool::Vault
    } else {
        Tool::Plain
    };
    let mut config = configured(tool, &Yaml::Map(Vec::new()), seen, &real);
    config.contents = contents(tool, &Yaml::Null, seen, &real, "");
    let of = ToolFolder { tool, values: &Yaml::Null, text: "", top: &real, root: &real, folder: "", below: "" };
    config.hold_back(&of, seen);
    config.find_statics(&of, seen);
    config
}

/// The sidebar of a tool whose configuration is a program.
fn sidebar(tool: Tool, text: &str, top: &Path) -> Option<Yaml> {
    match tool {
        Tool::VitePress | Tool::Astro => literal::value_of(text, "sidebar").or(Some(Yaml::Null)),
        Tool::Docusaurus => docusaurus::sidebar(top, "sidebars"),
        _ => None,
    }
}

/// The texts in the order of a tool's contents.
pub(super) fn contents(
    tool: Tool,
    values: &Yaml,
    seen: &FolderContents,
    real: &Path,
    folder: &str,
) -> Vec<DraftListed> {
    let paths = seen.texts.iter().map(|text| text.path.as_str()).filter(|path| is_below(path, folder));
    let all: Vec<&str> = paths.map(|path| path[folder.len()..].trim_start_matches('/')).collect();
    super::order::contents(tool, values, &real.join(folder), &all)
}

/// The folder of the blog of Docusaurus, from the drafted one on, and where it publishes that.
fn blog(tool: Tool, program: &str, top: &Path, real: &Path) -> Option<(String, String)> {
    let options = literal::value_of(program, "blog").filter(|_| tool == Tool::Docusaurus).unwrap_or(Yaml::Null);
    let folder = top.join(text(&options, &["path"]).unwrap_or_else(|| "blog".into())).canonicalize().ok()?;
    let below = folder.strip_prefix(real).ok().filter(|_| tool == Tool::Docusaurus && folder.is_dir())?.to_str()?;
    let at = text(&options, &["routeBasePath"]).unwrap_or_else(|| "blog".into());
    Some((below.replace(std::path::MAIN_SEPARATOR, "/"), at.trim_matches('/').to_string()))
}

/// The folders, from the drafted one on, in which MkDocs looks for the files that texts show.
fn snippets(values: &Yaml, top: &Path, real: &Path) -> Vec<String> {
    let extensions = match values.get("markdown_extensions") {
        Some(Yaml::List(extensions)) => extensions.as_slice(),
        Some(extensions) => std::slice::from_ref(extensions),
        None => &[],
    };
    let options = extensions.iter().find_map(|extension| extension.get("pymdownx.snippets"));
    let bases = match options.and_then(|options| options.get("base_path")) {
        Some(Yaml::List(bases)) => bases.iter().filter_map(Yaml::as_text).collect(),
        base => base.and_then(Yaml::as_text).into_iter().collect::<Vec<_>>(),
    };
    let below = |base: &str| {
        let folder = top.join(base).canonicalize().ok()?;
        let below = folder.strip_prefix(real).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        Some(below).filter(|below| !below.is_empty())
    };
    bases.into_iter().filter_map(below).collect()
}

/// The folders in a folder, or those next to it, in which the configuration of its site may lie.
fn beside(real: &Path, inside: bool) -> Vec<PathBuf> {
    let at = if inside { Some(real) } else { real.parent() };
    let folders = at.into_iter().flat_map(|at| BESIDE.iter().map(|name| at.join(name)));
    folders.filter(|folder| folder.is_dir() && !real.starts_with(folder)).collect()
}

fn texts_of(tool: Tool, values: &Yaml, top: &Path) -> String {
    let named = match tool {
        Tool::Hugo => text(values, &["contentDir"]).or_else(|| of_language(values)).or_else(|| mounted(values)),
        Tool::Docusaurus => {
            text(values, &["path"]).filter(|path| top.join(path).is_dir()).map(|path| path.replace('\\', "/"))
        }
        Tool::MkDocs => text(values, &["docs_dir"]),
        Tool::MdBook => values.get("book").and_then(|book| text(book, &["src"])),
        Tool::VitePress => text(values, &["srcDir"]).filter(|folder| !matches!(folder.as_str(), "." | "./")),
        _ => None,
    };
    let there = || tool.folders().iter().find(|folder| top.join(folder).is_dir()).map(|folder| (*folder).to_string());
    let outside = named.clone().filter(|named| named.starts_with("../"));
    let named = named.and_then(|named| crate::folders::folder(&named).ok()).or(outside);
    named.or_else(there).unwrap_or_default()
}

/// Where Hugo has the texts of the language that comes first.
fn of_language(values: &Yaml) -> Option<String> {
    let Some(Yaml::Map(languages)) = values.get("languages") else { return None };
    let first = text(values, &["defaultContentLanguage"]).unwrap_or_else(|| "en".into());
    let first = languages.iter().find(|(name, _)| *name == first).or_else(|| languages.first())?;
    text(&first.1, &["contentDir"])
}

/// The first folder that Hugo takes for that of the texts.
fn mounted(values: &Yaml) -> Option<String> {
    let Some(Yaml::List(mounts)) = values.get("module").and_then(|module| module.get("mounts")) else { return None };
    let is_content = |mount: &&Yaml| text(mount, &["target"]).as_deref() == Some("content");
    text(mounts.iter().find(is_content)?, &["source"])
}

fn configured(tool: Tool, values: &Yaml, seen: &FolderContents, root: &Path) -> Config {
    let book = values.get("book").cloned().unwrap_or(Yaml::Null);
    let of = |keys: &[&str]| text(values, keys).or_else(|| text(&book, keys));
    let of_host = || Some(format!("https://{}/", of(&["baseUrl"])?.trim_matches('/')));
    let base_url = of(&["base_url", "baseURL", "site_url", "site"]);
    let base_url = base_url.or_else(|| of_host().filter(|_| tool == Tool::Quartz)).or_else(|| {
        let path = of(&["baseUrl", "baseurl", "pathPrefix"]).unwrap_or_default();
        let host = of(&["url"]).or_else(|| (!path.is_empty()).then(|| "https://example.org".into()))?;
        Some(format!("{}/{}", host.trim_end_matches('/'), path.trim_matches('/')))
    });
    let base_url = base_url.filter(|url| crate::url::BaseUrl::parse(url).is_ok());
    let hyphens = |tag: String| tag.replace('_', "-");
    let language = of(&["languageCode", "default_language", "defaultContentLanguage", "language", "lang", "locale"]);
    let plain = |text: &String| !text.contains(['{', '$']);
    let mut notes = Vec::new();
    if matches!(tool, Tool::Astro | Tool::Docusaurus) && seen.texts.iter().any(|text| text.path.ends_with(".mdx")) {
        notes.push("components of `.mdx` files are not drawn; their words are".to_string());
    }
    Config {
        tool,
        name: capital(&site_name(root)),
        title: of(&["title", "site_name", "pageTitle"])
            .or_else(|| of(&["name"]).filter(|_| tool == Tool::Jekyll))
            .filter(plain),
        description: of(&["description", "site_description", "tagline"]).filter(plain),
        base_url,
        language: language.map(hyphens).filter(|tag| is_language(tag)).or_else(|| own_language(root).map(hyphens)),
        posts: (tool == Tool::Jekyll).then(|| jekyll::addresses_of_posts(values)),
        collections: if tool == Tool::Jekyll { jekyll::collections(values) } else { Vec::new() },
        blog: None,
        is_of_posts: tool == Tool::Jekyll && root.file_name().is_some_and(|name| name == "_posts"),
        folder: String::new(),
        prefix: String::new(),
        menu: menu(tool, values),
        own: Vec::new(),
        own_robots: None,
        statics: Vec::new(),
        output: None,
        more_docs: Vec::new(),
        shown_from: Vec::new(),
        contents: Vec::new(),
        notes,
    }
}

/// The entries of the main menu of a Hugo site, in their order.
fn menu(tool: Tool, values: &Yaml) -> Vec<(String, String)> {
    let menus = [values.get("menu"), values.get("menus")].into_iter().flatten();
    let Some(Yaml::List(items)) = menus.filter_map(|menus| menus.get("main")).next().filter(|_| tool == Tool::Hugo)
    else {
        return Vec::new();
    };
    let weight = |item: &Yaml| match item.get("weight") {
        Some(Yaml::Integer(weight)) => *weight,
        _ => i64::MAX,
    };
    let mut items: Vec<&Yaml> = items.iter().collect();
    items.sort_by_key(|item| weight(item));
    let entry = |item: &&Yaml| {
        let name = text(item, &["name", "title", "identifier"])?;
        let to = text(item, &["pageRef", "url"])?;
        let to = if to.contains("://") || to.starts_with('/') { to } else { format!("/{to}") };
        let is_folder = !to.contains("://") && !to.ends_with('/') && !to.contains(['.', '#', '?']);
        Some((name, if is_folder { format!("{to}/") } else { to }))
    };
    items.iter().filter_map(entry).collect()
}

/// Where Docusaurus and Eleventy publish what lies in a folder of their texts.
fn prefix(tool: Tool, values: &Yaml, below: &str) -> String {
    match tool {
        Tool::Docusaurus => text(values, &["routeBasePath"]).unwrap_or_else(|| "docs".into()).trim_matches('/').into(),
        _ => below.split('/').map(crate::url::slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"),
    }
}

/// The language as which a folder is called, where one beside it is called as another: alone, `it` may mean anything.
fn own_language(root: &Path) -> Option<String> {
    let own = root.file_name()?.to_str().filter(|name| names_a_language(name))?;
    let beside = std::fs::read_dir(root.parent()?).ok()?.filter_map(Result::ok);
    let mut others = beside.filter(|entry| entry.path().is_dir() && entry.file_name() != own);
    others.any(|entry| entry.file_name().to_str().is_some_and(names_a_language)).then(|| own.to_string())
}

/// Whether a folder is called like a language.
pub(super) fn names_a_language(name: &str) -> bool {
    const LANGUAGES: [&str; 44] = [
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
        "id", "it", "ja", "ka", "km", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
        "sr", "sv", "th", "tr", "uk", "uz", "vi", "zh",
    ];
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let is_region = region.len() <= 4 && region.chars().all(|c| c.is_ascii_alphanumeric());
    LANGUAGES.contains(&language) && is_region
}

/// A name for the site: that of its folder or, where many projects call a folder so, of the first one above that says more.
fn site_name(root: &Path) -> String {
    const COMMON: [&str; 14] = [
        "content",
        "contents",
        "docs",
        "doc",
        "documentation",
        "src",
        "website",
        "site",
        "www",
        "pages",
        "vault",
        "notes",
        "reference",
        "public",
    ];
    // The folder of a user is called as the user, which no site has to tell.
    let is_of_user = |path: &&Path| {
        let above = path.parent().and_then(Path::file_name);
        above.is_some_and(|above| above == "home" || above == "Users")
    };
    let ancestors = root.ancestors().take_while(|path| !is_of_user(path));
    let names = ancestors.filter_map(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let says = |name: &String| !COMMON.contains(&name.to_lowercase().as_str()) && !names_a_language(name);
    let own = root.file_name().map_or_else(|| "My site".into(), |name| name.to_string_lossy().into_owned());
    names.take(ABOVE).find(says).unwrap_or(own)
}

/// A name with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The first of these keys that has words.
pub(super) fn text(values: &Yaml, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match values.get(key) {
        Some(Yaml::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_string()),
        _ => None,
    })
}

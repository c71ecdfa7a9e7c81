//! What lies beside the texts of a tool and is published nowhere: what its configuration leaves out, what its contents do not
//! name, and what is the tool's own.

use std::collections::BTreeSet;
use std::path::Path;

use super::docsify;
use super::held_by_keys::by_keys;
use super::literal;
use super::programs::lines_of_program;
use super::seen::{FolderContents, SKIPPED, above};
use super::summary::named_in_summary;
use super::tool::{Tool, ToolFolder};
use crate::folders::{is_below, is_never};
use crate::globs::{Expression, Glob};
use crate::yaml::{self, Yaml};

/// Files and folders that are no part of the site, each with the reason, and the patterns of the tool that cannot be read.
#[derive(Default)]
pub(super) struct HeldBackPaths {
    pub paths: Vec<(String, &'static str)>,
    pub unread: Vec<String>,
}

/// What is no part of the site, from the folder that is drafted on.
pub(super) fn held_back(of: &ToolFolder<'_>, seen: &FolderContents) -> HeldBackPaths {
    let mut held = HeldBackPaths { paths: own_files(of), unread: Vec::new() };
    held.paths.extend(lists(of, seen));
    held.paths.extend(for_code_hosts(of, seen));
    held.paths.extend(links(of, seen));
    let texts = seen.texts.iter().map(|text| text.path.as_str());
    let paths: Vec<&str> = texts.chain(seen.files.iter().map(String::as_str)).collect();
    for (patterns, base, why) in patterns(of, &mut held.unread) {
        let begin = base.path(of);
        // What a tool never draws matters only where it is a text.
        let paths = if patterns.built_in { &paths[..seen.texts.len()] } else { &paths };
        let folder = if matches!(base, Base::Anywhere) { "" } else { of.folder };
        let found = paths.iter().filter_map(|path| patterns.left_out(path, folder, &begin));
        let found: BTreeSet<&str> = found.collect();
        held.paths.extend(found.into_iter().map(|path| (path.to_string(), why)));
    }
    held.paths.extend(unnamed(of, seen));
    held.paths.extend(beside_book(of, seen));
    held.paths.extend(by_keys(of, seen));
    let mut known: BTreeSet<String> = BTreeSet::new();
    held.paths.retain(|(path, _)| {
        let ends = path.match_indices('/').map(|(at, _)| at);
        !ends.clone().any(|end| known.contains(&path[..end])) && known.insert(path.clone())
    });
    held
}

/// Folders of the tool itself.
fn own_files(of: &ToolFolder<'_>) -> Vec<(String, &'static str)> {
    let is_folder = |name: &str| of.root.join(name).is_dir();
    let mut own = Vec::new();
    if is_folder("templates") {
        own.push(("templates".to_string(), "templates of another tool"));
    }
    let is_of_people = matches!(of.tool, Tool::Vault | Tool::Logseq | Tool::Dendron | Tool::Plain);
    if of.folder.is_empty() && !is_of_people {
        let made = SKIPPED.iter().filter(|name| !is_never(name) && is_folder(name));
        own.extend(made.map(|name| ((*name).to_string(), "what tools make or fetch")));
    }
    let summary = joined(of.folder, "SUMMARY.md");
    if of.tool == Tool::MdBook && of.root.join(&summary).is_file() {
        own.push((summary, "the contents of the book, and no page"));
    }
    if of.tool == Tool::Logseq && is_folder("logseq") {
        own.push(("logseq".to_string(), "what Logseq keeps for itself"));
    }
    own
}

/// The files that hold the navigation of MkDocs.
fn lists(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, &'static str)> {
    let name = if of.tool == Tool::MkDocs { super::mkdocs::nav_file(of.values) } else { None };
    let Some(name) = name else { return Vec::new() };
    let is_list = |path: &&str| is_below(path, of.folder) && path.rsplit('/').next() == Some(&*name);
    let lists = seen.texts.iter().map(|text| text.path.as_str()).filter(is_list);
    lists.map(|path| (path.to_string(), "the navigation of MkDocs, and no page")).collect()
}

/// The `README.md` at the top of a site whose home page is a template: it is written for code hosts.
fn for_code_hosts(of: &ToolFolder<'_>, seen: &FolderContents) -> Option<(String, &'static str)> {
    let has_home = |end: &&str| seen.files.contains(&joined(of.folder, &format!("index.{end}")));
    let is_template = matches!(of.tool, Tool::Jekyll | Tool::Eleventy)
        && ["html", "htm", "njk", "liquid", "webc", "hbs", "11ty.js"].iter().any(has_home);
    let mut texts = seen.texts.iter().filter(|_| is_template);
    let readme = texts.find(|text| text.path.eq_ignore_ascii_case(&joined(of.folder, "README.md")))?;
    let is_plain = readme.keys.is_empty();
    is_plain.then(|| (readme.path.clone(), "another file is the home page, and this one is for code hosts"))
}

/// Links of the file system to folders whose texts are part of the site anyway.
fn links<'s>(
    of: &'s ToolFolder<'_>,
    seen: &'s FolderContents,
) -> impl Iterator<Item = (String, &'static str)> + use<'s> {
    let twice = |(path, target): &&(String, String)| is_below(path, of.folder) && is_below(target, of.folder);
    let why = "a link to a folder that is part of the site anyway";
    seen.linked.iter().filter(twice).map(move |(path, _)| (path.clone(), why))
}

/// The texts that a book does not name: its tool makes no pages of them.
fn unnamed(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, &'static str)> {
    let summary = std::fs::read_to_string(of.root.join(of.folder).join("SUMMARY.md"));
    let Some(summary) = summary.ok().filter(|_| of.tool == Tool::MdBook) else { return Vec::new() };
    let named: BTreeSet<String> = named_in_summary(&summary).iter().map(|path| joined(of.folder, path)).collect();
    // Without `book.toml` it may be a book of GitBook, whose first page need not be named.
    let home = joined(of.folder, "README.md");
    let is_page = |path: &str| named.contains(path) || path == home && !of.root.join("book.toml").is_file();
    let texts = seen.texts.iter().map(|text| text.path.as_str()).filter(|path| is_below(path, of.folder));
    let (pages, others): (Vec<&str>, Vec<&str>) = texts.partition(|path| is_page(path));
    if pages.is_empty() {
        return Vec::new();
    }
    let others: Vec<&str> = others.into_iter().filter(|path| *path != joined(of.folder, "SUMMARY.md")).collect();
    // A folder with nothing else in it stands for all its texts.
    let kept: BTreeSet<&str> =
        pages.iter().copied().chain(seen.files.iter().map(String::as_str)).flat_map(above).collect();
    let whole = |path: &str| {
        let inside = |folder: &&str| is_below(folder, of.folder) && *folder != of.folder && !kept.contains(folder);
        above(path).filter(inside).last().unwrap_or(path).to_string()
    };
    let all: BTreeSet<String> = others.into_iter().map(whole).collect();
    all.into_iter().map(|path| (path, "SUMMARY.md does not name it, and mdBook does not publish it")).collect()
}

/// The texts that the chapters of a book of Quarto do not name.
fn beside_book(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, &'static str)> {
    if of.tool != Tool::Quarto || !super::quarto::is_book(of.values) {
        return Vec::new();
    }
    let all = seen.below(of.folder);
    let named = super::quarto::chapters(of.values, &all);
    let others = all.iter().filter(|path| !named.is_empty() && !named.contains(**path));
    let why = "the chapters of the book do not name it, and Quarto does not publish it";
    others.map(|path| (joined(of.folder, path), why)).collect()
}

/// From where the paths count that a pattern is about.
enum Base {
    /// The folder of the tool's texts.
    Texts,
    /// The folder of its configuration.
    Top,
    /// The folder that is drafted, with all others in which the tool may have texts.
    Anywhere,
}

impl Base {
    /// What stands in a path before that of a file in the folder of the drafted texts.
    fn path(&self, of: &ToolFolder<'_>) -> String {
        let top = of.top.canonicalize().unwrap_or_else(|_| of.top.to_path_buf());
        match self {
            Self::Texts => of.below.to_string(),
            Self::Anywhere => String::new(),
            Self::Top => {
                let texts = of.root.join(of.folder);
                let below = texts.strip_prefix(top).ok().and_then(Path::to_str).unwrap_or_default();
                below.replace(std::path::MAIN_SEPARATOR, "/")
            }
        }
    }
}

/// The patterns by which a tool leaves files out. Those that cannot be read are added to the others of their sort.
fn patterns(of: &ToolFolder<'_>, unread: &mut Vec<String>) -> Vec<(Patterns, Base, &'static str)> {
    let ToolFolder { values, text, .. } = of;
    let said = |key: &str| values.at(key).into_iter().flat_map(texts).collect::<Vec<_>>();
    let listed = |key: &str| {
        let program = lines_of_program(text).collect::<Vec<_>>().join("\n");
        literal::value_of(&program, key).iter().flat_map(texts).map(String::from).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    let mut add = |patterns: Patterns, base, why| all.push((patterns, base, why));
    match of.tool {
        Tool::MkDocs => {
            let lines = |key: &str| said(key).into_iter().flat_map(str::lines).collect::<Vec<_>>();
            let excluded = [vec!["/templates/"], lines("exclude_docs")].concat();
            add(Patterns::of_lines(excluded, unread), Base::Texts, "`exclude_docs` of MkDocs");
            add(Patterns::of_lines(lines("draft_docs"), unread), Base::Texts, "`draft_docs` of MkDocs");
            let plugins = values.get("plugins").map(|plugins| match plugins {
                Yaml::List(plugins) => plugins.iter().filter_map(|plugin| plugin.at("exclude.glob")).collect(),
                plugins => plugins.at("exclude.glob").into_iter().collect::<Vec<_>>(),
            });
            let globs = plugins.into_iter().flatten().flat_map(texts);
            add(Patterns::of_lines(globs, unread), Base::Texts, "the plug-in `exclude` of MkDocs");
        }
        Tool::Docusaurus => {
            add(Patterns::built_in(&["_*", "__tests__"]), Base::Anywhere, "Docusaurus makes no page of it");
            let excluded: Vec<_> = said("exclude").into_iter().map(String::from).collect();
            add(Patterns::of_globs(&excluded, unread), Base::Texts, "`exclude` of Docusaurus");
        }
        Tool::VitePress => {
            add(Patterns::of_globs(&listed("srcExclude"), unread), Base::Texts, "`srcExclude` of VitePress");
        }
        Tool::VuePress => {
            let excluded = listed("pagePatterns").into_iter().filter_map(|glob| Some(glob.strip_prefix('!')?.into()));
            let excluded: Vec<String> = excluded.collect();
            add(Patterns::of_globs(&excluded, unread), Base::Texts, "`pagePatterns` of VuePress");
        }
        Tool::Astro => add(Patterns::built_in(&["_*"]), Base::Texts, "Astro makes no page of it"),
        Tool::Quartz => {
            let program = listed("ignorePatterns");
            let all = said("configuration.ignorePatterns").into_iter().chain(program.iter().map(String::as_str));
            add(Patterns::of_lines(all, unread), Base::Texts, "`ignorePatterns` of Quartz");
        }
        Tool::Zola => {
            add(Patterns::of_lines(said("ignored_content"), unread), Base::Texts, "`ignored_content` of Zola");
        }
        Tool::Hugo => {
            let all = ["ignoreFiles", "ignorefiles"].into_iter().flat_map(said);
            add(Patterns::of_expressions(all, unread), Base::Top, "`ignoreFiles` of Hugo");
        }
        Tool::Jekyll => {
            add(Patterns::built_in(&["_drafts"]), Base::Texts, "drafts, which Jekyll does not publish");
            add(Patterns::of_jekyll(values), Base::Texts, "Jekyll makes no page of it");
            let excluded: Vec<_> = said("exclude").into_iter().map(String::from).collect();
            add(Patterns::of_globs(&excluded, unread), Base::Texts, "`exclude` of Jekyll");
        }
        Tool::Eleventy => {
            let read = |name: &str| std::fs::read_to_string(of.top.join(name)).unwrap_or_default();
            let files = [read(".eleventyignore"), read(".gitignore")];
            add(
                Patterns::of_lines(files.iter().flat_map(|text| text.lines()), unread),
                Base::Top,
                "Eleventy ignores it",
            );
            let named = lines_of_program(text)
                .filter_map(|line| line.split_once("ignores.add(")?.1.split(['"', '\'', '`']).nth(1));
            let named: Vec<_> = named.map(String::from).collect();
            add(Patterns::of_globs(&named, unread), Base::Top, "Eleventy ignores it");
            let own = ["includes", "layouts", "data"].map(|key| values.get(key).and_then(Yaml::as_text));
            let own =
                own.into_iter().flatten().chain(["_includes", "_layouts", "_data"]).map(|name| name.trim_matches('/'));
            let own: Vec<_> = own.filter(|name| !name.is_empty() && !name.contains('.')).collect();
            add(Patterns::built_in(&own), Base::Texts, "a folder of Eleventy itself");
        }
        Tool::Quarto => {
            let own = "Quarto makes no page of it";
            add(Patterns::built_in(&["_*", "README.md", "README.qmd"]), Base::Texts, own);
            let others = super::quarto::unrendered(values);
            let others = Patterns::of_lines(others.iter().map(String::as_str), unread);
            add(Patterns { built_in: true, ..others }, Base::Texts, "`render` of Quarto leaves it out");
        }
        Tool::Docsify => {
            add(Patterns::built_in(&docsify::FRAME), Base::Texts, "a part of the frame of Docsify, and no page");
        }
        Tool::MdBook | Tool::Logseq | Tool::Dendron | Tool::Vault | Tool::Plain => {}
    }
    let texts = of.root.join(of.folder);
    if texts.join(".obsidian").is_dir() {
        let (templates, excluded) = of_vault(&texts.join(".obsidian"));
        add(Patterns::of_globs(&templates, unread), Base::Texts, "templates of new notes");
        add(Patterns::of_globs(&excluded, unread), Base::Texts, "Obsidian Publish leaves it out");
    }
    all
}

/// The folders and files of a vault that hold templates of notes, and those that it does not publish.
fn of_vault(settings: &Path) -> (Vec<String>, Vec<String>) {
    let read = |name: &str| {
        let text = std::fs::read_to_string(settings.join(name)).unwrap_or_default();
        yaml::parse(&text).unwrap_or(Yaml::Null)
    };
    let said =
        |name: &str, key: &str| read(name).at(key).into_iter().flat_map(texts).map(String::from).collect::<Vec<_>>();
    let note = |name: String| if name.ends_with(".md") { name } else { format!("{name}.md") };
    let notes = ["daily-notes.json", "zk-prefixer.json"].into_iter().flat_map(|name| said(name, "template")).map(note);
    let folders = [
        said("templates.json", "folder"),
        said("plugins/templater-obsidian/data.json", "templates_folder"),
        said("plugins/templater-obsidian/data.json", "template_folder"),
    ];
    let templates = folders.into_iter().flatten().chain(notes).filter(|name| !name.trim_matches(['/', '.']).is_empty());
    (templates.collect(), said("publish.json", "excluded"))
}

/// A text, or those of a list.
fn texts(value: &Yaml) -> Vec<&str> {
    match value {
        Yaml::List(items) => items.iter().filter_map(Yaml::as_text).collect(),
        one => one.as_text().into_iter().collect(),
    }
}

/// Patterns for files that are left out; the last one that fits decides.
#[derive(Default)]
struct Patterns {
    all: Vec<Pattern>,
    /// Whether the tool has them by itself: then they matter only where they fit texts.
    built_in: bool,
}

struct Pattern {
    fits: Fitting,
    /// Whether it takes back what an earlier one leaves out.
    takes_back: bool,
}

enum Fitting {
    /// The name of a file or folder anywhere.
    Name(Glob),
    /// A path.
    Path(Glob),
    /// A part of a path.
    Expression(Expression),
}

impl Patterns {
    /// Those of a file such as `.gitignore`: without a slash before its end, a pattern is a name anywhere.
    fn of_lines<'t>(lines: impl IntoIterator<Item = &'t str>, unread: &mut Vec<String>) -> Self {
        let mut patterns = Self::default();
        let lines = lines.into_iter().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<&str> = lines.collect();
        // What is left out with all that lies in it is the folder, unless a part of it is taken back.
        let ends: &[&str] =
            if lines.iter().any(|line| line.starts_with('!')) { &["/"] } else { &["/**/*", "/**", "/*", "/"] };
        for line in lines {
            let (takes_back, pattern) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
            let folder = ends.iter().find_map(|end| pattern.strip_suffix(end));
            let folder = folder.filter(|folder| !folder.is_empty() && *folder != "**").unwrap_or(pattern);
            let anchored = folder.contains('/') || folder != pattern && pattern.ends_with('*');
            match Glob::parse(folder.trim_start_matches('/')) {
                Ok(glob) => {
                    let fits = if anchored { Fitting::Path(glob) } else { Fitting::Name(glob) };
                    patterns.all.push(Pattern { fits, takes_back });
                }
                Err(_) => unread.push(line.to_string()),
            }
        }
        patterns
    }

    /// Names anywhere that the tool leaves out by itself.
    fn built_in(names: &[&str]) -> Self {
        Self { built_in: true, ..Self::of_lines(names.iter().copied(), &mut Vec::new()) }
    }

    /// Patterns for whole paths.
    fn of_globs(globs: &[String], unread: &mut Vec<String>) -> Self {
        let anchored: Vec<_> =
            globs.iter().map(|glob| format!("/{}", glob.trim_start_matches("./").trim_start_matches('/'))).collect();
        Self::of_lines(anchored.iter().map(String::as_str), unread)
    }

    /// Regular expressions for any part of a path.
    fn of_expressions<'t>(all: impl Iterator<Item = &'t str>, unread: &mut Vec<String>) -> Self {
        let mut patterns = Self::default();
        for text in all {
            match Expression::parse(text) {
                Some(expression) => {
                    patterns.all.push(Pattern { fits: Fitting::Expression(expression), takes_back: false });
                }
                None => unread.push(text.to_string()),
            }
        }
        patterns
    }

    /// Names that begin with a sign, but for posts, for collections that are published and for what the configuration takes in.
    fn of_jekyll(values: &Yaml) -> Self {
        let mut lines: Vec<String> = ["_*", "\\#*", "*~", "!_posts", "!_index.*"].map(String::from).to_vec();
        if let Some(Yaml::Map(collections)) = values.get("collections") {
            let published = collections.iter().filter(|(_, keys)| keys.get("output") == Some(&Yaml::Bool(true)));
            lines.extend(published.map(|(name, _)| format!("!_{name}")));
        }
        lines.extend(values.get("include").into_iter().flat_map(texts).map(|name| format!("!{name}")));
        Self::built_in(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The file or the folder above it that is left out, of a path in a folder. Patterns see its path in that folder behind
    /// what stands before it. A folder that is drafted itself is never left out.
    fn left_out<'p>(&self, path: &'p str, folder: &str, before: &str) -> Option<&'p str> {
        if self.all.is_empty() || !is_below(path, folder) {
            return None;
        }
        let begin = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let inside = path.get(begin..)?;
        let whole = joined(before, inside);
        let ends = inside.match_indices('/').map(|(at, _)| at).chain([inside.len()]);
        let mut ends = ends.filter(|end| self.contain(&whole[..whole.len() - inside.len() + end]));
        Some(&path[..begin + ends.next()?])
    }

    fn contain(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let last = self.all.iter().rev().find(|pattern| match &pattern.fits {
            Fitting::Name(glob) => glob.fits(name),
            Fitting::Path(glob) => glob.fits(path),
            Fitting::Expression(expression) => expression.fits(path),
        });
        last.is_some_and(|pattern| !pattern.takes_back)
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

//! Folders to kinds: one for all texts, and one for each folder whose keys differ from those of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::addresses::{DraftAddresses, addresses};
use super::config::{Config, DraftListed};
use super::fields::{self, DraftField};
use super::keys::DraftKeys;
use super::names::names_a_language;
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::{is_below, path_in, without_extension};
use crate::links::{is_index, slug_of_path};
use crate::model::value::Date;
use crate::url::slug;
use crate::yaml::Yaml;

/// So many texts make a kind of a folder.
const ENOUGH: usize = 3;

/// So few pages that belong to no list stand in the menu.
const FEW: usize = 7;

/// The last part of the address of a list where a text has the address above it.
const EVERYTHING: &str = "/all/";

/// So many folders outside of the site are named.
const LISTED: usize = 8;

/// A kind as it is drafted.
pub(super) struct DraftKind {
    pub name: String,
    pub plural: String,
    /// Its folder, from the drafted one on; empty for that itself.
    pub folder: String,
    pub url: String,
    pub index: DraftIndex,
    /// Whether a text has the address at which its list would be.
    pub has_landing: bool,
    /// Its few pages that stand in the menu, as that names them.
    pub in_menu: Vec<String>,
    pub dated: bool,
    pub texts: usize,
    pub fields: Vec<DraftField>,
    /// The key of old addresses, with their number.
    pub redirects: Option<(String, usize)>,
    /// What addresses come from besides the names of files.
    pub addresses: Option<DraftAddresses>,
    /// What keys of the tool mean.
    pub keys: DraftKeys,
    pub order: Option<String>,
    /// Keys that are no words for readers, each with how many texts have it.
    pub data: Vec<(String, usize)>,
    /// Whether its folders stand beside each of its pages.
    pub folders: bool,
    /// The texts in their order and groups, each with a title where its own is none or another one.
    pub contents: Vec<DraftListed>,
    /// Keys whose values name texts of another kind.
    pub relations: Vec<DraftRelation>,
}

/// A key that relates the texts of a kind to those of another one.
pub(super) struct DraftRelation {
    /// The key.
    pub key: String,
    /// The name of the other kind.
    pub to: String,
    /// The key on the other side.
    pub back: String,
    /// How many values there are.
    pub count: usize,
    /// The field that the key is where it relates nothing.
    pub field: DraftField,
}

/// The page that lists the entries of a kind.
pub(super) enum DraftIndex {
    /// It lies where their addresses begin.
    Own,
    /// It lies elsewhere.
    At(String),
    /// There is none: they stand beside each page, in the menu, or on a page that somebody wrote.
    Nowhere,
}

/// The texts of a site, but for the posts of its blog.
pub(super) fn texts_of_site<'s>(seen: &'s FolderContents, config: &Config) -> Vec<&'s MarkdownFile> {
    let is_post = |path: &str| config.blog.as_ref().is_some_and(|(folder, _)| is_below(path, folder));
    let of_site = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder) && !config.is_own(&text.path));
    let of_site = of_site.filter(|text| !is_post(&text.path));
    let all: Vec<&MarkdownFile> = of_site.filter(|_| !config.is_of_blog).collect();
    if all.is_empty() && !config.is_of_blog { seen.texts.iter().collect() } else { all }
}

/// The kinds of a folder, the one for all texts last.
pub(super) fn kinds(seen: &FolderContents, config: &Config) -> Vec<DraftKind> {
    let all = texts_of_site(seen, config);
    let mut names = KindNames::default();
    let mut by_folder: BTreeMap<&str, Vec<&MarkdownFile>> = BTreeMap::new();
    for text in &all {
        let below = path_in(&text.path, &config.folder).and_then(|below| below.split_once('/'));
        if let Some((folder, _)) = below {
            by_folder.entry(folder).or_default().push(text);
        }
    }
    // A key makes a kind of a folder that most texts there have, and few elsewhere.
    let counts = keys_of(&all);
    let differs = |texts: &[&MarkdownFile]| {
        let others = all.len() - texts.len();
        let is_elsewhere = |key: &str, own: usize| {
            let count = counts.get(key).map_or(0, |count| count - own);
            count > 0 && count * 5 >= others
        };
        let mut most = keys_of(texts).into_iter().filter(|(_, count)| count * 2 >= texts.len());
        most.any(|(key, own)| !is_elsewhere(key, own) && (fields::is_own(key) || key == "date"))
    };
    let mut kinds: Vec<DraftKind> = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    let languages = languages(&by_folder, &all, &config.folder);
    for (folder, texts) in &by_folder {
        let jekyll = config.tool == Tool::Jekyll && *folder == "_posts";
        let collection = config.collections.iter().find(|(name, _)| name == folder).map(|(_, address)| address);
        let path = joined(&config.folder, folder);
        // Contents that go over several folders are those of one kind.
        let mut listed = config.contents.iter().filter_map(|listed| listed.path.as_deref());
        let is_listed = listed.any(|path| is_below(path, folder));
        let is_kind = texts.len() >= ENOUGH && texts.len() < all.len() && !languages.contains(folder) && !is_listed;
        if !(jekyll || collection.is_some() || is_kind && !slug(folder).is_empty() && differs(texts)) {
            continue;
        }
        let name = if jekyll { "posts".into() } else { slug(folder) };
        let mut kind = kind(names.of(&name), config, texts, path.clone());
        let own = || format!("/{}{}/{{slug}}{}", begin(&config.prefix), slug(folder), config.ending);
        kind.url = collection.cloned().unwrap_or_else(own);
        // What no list of days leads to stands beside the pages.
        kind.folders = collection.is_some() && !kind.dated;
        if jekyll {
            kind.become_posts(config);
        }
        if kind.base() == "/" && !jekyll && !config.tool.is_of_vue() {
            kind.index = DraftIndex::At(format!("/{}/", slug(folder)));
        } else if kind.stands_beside() && has_own_page(texts, &path) {
            (kind.index, kind.has_landing) = (DraftIndex::Nowhere, true);
        }
        taken.push(path);
        kinds.push(kind);
    }
    let rest: Vec<&MarkdownFile> =
        all.iter().copied().filter(|text| !taken.iter().any(|folder| is_below(&text.path, folder))).collect();
    if !rest.is_empty() {
        let name = match config.tool {
            _ if config.is_of_posts => "posts",
            tool if tool.is_of_notes() => "notes",
            Tool::MdBook => "chapters",
            Tool::Quarto => "docs",
            Tool::MkDocs | Tool::Docusaurus | Tool::Astro | Tool::Eleventy | Tool::Zola => "docs",
            Tool::VitePress | Tool::VuePress => "docs",
            _ => "articles",
        };
        let mut kind = kind(names.of(name), config, &rest, config.folder.clone());
        kind.url = format!("/{}{{slug}}{}", begin(&config.prefix), config.ending);
        if config.is_of_posts {
            kind.become_posts(config);
        }
        let below = |text: &&&MarkdownFile| path_in(&text.path, &config.folder).is_some_and(|path| path.contains('/'));
        let is_nested = rest.iter().filter(below).count() * 2 > rest.len();
        let docs = matches!(
            config.tool,
            Tool::MkDocs
                | Tool::Docusaurus
                | Tool::Astro
                | Tool::Zola
                | Tool::Eleventy
                | Tool::VitePress
                | Tool::VuePress
                | Tool::Jekyll
                | Tool::Quarto
        );
        kind.folders = (docs || is_nested) && !kind.dated;
        let titles: BTreeMap<&str, Option<&str>> =
            rest.iter().map(|text| (text.path.as_str(), text.title.as_deref())).collect();
        let listed = |listed: &DraftListed| {
            let own = listed.path.as_deref().map(|path| titles.get(joined(&config.folder, path).as_str()));
            let path = listed.path.clone().filter(|_| matches!(own, Some(Some(_))));
            let title =
                listed.title.clone().filter(|title| own.flatten().is_none_or(|own| *own != Some(title.as_str())));
            DraftListed { path, title, ..*listed }
        };
        // What lies in the folder of another kind is no part of these contents.
        kind.contents = super::order::without_empty(config.contents.iter().map(listed).collect());
        let has_lists = kinds.iter().any(|kind| !matches!(kind.index, DraftIndex::Nowhere));
        kind.lead_to(config, &rest, is_nested, has_lists);
        kinds.push(kind);
    }
    let of_blog = |text: &&MarkdownFile| {
        let folder = config.blog.as_ref().map(|(folder, _)| folder);
        folder.is_some_and(|folder| is_below(&text.path, folder)) && !config.is_own(&text.path)
    };
    let posts: Vec<&MarkdownFile> = seen.texts.iter().filter(of_blog).collect();
    if let Some((folder, at)) = config.blog.as_ref().filter(|_| !posts.is_empty()) {
        let mut kind = kind(names.of("posts"), config, &posts, folder.clone());
        // Most posts say theirs, or a day is part of all of them.
        let says = |post: &&&MarkdownFile| post.get("slug").is_some();
        if config.tool == Tool::MkDocs {
            kind.url.clone_from(at);
            kind.addresses = Some(DraftAddresses { from: vec!["slug", "title"], count: posts.len() });
        } else if posts.iter().filter(says).count() * 2 > posts.len() {
            kind.url = format!("/{}{{slug}}/", begin(at));
        } else {
            kind.url = format!("/{}{{year}}/{{month}}/{{day}}/{{name}}/", begin(at));
            kind.addresses = kind.addresses.and_then(DraftAddresses::of_files);
        }
        (kind.dated, kind.order) = (true, Some("-date".into()));
        kinds.push(kind);
    }
    for docs in &config.more_docs {
        let of_docs = |text: &&MarkdownFile| is_below(&text.path, &docs.folder) && !config.is_own(&text.path);
        let texts: Vec<&MarkdownFile> = seen.texts.iter().filter(of_docs).collect();
        let last = docs.folder.rsplit('/').next().unwrap_or_default();
        if texts.is_empty() || kinds.iter().any(|kind| kind.folder == docs.folder) {
            continue;
        }
        let mut kind = kind(names.of(&slug(last)), config, &texts, docs.folder.clone());
        kind.url = format!("/{}{{slug}}/", begin(&docs.at));
        let mut contents = docs.contents.clone();
        for listed in &mut contents {
            listed.path = listed.path.take().filter(|path| !config.is_own(&joined(&docs.folder, path)));
        }
        (kind.folders, kind.contents) = (!kind.dated, super::order::without_empty(contents));
        if docs.at.is_empty() {
            // Its few pages stand in the menu.
            kind.index = DraftIndex::Nowhere;
            let is_page = |text: &&&MarkdownFile| !has_own_page(&[**text], &docs.folder);
            kind.in_menu = texts.iter().filter(is_page).filter_map(|text| kind.in_menu(&text.path)).collect();
        } else if has_own_page(&texts, &docs.folder) {
            (kind.index, kind.has_landing) = (DraftIndex::Nowhere, true);
        }
        kinds.push(kind);
    }
    kinds
}

/// A sentence with the folders whose texts are part of no kind.
pub(super) fn elsewhere(seen: &FolderContents, config: &Config, kinds: &[DraftKind]) -> Option<String> {
    let shown: BTreeSet<&str> = seen.texts.iter().flat_map(|text| &text.shown).map(String::as_str).collect();
    let is_shown = |path: &str| shown.contains(path) || config.shown_from.iter().any(|folder| is_below(path, folder));
    let of_none = |text: &&MarkdownFile| {
        let is_of_kind = kinds.iter().any(|kind| is_below(&text.path, &kind.folder));
        !config.is_own(&text.path) && !is_of_kind && !is_shown(&text.path)
    };
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for text in seen.texts.iter().filter(of_none) {
        let folder = text.path.rsplit_once('/').map_or(".", |(folder, _)| folder);
        *folders.entry(folder.split('/').take(2).collect::<Vec<_>>().join("/")).or_default() += 1;
    }
    let count: usize = folders.values().sum();
    let mut all: Vec<_> = folders.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let more = if all.len() > LISTED { ", ..." } else { "" };
    let named: Vec<_> = all.iter().take(LISTED).map(|(folder, count)| format!("{folder} ({count})")).collect();
    (count > 0).then(|| {
        let files = super::words::counted(count, "Markdown file");
        let what = if count == 1 {
            "lies in no folder that the site reads, and is"
        } else {
            "lie in no folder that the site reads, and are"
        };
        format!("{files} {what} on no page: {}{more}", named.join(", "))
    })
}

impl DraftKind {
    /// Where the addresses of its entries begin.
    pub fn base(&self) -> &str {
        let before = self.url.split('{').next().unwrap_or_default();
        &before[..before.rfind('/').map_or(0, |at| at + 1)]
    }

    /// The address of the page that lists its entries.
    pub fn list(&self) -> Option<&str> {
        match &self.index {
            DraftIndex::Own => Some(self.base()),
            DraftIndex::At(url) => Some(url),
            DraftIndex::Nowhere => None,
        }
    }

    /// Whether its entries stand beside each of its pages.
    pub fn stands_beside(&self) -> bool {
        self.folders || !self.contents.is_empty() || self.keys.parent.is_some()
    }

    /// Moves the page that lists its entries away from an address that a text has.
    pub fn move_list(&mut self) {
        let at = self.list().unwrap_or("/").to_string();
        self.has_landing |= at != "/";
        self.index = if self.stands_beside() || at.ends_with(EVERYTHING) {
            DraftIndex::Nowhere
        } else if at == "/" {
            DraftIndex::At(format!("/{}/", slug(&self.plural)))
        } else {
            DraftIndex::At(format!("{}{EVERYTHING}", at.trim_end_matches('/')))
        };
    }

    /// Decides how readers find the texts that are of no other kind.
    fn lead_to(&mut self, config: &Config, texts: &[&MarkdownFile], is_nested: bool, has_lists: bool) {
        let has_page = has_own_page(texts, &self.folder);
        let is_few = texts.len() <= FEW + usize::from(has_page) && config.menu.is_empty();
        let is_of_notes = config.tool.is_of_notes() || config.tool == Tool::Plain;
        let is_loose = !is_nested && self.contents.is_empty() && self.keys.parent.is_none();
        if has_lists && is_few && is_loose && config.prefix.is_empty() {
            (self.index, self.folders) = (DraftIndex::Nowhere, false);
            let name =
                |text: &&MarkdownFile| self.in_menu(&text.path).filter(|_| !has_own_page(&[*text], &self.folder));
            self.in_menu = texts.iter().filter_map(name).collect();
        } else if self.stands_beside() {
            let is_home = config.prefix.is_empty();
            self.has_landing = has_page && !is_home;
            self.index = if is_home || has_page { DraftIndex::Nowhere } else { DraftIndex::Own };
        } else if has_lists || is_of_notes && !self.dated {
            self.folders = true;
            // Where nobody wrote a first page the list of all texts is one.
            if has_lists || has_page || has_home(texts, &self.folder) || !config.prefix.is_empty() {
                self.index = DraftIndex::Nowhere;
            }
        }
    }

    /// What a menu calls a text of the kind: that which stands for its folder is its list, or the page at its address.
    pub fn in_menu(&self, path: &str) -> Option<String> {
        let below = path_in(without_extension(path)?, &self.folder)?;
        let (folders, name) = below.rsplit_once('/').unwrap_or(("", below));
        let stands_for_folder = is_index(name) || name.eq_ignore_ascii_case("readme");
        let slug = slug_of_path(if stands_for_folder { folders } else { below }, false);
        match slug.as_str() {
            "" if stands_for_folder && folders.is_empty() => Some(self.list().unwrap_or(self.base()).to_string()),
            "" => None,
            slug => Some(format!("{}/{slug}", self.plural)),
        }
    }

    /// Makes dated posts of Jekyll of it, which keep their addresses.
    fn become_posts(&mut self, config: &Config) {
        self.url = config.posts.clone().unwrap_or_else(|| "/{year}/{month}/{day}/{name}.html".into());
        if self.order.is_none() {
            (self.dated, self.order) = (true, Some("-date".into()));
        }
    }
}

/// The folders that hold translations: called like languages, and several, or with the same texts as others have.
fn languages<'f>(
    by_folder: &BTreeMap<&'f str, Vec<&MarkdownFile>>,
    all: &[&MarkdownFile],
    folder: &str,
) -> BTreeSet<&'f str> {
    let named: Vec<&str> = by_folder.keys().copied().filter(|name| names_a_language(name)).collect();
    let below = |text: &MarkdownFile, folder: &str| path_in(&text.path, folder).unwrap_or(&text.path).to_string();
    let has_twins = |name: &&str| {
        let path = joined(folder, name);
        let others = all.iter().filter(|text| !is_below(&text.path, &path));
        let others: BTreeSet<String> = others.map(|text| below(text, folder)).collect();
        let texts = &by_folder[*name];
        texts.iter().filter(|text| others.contains(&below(text, &path))).count() * 2 >= texts.len()
    };
    match named.len() {
        0 | 1 => named.into_iter().filter(has_twins).collect(),
        _ => named.into_iter().collect(),
    }
}

/// A prefix with the slash behind it, where there is one.
fn begin(prefix: &str) -> String {
    if prefix.is_empty() { String::new() } else { format!("{prefix}/") }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

/// The keys of some texts, with how often each stands there.
fn keys_of<'t>(texts: &[&'t MarkdownFile]) -> BTreeMap<&'t str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in texts.iter().flat_map(|text| &text.keys) {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// Whether a text stands for the folder of a kind.
fn has_own_page(texts: &[&MarkdownFile], folder: &str) -> bool {
    texts.iter().any(|text| {
        let below = without_extension(&text.path).and_then(|path| path_in(path, folder)).unwrap_or_default();
        ["index", "_index", "readme"].contains(&below.to_ascii_lowercase().as_str())
    })
}

/// Whether a text is the home page, as notes call it.
fn has_home(texts: &[&MarkdownFile], folder: &str) -> bool {
    let is_home = |name: &str| ["home.md", "start.md"].iter().any(|home| name.eq_ignore_ascii_case(home));
    texts.iter().any(|text| path_in(&text.path, folder).is_some_and(is_home))
}

fn kind((name, plural): (String, String), config: &Config, texts: &[&MarkdownFile], folder: String) -> DraftKind {
    let has = |key: &str| texts.iter().filter(|text| text.get(key).is_some()).count();
    let most = |key: &str| has(key) * 2 > texts.len();
    let keys = DraftKeys::of(texts);
    let order = ["weight", "order", "sidebar_position"].into_iter().find(|key| most(key)).or(keys.order);
    // What is the title or the day of a page is shown as that.
    let addresses = addresses(config, texts, &folder);
    let says_address = |name: &str| addresses.as_ref().is_some_and(|addresses| addresses.from.contains(&name));
    let mut drafted = fields::fields(texts, config);
    drafted.retain(|field| !says_address(&field.name));
    drafted.retain(|field| [&keys.title, &keys.date, &keys.updated].iter().all(|known| !known.contains(&field.name)));
    let day = drafted.iter().find(|field| field.declared == "date" && field.count * 2 > texts.len());
    let in_path = |text: &&&MarkdownFile| {
        let path = text.get("path").filter(|_| says_address("path")).and_then(Yaml::as_text);
        path.is_some_and(|path| Date::in_address(path).is_some())
    };
    let in_paths = texts.iter().filter(in_path).count() * 2 > texts.len();
    let has_date = most("date") || keys.date.iter().any(|key| most(key)) || in_paths;
    let day = if has_date { Some("date".to_string()) } else { day.map(|field| field.name.clone()) };
    DraftKind {
        dated: day.is_some() && order.is_none(),
        order: order.map(String::from).or_else(|| day.map(|key| format!("-{key}"))),
        url: String::new(),
        index: DraftIndex::Own,
        has_landing: false,
        in_menu: Vec::new(),
        texts: texts.len(),
        data: fields::data(texts, config),
        fields: drafted,
        redirects: fields::old_addresses(texts, config.tool),
        addresses,
        keys,
        folders: false,
        contents: Vec::new(),
        relations: Vec::new(),
        name,
        plural,
        folder,
    }
}

/// Names of kinds that are given once.
#[derive(Default)]
struct KindNames(BTreeSet<String>);

impl KindNames {
    /// The name of one and of many, from that of a folder.
    fn of(&mut self, folder: &str) -> (String, String) {
        let folder = if matches!(folder, "page" | "pages") { "texts" } else { folder };
        let folder =
            if folder.starts_with(|c: char| c.is_ascii_digit()) { format!("v-{folder}") } else { folder.into() };
        let one = match folder.strip_suffix('s').filter(|one| one.len() > 2 && !one.ends_with('s')) {
            Some(one) => one.strip_suffix("ie").map_or_else(|| one.to_string(), |stem| format!("{stem}y")),
            None => folder.clone(),
        };
        for number in 1.. {
            let behind = if number == 1 { String::new() } else { format!("-{number}") };
            let (one, many) = (format!("{one}{behind}"), format!("{folder}{behind}"));
            if !self.0.contains(&one) && !self.0.contains(&many) {
                self.0.extend([one.clone(), many.clone()]);
                return (one, many);
            }
        }
        (one, folder)
    }
}

//! The text of the drafted `site.yaml`, with a comment on every line that was guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::config::{Config, DraftMenuItem, DraftTarget};
use super::constructs;
use super::fields::DraftField;
use super::formulas;
use super::kinds::DraftKind;
use super::lines::{counted, ignored, in_quotes, push_kind};
use super::look::{FolderContents, MarkdownFile};
use super::menu;
use super::order::without_empty;
use super::redirects::{self, RedirectLine};
use super::tool::Tool;
use crate::folders::{is_below, path_in, without_extension};
use crate::url::site_url;
use crate::yaml::{Yaml, flow, quoted};

/// Schemes that programs open which many people have; others are drawn as their words.
const KNOWN: &[&str] =
    &["sms", "webcal", "geo", "ftp", "irc", "ircs", "matrix", "xmpp", "magnet", "obsidian", "vscode", "zotero", "sip"];

/// So many redirects that are none here are named.
const NAMED: usize = 8;

/// The host of a site of which nothing says where it will live.
pub(super) const EXAMPLE: &str = "https://example.org";

/// Whether this program draws formulas.
const DRAWS_FORMULAS: bool = cfg!(feature = "math");

/// Everything that the declaration will say.
pub(super) struct ImportPlan {
    title: String,
    tool: Tool,
    description: Option<String>,
    base_url: Option<String>,
    language: Option<String>,
    language_is_guessed: bool,
    home: Option<String>,
    kinds: Vec<DraftKind>,
    groups: Vec<(String, String)>,
    feed: Option<String>,
    redirects: Vec<RedirectLine>,
    /// Texts with the addresses that the tool makes of their paths.
    addresses_of_tool: BTreeMap<String, String>,
    /// Old addresses of texts that no key of a kind can say, by the texts.
    aliases: BTreeMap<String, Vec<String>>,
    /// Redirects of the tool that are none here.
    lost_redirects: Vec<(String, String)>,
    html: bool,
    wikilinks: bool,
    /// Files and folders of which texts show parts.
    includes: Vec<String>,
    /// Whether tags of templates are no text.
    pub template_tags: bool,
    params: Vec<(String, Yaml)>,
    schemes: BTreeMap<String, usize>,
    /// The menu of the tool.
    menu: Vec<DraftMenuItem>,
    /// Where links of the menu lead nowhere.
    pub nowhere: BTreeSet<String>,
    own: Vec<(String, &'static str)>,
    /// The texts among what is no part of the site, by the reason: the first one, and how many there are.
    held: BTreeMap<&'static str, (String, usize)>,
    /// The first page that is made of components alone, with the first of these, and how many such pages there are.
    alone: Option<(String, usize)>,
    /// Files of a vault that only its program shows, by what they are.
    drawings: Vec<(&'static str, usize)>,
    own_robots: Option<String>,
    statics: Vec<(String, String)>,
    output: Option<&'static str>,
    hosts: BTreeMap<String, usize>,
    /// The first text with formulas that its tool draws, and how many have some.
    formulas: Option<(String, usize)>,
    /// Codes that are lowered to warnings, with how often and where they are raised.
    pub checks: BTreeMap<String, (usize, String)>,
    /// Where addresses begin that the folder has not, with how many links lead there.
    pub outside: Vec<(String, usize)>,
    /// Where the files of the folder can be read, where links lead to some that are no part of the site.
    pub repository: Option<String>,
    repository_of_tool: Option<String>,
    /// The first file that says that it is private or a draft, and how many do.
    pub kept_back: Option<(String, usize)>,
    /// All such files.
    pub hidden: BTreeSet<String>,
    /// Files that have to be left out, and why.
    pub ignored: BTreeMap<String, String>,
}

impl ImportPlan {
    pub fn new(seen: &FolderContents, config: &Config, kinds: Vec<DraftKind>) -> Self {
        let redirects = redirects::lines(&config.redirects, &kinds);
        let (redirects, lost): (Vec<_>, Vec<_>) = redirects.into_iter().partition(|redirect| !redirect.to.is_empty());
        Self {
            title: config.title.clone().unwrap_or_else(|| config.name.clone()),
            tool: config.tool,
            description: config.description.clone(),
            base_url: config.base_url.clone(),
            language: config.language.clone(),
            language_is_guessed: config.language_is_guessed,
            home: home(seen, config),
            groups: config.groups.clone(),
            feed: config.feed.clone(),
            redirects,
            addresses_of_tool: super::addresses::of_tool(seen, config),
            aliases: aliases(seen, &kinds, config),
            lost_redirects: lost.into_iter().map(|redirect| redirect.written).collect(),
            html: seen.html,
            wikilinks: config.tool.has_wikilinks() || seen.wikilinks * 4 > seen.texts.len(),
            includes: includes(seen, config),
            template_tags: config.tool == Tool::Jekyll || config.tool.has_template_tags() && constructs::has_tags(seen),
            params: config.params.clone(),
            schemes: seen.schemes.clone(),
            menu: menu::of_site(config),
            own: config.own.clone(),
            held: held(seen, config),
            alone: alone(seen, config),
            drawings: drawings(seen),
            own_robots: config.own_robots.clone(),
            statics: config.statics.clone(),
            output: config.output,
            hosts: seen.hosts.clone(),
            formulas: formulas::texts(seen, config),
            kinds,
            nowhere: BTreeSet::new(),
            checks: BTreeMap::new(),
            outside: Vec::new(),
            repository: None,
            repository_of_tool: config.repository.clone(),
            kept_back: None,
            hidden: BTreeSet::new(),
            ignored: BTreeMap::new(),
        }
    }

    /// Whether readers see a text: it is of a kind, neither left out nor kept back.
    pub fn is_on_a_page(&self, path: &str) -> bool {
        let is_of_kind = self.kinds.iter().any(|kind| is_below(path, &kind.folder));
        is_of_kind && !self.ignored.contains_key(path) && !self.hidden.contains(path)
    }

    /// Leaves a file out, with all that leads to it.
    pub fn leave_out(&mut self, path: &str, why: String) {
        for kind in &mut self.kinds {
            let name = kind.in_menu(path).filter(|_| is_below(path, &kind.folder));
            kind.in_menu.retain(|to| Some(to) != name.as_ref());
            let mut contents = std::mem::take(&mut kind.contents);
            for listed in &mut contents {
                listed.path = listed.path.take().filter(|listed| joined(&kind.folder, listed) != path);
            }
            kind.contents = without_empty(contents);
        }
        self.menu.retain(|item| !matches!(&item.to, DraftTarget::Text(to) if to == path));
        self.home = self.home.take().filter(|home| home != path);
        self.ignored.insert(path.to_string(), why);
    }

    /// Leads on from the old addresses of a text. Says whether that is new.
    pub fn lead_on(&mut self, path: &str, url: &str) -> bool {
        let aliases = self.aliases.remove(path).unwrap_or_default();
        for alias in &aliases {
            // Relative ones lie beside the page.
            let page = if url == "/" { url } else { url.trim_end_matches('/') };
            let from = if alias.starts_with('/') { alias.clone() } else { redirects::beside(page, alias) };
            let written = (alias.clone(), url.to_string());
            let is_known = self.redirects.iter().any(|known| known.from.trim_matches('/') == from.trim_matches('/'));
            if is_known || site_url(&from).is_err() {
                self.lost_redirects.push(written);
            } else {
                self.redirects.push(RedirectLine { from, to: url.to_string(), written, is_said: true });
            }
        }
        self.lead_on_from_tool(path, url) || !aliases.is_empty()
    }

    /// Leads on from the address that the tool gave to a text, where the site gives it another one. Says whether that is new.
    fn lead_on_from_tool(&mut self, path: &str, url: &str) -> bool {
        let Some(from) = self.addresses_of_tool.remove(path).filter(|from| from != url) else { return false };
        let written = (from.clone(), url.to_string());
        self.redirects.push(RedirectLine { from, to: url.to_string(), written, is_said: true });
        true
    }

    /// Moves the page that lists its entries for every kind where a text has that address, and the pages of groups.
    pub fn move_lists(&mut self, address: &str) -> bool {
        let groups = self.groups.len();
        self.groups.retain(|(_, url)| !address.starts_with(url.as_str()));
        if self.groups.len() < groups {
            return true;
        }
        let clash = |kind: &&mut DraftKind| kind.list() == Some(address);
        self.kinds.iter_mut().filter(clash).map(DraftKind::move_list).count() > 0
    }

    /// Takes the relation back whose key stands last before a place of a text. Says whether there was one, or has been.
    pub fn withdraw_relation(&mut self, before: &str) -> bool {
        super::relations::withdraw(&mut self.kinds, before)
    }

    /// Takes the redirect back on whose line a place of the declaration stands. Says whether there is one.
    pub fn withdraw_redirect(&mut self, declaration: &str, at: usize) -> bool {
        let start = declaration[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = declaration[start..].lines().next().unwrap_or_default();
        let Some(number) = self.redirects.iter().position(|redirect| redirect_line(redirect) == line) else {
            return false;
        };
        let redirect = self.redirects.remove(number);
        self.lost_redirects.extend(redirect.is_said.then_some(redirect.written));
        true
    }

    /// The paths that the site publishes as they are: `static/` where it names none.
    pub fn static_paths(&self) -> Vec<String> {
        match self.statics.as_slice() {
            [] => vec!["static".into()],
            statics => statics.iter().map(|(path, _)| path.clone()).collect(),
        }
    }

    /// Whether a file lies in no folder of the site.
    pub fn is_beside(&self, path: &str) -> bool {
        self.kinds.iter().all(|kind| !is_below(path, &kind.folder))
            && self.statics.iter().all(|(own, _)| !is_below(path, own))
    }

    /// Leads links to files beside the site to the code host of the tool, where that is known. Says whether that is new.
    pub fn lead_to_repository(&mut self) -> bool {
        let Some(repository) = self.repository_of_tool.take() else { return false };
        self.repository = Some(repository);
        true
    }

    /// A sentence with the redirects of the tool that are none here.
    fn lost_redirects(&self) -> Option<String> {
        let all = &self.lost_redirects;
        let named: Vec<String> = all.iter().take(NAMED).map(|(from, to)| format!("{from} to {to}")).collect();
        let more = if all.len() > NAMED { ", ..." } else { "" };
        (!all.is_empty()).then(|| {
            let redirects = counted(all.len(), "redirect");
            let tool = self.tool.name();
            let why = "a pattern, from the address of a page, or to nothing that is there";
            format!("{redirects} of {tool} not taken over ({why}): {}{more}", named.join(", "))
        })
    }

    /// What whoever reads the draft should know besides.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.base_url.as_ref().is_none_or(|url| url.starts_with(EXAMPLE)) {
            notes.push("`base_url` is an example: write where the site will live".into());
        }
        if let Some(language) = self.language.as_deref().filter(|_| self.language_is_guessed) {
            notes.push(format!("`language: {language}` is guessed from the letters of the texts"));
        }
        if let Some((first, count)) = self.formulas.as_ref().filter(|_| !DRAWS_FORMULAS) {
            notes.push(format!(
                "formulas in {}, first {first}, are shown as they were typed: `markdown: {{math: true}}` draws them in a program that is built with `--features math`",
                counted(*count, "file")
            ));
        }
        if let Some((first, count)) = &self.kept_back {
            let files = counted(*count, "file");
            notes.push(format!("{files} kept back as private or as drafts, first {first}: `--drafts` shows drafts"));
        }
        if let Some((first, count)) = &self.alone {
            let pages = counted(*count, "page");
            notes
                .push(format!("{pages} made of components alone, with no more than the words of these: first {first}"));
        }
        notes.extend(
            self.drawings
                .iter()
                .map(|(what, count)| format!("{} no page is made of: {what} of Obsidian", counted(*count, "file"))),
        );
        let mut ignored: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for (path, why) in &self.ignored {
            ignored.entry(why).or_insert((path, 0)).1 += 1;
        }
        let held = self.held.iter().map(|(why, (first, count))| (*why, (first.as_str(), *count)));
        notes.extend(held.chain(ignored).map(|(why, (first, count))| {
            let files = if count == 1 {
                format!("{first} is left out")
            } else {
                format!("{count} files are left out, first {first}")
            };
            format!("{files}: {why}")
        }));
        notes.extend(self.lost_redirects());
        notes
    }

    /// The declaration.
    pub fn text(&self) -> String {
        let mut out = format!("# Drafted by `limber import` from {}. Every line may be changed.\n", self.tool.name());
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {}\n", quoted(value)));
        line("title", &self.title);
        self.description.iter().for_each(|text| line("description", text));
        line("base_url", &self.base_url.clone().unwrap_or_else(|| format!("{EXAMPLE}/")));
        line("language", self.language.as_deref().unwrap_or("en"));
        self.home.iter().for_each(|path| line("home", path));
        if !self.params.is_empty() {
            out.push_str("params: # values that texts show, as `{{ site.key }}`\n");
            for (key, value) in &self.params {
                out.push_str(&format!("  {}: {}\n", quoted(key), flow(value)));
            }
        }
        if !self.statics.is_empty() {
            out.push_str(&format!("static: # what {} publishes as it is, and where\n", self.tool.name()));
            for (path, url) in &self.statics {
                out.push_str(&format!("  {}: {}\n", quoted(path), quoted(url)));
            }
        }
        if let Some(output) = self.output {
            out.push_str(&format!("output: {output} # `public/` holds files of another tool\n"));
        }
        if !self.ignored.is_empty() || !self.own.is_empty() {
            out.push_str("ignore: # what is no part of the site, or cannot be published as it is\n");
            let own = self.own.iter().map(|(path, why)| (path, *why));
            let all = own.chain(self.ignored.iter().map(|(path, why)| (path, why.as_str())));
            let mut known = BTreeSet::new();
            for (pattern, why) in all.map(|(path, why)| (ignored(path, why), why)) {
                if known.insert(pattern.clone()) {
                    out.push_str(&format!("  - {} # {why}\n", quoted(&pattern)));
                }
            }
        }
        out.push_str("kinds:\n");
        for (at, kind) in self.kinds.iter().enumerate() {
            push_kind(&mut out, kind, &self.groups_of(at), self.tool.name());
        }
        self.push_relations(&mut out);
        let robots = self.own_robots.as_ref().map(|path| ("robots: false".into(), format!("`{path}` is there")));
        let feed = self.feed.as_ref().map(|url| (format!("feed: {{url: {url}}}"), "the feed of the tool".to_string()));
        let (pages, why): (Vec<String>, Vec<String>) = robots.into_iter().chain(feed).unzip();
        if !pages.is_empty() {
            out.push_str(&format!("pages: {{{}}} # {}\n", pages.join(", "), why.join("; ")));
        }
        if !self.redirects.is_empty() {
            out.push_str(&format!("redirects: # addresses from which {} leads on\n", self.tool.name()));
            self.redirects.iter().for_each(|redirect| out.push_str(&format!("{}\n", redirect_line(redirect))));
        }
        self.push_menu(&mut out);
        out.push_str(&format!("markdown: {{allow_html: {}, wikilinks: {}", self.html, self.wikilinks));
        out.push_str(if self.tool.has_remarks() { "" } else { ", remarks: false" });
        self.tool.dialect().iter().for_each(|name| out.push_str(&format!(", dialect: {name}")));
        out.push_str(if self.template_tags { ", template_tags: true" } else { "" });
        out.push_str(if DRAWS_FORMULAS && self.formulas.is_some() { ", math: true" } else { "" });
        if !self.includes.is_empty() {
            let names: Vec<_> = self.includes.iter().map(|name| in_quotes(name)).collect();
            out.push_str(&format!(", includes: [{}]", names.join(", ")));
        }
        match self.tool.has_remarks() {
            true => out.push_str("}\n"),
            false => out.push_str(&format!("}} # `%%` is text in {}\n", self.tool.name())),
        }
        self.push_links(&mut out);
        out.push_str("checks: # what is only reported; `limber explain CODE` says what each means\n");
        out.push_str("  advice: off\n");
        for (code, (count, first)) in &self.checks {
            out.push_str(&format!("  {code}: warning # {count}, first at {first}\n"));
        }
        out
    }

    /// The keys by which a kind is grouped, as `site.yaml` has them. An address of the tool is that of the kind with the most values.
    fn groups_of(&self, at: usize) -> Vec<String> {
        let count = |kind: &DraftKind, name: &str| {
            let field = kind.fields.iter().find(|field| field.is_for_groups() && field.name.eq_ignore_ascii_case(name));
            field.map_or(0, |field| field.count)
        };
        let most = |name: &str| (0..self.kinds.len()).rev().max_by_key(|at| count(&self.kinds[*at], name));
        let mut names = BTreeSet::new();
        let is_first = |field: &&DraftField| field.is_for_groups() && names.insert(field.name.to_lowercase());
        let fields: Vec<&DraftField> = self.kinds[at].fields.iter().filter(is_first).collect();
        let group = |field: &DraftField| {
            let own = self.groups.iter().find(|(key, _)| key.eq_ignore_ascii_case(&field.name));
            match own.filter(|(key, _)| most(key) == Some(at)) {
                Some((_, url)) => format!("{{by: {}, url: {}}}", quoted(&field.name), in_quotes(url)),
                None => quoted(&field.name),
            }
        };
        fields.into_iter().map(group).collect()
    }

    fn push_menu(&self, out: &mut String) {
        let mut head = "theme:\n  menu:\n";
        for (title, to) in menu::lines(&self.menu, &self.kinds) {
            if self.nowhere.contains(&to) {
                continue;
            }
            out.push_str(std::mem::take(&mut head));
            out.push_str(&match title {
                Some(title) => format!("    - {{title: {}, to: {}}}\n", in_quotes(&title), in_quotes(&to)),
                None => format!("    - {}\n", in_quotes(&to)),
            });
        }
    }

    fn push_relations(&self, out: &mut String) {
        let mut head = "relations:\n";
        for (kind, relation) in self.kinds.iter().flat_map(|kind| kind.relations.iter().map(move |r| (kind, r))) {
            out.push_str(std::mem::take(&mut head));
            let (one, other) =
                (format!("{}.{}", kind.name, relation.key), format!("{}.{}", relation.to, relation.back));
            out.push_str(&format!("  - {{one: {one}, other: {other}}} # {} values name such a file\n", relation.count));
        }
    }

    fn push_links(&self, out: &mut String) {
        let (known, others): (Vec<_>, Vec<_>) =
            self.schemes.iter().partition(|(scheme, _)| KNOWN.contains(&scheme.as_str()));
        let list = |schemes: &[(&String, &usize)]| {
            schemes.iter().map(|(scheme, count)| format!("{scheme} ({count})")).collect::<Vec<_>>().join(", ")
        };
        let (mut keys, mut why) = (Vec::new(), Vec::new());
        if !known.is_empty() {
            let names: Vec<_> = known.iter().map(|(scheme, _)| scheme.as_str()).collect();
            keys.push(format!("schemes: [{}]", names.join(", ")));
            why.push(list(&known));
        }
        if let Some(repository) = &self.repository {
            keys.push(format!("repository: {}", in_quotes(repository)));
            why.push("where links lead to files that are no part of the site".into());
        }
        if !keys.is_empty() {
            out.push_str(&format!("links: {{{}}} # {}\n", keys.join(", "), why.join("; ")));
        }
        if !others.is_empty() {
            out.push_str(&format!("# Links that no browser opens are drawn as their words: {}\n", list(&others)));
        }
        if !self.outside.is_empty() {
            let all: Vec<_> = self.outside.iter().map(|(at, count)| format!("{at} ({count})")).collect();
            out.push_str(&format!(
                "# Links to what the folder has not, by where they begin; `links: {{outside: [/part]}}` leaves them as they are: {}\n",
                all.join(", ")
            ));
        }
        if !self.hosts.is_empty() {
            let all: Vec<_> = self.hosts.iter().map(|(host, count)| format!("{host} ({count})")).collect();
            out.push_str(&format!(
                "# Pages load nothing from other sites until `hosts: {{images: [HOST]}}` names them: {}\n",
                all.join(", ")
            ));
        }
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

/// The old addresses that texts of Hugo say, where the key of their kind cannot say them.
fn aliases(seen: &FolderContents, kinds: &[DraftKind], config: &Config) -> BTreeMap<String, Vec<String>> {
    let is_said = |path: &str| {
        let own = kinds.iter().filter(|kind| is_below(path, &kind.folder)).max_by_key(|kind| kind.folder.len());
        own.is_some_and(|kind| kind.redirects.is_some())
    };
    let texts = seen.texts.iter().filter(|text| config.tool == Tool::Hugo && !is_said(&text.path));
    let all = |text: &MarkdownFile| super::fields::aliases(text).map(String::from).collect();
    texts.map(|text| (text.path.clone(), all(text))).collect()
}

/// A line of `redirects`.
fn redirect_line(redirect: &RedirectLine) -> String {
    format!("  {}: {}", quoted(&redirect.from), quoted(&redirect.to))
}

/// The file of the home page, where it is not the one that stands for the folder of the texts.
fn home(seen: &FolderContents, config: &Config) -> Option<String> {
    let at = |name: &str| {
        let path = if config.folder.is_empty() { name.to_string() } else { format!("{}/{name}", config.folder) };
        let mut texts = seen.texts.iter().filter(|text| !config.is_own(&text.path));
        texts.find(|text| text.path.eq_ignore_ascii_case(&path)).map(|text| text.path.clone())
    };
    let stands_for_folder = |text: &MarkdownFile| {
        let below = without_extension(&text.path).and_then(|path| path_in(path, &config.folder));
        below.is_some_and(|name| ["index", "_index", "readme"].iter().any(|index| name.eq_ignore_ascii_case(index)))
    };
    let of_site = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder) && !config.is_own(&text.path));
    if of_site.into_iter().any(stands_for_folder) {
        return None;
    }
    let is_moved =
        |(folder, url): &(String, String)| url.starts_with("/{") && at(&format!("{folder}/index.md")).is_some();
    if config.tool == Tool::VitePress && config.collections.iter().any(is_moved) {
        return None;
    }
    if config.tool == Tool::Docusaurus {
        // Its home page is a program; all documents keep their addresses.
        let is_home = |text: &&MarkdownFile| is_below(&text.path, &config.folder) && !config.is_own(&text.path);
        let mut texts = seen.texts.iter().filter(is_home).filter(|_| config.prefix.is_empty());
        return texts.find(|text| text.get("slug").and_then(Yaml::as_text) == Some("/")).map(|text| text.path.clone());
    }
    at("Home.md")
        .or_else(|| at("start.md"))
        .or_else(|| at(config.contents.iter().find_map(|listed| listed.path.as_deref())?))
}

/// The pages that are made of components alone, where the tool has components.
fn alone(seen: &FolderContents, config: &Config) -> Option<(String, usize)> {
    let has_components = matches!(config.tool, Tool::VitePress | Tool::Docusaurus | Tool::Astro);
    let is_page = |text: &&MarkdownFile| is_below(&text.path, &config.folder) && !config.is_own(&text.path);
    let is_drawn = |text: &&MarkdownFile| text.get("hero").is_some() || text.get("features").is_some();
    let texts = seen.texts.iter().filter(is_page).filter(|text| !is_drawn(text) && has_components);
    let mut all = texts.filter_map(|text| Some(format!("{} (<{}>)", text.path, text.alone.as_deref()?)));
    let first = all.next()?;
    Some((first, all.count() + 1))
}

/// How many files there are that only the program of a vault shows.
fn drawings(seen: &FolderContents) -> Vec<(&'static str, usize)> {
    let count = |end: &str| seen.files.iter().filter(|path| path.ends_with(end)).count();
    let all = [("canvases (`.canvas`)", count(".canvas")), ("bases (`.base`)", count(".base"))];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// The texts that are no part of the site, by the reason.
fn held(seen: &FolderContents, config: &Config) -> BTreeMap<&'static str, (String, usize)> {
    let mut held = BTreeMap::new();
    for text in &seen.texts {
        if let Some((_, why)) = config.own.iter().find(|(path, _)| is_below(&text.path, path)) {
            held.entry(*why).or_insert_with(|| (text.path.clone(), 0)).1 += 1;
        }
    }
    held
}

/// The files and folders of which texts show parts: those next to the folder of the texts, or directly in it. What is no part
/// of the site is shown only where it is named itself.
fn includes(seen: &FolderContents, config: &Config) -> Vec<String> {
    let is_there = |path: &str| seen.files.contains(path) || seen.texts.iter().any(|text| text.path == path);
    let mut named: BTreeSet<String> = BTreeSet::new();
    for path in seen.texts.iter().flat_map(|text| &text.shown) {
        let bases = config.shown_from.iter().map(|base| (base.as_str(), format!("{base}/{path}")));
        let found = [("", path.clone())].into_iter().chain(bases).find(|(_, path)| is_there(path));
        let Some((base, path)) = found else { continue };
        if config.is_own(&path) {
            named.insert(path.clone());
        }
        let below = if config.folder.is_empty() { None } else { path.strip_prefix(&format!("{}/", config.folder)) };
        let first = below.unwrap_or(&path).split('/').next().unwrap_or_default();
        // Paths count from the folders that are named, and from that of the texts.
        let is_base = !base.is_empty() && base != config.folder;
        let folder = match below {
            _ if is_base => base.to_string(),
            Some(_) => format!("{}/{first}", config.folder),
            None => first.to_string(),
        };
        if is_base || !config.is_own(&path) {
            named.insert(folder);
        }
    }
    named.into_iter().filter(|name| crate::folders::folder(name).is_ok()).collect()
}

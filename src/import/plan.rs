//! What the drafted declaration will say, and how that changes while it is tried.

use std::collections::{BTreeMap, BTreeSet};

use super::beside_pages::{alone, drawings, held, includes};
use super::config::{Config, DraftMenuItem, DraftTarget};
use super::constructs;
use super::formulas;
use super::home::{home, title_of_home};
use super::kinds::DraftKind;
use super::menu;
use super::order::without_empty;
use super::redirects::{self, RedirectLine};
use super::seen::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::is_below;
use crate::url::{BaseUrl, site_url};
use crate::yaml::Yaml;

/// Everything that the declaration will say.
pub(super) struct ImportPlan {
    pub title: String,
    pub tool: Tool,
    pub description: Option<String>,
    pub base_url: Option<String>,
    pub language: Option<String>,
    pub language_is_guessed: bool,
    pub home: Option<String>,
    pub kinds: Vec<DraftKind>,
    pub groups: Vec<(String, String)>,
    pub feed: Option<String>,
    pub redirects: Vec<RedirectLine>,
    /// Texts with the addresses that the tool makes of their paths.
    pub addresses_of_tool: BTreeMap<String, String>,
    /// Old addresses of texts that no key of a kind can say, by the texts.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Redirects of the tool that are none here.
    pub lost_redirects: Vec<(String, String)>,
    pub html: bool,
    pub wikilinks: bool,
    /// Files and folders of which texts show parts.
    pub includes: Vec<String>,
    /// Whether tags of templates are no text.
    pub template_tags: bool,
    pub params: Vec<(String, Yaml)>,
    pub schemes: BTreeMap<String, usize>,
    /// The menu of the tool.
    pub menu: Vec<DraftMenuItem>,
    /// Where links of the menu lead nowhere.
    pub nowhere: BTreeSet<String>,
    pub own: Vec<(String, &'static str)>,
    /// The texts among what is no part of the site, by the reason: the first one, and how many there are.
    pub held: BTreeMap<&'static str, (String, usize)>,
    /// The first page that is made of components alone, with the first of these, and how many such pages there are.
    pub alone: Option<(String, usize)>,
    /// Files of a vault that only its program shows, by what they are.
    pub drawings: Vec<(&'static str, usize)>,
    pub own_robots: Option<String>,
    pub statics: Vec<(String, String)>,
    pub output: Option<&'static str>,
    pub hosts: BTreeMap<String, usize>,
    /// The first text with formulas that its tool draws, and how many have some.
    pub formulas: Option<(String, usize)>,
    /// Codes that are lowered to warnings, with how often and where they are raised.
    pub checks: BTreeMap<String, (usize, String)>,
    /// Where addresses begin that the folder has not, with how many links lead there.
    pub outside: Vec<(String, usize)>,
    /// Where addresses of other programs on the host begin, above the site, with how many links lead there.
    pub above: BTreeMap<String, usize>,
    /// Where the files of the folder can be read, where links lead to some that are no part of the site.
    pub repository: Option<String>,
    pub repository_of_tool: Option<String>,
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
        let home = home(seen, config);
        let said = config.title.clone().or_else(|| config.name.own.clone());
        let title = said.or_else(|| title_of_home(seen, config, home.as_deref()));
        let title = title.unwrap_or_else(|| config.name.other.clone());
        Self {
            title,
            tool: config.tool,
            description: config.description.clone(),
            base_url: config.base_url.clone(),
            language: config.language.clone(),
            language_is_guessed: config.language_is_guessed,
            home,
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
            own: config.own.all.clone(),
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
            above: BTreeMap::new(),
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
        let Some(number) = self.redirects.iter().position(|redirect| redirects::redirect_line(redirect) == line) else {
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

    /// Leaves a link to an address above the site as it is, where it is known in which part of its host the site lies. Says
    /// whether it is.
    pub fn lead_above(&mut self, begins: &str) -> bool {
        let base = self.base_url.as_deref().and_then(|url| BaseUrl::parse(url).ok());
        let is_known = base.is_some_and(|base| base.path != "/");
        if is_known {
            *self.above.entry(begins.to_string()).or_default() += 1;
        }
        is_known
    }

    /// Leads links to files beside the site to the code host of the tool, where that is known. Says whether that is new.
    pub fn lead_to_repository(&mut self) -> bool {
        let Some(repository) = self.repository_of_tool.take() else { return false };
        self.repository = Some(repository);
        true
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

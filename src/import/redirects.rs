//! Addresses from which a tool leads on, as its configuration or its texts say: the `redirects` of a site.

use std::collections::BTreeSet;
use std::path::Path;

use super::config::{Config, DraftRedirect, DraftTarget};
use super::kinds::DraftKind;
use super::literal;
use super::mkdocs;
use super::seen::{FolderContents, MarkdownFile};
use super::targets::target;
use super::tool::{Tool, ToolFolder};
use crate::folders::{is_below, path_in, without_extension};
use crate::url::{site_url, slug};
use crate::yaml::{self, Yaml, quoted};

/// So many addresses at most are followed from one redirect on.
const STEPS: usize = 4;

/// A redirect as `site.yaml` has it.
pub(super) struct RedirectLine {
    pub from: String,
    pub to: String,
    /// As the tool has it, and whether a report says what becomes of it.
    pub written: (String, String),
    pub is_said: bool,
}

/// All redirects of a tool.
pub(super) fn redirects(of: &ToolFolder<'_>, config: &Config, seen: &FolderContents) -> Vec<DraftRedirect> {
    let drafted = |(from, to): (String, String)| draft(from, to, config, seen);
    let all = match of.tool {
        Tool::MdBook => pairs(of.values.at("output.html.redirect")),
        Tool::MkDocs => pairs(mkdocs::redirects(of.values)),
        Tool::Zola => of_sections(config, seen),
        Tool::Docusaurus => rules(literal::value_of(of.text, "redirects").as_ref(), "from", "to"),
        Tool::Astro => pairs(literal::value_of(of.text, "redirects").as_ref()),
        Tool::Hugo => rules(of.values.at("server.redirects"), "from", "to"),
        _ => Vec::new(),
    };
    let of_host = of_host(of, config);
    let mut all: Vec<DraftRedirect> = all.into_iter().chain(of_host).map(drafted).collect();
    all.extend(second_address(config, seen));
    all
}

/// The lines of `redirects`, and those that cannot be any: from or to no address.
pub(super) fn lines(all: &[DraftRedirect], kinds: &[DraftKind]) -> Vec<RedirectLine> {
    let line = |redirect: &DraftRedirect| {
        let to = match &redirect.to {
            DraftTarget::Address(to) => Some(to.clone()),
            DraftTarget::Text(path) => {
                let of_text = kinds.iter().filter(|kind| is_below(path, &kind.folder));
                of_text.max_by_key(|kind| kind.folder.len()).and_then(|kind| kind.in_menu(path))
            }
        };
        // `[slug]` of Astro stands for anything.
        let is_plain = site_url(&redirect.from).is_ok() && !redirect.from.contains(['[', '{', '(']);
        let to = to.filter(|to| is_plain && !to.contains(['*', ' ', '"', '<', '>']));
        let to = to.filter(|to| !to.starts_with('/') || !to.contains(':')).unwrap_or_default();
        let to = if to.is_empty() { to } else { format!("{to}{}", redirect.id) };
        RedirectLine { from: redirect.from.clone(), to, written: redirect.written.clone(), is_said: redirect.is_said }
    };
    let mut lines: Vec<RedirectLine> = all.iter().map(line).collect();
    let mut known = BTreeSet::new();
    lines.retain(|line| known.insert(line.from.trim_end_matches('/').to_string()));
    // Where a tool leads over several addresses the site leads straight to the last.
    for _ in 0..STEPS {
        let last: Vec<Option<String>> = lines.iter().map(|line| further(line, &lines)).collect();
        lines
            .iter_mut()
            .zip(last)
            .for_each(|(line, last)| line.to = last.unwrap_or_else(|| std::mem::take(&mut line.to)));
    }
    lines
}

/// Where a redirect leads on from the address to which it leads; one to itself leads nowhere.
fn further(line: &RedirectLine, lines: &[RedirectLine]) -> Option<String> {
    let (to, id) = line.to.find('#').map_or((line.to.as_str(), ""), |at| line.to.split_at(at));
    let next = lines.iter().find(|next| next.from == to && next.from != line.from)?;
    Some(if next.to.contains('#') { next.to.clone() } else { format!("{}{id}", next.to) })
}

/// What the two sides of a redirect mean: paths of texts, or addresses.
fn draft(from: String, to: String, config: &Config, seen: &FolderContents) -> DraftRedirect {
    let (path, id) = to.find('#').filter(|_| !to.contains("://")).map_or((to.as_str(), ""), |at| to.split_at(at));
    let old = match config.tool {
        Tool::MkDocs => mkdocs::address_of_text(&from, config.ending),
        _ => format!("/{}", from.trim_start_matches('/')),
    };
    let base = config.base_url.as_deref().and_then(|url| crate::url::BaseUrl::parse(url).ok());
    let base = base.map_or_else(|| "/".to_string(), |base| base.path);
    let target = match config.tool {
        _ if path.contains("://") => DraftTarget::Address(path.to_string()),
        // The files of a book count from the address that leads on, and from the host on behind a slash.
        Tool::MdBook if path.starts_with('/') => {
            DraftTarget::Address(path.strip_prefix(base.trim_end_matches('/')).unwrap_or(path).to_string())
        }
        Tool::MdBook => DraftTarget::Address(beside(&old, path)),
        Tool::MkDocs => target(path, seen, &config.folder),
        _ => DraftTarget::Address(format!("/{}", path.trim_start_matches('/'))),
    };
    DraftRedirect { written: (from, to.clone()), from: old, to: target, id: id.to_string(), is_said: true }
}

/// A path that counts from an address.
pub(super) fn beside(address: &str, path: &str) -> String {
    let mut parts: Vec<&str> = address.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The first chapter of a book, which is its first page, lies at the address of its file, too.
fn second_address(config: &Config, seen: &FolderContents) -> Option<DraftRedirect> {
    let first =
        config.contents.iter().find_map(|listed| listed.path.as_deref()).filter(|_| config.tool == Tool::MdBook)?;
    let stem = without_extension(first)?;
    let path = if config.folder.is_empty() { first.to_string() } else { format!("{}/{first}", config.folder) };
    let is_there = seen.texts.iter().any(|text| text.path == path) && config.ending == ".html";
    let name = stem.rsplit('/').next().unwrap_or_default();
    let is_index = ["index", "readme"].iter().any(|index| name.eq_ignore_ascii_case(index));
    let from = format!("/{stem}.html");
    (is_there && !is_index).then(|| DraftRedirect {
        written: (from.clone(), "/".into()),
        from,
        to: DraftTarget::Address("/".into()),
        id: String::new(),
        is_said: false,
    })
}

/// `{"/old": "/new"}`, also `{"/old": {status: 301, destination: "/new"}}`.
fn pairs(redirects: Option<&Yaml>) -> Vec<(String, String)> {
    let Some(Yaml::Map(redirects)) = redirects else { return Vec::new() };
    let to = |to: &Yaml| Some(to.as_text().or_else(|| to.get("destination")?.as_text())?.to_string());
    redirects.iter().filter_map(|(from, value)| Some((from.clone(), to(value)?))).collect()
}

/// `[{from: [/old, /older], to: /new}]`, but for rules that show what is there without leading on.
fn rules(rules: Option<&Yaml>, from: &str, to: &str) -> Vec<(String, String)> {
    let rules = match rules {
        Some(Yaml::List(rules)) => rules.as_slice(),
        Some(rule) => std::slice::from_ref(rule),
        None => &[],
    };
    let leads = |rule: &&Yaml| !matches!(rule.get("status"), Some(Yaml::Integer(200 | 404)));
    let of_rule = |rule: &Yaml| {
        let to = rule.get(to).and_then(Yaml::as_text).map(String::from);
        let from: Vec<String> = match rule.get(from) {
            Some(Yaml::List(from)) => from.iter().filter_map(Yaml::as_text).map(String::from).collect(),
            from => from.and_then(Yaml::as_text).map(String::from).into_iter().collect(),
        };
        from.into_iter().filter_map(|from| Some((from, to.clone()?))).collect::<Vec<_>>()
    };
    rules.iter().filter(leads).flat_map(of_rule).collect()
}

/// The sections of Zola that lead on.
fn of_sections(config: &Config, seen: &FolderContents) -> Vec<(String, String)> {
    let pair = |text: &MarkdownFile| {
        let to = text.get("redirect_to")?.as_text()?.to_string();
        let folder = text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let below: Vec<String> = path_in(folder, &config.folder)?.split('/').map(slug).collect();
        let below = below.join("/");
        Some((if below.is_empty() { "/".into() } else { format!("/{below}/") }, to))
    };
    seen.texts.iter().filter_map(pair).collect()
}

/// The rules for the host in `netlify.toml`, and in a file `_redirects` that the site does not publish: one that it does is read
/// by the host.
fn of_host(of: &ToolFolder<'_>, config: &Config) -> Vec<(String, String)> {
    let read = |name: &str| std::fs::read_to_string(of.root.join(name)).unwrap_or_default();
    let toml = yaml::parse_toml(&read("netlify.toml")).unwrap_or(Yaml::Null);
    let is_published = |(path, url): &(String, String)| {
        path == "_redirects" || url == "/" && Path::new(of.root).join(path).join("_redirects").is_file()
    };
    let text = if config.statics.iter().any(is_published) { String::new() } else { read("_redirects") };
    let of_line = |line: &str| {
        let words: Vec<&str> = line.split(" #").next()?.split_whitespace().collect();
        let [from, to, rest @ ..] = words.as_slice() else { return None };
        let leads = !rest.iter().any(|word| matches!(word.trim_end_matches('!'), "200" | "404"));
        (from.starts_with('/') && leads).then(|| ((*from).to_string(), (*to).to_string()))
    };
    let of_toml = rules(toml.get("redirects"), "from", "to");
    of_toml.into_iter().chain(text.lines().filter_map(of_line)).collect()
}

/// A line of `redirects`.
pub(super) fn redirect_line(redirect: &RedirectLine) -> String {
    format!("  {}: {}", quoted(&redirect.from), quoted(&redirect.to))
}

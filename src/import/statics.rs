//! The files that a tool publishes as they are, and a folder for the site where `public/` holds such files.

use std::path::Path;

use super::eleventy;
use super::literal;
use super::seen::FolderContents;
use super::tool::{Tool, ToolFolder};
use crate::folders::{OUTPUT, StaticFolder, is_below};
use crate::yaml::Yaml;

/// Where the site is written where `public/` holds files of others: the first that is not there.
const OUTPUTS: [&str; 3] = ["_site", "dist", "built"];
/// What Jekyll publishes, as sites call it. It publishes all files that it is not told to leave out.
const OF_JEKYLL: [&str; 9] = ["assets", "images", "img", "css", "js", "fonts", "downloads", "favicon.ico", "CNAME"];

/// The files and folders that the tool publishes as they are, from the drafted folder on, each with its address. Nothing where that
/// is `static/` alone.
pub(super) fn statics(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, String)> {
    let root = of.root.canonicalize().unwrap_or_else(|_| of.root.to_path_buf());
    let below = |path: &str| {
        let real = of.top.join(path).canonicalize().ok()?;
        Some(real.strip_prefix(&root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    };
    let mut found: Vec<(String, String)> = Vec::new();
    for (path, url) in named(of, seen) {
        let Some(path) = below(&path) else { continue };
        // A folder with texts is content, unless it is there for static files alone.
        let may_hold_texts = matches!(of.tool, Tool::Jekyll | Tool::Eleventy | Tool::Quartz);
        let holds_texts = may_hold_texts && seen.texts.iter().any(|text| is_below(&text.path, &path));
        let is_known = found.iter().any(|(known, _)| is_below(&path, known) || is_below(known, &path));
        if !holds_texts && !is_known && StaticFolder::parse(&path, &url).is_ok() {
            found.push((path, url));
        }
    }
    if found == [("static".to_string(), "/".to_string())] { Vec::new() } else { found }
}

/// Another folder for the site, where `public/` holds files that no build of ours has written.
pub(super) fn output(root: &Path, statics: &[(String, String)]) -> Option<&'static str> {
    let public = root.join(OUTPUT);
    let is_taken = statics.iter().any(|(path, _)| is_below(path, OUTPUT));
    let is_foreign = public.is_dir() && !public.join(".limber").is_file();
    (is_taken || is_foreign).then(|| OUTPUTS.into_iter().find(|name| !root.join(name).exists()).unwrap_or(OUTPUTS[2]))
}

/// The paths, from the folder of the configuration on, and the addresses that the tool names or takes.
fn named(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, String)> {
    let at_top = |paths: Vec<String>| paths.into_iter().map(|path| (path, "/".to_string())).collect();
    let or = |paths: Vec<String>, usual: &str| if paths.is_empty() { vec![usual.to_string()] } else { paths };
    match of.tool {
        Tool::Docusaurus => {
            let named = literal::value_of(of.text, "staticDirectories");
            at_top(or(texts(named.as_ref()), "static"))
        }
        Tool::Astro => at_top(or(texts(of.values.get("publicDir")), "public")),
        Tool::VitePress | Tool::VuePress => {
            let texts_at = of.root.join(of.folder).join("public");
            let own = [".vuepress/public", ".vitepress/public"].map(String::from);
            at_top(own.into_iter().chain([texts_at.to_string_lossy().into_owned()]).collect())
        }
        Tool::Hugo => {
            let mut named: Vec<(String, String)> = at_top(or(texts(of.values.get("staticDir")), "static"));
            named.extend(at_top(beside_texts(of, seen)));
            let mounts = of.values.get("module").and_then(|module| module.get("mounts"));
            let Some(Yaml::List(mounts)) = mounts else { return named };
            named.extend(mounts.iter().filter_map(|mount| {
                let (source, target) = (mount.get("source")?.as_text()?, mount.get("target")?.as_text()?);
                let inside = target.strip_prefix("static").filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
                Some((source.to_string(), format!("/{}", inside.trim_matches('/'))))
            }));
            named
        }
        Tool::Jekyll => {
            // What has front matter is made from a template.
            let is_template =
                |name: &str| std::fs::read(of.top.join(name)).is_ok_and(|bytes| bytes.starts_with(b"---"));
            let all = OF_JEKYLL.iter().chain(&["robots.txt"]).filter(|name| !is_template(name));
            all.map(|name| ((*name).to_string(), format!("/{name}"))).collect()
        }
        Tool::Eleventy => passed_through(of),
        Tool::Quartz => vec![("quartz/static".into(), "/static".into())],
        Tool::Zola => at_top(std::iter::once("static".into()).chain(beside_texts(of, seen)).collect()),
        Tool::MkDocs | Tool::MdBook => at_top(beside_texts(of, seen)),
        Tool::Quarto | Tool::Logseq | Tool::Dendron | Tool::Docsify | Tool::Vault | Tool::Plain => Vec::new(),
    }
}

/// The folder of the texts, where other files lie in it: tools publish these as they are, at the addresses of their folders.
fn beside_texts(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<String> {
    let mut files = seen.files.iter().filter(|path| is_below(path, of.folder)).peekable();
    // What Hugo makes pages of, drafts among them, is none of these files.
    const PAGES: [&str; 9] = ["html", "htm", "org", "adoc", "asciidoc", "ad", "rst", "pandoc", "pdc"];
    let is_page = |path: &String| path.rsplit_once('.').is_some_and(|(_, end)| PAGES.contains(&end));
    let is_there = !of.folder.is_empty() && files.peek().is_some();
    let is_mixed = of.tool == Tool::Hugo && files.any(is_page);
    if is_there && !is_mixed { vec![of.root.join(of.folder).to_string_lossy().into_owned()] } else { Vec::new() }
}

/// What Eleventy copies: `addPassthroughCopy("img")`, `addPassthroughCopy({"./public/": "/"})`.
fn passed_through(of: &ToolFolder<'_>) -> Vec<(String, String)> {
    let input = eleventy::texts(of.text);
    let input = input.map(|input| plain(&input).to_string()).filter(|input| !input.is_empty());
    let mut found = Vec::new();
    for (at, sign) in of.text.match_indices("addPassthroughCopy(") {
        let line = of.text[..at].rsplit('\n').next().unwrap_or_default();
        if line.trim_start().starts_with("//") {
            continue;
        }
        match literal::read(&of.text[at + sign.len()..]) {
            Yaml::Text(path) => {
                let path = plain(&path);
                let inside = input.as_deref().and_then(|input| path.strip_prefix(input)?.strip_prefix('/'));
                found.push((path.to_string(), format!("/{}", inside.unwrap_or(path))));
            }
            Yaml::Map(entries) => {
                let to = |(path, to): &(String, Yaml)| Some((plain(path).to_string(), to.as_text()?.to_string()));
                let named = entries.iter().filter_map(to);
                found.extend(named.map(|(path, to)| (path, format!("/{}", plain(&to).trim_start_matches('/')))));
            }
            _ => {}
        }
    }
    found.retain(|(path, _)| !path.is_empty() && !path.contains(['*', '{']));
    found
}

/// A path without what says nothing.
fn plain(path: &str) -> &str {
    path.trim_start_matches("./").trim_end_matches('/')
}

/// A text, or the texts of a list.
fn texts(value: Option<&Yaml>) -> Vec<String> {
    match value {
        Some(Yaml::List(items)) => items.iter().filter_map(Yaml::as_text).map(String::from).collect(),
        value => value.and_then(Yaml::as_text).map(String::from).into_iter().collect(),
    }
}

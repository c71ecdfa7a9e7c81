//! Texts that a tool publishes nowhere for what they say themselves, or for where they lie, in ways that only this tool has.

use std::collections::BTreeSet;

use super::programs::lines_of_program;
use super::seen::{FolderContents, MarkdownFile, above};
use super::tool::{Tool, ToolFolder};
use crate::folders::{is_below, path_in, without_extension};
use crate::yaml::Yaml;

/// Why texts in other languages are no part of the site.
pub(super) const TRANSLATION: &str = "a translation, and the site has one language";

/// Such texts, each with the reason.
pub(super) fn by_keys(of: &ToolFolder<'_>, seen: &FolderContents) -> Vec<(String, &'static str)> {
    let texts: Vec<&MarkdownFile> = seen.texts.iter().filter(|text| is_below(&text.path, of.folder)).collect();
    let translations = super::translations::translations(of);
    let below = |path: &'_ str| path_in(path, of.folder).unwrap_or(path).to_string();
    let translated = texts.iter().filter(|text| translations.holds(&below(&text.path))).map(|text| {
        // A folder of a language is left out as a whole.
        let begin = text.path.len() - below(&text.path).len();
        let folder =
            translations.folder(&text.path[begin..]).map(|folder| text.path[..begin + folder.len()].to_string());
        (folder.unwrap_or_else(|| text.path.clone()), TRANSLATION)
    });
    let translations: Vec<_> = translated.collect();
    let reasons: Vec<Option<&'static str>> = match of.tool {
        Tool::Hugo => of_hugo(of, &texts),
        Tool::Logseq => of_logseq(of, &texts),
        Tool::Eleventy => {
            let folders: BTreeSet<&str> = texts.iter().flat_map(|text| above(&text.path)).collect();
            let unwritten = |folder: &&str| super::eleventy::is_unwritten(&of.root.join(folder));
            let unwritten: BTreeSet<&str> = folders.into_iter().filter(unwritten).collect();
            let is_held = |text: &MarkdownFile| {
                text.get("permalink").is_none() && above(&text.path).any(|folder| unwritten.contains(folder))
            };
            let why = "`permalink: false` of its folder: Eleventy writes no page of it";
            texts.iter().map(|text| is_held(text).then_some(why)).collect()
        }
        Tool::Zola => {
            let leads_on = |text: &MarkdownFile| text.get("redirect_to").and_then(Yaml::as_text).is_some();
            let why = |text: &&MarkdownFile| match text.get("render") {
                _ if leads_on(text) => Some("`redirect_to`: Zola shows no text at its address"),
                render => is_false(render).then_some("`render = false`: Zola makes no page of it"),
            };
            texts.iter().map(why).collect()
        }
        Tool::Quartz if lines_of_program(of.text).any(|line| line.contains("ExplicitPublish(")) => {
            let why = "not marked `publish: true`, as ExplicitPublish asks";
            texts.iter().map(|text| (!is_true(text.get("publish"))).then_some(why)).collect()
        }
        _ => Vec::new(),
    };
    let held = texts.iter().zip(reasons).filter_map(|(text, why)| Some((text.path.clone(), why?)));
    let why = "a draft or private, as front matter says that is no YAML";
    let hidden = seen.texts.iter().filter(|text| text.is_hidden).map(|text| (text.path.clone(), why));
    held.chain(translations).chain(hidden).collect()
}

/// What Hugo draws nowhere: by the keys of a text or those that a section hands down, and what lies beside an `index.md`.
fn of_hugo(of: &ToolFolder<'_>, texts: &[&MarkdownFile]) -> Vec<Option<&'static str>> {
    let is_never = |value: Option<&Yaml>| is_false(value) || value.and_then(Yaml::as_text) == Some("never");
    // Hugo reads keys in any case, and so those within others.
    let cascades: Vec<Yaml> = texts.iter().map(|text| text.get("cascade").map_or(Yaml::Null, small)).collect();
    let undrawn = |keys: &Yaml| ["build.render", "_build.render"].iter().any(|key| is_never(keys.at(key)));
    let folder = |text: &&MarkdownFile| text.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
    let stem = |text: &&MarkdownFile| {
        without_extension(&text.path).and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_string()
    };
    // What is handed down to some pages only has a target.
    let hands_down = |cascade: &Yaml, says: &dyn Fn(&Yaml) -> bool| {
        let cascades = match cascade {
            Yaml::List(cascades) => cascades.as_slice(),
            cascade => std::slice::from_ref(cascade),
        };
        let all = |cascade: &&Yaml| cascade.get("target").is_none() && cascade.get("_target").is_none();
        cascades.iter().filter(all).any(says)
    };
    let sections = |says: &dyn Fn(&Yaml) -> bool| -> BTreeSet<String> {
        let all = texts.iter().zip(&cascades);
        all.filter(|(text, cascade)| stem(text) == "_index" && hands_down(cascade, says))
            .map(|(text, _)| folder(text))
            .collect()
    };
    let never = sections(&undrawn);
    let drafts = sections(&|cascade| is_true(cascade.get("draft")));
    let bundles: BTreeSet<String> =
        texts.iter().filter(|text| stem(text) == "index").map(folder).filter(|folder| folder != of.folder).collect();
    let why = |text: &&MarkdownFile| {
        let is_in = |folders: &BTreeSet<String>| above(&text.path).any(|folder| folders.contains(folder));
        let own = folder(text);
        let is_of_other = stem(text) != "index" || above(&own).any(|folder| bundles.contains(folder));
        let keys = small(&Yaml::Map(text.keys.clone()));
        if undrawn(&keys) || is_in(&never) && keys.at("build.render").is_none() {
            Some("`build: {render: never}`: Hugo makes no page of it")
        } else if is_in(&drafts) && text.get("draft").is_none() {
            Some("its section makes drafts of all that lies in it")
        } else if is_of_other && is_in(&bundles) {
            Some("it lies beside an `index.md`, and Hugo makes no page of it")
        } else {
            None
        }
    };
    texts.iter().map(why).collect()
}

/// The notes that Logseq does not publish: where any is marked as public, all others.
fn of_logseq(of: &ToolFolder<'_>, texts: &[&MarkdownFile]) -> Vec<Option<&'static str>> {
    let config = std::fs::read_to_string(of.root.join("logseq/config.edn")).unwrap_or_default();
    let mut lines = config.lines().filter(|line| !line.trim_start().starts_with(';'));
    let all = lines.any(|line| {
        line.split_once(":publishing/all-pages-public?").is_some_and(|(_, said)| said.trim().starts_with("true"))
    });
    let said = |text: &&MarkdownFile| {
        let text = std::fs::read_to_string(of.root.join(&text.path)).unwrap_or_default();
        let mut lines = text.lines().map(|line| line.trim_start_matches(['-', ' ', '\t']));
        let is_public = |line: &str| {
            let (key, said) = line.split_once("::")?;
            key.eq_ignore_ascii_case("public").then(|| said.trim().eq_ignore_ascii_case("true"))
        };
        lines.find_map(is_public)
    };
    let said: Vec<Option<bool>> = texts.iter().map(said).collect();
    let any = said.contains(&Some(true));
    let is_held = |said: &Option<bool>| *said == Some(false) || !all && any && *said != Some(true);
    said.iter().map(|said| is_held(said).then_some("not marked `public:: true`: Logseq does not publish it")).collect()
}

/// A value with its keys in small letters.
fn small(value: &Yaml) -> Yaml {
    match value {
        Yaml::List(items) => Yaml::List(items.iter().map(small).collect()),
        Yaml::Map(entries) => {
            Yaml::Map(entries.iter().map(|(key, value)| (key.to_ascii_lowercase(), small(value))).collect())
        }
        other => other.clone(),
    }
}

fn is_false(value: Option<&Yaml>) -> bool {
    matches!(value, Some(Yaml::Bool(false)))
}

fn is_true(value: Option<&Yaml>) -> bool {
    matches!(value, Some(Yaml::Bool(true))) || value.and_then(Yaml::as_text) == Some("true")
}

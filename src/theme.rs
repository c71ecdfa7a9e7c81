//! The built-in theme: the files of `theme/`, embedded in the program.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::colour;
use crate::model::source::{AssetBytes, AssetFile, Source};
use crate::model::texts::BUILT_IN;
use crate::model::theme::Theme;

/// Templates by name. A file of the same name in the project's `templates/` replaces one.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("a-z.html", include_str!("../theme/templates/a-z.html")),
    ("base.html", include_str!("../theme/templates/base.html")),
    ("parts/entry.html", include_str!("../theme/templates/parts/entry.html")),
    ("parts/frame.html", include_str!("../theme/templates/parts/frame.html")),
    ("parts/lists.html", include_str!("../theme/templates/parts/lists.html")),
    ("parts/matrix.html", include_str!("../theme/templates/parts/matrix.html")),
    ("parts/values.html", include_str!("../theme/templates/parts/values.html")),
    ("entry.html", include_str!("../theme/templates/entry.html")),
    ("gone.html", include_str!("../theme/templates/gone.html")),
    ("home.html", include_str!("../theme/templates/home.html")),
    ("index.html", include_str!("../theme/templates/index.html")),
    ("matrix.html", include_str!("../theme/templates/matrix.html")),
    ("not-found.html", include_str!("../theme/templates/not-found.html")),
    ("redirect.html", include_str!("../theme/templates/redirect.html")),
    ("related.html", include_str!("../theme/templates/related.html")),
    ("search.html", include_str!("../theme/templates/search.html")),
    ("sources.html", include_str!("../theme/templates/sources.html")),
    ("value.html", include_str!("../theme/templates/value.html")),
];

/// Static files by name. A file of the same name in the project's `static/` replaces one.
pub const STATIC: &[(&str, &[u8])] = &[
    ("favicon.svg", include_bytes!("../theme/static/favicon.svg")),
    ("find.js", include_bytes!("../theme/static/find.js")),
    ("fonts/title-ext.woff2", include_bytes!("../theme/static/fonts/title-ext.woff2")),
    ("fonts/title.OFL.txt", include_bytes!("../theme/static/fonts/title.OFL.txt")),
    ("fonts/title.woff2", include_bytes!("../theme/static/fonts/title.woff2")),
    ("lost.js", include_bytes!("../theme/static/lost.js")),
    ("search.js", include_bytes!("../theme/static/search.js")),
    ("site.css", include_bytes!("../theme/static/site.css")),
    ("theme.js", include_bytes!("../theme/static/theme.js")),
];

/// Every file of the theme with its bytes: `templates/base.html`, `static/site.css`, `texts/en.yaml`.
pub fn files() -> Vec<(String, &'static [u8])> {
    let templates = TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes()));
    let statics = STATIC.iter().map(|(name, bytes)| (format!("static/{name}"), *bytes));
    let texts = BUILT_IN.iter().map(|(language, text)| (format!("texts/{language}.yaml"), text.as_bytes()));
    templates.chain(statics).chain(texts).collect()
}

/// The static files of the theme that a project publishes: those that it does not replace, and that a template, a style sheet or
/// a script names.
pub fn wanted(templates: &[Source], own: &[AssetFile]) -> Vec<(&'static str, &'static [u8])> {
    let is_text = |path: &str| path.ends_with(".css") || path.ends_with(".js");
    let mut texts: Vec<&str> = templates.iter().map(|source| &*source.text).collect();
    texts.extend(own.iter().filter(|asset| is_text(&asset.path)).filter_map(|asset| match &asset.bytes {
        AssetBytes::Memory(bytes) => std::str::from_utf8(bytes).ok(),
        AssetBytes::Disk(..) => None,
    }));
    let replaced = |name: &str| own.iter().any(|asset| asset.name.as_deref() == Some(name));
    let mut left: Vec<_> = STATIC.iter().filter(|(name, _)| !replaced(name)).copied().collect();
    let mut wanted = Vec::new();
    loop {
        let (named, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(name, _)| texts.iter().any(|text| text.contains(name)));
        if named.is_empty() {
            return wanted;
        }
        texts.extend(
            named.iter().filter(|(name, _)| is_text(name)).filter_map(|(_, text)| std::str::from_utf8(text).ok()),
        );
        wanted.extend(named);
        left = rest;
    }
}

/// A static file of the theme as a site has it: style sheets and the icon in its colour and fonts, style sheets without comments
/// and indentation.
pub fn of_site(path: &str, text: &str, theme: &Theme) -> String {
    let mut text = text.to_string();
    if let Some(accent) = theme.accent {
        text = text.replace(ACCENT, &colour::hex(accent));
    }
    if !path.ends_with(".css") {
        return text;
    }
    for (part, stack) in &theme.fonts {
        let before = format!("--{part}:");
        if let Some((head, tail)) = text.split_once(&before)
            && let Some((_, rest)) = tail.split_once(';')
        {
            text = format!("{head}{before} {stack};{rest}");
        }
    }
    small(&text)
}

/// The colour that the files of the theme are written in.
const ACCENT: &str = "#23688f";

/// A style sheet without comments, indentation and empty lines.
fn small(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The names of the components of the theme.
pub fn components() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().flat_map(|(_, text)| defined(text).map(|at| &text[at]))
}

/// Where the names of the components stand that a template defines.
pub fn defined(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("{%").filter_map(|(at, tag)| {
        let behind = text[at + tag.len()..].trim_start_matches('-').trim_start().strip_prefix("component")?;
        let name = behind.strip_prefix(char::is_whitespace)?.trim_start();
        let start = text.len() - name.len();
        let length = name.find(|c: char| !(c.is_alphanumeric() || "_.".contains(c))).unwrap_or(name.len());
        Some(start..start + length)
    })
}

/// The templates of the theme that a project needs beside its own: those it does not replace, and those it builds on.
///
/// A template of the theme that extends one which the project replaces extends the project's, so that a new frame is the
/// frame of every page - unless the project's has not all the blocks that are filled. Then it stays with the theme's own.
pub fn beside(own: &[Source]) -> Vec<Source> {
    let own: BTreeMap<&str, &str> =
        own.iter().filter_map(|source| Some((source.path.strip_prefix("templates/")?, &*source.text))).collect();
    let built_on = |name: &str| own.values().any(|text| text.contains(&format!("theme/{name}")));
    let mut wanted: Vec<&str> =
        TEMPLATES.iter().map(|(name, _)| *name).filter(|name| !own.contains_key(name) || built_on(name)).collect();
    let mut made: BTreeMap<&str, String> = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        let Some(text) = built_in(name).filter(|_| !made.contains_key(name)) else { continue };
        let stays = parent(text)
            .filter(|parent| own.contains_key(parent) && !filled(text).is_subset(&all_blocks(parent, &own)));
        let text = match stays {
            Some(parent) => {
                wanted.push(parent);
                text.replacen(&format!("extends \"{parent}\""), &format!("extends \"theme/{parent}\""), 1)
            }
            None => text.to_string(),
        };
        made.insert(name, text);
    }
    made.into_iter().map(|(name, text)| Source::new(format!("theme/{name}"), text)).collect()
}

fn built_in(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The blocks of a template and of everything that it extends.
fn all_blocks<'a>(name: &str, own: &BTreeMap<&str, &'a str>) -> BTreeSet<&'a str> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut next = own.get(name).copied().or_else(|| built_in(name));
    while let Some(text) = next.filter(|text| seen.insert(text.as_ptr())) {
        found.extend(blocks(text));
        next = parent(text).and_then(|name| match name.strip_prefix("theme/") {
            Some(name) => built_in(name),
            None => own.get(name).copied().or_else(|| built_in(name)),
        });
    }
    found
}

/// All blocks of a template.
fn blocks(text: &str) -> BTreeSet<&str> {
    tags(text).filter_map(block_name).collect()
}

/// The blocks that a template fills: those that stand in no other block.
fn filled(text: &str) -> BTreeSet<&str> {
    let (mut depth, mut found) = (0usize, BTreeSet::new());
    for tag in tags(text) {
        if tag.starts_with("block ") {
            if depth == 0 {
                found.extend(block_name(tag));
            }
            depth += 1;
        } else if tag.starts_with("endblock") {
            depth = depth.saturating_sub(1);
        }
    }
    found
}

fn block_name(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix("block ")?.trim_start();
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// The name behind `extends`.
fn parent(text: &str) -> Option<&str> {
    tags(text).find_map(|tag| tag.strip_prefix("extends")?.split('"').nth(1))
}

fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(made: &[Source], name: &str) -> String {
        made.iter()
            .find(|source| *source.path == *format!("theme/{name}"))
            .map(|source| source.text.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn a_new_frame_with_all_blocks_is_the_frame_of_every_page() {
        let base = Source::new("templates/base.html", built_in("base.html").unwrap_or_default());
        let made = beside(&[base]);
        assert!(text_of(&made, "search.html").contains("extends \"base.html\""));
        assert!(text_of(&made, "base.html").is_empty());
    }

    #[test]
    fn a_new_frame_without_the_blocks_leaves_the_pages_of_the_theme_as_they_are() {
        let made = beside(&[Source::new("templates/base.html", "<p>{% block main %}{% endblock %}</p>")]);
        assert!(text_of(&made, "search.html").contains("extends \"theme/base.html\""));
        assert!(!text_of(&made, "base.html").is_empty());
    }
}

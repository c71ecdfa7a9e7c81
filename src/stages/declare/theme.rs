//! `theme:`: what a site says to the built-in theme.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::colour;
use crate::diagnostics::Code;
use crate::model::theme::{KEYS, MenuItem, NamedFile, Theme};
use crate::yaml::{MappingPart, Yaml};

/// What other generators call these keys.
const OTHER_NAMES: [(&str, &str); 16] = [
    ("nav", "menu"),
    ("navigation", "menu"),
    ("icon", "favicon"),
    ("color", "accent"),
    ("colour", "accent"),
    ("primary_color", "accent"),
    ("accent_color", "accent"),
    ("font", "fonts"),
    ("banner", "announcement"),
    ("license", "licence"),
    ("copyright", "licence"),
    ("email", "contact"),
    ("edit_uri", "edit_url"),
    ("edit_link", "edit_url"),
    ("socials", "social"),
    ("social_links", "social"),
];

/// Keys of the site that people look for in its theme.
const BESIDE: [&str; 11] = [
    "title",
    "tagline",
    "description",
    "language",
    "texts",
    "hosts",
    "params",
    "markdown",
    "home",
    "pages",
    "base_url",
];

/// Licences that have a page of their own.
const LICENCES: [(&str, &str); 8] = [
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
];

/// Reads what the site says to the theme. Its keys in other places are reported with the right one.
pub(super) fn theme(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Theme {
    misplaced(site, reader);
    let mut map = site.mapping("theme", reader);
    renamed(&mut map, reader);
    too_deep(&mut map, reader);
    let mut theme = Theme::default();
    if let Some(at) = map.take("logo") {
        match at.yaml {
            Yaml::Map(_) => {
                let mut logo = reader.mapping(at);
                theme.logo = logo.take("file").and_then(|at| file(&at, reader));
                theme.logo_alone = logo.boolean("alone", false, reader);
                logo.finish(reader);
            }
            _ => theme.logo = file(&at, reader),
        }
    }
    theme.favicon = map.take("favicon").and_then(|at| file(&at, reader));
    theme.accent = map.take("accent").and_then(|at| accent(&at, reader));
    theme.fonts = fonts(&mut map, reader);
    theme.menu = map.take("menu").map(|at| items(&at, reader));
    theme.footer = map.take("footer").map(|at| items(&at, reader));
    theme.social = map.take("social").map_or_else(Vec::new, |at| items(&at, reader));
    theme.announcement = map.take("announcement").and_then(|at| words(&at, reader));
    theme.edit_url = map.take("edit_url").and_then(|at| edit_url(&at, reader));
    theme.contact = map.take("contact").and_then(|at| contact(&at, reader));
    theme.licence = map.take("licence").and_then(|at| words(&at, reader)).map(licence);
    map.finish(reader);
    theme
}

/// Takes the keys of the theme away that stand beside `theme:`.
fn misplaced(site: &mut Mapping<'_>, reader: &mut DeclarationReader) {
    let meant = |key: &str| {
        let other = OTHER_NAMES.iter().find(|(name, _)| *name == key).map(|(_, meant)| *meant);
        other.or_else(|| KEYS.iter().find(|name| **name == key).copied())
    };
    site.entries.retain(|(key, at)| {
        let Some(meant) = meant(key) else { return true };
        let message = format!("`{key}` is no key here: the theme has a key `{meant}`");
        let help = format!("write `{meant}:` below `theme:`, indented by two spaces");
        reader.report(Code::SiteUnknownKey, &at.path, MappingPart::Key, message, &[&help]);
        false
    });
}

/// Takes keys away that other generators have.
fn renamed(map: &mut Mapping<'_>, reader: &mut DeclarationReader) {
    map.entries.retain(|(key, at)| {
        let Some((_, meant)) = OTHER_NAMES.iter().find(|(name, _)| name == key) else { return true };
        let message = format!("the theme has no key `{key}`");
        reader.report(Code::SiteUnknownKey, &at.path, MappingPart::Key, message, &[&format!("it is called `{meant}`")]);
        false
    });
}

/// Takes keys of the site away that stand below `theme:`.
fn too_deep(map: &mut Mapping<'_>, reader: &mut DeclarationReader) {
    map.entries.retain(|(key, at)| {
        if !BESIDE.contains(key) {
            return true;
        }
        let message = format!("the theme has no key `{key}`: the site has one");
        let help = format!("write `{key}:` beside `theme:`, without spaces before it");
        reader.report(Code::SiteUnknownKey, &at.path, MappingPart::Key, message, &[&help]);
        false
    });
}

fn file(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<NamedFile> {
    let written = reader.text(at)?;
    let file = written.trim_start_matches("./").trim_start_matches('/');
    Some(NamedFile { file: file.strip_prefix("static/").unwrap_or(file).to_string(), path: at.path.clone() })
}

fn accent(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<[u8; 3]> {
    if *at.yaml == Yaml::Null {
        let typed = remark_behind(at, reader).unwrap_or("#23688f").to_string();
        let message = "there is no colour: a `#` without quotes begins a comment".into();
        reader.needs(at, message, &format!("`\"{typed}\"`, in quotes"));
        return None;
    }
    let written = reader.text(at)?;
    let colour = colour::parse(&written);
    if colour.is_none() {
        reader.needs(
            at,
            format!("`{written}` is no colour in numbers"),
            "`\"#23688f\"`, in quotes, or as `rgb(35 104 143)`",
        );
    }
    let colour = colour?;
    if let Some((light, dark)) = colour::unreadable(colour) {
        let message = format!(
            "`{written}` is hard to read on a light page: links are drawn in `{light}`, on a dark one in `{dark}`"
        );
        reader.report(
            Code::AccentAdjusted,
            &at.path,
            MappingPart::Value,
            message,
            &["choose a darker colour to have it as it is, or leave it: the theme takes care of the contrast"],
        );
    }
    Some(colour)
}

/// The colour that stands behind a key, and that YAML takes for a remark.
fn remark_behind<'r>(at: &DeclaredValue<'_>, reader: &'r DeclarationReader) -> Option<&'r str> {
    let key = reader.text.key_range(&at.path)?;
    let line = reader.text.text()[key.end..].lines().next()?;
    let word = line.trim_start_matches(':').split_whitespace().next()?;
    colour::parse(word).map(|_| word)
}

fn fonts(theme: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<(&'static str, String)> {
    let mut map = theme.mapping("fonts", reader);
    let mut fonts = Vec::new();
    for (key, part) in [("text", "sans"), ("title", "title"), ("code", "mono")] {
        let Some(at) = map.take(key) else { continue };
        let Some(stack) = reader.text(&at) else { continue };
        if stack.chars().all(|c| c.is_alphanumeric() || " ,-_'\"".contains(c)) && !stack.trim().is_empty() {
            fonts.push((part, stack));
        } else {
            reader.needs(&at, "fonts are names with commas between them".into(), "`Georgia, serif`");
        }
    }
    map.finish(reader);
    fonts
}

/// Reads kinds, entries and addresses, `{title: About, to: /about/}`, or names with addresses.
fn items(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Vec<MenuItem> {
    if let Yaml::Map(_) = at.yaml {
        let named = at.entries().into_iter().filter_map(|(title, at)| {
            let to = Some(reader.text(&at)?);
            let title = (!title.trim().is_empty()).then(|| title.to_string());
            Some(MenuItem { title, to, path: at.path })
        });
        return named.collect();
    }
    at.items().iter().filter_map(|at| item(at, reader)).collect()
}

fn item(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<MenuItem> {
    let Yaml::Map(entries) = at.yaml else {
        return Some(MenuItem { title: None, to: Some(reader.text(at)?), path: at.path.clone() });
    };
    if let [(title, Yaml::Text(to))] = entries.as_slice()
        && !["title", "to"].contains(&title.as_str())
    {
        return Some(MenuItem { title: Some(title.clone()), to: Some(to.clone()), path: at.path.clone() });
    }
    let mut map = reader.mapping(at.clone());
    if let Some((_, other)) = map.entries.iter().find(|(key, _)| ["url", "href", "link"].contains(key)) {
        reader.report(
            Code::SiteUnknownKey,
            &other.path,
            MappingPart::Key,
            "a menu entry has `title` and `to`",
            &["write `to:` here"],
        );
        return None;
    }
    let names_it = map.entries.iter().any(|(key, _)| *key == "to");
    let (title, to) = (map.text("title", reader), map.text("to", reader));
    map.finish(reader);
    if !names_it {
        reader.needs(at, "this leads nowhere".into(), "`{title: About, to: /about/}`");
    }
    let title = title.filter(|title| !title.trim().is_empty());
    to.map(|to| MenuItem { title, to: Some(to), path: at.path.clone() })
}

/// Reads a text, or `{title: ..., to: ...}`.
fn words(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<MenuItem> {
    match at.yaml {
        Yaml::Map(_) => item(at, reader),
        _ => Some(MenuItem { title: Some(reader.text(at)?), to: None, path: at.path.clone() }),
    }
}

fn licence(item: MenuItem) -> MenuItem {
    let known = |title: &str| LICENCES.iter().find(|(name, _)| title.eq_ignore_ascii_case(name));
    let url = item.title.as_deref().and_then(known).map(|(_, url)| url.to_string());
    MenuItem { to: item.to.or(url), ..item }
}

/// Reads an address of mail, or what any menu entry may be.
fn contact(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<MenuItem> {
    if let Yaml::Text(text) = at.yaml
        && text.contains('@')
        && !text.contains(':')
    {
        return Some(MenuItem { title: Some(text.clone()), to: Some(format!("mailto:{text}")), path: at.path.clone() });
    }
    item(at, reader)
}

fn edit_url(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<String> {
    let url = reader.text(at)?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(if url.contains("{path}") { url } else { format!("{}/{{path}}", url.trim_end_matches('/')) });
    }
    let example = "`https://github.com/me/site/edit/main/{path}`";
    reader.needs(at, "the address for changes begins with `https://`".into(), example);
    None
}

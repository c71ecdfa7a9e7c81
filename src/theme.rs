//! The built-in theme: the generic part of `templates/` and `static/` - what names no kind of the example site - embedded in
//! the program.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::source::Source;

/// Templates by name. A file of the same name in the project's `templates/` replaces one.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("a-z.html", include_str!("../templates/a-z.html")),
    ("base.html", include_str!("../templates/base.html")),
    ("components/frame.html", include_str!("../templates/components/frame.html")),
    ("components/icons.html", include_str!("../templates/components/icons.html")),
    ("components/logo.html", include_str!("../templates/components/logo.html")),
    ("components/marks.html", include_str!("../templates/components/marks.html")),
    ("components/matrix.html", include_str!("../templates/components/matrix.html")),
    ("components/page.html", include_str!("../templates/components/page.html")),
    ("components/values.html", include_str!("../templates/components/values.html")),
    ("entry.html", include_str!("../templates/entry.html")),
    ("index.html", include_str!("../templates/index.html")),
    ("matrix.html", include_str!("../templates/matrix.html")),
    ("not-found.html", include_str!("../templates/not-found.html")),
    ("page.html", include_str!("../templates/page.html")),
    ("redirect.html", include_str!("../templates/redirect.html")),
    ("related.html", include_str!("../templates/related.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("sources.html", include_str!("../templates/sources.html")),
];

/// Static files by name. A file of the same name in the project's `static/` replaces one.
pub const STATIC: &[(&str, &[u8])] = &[
    ("apple-touch-icon.png", include_bytes!("../static/apple-touch-icon.png")),
    ("favicon.svg", include_bytes!("../static/favicon.svg")),
    ("filter.js", include_bytes!("../static/filter.js")),
    ("find.js", include_bytes!("../static/find.js")),
    ("fonts/archivo-wide.OFL.txt", include_bytes!("../static/fonts/archivo-wide.OFL.txt")),
    ("fonts/archivo-wide.woff2", include_bytes!("../static/fonts/archivo-wide.woff2")),
    ("fonts/atkinson-next.OFL.txt", include_bytes!("../static/fonts/atkinson-next.OFL.txt")),
    ("fonts/atkinson-next.woff2", include_bytes!("../static/fonts/atkinson-next.woff2")),
    ("lost.js", include_bytes!("../static/lost.js")),
    ("search.js", include_bytes!("../static/search.js")),
    ("site.css", include_bytes!("../static/site.css")),
    ("theme-toggle.js", include_bytes!("../static/theme-toggle.js")),
    ("theme.js", include_bytes!("../static/theme.js")),
];

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

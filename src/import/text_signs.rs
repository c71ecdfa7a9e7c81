//! What one text holds that another tool replaces: shortcodes, tags and values of templates, components, signs of notes.

use std::collections::{BTreeMap, BTreeSet};

use super::seen::ConstructInText;
use super::text_links::without_code;
use crate::markdown::{self, AuthorSigns};

/// A value that a template would put in.
pub(super) const VALUE: &str = "{{ value }}";
/// Words that notes mark.
pub(super) const MARKED: &str = "==marked==";
/// A link to a heading anywhere on the site, by its id, as a plug-in of MkDocs makes it.
pub(super) const UNDEFINED: &str = "[text][identifier]";
/// A tag within a text.
pub(super) const HASHTAG: &str = "#tag";
/// What the name of a tag of templates begins with.
pub(super) const TAG: &str = "{% ";
/// What that of a box between slashes begins with.
pub(super) const SLASHES: &str = "/// ";
/// What lines of programs in MDX begin with, but for those that bring something in.
pub(super) const EXPORT: &str = "export";

/// The first component of a text that holds no words outside of components.
pub(super) fn alone(body: &str) -> Option<String> {
    let (mut rest, mut first) = (body, None);
    while let Some((before, tag)) = rest.split_once('<') {
        let has_words = |text: &str| {
            let lines = text.lines().filter(|line| !line.starts_with("import ") && !line.starts_with("export "));
            lines.flat_map(str::chars).any(char::is_alphanumeric)
        };
        if has_words(before) {
            return None;
        }
        let name = word(tag);
        let end = match name {
            "script" | "style" => format!("</{name}>"),
            _ if tag.starts_with("!--") => "-->".into(),
            _ => ">".into(),
        };
        if is_component(name) {
            first = first.or_else(|| Some(name.to_string()));
        }
        rest = tag.split_once(&end).map_or("", |(_, behind)| behind);
    }
    first.filter(|_| !rest.chars().any(char::is_alphanumeric))
}

/// The constructs of one text, whose first line has this number in its file. Shortcodes that are drawn are none.
pub(super) fn found(path: &str, body: &str, first_line: usize) -> Vec<ConstructInText> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut fence: Option<String> = None;
    let defined = definitions(body);
    let (read, _) = markdown::readable(body, AuthorSigns::default());
    let (mut at, mut number) = (0, first_line);
    for line in read.split_inclusive('\n') {
        let here = number;
        // A comment of several lines is one line as it is read.
        number += body.as_bytes()[at..at + line.len()].iter().filter(|byte| **byte == b'\n').count();
        at += line.len();
        let mut add = |name: String| counts.entry(name).or_insert((0, here)).0 += 1;
        let trimmed = line.trim_start();
        let mark: String = trimmed.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        // What includes a file does so in code, too.
        pieces(line, "{{#", "}}").for_each(|name| add(format!("{{{{#{name}}}}}")));
        if let Some(open) = &fence {
            if mark.starts_with(open.as_str()) {
                fence = None;
            }
            continue;
        }
        if mark.len() >= 3 && mark.chars().all(|c| mark.starts_with(c)) {
            let info = trimmed[mark.len()..].trim();
            if let Some(name) = ["mermaid", "dataview", "dataviewjs", "base"].iter().find(|name| info == **name) {
                add(format!("```{name}"));
            }
            fence = Some(mark);
            continue;
        }
        let text = without_code(line);
        // Comments are no part of any page.
        let named = |(open, close)| pieces(&text, open, close).filter(|name| name != "comment");
        named(("{{<", ">}}")).for_each(|name| add(format!("{{{{< {name} >}}}}")));
        named(("{{%", "%}}")).for_each(|name| add(format!("{{{{% {name} %}}}}")));
        pieces(&text.replace("{{%", ""), "{%", "%}").for_each(|name| add(format!("{{% {name} %}}")));
        outputs(&text).for_each(|value| add(value.map_or(VALUE.into(), |name| format!("{{{{ {name} }}}}"))));
        if path.ends_with(".mdx") && text.starts_with("export ") {
            add(EXPORT.into());
        }
        components(&text).for_each(|name| add(format!("<{name}>")));
        if let Some(name) = text.trim_start().strip_prefix(":::").map(word).filter(|name| !name.is_empty()) {
            // What stands for a piece of a program has a name of its own each time.
            add(if name.contains('.') { "::: name.of.code".into() } else { format!(":::{name}") });
        }
        if let Some(rest) = text.trim_start().strip_prefix("///").map(|rest| rest.trim_start_matches('/')) {
            let name = rest.split('|').next().unwrap_or_default().trim();
            if markdown::is_box_of_slashes(name) || !name.is_empty() && rest.contains(" | ") {
                add(format!("{SLASHES}{name}"));
            }
        }
        if text.starts_with("{* ") && text.trim_end().ends_with(" *}") {
            add("{* file *}".into());
        }
        for sign in ["!!! ", "??? ", "???+ "] {
            if let Some(name) = text.trim_start().strip_prefix(sign).map(word).filter(|name| !name.is_empty()) {
                add(format!("{sign}{name}"));
            }
        }
        of_notes(&text).for_each(|name| add(name.into()));
        references(&text).filter(|id| !defined.contains(&id.to_lowercase())).for_each(|_| add(UNDEFINED.into()));
        if text.contains("[!INCLUDE") || text.contains("[!include") {
            add("[!INCLUDE]".into());
        }
    }
    let place = |line| format!("{path}:{line}");
    counts.into_iter().map(|(name, (count, line))| ConstructInText { name, count, place: place(line) }).collect()
}

/// The labels that a text defines: `[label]: address`.
fn definitions(body: &str) -> BTreeSet<String> {
    let label = |line: &str| Some(line.trim_start().strip_prefix('[')?.split_once("]:")?.0.to_lowercase());
    if body.contains("][") { body.lines().filter_map(label).collect() } else { BTreeSet::new() }
}

/// The labels of links of a line: `[text][label]`.
fn references(text: &str) -> impl Iterator<Item = &str> + use<'_> {
    let label = |(at, sign): (usize, &str)| Some(text[at + sign.len()..].split_once(']')?.0);
    let is_label = |label: &&str| !label.is_empty() && !label.contains(['[', '`', ' ']) && !label.starts_with('^');
    text.match_indices("][").filter_map(label).filter(is_label)
}

/// The signs in a line that mean something in notes.
fn of_notes(text: &str) -> impl Iterator<Item = &'static str> + use<> {
    let has_marked = text.split_once("==").is_some_and(|(_, rest)| {
        rest.find("==").is_some_and(|end| end > 0 && !rest[..end].contains('=') && rest[..end].trim() == &rest[..end])
    });
    let is_tag = |word: &str| {
        word.strip_prefix('#').is_some_and(|tag| {
            tag.starts_with(char::is_alphabetic) && tag.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c))
        })
    };
    let has_field = |open: char, close: char| {
        text.match_indices("::").any(|(at, sign)| {
            let key = text[..at].rsplit_once(open).map(|(_, key)| key);
            let is_key = key.is_some_and(|key| !key.is_empty() && !key.contains(close));
            is_key && text[at + sign.len()..].contains(close)
        })
    };
    let found = [
        has_marked.then_some(MARKED),
        text.contains('#').then(|| text.split_whitespace().any(is_tag)).filter(|is| *is).map(|_| HASHTAG),
        has_field('[', ']').then_some("[key:: value]"),
        has_field('(', ')').then_some("(key:: value)"),
        (text.contains("<%") && text.contains("%>")).then_some("<% template %>"),
    ];
    found.into_iter().flatten()
}

/// The first words of what stands between two signs.
fn pieces<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = String> + use<'a> {
    text.match_indices(open).filter_map(move |(at, _)| {
        let (inside, _) = text[at + open.len()..].split_once(close)?;
        let inside = inside.trim().trim_start_matches(['-', '/', ' ']);
        let name = word(inside);
        (!name.is_empty()).then(|| name.to_string())
    })
}

/// Each `{{ value }}` of a template, with its name where it is one of the page or of the site.
fn outputs(text: &str) -> impl Iterator<Item = Option<&str>> + use<'_> {
    text.match_indices("{{").filter_map(|(at, _)| {
        let behind = text[at + 2..].chars().next()?;
        let (inside, _) = text[at + 2..].split_once("}}")?;
        let name = inside.trim_matches(['-', ' ']);
        let is_name = ["page.", "site."].iter().any(|begin| name.starts_with(begin)) && word(name) == name;
        (!matches!(behind, '<' | '%' | '#')).then_some(Some(name).filter(|_| is_name))
    })
}

/// The names of components: tags that begin with a capital, or have a hyphen in them.
fn components(text: &str) -> impl Iterator<Item = &str> + use<'_> {
    text.match_indices('<').filter_map(|(at, _)| {
        let name = word(&text[at + 1..]);
        is_component(name).then_some(name)
    })
}

fn is_component(name: &str) -> bool {
    let is_custom = name.contains('-') && name.starts_with(|c: char| c.is_ascii_lowercase());
    name.starts_with(|c: char| c.is_ascii_uppercase()) || is_custom
}

pub(super) fn word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_are_counted_outside_code_with_their_first_place() {
        let body = "{% toc %}\n\n`{% no %}`\n```\n{% no %} {{#include a.rs}}\n```\n{{< figure src=\"a\" link=\"b\" >}} {{ page.title }}\n:::note\n!!! warning \"x\"\n";
        let names: Vec<_> =
            found("a.md", body, 4).into_iter().map(|found| (found.name, found.count, found.place)).collect();
        let expected = [
            ("!!! warning", "a.md:12"),
            (":::note", "a.md:11"),
            ("{% toc %}", "a.md:4"),
            ("{{ page.title }}", "a.md:10"),
            ("{{#include}}", "a.md:8"),
            ("{{< figure >}}", "a.md:10"),
        ];
        assert_eq!(names, expected.map(|(name, place)| (name.to_string(), 1, place.to_string())));
        let vue = "<script setup>\nimport A from './a'\n</script>\n\n<!-- x -->\n<VPTeam :of=\"a\" />\n";
        assert_eq!(alone(vue).as_deref(), Some("VPTeam"));
        assert_eq!((alone("# Team\n\n<VPTeam />\n"), alone("<div>\n</div>\n"), alone("")), (None, None, None));
        let mdx = found("a.mdx", "import A from 'a'\n\n<Tabs>\n<b>x</b>\n", 1);
        assert_eq!(mdx.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["<Tabs>"]);
    }
}

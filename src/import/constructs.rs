//! What texts hold that another tool replaces, and that a page here shows as it was typed or leaves out.

use std::collections::{BTreeMap, BTreeSet};

use super::config::Config;
use super::look::{FolderContents, MarkdownFile};
use super::tool::Tool;
use crate::folders::is_below;
use crate::markdown;
use crate::yaml::Yaml;

/// A construct of another tool, over all texts.
#[derive(Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it looks like: `{{< figure >}}`.
    pub name: String,
    /// How often it stands there.
    pub count: usize,
    /// In how many files.
    pub files: usize,
    /// Where it stands first: `posts/a.md:12`.
    pub first: String,
}

/// A construct in one text.
pub(super) struct ConstructInText {
    name: String,
    count: usize,
    /// Where it stands first in the text.
    place: String,
}

/// All constructs of the texts of a site, the most frequent first.
pub(super) fn all(seen: &FolderContents, config: &Config, is_on_a_page: impl Fn(&str) -> bool) -> Vec<Construct> {
    let mut all: BTreeMap<&str, Construct> = BTreeMap::new();
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    let dialect = config.tool.dialect();
    let texts = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder) && !config.is_own(&text.path));
    let texts = texts.filter(|text| is_on_a_page(&text.path));
    let found = texts.flat_map(|text| text.found.iter().map(move |found| (text, found)));
    for (text, found) in found.filter(|(text, ConstructInText { name, .. })| {
        let is_read = is_drawn(name, dialect) || is_shown(text, name, config);
        !is_read && is_of_tool(name, config) && may_be_component(&text.path, name, config)
    }) {
        let is_value = ["page.", "site."].iter().any(|of| key_of(&found.name, of).is_some());
        let name = if is_value { VALUE } else { &found.name };
        let construct = all.entry(name).or_insert_with(|| Construct {
            name: name.to_string(),
            count: 0,
            files: 0,
            first: found.place.clone(),
        });
        construct.count += found.count;
        construct.files += usize::from(last.insert(name, &text.path) != Some(&text.path));
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    all
}

/// Whether a construct is drawn where texts are read as those of another tool.
fn is_drawn(name: &str, dialect: Option<&str>) -> bool {
    let begins = |signs: &[&str]| signs.iter().any(|sign| name.starts_with(sign));
    match dialect {
        Some("mdbook") => begins(&["{{#include", "{{#rustdoc_include", "{{#playground", "{{#title"]),
        Some("mkdocs") => {
            begins(&["!!! ", "??? ", "???+ ", "=== "])
                || name.strip_prefix(SLASHES).is_some_and(markdown::is_box_of_slashes)
        }
        Some("docusaurus" | "astro") if matches!(name, "<Tabs>" | "<TabItem>") => true,
        Some("logseq") | None => false,
        Some(_) => name.strip_prefix(":::").is_some_and(markdown::is_box),
    }
}

/// Whether the tool of a site reads a sign, where that means something in notes alone.
fn is_of_tool(name: &str, config: &Config) -> bool {
    match name {
        MARKED => config.has_marks,
        HASHTAG | "[key:: value]" | "(key:: value)" => {
            matches!(config.tool, Tool::Vault | Tool::Quartz | Tool::Logseq)
        }
        "<% template %>" => config.tool == Tool::Vault,
        UNDEFINED => config.tool == Tool::MkDocs,
        _ => true,
    }
}

/// Whether a tag may be a component in a text: in MDX those with a capital are, and in VitePress those with a hyphen as well.
fn may_be_component(path: &str, name: &str, config: &Config) -> bool {
    let Some(name) = name.strip_prefix('<').filter(|name| !name.starts_with('%')) else { return true };
    match config.tool {
        Tool::VitePress => true,
        Tool::Docusaurus => name.starts_with(char::is_uppercase),
        _ => path.ends_with(".mdx") && name.starts_with(char::is_uppercase),
    }
}

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

/// Whether tags of templates stand in any text.
pub(super) fn has_tags(seen: &FolderContents) -> bool {
    seen.texts.iter().flat_map(|text| &text.found).any(|found| found.name.starts_with(TAG))
}

/// What becomes of the constructs of a site.
pub(super) struct PartedConstructs {
    /// Pages show them as they were typed.
    pub shown: Vec<Construct>,
    /// Of components pages show the words.
    pub components: Vec<Construct>,
    /// Pages leave them out.
    pub left_out: Vec<Construct>,
}

/// Parts what pages show as it was typed from components, and from what they leave out: programs of MDX, and tags where a site
/// has them. Those that show nothing themselves are of neither.
pub(super) fn parted(all: Vec<Construct>, has_tags: bool) -> PartedConstructs {
    let is_left_out = |name: &str| name == EXPORT || has_tags && name.starts_with(TAG);
    let (tags, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|construct| is_left_out(&construct.name));
    let is_silent = |construct: &Construct| {
        let name = construct.name.trim_start_matches(TAG).trim_end_matches(" %}");
        markdown::is_silent_tag(name)
    };
    let is_component = |construct: &Construct| construct.name.starts_with('<');
    let (components, shown) = shown.into_iter().partition(is_component);
    PartedConstructs {
        shown,
        components,
        left_out: tags.into_iter().filter(|construct| !is_silent(construct)).collect(),
    }
}

/// A value that a template would put in.
const VALUE: &str = "{{ value }}";
/// Words that notes mark.
const MARKED: &str = "==marked==";
/// A link to a heading anywhere on the site, by its id, as a plug-in of MkDocs makes it.
const UNDEFINED: &str = "[text][identifier]";
/// A tag within a text.
const HASHTAG: &str = "#tag";
/// What the name of a tag of templates begins with.
const TAG: &str = "{% ";
/// What that of a box between slashes begins with.
const SLASHES: &str = "/// ";
/// What lines of programs in MDX begin with, but for those that bring something in.
const EXPORT: &str = "export";

/// The constructs of one text, whose first line has this number in its file.
pub(super) fn found(path: &str, body: &str, first_line: usize) -> Vec<ConstructInText> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut fence: Option<String> = None;
    let defined = definitions(body);
    for (number, line) in body.lines().enumerate() {
        let mut add = |name: String| counts.entry(name).or_insert((0, number + first_line)).0 += 1;
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

/// Counts wikilinks, schemes of links and hosts of what is shown, and notes raw HTML. Says whether there may be formulas.
pub(super) fn count(body: &str, seen: &mut FolderContents) -> bool {
    let (has_sign, mut has_formula) = (body.contains('$'), false);
    let mut schemes = BTreeSet::new();
    let mut fence: Option<String> = None;
    for line in body.lines() {
        let trimmed = line.trim_start();
        let mark: String = trimmed.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        if fence.is_some() {
            fence = fence.filter(|open| !mark.starts_with(open.as_str()));
            continue;
        }
        if mark.len() >= 3 && !trimmed[mark.len()..].contains('`') {
            fence = Some(mark);
            continue;
        }
        let line = without_code(line);
        has_formula |= has_sign && !has_formula && super::formulas::has_formula(&line);
        seen.wikilinks += line.matches("[[").count().min(line.matches("]]").count());
        let in_html = line.match_indices("src=\"https://").map(|(at, sign)| &line[at + sign.len()..]);
        let image =
            |(at, _): (usize, &str)| line[at..].split_once("](")?.1.trim_start_matches('<').strip_prefix("https://");
        for rest in in_html.chain(line.match_indices("![").filter_map(image)) {
            let host = rest.split(['/', '"', '?', '#', ')', ' ', '>']).next().unwrap_or_default();
            if host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) {
                *seen.hosts.entry(host.to_ascii_lowercase()).or_default() += 1;
            }
        }
        seen.html |= ["</", "/>", "<img ", "<br>", "<hr>"].iter().any(|sign| line.contains(sign));
        let defined = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, rest)| rest);
        let written = line.match_indices("](").map(|(at, sign)| &line[at + sign.len()..]).chain(defined);
        for rest in written {
            let address = rest.trim_start_matches('<');
            let end =
                address.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(address.len());
            let is_scheme = address[end..].starts_with(':') && address.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_scheme && !matches!(&address[..end], "http" | "https" | "mailto" | "tel") {
                schemes.insert(address[..end].to_ascii_lowercase());
                *seen.schemes.entry(address[..end].to_ascii_lowercase()).or_default() += 1;
            }
        }
    }
    has_formula
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

/// The key in the name of a value: `{{ site.phone }}`.
fn key_of<'n>(name: &'n str, of: &str) -> Option<&'n str> {
    name.strip_prefix("{{ ")?.strip_prefix(of)?.strip_suffix(" }}")
}

/// The keys of the site whose values texts show.
pub(super) fn site_values(seen: &FolderContents) -> BTreeSet<&str> {
    seen.texts.iter().flat_map(|text| &text.found).filter_map(|found| key_of(&found.name, "site.")).collect()
}

/// Whether a page shows the value of this name.
fn is_shown(text: &MarkdownFile, name: &str, config: &Config) -> bool {
    let of_page = |key: &str| matches!(text.get(key), Some(Yaml::Text(_) | Yaml::Integer(_)));
    let of_site =
        |key: &str| matches!(key, "title" | "description") || config.params.iter().any(|(known, _)| known == key);
    config.tool.has_template_tags()
        && (key_of(name, "page.").is_some_and(of_page) || key_of(name, "site.").is_some_and(of_site))
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

fn word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(text.len());
    &text[..end]
}

/// A line without its inline code.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_are_counted_outside_code_with_their_first_place() {
        let body = "{% toc %}\n\n`{% no %}`\n```\n{% no %} {{#include a.rs}}\n```\n{{< figure src=\"a\" >}} {{ page.title }}\n:::note\n!!! warning \"x\"\n";
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

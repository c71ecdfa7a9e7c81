//! What templates see, from `theme/README.md`, and the blocks and components of the theme, from its files.

use limber::theme::TEMPLATES;

use super::{ReferencePage, plain, whole};

/// What the blocks of the theme's pages hold. A block that is not named here fails.
const BLOCKS: &[(&str, &str, &str)] = &[
    ("base.html", "title", "The words in the title of the browser's window."),
    ("base.html", "head", "More for the head of the page: style sheets, scripts, icons."),
    ("base.html", "layout", "Classes of the page, which decide its columns."),
    ("base.html", "side", "A column before the text."),
    ("base.html", "crumbs", "The way from the home page to this one."),
    ("base.html", "main", "The page itself."),
    ("base.html", "contents", "A column behind the text."),
    ("entry.html", "lead", "The title and what stands with it."),
    ("entry.html", "meta", "Dates and reading time, below the lead."),
    ("entry.html", "facts", "The short fields of the entry."),
    ("entry.html", "content", "The text, and all that follows."),
    ("entry.html", "after", "What stands behind the text: related entries, mentions, sources."),
    ("index.html", "before", "What stands above the list."),
    ("index.html", "list", "The list itself."),
    ("index.html", "after", "What stands below the list."),
];

pub fn pages() -> Vec<(String, ReferencePage)> {
    let mut all = values();
    all.extend(blocks());
    all.extend(components());
    all
}

/// A part of a text as a name of a file.
fn slug(text: &str) -> String {
    let words: String = text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The templates that hand something on, each with the values that stand in it.
fn values_in(text: &str) -> Vec<&'static str> {
    let known = ["site", "page", "entry", "kind", "card", "matrix", "home"];
    let used = known.iter().filter(|name| {
        text.match_indices(&format!("{name}."))
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c)))
            || text.contains(&format!("@{name}"))
    });
    used.copied().collect()
}

fn blocks() -> Vec<(String, ReferencePage)> {
    let base: Vec<&str> =
        TEMPLATES.iter().filter(|(file, _)| *file == "base.html").flat_map(|(_, text)| names_of_blocks(text)).collect();
    let mut pages = Vec::new();
    for (file, text) in TEMPLATES.iter().filter(|(file, _)| !file.contains("parts/")) {
        for name in names_of_blocks(text).into_iter().filter(|name| *file == "base.html" || !base.contains(name)) {
            let said = BLOCKS.iter().find(|(known, block, _)| known == file && *block == name);
            let (_, _, about) = said.unwrap_or_else(|| panic!("the block `{name}` of `{file}` has no sentence"));
            let body = format!(
                "```html title=\"templates/{file}\"\n{{% extends \"theme/{file}\" %}}\n{{% block {name} %}}...{{% endblock {name} %}}\n```\n\n\
                 `{{{{ super() }}}}` in the block stands for what the theme has there.\n"
            );
            let page = ReferencePage::new(&format!("{name} of {file}"), &plain(about))
                .text("sort", "block")
                .text("file", file)
                .body(body);
            pages.push((format!("blocks/{}.md", slug(&format!("{file} {name}"))), page));
        }
    }
    assert_eq!(pages.len(), BLOCKS.len(), "a block that has a sentence is gone");
    pages
}

/// The blocks that a template declares or fills.
fn names_of_blocks(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1);
    let names = tags.filter_map(|tag| tag.trim_start_matches('-').trim_start().strip_prefix("block "));
    names.filter_map(|name| name.split([' ', '%', '-']).next()).collect()
}

/// Components: each has a comment before it that says what it draws.
fn components() -> Vec<(String, ReferencePage)> {
    let mut pages = Vec::new();
    for (file, text) in TEMPLATES {
        let mut before = "";
        for part in text.split("{% component ") {
            if let Some((signature, _)) = part.split_once(" -%}").filter(|_| !before.is_empty()) {
                let about = before.rsplit("{#-").next().and_then(|comment| comment.split("-#}").next());
                let about = about.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                let name = signature.split('(').next().unwrap_or_default();
                assert!(about.ends_with('.'), "`{name}` has no comment before it");
                let inside = part.split("endcomponent").next().unwrap_or_default();
                let mut body = whole(&about);
                body.push_str(&format!(
                    "```html title=\"{file}\"\n{{% component {signature} %}}\n```\n\n\
                     A component of the same name in any file of `templates/` replaces it.\n"
                ));
                let page = ReferencePage::new(&format!("The component {name}"), &plain(&about))
                    .short(name)
                    .text("sort", "component")
                    .text("file", file)
                    .list("template_values", values_in(inside))
                    .body(body);
                pages.push((format!("blocks/{}.md", slug(name)), page));
            }
            before = part;
        }
    }
    assert!(pages.len() > 20, "the components of the theme are found");
    pages
}

/// The values: a page for each row of the tables of `theme/README.md`, and for each of its sections.
fn values() -> Vec<(String, ReferencePage)> {
    let readme = include_str!("../../../theme/README.md");
    let section = |title: &str| {
        let at = readme.find(title).unwrap_or_else(|| panic!("theme/README.md has no part `{title}`"));
        let rest = &readme[at + title.len()..];
        rest.split_once('\n').map_or("", |(_, rest)| rest.split("\n## ").next().unwrap_or_default()).trim()
    };
    let mut pages = Vec::new();
    for (name, what) in rows(section("## On every page")) {
        pages.push(value(&name, "every page", &what));
    }
    let sections = [
        ("card", "What lists show of an entry.", "lists", "## A card"),
        ("entry", "One entry, as its own page sees it.", "entry.html", "## `entry.html`"),
        ("kind", "All entries of a kind, as their index sees them.", "index.html", "## `{kind}-index.html`"),
    ];
    for (name, about, seen_by, title) in sections {
        let page = titled(name, about).text("seen_by", seen_by).body(section(title));
        pages.push((format!("template-values/{name}.md"), page));
    }
    for (template, what) in rows(section("## The other pages")) {
        let name =
            template.split('`').nth(1).unwrap_or(&template).trim_end_matches(".html").replace("blocks/{name}", "block");
        let seen_by = template.replace('`', "");
        let about = match seen_by.rsplit_once(", ") {
            Some((first, last)) => format!("What {first} and {last} see."),
            None => format!("What {seen_by} sees."),
        };
        let page = titled(&name, &about).text("seen_by", &seen_by).body(sentence(&what));
        pages.push((format!("template-values/{}.md", slug(&name)), page));
    }
    pages
}

/// A page about a value: its title says what it is, since other things have the same names.
fn titled(name: &str, about: &str) -> ReferencePage {
    ReferencePage::new(&format!("The value {name}"), about).short(name)
}

fn value(name: &str, seen_by: &str, what: &str) -> (String, ReferencePage) {
    let plain_name = name.replace('`', "");
    let short = plain_name.split('(').next().unwrap_or_default().to_string();
    let about = match short.as_str() {
        "site" => "What is known of the whole site.".to_string(),
        "page" => "What is known of the page that is drawn.".to_string(),
        // A function: its sentence stands before the first semicolon or colon.
        _ => plain(&sentence(what.split([';', ':']).next().unwrap_or(what))),
    };
    let mut body = String::new();
    if plain_name != short {
        body.push_str(&format!("```html\n{{{{ {plain_name} }}}}\n```\n\n"));
    }
    body.push_str(&sentence(what));
    (format!("template-values/{short}.md"), titled(&short, &about).text("seen_by", seen_by).body(body))
}

fn sentence(text: &str) -> String {
    let mut text = text.to_string();
    if text.starts_with(|c: char| c.is_lowercase()) {
        text = text[..1].to_uppercase() + &text[1..];
    }
    if text.ends_with('.') { text } else { text + "." }
}

/// The rows of the first table in a text.
fn rows(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| line.starts_with("| `"));
    lines
        .filter_map(|line| {
            let (name, what) = line.trim_matches('|').trim().split_once(" | ")?;
            Some((name.trim().to_string(), what.trim().to_string()))
        })
        .collect()
}

//! Keys of front matter to typed fields, with how many texts have them and how many values fit.

use std::collections::{BTreeMap, BTreeSet};

use super::config::Config;
use super::seen::MarkdownFile;
use super::tool::Tool;
use crate::model::fields::is_one_item;
use crate::model::keys::{RESERVED, day_mark, keeps_back};
use crate::model::value::Date;
use crate::yaml::Yaml;

/// So many keys that are data are named.
const DATA: usize = 12;
/// Choices are offered up to so many values.
const CHOICES: usize = 8;
/// Numbers above this one are moments in milliseconds.
const MOMENTS: i64 = 100_000_000_000;
/// From so many texts on, few values are no accident.
const ENOUGH: usize = 12;
/// Keys that other tools read and no page shows: they stay data.
const OF_TOOLS: &[&str] = &[
    "layout",
    "permalink",
    "slug",
    "url",
    "weight",
    "order",
    "sidebar_position",
    "nav_order",
    "sort_by",
    "paginate_by",
    "insert_anchor_links",
    "redirect_to",
    "type",
    "sitemap",
    "publish",
    "published",
    "private",
    "cssclass",
    "cssclasses",
    "id",
    "sidebar_label",
    "aliases",
    "aside",
    "banner",
    "custom_edit_url",
    "displayed_sidebar",
    "isHome",
    "last_update",
    "markdownStyles",
    "navbar",
    "pagefind",
    "pagination_label",
    "pagination_next",
    "pagination_prev",
    "parse_number_prefixes",
    "sidebar",
    "sidebarDepth",
    "sidebar_class_name",
    "sidebar_custom_props",
    "sidebar_key",
    "titleTemplate",
    "title_meta",
    "toc_max_heading_level",
    "toc_min_heading_level",
    "wrapperClassName",
    "schema",
    "uid",
    "Locale",
    "bodyclass",
    "canonical",
    "communityLinksKey",
    "editLink",
    "editUrl",
    "editor",
    "excalidraw-plugin",
    "excerpt",
    "head",
    "hero",
    "icon",
    "image",
    "lang",
    "lastUpdated",
    "outline",
    "parent",
    "grand_parent",
    "has_children",
    "linkTitle",
    "nav_title",
    "pageClass",
    "pageTitle",
    "prev",
    "next",
    "relatedKey",
    "relatedTitle",
    "robots",
    "tableOfContents",
    "template",
    "toc",
    "boost",
    "build",
    "bibliography",
    "canonicalUrl",
    "canonical_url",
    "classes",
    "code-annotations",
    "csl",
    "engine",
    "excerpt_separator",
    "execute",
    "format",
    "hide",
    "jupyter",
    "kanban-plugin",
    "layouts",
    "markup",
    "menu",
    "menus",
    "meta",
    "obsidianUIMode",
    "outputs",
    "page-layout",
    "page_template",
    "paginate_path",
    "paginate_reversed",
    "permalinkPattern",
    "routeMeta",
    "resources",
    "search",
    "social",
    "templateEngineOverride",
    "title-block-style",
    "translationKey",
    "translation_key",
];
/// Keys with several values, even where every text has one.
pub(super) const TAGS: [&str; 2] = ["tags", "categories"];
/// What the names of switches of a page's look begin with.
const SWITCHES: [&str; 7] = ["hide", "show", "exclude", "override", "disable", "enable", "is_"];

/// A field as it is drafted.
pub(super) struct DraftField {
    pub name: String,
    /// As `site.yaml` has it: `date`, `{type: list, of: text}`.
    pub declared: String,
    /// In how many texts it stands, and in how many of them its value fits.
    pub count: usize,
    pub fits: usize,
    pub texts: usize,
    /// The table of the front matter in which texts have it: `taxonomies`.
    pub table: Option<&'static str>,
    /// Whether the tool makes pages of its values.
    pub is_grouped: bool,
    /// The first value that does not fit, and where.
    pub odd: Option<(String, String)>,
}

impl DraftField {
    /// Whether readers of such sites find texts by its values: the lists that other tools make pages of.
    pub fn is_for_groups(&self) -> bool {
        const KEYS: [&str; 6] = ["tags", "tag", "categories", "category", "topics", "keywords"];
        let is_named = KEYS.contains(&self.name.to_ascii_lowercase().as_str()) || self.table == Some(TAXONOMIES);
        self.declared == "{type: list, of: text}" && (is_named || self.is_grouped)
    }
}

/// The table in which Zola has the keys by which it groups texts.
const TAXONOMIES: &str = "taxonomies";

/// The tables of front matter in which a tool has the keys of a site.
fn tables(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Zola => &[TAXONOMIES, "extra"],
        Tool::Hugo => &["params"],
        _ => &[],
    }
}

/// The fields of some texts, the most frequent first. Keys of which nothing can be said stay data.
pub(super) fn fields(texts: &[&MarkdownFile], config: &Config) -> Vec<DraftField> {
    let is_grouped = |key: &str| config.groups.iter().any(|(name, _)| name.eq_ignore_ascii_case(key));
    let mut values: BTreeMap<&str, Vec<(&str, &Yaml)>> = BTreeMap::new();
    let mut tabled: BTreeMap<&str, &'static str> = BTreeMap::new();
    for text in texts {
        for (key, value) in text.keys.iter().filter(|(_, value)| *value != Yaml::Null) {
            values.entry(key).or_default().push((&text.path, value));
        }
        for table in tables(config.tool) {
            let Some(Yaml::Map(keys)) = text.get(table) else { continue };
            for (key, value) in keys.iter().filter(|(key, value)| *value != Yaml::Null && text.get(key).is_none()) {
                // One key has one meaning; where two tables have it, it is that of the first.
                if *tabled.entry(key).or_insert(*table) == *table {
                    values.entry(key).or_default().push((&text.path, value));
                }
            }
        }
    }
    let mut fields: Vec<DraftField> = values
        .into_iter()
        .filter(|(key, values)| is_own(key) && (values.len() * 20 >= texts.len() || is_grouped(key)))
        .filter(|(_, values)| !values.iter().any(|(_, value)| is_held_back(value)))
        .filter_map(|(key, values)| {
            let table = tabled.get(key).copied();
            Some(DraftField { table, ..field(key, &values, texts.len(), is_grouped(key))? })
        })
        .collect();
    fields.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    fields
}

/// Whether a key is one of the site, and none that every tool reads.
pub(super) fn is_own(key: &str) -> bool {
    // A declared key means what the site says, and no longer keeps a file back.
    let is_mark = keeps_back(key).is_some()
        || day_mark(key).is_some()
        || RESERVED.iter().any(|known| known.eq_ignore_ascii_case(key));
    !is_mark && !OF_TOOLS.iter().any(|known| known.eq_ignore_ascii_case(key)) && is_plain(key) && !is_switch(key)
}

/// Whether a value is one of those by which tools keep a file back: `status: draft`, `visibility: private`.
fn is_held_back(value: &Yaml) -> bool {
    matches!(value, Yaml::Text(text) if ["draft", "private"].iter().any(|word| text.trim().eq_ignore_ascii_case(word)))
}

/// Whether a key switches a part of the page on or off: `hide_title`, `excludeFromSidebar`.
fn is_switch(key: &str) -> bool {
    SWITCHES.iter().any(|begin| {
        key.strip_prefix(begin).is_some_and(|rest| {
            begin.ends_with('_') || rest.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
        })
    })
}

/// The keys of some texts that are data for templates and no fields, the most frequent first.
pub(super) fn data(texts: &[&MarkdownFile], config: &Config) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in texts.iter().flat_map(|text| &text.keys).filter(|(_, value)| *value != Yaml::Null) {
        *counts.entry(key).or_default() += 1;
    }
    let fields = fields(texts, config);
    let tables = fields.iter().filter_map(|field| field.table).map(String::from);
    let declared: BTreeSet<String> = tables.chain(fields.iter().map(|field| field.name.clone())).collect();
    let is_data = |key: &str, count: usize| {
        !RESERVED.contains(&key) && !declared.contains(key) && key != "description" && count * 20 >= texts.len()
    };
    let mut all: Vec<(String, usize)> = counts
        .into_iter()
        .filter(|(key, count)| is_data(key, *count))
        .map(|(key, count)| (key.split_whitespace().collect::<Vec<_>>().join(" "), count))
        .collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(DATA);
    all
}

/// Whether a key can be the name of a field.
fn is_plain(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a value is of a type.
type Fits = fn(&Yaml) -> bool;

fn field(name: &str, values: &[(&str, &Yaml)], texts: usize, is_grouped: bool) -> Option<DraftField> {
    let is_tag = is_grouped || TAGS.contains(&name);
    // A vault keeps links between its notes in keys, too: as Markdown they lead somewhere.
    let linked = values.iter().any(|(_, value)| has_wikilink(value));
    // Where some texts have several values, one of another stands for a list of one.
    let listed = is_tag || values.iter().any(|(_, value)| matches!(value, Yaml::List(_)));
    // What is true or false is a switch for templates nearly everywhere, and stays data.
    let all_links = values.iter().all(|(_, value)| is_link(value));
    let text = if all_links { "url" } else { "text" };
    let kinds: [(&str, Fits); 5] = [
        ("date", |value| matches!(value, Yaml::Text(text) if is_date(text))),
        ("integer", |value| matches!(value, Yaml::Integer(_))),
        ("number", |value| matches!(value, Yaml::Integer(_) | Yaml::Number(_))),
        ("{type: list, of: text}", if listed { is_list_or_one } else { is_list }),
        (text, |value| matches!(value, Yaml::Text(_) | Yaml::Integer(_))),
    ];
    // Nine of ten values decide; the others are reported where they stand.
    let fits = |is: Fits| values.iter().filter(|(_, value)| is(value)).count();
    // Tags are tags, in whatever forms: readers find texts by them.
    let is_clear = |is: Fits| if is_tag { fits(is) * 2 > values.len() } else { fits(is) * 10 >= values.len() * 9 };
    let (declared, is) = kinds.iter().filter(|_| !is_tag).chain(&kinds[3..4]).find(|(_, is)| is_clear(*is))?;
    // Moments in milliseconds are for programs.
    let is_moment = |value: &Yaml| matches!(value, Yaml::Integer(moment) if *moment > MOMENTS);
    if *declared == "integer" && values.iter().all(|(_, value)| is_moment(value)) {
        return None;
    }
    let odd = values.iter().find(|(_, value)| !is(value));
    let declared = match *declared {
        "text" if linked => "markdown".to_string(),
        "{type: list, of: text}" if linked => "{type: list, of: markdown}".to_string(),
        declared => choices(declared, values).unwrap_or_else(|| declared.to_string()),
    };
    Some(DraftField {
        name: name.to_string(),
        declared,
        count: values.len(),
        fits: fits(*is),
        texts,
        table: None,
        is_grouped,
        odd: odd.map(|(path, value)| (value.sort().to_string(), (*path).to_string())),
    })
}

/// Whether a value is the address of a page of another site, as a field of such addresses takes it.
fn is_link(value: &Yaml) -> bool {
    let Yaml::Text(text) = value else { return false };
    let is_of_web = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    is_of_web && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

fn is_list(value: &Yaml) -> bool {
    let Yaml::List(items) = value else { return false };
    items.iter().all(|item| !matches!(item, Yaml::List(_) | Yaml::Map(_)))
}

fn is_list_or_one(value: &Yaml) -> bool {
    // A text with commas is several.
    is_list(value) || is_one_item(value) || matches!(value, Yaml::Text(_))
}

/// Whether a value is a link to a note, or holds one: `"[[Pea]]"`.
fn has_wikilink(value: &Yaml) -> bool {
    match value {
        Yaml::List(items) => items.iter().any(has_wikilink),
        Yaml::Text(text) => text.split_once("[[").is_some_and(|(_, rest)| rest.contains("]]")),
        _ => false,
    }
}

/// A choice, where many texts have few values.
fn choices(declared: &str, values: &[(&str, &Yaml)]) -> Option<String> {
    let all: BTreeSet<&str> = values
        .iter()
        .map(|(_, value)| match value {
            Yaml::Text(text) => Some(text.trim()),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let plain = |text: &&str| {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        !text.is_empty()
            && text.len() <= 24
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(word)
    };
    let few = declared == "text" && values.len() >= ENOUGH && all.len() > 1 && all.len() <= CHOICES;
    let words = few && all.len() * 4 <= values.len() && all.iter().all(plain);
    words.then(|| format!("{{type: choice, of: [{}]}}", all.into_iter().collect::<Vec<_>>().join(", ")))
}

fn is_date(text: &str) -> bool {
    text.get(..10).is_some_and(|day| Date::parse(day).is_some())
}

/// The key under which texts keep old addresses, with their number: Hugo and Zola call it `aliases`, as vaults call other names.
pub(super) fn old_addresses(texts: &[&MarkdownFile], tool: Tool) -> Option<(String, usize)> {
    let all: Vec<&str> = texts.iter().flat_map(|text| aliases(text)).collect();
    let addresses = all.iter().filter(|alias| alias.contains('/')).count();
    let is_meant = match tool {
        // Relative ones of Hugo count from the address of the page, which no key says.
        Tool::Hugo => all.iter().all(|alias| alias.starts_with('/')),
        Tool::Zola => true,
        _ => addresses * 2 > all.len(),
    };
    (is_meant && !all.is_empty()).then(|| ("aliases".to_string(), all.len()))
}

/// What stands under `aliases`.
pub(super) fn aliases(text: &MarkdownFile) -> impl Iterator<Item = &str> {
    let items = match text.get("aliases") {
        Some(Yaml::List(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    items.iter().filter_map(Yaml::as_text)
}

/// Whether most texts say their own address.
pub(super) fn addresses(texts: &[&MarkdownFile]) -> Option<(&'static str, usize)> {
    let has = |keys: &[&str]| {
        let says = |text: &&&MarkdownFile| {
            keys.iter().any(
                |key| matches!(text.get(key), Some(Yaml::Text(text)) if !text.contains('{') && !text.contains("://")),
            )
        };
        texts.iter().filter(says).count()
    };
    let found = [("permalink", has(&["permalink", "url"])), ("slug", has(&["slug"]))];
    found.into_iter().find(|(_, count)| count * 2 > texts.len())
}

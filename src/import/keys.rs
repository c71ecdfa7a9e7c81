//! Keys of other tools that mean what a key means here: titles, days, and what a text stands below.

use std::collections::{BTreeMap, BTreeSet};

use super::seen::MarkdownFile;
use crate::model::value::Date;
use crate::yaml::Yaml;

/// Keys with the title of a page.
const TITLES: [&str; 2] = ["eleventyNavigation.title", "eleventyNavigation.key"];
/// Keys with what lists and menus call a page.
const SHORT_TITLES: [&str; 6] =
    ["linkTitle", "sidebar_label", "sidebar.label", "nav_title", "eleventyNavigation.title", "eleventyNavigation.key"];
/// Keys with the date of a page.
const DATES: [&str; 4] = ["pubDate", "pubDatetime", "publishDate", "publish_date"];
/// Keys with the day on which a page was changed.
const UPDATED: [&str; 3] = ["updatedDate", "modDatetime", "lastmod"];
/// Keys with the name of what a page stands below.
const PARENTS: [&str; 2] = ["eleventyNavigation.parent", "parent"];
/// Keys by which the entries of a menu are sorted.
const ORDERS: [&str; 3] = ["eleventyNavigation.order", "sidebar.order", "nav_order"];
/// So many texts that stand below others make a tree.
const ENOUGH: usize = 3;

/// What the keys of some texts mean.
pub(super) struct DraftKeys {
    /// In place of `title`.
    pub title: Vec<String>,
    /// In place of `short_title`.
    pub short_title: Vec<String>,
    /// In place of `date`.
    pub date: Vec<String>,
    /// In place of `updated`.
    pub updated: Vec<String>,
    /// The key with what a text stands below.
    pub parent: Option<&'static str>,
    /// The key by which they are sorted.
    pub order: Option<&'static str>,
}

impl DraftKeys {
    /// Those of some texts.
    pub fn of(texts: &[&MarkdownFile]) -> Self {
        let count = |key: &str| texts.iter().filter(|text| is_text(text.at(key))).count();
        let written = |key: &&&str| count(key) > 0;
        let title: Vec<String> =
            called_title(texts).into_iter().chain(TITLES.iter().filter(written).map(|key| (*key).into())).collect();
        let short_title: Vec<String> = SHORT_TITLES.iter().filter(written).map(|key| (*key).into()).collect();
        let parent = PARENTS.into_iter().find(|key| count(key) >= ENOUGH && name_texts(texts, key));
        let sorted = |key: &&str| texts.iter().filter(|text| is_number(text.at(key))).count() * 2 > texts.len();
        let order = ORDERS.into_iter().find(sorted);
        let days = |keys: &[&str]| keys.iter().filter(|key| are_days(texts, key)).map(|key| (*key).into()).collect();
        Self { title, short_title, date: days(&DATES), updated: days(&UPDATED), parent, order }
    }
}

/// The key that is called like a title, where most texts without one have it: `pageTitle`.
fn called_title(texts: &[&MarkdownFile]) -> Option<String> {
    let untitled: Vec<_> = texts.iter().filter(|text| text.title.is_none()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, value) in untitled.iter().flat_map(|text| &text.keys) {
        let is_short = SHORT_TITLES.iter().any(|known| known.eq_ignore_ascii_case(key));
        let is_title = key.to_ascii_lowercase().ends_with("title") && !is_short;
        if is_title && !matches!(key.as_str(), "short_title" | "relatedTitle") && is_text(Some(value)) {
            *counts.entry(key).or_default() += 1;
        }
    }
    let (key, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > untitled.len() || key == "pageTitle").then(|| key.to_string())
}

/// Whether most values of a key are names of other texts.
fn name_texts(texts: &[&MarkdownFile], key: &str) -> bool {
    let title = |text: &&MarkdownFile| {
        let keys = ["title", "pageTitle"].into_iter().chain(SHORT_TITLES);
        keys.filter_map(|key| word(text.at(key))).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let titles: BTreeSet<String> = texts.iter().flat_map(title).collect();
    let named: Vec<&str> = texts.iter().filter_map(|text| word(text.at(key))).collect();
    named.iter().filter(|name| titles.contains(&name.to_lowercase())).count() * 2 > named.len()
}

/// Whether all values of a key are days, and some text has it.
fn are_days(texts: &[&MarkdownFile], key: &str) -> bool {
    let mut values = texts.iter().filter_map(|text| text.at(key)).filter(|value| !value.is_blank()).peekable();
    let is_day =
        |value: &Yaml| word(Some(value)).is_some_and(|day| Date::of(day).or(Date::of_other_tool(day)).is_some());
    values.peek().is_some() && values.all(is_day)
}

fn word(value: Option<&Yaml>) -> Option<&str> {
    match value {
        Some(Yaml::Text(text)) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

fn is_text(value: Option<&Yaml>) -> bool {
    word(value).is_some()
}

fn is_number(value: Option<&Yaml>) -> bool {
    matches!(value, Some(Yaml::Integer(_) | Yaml::Number(_)))
}

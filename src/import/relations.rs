//! Keys whose values are names of texts in another folder become relations.

use std::collections::BTreeSet;

use super::fields::TAGS;
use super::kinds::{DraftKind, DraftRelation};
use super::seen::MarkdownFile;
use crate::folders::{is_below, without_extension};
use crate::links::typed_name;
use crate::url::slug;
use crate::yaml::Yaml;

/// So many values are no accident.
const ENOUGH: usize = 3;

/// Makes a field again of each relation whose key stands last before a place of a text.
pub(super) fn withdraw(kinds: &mut [DraftKind], before: &str) -> bool {
    let is_key = |line: &str, key: &str| {
        let behind =
            line.trim_matches(['"', '\'']).strip_prefix(key).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        behind.is_some_and(|rest| rest.starts_with([':', '=']))
    };
    let mut withdrawn = false;
    for kind in kinds {
        let last =
            before.lines().rev().find(|line| line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'')));
        let place = kind.relations.iter().position(|relation| last.is_some_and(|line| is_key(line, &relation.key)));
        if let Some(relation) = place.map(|place| kind.relations.remove(place)) {
            kind.fields.push(relation.field);
            withdrawn = true;
        }
    }
    withdrawn
}

/// Finds the relations of all kinds. What becomes one is a field no longer.
pub(super) fn relations(all: &[&MarkdownFile], kinds: &mut [DraftKind]) {
    let folders: Vec<String> = kinds.iter().map(|kind| kind.folder.clone()).collect();
    // A text belongs to the innermost of the folders.
    let of_kind = |at: usize| {
        let inside = |text: &&MarkdownFile| {
            let folder = folders.iter().filter(|folder| is_below(&text.path, folder)).max_by_key(|folder| folder.len());
            folder == Some(&folders[at])
        };
        all.iter().copied().filter(inside).collect::<Vec<_>>()
    };
    let texts: Vec<Vec<&MarkdownFile>> = (0..kinds.len()).map(of_kind).collect();
    let slugs: Vec<BTreeSet<String>> = texts
        .iter()
        .map(|texts| {
            texts
                .iter()
                .filter(|text| without_extension(&text.path).is_some())
                .map(|text| slug(typed_name(&text.path)))
                .filter(|slug| !slug.is_empty())
                .collect()
        })
        .collect();
    let names: Vec<(String, String)> = kinds.iter().map(|kind| (kind.name.clone(), kind.plural.clone())).collect();
    let mut taken: Vec<BTreeSet<String>> =
        kinds.iter().map(|kind| kind.fields.iter().map(|field| field.name.clone()).collect()).collect();
    for at in 0..kinds.len() {
        let keys = kinds[at].fields.iter().filter(|field| !field.is_grouped).map(|field| field.name.clone());
        let keys: Vec<String> = keys.filter(|key| !TAGS.contains(&key.as_str())).collect();
        for key in keys {
            let values: Vec<String> = texts[at].iter().filter_map(|text| text.get(&key)).flat_map(values).collect();
            let other = (0..kinds.len())
                .filter(|other| *other != at)
                .find(|other| values.len() >= ENOUGH && values.iter().all(|value| slugs[*other].contains(value)));
            let Some(other) = other else { continue };
            let back = names[at].1.clone();
            if !taken[other].insert(back.clone()) {
                continue;
            }
            let Some(place) = kinds[at].fields.iter().position(|field| field.name == key) else { continue };
            let field = kinds[at].fields.remove(place);
            let to = names[other].0.clone();
            kinds[at].relations.push(DraftRelation { key, to, back, count: values.len(), field });
        }
    }
}

/// The names in a value, where it holds nothing else.
fn values(value: &Yaml) -> Vec<String> {
    let items = match value {
        Yaml::List(items) => items.iter().collect(),
        one => vec![one],
    };
    let name = |item: &Yaml| match item {
        Yaml::Text(text) if slug(text) == *text => text.clone(),
        _ => String::new(), // is the name of nothing
    };
    items.into_iter().map(name).collect()
}

//! Keys whose values are names of texts in another folder become relations.

use std::collections::BTreeSet;

use super::kinds::DraftKind;
use super::look::MarkdownFile;
use crate::folders::{is_below, without_extension};
use crate::links::typed_name;
use crate::url::slug;
use crate::yaml::Yaml;

/// So many values are no accident.
const ENOUGH: usize = 3;

/// A key that relates the texts of a kind to those of another one.
pub(super) struct DraftRelation {
    /// The key.
    pub key: String,
    /// The name of the other kind.
    pub to: String,
    /// The key on the other side.
    pub back: String,
    /// How many values there are.
    pub count: usize,
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
                .collect()
        })
        .collect();
    let names: Vec<(String, String)> = kinds.iter().map(|kind| (kind.name.clone(), kind.plural.clone())).collect();
    let mut taken: Vec<BTreeSet<String>> =
        kinds.iter().map(|kind| kind.fields.iter().map(|field| field.name.clone()).collect()).collect();
    for at in 0..kinds.len() {
        let keys: Vec<String> = kinds[at].fields.iter().map(|field| field.name.clone()).collect();
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
            kinds[at].fields.retain(|field| field.name != key);
            let to = names[other].0.clone();
            kinds[at].relations.push(DraftRelation { key, to, back, count: values.len() });
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

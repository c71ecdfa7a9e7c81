//! Which templates one template is made of: those that it extends, includes or calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::hash::{Hash, Hasher};
use crate::model::source::Source;

/// A template.
pub(super) struct Known {
    /// Its file.
    pub path: Arc<str>,
    /// What stands in it.
    pub text: Arc<str>,
    /// The hash of it and of everything that it is made of.
    pub hash: Hash,
    /// The files of it and of everything that it is made of.
    pub files: Vec<Arc<str>>,
}

/// The templates among these files, by name. The project's own hide those of the theme.
pub(super) fn known(sources: &[Source]) -> BTreeMap<String, Known> {
    let mut known = BTreeMap::new();
    for prefix in ["theme/", "templates/"] {
        for source in sources.iter().filter(|source| source.path.ends_with(".html")) {
            if let Some(name) = source.path.strip_prefix(prefix) {
                let (path, text) = (source.path.clone(), source.text.clone());
                let entry = Known { path, text, hash: source.hash, files: Vec::new() };
                known.insert(name.to_string(), entry);
            }
        }
    }
    let closures = closures(sources, &known);
    for (known, (hash, files)) in known.values_mut().zip(closures) {
        (known.hash, known.files) = (hash, files);
    }
    known
}

/// For each template all templates that it is made of, and the hash of them.
fn closures(sources: &[Source], known: &BTreeMap<String, Known>) -> Vec<(Hash, Vec<Arc<str>>)> {
    let mut components: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        for name in defined(&source.text) {
            components.entry(name).or_default().insert(&source.path);
        }
    }
    let texts: BTreeMap<&str, &Source> = sources.iter().map(|source| (&*source.path, source)).collect();
    let uses: BTreeMap<&str, BTreeSet<&str>> = texts
        .iter()
        .map(|(path, source)| {
            let mut used = BTreeSet::new();
            for name in named(&source.text) {
                used.extend(["templates/", "theme/", ""].iter().filter_map(|prefix| {
                    texts.get_key_value(format!("{prefix}{name}").as_str()).map(|(path, _)| *path)
                }));
            }
            for name in called(&source.text) {
                used.extend(components.get(name).into_iter().flatten());
            }
            (*path, used)
        })
        .collect();
    known
        .values()
        .map(|template| {
            let (mut all, mut open) = (BTreeSet::new(), vec![&*template.path]);
            while let Some(path) = open.pop() {
                if all.insert(path) {
                    open.extend(uses.get(path).into_iter().flatten());
                }
            }
            let mut hasher = Hasher::new();
            for path in &all {
                hasher.text(path).hash(&texts[path].hash);
            }
            (hasher.finish(), all.into_iter().map(|path| texts[path].path.clone()).collect())
        })
        .collect()
}

/// The names behind `extends` and `include`.
fn named(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    let named = tags.filter_map(|tag| tag.strip_prefix("extends").or_else(|| tag.strip_prefix("include")));
    named.filter_map(|rest| rest.trim_start().split(['"', '\'', '`']).nth(1)).collect()
}

/// The names of the components that a template defines.
fn defined(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    tags.filter_map(|tag| tag.strip_prefix("component")).map(|rest| identifier(rest.trim_start())).collect()
}

/// The names of the components that a template calls, with or without space before them. HTML tags are among them, which does
/// no harm.
fn called(text: &str) -> BTreeSet<&str> {
    text.split('<').skip(1).map(|rest| identifier(rest.trim_start())).filter(|name| !name.is_empty()).collect()
}

/// The name that a text begins with.
pub(super) fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    &text[..end]
}

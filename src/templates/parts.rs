//! Which templates one template is made of: those that it extends, includes or calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::hash::{Hash, Hasher};
use crate::model::source::Source;

/// A template.
pub(super) struct KnownTemplate {
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
pub(super) fn known(sources: &[Source]) -> BTreeMap<String, KnownTemplate> {
    let mut known = BTreeMap::new();
    for prefix in ["theme/", "templates/"] {
        for source in sources.iter().filter(|source| source.path.ends_with(".html")) {
            if let Some(name) = source.path.strip_prefix(prefix) {
                let (path, text) = (source.path.clone(), source.text.clone());
                let entry = KnownTemplate { path, text, hash: source.hash, files: Vec::new() };
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

/// For each template all files that it is made of, and the hash of them.
///
/// Tera does not tell them. So a template counts as made of every file whose name or component it mentions anywhere, which
/// may be too many and is never too few: whatever is extended, included or called has to be named.
fn closures(sources: &[Source], known: &BTreeMap<String, KnownTemplate>) -> Vec<(Hash, Vec<Arc<str>>)> {
    let texts: BTreeMap<&str, String> =
        sources.iter().map(|source| (&*source.path, source.text.replace('\\', ""))).collect();
    let hashes: BTreeMap<&str, Hash> = sources.iter().map(|source| (&*source.path, source.hash)).collect();
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, text) in &texts {
        let name = ["templates/", "theme/"].iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(path);
        for name in [name, *path].into_iter().chain(components(text)) {
            named.entry(name).or_default().insert(*path);
        }
    }
    let uses: BTreeMap<&str, BTreeSet<&str>> = texts
        .iter()
        .map(|(path, text)| {
            let mentioned = words(text).chain(text.split(['"', '\'', '`']));
            (*path, mentioned.filter_map(|name| named.get(name)).flatten().copied().collect())
        })
        .collect();
    let all_of = |template: &KnownTemplate| {
        let (mut all, mut open) = (BTreeSet::new(), vec![&*template.path]);
        while let Some((path, _)) = open.pop().and_then(|path| uses.get_key_value(path)) {
            if all.insert(*path) {
                open.extend(&uses[path]);
            }
        }
        let mut hasher = Hasher::new();
        for path in &all {
            hasher.text(path).hash(&hashes[path]);
        }
        (hasher.finish(), all.into_iter().map(Arc::from).collect())
    };
    known.values().map(all_of).collect()
}

/// The words of a text, in order.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// The components that a text defines; of one with dots the first word.
fn components(text: &str) -> Vec<&str> {
    words(text).zip(words(text).skip(1)).filter(|(word, _)| *word == "component").map(|(_, name)| name).collect()
}

/// The name that a text begins with.
pub(super) fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sources: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<_> = sources.iter().map(|(path, text)| Source::new(*path, *text)).collect();
        known(&sources)["page.html"].files.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_template_is_made_of_whatever_it_names_however_it_is_written() {
        let parts = [
            ("templates/parts/a.html", "{%- component\nkit . button() -%}{{ <icon/> }}{% endcomponent %}"),
            ("theme/b.html", "{% component icon() %}i{% endcomponent icon %}"),
            ("theme/other.html", "{% component lamp() %}l{% endcomponent lamp %}"),
        ];
        for page in
            ["{{ < kit.button /> }}", "{% <\n kit . button() %}{% </ kit.button> %}", "{% include 'parts\\/a.html' %}"]
        {
            let all = [&[("templates/page.html", page)], &parts[..]].concat();
            assert_eq!(files(&all), ["templates/page.html", "templates/parts/a.html", "theme/b.html"], "{page}");
        }
    }

    #[test]
    fn the_projects_own_file_and_the_one_of_the_theme_both_count() {
        let all = [
            ("templates/page.html", "{%extends\"base.html\"%}"),
            ("templates/base.html", "{% extends `theme/base.html` %}"),
            ("theme/base.html", "<p>"),
        ];
        assert_eq!(files(&all), ["templates/base.html", "templates/page.html", "theme/base.html"]);
    }
}

//! Keys that stand twice in one mapping.

use rustc_hash::FxHashMap;

use super::{MappingPart, Path, PathStep, Yaml, YamlText};
use crate::diagnostics::{Code, Diagnostic};

/// Reports keys that stand twice in one mapping of a YAML document, with the place of the first.
pub fn duplicate_keys(text: &YamlText, yaml: &Yaml) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    search(text, yaml, &mut Vec::new(), &mut found);
    found
}

fn search(text: &YamlText, yaml: &Yaml, path: &mut Path, found: &mut Vec<Diagnostic>) {
    match yaml {
        Yaml::Map(entries) => {
            let mut seen = FxHashMap::default();
            for (key, value) in entries {
                path.push(PathStep::Key(key.clone()));
                let n = seen.entry(key).and_modify(|n| *n += 1).or_insert(0);
                if *n > 0 {
                    let place = text.nth_place(path, MappingPart::Key, *n);
                    let first = text.nth_place(path, MappingPart::Key, 0);
                    let message = format!("the key `{key}` stands here twice");
                    found.push(
                        Diagnostic::new(Code::YamlDuplicateKey, place, message)
                            .related(first, "first written here")
                            .help("remove one of the two"),
                    );
                }
                search(text, value, path, found);
                path.pop();
            }
        }
        Yaml::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(PathStep::Index(at));
                search(text, item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

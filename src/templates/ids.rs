//! The ids that templates write themselves.

use rustc_hash::FxHashSet;

use crate::model::source::Source;

/// The ids in templates, as far as their texts show them.
#[derive(Default)]
pub(super) struct TemplateIds {
    whole: FxHashSet<String>,
    /// Beginnings of ids that end with a value: `rel-` of `rel-{{ group.key }}`.
    begins: Vec<String>,
}

impl TemplateIds {
    /// The ids of all templates.
    pub fn of(sources: &[Source]) -> Self {
        // Pages list the works that they cite under these.
        let mut ids = Self { whole: FxHashSet::default(), begins: vec!["source-".into()] };
        for source in sources {
            for written in source.text.split(" id=\"").skip(1) {
                let id = written.split('"').next().unwrap_or_default();
                match id.split_once("{{") {
                    None => drop(ids.whole.insert(id.to_string())),
                    Some(("", _)) => {}
                    Some((begin, _)) => ids.begins.push(begin.to_string()),
                }
            }
        }
        ids.begins.sort();
        ids.begins.dedup();
        ids
    }

    /// Whether a template may write this id.
    pub fn has(&self, id: &str) -> bool {
        self.whole.contains(id) || self.begins.iter().any(|begin| id.starts_with(begin))
    }
}

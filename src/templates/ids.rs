//! The ids that templates write themselves.

use rustc_hash::FxHashSet;

use crate::model::source::Source;

/// The ids in templates, as far as their texts show them.
#[derive(Default)]
pub(super) struct TemplateIds {
    whole: FxHashSet<String>,
    /// Beginnings of ids that end with a value, `rel-` of `rel-{{ group.key }}`, in order; none begins with another.
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
        ids.begins.dedup_by(|next, first| next.starts_with(first.as_str()));
        ids
    }

    /// Whether a template may write this id.
    pub fn has(&self, id: &str) -> bool {
        // The last one that does not come after the id is the only one with which it can begin.
        let behind = self.begins.partition_point(|begin| begin.as_str() <= id);
        let begin = behind.checked_sub(1).map(|at| &self.begins[at]);
        self.whole.contains(id) || begin.is_some_and(|begin| id.starts_with(begin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_whole_and_by_its_beginning() {
        let text =
            "<p id=\"toc\"><p id=\"rel-{{ key }}\"><p id=\"rel-by-{{ key }}\"><p id=\"{{ id }}\"><p id=\"on{{ id }}\">";
        let ids = TemplateIds::of(&[Source::new("theme/page.html", text)]);
        for known in ["toc", "rel-", "rel-a", "rel-by-a", "rel-z", "on", "onward", "source-1"] {
            assert!(ids.has(known), "{known}");
        }
        for unknown in ["", "tocs", "re", "rel", "rem", "o", "a", "z", "source", "sources"] {
            assert!(!ids.has(unknown), "{unknown}");
        }
    }
}

//! What a text is told once: the first place of each sort is reported, and every other place with it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::MarkdownProblem;

/// What stands beside the other places of a sort.
pub(super) const TOO: &str = "here, too";

/// The sorts of problems that were found in a text.
#[derive(Default)]
pub(super) struct ProblemSorts {
    /// The first place of each sort, and the others in their order.
    places: BTreeMap<String, (Range<usize>, Vec<Range<usize>>)>,
}

impl ProblemSorts {
    /// Notes that a problem of a sort is at a place. Whether it is the first one, which is to be reported.
    pub fn is_first(&mut self, sort: impl Into<String>, place: Range<usize>) -> bool {
        let mut first = false;
        let (_, others) = self.places.entry(sort.into()).or_insert_with(|| {
            first = true;
            (place.clone(), Vec::new())
        });
        if !first {
            others.push(place);
        }
        first
    }

    /// Gives the problems that were reported the other places of their sort.
    pub fn complete(self, problems: &mut [MarkdownProblem]) {
        for (place, others) in self.places.into_values().filter(|(_, others)| !others.is_empty()) {
            if let Some(problem) = problems.iter_mut().find(|problem| problem.span == place) {
                problem.related.extend(others.into_iter().map(|other| (other, TOO.to_string())));
            }
        }
    }
}

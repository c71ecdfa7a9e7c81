//! What entries and texts have to be like.

use std::ops::RangeInclusive;

use crate::figures::Figures;
use crate::model::condition::Conditions;
use crate::model::schema::KindId;
use crate::yaml::Path;

/// A rule of the site.
#[derive(Debug)]
pub struct Rule {
    /// The code of its diagnostics.
    pub code: String,
    /// How bad it is to break it.
    pub severity: crate::diagnostics::Severity,
    /// The kinds that it holds for; all of them when empty.
    pub kinds: Vec<KindId>,
    /// What fields and relations have to be like for the rule to hold.
    pub when: Conditions,
    /// What has to be true.
    pub require: Vec<(String, Requirement)>,
    /// What texts have to be like.
    pub wording: TextRule,
    /// Entries that need not keep the rule: slugs, or kind and slug.
    pub except: Vec<String>,
    /// What the diagnostic says.
    pub message: String,
}

impl Rule {
    /// Whether an entry has to keep the rule.
    pub fn concerns(&self, kind: KindId, plural: &str, slug: &str) -> bool {
        let excepted = |name: &String| {
            name == slug || name.strip_prefix(plural).and_then(|rest| rest.strip_prefix('/')) == Some(slug)
        };
        (self.kinds.is_empty() || self.kinds.contains(&kind)) && !self.except.iter().any(excepted)
    }
}

/// What a rule asks of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRule {
    /// Phrases that may not stand in them.
    pub forbid: Vec<String>,
    /// Most words of a sentence.
    pub max_sentence_words: Option<usize>,
    /// The only characters that may stand in them.
    pub characters: Option<Vec<RangeInclusive<char>>>,
    /// Numbers up to this one stand in words, unless a unit or a label tells otherwise.
    pub numbers_in_words: Option<(u32, Figures)>,
    /// No sentence begins with a digit.
    pub no_digit_first: bool,
}

/// What a rule asks of a field or relation.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirement {
    /// At least and at most so many values.
    Count(usize, Option<usize>),
    /// One of these values.
    Is(Vec<String>),
    /// Relations to certain entries.
    Include(Include),
}

/// Entries that have to be among the related ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// What these entries are like.
    pub which: Conditions,
    /// Where it is declared.
    pub path: Path,
}

/// Which works were retracted, and which grades may not rest on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retractions {
    /// The file that lists retracted works, and where `site.yaml` names it.
    pub file: Option<(String, Path)>,
    /// The fields that say how sure a claim is.
    pub graded: Vec<String>,
}

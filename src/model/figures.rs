//! Figures of cited works: what a site declares of them, and the numbers of a text that stand beside citations.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::doc::Origin;
use crate::span::Offset;
use crate::yaml::Path;

/// How a site holds the numbers of its texts against the records of the works that they cite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The file with the records: `content/records.yaml`.
    pub file: String,
    /// Numbers of four digits that are years.
    pub years: Option<(u32, u32)>,
    /// Words that make a number before them a dose, a distance or a time: `km`, `minutes`. In lower case.
    pub units: Vec<String>,
    /// Words that make a number behind them a name: `day`, `pressure`. In lower case.
    pub labels: Vec<String>,
    /// Words between two numbers that share a unit or a label: `to`, `and`. In lower case.
    pub joined_by: Vec<String>,
    /// Number words that count as numbers in records, in lower case, and their values.
    pub words: BTreeMap<String, String>,
    /// Numbers that need not stand in a record.
    pub except: Vec<Exception>,
}

/// Numbers of one entry that need not stand in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The entry: `benefits/less-soreness`.
    pub entry: String,
    /// The values of the numbers.
    pub numbers: Vec<String>,
    /// Where it stands in `site.yaml`.
    pub path: Path,
}

/// A sentence that cites works and holds numbers, as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitedSentence {
    /// The works.
    pub keys: Vec<String>,
    /// The numbers that are neither years nor named by a unit or a label.
    pub numbers: Vec<CitedNumber>,
    /// The text in which it stands.
    pub origin: Origin,
}

/// A number of a sentence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitedNumber {
    /// Its value: two numbers with the same value are written alike here.
    pub value: String,
    /// Where it stands, counted as its text's origin says.
    pub span: Range<Offset>,
}

//! The numbers of a text that stand beside citations.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::body::TextOrigin;
use crate::span::Offset;

/// A sentence that cites works and holds numbers, as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitedSentence {
    /// The works.
    pub keys: Vec<String>,
    /// The numbers that are neither years nor named by a unit or a label.
    pub numbers: Vec<CitedNumber>,
    /// The text in which it stands.
    pub origin: TextOrigin,
}

/// A number of a sentence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitedNumber {
    /// Its value: two numbers with the same value are written alike here.
    pub value: String,
    /// Where it stands, counted as its text's origin says.
    pub span: Range<Offset>,
}

//! Relations between entries: their two sides, and which exclude each other or have to fit.

use serde::{Deserialize, Serialize};

use crate::model::schema::{Field, KindId, RelationId};

/// A declared relation between kinds.
#[derive(Debug)]
pub struct Relation {
    /// The side that is declared first.
    pub one: Side,
    /// The other side; `None` for a symmetric relation, whose two sides are the same.
    pub other: Option<Side>,
    /// The data that an edge may carry.
    pub fields: Vec<Field>,
    /// Paths that may not lead from one end of an edge to the other.
    pub conflicts_with: Vec<Conflict>,
    /// Fields of the two sides whose ranges have to overlap.
    pub fits: Vec<Fit>,
}

impl Relation {
    /// Whether both ends play the same part.
    pub fn symmetric(&self) -> bool {
        self.other.is_none()
    }

    /// A side, as seen from one of its entries.
    pub fn side(&self, end: End) -> &Side {
        match (end, &self.other) {
            (End::Other, Some(other)) => other,
            _ => &self.one,
        }
    }
}

/// A path over other relations that may not have the same two ends as an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The sides of the relation on which the path may begin.
    pub from: Vec<End>,
    /// The relations that it goes over, each with the side that it comes from: one or two.
    pub steps: Vec<(RelationId, End)>,
}

/// Two fields whose ranges have to overlap where an edge relates their entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The field of the entry on the first side.
    pub one: String,
    /// The field of the entry on the other side.
    pub other: String,
}

impl Fit {
    /// The field of the entry on a side.
    pub fn field(&self, end: End) -> &str {
        match end {
            End::One => &self.one,
            End::Other => &self.other,
        }
    }
}

/// One side of a relation.
#[derive(Debug)]
pub struct Side {
    /// The kinds whose entries stand on this side.
    pub kinds: Vec<KindId>,
    /// The key in their front matter.
    pub key: String,
    /// What the list of related entries is called on their pages.
    pub label: String,
    /// Fewest edges of an entry.
    pub at_least: usize,
    /// Most edges of an entry.
    pub at_most: Option<usize>,
}

/// Which side of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum End {
    /// The side declared first.
    One,
    /// The other side.
    Other,
}

impl End {
    /// The side across.
    pub fn across(self) -> Self {
        match self {
            Self::One => Self::Other,
            Self::Other => Self::One,
        }
    }
}

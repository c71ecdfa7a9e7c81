//! Edges between entries: flat, sorted, ids instead of names.

use crate::diagnostics::Diagnostic;
use crate::model::relation::End;
use crate::model::schema::RelationId;
use crate::model::site::EntryId;

/// The edges of all relations.
#[derive(Debug, Default)]
pub struct Graph {
    /// One per relation, in their order.
    pub relations: Vec<Edges>,
    /// What is wrong with them.
    pub problems: Vec<Diagnostic>,
}

/// The edges of one relation.
#[derive(Debug, Default)]
pub struct Edges {
    /// Every edge once.
    pub all: Vec<Edge>,
    /// For each entry on the first side: the numbers of its edges, in the order in which they are shown.
    one: Adjacency,
    /// The same for the other side.
    other: Adjacency,
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The entry on the first side.
    pub one: EntryId,
    /// The entry on the other side.
    pub other: EntryId,
    /// Where it was written on the first side: the number of the list and of the edge in it.
    pub by_one: Option<EdgePosition>,
    /// Where it was written on the other side.
    pub by_other: Option<EdgePosition>,
    /// Wherever it was written, it was as a mere name: it has neither data nor a reason, and so they need not be read.
    pub plain: bool,
}

/// Where in a doc an edge was written: which of its relations, which edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EdgePosition {
    /// The number of the list among [`crate::model::doc::Doc::relations`].
    pub list: u32,
    /// The number of the edge in the list.
    pub edge: u32,
}

/// Numbers of edges by entry, in two flat arrays.
#[derive(Debug, Default)]
pub struct Adjacency {
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Adjacency {
    /// From pairs of an entry and an edge that are sorted by entry.
    pub fn new(entries: usize, pairs: &[(EntryId, u32)]) -> Self {
        let mut starts = vec![0; entries + 1];
        for (entry, _) in pairs {
            starts[entry.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { starts, edges: pairs.iter().map(|(_, edge)| *edge).collect() }
    }

    /// The numbers of an entry's edges.
    pub fn of(&self, entry: EntryId) -> &[u32] {
        let at = entry.0 as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.edges[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl Edges {
    /// Edges with the two orders in which entries show them.
    pub fn new(all: Vec<Edge>, one: Adjacency, other: Adjacency) -> Self {
        Self { all, one, other }
    }

    /// The edges of an entry as seen from one end, in the order in which they are shown.
    pub fn of(&self, entry: EntryId, end: End) -> impl ExactSizeIterator<Item = &Edge> {
        let adjacency = match end {
            End::One => &self.one,
            End::Other => &self.other,
        };
        adjacency.of(entry).iter().map(|number| &self.all[*number as usize])
    }
}

impl Edge {
    /// The entry across, as seen from `entry`.
    pub fn across(&self, entry: EntryId) -> EntryId {
        if self.one == entry { self.other } else { self.one }
    }
}

impl Graph {
    /// The edges of a relation.
    pub fn edges(&self, relation: RelationId) -> &Edges {
        &self.relations[relation.0 as usize]
    }
}

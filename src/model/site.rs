//! All docs as one site: entries with ids, resolved links, edges, mentions.

use std::collections::{BTreeSet, HashSet};
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::citations::{Bibliography, Work};
use crate::diagnostics::Diagnostic;
use crate::hash::Hash;
use crate::model::asset::Assets;
use crate::model::body::Block;
use crate::model::doc::{Doc, WrittenEdge};
use crate::model::graph::{Edge, EdgePosition, Graph};
use crate::model::kind::IndexBlock;
use crate::model::relation::{End, Fit};
use crate::model::schema::{KindId, Schema};
use crate::model::value::Value;
use crate::records::Records;
use crate::signoffs::SignOffs;
use crate::span::Offset;
use crate::url::other_forms;

/// An entry's place in [`Catalogue::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// All entries of a site, before anything is known of what they refer to.
#[derive(Debug)]
pub struct Catalogue {
    /// The declaration.
    pub schema: Arc<Schema>,
    /// All entries, by kind, then slug.
    pub entries: Vec<Entry>,
    /// Where each kind's entries lie in `entries`.
    pub of_kind: Vec<Range<u32>>,
    /// All entries by kind, then in the order that the kind declares.
    pub in_order: Arc<[EntryId]>,
    /// For each entry its place in the lists of its kind.
    pub ranks: Arc<[u32]>,
    /// What others may name without an error although it is not part of the site.
    pub left_out: LeftOut,
    /// The works that can be cited.
    pub bibliography: Arc<Bibliography>,
    /// What is recorded of them.
    pub records: Arc<Records>,
    /// Who has signed off which entry.
    pub signoffs: Arc<SignOffs>,
    /// Images and other files.
    pub assets: Arc<Assets>,
    /// The day for which reviews are due; none unless one was given.
    pub as_of: Option<crate::model::value::Date>,
}

/// A catalogue with the references between its entries.
#[derive(Debug)]
pub struct LinkedSite {
    /// The entries.
    pub catalogue: Catalogue,
    /// The relations between them.
    pub graph: Arc<Graph>,
    /// What their texts refer to, for each entry.
    pub references: Vec<References>,
}

/// The whole site, before anything is drawn.
#[derive(Debug)]
pub struct Site {
    /// The entries with their references.
    pub linked: LinkedSite,
    /// For each entry the works that its page cites, in the order of their first appearance.
    pub cited: Vec<Arc<[String]>>,
}

/// Whoever knows what refers to what knows the entries.
impl Deref for LinkedSite {
    type Target = Catalogue;

    fn deref(&self) -> &Catalogue {
        &self.catalogue
    }
}

/// Whoever knows the whole site knows what refers to what.
impl Deref for Site {
    type Target = LinkedSite;

    fn deref(&self) -> &LinkedSite {
        &self.linked
    }
}

/// Names that lead nowhere for a reason that is known: drafts, files that cannot be read, slugs that are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Drafts.
    pub drafts: HashSet<(KindId, String)>,
    /// Titles and other names of drafts, in lower case and the composed Unicode form.
    pub titles: HashSet<String>,
    /// Addresses of drafts, and those that they had before.
    pub urls: HashSet<String>,
    /// Files of the content that are not published: what belongs to drafts alone, and what is held back itself.
    pub files: Arc<BTreeSet<String>>,
    /// Files of data, which hold entries and more.
    pub data: Arc<BTreeSet<String>>,
    /// The works that drafts cite.
    pub works: BTreeSet<String>,
    /// The templates that drafts name.
    pub templates: BTreeSet<String>,
    /// Kinds of which not all entries are known, because a data file cannot be read.
    pub kinds: BTreeSet<KindId>,
    /// Slugs that several files have: only the first of them is an entry.
    pub doubles: BTreeSet<(KindId, String)>,
}

impl LeftOut {
    /// Whether an address is that of something that is held back, in whatever form it is written.
    pub fn is_at(&self, url: &str) -> bool {
        !self.urls.is_empty() && (self.urls.contains(url) || other_forms(url).any(|form| self.urls.contains(&form)))
    }
}

/// A doc with a place in the site.
#[derive(Debug)]
pub struct Entry {
    /// The parsed file.
    pub doc: Arc<Doc>,
    /// Its root-relative URL without the base path.
    pub url: Arc<str>,
    /// What others may show of it.
    pub card: Card,
}

/// What the texts of an entry refer to, and whose texts refer to it.
#[derive(Debug)]
pub struct References {
    /// What its texts refer to, one for each of [`Doc::bodies`].
    pub texts: Arc<[ResolvedText]>,
    /// What is wrong with the references of its texts and fields.
    pub problems: Arc<[Diagnostic]>,
    /// Entries whose texts link to this one, in order.
    pub linked_from: Vec<EntryId>,
    /// Entries whose texts mention this one by name, in order.
    pub used_on: Vec<EntryId>,
}

/// What others may show of an entry: its template value, made once, and the hash of that.
#[derive(Clone, Debug)]
pub struct Card {
    /// A mapping with title, summary, URL, kind and the plain fields.
    pub value: crate::shown::ShownValue,
    /// The hash of the value.
    pub hash: Hash,
}

/// What a Markdown text refers to, once the site is known.
#[derive(Clone, Debug, Default)]
pub struct ResolvedText {
    /// Where each link of [`Body::links`](crate::model::body::Body::links) leads, in the same order.
    pub links: Vec<ResolvedLink>,
    /// Whether any of them was found by the title of what it points to.
    pub by_title: bool,
    /// First mentions of other entries: ranges of the HTML.
    pub mentions: Vec<(Range<Offset>, EntryId)>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The entry, if it is one.
    pub entry: Option<EntryId>,
    /// The address without the base path; begins with `#` for a link within the page.
    pub address: Arc<str>,
}

impl Site {
    /// The works that the page of an entry cites, in the order of their first appearance.
    pub fn cited(&self, id: EntryId) -> &[String] {
        &self.cited[id.0 as usize]
    }

    /// The works of the bibliography without those that only drafts cite: a list of them would show what drafts are about.
    pub fn shown_works(&self) -> impl Iterator<Item = &Work> {
        let hidden = &self.left_out.works;
        let cited = if hidden.is_empty() { &[][..] } else { &self.cited[..] };
        let cited: HashSet<&str> = cited.iter().flat_map(|works| works.iter()).map(String::as_str).collect();
        let is_shown = move |work: &&Work| !hidden.contains(&work.key) || cited.contains(work.key.as_str());
        self.bibliography.works.values().filter(is_shown)
    }
}

impl LinkedSite {
    /// What the texts of an entry refer to, and whose texts refer to it.
    pub fn references(&self, id: EntryId) -> &References {
        &self.references[id.0 as usize]
    }
}

impl Catalogue {
    /// Why there is nothing to publish, if there is nothing.
    pub fn emptiness(&self) -> Option<String> {
        match self.left_out.drafts.len() {
            _ if !self.entries.is_empty() => None,
            0 => Some("the site has no entries".into()),
            1 => Some("the site has no entries: its only one is a draft".into()),
            drafts => Some(format!("the site has no entries: all {drafts} are drafts")),
        }
    }

    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The ids of a kind's entries, by slug.
    pub fn entries_of(&self, kind: KindId) -> impl DoubleEndedIterator<Item = EntryId> + ExactSizeIterator {
        self.of_kind[kind.0 as usize].clone().map(EntryId).collect::<Vec<_>>().into_iter()
    }

    /// The ids of a kind's entries in the order that the kind declares.
    pub fn listed(&self, kind: KindId) -> Vec<EntryId> {
        self.in_order_of(kind).to_vec()
    }

    /// An entry between those just before and just after it in the order of its kind, at most so many on each side, and its
    /// place among them.
    pub fn around(&self, id: EntryId, reach: usize) -> (&[EntryId], usize) {
        let all = self.in_order_of(self.entry(id).doc.kind);
        let at = self.ranks[id.0 as usize] as usize;
        let from = at.saturating_sub(reach);
        (&all[from..all.len().min(at + reach + 1)], at - from)
    }

    /// The entries of a kind in its order.
    pub fn in_order_of(&self, kind: KindId) -> &[EntryId] {
        let range = &self.of_kind[kind.0 as usize];
        &self.in_order[range.start as usize..range.end as usize]
    }

    /// All ids, by kind, then slug.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> {
        (0..self.entries.len() as u32).map(EntryId)
    }

    /// The entry of a kind with this slug.
    pub fn find(&self, kind: KindId, slug: &str) -> Option<EntryId> {
        let range = self.of_kind[kind.0 as usize].clone();
        let entries = &self.entries[range.start as usize..range.end as usize];
        let at = entries.binary_search_by(|entry| entry.doc.slug.as_str().cmp(slug)).ok()?;
        Some(EntryId(range.start + at as u32))
    }

    /// The article and the data block that an index shows.
    pub fn block(&self, wanted: &IndexBlock) -> Option<(EntryId, &Block)> {
        let (folder, slug) = wanted.of.split_once('/')?;
        let kind = self.schema.kind_ids().find(|kind| self.schema.kind(*kind).plural == folder)?;
        let id = self.find(kind, slug)?;
        let block = self.entry(id).doc.body.blocks.iter().find(|block| block.name == wanted.name)?;
        Some((id, block))
    }

    /// An edge as it was written on one side.
    pub fn written(&self, entry: EntryId, written: EdgePosition) -> &WrittenEdge {
        &self.entry(entry).doc.relations[written.list as usize].edges[written.edge as usize]
    }

    /// The two writings of an edge, the first side's first; at least one is there.
    pub fn writings(&self, edge: &Edge) -> impl Iterator<Item = &WrittenEdge> {
        let one = edge.by_one.map(|written| self.written(edge.one, written));
        let other = edge.by_other.map(|written| self.written(edge.other, written));
        one.into_iter().chain(other)
    }

    /// The writing that carries the data of an edge.
    pub fn data_of(&self, edge: &Edge) -> Option<(EntryId, &WrittenEdge)> {
        let one = edge.by_one.map(|written| (edge.one, self.written(edge.one, written)));
        let other = edge.by_other.map(|written| (edge.other, self.written(edge.other, written)));
        let mut all = one.into_iter().chain(other);
        let first = all.next()?;
        Some(all.find(|(_, written)| written.has_data && !first.1.has_data).unwrap_or(first))
    }

    /// Why an edge stands although another relation forbids it.
    pub fn reason(&self, edge: &Edge) -> Option<&str> {
        if edge.plain {
            return None;
        }
        self.writings(edge).find_map(|written| written.reason.as_deref())
    }

    /// The ranges of the two entries of an edge that have to overlap; none where one of them has none.
    pub fn ranges(&self, edge: &Edge, fit: &Fit) -> Option<[(f64, f64); 2]> {
        let range = |id: EntryId, end: End| {
            let doc = &self.entry(id).doc;
            let at = self.schema.kind(doc.kind).fields.iter().position(|field| field.name == fit.field(end))?;
            if let Some(Value::Range(from, to)) = doc.fields.get(at) { Some((*from, *to)) } else { None }
        };
        Some([range(edge.one, End::One)?, range(edge.other, End::Other)?])
    }

    /// `articles/first-steps`: how reports and other programs name an entry.
    pub fn name(&self, id: EntryId) -> String {
        let doc = &self.entry(id).doc;
        format!("{}/{}", self.schema.kind(doc.kind).plural, doc.slug)
    }
}

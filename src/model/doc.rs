//! One parsed file, or one item of a data file. References still go by name, with their places.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::body::{Block, Body, Heading, LinkTarget, TextOrigin};
use crate::model::cited::CitedSentence;
use crate::model::relation::End;
use crate::model::schema::{KindId, RelationId};
use crate::model::value::{Date, Value};
use crate::span::Place;
use crate::yaml::{MappingPart, Path, PathStep, Yaml, YamlText};

/// Takes a value and what finds the place of a path in its file.
pub type VisitValue<'a> = dyn FnMut(&Value, &dyn Fn(&[PathStep]) -> Place) + 'a;

/// One entry as its file tells it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Doc {
    /// Its kind.
    pub kind: KindId,
    /// Its slug: the last part of its URL.
    pub slug: String,
    /// The front matter, or the data file.
    pub yaml: Arc<YamlText>,
    /// The way from the root of the YAML to the keys of the entry.
    pub root: Path,
    /// The heading of its page.
    pub title: String,
    /// What lists and links call it.
    pub short_title: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Addresses that it had before, each with the way to it.
    pub redirect_from: Vec<(String, Path)>,
    /// What it calls itself in addresses, where its kind asks for it: the whole URL, or the last part of it.
    pub address: Option<String>,
    /// When it was first published.
    pub date: Option<Date>,
    /// Its categories with slashes between them, where its address has them.
    pub categories: Option<String>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Published from this day on, where a key of another tool says one.
    pub from: Option<Date>,
    /// No longer published from this day on, where a key of another tool says one.
    pub until: Option<Date>,
    /// Left out unless drafts are asked for.
    pub draft: bool,
    /// A template of its own.
    pub template: Option<String>,
    /// Whether mentions of terms on its page become links.
    pub term_links: bool,
    /// Whether mentions of it on other pages become links.
    pub linked_as_term: bool,
    /// The values of the kind's fields, in their order.
    pub fields: Vec<Value>,
    /// Keys that are not declared, where the kind allows them.
    pub extra: Vec<(String, Yaml)>,
    /// The relations as they were written.
    pub relations: Vec<WrittenRelation>,
    /// The heading with which its text begins, where that is not the title: the page has it in place of that.
    pub heading: Option<String>,
    /// The text below the front matter.
    pub body: Body,
    /// The sentences that cite works and hold numbers, where the site keeps records of works.
    pub figures: Vec<CitedSentence>,
    /// Something was so wrong that the rest cannot be trusted: problems that follow from it stay quiet.
    pub broken: bool,
    /// Fields and relations that were written, but misspelt or in a way that could not be read, which was reported.
    pub unread: Vec<String>,
}

/// A list of related entries as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WrittenRelation {
    /// Which relation.
    pub relation: RelationId,
    /// On which side the entry stands.
    pub end: End,
    /// The key in the front matter.
    pub key: String,
    /// The related entries in the order in which they were written.
    pub edges: Vec<WrittenEdge>,
}

/// One related entry as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WrittenEdge {
    /// The name of the related entry: a slug, or kind and slug.
    pub to: String,
    /// Its place in the list; `None` where a single name was written instead of a list.
    pub index: Option<usize>,
    /// Whether it was written as a mapping with data.
    pub long: bool,
    /// The values of the relation's fields.
    pub data: Vec<Value>,
    /// Whether any data was written.
    pub has_data: bool,
    /// Why the edge stands although another relation forbids it.
    pub reason: Option<String>,
}

impl Doc {
    /// The value of a key that is not declared, or of one in another: `nav.parent`.
    pub fn data(&self, path: &str) -> Option<&Yaml> {
        let get = |key: &str| self.extra.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        get(path).or_else(|| {
            let (key, rest) = path.split_once('.')?;
            get(key)?.at(rest)
        })
    }

    /// The file of the template that it names.
    pub fn template_file(&self) -> Option<String> {
        let own = self.template.as_ref()?;
        Some(if own.ends_with(".html") { own.clone() } else { format!("{own}.html") })
    }

    /// The file.
    pub fn path(&self) -> &Arc<str> {
        &self.yaml.path
    }

    /// Whether the site is built without it: a draft, or what is published from a later day on, or no longer on the day for
    /// which the site is built.
    pub fn is_held_back(&self, drafts: bool, as_of: Option<Date>) -> bool {
        let is_later = |date: Option<Date>| date.zip(as_of).is_some_and(|(date, today)| date > today);
        let is_over = self.until.is_some_and(|end| end <= as_of.unwrap_or(Date::OF_PROGRAM));
        !drafts && (self.draft || is_later(self.date) || is_later(self.from) || is_over)
    }

    /// What lists and links call it.
    pub fn name(&self) -> &str {
        self.short_title.as_deref().unwrap_or(&self.title)
    }

    /// Whether others see no difference: the front matter is the same, and all that links may lead to.
    pub fn same_to_others(&self, other: &Self) -> bool {
        self.yaml.same(&other.yaml)
            && (&self.root, &self.title) == (&other.root, &other.title)
            && self.same_to_links(other)
    }

    /// Whether links by slug lead to the same: the entry and its headings.
    pub fn same_to_links(&self, other: &Self) -> bool {
        (self.kind, &self.slug, self.broken) == (other.kind, &other.slug, other.broken)
            && (&self.address, self.date, &self.heading) == (&other.address, other.date, &other.heading)
            && self.categories == other.categories
            && self.body.headings.iter().map(Heading::seen).eq(other.body.headings.iter().map(Heading::seen))
            && self.body.anchors == other.body.anchors
    }

    /// Where a key of the entry stands.
    pub fn key_place(&self, key: &str) -> Place {
        self.yaml.place(&self.way(&[PathStep::Key(key.to_string())]), MappingPart::Key)
    }

    /// Where a value of the entry stands.
    pub fn value_place(&self, path: &[PathStep]) -> Place {
        self.yaml.place(&self.way(path), MappingPart::Value)
    }

    /// Where an edge was written: its target.
    pub fn edge_place(&self, relation: &WrittenRelation, edge: &WrittenEdge) -> Place {
        let mut path = vec![PathStep::Key(relation.key.clone())];
        path.extend(edge.index.map(PathStep::Index));
        if edge.long {
            path.push(PathStep::Key("to".into()));
        }
        self.value_place(&path)
    }

    /// Where the entry as a whole is named: its title, or the beginning of the file.
    pub fn place(&self) -> Place {
        if self.root.is_empty() {
            self.value_place(&[PathStep::Key("title".into())])
        } else {
            self.yaml.place(&self.root, MappingPart::Key)
        }
    }

    /// The place of a range of a Markdown text of the entry.
    pub fn body_place(&self, body: &Body, span: Range<usize>) -> Place {
        self.place_in(&body.origin, span)
    }

    /// The place of a range of a text of the entry.
    pub fn place_in(&self, origin: &TextOrigin, span: Range<usize>) -> Place {
        match origin {
            TextOrigin::File => Place::new(self.path(), span),
            TextOrigin::Field { path, value, block: None } => self.yaml.inside(&self.way(path), value, span),
            TextOrigin::Field { path, value, block: Some(yaml) } => yaml.inside(path, value, span),
        }
    }

    /// Every Markdown text of the entry: fields, the text below the front matter, its data blocks, edges.
    pub fn bodies(&self) -> Vec<&Body> {
        let mut all = Vec::new();
        for value in &self.fields {
            value.bodies(&mut |body| all.push(body));
        }
        all.push(&self.body);
        for value in self.body.blocks.iter().flat_map(Block::values) {
            value.bodies(&mut |body| all.push(body));
        }
        for edge in self.relations.iter().flat_map(|relation| &relation.edges) {
            for value in &edge.data {
                value.bodies(&mut |body| all.push(body));
            }
        }
        all
    }

    /// The images and other files of the project that it refers to, by their paths.
    pub fn files(&self) -> Vec<&str> {
        let mut files = Vec::new();
        for body in self.bodies() {
            files.extend(body.images.iter().map(|image| image.path.as_str()));
            files.extend(body.links.iter().filter_map(|link| match &link.target {
                LinkTarget::File(path) => Some(path.as_str()),
                _ => None,
            }));
        }
        let edges = self.relations.iter().flat_map(|relation| &relation.edges).flat_map(|edge| &edge.data);
        for value in self.fields.iter().chain(self.body.blocks.iter().flat_map(Block::values)).chain(edges) {
            value.walk(&mut |value| {
                if let Value::Image(path, _) = value {
                    files.push(path.as_str());
                }
            });
        }
        files
    }

    /// The id that a link means: an id as it is, the text of a heading, or an id in raw HTML. The text below the front matter
    /// comes before fields.
    pub fn heading(&self, wanted: &str) -> Option<&str> {
        let in_fields =
            || self.bodies().into_iter().filter(|body| !body.headings.is_empty() || !body.anchors.is_empty());
        self.body.target(wanted).or_else(|| in_fields().find_map(|body| body.target(wanted)))
    }

    /// Whether a text of the entry has a place with just this id.
    pub fn has_id(&self, id: &str) -> bool {
        self.body.has_id(id) || self.bodies().into_iter().any(|body| body.has_id(id))
    }

    /// Calls `visit` with every value of the entry - fields, data blocks, edges - and with what finds the place of a path
    /// in its file.
    pub fn every_value(&self, visit: &mut VisitValue<'_>) {
        let own = |path: &[PathStep]| self.value_place(path);
        self.fields.iter().for_each(|value| value.walk(&mut |value| visit(value, &own)));
        for block in &self.body.blocks {
            let within = |path: &[PathStep]| block.yaml.place(path, MappingPart::Value);
            block.values().iter().for_each(|value| value.walk(&mut |value| visit(value, &within)));
        }
        let edges = self.relations.iter().flat_map(|relation| &relation.edges);
        edges.flat_map(|edge| &edge.data).for_each(|value| value.walk(&mut |value| visit(value, &own)));
    }

    fn way(&self, path: &[PathStep]) -> Path {
        self.root.iter().chain(path).cloned().collect()
    }
}

//! One parsed file, or one item of a data file. References still go by name, with their places.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::asset::{Asset, Assets};
use crate::model::cited::CitedSentence;
use crate::model::schema::{End, KindId, RelationId};
use crate::model::value::{Date, Value};
use crate::span::{Offset, Place};
use crate::url::{heading_id, slug};
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
    /// When it last changed.
    pub updated: Option<Date>,
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
    /// The file.
    pub fn path(&self) -> &Arc<str> {
        &self.yaml.path
    }

    /// Whether the site is built without it: a draft, or what is dated later than the day for which the site is built.
    pub fn is_held_back(&self, drafts: bool, as_of: Option<Date>) -> bool {
        let is_later = self.date.zip(as_of).is_some_and(|(date, today)| date > today);
        !drafts && (self.draft || is_later)
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

/// The id of a block with a name: `^like-this`.
pub fn block_id(name: &str) -> String {
    format!("{BLOCK}{name}")
}

/// Whether an id is one that a name made.
pub fn is_block_id(id: &str) -> bool {
    id.starts_with(BLOCK)
}

/// What the ids of blocks with names begin with.
const BLOCK: &str = "block-";

/// A Markdown text, turned into HTML as far as that is possible without knowing the rest of the site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// The HTML, with nothing where the holes are.
    pub html: String,
    /// What has to be filled in, by position.
    pub holes: Vec<Hole>,
    /// The ranges of the HTML in which terms may become links.
    pub linkable: Vec<Range<Offset>>,
    /// The headings in their order.
    pub headings: Vec<Heading>,
    /// The places of the headings in their list, by their ids.
    pub headings_by_id: Vec<Offset>,
    /// The ids in its raw HTML, and those of blocks that have names.
    pub anchors: Vec<String>,
    /// Links into the site.
    pub links: Vec<Link>,
    /// Links to other sites.
    pub external: Vec<External>,
    /// Citations in their order.
    pub citations: Vec<Citation>,
    /// Data blocks in their order.
    pub blocks: Vec<Block>,
    /// Images of the project.
    pub images: Vec<ImageRef>,
    /// Entries that are shown in it, in their order.
    pub embeds: Vec<Embed>,
    /// How many words it has.
    pub words: usize,
    /// Where it was written.
    pub origin: TextOrigin,
}

impl Body {
    /// The id that a link means.
    fn target(&self, wanted: &str) -> Option<&str> {
        let by_id = |id: &str| self.heading(id).map(|heading| heading.id.as_str());
        let block = wanted.strip_prefix('^').map(block_id);
        let anchor = block.as_deref().unwrap_or(wanted);
        let in_html = || self.anchors.iter().find(|known| *known == anchor).map(String::as_str);
        let by_text = || {
            let (id, slug) = (heading_id(wanted), slug(wanted));
            let is_meant = |heading: &&Heading| {
                !id.is_empty() && heading_id(&heading.text) == id
                    || !slug.is_empty() && crate::url::slug(&heading.text) == slug
            };
            let meant = || self.headings.iter().find(is_meant).map(|heading| heading.id.as_str());
            by_id(&id).or_else(|| by_id(&slug)).or_else(meant)
        };
        by_id(wanted).or_else(in_html).or_else(by_text)
    }

    /// The entries that a part of it shows, by their place in the list, each with the place of its hole.
    pub fn embeds_in(&self, part: &Range<usize>) -> Vec<(usize, usize)> {
        if self.embeds.is_empty() {
            return Vec::new();
        }
        let embed = |hole: &Hole| match hole.what {
            Filling::Embed(number) if is_in(hole.at, part) => Some((number as usize, hole.at as usize)),
            _ => None,
        };
        self.holes.iter().filter_map(embed).collect()
    }

    /// The heading with this id; the first where there are several.
    pub fn heading(&self, id: &str) -> Option<&Heading> {
        let of = |at: &Offset| &self.headings[*at as usize];
        let at = self.headings_by_id.partition_point(|at| of(at).id.as_str() < id);
        self.headings_by_id.get(at).map(of).filter(|heading| heading.id == id)
    }
}

/// Whether a hole belongs to a part of a text: what stands before the first sign of a section belongs to the one above.
pub fn is_in(at: Offset, part: &Range<usize>) -> bool {
    let at = at as usize;
    (part.start == 0 || part.start < at) && at <= part.end
}

/// Where a text was written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub enum TextOrigin {
    /// Below the front matter: spans count from the beginning of the file.
    #[default]
    File,
    /// In a field: spans count from the beginning of its value.
    Field {
        /// The way to the field.
        path: Path,
        /// Its text.
        value: String,
        /// The YAML in which it stands, where that is a data block and not the front matter.
        block: Option<Arc<YamlText>>,
    },
}

impl TextOrigin {
    /// The text of a field; none of a text below the front matter, which only its file holds.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::File => None,
            Self::Field { value, .. } => Some(value),
        }
    }

    /// The data block in which it stands, if it does.
    pub fn block(&self) -> Option<&Arc<YamlText>> {
        match self {
            Self::File => None,
            Self::Field { block, .. } => block.as_ref(),
        }
    }
}

/// A place in the HTML that is filled in when the rest of the site is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Where in the HTML.
    pub at: Offset,
    /// With what.
    pub what: Filling,
}

/// What fills a hole. Numbers are places in the lists of the [`Body`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    /// The address of a link, as an attribute; nothing where the link leads to what is left out.
    Address(Offset),
    /// The same without the name of an attribute and its quotes.
    Bare(Offset),
    /// The title of a linked entry.
    Title(Offset),
    /// The marks of a citation.
    Citation(Offset),
    /// A drawn data block.
    Block(Offset),
    /// Address and size of an image.
    Image(Offset),
    /// The text of another entry, or a section of it.
    Embed(Offset),
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, as plain text.
    pub text: String,
    /// Where in its text wikilinks stand that show the title of what they lead to, each with its place in the links.
    pub titles: Vec<(Range<usize>, Offset)>,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Heading {
    /// What links may name it by.
    fn seen(&self) -> (&str, &str) {
        (&self.id, &self.text)
    }
}

/// A link into the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// To what.
    pub target: LinkTarget,
    /// To which heading or anchor.
    pub heading: Option<String>,
    /// Its address as it was written, without heading.
    pub written: Box<str>,
    /// Where the address stands; the link as a whole where the address stands elsewhere.
    pub span: Range<usize>,
    /// Where the heading stands, or the same as `span`.
    pub heading_span: Range<usize>,
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    /// The address.
    pub url: String,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a link points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// An entry, by the path of its file.
    Entry(KindId, String),
    /// An entry, by a wikilink: a slug, kind and slug, or a title.
    Named(String),
    /// A page, by its address on the site.
    Page(String),
    /// A file of the project.
    File(String),
    /// The page itself.
    Here,
}

/// Works cited in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Keys and what stands behind each: `p. 3`.
    pub keys: Vec<(String, Option<String>)>,
    /// Where each key stands.
    pub spans: Vec<Range<usize>>,
}

/// A data block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Block {
    /// Its name: the template `blocks/<name>.html` draws it.
    pub name: String,
    /// Its content.
    pub data: BlockData,
    /// Which entries it wants to show.
    pub entries: Option<EntriesQuery>,
    /// Its YAML, for places.
    pub yaml: Arc<YamlText>,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Block {
    /// Its checked values; none where the site declares no fields for it.
    pub fn values(&self) -> &[Value] {
        match &self.data {
            BlockData::Typed(values) => values,
            BlockData::Free(_) | BlockData::Broken => &[],
        }
    }
}

/// The content of a data block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum BlockData {
    /// Checked against the fields that the site declares for it.
    Typed(Vec<Value>),
    /// As it was written.
    Free(Yaml),
    /// It cannot be read, which was reported: nothing is drawn.
    Broken,
}

/// Which entries a data block shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesQuery {
    /// Their kind.
    pub kind: KindId,
    /// Only those whose field has this value.
    pub only_where: BTreeMap<String, Vec<String>>,
    /// Only these slugs, in this order.
    pub only: Vec<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Another entry, or a section of it, that is shown in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embed {
    /// The link to it, by its place in the links.
    pub link: Offset,
    /// What the link to it says instead of its title.
    pub words: Option<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// An image of the project in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRef {
    /// Its path in the project.
    pub path: String,
    /// Its name, where it was written as a wikilink: it may lie anywhere.
    pub named: Option<String>,
    /// How wide and high it is to be, where that was written.
    pub width: Option<(u32, Option<u32>)>,
    /// Where its address stands in the Markdown; the image as a whole where the address stands elsewhere.
    pub span: Range<usize>,
}

impl ImageRef {
    /// The image that is meant.
    pub fn asset<'a>(&self, assets: &'a Assets) -> Option<&'a Asset> {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        assets.at(&self.path).or_else(|| assets.named(self.named.as_deref()?, folder))
    }
}

//! A Markdown text as it was parsed: HTML with holes for whatever depends on the rest of the site.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostic, Related};
use crate::hash::Hash;
use crate::model::schema::KindId;
use crate::model::value::Value;
use crate::span::{Offset, Place};
use crate::url::{composed, heading_id, slug};
use crate::yaml::{Path, Yaml, YamlText};

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
    /// Elements of raw HTML that load files of the project.
    pub loading: Vec<LoadingTag>,
    /// Entries that are shown in it, in their order.
    pub embeds: Vec<Embed>,
    /// Entries that were to be shown where there is no room for them: links stand in their place.
    pub linked_embeds: Vec<Embed>,
    /// Files that it shows, or would if they were there, each with the hash of its text.
    pub included: Vec<(Arc<str>, Option<Hash>)>,
    /// Whether an element of its raw HTML is never closed, or ends without a beginning.
    pub unclosed: bool,
    /// How many words it has.
    pub words: usize,
    /// Where it was written.
    pub origin: TextOrigin,
    /// The headings by the ids and slugs that their texts make. Made when the first link names one by its text: then each link
    /// to a page with thousands of headings need not go through them all.
    #[serde(skip)]
    pub headings_by_text: OnceLock<Box<FxHashMap<String, Offset>>>,
}

impl Body {
    /// The id that a link means.
    pub(super) fn target(&self, wanted: &str) -> Option<&str> {
        let by_id = |id: &str| self.heading(id).map(|heading| heading.id.as_str());
        let block = wanted.strip_prefix('^').map(block_id);
        let anchor = block.as_deref().unwrap_or(wanted);
        let in_html = || {
            let mut anchors = self.anchors.iter();
            anchors.find(|known| *known == anchor || composed(known) == composed(anchor)).map(String::as_str)
        };
        let by_text = || {
            let (id, slug) = (heading_id(wanted), slug(wanted));
            let names = || self.headings_by_text.get_or_init(|| self.texts_of_headings().into());
            let at = |name: &str| if name.is_empty() { None } else { names().get(name) };
            let meant = || [at(&id), at(&slug)].into_iter().flatten().min().or_else(|| at(&composed(wanted)));
            let meant = || meant().map(|at| self.headings[*at as usize].id.as_str());
            by_id(&id).or_else(|| by_id(&slug)).or_else(meant)
        };
        let said = || self.headings.iter().find(|heading| heading.text == wanted).map(|heading| heading.id.as_str());
        by_id(wanted).or_else(in_html).or_else(said).or_else(by_text)
    }

    /// The first heading for each id and each slug that texts of headings make, and for each id in the composed form of Unicode.
    fn texts_of_headings(&self) -> FxHashMap<String, Offset> {
        let mut found = FxHashMap::default();
        for (at, heading) in self.headings.iter().enumerate() {
            for name in [heading_id(&heading.text), slug(&heading.text)] {
                found.entry(name).or_insert(at as Offset);
            }
        }
        for (at, heading) in self.headings.iter().enumerate().filter(|(_, heading)| !heading.id.is_ascii()) {
            found.entry(composed(&heading.id).into_owned()).or_insert(at as Offset);
        }
        found
    }

    /// The works that it cites, in their order.
    pub fn works(&self) -> impl Iterator<Item = &String> {
        self.citations.iter().flat_map(|citation| &citation.keys).map(|(key, _)| key)
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

    /// Whether the text has a place with just this id, as an address has to name it.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.heading(id).is_some() || self.anchors.iter().any(|known| known == id)
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
    /// Nothing. Behind it begins an element that loads what may be missing.
    Loading(Offset),
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
    pub(super) fn seen(&self) -> (&str, &str) {
        (&self.id, &self.text)
    }
}

/// What a page does with that to which a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkUse {
    /// Readers follow it.
    Followed,
    /// The page shows it as a picture.
    Picture,
    /// The page loads it otherwise: a film, the page in a frame.
    Loaded,
    /// It was to be shown in the text and cannot be: readers follow it instead.
    NotShown {
        /// Where all of it stands.
        span: Range<usize>,
        /// Whether it is a picture that not all browsers show.
        is_foreign: bool,
    },
}

impl LinkUse {
    /// Whether the page needs the file itself: then no entry is meant.
    pub fn loads(&self) -> bool {
        matches!(self, Self::Picture | Self::Loaded)
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
    /// What the page does with that to which it leads.
    pub used: LinkUse,
    /// Where the address stands; the link as a whole where the address stands elsewhere.
    pub span: Range<usize>,
    /// Where the heading stands, or the same as `span`.
    pub heading_span: Range<usize>,
    /// Where it stands in a file of which the text shows a part; then `span` is that of the sign that shows it.
    pub shown_from: Option<Box<Place>>,
}

impl Link {
    /// Adds to what is wrong with it where it is written, if that is another file. A repair would be one of the sign.
    pub fn say_where(&self, problem: &mut Diagnostic) {
        if let Some(place) = &self.shown_from {
            problem.fix = None;
            problem.related.push(Related { place: (**place).clone(), label: "it is written here".into() });
        }
    }
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    /// The address.
    pub url: String,
    /// The file to which it leads, where that lies in the repository of the project: its path from the project on.
    pub file: Option<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a link points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// An entry, by the path of its file.
    Entry(KindId, String),
    /// An entry, by a wikilink: a slug, kind and slug, title, file name, path or alias.
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

/// The beginning of an element of raw HTML that loads files: where any is missing, it is drawn without its address, or not at all.
/// Ranges count from its `<`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadingTag {
    /// How long it is.
    pub len: Offset,
    /// What is drawn in its place where an attribute leads nowhere that it needs.
    pub instead: String,
    /// The attributes with addresses of what is loaded.
    pub attributes: Vec<LoadingAttribute>,
}

/// An attribute with one or more addresses of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadingAttribute {
    /// From the space before its name to its last quote.
    pub range: Range<Offset>,
    /// Whether the element is nothing without it.
    pub is_needed: bool,
    /// Its addresses, each with what belongs to it.
    pub addresses: Vec<(Range<Offset>, LoadedFrom)>,
}

/// From where an element loads a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoadedFrom {
    /// From the site: the number of the link.
    Site(Offset),
    /// From elsewhere.
    Elsewhere,
    /// From where no page may load anything.
    Nowhere,
}

/// An image of the project in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRef {
    /// Its path in the project, where its address counts from the file of the text.
    pub path: String,
    /// Its address as it was written.
    pub written: Box<str>,
    /// Whether it was written as a wikilink: it may lie anywhere.
    pub is_wikilink: bool,
    /// How wide and high it is to be, where that was written.
    pub width: Option<(u32, Option<u32>)>,
    /// Where its address stands in the Markdown; the image as a whole where the address stands elsewhere.
    pub span: Range<usize>,
}

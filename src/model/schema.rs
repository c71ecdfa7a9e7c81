//! What `site.yaml` declares: kinds, fields, relations, matrices, rules and the pages that follow from them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::figures::Figures;
use crate::globs::{AddressGlob, Glob};
use crate::hash::Hash;
use crate::model::choices::Choices;
use crate::model::condition::Conditions;
use crate::model::destination::PublishTarget;
use crate::model::fields;
use crate::model::hosts::Hosts;
use crate::model::schema_org::{SchemaOrg, SchemaOrgThing};
use crate::model::texts::Texts;
use crate::model::theme::Theme;
use crate::url::{BaseUrl, UrlPattern};
use crate::yaml::{Path, Yaml, YamlText};

/// The whole declaration of a site.
#[derive(Debug)]
pub struct Schema {
    /// The name of the site.
    pub title: String,
    /// The file whose page is the home page, where it is another one than `content/index.md`.
    pub home: Option<String>,
    /// A few words below the name.
    pub tagline: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Where the site will live.
    pub base_url: BaseUrl,
    /// Where the site says itself that it lives, whatever it is built for: links to there are links into the site.
    pub own_url: BaseUrl,
    /// Which links pages may have besides the usual ones.
    pub links: LinkOptions,
    /// The language of the texts, as a BCP 47 tag.
    pub language: String,
    /// The words of pages that do not come from the content.
    pub texts: Arc<Texts>,
    /// What the site says to the built-in theme.
    pub theme: Theme,
    /// Anything else that templates show.
    pub params: Yaml,
    /// The other sites that pages may use.
    pub hosts: Hosts,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// The kinds of entry, in the order of their declaration. The built-in kind `page` comes last.
    pub kinds: Vec<Kind>,
    /// Where the entries of each kind lie: paths with a slash at the end (none for the project itself), longest first.
    pub folders: Vec<(String, KindId)>,
    /// The relations, in the order of their declaration.
    pub relations: Vec<Relation>,
    /// The matrix pages.
    pub matrices: Vec<Matrix>,
    /// The rules that entries have to keep.
    pub rules: Vec<Rule>,
    /// How numbers are held against the records of the works that they are taken from, where the site keeps records.
    pub figures: Option<Figures>,
    /// Which works were retracted, and which grades may not rest on them.
    pub retractions: Option<Retractions>,
    /// The data blocks whose content is checked, by name.
    pub blocks: Vec<(String, Vec<Field>)>,
    /// The pages that the tool makes.
    pub pages: GeneratedPages,
    /// The addresses, and the ids on pages, that are gone for good, each with its place in the list.
    pub gone: Vec<(String, usize)>,
    /// Where the site is published.
    pub publish: Vec<PublishTarget>,
    /// How bad the site finds problems, by code.
    pub checks: Checks,
    /// Who publishes the site, for programs.
    pub organization: SchemaOrgThing,
    /// Whether a part of `site.yaml` cannot be read: some of what it declares may be missing.
    pub partial: bool,
    /// `site.yaml` itself, for places.
    pub text: Arc<YamlText>,
    /// The hash of everything above.
    pub hash: Hash,
    /// The hash of what decides how entries are read and put together: two declarations with the same make the same of
    /// the same files, whatever they say of the pages.
    pub shape: Hash,
}

/// A kind's place in [`Schema::kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KindId(pub u16);

/// A relation's place in [`Schema::relations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelationId(pub u16);

/// Links that a page may have besides those to pages and files of the site, to the web, and to addresses of mail and telephones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkOptions {
    /// Schemes of addresses: `sms`.
    pub schemes: Vec<String>,
    /// Addresses on the same host that belong to other programs: all that begin like these.
    pub outside: Vec<String>,
    /// Addresses on other sites that are not asked whether they are there, each with where it is declared.
    pub leave_alone: Vec<(AddressGlob, Path)>,
}

/// How Markdown is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Straight quotes become curly, `--` becomes a dash.
    pub smart_punctuation: bool,
    /// Raw HTML is kept.
    pub allow_html: bool,
    /// `[[slug]]` is a link.
    pub wikilinks: bool,
    /// The first mention of a term becomes a link.
    pub term_links: bool,
    /// Formulas between `$` are drawn. Never set where this build cannot draw any.
    pub math: bool,
    /// What alerts are headed with, by their names.
    pub alerts: BTreeMap<String, String>,
}

/// A kind of entry.
#[derive(Debug)]
pub struct Kind {
    /// `article`, as relations and rules call it.
    pub name: String,
    /// `articles`: its folder, its data file, its key in lists of relations.
    pub plural: String,
    /// The folder of its entries where it is not the one named like it: `Guides/Long runs`; empty for the project itself.
    pub folder: Option<String>,
    /// What people call many of them.
    pub title: String,
    /// What people call one of them.
    pub label: String,
    /// The URL of an entry.
    pub url: UrlPattern,
    /// What decides the URL of an entry besides.
    pub address_from: AddressFrom,
    /// The key under which old addresses of an entry stand, besides `redirect_from`.
    pub redirects: Option<String>,
    /// The page that lists the entries; `None` for entries that are anchors of another page and for standalone pages.
    pub index: Option<Index>,
    /// The typed fields, in the order of their declaration.
    pub fields: Vec<Field>,
    /// Fields and relations by which the index is grouped anew, each on a page of its own.
    pub regroup_by: Vec<Regroup>,
    /// Fields by which lists of the kind are sorted.
    pub order: Vec<String>,
    /// The paths of its files below its folder in the order of its lists; others come behind them.
    pub contents: Vec<String>,
    /// What the contents call files that have no title of their own.
    pub listed_titles: BTreeMap<String, String>,
    /// Its entries follow one another: each knows the one before and the one after.
    pub sequence: bool,
    /// Its entries stand beside each of its pages.
    pub navigation: Option<Navigation>,
    /// Which of an entry's names become links where other pages mention them.
    pub term_links: TermLinks,
    /// How often an entry has to be looked at again.
    pub review: Option<ReviewPolicy>,
    /// How bad it is when nobody has signed off an entry; nothing where nobody need.
    pub signed: Option<Level>,
    /// The schema.org types and properties of its pages.
    pub schema_org: Option<SchemaOrg>,
    /// Its pages have Markdown twins where the site has any.
    pub twins: bool,
    /// Keys that are not declared are kept as data.
    pub extra: bool,
    /// How bad the site finds problems in entries of this kind, by code.
    pub checks: Checks,
}

/// Where the last part of the URL of an entry comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressFrom {
    /// The name of its file, made a slug.
    #[default]
    Name,
    /// The names of its file and folders, as they were typed.
    File,
    /// Its key `slug`, where it has one.
    Slug,
    /// Its key `permalink` or `url`, where it has one: the whole URL.
    Permalink,
}

/// How bad a site finds problems, by code.
pub type Checks = BTreeMap<String, Levels>;

/// How bad a site finds the problems of one code.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// In all files that no place is declared for.
    pub elsewhere: Option<Level>,
    /// In the files that fit a pattern; of several that fit the last one counts.
    pub places: Vec<(Glob, Level)>,
}

impl Levels {
    /// How bad it is in a file.
    pub fn of(&self, path: &str) -> Option<Level> {
        self.places.iter().rev().find(|(glob, _)| glob.fits(path)).map(|(_, level)| *level).or(self.elsewhere)
    }
}

/// How bad a site finds a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not reported.
    Off,
    /// Somebody should look.
    Warning,
    /// The site cannot be built like this.
    Error,
}

/// The index page of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Root-relative URL without the base path.
    pub url: String,
    /// The heading.
    pub title: String,
    /// The paragraph below it.
    pub intro: String,
    /// The data block of an article that the index shows as well.
    pub block: Option<IndexBlock>,
}

/// Which data block an index shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexBlock {
    /// The article: `guides/first-steps`.
    pub of: String,
    /// The name of the block, the first of its name there: `visits-by-year`.
    pub name: String,
}

/// What groups entries by the year of their `date`: an archive, the newest year first.
pub const BY_DATE: &str = "date";

/// One way to group the index of a kind anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regroup {
    /// The field or relation.
    pub by: String,
    /// The last part of the URL: `by-area`.
    pub slug: String,
    /// What people call it: `Subjects`.
    pub title: String,
}

/// How the entries of a kind stand beside each of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// By their folders.
    Folders,
    /// One after the other.
    Order,
}

/// Which names of a kind's entries become links where other pages mention them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermLinks {
    /// Titles, short titles and aliases.
    All,
    /// Titles and short titles.
    Names,
    /// None.
    None,
}

/// How often an entry has to be looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPolicy {
    /// After so many months.
    pub months: i32,
    /// The field with the date of the last look.
    pub field: String,
    /// How many days it may be overdue before `limber review` fails.
    pub grace: i32,
}

/// A typed field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in the front matter.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What numbers of it count.
    pub unit: String,
    /// What its value has to be.
    pub ty: Type,
    /// Whether it has to be there and not empty: where `when` holds, if anything stands there.
    pub required: bool,
    /// What the fields beside it have to be like. Where they are not, it has to be absent.
    pub when: Conditions,
    /// The value it has when it is not there.
    pub default: Option<Yaml>,
    /// A sentence for writers.
    pub help: String,
    /// Bounds of the value.
    pub limits: Limits,
}

/// Bounds of a value. Which ones apply depends on the type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Smallest number, or shortest text in characters, or fewest items.
    pub min: Option<f64>,
    /// Largest number, or longest text in characters, or most items.
    pub max: Option<f64>,
    /// Fewest words of a text.
    pub min_words: Option<usize>,
    /// Most words of a text.
    pub max_words: Option<usize>,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// Plain text.
    Text,
    /// Inline Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day: `2026-03-04`.
    Date,
    /// One of several.
    Choice(Choices),
    /// `2` or `2-3`, with the unit that is shown behind it.
    Range(String),
    /// An address on the web or a path of the site.
    Url,
    /// An image file of the project.
    Image,
    /// Keys of works in the bibliography.
    Citations,
    /// A reference to an entry: its slug, or kind and slug.
    Entry,
    /// A list.
    List(Box<Field>),
    /// A mapping with fields of its own.
    Object(Vec<Field>),
}

impl Type {
    /// What people call it in `site.yaml`.
    pub fn name(&self) -> &'static str {
        fields::of(self, |ty| ty.name())
    }
}

impl Field {
    /// Whether it has to be there, whatever stands beside it.
    pub fn always(&self) -> bool {
        self.required && self.default.is_none() && self.when.is_empty()
    }
}

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

/// A page with one kind in rows and another in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// Root-relative URL without the base path.
    pub url: String,
    /// The heading.
    pub title: String,
    /// The paragraph below it.
    pub intro: String,
    /// The kind in the rows.
    pub rows: KindId,
    /// The kind in the columns.
    pub columns: KindId,
    /// The relation whose edges fill the cells.
    pub via: RelationId,
    /// Which side the rows are.
    pub end: End,
    /// Most cells that the page may have.
    pub limit: usize,
}

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

/// The pages that the tool makes; each may be switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneratedPages {
    /// Every title and alias.
    pub a_z: Option<GeneratedPage>,
    /// The bibliography with "cited on".
    pub sources: Option<GeneratedPage>,
    /// The search page.
    pub search: Option<GeneratedPage>,
    /// How many items of a long list one page shows.
    pub per_page: usize,
    /// Whether the search page has an index for scripts.
    pub search_index: bool,
    /// Relations by which results can be narrowed, besides the kind.
    pub search_filters: Vec<String>,
    /// The field, or key of a page, with words that entries are found by although no page shows them.
    pub search_words: Option<String>,
    /// Which entries stand above all other results where they are asked for.
    pub search_pin: Option<Pin>,
    /// The page for addresses that do not exist.
    pub not_found: Option<GeneratedPage>,
    /// The Atom feed.
    pub feed: Option<GeneratedPage>,
    /// The sitemap.
    pub sitemap: Option<GeneratedPage>,
    /// `robots.txt`.
    pub robots: Option<GeneratedPage>,
    /// Entries, fields and edges for other programs.
    pub graph: Option<GeneratedPage>,
    /// A Markdown twin of each page.
    pub twins: Option<Twins>,
    /// `llms.txt`, which lists the twins.
    pub llms: Option<GeneratedPage>,
}

/// How the Markdown twins of pages are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twins {
    /// Fields and relations that stand before all others: what readers must not miss.
    pub first: Vec<String>,
    /// Most bytes of `llms.txt`.
    pub most: usize,
}

/// Entries that stand above all other results where one of their phrases stands in the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Their kind.
    pub kind: KindId,
    /// The field with the phrases: its place among those of the kind.
    pub words: usize,
    /// The fields with the texts that are shown.
    pub texts: Vec<usize>,
    /// The field with what stands before them, and the key of its text where it is a choice.
    pub heading: Option<(usize, String)>,
}

/// A page that the tool makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedPage {
    /// Root-relative URL without the base path.
    pub url: String,
    /// The heading.
    pub title: String,
    /// What search engines show; what the site is where there is nothing.
    pub description: Option<String>,
}

impl Schema {
    /// A kind.
    pub fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0 as usize]
    }

    /// A relation.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }

    /// The kind of this name, singular or plural.
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == name || kind.plural == name).map(|at| KindId(at as u16))
    }

    /// The ids of all kinds, in order.
    pub fn kind_ids(&self) -> impl Iterator<Item = KindId> {
        (0..self.kinds.len() as u16).map(KindId)
    }

    /// The ids of all relations, in order.
    pub fn relation_ids(&self) -> impl Iterator<Item = RelationId> {
        (0..self.relations.len() as u16).map(RelationId)
    }

    /// The names of all fields: of entries, edges and data blocks, and of the objects in them.
    pub fn every_field(&self) -> Vec<&str> {
        fn add<'f>(fields: &'f [Field], names: &mut Vec<&'f str>) {
            for field in fields {
                names.push(&field.name);
                let ty = if let Type::List(item) = &field.ty { &item.ty } else { &field.ty };
                if let Type::Object(fields) = ty {
                    add(fields, names);
                }
            }
        }
        let mut names = Vec::new();
        self.kinds.iter().for_each(|kind| add(&kind.fields, &mut names));
        self.relations.iter().for_each(|relation| add(&relation.fields, &mut names));
        self.blocks.iter().for_each(|(_, fields)| add(fields, &mut names));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The relations of a kind with the side on which its entries stand and the key, in the order of the declaration.
    pub fn sides_of(&self, kind: KindId) -> impl Iterator<Item = (RelationId, End, &Side)> {
        self.relation_ids().flat_map(move |id| {
            let relation = self.relation(id);
            let one = relation.one.kinds.contains(&kind).then_some((id, End::One, &relation.one));
            let other = relation.other.as_ref().filter(|side| side.kinds.contains(&kind));
            one.into_iter().chain(other.map(|side| (id, End::Other, side)))
        })
    }

    /// The index of the kind in whose folder a standalone page lies that stands for it: `articles/index`.
    pub fn index_at(&self, slug: &str) -> Option<&Index> {
        self.kind_at(slug)?.index.as_ref()
    }

    /// The kind in whose folder such a page lies.
    pub fn kind_at(&self, slug: &str) -> Option<&Kind> {
        let folder = slug.strip_suffix("/index")?;
        self.kinds.iter().find(|kind| kind.plural == folder)
    }

    /// Whether nothing is concluded from entries of a kind but their own pages: no relation and no rule knows it.
    pub fn is_unrelated(&self, kind: KindId) -> bool {
        self.sides_of(kind).next().is_none()
            && self.rules.iter().all(|rule| !rule.kinds.is_empty() && !rule.kinds.contains(&kind))
    }

    /// Where the entries of a kind lie: a path with a slash at its end, or nothing for the project itself.
    pub fn folder_of(&self, kind: KindId) -> &str {
        self.folders.iter().find(|(_, id)| *id == kind).map_or("", |(folder, _)| folder)
    }

    /// The built-in kind of standalone pages.
    pub fn page_kind(&self) -> KindId {
        KindId(self.kinds.len() as u16 - 1)
    }
}

impl Kind {
    /// Whether the entries are anchors of another page.
    pub fn anchored(&self) -> bool {
        self.url.anchored()
    }

    /// A declared field.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

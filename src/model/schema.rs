//! All that `site.yaml` declares, its fields, and the pages that follow from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::figures::Figures;
use crate::folders::StaticFolder;
use crate::globs::AddressGlob;
use crate::hash::Hash;
use crate::ignored::Ignored;
use crate::model::choices::Choices;
use crate::model::condition::Conditions;
use crate::model::destination::PublishTarget;
use crate::model::fields;
use crate::model::hosts::Hosts;
use crate::model::kind::{Checks, Index, Kind};
use crate::model::relation::{End, Relation, Side};
use crate::model::rule::{Retractions, Rule};
use crate::model::schema_org::SchemaOrgThing;
use crate::model::texts::Texts;
use crate::model::theme::Theme;
use crate::url::BaseUrl;
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
    /// Where static files lie, where that is not `static/`.
    pub statics: Vec<StaticFolder>,
    /// What is left out of all folders.
    pub ignored: Ignored,
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
    /// The addresses that lead on to what did not have them.
    pub redirects: Vec<DeclaredRedirect>,
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
    /// the same files, whatever they say of the pages. So an edit of the title of the site parses nothing again, which saves
    /// a third of that build: 1.95 s of processor time instead of 2.95 s at 10,000 entries.
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
    /// Where the files of the project can be read, with a slash at the end: links to what is no part of the site lead there.
    pub repository: Option<String>,
    /// Addresses on other sites that are not asked whether they are there, each with where it is declared.
    pub leave_alone: Vec<(AddressGlob, Path)>,
}

/// A tool for which texts were written, with signs of its own besides Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Includes, hidden lines of code in Rust, warnings.
    MdBook,
    /// Indented boxes and tabs, snippets, attributes.
    MkDocs,
    /// Boxes between colons.
    Docusaurus,
    /// Boxes between colons, code from files.
    VitePress,
    /// Boxes between colons.
    Astro,
    /// Properties of pages and blocks, links to names.
    Logseq,
    /// Wikilinks whose label stands first.
    Dendron,
    /// Callouts, ids of headings.
    Docsify,
}

/// The names of all dialects, as `site.yaml` has them.
pub const DIALECTS: &[(&str, Dialect)] = &[
    ("mdbook", Dialect::MdBook),
    ("mkdocs", Dialect::MkDocs),
    ("docusaurus", Dialect::Docusaurus),
    ("vitepress", Dialect::VitePress),
    ("astro", Dialect::Astro),
    ("logseq", Dialect::Logseq),
    ("dendron", Dialect::Dendron),
    ("docsify", Dialect::Docsify),
];

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
    /// What stands between `%%` and `%%` is for authors alone.
    pub remarks: bool,
    /// Tags of templates, `{% raw %}`, are no text, and some enclose code.
    pub template_tags: bool,
    /// Formulas between `$` are drawn. Never set where this build cannot draw any.
    pub math: bool,
    /// The tool for which the texts were written, where its signs are read, too.
    pub dialect: Option<Dialect>,
    /// The files and folders of the project that texts may show by signs of their dialect.
    pub includes: Vec<String>,
    /// What alerts are headed with, by their names.
    pub alerts: BTreeMap<String, String>,
}

impl MarkdownOptions {
    /// Whether a file is read as MDX by the tool for which it was written.
    pub fn is_mdx(&self, path: &str) -> bool {
        path.ends_with(".mdx") || self.dialect == Some(Dialect::Docusaurus)
    }
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

/// An address that leads on, as `redirects` of `site.yaml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredRedirect {
    /// The address.
    pub from: String,
    /// Where it leads: a kind, an entry, an address of the site, or a whole one.
    pub to: String,
    /// Where it stands in `site.yaml`.
    pub path: Path,
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

    /// Where a file lies, or should lie, of which only the path in `static/` is known.
    pub fn lies_at(&self, path: &str) -> String {
        let in_folder = |url: &str| self.statics.iter().find_map(|folder| folder.path_of(url));
        path.strip_prefix("static").and_then(in_folder).unwrap_or_else(|| path.to_string())
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

    /// Whether a text lies in a folder that a kind takes from elsewhere.
    pub fn is_from_elsewhere(&self, path: &str) -> bool {
        let own = self.folders.iter().find(|(folder, _)| path.starts_with(folder.as_str()));
        own.is_some_and(|(_, kind)| self.kind(*kind).folder.is_some())
    }

    /// The built-in kind of standalone pages.
    pub fn page_kind(&self) -> KindId {
        KindId(self.kinds.len() as u16 - 1)
    }
}

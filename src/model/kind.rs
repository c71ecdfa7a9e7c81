//! A kind of entry: what `site.yaml` declares of it.

use std::collections::BTreeMap;

use crate::globs::Glob;
use crate::model::schema::Field;
use crate::model::schema_org::SchemaOrg;
use crate::url::{UrlPattern, unnumbered};
use crate::yaml::{MappingPart, Path, Yaml};

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
    pub address_from: Vec<AddressFrom>,
    /// The key under which old addresses of an entry stand, besides `redirect_from`.
    pub redirects: Option<String>,
    /// The keys in which texts from elsewhere have what a key means here.
    pub from_keys: FromKeys,
    /// The page that lists the entries; `None` for entries that are anchors of another page and for standalone pages.
    pub index: Option<Index>,
    /// The typed fields, in the order of their declaration.
    pub fields: Vec<Field>,
    /// Fields and relations by which the index is grouped anew, each on a page of its own.
    pub regroup_by: Vec<Regroup>,
    /// Fields by which lists of the kind are sorted.
    pub order: Vec<String>,
    /// Its files in the order of its lists, and the groups in which they stand beside its pages; others come behind them.
    pub contents: Vec<Listed>,
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

impl Kind {
    /// Whether the entries are anchors of another page.
    pub fn anchored(&self) -> bool {
        self.url.anchored()
    }

    /// Whether addresses keep the names of files and folders as they were typed.
    pub fn keeps_typed_names(&self) -> bool {
        self.address_from.iter().any(|from| matches!(from, AddressFrom::File | AddressFrom::Unnumbered))
    }

    /// The name of a file or folder, without the number before it where that is no part of addresses.
    pub fn without_number<'n>(&self, name: &'n str) -> &'n str {
        if self.address_from.contains(&AddressFrom::Unnumbered) { unnumbered(name) } else { name }
    }

    /// What its entries are grouped by, each on a page of its own. Entries that are anchors have no such pages.
    pub fn regroups(&self) -> impl Iterator<Item = (usize, &Regroup)> {
        self.regroup_by.iter().enumerate().filter(|_| !self.anchored())
    }

    /// Whether a key that is not declared is read for what another one means, or for the navigation: the key itself, or one in it.
    pub fn reads(&self, key: &str) -> bool {
        self.reads_whole(key) || self.read_below(key).next().is_some()
    }

    /// Whether the key itself is read for that.
    pub fn reads_whole(&self, key: &str) -> bool {
        self.read_paths().any(|path| path == key)
    }

    /// The keys in it that are read for that.
    pub fn read_below<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k str> {
        self.read_paths().filter_map(move |path| path.strip_prefix(key)?.strip_prefix('.')?.split('.').next())
    }

    fn read_paths(&self) -> impl Iterator<Item = &str> {
        let parent = match &self.navigation {
            Some(Navigation::Parent(key)) => Some(key),
            Some(Navigation::Folders | Navigation::Order) | None => None,
        };
        self.from_keys.all().chain(parent).map(String::as_str)
    }

    /// A declared field.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// The keys in which texts from elsewhere have what a key means here, the first of them first. One in another is named behind a
/// full stop: `sidebar.label`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FromKeys {
    /// For `title`.
    pub title: Vec<String>,
    /// For `short_title`.
    pub short_title: Vec<String>,
    /// For `date`.
    pub date: Vec<String>,
    /// For `updated`.
    pub updated: Vec<String>,
    /// For fields of the kind, by their names.
    pub fields: Vec<(String, Vec<String>)>,
}

impl FromKeys {
    /// Every key that is read for another one.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        let Self { title, short_title, date, updated, fields } = self;
        let of_fields = fields.iter().flat_map(|(_, keys)| keys);
        title.iter().chain(short_title).chain(date).chain(updated).chain(of_fields)
    }

    /// The value of a field under the first of its keys that is there.
    pub fn of_field<'y>(&self, name: &str, root: &'y Yaml) -> Option<&'y Yaml> {
        let (_, keys) = self.fields.iter().find(|(field, _)| field == name)?;
        keys.iter().find_map(|key| root.at(key).filter(|yaml| !yaml.is_blank()))
    }
}

/// Where the last part of the URL of an entry comes from; of several the first that the entry has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFrom {
    /// The name of its file, made a slug: also where nothing is declared.
    Name,
    /// The names of its file and folders, as they were typed.
    File,
    /// The same without the numbers before them.
    Unnumbered,
    /// The name of its file behind the day with which that begins; the day is its date where no key says one.
    Undated,
    /// Its key `slug`; from a slash on, the whole path below the URL of the kind.
    Slug,
    /// Its key `title`, made a slug.
    Title,
    /// Its key `id`, but not where the file stands for a folder.
    Id,
    /// Its key `permalink` or `url`: the whole URL.
    Permalink,
    /// Its key `path`: the whole URL of a folder, whatever is in its name. A day in it is its date where no key says one.
    Path,
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
    /// The last part of the URL, below that of the index: `by-area`.
    pub slug: String,
    /// The URL, where the site says one: `/tags/`.
    pub url: Option<String>,
    /// What people call it: `Subjects`.
    pub title: String,
}

/// How the entries of a kind stand beside each of its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// By their folders.
    Folders,
    /// One after the other.
    Order,
    /// Each below the one whose title, or short title, stands under this key.
    Parent(String),
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

/// A file in the contents of a kind, or a group of files.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Below how many others it stands.
    pub depth: usize,
    /// The path of the file below the folder of the kind; none for a group.
    pub path: Option<String>,
    /// What the contents call it.
    pub title: Option<String>,
    /// Where it stands in the declaration.
    pub at: Path,
    /// Whether that is a key, with what stands below it.
    pub part: MappingPart,
}

impl Kind {
    /// The paths of the files that its contents list, in their order.
    pub fn listed_paths(&self) -> impl Iterator<Item = (&str, &Listed)> {
        self.contents.iter().filter_map(|listed| Some((listed.path.as_deref()?, listed)))
    }
}

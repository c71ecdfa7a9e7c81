//! The files of a project as they were read.

use std::path::PathBuf;
use std::sync::Arc;

use crate::folders::Folders;
use crate::hash::Hash;

/// Everything of a project that can end up in the site, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `site.yaml`; `None` when there is none.
    pub site: Option<Source>,
    /// The addresses that the site has published; `None` when there is no such list.
    pub ledger: Option<Source>,
    /// Markdown and data files of the content.
    pub content: Vec<Source>,
    /// Templates: those of the theme, each replaced by the project's own of the same name.
    pub templates: Vec<Source>,
    /// Files of which texts may show parts. One that is no text is broken.
    pub included: Vec<Source>,
    /// Files that go into the site as they are.
    pub assets: Vec<AssetFile>,
    /// Some files have several names: a change to one may be a change to another.
    pub linked: bool,
    /// Where the content lies.
    pub folders: Folders,
    /// The folder of the project; none where it lies on no disk.
    pub root: Option<PathBuf>,
}

impl Sources {
    /// The text file of this name.
    pub fn text(&self, path: &str) -> Option<&Source> {
        let of = |all: &'_ [Source]| all.binary_search_by(|source| (*source.path).cmp(path)).ok();
        let alone = [&self.site, &self.ledger];
        let alone = alone.into_iter().flatten().find(|source| *source.path == *path);
        alone
            .or_else(|| Some(&self.content[of(&self.content)?]))
            .or_else(|| Some(&self.templates[of(&self.templates)?]))
            .or_else(|| Some(&self.included[of(&self.included)?]))
    }

    /// The hash of the file of this name, of whatever sort.
    pub fn hash(&self, path: &str) -> Option<Hash> {
        let asset = || self.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok();
        self.text(path).map(|source| source.hash).or_else(|| Some(self.assets[asset()?].hash))
    }
}

/// The text of one file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the project folder, with `/` between folders. Templates of the theme begin with `theme/`.
    pub path: Arc<str>,
    /// The text, without a byte order mark, with `\n` at the end of lines. Empty when the file could not be read.
    pub text: Arc<str>,
    /// The hash of the text.
    pub hash: Hash,
    /// The file could not be read: it keeps its name, so that links to it raise no second error.
    pub broken: bool,
    /// What the file system said of the file when it was read.
    pub stamp: FileStamp,
}

/// What the file system says of a file: when this has not changed, the text has not either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileStamp {
    /// The length in bytes.
    pub length: u64,
    /// The time of the last change, in nanoseconds since 1970.
    pub modified: u64,
    /// The number of the file in its file system; 0 where there is none.
    pub inode: u64,
}

impl FileStamp {
    /// Whether the stamp can be relied upon: a made-up one cannot.
    pub fn settled(&self) -> bool {
        self.modified != 0
    }
}

impl Source {
    /// A file with this text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self { path: path.into(), hash: Hash::of(text.as_bytes()), text, broken: false, stamp: FileStamp::default() }
    }
}

/// A file that goes into the site as it is.
#[derive(Clone, Debug)]
pub struct AssetFile {
    /// Where it lies: `static/site.css`, `content/articles/desk.png`, `theme/site.css`.
    pub path: Arc<str>,
    /// Where it goes, below the base path: `/site.css`.
    pub url: String,
    /// What templates call it, where it is a static file of the site or the theme: `site.css`.
    pub name: Option<String>,
    /// Its path among the content, where it lies there, too: what belongs to drafts alone is published with them.
    pub among_content: Option<Arc<str>>,
    /// Why it is not published, if it is not.
    pub held_back: Option<HeldBack>,
    /// The same without the piece of the hash, where the address carries one: then hosts may keep the file for ever.
    pub plain: Option<String>,
    /// What is in it.
    pub bytes: AssetBytes,
    /// The hash of its bytes.
    pub hash: Hash,
    /// What the file system said of the file when it was read.
    pub stamp: FileStamp,
}

/// Why a file is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBack {
    /// An editor or a merge left it beside a text: `note.md.bak`.
    Copy,
    /// Its front matter has a mark such as `draft: true`.
    Private,
    /// It is a secret, cannot be read, or has a name of which no address can be made. It was reported when it was loaded.
    Reported,
}

/// The bytes of an asset: in memory, or on disk where they are too many.
#[derive(Clone, Debug)]
pub enum AssetBytes {
    /// In memory.
    Memory(Arc<[u8]>),
    /// On disk: an absolute path and the length in bytes.
    Disk(PathBuf, u64),
}

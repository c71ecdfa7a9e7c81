//! The files of the content as they were parsed: a text that is known need not be parsed, nor read, again. After an edit of
//! one of 10,000 texts that saves all of parsing but a thousandth.
//!
//! A file that was parsed is known by its path and the hash of its text. `serve` keeps all of them in memory; a build leaves
//! them in `.limber/` (`store`), and the next one takes from there what it need not parse again. The law "an update equals a
//! fresh start" is tested with them, too.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::{AT_ONCE, store};
use crate::diagnostics::Diagnostic;
use crate::hash::Hash;
use crate::model::doc::Doc;
use crate::model::options::Options;
use crate::model::schema::KindId;
use crate::model::source::Source;
use crate::stages::load::UnreadSource;
use crate::stages::parse::{ParsedDocs, Parsing, parse};

/// A file of the content on its way to its docs.
pub(super) enum ContentFile {
    Read(Source),
    Found(UnreadSource),
}

impl ContentFile {
    pub(super) fn path(&self) -> &Arc<str> {
        match self {
            Self::Read(source) => &source.path,
            Self::Found(found) => &found.path,
        }
    }

    /// The hash of its text, as far as it is known without reading it.
    fn hash(&self) -> Option<Hash> {
        match self {
            Self::Read(source) => Some(source.hash).filter(|_| !source.broken),
            Self::Found(found) => found.hash,
        }
    }

    /// Its text, which is read for it where it is not at hand.
    pub(super) fn text(&self) -> Arc<str> {
        match self {
            Self::Read(source) => source.text.clone(),
            Self::Found(found) => found.read().0.text,
        }
    }

    pub(super) fn read(self) -> (Source, Vec<Diagnostic>) {
        match self {
            Self::Read(source) => (source, Vec::new()),
            Self::Found(found) => found.read(),
        }
    }
}

/// Whether the files that a text shows are as they were when it was parsed.
fn shows_the_same(parsed: &ParsedDocs, included: &[Source]) -> bool {
    let hash = |path: &str| {
        let at = included.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        Some(included[at].hash).filter(|_| !included[at].broken)
    };
    parsed.docs.iter().flat_map(|doc| &doc.body.included).all(|(path, known)| hash(path) == *known)
}

/// All files of the content, parsed, sorted by path.
#[derive(Default)]
pub struct ParsedFiles {
    /// The hash of what decides, besides the text, how a file is read.
    context: Hash,
    files: Vec<ParsedFile>,
}

/// A file of the content, parsed.
pub(super) struct ParsedFile {
    pub(super) path: Arc<str>,
    /// The hash of its text; none of a file that could not be read.
    pub(super) hash: Option<Hash>,
    pub(super) parsed: Arc<ParsedDocs>,
}

impl ParsedFile {
    fn is_held_back(&self, options: &Options) -> bool {
        self.parsed.docs.iter().any(|doc| doc.is_held_back(options.drafts, options.as_of))
    }
}

impl ParsedFiles {
    /// Those that were kept in a folder, as far as they are of use in this context.
    pub(super) fn kept(folder: &Path, context: Hash) -> Self {
        Self { context, files: store::read(folder, context) }
    }

    /// Keeps them in a folder, all but those with something that is not published yet.
    pub(super) fn keep(&self, folder: &Path, options: &Options) {
        let is_published = |file: &&ParsedFile| !file.is_held_back(options);
        store::write(folder, self.context, self.files.iter().filter(is_published));
    }

    /// The files with something that is not published yet.
    pub(super) fn held_back<'a>(&'a self, options: &'a Options) -> impl Iterator<Item = &'a Arc<str>> {
        self.files.iter().filter(|file| file.is_held_back(options)).map(|file| &file.path)
    }

    /// Whether they are of use in this context.
    pub(super) fn fits(&self, context: Hash) -> bool {
        self.context == context
    }

    /// Parses what is not known from before.
    pub(super) fn new(content: Vec<ContentFile>, parsing: &Parsing<'_>, context: Hash, before: &Self) -> Self {
        let known = |at, path: &str, hash| {
            let known = before.known(at, path, hash).filter(|_| before.context == context);
            known.filter(|parsed| shows_the_same(parsed, parsing.included)).cloned()
        };
        let parsed = |(at, content): (usize, ContentFile)| {
            let path = content.path().clone();
            let hash = content.hash();
            if let Some(parsed) = hash.and_then(|hash| known(at, &path, hash)) {
                return ParsedFile { path, hash, parsed };
            }
            let (source, problems) = content.read();
            let hash = Some(source.hash).filter(|_| !source.broken);
            let parsed = hash.and_then(|hash| known(at, &path, hash)).unwrap_or_else(|| {
                let mut parsed = parse(&source, parsing);
                parsed.diagnostics.extend(problems);
                Arc::new(parsed)
            });
            ParsedFile { path, hash, parsed }
        };
        Self { context, files: content.into_par_iter().with_max_len(AT_ONCE).enumerate().map(parsed).collect() }
    }

    /// What a text was parsed to. Most files are where they were in the list.
    fn known(&self, at: usize, path: &str, hash: Hash) -> Option<&Arc<ParsedDocs>> {
        let is_meant = |file: &&ParsedFile| *file.path == *path && file.hash == Some(hash);
        let search = || self.files.binary_search_by(|file| (*file.path).cmp(path)).ok();
        let here = self.files.get(at).filter(is_meant);
        here.or_else(|| self.files.get(search()?).filter(is_meant)).map(|file| &file.parsed)
    }

    /// Every entry.
    pub(super) fn docs(&self) -> Vec<Arc<Doc>> {
        self.files.iter().flat_map(|file| &file.parsed.docs).cloned().collect()
    }

    /// The kinds of which not all entries are known.
    pub(super) fn lost(&self) -> BTreeSet<KindId> {
        self.files.iter().filter_map(|file| file.parsed.lost).collect()
    }

    /// What is wrong with files, each by itself.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|file| &file.parsed.diagnostics)
    }

    /// The hash of each text; none of a file that could not be read.
    pub(super) fn hashes(&self) -> impl Iterator<Item = (&Arc<str>, Option<Hash>)> {
        self.files.iter().map(|file| (&file.path, file.hash))
    }
}

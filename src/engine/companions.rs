//! Files of the content that hold no entries: the bibliography, the records of works, the table of retracted works, the
//! sign-offs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parsed::ContentFile;
use crate::bug::guarded;
use crate::citations::status::{Standing, with_listed};
use crate::citations::{self, BIBLIOGRAPHY, Bibliography, Work, is_bibliography};
use crate::diagnostics::{Code, Diagnostic};
use crate::figures::Figures;
use crate::hash::Hash;
use crate::html::plain;
use crate::markdown::{AuthorSigns, has_comment};
use crate::model::schema::Schema;
use crate::model::source::Source;
use crate::records::{self, Records};
use crate::signoffs::{self, SIGNOFFS, SignOffs, is_of_signoffs};
use crate::span::Place;
use crate::yaml::MappingPart;

/// The companion files of a project, not read yet.
pub(super) struct CompanionFiles {
    /// The bibliography; a second one is left out.
    bibliographies: Vec<ContentFile>,
    records: Option<ContentFile>,
    retractions: Option<ContentFile>,
    signoffs: Vec<ContentFile>,
}

/// What stands in a file: the hash of its text, what was read, and what is wrong with it.
type ReadFile<T> = (Hash, Arc<T>, Arc<Vec<Diagnostic>>);

/// The companion files that need no other one for being read.
pub(super) struct Independent {
    bibliography: ReadFile<Bibliography>,
    records: ReadFile<Records>,
    signoffs: ReadSignOffs,
    retractions: Option<ContentFile>,
    second: Option<Diagnostic>,
}

/// The companion files, read.
pub(super) struct Companions {
    schema: Arc<Schema>,
    bibliography: ReadFile<Bibliography>,
    records: ReadFile<Records>,
    /// What the file of retracted works says of the works of the bibliography.
    retractions: ReadFile<BTreeMap<String, Standing>>,
    signoffs: ReadSignOffs,
    second: Option<Diagnostic>,
}

struct ReadSignOffs {
    signoffs: Arc<SignOffs>,
    /// The files that they were read from.
    hashes: Vec<(Arc<str>, Hash)>,
    problems: Vec<Diagnostic>,
}

impl CompanionFiles {
    /// Takes the companion files out of the content; the second value is the rest.
    pub(super) fn among(content: Vec<ContentFile>, schema: &Schema) -> (Self, Vec<ContentFile>) {
        let records_file = schema.figures.as_ref().map(|figures| figures.file.as_str());
        let table = schema.retractions.as_ref().and_then(|retractions| retractions.file.as_ref());
        let mut files = Self { bibliographies: Vec::new(), records: None, retractions: None, signoffs: Vec::new() };
        let mut rest = Vec::with_capacity(content.len());
        for file in content {
            let path = &**file.path();
            if is_bibliography(path) {
                files.bibliographies.push(file);
            } else if records_file == Some(path) {
                files.records = Some(file);
            } else if table.is_some_and(|(table, _)| *table == *path) {
                files.retractions = Some(file);
            } else if is_of_signoffs(path) {
                files.signoffs.push(file);
            } else {
                rest.push(file);
            }
        }
        files.bibliographies.sort_by_key(|file| **file.path() != *BIBLIOGRAPHY);
        (files, rest)
    }

    /// Reads those that need no other one; what has not changed is taken from before.
    pub(super) fn read(self, schema: &Schema, last: Option<&Companions>) -> Independent {
        let mut bibliographies = self.bibliographies.into_iter();
        let bibliography = bibliographies.next().map(ContentFile::read);
        Independent {
            second: bibliographies.next().map(|second| second_bibliography(second.path())),
            bibliography: read_bibliography(bibliography, schema, last),
            records: match (self.records, &schema.figures) {
                (Some(file), Some(figures)) => read_records(file.read(), schema, figures, last),
                _ => ReadFile::default(),
            },
            signoffs: ReadSignOffs::read(self.signoffs),
            retractions: self.retractions,
        }
    }
}

impl Companions {
    /// Reads what is said of the works of the bibliography, too.
    pub(super) fn new(files: Independent, schema: &Arc<Schema>, last: Option<&Self>) -> Self {
        let Independent { bibliography, records, signoffs, retractions, second } = files;
        let retractions = read_retractions(retractions, schema, &bibliography, last);
        Self { schema: schema.clone(), bibliography, records, retractions, signoffs, second }
    }

    /// The works that can be cited, with what the table of retracted works says of them.
    pub(super) fn works(&self) -> Arc<Bibliography> {
        let (works, listed) = (&self.bibliography.1, &self.retractions.1);
        if listed.is_empty() { works.clone() } else { Arc::new(with_listed(works, listed)) }
    }

    /// Whether the bibliography cannot be read.
    pub(super) fn lack_works(&self) -> bool {
        self.bibliography.1.broken
    }

    /// What is recorded of works.
    pub(super) fn records(&self) -> Arc<Records> {
        self.records.1.clone()
    }

    /// Who has signed off what.
    pub(super) fn signoffs(&self) -> Arc<SignOffs> {
        self.signoffs.signoffs.clone()
    }

    /// What is wrong with the files.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let read = [&self.bibliography.2, &self.records.2, &self.retractions.2];
        read.into_iter().flat_map(|problems| problems.iter()).chain(&self.signoffs.problems).chain(&self.second)
    }

    /// The paths and hashes of the files that could be read.
    pub(super) fn hashes(&self) -> impl Iterator<Item = (&str, Hash)> {
        let records = self.schema.figures.as_ref().map(|figures| (figures.file.as_str(), self.records.0));
        let works = (self.bibliography.1.file.as_deref().unwrap_or(BIBLIOGRAPHY), self.bibliography.0);
        let table = self.schema.retractions.as_ref().and_then(|retractions| retractions.file.as_ref());
        let table = table.map(|(path, _)| (path.as_str(), self.retractions.0));
        let signoffs = self.signoffs.hashes.iter().map(|(path, hash)| (&**path, *hash));
        let all = records.into_iter().chain([works]).chain(table).chain(signoffs);
        all.filter(|(_, hash)| *hash != Hash::default())
    }
}

fn second_bibliography(path: &Arc<str>) -> Diagnostic {
    let message = format!("the bibliography is `{BIBLIOGRAPHY}`, and this one is left out");
    Diagnostic::new(Code::FileUnused, Place::whole(path), message)
        .help("keep all works in one of the two files, and remove the other")
}

fn read_bibliography(
    read: Option<(Source, Vec<Diagnostic>)>,
    schema: &Schema,
    last: Option<&Companions>,
) -> ReadFile<Bibliography> {
    let signs = AuthorSigns { remarks: schema.markdown.remarks, ..AuthorSigns::default() };
    let last = last.filter(|last| last.schema.markdown.remarks == signs.remarks).map(|last| &last.bibliography);
    let Some((source, problems)) = read else {
        let none = |last: &&ReadFile<Bibliography>| last.0 == Hash::default() && !last.1.broken;
        return last.filter(none).cloned().unwrap_or_default();
    };
    let broken = || Bibliography { broken: true, ..Bibliography::default() };
    if source.broken {
        return (Hash::default(), Arc::new(broken()), Arc::new(problems));
    }
    let is_same =
        |(hash, known, _): &&ReadFile<Bibliography>| *hash == source.hash && known.file.as_ref() == Some(&source.path);
    if let Some(same) = last.filter(is_same) {
        return same.clone();
    }
    let read = guarded(&source.path, || citations::parse(&source.path, &source.text));
    let (bibliography, mut found) = read.unwrap_or_else(|bug| (broken(), vec![*bug]));
    found.extend(comments(&source.text, &bibliography, signs));
    (source.hash, Arc::new(bibliography), Arc::new(found))
}

/// Reports works with comments in their texts, which pages would show.
fn comments(text: &str, bibliography: &Bibliography, signs: AuthorSigns) -> Vec<Diagnostic> {
    if !text.contains("<!--") && !text.contains("%%") {
        return Vec::new();
    }
    let is_shown = |text: &str| has_comment(text, signs);
    let has_comment = |work: &&Work| {
        is_shown(&work.title) || is_shown(work.kind.as_deref().unwrap_or_default()) || is_shown(&plain(&work.reference))
    };
    let report = |work: &Work| {
        let message = format!("a text of `{}` holds a comment, which would be published", work.key);
        Diagnostic::new(Code::BibliographyInvalid, work.place.clone(), message).help("take it out")
    };
    bibliography.works.values().filter(has_comment).map(report).collect()
}

/// The records of works; they are read again where the declaration says something else about them.
fn read_records(
    (source, problems): (Source, Vec<Diagnostic>),
    schema: &Schema,
    figures: &Figures,
    last: Option<&Companions>,
) -> ReadFile<Records> {
    if source.broken {
        return (Hash::default(), Arc::new(Records { broken: true, ..Records::default() }), Arc::new(problems));
    }
    let alike = last.filter(|last| last.schema.shape == schema.shape).map(|last| &last.records);
    if let Some(same) = alike.filter(|(hash, ..)| *hash == source.hash) {
        return same.clone();
    }
    let (records, found) = records::parse(&source.path, &source.text, figures);
    (source.hash, Arc::new(records), Arc::new(found))
}

/// What the table of retracted works says of the works of the bibliography; it is read again where either has changed.
fn read_retractions(
    file: Option<ContentFile>,
    schema: &Schema,
    works: &ReadFile<Bibliography>,
    last: Option<&Companions>,
) -> ReadFile<BTreeMap<String, Standing>> {
    let Some((wanted, path)) = schema.retractions.as_ref().and_then(|retractions| retractions.file.as_ref()) else {
        return ReadFile::default();
    };
    let Some(file) = file else {
        let place = schema.text.place(path, MappingPart::Value);
        let problem = Diagnostic::new(Code::RetractionsInvalid, place, format!("there is no file `{wanted}`"))
            .help("put the file there, or remove the key: works of which nothing is known are not reported");
        return (Hash::default(), Arc::default(), Arc::new(vec![problem]));
    };
    let (source, problems) = file.read();
    if source.broken {
        return (Hash::default(), Arc::default(), Arc::new(problems));
    }
    let same_works = last.filter(|last| Arc::ptr_eq(&last.bibliography.1, &works.1)).map(|last| &last.retractions);
    if let Some(same) = same_works.filter(|(hash, ..)| *hash == source.hash) {
        return same.clone();
    }
    match guarded(&source.path, || citations::retracted(&source.path, &source.text, &works.1)).unwrap_or_else(Err) {
        Ok(listed) => (source.hash, Arc::new(listed), Arc::default()),
        Err(problem) => (source.hash, Arc::default(), Arc::new(vec![*problem])),
    }
}

impl ReadSignOffs {
    fn read(files: Vec<ContentFile>) -> Self {
        let (mut list, mut texts, mut problems, mut hashes) = (None, Vec::new(), Vec::new(), Vec::new());
        for file in files {
            let (source, found) = file.read();
            problems.extend(found);
            if source.broken {
                continue;
            }
            hashes.push((source.path.clone(), source.hash));
            if *source.path == *SIGNOFFS { list = Some(source) } else { texts.push(source.text) }
        }
        let (signoffs, found) =
            list.map_or_else(Default::default, |list: Source| signoffs::parse(&list.path, &list.text, texts.iter()));
        problems.extend(found);
        Self { signoffs: Arc::new(signoffs), hashes, problems }
    }
}

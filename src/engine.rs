//! Runs the stages and keeps what can be used again: the only place with state.

mod drawable;
mod files;
mod parsed;
mod store;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::bug::guarded;
use crate::citations::status::{Standing, with_listed};
use crate::citations::{self, BIBLIOGRAPHY, Bibliography, is_bibliography};
use crate::code_colours;
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Code, Diagnostic, tidy};
use crate::fingerprint::program;
use crate::hash::{Hash, Hasher};
use crate::ledger;
use crate::model::asset::Assets;
use crate::model::options::Options;
use crate::model::plan::Page;
use crate::model::schema::Schema;
use crate::model::source::{AssetBytes, AssetFile, Source, Sources};
use crate::naming::{FinalNames, named};
use crate::pages::{self, SiteLists, site_nodes, site_value};
use crate::records::{self, Records};
use crate::repairs;
use crate::shown::hash_of;
use crate::signoffs::{self, SIGNOFFS, SignOffs, is_of_signoffs};
use crate::span::Place;
use crate::stages::audit::audit;
use crate::stages::declare::{Extent, declare, extent};
use crate::stages::load::UnreadSource;
use crate::stages::parse::Parsing;
use crate::stages::plan::plan;
use crate::stages::render::{Wanted, follows, merge};
use crate::stages::resolve::{Parts, resolve};
use crate::stages::signed::signed;
use crate::stages::weigh::weigh;
use crate::templates::Templates;
use crate::theme;
use crate::timings::Timings;
use crate::wording::Wordings;
use crate::yaml::MappingPart;

pub use drawable::DrawableSite;
use files::published;
use parsed::{ContentFile, ParsedFiles};

/// So many files or pages at most are one thread's share: so that threads finish at about the same time.
pub const AT_ONCE: usize = 32;

/// Puts sites together, one after the other, and takes from the last one what has not changed.
#[derive(Default)]
pub struct Engine {
    options: Options,
    /// Whether the program ends with the site that it puts together: no text is read after those that there are.
    ends: bool,
    /// Where parsed files are kept from one program to the next.
    kept: Option<PathBuf>,
    last: Option<Arc<Snapshot>>,
}

/// A site at one moment, ready to be drawn.
#[derive(Default)]
pub struct Snapshot {
    /// What could be put together. Missing where `site.yaml` or the templates cannot be read.
    pub ready: Option<DrawableSite>,
    /// Everything that is wrong, sorted. Problems that only drawing shows are not among it.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that the diagnostics speak of.
    pub texts: SourceTexts,
    /// The files of the content as they were parsed.
    parsed: Arc<ParsedFiles>,
    schema: Option<(Hash, Arc<Schema>)>,
    bibliography: ReadFile<Bibliography>,
    records: ReadFile<Records>,
    /// What the file of retracted works says of the works of the bibliography.
    retractions: ReadFile<BTreeMap<String, Standing>>,
    /// The files of the sign-offs, with the hashes of their texts.
    signoffs: Vec<(Arc<str>, Hash)>,
    assets: Arc<Assets>,
    templates: Option<(Hash, Arc<Templates>)>,
}

impl Snapshot {
    /// Whether anything keeps the site from being built.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The texts of the content and their hashes, sorted by path; without those that could not be read.
    pub fn content(&self) -> Vec<(&str, Hash)> {
        let records = self.schema.as_ref().and_then(|(_, schema)| Some(schema.figures.as_ref()?.file.as_str()));
        let records = records.map(|path| (path, self.records.0));
        let works = records
            .into_iter()
            .chain([(self.bibliography.1.file.as_deref().unwrap_or(BIBLIOGRAPHY), self.bibliography.0)]);
        let table = self.schema.as_ref().and_then(|(_, schema)| schema.retractions.as_ref()?.file.as_ref());
        let works = works.chain(self.signoffs.iter().map(|(path, hash)| (&**path, *hash)));
        let works = works.chain(table.map(|(path, _)| (path.as_str(), self.retractions.0)));
        let works = works.filter(|(_, hash)| *hash != Hash::default());
        let mut all: Vec<_> =
            self.parsed.hashes().filter_map(|(path, hash)| Some((&**path, hash?))).chain(works).collect();
        all.sort_unstable();
        all
    }

    /// Keeps the parsed files in a folder, for [`Engine::with_kept`]: those that hold
    /// back what is not published yet keep nothing of it.
    pub fn keep(&self, folder: &Path, options: &Options) {
        self.parsed.keep(folder, options);
    }

    /// The paths of all files with something that is not published yet.
    pub fn held_back<'a>(&'a self, options: &'a Options) -> HashSet<&'a str> {
        self.parsed.held_back(options).map(|path| &**path).collect()
    }

    /// The files with errors.
    pub fn wrong(&self) -> HashSet<&str> {
        self.diagnostics.iter().filter(|problem| problem.is_error()).map(|problem| &*problem.place.path).collect()
    }

    /// The pages to draw for finding out what goes wrong. Those that show an entry with errors are left out: one cause, one
    /// diagnostic.
    pub fn pages_to_check(&self) -> Vec<(&DrawableSite, &Page)> {
        let Some(ready) = &self.ready else { return Vec::new() };
        let wrong = self.wrong();
        let own = |page: &&Page| page.input.template().is_some() && !follows(page, &ready.site, &wrong);
        ready.plan.pages.iter().filter(own).map(|page| (ready, page)).collect()
    }

    /// Everything that is wrong, with what only drawing shows: every page is drawn and thrown away.
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        let pages = self.pages_to_check();
        let drawn = pages.par_iter().with_max_len(AT_ONCE);
        let found = drawn.flat_map_iter(|(ready, page)| ready.draw(page, Wanted::Problems).problems).collect();
        let mut diagnostics = self.diagnostics.clone();
        diagnostics.extend(merge(found));
        tidy(&mut diagnostics);
        diagnostics
    }
}

impl Engine {
    /// An engine that knows nothing from before.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// The same with the parsed files that [`Snapshot::keep`] left in a folder.
    pub fn with_kept(self, folder: Option<PathBuf>) -> Self {
        Self { kept: folder, ..self }
    }

    /// Puts a site together. `found` is what loading had to say.
    pub fn update(&mut self, sources: &Sources, found: Vec<Diagnostic>, timings: &mut Timings) -> Arc<Snapshot> {
        let content = sources.content.iter().cloned().map(ContentFile::Read).collect();
        let mut snapshot = self.snapshot(sources, content, found, timings);
        snapshot.texts = texts(sources, &snapshot.diagnostics);
        repairs::confirm(&mut snapshot.diagnostics, &snapshot.texts);
        let snapshot = Arc::new(snapshot);
        self.last = Some(snapshot.clone());
        snapshot
    }

    /// The same for a program that ends with it: every text of the content is read when it is parsed, and let go at once. So
    /// reports have to read again what they show, and whoever repairs has to confirm the repairs.
    pub fn once(
        mut self,
        sources: &Sources,
        content: Vec<UnreadSource>,
        found: Vec<Diagnostic>,
        timings: &mut Timings,
    ) -> Snapshot {
        let content = content.into_iter().map(ContentFile::Found).collect();
        self.ends = true;
        self.snapshot(sources, content, found, timings)
    }

    fn snapshot(
        &mut self,
        sources: &Sources,
        content: Vec<ContentFile>,
        found: Vec<Diagnostic>,
        timings: &mut Timings,
    ) -> Snapshot {
        let mut diagnostics = found;
        let last = self.last.take();
        let parsed = last.as_ref().map(|last| last.parsed.clone()).unwrap_or_default();
        let mut snapshot = Snapshot { parsed, ..Snapshot::default() };
        let declared = timings.time("declare", || self.schema(sources, last.as_deref(), &mut diagnostics));
        if let Some((schema, extent)) = declared {
            let last = last.as_deref();
            let mut found = Vec::new();
            if extent == Extent::Whole {
                snapshot.schema = Some((schema.hash, schema.clone()));
                self.put_together((sources, content), schema.clone(), last, &mut snapshot, &mut found, timings);
            } else {
                // What was made with a faulty declaration cannot be used again later.
                let mut passing = Snapshot::default();
                self.put_together((sources, content), schema.clone(), None, &mut passing, &mut found, timings);
                found.retain(|problem| extent.holds(problem.code));
            }
            diagnostics.append(&mut found);
            weigh(&schema, &mut diagnostics);
        }
        tidy(&mut diagnostics);
        snapshot.diagnostics = diagnostics;
        snapshot
    }

    /// The declaration as far as it can be read, and how much of the site can be checked with it.
    fn schema(
        &self,
        sources: &Sources,
        last: Option<&Snapshot>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Arc<Schema>, Extent)> {
        let source = sources.site.as_ref()?;
        let (schema, found) = declare(source, self.options.base_url.as_ref(), &sources.templates);
        let extent = extent(&found, &source.text);
        diagnostics.extend(found);
        let schema = schema?;
        let same = last.and_then(|last| last.schema.as_ref()).filter(|(hash, _)| *hash == schema.hash);
        Some((same.map_or_else(|| Arc::new(schema), |(_, schema)| schema.clone()), extent))
    }

    fn put_together(
        &self,
        (sources, content): (&Sources, Vec<ContentFile>),
        schema: Arc<Schema>,
        last: Option<&Snapshot>,
        snapshot: &mut Snapshot,
        diagnostics: &mut Vec<Diagnostic>,
        timings: &mut Timings,
    ) {
        let FinalNames { assets, files, problems } = timings.time("assets", || {
            named(in_its_colours(sources.assets.clone(), &schema), &sources.templates, &schema.base_url)
        });
        diagnostics.extend(problems);
        let assets =
            last.map(|last| last.assets.clone()).filter(|last| **last == assets).unwrap_or_else(|| Arc::new(assets));
        snapshot.assets.clone_from(&assets);
        let (templates, found) = timings.time("templates", || templates(&sources.templates, &schema, &assets, last));
        diagnostics.extend(found);
        snapshot.templates.clone_from(&templates);
        let (mut works, content): (Vec<_>, Vec<_>) = content.into_iter().partition(|file| is_bibliography(file.path()));
        works.sort_by_key(|file| **file.path() != *BIBLIOGRAPHY);
        diagnostics.extend(works.get(1).map(|second| {
            let message = format!("the bibliography is `{BIBLIOGRAPHY}`, and this one is left out");
            Diagnostic::new(Code::FileUnused, Place::whole(second.path()), message)
                .help("keep all works in one of the two files, and remove the other")
        }));
        let file = schema.figures.as_ref().map_or("", |figures| figures.file.as_str());
        let (records, content): (Vec<_>, Vec<_>) = content.into_iter().partition(|content| **content.path() == *file);
        let table = schema.retractions.as_ref().and_then(|retractions| retractions.file.as_ref());
        let (tables, content): (Vec<_>, Vec<_>) =
            content.into_iter().partition(|content| table.is_some_and(|(path, _)| **content.path() == **path));
        let (signings, content): (Vec<_>, Vec<_>) =
            content.into_iter().partition(|content| is_of_signoffs(content.path()));
        let (signoffs, found) = self::signoffs(signings, snapshot);
        diagnostics.extend(found);
        let ((bibliography, records), parsed) = timings.time("parse", || {
            let [works, records] = [works, records].map(|files| files.into_iter().next().map(ContentFile::read));
            let parsed = || self.parsed(content, &sources.templates, &schema, &snapshot.parsed);
            rayon::join(|| (bibliography(works, last), self::records(records, &schema, last)), parsed)
        });
        diagnostics.extend(bibliography.2.iter().chain(records.2.iter()).cloned());
        diagnostics.extend(parsed.diagnostics().cloned());
        let (docs, lost) = (parsed.docs(), parsed.lost());
        let table = timings.time("retractions", || self::retractions(tables, &schema, &bibliography, last));
        diagnostics.extend(table.2.iter().cloned());
        let works =
            if table.1.is_empty() { bibliography.1.clone() } else { Arc::new(with_listed(&bibliography.1, &table.1)) };
        snapshot.retractions = table;
        let (files, unused) = published(files, &docs, &assets, &self.options);
        diagnostics.extend(unused.into_iter().filter(|_| lost.is_empty()));
        snapshot.parsed = Arc::new(parsed);
        snapshot.bibliography = bibliography.clone();
        snapshot.records = records.clone();
        let before = last.and_then(|last| last.ready.as_ref()).map(|ready| &ready.resolved);
        let whole = lost.is_empty() && !bibliography.1.broken && docs.iter().all(|doc| !doc.broken);
        let parts = Parts {
            schema: schema.clone(),
            docs,
            lost,
            bibliography: works,
            records: records.1,
            signoffs: Arc::new(signoffs),
            assets: assets.clone(),
            drafts: self.options.drafts,
            as_of: self.options.as_of,
        };
        let (resolved, found) = timings.time("resolve", || resolve(parts, before));
        let site = resolved.site.clone();
        diagnostics.extend(found);
        let lists = SiteLists::default();
        // With a faulty declaration the list of pages is unknown.
        let templates = templates.filter(|_| snapshot.schema.is_some());
        let last_plan = last.and_then(|last| last.ready.as_ref()).map(|ready| &ready.plan);
        let plan = || templates.map(|(_, templates)| (plan(&site, &templates, &files, &lists, last_plan), templates));
        let (found, planned) = timings.time("plan", || rayon::join(|| audit(&site, whole), plan));
        diagnostics.extend(found);
        let Some(((plan, found), templates)) = planned else { return };
        diagnostics.extend(found);
        // Where some of the site cannot be read, nobody knows what else is there.
        let ledger = sources.ledger.as_ref().filter(|_| whole);
        diagnostics.extend(ledger.map_or_else(Vec::new, |ledger| ledger::check(ledger, &site, &plan, &files)));
        let (site_value, site_nodes) = (site_value(&site, &plan), site_nodes(&schema));
        let mut environment = Hasher::new();
        environment.hash(&program().unwrap_or_default()).hash(&hash_of(&site_value));
        for (name, asset) in &assets.by_name {
            environment.text(name).text(&asset.url);
        }
        let environment = environment.finish();
        let (works, shared) = (pages::works(&schema, &site.bibliography), OnceLock::new());
        let assets = files;
        snapshot.ready = Some(DrawableSite {
            site,
            resolved,
            plan,
            templates,
            assets,
            environment,
            site_value,
            site_nodes,
            works,
            shared,
            lists,
        });
        if let Some(ready) = &snapshot.ready {
            diagnostics.extend(timings.time("sign-offs", || signed(ready.drawing())));
        }
    }

    /// Parses what is new and takes the rest from before.
    fn parsed(
        &self,
        content: Vec<ContentFile>,
        templates: &[Source],
        schema: &Schema,
        last: &ParsedFiles,
    ) -> ParsedFiles {
        let blocks = blocks(templates);
        let policy = templates.iter().any(|source| source.text.contains("Content-Security-Policy"));
        let mut context = Hasher::new();
        context.hash(&schema.shape).text(if policy { "guarded" } else { "" });
        blocks.iter().for_each(|name| {
            context.text(name);
        });
        let context = context.finish();
        let parsing = Parsing { schema, blocks: &blocks, wordings: &Wordings::new(schema), policy };
        let parsed = match self.kept.as_deref().filter(|_| !last.fits(context)) {
            Some(folder) => ParsedFiles::new(content, &parsing, context, &ParsedFiles::kept(folder, context)),
            None => ParsedFiles::new(content, &parsing, context, last),
        };
        if self.ends {
            code_colours::release();
        }
        parsed
    }
}

/// A file that stands for itself: the hash of its text, what was read, and what is wrong with it.
type ReadFile<T> = (Hash, Arc<T>, Arc<Vec<Diagnostic>>);

/// The records of works; they are read again where the declaration says something else about them.
fn records(read: Option<(Source, Vec<Diagnostic>)>, schema: &Schema, last: Option<&Snapshot>) -> ReadFile<Records> {
    let (Some((source, problems)), Some(figures)) = (read, &schema.figures) else { return ReadFile::default() };
    if source.broken {
        return (Hash::default(), Arc::new(Records { broken: true, ..Records::default() }), Arc::new(problems));
    }
    let alike = last.filter(|last| last.schema.as_ref().is_some_and(|(_, before)| before.shape == schema.shape));
    match alike.map(|last| &last.records).filter(|(hash, ..)| *hash == source.hash) {
        Some(same) => same.clone(),
        None => {
            let (records, found) = records::parse(&source.path, &source.text, figures);
            (source.hash, Arc::new(records), Arc::new(found))
        }
    }
}

/// What the file of retracted works says of the works of the bibliography; it is read again where either has changed.
fn retractions(
    files: Vec<ContentFile>,
    schema: &Schema,
    works: &ReadFile<Bibliography>,
    last: Option<&Snapshot>,
) -> ReadFile<BTreeMap<String, Standing>> {
    let Some((file, path)) = schema.retractions.as_ref().and_then(|retractions| retractions.file.as_ref()) else {
        return ReadFile::default();
    };
    let alone = |problem| (Hash::default(), Arc::default(), Arc::new(vec![problem]));
    let Some(read) = files.into_iter().next() else {
        let place = schema.text.place(path, MappingPart::Value);
        let problem = Diagnostic::new(Code::RetractionsInvalid, place, format!("there is no file `{file}`"));
        return alone(
            problem.help("put the file there, or remove the key: works of which nothing is known are not reported"),
        );
    };
    let (source, problems) = read.read();
    if source.broken {
        return (Hash::default(), Arc::default(), Arc::new(problems));
    }
    let same_works = |last: &&Snapshot| Arc::ptr_eq(&last.bibliography.1, &works.1);
    if let Some(last) = last.filter(same_works).filter(|last| last.retractions.0 == source.hash) {
        return last.retractions.clone();
    }
    match guarded(&source.path, || citations::retracted(&source.path, &source.text, &works.1)).unwrap_or_else(Err) {
        Ok(listed) => (source.hash, Arc::new(listed), Arc::default()),
        Err(problem) => (source.hash, Arc::default(), Arc::new(vec![*problem])),
    }
}

fn bibliography(read: Option<(Source, Vec<Diagnostic>)>, last: Option<&Snapshot>) -> ReadFile<Bibliography> {
    let Some((source, problems)) = read else {
        let none = |last: &&ReadFile<Bibliography>| last.0 == Hash::default() && !last.1.broken;
        return last.map(|last| &last.bibliography).filter(none).cloned().unwrap_or_default();
    };
    if source.broken {
        let bibliography = Bibliography { broken: true, ..Bibliography::default() };
        return (Hash::default(), Arc::new(bibliography), Arc::new(problems));
    }
    match last
        .map(|last| &last.bibliography)
        .filter(|(hash, known, _)| *hash == source.hash && known.file.as_ref() == Some(&source.path))
    {
        Some(same) => same.clone(),
        None => {
            let read = guarded(&source.path, || citations::parse(&source.path, &source.text));
            let (bibliography, found) =
                read.unwrap_or_else(|bug| (Bibliography { broken: true, ..Bibliography::default() }, vec![*bug]));
            (source.hash, Arc::new(bibliography), Arc::new(found))
        }
    }
}

/// Who has signed off what. The snapshot keeps the hashes of the files.
fn signoffs(files: Vec<ContentFile>, snapshot: &mut Snapshot) -> (SignOffs, Vec<Diagnostic>) {
    let (mut list, mut texts, mut problems) = (None, Vec::new(), Vec::new());
    for file in files {
        let (source, found) = file.read();
        problems.extend(found);
        if source.broken {
            continue;
        }
        snapshot.signoffs.push((source.path.clone(), source.hash));
        if *source.path == *SIGNOFFS { list = Some(source) } else { texts.push(source.text) }
    }
    let Some(list) = list else { return (SignOffs::default(), problems) };
    let (signoffs, found) = signoffs::parse(&list.path, &list.text, texts.iter());
    problems.extend(found);
    (signoffs, problems)
}

type LoadedTemplates = Option<(Hash, Arc<Templates>)>;

/// The names of the data blocks that templates can draw.
fn blocks(templates: &[Source]) -> BTreeSet<String> {
    let names = templates.iter().filter_map(|source| source.path.split_once("blocks/")?.1.strip_suffix(".html"));
    names.map(str::to_string).collect()
}

fn templates(
    sources: &[Source],
    schema: &Schema,
    assets: &Arc<Assets>,
    last: Option<&Snapshot>,
) -> (LoadedTemplates, Vec<Diagnostic>) {
    let mut hasher = Hasher::new();
    hasher.text(&schema.base_url.origin).text(&schema.base_url.path).hash(&schema.texts.hash());
    for source in sources {
        hasher.text(&source.path).hash(&source.hash);
    }
    for (name, asset) in &assets.by_name {
        hasher.text(name).text(&asset.url);
    }
    let hash = hasher.finish();
    if let Some(same) = last.and_then(|last| last.templates.as_ref()).filter(|(same, _)| *same == hash) {
        return (Some(same.clone()), Vec::new());
    }
    let (templates, found) = Templates::load(sources, &schema.base_url, &schema.texts, assets);
    (templates.map(|templates| (hash, Arc::new(templates))), found)
}

/// The static files of the theme in the colour and fonts of the site.
fn in_its_colours(mut files: Vec<AssetFile>, schema: &Schema) -> Vec<AssetFile> {
    for file in files.iter_mut().filter(|file| file.path.starts_with("theme/")) {
        let AssetBytes::Memory(bytes) = &file.bytes else { continue };
        if !file.path.ends_with(".css") && !file.path.ends_with(".svg") {
            continue;
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            let bytes: Arc<[u8]> = theme::of_site(&file.path, text, &schema.theme).into_bytes().into();
            (file.hash, file.bytes) = (Hash::of(&bytes), AssetBytes::Memory(bytes));
        }
    }
    files
}

/// The texts of the files that diagnostics speak of.
fn texts(sources: &Sources, diagnostics: &[Diagnostic]) -> SourceTexts {
    let wanted: BTreeSet<&str> = diagnostics.iter().flat_map(Diagnostic::places).map(|place| &*place.path).collect();
    if wanted.is_empty() {
        return SourceTexts::new();
    }
    let all = sources.site.iter().chain(&sources.ledger).chain(&sources.content).chain(&sources.templates);
    let found = all.filter(|source| wanted.contains(&*source.path));
    found.map(|source: &Source| (source.path.clone(), source.text.clone())).collect::<BTreeMap<_, _>>()
}

//! Runs the stages and keeps what can be used again: the only place with state.

mod companions;
mod drawable;
mod files;
mod finished;
mod pairs;
mod parsed;
mod repository;
mod snapshot;
mod store;
mod wanted_ids;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::code_colours;
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Diagnostic, tidy};
use crate::hash::{Hash, Hasher};
use crate::ledger;
use crate::model::asset::Assets;
use crate::model::options::Options;
use crate::model::schema::Schema;
use crate::model::source::{AssetBytes, AssetFile, Source, Sources};
use crate::naming::{FinalNames, named};
use crate::pages::SiteLists;
use crate::repairs;
use crate::stages::audit::audit;
use crate::stages::declare::{Extent, declare, extent};
use crate::stages::load::UnreadSource;
use crate::stages::parse::Parsing;
use crate::stages::plan::plan;
use crate::stages::resolve::{Parts, resolve};
use crate::stages::signed::signed;
use crate::stages::weigh::weigh;
use crate::templates::Templates;
use crate::theme;
use crate::timings::Timings;
use crate::wording::Wordings;
use crate::yaml::PathStep;

use companions::{CompanionFiles, Companions};
pub use drawable::DrawableSite;
use files::published;
pub use finished::FinishedPages;
use parsed::{ContentFile, ParsedFiles};
use snapshot::OtherInputs;
pub use snapshot::Snapshot;

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

/// What the files of a project were put together to.
struct PutTogether {
    ready: Option<DrawableSite>,
    parsed: ParsedFiles,
    inputs: OtherInputs,
    diagnostics: Vec<Diagnostic>,
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
        let confirmed = |diagnostics: &mut Vec<Diagnostic>| {
            let texts = texts(sources, diagnostics);
            repairs::confirm(diagnostics, &texts);
            texts
        };
        let snapshot = Arc::new(self.snapshot(sources, content, found, confirmed, timings));
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
        self.snapshot(sources, content, found, |_| SourceTexts::new(), timings)
    }

    /// `confirmed` takes the repairs that are not certain out of the diagnostics, where their texts are at hand.
    fn snapshot(
        &mut self,
        sources: &Sources,
        content: Vec<ContentFile>,
        found: Vec<Diagnostic>,
        confirmed: impl FnOnce(&mut Vec<Diagnostic>) -> SourceTexts,
        timings: &mut Timings,
    ) -> Snapshot {
        let mut diagnostics = found;
        let last = self.last.take();
        let last = last.as_deref();
        let declared = timings.time("declare", || self.schema(sources, last, &mut diagnostics));
        let parsed = || last.map(|last| last.parsed.clone()).unwrap_or_default();
        let (ready, parsed, inputs) = match declared {
            None => (None, parsed(), None),
            Some((schema, mut extent)) => {
                let whole = extent.is_whole();
                if extent.asks_for_texts() {
                    content.iter().for_each(|file| extent.look_at(file.path(), &file.text()));
                }
                let last = last.filter(|_| whole);
                let put = self.put_together((sources, content), &schema, last, whole, timings);
                diagnostics.extend(put.diagnostics.into_iter().filter(|problem| extent.holds(problem, &schema)));
                weigh(&schema, &mut diagnostics);
                // What was made with a faulty declaration cannot be used again later.
                if whole { (put.ready, Arc::new(put.parsed), Some(put.inputs)) } else { (None, parsed(), None) }
            }
        };
        tidy(&mut diagnostics);
        let texts = confirmed(&mut diagnostics);
        Snapshot { ready, diagnostics, texts, parsed, root: sources.root.clone(), inputs }
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
        // What loading said of it counts, too: a folder that is not there.
        let extent = schema.as_ref().map(|schema| {
            let is_of_kinds = |found: &&Diagnostic| {
                let way = schema.text.way_of(&found.place);
                way.is_some_and(|way| matches!(way.first(), Some(PathStep::Key(key)) if key == "kinds"))
            };
            let of_site = diagnostics.iter().filter(|found| found.place.path == source.path);
            extent(&of_site.filter(is_of_kinds).chain(&found).cloned().collect::<Vec<_>>(), &schema.text)
        });
        diagnostics.extend(found);
        let (schema, extent) = schema.zip(extent)?;
        let last = last.and_then(|last| last.inputs.as_ref()).map(|inputs| &inputs.schema);
        let same = last.filter(|last| last.hash == schema.hash);
        Some((same.map_or_else(|| Arc::new(schema), Arc::clone), extent))
    }

    fn put_together(
        &self,
        (sources, content): (&Sources, Vec<ContentFile>),
        schema: &Arc<Schema>,
        last: Option<&Snapshot>,
        is_declared: bool,
        timings: &mut Timings,
    ) -> PutTogether {
        let inputs = last.and_then(|last| last.inputs.as_ref());
        let named = timings.time("assets", || {
            named(in_its_colours(sources.assets.clone(), schema), &sources.templates, &schema.base_url)
        });
        let FinalNames { assets, files, problems: mut diagnostics } = named;
        let same = inputs.map(|inputs| &inputs.assets).filter(|last| ***last == assets);
        let assets = same.map_or_else(|| Arc::new(assets), Arc::clone);
        let (templates, found) = timings.time("templates", || templates(&sources.templates, schema, &assets, inputs));
        diagnostics.extend(found);
        let is_data = |path: &&Arc<str>| path.ends_with(".yaml");
        let data: BTreeSet<String> =
            content.iter().map(ContentFile::path).filter(is_data).map(ToString::to_string).collect();
        let (companions, content) = CompanionFiles::among(content, schema);
        let before = inputs.map(|inputs| &inputs.companions);
        let (companions, parsed) = timings.time("parse", || {
            let parsed = || self.parsed(content, sources, schema, last.map(|last| &*last.parsed));
            rayon::join(|| companions.read(schema, before), parsed)
        });
        let companions = timings.time("retractions", || Companions::new(companions, schema, before));
        diagnostics.extend(companions.problems().chain(parsed.diagnostics()).cloned());
        let (mut docs, lost) = (parsed.docs(), parsed.lost());
        let before = last.and_then(|last| last.ready.as_ref()).map(|ready| &ready.resolved);
        let aside = pairs::take_out(&mut docs, schema, &self.options, before.map(|before| &*before.site));
        let (files, hidden, unused) = published(files, (&docs, &aside), schema, &assets, &self.options);
        diagnostics.extend(unused.into_iter().filter(|_| lost.is_empty()));
        let whole = lost.is_empty() && !companions.lack_works() && docs.iter().all(|doc| !doc.broken);
        let parts = Parts {
            schema: schema.clone(),
            docs,
            lost,
            bibliography: companions.works(),
            records: companions.records(),
            signoffs: companions.signoffs(),
            assets: assets.clone(),
            hidden: Arc::new(hidden),
            data: Arc::new(data),
            drafts: self.options.drafts,
            aside,
            as_of: self.options.as_of,
        };
        let (resolved, found) = timings.time("resolve", || resolve(parts, before));
        diagnostics.extend(found);
        let (site, lists) = (resolved.site.clone(), SiteLists::default());
        // With a faulty declaration the list of pages is unknown.
        let usable = templates.clone().filter(|_| is_declared);
        let last_plan = last.and_then(|last| last.ready.as_ref()).map(|ready| &ready.plan);
        let plan = || usable.map(|(_, templates)| (plan(&site, &templates, &files, &lists, last_plan), templates));
        let (found, planned) = timings.time("plan", || rayon::join(|| audit(&site, whole), plan));
        diagnostics.extend(found);
        let ready = planned.map(|((plan, found), templates)| {
            diagnostics.extend(found);
            // Where some of the site cannot be read, nobody knows what else is there.
            let ledger = sources.ledger.as_ref().filter(|_| whole);
            diagnostics.extend(ledger.map_or_else(Vec::new, |ledger| ledger::check(ledger, &site, &plan, &files)));
            let ready = DrawableSite::new(resolved, plan, templates, files, lists);
            diagnostics.extend(timings.time("sign-offs", || signed(ready.drawing())));
            diagnostics.extend(timings.time("links to made pages", || wanted_ids::missing(&ready)));
            ready
        });
        let inputs = OtherInputs { schema: schema.clone(), companions, assets, templates };
        PutTogether { ready, parsed, inputs, diagnostics }
    }

    /// Parses what is new and takes the rest from before.
    fn parsed(
        &self,
        content: Vec<ContentFile>,
        sources: &Sources,
        schema: &Schema,
        last: Option<&ParsedFiles>,
    ) -> ParsedFiles {
        let (templates, included) = (&sources.templates, &*sources.included);
        let blocks = blocks(templates);
        let policy = templates.iter().any(|source| source.text.contains("Content-Security-Policy"));
        let mut context = Hasher::new();
        context.hash(&schema.shape).text(if policy { "guarded" } else { "" });
        blocks.iter().for_each(|name| {
            context.text(name);
        });
        let context = context.finish();
        let parsing = Parsing { schema, blocks: &blocks, wordings: &Wordings::new(schema), policy, included };
        let kept = || self.kept.as_deref().map(|folder| ParsedFiles::kept(folder, context)).unwrap_or_default();
        let parsed = match last.filter(|last| last.fits(context)) {
            Some(last) => ParsedFiles::new(content, &parsing, context, last),
            None => ParsedFiles::new(content, &parsing, context, &kept()),
        };
        if self.ends {
            code_colours::release();
        }
        parsed
    }
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
    last: Option<&OtherInputs>,
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
    // Whoever reports reads again what could not be read.
    let found = all.filter(|source| !source.broken && wanted.contains(&*source.path));
    found.map(|source: &Source| (source.path.clone(), source.text.clone())).collect::<BTreeMap<_, _>>()
}

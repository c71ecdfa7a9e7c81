//! One planned file to its bytes.
//!
//! Whether a page has to be drawn again is decided by gathering its values (which takes microseconds, as cards are shared) and hashing them, part
//! by part. Nothing can be read that is not in the key, so nothing can be forgotten. So a build that follows the edit of one
//! text still prepares every page; it parses, draws and writes one. A build leaves the hashes of the parts in `.limber/`, and
//! `--explain` compares with them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use crate::bug::guarded;
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::{Hash, Hasher};
use crate::model::plan::{Page, PageInput, PageSubject};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::source::{AssetBytes, AssetFile};
use crate::naming::headers;
use crate::pages::{
    BlockError, Drawing, a_z, entry, feed, graph, home, index, matrix, other, related, settle, sitemap, sources, twin,
    value,
};
use crate::templates::{DrawError, Values};

/// Room that is set aside for a page before it is drawn, in bytes.
const USUAL_SIZE: usize = 16 * 1024;

/// What the caller wants of a page.
#[derive(Clone, Copy)]
pub enum Wanted<'f> {
    /// What goes wrong, and the bytes that a template draws: there is no key then.
    Page,
    /// The file, unless its key is one for which this holds: that saves drawing and writing, which is four tenths of a build
    /// that follows an edit of one text, 0.85 s of 2.08 s of processor time at 10,000 entries.
    FileUnless(&'f (dyn Fn(&Hash) -> bool + Sync)),
}

/// A file of the output.
pub struct RenderedFile<'a> {
    /// The hash of exactly what the file is made from. Same key, same bytes.
    pub key: Hash,
    /// What the file holds.
    pub content: Content<'a>,
    /// What went wrong.
    pub problems: Vec<Diagnostic>,
    /// What the template sees; nothing for files that no template draws.
    pub values: Values,
    /// The hash of each part of these values.
    pub parts: Vec<Hash>,
}

/// What a file of the output holds.
pub enum Content<'a> {
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// The same as a file on disk, which is copied and never held.
    File(&'a Path),
    /// What is known already.
    Known,
    /// Nothing: it could not be drawn, or the caller did not want the bytes.
    Nothing,
}

/// Draws a planned file. `environment` is the hash of what every page depends on.
pub fn draw<'a>(
    page: &Page,
    drawing: Drawing<'_>,
    environment: &Hash,
    assets: &'a [AssetFile],
    wanted: Wanted<'_>,
) -> RenderedFile<'a> {
    let nothing = |problems| {
        let (key, content) = (Hash::default(), Content::Nothing);
        RenderedFile { key, content, problems, values: Values::default(), parts: Vec::new() }
    };
    let known = |key: &Hash| matches!(wanted, Wanted::FileUnless(known) if known(key));
    match within(page, drawing, || gather(page, drawing, assets)) {
        Err(bug) => nothing(vec![*bug]),
        Ok(Gathered::Values(values, errors)) => {
            let template = page.input.template().unwrap_or_default();
            let parts = if let Wanted::Page = wanted { Vec::new() } else { values.parts(drawing.shared()) };
            let mut hasher = Hasher::new();
            hasher.hash(environment).text(template).hash(&drawing.templates.hash(template));
            parts.iter().for_each(|part| {
                hasher.hash(part);
            });
            let key = hasher.finish();
            // A data block that failed leaves nothing in the page, as one does that has nothing to show.
            let (content, problems) = if errors.is_empty() && known(&key) {
                (Content::Known, Vec::new())
            } else {
                drawn(page, template, drawing, &values, errors)
            };
            RenderedFile { key, content, problems, values, parts }
        }
        Ok(_) if matches!(wanted, Wanted::Page) => nothing(Vec::new()),
        Ok(Gathered::Bytes(bytes)) => {
            let key = Hash::of(&bytes);
            let content = if known(&key) { Content::Known } else { Content::Bytes(bytes.into()) };
            RenderedFile { key, content, ..nothing(Vec::new()) }
        }
        Ok(Gathered::Asset(AssetFile { hash, bytes, .. })) => {
            let content = match bytes {
                _ if known(hash) => Content::Known,
                AssetBytes::Memory(bytes) => Content::Bytes((&**bytes).into()),
                AssetBytes::Disk(path, _) => Content::File(path),
            };
            RenderedFile { key: *hash, content, ..nothing(Vec::new()) }
        }
    }
}

/// What a file is made from.
enum Gathered<'a> {
    /// The values for a template, and the data blocks that could not be drawn.
    Values(Values, Vec<BlockError>),
    /// Bytes that no template draws.
    Bytes(Vec<u8>),
    /// A file as it is.
    Asset(&'a AssetFile),
}

/// Does some work for a page. Where the program itself fails, there is a report with the page.
fn within<T>(page: &Page, drawing: Drawing<'_>, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    let file = match page.input.subject() {
        Some(PageSubject::Entry(id)) => drawing.site.entry(id).doc.path(),
        Some(PageSubject::Kind(_) | PageSubject::Site) | None => &drawing.site.schema.text.path,
    };
    guarded(file, work).map_err(|bug| Box::new(while_drawing(*bug, page)))
}

fn gather<'a>(page: &Page, drawing: Drawing<'_>, assets: &'a [AssetFile]) -> Gathered<'a> {
    let schema = &drawing.site.schema;
    let url = &page.url;
    let mut errors = Vec::new();
    let values = match &page.input {
        PageInput::Entry(id, _) => {
            let (values, broken) = entry::values(drawing, *id, url);
            errors = broken;
            values
        }
        PageInput::Index(kind, _, number) => {
            let (values, broken) = index::values(drawing, *kind, None, *number, url);
            errors = broken;
            values
        }
        PageInput::Regroup(kind, regroup, _, number) => index::values(drawing, *kind, Some(*regroup), *number, url).0,
        PageInput::Related(id, side, number) => related::values(drawing, *id, *side, *number, url),
        PageInput::Matrix(number) => matrix::values(drawing, *number, url),
        PageInput::Value(kind, regroup, at, number) => value::values(drawing, *kind, *regroup, *at, *number, url),
        PageInput::Home => home::values(drawing, url),
        PageInput::AToZ(number) => {
            schema.pages.a_z.as_ref().map_or_else(Values::default, |page| a_z::values(drawing, page, *number, url))
        }
        PageInput::Search => {
            schema.pages.search.as_ref().map_or_else(Values::default, |page| a_z::search(drawing, page, url))
        }
        PageInput::Sources => {
            schema.pages.sources.as_ref().map_or_else(Values::default, |page| sources::values(drawing, page, url))
        }
        PageInput::NotFound => {
            schema.pages.not_found.as_ref().map_or_else(Values::default, |page| other::not_found(drawing, page, url))
        }
        PageInput::Redirect(to) => other::redirect(drawing, to, url),
        PageInput::Gone => other::gone(drawing, url),
        PageInput::Feed(of) => return Gathered::Bytes(feed::bytes(drawing, *of, url)),
        PageInput::Sitemap => return Gathered::Bytes(sitemap::bytes(drawing)),
        PageInput::SitemapPart(number) => return Gathered::Bytes(sitemap::part(drawing, *number)),
        PageInput::Robots => return Gathered::Bytes(sitemap::robots(drawing)),
        PageInput::Headers => {
            let index = schema.pages.search.is_some() && schema.pages.search_index;
            return Gathered::Bytes(headers(assets, index, &schema.base_url).unwrap_or_default());
        }
        PageInput::Graph => return Gathered::Bytes(graph::bytes(drawing)),
        PageInput::Twin(page) => return Gathered::Bytes(twin::bytes(drawing, page)),
        PageInput::Llms => return Gathered::Bytes(twin::llms(drawing)),
        PageInput::Asset(number) => return Gathered::Asset(&assets[*number]),
    };
    Gathered::Values(values, errors)
}

/// Runs the template of a page. One that is not there was reported by the plan.
fn drawn<'a>(
    page: &Page,
    template: &str,
    drawing: Drawing<'_>,
    values: &Values,
    errors: Vec<BlockError>,
) -> (Content<'a>, Vec<Diagnostic>) {
    if !drawing.templates.has(template) {
        return (Content::Nothing, Vec::new());
    }
    let mut problems = failed_blocks(page, errors);
    let (templates, site) = (drawing.templates, drawing.site_value);
    let result = within(page, drawing, || {
        let mut html = Vec::with_capacity(USUAL_SIZE);
        templates.draw_to(template, site, values, &mut html).map(|()| Content::Bytes(settle(html).into()))
    });
    let content = match result {
        Ok(Ok(content)) => content,
        Ok(Err(error)) => {
            problems.push(failed(page, error));
            Content::Nothing
        }
        Err(bug) => {
            problems.push(*bug);
            Content::Nothing
        }
    };
    (content, problems)
}

fn failed_blocks(page: &Page, errors: Vec<BlockError>) -> Vec<Diagnostic> {
    let failed = |BlockError { place, error }| failed(page, error).related(place, "drawn for this data block");
    errors.into_iter().map(failed).collect()
}

fn failed(page: &Page, error: DrawError) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Code::TemplateFailed, error.place, error.message);
    diagnostic.help = error.help;
    while_drawing(diagnostic, page)
}

/// Says of which page a problem is, as [`merge`] counts them.
pub fn while_drawing(problem: Diagnostic, page: &Page) -> Diagnostic {
    problem.help(format!("{DRAWING}`{}`", page.url))
}

/// Whether a page shows an entry that has errors of its own: what fails on it then only follows from them.
pub fn follows(page: &Page, site: &Site, wrong: &HashSet<&str>) -> bool {
    if wrong.is_empty() {
        return false;
    }
    let is_wrong = |id: EntryId| wrong.contains(&**site.entry(id).doc.path());
    let any_of = |kind: KindId| site.entries_of(kind).any(is_wrong);
    match page.input.subject() {
        Some(PageSubject::Entry(id)) => {
            let doc = &site.entry(id).doc;
            let related = site
                .schema
                .sides_of(doc.kind)
                .any(|(relation, end, _)| site.graph.edges(relation).of(id, end).any(|edge| is_wrong(edge.across(id))));
            let shown =
                doc.body.blocks.iter().filter_map(|block| block.entries.as_ref()).any(|query| any_of(query.kind));
            is_wrong(id) || related || shown
        }
        Some(PageSubject::Kind(kind)) => any_of(kind),
        Some(PageSubject::Site) | None => true,
    }
}

const DRAWING: &str = "this happened while drawing ";

/// What fails on many pages for one reason is said once, with the first page and the number of the others.
pub fn merge(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    crate::diagnostics::tidy(&mut diagnostics);
    let mut merged: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in diagnostics {
        match merged.last_mut() {
            Some((first, more)) if (&first.place, &first.message) == (&diagnostic.place, &diagnostic.message) => {
                *more += 1;
            }
            _ => merged.push((diagnostic, 0)),
        }
    }
    merged
        .into_iter()
        .map(|(mut diagnostic, more)| {
            if let Some(note) = diagnostic.help.iter_mut().find(|help| help.starts_with(DRAWING)).filter(|_| more > 0) {
                note.push_str(&format!(" and {more} other page{}", if more == 1 { "" } else { "s" }));
            }
            diagnostic
        })
        .collect()
}

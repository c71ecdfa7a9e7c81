//! One planned file to its bytes.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::bug::guarded;
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::{Hash, Hasher};
use crate::model::plan::{Page, PageInput};
use crate::model::schema::KindId;
use crate::model::site::{EntryId, Site};
use crate::model::source::{AssetBytes, AssetFile};
use crate::pages::{
    BlockError, Drawing, a_z, entry, feed, graph, index, matrix, other, related, settle, sitemap, sources,
};
use crate::templates::{DrawError, Values};

/// Room that is set aside for a page before it is drawn, in bytes.
const USUAL_SIZE: usize = 16 * 1024;

/// A file on its way: its key is known, its bytes may not be needed.
pub enum Prepared<'a> {
    /// A page that a template draws.
    Page(PreparedPage<'a>),
    /// Bytes that no template draws.
    Bytes(Vec<u8>),
    /// A file as it is.
    Asset(&'a AssetFile),
    /// A page on which the program itself failed.
    Failed(Box<Diagnostic>),
}

/// A page with all that its template will see.
pub struct PreparedPage<'a> {
    template: &'a str,
    /// The values for the template.
    pub values: Values,
    /// The hash of each part of the values, once the key is known.
    pub parts: Vec<Hash>,
    /// The data blocks that could not be drawn.
    pub errors: Vec<BlockError>,
}

/// Gathers what a file is made from, and the hash of exactly that: its key. Same key, same bytes.
pub fn prepare<'a>(
    page: &'a Page,
    drawing: Drawing<'_>,
    environment: &Hash,
    assets: &'a [AssetFile],
) -> (Hash, Prepared<'a>) {
    let mut prepared = gathered(page, drawing, assets);
    let key = match &mut prepared {
        Prepared::Page(page) => {
            page.parts = page.values.parts(drawing.shared());
            let mut hasher = Hasher::new();
            hasher.hash(environment).text(page.template).hash(&drawing.templates.hash(page.template));
            page.parts.iter().for_each(|part| {
                hasher.hash(part);
            });
            hasher.finish()
        }
        Prepared::Bytes(bytes) => Hash::of(bytes),
        Prepared::Asset(asset) => asset.hash,
        Prepared::Failed(_) => Hash::default(),
    };
    (key, prepared)
}

/// The same as [`gather`], whatever happens.
fn gathered<'a>(page: &'a Page, drawing: Drawing<'_>, assets: &'a [AssetFile]) -> Prepared<'a> {
    within(page, drawing, || gather(page, drawing, assets)).unwrap_or_else(Prepared::Failed)
}

/// Does some work for a page. Where the program itself fails, there is a report with the page.
fn within<T>(page: &Page, drawing: Drawing<'_>, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    let file = match &page.input {
        PageInput::Entry(id, _) | PageInput::Related(id, ..) => drawing.site.entry(*id).doc.path(),
        _ => &drawing.site.schema.text.path,
    };
    guarded(file, work).map_err(|bug| Box::new(bug.help(format!("{DRAWING}`{}`", page.url))))
}

fn gather<'a>(page: &'a Page, drawing: Drawing<'_>, assets: &'a [AssetFile]) -> Prepared<'a> {
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
        PageInput::Redirect(to) => other::redirect(drawing, *to, url),
        PageInput::Feed(kind) => return Prepared::Bytes(feed::bytes(drawing, *kind, url)),
        PageInput::Sitemap => return Prepared::Bytes(sitemap::bytes(drawing)),
        PageInput::SitemapPart(number) => return Prepared::Bytes(sitemap::part(drawing, *number)),
        PageInput::Robots => return Prepared::Bytes(sitemap::robots(drawing)),
        PageInput::Graph => return Prepared::Bytes(graph::bytes(drawing)),
        PageInput::Asset(number) => return Prepared::Asset(&assets[*number]),
    };
    let template = page.input.template().unwrap_or_default();
    Prepared::Page(PreparedPage { template, values, parts: Vec::new(), errors })
}

/// Draws a prepared file. Assets on disk have no bytes here: they are copied, never held.
pub fn draw<'a>(page: &Page, prepared: Prepared<'a>, drawing: Drawing<'_>) -> (Option<Cow<'a, [u8]>>, Vec<Diagnostic>) {
    match prepared {
        Prepared::Bytes(bytes) => (Some(bytes.into()), Vec::new()),
        Prepared::Asset(AssetFile { bytes: AssetBytes::Memory(bytes), .. }) => (Some((&**bytes).into()), Vec::new()),
        Prepared::Asset(_) => (None, Vec::new()),
        Prepared::Failed(bug) => (None, vec![*bug]),
        Prepared::Page(page) if !drawing.templates.has(page.template) => (None, Vec::new()), // the plan said so
        Prepared::Page(PreparedPage { template, values, errors, .. }) => {
            let mut diagnostics = failed_blocks(page, errors);
            let mut html = Vec::with_capacity(USUAL_SIZE);
            let drawn =
                within(page, drawing, || drawing.templates.draw_to(template, drawing.site_value, &values, &mut html));
            match drawn {
                Ok(Ok(())) => return (Some(settle(html).into()), diagnostics),
                Ok(Err(error)) => diagnostics.push(failed(page, error)),
                Err(bug) => diagnostics.push(*bug),
            }
            (None, diagnostics)
        }
    }
}

/// What goes wrong when a page is drawn: for whoever wants to know that and no bytes, and so needs no key either.
pub fn check(page: &Page, drawing: Drawing<'_>, assets: &[AssetFile]) -> Vec<Diagnostic> {
    let (template, values, errors) = match gathered(page, drawing, assets) {
        Prepared::Page(PreparedPage { template, values, errors, .. }) => (template, values, errors),
        Prepared::Failed(bug) => return vec![*bug],
        Prepared::Bytes(_) | Prepared::Asset(_) => return Vec::new(),
    };
    if !drawing.templates.has(template) {
        return Vec::new(); // the plan said so
    }
    let mut diagnostics = failed_blocks(page, errors);
    let drawn = within(page, drawing, || {
        drawing.templates.draw_to(template, drawing.site_value, &values, &mut std::io::sink())
    });
    match drawn {
        Ok(drawn) => diagnostics.extend(drawn.err().map(|error| failed(page, error))),
        Err(bug) => diagnostics.push(*bug),
    }
    diagnostics
}

fn failed_blocks(page: &Page, errors: Vec<BlockError>) -> Vec<Diagnostic> {
    let failed = |BlockError { place, error }| failed(page, error).related(place, "drawn for this data block");
    errors.into_iter().map(failed).collect()
}

fn failed(page: &Page, error: DrawError) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Code::TemplateFailed, error.place, error.message);
    diagnostic.help = error.help;
    diagnostic.help(format!("{DRAWING}`{}`", page.url))
}

/// Whether a page shows an entry that has errors of its own: what fails on it then only follows from them.
pub fn follows(page: &Page, site: &Site, wrong: &HashSet<&str>) -> bool {
    if wrong.is_empty() {
        return false;
    }
    let is_wrong = |id: EntryId| wrong.contains(&**site.entry(id).doc.path());
    let any_of = |kind: KindId| site.entries_of(kind).any(is_wrong);
    match &page.input {
        PageInput::Entry(id, _) | PageInput::Related(id, ..) => {
            let doc = &site.entry(*id).doc;
            let related = site.schema.sides_of(doc.kind).any(|(relation, end, _)| {
                site.graph.edges(relation).of(*id, end).any(|edge| is_wrong(edge.across(*id)))
            });
            let shown =
                doc.body.blocks.iter().filter_map(|block| block.entries.as_ref()).any(|query| any_of(query.kind));
            is_wrong(*id) || related || shown
        }
        PageInput::Index(kind, ..) | PageInput::Regroup(kind, ..) => any_of(*kind),
        _ => true,
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

//! Links in the forms of other tools: which entry they mean.

use super::names::{NameTarget, Names};
use crate::diagnostics::{Code, Diagnostic};
use crate::folders::without_extension;
use crate::links;
use crate::model::body::Link;
use crate::model::doc::Doc;
use crate::model::schema::{Dialect, KindId};
use crate::model::site::{Catalogue, EntryId};
use crate::span::Place;
use crate::url::decode_path;

/// What the name of a page may end in where it is linked to.
const ENDINGS: [&str; 6] = [".md", ".markdown", ".mdx", ".html", ".htm", "/"];
/// What stands for the top of a site, in Zola and in Docusaurus.
const FROM_TOP: [&str; 2] = ["@/", "@site/"];
/// What stands for its folder.
const INDEX: [&str; 5] = ["index", "_index", "README", "readme", "Readme"];

/// The entry that a link means although there is no such file.
#[derive(Clone, Copy)]
pub(super) struct Meant {
    pub id: EntryId,
    /// The entry that it would mean if it were read in the other way.
    other: Option<EntryId>,
    /// Whether it means this entry in whatever way it is read.
    certain: bool,
}

impl Meant {
    fn certain(id: EntryId) -> Self {
        Self { id, other: None, certain: true }
    }
}

/// What a link to a file means which is not there: without the end of its name, with that of a page of HTML, from the top of
/// the content (`@/guides/a.md`, `@site/docs/a.md`), as the address of its page with the end of a file's name, as the address counts from that of
/// its own page, or as notes of a vault name each other.
pub(super) fn meant(site: &Catalogue, names: &Names<'_>, from: EntryId, link: &Link) -> Option<Meant> {
    let path = decode_path(&link.written)?.replace('\\', "/");
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let stem = stem(path);
    if stem.is_empty() {
        return None;
    }
    let doc = &site.entry(from).doc;
    let folder = doc.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    if stem.starts_with('/') {
        // As a file of the project, else as the address of its page: `/docs/a.md` where pages lie below `/docs/`.
        let page = INDEX.iter().find_map(|name| stem.strip_suffix(name)?.strip_suffix('/')).unwrap_or(stem);
        return file(site, names, "", stem).or_else(|| page_at(names, page)).map(Meant::certain);
    }
    if let Some(stem) = FROM_TOP.iter().find_map(|top| stem.strip_prefix(top)) {
        return above(folder).find_map(|folder| file(site, names, folder, stem)).map(Meant::certain);
    }
    let own = site.entry(from).url.split('#').next().unwrap_or_default();
    let own = own.rsplit_once('/').map_or(own, |(folder, _)| folder);
    let (in_folder, below) = (file(site, names, folder, stem), address(names, own, stem));
    let beside = || address(names, own.rsplit_once('/').map_or("", |(above, _)| above), stem);
    let in_vault = || if site.schema.kind(doc.kind).folder.is_some() { vault(site, names, from, stem) } else { None };
    // With a slash at its end it is an address, and a browser counts it from that of the page; so is any link without the end
    // of a file's name where another tool makes a folder of each page.
    let makes_folders = site.schema.markdown.template_tags || site.schema.markdown.dialect == Some(Dialect::Astro);
    let has_ending = ENDINGS.iter().any(|end| *end != "/" && path.ends_with(end));
    let is_address = path.ends_with('/') || makes_folders && !has_ending;
    let (first, second) = if is_address { (below, in_folder) } else { (in_folder, below) };
    let Some(id) = first else {
        let is_folder = second.is_some_and(|id| is_index_of(site, id, stem));
        let (id, certain) = match second {
            Some(id) => (id, is_folder || !path.ends_with('/') || !path.starts_with("..")),
            None => (beside().or_else(in_vault)?, true),
        };
        return Some(Meant { certain, ..Meant::certain(id) });
    };
    let other = second.filter(|other| *other != id);
    Some(Meant { id, other, certain: other.is_none() })
}

/// Whether an entry stands for a folder of this name.
fn is_index_of(site: &Catalogue, id: EntryId, stem: &str) -> bool {
    let path = site.entry(id).doc.path();
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let name = stem.rsplit('/').next().unwrap_or(stem);
    INDEX.contains(&without_extension(file).unwrap_or(file)) && folder.rsplit('/').next() == Some(name)
}

/// The entry that a link in a vault means: its path counts from the top of the vault or, where names alone are links, is a name.
fn vault(site: &Catalogue, names: &Names<'_>, from: EntryId, stem: &str) -> Option<EntryId> {
    let top = site.schema.folder_of(site.entry(from).doc.kind);
    let named = || match names.linked(stem, from) {
        NameTarget::One(id) if site.schema.markdown.wikilinks => Some(id),
        _ => None,
    };
    file(site, names, top, stem).or_else(named)
}

/// Says of a link that it is in the form of another tool, and how it is written here.
pub(super) fn problem(site: &Catalogue, doc: &Doc, place: Place, link: &Link, meant: Meant) -> Diagnostic {
    let url = &site.entry(meant.id).url;
    let message = format!("there is no file `{}`: the link is led to `{url}`", link.written);
    let written = |id: EntryId| {
        let (target, url) = (site.entry(id).doc.path(), &site.entry(id).url);
        let is_file = without_extension(target).is_some();
        if is_file { links::relative(doc.path(), target) } else { url.to_string() }
    };
    let here = written(meant.id);
    let diagnostic = Diagnostic::new(Code::LinkForm, place, message);
    let entry = &site.entry(meant.id).doc;
    if let Some(other) = meant.other {
        return diagnostic.help(format!("write `{here}`, or `{}` if that is meant", written(other)));
    }
    // The other file of this slug may be meant.
    if !meant.certain || site.left_out.doubles.contains(&(entry.kind, entry.slug.clone())) {
        return diagnostic.help(format!("write the path of the file: `{here}`"));
    }
    diagnostic.other_form(&link.written, here)
}

/// The entry whose file has this path below a folder, whatever its name ends in.
fn file(site: &Catalogue, names: &Names<'_>, folder: &str, stem: &str) -> Option<EntryId> {
    slugs(site, folder, stem).find_map(|(kind, slug)| names.entry(kind, &slug))
}

/// What the file of an entry with this path below a folder calls that entry.
fn slugs(site: &Catalogue, folder: &str, stem: &str) -> impl Iterator<Item = (KindId, String)> {
    let path = links::join(folder, stem);
    let files = path.into_iter().flat_map(|path| {
        let inside = INDEX.map(|name| format!("{path}/{name}.md"));
        std::iter::once(format!("{path}.md")).chain(inside)
    });
    files.filter_map(|path| links::entry_of_file(&path, &site.schema))
}

/// Whether a link means a draft in one of these forms.
pub(super) fn means_draft(site: &Catalogue, from: EntryId, link: &Link) -> bool {
    if site.left_out.drafts.is_empty() || link.used.loads() {
        return false;
    }
    let Some(path) = decode_path(&link.written).map(|path| path.replace('\\', "/")) else { return false };
    let stem = stem(&path);
    let is_file = |folder: &str, stem: &str| slugs(site, folder, stem).any(|name| site.left_out.drafts.contains(&name));
    let is_page = |base: &str| {
        let path = links::join(base, stem).filter(|path| !path.is_empty());
        path.is_some_and(|path| site.left_out.is_at(&format!("/{path}")))
    };
    let entry = site.entry(from);
    let folder = entry.doc.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    if stem.is_empty() {
        false
    } else if stem.starts_with('/') {
        is_file("", stem) || is_page("")
    } else if let Some(stem) = FROM_TOP.iter().find_map(|top| stem.strip_prefix(top)) {
        above(folder).any(|folder| is_file(folder, stem))
    } else {
        let own = entry.url.split('#').next().unwrap_or_default();
        is_file(folder, stem) || is_page(own.rsplit_once('/').map_or(own, |(folder, _)| folder))
    }
}

/// The path of a link without the end of the name of a page.
fn stem(path: &str) -> &str {
    let path = path.split(['#', '?']).next().unwrap_or_default();
    ENDINGS.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path).trim_end_matches('/')
}

/// The entry whose address lies so from another one.
fn address(names: &Names<'_>, base: &str, path: &str) -> Option<EntryId> {
    let path = links::join(base, path)?;
    if path.is_empty() { names.at_address("/") } else { page_at(names, &format!("/{path}")) }
}

/// The entry at an address without its end: that of a folder, or of a file.
fn page_at(names: &Names<'_>, address: &str) -> Option<EntryId> {
    names.at_address(&format!("{address}/")).or_else(|| names.at_address(&format!("{address}.html")))
}

/// The folders above a file, outermost first, the project itself before them.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    let inner = folder.match_indices('/').map(|(at, _)| &folder[..at]);
    std::iter::once("").chain(inner).chain((!folder.is_empty()).then_some(folder))
}

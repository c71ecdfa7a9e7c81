//! Where a new entry goes: its slug, its file, whether it is an item of a data file.

use super::EntryRequest;
use super::gaps::EntryGap;
use crate::citations::is_bibliography;
use crate::error::Error;
use crate::folders::{folder, without_extension};
use crate::ignored::Ignored;
use crate::links;
use crate::model::schema::KindId;
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::url::{slug, slug_of_name};

/// Names made from titles are no longer than this, unless one word is.
const LONGEST: usize = 80;

/// Where a new entry goes.
pub(super) struct EntryPlace {
    /// Its slug.
    pub slug: String,
    /// Its key in a data file.
    pub key: String,
    /// Its file, or the data file.
    pub path: String,
    /// Whether it is an item of a data file.
    pub in_data: bool,
    /// Whether it has to have a date, which is part of its address.
    pub dated: bool,
}

/// Works out where an entry goes.
pub(super) fn of(
    site: &Site,
    sources: &Sources,
    asked: &EntryRequest,
    gap: Option<&EntryGap>,
    title: &str,
) -> Result<EntryPlace, Error> {
    let kind = site.schema.kind(asked.kind);
    let (above, name) = match gap {
        Some(gap) => match gap.slug.rsplit_once('/') {
            Some((above, name)) => (Some(above.to_string()), name.to_string()),
            None => (None, gap.slug.clone()),
        },
        None => (None, name(asked, title)?),
    };
    let above = match &asked.folder {
        Some(typed) => Some(folder(typed).map_err(Error::request)?).filter(|folder| !folder.is_empty()),
        None => above,
    };
    let data = format!("content/{}.yaml", kind.plural);
    let in_data = asked.folder.is_none() && above.is_none() && belongs_into(site, sources, asked.kind, &data);
    let path = match &above {
        _ if in_data => data,
        Some(above) => format!("{}{above}/{name}.md", folder_of(site, asked.kind)),
        None => format!("{}{name}.md", folder_of(site, asked.kind)),
    };
    let slug = if in_data { Some(slug(&name)) } else { slug_of(site, asked.kind, &path) };
    let Some(slug) = slug else {
        let error = Error::content(format!("a file `{path}` would not be of the kind `{}`", kind.name));
        return Err(error.help("choose another folder with `--folder`, or another name with `--name`"));
    };
    if let Some(known) = site.find(asked.kind, &slug) {
        let error =
            Error::content(format!("the {} `{slug}` is there already: `{}`", kind.name, site.entry(known).doc.path()));
        return Err(error.help("choose another name for the new one with `--name`"));
    }
    if Ignored::of(sources.site.as_ref().map(|site| &*site.text)).contains(&path) {
        let error = Error::content(format!("`{path}` is left out of the site by `ignore:` in site.yaml"));
        return Err(error.help("choose another name with `--name`, or change `ignore:`"));
    }
    let dated = kind.url.dated();
    Ok(EntryPlace { slug, key: name, path, in_data, dated })
}

/// The folder of a kind. Standalone pages may lie in two; a new one joins those that are there.
fn folder_of(site: &Site, kind: KindId) -> &str {
    const PAGES: &str = "content/pages/";
    let is_apart = |id| site.entry(id).doc.path().starts_with(PAGES);
    match site.schema.folder_of(kind) {
        PAGES if !site.entries_of(kind).any(is_apart) => "content/",
        folder => folder,
    }
}

/// The name of the file or item.
fn name(asked: &EntryRequest, title: &str) -> Result<String, Error> {
    let Some(name) = &asked.name else {
        let name = shortened(&slug(title));
        let refused = |why: String| {
            let error = Error::content(format!("no file name can be made of the title `{title}`: {why}"));
            error.help("give it a name with `--name`, in letters and digits")
        };
        return slug_of_name(&name).map_err(refused);
    };
    let name = without_extension(name).unwrap_or(name);
    slug_of_name(name).map_err(|why| Error::content(format!("`{name}` cannot be the name of an entry: {why}")))?;
    Ok(name.to_string())
}

/// A slug without the words at its end that are too many.
fn shortened(slug: &str) -> String {
    let mut end = slug.len();
    while end > LONGEST {
        match slug[..end].rfind('-') {
            Some(at) => end = at,
            None => break,
        }
    }
    slug[..end.min(2 * LONGEST)].to_string()
}

/// The slug that a file has as an entry of a kind; none where it would be something else.
fn slug_of(site: &Site, kind: KindId, path: &str) -> Option<String> {
    let (of, slug) = links::entry_of_file(path, &site.schema)?;
    let name = path.rsplit('/').next().and_then(without_extension)?;
    let is_own = slug.ends_with(&crate::url::slug(name));
    (of == kind && is_own && !slug.is_empty()).then_some(slug)
}

/// Whether the entries of a kind are written in its data file: where most of them are, and for anchors from the first on.
fn belongs_into(site: &Site, sources: &Sources, kind: KindId, data: &str) -> bool {
    if kind == site.schema.page_kind() || is_bibliography(data) {
        return false;
    }
    let of_kind = || site.entries_of(kind).map(|id| &site.entry(id).doc);
    let (items, files): (Vec<_>, Vec<_>) = of_kind().partition(|doc| &**doc.path() == data);
    match sources.text(data) {
        Some(_) => items.len() >= files.len(),
        None => site.schema.kind(kind).anchored() && files.is_empty(),
    }
}

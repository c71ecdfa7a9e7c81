//! What the command line means: `articles/first-steps`, `first-steps#how-to`, `@miller2020`.

use super::RenameTarget;
use crate::diagnostics::meant;
use crate::error::Error;
use crate::links;
use crate::model::site::{EntryId, Site};

/// Finds what has a name: an entry by its slug, by kind and slug or by its file, a heading behind `#`, a work behind `@`.
///
/// # Errors
/// Where nothing has the name, or several entries have it; with the nearest names.
pub fn target(site: &Site, name: &str) -> Result<RenameTarget, Error> {
    if let Some(key) = name.strip_prefix('@') {
        return match site.bibliography.works.contains_key(key) {
            true => Ok(RenameTarget::Work(key.to_string())),
            false => Err(unknown(format!("no work has the key `{key}`"), key, site.bibliography.works.keys().cloned())),
        };
    }
    let (name, heading) = name.split_once('#').map_or((name, None), |(name, heading)| (name, Some(heading)));
    let id = entry(site, name)?;
    let Some(heading) = heading else { return Ok(RenameTarget::Entry(id)) };
    let ids =
        || site.entry(id).doc.bodies().into_iter().flat_map(|body| &body.headings).map(|heading| heading.id.clone());
    match ids().any(|id| id == heading) {
        true => Ok(RenameTarget::Heading(id, heading.to_string())),
        false => Err(unknown(format!("`{}` has no heading with the id `{heading}`", site.name(id)), heading, ids())),
    }
}

fn entry(site: &Site, name: &str) -> Result<EntryId, Error> {
    let path = name.trim_start_matches("./");
    if let Some(id) = site.ids().find(|id| &**site.entry(*id).doc.path() == path && site.entry(*id).doc.root.is_empty())
    {
        return Ok(id);
    }
    let by_kind = name.split_once('/').and_then(|(kind, slug)| {
        let kind = site.schema.kind_named(kind)?;
        site.find(kind, slug)
    });
    if let Some(id) =
        by_kind.or_else(|| links::entry_of_file(path, &site.schema).and_then(|(kind, slug)| site.find(kind, &slug)))
    {
        return Ok(id);
    }
    let all: Vec<EntryId> = site.ids().filter(|id| site.entry(*id).doc.slug == name).collect();
    match all.as_slice() {
        [one] => Ok(*one),
        [] => {
            let slug = name.rsplit('/').next().unwrap_or(name);
            let near = meant(slug, site.ids().map(|id| site.entry(id).doc.slug.as_str())).names;
            let near = site.ids().filter(|id| near.contains(&site.entry(*id).doc.slug)).map(|id| site.name(id));
            Err(with_names(format!("no entry is named `{name}`"), near.collect()))
        }
        several => {
            let names: Vec<String> = several.iter().map(|id| format!("`{}`", site.name(*id))).collect();
            Err(Error::content(format!("`{name}` names several entries")).help(format!("write {}", names.join(" or "))))
        }
    }
}

fn unknown(message: String, name: &str, all: impl Iterator<Item = String> + Clone) -> Error {
    let all: Vec<String> = all.collect();
    with_names(message, meant(name, all.iter().map(String::as_str)).names)
}

fn with_names(message: String, near: Vec<String>) -> Error {
    let refusal = Error::content(message);
    if near.is_empty() {
        return refusal;
    }
    let near: Vec<String> = near.iter().take(3).map(|name| format!("`{name}`")).collect();
    refusal.help(format!("did you mean {}?", near.join(" or ")))
}

//! Links to files that `ignore:` leaves out: they must not lead to another text whose name makes the same slug.

use crate::diagnostics::{Code, Diagnostic};
use crate::folders::without_extension;
use crate::links;
use crate::model::doc::Doc;
use crate::model::site::{Catalogue, EntryId};
use crate::span::Place;
use crate::url::decode_path;

/// The file that is left out which a link by path names, where the entry that was found for it, if any, has another file.
pub(super) fn by_path(site: &Catalogue, from: &Doc, written: &str, found: Option<EntryId>) -> Option<String> {
    if site.schema.ignored.is_empty() {
        return None;
    }
    let path = decode_path(written.split(['?', '#']).next()?)?.replace('\\', "/");
    // With a slash at its end it is the address of a page.
    if path.is_empty() || path.ends_with('/') {
        return None;
    }
    other_file(site, if path.starts_with('/') { "" } else { folder_of(from) }, &path, found)
}

/// The same of a link by name, beside the text or at the top of the folder of its kind.
pub(super) fn by_name(site: &Catalogue, from: &Doc, name: &str, found: EntryId) -> Option<String> {
    let doc = &site.entry(found).doc;
    let mut names = [links::typed_name(doc.path()), &doc.title].into_iter();
    let mut others = doc.short_title.iter().chain(&doc.aliases);
    if site.schema.ignored.is_empty() || names.any(|known| known == name) || others.any(|known| known == name) {
        return None;
    }
    let folders = [folder_of(from), site.schema.folder_of(from.kind)];
    folders.into_iter().find_map(|folder| other_file(site, folder, name, Some(found)))
}

/// Says of a link that the file it names is left out.
pub(super) fn problem(place: Place, path: &str) -> Diagnostic {
    let message = format!("`{path}` is left out by `ignore:`: the page has the words of the link alone");
    let help =
        "take the link out, or publish the file: take it from `ignore:`, with a name that makes an address of its own";
    Diagnostic::new(Code::LinkBroken, place, message).help(help)
}

fn other_file(site: &Catalogue, folder: &str, path: &str, found: Option<EntryId>) -> Option<String> {
    let path = links::join(folder, path)?;
    let path = if without_extension(&path).is_some() { path } else { format!("{path}.md") };
    (found.is_none_or(|found| path != **site.entry(found).doc.path()) && site.schema.ignored.contains(&path))
        .then_some(path)
}

fn folder_of(doc: &Doc) -> &str {
    doc.path().rsplit_once('/').map_or("", |(folder, _)| folder)
}

//! Links to files of the repository that are no part of the site, which are read on a code host: what they lead to has to be there,
//! and be nothing that is held back. Like the links of finished pages they are looked at by `check` and `publish` alone.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::site::Site;
use crate::stages::load::{RepositoryFile, in_repository};
use crate::stages::weigh::weigh;

/// Every such link that leads to nothing, or to a draft.
pub(super) fn check(site: &Site, root: &Path) -> Vec<Diagnostic> {
    if site.schema.links.repository.is_none() {
        return Vec::new();
    }
    let (mut known, mut found) = (BTreeMap::new(), Vec::new());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        for body in doc.bodies() {
            for (link, file) in body.external.iter().filter_map(|link| Some((link, link.file.as_deref()?))) {
                let (message, help) = match *known.entry(file).or_insert_with(|| in_repository(root, file)) {
                    RepositoryFile::There => continue,
                    RepositoryFile::Missing => (
                        format!("there is no file `{file}` in the repository"),
                        "correct the path, which counts from the folder of this text, or take the link out",
                    ),
                    RepositoryFile::HeldBack => (
                        format!("`{file}` is held back, as a draft is, and this link tells where it lies"),
                        "take the mark out of it, such as `draft: true`, or take the link out",
                    ),
                };
                let place = doc.body_place(body, link.span.clone());
                found.push(Diagnostic::new(Code::LinkBroken, place, message).help(help));
            }
        }
    }
    weigh(&site.schema, &mut found);
    found
}

//! Which files among the content go into the site: media, and whatever else a page leads to. What belongs to drafts alone is
//! published with them, and not before.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::folders::{MARKDOWN, without_extension};
use crate::links::{file_meant, image_meant};
use crate::model::asset::{Assets, MEDIA};
use crate::model::body::{BlockData, LinkTarget};
use crate::model::doc::Doc;
use crate::model::options::Options;
use crate::model::schema::Schema;
use crate::model::source::AssetFile;
use crate::model::value::Value;
use crate::span::Place;
use crate::url::decode_path;
use crate::yaml::Yaml;

/// The files that are published, and a report of those that are left out because they are no media and no page links to them.
/// What the docs aside refer to belongs to drafts.
pub(super) fn published(
    mut files: Vec<AssetFile>,
    (docs, aside): (&[Arc<Doc>], &[Arc<Doc>]),
    schema: &Schema,
    assets: &Assets,
    options: &Options,
) -> (Vec<AssetFile>, Vec<Diagnostic>) {
    let (drafts, others): (Vec<_>, Vec<_>) =
        docs.iter().partition(|doc| doc.is_held_back(options.drafts, options.as_of));
    if drafts.is_empty() && !files.iter().any(is_other) {
        return (files, Vec::new());
    }
    let mut hidden = DraftFiles::of(&drafts, &others, schema, assets);
    hidden.referred.extend(referred(&aside.iter().collect::<Vec<_>>(), schema, assets));
    let shown = referred(&others, schema, assets);
    let mut unused = Vec::new();
    files.retain(|file| {
        if file.name.is_some() || shown.contains(&*file.path) {
            return true;
        }
        let is_hidden = hidden.has(&file.path);
        if is_other(file) && !is_hidden && is_reported(&file.path) {
            unused.push(left_out(&file.path));
        }
        !is_hidden && !is_other(file)
    });
    (files, unused)
}

/// Folders of other tools hold much that is not meant to be published; what nearly is a page is named there, too.
fn is_reported(path: &str) -> bool {
    let extension = extension(path).to_ascii_lowercase();
    path.starts_with("content/") || MARKDOWN.contains(&extension.as_str()) || extension == "mdown"
}

/// Whether a file is published only where a page leads to it.
fn is_other(file: &AssetFile) -> bool {
    let extension = extension(&file.path).to_ascii_lowercase();
    file.name.is_none() && !MEDIA.contains(&extension.as_str())
}

/// The files of drafts.
struct DraftFiles<'a> {
    /// What drafts refer to, by path.
    referred: HashSet<&'a str>,
    /// Folders in which all texts are drafts.
    folders: HashSet<&'a str>,
    /// Paths of drafts without their endings.
    stems: HashSet<&'a str>,
}

impl<'a> DraftFiles<'a> {
    fn of(drafts: &[&'a Arc<Doc>], others: &[&'a Arc<Doc>], schema: &Schema, assets: &'a Assets) -> Self {
        let mut folders: HashSet<&str> = drafts.iter().map(|doc| folder(doc.path())).collect();
        for doc in others {
            let above = std::iter::successors(Some(folder(doc.path())), |path| {
                Some(folder(path)).filter(|_| path.contains('/'))
            });
            above.for_each(|folder| {
                folders.remove(folder);
            });
        }
        let stems = drafts.iter().filter_map(|doc| without_extension(doc.path())).collect();
        Self { referred: referred(drafts, schema, assets), folders, stems }
    }

    /// Whether a file belongs to a draft: the draft refers to it, has the same name, or lies alone in a folder with it.
    fn has(&self, path: &str) -> bool {
        let above = std::iter::successors(Some(folder(path)), |path| Some(folder(path)).filter(|_| path.contains('/')));
        self.referred.contains(path)
            || self.stems.contains(path.strip_suffix(extension(path)).unwrap_or(path).trim_end_matches('.'))
            || above.into_iter().any(|folder| self.folders.contains(folder))
    }
}

/// The files that docs refer to, by their paths.
fn referred<'a>(docs: &[&'a Arc<Doc>], schema: &Schema, assets: &'a Assets) -> HashSet<&'a str> {
    let mut found = HashSet::new();
    for doc in docs {
        let folder = folder(doc.path());
        found.extend(doc.files().into_iter().filter_map(|path| assets.path_of(path)));
        for body in doc.bodies() {
            let images = body.images.iter();
            found.extend(images.filter_map(|image| image_meant(image, doc.path(), None, schema, assets)));
            for link in &body.links {
                found.extend(match &link.target {
                    LinkTarget::Named(name) => crate::links::join(folder, name)
                        .and_then(|path| assets.path_of(&path))
                        .or_else(|| assets.path_named(name, folder)),
                    LinkTarget::Page(url) => {
                        at_address(url, assets).or_else(|| file_meant(url, "", None, schema, assets))
                    }
                    LinkTarget::File(_) => file_meant(&link.written, doc.path(), None, schema, assets),
                    LinkTarget::Entry(..) | LinkTarget::Here => None,
                });
            }
        }
        doc.every_value(&mut |value, _| {
            if let Value::Url(url, _) = value {
                found.extend(at_address(url, assets));
            }
        });
        let free = doc.body.blocks.iter().filter_map(|block| match &block.data {
            BlockData::Free(data) => Some(data),
            _ => None,
        });
        for yaml in doc.extra.iter().map(|(_, yaml)| yaml).chain(free) {
            in_yaml(yaml, folder, assets, &mut found);
        }
    }
    found
}

/// The files that texts of undeclared data name, by address or by path.
fn in_yaml<'a>(yaml: &Yaml, folder: &str, assets: &'a Assets, found: &mut HashSet<&'a str>) {
    match yaml {
        Yaml::Text(text) => {
            let path = || crate::links::join(folder, text).and_then(|path| assets.path_of(&path));
            found.extend(at_address(text, assets).or_else(path));
        }
        Yaml::List(items) => items.iter().for_each(|item| in_yaml(item, folder, assets, found)),
        Yaml::Map(entries) => entries.iter().for_each(|(_, value)| in_yaml(value, folder, assets, found)),
        _ => {}
    }
}

/// The file of the content that is published at an address.
fn at_address<'a>(url: &str, assets: &'a Assets) -> Option<&'a str> {
    let path = decode_path(url.strip_prefix("/media/")?.split(['#', '?']).next()?)?;
    assets.path_of(&format!("content/{path}")).or_else(|| assets.path_of(&path))
}

fn left_out(path: &Arc<str>) -> Diagnostic {
    let extension = extension(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(extension).unwrap_or(name);
    let message = "this file is neither Markdown, data nor media, and no page leads to it: it is left out";
    let help = match extension.to_ascii_lowercase().as_str() {
        "md" | "mdx" | "markdown" | "mdown" | "txt" => format!("rename it to `{stem}md` if it is a page"),
        "yaml" | "yml" => format!("rename it to `{stem}yaml`"),
        _ => "link to it where readers may download it, or move it out of the content".into(),
    };
    Diagnostic::new(Code::FileUnused, Place::whole(path), message).help(help)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn extension(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

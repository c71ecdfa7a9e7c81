//! Which files among the content go into the site: media, and whatever else a page leads to. What belongs to drafts alone is
//! published with them, and not before.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::folders::without_extension;
use crate::links::{file_meant, image_meant, stands_for_folder};
use crate::model::asset::{Assets, MEDIA};
use crate::model::body::{BlockData, LinkTarget};
use crate::model::doc::Doc;
use crate::model::options::Options;
use crate::model::schema::Schema;
use crate::model::source::{AssetFile, HeldBack};
use crate::model::value::Value;
use crate::span::Place;
use crate::url::{composed, decode_path};

/// The files that are published, the paths of those that nobody may see, and a report of those that are left out because they are no media and no page links to them.
/// What the docs aside refer to belongs to drafts.
pub(super) fn published(
    mut files: Vec<AssetFile>,
    (docs, aside): (&[Arc<Doc>], &[Arc<Doc>]),
    schema: &Schema,
    assets: &Assets,
    options: &Options,
) -> (Vec<AssetFile>, BTreeSet<String>, Vec<Diagnostic>) {
    let (drafts, others): (Vec<_>, Vec<_>) =
        docs.iter().partition(|doc| doc.is_held_back(options.drafts, options.as_of));
    if drafts.is_empty() && !files.iter().any(|file| is_other(file) || file.held_back.is_some()) {
        return (files, BTreeSet::new(), Vec::new());
    }
    let mut hidden = DraftFiles::of(&drafts, &others, schema, assets);
    hidden.referred.extend(referred(&aside.iter().collect::<Vec<_>>(), schema, assets, &LookedFor::All));
    // Only these depend on whether a page leads to them.
    let doubtful = files.iter().filter(|file| {
        let among_content = file.among_content.as_ref();
        file.held_back.is_some() || among_content.is_some_and(|path| is_other(file) || hidden.has(path))
    });
    let shown = referred(&others, schema, assets, &LookedFor::named(doubtful.map(|file| &*file.path)));
    let (mut unused, mut dropped) = (Vec::new(), BTreeSet::new());
    files.retain(|file| {
        let path = &*file.path;
        if let Some(why) = file.held_back {
            // A link to it has a report of its own.
            if why != HeldBack::Reported && !shown.contains(path) && (file.name.is_some() || is_reported(path)) {
                unused.push(held_back(&file.path, why));
            }
            dropped.insert(path.to_string());
            return false;
        }
        let Some(among_content) = file.among_content.as_deref() else { return true };
        if shown.contains(path) || shown.contains(among_content) {
            return true;
        }
        let is_hidden = hidden.has(among_content);
        if is_other(file) && !is_hidden && is_reported(&file.path) {
            unused.push(left_out(&file.path));
        }
        if is_hidden {
            dropped.insert(path.to_string());
        }
        !is_hidden && !is_other(file)
    });
    (files, dropped, unused)
}

/// Folders of other tools hold much that is not meant to be published; what nearly is a page is named there, too.
fn is_reported(path: &str) -> bool {
    path.starts_with("content/") || without_extension(path).is_some()
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
    /// Folders in which texts lie, and whether all of these are drafts, or the one that stands for the folder is.
    folders: HashMap<&'a str, bool>,
    /// Paths of drafts without their endings.
    stems: HashSet<&'a str>,
}

impl<'a> DraftFiles<'a> {
    fn of(drafts: &[&'a Arc<Doc>], others: &[&'a Arc<Doc>], schema: &Schema, assets: &'a Assets) -> Self {
        let hidden = drafts.iter().map(|doc| (folder(doc.path()), true));
        let others = others.iter().map(|doc| (folder(doc.path()), false));
        let bundles = drafts.iter().filter(|doc| stands_for_folder(doc)).map(|doc| (folder(doc.path()), true));
        let folders = hidden.chain(others).chain(bundles).collect();
        let stems = drafts.iter().filter_map(|doc| without_extension(doc.path())).collect();
        Self { referred: referred(drafts, schema, assets, &LookedFor::All), folders, stems }
    }

    /// Whether a file belongs to a draft: the draft refers to it, has the same name, or is what lies nearest above it, where
    /// it stands for its folder or no other text lies beside it.
    fn has(&self, path: &str) -> bool {
        let mut above =
            std::iter::successors(Some(folder(path)), |path| Some(folder(path)).filter(|_| path.contains('/')));
        self.referred.contains(path)
            || self.stems.contains(path.strip_suffix(extension(path)).unwrap_or(path).trim_end_matches('.'))
            || above.find_map(|folder| self.folders.get(folder).copied()).unwrap_or(false)
    }
}

/// Which files are looked for in texts. Texts name far more files than there are in doubt: to look at the name first saves four
/// tenths of the work that follows a save in a site of 3,000 pages.
enum LookedFor {
    All,
    /// Those with one of these names, in small letters and the composed form.
    Named(HashSet<String>),
}

impl LookedFor {
    fn named<'a>(paths: impl Iterator<Item = &'a str>) -> Self {
        Self::Named(paths.map(|path| form(file_name(path)).into_owned()).collect())
    }

    /// Whether an address or a path, as it is written, can mean one of them.
    fn has(&self, written: &str) -> bool {
        let Self::Named(names) = self else { return true };
        let can_mean = |path: &str| {
            let name = file_name(path);
            matches!(name, "" | "." | "..") || name.contains('%') || names.contains(&*form(name))
        };
        can_mean(written) || written.find(['#', '?']).is_some_and(|end| can_mean(&written[..end]))
    }
}

/// A name in small letters and the composed Unicode form.
fn form(name: &str) -> Cow<'_, str> {
    let name = composed(name);
    if name.chars().any(char::is_uppercase) { name.to_lowercase().into() } else { name }
}

/// The files that docs refer to, by their paths, as far as they are wanted.
fn referred<'a>(docs: &[&'a Arc<Doc>], schema: &Schema, assets: &'a Assets, wanted: &LookedFor) -> HashSet<&'a str> {
    let mut found = HashSet::new();
    for doc in docs {
        let folder = folder(doc.path());
        found.extend(doc.files().into_iter().filter_map(|path| assets.path_of(path)));
        for body in doc.bodies() {
            let images = body.images.iter().filter(|image| wanted.has(&image.path) || wanted.has(&image.written));
            found.extend(images.filter_map(|image| image_meant(image, doc.path(), None, schema, assets)));
            for link in &body.links {
                found.extend(match &link.target {
                    LinkTarget::Named(name) if wanted.has(name) => crate::links::join(folder, name)
                        .and_then(|path| assets.path_of(&path))
                        .or_else(|| assets.path_named(name, folder)),
                    LinkTarget::Page(url) if wanted.has(url) => {
                        at_address(url, assets).or_else(|| file_meant(url, "", None, schema, assets))
                    }
                    LinkTarget::File(_) if wanted.has(&link.written) => {
                        file_meant(&link.written, doc.path(), None, schema, assets)
                    }
                    // A copy may be called like a text: `note_LOCAL_42.md`.
                    LinkTarget::Entry(..) if !assets.held_back.is_empty() && wanted.has(&link.written) => {
                        file_meant(&link.written, doc.path(), None, schema, assets)
                    }
                    LinkTarget::Named(_)
                    | LinkTarget::Page(_)
                    | LinkTarget::File(_)
                    | LinkTarget::Entry(..)
                    | LinkTarget::Here => None,
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
            yaml.give_texts(&mut |text| {
                let path = || crate::links::join(folder, text).and_then(|path| assets.path_of(&path));
                found.extend(
                    Some(text).filter(|text| wanted.has(text)).and_then(|text| at_address(text, assets).or_else(path)),
                );
            });
        }
    }
    found
}

/// The file of the content that is published at an address.
fn at_address<'a>(url: &str, assets: &'a Assets) -> Option<&'a str> {
    let path = decode_path(url.strip_prefix("/media/")?.split(['#', '?']).next()?)?;
    assets.path_of(&format!("content/{path}")).or_else(|| assets.path_of(&path))
}

/// A file that is not published, whether a page leads to it or not.
fn held_back(path: &Arc<str>, why: HeldBack) -> Diagnostic {
    let (message, help) = match why {
        HeldBack::Copy => (
            "this is a copy that a program left beside a text, and it is not published",
            "remove it, name it under `ignore:` in site.yaml, or give it another name where readers may have it",
        ),
        HeldBack::Private | HeldBack::Reported => (
            "a mark such as `draft: true` keeps this text back, and it is not published",
            "take the mark out of it where readers may have it, or move it out of the folders of the site",
        ),
    };
    Diagnostic::new(Code::FileSecret, Place::whole(path), message).help(help)
}

fn left_out(path: &Arc<str>) -> Diagnostic {
    let (extension, name) = (extension(path), file_name(path));
    let stem = name.strip_suffix(extension).unwrap_or(name);
    let message = "this file is neither Markdown, data nor media, and no page leads to it: it is left out";
    let help = match extension.to_ascii_lowercase().as_str() {
        "txt" => format!("rename it to `{stem}md` if it is a page"),
        "yaml" | "yml" => format!("rename it to `{stem}yaml`"),
        _ => "link to it where readers may download it, or move it out of the content".into(),
    };
    Diagnostic::new(Code::FileUnused, Place::whole(path), message).help(help)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn extension(path: &str) -> &str {
    file_name(path).rsplit_once('.').map_or("", |(_, extension)| extension)
}

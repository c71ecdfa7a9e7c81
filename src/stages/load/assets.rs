//! Files that go into the site as they are.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use rayon::prelude::*;

use super::held_back::held_back_text;
use super::secrets::{held_back, holds_secret, is_secret_name};
use super::text::{UnreadSource, unreadable};
use super::walk::DotFiles;
use super::{IN_MEMORY, Loading, extension, is_text};
use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hash;
use crate::model::asset::MEDIA;
use crate::model::source::{AssetBytes, AssetFile, FileStamp, HeldBack, Source, Sources};
use crate::span::Place;
use crate::theme;
use crate::url::{composed, site_url};

impl Loading<'_> {
    /// The files that go into the site as they are.
    pub(super) fn statics(&mut self, before: Option<&Sources>) -> Vec<AssetFile> {
        let folders = self.folders.clone();
        let mut found = Vec::new();
        for fixed in folders.statics() {
            let mut files = self.walk(&fixed.path, DotFiles::Taken);
            if folders.hold_content(fixed) {
                files.retain(|file| !file.path[fixed.path.len()..].contains("/."));
            }
            // A file that is content is a page, and never copied as well.
            files.retain(|file| !self.among_content(file).is_some_and(|path| self.is_content(&path)));
            found.extend(files);
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.dedup_by(|a, b| a.path == b.path);
        self.assets(found, before, true, |path| folders.static_url(path).unwrap_or_default())
    }

    /// The path among the content of a file that goes into the site as it is: its own, or that to which links lead.
    fn among_content(&self, found: &UnreadSource) -> Option<Arc<str>> {
        let fixed = self.folders.static_folder(&found.path);
        if fixed.is_none_or(|fixed| self.folders.hold_content(fixed)) {
            return Some(found.path.clone());
        }
        if !self.has_links {
            return None;
        }
        let real = found.file.canonicalize().ok()?;
        let own = self.real_root.as_ref().map(|root| (root.as_path(), ""));
        let linked = self.content_links.iter().map(|(folder, path)| (folder.as_path(), &**path));
        let path = |(folder, path): (&Path, &str)| {
            let inside = real.strip_prefix(folder).ok()?.to_string_lossy().replace(MAIN_SEPARATOR, "/");
            let all = [path, &*inside];
            Some(all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
        };
        own.into_iter().chain(linked).filter_map(path).find(|path| self.folders.contain(path)).map(Arc::from)
    }

    /// Whether a path is that of an article or of data.
    fn is_content(&self, path: &str) -> bool {
        self.folders.contain(path) && is_text(path, &self.folders)
    }

    /// These files, with their addresses; what is secret, or has none, is reported.
    pub(super) fn assets(
        &mut self,
        found: Vec<UnreadSource>,
        before: Option<&Sources>,
        is_static: bool,
        url: impl Fn(&str) -> String + Sync,
    ) -> Vec<AssetFile> {
        let name = |url: &str| is_static.then(|| url.trim_start_matches('/').to_string());
        let known: HashMap<&str, &AssetFile> =
            before.into_iter().flat_map(|sources| &sources.assets).map(|asset| (&*asset.path, asset)).collect();
        let read = |found: &UnreadSource, url: &str| -> Result<AssetFile, Box<Diagnostic>> {
            let stamp = found.stamp.expect("only texts are not asked for it");
            let same = |asset: &&&AssetFile| asset.stamp == stamp && stamp.settled() && asset.url == url;
            let among_content = self.among_content(found);
            if let Some(asset) = known.get(&*found.path).filter(same) {
                return Ok(AssetFile { among_content, ..(*asset).clone() });
            }
            if is_secret_name(&found.path) {
                return Err(Box::new(held_back(&found.path)));
            }
            site_url(&url.replace(' ', "-")).map_err(|why| Box::new(not_served(&found.path, is_static, why)))?;
            match holds_secret(&found.path, &found.file) {
                Ok(true) => return Err(Box::new(held_back(&found.path))),
                Ok(false) => {}
                Err(error) => return Err(Box::new(unreadable(&found.path, &error))),
            }
            let read = || -> io::Result<(AssetBytes, Hash)> {
                if stamp.length > IN_MEMORY || !is_rewritten(url) {
                    return Ok((
                        AssetBytes::Disk(found.file.clone(), stamp.length),
                        Hash::of_all(&mut fs::File::open(&found.file)?)?,
                    ));
                }
                let bytes: Arc<[u8]> = fs::read(&found.file)?.into();
                let hash = Hash::of(&bytes);
                Ok((AssetBytes::Memory(bytes), hash))
            };
            let (bytes, hash) = read().map_err(|error| Box::new(unreadable(&found.path, &error)))?;
            let name = name(url);
            let held_back = held_back_text(found).map_err(|error| Box::new(unreadable(&found.path, &error)))?;
            let (url, path) = (url.to_string(), found.path.clone());
            Ok(AssetFile { url, name, among_content, held_back, plain: None, path, bytes, hash, stamp })
        };
        let read: Vec<(AssetFile, Option<Box<Diagnostic>>)> = found
            .into_par_iter()
            .map(|found| {
                // Browsers and links have the composed form of a name, whatever the disk has.
                let url = composed(&url(&found.path)).into_owned();
                match read(&found, &url) {
                    Ok(asset) => (asset, None),
                    Err(diagnostic) => (reported(found.path, name(&url), url), Some(diagnostic)),
                }
            })
            .collect();
        let (assets, problems): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.diagnostics.extend(problems.into_iter().flatten().map(|problem| *problem));
        assets
    }
}

/// A file that is in the site by its name alone: what links to it has no further report.
fn reported(path: Arc<str>, name: Option<String>, url: String) -> AssetFile {
    AssetFile {
        path,
        url,
        name,
        among_content: None,
        held_back: Some(HeldBack::Reported),
        plain: None,
        bytes: AssetBytes::Memory(Arc::default()),
        hash: Hash::default(),
        stamp: FileStamp::default(),
    }
}

/// A file that no address can be made of. Among the content it is left out, unless it is one of those that always go into the
/// site.
fn not_served(path: &Arc<str>, is_static: bool, why: String) -> Diagnostic {
    let is_media = MEDIA.contains(&&*extension(path).to_ascii_lowercase());
    let code = if is_media || is_static { Code::UrlInvalid } else { Code::FileUnused };
    Diagnostic::new(code, Place::whole(path), why).help("rename the file")
}

/// Whether what is written may differ from the file: style sheets name other files, and `_headers` is completed.
/// `_redirects` is looked through.
fn is_rewritten(url: &str) -> bool {
    url.ends_with(".css") || url == "/_headers" || url == "/_redirects"
}

/// Adds the static files of the theme that the project does not replace, and that a template or style sheet names.
pub(super) fn theirs(assets: &mut Vec<AssetFile>, templates: &[Source]) {
    for (name, bytes) in theme::wanted(templates, assets) {
        let bytes: Arc<[u8]> = bytes.into();
        let hash = Hash::of(&bytes);
        assets.push(AssetFile {
            path: format!("theme/{name}").into(),
            url: format!("/{name}"),
            name: Some(name.into()),
            among_content: None,
            held_back: None,
            plain: None,
            bytes: AssetBytes::Memory(bytes),
            hash,
            stamp: FileStamp::default(),
        });
    }
}

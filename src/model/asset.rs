//! Images and other files that pages refer to.

use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::url::composed;

/// What browsers show as images, by the end of the file name.
pub const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "apng"];

/// Images that browsers do not show, or not all of them.
pub const FOREIGN_IMAGES: &[&str] =
    &["heic", "heif", "tif", "tiff", "jxl", "jp2", "psd", "raw", "dng", "cr2", "nef", "arw", "eps", "ai", "xcf"];

/// Files among the content that are published whether a page leads to them or not. All others only where one does.
pub const MEDIA: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "mp3", "pdf", "csv", "ics"];

/// What pages may know of the site's assets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// By the path of the file: `content/articles/desk.png`, `static/site.css`.
    pub by_path: BTreeMap<String, Asset>,
    /// Paths that are not in the composed Unicode form, by that form; those of static files in other folders than `static/`,
    /// by where they would lie there.
    pub by_form: BTreeMap<String, String>,
    /// The paths of all files, by their names in small letters.
    pub by_file_name: BTreeMap<String, Vec<String>>,
    /// By the name that templates use: `site.css`, whether it comes from the project or from the theme.
    pub by_name: BTreeMap<String, Asset>,
    /// The addresses that files would have which are not published, by their paths; empty ones of files that have a report.
    pub held_back: BTreeMap<String, String>,
}

/// One asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Root-relative URL without the base path, percent-encoded, with a piece of the hash where the name may change.
    pub url: String,
    /// The hash of the bytes.
    pub hash: Hash,
    /// Width and height in pixels, for images.
    pub size: Option<(u32, u32)>,
}

impl Assets {
    /// The asset at a path, in whatever Unicode form either was written.
    pub fn at(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(self.path_of(path)?)
    }

    /// The path of that asset, as the disk has it.
    pub fn path_of(&self, path: &str) -> Option<&str> {
        let known = |path: &str| self.by_path.get_key_value(path).map(|(path, _)| path.as_str());
        known(path).or_else(|| {
            let composed = composed(path);
            known(&composed).or_else(|| known(self.by_form.get(&*composed)?))
        })
    }

    /// Whether the file at a path has a report of its own. An address ends before a `#` or `?` in its name.
    pub fn is_reported(&self, path: &str) -> bool {
        let begins = self.held_back.range(path.to_string()..).take_while(|(known, _)| known.starts_with(path));
        begins.filter(|(_, url)| url.is_empty()).any(|(known, _)| {
            let rest = &known[path.len()..];
            rest.is_empty() || rest.starts_with(['#', '?'])
        })
    }

    /// Whether a file of this name, wherever it lies, has a report of its own.
    pub fn is_reported_as(&self, name: &str) -> bool {
        let is_end = |rest: &str| rest.is_empty() || rest.starts_with(['#', '?']);
        let is_name =
            |path: &str, at: usize| (at == 0 || path[..at].ends_with('/')) && is_end(&path[at + name.len()..]);
        let mut reported = self.held_back.iter().filter(|(_, url)| url.is_empty()).map(|(path, _)| path);
        reported.any(|path| path.match_indices(name).any(|(at, _)| is_name(path, at)))
    }

    /// Adds an asset at a path.
    pub fn add(&mut self, path: &str, asset: Asset) {
        let form = composed(path);
        if form != path {
            self.by_form.insert(form.to_string(), path.to_string());
        }
        let name = form.rsplit('/').next().unwrap_or(&form).to_lowercase();
        self.by_file_name.entry(name).or_default().push(path.to_string());
        self.by_path.insert(path.to_string(), asset);
    }

    /// Lets a static file of this name be found below `static/`, wherever it lies.
    pub fn add_static(&mut self, name: &str, path: &str) {
        let usual = format!("static/{name}");
        if usual != path && !path.starts_with("theme/") {
            self.by_form.entry(usual).or_insert_with(|| path.to_string());
        }
    }

    /// The file with this name, wherever it lies; of several the one nearest to a folder, and of these the first.
    pub fn named(&self, name: &str, folder: &str) -> Option<&Asset> {
        self.by_path.get(self.path_named(name, folder)?)
    }

    /// The path of that file.
    pub fn path_named(&self, name: &str, folder: &str) -> Option<&str> {
        let wanted = composed(name).to_lowercase();
        let wanted = wanted.trim_start_matches("./");
        let file = wanted.rsplit('/').next().unwrap_or(wanted);
        let ends = |path: &&String| {
            let path = composed(path).to_lowercase();
            path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let shared = |path: &str| path.bytes().zip(folder.bytes()).take_while(|(a, b)| a == b).count();
        let nearest = |path: &&String| (std::cmp::Reverse(shared(path)), path.len(), (*path).clone());
        self.by_file_name.get(file)?.iter().filter(ends).min_by_key(nearest).map(String::as_str)
    }
}

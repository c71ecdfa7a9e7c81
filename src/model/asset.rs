//! Images and other files that pages refer to.

use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::url::composed;

/// What browsers show as images, by the end of the file name.
pub const IMAGES: &[&str] =
    &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "apng", "heic", "heif", "tif", "tiff"];

/// What pages may know of the site's assets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// By the path of the file: `content/techniques/roller.png`, `static/site.css`.
    pub by_path: BTreeMap<String, Asset>,
    /// Paths that are not in the composed Unicode form, by that form.
    pub by_form: BTreeMap<String, String>,
    /// The paths of all images, by their file names in small letters.
    pub images: BTreeMap<String, Vec<String>>,
    /// By the name that templates use: `site.css`, whether it comes from the project or from the theme.
    pub by_name: BTreeMap<String, Asset>,
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
        self.by_path.get(path).or_else(|| {
            let composed = composed(path);
            self.by_path.get(&*composed).or_else(|| self.by_path.get(self.by_form.get(&*composed)?))
        })
    }

    /// Adds an asset at a path.
    pub fn add(&mut self, path: &str, asset: Asset) {
        let form = composed(path);
        if form != path {
            self.by_form.insert(form.to_string(), path.to_string());
        }
        let name = form.rsplit('/').next().unwrap_or(&form).to_lowercase();
        let is_image = name.rsplit_once('.').is_some_and(|(_, extension)| IMAGES.contains(&extension));
        if is_image {
            self.images.entry(name).or_default().push(path.to_string());
        }
        self.by_path.insert(path.to_string(), asset);
    }

    /// The image with this name, wherever it lies; of several the one nearest to a folder, and of these the first.
    pub fn image_named(&self, name: &str, folder: &str) -> Option<&Asset> {
        let wanted = composed(name).to_lowercase();
        let wanted = wanted.trim_start_matches("./");
        let file = wanted.rsplit('/').next().unwrap_or(wanted);
        let ends = |path: &&String| {
            let path = composed(path).to_lowercase();
            path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let shared = |path: &str| path.bytes().zip(folder.bytes()).take_while(|(a, b)| a == b).count();
        let nearest = |path: &&String| (std::cmp::Reverse(shared(path)), path.len(), (*path).clone());
        let path = self.images.get(file)?.iter().filter(ends).min_by_key(nearest)?;
        self.by_path.get(path)
    }
}

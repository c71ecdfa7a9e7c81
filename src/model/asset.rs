//! Images and other files that pages refer to.

use std::collections::BTreeMap;

use crate::hash::Hash;

/// What pages may know of the site's assets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// By the path of the file: `content/techniques/roller.png`, `static/site.css`.
    pub by_path: BTreeMap<String, Asset>,
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

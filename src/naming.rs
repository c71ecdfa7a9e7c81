//! The addresses of files that go into the site. A script or style sheet that a template names with `asset()` carries a piece
//! of its hash in its name, and so does everything that such a style sheet names: hosts may keep these for ever. Every other
//! file keeps its name, because other files may refer to it by that name.

mod headers;
mod rules;
mod styles;
mod svg;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Read;

use crate::diagnostics::{Code, Diagnostic};
use crate::hash::Hasher;
use crate::model::asset::{Asset, Assets};
use crate::model::source::{AssetBytes, AssetFile, HeldBack, Source};
use crate::span::Place;
use crate::url::{BaseUrl, decode_path, encode_path};

pub use headers::{cache_rule, headers};
pub use rules::{RedirectRule, RedirectRules};
use styles::{StyleAddress, references};

/// Files that may name others in a way that we do not follow.
const MAY_NAME_OTHERS: [&str; 8] = ["js", "mjs", "html", "htm", "css", "json", "webmanifest", "xml"];
/// No file above this length is looked through for names, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Files with their final addresses.
pub struct FinalNames {
    /// What pages may know of them.
    pub assets: Assets,
    /// The files.
    pub files: Vec<AssetFile>,
    /// What is wrong with the names in style sheets and with the rules in `_headers`.
    pub problems: Vec<Diagnostic>,
}

/// Gives files their final addresses.
pub fn named(files: Vec<AssetFile>, templates: &[Source], base_url: &BaseUrl) -> FinalNames {
    let mut naming = Naming::new(files);
    naming.follow(templates);
    let mut problems = std::mem::take(&mut naming.problems);
    let files = naming.finish();
    problems.extend(headers::check(&files, base_url));
    let mut assets = Assets::default();
    for file in &files {
        let asset = Asset { url: encode_path(&file.url), hash: file.hash, size: size_of(file) };
        if let Some(why) = file.held_back {
            let url = if why == HeldBack::Reported { String::new() } else { file.url.clone() };
            assets.held_back.insert(file.path.to_string(), url);
            if why == HeldBack::Reported {
                continue;
            }
        } else if let Some(name) = &file.name {
            // A file that is there under two names has that with the hash first.
            assets.by_name.entry(name.clone()).or_insert_with(|| asset.clone());
            assets.add_static(name, &file.path);
        }
        if !assets.by_path.contains_key(&*file.path) {
            assets.add(&file.path, asset);
        }
    }
    FinalNames { assets, files, problems }
}

struct Naming {
    files: Vec<AssetFile>,
    by_url: HashMap<String, usize>,
    /// The files that carry a piece of their hash.
    wanted: BTreeSet<usize>,
    /// What each style sheet among them names, with the file that is meant.
    styles: BTreeMap<usize, Vec<(StyleAddress, Option<usize>)>>,
    problems: Vec<Diagnostic>,
}

impl Naming {
    fn new(files: Vec<AssetFile>) -> Self {
        let by_url = files.iter().enumerate().map(|(at, file)| (file.url.clone(), at)).collect();
        Self { files, by_url, wanted: BTreeSet::new(), styles: BTreeMap::new(), problems: Vec::new() }
    }

    /// Finds all files that get a new name: from templates to style sheets to what these name.
    fn follow(&mut self, templates: &[Source]) {
        let names: BTreeSet<&str> = templates.iter().flat_map(|template| asset_names(&template.text)).collect();
        let is_code = |path: &str| path.ends_with(".css") || path.ends_with(".js") || path.ends_with(".mjs");
        let begun =
            self.files.iter().enumerate().filter(|(_, file)| {
                is_code(&file.path) && file.name.as_deref().is_some_and(|name| names.contains(name))
            });
        let mut left: Vec<usize> = begun.map(|(at, _)| at).collect();
        while let Some(at) = left.pop() {
            if !self.wanted.insert(at) || !self.files[at].path.ends_with(".css") {
                continue;
            }
            let found = self.named_in(at);
            left.extend(found.iter().filter_map(|(_, target)| *target));
            self.styles.insert(at, found);
        }
    }

    fn named_in(&mut self, at: usize) -> Vec<(StyleAddress, Option<usize>)> {
        let text = text_of(&self.files[at]);
        let file = &self.files[at];
        let mut found = Vec::new();
        for reference in references(&text) {
            let Some(url) = resolved(&file.url, &reference.address) else { continue };
            let target = self.by_url.get(&url).copied();
            if target.is_none() {
                let message = format!("there is no file for `{}`", reference.address);
                let path = url.trim_start_matches('/');
                self.problems.push(
                    Diagnostic::new(Code::StyleLinkBroken, Place::new(&file.path, reference.range.clone()), message)
                        .help(format!("put the file at `static/{path}`, or mend the address")),
                );
            }
            found.push((reference, target));
        }
        found
    }

    /// The files under their final addresses. Where some other file mentions the old name, it stays, too.
    fn finish(mut self) -> Vec<AssetFile> {
        let kept: Vec<AssetFile> =
            self.mentioned().into_iter().map(|at| AssetFile { ..self.files[at].clone() }).collect();
        let new: BTreeMap<usize, (String, crate::hash::Hash)> =
            self.wanted.iter().map(|&at| (at, self.new_name(at))).collect();
        for (&at, found) in &self.styles {
            let text = text_of(&self.files[at]);
            let url = &self.files[at].url;
            let (mut rewritten, mut from) = (String::with_capacity(text.len()), 0);
            for (reference, target) in found {
                let Some((name, _)) = target.and_then(|target| new.get(&target)) else { continue };
                rewritten.push_str(&text[from..reference.range.start]);
                rewritten.push_str(&relative(url, name));
                rewritten.push_str(reference.tail());
                from = reference.range.end;
            }
            rewritten.push_str(&text[from..]);
            self.files[at].bytes = AssetBytes::Memory(rewritten.into_bytes().into());
        }
        for (at, (url, hash)) in new {
            let file = &mut self.files[at];
            file.plain = Some(std::mem::replace(&mut file.url, url));
            file.hash = hash;
        }
        self.files.extend(kept);
        self.files
    }

    /// The new address of a file. That of a style sheet follows from everything that it leads to.
    fn new_name(&self, at: usize) -> (String, crate::hash::Hash) {
        let file = &self.files[at];
        let mut reached = BTreeSet::new();
        let mut left = vec![at];
        while let Some(at) = left.pop() {
            if reached.insert(at) {
                left.extend(self.styles.get(&at).into_iter().flatten().filter_map(|(_, target)| *target));
            }
        }
        let hash = if reached.len() == 1 {
            file.hash
        } else {
            let mut hasher = Hasher::new();
            hasher.hash(&file.hash);
            reached.iter().for_each(|at| _ = hasher.text(&self.files[*at].url).hash(&self.files[*at].hash));
            hasher.finish()
        };
        let (stem, extension) = file.url.rsplit_once('.').unwrap_or((&file.url, ""));
        (format!("{stem}.{}.{extension}", hash.short()), hash)
    }

    /// The renamed files that others mention by their old names: modules that import each other, service workers, finished
    /// pages.
    fn mentioned(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let names: Vec<(usize, &str)> =
            self.wanted.iter().filter_map(|&at| Some((at, self.files[at].url.rsplit('/').next()?))).collect();
        if names.is_empty() {
            return found;
        }
        for (at, file) in self.files.iter().enumerate() {
            let extension = file.path.rsplit_once('.').map_or("", |(_, extension)| extension);
            if file.name.is_none()
                || file.path.starts_with("theme/")
                || !MAY_NAME_OTHERS.contains(&extension)
                || self.styles.contains_key(&at)
            {
                continue;
            }
            let text = text_of(file);
            found.extend(names.iter().filter(|(other, name)| *other != at && text.contains(name)).map(|(at, _)| *at));
        }
        found
    }
}

/// Width and height of a picture in pixels.
fn size_of(file: &AssetFile) -> Option<(u32, u32)> {
    if file.path.to_ascii_lowercase().ends_with(".svg") {
        let mut begin = Vec::new();
        match &file.bytes {
            AssetBytes::Memory(bytes) => begin.extend(bytes.iter().take(svg::LOOKED_AT)),
            AssetBytes::Disk(path, _) => {
                fs::File::open(path).ok()?.take(svg::LOOKED_AT as u64).read_to_end(&mut begin).ok()?;
            }
        }
        return svg::size(&String::from_utf8_lossy(&begin));
    }
    let size = match &file.bytes {
        AssetBytes::Memory(bytes) => imagesize::blob_size(bytes).ok(),
        AssetBytes::Disk(path, _) => imagesize::size(path).ok(),
    };
    size.map(|size| (size.width as u32, size.height as u32))
}

fn text_of(file: &AssetFile) -> String {
    let bytes = match &file.bytes {
        AssetBytes::Memory(bytes) => bytes.to_vec(),
        AssetBytes::Disk(path, length) if *length <= LONGEST => fs::read(path).unwrap_or_default(),
        AssetBytes::Disk(..) => Vec::new(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The names that a template hands to `asset()` as they stand.
fn asset_names(template: &str) -> impl Iterator<Item = &str> {
    template.match_indices("asset").filter_map(|(at, word)| {
        let rest = template[at + word.len()..].trim_start().strip_prefix('(')?.trim_start();
        let rest = rest.strip_prefix("path")?.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next()
    })
}

/// The address in the site that a style sheet means; none for what lies elsewhere, or in the style sheet itself.
fn resolved(base: &str, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    if path.is_empty() || scheme || path.starts_with("//") || path.contains('\\') {
        return None;
    }
    let path = decode_path(path)?;
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => base.split('/').skip(1).collect(),
    };
    if !path.starts_with('/') {
        parts.pop();
    }
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// The way from one address of the site to another.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let target: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let shared = folder.iter().zip(&target[..target.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    let parts: Vec<&str> = up.chain(target[shared..].iter().copied()).collect();
    encode_path(&parts.join("/"))
}

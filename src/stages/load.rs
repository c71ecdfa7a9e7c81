//! The folders of a project to [`Sources`]: the only reader of content, templates and static files.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostics::{Code, Diagnostic, tidy};
use crate::hash::Hash;
use crate::model::source::{AssetBytes, AssetFile, Source, Sources, Stamp};
use crate::span::Place;
use crate::theme;
use crate::url::site_url;

/// Longest text file, in bytes.
const LONGEST_TEXT: u64 = 32 * 1024 * 1024;
/// Files up to this length are held in memory, in bytes.
const IN_MEMORY: u64 = 1024 * 1024;
/// Files among the content that go into the site as they are.
const MEDIA: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "mp3", "pdf", "csv", "ics"];

/// Reads a project. Files that have not changed since `before` are taken from there.
pub fn load(root: &Path, before: Option<&Sources>) -> (Sources, Vec<Diagnostic>) {
    let loading = Loading { before: known(before), ..Loading::new(root) };
    loading.all(before, Sources::default())
}

/// Reads only the files that are named, relative to the project; all others stay as they were. For those who are told of
/// every change: with ten thousand files, asking for each costs more than everything else that a save leads to.
pub fn load_named(root: &Path, before: &Sources, named: &BTreeSet<String>) -> (Sources, Vec<Diagnostic>) {
    let rest = Sources {
        site: None,
        content: others(&before.content, named, |source| &source.path),
        templates: others(&before.templates, named, |source| &source.path),
        assets: others(&before.assets, named, |asset| &asset.path),
        linked: before.linked,
    };
    Loading { named: Some(named), ..Loading::new(root) }.all(None, rest)
}

/// All but the named ones of files that are sorted by path.
fn others<T: Clone>(files: &[T], named: &BTreeSet<String>, path: impl Fn(&T) -> &str) -> Vec<T> {
    let place = |name: &String| files.binary_search_by(|file| path(file).cmp(name)).ok();
    let (mut others, mut from) = (Vec::with_capacity(files.len()), 0);
    for at in named.iter().filter_map(place) {
        others.extend_from_slice(&files[from..at]);
        from = at + 1;
    }
    others.extend_from_slice(&files[from..]);
    others
}

/// Reads `site.yaml` alone; `None` where there is none that can be read.
pub fn load_site(root: &Path) -> Option<Source> {
    Loading::new(root).site()
}

/// Reads one text file of a project again, as [`load`] reads it: for reports. What a link outside the project leads to is
/// no more quoted than read.
pub fn text(root: &Path, path: &str) -> Option<Arc<str>> {
    if let Some(name) = path.strip_prefix("theme/") {
        return theme::TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).into());
    }
    let file = root.join(path);
    let inside = file.canonicalize().ok()?.starts_with(root.canonicalize().ok()?);
    let length = fs::metadata(&file).ok().filter(|metadata| inside && metadata.is_file())?.len();
    if length > LONGEST_TEXT {
        return None;
    }
    String::from_utf8(fs::read(file).ok()?).ok().map(|text| normal(text).into())
}

struct Loading<'a> {
    root: &'a Path,
    real_root: Option<PathBuf>,
    before: HashMap<Arc<str>, Source>,
    /// The only files that are read; all where there are none.
    named: Option<&'a BTreeSet<String>>,
    /// Whether any file was found that can be changed under another name.
    linked: bool,
    diagnostics: Vec<Diagnostic>,
}

/// A file that was found: its path in the project and what the file system says of it.
struct Found {
    path: Arc<str>,
    file: PathBuf,
    length: u64,
    stamp: Stamp,
}

impl<'a> Loading<'a> {
    fn new(root: &'a Path) -> Self {
        let (before, diagnostics) = (HashMap::new(), Vec::new());
        Self { root, real_root: root.canonicalize().ok(), before, named: None, linked: false, diagnostics }
    }

    /// Everything that is to be read, together with what was read before.
    fn all(mut self, before: Option<&Sources>, rest: Sources) -> (Sources, Vec<Diagnostic>) {
        let site = self.site();
        let (mut content, media) = self.content(before);
        content.extend(rest.content);
        content.sort_by(|a, b| a.path.cmp(&b.path));
        let templates = self.templates(rest.templates);
        let mut assets: Vec<_> = rest.assets.into_iter().filter(|asset| !asset.path.starts_with("theme/")).collect();
        assets.extend(media);
        assets.extend(self.statics(before));
        theirs(&mut assets);
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        tidy(&mut self.diagnostics);
        (Sources { site, content, templates, assets, linked: rest.linked || self.linked }, self.diagnostics)
    }

    fn site(&mut self) -> Option<Source> {
        let file = self.root.join("site.yaml");
        let Ok(metadata) = fs::metadata(&file) else {
            let diagnostic =
                Diagnostic::new(Code::SiteMissing, Place::whole(&"site.yaml".into()), "this folder has no `site.yaml`");
            self.diagnostics.push(diagnostic.help("go to the folder of a site, or make one with `limber init DIR`"));
            return None;
        };
        if !metadata.is_file() {
            self.special("site.yaml".into(), Code::FileUnreadable);
            return None;
        }
        if self.leaves(&file) {
            self.refuse_link(&"site.yaml".into());
            return None;
        }
        let found = Found { path: "site.yaml".into(), length: metadata.len(), stamp: stamp(&metadata), file };
        let (source, diagnostics) = self.read(&found);
        self.diagnostics.extend(diagnostics);
        source.filter(|source| !source.broken)
    }

    fn content(&mut self, before: Option<&Sources>) -> (Vec<Source>, Vec<AssetFile>) {
        let (mut texts, mut media) = (Vec::new(), Vec::new());
        for found in self.walk("content", |name| name.starts_with(['.', '#']) || name.ends_with('~')) {
            let extension = found.path.rsplit_once('.').map_or("", |(_, extension)| extension);
            match extension {
                "md" | "yaml" => texts.push(found),
                extension if MEDIA.contains(&&*extension.to_ascii_lowercase()) => media.push(found),
                _ => self.diagnostics.push(unused(&found.path, extension)),
            }
        }
        let read: Vec<_> = texts.par_iter().map(|found| self.read(found)).collect();
        let mut content = Vec::with_capacity(read.len());
        for (source, diagnostics) in read {
            content.extend(source);
            self.diagnostics.extend(diagnostics);
        }
        let media = self.assets(media, before, |path| format!("/media/{}", path.trim_start_matches("content/")));
        (content, media)
    }

    /// The project's own templates, and those of the theme that it does not replace or builds on.
    fn templates(&mut self, rest: Vec<Source>) -> Vec<Source> {
        let found = self.walk("templates", |name| name.starts_with('.'));
        let mut templates: Vec<_> = rest.into_iter().filter(|source| source.path.starts_with("templates/")).collect();
        for found in found.iter().filter(|found| found.path.ends_with(".html")) {
            let (source, diagnostics) = self.read(found);
            templates.extend(source.filter(|source| !source.broken));
            self.diagnostics.extend(diagnostics);
        }
        templates.extend(theme::beside(&templates));
        templates.sort_by(|a, b| a.path.cmp(&b.path));
        templates
    }

    fn statics(&mut self, before: Option<&Sources>) -> Vec<AssetFile> {
        let found = self.walk("static", |name| name.ends_with('~') || name == ".DS_Store" || name.starts_with(".git"));
        self.assets(found, before, |path| path.trim_start_matches("static").to_string())
    }

    fn assets(
        &mut self,
        found: Vec<Found>,
        before: Option<&Sources>,
        url: impl Fn(&str) -> String + Sync,
    ) -> Vec<AssetFile> {
        let known: HashMap<&str, &AssetFile> =
            before.into_iter().flat_map(|sources| &sources.assets).map(|asset| (&*asset.path, asset)).collect();
        let read: Vec<Result<AssetFile, Box<Diagnostic>>> = found
            .into_par_iter()
            .map(|found| {
                if let Some(asset) =
                    known.get(&*found.path).filter(|asset| asset.stamp == found.stamp && found.stamp.settled())
                {
                    return Ok((*asset).clone());
                }
                let url = url(&found.path);
                site_url(&url.replace(' ', "-"))
                    .map_err(|why| Box::new(Diagnostic::new(Code::UrlInvalid, Place::whole(&found.path), why)))?;
                let read = || -> io::Result<(AssetBytes, Hash)> {
                    if found.length > IN_MEMORY {
                        return Ok((
                            AssetBytes::Disk(found.file.clone(), found.length),
                            Hash::of_all(&mut fs::File::open(&found.file)?)?,
                        ));
                    }
                    let bytes: Arc<[u8]> = fs::read(&found.file)?.into();
                    let hash = Hash::of(&bytes);
                    Ok((AssetBytes::Memory(bytes), hash))
                };
                let (bytes, hash) = read().map_err(|error| Box::new(unreadable(&found.path, &error)))?;
                Ok(AssetFile { url, path: found.path, bytes, hash, stamp: found.stamp })
            })
            .collect();
        let mut assets = Vec::with_capacity(read.len());
        for asset in read {
            match asset {
                Ok(asset) => assets.push(asset),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        assets
    }

    /// All plain files below a folder of the project, sorted. Links that leave the project are refused, pipes and devices
    /// are skipped; neither is ever opened.
    fn walk(&mut self, folder: &str, skip: impl Fn(&str) -> bool) -> Vec<Found> {
        let mut found = Vec::new();
        let below = |path: &&String| {
            path.split_once('/').is_some_and(|(top, rest)| top == folder && !rest.split('/').any(&skip))
        };
        let tops: Vec<PathBuf> = match self.named {
            None => vec![self.root.join(folder)],
            Some(named) => named.iter().filter(below).map(|path| self.root.join(path)).collect(),
        };
        for top in tops.iter().filter(|top| fs::symlink_metadata(top).is_ok()) {
            self.walk_from(top, folder, &skip, &mut found);
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    fn walk_from(&mut self, top: &Path, folder: &str, skip: &impl Fn(&str) -> bool, found: &mut Vec<Found>) {
        let mut walk = WalkDir::new(top).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk_error(&error, folder);
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            if entry.depth() > 0 && entry.file_name().to_str().is_some_and(skip) {
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            let Some(path) = self.relative(entry.path()) else {
                let path: Arc<str> = entry.path().to_string_lossy().into_owned().into();
                let diagnostic = Diagnostic::new(
                    Code::FileUnreadable,
                    Place::whole(&path),
                    "the name of this file is not valid UTF-8",
                );
                self.diagnostics.push(diagnostic.help("rename the file"));
                continue;
            };
            if entry.path_is_symlink() {
                self.linked = true;
                if self.leaves(entry.path()) {
                    self.refuse_link(&path);
                    if is_folder {
                        walk.skip_current_dir();
                    }
                    continue;
                }
            }
            if is_folder {
                continue;
            }
            match entry.metadata() {
                Ok(metadata) if metadata.is_file() => {
                    self.linked |= has_other_names(&metadata);
                    found.push(Found {
                        path,
                        file: entry.into_path(),
                        length: metadata.len(),
                        stamp: stamp(&metadata),
                    });
                }
                Ok(_) => self.special(path, Code::FileSpecial),
                Err(error) => {
                    let error = error.into();
                    self.diagnostics.push(unreadable(&path, &error));
                }
            }
        }
    }

    fn walk_error(&mut self, error: &walkdir::Error, folder: &str) {
        let path: Arc<str> = error.path().and_then(|path| self.relative(path)).unwrap_or_else(|| folder.into());
        let place = Place::whole(&path);
        self.diagnostics.push(if error.loop_ancestor().is_some() {
            let diagnostic =
                Diagnostic::new(Code::FileLinkRefused, place, "this link runs in a circle: it is not followed");
            diagnostic.help("remove the link")
        } else if fs::symlink_metadata(self.root.join(&*path)).is_ok_and(|metadata| metadata.is_symlink()) {
            let diagnostic = Diagnostic::new(Code::FileLinkRefused, place, "this link leads to nothing");
            diagnostic.help("remove the link, or put back what it pointed to")
        } else {
            let error = error.io_error().map_or_else(|| error.to_string(), reason);
            let message = format!("this cannot be read: {error}");
            Diagnostic::new(Code::FileUnreadable, place, message).help("check its permissions")
        });
    }

    fn refuse_link(&mut self, path: &Arc<str>) {
        let message = "this link leads out of the project: it is not followed";
        let diagnostic = Diagnostic::new(Code::FileLinkRefused, Place::whole(path), message);
        self.diagnostics.push(diagnostic.help("copy what it points to into the project"));
    }

    fn leaves(&self, path: &Path) -> bool {
        match (path.canonicalize(), &self.real_root) {
            (Ok(real), Some(root)) => !real.starts_with(root),
            _ => true,
        }
    }

    fn relative(&self, path: &Path) -> Option<Arc<str>> {
        let below = path.strip_prefix(self.root).ok()?;
        let parts: Option<Vec<_>> = below.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/").into())
    }

    fn special(&mut self, path: Arc<str>, code: Code) {
        let diagnostic = Diagnostic::new(code, Place::whole(&path), "this is no plain file: it is skipped");
        self.diagnostics.push(diagnostic.help("put a plain file in its place, or remove it"));
    }

    /// Reads a text file. One that cannot be read keeps its name.
    fn read(&self, found: &Found) -> (Option<Source>, Vec<Diagnostic>) {
        if let Some(source) =
            self.before.get(&found.path).filter(|source| source.stamp == found.stamp && found.stamp.settled())
        {
            return (Some(source.clone()), Vec::new());
        }
        let broken = |diagnostic: Diagnostic| {
            let source = Source { broken: true, ..Source::new(found.path.clone(), "") };
            (Some(source), vec![diagnostic])
        };
        let place = Place::whole(&found.path);
        if found.length > LONGEST_TEXT {
            let message = format!("this file has {} MB, and a text may have at most 32", found.length / 1_000_000);
            return broken(Diagnostic::new(Code::FileTooLarge, place, message).help("split the file"));
        }
        let bytes = match fs::read(&found.file) {
            Ok(bytes) => bytes,
            Err(error) => return broken(unreadable(&found.path, &error)),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = format!("this file is not valid UTF-8, from line {line} on");
                let diagnostic = Diagnostic::new(Code::FileNotUtf8, place, message);
                return broken(diagnostic.help("save it again with the encoding UTF-8"));
            }
        };
        if let Some(at) = text.find('\0') {
            let line = text[..at].matches('\n').count() + 1;
            let message = format!("this file has a NUL byte in line {line}: it is no text");
            return broken(
                Diagnostic::new(Code::FileNul, place, message).help("remove the file, or save it again as text"),
            );
        }
        let source = Source { stamp: found.stamp, ..Source::new(found.path.clone(), normal(text)) };
        (Some(source), Vec::new())
    }
}

/// Without a byte order mark, with `\n` at the end of lines.
fn normal(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Adds the static files of the theme that the project does not replace.
fn theirs(assets: &mut Vec<AssetFile>) {
    for (name, bytes) in theme::STATIC {
        let own = format!("static/{name}");
        if !assets.iter().any(|asset| *asset.path == *own) {
            let bytes: Arc<[u8]> = (*bytes).into();
            let hash = Hash::of(&bytes);
            assets.push(AssetFile {
                path: format!("theme/{name}").into(),
                url: format!("/{name}"),
                bytes: AssetBytes::Memory(bytes),
                hash,
                stamp: Stamp::default(),
            });
        }
    }
}

fn known(before: Option<&Sources>) -> HashMap<Arc<str>, Source> {
    let Some(before) = before else { return HashMap::new() };
    let all = before.site.iter().chain(&before.content).chain(&before.templates);
    all.filter(|source| !source.broken).map(|source| (source.path.clone(), source.clone())).collect()
}

fn stamp(metadata: &fs::Metadata) -> Stamp {
    let since = |time: io::Result<SystemTime>| {
        time.ok()
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos() as u64)
    };
    Stamp { length: metadata.len(), modified: since(metadata.modified()), inode: inode(metadata) }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ino()
}

/// Whether the file system knows the file under other names, too.
#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

fn unused(path: &Arc<str>, extension: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(extension).unwrap_or(name);
    let message = "this file is neither Markdown, data nor media: it is left out";
    let help = match extension.to_ascii_lowercase().as_str() {
        "md" | "mdx" | "markdown" | "mdown" | "txt" => format!("rename it to `{stem}md` if it is a page"),
        "yaml" | "yml" => format!("rename it to `{stem}yaml`"),
        "doc" | "docx" | "odt" | "rtf" | "pages" => "copy its text into a file that ends in `.md`".into(),
        _ => "a file for download belongs into `static/`".into(),
    };
    Diagnostic::new(Code::FileUnused, Place::whole(path), message).help(help)
}

fn unreadable(path: &Arc<str>, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::FileUnreadable,
        Place::whole(path),
        format!("this file cannot be read: {}", reason(error)),
    );
    diagnostic.help("check the permissions of the file")
}

/// What went wrong, without the number of the operating system.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        files.iter().for_each(|(path, text)| write(folder.path(), path, text));
        folder
    }

    fn write(root: &Path, path: &str, text: &str) {
        fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("the folder can be made");
        fs::write(root.join(path), text).expect("the file can be written");
    }

    fn files(sources: &Sources) -> Vec<(Arc<str>, Hash)> {
        let texts = sources.site.iter().chain(&sources.content).chain(&sources.templates);
        let texts = texts.map(|source| (source.path.clone(), source.hash));
        texts.chain(sources.assets.iter().map(|asset| (asset.path.clone(), asset.hash))).collect()
    }

    #[test]
    fn reading_what_has_changed_is_as_good_as_reading_all() {
        let folder = project(&[
            ("site.yaml", "title: One"),
            ("content/a.md", "a"),
            ("content/b/c.md", "c"),
            ("content/b-c.md", "d"),
            ("templates/base.html", "base"),
            ("static/site.css", "css"),
        ]);
        let root = folder.path();
        let (before, found) = load(root, None);
        assert_eq!(found, []);
        let changes = [
            ("site.yaml", Some("title: Two")),
            ("content/a.md", None),
            ("content/b/c.md", Some("changed")),
            ("content/b/new.md", Some("new")),
            ("content/b/.new.md.swp", Some("not of the site")),
            ("content/new.png", Some("no image")),
            ("templates/base.html", None),
            ("templates/entry.html", Some("entry")),
            ("static/site.css", None),
            ("static/new.js", Some("new")),
        ];
        for (path, text) in changes {
            match text {
                Some(text) => write(root, path, text),
                None => fs::remove_file(root.join(path)).expect("the file is there"),
            }
        }
        let named = changes.iter().map(|(path, _)| (*path).to_string()).collect();
        let (after, found) = load_named(root, &before, &named);
        assert_eq!(found, []);
        assert_eq!(files(&after), files(&load(root, None).0));
        assert_ne!(files(&after), files(&before));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_several_names_is_noticed() {
        let folder = project(&[("site.yaml", "title: One"), ("content/a.md", "a")]);
        let root = folder.path();
        let before = load(root, None).0;
        assert!(!before.linked);
        std::os::unix::fs::symlink(root.join("content/a.md"), root.join("content/b.md")).expect("a link");
        assert!(load(root, None).0.linked);
        assert!(load_named(root, &before, &["content/b.md".to_string()].into()).0.linked);
        fs::remove_file(root.join("content/b.md")).expect("the link is there");
        assert!(!load(root, None).0.linked);
        fs::hard_link(root.join("content/a.md"), root.join("content/b.md")).expect("a link");
        assert!(load(root, None).0.linked);
    }
}

//! The folders of a project to [`Sources`]: the only reader of content, templates and static files.

mod assets;
mod held_back;
mod missing;
mod repository;
mod secrets;
#[cfg(test)]
mod tests;
mod text;
mod walk;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::citations::is_bibliography;
use crate::diagnostics::{Code, Diagnostic, tidy};
use crate::folders::{Folders, without_extension};
use crate::ignored::Ignored;
use crate::ledger::LEDGER;
use crate::model::source::{AssetFile, Source, Sources};
use crate::signoffs::{SIGNED_TEXTS, SIGNOFFS, is_of_signoffs};
use crate::span::Place;
use crate::theme;

use assets::theirs;
use held_back::is_copy_of_text;
pub use repository::{RepositoryFile, in_repository};
use secrets::{held_back, is_private_key, is_secret_name};
pub use text::{UnreadSource, text};
use walk::{DotFiles, stamp};

/// Files that are read to be written otherwise are held in memory, up to this length in bytes. All others are streamed.
const IN_MEMORY: u64 = 1024 * 1024;

/// Reads a project. Files that have not changed since `before` are taken from there.
pub fn load(root: &Path, before: Option<&Sources>) -> (Sources, Vec<Diagnostic>) {
    Loading { before: known(before), ..Loading::new(root) }.all(before, Sources::default())
}

/// Reads all but the texts of the content, which are only found: for those who need each of them once, so that they are
/// not all in memory at a time.
pub fn load_unread(root: &Path) -> (Sources, Vec<UnreadSource>, Vec<Diagnostic>) {
    let mut loading = Loading { unread: true, ..Loading::new(root) };
    let (sources, found) = loading.all_but_texts(None, Sources::default());
    tidy(&mut loading.diagnostics);
    (sources, found, loading.diagnostics)
}

/// Reads only the files that are named, relative to the project; all others stay as they were. For those who are told of
/// every change: with ten thousand files, asking for each costs more than everything else that a save leads to.
pub fn load_named(root: &Path, before: &Sources, named: &BTreeSet<String>) -> (Sources, Vec<Diagnostic>) {
    let rest = Sources {
        site: None,
        ledger: None,
        content: others(&before.content, named, |source| &source.path),
        templates: others(&before.templates, named, |source| &source.path),
        included: others(&before.included, named, |source| &source.path),
        assets: others(&before.assets, named, |asset| &asset.path),
        linked: before.linked,
        folders: before.folders.clone(),
        root: before.root.clone(),
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

/// Reads a project as it would be with another declaration.
pub fn load_as(root: &Path, declaration: Source) -> (Sources, Vec<Diagnostic>) {
    Loading { declaration: Some(declaration), ..Loading::new(root) }.all(None, Sources::default())
}

/// Reads `site.yaml` alone; `None` where there is none that can be read.
pub fn load_site(root: &Path) -> Option<Source> {
    Loading::new(root).site()
}

struct Loading<'a> {
    root: &'a Path,
    real_root: Option<PathBuf>,
    before: HashMap<Arc<str>, Source>,
    /// The only files that are read; all where there are none.
    named: Option<&'a BTreeSet<String>>,
    /// Whether the texts of the content are only found. Then their stamps are not needed.
    unread: bool,
    /// Whether any file was found that can be changed under another name.
    linked: bool,
    /// Whether any symbolic link was found, and where those among the content lead: what is behind all links, with the path of the link.
    has_links: bool,
    content_links: Vec<(PathBuf, Arc<str>)>,
    /// Where the content lies.
    folders: Folders,
    /// What the site leaves out.
    ignored: Ignored,
    /// The declaration that stands for that of the project.
    declaration: Option<Source>,
    /// What the folders of kinds are behind all links: these may leave the project.
    linked_folders: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Loading<'a> {
    fn new(root: &'a Path) -> Self {
        let (before, diagnostics) = (HashMap::new(), Vec::new());
        let real_root = root.canonicalize().ok();
        let folders = Folders::default();
        Self {
            root,
            real_root,
            before,
            named: None,
            unread: false,
            linked: false,
            has_links: false,
            content_links: Vec::new(),
            folders,
            ignored: Ignored::default(),
            declaration: None,
            linked_folders: Vec::new(),
            diagnostics,
        }
    }

    /// Everything that is to be read, together with what was read before.
    fn all(mut self, before: Option<&Sources>, mut rest: Sources) -> (Sources, Vec<Diagnostic>) {
        let mut content = std::mem::take(&mut rest.content);
        let (sources, found) = self.all_but_texts(before, rest);
        let read: Vec<_> = found.par_iter().map(|found| read(found, &self.before)).collect();
        for (source, problems) in read {
            content.push(source);
            self.diagnostics.extend(problems);
        }
        content.sort_by(|a, b| a.path.cmp(&b.path));
        tidy(&mut self.diagnostics);
        (Sources { content, ..sources }, self.diagnostics)
    }

    /// The same without the texts of the content, which are only found.
    fn all_but_texts(&mut self, before: Option<&Sources>, rest: Sources) -> (Sources, Vec<UnreadSource>) {
        let site = self.site();
        let declaration = site.as_ref().map(|site| &*site.text);
        self.folders = Folders::of(declaration);
        self.ignored = Ignored::of(declaration);
        self.linked_folders =
            self.folders.named().filter_map(|name| self.root.join(name).canonicalize().ok()).collect();
        site.iter().for_each(|site| self.missing_statics(site));
        site.iter().for_each(|site| self.unfit_output(site));
        self.files_for_folders();
        let (texts, media) = self.content(before);
        site.iter().for_each(|site| self.missing_kinds(site, texts.is_empty()));
        let templates = self.templates(rest.templates);
        let included = self.included(rest.included);
        let mut assets: Vec<_> = rest.assets.into_iter().filter(|asset| !asset.path.starts_with("theme/")).collect();
        assets.extend(media);
        assets.extend(self.statics(before));
        theirs(&mut assets, &templates);
        assets.sort_by(|a, b| a.path.cmp(&b.path));
        (
            Sources {
                site,
                ledger: self.ledger(),
                content: Vec::new(),
                templates,
                included,
                assets,
                linked: rest.linked || self.linked,
                folders: self.folders.clone(),
                root: Some(self.root.to_path_buf()),
            },
            texts,
        )
    }

    fn site(&mut self) -> Option<Source> {
        if let Some(declaration) = self.declaration.take() {
            return Some(declaration);
        }
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
        let found = UnreadSource { path: "site.yaml".into(), hash: None, stamp: Some(stamp(&metadata)), file };
        let (source, diagnostics) = read(&found, &self.before);
        self.diagnostics.extend(diagnostics);
        Some(source).filter(|source| !source.broken)
    }

    /// The addresses that the site has published.
    fn ledger(&mut self) -> Option<Source> {
        let file = self.root.join(LEDGER);
        let metadata = fs::metadata(&file).ok().filter(fs::Metadata::is_file)?;
        if self.leaves(&file) {
            self.refuse_link(&LEDGER.into());
            return None;
        }
        let found = UnreadSource { path: LEDGER.into(), hash: None, stamp: Some(stamp(&metadata)), file };
        let (source, diagnostics) = read(&found, &self.before);
        self.diagnostics.extend(diagnostics);
        Some(source).filter(|source| !source.broken)
    }

    /// The texts of the content and all other files among them.
    fn content(&mut self, before: Option<&Sources>) -> (Vec<UnreadSource>, Vec<AssetFile>) {
        let (mut texts, mut media) = (Vec::new(), Vec::new());
        let folders: Vec<_> = self.folders.names().map(str::to_string).collect();
        for found in folders.iter().flat_map(|folder| self.walk(folder, DotFiles::Skipped)).collect::<Vec<_>>() {
            if is_text(&found.path, &self.folders) { texts.push(found) } else { media.push(found) }
        }
        // Where the whole project is content they have been found already.
        media.retain(|found: &UnreadSource| !is_of_signoffs(&found.path));
        media.retain(|found| self.folders.static_url(&found.path).is_none());
        for folder in [SIGNOFFS, SIGNED_TEXTS] {
            let found = self.walk(folder, DotFiles::Skipped);
            texts.extend(found.into_iter().filter(|found| is_of_signoffs(&found.path)));
        }
        let media = self.assets(media, before, false, |path| format!("/media/{}", path.trim_start_matches("content/")));
        (texts, media)
    }

    /// The project's own templates and texts by language, and the templates of the theme that it does not replace or builds on.
    fn templates(&mut self, rest: Vec<Source>) -> Vec<Source> {
        let found = self.walk("templates", DotFiles::Skipped);
        let texts: Vec<_> = self.walk("texts", DotFiles::Skipped);
        let texts: Vec<_> = texts.into_iter().filter(|found| found.path.ends_with(".yaml")).collect();
        let own = |source: &Source| source.path.starts_with("templates/") || source.path.starts_with("texts/");
        let mut templates: Vec<_> = rest.into_iter().filter(own).collect();
        for found in found.iter().filter(|found| found.path.ends_with(".html")).chain(&texts) {
            let (source, diagnostics) = read(found, &self.before);
            templates.extend(Some(source).filter(|source| !source.broken));
            self.diagnostics.extend(diagnostics);
        }
        templates.extend(theme::beside(&templates));
        templates.sort_by(|a, b| a.path.cmp(&b.path));
        templates
    }

    /// The files of which texts may show parts. What is wrong with one is said where a text shows it.
    fn included(&mut self, rest: Vec<Source>) -> Vec<Source> {
        let names: Vec<String> = self.folders.shown().map(str::to_string).collect();
        let found: Vec<_> = names.iter().flat_map(|name| self.walk(name, DotFiles::Skipped)).collect();
        let (found, hidden): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| self.may_show_target(found, &names));
        self.diagnostics.extend(hidden.iter().map(|found| {
            let message = "this link leads to a file that texts may not show: it is not followed";
            Diagnostic::new(Code::FileLinkRefused, Place::whole(&found.path), message)
                .help("name what it points to under `markdown: {includes: ...}`, or remove the link")
        }));
        let read = |found: &UnreadSource| match found.stamp {
            Some(stamp) if stamp.length > IN_MEMORY => {
                Source { broken: true, stamp, ..Source::new(found.path.clone(), "") }
            }
            _ => read(found, &self.before).0,
        };
        let mut included = rest;
        let (secret, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| is_secret_name(&found.path));
        let (keys, found): (Vec<_>, Vec<_>) =
            found.par_iter().map(read).collect::<Vec<_>>().into_iter().partition(|source| is_private_key(&source.text));
        let secret = secret.iter().map(|found| &found.path).chain(keys.iter().map(|source| &source.path));
        self.diagnostics.extend(secret.map(held_back));
        included.extend(found);
        included.sort_by(|a, b| a.path.cmp(&b.path));
        included.dedup_by(|a, b| a.path == b.path);
        included
    }

    /// Whether texts may show the file behind all links: one below a folder that is named, and neither hidden, left out nor
    /// secret there.
    fn may_show_target(&self, found: &UnreadSource, names: &[String]) -> bool {
        let Ok(real) = found.file.canonicalize() else { return true };
        let may = |path: &Path| {
            let path = path.to_string_lossy().replace('\\', "/");
            !is_secret_name(&path) && !path.split('/').any(|name| DotFiles::Skipped.skips(name))
        };
        let below = |folder: PathBuf| {
            let inside =
                folder.canonicalize().ok().and_then(|folder| Some(real.strip_prefix(folder).ok()?.to_path_buf()));
            inside.is_some_and(|inside| may(&inside))
        };
        let own = self.real_root.as_ref().and_then(|root| Some(real.strip_prefix(root).ok()?.to_path_buf()));
        let own = own.or_else(|| real.file_name().map(PathBuf::from));
        let is_secret = own.as_ref().is_some_and(|own| !may(own) || self.ignored.contains(&own.to_string_lossy()));
        let is_link = own.as_deref() != Some(Path::new(&*found.path));
        !is_link || !is_secret && names.iter().any(|name| below(self.root.join(name)))
    }
}

/// Reads a text, unless it is known from before and has not changed: that saves three fifths of another look at 10,000 files.
fn read(found: &UnreadSource, known: &HashMap<Arc<str>, Source>) -> (Source, Vec<Diagnostic>) {
    match known.get(&found.path).filter(|source| Some(source.stamp) == found.stamp && source.stamp.settled()) {
        Some(same) => (same.clone(), Vec::new()),
        None => found.read(),
    }
}

fn known(before: Option<&Sources>) -> HashMap<Arc<str>, Source> {
    let Some(before) = before else { return HashMap::new() };
    let all = before
        .site
        .iter()
        .chain(&before.ledger)
        .chain(&before.content)
        .chain(&before.templates)
        .chain(&before.included);
    all.filter(|source| !source.broken).map(|source| (source.path.clone(), source.clone())).collect()
}

/// Whether a file of the content is an article or data.
fn is_text(path: &str, folders: &Folders) -> bool {
    let is_called = without_extension(path).is_some() || folders.may_hold_data(path) || is_bibliography(path);
    is_called && !is_copy_of_text(path) || folders.is_table(path)
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

//! A site at one moment, and what the next one can take over from it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::companions::Companions;
use super::parsed::ParsedFiles;
use super::{AT_ONCE, DrawableSite, FinishedPages, repository};
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Diagnostic, tidy};
use crate::hash::Hash;
use crate::model::asset::Assets;
use crate::model::options::Options;
use crate::model::plan::Page;
use crate::model::schema::Schema;
use crate::stages::render::{Content, Wanted, follows, merge};
use crate::templates::Templates;

/// A site at one moment, ready to be drawn.
pub struct Snapshot {
    /// What could be put together. Missing where `site.yaml` or the templates cannot be read.
    pub ready: Option<DrawableSite>,
    /// Everything that is wrong, sorted. Problems that only drawing shows are not among it.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of the files that the diagnostics speak of.
    pub texts: SourceTexts,
    /// The files of the content as they were parsed; those of before where the declaration cannot be read.
    pub(super) parsed: Arc<ParsedFiles>,
    /// The folder of the project; none where it lies on no disk.
    pub(super) root: Option<PathBuf>,
    /// What else it was made from; none where the declaration cannot be read.
    pub(super) inputs: Option<OtherInputs>,
}

/// What a site was made from, besides the files of its content.
pub(super) struct OtherInputs {
    pub(super) schema: Arc<Schema>,
    pub(super) companions: Companions,
    pub(super) assets: Arc<Assets>,
    /// The templates, with the hash of what they were read from; none where they cannot be read.
    pub(super) templates: Option<(Hash, Arc<Templates>)>,
}

impl Snapshot {
    /// Whether anything keeps the site from being built.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The texts of the content and their hashes, sorted by path; without those that could not be read.
    pub fn content(&self) -> Vec<(&str, Hash)> {
        let parsed = self.parsed.hashes().filter_map(|(path, hash)| Some((&**path, hash?)));
        let companions = self.inputs.iter().flat_map(|inputs| inputs.companions.hashes());
        let mut all: Vec<_> = parsed.chain(companions).collect();
        all.sort_unstable();
        all
    }

    /// Keeps the parsed files in a folder, for [`Engine::with_kept`](super::Engine::with_kept): those that hold
    /// back what is not published yet keep nothing of it.
    pub fn keep(&self, folder: &Path, options: &Options) {
        self.parsed.keep(folder, options);
    }

    /// The paths of all files with something that is not published yet.
    pub fn held_back<'a>(&'a self, options: &'a Options) -> HashSet<&'a str> {
        self.parsed.held_back(options).map(|path| &**path).collect()
    }

    /// The files with errors.
    pub fn wrong(&self) -> HashSet<&str> {
        self.diagnostics.iter().filter(|problem| problem.is_error()).map(|problem| &*problem.place.path).collect()
    }

    /// The pages to draw for finding out what goes wrong. Those that show an entry with errors are left out: one cause, one
    /// diagnostic.
    pub fn pages_to_check(&self) -> Vec<(&DrawableSite, &Page)> {
        let Some(ready) = &self.ready else { return Vec::new() };
        let wrong = self.wrong();
        let own = |page: &&Page| page.input.template().is_some() && !follows(page, &ready.site, &wrong);
        ready.plan.pages.iter().filter(own).map(|page| (ready, page)).collect()
    }

    /// Everything that is wrong, with what only drawing shows: every page is drawn, looked at and thrown away.
    pub fn all_diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.clone();
        if let Some(ready) = &self.ready {
            let finished = FinishedPages::of(ready);
            let look = |(_, page): &(_, &Page)| {
                let drawn = ready.draw(page, Wanted::Page);
                let seen = if let Content::Bytes(html) = &drawn.content { finished.look(page, html) } else { None };
                (drawn.problems, seen)
            };
            let looked: Vec<_> = self.pages_to_check().par_iter().with_max_len(AT_ONCE).map(look).collect();
            let (found, seen): (Vec<_>, Vec<_>) = looked.into_iter().unzip();
            diagnostics.extend(merge(found.into_iter().flatten().collect()));
            let seen: Vec<_> = seen.into_iter().flatten().chain(finished.look_at_static()).collect();
            diagnostics.extend(finished.problems(&seen));
            diagnostics.extend(self.root.iter().flat_map(|root| repository::check(&ready.site, root)));
        }
        tidy(&mut diagnostics);
        diagnostics
    }
}

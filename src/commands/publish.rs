//! `limber publish`: check, build, plan, deliver, read back.

use std::mem::ManuallyDrop;
use std::path::Path;

use serde_json::{Value, json};

use super::{FINE, WRONG, report};
use crate::args::{Publish, PublishFormat};
use crate::diagnostics::human::SourceTexts;
use crate::diagnostics::{Diagnostic, tidy};
use crate::engine::{DrawableSite, Engine};
use crate::error::Error;
use crate::ledger::{self, LEDGER};
use crate::model::destination::{BucketWishes, Destination, PublishTarget};
use crate::model::options::Options;
use crate::model::source::Sources;
use crate::publish::branch::{self, BranchWishes};
use crate::publish::built::{self, BuiltFile, ObjectStore};
use crate::publish::changes::Changes;
use crate::publish::{self, compress, folder};
use crate::stages::load::{load_site, load_unread};
use crate::stages::write::WriteOptions;
use crate::timings::Timings;
use crate::{staged, stages};

pub(super) fn run(root: &Path, args: &Publish, quiet: bool) -> u8 {
    match publish(root, args, quiet) {
        Ok(()) => FINE,
        Err(NotPublished::Said(code)) => code,
        Err(NotPublished::Error(error)) => report::fail(&error),
    }
}

/// Why nothing, or not all, was published.
enum NotPublished {
    /// It was said already.
    Said(u8),
    Error(Error),
}

impl From<Error> for NotPublished {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

fn publish(root: &Path, args: &Publish, quiet: bool) -> Result<(), NotPublished> {
    let base_url = args.site.base_url.clone().or_else(|| base_url_of_target(root, args.target.as_deref()));
    let options = Options { base_url, drafts: args.site.drafts, as_of: args.site.as_of, ..Options::default() };
    let (sources, content, found) = load_unread(root);
    let engine = Engine::new(options);
    let snapshot = ManuallyDrop::new(engine.once(&sources, content, found, &mut Timings::default()));
    let stop = |diagnostics: &[Diagnostic]| {
        report::print(root, diagnostics, &SourceTexts::new());
        report::say("nothing was published: the site has errors");
        NotPublished::Said(WRONG)
    };
    let Some(ready) = snapshot.ready.as_ref().filter(|_| !snapshot.has_errors()) else {
        return Err(stop(&snapshot.diagnostics));
    };
    let schema = &ready.site.schema;
    let target = publish::target(schema, args.target.as_deref())?;
    publish::check_address(&schema.base_url)?;
    let store = ObjectStore::open(root)?;
    let (mut files, problems) = built::build(ready, &store)?;
    let mut diagnostics = snapshot.diagnostics.clone();
    diagnostics.extend(problems);
    tidy(&mut diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(stop(&diagnostics));
    }
    report::print(root, &diagnostics, &SourceTexts::new());
    let plain = files.iter().map(|file| file.length).sum::<u64>();
    compress::add(&mut files, &target.compress, &store)?;
    store.tidy(&files);
    let run = Run { root, args, quiet, ready, target, files: &files, plain };
    run.deliver()?;
    run.remember(&sources)?;
    Ok(())
}

/// The address that a place has of its own, which decides how the site is built.
fn base_url_of_target(root: &Path, name: Option<&str>) -> Option<crate::url::BaseUrl> {
    let schema = stages::declare::declare(&load_site(root)?, None, &[]).0?;
    publish::target(&schema, name).ok()?.base_url.clone()
}

/// One publication.
struct Run<'a> {
    root: &'a Path,
    args: &'a Publish,
    quiet: bool,
    ready: &'a DrawableSite,
    target: &'a PublishTarget,
    files: &'a [BuiltFile],
    /// How many bytes the site has, without compressed forms.
    plain: u64,
}

impl Run<'_> {
    fn deliver(&self) -> Result<(), Error> {
        match &self.target.destination {
            Destination::Folder { path, in_place } => {
                let wishes = WriteOptions { in_place: *in_place, adopt: self.args.adopt, wait: false };
                let delivery = folder::plan(self.root, path, wishes, self.files)?;
                if self.goes_on(&delivery.changes)? {
                    delivery.deliver(self.files)?;
                    self.say_done("");
                }
            }
            Destination::Branch { branch, remote, orphan } => {
                let wishes = BranchWishes { branch, remote, orphan: *orphan, adopt: self.args.adopt };
                let delivery = branch::plan(self.root, wishes, self.files)?;
                if self.goes_on(&delivery.changes)? && !delivery.is_done() {
                    let commit = delivery.deliver(self.files)?;
                    self.say_done(&format!(" as commit {}", &commit[..commit.len().min(10)]));
                }
            }
            Destination::Bucket { bucket, endpoint, region, prefix, path_style } => {
                let endpoint = endpoint.as_deref();
                let (path_style, adopt) = (*path_style, self.args.adopt);
                self.bucket(BucketWishes { bucket, endpoint, region, prefix, path_style, adopt })?;
            }
        }
        Ok(())
    }

    #[cfg(feature = "s3")]
    fn bucket(&self, wishes: BucketWishes<'_>) -> Result<(), Error> {
        let base_url = &self.ready.site.schema.base_url;
        let delivery = publish::bucket::plan(wishes, self.files, base_url)?;
        if self.goes_on(&delivery.changes)? {
            delivery.deliver(self.files, base_url)?;
            self.say_done("");
        }
        Ok(())
    }

    /// Says that this build publishes to no buckets.
    #[cfg(not(feature = "s3"))]
    fn bucket(&self, _: BucketWishes<'_>) -> Result<(), Error> {
        Err(Error::request("this program was built without publishing to buckets")
            .help("build it with `cargo install --path . --features s3`, or publish to a folder and copy that"))
    }

    /// Shows the plan; says whether it is to be carried out.
    fn goes_on(&self, changes: &Changes) -> Result<bool, Error> {
        self.show(changes);
        if !self.args.allow_removals {
            changes.check_removals(&self.ready.site)?;
        }
        if changes.is_empty() && !self.quiet {
            report::say("nothing has changed: nothing is written");
        }
        Ok(!self.args.dry_run && !changes.is_empty())
    }

    fn show(&self, changes: &Changes) {
        match self.args.format {
            PublishFormat::Json => report::data(&format!("{:#}\n", self.json(changes))),
            PublishFormat::Human if self.quiet && !self.args.dry_run => {}
            PublishFormat::Human => report::data(&self.human(changes)),
        }
    }

    fn human(&self, changes: &Changes) -> String {
        let PublishTarget { name, destination, .. } = self.target;
        let all = self.files.iter().map(|file| file.length).sum::<u64>();
        let files = report::counted(self.files.len(), "file", "files");
        let mut weights = format!("  {files}, {}", size(self.plain));
        if all > self.plain {
            weights.push_str(&format!(", and {} of compressed forms", size(all - self.plain)));
        }
        if let Some(heaviest) = self.heaviest() {
            weights.push_str(&format!("; the heaviest page is {} with {}", heaviest.path, size(heaviest.length)));
        }
        format!(
            "{name}: {}, for {}\n{weights}\n{}",
            destination.shown(),
            self.ready.site.schema.base_url.absolute("/"),
            changes.human()
        )
    }

    fn json(&self, changes: &Changes) -> Value {
        let mut json = changes.json();
        json["target"] = json!(self.target.name);
        json["destination"] = json!(self.target.destination.shown());
        json["base_url"] = json!(self.ready.site.schema.base_url.absolute("/"));
        json["dry_run"] = json!(self.args.dry_run);
        json["files"] = json!(self.files.len());
        json["size"] = json!(self.plain);
        json["heaviest_page"] = json!(self.heaviest().map(|file| json!({"path": file.path, "bytes": file.length})));
        json
    }

    fn heaviest(&self) -> Option<&BuiltFile> {
        let pages = self.files.iter().filter(|file| file.path.ends_with(".html"));
        pages.rev().max_by_key(|file| file.length)
    }

    fn say_done(&self, how: &str) {
        if !self.quiet {
            report::say(format!("published to {}{how}", self.target.destination.shown()));
        }
    }

    /// Writes what is published now into the ledger, if it is the site at its own address.
    fn remember(&self, sources: &Sources) -> Result<(), Error> {
        let schema = &self.ready.site.schema;
        if self.args.dry_run || self.args.site.drafts || schema.base_url != schema.own_url {
            return Ok(());
        }
        let served = ledger::served(&self.ready.site, &self.ready.plan, &self.ready.assets);
        let count = served.urls.len();
        let text = ledger::after(sources.ledger.as_ref(), served, schema).to_text();
        if sources.ledger.as_ref().is_some_and(|before| *before.text == *text) {
            return Ok(());
        }
        let failed = |error| Error::system(format!("the site is published, but `{LEDGER}` cannot be written: {error}"));
        staged::replace(&self.root.join(LEDGER), text.as_bytes()).map_err(failed)?;
        if !self.quiet {
            let addresses = report::counted(count, "address", "addresses");
            report::say(format!("{LEDGER} lists {addresses}: keep it with the site"));
        }
        Ok(())
    }
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

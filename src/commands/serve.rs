//! `limber serve`: the preview.

use std::path::Path;

use super::report;
use crate::args::Serve;

#[cfg(not(feature = "serve"))]
pub(super) fn run(_root: &Path, _args: Serve, _quiet: bool) -> u8 {
    let error = crate::error::Error::request("this limber was built without the preview");
    report::fail(&error.help("build it with `cargo build --release --features serve`"))
}

#[cfg(feature = "serve")]
pub(super) fn run(root: &Path, args: Serve, quiet: bool) -> u8 {
    with_preview::serve(root, args, quiet)
}

#[cfg(feature = "serve")]
mod with_preview {
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use super::report;
    use crate::args::Serve;
    use crate::commands::FINE;
    use crate::diagnostics::{Severity, human};
    use crate::error::Error;
    use crate::model::options::Options;
    use crate::preview::edition::Edition;
    use crate::preview::{Bound, Editor, PreviewEvent, Settings, bind};
    use crate::url::BaseUrl;

    pub(super) fn serve(root: &Path, args: Serve, quiet: bool) -> u8 {
        let Ok(root) = root.canonicalize() else {
            return report::fail(&Error::request(format!("there is no folder `{}`", root.display())));
        };
        let bound = match bind(&args.host, args.port) {
            Ok(bound) => bound,
            Err((why, help)) => return report::fail(&Error::system(why).help(help)),
        };
        if bound.public() {
            report::say("warning: everybody on your network can read this preview, drafts and notes included");
        }
        if let Some(taken) = bound.taken.filter(|_| !quiet) {
            report::say(format!("port {taken} is in use: taking {}", bound.address.port()));
        }
        let base = args.base_path.clone().unwrap_or_else(|| "/".into());
        let base_url = BaseUrl { origin: bound.origin(), path: base.clone() };
        let options =
            Options { base_url: Some(base_url), drafts: args.drafts, as_of: args.as_of, ..Options::default() };
        let editor = Editor::choose(args.editor.as_deref(), &root);
        let (allowed, poll) = (args.allow_host, args.poll);
        let teller = TerminalLog { root: root.clone(), address: bound.origin() + &base, open: args.open, quiet };
        let settings = Settings { root, options, editor, navigate: args.navigate, base, allowed, poll };
        match serve_until_asked(bound, settings, teller) {
            Ok(()) => FINE,
            Err(why) => report::fail(&Error::system(why)),
        }
    }

    fn serve_until_asked(bound: Bound, settings: Settings, teller: TerminalLog) -> Result<(), String> {
        crate::preview::run(bound, settings, move |news| teller.tell(news))
    }

    /// Prints to the terminal.
    struct TerminalLog {
        root: PathBuf,
        /// Where the home page is.
        address: String,
        open: bool,
        quiet: bool,
    }

    impl TerminalLog {
        fn tell(&self, news: PreviewEvent<'_>) {
            match news {
                PreviewEvent::Ready(edition, took) => {
                    // With `--quiet`, too, the address of the preview is printed.
                    report::say(if self.quiet { self.address.clone() } else { self.ready(edition, took) });
                    self.report(edition);
                    if self.open && open::that_detached(&self.address).is_err() {
                        report::say(format!("no browser can be opened: go to {}", self.address));
                    }
                }
                PreviewEvent::Changed(edition, files, took) => {
                    self.report(edition);
                    let what = match files {
                        [] => "the files".into(),
                        [one] => one.clone(),
                        [first, more @ ..] => format!("{first} and {} more", more.len()),
                    };
                    let found = human::summary(&edition.problems);
                    let found = if found.is_empty() { "no problems" } else { &found };
                    self.say(&format!("{what} changed: {found}, {}", in_ms(took)));
                }
                PreviewEvent::Found(edition) => self.report(edition),
                PreviewEvent::Unwatched(why) => {
                    report::say(format!("warning: changes are noticed within a second, not at once: {why}"));
                }
            }
        }

        /// Where the preview is, what there is to see, and how long it took.
        fn ready(&self, edition: &Edition, took: Duration) -> String {
            let (entries, pages) = edition.latest.ready.as_ref().map_or((0, 0), |ready| {
                let pages = ready.plan.pages.iter().filter(|page| page.input.template().is_some());
                (ready.site.entries.len(), pages.count())
            });
            let warnings = edition.problems.iter().filter(|problem| problem.severity == Severity::Warning).count();
            let entries = report::counted(entries, "entry", "entries");
            let pages = report::counted(pages, "page", "pages");
            let warnings = report::counted(warnings, "warning", "warnings");
            format!("{}  {entries}, {pages}, {warnings}, {}", self.address, in_ms(took))
        }

        fn report(&self, edition: &Edition) {
            report::print(&self.root, &edition.problems, &edition.latest.texts);
        }

        fn say(&self, line: &str) {
            if !self.quiet {
                report::say(line);
            }
        }
    }

    fn in_ms(took: Duration) -> String {
        format!("{:.0} ms", took.as_secs_f64() * 1e3)
    }
}

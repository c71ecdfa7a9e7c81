//! The commands: thin consumers of the engine. They alone print.

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod external;
mod fix;
mod gaps;
mod import;
mod init;
mod migrate;
mod new;
mod progress;
mod publish;
mod rename;
mod report;
mod review;
mod schema;
mod serve;
mod theme;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use crate::args::{Args, Command};
use crate::bug::guarded;
use crate::engine::{Engine, Snapshot};
use crate::error::{Error, ErrorKind};
use crate::model::options::Options;
use crate::stages::load::load;
use crate::timings::Timings;

/// Everything went well.
const FINE: u8 = 0;
/// The content has errors.
const WRONG: u8 = ErrorKind::Content.exit_code();
/// The command could not run, and has said why.
const FAILED: u8 = ErrorKind::Request.exit_code();

/// Runs a command; the code it ends with is 0 for fine, 1 for errors in the content, 2 for what could not run.
pub fn run(args: Args) -> ExitCode {
    let (root, quiet) = (args.root, args.quiet);
    let needs_site = !matches!(
        args.command,
        Command::Explain { .. }
            | Command::Import(_)
            | Command::Init(_)
            | Command::Man(_)
            | Command::Theme { .. }
            | Command::Completions { .. }
    );
    if needs_site && !root.is_dir() {
        return ExitCode::from(report::fail(&Error::request(format!("there is no folder `{}`", root.display()))));
    }
    if needs_site && let Err(error) = crate::rename::files::resume(&root) {
        let error = Error::system(format!("a renaming that was cut short cannot be finished: {error}"));
        return ExitCode::from(report::fail(&error));
    }
    let file: Arc<str> = root.to_string_lossy().into();
    let code = guarded(&file, || run_command(&root, quiet, args.command)).unwrap_or_else(|bug| {
        let error = Error::bug(format!("{}: {}", root.display(), bug.message));
        report::fail(&bug.help.into_iter().fold(error, Error::help))
    });
    ExitCode::from(if code == FINE && !report::is_complete() { FAILED } else { code })
}

fn run_command(root: &Path, quiet: bool, command: Command) -> u8 {
    match command {
        Command::Build(build) => build::run(root, build, quiet),
        Command::Serve(serve) => serve::run(root, serve, quiet),
        Command::Check(check) => check::run(root, check, quiet),
        Command::Explain { code } => explain::run(root, code.as_deref()),
        Command::Gaps { drafts } => gaps::run(root, drafts, quiet),
        Command::Review(review) => review::run(root, &review, quiet),
        Command::Schema { kind, out } => schema::run(root, kind.as_deref(), out.as_deref(), quiet),
        Command::New(new) => new::run(root, &new, quiet),
        Command::Publish(publish) => publish::run(root, &publish, quiet),
        Command::Diff(diff) => diff::run(root, &diff, quiet),
        Command::Rename(rename) => rename::run(root, &rename, quiet),
        Command::Import(import) => import::run(&import, quiet),
        Command::Migrate(migrate) => migrate::run(root, &migrate, quiet),
        Command::Theme { file } => theme::run(file.as_deref()),
        Command::Init(init) => init::run(&init, quiet),
        Command::Completions { shell } => completions::completions(root, shell),
        Command::Man(man) => completions::man(&man),
    }
}

/// The site in a folder, for commands that only ask. Where it cannot be put together, the reason is printed.
fn site_of(root: &Path, options: Options) -> Option<Arc<Snapshot>> {
    let (sources, found) = load(root, None);
    let snapshot = Engine::new(options).update(&sources, found, &mut Timings::default());
    if snapshot.ready.is_none() {
        report::print(root, &snapshot.diagnostics, &snapshot.texts);
        return None;
    }
    Some(snapshot)
}

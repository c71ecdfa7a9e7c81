//! The commands: thin consumers of the engine. They alone print.

mod build;
mod check;
mod init;
mod report;
mod serve;

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Args, Command};

/// Everything went well.
const FINE: u8 = 0;
/// The content has errors.
const WRONG: u8 = 1;
/// The command could not run.
const FAILED: u8 = 2;

/// Runs a command; the code it ends with is 0 for fine, 1 for errors in the content, 2 for what could not run.
pub fn run(args: Args) -> ExitCode {
    let (root, quiet) = (args.root, args.quiet);
    let code = match args.command {
        Command::Build(build) => build::run(&root, build, quiet),
        Command::Serve(serve) => serve::run(&root, serve, quiet),
        Command::Check(check) => check::run(&root, check, quiet),
        Command::Init { dir } => init::run(&dir, quiet),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "limber", &mut std::io::stdout());
            FINE
        }
    };
    ExitCode::from(code)
}

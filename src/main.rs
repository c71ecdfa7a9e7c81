//! The program: reads the command line, runs one command, ends with its exit code.

use std::process::ExitCode;

use clap::Parser;
use limber::args::Args;
use limber::commands;

fn main() -> ExitCode {
    commands::run(Args::parse())
}

//! The program: reads the command line, runs one command, ends with its exit code.

use std::process::ExitCode;

use clap::Parser;
use limber::args::Args;
use limber::commands;

/// Building is making and dropping millions of small texts on every thread, which the usual allocators are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run(Args::parse())
}

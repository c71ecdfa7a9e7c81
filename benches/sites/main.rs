//! Measures the program on generated sites. `cargo bench -- COMMAND`, see `benches/README.md`.

mod generate;
mod growth;
mod guard;
mod measure;
mod preview;
mod site;
mod stages;

use std::process::ExitCode;

const COMMANDS: &str = "stages, preview, growth, guard or generate";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (command, rest) = arguments.split_first().map_or(("stages", &[][..]), |(first, rest)| (first.as_str(), rest));
    let done = match command {
        "stages" => stages::run(rest),
        "preview" => preview::run(rest),
        "growth" => growth::run(rest),
        "guard" => guard::run(),
        "generate" => generate::run(rest),
        other => Err(format!("`{other}` is none of {COMMANDS}")),
    };
    match done {
        Ok(report) => {
            #[expect(clippy::print_stdout, reason = "this is a program of its own")]
            let () = print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            #[expect(clippy::print_stderr, reason = "this is a program of its own")]
            let () = eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The value behind an option.
fn option<'a>(arguments: &'a [String], name: &str, fallback: &'a str) -> &'a str {
    let at = arguments.iter().position(|argument| argument == name);
    at.and_then(|at| arguments.get(at + 1)).map_or(fallback, String::as_str)
}

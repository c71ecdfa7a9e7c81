//! Writes a site to measure with: `generate-site DIR [--entries N] [--theme plain|rich|real] [--for limber|hugo|zola]
//! [--seed N]`, or `generate-site DIR --hard SHAPE`. `generate-site --shapes` prints the shapes with their full sizes.
//!
//! A program of its own: it reads declarations with the library, with which the benches would have to be linked, too.

mod site;

use std::path::Path;
use std::process::ExitCode;

use site::hard::{self, Shape};
use site::{Dialect, Theme, Wanted};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
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

fn run(arguments: &[String]) -> Result<String, String> {
    if arguments.first().is_some_and(|first| first == "--shapes") {
        return Ok(Shape::ALL.iter().map(|shape| format!("{} {}\n", shape.name(), shape.full_size())).collect());
    }
    let named = arguments.first().filter(|name| !name.starts_with('-'));
    let Some(folder) = named.map(Path::new) else { return Err("name the folder to write, before all options".into()) };
    let number = |name: &str, fallback: &str| {
        let text = option(arguments, name, fallback);
        text.parse::<usize>().map_err(|_| format!("`{text}` is no number"))
    };
    let written = match option(arguments, "--hard", "") {
        "" => {
            let theme = option(arguments, "--theme", "plain");
            let theme = Theme::named(theme).ok_or_else(|| format!("no theme is named `{theme}`"))?;
            let dialect = match option(arguments, "--for", "limber") {
                "limber" => Dialect::Limber,
                "hugo" => Dialect::Hugo,
                "zola" => Dialect::Zola,
                other => return Err(format!("sites are not written for `{other}`")),
            };
            let (entries, seed) = (number("--entries", "1000")?, number("--seed", "1")? as u64);
            site::write(folder, Wanted { entries, theme, dialect, seed })
        }
        name => {
            let shape = Shape::ALL.into_iter().find(|shape| shape.name() == name);
            let shape = shape.ok_or_else(|| format!("no shape is named `{name}`"))?;
            hard::write(folder, shape, number("--entries", &shape.full_size().to_string())?)
        }
    };
    written.map(|()| String::new()).map_err(|error| format!("{}: {error}", folder.display()))
}

/// The value behind an option.
fn option<'a>(arguments: &'a [String], name: &str, fallback: &'a str) -> &'a str {
    let at = arguments.iter().position(|argument| argument == name);
    at.and_then(|at| arguments.get(at + 1)).map_or(fallback, String::as_str)
}

//! Writes a generated site: `cargo bench --bench generate -- DIR [--entries N] [--theme plain|rich|real] [--for limber|hugo|zola]`
//! or `-- DIR --hard SHAPE [--entries SIZE]`.

mod site;

use std::path::Path;
use std::process::ExitCode;

use site::hard::{self, Shape};
use site::{Dialect, Theme, Wanted};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            #[expect(clippy::print_stderr, reason = "this is a program of its own")]
            let () = eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let (Some(folder), options) = (arguments.first(), arguments.get(1..).unwrap_or_default()) else {
        return Err("name the folder to write".into());
    };
    let mut wanted = Wanted { entries: 1000, theme: Theme::Plain, dialect: Dialect::Limber, seed: 1 };
    let (mut shape, mut size) = (None, None);
    for pair in options.chunks(2) {
        let [name, value] = pair else { return Err(format!("`{}` has no value", pair[0])) };
        let number = || value.parse::<usize>().map_err(|_| format!("`{value}` is no number"));
        match (name.as_str(), value.as_str()) {
            ("--entries", _) => size = Some(number()?),
            ("--seed", _) => wanted.seed = number()? as u64,
            ("--theme", "plain") => wanted.theme = Theme::Plain,
            ("--theme", "rich") => wanted.theme = Theme::Rich,
            ("--theme", "real") => wanted.theme = Theme::Real,
            ("--for", "limber") => wanted.dialect = Dialect::Limber,
            ("--for", "hugo") => wanted.dialect = Dialect::Hugo,
            ("--for", "zola") => wanted.dialect = Dialect::Zola,
            ("--hard", name) => {
                let found = Shape::ALL.into_iter().find(|shape| shape.name() == name);
                shape = Some(found.ok_or_else(|| format!("no shape is named `{name}`"))?);
            }
            _ => return Err(format!("`{name} {value}` is unknown")),
        }
    }
    let folder = Path::new(folder);
    let written = match shape {
        Some(shape) => hard::write(folder, shape, size.unwrap_or_else(|| shape.full_size())),
        None => site::write(folder, Wanted { entries: size.unwrap_or(wanted.entries), ..wanted }),
    };
    written.map_err(|error| format!("{}: {error}", folder.display()))
}

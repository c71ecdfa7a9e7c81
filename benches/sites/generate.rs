//! `generate DIR [--entries N] [--theme plain|rich|real] [--for limber|hugo|zola] [--seed N]`, or `generate DIR --hard SHAPE`:
//! writes a site.

use std::path::Path;

use crate::option;
use crate::site::hard::{self, Shape};
use crate::site::{self, Dialect, Theme, Wanted};

/// Writes what the arguments ask for.
pub fn run(arguments: &[String]) -> Result<String, String> {
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

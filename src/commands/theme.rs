//! `limber theme`: the files of the built-in theme.

use super::{FINE, report};
use crate::diagnostics::nearest;
use crate::error::Error;
use crate::theme;

/// Lists the files, or prints one of them.
pub(super) fn run(file: Option<&str>) -> u8 {
    let files = theme::files();
    let Some(file) = file else {
        let names: Vec<_> = files.iter().map(|(name, _)| format!("{name}\n")).collect();
        report::data(&names.concat());
        return FINE;
    };
    let wanted = file.trim_start_matches("./").trim_start_matches("theme/");
    let is_wanted = |name: &str| name == wanted || name.split_once('/').is_some_and(|(_, rest)| rest == wanted);
    let found = files.iter().find(|(name, _)| is_wanted(name));
    match found.map(|(_, bytes)| std::str::from_utf8(bytes)) {
        Some(Ok(text)) => {
            report::data(text);
            FINE
        }
        Some(Err(_)) => {
            let help = format!("a file of your own at `{wanted}` replaces it");
            report::fail(&Error::request(format!("`{wanted}` is no text")).help(help))
        }
        None => {
            let near = nearest(wanted, files.iter().map(|(name, _)| name.as_str()));
            let names: Vec<_> = near.iter().map(|name| format!("`{name}`")).collect();
            let help = match near.is_empty() {
                true => "`limber theme` lists all files".to_string(),
                false => format!("did you mean {}?", names.join(" or ")),
            };
            report::fail(&Error::request(format!("the theme has no file `{wanted}`")).help(help))
        }
    }
}

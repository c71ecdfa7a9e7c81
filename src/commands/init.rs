//! `limber init`: a small new site that builds.

use std::fs;
use std::io;
use std::path::Path;

use super::{FINE, report};
use crate::error::Error;
use crate::ignored::is_left_behind;

/// The files of a new site. They show each thing once: kinds, a relation, a link, a term.
const FILES: &[(&str, &str)] = &[
    ("site.yaml", include_str!("init/site.yaml")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/articles/first-steps.md", include_str!("init/first-steps.md")),
    ("content/topics/writing.md", include_str!("init/writing.md")),
    ("content/terms.yaml", include_str!("init/terms.yaml")),
    ("content/glossary.md", include_str!("init/glossary.md")),
    ("templates/blocks/terms.html", include_str!("init/terms.html")),
    (".gitignore", "/public\n/.limber\n"),
];

pub(super) fn run(dir: &Path, quiet: bool) -> u8 {
    match begin(dir) {
        Ok(()) => {
            if !quiet {
                report::say(format!("a new site lies in {}", dir.display()));
                report::say(format!("see it with `limber --root {} serve`", dir.display()));
            }
            FINE
        }
        Err(error) => report::fail(&Error::system(error)),
    }
}

/// Writes the files. A folder may hold what comes with a new repository; a file that is there is never replaced.
fn begin(dir: &Path) -> Result<(), String> {
    let failed = |path: &Path, error: &io::Error| format!("`{}` cannot be written: {error}", path.display());
    match fs::read_dir(dir) {
        Ok(entries) => {
            let mut names: Vec<_> =
                entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            let is_ours = |name: &&String| FILES.iter().any(|(file, _)| file.split('/').next() == Some(name.as_str()));
            let others = names.iter().filter(|name| !comes_with_a_repository(name));
            let (ours, others): (Vec<_>, Vec<_>) = others.partition(is_ours);
            let other = FILES.iter().find(|(file, text)| {
                *file != ".gitignore" && fs::read(dir.join(file)).ok().as_deref() != Some(text.as_bytes())
            });
            // A site that is as it was begun may be begun again.
            let edited = other
                .filter(|_| !ours.is_empty())
                .map(|(file, _)| if dir.join(file).exists() { (*file).to_string() } else { ours[0].clone() });
            if let Some(name) = edited.as_ref().or(others.first().copied()) {
                let dir = dir.display();
                return Err(format!("`{dir}` is not empty, it holds `{name}`: choose another folder"));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(dir, &error)),
    }
    for (name, text) in FILES {
        let path = dir.join(name);
        let folder = path.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        let text = match fs::read_to_string(&path) {
            Ok(before) => completed(&before, text),
            Err(_) => (*text).to_string(),
        };
        fs::write(&path, text).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// Whether a file is one that hosts of repositories put into new ones, or that a program left there.
fn comes_with_a_repository(name: &str) -> bool {
    const BEGINNINGS: [&str; 9] =
        ["readme", "license", "licence", "copying", "notice", "authors", "contributing", "code_of_conduct", "security"];
    let small = name.to_lowercase();
    let stem = small.split('.').next().unwrap_or_default();
    name.starts_with('.') || is_left_behind(name) || BEGINNINGS.iter().any(|begin| stem.starts_with(begin))
}

/// The lines of a file, and those of ours that it lacks.
fn completed(before: &str, ours: &str) -> String {
    let mut text = before.to_string();
    for line in
        ours.lines().filter(|line| !before.lines().any(|known| known.trim_matches('/') == line.trim_matches('/')))
    {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

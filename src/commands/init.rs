//! `limber init`: a small new site that builds.

mod starters;

use std::fs;
use std::io;
use std::path::Path;

use super::{FINE, report};
use crate::args::Init;
use crate::error::Error;
use crate::ignored::is_left_behind;
use starters::{STARTERS, StarterFiles};

/// What version control has to leave out, besides what it leaves out already.
const IGNORED: &str = "/public\n/.limber\n";
const GITIGNORE: &str = ".gitignore";

pub(super) fn run(args: &Init, quiet: bool) -> u8 {
    let (_, files) = STARTERS[args.from as usize];
    match begin(&args.dir, files) {
        Ok(()) => {
            if !quiet {
                report::say(format!("a new site lies in {}", args.dir.display()));
                report::say(format!("see it with `limber --root {} serve`", report::typed(&args.dir)));
            }
            FINE
        }
        Err(error) => report::fail(&Error::system(error)),
    }
}

/// Writes the files. A folder may hold what comes with a new repository; a file that is there is never replaced.
fn begin(dir: &Path, files: StarterFiles) -> Result<(), String> {
    let failed = |path: &Path, error: &io::Error| format!("`{}` cannot be written: {error}", path.display());
    match fs::read_dir(dir) {
        Ok(entries) => {
            let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
            if let Some(name) = in_the_way(dir, files, names.collect()) {
                let dir = dir.display();
                return Err(format!("`{dir}` is not empty, it holds `{name}`: choose another folder"));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(dir, &error)),
    }
    let ignored = dir.join(GITIGNORE);
    let before = fs::read_to_string(&ignored).unwrap_or_default();
    let ignored = (GITIGNORE, completed(&before, IGNORED).into_bytes());
    let own = files.iter().map(|(name, bytes)| (*name, bytes.to_vec()));
    for (name, bytes) in own.chain([ignored]) {
        let path = dir.join(name);
        let folder = path.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// The first file or folder that keeps a site from being begun. One that is as it was begun may be begun again.
fn in_the_way(dir: &Path, files: StarterFiles, mut names: Vec<String>) -> Option<String> {
    names.sort();
    let is_ours = |name: &&String| files.iter().any(|(file, _)| file.split('/').next() == Some(name.as_str()));
    let (ours, others): (Vec<_>, Vec<_>) =
        names.iter().filter(|name| !comes_with_a_repository(name)).partition(is_ours);
    let other = files.iter().find(|(file, bytes)| fs::read(dir.join(file)).ok().as_deref() != Some(*bytes));
    let edited = other
        .filter(|_| !ours.is_empty())
        .map(|(file, _)| if dir.join(file).exists() { (*file).to_string() } else { ours[0].clone() });
    edited.or_else(|| others.first().map(|name| (*name).clone()))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use clap::ValueEnum;

    use super::*;
    use crate::args::Starter;

    #[test]
    fn every_starter_has_all_files_of_its_folder_and_a_name_on_the_command_line() {
        let names: Vec<_> = Starter::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let names: Vec<_> = names.iter().map(|value| value.get_name().to_string()).collect();
        assert_eq!(names, STARTERS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        for (name, files) in STARTERS {
            let top = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("starters").join(name);
            let found = walkdir::WalkDir::new(&top).into_iter().flatten().filter(|entry| entry.file_type().is_file());
            let found = found.filter_map(|entry| Some(entry.path().strip_prefix(&top).ok()?.to_str()?.to_string()));
            let found = found.filter(|path| !path.starts_with(".limber/")).collect::<BTreeSet<_>>();
            assert_eq!(files.iter().map(|(file, _)| (*file).to_string()).collect::<BTreeSet<_>>(), found, "{name}");
        }
    }
}

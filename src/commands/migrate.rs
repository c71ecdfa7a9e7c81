//! `limber migrate`: takes over what an earlier version kept beside output folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{FAILED, FINE, report};
use crate::args::Migrate;
use crate::stages::write::{OlderState, Staging, WriteOptions, older_state};

pub(super) fn run(root: &Path, arguments: &Migrate, quiet: bool) -> u8 {
    let mut found = Vec::new();
    for out in outputs(root, &root.join(super::build::output(root, arguments.out.as_deref()))) {
        match older_state(&out) {
            Ok(older) => found.extend(older),
            Err(error) => return report::fail(&error.into()),
        }
    }
    if found.is_empty() && !quiet {
        report::say("nothing to do: no earlier version has left anything here");
    }
    for older in found {
        if !quiet {
            sentences(root, &older, arguments.dry_run).into_iter().for_each(report::say);
        }
        if arguments.dry_run {
            continue;
        }
        // Whoever opens an output takes over what lies beside it.
        if let Err(error) = Staging::open(root, &older.out, &super::build::folders(root), WriteOptions::default()) {
            return report::fail(&error.into());
        }
        if older.foreign.is_empty() && older.folder.exists() {
            report::say(format!("`{}` stays: not all of it could be taken over", below(root, &older.folder)));
            return FAILED;
        }
    }
    FINE
}

/// The output folder that is named, and all others of the project with a hidden folder beside them.
fn outputs(root: &Path, named: &Path) -> BTreeSet<PathBuf> {
    let names = std::fs::read_dir(root).into_iter().flatten().flatten();
    let others = names.filter_map(|found| {
        let name = found.file_name().to_str()?.strip_prefix('.')?.strip_suffix(".limber")?.to_string();
        (!name.is_empty()).then(|| root.join(name))
    });
    others.chain([named.to_path_buf()]).collect()
}

fn sentences(root: &Path, older: &OlderState, dry_run: bool) -> Vec<String> {
    let (folder, out) = (below(root, &older.folder), below(root, &older.out));
    let (takes, removes) = if dry_run { ("would take over", "would remove") } else { ("takes over", "removes") };
    let mut said = Vec::new();
    let mut say = |holds: bool, what: &str| {
        if holds {
            said.push(format!("{takes} {what}"));
        }
    };
    say(older.has_record, &format!("the record of what is live in `{out}`"));
    say(older.has_rescued, &format!("files of others that were saved in `{folder}/rescued`"));
    say(older.has_live_before, &format!("the site that was live before, from `{folder}/spare`"));
    said.push(match older.foreign.as_slice() {
        [] => format!("{removes} `{folder}`: all that is kept lies in `.limber/`"),
        foreign => format!("leaves `{folder}` with what no version of limber wrote: {}", foreign.join(", ")),
    });
    said
}

/// A path as it reads from the folder of the site.
fn below(root: &Path, path: &Path) -> String {
    let real = root.canonicalize().unwrap_or_default();
    path.strip_prefix(&real).unwrap_or(path).display().to_string()
}

//! `limber import`: drafts a `site.yaml` for a folder of Markdown that was written for another tool.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::progress::Progress;
use super::{FAILED, FINE, WRONG, report};
use crate::args::Import;
use crate::import::{Construct, Draft, draft, regular};

/// So many constructs are listed.
const LISTED: usize = 20;

pub(super) fn run(args: &Import, quiet: bool) -> u8 {
    match import(args, quiet) {
        Ok(code) => code,
        Err(error) => {
            report::say(format!("error: {error}"));
            FAILED
        }
    }
}

fn import(args: &Import, quiet: bool) -> Result<u8, String> {
    let folder = args.into.as_deref().unwrap_or(&args.dir);
    let file = folder.join("site.yaml");
    // A copy would have that of the folder itself.
    let own = args.dir.join("site.yaml");
    if let Some(there) = [&file, &own].into_iter().find(|file| file.symlink_metadata().is_ok())
        && !args.dry_run
    {
        return Err(format!(
            "`{}` is there already, and is never overwritten: `--dry-run` prints what it could be",
            there.display()
        ));
    }
    let progress = Progress::start(quiet);
    progress.stage("looking at the files");
    let draft = draft(&args.dir)?;
    drop(progress);
    // What files with a dot in front say counts, and is not copied.
    if let Some(into) = args.into.as_deref().filter(|_| !args.dry_run) {
        let changed = regular::copy(&args.dir, into, &draft.statics)?;
        if !quiet {
            report::say(format!(
                "{} is a copy of {}: {} got regular front matter",
                into.display(),
                args.dir.display(),
                report::counted(changed, "file", "files")
            ));
        }
    }
    if args.dry_run {
        report::data(&draft.site);
    } else {
        write(&file, &draft.site)?;
    }
    if !quiet {
        tell(&draft, folder, args.dry_run);
    }
    Ok(if draft.builds { FINE } else { WRONG })
}

/// Writes a file that is not there yet.
fn write(file: &Path, text: &str) -> Result<(), String> {
    let written =
        OpenOptions::new().write(true).create_new(true).open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("`{}` is there already, and is never overwritten", file.display()),
        _ => format!("`{}` cannot be written: {error}", file.display()),
    })
}

/// `once`, `12 times in 3 files`.
fn often(count: usize, files: usize) -> String {
    match (count, files) {
        (1, _) => "once".into(),
        (count, 1) => format!("{count} times in one file"),
        (count, files) => format!("{count} times in {files} files"),
    }
}

/// Lists constructs below a line that says what becomes of them.
fn list(heading: &str, constructs: &[Construct]) {
    let width =
        constructs.iter().take(LISTED).map(|construct| construct.name.chars().count()).max().unwrap_or_default();
    for (number, Construct { name, count, files, first }) in constructs.iter().take(LISTED).enumerate() {
        if number == 0 {
            report::say(heading);
        }
        report::say(format!("  {name:width$}  {}, first at {first}", often(*count, *files)));
    }
    if constructs.len() > LISTED {
        let more: usize = constructs[LISTED..].iter().map(|construct| construct.count).sum();
        report::say(format!("  ... and {} others, {more} times", constructs.len() - LISTED));
    }
}

/// Says what was found, what pages will show as typed, and how to go on.
fn tell(draft: &Draft, folder: &Path, dry_run: bool) {
    let Draft { tool, texts, constructs, components, left_out, notes, builds, .. } = draft;
    let files = if *texts == 1 { "file" } else { "files" };
    report::say(format!("{texts} Markdown {files}, written for {tool}"));
    list("pages will show this as it was typed:", constructs);
    list("pages will show the words of this, and nothing else of it:", components);
    list("pages will leave this out:", left_out);
    notes.iter().for_each(|note| report::say(format!("note: {note}")));
    if !builds {
        report::say("the folder does not build with it as it is: `limber check` says what is in the way");
    }
    if !dry_run {
        report::say(format!(
            "wrote {}; see the site with `limber --root {} serve`",
            folder.join("site.yaml").display(),
            report::typed(folder)
        ));
    }
}

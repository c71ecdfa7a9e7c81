//! The site of this repository, with generated entries added to its own.

use std::fs;
use std::io;
use std::path::Path;

use super::{Frame, KINDS, declared};

/// A matrix of kinds that are not generated, in the place of the site's own: thousands of rows and columns are no page.
const MATRIX: &str =
    "matrices:\n  - {url: /benefits-by-technique/, title: Matrix, rows: timing, columns: tool, via: timing.tools}\n";

/// Copies the repository's site and hands back its declaration with another matrix and without rules, which generated
/// entries do not keep.
pub(super) fn frame(folder: &Path) -> io::Result<Frame> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "templates", "static"] {
        copy(&own.join(part), &folder.join(part))?;
    }
    let site = fs::read_to_string(own.join("site.yaml"))?;
    let site = without(&without(&site, "matrices"), "rules") + MATRIX;
    let works = keys(&fs::read_to_string(own.join("content/sources.yaml"))?);
    let schema = declared(&site);
    let mut others = Vec::new();
    for kind in schema.kind_ids().filter(|kind| !KINDS.contains(&schema.kind(*kind).name.as_str())) {
        let plural = &schema.kind(kind).plural;
        let mut slugs = match fs::read_to_string(own.join(format!("content/{plural}.yaml"))) {
            Ok(text) => keys(&text),
            Err(_) => files(&own.join("content").join(plural)),
        };
        slugs.sort();
        if !slugs.is_empty() {
            others.push((kind, slugs));
        }
    }
    Ok(Frame { site, works, others })
}

/// A YAML text without one of its top keys.
fn without(text: &str, key: &str) -> String {
    let mut inside = false;
    let kept = text.split_inclusive('\n').filter(|line| {
        if line.starts_with(|c: char| c.is_alphanumeric()) {
            inside = line.starts_with(&format!("{key}:"));
        }
        !inside
    });
    kept.collect()
}

/// The top keys of a YAML text.
fn keys(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_alphanumeric()));
    lines.filter_map(|line| Some(line.split_once(':')?.0.to_string())).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    found.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".md")?.to_string())).collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for found in fs::read_dir(from)? {
        let found = found?;
        let target = to.join(found.file_name());
        if found.file_type()?.is_dir() {
            copy(&found.path(), &target)?;
        } else {
            fs::copy(found.path(), target)?;
        }
    }
    Ok(())
}

//! Looks at every file of a folder: its keys, and what its text has that other tools replace.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use super::fields::TAGS;
use super::seen::{FolderContents, MarkdownFile, SKIPPED};
use super::text_links::count;
use super::text_signs::{self, alone};
use crate::folders::without_extension;
use crate::markdown::{AuthorSigns, without_attributes};
use crate::model::keys::{RESERVED, seems_private};
use crate::stages::parse::title_heading;
use crate::yaml::{self, Yaml};

/// So many files are looked at; a folder with more is drafted from these.
const MOST: usize = 200_000;

/// Looks at a folder.
///
/// # Errors
/// A sentence, where it cannot be read.
pub(super) fn look(root: &Path) -> Result<FolderContents, String> {
    if !root.is_dir() {
        return Err(format!("there is no folder `{}`", root.display()));
    }
    let mut seen = FolderContents::default();
    let wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let skipped = entry.file_type().is_dir() && (entry.depth() == 1 || *name == *"node_modules");
        entry.depth() == 0
            || !(name.starts_with(['.', '#']) || name.ends_with('~') || skipped && SKIPPED.contains(&&*name))
    };
    let walk = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(wanted);
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    for entry in walk.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()).take(MOST) {
        if entry.file_type().is_symlink() {
            seen.linked.extend(linked(entry.path(), root, &real));
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let Some(path) = entry.path().strip_prefix(root).ok().and_then(Path::to_str) else { continue };
        let path = path.replace(std::path::MAIN_SEPARATOR, "/");
        if without_extension(&path).is_none() {
            seen.files.insert(path);
            continue;
        }
        let text = std::fs::read(entry.path()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let (keys, body, line) = parts(&text);
        let has_formula = count(body, &mut seen);
        seen.scripts.count(body);
        let found = text_signs::found(&path, body, line);
        let said =
            keys.iter().find(|(key, _)| key.eq_ignore_ascii_case("title")).and_then(|(_, title)| title.as_text());
        let heading = || title_heading(body, true, AuthorSigns::REMARKS).map(|heading| plain_title(&body[heading]));
        let title = said.map(str::to_string).or_else(heading);
        let shown = crate::markdown::shown_files(body, &path);
        let alone = alone(body);
        let is_hidden = keys.is_empty() && unread(&text).is_some_and(is_private);
        seen.texts.push(MarkdownFile { path, keys, title, found, has_formula, alone, is_hidden, shown });
    }
    seen.texts.sort_by(|a, b| a.path.cmp(&b.path));
    spell_alike(&mut seen.texts);
    Ok(seen)
}

/// Gives keys that differ in capitals alone one spelling, as a site reads them: that which every entry knows, else the most frequent.
fn spell_alike(texts: &mut [MarkdownFile]) {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (key, _) in texts.iter().flat_map(|text| &text.keys) {
        *counts.entry(key.to_ascii_lowercase()).or_default().entry(key.clone()).or_default() += 1;
    }
    let spelling = |(small, counts): (String, BTreeMap<String, usize>)| {
        let is_known = RESERVED.iter().chain(&TAGS).any(|known| *known == small);
        let known = is_known.then(|| small.clone());
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Some((small, known.or(most.map(|(key, _)| key))?))
    };
    let spellings: BTreeMap<String, String> = counts.into_iter().filter_map(spelling).collect();
    for text in texts {
        for at in 0..text.keys.len() {
            let Some(name) = spellings.get(&text.keys[at].0.to_ascii_lowercase()) else { continue };
            if !text.keys.iter().any(|(key, _)| key == name) {
                text.keys[at].0.clone_from(name);
            }
        }
    }
}

/// The path of a link of the file system to a folder in the same one, and the path of that.
fn linked(path: &Path, root: &Path, real: &Path) -> Option<(String, String)> {
    let target = path.canonicalize().ok().filter(|target| target.is_dir())?;
    let slashes = |path: &Path| Some(path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"));
    Some((slashes(path.strip_prefix(root).ok()?)?, slashes(target.strip_prefix(real).ok()?)?))
}

/// The words of a heading without its signs.
fn plain_title(heading: &str) -> String {
    let heading =
        heading.strip_suffix("</h1>").and_then(|rest| rest.split_once('>')).map_or(heading, |(_, words)| words);
    let line = without_attributes(heading.trim()).0.lines().next().unwrap_or_default();
    line.trim_start_matches('#').replace(['`', '*', '\\'], "").trim().to_string()
}

/// The front matter of a text in a form that is none here: a program, as Eleventy has it below `---js`, or keys of TOML between
/// lines of hyphens.
fn unread(text: &str) -> Option<&str> {
    let (fence, rest) = text.trim_start().split_once('\n')?;
    let form = fence.trim_end().strip_prefix("---").filter(|form| form.chars().all(char::is_alphanumeric))?;
    let end = rest.find("\n---")?;
    // What YAML can say, only wrongly, is repaired by whoever wrote it.
    let is_other = !form.is_empty() || matches!(yaml::parse(&rest[..end]), Ok(Yaml::Text(_)));
    is_other.then_some(&rest[..end])
}

/// Whether front matter that cannot be read has a key that keeps the text back, as a key or as a constant.
fn is_private(front: &str) -> bool {
    let bare = |line: &str| {
        let line = line.trim_start().trim_start_matches("export ");
        ["const ", "let ", "var "].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line).to_string()
    };
    seems_private(&front.lines().map(bare).collect::<Vec<_>>().join("\n"))
}

/// The keys of a text, the text below them, and the line on which that begins.
pub(super) fn parts(text: &str) -> (Vec<(String, Yaml)>, &str, usize) {
    let at = text.len() - text.trim_start().len();
    let fence = text[at..].lines().next().unwrap_or_default().trim_end();
    let none = (Vec::new(), text, 1);
    if !matches!(fence, "---" | "+++") {
        return none;
    }
    let start = at + text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            let read = if fence == "+++" { yaml::parse_toml } else { yaml::parse };
            let keys = match read(&text[start..end]) {
                Ok(Yaml::Map(keys)) => keys,
                _ => Vec::new(),
            };
            let body = end + line.len();
            return (keys, &text[body..], text[..body].matches('\n').count() + 1);
        }
        end += line.len();
    }
    none
}

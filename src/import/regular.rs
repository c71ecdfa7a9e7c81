//! A copy of a folder whose front matter is regular: YAML everywhere, days as days, tags as lists.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::look::parts;
use crate::folders::without_extension;
use crate::model::value::Date;
use crate::yaml::Yaml;

/// Copies a folder into another one, which has to be empty or not there yet. Says how many files were changed. A site that was
/// built in it and what begins with a dot stay behind, but for what lies in `statics`, the paths that the site publishes as they are.
///
/// # Errors
/// A sentence that says what cannot be written.
pub fn copy(from: &Path, to: &Path, statics: &[String]) -> Result<usize, String> {
    let failed =
        |path: &Path, error: &dyn std::fmt::Display| format!("`{}` cannot be written: {error}", path.display());
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("`{}` is not empty: choose another folder", to.display()));
    }
    let inside =
        |path: &Path| path.canonicalize().ok().zip(from.canonicalize().ok()).is_some_and(|(a, b)| a.starts_with(b));
    let parent = to.ancestors().find(|folder| folder.exists()).map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    if inside(&parent) || to.parent() == Some(Path::new("")) && inside(Path::new(".")) {
        return Err(format!("`{}` lies in the folder that is copied: choose one outside of it", to.display()));
    }
    let is_hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let is_published = |path: &Path| {
        let path = path.strip_prefix(from).unwrap_or(path);
        statics.iter().any(|own| path.starts_with(own) || Path::new(own).starts_with(path))
    };
    // A site that was built here is none of its texts.
    let is_built = |entry: &walkdir::DirEntry| entry.depth() == 1 && entry.path().join(".limber").is_file();
    let is_copied = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !is_built(entry) && (!is_hidden(entry.file_name()) || is_published(entry.path()))
    };
    let walk = WalkDir::new(from).sort_by_file_name().into_iter();
    let mut changed = 0;
    for entry in walk.filter_entry(is_copied).filter_map(Result::ok) {
        let Ok(path) = entry.path().strip_prefix(from) else { continue };
        let target = to.join(path);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).map_err(|error| failed(&target, &error))?;
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let regular = path.to_str().and_then(without_extension).and_then(|_| fs::read_to_string(entry.path()).ok());
        match regular.as_deref().and_then(regular_text) {
            Some(text) => {
                changed += 1;
                fs::write(&target, text).map_err(|error| failed(&target, &error))?;
            }
            None => _ = fs::copy(entry.path(), &target).map_err(|error| failed(&target, &error))?,
        }
    }
    Ok(changed)
}

/// A text with regular front matter; none where it has nothing to change.
fn regular_text(text: &str) -> Option<String> {
    let plain = text.trim_start_matches('\u{feff}');
    let is_toml = plain.trim_start().starts_with("+++");
    let (keys, body, _) = parts(plain);
    let regular: Vec<(String, Yaml)> =
        keys.iter().map(|(key, value)| (key.clone(), regular_value(key, value))).collect();
    if keys.is_empty() || (!is_toml && regular == keys) {
        return None;
    }
    let lines: String = regular
        .iter()
        .map(|(key, value)| format!("{}: {}\n", written(&Yaml::Text(key.clone())), written(value)))
        .collect();
    Some(format!("---\n{lines}---\n{body}"))
}

fn regular_value(key: &str, value: &Yaml) -> Yaml {
    match (key, value) {
        ("date" | "updated" | "lastmod", Yaml::Text(text)) => {
            let day = text.get(..10).filter(|day| Date::parse(day).is_some());
            day.map_or_else(|| value.clone(), |day| Yaml::Text(day.to_string()))
        }
        ("tags" | "categories" | "keywords", Yaml::Text(text)) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Yaml::List(items.map(|item| Yaml::Text(item.to_string())).collect())
        }
        _ => value.clone(),
    }
}

/// A value on one line, as YAML reads it.
fn written(value: &Yaml) -> String {
    match value {
        Yaml::Null => "null".into(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Text(text) if is_plain(text) => text.clone(),
        Yaml::Text(text) => serde_json::to_string(text).unwrap_or_default(),
        Yaml::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Yaml::Map(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}: {}", written(&Yaml::Text(key.clone())), written(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a text can stand without quotes, also among others on a line.
fn is_plain(text: &str) -> bool {
    let is_day = Date::parse(text).is_some();
    let words = ["true", "false", "null", "yes", "no", "on", "off"];
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let word = text.starts_with(char::is_alphabetic) && text.chars().all(letters) && !text.ends_with(' ');
    is_day || word && !words.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_becomes_yaml_and_its_days_and_tags_regular() {
        let toml = "+++\ntitle = \"A: b\"\ndate = 2021-03-04T10:00:00Z\n[extra]\nn = 1\n+++\nText.\n";
        let yaml = "---\ndate: 2021-03-04\nextra: {n: 1}\ntitle: \"A: b\"\n---\nText.\n";
        assert_eq!(regular_text(toml).as_deref(), Some(yaml));
        assert_eq!(regular_text(yaml), None, "what is regular stays as it is");
        let tags = regular_text("---\ntags: one, two words\n---\n").unwrap();
        assert_eq!(tags, "---\ntags: [one, two words]\n---\n");
        assert_eq!(regular_text("No keys.\n"), None);
    }
}

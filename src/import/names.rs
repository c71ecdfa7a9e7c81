//! What the names of folders say: a language, and what a site is called.

use std::collections::BTreeMap;
use std::path::Path;

use super::seen::FolderContents;

/// So many folders above may name the site.
const ABOVE: usize = 3;

/// The language as which a folder is called, where one beside it is called as another: alone, `it` may mean anything.
pub(super) fn own_language(root: &Path) -> Option<String> {
    let own = root.file_name()?.to_str().filter(|name| names_a_language(name))?;
    let beside = std::fs::read_dir(root.parent()?).ok()?.filter_map(Result::ok);
    let mut others = beside.filter(|entry| entry.path().is_dir() && entry.file_name() != own);
    others.any(|entry| entry.file_name().to_str().is_some_and(names_a_language)).then(|| own.to_string())
}

/// Whether a folder is called like a language.
pub(super) fn names_a_language(name: &str) -> bool {
    const LANGUAGES: [&str; 44] = [
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
        "id", "it", "ja", "ka", "km", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
        "sr", "sv", "th", "tr", "uk", "uz", "vi", "zh",
    ];
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let is_region = region.len() <= 4 && region.chars().all(|c| c.is_ascii_alphanumeric());
    LANGUAGES.contains(&language) && is_region
}

/// What the names of folders call a site.
pub(super) struct SiteName {
    /// The name of its folder, where that is none by which many projects call one.
    pub own: Option<String>,
    /// The name of the first folder above that is none, else that of the folder.
    pub other: String,
}

/// What the names of a folder and of those above it call its site.
pub(super) fn site_name(root: &Path) -> SiteName {
    const COMMON: [&str; 14] = [
        "content",
        "contents",
        "docs",
        "doc",
        "documentation",
        "src",
        "website",
        "site",
        "www",
        "pages",
        "vault",
        "notes",
        "reference",
        "public",
    ];
    // The folder of a user is called as the user, which no site has to tell.
    let is_of_user = |path: &&Path| {
        let above = path.parent().and_then(Path::file_name);
        above.is_some_and(|above| above == "home" || above == "Users")
    };
    let ancestors = root.ancestors().take_while(|path| !is_of_user(path));
    let names = ancestors.filter_map(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let says = |name: &String| !COMMON.contains(&name.to_lowercase().as_str()) && !names_a_language(name);
    let own = root.file_name().map_or_else(|| "My site".into(), |name| name.to_string_lossy().into_owned());
    let other = capital(&names.take(ABOVE).find(says).unwrap_or_else(|| own.clone()));
    SiteName { own: Some(capital(&own)).filter(|_| says(&own)), other }
}

/// The host that a file for a server of pages names, in the folder or in one that is published as it is.
pub(super) fn named_host(root: &Path) -> Option<String> {
    const FOLDERS: [&str; 4] = ["", "static", "public", "docs"];
    let read = |folder: &str| std::fs::read_to_string(root.join(folder).join("CNAME")).ok();
    let text = FOLDERS.into_iter().find_map(read)?;
    let host = text.lines().next()?.trim();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    is_host.then(|| format!("https://{host}/"))
}

/// The folder of a vault that holds most texts of a folder which is none itself. Empty where there is none.
pub(super) fn inner_folder(root: &Path, seen: &FolderContents) -> String {
    if root.join(".obsidian").is_dir() {
        return String::new();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in seen.texts.iter().filter_map(|text| Some(text.path.split_once('/')?.0)) {
        *counts.entry(folder).or_default() += 1;
    }
    let is_vault =
        |(folder, count): &(&str, usize)| count * 2 > seen.texts.len() && root.join(folder).join(".obsidian").is_dir();
    counts.into_iter().find(is_vault).map_or_else(String::new, |(folder, _)| folder.to_string())
}

/// A name with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

//! Looks at the finished site: every link and every fragment in it has to lead somewhere, whoever wrote it there.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::built::{BuiltFile, bytes};
use super::tags::{self, PageTags};
use crate::engine::DrawableSite;
use crate::error::Error;
use crate::naming::RedirectRules;
use crate::url::{BaseUrl, decode_path};

/// So many links are named at most.
const NAMED: usize = 20;

/// Looks at every page.
///
/// # Errors
/// With every link that leads nowhere, or to no heading of its page.
pub fn verify(files: &[BuiltFile], ready: &DrawableSite) -> Result<(), Error> {
    let is_page = |file: &&BuiltFile| file.path.ends_with(".html");
    let pages: Vec<(&str, PageTags)> = files
        .par_iter()
        .filter(is_page)
        .map(|file| Ok((file.path.as_str(), tags::read(&String::from_utf8_lossy(&bytes(file)?)))))
        .collect::<Result<_, Error>>()?;
    let schema = &ready.site.schema;
    let looking = Looking {
        files: files.iter().map(|file| file.path.as_str()).collect(),
        ids: pages.iter().map(|(path, tags)| (*path, tags.ids.iter().map(String::as_str).collect())).collect(),
        base: &schema.base_url,
        outside: &schema.links.outside,
        rules: RedirectRules::of(&ready.assets),
    };
    let broken: Vec<String> = pages.par_iter().flat_map_iter(|(path, tags)| looking.broken(path, tags)).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let count = if broken.len() == 1 { "1 link".to_string() } else { format!("{} links", broken.len()) };
    let error = Error::content(format!("the finished site has {count} that lead nowhere"));
    let mut error = broken.iter().take(NAMED).fold(error, |error, link| error.help(link.as_str()));
    if broken.len() > NAMED {
        error = error.help(format!("and {} more", broken.len() - NAMED));
    }
    Err(error.help("mend the template or the file that writes them: links in texts were looked at before"))
}

struct Looking<'a> {
    files: HashSet<&'a str>,
    ids: BTreeMap<&'a str, HashSet<&'a str>>,
    base: &'a BaseUrl,
    outside: &'a [String],
    rules: RedirectRules,
}

impl Looking<'_> {
    /// The links of a page that lead nowhere, each with the page.
    fn broken(&self, path: &str, tags: &PageTags) -> Vec<String> {
        let mut seen = HashSet::new();
        let links = tags.links.iter().filter(|link| seen.insert(link.as_str()));
        links.filter(|link| !self.leads(path, link)).map(|link| format!("`{path}` links to `{link}`")).collect()
    }

    fn leads(&self, page: &str, link: &str) -> bool {
        let link = link
            .strip_prefix(self.base.origin.as_str())
            .filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
            .map_or(link, |rest| if rest.is_empty() { "/" } else { rest });
        let has_scheme = link.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if has_scheme || link.starts_with("//") {
            return true;
        }
        let (address, fragment) = link.split_once('#').map_or((link, ""), |(address, fragment)| (address, fragment));
        let address = address.split('?').next().unwrap_or_default();
        let target = match self.file_of(page, address) {
            LinkedFile::Elsewhere => return true,
            LinkedFile::Missing => return false,
            LinkedFile::File(path) => path,
        };
        let Some(ids) = self.ids.get(target.as_str()) else { return true };
        let fragment = decode_path(fragment).unwrap_or_else(|| fragment.to_string());
        fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:") || ids.contains(fragment.as_str())
    }

    /// The file that an address on a page means.
    fn file_of(&self, page: &str, address: &str) -> LinkedFile {
        if address.is_empty() {
            return LinkedFile::File(page.to_string());
        }
        let Some(decoded) = decode_path(address) else { return LinkedFile::Missing };
        let rooted = match decoded.strip_prefix('/') {
            Some(_) => decoded.clone(),
            None => {
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{}{folder}/{decoded}", self.base.path)
            }
        };
        let rooted = without_dots(&rooted);
        let Some(below) = rooted
            .strip_prefix(self.base.path.as_str())
            .or_else(|| (format!("{rooted}/") == self.base.path).then_some(""))
        else {
            return LinkedFile::Elsewhere; // another site on the same host
        };
        let url = format!("/{below}");
        let plain = below.trim_end_matches('/');
        let folder = if plain.is_empty() { "index.html".to_string() } else { format!("{plain}/index.html") };
        if !below.ends_with('/') && self.files.contains(below) {
            LinkedFile::File(below.to_string())
        } else if self.files.contains(folder.as_str()) {
            LinkedFile::File(folder)
        } else if self.outside.iter().any(|prefix| url.starts_with(prefix.as_str()))
            || self.rules.find(&rooted).is_some()
        {
            LinkedFile::Elsewhere
        } else {
            LinkedFile::Missing
        }
    }
}

enum LinkedFile {
    File(String),
    Elsewhere,
    Missing,
}

/// A path without `.` and `..`, and with single slashes.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with(['/']) || path.ends_with("/.") || path.ends_with("/..") { "/" } else { "" };
    if parts.is_empty() { "/".into() } else { format!("/{}{slash}", parts.join("/")) }
}

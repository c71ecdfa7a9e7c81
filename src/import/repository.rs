//! Where the files of a folder can be read on a code host, as the configuration of a tool says.

use std::path::Path;

use super::tool::{Tool, ToolFolder, text};
use crate::url::BaseUrl;
use crate::yaml::Yaml;

/// What stands for the newest state of a repository in the addresses of code hosts.
const NEWEST: &str = "HEAD";

/// The address of the folder that is drafted, with a slash at the end.
pub(super) fn address(of: &ToolFolder<'_>) -> Option<String> {
    let html = of.values.at("output.html").unwrap_or(&Yaml::Null);
    let repository = match of.tool {
        Tool::MkDocs => text(of.values, &["repo_url"]),
        Tool::MdBook => text(html, &["git-repository-url"]),
        _ => None,
    };
    // What leads to a form for an edit names the folder of the configuration, and the branch.
    let edit = match of.tool {
        Tool::MdBook => text(html, &["edit-url-template"]).and_then(|edit| before(&edit, "{path}")),
        Tool::Docusaurus => text(of.values, &["editUrl"]),
        _ => None,
    };
    let edit = edit.and_then(|edit| folder_of(&edit));
    let (top, base) = match (edit, repository) {
        (Some(edit), _) => (of.top, edit),
        (None, Some(repository)) => {
            let repository = repository.trim_end_matches('/').trim_end_matches(".git");
            let host = repository.split("://").nth(1)?.split('/').next()?;
            let tree = if host.contains("gitlab") { "/-/blob/" } else { "/blob/" };
            let is_known = host == "github.com" || host.contains("gitlab") || host == "codeberg.org";
            (repository_folder(of.top)?, is_known.then(|| format!("{repository}{tree}{NEWEST}/"))?)
        }
        (None, None) => return None,
    };
    let top = top.canonicalize().ok()?;
    let root = of.root.canonicalize().ok()?;
    let url = match (root.strip_prefix(&top), top.strip_prefix(&root)) {
        (Ok(below), _) => format!("{base}{}", slashes(below)?),
        // The folder holds that of the configuration: the address ends with the way to it.
        (_, Ok(below)) => base.strip_suffix(&format!("{}/", slashes(below)?))?.to_string(),
        _ => return None,
    };
    let url = format!("{}/", url.trim_end_matches('/'));
    BaseUrl::parse(&url).is_ok().then_some(url)
}

/// The address that files have instead of the one that edits them.
fn folder_of(edit: &str) -> Option<String> {
    let ways = ["/edit/", "/tree/", "/blob/"].into_iter();
    let (way, at) = ways.filter_map(|way| Some((way, edit.find(way)?))).min_by_key(|(_, at)| *at)?;
    let behind = edit[at + way.len()..].trim_end_matches('/');
    (!behind.is_empty()).then(|| format!("{}/blob/{behind}/", &edit[..at]))
}

fn before(pattern: &str, sign: &str) -> Option<String> {
    pattern.strip_suffix(sign).map(String::from)
}

/// The folder of the repository in which a folder lies.
fn repository_folder(top: &Path) -> Option<&Path> {
    top.ancestors().find(|folder| folder.join(".git").exists())
}

fn slashes(path: &Path) -> Option<String> {
    Some(path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
}

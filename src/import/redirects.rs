//! Addresses from which a tool leads on, as its configuration or its texts say. A site has them where they lead, as `redirect_from`:
//! whoever reads the draft is told of them.

use super::look::FolderContents;
use super::tool::{Config, Tool};
use super::write::counted;
use crate::folders::is_below;
use crate::yaml::Yaml;

/// So many are named.
const NAMED: usize = 8;

/// A sentence with the redirects of a tool that are not taken over. `name` is the file of its configuration.
pub(super) fn note(config: &Config, values: &Yaml, seen: &FolderContents, name: &str) -> Option<String> {
    let (all, place) = match config.tool {
        Tool::MdBook => (pairs(values.at("output.html.redirect")), name),
        Tool::MkDocs => (pairs(of_plugin(values)), name),
        Tool::Zola => (of_sections(config, seen), "`redirect_to`"),
        _ => return None,
    };
    let named: Vec<String> = all.iter().take(NAMED).map(|(from, to)| format!("{from} to {to}")).collect();
    let more = if all.len() > NAMED { ", ..." } else { "" };
    (!all.is_empty()).then(|| {
        format!(
            "{} of {place} not taken over: write `redirect_from` into the texts to which they lead: {}{more}",
            counted(all.len(), "redirect"),
            named.join(", ")
        )
    })
}

fn pairs(redirects: Option<&Yaml>) -> Vec<(String, String)> {
    let Some(Yaml::Map(redirects)) = redirects else { return Vec::new() };
    redirects.iter().filter_map(|(from, to)| Some((from.clone(), to.as_text()?.to_string()))).collect()
}

/// Those of the plug-in `redirects` of MkDocs.
fn of_plugin(values: &Yaml) -> Option<&Yaml> {
    match values.get("plugins")? {
        Yaml::List(plugins) => plugins.iter().find_map(|plugin| plugin.at("redirects.redirect_maps")),
        plugins => plugins.at("redirects.redirect_maps"),
    }
}

/// The sections of Zola that lead on.
fn of_sections(config: &Config, seen: &FolderContents) -> Vec<(String, String)> {
    let texts = seen.texts.iter().filter(|text| is_below(&text.path, &config.folder));
    let pair = |text: &super::look::MarkdownFile| {
        let to = text.get("redirect_to")?.as_text()?.to_string();
        let folder = text.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let below = folder.get(config.folder.len()..)?.trim_matches('/');
        Some((if below.is_empty() { "/".into() } else { format!("/{below}/") }, to))
    };
    texts.filter_map(pair).collect()
}

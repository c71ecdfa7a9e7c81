//! What Dendron says in its configuration of where its notes lie and where it publishes them.

use super::tool::text;
use crate::yaml::Yaml;

/// The folder of the notes, where there is one: `workspace: {vaults: [{fsPath: notes}]}`.
pub(super) fn texts(values: &Yaml) -> Option<String> {
    let Some(Yaml::List(vaults)) = values.at("workspace.vaults").or_else(|| values.get("vaults")) else { return None };
    match vaults.as_slice() {
        [vault] => text(vault, &["fsPath"]),
        _ => None,
    }
}

/// The address of the site.
pub(super) fn base_url(values: &Yaml) -> Option<String> {
    let publishing = values.get("publishing").or_else(|| values.get("site"))?;
    text(publishing, &["siteUrl"])
}

//! Where the entries of kinds lie.

use super::{DeclarationReader, DeclaredValue};
use crate::diagnostics::Code;
use crate::folders::{self, CONTENT};
use crate::model::kind::Kind;
use crate::model::schema::KindId;
use crate::yaml::{MappingPart, PathStep};

/// The folders of all kinds, longest first. Standalone pages lie in `content/` itself, unless a kind has taken it; then, and
/// where a kind has `content/pages/`, that folder is none of theirs either.
pub(super) fn folders(kinds: &[Kind], reader: &mut DeclarationReader) -> Vec<(String, KindId)> {
    let mut all: Vec<(String, KindId)> = Vec::new();
    let is_taken =
        kinds.iter().filter_map(|kind| kind.folder.as_deref()).any(|folder| folders::is_below(CONTENT, folder));
    for (at, kind) in kinds.iter().enumerate() {
        let folder = kind.folder.clone().unwrap_or_else(|| format!("{CONTENT}/{}", kind.plural));
        let folder = if folder.is_empty() { folder } else { folder + "/" };
        let is_built_in = at + 1 == kinds.len();
        if is_built_in && (is_taken || all.iter().any(|(known, _)| *known == folder)) {
            continue;
        }
        if let Some((_, other)) = all.iter().find(|(known, _)| *known == folder) {
            let message =
                format!("the kinds `{}` and `{}` have the same folder", kinds[usize::from(other.0)].name, kind.name);
            let path = ["kinds", &kind.name, "folder"].map(|key| PathStep::Key(key.into()));
            reader.report(
                Code::SiteInvalid,
                &path,
                MappingPart::Value,
                message,
                &["give each kind a folder of its own"],
            );
            continue;
        }
        all.push((folder, KindId(at as u16)));
    }
    let content = format!("{CONTENT}/");
    if !is_taken {
        all.push((content, KindId(kinds.len() as u16 - 1)));
    }
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    all
}

/// Whether a name is that of a Markdown file.
pub(super) fn is_file(name: &str) -> bool {
    folders::without_extension(name).is_some()
}

/// Reads the folder of a kind.
pub(super) fn folder(at: &DeclaredValue<'_>, reader: &mut DeclarationReader) -> Option<String> {
    let text = reader.text(at)?;
    match folders::folder(&text) {
        Ok(folder) => Some(folder),
        Err(why) => {
            let help = ["write it as `Notes`, `docs/guides`, or `.` for the folder of site.yaml itself"];
            reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, why, &help);
            None
        }
    }
}

//! Where the entries of kinds lie.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::folders::{self, CONTENT, Folders, OUTPUT, StaticFolder};
use crate::model::kind::Kind;
use crate::model::schema::KindId;
use crate::url::site_url_meant;
use crate::yaml::{MappingPart, PathStep, Yaml};

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

/// Checks where the static files lie and where the site is written, which is decided before anything is declared. The static
/// folders are known to the schema, too.
pub(super) fn around(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Vec<StaticFolder> {
    let output = site.take("output").and_then(|at| {
        let output = folders::output(&reader.text(&at)?).map_err(|why| reader.needs(&at, why, "`_site`")).ok()?;
        let meets = |folder: &&str| folders::is_below(&output, folder) || folders::is_below(folder, &output);
        let declared = Folders::of(Some(reader.text.text()));
        let named = declared.named().filter(|folder| !folder.is_empty());
        // What `static:` names is said there.
        let statics = declared.statics().iter().map(|folder| &*folder.path).filter(|folder| *folder == "static");
        if let Some(folder) = [CONTENT, "templates"].into_iter().chain(named).chain(statics).find(meets) {
            reader.needs(
                &at,
                format!("the site is made from `{folder}`, and cannot be written into `{output}`"),
                "`_site`",
            );
        }
        Some(output)
    });
    let output = output.unwrap_or_else(|| OUTPUT.into());
    let Some(at) = site.take("static") else { return Vec::new() };
    if !matches!(at.yaml, Yaml::Map(_)) {
        reader.wrong(&at, "folders with their addresses: `{public: /}`");
    }
    let mut statics = Vec::new();
    for (path, at) in at.entries() {
        let Some(url) = reader.text(&at) else { continue };
        match StaticFolder::parse(path, &url) {
            Ok(folder) if folders::is_below(&folder.path, &output) || folders::is_below(&output, &folder.path) => {
                let message = format!("the site is written into `{output}`, which cannot hold its static files");
                reader.needs(&at, message, "another folder for the site, such as `output: _site`");
            }
            Ok(folder) => statics.push(folder),
            Err(why) if StaticFolder::parse(path, "/").is_ok() => {
                let meant = site_url_meant(&url).unwrap_or_else(|| "/".into());
                reader.needs(&at, why, &format!("`{meant}`"));
            }
            Err(why) => {
                let help = "name a folder beside site.yaml, such as `pictures`, or take it out";
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Key, why, &[help]);
            }
        }
    }
    statics
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

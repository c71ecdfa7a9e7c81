//! Folders that a declaration names and the project has not.

use std::collections::BTreeSet;
use std::fs;

use super::Loading;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::folders::{StaticFolder, folder};
use crate::model::source::Source;
use crate::yaml::{self, MappingPart, PathStep, Yaml, YamlText};

impl Loading<'_> {
    /// Reports the static folders that a declaration names and the project has not.
    pub(super) fn missing_statics(&mut self, site: &Source) {
        let root = Some(&site.text).filter(|text| text.contains("static")).map(|text| yaml::parse_readable(text).0);
        let Some(Yaml::Map(declared)) = root.and_then(|root| root.get("static").cloned()) else { return };
        let text = YamlText::new(&site.path, &site.text, 0);
        for (name, url) in declared {
            let Some(fixed) = url.as_text().and_then(|url| StaticFolder::parse(&name, url).ok()) else { continue };
            if fs::symlink_metadata(self.root.join(&fixed.path)).is_err() {
                let path = ["static", &name].map(|key| PathStep::Key(key.into()));
                let message = format!("there is no file or folder `{}`", fixed.path);
                let diagnostic = Diagnostic::new(Code::SiteInvalid, text.place(&path, MappingPart::Key), message);
                self.diagnostics.push(diagnostic.help("correct the path, which counts from site.yaml, or remove it"));
            }
        }
    }

    /// Reports the folders of kinds that the project has not, where another one may be meant. A kind may be without entries.
    pub(super) fn missing_kinds(&mut self, site: &Source, is_empty: bool) {
        let lacks = |name: &str| fs::symlink_metadata(self.root.join(name)).is_err();
        if !self.folders.named().any(lacks) {
            return;
        }
        let Some(Yaml::Map(kinds)) = yaml::parse_readable(&site.text).0.get("kinds").cloned() else { return };
        let text = YamlText::new(&site.path, &site.text, 0);
        for (name, kind) in kinds {
            let Some(named) = kind.get("folder").and_then(Yaml::as_text).and_then(|text| folder(text).ok()) else {
                continue;
            };
            if !lacks(&named) {
                continue;
            }
            let above = named.rsplit_once('/').map_or("", |(above, _)| above);
            let beside = fs::read_dir(self.root.join(above)).into_iter().flatten().flatten();
            let beside: BTreeSet<String> = beside
                .filter(|entry| entry.path().is_dir())
                .filter_map(|entry| entry.file_name().into_string().ok())
                .map(|name| if above.is_empty() { name } else { format!("{above}/{name}") })
                .collect();
            let plural = kind.get("plural").and_then(Yaml::as_text).map_or_else(|| format!("{name}s"), str::to_string);
            let usual = [format!("content/{plural}"), plural];
            let near = nearest(&named, beside.iter().map(String::as_str));
            let near = if near.is_empty() {
                usual.into_iter().find(|usual| !lacks(usual)).into_iter().collect()
            } else {
                near
            };
            if near.is_empty() && !is_empty {
                continue;
            }
            let path = ["kinds", &name, "folder"].map(|key| PathStep::Key(key.into()));
            let message = format!("there is no folder `{named}`");
            let diagnostic = Diagnostic::new(Code::SiteInvalid, text.place(&path, MappingPart::Value), message);
            self.diagnostics.push(match near.is_empty() {
                true => diagnostic.help("correct the path, which counts from site.yaml, or make the folder"),
                false => diagnostic.suggest(&near),
            });
        }
    }
}

//! Folders that a declaration names and that cannot be what they are named for: the project has none of them, or the output is no
//! folder of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Loading;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::folders::{CONTENT, StaticFolder, folder, is_below, output};
use crate::model::source::Source;
use crate::span::Place;
use crate::url::composed;
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

    /// Reports folders of content and templates that are files.
    pub(super) fn files_for_folders(&mut self) {
        let names: BTreeSet<String> = self.folders.names().chain(["templates"]).map(str::to_string).collect();
        for name in names.iter().filter(|name| fs::metadata(self.root.join(name)).is_ok_and(|found| found.is_file())) {
            let message = format!("`{name}` is a file, and has to be a folder");
            let diagnostic = Diagnostic::new(Code::FileUnreadable, Place::whole(&name.as_str().into()), message);
            self.diagnostics.push(diagnostic.help("rename the file, and make a folder of that name"));
        }
    }

    /// Reports an output that a declaration names and that a build would not write into: a link, a file, or what leads by a link
    /// to where the site is made from.
    pub(super) fn unfit_output(&mut self, site: &Source) {
        let root = Some(&site.text).filter(|text| text.contains("output")).map(|text| yaml::parse_readable(text).0);
        let named = root.and_then(|root| output(root.get("output")?.as_text()?).ok());
        let Some(named) = named else { return };
        let folder = self.root.join(&named);
        let (why, help) = match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_symlink() => (
                format!("the output folder `{named}` is a symbolic link"),
                "name the folder it leads to, or remove the link",
            ),
            Ok(found) if !found.is_dir() => {
                (format!("the output folder `{named}` is not a folder"), "name another one, such as `output: _site`")
            }
            _ if let Some(above) = self.no_folder_above(&named) => (
                format!("`{above}` is no folder, and `{named}` cannot lie in it"),
                "name another folder, such as `output: _site`",
            ),
            _ => {
                let statics = self.folders.statics().iter().map(|fixed| &*fixed.path);
                let mut made_from = [CONTENT, "templates"].into_iter().chain(self.folders.named()).chain(statics);
                // What meets by its name is said of the declaration.
                let is_hidden = |from: &&str| {
                    let meets = is_below(&named, from) || is_below(from, &named);
                    !meets && self.root.join(from).canonicalize().is_ok_and(|from| real(&folder).starts_with(from))
                };
                let Some(from) = made_from.find(is_hidden) else { return };
                let why = format!("the site is made from `{from}`, where `{named}` leads, and cannot be written there");
                (why, "name a folder of its own, such as `output: _site`")
            }
        };
        let text = YamlText::new(&site.path, &site.text, 0);
        let place = text.place(&[PathStep::Key("output".into())], MappingPart::Value);
        self.diagnostics.push(Diagnostic::new(Code::SiteInvalid, place, why).help(help));
    }

    /// What stands above a path and is no folder: a file, or a link that leads to nothing.
    fn no_folder_above<'p>(&self, path: &'p str) -> Option<&'p str> {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let mut there = above.filter(|above| fs::symlink_metadata(self.root.join(above)).is_ok());
        there.find(|above| !self.root.join(above).is_dir())
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
            if beside.iter().any(|other| composed(other) == composed(&named)) {
                let path = ["kinds", &name, "folder"].map(|key| PathStep::Key(key.into()));
                let message = format!("there is no folder `{named}`: the disk has the name in another form of Unicode");
                let diagnostic = Diagnostic::new(Code::SiteInvalid, text.place(&path, MappingPart::Value), message);
                self.diagnostics.push(diagnostic.help("copy the name from the disk, or rename the folder"));
                continue;
            }
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

/// Where a path leads behind all links. What is not there yet lies where the folder above it does.
fn real(path: &Path) -> PathBuf {
    let there = |above: &&Path| above.canonicalize().is_ok();
    let Some(above) = path.ancestors().find(there) else { return path.to_path_buf() };
    let rest = path.strip_prefix(above).unwrap_or(Path::new(""));
    above.canonicalize().map_or_else(|_| path.to_path_buf(), |real| real.join(rest))
}

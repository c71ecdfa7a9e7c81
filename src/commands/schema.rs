//! `limber schema`: JSON Schema of front matter and of `site.yaml`, for editors.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::{FAILED, FINE, report, site_of};
use crate::error::Error;
use crate::json_schema;
use crate::model::options::Options;
use crate::model::site::Site;

/// What stands for `site.yaml` among the kinds.
const DECLARATION: &str = "site";

pub(super) fn run(root: &Path, kind: Option<&str>, out: Option<&Path>, quiet: bool) -> u8 {
    if kind == Some(DECLARATION) {
        report::data(&text(&json_schema::of_declaration()));
        return FINE;
    }
    let Some(snapshot) = site_of(root, Options { drafts: true, ..Options::default() }) else { return FAILED };
    let Some(ready) = &snapshot.ready else { return FAILED };
    let site = &*ready.site;
    let wanted = kind.map(|name| (name, site.schema.kind_named(name)));
    match (wanted, out) {
        (Some((name, None)), _) => {
            let kinds: Vec<_> = site.schema.kinds.iter().map(|kind| kind.name.as_str()).collect();
            let help = format!("known kinds are {}", kinds.join(", "));
            return report::fail(&Error::request(format!("there is no kind `{name}`")).help(help));
        }
        (Some((_, Some(id))), None) => report::data(&text(&json_schema::of_kind(site, id))),
        (None, None) => report::data(&text(&json_schema::of_site(site))),
        (_, Some(out)) => match write(site, &root.join(out)) {
            Ok(files) if !quiet => {
                report::say(format!("{} in {}", report::counted(files, "file", "files"), out.display()));
            }
            Ok(_) => {}
            Err(error) => {
                return report::fail(&Error::system(format!("{} cannot be written: {error}", out.display())));
            }
        },
    }
    FINE
}

/// Writes `article.json` for files of entries and `articles.json` for a data file, for every kind; `about-data.json`
/// where a kind is called like its folder; and `site.yaml.json`.
fn write(site: &Site, out: &Path) -> io::Result<usize> {
    fs::create_dir_all(out)?;
    fs::write(out.join("site.yaml.json"), text(&json_schema::of_declaration()))?;
    let mut files = 1;
    for id in site.schema.kind_ids() {
        let kind = site.schema.kind(id);
        fs::write(out.join(format!("{}.json", kind.name)), text(&json_schema::of_kind(site, id)))?;
        let data = if kind.plural == kind.name { format!("{}-data", kind.plural) } else { kind.plural.clone() };
        fs::write(out.join(format!("{data}.json")), text(&json_schema::of_data_file(site, id)))?;
        files += 2;
    }
    Ok(files)
}

fn text(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("a schema can be written as JSON") + "\n"
}

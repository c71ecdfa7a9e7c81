//! Links to other sites: listing them, and having them asked.

use std::path::Path;

use super::report;
use crate::diagnostics::{Code, Diagnostic, Locations};
use crate::error::Error;
use crate::external::links;
use crate::model::site::Site;

/// All links to other sites, each with the places where it stands.
pub(super) fn list(root: &Path, site: &Site) -> String {
    let links = links(site);
    let marks: Vec<Diagnostic> = links
        .iter()
        .flat_map(|(url, places)| {
            places.iter().map(move |place| Diagnostic::new(Code::LinkExternalBroken, place.clone(), url.as_str()))
        })
        .collect();
    let texts = report::complete(root, &marks, Default::default());
    let locations = Locations::new(&texts);
    let mut out = String::new();
    for (url, places) in &links {
        out.push_str(&format!("{url}\n"));
        for place in places {
            let (line, column) = locations.of(place).start;
            out.push_str(&format!("  {}:{line}:{column}\n", place.path));
        }
    }
    out
}

/// Asks the other sites, and reports what is not there.
#[cfg(feature = "external")]
pub(super) fn check(root: &Path, site: &Site, quiet: bool) -> Result<Vec<Diagnostic>, Error> {
    Ok(super::asking::check(root, site, quiet))
}

/// Says that this build cannot ask other sites.
#[cfg(not(feature = "external"))]
pub(super) fn check(_: &Path, _: &Site, _: bool) -> Result<Vec<Diagnostic>, Error> {
    Err(Error::request("this build of limber cannot ask other sites")
        .help("build it with `cargo build --features external`"))
}

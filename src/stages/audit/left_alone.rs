//! Patterns under `links.leave_alone` that no link fits: left there, they would keep the next one from being asked.

use crate::diagnostics::{Code, Diagnostic};
use crate::external::links;
use crate::model::site::Site;
use crate::yaml::MappingPart;

/// Reports patterns that stand for nothing.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let patterns = &site.schema.links.leave_alone;
    if patterns.is_empty() {
        return;
    }
    let links = links(site);
    for (glob, path) in patterns.iter().filter(|(glob, _)| !links.keys().any(|url| glob.fits(url))) {
        let place = site.schema.text.place(path, MappingPart::Value);
        let message = format!("no page links to an address like `{}`", glob.text());
        diagnostics.push(Diagnostic::new(Code::ExceptionUnused, place, message).help("remove the line"));
    }
}

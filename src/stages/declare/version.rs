//! `limber:`: which versions of the program may build the site.

use semver::{Version, VersionReq};

use super::{DeclarationReader, Mapping};
use crate::diagnostics::Code;
use crate::yaml::MappingPart;

/// The version of this program.
const OWN: &str = env!("CARGO_PKG_VERSION");

/// Whether the site wants this version; one that it does not want is reported, and so is what says nothing.
pub(super) fn fits(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> bool {
    let Some(at) = site.take("limber") else { return true };
    let Some(written) = reader.text(&at) else { return true };
    let (Ok(wanted), Ok(own)) = (VersionReq::parse(&written), Version::parse(OWN)) else {
        reader.needs(
            &at,
            format!("`{written}` names no versions"),
            "`limber: \">=0.1, <2\"`, in quotes and with a comma between two",
        );
        return true;
    };
    // A version before a release stands for the release to come.
    let own = Version::new(own.major, own.minor, own.patch);
    if wanted.matches(&own) {
        return true;
    }
    let message = format!("the site wants Limber `{written}`");
    let help = format!("this is {OWN}: run a version that the site wants, or change the line");
    reader.report(Code::VersionUnfit, &at.path, MappingPart::Value, message, &[&help]);
    false
}

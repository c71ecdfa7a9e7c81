//! `hosts:`: from which other sites pages may load something, and where they may send forms.

use super::{DeclarationReader, Mapping};
use crate::diagnostics::Code;
use crate::model::hosts::Hosts;
use crate::yaml::MappingPart;

/// Reads the hosts.
pub(super) fn hosts(site: &mut Mapping<'_>, reader: &mut DeclarationReader) -> Hosts {
    let mut map = site.mapping("hosts", reader);
    let mut all = Hosts::default();
    for (key, list) in
        [("frames", &mut all.frames), ("images", &mut all.images), ("media", &mut all.media), ("forms", &mut all.forms)]
    {
        for at in map.take(key).map_or_else(Vec::new, |at| at.items()) {
            let Some(written) = reader.text(&at) else { continue };
            let host = written.strip_prefix("https://").unwrap_or(&written).trim_end_matches('/');
            let plain = |c: char| c.is_ascii_alphanumeric() || ".-:*".contains(c);
            if host.contains('.') && host.chars().all(plain) {
                list.push(host.to_ascii_lowercase());
            } else {
                let message = format!("`{written}` is no host that pages can be allowed to use");
                let help = ["write its name alone, such as `video.example` or `*.example.org`"];
                reader.report(Code::SiteInvalid, &at.path, MappingPart::Value, message, &help);
            }
        }
    }
    map.finish(reader);
    all
}

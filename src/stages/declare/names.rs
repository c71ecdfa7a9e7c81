//! Addresses and the names of kinds, as many parts of `site.yaml` have them.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::kind::Kind;
use crate::model::schema::KindId;
use crate::url::{BaseUrl, site_url};
use crate::yaml::MappingPart;

impl DeclarationReader {
    /// Reads where the site will live; without it, on this machine.
    pub fn base_url(&mut self, site: &mut Mapping<'_>) -> BaseUrl {
        let local = || BaseUrl { origin: "http://localhost".into(), path: "/".into() };
        let Some(at) = site.take("base_url") else { return local() };
        let Some(text) = self.text(&at) else { return local() };
        BaseUrl::parse(&text).unwrap_or_else(|why| {
            let help = ["write it as `https://example.org/`, with the folder behind the host if there is one"];
            self.report(Code::UrlInvalid, &at.path, MappingPart::Value, why, &help);
            local()
        })
    }

    /// Reads the address of a page of the site.
    pub fn site_url(&mut self, at: &DeclaredValue<'_>) -> Option<String> {
        let url = self.text(at)?;
        match site_url(&url) {
            Ok(()) => Some(url),
            Err(why) => {
                let parts: Vec<&str> = url.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
                let meant = format!("/{}/", parts.join("/"));
                let meant = if meant.len() > 2 && site_url(&meant).is_ok() { meant } else { "/list/".into() };
                self.report(Code::UrlInvalid, &at.path, MappingPart::Value, why, &[&format!("write it as `{meant}`")]);
                None
            }
        }
    }

    /// Reads the names of kinds.
    pub fn kinds(&mut self, at: &DeclaredValue<'_>, kinds: &[Kind]) -> Vec<KindId> {
        let Some(text) = self.text(at) else { return Vec::new() };
        self.kinds_in(at, &text, kinds)
    }

    /// Reads `article`, `article|topic` or `*`.
    pub fn kinds_in(&mut self, at: &DeclaredValue<'_>, text: &str, kinds: &[Kind]) -> Vec<KindId> {
        if text.trim() == "*" {
            return (0..kinds.len() as u16).map(KindId).collect();
        }
        let mut found = Vec::new();
        for name in text.split('|').map(str::trim) {
            match kinds.iter().position(|kind| kind.name == name) {
                Some(number) => found.push(KindId(number as u16)),
                None => {
                    let meant = self.unknown(at, "kind", name, kinds.iter().map(|kind| kind.name.as_str()));
                    let meant = kinds.iter().position(|kind| meant.as_ref() == Some(&kind.name));
                    found.extend(meant.map(|number| KindId(number as u16)));
                }
            }
        }
        found
    }
}

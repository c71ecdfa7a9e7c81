//! Addresses and the names of kinds, as many parts of `site.yaml` have them.

use super::{DeclarationReader, DeclaredValue, Mapping};
use crate::diagnostics::Code;
use crate::model::kind::Kind;
use crate::model::schema::KindId;
use crate::url::{BaseUrl, site_url, site_url_meant};
use crate::yaml::MappingPart;

impl DeclarationReader {
    /// Reads where the site will live; without it, on this machine.
    pub fn base_url(&mut self, site: &mut Mapping<'_>) -> BaseUrl {
        let Some(at) = site.take("base_url") else { return BaseUrl::local() };
        let Some(text) = self.text(&at) else { return BaseUrl::local() };
        BaseUrl::parse(&text).unwrap_or_else(|why| {
            let help =
                format!("write it as `{}`, with the folder behind the host if there is one", BaseUrl::meant(&text));
            self.report(Code::UrlInvalid, &at.path, MappingPart::Value, why, &[&help]);
            BaseUrl::local()
        })
    }

    /// Reads the address of a page of the site.
    pub fn site_url(&mut self, at: &DeclaredValue<'_>) -> Option<String> {
        self.site_url_or(at, |typed| site_url_meant(typed).unwrap_or_else(|| "/list/".into()))
    }

    /// The same with what is meant by a text that is none.
    pub fn site_url_or(&mut self, at: &DeclaredValue<'_>, meant: impl Fn(&str) -> String) -> Option<String> {
        let url = self.text(at)?;
        match site_url(&url) {
            Ok(()) => Some(url),
            Err(why) => {
                let help = format!("write it as `{}`", meant(&url));
                self.report(Code::UrlInvalid, &at.path, MappingPart::Value, why, &[&help]);
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

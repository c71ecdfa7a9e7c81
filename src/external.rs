//! Links to other sites: where they stand, and whether what they lead to is there.

#[cfg(feature = "external")]
mod asking;
#[cfg(feature = "external")]
mod kept;
#[cfg(feature = "external")]
mod replies;
#[cfg(feature = "external")]
mod robots;
#[cfg(feature = "external")]
mod turns;

use std::collections::BTreeMap;
#[cfg(feature = "external")]
use std::collections::BTreeSet;
#[cfg(feature = "external")]
use std::io;

#[cfg(feature = "external")]
pub use asking::{Asking, ask};
#[cfg(feature = "external")]
use serde::{Deserialize, Serialize};

use crate::model::site::Site;
use crate::model::value::Value;
use crate::span::Place;

/// Every address on other sites with the places where it stands: texts, fields, the bibliography.
pub fn links(site: &Site) -> BTreeMap<String, Vec<Place>> {
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut add = |url: &str, place: Place| {
        let page = url.split('#').next().unwrap_or(url);
        if page.starts_with("https://") || page.starts_with("http://") {
            links.entry(page.to_string()).or_default().push(place);
        }
    };
    for entry in &site.entries {
        let doc = &entry.doc;
        for body in doc.bodies() {
            for link in &body.external {
                add(&link.url, doc.body_place(body, link.span.clone()));
            }
        }
        doc.every_value(&mut |value, place| {
            if let Value::Url(url, at) = value {
                add(url, place(at));
            }
        });
    }
    for work in site.bibliography.works.values() {
        if let Some(url) = &work.url {
            add(url, work.place.clone());
        }
    }
    for places in links.values_mut() {
        places.sort();
        places.dedup();
    }
    links
}

/// What another site answered.
#[cfg(feature = "external")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It is there.
    There,
    /// It is not.
    Gone {
        /// What the address does instead.
        why: String,
        /// That may be otherwise in an hour.
        for_now: bool,
    },
    /// The site asks programs to leave the address alone.
    Unwanted,
    /// Nobody knows: the site was too busy, this machine does not reach it, or the time was up.
    NotNow,
}

/// What all of them answered.
#[cfg(feature = "external")]
#[derive(Debug)]
pub struct Answers {
    /// By address.
    pub answers: BTreeMap<String, Answer>,
    /// Those of them that were given at an earlier time.
    pub from_before: BTreeSet<String>,
    /// Why they could not be kept for the next time.
    pub not_kept: Option<io::Error>,
}

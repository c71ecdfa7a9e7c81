//! Links to other sites: where they stand.

use std::collections::BTreeMap;

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

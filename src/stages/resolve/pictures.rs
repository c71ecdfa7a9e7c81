//! Pictures of texts and fields, and entries that fields name.

use super::names::{NameTarget, Names};
use crate::diagnostics::{Code, Diagnostic};
use crate::links;
use crate::model::asset::IMAGES;
use crate::model::body::Body;
use crate::model::doc::Doc;
use crate::model::fields::image::is_elsewhere;
use crate::model::site::{Catalogue, EntryId};
use crate::model::value::Value;
use crate::span::Place;

/// Without width and height the text jumps when the image arrives. Drawings scale, so theirs are not asked for.
pub(super) fn check_images(
    site: &Catalogue,
    names: &Names<'_>,
    id: EntryId,
    body: &Body,
    problems: &mut Vec<Diagnostic>,
) {
    let entry = site.entry(id);
    let doc = &entry.doc;
    for image in &body.images {
        let place = || doc.body_place(body, image.span.clone());
        let file = links::image_meant(image, doc.path(), Some(&entry.url), &site.schema, &site.assets);
        match file.and_then(|path| site.assets.at(path)) {
            None if site.assets.is_reported(&image.path) => {}
            None if links::leads_out(&image.path) => problems.push(missing_image(names, &image.written, place())),
            None => problems.push(missing_image(names, &site.schema.lies_at(&image.path), place())),
            Some(asset) if asset.size.is_none() && !image.path.to_ascii_lowercase().ends_with(".svg") => {
                let message = format!("the size of the image `{}` cannot be read", image.path);
                let diagnostic = Diagnostic::new(Code::ImageWithoutSize, place(), message);
                problems.push(diagnostic.help("save the image again as PNG, JPEG, WebP or AVIF"));
            }
            Some(_) => {}
        }
    }
}

pub(super) fn missing_image(names: &Names<'_>, path: &str, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ImageMissing, place, format!("there is no image `{path}`"));
    let near: Vec<_> = names.files().meant(path).names.into_iter().filter(|path| is_image(path)).collect();
    if near.is_empty() {
        diagnostic.help("put the file there, or correct the path: it counts from the folder of the page")
    } else {
        diagnostic.suggest(&near)
    }
}

/// Whether browsers show a file as an image.
fn is_image(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| IMAGES.contains(&&*extension.to_ascii_lowercase()))
}

/// Images and entries that values of fields refer to.
pub(super) fn check_values(site: &Catalogue, names: &Names<'_>, doc: &Doc, problems: &mut Vec<Diagnostic>) {
    let all: Vec<_> = site.schema.kind_ids().collect();
    doc.every_value(&mut |value, place| {
        if let Value::Image(path, at) = value {
            match site.assets.at(path) {
                None if site.assets.is_reported(path) || is_elsewhere(path) => {}
                None => problems.push(missing_image(names, path, place(at))),
                Some(asset) if asset.size.is_none() && !is_image(path) => {
                    let message = format!("`{path}` is no image that browsers show");
                    let diagnostic = Diagnostic::new(Code::ImageWithoutSize, place(at), message);
                    problems.push(diagnostic.help("save it as PNG, JPEG, WebP or AVIF"));
                }
                Some(_) => {}
            }
        }
        if let Value::Entry(name, at) = value
            && !matches!(names.find(name, &all), NameTarget::One(_) | NameTarget::LeftOut)
        {
            let message = format!("no entry is named `{name}`");
            let diagnostic = Diagnostic::new(Code::RelationUnknownTarget, place(at), message);
            let meant = names.meant(name, &all);
            problems.push(if meant.names.is_empty() {
                diagnostic.help("write the slug of an entry, or kind and slug")
            } else {
                diagnostic.suggest_fix(name, &meant)
            });
        }
    });
}

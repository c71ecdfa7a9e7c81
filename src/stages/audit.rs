//! A site to what could be better in it: nothing here keeps pages from being drawn.

mod due;
mod neighbours;
mod search;
mod unused;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::reach::reaches;
use crate::model::site::Site;

/// Looks at a site. Unless every file could be read, nobody can say what is alone or unused.
pub fn audit(site: &Site, whole: bool) -> Vec<Diagnostic> {
    let (mut diagnostics, others) = rayon::join(|| if whole { of_all(site) } else { Vec::new() }, || of_each(site));
    diagnostics.extend(others);
    diagnostics
}

/// What only the whole site can tell.
fn of_all(site: &Site) -> Vec<Diagnostic> {
    let (mut diagnostics, reaches) = (Vec::new(), reaches(site));
    neighbours::check(site, &reaches, &mut diagnostics);
    unused::check(site, &reaches, &mut diagnostics);
    diagnostics
}

fn of_each(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    search::check(site, &mut diagnostics);
    due::check(site, &mut diagnostics);
    check_images(site, &mut diagnostics);
    diagnostics
}

/// Without width and height the text jumps when the image arrives. Drawings scale, so theirs are not asked for.
fn check_images(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &site.entries {
        for body in entry.doc.bodies() {
            for image in body.images.iter().filter(|image| !image.path.to_ascii_lowercase().ends_with(".svg")) {
                let asset = site.assets.by_path.get(&image.path);
                if asset.is_some_and(|asset| asset.size.is_none()) {
                    let place = entry.doc.body_place(body, image.span.clone());
                    let message = format!("the size of the image `{}` cannot be read", image.path);
                    let diagnostic = Diagnostic::new(Code::ImageWithoutSize, place, message);
                    diagnostics.push(diagnostic.help("save the image again as PNG, JPEG, WebP or AVIF"));
                }
            }
        }
    }
}

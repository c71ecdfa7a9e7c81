//! Images of the project.

use pulldown_cmark::Event;

use super::links::Written;
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::{escape, push_escaped};
use crate::links::{self, Address};
use crate::model::doc::{Filling, ImageRef, Target};
use crate::span::Offset;

impl Writer<'_> {
    /// An image, with what stands between its brackets. One that is not of the project is reported and left out.
    pub fn image(&mut self, image: &Written<'_>, inside: &[Event<'_>]) {
        let path = match links::read(&image.dest, self.reading.folder, self.reading.schema) {
            Address::Internal(Target::File(path), _) => path,
            Address::Internal(Target::Page(url), _) => format!("static{url}"),
            _ => {
                let message = format!("a page cannot show the image `{}`", image.dest);
                let help = "put the file into the project: pages load nothing from other sites";
                return self.problem(Code::LinkUnsafe, image.address_span(self.text), message, help);
            }
        };
        let alt = alternative(inside);
        if alt.trim().is_empty() {
            let message = format!("the image `{}` has no alternative text", image.dest);
            let help = "write what it shows between the brackets: `![A foam roller under a calf](roller.png)`";
            self.problem(Code::ImageWithoutAlt, image.span.clone(), message, help);
        }
        let number = self.out.body.images.len() as Offset;
        let span = self.path_span(image).0;
        self.out.body.images.push(ImageRef { path, span });
        self.raw("<img");
        self.hole(Filling::Image(number));
        let title = if image.title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&image.title)) };
        self.raw(format!(" alt=\"{alt}\"{title} loading=\"lazy\">"));
    }
}

/// The alternative text of an image, as the value of an attribute.
fn alternative(inside: &[Event<'_>]) -> String {
    let mut alt = String::new();
    for event in inside {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => push_escaped(&mut alt, text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            _ => {}
        }
    }
    alt
}

//! The page for addresses that do not exist, and pages that lead on from old addresses.

use super::{
    Drawing,
    frame::{self, Frame},
};
use crate::model::plan::RedirectTarget;
use crate::model::schema::GeneratedPage;
use crate::templates::Values;

/// What the template of the page for missing addresses sees.
pub fn not_found(drawing: Drawing<'_>, page: &GeneratedPage, url: &str) -> Values {
    let mut frame = Frame::made(drawing.site, "not_found", &page.title, url);
    frame.noindex = true;
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values
}

/// What the template of a redirect sees.
pub fn redirect(drawing: Drawing<'_>, to: &RedirectTarget, url: &str) -> Values {
    let (site, title) = (drawing.site, to.title(drawing.site));
    let mut frame = Frame::made(site, "redirect", title, url);
    frame.noindex = true;
    frame.canonical = to.url(site).split('#').next().map(String::from);
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values.set("target", to.href(site));
    values.set("target_title", title);
    values
}

/// What the template of a page sees where there is nothing any more.
pub fn gone(drawing: Drawing<'_>, url: &str) -> Values {
    let mut frame = Frame::made(drawing.site, "gone", drawing.site.schema.texts.get("gone"), url);
    frame.noindex = true;
    let mut values = Values::default();
    values.set("page", frame::page(drawing, url, frame));
    values
}

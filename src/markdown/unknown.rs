//! What other programs read in Markdown and this one does not. A page would show it as it was typed, so it is said once for
//! each text, with the way out.

mod attributes;
mod comments;
mod declarations;
mod formulas;
mod lines;
mod within;

pub(super) use comments::comment;
pub(super) use declarations::FORMULA_KIND;
pub(super) use lines::line;
pub(super) use within::{SIGNS, colons, signs, template_at};

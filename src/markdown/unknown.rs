//! What other programs read in Markdown and this one does not. A page would show it as it was typed, so it is said once for
//! each text, with the way out.

mod attributes;
mod comments;
mod declarations;
mod formulas;
mod lines;
mod within;

pub(super) use comments::comments as comments_of_others;
pub(super) use declarations::{COMMENT_KIND, FORMULA_KIND, TEMPLATE_KIND};
pub(super) use formulas::{Formula, formulas};
pub(super) use lines::{late_alert, line};
pub(super) use within::{SIGNS, colons, in_html, signs, template_at};

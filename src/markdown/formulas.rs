//! Formulas: `$x_i$` in a line, `$$x_i$$` as a block of its own, where a site switches them on.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostics::Code;
use crate::html::escape;
use crate::sentences::words;

impl Writer<'_> {
    /// Draws a formula with the signs around it.
    pub(super) fn formula(&mut self, tex: &str, span: &Range<usize>, block: bool) {
        let length = if block { 2 } else { 1 };
        let inside = span.start + length..span.end.saturating_sub(length).max(span.start + length);
        self.formula_at(tex, &inside, block);
    }

    /// Draws a formula that stands in this place. One that cannot be drawn is shown as it was typed.
    pub(super) fn formula_at(&mut self, tex: &str, inside: &Range<usize>, block: bool) {
        self.out.body.words += words(tex);
        match self.formulas.mathml(tex, block) {
            Ok(mathml) => self.raw(mathml),
            Err(error) => {
                let as_written = self.text.get(inside.clone()) == Some(tex);
                let at = inside.start + error.at.start..inside.start + error.at.end;
                let at = if as_written { at } else { inside.clone() };
                let help = "mend it, or write `\\$` where no formula is meant; the page shows it as it is typed";
                self.problem(
                    Code::MarkdownUnread,
                    at,
                    format!("this formula cannot be drawn: {}", error.message),
                    help,
                );
                self.raw(format!("<code>{}</code>", escape(tex)));
            }
        }
    }
}

//! The fences of pieces of code in a text that is read line by line.

/// Follows the fences of a text.
#[derive(Default)]
pub(super) struct Fences {
    /// The signs and the column of the fence that is open.
    open: Option<(String, usize)>,
}

/// What a line is to a piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeLine<'t> {
    /// No line of one.
    Outside,
    /// The line that begins one, with what stands behind the fence.
    Begins(&'t str),
    /// A line in one.
    Inside,
    /// The line that ends one.
    Ends,
}

impl Fences {
    /// Reads the next line, without what stands before its first sign, which is in this column.
    pub fn line<'t>(&mut self, rest: &'t str, column: usize) -> CodeLine<'t> {
        let sign = rest.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let behind = sign.map_or(rest, |sign| rest.trim_start_matches(sign));
        let signs = &rest[..rest.len() - behind.len()];
        if let Some((open, at)) = &self.open {
            // What is indented further is a line of the code.
            if signs.starts_with(open.as_str()) && behind.trim().is_empty() && column < at + 4 {
                self.open = None;
                return CodeLine::Ends;
            }
            return CodeLine::Inside;
        }
        if signs.len() < 3 || signs.starts_with('`') && behind.contains('`') {
            return CodeLine::Outside;
        }
        self.open = Some((signs.to_string(), column));
        CodeLine::Begins(behind.trim())
    }

    /// Ends the piece of code that is open: what it stood in ends.
    pub fn leave(&mut self) {
        self.open = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_code_ends_at_its_own_fence() {
        let text = "a\n``` md {1}\n    ```\n````\nb\n~~~\n```\n~~~ \n``` a`\n";
        let mut fences = Fences::default();
        let lines = text.lines().map(|line| fences.line(line.trim_start(), line.len() - line.trim_start().len()));
        use CodeLine::{Begins, Ends, Inside, Outside};
        let expected = [Outside, Begins("md {1}"), Inside, Ends, Outside, Begins(""), Inside, Ends, Outside];
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }
}

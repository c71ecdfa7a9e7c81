//! The fences of pieces of code in a text that is read line by line.

/// Follows the fences of a text.
#[derive(Default)]
pub(super) struct Fences {
    /// The signs and the column of the fence that is open.
    open: Option<(String, usize)>,
}

impl Fences {
    /// Reads the next line, without what stands before its first sign, which is in this column. Says whether it is a line of a
    /// piece of code, or begins or ends one.
    pub fn is_code(&mut self, rest: &str, column: usize) -> bool {
        let sign = rest.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let behind = sign.map_or(rest, |sign| rest.trim_start_matches(sign));
        let signs = &rest[..rest.len() - behind.len()];
        if let Some((open, at)) = &self.open {
            // What is indented further is a line of the code.
            if signs.starts_with(open.as_str()) && behind.trim().is_empty() && column < at + 4 {
                self.open = None;
            }
            return true;
        }
        if signs.len() < 3 || signs.starts_with('`') && behind.contains('`') {
            return false;
        }
        self.open = Some((signs.to_string(), column));
        true
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
        let lines = text.lines().map(|line| fences.is_code(line.trim_start(), line.len() - line.trim_start().len()));
        assert_eq!(lines.collect::<Vec<_>>(), [false, true, true, true, false, true, true, true, false]);
    }
}

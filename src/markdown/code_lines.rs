//! Which lines of a text are code, where it is read before Markdown is.

/// The column from which a line is no fence but code itself.
const INDENTED: usize = 4;

/// Follows fences, items and quotes line by line.
#[derive(Default)]
pub(super) struct LineWalk<'t> {
    fence: Option<Fence<'t>>,
    /// The columns in which the text of the open items begins.
    items: Vec<usize>,
    /// Whether the last line with a text was code by its indentation.
    indented: bool,
    /// Whether a text goes on from the last line.
    goes_on: bool,
    /// Whether lines are no code by their indentation, and fences may stand at any column.
    at_any_column: bool,
}

struct Fence<'t> {
    signs: &'t str,
    /// The column of the text of the item it stands in.
    column: usize,
    quoted: bool,
}

impl<'t> LineWalk<'t> {
    /// For a text in which fences may stand at any column, as in MDX.
    pub fn at_any_column() -> Self {
        Self { at_any_column: true, ..Self::default() }
    }

    /// Whether the next line belongs to a piece of code.
    pub fn line(&mut self, line: &'t str) -> CodePlace {
        let written = Written::of(line);
        let is_blank = written.rest.is_empty();
        if let Some(fence) = &self.fence {
            let leaves = if fence.quoted { !written.quoted } else { !is_blank && written.column < fence.column };
            if !leaves {
                let signs = signs(written.rest);
                let ends = signs.starts_with(fence.signs) && signs == written.rest && !written.is_item;
                if ends {
                    self.fence = None;
                }
                return if ends { CodePlace::Border } else { CodePlace::Inside };
            }
            self.fence = None;
        }
        let goes_on = std::mem::replace(&mut self.goes_on, !is_blank);
        if is_blank {
            return CodePlace::Outside;
        }
        while self.items.pop_if(|item| written.column < *item).is_some() {}
        let column = if written.is_item { written.text } else { self.items.last().copied().unwrap_or_default() };
        if written.is_item {
            self.items.push(column);
        }
        let is_indented = !self.at_any_column && written.text >= column + INDENTED;
        self.indented = is_indented && (self.indented || !goes_on);
        let signs = signs(written.rest);
        if signs.len() < 3 || written.rest[signs.len()..].contains('`') || is_indented {
            return CodePlace::Outside;
        }
        self.fence = Some(Fence { signs, column, quoted: written.quoted });
        CodePlace::Border
    }

    /// Whether the last line with a text was code by its indentation.
    pub fn is_indented(&self) -> bool {
        self.indented
    }

    /// Whether the piece of code that is open goes on in a line.
    pub fn goes_on(&self, line: &str) -> bool {
        let written = Written::of(line);
        self.fence.as_ref().is_some_and(|fence| {
            let leaves =
                if fence.quoted { !written.quoted } else { !written.rest.is_empty() && written.column < fence.column };
            let signs = signs(written.rest);
            !(leaves || signs.starts_with(fence.signs) && signs == written.rest)
        })
    }
}

/// What a line is to a piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodePlace {
    /// No line of one.
    Outside,
    /// The line that begins or ends one.
    Border,
    /// A line in one.
    Inside,
}

/// A line without what stands before its text.
struct Written<'t> {
    rest: &'t str,
    /// The column of its first sign besides those of quotes.
    column: usize,
    /// The column of its text.
    text: usize,
    quoted: bool,
    is_item: bool,
}

impl<'t> Written<'t> {
    fn of(line: &'t str) -> Self {
        let mut written = Self { rest: line, column: 0, text: 0, quoted: false, is_item: false };
        written.spaces();
        while let Some(rest) = written.rest.strip_prefix('>').filter(|_| written.text < INDENTED) {
            (written.rest, written.text, written.quoted) = (rest.strip_prefix(' ').unwrap_or(rest), 0, true);
            written.spaces();
        }
        written.column = written.text;
        loop {
            if let Some(rest) = written.rest.strip_prefix('>').filter(|_| written.is_item) {
                (written.rest, written.quoted) = (rest, true);
                written.spaces();
                continue;
            }
            let Some(length) = item_sign(written.rest) else { break };
            let is_note = written.rest.starts_with('[');
            written.rest = &written.rest[length..];
            written.text += length;
            written.is_item = true;
            written.spaces();
            if is_note {
                written.text = INDENTED;
            }
        }
        written.rest = written.rest.trim_end();
        written
    }

    fn spaces(&mut self) {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let space = &self.rest[..self.rest.len() - rest.len()];
        self.text += space.chars().map(|c| if c == '\t' { INDENTED } else { 1 }).sum::<usize>();
        self.rest = rest;
    }
}

/// How long the sign of an item is: `-`, `1.`.
fn item_sign(text: &str) -> Option<usize> {
    // The text of a note and of a definition may be indented, too.
    if text.starts_with("[^") && text.contains("]:") {
        return text.find("]:").map(|end| end + 2);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let signs: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+', ':'] };
    let rest = text[digits..].strip_prefix(signs).filter(|_| digits < 10)?;
    rest.starts_with([' ', '\t']).then_some(digits + 1)
}

/// The signs of a fence at the beginning of a text.
fn signs(text: &str) -> &str {
    let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    sign.map_or("", |sign| &text[..text.len() - text.trim_start_matches(sign).len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_goes_as_far_as_its_fence_its_item_or_its_quote() {
        use CodePlace::{Border, Inside, Outside};
        let read = |text: &'static str| {
            let mut lines = LineWalk::default();
            text.lines().map(|line| lines.line(line)).collect::<Vec<_>>()
        };
        assert_eq!(read("```a\n    ~~~\n```\nb"), [Border, Inside, Border, Outside]);
        assert_eq!(read("- ```\n  a\n  ```\nb"), [Border, Inside, Border, Outside]);
        assert_eq!(read("1. a\n\n   ```\n   b\n\nc"), [Outside, Outside, Border, Inside, Inside, Outside]);
        assert_eq!(read("> ```\n> a\n\nb"), [Border, Inside, Outside, Outside]);
        assert_eq!(read("a\n\n    ```\n\nb"), [Outside; 5]);
        assert_eq!(read("- > ```\n  > a\n  > ```\n  > b"), [Border, Inside, Border, Outside]);
    }
}

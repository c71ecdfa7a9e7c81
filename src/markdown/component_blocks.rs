//! Components of MDX whose tags stand on lines of their own: what stands between these is Markdown, however far it is indented.
//! Markdown itself reads a block of HTML up to the next empty line, and code in what is indented.

use super::components::end_of_tag;
use super::fences::Fences;
use super::rewritten::Edit;

/// A component that is open.
struct ComponentLevel<'t> {
    name: &'t str,
    /// The column at which its tags are written from now on.
    base: usize,
    /// That at which begins what it holds; none before its first line.
    column: Option<usize>,
}

/// What a line is that is a tag and nothing else.
enum TagLine<'t> {
    Start(&'t str),
    Empty,
    End(&'t str),
}

/// What has to be changed in a text so that the words in its components are read.
pub(super) fn component_blocks(text: &str) -> Vec<Edit> {
    if !text.contains("</") && !text.contains("/>") {
        return Vec::new();
    }
    let mut walk =
        BlockWalk { text, levels: Vec::new(), edits: Vec::new(), fences: Fences::default(), before: Before::Nothing };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        walk.line(line.trim_end_matches('\n'), at);
        at += line.len();
    }
    walk.edits
}

/// What the line before says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing: it is empty.
    Nothing,
    /// What the next line is no part of.
    Whole,
    /// Words that may go on.
    Words,
}

struct BlockWalk<'t> {
    text: &'t str,
    levels: Vec<ComponentLevel<'t>>,
    edits: Vec<Edit>,
    fences: Fences,
    before: Before,
}

impl<'t> BlockWalk<'t> {
    fn line(&mut self, line: &'t str, at: usize) {
        let rest = line.trim_start_matches([' ', '\t']);
        let column = line.len() - rest.len();
        let rest = rest.trim_end();
        if rest.is_empty() {
            self.before = Before::Nothing;
            return;
        }
        let is_code = self.fences.is_code(rest, column.saturating_sub(self.moved(column)));
        let tag = if is_code { None } else { TagLine::of(rest) };
        let closed = match tag {
            Some(TagLine::End(name)) => self.levels.iter().rposition(|level| level.name == name),
            _ => None,
        };
        if let Some(level) = closed {
            self.levels.truncate(level);
        }
        if let Some(level) = self.levels.last_mut() {
            level.column.get_or_insert(column);
        }
        let moved = self.moved(column);
        let is_block = match tag {
            Some(TagLine::End(_)) => closed.is_some(),
            // In a paragraph it is one of the words.
            Some(_) => self.before != Before::Words,
            None => false,
        };
        let parted = is_block && self.before == Before::Words;
        if moved > 0 || parted {
            self.edits.push(Edit { range: at..at + moved, with: if parted { "\n" } else { "" }.into() });
        }
        if is_block {
            let end = at + line.len();
            let next = self.text[end..].lines().nth(1).unwrap_or_default();
            if !next.trim().is_empty() {
                self.edits.push(Edit { range: end..end, with: "\n".into() });
            }
            if let Some(TagLine::Start(name)) = tag {
                self.levels.push(ComponentLevel { name, base: column - moved, column: None });
            }
        }
        let is_whole = is_block || is_code || ["#", "<!--", ":::"].iter().any(|sign| rest.starts_with(sign));
        self.before = if is_whole { Before::Whole } else { Before::Words };
    }

    /// How much less a line is indented from now on.
    fn moved(&self, column: usize) -> usize {
        let level = self.levels.last();
        level.map_or(0, |level| level.column.unwrap_or(column).min(column).saturating_sub(level.base))
    }
}

impl<'t> TagLine<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let inside = line.strip_prefix('<')?;
        let named = inside.strip_prefix('/').unwrap_or(inside);
        let name = &named[..named.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(named.len())];
        // Tabs become items.
        let is_component =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
        if !is_component || matches!(name, "Tabs" | "TabItem") {
            return None;
        }
        if named.len() < inside.len() {
            return (named[name.len()..].trim() == ">").then_some(Self::End(name));
        }
        let is_whole = end_of_tag(line) == Some(line.len());
        is_whole.then(|| if line.ends_with("/>") { Self::Empty } else { Self::Start(name) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::*;

    #[test]
    fn what_components_hold_is_read_as_markdown() {
        for (text, read) in [
            (
                "<Card title=\"T\">\n\tA **b**\n\n\t\tc\n</Card>\nd\n",
                "<Card title=\"T\">\n\nA **b**\n\n\tc\n\n</Card>\n\nd\n",
            ),
            (
                "<Grid>\n  <Card />\n  <Card>\n    - a\n      - b\n  </Card>\n</Grid>\n",
                "<Grid>\n\n<Card />\n\n<Card>\n\n- a\n  - b\n\n</Card>\n\n</Grid>\n",
            ),
            (
                "1. a\n\n   <Aside>\n     b\n     ```\n       <X>\n     ```\n   </Aside>\n",
                "1. a\n\n   <Aside>\n\n   b\n   ```\n     <X>\n   ```\n   </Aside>\n",
            ),
            ("<Note>\n\na\n\n</Note>\n", "<Note>\n\na\n\n</Note>\n"),
        ] {
            let mut rewritten = Rewritten::of(text);
            rewritten.apply(&component_blocks(text));
            assert_eq!(rewritten.text, read);
        }
        for text in [
            "words\n<Card>\nwords\n</Card>\n",
            "<Card>words</Card>\n<div>\n  *a*\n</div>\n",
            "```\n<Card>\n  a\n</Card>\n```\n",
            "</Card>\n  a\n",
            "<Tabs>\n  <TabItem>\n    a\n  </TabItem>\n</Tabs>\n",
        ] {
            assert!(component_blocks(text).is_empty(), "{text}");
        }
    }
}

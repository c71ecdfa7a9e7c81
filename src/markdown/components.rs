//! Tabs of Docusaurus and Starlight, which are components: they become the items of a list, each with its label.

use super::fences::Fences;
use super::rewritten::Edit;

/// What the tag of a component takes up at most, in characters.
const LONGEST: usize = 2_000;

/// Tabs, or one of them, that are open.
struct TabLevel {
    /// The column at which what it holds is written from now on.
    base: usize,
    /// That at which it begins; none before its first line.
    column: Option<usize>,
    /// Whether it is one of the tabs, and not all of them.
    is_item: bool,
    /// What the values of tabs are called, where all say so together.
    labels: Vec<(String, String)>,
}

/// What has to be changed in a text so that its tabs are read.
pub(super) fn components(text: &str) -> Vec<Edit> {
    if !text.contains("<Tab") {
        return Vec::new();
    }
    let mut walk = TabWalk { text, levels: Vec::new(), edits: Vec::new(), fences: Fences::default(), after: 0 };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at >= walk.after {
            walk.line(line.trim_end_matches('\n'), at);
        }
        at += line.len();
    }
    walk.edits
}

struct TabWalk<'t> {
    text: &'t str,
    levels: Vec<TabLevel>,
    edits: Vec<Edit>,
    fences: Fences,
    /// Where the tag ends that goes on over several lines.
    after: usize,
}

impl TabWalk<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let rest = line.trim_start_matches([' ', '\t']);
        let column = line.len() - rest.len();
        if rest.trim_end().is_empty() {
            return;
        }
        let is_tag = ["<Tabs", "<TabItem", "</Tabs>", "</TabItem>"].iter().any(|tag| {
            let behind = rest.strip_prefix(tag);
            behind.is_some_and(|behind| tag.ends_with('>') || behind.is_empty() || behind.starts_with([' ', '>', '\t']))
        });
        if let Some(level) = self.levels.last_mut().filter(|_| !is_tag) {
            level.column.get_or_insert(column);
        }
        let moved = self
            .levels
            .last()
            .map_or(0, |level| level.column.map_or(0, |begins| begins.min(column).saturating_sub(level.base)));
        if !self.fences.is_code(rest, column - moved) && is_tag {
            self.tags(at, column);
        } else {
            self.move_line(at, moved);
        }
    }

    /// Moves a line to where the item begins in which it stands.
    fn move_line(&mut self, at: usize, moved: usize) {
        let with = self.spaces();
        if moved > 0 || !with.is_empty() {
            self.edits.push(Edit { range: at..at + moved, with });
        }
    }

    /// What stands before each line of the tabs that are open.
    fn spaces(&self) -> String {
        "  ".repeat(self.levels.iter().filter(|level| level.is_item).count())
    }

    /// The tags of a line that begins at a place with one, in a column.
    fn tags(&mut self, line: usize, column: usize) {
        let (mut begin, mut start) = (line, line + column);
        while let Some(end) = end_of_tag(&self.text[start..]).map(|end| start + end) {
            let tag = &self.text[start..end];
            let base = self.levels.last().map_or(column, |level| level.base);
            let behind = self.text[end..].split('\n').next().unwrap_or_default();
            let with = if tag.starts_with("</") {
                self.levels.pop();
                if begin == line { String::new() } else { "\n".into() }
            } else if tag.starts_with("<Tabs") {
                self.levels.push(TabLevel { base, column: None, is_item: false, labels: labels(tag) });
                String::new()
            } else {
                let label = self.label(tag);
                let spaces = format!("{}{}", " ".repeat(base), self.spaces());
                self.levels.push(TabLevel { base, column: None, is_item: true, labels: Vec::new() });
                let label = label.map_or_else(|| format!("\n{spaces}+"), |label| format!("\n{spaces}+ **{label}**"));
                if behind.trim().is_empty() { format!("{label}\n") } else { format!("{label}\n\n{spaces}  ") }
            };
            self.edits.push(Edit { range: begin..end, with });
            self.after = end;
            let next = ["<Tab", "</Tab"].iter().filter_map(|tag| behind.find(tag)).min();
            let Some(next) = next else { break };
            (begin, start) = (end + next, end + next);
        }
    }

    /// What a tab is called: its label, else what the tabs call its value, else that.
    fn label(&self, tag: &str) -> Option<String> {
        let value = attribute(tag, "value");
        let named = |value: &str| {
            let mut all = self.levels.iter().rev().flat_map(|level| &level.labels);
            all.find(|(known, _)| known == value).map(|(_, label)| label.clone())
        };
        attribute(tag, "label").or_else(|| value.as_deref().and_then(named)).or(value)
    }
}

/// Where the tag ends with which a text begins: at a `>` outside of quotes and braces.
pub(super) fn end_of_tag(text: &str) -> Option<usize> {
    let (mut quote, mut braces) = (None, 0usize);
    for (at, sign) in text.char_indices().take(LONGEST) {
        match (quote, sign) {
            (Some(open), sign) => quote = Some(open).filter(|open| *open != sign),
            (None, '"' | '\'') => quote = Some(sign),
            (None, '{') => braces += 1,
            (None, '}') => braces = braces.saturating_sub(1),
            (None, '>') if braces == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The text of an attribute: `label="Words"`, `label={'Words'}`, `label: 'Words'`.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    tag.match_indices(name).find_map(|(at, _)| {
        let is_whole = tag[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '{' | ','));
        let value = tag[at + name.len()..].trim_start().strip_prefix(['=', ':'])?.trim_start();
        let value = value.strip_prefix('{').unwrap_or(value).trim_start();
        let quote = value.chars().next().filter(|quote| is_whole && matches!(quote, '"' | '\'' | '`'))?;
        value[1..].split_once(quote).map(|(text, _)| text.trim().to_string())
    })
}

/// The labels that tabs give together: `values={[{label: 'A', value: 'a'}]}`.
fn labels(tag: &str) -> Vec<(String, String)> {
    let items = tag.split_once("values=").map_or("", |(_, items)| items);
    let item = |item: &str| {
        let item = format!(" {item}");
        Some((attribute(&item, "value")?, attribute(&item, "label")?))
    };
    items.split('{').filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::*;

    fn read(text: &str) -> String {
        let mut read = Rewritten::of(text);
        read.apply(&components(text));
        read.text.into_owned()
    }

    #[test]
    fn tabs_become_items_with_a_label() {
        let text = "<Tabs groupId=\"os\">\n  <TabItem value=\"l\" label=\"Linux\" default>\n\nUse it.\n\n  </TabItem>\n  <TabItem value=\"mac\">\n    Or\n    - that\n  </TabItem>\n</Tabs>\nAfter.\n";
        assert_eq!(read(text), "\n\n+ **Linux**\n\n\n  Use it.\n\n\n\n+ **mac**\n\n  Or\n  - that\n\n\nAfter.\n");
        let line = "<TabItem label='Apple > pear'>An apple.</TabItem>\n";
        assert_eq!(read(line), "\n+ **Apple > pear**\n\n  An apple.\n\n");
        let together = "<Tabs\n  values={[\n    {label: 'One two', value: 'a'},\n  ]}>\n<TabItem value=\"a\">\n\n```js\n  <TabItem>\n```\n</TabItem>\n</Tabs>\n";
        assert_eq!(read(together), "\n\n+ **One two**\n\n\n  ```js\n    <TabItem>\n  ```\n\n\n");
        let line = "<Tabs><TabItem value=\"a\">A</TabItem></Tabs>\nB\n";
        assert_eq!(read(line), "\n+ **a**\n\n  A\n\n\nB\n");
        let item = "1. Do\n\n   <Tabs>\n     <TabItem label=\"A\">\n       ```sh\n       a\n       ```\n     </TabItem>\n   </Tabs>\n";
        assert_eq!(read(item), "1. Do\n\n\n\n   + **A**\n\n     ```sh\n     a\n     ```\n\n\n");
    }
}

//! Comments in code by which Docusaurus and VitePress mark lines: `// highlight-next-line`, `// [!code --]`. They are taken out,
//! and what they mark is written behind the fence.

use super::rewritten::Edit;
use super::verbatim::Verbatim;

/// How comments begin and end in languages of programs, the longer signs first.
const COMMENTS: [(&str, &str); 9] =
    [("{/*", "*/}"), ("/*", "*/"), ("<!--", "-->"), ("//", ""), ("#", ""), ("--", ""), (";", ""), ("%", ""), ("'", "")];
/// What a comment of VitePress begins with behind its signs.
const NOTE: &str = "[!code ";

/// How lines are marked.
#[derive(Default)]
struct MarkedLines {
    marked: Vec<usize>,
    inserted: Vec<usize>,
    deleted: Vec<usize>,
}

/// What marks a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineMark {
    Marked,
    Inserted,
    Deleted,
    /// What has no like here.
    Other,
}

/// Takes the comments out of the pieces of code in a text.
pub(super) fn code_comments(text: &str, verbatim: &Verbatim) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.contains(NOTE) && !text.contains("highlight-") {
        return edits;
    }
    for code in verbatim.code() {
        let mut lines = text[code.clone()].split_inclusive('\n');
        let fence = lines.next().unwrap_or_default();
        let mut found = MarkedLines::default();
        let (mut at, mut number, mut block, mut next) = (code.start + fence.len(), 1, false, Vec::new());
        let before = edits.len();
        for line in lines {
            let mut here = std::mem::take(&mut next);
            let words = line.trim_start_matches([' ', '\t', '>']).trim_end();
            if at + line.len() >= code.end && ["```", "~~~"].iter().any(|mark| words.starts_with(mark)) {
                break; // the end of the fence
            }
            let word = alone(words);
            let is_gone = match word {
                Some("highlight-next-line") => {
                    here.push((LineMark::Marked, 1));
                    true
                }
                Some("highlight-start" | "highlight-end") => {
                    block = word == Some("highlight-start");
                    true
                }
                _ => false,
            };
            let notes = if is_gone { Vec::new() } else { notes(line) };
            here.extend(notes.iter().map(|(_, mark, count)| (*mark, *count)));
            let cut: usize = notes.iter().map(|(range, ..)| range.len()).sum();
            let begin = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let is_gone = is_gone || cut > 0 && cut >= line.trim_end().len().saturating_sub(begin);
            if is_gone {
                edits.push(Edit { range: at..at + line.len(), with: String::new() });
                next = here;
            } else {
                edits.extend(
                    notes
                        .iter()
                        .map(|(range, ..)| Edit { range: at + range.start..at + range.end, with: String::new() }),
                );
                let marks = here.iter().map(|(mark, _)| *mark).chain(block.then_some(LineMark::Marked));
                marks.for_each(|mark| found.add(mark, number));
                number += 1;
                next =
                    here.into_iter().filter(|(_, count)| *count > 1).map(|(mark, count)| (mark, count - 1)).collect();
            }
            at += line.len();
        }
        if edits.len() > before {
            edits.insert(before, found.behind(fence, code.start));
        }
    }
    edits
}

impl MarkedLines {
    fn add(&mut self, mark: LineMark, line: usize) {
        let lines = match mark {
            LineMark::Marked => &mut self.marked,
            LineMark::Inserted => &mut self.inserted,
            LineMark::Deleted => &mut self.deleted,
            LineMark::Other => return,
        };
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }

    /// Writes the numbers of the lines behind a fence that begins at a place.
    fn behind(&self, fence: &str, start: usize) -> Edit {
        let line = fence.trim_end();
        let list = |lines: &[usize]| lines.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
        let lines = [(" ", &self.marked), (" ins=", &self.inserted), (" del=", &self.deleted)];
        let written = lines.iter().filter(|(_, lines)| !lines.is_empty());
        let mut with: String = written.map(|(key, lines)| format!("{key}{{{}}}", list(lines))).collect();
        // Numbers that are there are kept.
        let end = numbers(line).and_then(|at| Some(at + line[at..].find('}')?));
        if let Some(end) = end.filter(|_| !self.marked.is_empty()) {
            with = format!(",{}}}{}", list(&self.marked), with.split_once('}').map_or("", |(_, rest)| rest));
            return Edit { range: start + end..start + end + 1, with };
        }
        if !with.is_empty() && line.trim_start_matches([' ', '\t', '>', '-', '*', '`', '~']).is_empty() {
            with = format!("text{with}");
        }
        Edit { range: start + line.len()..start + line.len(), with }
    }
}

/// Where the numbers of lines behind a fence begin, `{1,3}`; those in a title are none.
fn numbers(fence: &str) -> Option<usize> {
    let mut closing = None;
    fence.char_indices().find_map(|(at, sign)| {
        match (closing, sign) {
            (Some(close), sign) => closing = Some(close).filter(|close| *close != sign),
            (None, '"' | '\'') => closing = Some(sign),
            (None, '[') => closing = Some(']'),
            (None, '{') if fence[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => return Some(at),
            _ => {}
        }
        None
    })
}

/// The words of a line that is a comment and nothing else.
fn alone(line: &str) -> Option<&str> {
    COMMENTS.iter().find_map(|(open, close)| Some(line.strip_prefix(open)?.strip_suffix(close)?.trim()))
}

/// The comments of VitePress in a line: where each stands with the space before it, and what it marks, over how many lines.
fn notes(line: &str) -> Vec<(std::ops::Range<usize>, LineMark, usize)> {
    let mut found: Vec<(std::ops::Range<usize>, LineMark, usize)> = Vec::new();
    for (at, _) in line.match_indices(NOTE) {
        let Some(end) = line[at..].find(']').map(|end| at + end) else { break };
        let said = line[at + NOTE.len()..end].trim();
        let (name, count) = said.split_once(':').unwrap_or((said, "1"));
        let mark = match name {
            "++" => LineMark::Inserted,
            "--" => LineMark::Deleted,
            "hl" | "highlight" | "error" | "warning" => LineMark::Marked,
            "focus" | "word" => LineMark::Other,
            _ => continue,
        };
        let after = found.last().map_or(0, |(range, ..)| range.end);
        let before = line[after..at].trim_end();
        let Some((open, close)) = COMMENTS.iter().find(|(open, _)| before.ends_with(open)) else { continue };
        let behind = &line[end + 1..];
        let rest = behind.trim_start();
        let begin = after + before[..before.len() - open.len()].trim_end().len();
        let range = match rest.strip_prefix(close) {
            Some(rest) if !close.is_empty() || rest.trim().is_empty() || is_comment(rest) => {
                begin..line.len() - rest.len()
            }
            // The comment says something else besides.
            _ => at..line.len() - rest.len(),
        };
        let range = if line[range.clone()].ends_with('\n') { range.start..range.end - 1 } else { range };
        found.push((range, mark, count.parse().unwrap_or(1)));
    }
    found
}

/// Whether another comment follows.
fn is_comment(rest: &str) -> bool {
    COMMENTS.iter().any(|(open, _)| rest.starts_with(open))
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    fn read(text: &str) -> String {
        let mut read = Rewritten::of(text);
        read.apply(&code_comments(text, &Verbatim::of(text, PLAIN)));
        read.text.into_owned()
    }

    #[test]
    fn comments_that_mark_lines_are_taken_out() {
        for (text, shown) in [
            ("```js\na\n// highlight-next-line\nb\nc\n```\n", "```js {2}\na\nb\nc\n```\n"),
            (
                "- ```jsx title=\"a\"\n  {/* highlight-start */}\n  a\n  b\n  {/* highlight-end */}\n  c\n  ```\n",
                "- ```jsx title=\"a\" {1,2}\n  a\n  b\n  c\n  ```\n",
            ),
            ("```\n# highlight-next-line\na\n```\n", "```text {1}\na\n```\n"),
            ("```js\n// highlight-start\na\nb\n```\n", "```js {1,2}\na\nb\n```\n"),
            ("```js\na\n// highlight-next-line\n```\n", "```js\na\n```\n"),
            (
                "```js\na // [!code --]\nb // [!code ++]\nc // [!code focus]\n```\n",
                "```js ins={2} del={1}\na\nb\nc\n```\n",
            ),
            ("```html{1}\na\n<b/> <!-- [!code highlight] -->\n```\n", "```html{1,2}\na\n<b/>\n```\n"),
            ("```js\n// [!code hl:2]\na\nb\nc\n```\n", "```js {1,2}\na\nb\nc\n```\n"),
            ("```js title=\"x{1}\"\n// highlight-next-line\na\n```\n", "```js title=\"x{1}\" {1}\na\n```\n"),
            ("```js [x{1}] {2}\na // [!code hl]\n```\n", "```js [x{1}] {2,1}\na\n```\n"),
            ("```js\na // [!code hl] why\n```\n", "```js {1}\na // why\n```\n"),
            ("> ```py\n> a # [!code error]\n> ```\n", "> ```py {1}\n> a\n> ```\n"),
        ] {
            assert_eq!(read(text), shown);
        }
        for same in [
            "// highlight-next-line\n",
            "```js\na // [!!code --] // [!code other]\n```\n",
            "```js\na [!code --]\n```\n",
            "```js\na highlight-next-line\n// highlight-next\n```\n",
        ] {
            assert_eq!(read(same), same);
        }
    }
}

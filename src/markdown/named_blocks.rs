//! Blocks that Logseq has from Org: `#+BEGIN_NOTE` up to `#+END_NOTE`, which become quotes, callouts and code; the log of a task,
//! `:LOGBOOK:` up to `:END:`, and its days, `SCHEDULED: <...>`, which it shows to nobody.

use std::ops::Range;

use super::MarkdownProblem;
use super::alerts::NAMES;
use super::rewritten::Edit;
use super::sorts::ProblemSorts;
use super::verbatim::Verbatim;
use crate::diagnostics::Code;

const BEGIN: &str = "#+BEGIN_";
const END: &str = "#+END_";
/// What begins what is kept from readers up to `:END:`.
const DRAWERS: [&str; 2] = [":LOGBOOK:", ":PROPERTIES:"];
/// Days of a task.
const DAYS: [&str; 3] = ["SCHEDULED:", "DEADLINE:", "CLOSED:"];

/// Whether a text may have any.
pub(super) fn may_have_blocks(text: &str) -> bool {
    text.contains("#+") || DRAWERS.iter().chain(&DAYS).any(|sign| text.contains(sign))
}

/// What has to be changed in a text so that such blocks are read, and what is wrong with them: each sort is reported once.
pub(super) fn named_blocks(text: &str, verbatim: &Verbatim) -> (Vec<Edit>, Vec<MarkdownProblem>) {
    let lines: Vec<_> = lines(text).collect();
    let mut walk = NamedWalk { text, lines, edits: Vec::new(), problems: Vec::new(), sorts: ProblemSorts::default() };
    let mut number = 0;
    while number < walk.lines.len() {
        let line = walk.lines[number].clone();
        let begin = line.end - words(&text[line.clone()]).len();
        number = match verbatim.at(begin) {
            None => walk.line(number, begin),
            Some(_) => number + 1,
        };
    }
    walk.sorts.complete(&mut walk.problems);
    (walk.edits, walk.problems)
}

/// As what a block is drawn.
enum Drawn {
    Quote(String),
    Code(String),
}

struct NamedWalk<'t> {
    text: &'t str,
    lines: Vec<Range<usize>>,
    edits: Vec<Edit>,
    problems: Vec<MarkdownProblem>,
    sorts: ProblemSorts,
}

impl NamedWalk<'_> {
    /// Reads a line whose words begin at a place, and what belongs to it. Says which line is next.
    fn line(&mut self, number: usize, begin: usize) -> usize {
        let line = self.lines[number].clone();
        let words = self.text[begin..line.end].trim_end();
        if DRAWERS.iter().any(|drawer| words.eq_ignore_ascii_case(drawer)) {
            let end = self.end_of_drawer(number);
            // The sign of its block stays.
            let is_first = begin > line.start + indent(&self.text[line.clone()]);
            let from = if is_first { begin } else { line.start };
            self.edits.push(Edit { range: from..self.lines[end].end, with: if is_first { "\n" } else { "" }.into() });
            return end + 1;
        }
        if is_days(words) {
            let is_first = begin > line.start + indent(&self.text[line.clone()]);
            let range = if is_first { begin..begin + words.len() } else { line };
            self.edits.push(Edit { range, with: String::new() });
            return number + 1;
        }
        let Some((name, argument)) = begun(words) else { return number + 1 };
        let span = begin..begin + words.len();
        let Some(drawn) = drawn(&name, argument) else {
            self.say(&name, span, "does nothing here, and the page shows it as it is");
            return number + 1;
        };
        let is_end = |at: &usize| {
            let inside = self.text[self.lines[*at].clone()].trim();
            inside.get(..END.len()).is_some_and(|sign| sign.eq_ignore_ascii_case(END))
                && inside[END.len()..].trim().eq_ignore_ascii_case(&name)
        };
        let Some(end) = (number + 1..self.lines.len()).find(is_end) else {
            self.say(&name, span, "never ends, and the page shows it as it is");
            return number + 1;
        };
        if name == "query" {
            self.say(&name, span.clone(), "draws nothing here: the page shows its code");
        }
        self.draw(drawn, span, number + 1..end);
        end + 1
    }

    /// Writes a block as what it is drawn as. `inside` are its lines but for the first and the last.
    fn draw(&mut self, drawn: Drawn, begin: Range<usize>, inside: Range<usize>) {
        let last = self.lines[inside.end].clone();
        let column = indent(&self.text[last.clone()]);
        let words =
            last.start + column..last.end - (self.text[last.clone()].len() - self.text[last.clone()].trim_end().len());
        let next = self.lines.get(inside.end + 1).map_or("", |line| &self.text[line.clone()]).trim();
        match drawn {
            Drawn::Code(language) => {
                let mark = if self.text[begin.end..last.start].contains("```") { "~~~" } else { "```" };
                self.edits.push(Edit { range: begin, with: format!("{mark}{language}") });
                self.edits.push(Edit { range: words, with: mark.into() });
            }
            Drawn::Quote(head) => {
                self.edits.push(Edit { range: begin, with: head });
                for line in &self.lines[inside] {
                    let at = line.start + indent(&self.text[line.clone()]).min(column);
                    let with = format!("{}> ", &self.text[last.start + (at - line.start)..last.start + column]);
                    let is_empty = self.text[line.clone()].trim().is_empty();
                    self.edits.push(Edit { range: at..at, with: if is_empty { with.trim_end().into() } else { with } });
                }
                // Words right behind a quote would be a part of it.
                let is_parted = next.is_empty() || next.starts_with("- ");
                self.edits.push(Edit { range: if is_parted { last } else { words }, with: String::new() });
            }
        }
    }

    /// The line that ends the drawer which begins in a line; without one the last line of what it notes.
    fn end_of_drawer(&self, number: usize) -> usize {
        let below = || self.lines[number + 1..].iter().map(|line| self.text[line.clone()].trim());
        let in_block = below().take_while(|line| !line.starts_with("- "));
        let end = in_block.enumerate().find(|(_, line)| line.eq_ignore_ascii_case(":END:"));
        let notes = || below().take_while(|line| line.starts_with("CLOCK:")).count();
        number + end.map_or_else(notes, |(at, _)| at + 1)
    }

    /// Reports a block once for each sort.
    fn say(&mut self, name: &str, span: Range<usize>, what: &str) {
        if self.sorts.is_first(format!("{name} {what}"), span.clone()) {
            self.problems.push(MarkdownProblem {
                code: Code::MarkdownUnread,
                span,
                message: format!("`{BEGIN}{}` {what}", name.to_ascii_uppercase()),
                related: Vec::new(),
                help: "write what it shows in Markdown".into(),
            });
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A line without the sign of its block.
fn words(line: &str) -> &str {
    let rest = line.trim_start_matches([' ', '\t']);
    rest.strip_prefix("- ").unwrap_or(rest)
}

/// The name of the block that a line begins, in small letters, and what stands behind it.
fn begun(words: &str) -> Option<(String, &str)> {
    let sign = words.get(..BEGIN.len()).filter(|sign| sign.eq_ignore_ascii_case(BEGIN))?;
    let (name, argument) = words[sign.len()..].split_once(' ').unwrap_or((&words[sign.len()..], ""));
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), argument.trim()))
}

fn drawn(name: &str, argument: &str) -> Option<Drawn> {
    let language = argument.split_whitespace().next().unwrap_or_default();
    match name {
        "quote" => Some(Drawn::Quote(">".into())),
        "src" => Some(Drawn::Code(language.to_string())),
        "example" => Some(Drawn::Code(String::new())),
        "query" => Some(Drawn::Code("clojure".into())),
        name => NAMES.contains(&name).then(|| Drawn::Quote(format!("> [!{name}]"))),
    }
}

/// Whether a line is days of a task and nothing else: `SCHEDULED: <2024-01-01 Mon>`.
fn is_days(words: &str) -> bool {
    let mut rest = words;
    while let Some(day) = DAYS.iter().find_map(|sign| rest.strip_prefix(sign)) {
        let day = day.trim_start();
        let close = match day.chars().next() {
            Some('<') => '>',
            Some('[') => ']',
            _ => return false,
        };
        let Some((_, behind)) = day.split_once(close) else { return false };
        rest = behind.trim_start();
    }
    rest.is_empty() && !words.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::super::verbatim::PLAIN;
    use super::*;

    fn read(text: &str) -> (String, Vec<MarkdownProblem>) {
        let mut rewritten = Rewritten::of(text);
        let (edits, problems) = named_blocks(text, &Verbatim::of(text, PLAIN));
        rewritten.apply(&edits);
        (rewritten.text.into_owned(), problems)
    }

    #[test]
    fn blocks_are_quotes_callouts_and_code() {
        for (text, shown) in [
            ("- #+BEGIN_NOTE\n  a\n\n  - b\n  #+END_NOTE\n- c\n", "- > [!note]\n  > a\n  >\n  > - b\n- c\n"),
            ("- a\n\t#+begin_quote\n\tb\n\t#+end_quote\n\tc\n", "- a\n\t>\n\t> b\n\t\n\tc\n"),
            ("#+BEGIN_SRC rust :x\na::b\n  #+END_SRC\nc\n", "```rust\na::b\n  ```\nc\n"),
            ("#+BEGIN_EXAMPLE\n```\n#+END_EXAMPLE", "~~~\n```\n~~~"),
            ("#+BEGIN_TIP\n  a\nb\n#+END_TIP\n", "> [!tip]\n>   a\n> b\n"),
            ("```\n#+BEGIN_TIP\na\n#+END_TIP\n```\n", "```\n#+BEGIN_TIP\na\n#+END_TIP\n```\n"),
        ] {
            let (read, problems) = read(text);
            assert_eq!((&*read, problems.len()), (shown, 0));
        }
        let text = "#+BEGIN_CENTER\na\n#+END_CENTER\n#+BEGIN_CENTER\n\n#+BEGIN_QUERY\n{}\n#+END_QUERY\n#+BEGIN_TIP\n";
        let (read, problems) = read(text);
        assert_eq!(read, text.replace("#+BEGIN_QUERY", "```clojure").replace("#+END_QUERY", "```"));
        let said: Vec<_> = problems.iter().map(|problem| &text[problem.span.clone()]).collect();
        assert_eq!(said, ["#+BEGIN_CENTER", "#+BEGIN_QUERY", "#+BEGIN_TIP"]);
    }

    #[test]
    fn what_a_task_notes_is_on_no_page() {
        for (text, shown) in [
            ("- DONE x\n  :LOGBOOK:\n  CLOCK: [2024]--[2024]\n  :END:\n- y\n", "- DONE x\n- y\n"),
            ("- TODO x\n  SCHEDULED: <2024-01-01 Mon>\n  DEADLINE: <a> CLOSED: [b]\n  words\n", "- TODO x\n  words\n"),
            ("- :logbook:\n  CLOCK: a\n- SCHEDULED: <a>\n", "- \n- \n"),
            ("- x\n  :LOGBOOK:\n  CLOCK: a\n  words\n- y\n  :END:\n", "- x\n  words\n- y\n  :END:\n"),
            ("SCHEDULED: next week\n`:LOGBOOK:`\n", "SCHEDULED: next week\n`:LOGBOOK:`\n"),
        ] {
            assert_eq!(read(text).0, shown);
        }
    }
}

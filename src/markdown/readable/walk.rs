//! Goes through a text once, past code and the comments that Markdown knows.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use super::super::MarkdownProblem;
use super::super::author_signs::AuthorSigns;
use super::super::code_lines::{CodePlace, LineWalk};
use super::super::private;
use super::super::sorts::ProblemSorts;
use super::code_elements::{self, CodeElement, CodeStart};
use super::{SameLength, mdx, shortcodes};
use crate::diagnostics::Code;

/// The walk through a text.
pub(super) struct Walk<'t> {
    text: &'t str,
    pub edits: Vec<SameLength>,
    /// The edits that stand for values in braces, with what these say.
    pub values: Vec<(usize, &'t str)>,
    pub problems: Vec<MarkdownProblem>,
    /// What was said once.
    sorts: ProblemSorts,
    /// Signs of comments that end nowhere behind.
    endless: HashSet<&'static str>,
    /// Names of code whose end is nowhere behind.
    endless_names: HashSet<&'t str>,
    /// How often braces were looked through in vain.
    unbalanced: usize,
    /// Where the paragraph ends in which code was looked for.
    paragraph_end: usize,
    /// Numbers of backticks that stand nowhere behind in it.
    endless_code: HashSet<usize>,
    /// Where the last value in braces ends that is a program.
    program_end: usize,
    /// The comments in it.
    in_program: VecDeque<Range<usize>>,
    /// What begins what is for authors alone.
    authors: AuthorSigns,
}

/// So often braces are looked through in vain.
const MOST_UNBALANCED: usize = 16;
/// So many bytes a value has at most, where its end is looked for anywhere.
const LONGEST: usize = 2_000;

impl<'t> Walk<'t> {
    pub fn through(text: &'t str, authors: AuthorSigns) -> Self {
        let mut walk = Self {
            text,
            edits: Vec::new(),
            values: Vec::new(),
            problems: Vec::new(),
            sorts: ProblemSorts::default(),
            endless: HashSet::new(),
            endless_names: HashSet::new(),
            unbalanced: 0,
            paragraph_end: 0,
            endless_code: HashSet::new(),
            program_end: 0,
            in_program: VecDeque::new(),
            authors,
        };
        let mut lines = if authors.mdx { LineWalk::at_any_column() } else { LineWalk::default() };
        // Whether a block may begin in the next line.
        let (mut at, mut begins) = (0, true);
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            let is_whole = at == 0 || text[..at].ends_with('\n');
            let place = if is_whole { lines.line(&text[at..end]) } else { CodePlace::Outside };
            if place != CodePlace::Outside {
                if authors.mdx && place == CodePlace::Border {
                    let comments = mdx::comments_in(text, at..end).into_iter();
                    walk.edits.extend(comments.map(|comment| SameLength::blank(comment.range)));
                }
                (at, begins) = (end, false);
                continue;
            }
            if is_whole && let Some(code) = shortcodes::code(text, at..end, &mut walk.endless_names) {
                at = code.end;
                walk.edits.extend(code.edits);
                begins = true;
                continue;
            }
            let may_go_on = walk.unbalanced < MOST_UNBALANCED;
            let program = if authors.mdx && is_whole && begins { mdx::program(text, at, may_go_on) } else { None };
            if let Some((program, is_closed)) = program {
                walk.unbalanced += usize::from(!is_closed);
                walk.program(program.clone());
                at = text[program.end..].find('\n').map_or(text.len(), |end| program.end + end + 1);
                continue;
            }
            let edited = walk.edits.len();
            let read = walk.line(at..end);
            begins = text[at..end].trim().is_empty()
                || walk.edits.get(edited).is_some_and(|edit| text[at..edit.range.start].trim().is_empty());
            at = read;
        }
        std::mem::take(&mut walk.sorts).complete(&mut walk.problems);
        walk
    }

    /// Reads a line, or what of it a comment has left. Says where it ends, or where a comment ends that goes on behind it.
    fn line(&mut self, line: Range<usize>) -> usize {
        let text = self.text;
        let mut at = line.start;
        let mut known: Option<usize> = None;
        // Braces in a line that begins a box hold attributes: `:::tip{icon="heart"}`.
        let of_box = text[line.clone()].trim_start_matches([' ', '\t', '>']).starts_with(":::");
        let authors = self.authors;
        let mut next_private = |at: usize| match known.filter(|known| *known >= at) {
            Some(known) => known,
            None => *known.insert(private::next_start(text, at..line.end, false, authors).unwrap_or(text.len())),
        };
        while at < line.end {
            let sign = text[at..line.end].find(['`', '<', '%', '{', '#']).map(|sign| at + sign);
            if let Some(comment) = self.comment_in_program(at..sign.unwrap_or(line.end)) {
                at = comment.end;
                self.edits.push(SameLength::comment(comment));
                continue;
            }
            let Some(sign) = sign else { break };
            let rest = &text[sign..];
            at = sign + 1;
            match rest.as_bytes()[0] {
                b'`' => {
                    at = self.past_code(sign, &line);
                    // In code a comment of HTML would be shown.
                    while let Some(comment) = self.comment_in_program(sign..at) {
                        at = comment.end.max(at);
                        self.edits.push(SameLength::blank(comment));
                    }
                }
                b'<' | b'%' if next_private(sign) == sign => {
                    let close = if rest.starts_with('%') { "%%" } else { "-->" };
                    at = self.close(sign + 2, close).unwrap_or(sign + 2);
                    if sign < self.program_end && at > self.program_end {
                        self.over_words(sign..at);
                    }
                }
                b'<' | b'{' if is_escaped(text, sign) => {}
                b'<' if authors.mdx && self.unbalanced < MOST_UNBALANCED => match self.element(sign) {
                    mdx::MdxTag::Read { end, edits, left_out } => {
                        if left_out {
                            self.say_left_out(sign..end);
                        }
                        self.edits.extend(edits);
                        at = end;
                    }
                    mdx::MdxTag::Unbalanced => self.unbalanced += 1,
                    mdx::MdxTag::Other => {}
                },
                b'{' if rest.starts_with("{{") => {
                    if let Some((length, signs)) = shortcode(rest) {
                        at = self.shortcode(sign, length, signs);
                    } else if let Some(picture) = shortcodes::picture(text, sign) {
                        at = picture.range.end;
                        self.edits.push(picture);
                    } else if authors.mdx
                        && let Some((range, None)) = mdx::value(text, sign, limit(text, sign))
                    {
                        self.note_comments(range);
                    }
                }
                b'{' if authors.mdx => {
                    if let Some((begin, comment)) = mdx::comment(text, sign) {
                        // A value may begin with one.
                        if comment.as_ref().is_some_and(|comment| comment.start > sign) {
                            at = self.value(sign);
                        }
                        if self.program_end <= sign || comment.as_ref().is_none_or(|comment| comment.start == sign) {
                            at = self.comment(begin, comment, "{/*", "*/}");
                        }
                    } else if !rest.starts_with("{#")
                        && !rest.starts_with("{%")
                        && !text[..sign].ends_with('{')
                        && !of_box
                    {
                        at = self.value(sign);
                    }
                }
                b'#' if is_word(rest, "#+BEGIN_COMMENT") && is_first(text, sign) => {
                    let begin = sign..sign + "#+BEGIN_COMMENT".len();
                    let end = end_of_block(text, begin.end);
                    at = self.comment(begin.clone(), end.map(|end| sign..end), "#+BEGIN_COMMENT", "#+END_COMMENT");
                }
                _ => {}
            }
        }
        line.end.max(at)
    }

    /// Where the code ends that begins at backticks in a line, within its paragraph; behind them where it is none.
    fn past_code(&mut self, open: usize, line: &Range<usize>) -> usize {
        if open >= self.paragraph_end {
            self.paragraph_end = end_of_paragraph(self.text, line, open);
            self.endless_code.clear();
        }
        let range = open..self.paragraph_end;
        let run = |at: usize| self.text[at..range.end].len() - self.text[at..range.end].trim_start_matches('`').len();
        let marks = run(open);
        let begin = open + marks;
        if self.endless_code.contains(&marks) {
            return begin;
        }
        let mut at = begin;
        while let Some(next) = self.text[at..range.end].find('`').map(|next| at + next) {
            let same = run(next);
            at = next + same;
            if same == marks {
                return at;
            }
        }
        self.endless_code.insert(marks);
        begin
    }

    /// What begins at `<`.
    fn element(&mut self, open: usize) -> mdx::MdxTag {
        match code_elements::code(self.text, open) {
            CodeStart::Read(code) => mdx::MdxTag::Read { end: self.code(code), edits: Vec::new(), left_out: false },
            CodeStart::Endless => mdx::MdxTag::Unbalanced,
            CodeStart::Other => mdx::tag(self.text, open),
        }
    }

    /// Writes an element that is a piece of code as that. Says where it ends.
    fn code(&mut self, code: CodeElement) -> usize {
        let end = code.edit.range.end;
        self.edits.push(code.edit);
        self.problems.extend(code.problems);
        if let Some(range) = code.program {
            self.say_shown(range);
        }
        if let Some(range) = code.left_out {
            self.say_left_out(range);
        }
        end
    }

    fn say_left_out(&mut self, range: Range<usize>) {
        let help = "write what it says for readers as text";
        self.say("a value in braces is a program, and the page leaves it out", help, range);
    }

    fn say_shown(&mut self, range: Range<usize>) {
        let line = self.text[range.clone()].split('\n').next().map_or(0, str::len);
        let help = "write what it says for readers as text, or `\\{` for the sign itself";
        let range = range.start..range.start + line;
        self.say("a value in braces is a program, and the page shows it as it is", help, range);
    }

    /// Writes a value in braces that is a text as that, and reports another one. Says where to read on.
    fn value(&mut self, brace: usize) -> usize {
        match mdx::value(self.text, brace, limit(self.text, brace)) {
            Some((range, words)) => {
                if let Some((words, edit)) =
                    words.and_then(|words| Some((words, mdx::as_markdown(self.text, &range, words)?)))
                {
                    self.values.push((self.edits.len(), words));
                    self.edits.push(edit);
                    return range.end;
                }
                self.say_shown(range.clone());
                self.note_comments(range);
            }
            // Braces that are so far apart may be no value.
            None if brace >= self.program_end && self.unbalanced < MOST_UNBALANCED => {
                match mdx::value(self.text, brace, self.text.len()) {
                    Some((range, _)) => self.note_comments(range),
                    None => self.unbalanced += 1,
                }
            }
            None => {}
        }
        brace + 1
    }

    /// Notes the comments of a program.
    fn note_comments(&mut self, program: Range<usize>) {
        if program.end > self.program_end {
            self.program_end = program.end;
            self.in_program.extend(mdx::comments(self.text, program));
            self.in_program.make_contiguous().sort_by_key(|comment| comment.start);
        }
    }

    /// The next comment of a program that begins in a piece of the text.
    fn comment_in_program(&mut self, piece: Range<usize>) -> Option<Range<usize>> {
        while self.in_program.pop_front_if(|comment| comment.start < piece.start).is_some() {}
        self.in_program.pop_front_if(|comment| comment.start < piece.end)
    }

    /// Reports a comment that begins in a program and ends behind it.
    fn over_words(&mut self, span: Range<usize>) {
        self.problems.push(MarkdownProblem {
            code: Code::TextLost,
            span,
            message: "a comment begins in a value in braces and ends behind it: all of this is on no page".into(),
            related: Vec::new(),
            help: "put the value into backticks, or write what it says as text".into(),
        });
    }

    /// Notes a comment, or reports that it never ends. Says where to read on.
    fn comment(&mut self, begin: Range<usize>, found: Option<Range<usize>>, open: &str, close: &str) -> usize {
        let range = found.unwrap_or_else(|| {
            self.problems.push(MarkdownProblem {
                code: Code::CommentOpen,
                span: begin.clone(),
                message: format!("`{open}` begins what is not published, and it never ends"),
                related: Vec::new(),
                help: format!("end it with `{close}`, or put the signs in backticks to show them"),
            });
            begin.start..self.text.len()
        });
        let end = range.end;
        self.edits.push(SameLength::comment(range));
        end
    }

    /// The comment of Hugo that begins here, and whose first sign is so long.
    fn shortcode(&mut self, begin: usize, length: usize, signs: &Shortcode) -> usize {
        let (mut end, mut from) = (None, begin + length);
        while let Some(found) = self.close(from, signs.open) {
            let named = self.text[found..].trim_start().strip_prefix('/').map(str::trim_start);
            let behind = named.and_then(|rest| rest.strip_prefix("comment")?.trim_start().strip_prefix(signs.close));
            end = behind.map(|rest| self.text.len() - rest.len());
            if end.is_some() {
                break;
            }
            from = found;
        }
        let first = begin..begin + length;
        self.comment(first.clone(), end.map(|end| begin..end), &self.text[first], signs.end)
    }

    /// Notes the lines of a program. Nobody misses those that only bring something in.
    fn program(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        if !text.starts_with("import") {
            let first = text.lines().next().unwrap_or_default().trim_end().len();
            self.say(
                "a line of a program does nothing in a text, and the page leaves it out",
                "take it out, or put it into code to show it",
                range.start..range.start + first,
            );
        }
        self.edits.push(SameLength::comment(range));
    }

    /// Reports once for a text what it leaves out.
    fn say(&mut self, message: &'static str, help: &str, span: Range<usize>) {
        if self.sorts.is_first(message, span.clone()) {
            let (code, message, help) = (Code::MarkdownUnread, message.into(), help.into());
            self.problems.push(MarkdownProblem { code, span, message, related: Vec::new(), help });
        }
    }

    /// Where the next sign ends that closes something. One that is nowhere is looked for once.
    fn close(&mut self, from: usize, close: &'static str) -> Option<usize> {
        if self.endless.contains(close) {
            return None;
        }
        let end = self.text.get(from..)?.find(close).map(|end| from + end + close.len());
        if end.is_none() {
            self.endless.insert(close);
        }
        end
    }
}

/// Where the end of a value is looked for that begins at a brace.
fn limit(text: &str, brace: usize) -> usize {
    text.floor_char_boundary(brace + LONGEST)
}

/// Where the paragraph or the cell ends that goes on from a place in a line.
fn end_of_paragraph(text: &str, line: &Range<usize>, at: usize) -> usize {
    if text[line.clone()].trim_start_matches([' ', '\t', '>']).starts_with('|') {
        let mut signs = text[at..line.end].match_indices('|').map(|(sign, _)| at + sign);
        return signs.find(|sign| !is_escaped(text, *sign)).unwrap_or(line.end);
    }
    let goes_on = |line: &&str| {
        let rest = line.trim_matches([' ', '\t', '>', '\r', '\n']);
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')'));
        let is_item = behind.len() < rest.len() && behind.starts_with(' ');
        !rest.is_empty() && !is_item && !["#", "|", "```", "~~~"].iter().any(|sign| rest.starts_with(sign))
    };
    line.end + text[line.end..].split_inclusive('\n').take_while(goes_on).map(str::len).sum::<usize>()
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Signs between which Hugo knows names.
struct Shortcode {
    open: &'static str,
    close: &'static str,
    /// What ends a comment.
    end: &'static str,
}

const SHORTCODES: [Shortcode; 2] = [
    Shortcode { open: "{{<", close: ">}}", end: "{{< /comment >}}" },
    Shortcode { open: "{{%", close: "%}}", end: "{{% /comment %}}" },
];

/// How long the beginning of a comment of Hugo is with which a text begins.
fn shortcode(rest: &str) -> Option<(usize, &'static Shortcode)> {
    let signs = SHORTCODES.iter().find(|signs| rest.starts_with(signs.open))?;
    let named = rest[signs.open.len()..].trim_start().strip_prefix("comment")?;
    let behind = named.trim_start().strip_prefix(signs.close)?;
    Some((rest.len() - behind.len(), signs))
}

fn is_word(rest: &str, word: &str) -> bool {
    rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !rest[word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Whether nothing but signs of items and quotes stands before a place on its line.
fn is_first(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.chars().all(|c| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+'))
}

/// Where the line ends that says `#+END_COMMENT`.
fn end_of_block(text: &str, from: usize) -> Option<usize> {
    const END: &str = "#+END_COMMENT";
    let mut signs = text[from..].match_indices("#+").map(|(at, _)| from + at);
    signs.find(|at| is_word(&text[*at..], END) && is_first(text, *at)).map(|at| at + END.len())
}

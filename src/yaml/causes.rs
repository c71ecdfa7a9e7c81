//! The mistakes that people make in YAML, and where: the parser stumbles over most of them lines later.

use std::ops::Range;

use super::{YamlError, said};
use crate::span::{clamp, offset_of};

/// Problems with what the YAML means, which is written well.
const NO_SLIPS: [&str; 6] =
    [said::OWN_MANY, said::OWN_CHARACTER, said::OWN_KEY, said::TOO_DEEP, said::TOO_MANY, said::SECOND_DOCUMENT];

/// What the parser says: what it missed, where, and where began what it was reading.
pub(super) struct ParserMessage<'a> {
    text: &'a str,
    /// What it missed, in its own words.
    pub problem: &'a str,
    /// What it was reading.
    context: &'a str,
    /// Where it noticed.
    at: usize,
    /// Where began what it was reading.
    began: usize,
}

impl<'a> ParserMessage<'a> {
    /// Takes `did not find expected key at line 3 column 1, while parsing a block mapping at line 1 column 1` apart.
    pub fn new(text: &'a str, message: &'a str, at: usize) -> Self {
        let (problem, rest) = message.split_once(said::AT_LINE).unwrap_or((message, ""));
        let context = rest.split_once(", ").map_or("", |(_, context)| context);
        let began = context.split_once(said::AT_LINE).and_then(|(_, place)| {
            let (line, column) = place.split_once(said::COLUMN)?;
            Some(offset_of(text, line.parse().ok()?, column.parse().ok()?))
        });
        Self { text, problem, context, at, began: began.unwrap_or(at) }
    }

    /// The mistake behind it, where it is one of those that people make.
    pub fn cause(&self) -> Option<YamlError> {
        if NO_SLIPS.iter().any(|problem| self.problem.contains(problem)) {
            return None;
        }
        self.closed_in_remark()
            .or_else(|| self.odd_space())
            .or_else(|| self.open_quote())
            .or_else(|| self.text_behind_quote())
            .or_else(|| self.open_bracket())
            .or_else(|| self.key_without_colon())
            .or_else(|| self.odd_beginning())
            .or_else(|| self.second_colon())
            .or_else(|| self.indentation())
    }

    /// A `#` behind a space that takes the end of a list or of a mapping with it.
    fn closed_in_remark(&self) -> Option<YamlError> {
        let last = self.text[..self.at].trim_end().len();
        let range = line(self.text, last);
        let written = self.text[range.clone()].trim_end();
        let sign = written.find(" #")?;
        let open = written[..sign].rfind(['[', '{'])?;
        let close = if written[open..].starts_with('[') { ']' } else { '}' };
        let is_open = !written[open..sign].contains([close, '"', '\'']) && written[sign..].contains(close);
        is_open.then(|| remark_in_brackets(written, sign, close, range.start))
    }

    /// Spaces that are none: they come with texts that are copied from web pages and word processors.
    fn odd_space(&self) -> Option<YamlError> {
        // The parser notices it on the line below, where the next key has no place.
        let first = line(self.text, self.began.min(self.at)).start;
        let first = line(self.text, first.saturating_sub(1)).start;
        let lines = &self.text[first..line(self.text, self.at).end];
        let odd = |c: char| c.is_whitespace() && !c.is_ascii();
        let mut start = first;
        for line in lines.split_inclusive('\n') {
            let indent = line.len() - line.trim_start().len();
            let behind_colon = line.find(':').map(|at| at + 1).filter(|at| line[*at..].starts_with(odd));
            let from = line[..indent].find(odd).or(behind_colon);
            if let Some((from, found)) = from.and_then(|from| Some((from, line[from..].chars().next()?))) {
                let message = format!("an unusual space (U+{:04X}), which is none for YAML", u32::from(found));
                let help = "delete it and type a plain space";
                return Some(error(message, help, start + from..start + from + found.len_utf8()));
            }
            start += line.len();
        }
        None
    }

    fn open_quote(&self) -> Option<YamlError> {
        let open = if self.context.contains(said::IN_QUOTES) && self.problem.contains(said::END_OF_STREAM) {
            Some(self.began)
        } else {
            let quoted = self.quoted_before()?;
            self.text[quoted.clone()].contains('\n').then_some(quoted.start)
        };
        let open = open.filter(|open| self.text[*open..].starts_with(['"', '\'']))?;
        let sign = &self.text[open..open + 1];
        let help = format!("put a `{sign}` at the end of the text");
        Some(error("a quote is opened here and not closed".into(), help, open..trimmed_line(self.text, open).0.end))
    }

    fn text_behind_quote(&self) -> Option<YamlError> {
        let quoted = self.quoted_before()?;
        let rest = self.text[quoted.end..line(self.text, quoted.end).end].trim_end();
        if rest.trim_start().is_empty() || rest.trim_start().starts_with([',', ']', '}', ':']) {
            return None;
        }
        if self.text[..quoted.end].ends_with('\'') && rest.starts_with(char::is_alphanumeric) {
            let message = "the text ends at this apostrophe, since it began with one";
            let help = "put double quotes round the text, or write the apostrophe twice";
            return Some(error(message.into(), help, quoted.end - 1..quoted.end));
        }
        let at = quoted.end + (rest.len() - rest.trim_start().len())..quoted.end + rest.len();
        let help = "put quotes round the whole value, and others inside: `'Say \"when\" to start'`";
        Some(error("more text follows behind the closing quote".into(), help, at))
    }

    /// The quoted text that ends just before the place where the parser stopped.
    fn quoted_before(&self) -> Option<Range<usize>> {
        let quoted = quoted(self.text).into_iter().take_while(|quoted| quoted.start < self.at).last()?;
        let between = self.text.get(quoted.end..self.at.max(quoted.end))?;
        (self.at >= quoted.end && between.trim().is_empty() && !between.contains('\n')).then_some(quoted)
    }

    fn open_bracket(&self) -> Option<YamlError> {
        let open = self.text[self.began..].chars().next().filter(|c| matches!(c, '[' | '{'))?;
        if !self.context.contains(said::IN_BRACKETS) {
            return None;
        }
        let (first, last) = (line(self.text, self.began), line(self.text, self.at));
        let ended = self.text[self.at..].trim().is_empty();
        let inside = first == last || indent(&self.text[last]) > indent(&self.text[first.clone()]);
        if inside && !ended {
            return None; // a comma is missing
        }
        let close = if open == '[' { ']' } else { '}' };
        let written = &self.text[self.began..trimmed_line(self.text, self.began).0.end];
        if let Some(sign) = written.find(" #").filter(|sign| written[*sign..].contains(close)) {
            return Some(remark_in_brackets(written, sign, close, self.began));
        }
        let help = format!("put a `{close}` behind the last item, and commas between the items");
        Some(error(
            format!("a `{open}` is opened here and not closed"),
            help,
            self.began..trimmed_line(self.text, self.began).0.end,
        ))
    }

    fn key_without_colon(&self) -> Option<YamlError> {
        if !self.context.contains(said::AT_KEY) {
            return None;
        }
        let (range, written) = trimmed_line(self.text, self.began);
        if let Some(colon) = written.find(':').filter(|at| *at > 0 && at + 1 < written.len()) {
            let help = format!("write it as `{}: {}`", &written[..colon], short(&written[colon + 1..]));
            let at = range.start + colon;
            return Some(error("a space is missing behind the `:`".into(), help, at..at + 1));
        }
        let help = "write it as `key: value`; or indent it, if it belongs to the text above";
        Some(error("a line that is neither a key with `:` nor part of the text above".into(), help, range))
    }

    /// A value that begins with a sign which has a meaning in YAML.
    fn odd_beginning(&self) -> Option<YamlError> {
        let (start, value) = value_of(self.text, self.at);
        let sign = value.chars().next()?;
        let at = start..start + value.len();
        if matches!(sign, '“' | '”' | '„' | '‘' | '’') {
            let help = "write plain quotes round it: `\"`";
            return Some(error(format!("`{sign}` is no quote for YAML"), help, start..start + sign.len_utf8()));
        }
        let help = || format!("put quotes round the value: `{}`", in_quotes(value));
        let odd = match sign {
            '@' | '`' | '%' | '!' | '&' => true,
            '*' => !self.problem.contains(said::UNKNOWN_ANCHOR) || !is_name(&value[1..]),
            '>' | '|' => value[1..].trim_start_matches(['-', '+']).starts_with([' ', '.']),
            _ => false,
        };
        if odd {
            return Some(error(format!("a value cannot begin with `{sign}`"), help(), at));
        }
        if value.starts_with("- ") && self.problem.contains(said::LIST_NOT_ALLOWED) {
            let help = format!("{}, or begin the list on a line of its own", help());
            return Some(error("a list cannot begin on the line of its key".into(), help, at));
        }
        let close = if sign == '[' { ']' } else { '}' };
        let behind = matches!(sign, '[' | '{') && !self.context.contains(said::IN_BRACKETS) && self.at > start;
        if behind && self.text[start..self.at].trim_end().ends_with(close) {
            let message = format!("more text follows behind the closing `{close}`");
            return Some(error(message, help(), self.at..at.end.max(self.at)));
        }
        None
    }

    fn second_colon(&self) -> Option<YamlError> {
        if !self.problem.contains(said::MAPPING_NOT_ALLOWED) {
            return None;
        }
        let (range, written) = trimmed_line(self.text, self.at);
        let (start, value) = value_of(self.text, self.at);
        if start > range.start && start < self.at && !written.starts_with('#') {
            let message = "a second `: ` in one line: what stands before it is taken for a key";
            let help = format!("put quotes round the value: `{}`", in_quotes(value));
            return Some(error(message.into(), help, character(self.text, self.at)));
        }
        let help = "indent it like the key above, or give that key no value of its own";
        Some(error(
            "this key is indented deeper than the one above it".into(),
            help,
            range.start..self.at.max(range.start),
        ))
    }

    fn indentation(&self) -> Option<YamlError> {
        let list = self.problem.contains(said::NO_DASH);
        if !list && !self.problem.contains(said::NO_KEY) {
            return None;
        }
        let (range, written) = trimmed_line(self.text, self.at);
        if self.text[range.start..self.at.max(range.start)].trim().len() > 1 {
            return None;
        }
        let began = line(self.text, self.began).start;
        let above = range.start.checked_sub(1).map_or(0, |_| line(self.text, range.start).start.saturating_sub(1));
        let column = match self.began - began {
            _ if began == line(self.text, self.at).start => {
                let above = &self.text[line(self.text, above)];
                above.len() - above.trim_start().len()
            }
            column => column,
        };
        if list && range.start - line(self.text, self.at).start == column {
            let help = "begin each item of the list with `- `";
            return Some(error("a list item without `- `".into(), help, range));
        }
        if let Some(above) = (written.starts_with("- ")).then(|| self.item_above(range.start)).flatten() {
            let help = "begin each item of the list with `- `";
            return Some(error("a list item without `- `".into(), help, above));
        }
        let what = if list { "items of this list" } else { "lines that it belongs with" };
        let help = match column {
            0 => format!("the {what} begin at the left edge: indent it like them, or further if it is part of one"),
            n => {
                format!("the {what} are indented by {n} spaces: indent it like them, or further if it is part of one")
            }
        };
        let end = written.find(": ").map_or(range.end, |at| range.start + at);
        Some(error("this line is indented neither like the lines above nor below them".into(), help, range.start..end))
    }

    /// The line above, where it is indented like this one and is neither a key nor an item.
    fn item_above(&self, start: usize) -> Option<Range<usize>> {
        let this = line(self.text, start);
        let (range, written) = trimmed_line(self.text, this.start.checked_sub(1)?);
        let same = range.start - line(self.text, range.start).start == start - this.start;
        (same && !written.starts_with("- ") && !written.ends_with(':')).then_some(range)
    }
}

/// Says that the end of a list or of a mapping is a part of a remark. `sign` is the place of the space before the `#` in what is
/// written from `begin` on.
fn remark_in_brackets(written: &str, sign: usize, close: char, begin: usize) -> YamlError {
    let message = format!("a `#` behind a space begins a remark, and the `{close}` behind it is a part of that");
    let from = written[..sign].rfind(['[', '{', ',']).map_or(0, |at| at + 1);
    let to = written[sign..].find([close, ',']).map_or(written.len(), |at| sign + at);
    let item = written[from..to].trim();
    let value = match item.split_once(':') {
        Some((_, value)) if value.starts_with(' ') => value.trim(),
        _ => item,
    };
    let help = format!("put quotes round the value that has the sign: `'{}'`", value.replace('\'', "''"));
    error(message, help, begin + sign + 1..begin + written.len())
}

fn error(message: String, help: impl Into<String>, span: Range<usize>) -> YamlError {
    YamlError { message, help: help.into(), span }
}

/// The line around an offset, without the line break.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// The line around an offset without the spaces at both ends.
fn trimmed_line(text: &str, at: usize) -> (Range<usize>, &str) {
    let line = line(text, at);
    let written = text[line.clone()].trim();
    let start = line.start + (text[line.clone()].len() - text[line].trim_start().len());
    (start..start + written.len(), written)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// The value on the line around an offset: what stands behind `- ` and the first `key: `.
fn value_of(text: &str, at: usize) -> (usize, &str) {
    let (range, written) = trimmed_line(text, at);
    let items = written.len() - written.trim_start_matches("- ").len();
    let key = written[items..].find(": ").map_or(0, |at| at + 2);
    let value = written[items + key..].trim_start();
    (range.end - value.len(), value)
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// So much of a value is repeated in a help.
const REPEATED: usize = 60;

/// A value in quotes, cut where it is long.
fn in_quotes(value: &str) -> String {
    let value = short(value);
    if value.contains('"') { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}

fn short(value: &str) -> String {
    match value.trim().char_indices().nth(REPEATED) {
        Some((at, _)) => format!("{}...", value.trim()[..at].trim_end()),
        None => value.trim().to_string(),
    }
}

/// Every quoted text of a document, up to where it stops making sense.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut at, mut value_begins, mut line_indent) = (0, true, 0);
    while let Some(c) = text[at..].chars().next() {
        let (here, next) = (at, at + c.len_utf8());
        at = next;
        match c {
            '\n' => {
                value_begins = true;
                line_indent = text[at..].len() - text[at..].trim_start_matches(' ').len();
            }
            '#' if here == 0 || text[..here].ends_with(char::is_whitespace) => at = line(text, here).end,
            '|' | '>' if value_begins && is_block_header(&text[here..line(text, here).end]) => {
                at = block_end(text, line(text, here).end, line_indent);
            }
            '"' | '\'' if value_begins => {
                let end = closing(text, next, c).unwrap_or(text.len());
                found.push(here..end);
                (at, value_begins) = (end, false);
            }
            '[' | '{' | ',' => value_begins = true,
            ':' | '-' | '?' if text[next..].starts_with([' ', '\n']) => value_begins = true,
            c if c.is_whitespace() => {}
            _ => value_begins = false,
        }
    }
    found
}

fn is_block_header(rest: &str) -> bool {
    let rest = rest[1..].trim_start_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit()).trim();
    rest.is_empty() || rest.starts_with('#')
}

/// Where the lines that are indented deeper end.
fn block_end(text: &str, from: usize, indent: usize) -> usize {
    let mut at = from;
    while at < text.len() {
        let next = line(text, at + 1);
        let written = &text[next.clone()];
        if !written.trim().is_empty() && written.len() - written.trim_start_matches(' ').len() <= indent {
            break;
        }
        at = next.end;
    }
    at
}

/// Where a quoted text ends, behind its closing quote.
pub(super) fn closing(text: &str, from: usize, quote: char) -> Option<usize> {
    let mut rest = text[from..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c == '\\' && quote == '"' {
            rest.next();
        } else if c == quote {
            if quote == '\'' && rest.next_if(|(_, next)| *next == '\'').is_some() {
                continue;
            }
            return Some(from + at + 1);
        }
    }
    None
}

/// A span of one character at an offset, or none at the end of the text.
pub(super) fn character(text: &str, at: usize) -> Range<usize> {
    let end = if text[at..].starts_with('\n') { at } else { at + usize::from(at < text.len()) };
    clamp(text, at..end)
}

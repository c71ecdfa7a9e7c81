//! What MDX reads that is no Markdown: comments and values in braces, lines that import and export.

use std::ops::Range;

use super::SameLength;
use crate::markup::escapes::{escaped, safe_beginning};

/// So long the beginning of an element without values in braces is, in bytes.
const LONGEST_TAG: usize = 4_000;

/// What begins at `<`.
pub(super) enum MdxTag {
    /// The beginning of an element, with what takes the place of its values in braces, and whether some are left out.
    Read { end: usize, edits: Vec<SameLength>, left_out: bool },
    /// None, though it has braces: they are never closed, or something else follows.
    Unbalanced,
    /// None.
    Other,
}

/// Where the signs of the comment stand that begins at a brace, and all of it, with the brace where that holds nothing else;
/// `None` within for one that never ends.
pub(super) fn comment(text: &str, brace: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let is_comment = |inside: &str| inside.starts_with("/*") || inside.starts_with("//");
    let mut inside = text[brace + 1..].trim_start();
    if !is_comment(inside) {
        return None;
    }
    let first = text.len() - inside.len();
    let signs = brace..first + 2;
    loop {
        let end = match inside.starts_with("/*") {
            true => inside[2..].find("*/").map(|end| end + 4),
            false => Some(inside.find('\n').unwrap_or(inside.len())),
        };
        let Some(end) = end else { return Some((signs, None)) };
        let behind = text.len() - inside.len() + end;
        inside = inside[end..].trim_start();
        if inside.starts_with('}') {
            return Some((signs, Some(brace..text.len() - inside.len() + 1)));
        }
        if !is_comment(inside) {
            return Some((signs, Some(first..behind)));
        }
    }
}

/// The lines of a program that begin here: `import ...`, `export ...`, and whether all brackets in them are closed. They go on up
/// to an empty line behind the last bracket, or to the first one, where that never comes or they may not go on.
pub(super) fn program(text: &str, start: usize, may_go_on: bool) -> Option<(Range<usize>, bool)> {
    if !begins_program(&text[start..]) {
        return None;
    }
    let (mut nesting, mut at, mut first_end) = (Nesting::default(), start, None);
    loop {
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        nesting.read(&text[at..end]);
        let line = text[at..end].trim_end();
        let rest = text.get(end + 1..).unwrap_or_default();
        let next = rest.lines().next().unwrap_or_default();
        if rest.is_empty() || next.trim().is_empty() {
            first_end.get_or_insert(end);
        }
        let is_over = next.trim().is_empty() || !goes_on(line) && is_other(next);
        if nesting.is_closed() && is_over {
            return Some((start..end, true));
        }
        if rest.is_empty() || !may_go_on && first_end.is_some() {
            return Some((start..first_end.unwrap_or(end), false));
        }
        at = end + 1;
    }
}

/// The element that begins here, as MDX reads it. Markdown reads the beginning of one as a block only on a single line: over
/// several lines it is joined to one.
pub(super) fn tag(text: &str, open: usize) -> MdxTag {
    match read_tag(text, open) {
        MdxTag::Read { end, edits, left_out } => {
            let line = text[..open].rsplit('\n').next().unwrap_or_default();
            let is_quoted = line.trim_start().starts_with('>');
            let is_joined = !is_quoted && !text[open..end].starts_with("<Tab");
            let edits = if is_joined { joined(text, open..end, edits) } else { edits };
            MdxTag::Read { end, edits, left_out }
        }
        other => other,
    }
}

/// Edits with spaces for the ends of lines between them.
fn joined(text: &str, range: Range<usize>, edits: Vec<SameLength>) -> Vec<SameLength> {
    let (mut all, mut at) = (Vec::with_capacity(edits.len()), range.start);
    let ends = |piece: Range<usize>| {
        let start = piece.start;
        let ends = text[piece].match_indices(['\n', '\r']).map(move |(end, _)| start + end);
        ends.map(|end| SameLength::blank(end..end + 1)).collect::<Vec<_>>()
    };
    for edit in edits {
        all.extend(ends(at..edit.range.start));
        at = edit.range.end;
        all.push(edit);
    }
    all.extend(ends(at..range.end));
    all
}

/// The element that begins here, with the edits of its values.
pub(super) fn read_tag(text: &str, open: usize) -> MdxTag {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '_' | '-' | '$');
    let first = open + 1 + usize::from(text[open + 1..].starts_with('/'));
    if !text[first..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return MdxTag::Other;
    }
    let past = |at: usize, inside: &dyn Fn(char) -> bool| {
        text[at..].find(|c: char| !inside(c)).map_or(text.len(), |end| at + end)
    };
    // Behind an empty line a tag goes on only where it began a line, and with what words do not begin with.
    let line = text[..open].rsplit('\n').next().unwrap_or_default();
    let may_go_on = line.trim_matches([' ', '\t', '>']).is_empty();
    let goes_on = |at: usize| {
        let rest = &text[at..];
        may_go_on && (rest.starts_with(['{', '/', '>']) || rest.trim_start_matches(is_name).starts_with('='))
    };
    let past_spaces = |at: usize| {
        let end = past(at, &char::is_whitespace);
        (text[at..end].matches('\n').count() < 2 || goes_on(end)).then_some(end)
    };
    let mut at = past(first, &is_name);
    let (mut edits, mut left_out) = (Vec::<SameLength>::new(), false);
    // What was looked through in vain may be looked through again from within.
    let failed = |edits: &[SameLength]| if edits.is_empty() { MdxTag::Other } else { MdxTag::Unbalanced };
    loop {
        // Words without an end would be gone through again and again.
        if edits.is_empty() && at > open + LONGEST_TAG {
            return MdxTag::Unbalanced;
        }
        let Some(begin) = past_spaces(at) else { return failed(&edits) };
        at = begin;
        if let Some(end) = comment_in_tag(text, at) {
            edits.push(SameLength::blank(at..end));
            at = end;
            continue;
        }
        let rest = &text[at..];
        if rest.starts_with('>') || rest.starts_with("/>") {
            let end = at + if rest.starts_with('>') { 1 } else { 2 };
            return MdxTag::Read { end, edits, left_out };
        }
        if rest.starts_with('{') {
            let Some(end) = end_of_braces(text, at) else { return MdxTag::Unbalanced };
            edits.push(SameLength::blank(at..end));
            left_out = true;
            at = end;
            continue;
        }
        let name = at;
        at = past(at, &is_name);
        if at == name {
            return failed(&edits);
        }
        let mut sign = past_spaces(at).unwrap_or(at);
        while let Some(end) = comment_in_tag(text, sign) {
            edits.push(SameLength::blank(sign..end));
            sign = past_spaces(end).unwrap_or(end);
        }
        if !text[sign..].starts_with('=') {
            at = sign;
            continue;
        }
        let Some(mut begin) = past_spaces(sign + 1) else { return failed(&edits) };
        while let Some(end) = comment_in_tag(text, begin).filter(|_| text[begin..].starts_with("/*")) {
            edits.push(SameLength::blank(begin..end));
            begin = past_spaces(end).unwrap_or(end);
        }
        let value = &text[begin..];
        at = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => match value[1..].find(quote) {
                Some(end) => {
                    edits.extend(comments_in(text, begin + 1..begin + 1 + end));
                    begin + 1 + end + 1
                }
                None => return failed(&edits),
            },
            Some('{') => {
                let Some(end) = end_of_braces(text, begin) else { return MdxTag::Unbalanced };
                // What tabs are called is read with the tabs.
                if &text[name..sign] == "values" {
                    edits.extend(comments(text, begin..end).into_iter().map(SameLength::blank));
                    at = end;
                    continue;
                }
                let inside = &text[begin + 1..end - 1];
                let is_address = matches!(&text[name..sign], "src" | "href" | "to");
                let address = || if is_address { loaded(inside) } else { None };
                match words(inside).filter(|words| !words.contains(['"', '<'])).or_else(address) {
                    Some(words) => edits.push(SameLength { with: quoted(words, end - begin), range: begin..end }),
                    None => {
                        // The comments in it go with it.
                        edits.retain(|edit| edit.range.start < name);
                        edits.push(SameLength::blank(name..end));
                        left_out = true;
                    }
                }
                end
            }
            // A value without quotes, which HTML knows.
            Some(c) if !matches!(c, '>' | '<' | '=') => past(begin, &|c| !c.is_whitespace() && c != '>'),
            _ => return failed(&edits),
        };
    }
}

/// The comments in a title or a value between quotes: they go as those of HTML do there.
pub(super) fn comments_in(text: &str, piece: Range<usize>) -> Vec<SameLength> {
    let found = super::comments_of_mdx(&text[piece.clone()], &[]).into_iter();
    found.map(|comment| SameLength::comment(piece.start + comment.start..piece.start + comment.end)).collect()
}

/// Where the comment ends that begins at a place between the attributes of a tag.
fn comment_in_tag(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if let Some(inside) = rest.strip_prefix("/*") {
        return inside.find("*/").map(|end| at + 2 + end + 2);
    }
    let is_one = rest.starts_with("//") && !rest.starts_with("//>") && text[..at].ends_with(char::is_whitespace);
    is_one.then(|| rest.find('\n').map_or(text.len(), |end| at + end))
}

/// Whether a text begins with a line that imports or exports.
fn begins_program(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    if let Some(rest) = text.strip_prefix("import") {
        let named = rest.trim_start_matches([' ', '\t']);
        let spaced = named.len() < rest.len();
        let behind = named.trim_start_matches(is_word);
        let is_named = behind.len() < named.len() && (behind.starts_with(',') || is_from(behind.trim_start()));
        let is_type = named.strip_prefix("type ").is_some_and(|rest| rest.contains(" from "));
        return named.starts_with(['{', '"', '\'']) || spaced && (named.starts_with("* as ") || is_named || is_type);
    }
    let Some(rest) = text.strip_prefix("export") else { return false };
    let named = rest.trim_start_matches([' ', '\t']);
    const WORDS: [&str; 10] =
        ["const ", "let ", "var ", "function ", "function*", "async ", "class ", "default ", "type ", "interface "];
    let is_list = named.starts_with('{') || named.strip_prefix('*').is_some_and(|rest| rest.starts_with(' '));
    is_list || named.len() < rest.len() && WORDS.iter().any(|word| named.starts_with(word))
}

fn is_from(rest: &str) -> bool {
    rest.strip_prefix("from").is_some_and(|rest| rest.trim_start().starts_with(['"', '\'']))
}

/// Whether a line of a program goes on in the next one.
fn goes_on(line: &str) -> bool {
    line.ends_with(['=', ',', '(', '[', '{', '+', '-', '*', '/', '&', '|', '?', ':', '.', '<']) || line.ends_with("=>")
}

/// Whether the line behind a program is none of it: it begins at the left edge, and with no sign that would continue it.
fn is_other(next: &str) -> bool {
    let is_next = begins_program(next) || next.starts_with("//") || next.starts_with("/*");
    !is_next && !next.starts_with([' ', '\t', '}', ')', ']', '.', '?', ':', '&', '|', '=', ',', ';', '+'])
}

/// Where the braces end that begin here.
fn end_of_braces(text: &str, open: usize) -> Option<usize> {
    let mut nesting = Nesting::default();
    let bytes = text.as_bytes();
    let mut at = open;
    loop {
        at = nesting.step(bytes, at)?;
        if nesting.is_closed() {
            return Some(at);
        }
    }
}

/// What a value says that is a text and nothing else: `'Words'`.
fn words(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    let quote = inside.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let words = inside[1..].strip_suffix(quote)?;
    (!words.contains(['\\', quote]) && !words.contains("${")).then_some(words)
}

/// The address of a file that a value loads: `require('./leek.png').default`, `useBaseUrl('/img/leek.png')`.
fn loaded(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    let call = inside.strip_suffix(".default").unwrap_or(inside);
    let call = call.strip_prefix("require").or_else(|| call.strip_prefix("useBaseUrl"))?;
    words(call.trim_start().strip_prefix('(')?.strip_suffix(')')?)
}

/// The comments in a program.
pub(super) fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let (bytes, mut nesting) = (&text.as_bytes()[..range.end], Nesting::default());
    let (mut found, mut at, mut begun) = (Vec::new(), range.start, None);
    while let Some(next) = nesting.step(bytes, at) {
        match nesting.until {
            Some(b"*/") => {
                begun.get_or_insert(at);
            }
            _ => found.extend(begun.take().map(|begin| begin..next)),
        }
        if next > at + 2 && bytes[at..].starts_with(b"//") {
            found.push(at..next);
        }
        at = next;
    }
    found
}

/// The value in braces in a text that begins here and ends before another place, and what it says where it is a text.
pub(super) fn value(text: &str, brace: usize, before: usize) -> Option<(Range<usize>, Option<&str>)> {
    let end = end_of_braces(&text[..before], brace)?;
    let inside = &text[brace + 1..end - 1];
    (!inside.trim().is_empty()).then(|| (brace..end, words(inside)))
}

/// A text as it is written in Markdown in place of a value; None where there is no room for it.
pub(super) fn as_markdown(text: &str, range: &Range<usize>, words: &str) -> Option<SameLength> {
    let is_space = words.trim().is_empty() && !words.is_empty();
    let line = |line: &str| safe_beginning(&escaped(line.trim_start()));
    let with = match is_space {
        true => "&#32;".to_string(),
        false => words.trim().split('\n').map(line).collect::<Vec<_>>().join("\n"),
    };
    // In HTML a backslash takes no meaning away.
    let with = with.replace("\\<!--", "&lt;!--").replace("%%", r"\%\%");
    // Four spaces before it would begin code, and two behind it end a line.
    let room = range.len().checked_sub(with.len())?;
    let before = if room > 0 { room - 1 } else { 0 };
    let is_code = before > 3 && text[..range.start].ends_with('\n');
    let with = format!("{}{with}{}", " ".repeat(before), " ".repeat(room - before));
    (!is_code).then(|| SameLength { with, range: range.clone() })
}

/// The same in a block of HTML, in which no sign of Markdown means anything.
pub(super) fn as_html(range: &Range<usize>, words: &str) -> Option<SameLength> {
    let with = words.trim().replace('&', "&amp;").replace('<', "&lt;").replace("%%", "&#37;%");
    SameLength::padded(range.clone(), &with)
}

/// Where the literal of a program ends that begins here with a quote: `'a'`, `` `a ${b}` ``.
pub(super) fn end_of_literal(text: &str, start: usize) -> Option<usize> {
    let (mut nesting, mut at) = (Nesting::default(), start);
    text[start..].starts_with(['"', '\'', '`']).then_some(())?;
    loop {
        at = nesting.step(text.as_bytes(), at)?;
        if nesting.is_closed() {
            return Some(at);
        }
    }
}

/// Words between quotes, with as many spaces as there is room for.
fn quoted(words: &str, room: usize) -> String {
    let quoted = format!(" \"{words}\"");
    let left = room.saturating_sub(quoted.len());
    quoted + &" ".repeat(left)
}

/// How deep a place of a program lies in brackets. Strings and comments hold none.
#[derive(Default)]
struct Nesting {
    open: usize,
    /// What ends the string or comment in which a line ends.
    until: Option<&'static [u8]>,
    /// In how many brackets the templates stand that go on behind a value in them.
    templates: Vec<usize>,
}

impl Nesting {
    fn is_closed(&self) -> bool {
        self.open == 0 && self.until.is_none()
    }

    /// Reads a line.
    fn read(&mut self, line: &str) {
        let (bytes, mut at) = (line.as_bytes(), 0);
        while let Some(next) = self.step(bytes, at) {
            at = next;
        }
    }

    /// Reads what stands at a place, and says where the next thing does.
    fn step(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        if let Some(until) = self.until {
            if until == b"`" && rest.starts_with(b"${") {
                self.templates.push(self.open);
                (self.open, self.until) = (self.open + 1, None);
                return Some(at + 2);
            }
            if rest.starts_with(until) {
                self.until = None;
                return Some(at + until.len());
            }
            return Some(at + if rest[0] == b'\\' { 2 } else { 1 });
        }
        match rest {
            [b'/', b'*', ..] => {
                self.until = Some(b"*/");
                return Some(at + 2);
            }
            // An address in the text of an element is none.
            [b'/', b'/', ..] if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                return Some(rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end));
            }
            [b'`', ..] => self.until = Some(b"`"),
            // An apostrophe in the text of an element ends nowhere on its line.
            [quote @ (b'"' | b'\''), inside @ ..] => {
                let mut end = 0;
                while end < inside.len() && inside[end] != *quote && inside[end] != b'\n' {
                    end += if inside[end] == b'\\' { 2 } else { 1 };
                }
                if inside.get(end) == Some(quote) {
                    return Some(at + 1 + end + 1);
                }
            }
            [b'{' | b'(' | b'[', ..] => self.open += 1,
            [b'}' | b')' | b']', ..] => {
                self.open = self.open.saturating_sub(1);
                let goes_on = rest[0] == b'}' && self.templates.pop_if(|open| *open == self.open).is_some();
                self.until = goes_on.then_some(b"`");
            }
            _ => {}
        }
        Some(at + 1)
    }
}

//! What plain text means in Markdown, and the signs before it that make it mean nothing.

/// A plain text for the inside of a line of Markdown.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// The longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or_default()
}

/// Adds a plain text for the inside of a line.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let means = match c {
            '\\' | '`' | '[' | ']' => true,
            '*' => !(before == ' ' && next == ' '),
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' => next == '~' || before == '~',
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next.is_ascii_alphabetic() || next == '#',
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// A line that would mean something else because of what it begins with gets a sign before that.
pub fn safe_beginning(line: &str) -> String {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - digits.len();
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let is_number = (1..10).contains(&number) && digits.starts_with(['.', ')']) && ends_word(&digits[1..]);
    if is_number {
        return format!("{}\\{digits}", &line[..number]);
    }
    let heading = line.trim_start_matches('#');
    let means = line.starts_with('>')
        || line.starts_with(['-', '+', '*']) && ends_word(&line[1..])
        || heading.len() < line.len() && ends_word(heading)
        || line.starts_with('=') && line.trim_matches('=').is_empty()
        || line.starts_with("--") && line.trim_matches('-').is_empty()
        || line.starts_with('|');
    if means { format!("\\{line}") } else { line.to_string() }
}

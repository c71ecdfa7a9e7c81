//! Characters that `pulldown-cmark` reads otherwise than people mean them. It gets others of the same length in their place,
//! which come back when it has read the text.

use std::collections::HashSet;

use super::definitions::folded;
use crate::signs;

/// A character of a text and what stands for it while the text is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HiddenChar {
    /// Where it stands, in bytes.
    pub at: usize,
    /// What it is; nothing where the other character only holds a place.
    pub written: Option<char>,
    /// What stands for it.
    pub read: char,
}

/// Stands for a sign of one byte that is to be text.
const PLAIN: char = '\x01';
/// Stands for a letter of East Asia beside a mark of emphasis: a sign of as many bytes.
const SIGN_OF_3: char = '\u{2058}';
/// The same for rarer letters.
const SIGN_OF_4: char = '\u{10a50}';
/// Stands for a sign of East Asia beside a mark of emphasis: as many bytes, and no sign.
const LETTER_OF_3: char = '\u{e000}';
/// Holds a place beside a letter.
const LETTER: char = '\u{e001}';
/// Holds a place beside a sign.
const SIGN: char = SIGN_OF_3;

/// What has to be hidden in a text, in order.
pub(super) fn hidden(text: &str) -> Vec<HiddenChar> {
    let mut all = Vec::new();
    colons(text, &mut all);
    if signs::has(text, "]](") || signs::has(text, "]][") {
        brackets(text, &mut all);
    }
    if signs::has(text, "://") || signs::has(text, "www.") {
        addresses(text, &mut all);
    }
    if !text.is_ascii() {
        emphasis(text, &mut all);
    }
    all.sort_by_key(|hidden| hidden.at);
    all.dedup_by_key(|hidden| hidden.at);
    all
}

/// Brackets in the words of a link, `[[1]](address)`, `[[1]][name]`: they make no link of their own.
fn brackets(text: &str, all: &mut Vec<HiddenChar>) {
    let mut names = None;
    for (close, _) in text.match_indices("]]") {
        let behind = &text[close + 2..];
        let open = text[..close].rfind(['[', ']', '\n']).filter(|open| text[..=*open].ends_with("[["));
        let Some(open) = open.filter(|open| !text[..*open - 1].ends_with(['!', '[', '\\'])) else { continue };
        let is_link = match behind.chars().next() {
            Some('(') => is_address(&behind[1..]),
            Some('[') => behind[1..].split_once(']').is_some_and(|(name, _)| {
                let names = names.get_or_insert_with(|| defined(text));
                !name.contains(['\n', '[']) && names.contains(&folded(name))
            }),
            _ => false,
        };
        if is_link {
            all.push(HiddenChar { at: open, written: Some('['), read: PLAIN });
            all.push(HiddenChar { at: close, written: Some(']'), read: PLAIN });
        }
    }
}

/// Whether an address begins here that ends with a bracket on the same line, with a title or without.
fn is_address(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or_default().trim_start();
    if line.starts_with('<') {
        return line.contains(">");
    }
    let end = line.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(line.len());
    let behind = line[end..].trim_start();
    end > 0 && (behind.starts_with(')') || end < line.len() && behind.starts_with(['"', '\'', '(']))
}

/// The names that a text defines, `[name]: address`.
fn defined(text: &str) -> HashSet<String> {
    let name = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        line.strip_prefix('[').and_then(|line| line.split_once("]:")).map(|(name, _)| folded(name))
    };
    text.lines().filter_map(name).collect()
}

/// A colon at the beginning of a line makes a definition only with a space behind it: `:smile:` and `:::note` are text.
fn colons(text: &str, all: &mut Vec<HiddenChar>) {
    for at in signs::places(text, b':') {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = text[line..at].bytes();
        if at > line && !text[..at].ends_with([' ', '\t', '>']) {
            continue;
        }
        let rest = text[at + 1..].split('\n').next().unwrap_or_default();
        let marks = before
            .clone()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9'));
        let columns =
            rest.contains('-') && rest.bytes().all(|byte| matches!(byte, b'-' | b':' | b'|' | b' ' | b'\t' | b'\r'));
        if marks && !rest.starts_with([' ', '\t']) && !columns {
            all.push(HiddenChar { at, written: Some(':'), read: PLAIN });
        }
    }
}

/// In an address that stands bare in a text nothing is emphasis, a quote or a dash.
fn addresses(text: &str, all: &mut Vec<HiddenChar>) {
    let starts = text.match_indices("://").map(|(at, _)| at).chain(text.match_indices("www.").map(|(at, _)| at));
    for start in starts {
        let begin = text[..start].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let before = text[..begin].chars().next_back();
        if !before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '*' | '_' | '~') || !c.is_ascii())
            || is_destination(&text[..begin])
        {
            continue;
        }
        let end = text[start..].find(|c: char| c.is_whitespace() || c == '<').map_or(text.len(), |end| start + end);
        let address = text[start..end].trim_end_matches(['*', '_', '~', '"', '\'', '.', ',', ')', '?', '!', ':', ';']);
        let signs = address.char_indices().filter(|(_, c)| matches!(c, '*' | '_' | '~' | '-' | '"' | '\'' | '.'));
        let means = |at: usize, sign: char| {
            let next = address[at + sign.len_utf8()..].chars().next();
            !matches!(sign, '-' | '.') || next == Some(sign) || address[..at].ends_with(sign)
        };
        let signs = signs.filter(|(at, sign)| means(*at, *sign));
        all.extend(signs.map(|(at, written)| HiddenChar { at: start + at, written: Some(written), read: PLAIN }));
    }
}

/// Whether an address behind a text is that of a link or of its definition, which may hold no sign that stands for another.
fn is_destination(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("](") || before.ends_with("]:")
}

/// Marks of emphasis need a space or a sign on one side, and East Asian texts have neither: `**重要：**請` is strong. Beside
/// marks signs of East Asia count as letters where a letter is on the other side, and letters of East Asia as signs where a sign
/// is.
/// <https://github.com/tats-u/markdown-cjk-friendly> has the rule.
fn emphasis(text: &str, all: &mut Vec<HiddenChar>) {
    let mut after = 0;
    for (at, _) in text.match_indices(['*', '~']) {
        if at < after {
            continue;
        }
        let mark = &text[at..=at];
        let end = text.len() - text[at..].trim_start_matches(mark).len();
        after = end;
        let (Some(before), Some(behind)) = (text[..at].chars().next_back(), text[end..].chars().next()) else {
            continue;
        };
        let (before_at, behind_at) = (at - before.len_utf8(), end);
        if is_wide_sign(before) && behind.is_alphanumeric() {
            all.push(HiddenChar { at: before_at, written: Some(before), read: LETTER_OF_3 });
        } else if is_wide_letter(before) && is_sign(behind) {
            all.push(HiddenChar { at: before_at, written: Some(before), read: sign_for(before) });
        }
        if is_wide_sign(behind) && before.is_alphanumeric() {
            all.push(HiddenChar { at: behind_at, written: Some(behind), read: LETTER_OF_3 });
        } else if is_wide_letter(behind) && is_sign(before) {
            all.push(HiddenChar { at: behind_at, written: Some(behind), read: sign_for(behind) });
        }
    }
}

/// What holds the place between two characters that would mean something together and are parted as the text was written:
/// `~~` and `~~` make a fence. It is of the same sort as the neighbour, so that emphasis begins and ends beside it where it would
/// without.
pub(super) fn holder(before: char, behind: char) -> Option<char> {
    let is_parted = before.is_whitespace() || behind.is_whitespace();
    if is_parted || !before.is_ascii_punctuation() && !behind.is_ascii_punctuation() {
        return None;
    }
    let is_mark = |c: char| matches!(c, '*' | '_' | '~');
    let takes_behind = !is_mark(behind) && (is_mark(before) || behind.is_alphanumeric() && !before.is_alphanumeric());
    let neighbour = if takes_behind { behind } else { before };
    Some(match neighbour {
        c if !c.is_ascii() => c,
        c if c.is_ascii_alphanumeric() => LETTER,
        _ => SIGN,
    })
}

fn sign_for(letter: char) -> char {
    if letter.len_utf8() == 3 { SIGN_OF_3 } else { SIGN_OF_4 }
}

/// Whether a character is neither letter, digit nor space, and none of East Asia.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !is_wide_sign(c)
}

/// Whether a character is a sign of East Asian writing; all of them have three bytes.
pub(super) fn is_wide_sign(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303d}' | '\u{30a0}' | '\u{30fb}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Whether a character is a letter of a script that has no spaces between words.
pub(super) fn is_wide_letter(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{302f}' | '\u{3031}'..='\u{303c}'
        | '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{312f}' | '\u{3131}'..='\u{318f}'
        | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        hidden(text).iter().filter_map(|hidden| hidden.written).collect()
    }

    #[test]
    fn what_stands_for_a_character_is_as_long() {
        for hidden in hidden("**重要：**請\n\n**“𠀀”**𠀀 **漢)**字\n:a\nhttps://a.example/__a--b__c") {
            assert_eq!(hidden.written.map(char::len_utf8), Some(hidden.read.len_utf8()), "{hidden:?}");
        }
    }

    #[test]
    fn only_what_is_read_otherwise_is_hidden() {
        assert_eq!(written("a: b\n: c\n:d\n> :e\n|:--|--:|\n:--|:--\n"), "::");
        assert_eq!(written("https://a.example/a_b-c.d *e* [f](https://a.example/_g_)"), "_");
        assert_eq!(
            written("[g]: https://a.example/_g_\n[h]:\n  https://a.example/_h_ [i]( https://a.example/_i_)"),
            ""
        );
        assert_eq!(written("**重要：**請 **重要**請 **a** é"), "：");
        assert_eq!(written("中**“a”**中"), "中中");
        assert_eq!(written("[[1]](a.md) [[b c]](<d> \"e\") [[f]][ G]\n\n> [g]: h"), "[][][]");
        assert_eq!(written("[[1]](a word) ![[b]](c) [[d]] (e) [[f]][g] [[[h]]](i) [[j]]()"), "");
    }
}

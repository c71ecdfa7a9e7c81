//! Markdown that nearly was: signs that mean something here or elsewhere, and that the page would show as they were typed.

use std::ops::Range;

use super::unknown;

/// Something that looks like Markdown and is plain text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnreadMarkup {
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub message: String,
    /// How it is written.
    pub help: String,
    /// What is not known here at all: it is said once. None for a mistake, which is said where it stands.
    pub kind: Option<&'static str>,
}

/// Where a text stands, and what means something there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MarkContext<'t> {
    /// At the beginning of a line.
    pub begins: bool,
    /// At the beginning of a line that is not the first one of its paragraph.
    pub goes_on: bool,
    /// The line above that, without the spaces and signs of quotes before it.
    pub above: &'t str,
    /// In the first paragraph of a quote.
    pub quoted: bool,
    /// Behind a backslash.
    pub escaped: bool,
    /// In a formula that began before it and ends here.
    pub formula_end: usize,
    /// Behind a link or an image.
    pub behind_link: bool,
    /// Behind the sign of an item of a list.
    pub item: bool,
    /// In a heading, a link or the head of a table.
    pub quiet: bool,
    /// What stands before it.
    pub before: Option<char>,
    /// On a site that has formulas.
    pub math: bool,
    /// On a site whose texts were written for another tool.
    pub dialect: bool,
    /// On a site that has wikilinks.
    pub wikilinks: bool,
}

/// Reads what a sign stands in.
type SignReader = fn(&str, usize) -> Option<UnreadMarkup>;

/// Signs that mean something and were left over, and what reads them.
const SIGNS: &[(&str, SignReader)] = &[
    ("](", link),
    ("] (", parted_link),
    (")[", turned_link),
    ("][", reference),
    ("[[", wikilink),
    ("[!", late_alert),
    ("[@", open_citation),
    ("@", bare_citation),
    ("**", emphasis),
    ("__", emphasis),
    ("~~", emphasis),
    (" *", single),
    ("*", beside_letter),
    ("_", beside_letter),
    ("`", code),
];

/// So far before a sign the beginning of an address is looked for, in bytes: a word may be as long as the text.
const LONGEST_ADDRESS: usize = 2_000;

/// Bytes with which [`SIGNS`] begin or end.
const OF_MARKDOWN: u8 = 1;
/// Bytes that stand in every sign of other programs, but for the colon.
const OF_OTHERS: u8 = 2;
/// A colon, which stands in many sentences and begins few of these signs.
const COLON: u8 = 4;

/// Of which kinds a byte is.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let (mut at, signs) = (0, b"[]@*~_`");
    while at < signs.len() {
        kinds[signs[at] as usize] |= OF_MARKDOWN;
        at += 1;
    }
    let (mut at, signs) = (0, unknown::SIGNS);
    while at < signs.len() {
        kinds[signs[at] as usize] |= OF_OTHERS;
        at += 1;
    }
    kinds[b':' as usize] |= COLON;
    kinds
};

/// Whether a text has no byte that begins any sign but at the beginning of a line. Most texts have none.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, byte| plain & PLAIN[usize::from(byte)])
}

/// Bytes that begin no sign: letters, spaces, and what stands in sentences.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] =
            matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b' '..=b'"' | b'%'..=b')' | b','..=b'9' | 0x80..);
        byte += 1;
    }
    plain
};

/// Finds them in a text as it was written, of which everything that means something was taken away. `rest` is all that
/// follows the text. Says as well where the last formula ends.
pub(super) fn unread_markup(text: &str, rest: &str, context: MarkContext<'_>) -> (Vec<UnreadMarkup>, usize) {
    let mut found: Vec<UnreadMarkup> = Vec::new();
    if context.begins && !context.escaped {
        found.extend(heading(text));
        found.extend(unknown::line(text, rest, context));
        if context.quoted {
            found.extend(alert(text));
        }
    }
    let from = context.formula_end;
    let mut formulas = match text.get(from..) {
        Some(text) => unknown::formulas(text, rest, context.escaped && from == 0, context.math),
        None => Vec::new(),
    };
    for formula in &mut formulas {
        (formula.sign, formula.end) = (formula.sign.start + from..formula.sign.end + from, formula.end + from);
    }
    let kinds = text.bytes().fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)]);
    if kinds & OF_MARKDOWN != 0 {
        for (sign, read) in SIGNS.iter().filter(|(sign, _)| context.wikilinks || *sign != "[[") {
            let read = |(at, _): (usize, &str)| read(text, at);
            found.extend(text.match_indices(*sign).filter_map(read));
        }
        found.sort_by_key(|unread| (unread.span.start, unread.span.end));
        found.dedup_by(|next, first| next.span.start < first.span.end);
    }
    if kinds & OF_OTHERS != 0 || context.escaped && text.starts_with(['(', '[']) {
        unknown::signs(text, rest, context, &formulas, &mut found);
    }
    if kinds & COLON != 0 {
        unknown::colons(text, rest, context, &mut found);
    }
    // What an escape stands before is meant as text; the brackets of a formula need one.
    found.retain(|unread| {
        let (at, is_formula) = (unread.span.start, unread.kind == Some(unknown::FORMULA_KIND));
        // The report of a formula is that of the signs in it.
        let is_in = |formula: &unknown::Formula| (formula.sign.start..formula.end).contains(&at);
        if !is_formula && (at < from || formulas.iter().any(is_in)) {
            return false;
        }
        if is_formula && text[unread.span.clone()].ends_with(['(', '[']) {
            return true;
        }
        let before = text[..unread.span.start].trim_end_matches(['[', '!']);
        let is_escaped = before.ends_with('\\') || (before.is_empty() && context.escaped);
        !is_escaped && !closes_escaped(text, &unread.span, context.escaped)
    });
    found.sort_by_key(|unread| unread.span.start);
    // A sign of a template in what is no link belongs to that, and what stands in another one of its kind to that.
    let whole: Vec<_> = found.iter().filter(|unread| unread.kind.is_none()).map(|unread| unread.span.clone()).collect();
    found.retain(|unread| {
        unread.kind != Some(unknown::TEMPLATE_KIND) || !whole.iter().any(|whole| whole.contains(&unread.span.start))
    });
    let mut ends: Vec<(&str, usize)> = Vec::new();
    found.retain(|unread| {
        let Some(kind) = unread.kind else { return true };
        let last = ends.iter().position(|(of, _)| *of == kind);
        let is_new = last.is_none_or(|last| ends[last].1 <= unread.span.start);
        match last {
            Some(last) if is_new => ends[last].1 = unread.span.end,
            None => ends.push((kind, unread.span.end)),
            _ => {}
        }
        is_new
    });
    (found, formulas.last().map_or(from, |formula| formula.end))
}

/// Whether marks of emphasis close what an escape began: `\**words**`.
fn closes_escaped(text: &str, mark: &Range<usize>, escaped: bool) -> bool {
    // A comment may end behind the text.
    let sign = match text.get(mark.clone()) {
        Some("**") => '*',
        Some("__") => '_',
        Some("~~") => '~',
        _ => return false,
    };
    let near = &text[text.floor_char_boundary(mark.start.saturating_sub(LONGEST_ADDRESS))..mark.start];
    let is_end = near.ends_with(|c: char| !c.is_whitespace());
    is_end && (near.contains(&format!("\\{sign}")) || escaped && text.starts_with(sign))
}

/// `**never closed`
fn emphasis(text: &str, at: usize) -> Option<UnreadMarkup> {
    let mark = &text[at..at + 2];
    let sign = &mark[..1];
    let (before, behind) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_run = text[..at].ends_with(sign) || text[at + 2..].starts_with(sign);
    let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let in_word = inside_word(before) && inside_word(behind) && sign == "_";
    let in_address = || {
        let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST_ADDRESS))..at];
        let word = &before[before.trim_end_matches(|c: char| !c.is_whitespace()).len()..];
        word.contains("://") || word.contains("www.")
    };
    // `**/*.md` finds files, and `__dirname` is a name in a program.
    let is_glob = before == Some('/') || behind == Some('/');
    let is_name = || {
        let rest = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let is_word = rest.is_empty() || rest.starts_with(|c: char| !c.is_alphanumeric());
        // A single pair of them at one side of a word is a name: `__Namespace`, `value__`.
        let one_sided = text.matches("__").nth(1).is_none() && inside_word(before) != inside_word(behind);
        rest.starts_with([',', '(', ')', '.', ';', '=']) || is_word && one_sided
    };
    // A sentence may be about the signs: names that begin with "__" are reserved.
    let is_quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’'));
    // What is quick to say comes first: a run of signs is looked through once for each of them otherwise.
    let plain = is_glob
        || (is_quote(before) && is_quote(behind))
        || is_run
        || in_word
        || (sign == "_" && is_name())
        || (is_space(before) && is_space(behind))
        || before == Some('\\')
        || in_address();
    let what = match sign {
        "~" => "strikes nothing out",
        _ => "makes nothing strong",
    };
    // What closes it stands between a sign and a letter, `**so:**here`: only that is wrong.
    let is_between = |at: usize| {
        let (before, behind) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
        before.is_some_and(|c| c.is_ascii_punctuation() && c != '\\') && behind.is_some_and(char::is_alphanumeric)
    };
    let next = || text[at + 2..].find(mark).map(|end| at + 2 + end);
    if !plain && !is_space(behind) && next().is_some_and(is_between) {
        return None;
    }
    if !plain && is_between(at) && text[..at].contains(mark) {
        let message = format!(
            "this `{mark}` stands between a sign and a letter, where it {what}, and the page shows it as it is"
        );
        let help = format!("put the sign outside of the marks, or write `\\{sign}` for the sign itself");
        return Some(UnreadMarkup { span: at..at + 2, message, help, kind: None });
    }
    let message = format!("this `{mark}` {what}, and the page shows it as it is");
    let help = format!(
        "close what it opens with another `{mark}`, without a space inside, or write `\\{sign}` for the sign itself"
    );
    (!plain).then_some(UnreadMarkup { span: at..at + 2, message, help, kind: None })
}

/// `so *never closed`. At the beginning of a line it is the sign of a note below: `*prices without tax`.
fn single(text: &str, at: usize) -> Option<UnreadMarkup> {
    let behind = &text[at + 2..];
    // `*nix` has a sign in its name.
    let is_name = behind.starts_with("nix");
    let is_mark = behind.starts_with(char::is_alphabetic) && !is_name && text.matches('*').nth(1).is_none();
    let help = "close what it opens with another `*`, or write `\\*` for the sign itself".to_string();
    let message = "this `*` stresses nothing, and the page shows it as it is".to_string();
    is_mark.then_some(UnreadMarkup { span: at + 1..at + 2, message, help, kind: None })
}

/// `*(x)*y`, `y*(x)*`, `_(x)_y`: between a sign and a letter a mark of emphasis neither begins nor ends any.
fn beside_letter(text: &str, at: usize) -> Option<UnreadMarkup> {
    let mark = char::from(text.as_bytes()[at]);
    let inside = &text[at + 1..];
    let before = text[..at].chars().next_back();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if before.is_some_and(|c| c == mark || c == '\\') || inside.starts_with([mark, ' ', '\n']) {
        return None;
    }
    let end = inside.find([mark, '\n']).filter(|end| inside[*end..].starts_with(mark))?;
    let behind = inside[end + 1..].chars().next();
    let begins_with_sign = inside.starts_with(['(', '[', '{', '"', '\'', '“', '‘', '«', '„']);
    let ends_with_sign =
        inside[..end].ends_with([')', ']', '}', '"', '\'', '”', '’', '»', '.', ',', ':', ';', '!', '?', '%']);
    let is_end = ends_with_sign && is_letter(behind) && !is_letter(before);
    let is_begin = begins_with_sign && is_letter(before) && !is_letter(behind) && behind != Some(mark);
    // Names have such signs in them, and beside each other: `_a,_b`, `x_{1}, y_{2}`.
    let (is_end, is_begin) = if mark == '_' { (is_end && begins_with_sign, false) } else { (is_end, is_begin) };
    let wrong = if is_end { at + 1 + end } else { at };
    (is_end || is_begin).then(|| UnreadMarkup {
        span: wrong..wrong + 1,
        message: format!(
            "this `{mark}` stands between a sign and a letter, where it stresses nothing, and the page shows it as it is"
        ),
        help: format!("put the sign outside of the marks, or write `\\{mark}` for the sign itself"),
        kind: None,
    })
}

/// `` so `never closed ``. Some write quotes as `` `so' ``.
fn code(text: &str, at: usize) -> Option<UnreadMarkup> {
    let (before, behind) = (text[..at].chars().next_back(), &text[at + 1..]);
    let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"')) && !text[..at].contains('`');
    let is_quote = || behind.contains(['\'', '’']);
    let is_word = behind.starts_with(|c: char| !c.is_whitespace() && c != '`');
    let help = "close it with another one, or write `` \\` `` for the sign itself".to_string();
    let message = "this `` ` `` begins no code, and the page shows it as it is".to_string();
    (opens && is_word && !is_quote()).then_some(UnreadMarkup { span: at..at + 1, message, help, kind: None })
}

/// Whether a text is an address of electronic mail.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    !local.is_empty()
        && local.chars().all(plain)
        && host.contains('.')
        && host.split('.').all(part)
        && host.rsplit('.').next().is_some_and(|top| top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic()))
}

/// `##What`
fn heading(text: &str) -> Option<UnreadMarkup> {
    if !text.starts_with('#') {
        return None;
    }
    let marks = text.len() - text.trim_start_matches('#').len();
    let rest = &text[marks..];
    let odd = rest.starts_with(|c: char| c.is_whitespace() && !c.is_ascii());
    let is_heading =
        (2..=6).contains(&marks) && rest.starts_with(char::is_alphanumeric) || (1..=6).contains(&marks) && odd;
    let line = rest.lines().next().unwrap_or_default();
    if marks > 6 && rest.starts_with(' ') && !line.trim().trim_matches('#').is_empty() {
        let message = "a heading has at most six `#`, and the page shows these as they are".into();
        let help = format!("write it as `###### {}`, or a backslash before the first `#` if it is text", short(line));
        return Some(UnreadMarkup { span: 0..marks, message, help, kind: None });
    }
    is_heading.then(|| UnreadMarkup {
        span: 0..marks,
        message: if odd {
            "a heading needs an ordinary space behind its `#`, and this is another one".into()
        } else {
            "a heading needs a space behind its `#`".into()
        },
        help: format!("write it as `{} {}`", &text[..marks], short(line)),
        kind: None,
    })
}

/// `> [!DANGER]`
fn alert(text: &str) -> Option<UnreadMarkup> {
    let name = text.strip_prefix("[!")?.split(']').next()?;
    let is_name = !name.trim().is_empty() && !name.contains(['\n', '[']) && !name.starts_with("INCLUDE");
    let span = 0..(name.len() + 3).min(text.len());
    if super::alerts::names().any(|known| known.eq_ignore_ascii_case(name)) {
        let message = format!("`[!{name}]` begins no alert here: what follows has to stand behind a space");
        let help = format!("write `[!{name}]`, a space and the words of its title, or the text in the next line");
        return Some(UnreadMarkup { span, message, help, kind: None });
    }
    is_name.then(|| UnreadMarkup {
        span,
        message: format!("there is no alert `{name}`"),
        help: "the alerts are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, and those of other tools, such as `[!INFO]`"
            .into(),
        kind: None,
    })
}

/// `[foxgloves](common foxglove.md)`, `[foxgloves](common-foxglove.md`
fn link(text: &str, at: usize) -> Option<UnreadMarkup> {
    // What stands between the brackets may have parted the text, such as the mark of a footnote.
    let open = text[..at].rfind('[').or_else(|| is_address(text[at + 2..].split(')').next()?).then_some(at))?;
    let line = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let close = closed(&text[at + 2..line]).map(|end| at + 2 + end);
    let address = text[at + 2..close.unwrap_or(line)].trim();
    if address.starts_with("{{") || address.starts_with("{%") {
        return Some(unknown::template_at(open..close.map_or(line, |close| close + 1)));
    }
    let help = match close {
        None => "close it: `[words](address)`".to_string(),
        Some(_) if address.contains(' ') => format!("put the address between `<` and `>`: `(<{}>)`", short(address)),
        Some(_) => "write it as `[words](address)`".to_string(),
    };
    Some(unread(text, open..close.map_or(line, |close| close + 1), "this is no link", help))
}

/// Where the bracket stands that closes an address: the brackets in `My photo (1).png` belong to the name.
fn closed(text: &str) -> Option<usize> {
    let mut open = 0;
    let mut signs = text.match_indices(['(', ')']);
    let last = signs.find(|(_, sign)| {
        let closes = *sign == ")" && open == 0;
        open = if *sign == "(" { open + 1 } else { open.max(1) - 1 };
        closes
    });
    last.map(|(at, _)| at).or_else(|| text.find(')'))
}

/// `[foxgloves] (common-foxglove.md)`
fn parted_link(text: &str, at: usize) -> Option<UnreadMarkup> {
    let open = text[..at].rfind('[')?;
    let end = at + text[at..].find(')')? + 1;
    let help = "remove the space between `]` and `(`".to_string();
    is_address(&text[at + 3..end - 1]).then(|| unread(text, open..end, "this is no link", help))
}

/// `(foxgloves)[common-foxglove.md]`
fn turned_link(text: &str, at: usize) -> Option<UnreadMarkup> {
    let open = text[..at].rfind('(')?;
    let end = at + text[at..].find(']')? + 1;
    let address = &text[at + 2..end - 1];
    let help = format!("write it as `[{}]({address})`", short(&text[open + 1..at]));
    is_address(address).then(|| unread(text, open..end, "this is no link", help))
}

/// `Words. [!NOTE] more`
fn late_alert(text: &str, at: usize) -> Option<UnreadMarkup> {
    unknown::late_alert(text.get(at + 2..)?.split_once(']')?.0, at).filter(|_| at > 0)
}

/// `[foxgloves][sf]` without `[sf]: common-foxglove.md`
fn reference(text: &str, at: usize) -> Option<UnreadMarkup> {
    // Code or emphasis between the brackets has parted the text. A number behind them is a place in a list.
    let begins = || at == 0 && text[2..].starts_with(char::is_alphabetic);
    let open = text[..at].rfind('[').or_else(|| begins().then_some(0))?;
    let end = at + text[at..].find("]").filter(|end| *end == 0)? + 1;
    let close = end + text[end..].find(']')? + 1;
    let name = &text[end + 1..close - 1];
    let help = "write the address itself: `[words](address)`".to_string();
    let message = format!("nothing says what `[{name}]` is");
    (!name.is_empty() && !name.contains('\n')).then_some(UnreadMarkup { span: open..close, message, help, kind: None })
}

/// `[[common-foxglove`, `[[]]`
fn wikilink(text: &str, at: usize) -> Option<UnreadMarkup> {
    let line = text[at..].lines().next()?;
    let end = line.find("]]").map_or(line.trim_end().len(), |end| end + 2);
    let help = "write it as `[[slug]]` or `[[slug|words]]`, in a table `[[slug\\|words]]`".to_string();
    Some(unread(text, at..at + end, "this is no link", help))
}

/// `[@davis2020`
fn open_citation(text: &str, at: usize) -> Option<UnreadMarkup> {
    let key = key(&text[at + 2..])?;
    let help = format!("write it as `[@{key}]`, and several as `[@{key}; @another]`");
    Some(unread(text, at..at + 2 + key.len(), "this is no citation", help))
}

/// `@davis2020`
fn bare_citation(text: &str, at: usize) -> Option<UnreadMarkup> {
    let before = text[..at].chars().next_back();
    let key = key(&text[at + 1..])?;
    let digits = key.chars().rev().skip_while(char::is_ascii_lowercase).take_while(char::is_ascii_digit).count();
    let year = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_year = ["15", "16", "17", "18", "19", "20"]
        .iter()
        .any(|century| year.get(year.len().saturating_sub(4)..).is_some_and(|year| year.starts_with(century)));
    let like_a_work = digits == 4
        && is_year
        && key.starts_with(char::is_alphabetic)
        && !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
    let help = format!("write it as `[@{key}]`");
    like_a_work.then(|| unread(text, at..at + 1 + key.len(), "this is no citation", help))
}

fn unread(text: &str, span: Range<usize>, what: &str, help: String) -> UnreadMarkup {
    let message = format!("{what}, and the page shows it as it is: `{}`", short(&text[span.clone()]));
    UnreadMarkup { span, message, help, kind: None }
}

/// The key of a work that a text begins with.
fn key(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(text.len());
    Some(text[..end].trim_end_matches([':', '-'])).filter(|key| !key.is_empty())
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && (text.contains("://") || text.starts_with(['/', '.', '#']) || text.contains(".md"))
}

/// So much of a text is repeated in a message.
const REPEATED: usize = 60;

pub(super) fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(REPEATED) {
        Some((at, _)) => format!("{}...", text[..at].trim_end()),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        let context = MarkContext { begins: true, quoted: true, wikilinks: true, ..MarkContext::default() };
        unread_markup(text, "", context).0.first().map(|unread| &text[unread.span.clone()])
    }

    #[test]
    fn bytes_that_begin_no_sign_are_told_from_the_others() {
        for byte in 0..0x80u8 {
            assert!(!is_plain(&char::from(byte).to_string()) || KINDS[usize::from(byte)] == 0, "{byte:#x}");
        }
        assert!(is_plain("Sanding helps, it's said (see 2.5) – “x”."));
        assert!(!is_plain("AT&amp;T") && !is_plain("me@a.example"));
    }

    #[test]
    fn what_was_meant_as_markdown_is_found() {
        assert_eq!(first("see [a](b c.md) now"), Some("[a](b c.md)"));
        assert_eq!(first("see [a](b.md and on\nnext)"), Some("[a](b.md and on"));
        assert_eq!(first("see [a](b c (1).md) now (or later)"), Some("[a](b c (1).md)"));
        assert_eq!(first("see [a] (b.md) now"), Some("[a] (b.md)"));
        assert_eq!(first("see (a)[b.md] now"), Some("(a)[b.md]"));
        assert_eq!(first("see [a][b] now"), Some("[a][b]"));
        assert_eq!(first("see [[a] now"), Some("[[a] now"));
        assert_eq!(first("so it is [@davis2020 and"), Some("[@davis2020"));
        assert_eq!(first("so it is (@davis2020)."), Some("@davis2020"));
        assert_eq!(first("##What now"), Some("##"));
        assert_eq!(first("####### What now"), Some("#######"));
        assert_eq!(first("so *(x)*y now"), Some("*"));
        assert_eq!(first("so y*(x)* now"), Some("*"));
        assert_eq!(first("so _(x)_y now"), Some("_"));
        assert_eq!(first("][mkdocs.site_url] is"), Some("][mkdocs.site_url]"));
        assert_eq!(first("Words. [!NOTE] > more"), Some("[!NOTE]"));
        assert_eq!(first("so $[d\\mid i][d\\mid j]$ is"), Some("$"));
        assert_eq!(first("[!DANGER]\nStop."), Some("[!DANGER]"));
    }

    #[test]
    fn what_was_meant_as_text_is_left_alone() {
        for text in [
            "he said [sic] (and left)",
            "f(x)[0] and a[1]",
            "write to me@example.org or @runner",
            "\\[a](b c.md) and \\[@davis2020",
            "#1 of 3",
            "find **/*.md and a/**",
            "in (__dirname, or __filename.x)",
            "an instance of the __Namespace class",
            "the value__ of it",
            "gettext _(\"a\"), x_{1}, y_{2} and _a,_b",
            "names that begin with \"__\" or \"**\"",
            "for *nix systems",
            "ask @runner0007 or see @2022-0602",
            "2*(3+4)*5 and a*b*c or *a*(b)",
            "####### ###",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}

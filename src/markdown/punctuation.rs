//! Straight quotes of plain texts as curly ones, as Markdown has them.

use std::borrow::Cow;

/// A text with curly apostrophes and, in English, curly quotation marks. Marks behind a digit stay: they may be minutes and
/// seconds, or lengths.
pub fn curly<'a>(text: &'a str, language: &str) -> Cow<'a, str> {
    if !text.contains(['\'', '"']) {
        return Cow::Borrowed(text);
    }
    let english = language.split(['-', '_']).next() == Some("en");
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = None;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let opens = last.is_none_or(|last: char| last.is_whitespace() || "([{-–—/“‘".contains(last))
            && next.is_some_and(|next| !next.is_whitespace());
        let inside = last.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
        let mark = match c {
            '\'' if inside => '’',
            '\'' | '"' if !english || last.is_some_and(char::is_numeric) => c,
            '\'' => {
                if opens {
                    '‘'
                } else {
                    '’'
                }
            }
            '"' => {
                if opens {
                    '“'
                } else {
                    '”'
                }
            }
            other => other,
        };
        out.push(mark);
        last = Some(mark);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_apostrophes_become_curly_and_measures_stay() {
        for (written, shown) in [
            ("Runner's kale", "Runner’s kale"),
            ("\"It's gone,\" she said ('really')", "“It’s gone,” she said (‘really’)"),
            ("the walkers' bell, 5' 11\" tall", "the walkers’ bell, 5' 11\" tall"),
            ("“as typed”", "“as typed”"),
            ("\"He said \"yes\" quickly\"", "“He said “yes” quickly”"),
            ("a 5½\" board", "a 5½\" board"),
        ] {
            assert_eq!(curly(written, "en-GB"), shown);
        }
        assert_eq!(curly("l'eau \"claire\"", "fr"), "l’eau \"claire\"");
    }
}

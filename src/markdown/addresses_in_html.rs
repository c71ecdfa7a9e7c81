//! Addresses in raw HTML as browsers read them, and those that would run a program.

use std::borrow::Cow;

use super::html::RawHtmlPiece;
use super::tags::{Attribute, StartTag};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::links;

/// Attributes that lead somewhere, beside those that are read as links and pictures.
const LEADING: [&str; 6] = ["href", "xlink:href", "formaction", "action", "ping", "data"];

impl Writer<'_> {
    /// Whether an attribute would run a program when somebody follows it. It is reported, and has to be left out.
    pub(super) fn runs(&mut self, start: &StartTag<'_>, attribute: &Attribute<'_>, piece: &RawHtmlPiece) -> bool {
        let is_read = attribute.name == "href" && matches!(start.name.as_str(), "a" | "area");
        if is_read || !LEADING.contains(&attribute.name.as_str()) {
            return false;
        }
        let address = as_followed(attribute.value);
        let scheme = links::scheme(&address).map(str::to_ascii_lowercase);
        let runs = matches!(scheme.as_deref(), Some("javascript" | "vbscript" | "data"));
        if runs {
            let place = piece.place(attribute.at, attribute.value);
            let message = format!("a page cannot lead to `{}`", attribute.value.trim());
            self.problem(Code::LinkUnsafe, place, message, "such addresses can run anything in the page");
        }
        runs
    }
}

/// An address as browsers follow it: without spaces at its ends and without line breaks and tabs (URL standard, section 4.4).
pub(super) fn as_followed(value: &str) -> String {
    let value = unescaped(value);
    value.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// The value of an attribute as browsers read it (HTML standard, section 13.2.5.72).
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    let (mut out, mut rest) = (String::with_capacity(value.len()), value);
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        match entity(behind) {
            Some((sign, length)) => {
                out.push(sign);
                rest = &behind[length..];
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// The character of the entity with which a text begins, behind its `&`, and how long that is.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 8] = [
        ("quot;", '"'),
        ("apos;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
        ("amp;", '&'),
        ("colon;", ':'),
        ("Tab;", '\t'),
        ("NewLine;", '\n'),
    ];
    if let Some((name, sign)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*sign, name.len()));
    }
    let number = text.strip_prefix('#')?;
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let sign = char::from_u32(u32::from_str_radix(&digits[..length], radix).ok()?)?;
    let end = text.len() - digits.len() + length;
    Some((sign, end + usize::from(text[end..].starts_with(';'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_as_browsers_read_them() {
        for (written, read) in [
            ("a &amp; b", "a & b"),
            ("java&#115;cript&colon;x", "javascript:x"),
            ("&#x6A;ava&#115cript:x", "javascript:x"),
            ("a&b=c&copy", "a&b=c&copy"),
            ("&#;&#xzz;&#99999999;", "&#;&#xzz;&#99999999;"),
        ] {
            assert_eq!(unescaped(written), read, "{written}");
        }
        assert_eq!(as_followed(" java\n\tscript:x "), "javascript:x");
    }
}

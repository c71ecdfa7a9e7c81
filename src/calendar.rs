//! Calendars that people can subscribe to: RFC 5545, the same bytes whenever they are made.

use crate::model::due::Due;
use crate::model::site::Site;
use crate::model::value::Date;

/// Longest line in bytes, without its end.
const LINE: usize = 75;

/// The days on which entries have to be looked at again, as events of a whole day.
pub fn reviews(site: &Site, dues: &[Due]) -> String {
    let mut out = String::new();
    push(&mut out, "BEGIN:VCALENDAR");
    push(&mut out, "VERSION:2.0");
    push(&mut out, "PRODID:-//Limber//Reviews//EN");
    push(&mut out, "CALSCALE:GREGORIAN");
    push(&mut out, &format!("X-WR-CALNAME:{}", text(&format!("{}: reviews", site.schema.title))));
    for due in dues {
        if let (Some(on), Some(last)) = (due.on, due.last) {
            event(site, due, on, last, &mut out);
        }
    }
    push(&mut out, "END:VCALENDAR");
    out
}

fn event(site: &Site, due: &Due, on: Date, last: Date, out: &mut String) {
    let (entry, name) = (site.entry(due.entry), site.name(due.entry));
    let base = &site.schema.base_url;
    let host = base.origin.split("://").last().unwrap_or_default();
    push(out, "BEGIN:VEVENT");
    push(out, &format!("UID:review-{}@{host}", name.replace('/', "-")));
    // The stamp says when the event was written; no clock is asked, so it is the day of the last look.
    push(out, &format!("DTSTAMP:{}T000000Z", digits(last)));
    push(out, &format!("DTSTART;VALUE=DATE:{}", digits(on)));
    push(out, &format!("SUMMARY:{}", text(&format!("Review: {}", entry.doc.name()))));
    push(out, &format!("DESCRIPTION:{}", text(&format!("{}, last looked at on {last}", entry.doc.path()))));
    push(out, &format!("URL:{}", base.absolute(&entry.url)));
    push(out, "TRANSP:TRANSPARENT");
    push(out, "END:VEVENT");
}

fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// Escapes what has a meaning in texts of calendars.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded so that no part of it is longer than the standard allows.
fn push(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        push(&mut out, &"ö".repeat(80));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "ö".repeat(80));
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(text("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
        assert_eq!(text("a\rATTENDEE:b\r\nc\u{7}d\u{2028}e"), "a\\nATTENDEE:b\\nc d\\ne");
    }
}

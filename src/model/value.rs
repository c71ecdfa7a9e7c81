//! The values of fields, after they were checked against their types.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::body::Body;
use crate::yaml::{Path, Yaml};

/// A checked value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Value {
    /// Not there, and without a default.
    Nothing,
    /// Plain text.
    Text(String),
    /// Inline Markdown.
    Markdown(Box<Body>),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A choice: its place among the choices of the field.
    Choice(usize),
    /// From and to.
    Range(f64, f64),
    /// An address on the web, or one of the site.
    Url(String, Path),
    /// The path of an image file of the project.
    Image(String, Path),
    /// Keys of works.
    Citations(Vec<(String, Path)>),
    /// A reference to an entry.
    Entry(String, Path),
    /// A list.
    List(Vec<Value>),
    /// A mapping: one value per field, in their order.
    Object(Vec<Value>),
    /// Whatever was written, where nothing is declared.
    Data(Yaml),
}

impl Value {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) | Self::Url(text, _) => text.is_empty(),
            Self::Markdown(body) => body.html.is_empty() && body.holes.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Citations(keys) => keys.is_empty(),
            Self::Integer(_)
            | Self::Number(_)
            | Self::Boolean(_)
            | Self::Date(_)
            | Self::Choice(_)
            | Self::Range(..)
            | Self::Image(..)
            | Self::Entry(..)
            | Self::Object(_)
            | Self::Data(_) => false,
        }
    }

    /// How many values it holds.
    pub fn count(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            Self::Citations(keys) => keys.len(),
            value => usize::from(!value.is_empty()),
        }
    }

    /// Calls `visit` with every Markdown text in the value, in the order in which they were written.
    pub fn bodies<'a>(&'a self, visit: &mut dyn FnMut(&'a Body)) {
        match self {
            Self::Markdown(body) => visit(body),
            Self::List(items) | Self::Object(items) => items.iter().for_each(|item| item.bodies(visit)),
            Self::Nothing
            | Self::Text(_)
            | Self::Integer(_)
            | Self::Number(_)
            | Self::Boolean(_)
            | Self::Date(_)
            | Self::Choice(_)
            | Self::Range(..)
            | Self::Url(..)
            | Self::Image(..)
            | Self::Citations(_)
            | Self::Entry(..)
            | Self::Data(_) => {}
        }
    }

    /// Calls `visit` with the value itself and every value in it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Value)) {
        visit(self);
        if let Self::List(items) | Self::Object(items) = self {
            items.iter().for_each(|item| item.walk(visit));
        }
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date(jiff::civil::Date);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// The day on which this version of the program was made: where no day is said, what ended before it is over in any case.
    pub const OF_PROGRAM: Self = Self(jiff::civil::date(2026, 11, 30));

    /// Reads `2026-03-04`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        plain.then(|| text.parse().ok().map(Self)).flatten()
    }

    /// The day that three parts of an address are: `/2026/03/04/name/`.
    pub fn in_address(address: &str) -> Option<Self> {
        let parts: Vec<&str> = address.split('/').collect();
        parts.windows(3).find_map(|parts| Self::parse(&parts.join("-")))
    }

    /// Reads a day that may carry a time and a zone: the day as written counts.
    pub fn of(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        let day = Self::parse(day)?;
        (rest.is_empty() || is_time(rest)).then_some(day)
    }

    /// `2024-05-06-trip`, the name of a file, as its day and the name behind that.
    pub fn before_name(name: &str) -> Option<(Self, &str)> {
        let (day, name) = (name.get(..10)?, name.get(10..)?.strip_prefix('-')?);
        Some((Self::parse(day)?, name)).filter(|(_, name)| !name.is_empty())
    }

    /// Reads a day as other tools write it, where the month is certain: `2026/3/4 13:51`, `2026.03.04`, `Mar 04 2026`,
    /// `4 March 2026`.
    pub fn of_other_tool(text: &str) -> Option<Self> {
        let text = text.trim();
        let clock = text.find(':').and_then(|colon| text[..colon].rfind([' ', 'T']));
        let (day, time) = text.split_at(clock.unwrap_or(text.len()));
        let begins_with_year = day.len() > 4 && day.bytes().take_while(u8::is_ascii_digit).count() == 4;
        let is_certain = begins_with_year || day.contains(char::is_alphabetic);
        let three = day.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).count() == 3;
        (is_certain && three && (time.is_empty() || is_time(time))).then(|| Self::guess(day)).flatten()
    }

    /// The last day of the month where a text is written like a day but goes beyond it: `2026-02-30`.
    pub fn last_of_month(text: &str) -> Option<Self> {
        let (month, day) = text.rsplit_once('-')?;
        let first = Self::parse(&format!("{month}-01"))?;
        let last = Self(first.0.last_of_month());
        (day.len() == 2 && day.parse::<i8>().ok()? > last.0.day()).then_some(last)
    }

    /// The day that is meant by another way of writing it, where there is no doubt: `22.11.2026`, `22 November 2026`.
    pub fn guess(text: &str) -> Option<Self> {
        if let Some(day) = text.get(..10).and_then(Self::parse) {
            return Some(day);
        }
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
        }
        let month_named = |part: &str| {
            let named = |month: &str| part.len() > 2 && month.to_lowercase().starts_with(&part.to_lowercase());
            Some(MONTHS.iter().position(|month| named(month))? as i16 + 1)
        };
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let numbers: Vec<i16> =
            parts.map(|part| part.parse().ok().or_else(|| month_named(part))).collect::<Option<_>>()?;
        let named = text.contains(char::is_alphabetic);
        let (year, month, day) = match *numbers.as_slice() {
            [year, month, day] if year > 999 => (year, month, day),
            [month, day, year] if text.starts_with(char::is_alphabetic) => (year, month, day),
            [day, month, year] if named || text.contains('.') || day > 12 => (year, month, day),
            _ => return None,
        };
        Self::parse(&format!("{year:04}-{month:02}-{day:02}"))
    }

    /// The day so many months later; the last day of the month where the month is shorter.
    pub fn months_later(self, months: i32) -> Self {
        use jiff::ToSpan;
        Self(self.0.saturating_add(months.months()))
    }

    /// How many days it is until another day; negative when that is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        (other.0 - self.0).get_days()
    }

    /// Year, month and day.
    pub fn parts(self) -> (i16, u8, u8) {
        (self.0.year(), self.0.month() as u8, self.0.day() as u8)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
}

/// Whether a text is `T10:00`, ` 10:00:00.5`, with a zone behind it or none.
fn is_time(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['T', 't', ' ']) else { return false };
    let time = rest.trim_start();
    let end = time.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(time.len());
    let (time, zone) = (&time[..end], time[end..].trim());
    let parts: Vec<&str> = time.split('.').next().unwrap_or_default().split(':').collect();
    let within = |part: &str, end: u8| (1..=2).contains(&part.len()) && part.parse::<u8>().is_ok_and(|n| n < end);
    let clock = match parts.as_slice() {
        [hour, minute] => within(hour, 25) && within(minute, 60),
        [hour, minute, second] => within(hour, 25) && within(minute, 60) && within(second, 61),
        _ => false,
    };
    let offset = |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == ':');
    let is_zone = zone.is_empty()
        || zone.strip_prefix(['+', '-', '\u{2212}']).is_some_and(offset)
        || zone.chars().all(|c| c.is_ascii_alphabetic() || "/_[]".contains(c));
    clock && is_zone
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_as_written_counts_whatever_the_time_and_the_zone() {
        let day = Date::parse("2021-03-23");
        for text in [
            "2021-03-23",
            "2021-03-23T10:00:00Z",
            "2021-03-23 10:00:00 +0200",
            "2021-03-23T23:30:00-05:00",
            "2021-03-23 10:00",
            "2021-03-23T10:00:00.123Z",
            "2021-03-23 9:05:00 UTC",
            "2021-03-23T00:00:00[Europe/Berlin]",
        ] {
            assert_eq!(Date::of(text), day, "{text}");
        }
        for text in [
            "2021-03-23T",
            "2021-03-23T25:00",
            "2021-03-23x",
            "2021-03-23 soon",
            "2021-03-2310:00",
            "2021-02-30T10:00",
            "ö021-03-23",
        ] {
            assert_eq!(Date::of(text), None, "{text}");
        }
    }
}

//! The numbers of a text: their values, and which of them a site tells apart as years, doses and names.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::yaml::Path;

/// How a site holds the numbers of its texts against the records of the works that they cite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The file with the records: `content/records.yaml`.
    pub file: String,
    /// Numbers of four digits that are years.
    pub years: Option<(u32, u32)>,
    /// Words that make a number before them a dose, a distance or a time: `km`, `minutes`. In lower case.
    pub units: Vec<String>,
    /// Words that make a number behind them a name: `day`, `strength`. In lower case.
    pub labels: Vec<String>,
    /// Words between two numbers that share a unit or a label: `to`, `and`. In lower case.
    pub joined_by: Vec<String>,
    /// Number words that count as numbers in records, in lower case, and their values.
    pub words: BTreeMap<String, String>,
    /// Numbers that need not stand in a record.
    pub except: Vec<Exception>,
}

/// Numbers of one entry that need not stand in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The entry: `articles/first-steps`.
    pub entry: String,
    /// The values of the numbers.
    pub numbers: Vec<String>,
    /// Where it stands in `site.yaml`.
    pub path: Path,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its value, the same for all ways of writing it: `1,012` and `1012`, `4.0` and `4`. Without its sign, which texts say
    /// in words.
    pub value: String,
    /// Where it stands.
    pub range: Range<usize>,
}

/// All numbers of a text. Digits behind a letter belong to a name, such as `B12`.
pub fn numbers(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let end = end_of_number(text, start);
        let start = start_of_number(text, start, at);
        let named = text[..start].ends_with(|c: char| c.is_alphabetic() || c == '_');
        if !named {
            found.push(Figure { value: value(&text[start..end]), range: start..end });
        }
        at = end;
    }
    found
}

/// The numbers of a text that are results of a work as far as the site's declaration tells: neither years, nor in front of a
/// unit, nor behind a label. Numbers that are joined share both: `30 to 120 seconds`, `days 1, 4 and 8`.
pub fn results(text: &str, figures: &Figures) -> Vec<Figure> {
    let mut runs: Vec<Vec<Figure>> = Vec::new();
    for number in numbers(text) {
        let is_joined = |last: &Figure| is_joined(&text[last.range.end..number.range.start], figures);
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(is_joined) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    let mut covered = 0; // the end of the last unit, which may hold a number itself: `2 of 5`
    runs.retain(|run| {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
        let unit = unit(&text[last.range.end..], figures);
        let apart = first.range.start < covered || unit.is_some() || has_label(&text[..first.range.start], figures);
        covered = unit.map_or(covered, |unit| last.range.end + unit);
        !apart
    });
    runs.into_iter().flatten().filter(|number| !is_year(&text[number.range.clone()], figures)).collect()
}

/// The values that a text of a record holds: its numbers, and the number words that the site declares.
pub fn held<'a>(text: &'a str, figures: &'a Figures) -> impl Iterator<Item = String> + 'a {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter_map(|word| figures.words.get(&word.to_lowercase()));
    numbers(text).into_iter().map(|number| number.value).chain(words.cloned())
}

/// The value of a number as it was written.
pub fn value(written: &str) -> String {
    let digits = written.replace('·', ".");
    let (whole, fraction) = match digits.rfind(['.', ',']) {
        Some(at) if digits[at..].starts_with('.') || !is_group(&digits[at + 1..]) => (&digits[..at], &digits[at + 1..]),
        _ => (digits.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction.trim_end_matches('0') {
        "" => whole.to_string(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// Three digits: what stands behind a comma or a thin space in a large number.
fn is_group(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn end_of_number(text: &str, start: usize) -> usize {
    let mut end = start + digits(&text[start..]);
    while let Some(mark) = text[end..].chars().next() {
        let after = &text[end + mark.len_utf8()..];
        let count = digits(after);
        let goes_on = match mark {
            '.' | '·' => count > 0 && !text[start..end].contains(['.', '·']),
            ',' => count > 0 && !text[start..end].contains(['.', '·']),
            '\u{a0}' | '\u{2009}' | '\u{202f}' => count == 3 && end - start <= 3,
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += mark.len_utf8() + count;
    }
    end
}

/// A decimal point may come first: `p = .034`.
fn start_of_number(text: &str, start: usize, least: usize) -> usize {
    let before = &text[least..start];
    let point = before.ends_with('.') && {
        let ahead = &before[..before.len() - 1];
        ahead.is_empty() && least == 0 || ahead.ends_with([' ', '=', '<', '>', '(', '−', '-'])
    };
    if point { start - 1 } else { start }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_year(written: &str, figures: &Figures) -> bool {
    let Some((from, to)) = figures.years else { return false };
    written.len() == 4 && written.parse().is_ok_and(|year: u32| (from..=to).contains(&year))
}

/// Where the unit ends with which a text goes on, if it does: `10 minutes`, `40-minute`, `5km`.
fn unit(after: &str, figures: &Figures) -> Option<usize> {
    let rest = after.strip_prefix(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2011}')).unwrap_or(after);
    let end = |unit: &String| {
        let next = head(rest, unit.chars().count());
        let whole = next.to_lowercase() == *unit && !rest[next.len()..].starts_with(char::is_alphanumeric);
        whole.then_some(after.len() - rest.len() + next.len())
    };
    figures.units.iter().find_map(end)
}

/// Whether a text ends with one of the labels and a space: `day 4`.
fn has_label(before: &str, figures: &Figures) -> bool {
    let word = before.trim_end();
    let start = word.char_indices().rev().find(|(_, c)| !c.is_alphanumeric()).map_or(0, |(at, c)| at + c.len_utf8());
    word.len() < before.len() && figures.labels.contains(&word[start..].to_lowercase())
}

fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// Whether what stands between two numbers makes them share a unit: a dash, a comma, a sign of multiplication, a word of the
/// site's.
fn is_joined(between: &str, figures: &Figures) -> bool {
    let between = between.trim().to_lowercase();
    matches!(between.as_str(), "-" | "–" | "—" | "−" | "," | "/" | "×" | "x") || figures.joined_by.contains(&between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        numbers(text).into_iter().map(|number| number.value).collect()
    }

    #[test]
    fn numbers_are_compared_by_their_value() {
        assert_eq!(values("1,012 people, 4.0 points, 0.70 to .7"), ["1012", "4", "0.7", "0.7"]);
        assert_eq!(values("−46.8% against −17.0% (95% CI 0·1–1·3)"), ["46.8", "17", "95", "0.1", "1.3"]);
        assert_eq!(values("1\u{202f}012 und 0,61 und 12,5"), ["1012", "0.61", "12.5"]);
        assert_eq!(values("vitamin B12, 48h, 007, 3."), ["48", "7", "3"]);
        assert_eq!(values("p = .034, then 2.5.1 and 0"), ["0.034", "2.5", "1", "0"]);
        assert_eq!(values("١٢ ½ a_1"), Vec::<String>::new());
    }

    #[test]
    fn a_site_tells_years_doses_and_names_apart() {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        let figures = Figures {
            years: Some((1900, 2099)),
            units: words(&["minutes", "minute", "km", "of 5"]),
            labels: words(&["day", "days", "strength"]),
            joined_by: words(&["to", "and"]),
            ..Figures::default()
        };
        let found = |text| results(text, &figures).into_iter().map(|number| number.value).collect::<Vec<_>>();
        assert_eq!(found("In 2019, 78 readers had 10 minutes after 10 km."), ["78"]);
        assert_eq!(found("10 to 20 minutes, a 40-minute session, 5km, 3 minutest"), ["3"]);
        assert_eq!(found("On days 1, 4, 8 and 11 it fell by 3 and 20 minutes later by 4."), ["4"]);
        assert_eq!(found("Strength 2 on Day 4: 0.7 of 10, then 2 to 3 of 5"), ["0.7", "10"]);
        assert_eq!(found("2100 or 20190"), ["2100", "20190"]);
    }
}

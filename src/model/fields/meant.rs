//! What people mean by values that are of another type: the way out shows it as it has to be written.

use crate::model::schema::Field;
use crate::yaml::{Yaml, flow};

/// Words that people write for `true` and `false`.
const TRUE: [&str; 6] = ["yes", "y", "on", "ja", "oui", "si"];
const FALSE: [&str; 5] = ["no", "n", "off", "nein", "non"];

/// The flag that is meant.
pub(super) fn flag(written: &Yaml) -> Option<bool> {
    match written {
        Yaml::Integer(0) => Some(false),
        Yaml::Integer(1) => Some(true),
        Yaml::Text(text) => {
            let word = text.trim().to_lowercase();
            let is_true = TRUE.contains(&word.as_str()) || word == "true";
            (is_true || FALSE.contains(&word.as_str()) || word == "false").then_some(is_true)
        }
        Yaml::Null | Yaml::Bool(_) | Yaml::Integer(_) | Yaml::Number(_) | Yaml::List(_) | Yaml::Map(_) => None,
    }
}

/// The numbers in a text, as YAML has them: with a point before the fraction, and nothing between thousands.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
        let part = part.trim_matches(['.', ',']);
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            found.extend(plain(part));
        }
    }
    found
}

/// One number without doubt about what its signs mean: `8,5`, `1.200.000`. Of `1,200` nobody knows.
fn plain(part: &str) -> Option<String> {
    let groups: Vec<&str> = part.split(['.', ',']).collect();
    match groups.as_slice() {
        [whole] => Some((*whole).to_string()),
        [whole, fraction] if fraction.len() != 3 => Some(format!("{whole}.{fraction}")),
        [_, _] => None,
        [_, others @ ..] if others.iter().all(|group| group.len() == 3) => Some(groups.concat()),
        _ => None,
    }
}

/// The number that is meant, where there is one and no more.
pub(super) fn number(written: &Yaml) -> Option<String> {
    let Yaml::Text(text) = written else { return None };
    let only = <[String; 1]>::try_from(numbers(text)).ok();
    only.filter(|_| !text.trim_start().starts_with('-')).map(|[number]| number)
}

/// The words of a list that was written with commas, as YAML has them: `[easy, hard]`.
pub(super) fn list(written: &Yaml) -> Option<String> {
    let Yaml::Text(text) = written else { return None };
    let items: Vec<_> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    let items: Vec<_> = items.iter().map(|item| flow(&Yaml::Text((*item).to_string()))).collect();
    (items.len() > 1).then(|| format!("[{}]", items.join(", ")))
}

/// A whole day of a year, or of a month in it.
pub(super) fn day(written: &str) -> Option<String> {
    let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    match written.split_once('-') {
        None if is_number(written, 4) => Some(format!("{written}-01-01")),
        Some((year, month)) if is_number(year, 4) && is_number(month, 2) => Some(format!("{written}-01")),
        _ => None,
    }
}

/// An address without its beginning: `me@example.org`, `www.example.org`.
pub(super) fn address(written: &str) -> Option<String> {
    let is_host = |host: &str| {
        let parts: Vec<&str> = host.split('.').collect();
        let is_part = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
        parts.len() > 1 && parts.iter().all(is_part) && parts.last().is_some_and(|last| last.len() > 1)
    };
    if let Some((name, host)) = written.split_once('@') {
        let is_name = !name.is_empty() && !name.contains([':', '/', ' ']);
        return (is_name && is_host(host)).then(|| format!("mailto:{written}"));
    }
    let host = written.split(['/', '?', '#']).next().unwrap_or_default();
    is_host(host).then(|| format!("https://{written}"))
}

/// An example of a number that keeps the limits of its field.
pub(super) fn within(example: &str, field: &Field) -> String {
    let Ok(number) = example.parse::<f64>() else { return example.to_string() };
    let limits = &field.limits;
    let low = limits.min.filter(|min| number < *min);
    let high = limits.max.filter(|max| number > *max);
    low.or(high).map_or_else(|| example.to_string(), |limit| limit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Yaml {
        Yaml::Text(text.into())
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let meant = |typed: &str| number(&text(typed)).unwrap_or_default();
        assert_eq!(meant("8,5"), "8.5");
        assert_eq!(meant("8.5 kg"), "8.5");
        assert_eq!(meant("about 20."), "20");
        assert_eq!(meant("1.200.000"), "1200000");
        for unclear in ["1,200", "two", "2-3", "-5 °C", "1.2.3", ""] {
            assert_eq!(meant(unclear), "", "{unclear}");
        }
        assert_eq!(numbers("5 bis 8,5 min"), ["5", "8.5"]);
    }

    #[test]
    fn words_days_and_addresses_are_completed() {
        assert_eq!(["Yes", "nein", "perhaps"].map(|word| flag(&text(word))), [Some(true), Some(false), None]);
        assert_eq!(list(&text("easy, it's: hard")).as_deref(), Some("[easy, \"it's: hard\"]"));
        assert_eq!(list(&text("easy,")), None);
        assert_eq!(
            ["2019", "2019-05", "May"].map(day).map(Option::unwrap_or_default),
            ["2019-01-01", "2019-05-01", ""]
        );
        let all = ["me@x.org", "www.x.org/a", "me@", "x", "a b.c", "ftp://x.org"].map(address);
        assert_eq!(all.map(Option::unwrap_or_default), ["mailto:me@x.org", "https://www.x.org/a", "", "", "", ""]);
    }
}

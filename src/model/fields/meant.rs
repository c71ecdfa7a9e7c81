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

/// The number that is meant, where there is one and no more: `8,5 kg`, `"-5"`, `1_000`, `"0x1A"`, `017`.
pub(super) fn number(written: &Yaml) -> Option<String> {
    let Yaml::Text(text) = written else { return None };
    let text = text.trim();
    let (minus, bare) = match text.strip_prefix(['-', '−', '–']) {
        Some(bare) => ("-", bare),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let groups: Vec<&str> = bare.split(['_', '\'', '’', ' ', '\u{a0}', '\u{202f}']).collect();
    let is_group = |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() > 1 && groups[1..].iter().all(is_group) && (1..=3).contains(&groups[0].len());
    let bare = if is_grouped { groups.concat() } else { bare.to_string() };
    let of_radix = |prefix: &str, radix| i64::from_str_radix(bare.strip_prefix(prefix)?, radix).ok();
    let other = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter().find_map(|(prefix, radix)| of_radix(prefix, radix));
    let number = match other {
        Some(number) => number.to_string(),
        None => match bare.parse::<f64>() {
            Ok(number) if number.is_finite() && bare.contains(['e', 'E']) => number.to_string(),
            _ => <[String; 1]>::try_from(numbers(&bare)).ok().map(|[number]| number)?,
        },
    };
    // A sign before more than a number may be a dash.
    let is_alone = bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ','));
    if !minus.is_empty() && !is_alone {
        return None;
    }
    let whole = number.trim_start_matches('0');
    let whole = if whole.is_empty() || whole.starts_with('.') { format!("0{whole}") } else { whole.to_string() };
    Some(format!("{minus}{whole}"))
}

/// From here on no number is certain to be a whole one of the type `integer`.
pub(super) const BELOW_ALL_WHOLE: f64 = 9_223_372_036_854_775_807.0;

/// Whether a text is a number beyond all that can be reckoned with: `1e400`.
pub(super) fn is_too_large(written: &Yaml) -> bool {
    matches!(written, Yaml::Text(text) if text.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.trim().parse::<f64>().is_ok_and(f64::is_infinite))
}

/// How a whole number is written, where a number was written in another way; none where that is no number at all.
pub(super) fn whole(number: f64, name: &str) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    Some(if number.abs() >= BELOW_ALL_WHOLE {
        format!("a whole number may have up to 18 digits; declare `{name}` as `text` where it is a name made of digits")
    } else if number.fract() != 0.0 {
        "write it without a fraction, or declare the field as `number` in site.yaml".into()
    } else {
        format!("write it in digits alone: `{name}: {number}`, if that is meant")
    })
}

/// How a number is written that stands among other signs.
pub(super) fn alone(name: &str, number: &str) -> String {
    format!("write the number alone, with a point before a fraction and without quotes or a unit: `{name}: {number}`")
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
        for (typed, number) in [
            ("-5", "-5"),
            ("−1,5", "-1.5"),
            ("+5", "5"),
            ("1_000", "1000"),
            ("1 000 000", "1000000"),
            ("1'000", "1000"),
            ("0x1A", "26"),
            ("1e3", "1000"),
            ("017", "17"),
            ("00", "0"),
            ("0.5 l", "0.5"),
        ] {
            assert_eq!(meant(typed), number, "{typed}");
        }
        assert!(is_too_large(&text("1e400")) && !is_too_large(&text("inf")) && !is_too_large(&text("1e3")));
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

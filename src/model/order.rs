//! The order of values: numbers first, then texts, then what is missing. A total order, whatever people type.

use std::cmp::Ordering;

use crate::collation::Collation;

/// What a value is sorted by.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A number.
    Number(f64),
    /// A text, by what the collation of the language makes of it.
    Text(Vec<u8>),
    /// No value.
    Missing,
    /// Another key the other way round; what is missing stays at the end.
    Down(Box<Key>),
}

impl Key {
    /// The key of a text: a number where all of it is one.
    pub fn of(text: &str, collation: &Collation) -> Self {
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Self::Number(number),
            _ => Self::Text(collation.key(text)),
        }
    }

    /// The key of a text that no language has a say in: a slug, a day.
    pub fn text(text: &str) -> Self {
        Self::Text(text.as_bytes().to_vec())
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Down(_) => 2,
            Self::Missing => 3,
        }
    }
}

impl Eq for Key {}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Down(a), Self::Down(b)) => match (&**a, &**b) {
                (Self::Missing, _) | (_, Self::Missing) => a.cmp(b),
                (a, b) => b.cmp(a),
            },
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(texts: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        let collation = Collation::of("en");
        texts.sort_by_key(|text| (Key::of(text, &collation), text.clone()));
        texts
    }

    #[test]
    fn numbers_come_first_and_in_their_order() {
        assert_eq!(
            sorted(&["225a", "40", "7-", "9", "inf", "b", "A", "-1", "1.5", "NaN"]).join(" "),
            "-1 1.5 9 40 7- 225a A b inf NaN"
        );
    }

    #[test]
    fn it_is_an_order() {
        let collation = Collation::of("en");
        let down = |key: Key| Key::Down(Box::new(key));
        let mut keys: Vec<Key> =
            ["2", "10", "1a", "9-", "x", "", "-0", "0", "1e3", "nan"].map(|text| Key::of(text, &collation)).to_vec();
        keys.push(Key::Missing);
        keys.extend(keys.clone().into_iter().map(down));
        for a in &keys {
            for b in &keys {
                assert_eq!(a.cmp(b), b.cmp(a).reverse(), "{a:?} {b:?}");
                for c in keys.iter().filter(|_| a <= b) {
                    assert!(b > c || a <= c, "{a:?} {b:?} {c:?}");
                }
            }
        }
        assert!(down(Key::Number(2.0)) < down(Key::Number(1.0)) && down(Key::Number(1.0)) < down(Key::Missing));
    }
}

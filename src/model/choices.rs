//! What a field of the type `choice` offers.

use std::ops::Deref;

use crate::shown::{ShownValue, count, map_of};

/// What can be chosen, in an order that counts. As a slice: the id and the label of each choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    named: Vec<(String, String)>,
    shown: Vec<ShownValue>,
}

/// One choice as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What entries write.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// Further texts by key, for templates.
    pub texts: Vec<(String, String)>,
}

impl Choice {
    /// What every choice has: no further text may have one of these keys.
    pub const OWN: [&str; 4] = ["id", "label", "index", "of"];
}

impl Choices {
    /// From all choices in their order.
    pub fn new(choices: Vec<Choice>) -> Self {
        let of = choices.len();
        let shown = choices.iter().enumerate().map(|(at, choice)| shown(at, of, choice)).collect();
        Self { named: choices.into_iter().map(|choice| (choice.id, choice.label)).collect(), shown }
    }

    /// A choice as templates see it: made once, since most entries have made one of the same few.
    pub fn shown(&self, at: usize) -> ShownValue {
        self.shown[at].clone()
    }

    /// A text of a choice: its label, or another by its key; none where it has none of that key.
    pub fn text<'a>(&'a self, at: usize, key: &'a str) -> Option<&'a str> {
        self.shown[at].get_from_path(key)?.as_str()
    }
}

fn shown(at: usize, of: usize, choice: &Choice) -> ShownValue {
    let [id, label, index, total] = Choice::OWN;
    let own: [(&str, ShownValue); 4] = [
        (id, choice.id.as_str().into()),
        (label, choice.label.as_str().into()),
        (index, (at as i64).into()),
        (total, count(of)),
    ];
    map_of(own.into_iter().chain(choice.texts.iter().map(|(key, text)| (key.as_str(), text.as_str().into()))))
}

impl Deref for Choices {
    type Target = [(String, String)];

    fn deref(&self) -> &Self::Target {
        &self.named
    }
}

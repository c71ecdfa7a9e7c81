//! What a field of the type `choice` offers.

use std::ops::Deref;

use crate::templates::{Value, count, map};

/// What can be chosen: id and label of each choice, in an order that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    named: Vec<(String, String)>,
    shown: Vec<Value>,
}

impl Choices {
    /// From ids and labels.
    pub fn new(named: Vec<(String, String)>) -> Self {
        let show = |(at, (id, label)): (usize, &(String, String))| {
            map([
                ("id", id.as_str().into()),
                ("label", label.as_str().into()),
                ("index", (at as i64).into()),
                ("of", count(named.len())),
            ])
        };
        let shown = named.iter().enumerate().map(show).collect();
        Self { named, shown }
    }

    /// A choice as templates see it: made once, since most entries have made one of the same few.
    pub fn shown(&self, at: usize) -> Value {
        self.shown[at].clone()
    }
}

impl Deref for Choices {
    type Target = [(String, String)];

    fn deref(&self) -> &Self::Target {
        &self.named
    }
}

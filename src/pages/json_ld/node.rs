//! Nodes of structured data: properties in the order in which they are said, with borrowed texts where that is possible.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Value as Json;

/// A thing with its properties.
#[derive(Default)]
pub(super) struct Node<'a>(Vec<(&'a str, PropertyValue<'a>)>);

/// The value of a property.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum PropertyValue<'a> {
    Text(Cow<'a, str>),
    Node(Node<'a>),
    List(Vec<PropertyValue<'a>>),
    /// A number, or what a field holds: the keys of its objects are sorted.
    Plain(Json),
}

impl<'a> Node<'a> {
    /// A thing of which only the type is known.
    pub fn of_type(ty: &'a str) -> Self {
        Self(vec![("@type", ty.into())])
    }

    /// A thing that others can point to.
    pub fn named(ty: &'a str, id: String) -> Self {
        Self::of_type(ty).with("@id", id)
    }

    /// Only where a thing is described.
    pub fn pointer(id: String) -> Self {
        Self(vec![("@id", id.into())])
    }

    /// Says one thing more, or says it in another way.
    pub fn set(&mut self, property: &'a str, value: impl Into<PropertyValue<'a>>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == property) {
            Some((_, known)) => *known = value,
            None => self.0.push((property, value)),
        }
    }

    /// As [`Node::set`].
    pub fn with(mut self, property: &'a str, value: impl Into<PropertyValue<'a>>) -> Self {
        self.set(property, value);
        self
    }

    /// Says all of these.
    pub fn extend(&mut self, properties: impl IntoIterator<Item = (&'a str, PropertyValue<'a>)>) {
        properties.into_iter().for_each(|(property, value)| self.set(property, value));
    }

    /// The node as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("names, texts and lists can be written as JSON")
    }
}

impl<'a> PropertyValue<'a> {
    /// One list of everything in several lists.
    pub fn joined(parts: Vec<Self>) -> Self {
        let items = parts.into_iter().flat_map(|part| match part {
            Self::List(items) => items,
            part if part.is_empty() => Vec::new(),
            part => vec![part],
        });
        Self::List(items.collect())
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Plain(json) => json.is_null(),
            _ => false,
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(property, value)| (property, value)))
    }
}

impl<'a> From<&'a str> for PropertyValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for PropertyValue<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<Node<'a>> for PropertyValue<'a> {
    fn from(node: Node<'a>) -> Self {
        Self::Node(node)
    }
}

impl From<Json> for PropertyValue<'_> {
    fn from(json: Json) -> Self {
        Self::Plain(json)
    }
}

impl<'a, T: Into<PropertyValue<'a>>> FromIterator<T> for PropertyValue<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

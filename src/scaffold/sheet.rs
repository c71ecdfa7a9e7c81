//! The keys of a new entry as text: those that have to be filled in first, the others as remarks.

use crate::yaml::{flow, quoted};

/// Lines of remarks are no longer than this.
const WIDTH: usize = 100;

/// Stands at the top of the front matter of every new entry.
const ABOUT: &str =
    "Keys without a value have to be filled in. To use a line such as `#key: value`, take its `#` away.";

/// Keys that every entry may have, besides those that are written down.
const MORE: &str = "Every entry may also have: short_title, aliases, redirect_from, date, updated, draft, template.";

/// Everything that is written of a new entry.
pub(super) struct Sheet {
    /// In the order of the declaration.
    pub keys: Vec<EntryKey>,
}

/// One key of a new entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EntryKey {
    /// The key.
    pub name: String,
    /// What people should know of it, a sentence each.
    pub about: Vec<String>,
    /// Whether the entry is not whole without it.
    pub required: bool,
    /// A value that is known, on one line.
    pub value: Option<String>,
    /// A value as an example, on one line; empty where the lines below are the example.
    pub example: String,
    /// An example that takes several lines, with their indent below the key.
    pub below: Vec<String>,
}

impl Sheet {
    /// A whole file.
    pub fn front_matter(&self) -> String {
        let mut out = String::from("---\n");
        push_remark(&mut out, "", ABOUT);
        for (key, sign) in self.in_order() {
            out.push('\n');
            key.push(&mut out, "", sign);
        }
        out.push('\n');
        push_remark(&mut out, "", MORE);
        out.push_str("---\n\n");
        out
    }

    /// The lines of an item of a data file.
    pub fn item(&self, indent: &str) -> String {
        let mut out = String::new();
        self.in_order().for_each(|(key, sign)| key.push(&mut out, indent, sign));
        out
    }

    /// The keys that are written as such, then those that are remarks, each with the sign before it.
    fn in_order(&self) -> impl Iterator<Item = (&EntryKey, &str)> {
        let stand = self.keys.iter().filter(|key| key.stands()).map(|key| (key, ""));
        stand.chain(self.keys.iter().filter(|key| !key.stands()).map(|key| (key, "#")))
    }

    /// An item on one line, in braces: there is no room for remarks.
    pub fn braces(&self) -> String {
        let keys = self.keys.iter().filter(|key| key.stands());
        let pairs = keys.map(|key| (key, key.value.as_deref().unwrap_or("null")));
        let name = |key: &EntryKey| flow(&crate::yaml::Yaml::Text(key.name.clone()));
        let pairs: Vec<_> = pairs.map(|(key, value)| format!("{}: {value}", name(key))).collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

impl EntryKey {
    /// Whether it is written as a key and not as a remark.
    fn stands(&self) -> bool {
        self.required || self.value.is_some()
    }

    fn push(&self, out: &mut String, indent: &str, sign: &str) {
        for about in &self.about {
            push_remark(out, indent, about);
        }
        let value = match &self.value {
            Some(value) => value,
            None if self.required => "",
            None => &self.example,
        };
        let space = if value.is_empty() { "" } else { " " };
        out.push_str(&format!("{indent}{sign}{}:{space}{value}\n", quoted(&self.name)));
        if self.value.is_none() {
            self.below.iter().for_each(|line| out.push_str(&format!("{indent}#{line}\n")));
        }
    }
}

/// A remark on as many lines as it takes.
fn push_remark(out: &mut String, indent: &str, text: &str) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
            out.push_str(&format!("{indent}#{line}\n"));
            line.clear();
        }
        line.push(' ');
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("{indent}#{line}\n"));
    }
}

//! Headings and their ids.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::writer::Writer;
use crate::diagnostics::Code;
use crate::model::doc::Heading;
use crate::url::slug;

/// The ids that headings of a text have.
#[derive(Default)]
pub(super) struct Ids {
    /// Each with how often it was asked for, so that thousands of equal headings cost no more than others.
    asked: HashMap<String, usize>,
}

impl Ids {
    /// Takes an id that was written; returns whether no heading had it.
    fn take(&mut self, id: &str) -> bool {
        self.asked.insert(id.to_string(), 1).is_none()
    }

    /// Makes an id of a heading's words that no heading has yet.
    fn make(&mut self, text: &str) -> String {
        let base = Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".into());
        let mut n = *self.asked.entry(base.clone()).and_modify(|n| *n += 1).or_insert(1);
        if n == 1 {
            return base;
        }
        loop {
            let id = format!("{base}-{n}");
            if let Entry::Vacant(free) = self.asked.entry(id.clone()) {
                free.insert(1);
                self.asked.insert(base, n);
                return id;
            }
            n += 1;
        }
    }
}

impl Writer<'_> {
    /// Notes a heading with what it says and, where one was written, its id; returns its id.
    pub fn heading(&mut self, level: u8, written: Option<&str>, text: String, span: Range<usize>) -> String {
        let id = match written {
            Some(id) => {
                if !self.ids.take(id) {
                    let message = format!("two headings have the id `{id}`");
                    let help = "give one of them another id, or none: then one is made of its words";
                    self.problem(Code::HeadingIdDuplicate, span.clone(), message, help);
                }
                id.to_string()
            }
            None => self.ids.make(&text),
        };
        let span = self.global(&span);
        self.out.body.headings.push(Heading { level, id: id.clone(), text, span });
        id
    }
}

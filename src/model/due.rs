//! When entries have to be looked at again.

use crate::model::site::{EntryId, Site};
use crate::model::value::{Date, Value};

/// The next look at an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The entry.
    pub entry: EntryId,
    /// The field with the day of the last look.
    pub field: String,
    /// The day of the last look; none was written where it is missing.
    pub last: Option<Date>,
    /// The day from which it is due.
    pub on: Option<Date>,
    /// How many days it may be overdue.
    pub grace: i32,
}

impl Due {
    /// How many days it has been due on this day; nothing where it is not due yet.
    pub fn overdue(&self, today: Date) -> Option<i32> {
        self.on.map(|on| on.days_until(today)).filter(|days| *days >= 0)
    }
}

/// The next look at every entry of a kind that is reviewed, in the order of the entries.
pub fn reviews(site: &Site) -> Vec<Due> {
    let due = |entry: EntryId| {
        let doc = &site.entry(entry).doc;
        let kind = site.schema.kind(doc.kind);
        let review = kind.review.as_ref().filter(|_| !doc.broken)?;
        let at = kind.fields.iter().position(|field| field.name == review.field)?;
        let last = match doc.fields.get(at) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let on = last.map(|last| last.months_later(review.months));
        Some(Due { entry, field: review.field.clone(), last, on, grace: review.grace })
    };
    site.ids().filter_map(due).collect()
}

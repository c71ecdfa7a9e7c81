//! Who has signed off an entry, and whether it still says what was signed.

use super::{Drawing, plain};
use crate::cards::date_or_none;
use crate::hash::Hash;
use crate::markup::visible::{PagePart, fingerprint_of, visible};
use crate::model::site::EntryId;
use crate::model::value::Date;
use crate::signoffs::SignOff;
use crate::templates::{ShownValue, list, map};

/// The words that somebody signs: those of the entry as the site puts them together, whatever templates make of them.
pub fn words(drawing: Drawing<'_>, id: EntryId) -> Vec<String> {
    visible(&plain::entry(drawing, id, &[]), PagePart::Page)
}

/// The sign-offs of an entry, each with whether it still holds.
pub fn signoffs(drawing: Drawing<'_>, id: EntryId) -> Vec<(&SignOff, bool)> {
    let signoffs = &drawing.site.signoffs.by_entry;
    let Some(own) = (!signoffs.is_empty()).then(|| signoffs.get(&drawing.site.name(id))).flatten() else {
        return Vec::new();
    };
    let now: Hash = fingerprint_of(&words(drawing, id));
    own.iter().map(|signoff| (signoff, signoff.text == now)).collect()
}

/// Those that hold, as templates see them: what was signed and has changed since is signed by nobody.
pub(super) fn value(drawing: Drawing<'_>, id: EntryId) -> ShownValue {
    let holding = signoffs(drawing, id).into_iter().filter(|(_, holds)| *holds);
    list(holding.map(|(signoff, _)| {
        map([
            ("who", signoff.who.as_str().into()),
            ("role", signoff.role.as_str().into()),
            ("date", date_or_none(Date::parse(&signoff.day), &drawing.site.schema.texts)),
        ])
    }))
}

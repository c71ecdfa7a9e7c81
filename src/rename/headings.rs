//! A new id or new words for a heading, and every link to it.

use super::definitions::definitions;
use super::{Edits, data};
use crate::error::Error;
use crate::ledger::has_id;
use crate::markdown::without_attributes;
use crate::model::body::{Heading, LinkTarget};
use crate::model::site::EntryId;
use crate::model::source::Source;
use crate::model::value::Value;
use crate::span::Place;
use crate::url::heading_id;

/// A name in the form of an id changes the id alone; any other text becomes the words of the heading, and its id follows.
pub(super) fn rename(edits: &mut Edits<'_>, id: EntryId, old: &str, name: &str) -> Result<(), Error> {
    let site = edits.site;
    let doc = &site.entry(id).doc;
    let new = heading_id(name);
    if new.is_empty() || name.contains(['\n', '\r', '{', '}']) {
        return Err(Error::content(format!("`{name}` cannot be the name of a heading: no id can be made of it")));
    }
    if new == old && name == new {
        return Err(Error::content(format!("the heading has the id `{old}` already")));
    }
    let taken = |body: &crate::model::body::Body| body.heading(&new).is_some() || body.anchors.contains(&new);
    if new != old && doc.bodies().into_iter().any(taken) {
        return Err(Error::content(format!("`{}` has a heading with the id `{new}` already", site.name(id))));
    }
    let found = doc.bodies().into_iter().find_map(|body| Some((body, body.heading(old)?)));
    let Some((body, heading)) = found else { return Err(Error::content(format!("there is no heading `{old}`"))) };
    let place = doc.body_place(body, heading.span.clone());
    let url = &site.entry(id).url;
    let is_published = site_ledger(edits).is_some_and(|ledger| has_id(ledger, url, old));
    // Links from elsewhere keep leading to the heading.
    let kept = if is_published && new != old { format!(" #{old}") } else { String::new() };
    own(edits, &place, heading, old, name, &Id { new: &new, kept: &kept })?;
    links(edits, id, old, &new, (name != new).then_some(name));
    Ok(())
}

/// The new id of a heading, and the old one as it stays behind it.
struct Id<'a> {
    new: &'a str,
    kept: &'a str,
}

fn site_ledger<'a>(edits: &Edits<'a>) -> Option<&'a Source> {
    edits.sources.ledger.as_ref()
}

/// The heading itself: `## Words {#id}`, or words over a line of signs.
fn own(
    edits: &mut Edits<'_>,
    place: &Place,
    heading: &Heading,
    old: &str,
    name: &str,
    &Id { new, kept }: &Id<'_>,
) -> Result<(), Error> {
    let text = edits.text(place).unwrap_or_default().to_string();
    let line = text.lines().next().unwrap_or_default().trim_end();
    let marks = line.len() - line.trim_start_matches([' ', '#']).len();
    let with_id = line.find(&format!("{{#{old}")).filter(|_| line.ends_with('}'));
    let words_end = match with_id {
        Some(at) => line[..at].trim_end().len(),
        None if marks > 0 => without_attributes(line).0.len().max(marks),
        None => line.len(),
    };
    if text.trim_end().lines().count() > 2 || words_end < marks {
        let refusal = Error::content("a heading of several lines cannot be renamed");
        return Err(refusal.help("write it in one line first"));
    }
    if name == new {
        match with_id {
            Some(at) => edits.replace(place, at + 2..at + 2 + old.len(), format!("{new}{kept}")),
            // The id that the words have by themselves needs no writing down.
            None if heading_id(&heading.text) == new && kept.is_empty() => {}
            None => edits.insert(&place.path, place.range().start + line.len(), format!(" {{#{new}{kept}}}")),
        }
    } else if let Some(at) = with_id {
        edits.replace(place, marks..words_end, name);
        edits.replace(place, at + 2..at + 2 + old.len(), format!("{new}{kept}"));
    } else {
        let id = if kept.is_empty() { String::new() } else { format!(" {{#{new}{kept}}}") };
        edits.replace(place, marks..words_end, format!("{name}{id}"));
    }
    Ok(())
}

/// Links to the heading, in texts, fields and data. Where it was named by its words, the link gets its new ones; it stays
/// where the words stay.
fn links(edits: &mut Edits<'_>, id: EntryId, old: &str, new: &str, words: Option<&str>) {
    let site = edits.site;
    let url = site.entry(id).url.clone();
    let mut found: Vec<Place> = Vec::new();
    for from in site.ids() {
        let entry = site.entry(from);
        for (body, resolved) in entry.doc.bodies().into_iter().zip(site.references(from).texts.iter()) {
            for (link, address) in body.links.iter().zip(&resolved.links) {
                let leads = address.entry == Some(id)
                    || matches!(&link.target, LinkTarget::Page(page) if data::is_address(page, &url));
                let at_heading = address.address.rsplit_once('#').is_some_and(|(_, heading)| heading == old);
                if leads && at_heading && link.heading.is_some() {
                    found.extend(heading_places(
                        edits,
                        &entry.doc.body_place(body, link.heading_span.clone()),
                        &link.written,
                    ));
                }
            }
        }
        let own = site.schema.base_url.absolute(&url);
        for body in entry.doc.bodies() {
            let leads =
                |address: &str| address.split_once('#').is_some_and(|(page, heading)| page == own && heading == old);
            for external in body.external.iter().filter(|external| leads(&external.url)) {
                let place = entry.doc.body_place(body, external.span.clone());
                found.extend(behind(edits, &place, old));
            }
        }
        entry.doc.every_value(&mut |value, place| {
            if let Value::Url(text, at) = value
                && is_heading(text, &url, old)
            {
                found.extend(behind_sign(edits, &place(at)));
            }
        });
    }
    data::every_text(edits, &mut |text, place| {
        let by_name = text.split_once('#').is_some_and(|(name, heading)| heading == old && data::names(site, id, name));
        if by_name || is_heading(text, &url, old) {
            found.extend(behind_sign(edits, &place));
        }
    });
    for place in found {
        let by_id = edits.text(&place) == Some(old);
        if let Some(replacement) = if by_id { Some(new) } else { words } {
            edits.replace(&place, 0..place.range().len(), replacement);
        }
    }
}

fn is_heading(text: &str, url: &str, old: &str) -> bool {
    text.split_once('#').is_some_and(|(page, heading)| heading == old && data::is_address(page, url))
}

/// The heading right behind an address.
fn behind(edits: &Edits<'_>, place: &Place, heading: &str) -> Option<Place> {
    let start = place.range().end + 1;
    let rest = edits.sources.text(&place.path)?.text.get(start - 1..)?;
    let is_there = rest.strip_prefix('#').is_some_and(|rest| rest.starts_with(heading));
    is_there.then(|| Place::new(&place.path, start..start + heading.len()))
}

/// What stands behind the `#` of a value.
fn behind_sign(edits: &Edits<'_>, place: &Place) -> Option<Place> {
    let text = edits.text(place)?;
    let at = text.find('#')? + 1;
    let end = text.trim_end_matches(['"', '\'']).len();
    let start = place.range().start;
    Some(Place::new(&place.path, start + at..start + end.max(at)))
}

/// Where the heading of a link stands: in the link, or in the definitions that it refers to.
pub(super) fn heading_places(edits: &Edits<'_>, place: &Place, written: &str) -> Vec<Place> {
    let text = edits.text(place).unwrap_or_default();
    if !text.starts_with(['[', '!']) {
        // Of `a#b#c` the last is the heading that is meant.
        let at = text.rfind('#').map_or(0, |at| at + 1);
        let start = place.range().start;
        return vec![Place::new(&place.path, start + at..place.range().end)];
    }
    let heading = |address: Place| {
        let start = address.range().end + 1;
        let rest = edits.sources.text(&address.path)?.text.get(start - 1..)?.strip_prefix('#')?;
        let end = rest.find([' ', '\n', '>', '\t']).unwrap_or(rest.len());
        Some(Place::new(&address.path, start..start + end))
    };
    definitions(edits, place, written).into_iter().filter_map(heading).collect()
}

//! `limber new`: a new entry with every field of its kind, made from the declaration: a file, or an item of a data file.
//!
//! Nothing is written here: [`plan`] says which file gets which text, [`confirm`] puts the site together with it and says
//! what is left for a person to fill in, and [`files`] writes it.

mod check;
mod data;
mod fields;
pub mod files;
mod gaps;
mod near;
mod place;
mod relations;
mod sheet;

use std::sync::Arc;

use crate::diagnostics::Fix;
use crate::error::Error;
use crate::model::schema::KindId;
use crate::model::site::Site;
use crate::model::source::Sources;
use crate::model::value::Date;

pub use check::confirm;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct EntryRequest {
    /// The kind of the entry.
    pub kind: KindId,
    /// Its title. It may be missing where the entry closes a gap: then it is made from the name that others use.
    pub title: Option<String>,
    /// The name of its file or item, where it is not made from the title.
    pub name: Option<String>,
    /// The folder below that of the kind.
    pub folder: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// The entry is one that others refer to already.
    pub from_gap: bool,
    /// Only the text is wanted, whatever the file is like that it would go into.
    pub printed: bool,
}

/// An entry that is to be written.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Its kind.
    pub kind: KindId,
    /// Its slug.
    pub slug: String,
    /// The file that it is written into, relative to the project folder.
    pub path: Arc<str>,
    /// What is written.
    pub text: String,
    /// Where the text goes in a data file that is there; none for a file that is made.
    pub inserted: Option<Fix>,
    /// How many places refer to it already.
    pub used: usize,
}

/// Works out what an entry has to look like and where it goes.
///
/// # Errors
/// Where there is no such gap, where the name cannot be one or is taken, or where a data file cannot be added to.
pub fn plan(site: &Site, sources: &Sources, asked: &EntryRequest) -> Result<NewEntry, Error> {
    let gaps = gaps::of_kind(site, asked.kind);
    let gap = if asked.from_gap { Some(gaps::wanted(site, &gaps, asked)?) } else { None };
    let title = match (&asked.title, gap) {
        (Some(title), _) => one_line(title),
        (None, Some(gap)) => gap.title(),
        (None, None) => return Err(Error::request("a new entry needs a title").help("limber new KIND \"Title\"")),
    };
    if title.is_empty() {
        return Err(Error::request("the title is empty").help("limber new KIND \"Title\""));
    }
    let place = place::of(site, sources, asked, gap, &title)?;
    let uses = gaps.iter().find(|gap| gap.slug == place.slug);
    let sheet = sheet::Sheet {
        keys: fields::keys(site, asked, &title, place.dated)
            .into_iter()
            .chain(relations::keys(site, asked.kind, &title, uses.filter(|_| asked.from_gap)))
            .collect(),
    };
    let used = uses.map_or(0, |gap| gap.uses.len());
    let new = |text, inserted| NewEntry {
        kind: asked.kind,
        slug: place.slug.clone(),
        path: place.path.as_str().into(),
        text,
        inserted,
        used,
    };
    if !place.in_data {
        return Ok(new(sheet.front_matter(), None));
    }
    match sources.text(&place.path) {
        Some(source) if !asked.printed => {
            let (text, fix) = data::added(source, &place.key, &sheet)?;
            Ok(new(text, Some(fix)))
        }
        _ => Ok(new(format!("{}:\n{}", crate::yaml::quoted(&place.key), sheet.item("  ")), None)),
    }
}

/// A title on one line, without signs that no page can show.
fn one_line(title: &str) -> String {
    let is_break =
        |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    title.split(is_break).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

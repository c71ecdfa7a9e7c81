//! Which entries, or which sections of them, are shown in the text of another one: as deep as pages can bear, and never in a
//! circle.

use std::ops::Range;

use super::body::{Body, Embed, LinkTarget, is_block_id, is_in};
use super::site::{Catalogue, EntryId, ResolvedText};

/// So deep entries may be shown in one another.
pub const DEEPEST: usize = 5;

/// So many entries may be shown in one text, those within others included.
pub const MOST: usize = 100;

/// A section of the text below the front matter of an entry, or all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownSection {
    /// The entry.
    pub entry: EntryId,
    /// Where the section stands in the HTML of the text.
    pub html: Range<usize>,
}

/// Why an entry is not shown, and the page links to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// It leads to no entry that could be shown.
    NoEntry,
    /// The section cannot be cut out of the text.
    NoSection,
    /// It would show itself.
    Circle(EntryId),
    /// It would be shown within too many others.
    Deep,
    /// The text shows too many entries already.
    Many,
}

/// The entries that are open while a text is drawn, each with the place of what it shows.
#[derive(Default)]
pub struct OpenEmbeds {
    open: Vec<(EntryId, Option<usize>)>,
    shown: usize,
}

impl OpenEmbeds {
    /// Opens what is shown at a place of a text. `place` is none in a field, which no entry shows of another.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn begin(
        &mut self,
        site: &Catalogue,
        (id, place): (EntryId, Option<usize>),
        (body, text): (&Body, &ResolvedText),
        embed: &Embed,
    ) -> Result<ShownSection, NotShown> {
        let link = text.links.get(embed.link as usize).ok_or(NotShown::NoEntry)?;
        let entry = link.entry.ok_or(NotShown::NoEntry)?;
        let shown = &site.entry(entry).doc.body;
        let written = &body.links[embed.link as usize];
        let html = match link.address.split_once('#').filter(|_| written.heading.is_some()) {
            Some((_, "top")) => whole(shown),
            Some((_, id)) => section(shown, id).or_else(|| block(shown, id)).ok_or(NotShown::NoSection)?,
            None if written.target == LinkTarget::Here => return Err(NotShown::NoEntry),
            None => whole(shown),
        };
        let mut open = self.open.iter().copied().chain([(id, place)]);
        if open.any(|(open, at)| open == entry && at.is_some_and(|at| is_in(at as u32, &html))) {
            return Err(NotShown::Circle(entry));
        }
        if self.open.len() >= DEEPEST {
            return Err(NotShown::Deep);
        }
        if self.shown >= MOST {
            return Err(NotShown::Many);
        }
        self.shown += 1;
        self.open.push((id, place));
        Ok(ShownSection { entry, html })
    }

    /// Ends what was opened last.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// The entries that are open, the outermost first.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.open.iter().map(|(id, _)| *id)
    }
}

/// All of a text.
fn whole(body: &Body) -> Range<usize> {
    0..body.html.len()
}

/// The section below a heading: up to the next one of its level or above. None of a heading inside of something else.
fn section(body: &Body, id: &str) -> Option<Range<usize>> {
    let at = body.headings.iter().position(|heading| heading.id == id)?;
    let level = body.headings[at].level;
    let start = place_of(body, at, 0)?;
    let next = (at + 1..body.headings.len()).find(|next| body.headings[*next].level <= level);
    let end = match next {
        Some(next) => place_of(body, next, start)?,
        None => body.html.rfind("<section class=\"footnotes\"").unwrap_or(body.html.len()),
    };
    is_balanced(&body.html[start..end]).then_some(start..end)
}

/// The block with a name; of an item what stands in it, and of a heading the section below that.
fn block(body: &Body, id: &str) -> Option<Range<usize>> {
    if !is_block_id(id) {
        return None;
    }
    let html = &body.html;
    let start = html[..html.find(&format!(" id=\"{id}\""))?].rfind('<')?;
    let name = &html[start + 1..start + html[start..].find(' ')?];
    if name == "span" {
        let heading = body.headings.iter().rev().find(|heading| {
            let place = html.find(&format!(" id=\"{}\"", heading.id));
            place.is_some_and(|at| at < start && !html[at..start].contains("</h"))
        })?;
        return section(body, &heading.id);
    }
    let (opens, closes) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut end) = (0_usize, start);
    loop {
        let close = end + html[end..].find(&closes)?;
        let opened = html[end..close]
            .match_indices(&opens)
            .filter(|(at, _)| html[end + at + opens.len()..].starts_with([' ', '>']));
        depth += opened.count();
        depth = depth.checked_sub(1)?;
        end = close + closes.len();
        if depth == 0 {
            break;
        }
    }
    let inside = start + html[start..end].find('>')? + 1..end - closes.len();
    let range = if name == "li" { inside } else { start..end };
    is_balanced(&html[range.clone()]).then_some(range)
}

/// Where a heading begins in the HTML.
fn place_of(body: &Body, at: usize, from: usize) -> Option<usize> {
    let heading = &body.headings[at];
    let id = format!(" id=\"{}\"", heading.id);
    let mut places = body.html[from..].match_indices(&id).map(|(at, _)| from + at);
    places.find_map(|at| {
        let begin = body.html[..at].rfind('<')?;
        body.html[begin..].starts_with(&format!("<h{}", heading.level)).then_some(begin)
    })
}

/// Whether every element of a piece of HTML begins and ends in it.
fn is_balanced(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (closes, part) = part.strip_prefix('/').map_or((false, part), |part| (true, part));
        let name = &part[..part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len())];
        let tag = part.split('>').next().unwrap_or_default();
        if name.is_empty() || tag.ends_with('/') || VOID.contains(&name) {
            continue;
        }
        match closes {
            false => open.push(name),
            true if open.last() == Some(&name) => _ = open.pop(),
            true => return false,
        }
    }
    open.is_empty()
}

/// Elements that have no end.
const VOID: [&str; 10] = ["br", "hr", "img", "input", "wbr", "source", "track", "col", "embed", "area"];

//! The ledger: every address that the site has published, with the ids on its page. It lies in the project as `urls.txt`, one
//! address a line, so that two branches merge like any text. Only a publication that went well writes it.
//!
//! It is one of the sources, so all commands report what is missing. Where the very text lives on at another address, or the
//! ledger says where a redirect led, the repair is certain; anything else is a suggestion.

mod compare;
mod served;
mod successors;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::schema::Schema;
use crate::model::source::Source;
use crate::span::Place;
use crate::url::{decode_path, encode_path};

pub use compare::check;
pub use served::served;

/// Where the ledger lies in the project.
pub const LEDGER: &str = "urls.txt";

/// What the first lines of the file say.
const HEAD: &str = "# Every address that this site has published: a line each, with a hash of its text and the ids on its page.\n\
                    # `limber publish` writes it. Keep it with the site: what is listed here has to lead somewhere for ever.\n";

/// What one address of the site serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// A page, with the hash of its text where that is long enough to know it by.
    Page(Option<String>),
    /// Something else: a file, a feed.
    File,
    /// A page that leads on to this address.
    Redirect(String),
    /// A page that says that there is nothing any more.
    Gone,
}

/// What a site serves, or has served: each address with what is there, and the ids on its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The path of the home page.
    pub base: String,
    /// The addresses, without the base path, percent-encoded.
    pub urls: BTreeMap<String, (Service, BTreeSet<String>)>,
}

impl Ledger {
    /// The file.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEAD}base {}\n", self.base);
        for (url, (service, ids)) in &self.urls {
            text.push_str(url);
            match service {
                Service::Page(Some(hash)) => text.push_str(&format!(" {hash}")),
                Service::Page(None) => text.push_str(" page"),
                Service::File => {}
                Service::Redirect(to) => text.push_str(&format!(" -> {to}")),
                Service::Gone => text.push_str(" gone"),
            }
            ids.iter().for_each(|id| text.push_str(&format!(" #{}", id.replace(' ', "%20"))));
            text.push('\n');
        }
        text
    }
}

/// Whether a page was published with an id.
pub fn has_id(ledger: &Source, url: &str, id: &str) -> bool {
    let url = encode_path(url);
    read(ledger).0.lines.iter().any(|line| line.url == url && line.ids.iter().any(|(known, _)| known == id))
}

/// What a ledger is after a publication: everything that is served now, and of what was listed before all that is still led
/// on by the host, or that the site does not mind to miss. Ids stay unless they are said to be gone.
pub fn after(before: Option<&Source>, now: Ledger, schema: &Schema) -> Ledger {
    let mut ledger = now;
    let Some(before) = before else { return ledger };
    let gone: BTreeSet<&str> = schema.gone.iter().map(|(written, _)| written.as_str()).collect();
    for line in read(before).0.lines {
        let url = decode_path(&line.url).unwrap_or_else(|| line.url.clone());
        let kept = line.ids.into_iter().map(|(id, _)| id);
        let kept = kept.filter(|id| !gone.contains(url.as_str()) && !gone.contains(format!("{url}#{id}").as_str()));
        ledger.urls.entry(line.url).or_insert_with(|| (line.service, BTreeSet::new())).1.extend(kept);
    }
    ledger
}

/// A ledger as it was read, with the places of what it says.
struct Recorded {
    path: Arc<str>,
    base: Option<(String, Range<usize>)>,
    lines: Vec<RecordedUrl>,
}

/// One line of it.
struct RecordedUrl {
    url: String,
    range: Range<usize>,
    service: Service,
    ids: Vec<(String, Range<usize>)>,
}

impl Recorded {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(&self.path, range.clone())
    }
}

/// Reads the file. Lines that say nothing, and those that a merge left, are problems.
fn read(source: &Source) -> (Recorded, Vec<Diagnostic>) {
    let mut recorded = Recorded { path: source.path.clone(), base: None, lines: Vec::new() };
    let mut problems = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let words = words(line, at);
        at += line.len();
        match words.as_slice() {
            [] => {}
            [(first, _), ..] if first.starts_with('#') => {}
            [("base", _), (path, range)] if path.starts_with('/') => {
                recorded.base = Some(((*path).to_string(), range.clone()));
            }
            [(url, range), rest @ ..] if url.starts_with('/') && line_of(url, range, rest).is_some() => {
                recorded.lines.extend(line_of(url, range, rest));
            }
            [(first, range), ..] => {
                let message = match *first {
                    "<<<<<<<" | "=======" | ">>>>>>>" | "|||||||" => "a merge was left half done here",
                    _ => "this is no line of a list of addresses",
                };
                let diagnostic = Diagnostic::new(Code::LedgerInvalid, Place::new(&source.path, range.clone()), message);
                problems.push(diagnostic.help("keep the lines of both sides, and remove this one"));
            }
        }
    }
    (recorded, problems)
}

fn line_of(url: &str, range: &Range<usize>, rest: &[(&str, Range<usize>)]) -> Option<RecordedUrl> {
    let (service, ids) = match rest {
        [("->", _), (to, _), ids @ ..] => (Service::Redirect((*to).to_string()), ids),
        [("gone", _), ids @ ..] => (Service::Gone, ids),
        [("page", _), ids @ ..] => (Service::Page(None), ids),
        [(hash, _), ids @ ..] if !hash.starts_with('#') => (Service::Page(Some((*hash).to_string())), ids),
        ids => (Service::File, ids),
    };
    let id = |(word, range): &(&str, Range<usize>)| Some((word.strip_prefix('#')?.replace("%20", " "), range.clone()));
    let ids = ids.iter().map(id).collect::<Option<_>>()?;
    Some(RecordedUrl { url: url.to_string(), range: range.clone(), service, ids })
}

/// The words of a line with their places.
fn words(line: &str, at: usize) -> Vec<(&str, Range<usize>)> {
    let place = |word: &str| {
        let start = at + (word.as_ptr() as usize - line.as_ptr() as usize);
        start..start + word.len()
    };
    line.split_whitespace().map(|word| (word, place(word))).collect()
}

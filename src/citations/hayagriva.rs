//! The one place that names Hayagriva: YAML or BibTeX in, works with formatted references out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use ::hayagriva::archive::ArchivedStyle;
use ::hayagriva::citationberg::{IndependentStyle, Locale, LocaleFile, Style, VerticalAlign};
use ::hayagriva::types::{ChunkKind, Date, FormatString, Person};
use ::hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, io,
};

use super::{Work, said};
use crate::span::{self, Place};
use crate::url::composed;

pub(super) use ::hayagriva::Entry;

/// Why a text is not a bibliography.
pub(super) struct Refusal {
    /// The reason in the library's words, without lines and columns: `davis2020.date: date format unknown`.
    pub(super) reason: String,
    /// Where, as a byte of the text.
    pub(super) at: usize,
}

/// Reads the entries of a bibliography, or of a piece of one. All or none.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, Refusal> {
    match io::from_yaml_str(text) {
        Ok(library) => Ok(library.into_iter().collect()),
        Err(error) => Err(refusal(text, &error)),
    }
}

/// Why a text is no bibliography, word for word.
#[cfg(test)]
pub(super) fn message(text: &str) -> String {
    io::from_yaml_str(text).expect_err(text).to_string()
}

/// Reads the entries of a bibliography in BibTeX; of one that cannot be read, every reason with its place.
pub(super) fn bibtex_entries(text: &str) -> Result<Vec<Entry>, Vec<(String, std::ops::Range<usize>)>> {
    let reason = |error: io::BibLaTeXError| match error {
        io::BibLaTeXError::Parse(error) => (error.kind.to_string(), error.span),
        io::BibLaTeXError::Type(error) => (error.kind.to_string(), error.span),
    };
    match io::from_biblatex_str(text) {
        Ok(library) => Ok(library.into_iter().collect()),
        Err(errors) => Err(errors.into_iter().map(reason).collect()),
    }
}

/// Why the `parent` of an entry cannot be read; the library itself says only that it cannot.
pub(super) fn parent_refusal(piece: &str, key: &str) -> Option<String> {
    let piece: serde_yaml::Value = serde_yaml::from_str(piece).ok()?;
    let parents = match piece.get(key)?.get("parent")? {
        serde_yaml::Value::Sequence(parents) => parents.clone(),
        parent => vec![parent.clone()],
    };
    parents.into_iter().find_map(|mut parent| {
        if let Some(fields) = parent.as_mapping_mut() {
            fields.entry("type".into()).or_insert_with(|| "misc".into());
        }
        let alone = serde_yaml::Mapping::from_iter([("parent".into(), parent)]);
        entries(&serde_yaml::to_string(&alone).ok()?).err().map(|refusal| refusal.reason)
    })
}

/// The index in the error is one of bytes, and right where lines and columns differ in what they call a line.
/// A quote that is never closed is reported where it opens, not where the text ends.
fn refusal(text: &str, error: &serde_yaml::Error) -> Refusal {
    let mut reason = error.to_string();
    let mut at = error.location().map_or(0, |location| location.index());
    if let Some((_, opened)) = reason.split_once(said::IN_QUOTES_AT)
        && let Some((line, column)) = opened.split_once(said::COLUMN)
        && let (Ok(line), Ok(column)) = (line.parse(), column.parse())
    {
        at = span::offset_of(text, line, column);
    }
    while let Some(start) = reason.find(said::AT_LINE) {
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
        let mut end = start + said::AT_LINE.len();
        end += digits(&reason[end..]);
        if reason[end..].starts_with(said::COLUMN) {
            end += said::COLUMN.len();
            end += digits(&reason[end..]);
        }
        reason.replace_range(start..end, "");
    }
    Refusal { reason: reason.replace(said::NEXT_TOKEN, ""), at }
}

/// A work with its reference.
pub(super) fn work(entry: Entry, place: Place) -> Work {
    let mut entry = entry;
    if let Some(authors) = entry.authors() {
        let authors = authors.iter().cloned().map(in_order).collect();
        entry.set_authors(authors);
    }
    let doi = entry.doi().and_then(bare_doi);
    if let Some(doi) = &doi {
        entry.set_doi(doi.clone());
    }
    let own_url = entry.url().map(|url| &url.value);
    let secure = own_url.filter(|url| url.scheme() == "https").map(|url| url.to_string());
    let parent = entry.parents().iter().find(|parent| parent.title().is_some());
    let container = parent.and_then(Entry::title).map(plain);
    let around = || std::iter::once(&entry).chain(entry.parents());
    let mut work = Work {
        key: composed(entry.key()).into_owned(),
        place,
        title: entry.title().map(plain).or(container.clone()).unwrap_or_else(|| entry.key().to_string()),
        authors: entry.authors().unwrap_or_default().iter().map(|author| clean(&author.given_first(false))).collect(),
        year: entry.date_any().map(|date| date.year.to_string()),
        date: entry.date_any().map(iso),
        container,
        volume: around().find_map(Entry::volume).map(|volume| clean(&volume.to_string())),
        issue: around().find_map(Entry::issue).map(|issue| clean(&issue.to_string())),
        pages: around().find_map(Entry::page_range).map(|pages| clean(&pages.to_string())),
        url: secure.or_else(|| doi.as_deref().map(doi_url)),
        doi,
        kind: kind(&entry),
        standing: None,
        reference: String::new(),
    };
    if let Some(authors) = entry.authors() {
        let authors = authors.iter().cloned().map(with_capital_initials).collect();
        entry.set_authors(authors);
    }
    work.reference = reference(&entry, &work);
    work
}

/// `Koc, Thomas A., Jr.` and `Koc, Jr., Thomas A.` are both in use; only the second is what the library expects.
/// A particle (`de Vos`) stays before the name that it belongs to.
fn in_order(mut person: Person) -> Person {
    let is_suffix = |text: &str| {
        matches!(text.trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "v")
    };
    if person.given_name.as_deref().is_some_and(is_suffix) && person.suffix.is_some() {
        std::mem::swap(&mut person.given_name, &mut person.suffix);
    }
    if let Some(prefix) = person.prefix.take() {
        person.name = format!("{} {}", prefix.trim(), person.name).trim().to_string();
    }
    person
}

/// `Fei-fei` as `Fei-Fei`: the library makes `F-F` of the second and `F- fei` of the first.
fn with_capital_initials(mut person: Person) -> Person {
    if let Some(given) = &mut person.given_name {
        let mut after_hyphen = false;
        let capital = |c: char| {
            let upper = std::mem::replace(&mut after_hyphen, c == '-');
            if upper { c.to_uppercase().next().unwrap_or(c) } else { c }
        };
        *given = given.chars().map(capital).collect();
    }
    person
}

/// `Review, 29 trials`: the genre and the note, or either.
fn kind(entry: &Entry) -> Option<String> {
    let parts: Vec<_> =
        [entry.genre(), entry.note()].into_iter().flatten().map(plain).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn iso(date: &Date) -> String {
    let mut iso = format!("{:04}", date.year);
    if let Some(month) = date.month {
        iso.push_str(&format!("-{:02}", u16::from(month) + 1));
        if let Some(day) = date.day {
            iso.push_str(&format!("-{:02}", u16::from(day) + 1));
        }
    }
    iso
}

/// The DOI without what people write before it, or nothing where it is none.
fn bare_doi(written: &str) -> Option<String> {
    let mut doi = written.trim();
    for before in ["https://", "http://", "dx.", "doi.org/", "doi:"] {
        if doi.get(..before.len()).is_some_and(|start| start.eq_ignore_ascii_case(before)) {
            doi = doi[before.len()..].trim_start();
        }
    }
    let is_doi =
        doi.starts_with("10.") && doi.contains('/') && !doi.contains(|c: char| c.is_whitespace() || c.is_control());
    is_doi.then(|| doi.to_string())
}

fn doi_url(doi: &str) -> String {
    let mut url = "https://doi.org/".to_string();
    for byte in doi.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:;()".contains(&byte) {
            url.push(byte as char);
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

/// A text without the braces and backslashes of the format.
fn plain(text: &FormatString) -> String {
    let mut plain = String::new();
    for chunk in &text.value.0 {
        match chunk.kind {
            ChunkKind::Math => plain.push_str(&format!("${}$", chunk.value)),
            ChunkKind::Normal | ChunkKind::Verbatim => plain.push_str(&chunk.value),
        }
    }
    clean(&plain)
}

/// A text in one line and without control characters, which HTML does not allow.
fn clean(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The style of the references, and the words that it needs.
///
/// Annual Reviews has the order of the site's design (authors, year, title, journal), is numeric, so that a reference
/// does not depend on what else is in the list, and takes a tenth of the time of APA. The one small locale stands
/// here because the archive has no public way to read a single one, and reading all 63 takes as long as 600 works.
static STYLE: LazyLock<(IndependentStyle, Vec<Locale>)> = LazyLock::new(|| {
    let Style::Independent(style) = ArchivedStyle::AnnualReviews.get() else {
        unreachable!("the archive has only independent styles")
    };
    let words = LocaleFile::from_xml(include_str!("words.xml")).expect("words.xml is a CSL locale");
    (style, vec![words.into()])
});

/// The formatted reference as HTML, ending in a link to the DOI or the address.
///
/// Each work has a driver of its own: it costs the same as a common one, and grows with the number of works, not its square.
fn reference(entry: &Entry, work: &Work) -> String {
    let mut html = Html::default();
    // The formatter has asserts inside. A work that trips one still gets a line, if a plainer one.
    if let Ok(Some(content)) = catch_unwind(AssertUnwindSafe(|| format(entry))) {
        html.children(&content);
    }
    if html.out.is_empty() {
        let parts =
            [Some(work.authors.join(", ")), work.year.clone(), Some(work.title.clone()), work.container.clone()];
        html.text(&parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". "));
    }
    let own_url = entry.url().map(|url| url.value.as_str());
    match (&work.doi, own_url) {
        (Some(doi), _) => html.last_link(&doi_url(doi), &format!("doi:{doi}")),
        (None, Some(url)) if !html.has_link && is_web(url) => html.last_link(url, url),
        _ if !html.has_link => html.stop(),
        _ => {}
    }
    html.out
}

fn format(entry: &Entry) -> Option<ElemChildren> {
    let (style, locales) = &*STYLE;
    let mut driver = BibliographyDriver::new();
    driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(entry)], style, locales));
    let list = driver.finish(BibliographyRequest::new(style, None, locales)).bibliography?;
    list.items.into_iter().next().map(|item| item.content)
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// HTML in the making. The library's own writer escapes nothing.
#[derive(Default)]
struct Html {
    out: String,
    /// The last character that a reader sees.
    last: Option<char>,
    has_link: bool,
}

impl Html {
    fn children(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => {
                    let element = match text.formatting.vertical_align {
                        VerticalAlign::Sup => Some("sup"),
                        VerticalAlign::Sub => Some("sub"),
                        VerticalAlign::Baseline | VerticalAlign::None => None,
                    };
                    element.inspect(|name| self.out.push_str(&format!("<{name}>")));
                    self.text(&text.text);
                    element.inspect(|name| self.out.push_str(&format!("</{name}>")));
                }
                ElemChild::Elem(elem) => self.children(&elem.children),
                ElemChild::Markup(text) => self.text(text),
                ElemChild::Link { text, url } if is_web(url) => self.link(url, &text.text),
                ElemChild::Link { .. } | ElemChild::Transparent { .. } => {}
            }
        }
    }

    /// Text, with the full stop or space that the style puts after every part left out where there is one already.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c.is_control() || c.is_whitespace() { ' ' } else { c };
            match (self.last, c) {
                (None | Some(' '), ' ') => continue,
                (Some('?' | '!'), '.') => continue,
                _ => self.push(c),
            }
            self.last = Some(c);
        }
    }

    fn push(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            '"' => self.out.push_str("&quot;"),
            '\'' => self.out.push_str("&#39;"),
            c => self.out.push(c),
        }
    }

    fn link(&mut self, url: &str, text: &str) {
        self.out.push_str("<a href=\"");
        url.chars().filter(|c| !c.is_control()).for_each(|c| self.push(c));
        self.out.push_str("\">");
        self.text(text);
        self.out.push_str("</a>");
        self.has_link = true;
    }

    /// A link behind the end of the sentence.
    fn last_link(&mut self, url: &str, text: &str) {
        self.stop();
        self.text(" ");
        self.link(url, text);
    }

    /// Ends the sentence with a full stop, unless something ends it already.
    fn stop(&mut self) {
        while self.out.ends_with([' ', ',', ':']) {
            self.out.pop();
            self.last = self.out.chars().next_back();
        }
        if !matches!(self.last, Some('.' | '?' | '!') | None) {
            self.out.push('.');
            self.last = Some('.');
        }
    }
}

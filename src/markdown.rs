//! Markdown to HTML with holes. The only file that names `pulldown-cmark`.

mod leftovers;
mod plain;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
    TextMergeWithOffset, html,
};

use leftovers::{Standing, leftovers};

use crate::diagnostics::{Code, nearest};
use crate::html::{escape, push_escaped};
use crate::links::{self, Address};
use crate::model::doc::{Body, Citation, External, Filling, Heading, Hole, ImageRef, Link, Origin, Target};
use crate::model::schema::Schema;
use crate::span::Offset;
use crate::url::slug;

pub use plain::{Plain, plain};

/// The address that citations have while Markdown is read.
const CITATION: &str = "cite:";

/// How deep lists and quotes may nest.
const DEEPEST: usize = 100;

/// Texts of links that say nothing when they are read alone, in English.
const VAGUE: &[&str] = &[
    "here",
    "click here",
    "click",
    "read more",
    "more",
    "learn more",
    "find out more",
    "see more",
    "see here",
    "this",
    "this link",
    "this page",
    "link",
    "details",
    "continue",
];

/// What has to be known to read Markdown.
pub struct Reading<'a> {
    /// The site's declaration.
    pub schema: &'a Schema,
    /// The names of the data blocks that can be drawn.
    pub blocks: &'a BTreeSet<String>,
    /// The folder of the file.
    pub folder: &'a str,
}

/// A fenced block that names a data block.
pub struct RawBlock {
    /// Its name.
    pub name: String,
    /// Its YAML.
    pub text: String,
    /// Where the fence stands.
    pub span: Range<usize>,
    /// Where the YAML begins.
    pub text_at: usize,
    /// Whether a closing fence follows. Without one the block takes in all that follows.
    pub closed: bool,
}

/// Something wrong in a Markdown text.
pub struct Problem {
    /// Which problem it is.
    pub code: Code,
    /// Where, in bytes of the file or value.
    pub span: Range<usize>,
    /// What the diagnostic says.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

/// What was read.
#[derive(Default)]
pub struct Read {
    /// The text as HTML with holes.
    pub body: Body,
    /// Data blocks; `body.blocks` gets one for each, in this order.
    pub blocks: Vec<RawBlock>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a Markdown text that begins `offset` bytes into its file.
pub fn read(text: &str, offset: usize, reading: &Reading<'_>) -> Read {
    let mut writer = Writer::new(text, offset, reading);
    writer.run();
    writer.finish(Origin::File)
}

/// Reads one line of Markdown: no paragraph is put round it.
pub fn read_inline(text: &str, origin: Origin, reading: &Reading<'_>) -> Read {
    let mut writer = Writer::new(text, 0, reading);
    writer.run();
    let paragraphs = writer.events.iter().filter(|event| matches!(event, Event::Start(Tag::Paragraph))).count();
    if paragraphs == 1 {
        writer.events.retain(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)));
    }
    let mut read = writer.finish(origin);
    if read.body.html.ends_with('\n') {
        read.body.html.pop();
    }
    read
}

struct Writer<'a> {
    text: &'a str,
    offset: usize,
    /// Whether there is anything in the text that could be the mark of a footnote.
    notes: bool,
    reading: &'a Reading<'a>,
    events: Vec<Event<'a>>,
    footnotes: Vec<(String, Vec<Event<'a>>)>,
    footnote_numbers: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    out: Read,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, offset: usize, reading: &'a Reading<'a>) -> Self {
        Self {
            text,
            offset,
            notes: text.contains("[^"),
            reading,
            events: Vec::new(),
            footnotes: Vec::new(),
            footnote_numbers: HashMap::new(),
            ids: HashMap::new(),
            out: Read::default(),
        }
    }

    fn run(&mut self) {
        let options = options(self.reading.schema);
        let text = self.text;
        let mut claim = |link: BrokenLink<'a>| {
            let cited = link.reference.starts_with('@') && link.link_type == LinkType::Shortcut;
            cited.then_some((CowStr::Borrowed(CITATION), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut claim));
        let mut events: Vec<_> = TextMergeWithOffset::new(parser.into_offset_iter()).collect();
        if let Some(span) = too_deep(&events) {
            let message = format!("lists and quotes nest deeper than {DEEPEST} levels");
            self.problem(Code::MarkdownTooDeep, span, message, Some("take some of the nesting out".into()));
            events.clear();
        }
        self.translate(events);
    }

    fn translate(&mut self, events: Vec<(Event<'a>, Range<usize>)>) {
        let term_links = self.reading.schema.markdown.term_links;
        let mut quiet = 0usize; // inside links, headings, code, images and table heads no term becomes a link
        let mut code = false;
        let (mut columns, mut column) = (Vec::new(), 0);
        let mut link_ends: Vec<bool> = Vec::new(); // for each open link whether we wrote its tag ourselves
        let english = self.reading.schema.language.starts_with("en");
        let mut alerts: Vec<bool> = Vec::new();
        let mut open_footnotes: Vec<(String, Vec<Event<'a>>)> = Vec::new(); // with what came before each
        let mut events = Events { all: events, at: 0 };
        while let Some((event, span)) = events.next() {
            match event {
                Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, ref dest_url, .. })
                    if &**dest_url == CITATION =>
                {
                    let end = skip_link(&mut events);
                    self.citation(span.start..end.max(span.end));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    quiet += 1;
                    if english {
                        self.check_link_text(&plain_text(events.rest(), TagEnd::Link), &span);
                    }
                    let ours = self.link(link_type, &dest_url, &title, span);
                    link_ends.push(ours.is_some());
                    match ours {
                        Some(Opened { title_hole: Some(link) }) => {
                            skip_text(&mut events);
                            self.mark('N', link);
                        }
                        Some(_) => {}
                        None => self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id })),
                    }
                }
                Event::End(TagEnd::Link) => {
                    quiet -= 1;
                    if link_ends.pop() == Some(true) {
                        self.raw("</a>");
                    } else {
                        self.events.push(Event::End(TagEnd::Link));
                    }
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let mut inside = Vec::new();
                    let mut depth = 1;
                    for (event, _) in events.by_ref() {
                        match event {
                            Event::Start(Tag::Image { .. }) => depth += 1,
                            Event::End(TagEnd::Image) => depth -= 1,
                            _ => {}
                        }
                        if depth == 0 {
                            break;
                        }
                        inside.push(event);
                    }
                    if !self.image(link_type, &dest_url, &title, &inside, span) {
                        self.events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                        self.events.append(&mut inside);
                        self.events.push(Event::End(TagEnd::Image));
                    }
                }
                Event::Start(Tag::Heading { level, id, classes, mut attrs }) => {
                    quiet += 1;
                    if !self.allow_html() {
                        attrs.clear(); // `onclick` and `style` are raw HTML, too
                    }
                    let plain = plain_text(events.rest(), TagEnd::Heading(level));
                    let id = self.heading(level as u8, id.as_deref(), plain, span);
                    self.events.push(Event::Start(Tag::Heading { level, id: Some(id.into()), classes, attrs }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    quiet -= 1;
                    self.events.push(Event::End(TagEnd::Heading(level)));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if self.reading.blocks.contains(info.split_whitespace().next().unwrap_or_default()) =>
                {
                    let name = info.split_whitespace().next().unwrap_or_default().to_string();
                    let written = self.text[span.clone()].trim_end();
                    let closed = written.lines().count() > 1 && written.ends_with(['`', '~']);
                    let span = self.global(&span);
                    let mut block = RawBlock { name, text: String::new(), text_at: span.start, span, closed };
                    for (event, at) in events.by_ref() {
                        match event {
                            Event::Text(text) => {
                                if block.text.is_empty() {
                                    block.text_at = self.offset + at.start;
                                }
                                block.text.push_str(&text);
                            }
                            _ => break,
                        }
                    }
                    self.mark('B', self.out.blocks.len());
                    self.out.blocks.push(block);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.unknown_block(&kind, &span);
                    quiet += 1;
                    code = true;
                    self.events.push(Event::Start(Tag::CodeBlock(kind)));
                }
                Event::End(TagEnd::CodeBlock) => {
                    quiet -= 1;
                    code = false;
                    self.events.push(Event::End(TagEnd::CodeBlock));
                }
                Event::Start(Tag::Table(alignments)) => {
                    // A wide table scrolls in its box, which the keyboard has to reach for that.
                    self.raw(r#"<div class="tablebox" role="group" aria-label="Table" tabindex="0">"#);
                    columns.clone_from(&alignments);
                    self.events.push(Event::Start(Tag::Table(alignments)));
                }
                Event::End(TagEnd::Table) => {
                    self.events.push(Event::End(TagEnd::Table));
                    self.raw("</div>\n");
                }
                Event::Start(Tag::TableRow) => {
                    column = 0;
                    self.events.push(Event::Start(Tag::TableRow));
                }
                // An empty head names nothing: readers are told of an ordinary cell.
                Event::Start(Tag::TableCell)
                    if quiet > 0 && matches!(events.rest().first(), Some((Event::End(TagEnd::TableCell), _))) =>
                {
                    events.next();
                    self.raw("<td></td>");
                    column += 1;
                }
                Event::Start(Tag::TableCell) => {
                    self.cell(columns.get(column).copied().unwrap_or(Alignment::None), quiet > 0);
                    column += 1;
                }
                Event::Start(Tag::TableHead) => {
                    (quiet, column) = (quiet + 1, 0);
                    self.events.push(Event::Start(Tag::TableHead));
                }
                Event::End(TagEnd::TableHead) => {
                    quiet -= 1;
                    self.events.push(Event::End(TagEnd::TableHead));
                }
                Event::Start(Tag::BlockQuote(kind)) => {
                    alerts.push(kind.is_some());
                    match kind {
                        Some(kind) => self.alert(kind),
                        None => self.events.push(Event::Start(Tag::BlockQuote(None))),
                    }
                }
                Event::End(TagEnd::BlockQuote(kind)) => {
                    if alerts.pop() == Some(true) {
                        self.raw("</div></div>\n");
                    } else {
                        self.events.push(Event::End(TagEnd::BlockQuote(kind)));
                    }
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    open_footnotes.push((name.to_string(), std::mem::take(&mut self.events)));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((name, before)) = open_footnotes.pop() {
                        let definition = std::mem::replace(&mut self.events, before);
                        self.footnotes.push((name, definition));
                    }
                }
                Event::FootnoteReference(name) => {
                    let next = self.footnote_numbers.len() + 1;
                    let seen = self.footnote_numbers.contains_key(&*name);
                    let number = *self.footnote_numbers.entry(name.to_string()).or_insert(next);
                    let id = if seen { String::new() } else { format!(r#" id="fnref-{number}""#) };
                    self.raw(format!(
                        r##"<sup class="footnote"><a href="#fn-{number}"{id} aria-label="Footnote {number}">{number}</a></sup>"##
                    ));
                }
                Event::Start(Tag::HtmlBlock) if !self.allow_html() => {
                    let mut html = String::new();
                    for (event, _) in events.by_ref() {
                        match event {
                            Event::Html(part) | Event::Text(part) => html.push_str(&part),
                            _ => break,
                        }
                    }
                    self.events.push(Event::Start(Tag::Paragraph));
                    if self.raw_html(html.into(), span) {
                        self.events.push(Event::End(TagEnd::Paragraph));
                    } else {
                        self.events.pop();
                    }
                }
                Event::InlineHtml(html) if !self.allow_html() => {
                    self.raw_html(html, span);
                }
                Event::Text(text) => {
                    self.out.body.words += words(&text);
                    if !code {
                        let begins = self.events.last().is_some_and(|event| *event == Event::Start(Tag::Paragraph));
                        let quoted =
                            begins && self.events.iter().nth_back(1) == Some(&Event::Start(Tag::BlockQuote(None)));
                        self.unread(&span, begins, quoted);
                        self.unknown_footnotes(span);
                    }
                    if term_links && quiet == 0 && link_ends.is_empty() {
                        self.raw("\0T\0");
                        self.events.push(Event::Text(text));
                        self.raw("\0t\0");
                    } else {
                        self.events.push(Event::Text(text));
                    }
                }
                Event::Code(text) => {
                    self.out.body.words += words(&text);
                    self.events.push(Event::Code(text));
                }
                event => self.events.push(event),
            }
        }
    }

    fn allow_html(&self) -> bool {
        self.reading.schema.markdown.allow_html
    }

    /// Raw HTML where the site does not allow it: shown as text and reported, but for comments. Returns whether it is shown.
    fn raw_html(&mut self, html: CowStr<'a>, span: Range<usize>) -> bool {
        let comment = html.trim_start().starts_with("<!--") && html.trim_end().ends_with("-->");
        if comment {
            return false;
        }
        if !html.starts_with("</") {
            let help = "write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml";
            self.problem(Code::HtmlRaw, span, "raw HTML is shown as text".into(), Some(help.into()));
        }
        self.events.push(Event::Text(html));
        true
    }

    fn link(&mut self, link_type: LinkType, dest: &str, title: &str, span: Range<usize>) -> Option<Opened> {
        let (target, heading, title_hole) = if let LinkType::WikiLink { has_pothole } = link_type {
            let (name, heading) = match dest.split_once('#') {
                Some((name, heading)) => (name.trim(), Some(heading.trim().to_string())),
                None => (dest.trim(), None),
            };
            let target = if name.is_empty() { Target::Here } else { Target::Named(name.to_string()) };
            (target, heading, !has_pothole)
        } else {
            if link_type == LinkType::Email {
                return None;
            }
            match links::read(dest, self.reading.folder, self.reading.schema) {
                Address::External => {
                    let (_, at, _) = self.address(link_type, dest, span);
                    self.out.body.external.push(External { url: dest.to_string(), span: at });
                    return None;
                }
                Address::Internal(target, heading) => (target, heading, false),
                Address::Refused(why) => {
                    let message = format!("a page cannot link to `{dest}`");
                    let place = self.address_place(link_type, dest, span);
                    self.problem(Code::LinkUnsafe, place, message, Some(why.into()));
                    self.raw("<a>");
                    return Some(Opened { title_hole: None });
                }
            }
        };
        let number = self.out.body.links.len();
        let (written, span, heading_span) = self.address(link_type, dest, span);
        self.out.body.links.push(Link { target, heading, written, span, heading_span });
        self.raw("<a");
        self.mark('A', number);
        if title.is_empty() {
            self.raw(">");
        } else {
            self.raw(format!(" title=\"{}\">", escape(title)));
        }
        Some(Opened { title_hole: title_hole.then_some(number) })
    }

    /// A link has to make sense when it is read aloud alone.
    fn check_link_text(&mut self, text: &str, span: &Range<usize>) {
        let said = text.trim().trim_end_matches(['.', '!', ':', '…', '›', '»', '→', '>']).trim().to_lowercase();
        if VAGUE.contains(&said.as_str()) {
            let message = format!("the link text `{}` does not say where the link leads", text.trim());
            let help = "name what is behind the link: `see [foam rolling](foam-rolling.md)`";
            self.problem(Code::LinkTextVague, span.clone(), message, Some(help.into()));
        }
    }

    /// The address of a link as it was written, without heading; where it and the heading stand.
    fn address(&self, link_type: LinkType, dest: &str, span: Range<usize>) -> (Box<str>, Range<usize>, Range<usize>) {
        let whole = self.global(&span);
        let at = address_in(&self.text[span], link_type, dest).map(|at| whole.start + at);
        let path = dest.split('#').next().unwrap_or_default();
        let Some(at) = at else { return (path.into(), whole.clone(), whole) };
        let path_span = at..at + path.len();
        match dest.split_once('#') {
            Some((_, heading)) if path.is_empty() => (path.into(), at..at + dest.len(), at + 1..at + 1 + heading.len()),
            Some(_) => (path.into(), path_span.clone(), path_span.end + 1..at + dest.len()),
            None => (path.into(), path_span.clone(), path_span),
        }
    }

    /// Where the whole address of a link stands in the text; the link where the address stands elsewhere.
    fn address_place(&self, link_type: LinkType, dest: &str, span: Range<usize>) -> Range<usize> {
        match address_in(&self.text[span.clone()], link_type, dest) {
            Some(at) => span.start + at..span.start + at + dest.len(),
            None => span,
        }
    }

    /// An image of the project. False for one that has to be written as it is.
    fn image(
        &mut self,
        link_type: LinkType,
        dest: &str,
        title: &str,
        inside: &[Event<'_>],
        span: Range<usize>,
    ) -> bool {
        let path = match links::read(dest, self.reading.folder, self.reading.schema) {
            Address::Internal(Target::File(path), _) => path,
            Address::Internal(Target::Page(url), _) => format!("static{url}"),
            _ => {
                let message = format!("a page cannot show the image `{dest}`");
                let help = "put the file into the project: pages load nothing from other sites";
                let place = self.address_place(link_type, dest, span);
                self.problem(Code::LinkUnsafe, place, message, Some(help.into()));
                return true;
            }
        };
        let mut alt = String::new();
        for event in inside {
            match event {
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => push_escaped(&mut alt, text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        if alt.trim().is_empty() {
            let help = "write what it shows between the brackets: `![A foam roller under a calf](roller.png)`";
            let message = format!("the image `{dest}` has no alternative text");
            self.problem(Code::ImageWithoutAlt, span.clone(), message, Some(help.into()));
        }
        let number = self.out.body.images.len();
        let (_, span, _) = self.address(link_type, dest, span);
        self.out.body.images.push(ImageRef { path, span });
        self.raw("<img");
        self.mark('I', number);
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        self.raw(format!(" alt=\"{alt}\"{title} loading=\"lazy\">"));
        true
    }

    fn citation(&mut self, span: Range<usize>) {
        let written = self.text[span.clone()].trim_start_matches('[').trim_end_matches(']');
        let (mut keys, mut spans) = (Vec::new(), Vec::new());
        let mut at = self.offset + span.start + self.text[span].find(written).unwrap_or_default();
        for part in written.split(';') {
            let (key, locator) = match part.split_once(',') {
                Some((key, locator)) => (key, Some(locator.trim().to_string())),
                None => (part, None),
            };
            let name = key.trim().trim_start_matches('@');
            if let Some(other) = locator.as_deref().filter(|locator| locator.starts_with('@')) {
                let message = format!(
                    "`{other}` stands where a page would: only the first work of `{part}` is cited",
                    part = part.trim()
                );
                let help = "put a `;` between works: `[@davis2020; @guo2017]`";
                let start = at - self.offset;
                self.problem(Code::MarkdownUnread, start..start + part.len(), message, Some(help.into()));
            }
            let name_at = at + (key.len() - key.trim_start().trim_start_matches('@').len());
            spans.push(name_at..name_at + name.len());
            keys.push((name.to_string(), locator));
            at += part.len() + 1;
        }
        let number = self.out.body.citations.len();
        self.out.body.citations.push(Citation { keys, spans });
        self.mark('C', number);
    }

    /// What looks like Markdown and was left over as text.
    fn unread(&mut self, span: &Range<usize>, begins: bool, quoted: bool) {
        let standing = Standing { begins, quoted, wikilinks: self.reading.schema.markdown.wikilinks };
        for found in leftovers(&self.text[span.clone()], standing) {
            let span = span.start + found.span.start..span.start + found.span.end;
            self.problem(Code::MarkdownUnread, span, found.message, Some(found.help));
        }
    }

    /// A fenced block with nearly the name of a data block.
    fn unknown_block(&mut self, kind: &CodeBlockKind<'_>, span: &Range<usize>) {
        let CodeBlockKind::Fenced(info) = kind else { return };
        let name = info.split_whitespace().next().unwrap_or_default();
        let near = nearest(name, self.reading.blocks.iter().map(String::as_str));
        if let (Some(near), Some(at)) = (near.first(), self.text[span.clone()].find(name))
            && name.len() > 3
        {
            let message = format!("`{name}` is no data block, and the page shows its text as it is");
            let help = format!("did you mean `{near}`?");
            self.problem(Code::MarkdownUnread, span.start + at..span.start + at + name.len(), message, Some(help));
        }
    }

    /// A mark of a footnote that nobody defined comes back as text.
    fn unknown_footnotes(&mut self, span: Range<usize>) {
        if !self.notes {
            return;
        }
        let written = &self.text[span.clone()];
        for (at, _) in written.match_indices("[^").filter(|(at, _)| !written[..*at].ends_with('\\')) {
            let Some(end) = written[at..].find(']') else { break };
            let name = &written[at + 2..at + end];
            if !name.is_empty() && !name.contains(char::is_whitespace) {
                let span = span.start + at..span.start + at + end + 1;
                let help = format!("define it below, on a line of its own: `[^{name}]: ...`");
                self.problem(Code::FootnoteUnknown, span, format!("no footnote `{name}` is defined"), Some(help));
            }
        }
    }

    fn heading(&mut self, level: u8, id: Option<&str>, text: String, span: Range<usize>) -> String {
        let id = match id {
            Some(id) => {
                if self.ids.insert(id.to_string(), 1).is_some() {
                    let message = format!("two headings have the id `{id}`");
                    let help = "give one of them another id, or none: then one is made of its words";
                    self.problem(Code::HeadingIdDuplicate, span.clone(), message, Some(help.into()));
                }
                id.to_string()
            }
            None => self.free_id(&text),
        };
        let span = self.global(&span);
        self.out.body.headings.push(Heading { level, id: id.clone(), text, span });
        id
    }

    /// An id that no heading has yet. Counts per name, so that thousands of equal headings cost no more than others.
    fn free_id(&mut self, text: &str) -> String {
        let base = Some(slug(text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".into());
        let mut n = *self.ids.entry(base.clone()).and_modify(|n| *n += 1).or_insert(1);
        if n == 1 {
            return base;
        }
        loop {
            let id = format!("{base}-{n}");
            if let std::collections::hash_map::Entry::Vacant(free) = self.ids.entry(id.clone()) {
                free.insert(1);
                self.ids.insert(base, n);
                return id;
            }
            n += 1;
        }
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Worth knowing"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Get help"),
        };
        self.raw(format!(
            "<div class=\"alert alert-{class}\" role=\"note\"><p class=\"alert-title\">{title}</p><div class=\"alert-body\">\n"
        ));
    }

    /// The beginning of a cell. A class says how it is aligned, since pages may have no styles of their own.
    fn cell(&mut self, alignment: Alignment, head: bool) {
        let class = match alignment {
            Alignment::None => return self.events.push(Event::Start(Tag::TableCell)),
            Alignment::Left => "align-left",
            Alignment::Center => "align-center",
            Alignment::Right => "align-right",
        };
        self.raw(format!("<{} class=\"{class}\">", if head { "th" } else { "td" }));
    }

    fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn mark(&mut self, what: char, number: usize) {
        self.raw(format!("\0{what}{number}\0"));
    }

    fn global(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn problem(&mut self, code: Code, span: Range<usize>, message: String, help: Option<String>) {
        let span = self.global(&span);
        self.out.problems.push(Problem { code, span, message, help });
    }

    fn finish(mut self, origin: Origin) -> Read {
        self.append_footnotes();
        let mut marked = String::with_capacity(self.text.len() + self.text.len() / 2);
        html::push_html(&mut marked, self.events.into_iter());
        let body = &mut self.out.body;
        unmark(&marked, body);
        body.headings_by_id = (0..body.headings.len() as Offset).collect();
        body.headings_by_id.sort_by_key(|at| &body.headings[*at as usize].id);
        body.origin = origin;
        self.out
    }

    /// Footnotes stand at the end, in the order in which the text refers to them.
    fn append_footnotes(&mut self) {
        let mut notes: Vec<_> = std::mem::take(&mut self.footnotes)
            .into_iter()
            .filter_map(|(name, events)| Some((*self.footnote_numbers.get(&name)?, events)))
            .collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        self.raw("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (number, events) in notes {
            self.raw(format!("<li id=\"fn-{number}\">"));
            self.events.extend(events);
            self.raw(format!(
                "<a class=\"footnote-back\" href=\"#fnref-{number}\" aria-label=\"Back to the text\">←</a></li>\n"
            ));
        }
        self.raw("</ol>\n</section>\n");
    }
}

struct Opened {
    title_hole: Option<usize>,
}

/// Where in a link or image its address stands; `None` where it stands elsewhere or is written with escapes.
fn address_in(text: &str, link_type: LinkType, dest: &str) -> Option<usize> {
    match link_type {
        _ if dest.is_empty() => None,
        LinkType::WikiLink { .. } => text.find("[[").map(|at| at + 2).filter(|at| text[*at..].starts_with(dest)),
        LinkType::Inline => {
            let behind = |(at, _): (usize, &str)| {
                let rest = &text[at + 2..];
                let address = rest.trim_start().trim_start_matches('<');
                address.starts_with(dest).then(|| text.len() - address.len())
            };
            text.match_indices("](").filter_map(behind).last()
        }
        _ => None,
    }
}

fn options(schema: &Schema) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_SMART_PUNCTUATION, schema.markdown.smart_punctuation);
    options.set(Options::ENABLE_WIKILINKS, schema.markdown.wikilinks);
    options
}

fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (event, span) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(span.start..span.start);
        }
    }
    None
}

/// How many words a text has. Most texts are plain, and in those it is the bytes that are looked at.
fn words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let mut space = true;
    let starts = |byte: u8| {
        let before = std::mem::replace(&mut space, matches!(byte, 9..=13 | b' '));
        before && !space
    };
    text.bytes().map(starts).filter(|starts| *starts).count()
}

/// The events of a text, with a look ahead.
struct Events<'a> {
    all: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
}

impl<'a> Events<'a> {
    fn rest(&self) -> &[(Event<'a>, Range<usize>)] {
        &self.all[self.at..]
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, span) = self.all.get_mut(self.at)?;
        self.at += 1;
        Some((std::mem::replace(event, Event::Rule), span.clone()))
    }
}

/// Drops the rest of a link that is open, with its end; returns where that is.
fn skip_link(events: &mut Events<'_>) -> usize {
    skip_text(events);
    events.next().map_or(0, |(_, span)| span.end)
}

/// Drops what is inside a link that is open, which may be a link itself: `[@<https://example.org>]`.
fn skip_text(events: &mut Events<'_>) {
    let mut inside = 0usize;
    while let Some((event, _)) = events.rest().first() {
        match event {
            Event::Start(Tag::Link { .. }) => inside += 1,
            Event::End(TagEnd::Link) if inside == 0 => return,
            Event::End(TagEnd::Link) => inside -= 1,
            _ => {}
        }
        events.at += 1;
    }
}

/// The text of a heading or link, whose start was the event before these; without citations, which are only marks.
fn plain_text(events: &[(Event<'_>, Range<usize>)], end: TagEnd) -> String {
    let (mut text, mut cited) = (String::new(), false);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }) => cited = true,
            Event::End(TagEnd::Link) if cited => cited = false,
            _ if cited => {}
            Event::End(tag) if *tag == end => break,
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_string()
}

/// Takes the marks out of the HTML and notes where they stood.
fn unmark(marked: &str, body: &mut Body) {
    let mut html = String::with_capacity(marked.len());
    let mut open = 0;
    let mut rest = marked;
    while let Some(at) = rest.find('\0') {
        html.push_str(&rest[..at]);
        let mark = &rest[at + 1..];
        let Some(end) = mark.find('\0') else { break };
        let here = html.len() as Offset;
        let (what, number) = mark[..end].split_at(1);
        let number = number.parse().unwrap_or_default();
        match what {
            // A line break within a paragraph does not part what stands before and behind it.
            "T" => match body.linkable.last() {
                Some(range) if html[range.end as usize..] == *"\n" => {
                    open = range.start;
                    body.linkable.pop();
                }
                _ => open = here,
            },
            "t" => body.linkable.push(open..here),
            "A" => body.holes.push(Hole { at: here, what: Filling::Address(number) }),
            "N" => body.holes.push(Hole { at: here, what: Filling::Title(number) }),
            "C" => {
                // The mark belongs to the word before it: no space, no break between them.
                html.truncate(html.trim_end_matches(' ').len());
                let here = html.len() as Offset;
                if let Some(range) = body.linkable.last_mut() {
                    range.end = range.end.min(here);
                }
                body.holes.push(Hole { at: here, what: Filling::Citation(number) });
            }
            "B" => body.holes.push(Hole { at: here, what: Filling::Block(number) }),
            _ => body.holes.push(Hole { at: here, what: Filling::Image(number) }),
        }
        rest = &mark[end + 1..];
    }
    html.push_str(rest);
    html.shrink_to_fit();
    body.html = html;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Source;
    use crate::stages::declare::declare;

    fn body(text: &str) -> Body {
        let (schema, _) = declare(&Source::new("site.yaml", "title: t\nkinds: {note: {}}"), None);
        let schema = schema.expect("the declaration is valid");
        let blocks = BTreeSet::from(["plan".to_string()]);
        read(text, 0, &Reading { schema: &schema, blocks: &blocks, folder: "content/notes" }).body
    }

    #[test]
    fn a_citation_stands_behind_the_word_before_it() {
        let body = body("It helps [@davis2020; @guo2017, p. 3].");
        assert_eq!(body.html, "<p>It helps.</p>\n");
        assert_eq!(body.holes, [Hole { at: 11, what: Filling::Citation(0) }]);
        assert_eq!(body.citations[0].keys[1], ("guo2017".to_string(), Some("p. 3".to_string())));
        assert!(body.linkable.iter().all(|range| range.end as usize <= body.html.len()));
    }

    #[test]
    fn equal_headings_get_ids_of_their_own_without_quadratic_work() {
        let body = body(&"# Steps\n\n".repeat(5000));
        assert_eq!(body.headings[0].id, "steps");
        assert_eq!(body.headings[4999].id, "steps-5000");
    }

    #[test]
    fn links_become_holes_and_other_sites_stay() {
        let body = body("[a](../notes/b.md#c) [[d|e]] [[f]] <https://example.org>");
        let targets: Vec<_> = body.links.iter().map(|link| (&link.target, link.heading.as_deref())).collect();
        assert!(matches!(targets[0], (Target::Entry(_, slug), Some("c")) if slug == "b"));
        assert_eq!(targets[1], (&Target::Named("d".into()), None));
        assert_eq!(body.holes.iter().filter(|hole| matches!(hole.what, Filling::Title(_))).count(), 1);
        assert!(body.html.contains("href=\"https://example.org\""));
    }

    #[test]
    fn words_are_counted_alike_in_plain_and_in_other_texts() {
        for text in ["", " ", "one", " one\ttwo \n three ", "a\x0bb\x0cc\rd", "two words."] {
            assert_eq!(words(text), text.split_whitespace().count(), "{text:?}");
            assert_eq!(words(&format!("{text} \u{e9}")), text.split_whitespace().count() + 1, "{text:?}");
        }
    }

    #[test]
    fn a_fenced_block_with_a_known_name_is_data() {
        let body = body("```plan\na: 1\n```\n\n```rust\nlet a = 1;\n```\n");
        assert_eq!(body.holes, [Hole { at: 0, what: Filling::Block(0) }]);
        assert!(body.html.contains("<pre><code class=\"language-rust\">"));
    }
}

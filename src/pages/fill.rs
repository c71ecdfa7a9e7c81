//! Fills the holes of a Markdown text.
//!
//! `parse` knows one file. Whatever depends on others - the title of a `[[link]]`, an address, a citation's number, a data
//! block - is a hole in its HTML with a position, and the ranges in which terms may become links are noted. `resolve` says
//! what each link and mention means; the holes are filled here, while a page is prepared.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::embeds::Embeds;
use super::{BlockError, Drawing, entry, own_ids};
use crate::cards;
use crate::html::{escape, push_escaped};
use crate::links;
use crate::markdown::closed;
use crate::model::body::{
    Block, BlockData, Body, Citation, Filling, Heading, ImageRef, Link, LinkTarget, LoadedFrom, LoadingTag, is_in,
};
use crate::model::facts::select;
use crate::model::site::{EntryId, ResolvedText, Site};
use crate::model::texts::Texts;
use crate::sentences::words_of_html;
use crate::span::Offset;
use crate::templates::{ShownValue, Values, list, map_of};
use crate::url::encode_path;

/// The numbers of the works that a page cites, by key.
pub type Numbers<'a> = FxHashMap<&'a str, usize>;

/// A text of an entry as its page shows it.
pub struct FilledText {
    /// The HTML.
    pub html: String,
    /// How many words people read in it. The numbers of notes and of cited works are none.
    pub words: usize,
}

/// A text of an entry with its holes filled.
pub fn fill(
    drawing: Drawing<'_>,
    id: EntryId,
    body: &Body,
    text: &ResolvedText,
    numbers: &Numbers<'_>,
    errors: &mut Vec<BlockError>,
) -> FilledText {
    let mut draw = |id, body: &Body, block: &Block| draw(drawing, id, body, block, numbers, errors);
    fill_with(drawing, id, body, text, numbers, &mut draw)
}

/// Draws a data block of a text of an entry.
pub type DrawBlock<'f> = dyn FnMut(EntryId, &Body, &Block) -> String + 'f;

/// The same with data blocks that are drawn in another way.
pub fn fill_with(
    drawing: Drawing<'_>,
    id: EntryId,
    body: &Body,
    text: &ResolvedText,
    numbers: &Numbers<'_>,
    draw: &mut DrawBlock<'_>,
) -> FilledText {
    let shared = own_ids::shared(drawing, &drawing.site.entry(id).doc, body);
    let embeds = Embeds::default();
    let mut filler =
        Filler { drawing, page: id, numbers, draw, shared: &shared, embeds, words: body.words, unclosed: false };
    let mut out = filler.part(id, body, text, 0..body.html.len());
    if filler.unclosed {
        out = closed(&out);
    }
    let words = filler.words;
    let slug = &drawing.site.entry(id).doc.slug;
    let html = if drawing.apart { own_ids::apart(&out, slug) } else { own_ids::mark(out, &shared) };
    FilledText { html, words }
}

/// Fills the holes of one text of a page, and of the texts that are shown in it.
pub(super) struct Filler<'f, 'a> {
    pub drawing: Drawing<'a>,
    /// The entry whose page it is.
    pub page: EntryId,
    numbers: &'f Numbers<'a>,
    draw: &'f mut DrawBlock<'f>,
    /// The ids of the text that the frame of the page may have, too.
    shared: &'f [&'a str],
    pub embeds: Embeds,
    /// How many words there are so far.
    words: usize,
    /// Whether raw HTML of any of the texts leaves an element open.
    unclosed: bool,
}

impl Filler<'_, '_> {
    /// A part of a text of an entry.
    pub(super) fn part(&mut self, id: EntryId, body: &Body, text: &ResolvedText, part: Range<usize>) -> String {
        let drawing = self.drawing;
        self.unclosed |= body.unclosed;
        let site = drawing.site;
        let base = &site.schema.base_url;
        let inner = self.embeds.depth() > 0;
        let own_url = &site.entry(id).url;
        let mut out = String::with_capacity(part.len() + 64 * (body.holes.len() + text.mentions.len()));
        let shared = self.shared;
        let whole = |address: &str| match address {
            "" => String::new(),
            // Shown inside another page, the text still links to headings of its own page.
            _ if address.starts_with('#') && inner => base.rooted(&format!("{}{address}", page_of(own_url))),
            _ if address.starts_with('#') => own_ids::marked(address, shared).into_owned(),
            _ => base.rooted(address),
        };
        let address = |number: Offset| {
            let address = &text.links[number as usize].address;
            match &body.links[number as usize].target {
                LinkTarget::Page(url) if !address.is_empty() => {
                    led(drawing, url, address, &body.links[number as usize].used)
                }
                LinkTarget::Entry(..)
                | LinkTarget::Named(_)
                | LinkTarget::Page(_)
                | LinkTarget::File(_)
                | LinkTarget::Here => address.as_ref().into(),
            }
        };
        let (mut unlinking, mut taken) = (Unlinking::No, None);
        let is_mention =
            |(range, entry): &&(Range<u32>, EntryId)| is_in(range.start, &part) && (!inner || *entry != self.page);
        let mentioned: Vec<_> = text.mentions.iter().filter(is_mention).collect();
        let (mut at, mut mentions) = (part.start, mentioned.into_iter().peekable());
        let mut holes = body.holes.iter().filter(|hole| is_in(hole.at, &part)).peekable();
        loop {
            let hole_at = holes.peek().map_or(u32::MAX, |hole| hole.at);
            let mention_at = mentions.peek().map_or(u32::MAX, |(range, _)| range.start);
            if hole_at == u32::MAX && mention_at == u32::MAX {
                break;
            }
            if mention_at < hole_at {
                let Some((range, entry)) = mentions.next() else { break };
                unlinking.push(&mut out, &body.html[at..range.start as usize]);
                out.push_str("<a class=\"term\" href=\"");
                push_escaped(&mut out, &base.rooted(&site.entry(*entry).url));
                out.push_str("\">");
                out.push_str(&body.html[range.start as usize..range.end as usize]);
                out.push_str("</a>");
                at = range.end as usize;
                continue;
            }
            let Some(hole) = holes.next() else { break };
            unlinking.push(&mut out, &body.html[at..hole.at as usize]);
            at = hole.at as usize;
            match hole.what {
                Filling::Address(number) => {
                    let address = address(number);
                    if address.is_empty() {
                        unlinking.begin(&mut out);
                    } else {
                        out.push_str(" href=\"");
                        push_escaped(&mut out, &whole(&address));
                        out.push('"');
                    }
                }
                Filling::Bare(number) => push_escaped(&mut out, &whole(&address(number))),
                Filling::Loading(number) => {
                    let tag = &body.loading[number as usize];
                    let end = at + tag.len as usize;
                    let loaded = |number| escape(&whole(&address(number)));
                    if let Some(tag) = without_missing(tag, &body.html[at..end], &loaded) {
                        out.push_str(&tag);
                        at = end;
                        while holes.next_if(|hole| (hole.at as usize) < end).is_some() {}
                    }
                }
                Filling::Title(number) => {
                    let title = title(site, body, text, number as usize);
                    self.count(&title);
                    push_escaped(&mut out, &title);
                }
                Filling::Citation(number) => {
                    out.push_str(&marks(&body.citations[number as usize], self.numbers, &site.schema.texts));
                }
                Filling::Block(number) => {
                    let block = (self.draw)(id, body, &body.blocks[number as usize]);
                    let taken = taken.get_or_insert_with(|| own_ids::of_texts(&site.entry(id).doc));
                    let block = own_ids::of_block(block, taken);
                    self.count(&block);
                    out.push_str(&block);
                }
                Filling::Image(number) => {
                    if !push_image(&mut out, site, id, &body.images[number as usize]) {
                        // Its alternative text stands in its place.
                        let tag = &body.html[at..];
                        let end = tag.find('>').map_or(0, |end| end + 1);
                        out.truncate(out.strip_suffix("<img").unwrap_or(&out).len());
                        let (words, title) = (attribute(&tag[..end], "alt"), attribute(&tag[..end], "title"));
                        out.push_str(words);
                        if !title.is_empty() && title != words {
                            out.push_str(if words.is_empty() { "" } else { " – " });
                            out.push_str(title);
                        }
                        at += end;
                    }
                }
                Filling::Embed(number) => {
                    let begin = out.len();
                    self.embed(&mut out, (id, hole.at as usize), (body, text), number as usize);
                    self.count(&out[begin..]);
                }
            }
        }
        unlinking.push(&mut out, &body.html[at..part.end]);
        out
    }

    /// Counts the words of what fills a hole; what stands in an entry that is shown is counted with it.
    fn count(&mut self, html: &str) {
        if self.embeds.depth() == 0 {
            self.words += words_of_html(html);
        }
    }
}

fn page_of(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// The address of a link to a page of the site; empty where there is none. One in the form of another tool is led to the
/// page that it means, unless the page loads it as a film or a picture.
fn led<'a>(drawing: Drawing<'a>, url: &str, address: &'a str, used: &crate::model::body::LinkUse) -> Cow<'a, str> {
    let outside = || drawing.site.schema.links.outside.iter().any(|prefix| url.starts_with(prefix.as_str()));
    if drawing.plan.find(url).is_some() || outside() {
        return address.into();
    }
    let (schema, assets) = (&drawing.site.schema, &drawing.site.assets);
    if let Some(file) = links::file_meant(url, "", None, schema, assets).and_then(|path| assets.at(path)) {
        return file.url.as_str().into();
    }
    let Some(page) = drawing.plan.meant(url).filter(|_| !used.loads()) else { return "".into() };
    let anchor = address.find('#').map_or("", |at| &address[at..]);
    format!("{}{anchor}", encode_path(&page.url)).into()
}

/// What a heading says, with the titles that the page shows in it.
pub fn heading(site: &Site, body: &Body, text: &ResolvedText, heading: &Heading) -> String {
    let mut said = heading.text.clone();
    for (range, number) in heading.titles.iter().rev() {
        if text.links.get(*number as usize).is_some() && said.get(range.clone()).is_some() {
            said.replace_range(range.clone(), &title(site, body, text, *number as usize));
        }
    }
    said
}

/// What stands for a link that has no words of its own.
pub(super) fn title(site: &Site, body: &Body, text: &ResolvedText, number: usize) -> String {
    let link = &body.links[number];
    // A link within the page is called by what it leads to.
    if let (LinkTarget::Here, Some(heading)) = (&link.target, &link.heading) {
        // The last of several headings, `[[name#Part#C#]]`, which may end with the sign.
        let before = heading.trim_end_matches('#').rfind('#').map_or(0, |sign| sign + 1);
        return heading[before..].to_string();
    }
    match text.links[number].entry {
        Some(entry) => site.entry(entry).doc.name().to_string(),
        None => as_words(&body.links[number]),
    }
}

/// The value of an attribute of a tag, as it is written there.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!(" {name}=\"")).map_or("", |(_, rest)| rest);
    value.split('"').next().unwrap_or_default()
}

/// Address and size of an image. Says whether there is such a file.
fn push_image(out: &mut String, site: &Site, id: EntryId, image: &ImageRef) -> bool {
    let entry = site.entry(id);
    let file = links::image_meant(image, entry.doc.path(), Some(&entry.url), &site.schema, &site.assets);
    let Some(asset) = file.and_then(|path| site.assets.at(path)) else { return false };
    out.push_str(&format!(" src=\"{}\"", escape(&site.schema.base_url.rooted(&asset.url))));
    let scaled =
        |of: u32, by: u32, to: u32| (u64::from(of) * u64::from(to)).checked_div(u64::from(by)).map(|n| n as u32);
    let (width, height) = match (asset.size, image.width) {
        (_, Some((width, Some(height)))) => (Some(width), Some(height)),
        (Some((width, height)), Some((wanted, None))) => (Some(wanted), scaled(height, width, wanted)),
        (None, Some((wanted, None))) => (Some(wanted), None),
        (size, None) => size.unzip(),
    };
    if let Some(width) = width {
        out.push_str(&format!(" width=\"{width}\""));
    }
    if let Some(height) = height {
        out.push_str(&format!(" height=\"{height}\""));
    }
    true
}

/// The beginning of an element without what is missing of that which it loads; none where nothing is.
fn without_missing(tag: &LoadingTag, html: &str, address: &dyn Fn(Offset) -> String) -> Option<String> {
    let is_missing = |(_, from): &(Range<Offset>, LoadedFrom)| match from {
        LoadedFrom::Site(number) => address(*number).is_empty(),
        LoadedFrom::Elsewhere => false,
        LoadedFrom::Nowhere => true,
    };
    if !tag.attributes.iter().any(|attribute| attribute.addresses.iter().any(is_missing)) {
        return None;
    }
    if tag.attributes.iter().any(|attribute| attribute.is_needed && attribute.addresses.iter().all(is_missing)) {
        return Some(tag.instead.clone());
    }
    let shown = |(range, from): &(Range<Offset>, LoadedFrom)| {
        let behind = html[range.start as usize..range.end as usize].trim_end_matches([',', ' ', '\n']);
        match from {
            LoadedFrom::Site(number) => format!("{}{behind}", address(*number)),
            LoadedFrom::Elsewhere | LoadedFrom::Nowhere => behind.to_string(),
        }
    };
    let (mut out, mut at) = (String::new(), 0);
    for attribute in &tag.attributes {
        let (begin, end) = (attribute.range.start as usize, attribute.range.end as usize);
        out.push_str(&html[at..begin]);
        at = end;
        let there: Vec<String> = attribute.addresses.iter().filter(|address| !is_missing(address)).map(shown).collect();
        if let (Some((first, _)), Some((last, _)), false) =
            (attribute.addresses.first(), attribute.addresses.last(), there.is_empty())
        {
            out.push_str(&html[begin..first.start as usize]);
            out.push_str(&there.join(", "));
            out.push_str(&html[last.end as usize..end]);
        }
    }
    out.push_str(&html[at..]);
    Some(out)
}

/// Where in a link without an address the text stands: its words are drawn, and its tags are not.
#[derive(Clone, Copy, PartialEq)]
enum Unlinking {
    No,
    /// In the tag that begins it.
    Begin,
    /// In its words.
    Words,
}

impl Unlinking {
    /// Takes back the tag that has just begun.
    fn begin(&mut self, out: &mut String) {
        if out.ends_with("<a") {
            out.truncate(out.len() - "<a".len());
            *self = Self::Begin;
        }
    }

    /// Adds a piece of the text without the tags of the link.
    fn push(&mut self, out: &mut String, mut html: &str) {
        if *self == Self::Begin
            && let Some((_, rest)) = html.split_once('>')
        {
            (*self, html) = (Self::Words, rest);
        }
        if *self == Self::Words
            && let Some((words, rest)) = html.split_once("</a>")
        {
            out.push_str(words);
            (*self, html) = (Self::No, rest);
        }
        out.push_str(html);
    }
}

/// What stands in the place of a link to an entry that is left out: its name, as far as the link tells it.
fn as_words(link: &Link) -> String {
    match &link.target {
        LinkTarget::Named(name) => name.trim_end_matches('/').rsplit('/').next().unwrap_or(name).replace('-', " "),
        LinkTarget::Entry(..) | LinkTarget::Page(_) | LinkTarget::File(_) | LinkTarget::Here => String::new(),
    }
}

fn marks(citation: &Citation, numbers: &Numbers<'_>, texts: &Texts) -> String {
    let cited = citation.keys.iter().map(|(key, locator)| (key.as_str(), locator.as_deref()));
    marks_of(cited, numbers, texts)
}

/// Superscript numbers that link to the list of sources.
pub fn marks_of<'a>(
    keys: impl Iterator<Item = (&'a str, Option<&'a str>)>,
    numbers: &Numbers<'_>,
    texts: &Texts,
) -> String {
    let mut marks = String::new();
    for (n, locator) in keys.filter_map(|(key, locator)| Some((numbers.get(key)?, locator))) {
        marks.push_str(if marks.is_empty() { "<sup class=\"cite\">" } else { " " });
        let label = texts.say("source", &[("n", &n.to_string())]);
        marks.push_str(&format!("<a href=\"#source-{n}\" aria-label=\"{}\">{n}</a>", escape(&label)));
        if let Some(locator) = locator {
            marks.push_str(", ");
            push_escaped(&mut marks, locator);
        }
    }
    if !marks.is_empty() {
        marks.push_str("</sup>");
    }
    marks
}

/// The HTML of a data block of an entry.
pub fn draw(
    drawing: Drawing<'_>,
    id: EntryId,
    body: &Body,
    block: &Block,
    numbers: &Numbers<'_>,
    errors: &mut Vec<BlockError>,
) -> String {
    let site = drawing.site;
    let data = match &block.data {
        BlockData::Broken => return String::new(),
        BlockData::Free(data) => cards::yaml(data),
        BlockData::Typed(values) => {
            let declared = site.schema.blocks.iter().find(|(name, _)| *name == block.name);
            let fields = declared.map_or(&[][..], |(_, fields)| fields);
            let mut texts = entry::texts_of(drawing, id, values).into_iter();
            let values = fields.iter().zip(values);
            map_of(
                values
                    .map(|(field, value)| (&field.name, entry::value(drawing, id, value, field, &mut texts, numbers))),
            )
        }
    };
    let entries = block.entries.as_ref().map_or_else(Vec::new, |query| select(site, query));
    let mut values = Values::default();
    values.set("block", data);
    values.set("entries", list(entries.into_iter().map(|shown| entry::shown(drawing, shown, numbers))));
    match drawing.templates.draw(&format!("blocks/{}.html", block.name), drawing.site_value, &values, 4096) {
        Ok(html) => html,
        Err(error) => {
            errors.push(BlockError { place: site.entry(id).doc.body_place(body, block.span.clone()), error });
            String::new()
        }
    }
}

/// A value as a template sees it when it is a text of its own.
pub fn safe(html: String) -> ShownValue {
    crate::templates::safe(&html)
}

//! Raw HTML, where a site allows it: its ids, its addresses, and what the security policy of the pages keeps from working.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::addresses_in_html::as_followed;
use super::events::Events;
use super::tags::{Attribute, StartTag, end_of_raw, starts};
use super::writer::Writer;
use crate::diagnostics::Code;
use crate::links::{self, Address};
use crate::model::body::{Filling, Link, LinkTarget, LinkUse, LoadedFrom, LoadingAttribute, LoadingTag};
use crate::sentences::words_of_html;
use crate::span::Offset;

/// A piece of HTML, of one event or of all events of a block, with where each begins there and in the text.
pub(super) struct RawHtmlPiece {
    pub html: String,
    /// Whether it stands in a line of words.
    pub is_in_line: bool,
    places: Vec<(usize, Range<usize>)>,
}

/// Whether an attribute of an element holds the address of what the page loads.
fn loads(element: &str, attribute: &str) -> bool {
    match attribute {
        "src" => matches!(
            element,
            "img" | "source" | "video" | "audio" | "track" | "iframe" | "frame" | "embed" | "input" | "script"
        ),
        "srcset" => matches!(element, "img" | "source"),
        "poster" => element == "video",
        "data" => element == "object",
        _ => false,
    }
}

/// Whether an attribute of an element has an address of what the page loads.
fn is_loaded(start: &StartTag<'_>, attribute: &Attribute<'_>) -> bool {
    loads(&start.name, &attribute.name) && !attribute.value.trim().is_empty()
}

/// Elements that the policy never lets work: nothing may be framed, and no plug-in may run.
const FRAMES: [&str; 6] = ["iframe", "frame", "object", "embed", "applet", "base"];

/// The events whose handlers any element may have as attributes, `onclick`, as the standards of HTML and its neighbours name them.
/// Components of other tools have attributes that begin alike: `once`, `on:visible`.
#[rustfmt::skip]
const EVENTS: [&str; 98] = [
    "abort", "animationcancel", "animationend", "animationiteration", "animationstart", "auxclick", "beforecopy", "beforecut",
    "beforeinput", "beforematch", "beforepaste", "beforetoggle", "blur", "cancel", "canplay", "canplaythrough", "change",
    "click", "close", "command", "contextlost", "contextmenu", "contextrestored", "copy", "cuechange", "cut", "dblclick",
    "drag", "dragend", "dragenter", "dragleave", "dragover", "dragstart", "drop", "durationchange", "emptied", "ended",
    "error", "focus", "focusin", "focusout", "formdata", "fullscreenchange", "fullscreenerror", "gotpointercapture", "input",
    "invalid", "keydown", "keypress", "keyup", "load", "loadeddata", "loadedmetadata", "loadstart", "lostpointercapture",
    "mousedown", "mouseenter", "mouseleave", "mousemove", "mouseout", "mouseover", "mouseup", "mousewheel", "paste", "pause",
    "play", "playing", "pointercancel", "pointerdown", "pointerenter", "pointerleave", "pointermove", "pointerout",
    "pointerover", "pointerup", "progress", "ratechange", "reset", "resize", "scroll", "scrollend", "seeked", "seeking",
    "select", "slotchange", "stalled", "submit", "suspend", "timeupdate", "toggle", "touchcancel", "touchend", "touchmove",
    "touchstart", "transitionend", "volumechange", "waiting", "wheel",
];

impl<'a> Writer<'a> {
    /// Notes the ids in the raw HTML of a text: links may lead to them, and no heading gets the same.
    pub fn html_ids(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut at = 0;
        while let Some((event, span)) = events.get(at) {
            at += 1;
            let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
            let mut piece = RawHtmlPiece::of(html, span.clone());
            while let (Event::Html(_), Some((Event::Html(more), span))) = (event, events.get(at)) {
                piece.add(more, span.clone());
                at += 1;
            }
            for start in starts(&piece.html) {
                let Some(id) = id_of(&start) else { continue };
                let place = piece.place(start.range.start, &piece.html[start.range.clone()]);
                let help = "give one of the two another id: links reach only the first";
                if self.take_id(&id, place, Code::HtmlIdDuplicate, help) {
                    self.out.body.anchors.push(id);
                }
            }
        }
    }

    /// A block of raw HTML.
    pub fn allowed_block(&mut self, events: &mut Events<'a>) {
        let mut piece = RawHtmlPiece { html: String::new(), is_in_line: false, places: Vec::new() };
        while let Some((event @ (Event::Html(_) | Event::Text(_)), span)) = events.next() {
            if let Event::Html(html) | Event::Text(html) = event {
                piece.add(&html, span);
            }
        }
        self.push(Tag::HtmlBlock);
        self.check_html_words(&piece);
        self.allowed_html(&piece);
        self.events.push(Event::End(TagEnd::HtmlBlock));
    }

    /// Raw HTML in a line.
    pub fn allowed_inline(&mut self, html: &CowStr<'a>, span: Range<usize>) {
        self.allowed_html(&RawHtmlPiece::of(html, span));
    }

    /// Reports what browsers take for a comment, though it is none: `<?php ... ?>`, `<![CDATA[...]]>`.
    fn check_instructions(&mut self, piece: &RawHtmlPiece) {
        let html = &piece.html;
        let is_one = |at: &usize| html[*at..].starts_with("<?") || html[*at..].starts_with("<!");
        let signs = html.match_indices('<').map(|(at, _)| at).filter(is_one);
        let mut signs = signs.filter(|at| !html[*at..].starts_with("<!--")).peekable();
        // In programs and drawings the signs mean something else.
        let is_other = |name: &str| ["script", "style", "svg", "math"].contains(&name);
        let mut open = self.open.elements.iter();
        if signs.peek().is_none()
            || starts(html).iter().any(|start| is_other(&start.name))
            || open.any(|element| is_other(&element.name))
        {
            return;
        }
        let mut end = 0;
        for at in signs {
            if at < end {
                continue;
            }
            end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
            let message = "browsers take this for a comment, and show nothing of it";
            let help = "take it out, or put it into code if it is text";
            self.problem(Code::TextLost, piece.place(at, &html[at..end]), message, help);
        }
    }

    /// Writes raw HTML with the addresses in it as links of the page.
    fn allowed_html(&mut self, piece: &RawHtmlPiece) {
        self.out.body.words += words_of_html(&piece.html);
        self.check_instructions(piece);
        let mut in_link = !self.open.links.is_empty()
            || !self.open.components.is_empty()
            || self.open.elements.iter().any(|open| open.is("a"));
        self.follow_elements(piece);
        let mut at = 0;
        for start in starts(&piece.html) {
            // A value without quotes may hold what looks like a tag.
            if start.range.start < at {
                continue;
            }
            let is_blocked = self.check_policy(&start, piece);
            let end = self.component(&start, piece, at, in_link);
            self.check_element(&start, piece, end.is_some());
            if let Some(end) = end {
                in_link |= !self.open.components.is_empty();
                at = end;
                if end == start.range.end {
                    continue;
                }
            }
            if is_blocked && let Some(end) = self.without_blocked(&start, piece, at, in_link) {
                at = end;
                continue;
            }
            in_link |= start.name == "a";
            if start.attributes.iter().any(|attribute| is_loaded(&start, attribute)) {
                self.raw(piece.html[at..start.range.start].to_string());
                self.loading(&start, piece);
                at = start.range.end;
                continue;
            }
            let is_link = matches!(start.name.as_str(), "a" | "area");
            let mut has_address = false;
            for attribute in &start.attributes {
                if attribute.value.trim().is_empty() || attribute.range.start < at {
                    continue;
                }
                if self.runs(&start, attribute, piece) {
                    self.raw(piece.html[at..attribute.range.start].to_string());
                    at = attribute.range.end;
                    continue;
                }
                if !is_link || attribute.name != "href" {
                    continue;
                }
                // Of two addresses the first one counts; nobody looked at the second.
                if std::mem::replace(&mut has_address, true) {
                    self.raw(piece.html[at..attribute.range.start].to_string());
                    at = attribute.range.end;
                    continue;
                }
                let target = match self.address(
                    attribute.value,
                    piece.place(attribute.at, attribute.value),
                    LinkUse::Followed,
                ) {
                    HtmlTarget::Elsewhere => continue,
                    HtmlTarget::Refused => None,
                    HtmlTarget::Site(number) => Some(number),
                };
                // The address goes first, so that a link that leads nowhere can be drawn as its words.
                let name_end = start.range.start + 1 + start.name.len();
                self.raw(piece.html[at..name_end].to_string());
                if let Some(number) = target {
                    self.hole(Filling::Address(number));
                }
                self.raw(piece.html[name_end..attribute.range.start].to_string());
                at = attribute.range.end;
            }
        }
        self.component_text(&piece.html[at..]);
    }

    /// Writes HTML up to an element that the policy blocks and that would show nothing, and what stands in place of that: of a
    /// picture a link to it with its words, of a style or a program nothing. Says where to go on.
    fn without_blocked(
        &mut self,
        start: &StartTag<'_>,
        piece: &RawHtmlPiece,
        at: usize,
        may_be_in_link: bool,
    ) -> Option<usize> {
        let before = &piece.html[at..start.range.start];
        if matches!(start.name.as_str(), "style" | "script") {
            let end = end_of_raw(&piece.html, start)?;
            self.raw(before.to_string());
            return Some(end);
        }
        let src = start.attributes.iter().find(|attribute| attribute.name == "src")?;
        if start.name != "img" || !self.is_of_other_host("img", src.value) {
            return None;
        }
        self.raw(before.to_string());
        let as_attribute = |text: &str| text.trim().replace('"', "&quot;");
        let words = match start.value("alt").or_else(|| start.value("title")) {
            Some(words) => words.trim().replace('<', "&lt;"),
            None => src.value.trim().replace('<', "&lt;"),
        };
        let written = &piece.html[..start.range.start];
        let in_link = may_be_in_link && written.rfind("<a").is_none_or(|open| !written[open..].contains("</a"));
        let target = self.address(src.value, piece.place(src.at, src.value), LinkUse::Picture);
        let is_page = links::scheme(src.value.trim()) != Some("data") && matches!(target, HtmlTarget::Elsewhere);
        self.raw(match is_page && !in_link && !words.is_empty() {
            true => format!("<a href=\"{}\">{words}</a>", as_attribute(src.value)),
            false => words,
        });
        Some(start.range.end)
    }

    /// Whether an address is of another site from which the pages may not load such an element.
    fn is_of_other_host(&self, element: &str, address: &str) -> bool {
        let address = address.trim();
        (address.starts_with("//") || links::scheme(address).is_some())
            && !self.reading.schema.hosts.allow(element, address)
    }

    /// Writes the beginning of an element that loads something, and notes its addresses.
    fn loading(&mut self, start: &StartTag<'_>, piece: &RawHtmlPiece) {
        let number = self.out.body.loading.len() as Offset;
        self.hole(Filling::Loading(number));
        let instead = match start.name.as_str() {
            "img" => start.value("alt").unwrap_or_default().replace('<', "&lt;"),
            _ => String::new(),
        };
        self.out.body.loading.push(LoadingTag { len: 0, instead, attributes: Vec::new() });
        let (mut at, mut len) = (start.range.start, 0);
        let mut attributes = Vec::new();
        for attribute in &start.attributes {
            if !is_loaded(start, attribute) {
                if self.runs(start, attribute, piece) {
                    self.raw(piece.html[at..attribute.range.start].to_string());
                    len += attribute.range.start - at;
                    at = attribute.range.end;
                }
                continue;
            }
            let begin = len + attribute.range.start - at;
            self.raw(piece.html[at..attribute.at].to_string());
            len += attribute.at - at;
            let is_picture = start.name == "img" || matches!(attribute.name.as_str(), "srcset" | "poster");
            let used = if is_picture { LinkUse::Picture } else { LinkUse::Loaded };
            let is_frame = FRAMES.contains(&start.name.as_str());
            let addresses = self.loaded(attribute, &used, is_frame, piece, &mut len);
            at = attribute.at + attribute.value.len();
            let is_needed = match start.name.as_str() {
                "img" | "track" => attribute.name == "src",
                name => name == "source",
            };
            let range = begin as Offset..(len + attribute.range.end - at) as Offset;
            attributes.push(LoadingAttribute { range, is_needed, addresses });
        }
        self.raw(piece.html[at..start.range.end].to_string());
        len += start.range.end - at;
        let tag = &mut self.out.body.loading[number as usize];
        (tag.len, tag.attributes) = (len as Offset, attributes);
    }

    /// Writes the address, or the list of addresses, of what the page loads. Says where in the tag each stands, by the length of
    /// what is written.
    fn loaded(
        &mut self,
        attribute: &Attribute<'_>,
        used: &LinkUse,
        is_frame: bool,
        piece: &RawHtmlPiece,
        len: &mut usize,
    ) -> Vec<(Range<Offset>, LoadedFrom)> {
        let whole = [attribute.value];
        let is_list = attribute.name == "srcset";
        let candidates: Vec<&str> = if is_list { attribute.value.split_inclusive(',').collect() } else { whole.into() };
        let (mut at, mut addresses) = (attribute.at, Vec::new());
        for candidate in candidates {
            let address = if is_list { candidate.trim_start() } else { candidate };
            let end = if is_list { address.find([' ', '\t', '\n', ',']) } else { None };
            let address = &address[..end.unwrap_or(address.len())];
            let before = candidate.find(address).unwrap_or_default();
            self.raw(candidate[..before].to_string());
            let begin = (*len + before) as Offset;
            let place = piece.place(at + before, address);
            let target = match !is_frame && self.is_page(address) {
                true => {
                    let message = format!("`{address}` is a page, and no file that this element shows");
                    self.problem(Code::LinkBroken, place, message, "write the path of the file, or a link to the page");
                    HtmlTarget::Refused
                }
                false => self.address(address, place, used.clone()),
            };
            let from = match target {
                HtmlTarget::Site(number) => {
                    self.hole(Filling::Bare(number));
                    LoadedFrom::Site(number)
                }
                HtmlTarget::Elsewhere => {
                    self.raw(address.to_string());
                    *len += address.len();
                    LoadedFrom::Elsewhere
                }
                HtmlTarget::Refused => LoadedFrom::Nowhere,
            };
            self.raw(candidate[before + address.len()..].to_string());
            *len += candidate.len() - address.len();
            at += candidate.len();
            addresses.push((begin..*len as Offset, from));
        }
        addresses
    }

    /// Whether an address in raw HTML is that of a text or of a page made from one.
    fn is_page(&self, written: &str) -> bool {
        match links::read(&as_followed(written), self.reading.folder, self.reading.schema) {
            Address::Internal(LinkTarget::Entry(..), _) => true,
            Address::Internal(LinkTarget::Page(url), _) => url.ends_with('/'),
            _ => false,
        }
    }

    /// What an address in raw HTML leads to. One into the site becomes a link of the text.
    pub fn address(&mut self, written: &str, span: Range<usize>, used: LinkUse) -> HtmlTarget {
        let address = as_followed(written);
        match links::read(&address, self.reading.folder, self.reading.schema) {
            Address::Internal(target, heading) => {
                let number = self.out.body.links.len() as Offset;
                let span = self.global(&span);
                let path = address.split('#').next().unwrap_or_default();
                let (mut path_span, mut heading_span) = (span.clone(), span.clone());
                if address == written && span.len() == written.len() && path.len() < written.len() {
                    heading_span = span.start + path.len() + 1..span.end;
                    path_span.end = if path.is_empty() { span.end } else { span.start + path.len() };
                }
                let written = path.into();
                self.out.body.links.push(Link {
                    target,
                    heading,
                    written,
                    used,
                    span: path_span,
                    heading_span,
                    shown_from: None,
                });
                HtmlTarget::Site(number)
            }
            Address::External => {
                self.external(&address, span);
                HtmlTarget::Elsewhere
            }
            Address::WithoutScheme => HtmlTarget::Elsewhere,
            // What is loaded from another site, or is written out in the page, is for the policy to judge.
            Address::Refused(_)
                if address.starts_with("//") || used == LinkUse::Picture && links::scheme(&address) == Some("data") =>
            {
                HtmlTarget::Elsewhere
            }
            Address::Refused(why) => {
                self.problem(Code::LinkUnsafe, span, format!("a page cannot lead to `{address}`"), why);
                HtmlTarget::Refused
            }
        }
    }

    /// Reports what the security policy of the pages keeps from working. Says whether the element is such.
    fn check_policy(&mut self, start: &StartTag<'_>, piece: &RawHtmlPiece) -> bool {
        if !self.reading.policy {
            return false;
        }
        let whole = &piece.html[start.range.clone()];
        let name = &start.name;
        let hosts = &self.reading.schema.hosts;
        let is_outside = |value: &str| self.is_of_other_host(name, value);
        let allowed = start.value("src").is_some_and(|value| hosts.allow(name, value));
        let is_data = start.value("type").is_some_and(|of| !matches!(of, "" | "module") && !of.ends_with("javascript"));
        let (what, help) = if FRAMES.contains(&name.as_str()) && !allowed {
            (format!("`<{name}>`"), "link to what it shows")
        } else if name == "style" || name == "script" && start.value("src").is_none() && !is_data {
            (format!("`<{name}>` in the page"), "put it into a file of `static/`, and load it in a template")
        } else if let Some(from) = start.attributes.iter().find(|of| loads(name, &of.name) && is_outside(of.value)) {
            (format!("`{}`, which is not of the site", from.value.trim()), "put a copy into the project, or link to it")
        } else if name == "link" && start.value("href").is_some_and(is_outside) {
            ("a file of another site".to_string(), "put a copy into the project")
        } else if name == "form" && start.value("action").is_some_and(is_outside) {
            ("a form that is sent to another site".to_string(), "link to a page there")
        } else {
            self.check_attributes(start, piece);
            return false;
        };
        let message = format!("the security policy of the page blocks {what}");
        self.problem(Code::HtmlBlocked, piece.place(start.range.start, whole), message, help);
        true
    }

    /// Styles and scripts in attributes are said once: there may be hundreds.
    fn check_attributes(&mut self, start: &StartTag<'_>, piece: &RawHtmlPiece) {
        let is_program =
            |name: &str| name == "style" || name.strip_prefix("on").is_some_and(|event| EVENTS.contains(&event));
        for attribute in start.attributes.iter().filter(|attribute| is_program(&attribute.name)) {
            let name = &attribute.name;
            let place = piece.place(attribute.at, attribute.value);
            if self.is_first(format!(" {name}="), &place) {
                let message = format!("the security policy of the page blocks the attribute `{name}`");
                let help = match name == "style" {
                    true => "give it a `class`, and style that in a file of `static/`",
                    false => "put the program into a file of `static/`, and load it in a template",
                };
                self.problem(Code::HtmlBlocked, place, message, help);
            }
        }
    }
}

/// What an address in raw HTML leads to.
pub(super) enum HtmlTarget {
    /// Into the site: the number of the link.
    Site(Offset),
    /// To another site.
    Elsewhere,
    /// To nothing that a page may lead to.
    Refused,
}

impl RawHtmlPiece {
    fn of(html: &str, span: Range<usize>) -> Self {
        let places = Vec::from([(0, span)]);
        Self { html: html.to_string(), is_in_line: true, places }
    }

    fn add(&mut self, html: &str, span: Range<usize>) {
        self.places.push((self.html.len(), span));
        self.html.push_str(html);
    }

    /// Where in the text a part of the piece stands.
    pub fn place(&self, at: usize, part: &str) -> Range<usize> {
        let last = self.places.partition_point(|(begin, _)| *begin <= at).saturating_sub(1);
        let Some((begin, span)) = self.places.get(last) else { return 0..0 };
        let end = self.places.get(last + 1).map_or(self.html.len(), |(next, _)| *next);
        // Where a comment was taken out of a line, nobody knows which part of it is meant.
        if end - begin != span.len() {
            return span.clone();
        }
        let from = span.start + (at - begin);
        let line = part.split('\n').next().unwrap_or(part);
        if from + line.len() <= span.end { from..from + line.len() } else { span.clone() }
    }
}

/// The `id` of an element, or the `name` of a link.
fn id_of(start: &StartTag<'_>) -> Option<String> {
    let name = || start.value("name").filter(|_| start.name == "a");
    start.value("id").or_else(name).filter(|id| !id.is_empty()).map(str::to_string)
}

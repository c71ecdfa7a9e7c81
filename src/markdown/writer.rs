//! Goes through a Markdown text from its beginning to its end, and writes what becomes HTML.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

use super::addresses;
use super::alerts::Quote;
use super::block_names::MARK;
use super::dialects::Translated;
use super::events::{Events, is_inline, plain_text};
use super::footnotes::Footnotes;
use super::headings::PageIds;
use super::hidden::{is_wide_letter, is_wide_sign};
use super::links::WrittenLink;
use super::marks::{self, unmark};
use super::parsed::parse;
use super::quotes::Quotes;
use super::sorts::ProblemSorts;
use super::tables::Table;
use super::unclosed::UnclosedElement;
use super::unknown::COMMENT_KIND;
use super::unread_markup::{MarkContext, UnreadMarkup, is_plain, unread_markup};
use super::{CITATION, MarkdownProblem, MarkdownText, Reading, syntax, template_tags};
use crate::diagnostics::Code;
use crate::formulas::Formulas;
use crate::html::escape;
use crate::model::body::{Filling, TextOrigin};
use crate::sentences::words;
use crate::span::Offset;
use crate::url::{composed, heading_id};

/// How deep lists and quotes may nest.
const DEEPEST: usize = 100;

/// Stands for what was taken out of a text where signs are looked for: it is none of them, neither letter nor space.
const NOTHING: char = '%';

/// What has been written of a text so far.
pub(super) struct Writer<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it begins in its file.
    pub offset: usize,
    /// Where each part of it was written, if it was written for another tool.
    pub translated: Option<&'a Translated<'a>>,
    /// What has to be known to read it.
    pub reading: &'a Reading<'a>,
    /// What becomes HTML.
    pub events: Vec<Event<'a>>,
    /// What is open where the writer stands.
    pub open: Open,
    /// The notes that stand at the end.
    pub footnotes: Footnotes<'a>,
    /// Whether the text has any character beyond ASCII.
    wide: bool,
    /// Whether there can be addresses in parts of the text without any sign.
    www: bool,
    /// Whether the text is one line, which no paragraph is put round.
    pub inline: bool,
    /// The ids that the page has.
    pub ids: &'a mut PageIds,
    /// Where the ids that were written in this text stand.
    id_places: HashMap<String, Range<usize>>,
    /// Draws the formulas.
    pub formulas: Formulas,
    /// What is not known here and is said once.
    pub sorts: ProblemSorts,
    /// Elements of raw HTML that are shown as text: their ends are reported with them.
    pub begun: HashSet<String>,
    /// What of the text is no part of it, in order: comments, remarks, tags of templates.
    taken: Vec<Range<usize>>,
    /// The terms of lists of definitions, each with its place among the events, where they get ids.
    terms: Vec<(usize, String)>,
    /// What else was read.
    pub out: MarkdownText,
}

/// What is open where the writer stands.
#[derive(Default)]
pub(super) struct Open {
    /// How many links, headings, pieces of code and heads of tables: in these no term becomes a link.
    pub quiet: usize,
    /// Whether it is code.
    pub code: bool,
    /// For each open link whether the writer wrote its tag itself.
    pub links: Vec<bool>,
    /// The components that are links.
    pub components: Vec<String>,
    /// How each open quote ends.
    pub quotes: Vec<Quote>,
    /// Whether it is a task, whose words are the label of its box.
    pub task: bool,
    /// Whether it is a paragraph.
    pub paragraph: bool,
    /// The id that the name of the block gives it which begins.
    pub name: Option<String>,
    /// How many marks of emphasis are open.
    pub emphasis: usize,
    /// Whether a line begins.
    pub begins: bool,
    /// What was wrong with the last line of the paragraph.
    pub line: Option<String>,
    /// What would be wrong with that line but for the backslash before it.
    pub escaped_line: Option<String>,
    /// Where the last formula ends that is shown as it was typed.
    pub formula_end: usize,
    /// The elements of raw HTML that are open.
    pub elements: Vec<UnclosedElement>,
    /// The table, where one is open.
    pub table: Table,
}

impl<'a> Writer<'a> {
    /// Has written nothing yet.
    pub fn new(text: &'a str, offset: usize, reading: &'a Reading<'a>, ids: &'a mut PageIds) -> Self {
        Self {
            text,
            offset,
            translated: None,
            reading,
            events: Vec::new(),
            open: Open::default(),
            footnotes: Footnotes::of(text),
            wide: !text.is_ascii(),
            www: addresses::possible_in_plain(text),
            inline: false,
            ids,
            id_places: HashMap::new(),
            formulas: Formulas::default(),
            sorts: ProblemSorts::default(),
            begun: HashSet::new(),
            taken: Vec::new(),
            terms: Vec::new(),
            out: MarkdownText::default(),
        }
    }

    /// Reads the whole text.
    pub fn run(&mut self) {
        let schema = self.reading.schema;
        let syntax = syntax(schema);
        let tags = if schema.markdown.template_tags {
            template_tags::tags(self.text, syntax.authors)
        } else {
            Default::default()
        };
        let parsed = parse(self.text, syntax, Some(Quotes::of(&schema.language)), &tags.taken);
        self.taken = parsed.taken;
        for problem in parsed.problems.into_iter().chain(tags.problems) {
            let problem = problem.moved(|span| self.global(span));
            self.out.problems.push(problem);
        }
        let events = self.composed_footnotes(parsed.events);
        // Words have a mark on each side.
        self.events.reserve(2 * events.len());
        if self.allow_html() {
            self.html_ids(&events);
        }
        let of_title = self.ids.take_those_of_title();
        self.old_ids(&of_title, &(0..0));
        let events = self.anchors(events);
        self.keep_ids(&events);
        let events = self.block_names(events);
        match too_deep(&events) {
            None => {
                self.translate(Events::new(events));
                self.ids_of_terms();
            }
            Some(span) => {
                let message = format!("lists and quotes nest deeper than {DEEPEST} levels");
                self.problem(Code::MarkdownTooDeep, span, message, "take some of the nesting out");
            }
        }
    }

    /// Gives terms the ids that headings of their words would have, as other tools do; where a heading has one, that keeps it.
    fn ids_of_terms(&mut self) {
        for (at, term) in std::mem::take(&mut self.terms) {
            let id = heading_id(&term);
            let is_term = matches!(self.events.get(at), Some(Event::Start(Tag::DefinitionListTitle)));
            if is_term && !id.is_empty() && !self.ids.has(&id) && self.ids.take(&id) {
                self.events[at] = Event::Html(format!("<dt id=\"{}\">", escape(&id)).into());
                self.out.body.anchors.push(id);
            }
        }
    }

    fn translate(&mut self, mut events: Events<'a>) {
        while let Some((event, span)) = events.next() {
            self.translate_one(event, span, &mut events);
        }
    }

    /// Writes what one event stands for, and those that follow and belong to it.
    pub fn translate_one(&mut self, event: Event<'a>, span: Range<usize>, events: &mut Events<'a>) {
        let begins = match &event {
            Event::SoftBreak | Event::HardBreak | Event::TaskListMarker(_) => true,
            Event::Start(tag) => !is_inline(tag),
            _ => false,
        };
        if matches!(event, Event::Start(Tag::Paragraph)) {
            (self.open.line, self.open.escaped_line) = (None, None);
        }
        if self.open.task && ends_task(&event) {
            self.open.task = false;
            self.raw("</label>");
        }
        match event {
            Event::Start(tag) => self.start(tag, span, events),
            Event::End(tag) => self.end(tag, &span),
            Event::TaskListMarker(done) => {
                self.open.task = true;
                let checked = if done { " checked" } else { "" };
                self.raw(format!("<label><input type=\"checkbox\" disabled{checked}> "));
            }
            Event::Text(text) => self.words(text, span),
            Event::Code(text) => {
                self.out.body.words += words(&text);
                self.events.push(Event::Code(text));
            }
            Event::InlineMath(tex) => self.formula(&tex, &span, false),
            Event::DisplayMath(tex) => self.formula(&tex, &span, true),
            Event::InlineHtml(mark) if mark.starts_with(MARK) => self.named_block(&mark, events.rest().first()),
            Event::InlineHtml(html) if self.allow_html() => self.allowed_inline(&html, span),
            Event::InlineHtml(html) => self.raw_html(html, span),
            Event::SoftBreak if self.is_wide_break(events) || self.behind_embed(false) => {}
            event => self.events.push(event),
        }
        self.open.begins = begins;
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Link { link_type: LinkType::ShortcutUnknown, dest_url, .. } if &*dest_url == CITATION => {
                let end = events.skip_link();
                self.citation(span.start..end.max(span.end));
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.start_link(WrittenLink { link_type, dest: dest_url, title, id, span }, events);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let mut image = WrittenLink { link_type, dest: dest_url, title, id, span };
                image.in_table();
                self.image(&image, &events.take_image());
            }
            Tag::Paragraph if self.named_figure(events) => {}
            Tag::Heading { level, .. } => self.start_heading(level, span, events),
            Tag::CodeBlock(kind) => self.start_code(kind, span, events),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(events),
            Tag::BlockQuote(kind) => self.start_quote(kind, events),
            Tag::FootnoteDefinition(name) => self.start_footnote(&name, span),
            Tag::HtmlBlock if self.allow_html() => self.allowed_block(events),
            Tag::HtmlBlock => self.html_block(span, events),
            Tag::Paragraph => {
                self.open.paragraph = true;
                self.start_named(tag);
            }
            Tag::Item => self.start_named(tag),
            Tag::DefinitionListTitle => {
                if self.reading.schema.is_from_elsewhere(&format!("{}/", self.reading.folder)) {
                    let term = plain_text(events.rest(), TagEnd::DefinitionListTitle);
                    self.terms.push((self.events.len(), term));
                }
                self.push(tag);
            }
            tag => {
                self.open.emphasis += usize::from(is_inline(&tag));
                self.push(tag);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Heading(_) => {
                self.open.quiet -= 1;
                self.events.push(Event::End(tag));
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(span),
            TagEnd::TableCell => self.end_cell(span),
            TagEnd::BlockQuote(kind) => self.end_quote(kind),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Paragraph => {
                self.open.paragraph = false;
                self.open.components.clear();
                self.end_paragraph(self.behind_embed(true));
            }
            tag => {
                let is_emphasis = matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough);
                self.open.emphasis -= usize::from(is_emphasis);
                self.events.push(Event::End(tag));
            }
        }
    }

    /// Words of the text itself.
    pub fn words(&mut self, text: CowStr<'a>, span: Range<usize>) {
        self.out.body.words += words(&text);
        if !self.open.code {
            let is_plain = is_plain(&self.text[span.clone()]);
            if !is_plain || self.open.begins {
                self.unread(&span);
            }
            if !is_plain {
                self.unknown_footnotes(span.clone());
            }
            if self.open.links.is_empty() && (self.www || !is_plain) && addresses::possible(&text) {
                return self.with_addresses(&text, &span);
            }
        }
        self.plain_words(text);
    }

    /// Words among which there may be addresses: each becomes a link.
    fn with_addresses(&mut self, text: &str, span: &Range<usize>) {
        let (mut at, mut written_at) = (0, span.start);
        for bare in addresses::addresses(text) {
            let shown = &text[bare.range.clone()];
            // One that was typed with escapes is meant as text.
            let Some(begin) = self.text[written_at..span.end].find(shown).map(|begin| written_at + begin) else {
                continue;
            };
            written_at = begin + shown.len();
            self.plain_words(text[at..bare.range.start].to_string().into());
            if bare.is_cut {
                let message = "it is not clear where this address ends, and what follows is no part of the link";
                let help = "put a space behind it, or the whole address between `<` and `>`";
                self.problem(Code::MarkdownUnread, begin..written_at, message, help);
            }
            let (title, id) = ("".into(), "".into());
            let link = WrittenLink {
                link_type: LinkType::Autolink,
                dest: bare.url.into(),
                title,
                id,
                span: begin..written_at,
            };
            self.bare_link(link, shown);
            at = bare.range.end;
        }
        self.plain_words(text[at..].to_string().into());
    }

    fn plain_words(&mut self, text: CowStr<'a>) {
        if text.is_empty() {
            return;
        }
        if self.reading.schema.markdown.term_links && self.open.quiet == 0 {
            self.raw(marks::TERMS_BEGIN);
            self.events.push(Event::Text(text));
            self.raw(marks::TERMS_END);
        } else {
            self.events.push(Event::Text(text));
        }
    }

    /// Whether a line breaks between two characters of scripts that have no spaces: the page shows none there.
    fn is_wide_break(&self, events: &Events<'a>) -> bool {
        if !self.wide {
            return false;
        }
        let is_wide = |c: char| {
            is_wide_sign(c) || is_wide_letter(c) && !matches!(c, '\u{3131}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
        };
        let before = self.events.iter().rev().find_map(|event| match event {
            Event::Text(text) => Some(text.chars().next_back()),
            Event::InlineHtml(mark) if mark.starts_with('\0') && !mark.starts_with("\0C") => None,
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => None,
            _ => Some(None),
        });
        let behind = events.rest().iter().find_map(|(event, _)| match event {
            Event::Text(text) => Some(text.chars().next()),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => None,
            _ => Some(None),
        });
        before.flatten().is_some_and(is_wide) && behind.flatten().is_some_and(is_wide)
    }

    /// What looks like Markdown and was left over as text.
    fn unread(&mut self, span: &Range<usize>) {
        let (mut before, begins) = (self.events.iter().rev(), self.open.begins);
        let last = before.next();
        let quoted = begins
            && matches!(last, Some(Event::Start(Tag::Paragraph)))
            && matches!(before.next(), Some(Event::Start(Tag::BlockQuote(None))));
        let goes_on = begins && matches!(last, Some(Event::SoftBreak | Event::HardBreak));
        let context = MarkContext {
            begins,
            goes_on,
            above: if goes_on { line_above(&self.text[..span.start]) } else { "" },
            quoted,
            escaped: self.is_escaped(span.start),
            formula_end: self.open.formula_end.saturating_sub(span.start),
            behind_link: matches!(last, Some(Event::End(TagEnd::Link)))
                || matches!(last, Some(Event::InlineHtml(html)) if html.ends_with('>')),
            quiet: self.open.quiet > 0,
            item: begins && self.text[span.start..].starts_with('[') && is_item(&self.text[..span.start]),
            before: self.text[..span.start].chars().next_back(),
            wikilinks: self.reading.schema.markdown.wikilinks,
            math: self.reading.schema.markdown.math,
            dialect: self.reading.schema.markdown.dialect.is_some(),
        };
        let (mut all, formula_end) =
            unread_markup(&self.without_taken(span, Some(NOTHING)), &self.text[span.end..], context);
        self.open.formula_end = span.start + formula_end;
        if begins && context.escaped {
            // What a backslash makes text of one line makes text of the next ones.
            let meant = MarkContext { escaped: false, ..context };
            let (meant, _) = unread_markup(&self.text[span.clone()], &self.text[span.end..], meant);
            let first = meant.into_iter().find(|found| found.span.start == 0);
            self.open.escaped_line = first.map(|found| found.message);
        } else if begins && self.open.escaped_line.is_some() {
            let is_same =
                |found: &UnreadMarkup| found.span.start == 0 && Some(&found.message) == self.open.escaped_line.as_ref();
            match all.iter().position(is_same) {
                Some(at) => drop(all.remove(at)),
                None => self.open.escaped_line = None,
            }
        }
        for found in all {
            let span = span.start + found.span.start..span.start + found.span.end;
            let is_comment = found.kind == Some(COMMENT_KIND);
            if !is_comment && found.kind.is_some_and(|kind| !self.is_first(kind, &span)) {
                continue;
            }
            // What makes one line no list or table makes the next one none.
            if begins
                && !is_comment
                && found.span.start == 0
                && self.open.line.replace(found.message.clone()) == Some(found.message.clone())
            {
                continue;
            }
            self.problem(Code::MarkdownUnread, span, found.message, found.help);
        }
    }

    /// A piece of the text as it was written, without what was taken out of it, or with signs in the place of that.
    pub fn without_taken(&self, span: &Range<usize>, sign: Option<char>) -> Cow<'a, str> {
        let piece = &self.text[span.clone()];
        let first = self.taken.partition_point(|range| range.end <= span.start);
        let taken: Vec<_> = self.taken[first..].iter().take_while(|range| range.start < span.end).collect();
        if taken.is_empty() {
            return Cow::Borrowed(piece);
        }
        let (mut out, mut at) = (String::with_capacity(piece.len()), span.start);
        for range in taken {
            let (start, end) = (range.start.max(at), range.end.min(span.end));
            out.push_str(&self.text[at..start]);
            out.extend(sign.into_iter().flat_map(|sign| std::iter::repeat_n(sign, end - start)));
            at = end;
        }
        out.push_str(&self.text[at..span.end]);
        Cow::Owned(out)
    }

    /// Whether a backslash stands before a place of the text and takes its meaning away.
    pub fn is_escaped(&self, at: usize) -> bool {
        self.text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
    }

    /// Takes the paragraph away where the text is only one.
    pub fn unwrap_paragraph(&mut self) {
        let is_block = |event: &&Event<'_>| match event {
            Event::Start(tag) => !is_inline(tag),
            event => **event == Event::Rule,
        };
        let mut blocks = self.events.iter().filter(is_block);
        if let (Some(Event::Start(Tag::Paragraph)), None) = (blocks.next(), blocks.next())
            && self.footnotes.is_empty()
        {
            self.events.retain(|event| !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)));
        }
    }

    /// Makes HTML of what was written.
    pub fn finish(mut self, origin: TextOrigin) -> MarkdownText {
        self.end_elements();
        self.append_footnotes();
        let mut marked = String::with_capacity(self.text.len() + self.text.len() / 2);
        html::push_html(&mut marked, self.events.into_iter());
        let body = &mut self.out.body;
        unmark(&marked, body);
        body.headings_by_id = (0..body.headings.len() as Offset).collect();
        body.headings_by_id.sort_by_key(|at| &body.headings[*at as usize].id);
        body.origin = origin;
        self.sorts.complete(&mut self.out.problems);
        self.out
    }

    /// Whether the site allows HTML in its texts.
    pub fn allow_html(&self) -> bool {
        self.reading.schema.markdown.allow_html
    }

    /// Writes the beginning of an element.
    pub fn push(&mut self, tag: Tag<'a>) {
        self.events.push(Event::Start(tag));
    }

    /// Writes HTML.
    pub fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// Leaves a hole.
    pub fn hole(&mut self, filling: Filling) {
        self.raw(marks::mark(filling));
    }

    /// A place of the text as one of its file.
    pub fn global(&self, span: &Range<usize>) -> Range<usize> {
        let span = self.translated.map_or_else(|| span.clone(), |translated| translated.written(span));
        span.start + self.offset..span.end + self.offset
    }

    /// Notes what is wrong at a place of the text.
    pub fn problem(&mut self, code: Code, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let span = self.global(&span);
        let (message, help) = (message.into(), help.into());
        self.out.problems.push(MarkdownProblem { code, span, message, related: Vec::new(), help });
    }

    /// Whether a problem is the first of its sort in the text. The others are places of that one.
    pub fn is_first(&mut self, sort: impl Into<String>, span: &Range<usize>) -> bool {
        let place = self.global(span);
        self.sorts.is_first(sort, place)
    }

    /// Takes an id that was written; returns whether nothing on the page has it. Otherwise both places are reported.
    pub fn take_id(&mut self, id: &str, span: Range<usize>, code: Code, help: &str) -> bool {
        if self.ids.take(id) {
            self.id_places.insert(composed(id).into_owned(), span);
            return true;
        }
        let first = self.id_places.get(&*composed(id)).cloned();
        let side = if first.as_ref().is_some_and(|first| first.start > span.start) { "below" } else { "before" };
        self.problem(code, span, format!("the id `{id}` stands on the page {side}"), help);
        let related = first.map(|first| (self.global(&first), format!("this has the id `{id}`, too")));
        if let Some(problem) = self.out.problems.last_mut() {
            problem.related.extend(related);
        }
        false
    }
}

/// The line above the one that a text ends with, without the spaces and signs of quotes before it.
fn line_above(before: &str) -> &str {
    let line = before.rsplit('\n').nth(1).unwrap_or_default();
    line.trim_start_matches([' ', '\t', '>'])
}

/// Whether a line of a text begins with the sign of an item of a list, and nothing stands behind that.
fn is_item(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let line = line.trim_end();
    let number = line.trim_end_matches(['.', ')']);
    line.ends_with(['-', '*', '+']) && line.trim_start_matches([' ', '\t', '>']).len() == 1
        || number.len() < line.len() && number.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the words of a task end here: its paragraph, its item, or where something else begins in it.
fn ends_task(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !is_inline(tag),
        Event::End(end) => matches!(end, TagEnd::Paragraph | TagEnd::Item),
        _ => false,
    }
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

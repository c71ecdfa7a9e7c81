//! What is said of a link that leads nowhere: where it was written, and the way out.

use std::ops::Range;
use std::sync::Arc;

use super::{FinishedPages, LinkEnd, OpenLink};
use crate::diagnostics::{Code, Diagnostic};
use crate::html::escape;
use crate::model::facts::select;
use crate::model::plan::{Page, PageInput};
use crate::model::schema::KindId;
use crate::span::Place;
use crate::stages::render::while_drawing;

impl FinishedPages<'_> {
    /// The problem with a link of a page.
    pub(super) fn problem(&self, number: usize, link: &OpenLink) -> Diagnostic {
        let page = &self.ready.plan.pages[number];
        let problem = |place, message: String| Diagnostic::new(Code::PageLinkBroken, place, message);
        let written = &link.written;
        let problem = match &link.destination {
            LinkEnd::Nothing(_) => {
                let help = "correct the address; one that another program serves is named in site.yaml";
                let help = match self.first_part(written) {
                    Some(first) => format!("{help}: `links: {{outside: [{first}]}}`"),
                    None => "correct the address".into(),
                };
                problem(self.place(page, written), format!("no page and no file is at `{written}`")).help(help)
            }
            LinkEnd::Place(on, id) if *on == number && self.is_mark(page, id) => {
                let message = "the numbers of cited works lead nowhere: the page does not list the works";
                let help = "list them: `{{ <theme.sources entry={entry} /> }}`, or give each of `entry.sources` the id `{{ source.id }}`";
                problem(self.place_of_text(page), message.into()).help(help)
            }
            LinkEnd::Place(on, id) => {
                let target = &self.ready.plan.pages[*on];
                match &target.input {
                    PageInput::Entry(..) if self.is_anchor(target, id) => {
                        let message = format!("links lead to entries that `{}` shows without their ids", target.url);
                        let help = "give each entry that a data block shows its id: `id=\"{{ entry.slug }}\"` in the template of the block";
                        problem(self.place_of_text(target), message).help(help)
                    }
                    PageInput::Entry(..) if self.is_of_texts(*on, id) => {
                        let message = "links lead to places in texts that this template does not show";
                        let help = "show the text of the entry, `{{ entry.body }}`, or take the links out";
                        problem(self.place_of_text(target), message.into()).help(help)
                    }
                    _ => {
                        let is_here = written.starts_with('#');
                        let whose = if is_here { "the page".into() } else { format!("`{}`", target.url) };
                        let help =
                            format!("give an element `id=\"{}\"`, or correct what stands behind the `#`", escape(id));
                        problem(self.place(page, written), format!("nothing on {whose} has the id `{id}`")).help(help)
                    }
                }
            }
        };
        if matches!(page.input, PageInput::Asset(_)) { problem } else { while_drawing(problem, page) }
    }

    /// Whether an entry has a place in its text, or shows another entry there.
    pub(super) fn is_of_texts(&self, number: usize, id: &str) -> bool {
        let page = &self.ready.plan.pages[number];
        let PageInput::Entry(entry, _) = page.input else { return false };
        self.ready.site.entry(entry).doc.has_id(id) || self.is_anchor(page, id)
    }

    /// Whether an id on a page is that of an entry which has no page of its own.
    fn is_anchor(&self, page: &Page, id: &str) -> bool {
        let site = &self.ready.site;
        let schema = &site.schema;
        let here = |kind: &KindId| schema.kind(*kind).anchored() && schema.kind(*kind).url.base() == page.url;
        schema.kind_ids().filter(here).any(|kind| site.find(kind, id).is_some())
    }

    /// Whether a link leads to an entry that no data block of its page shows, or whose page is not there, which is reported at
    /// the entry.
    pub(super) fn is_shown_by_no_block(&self, end: &LinkEnd) -> bool {
        let (number, id) = match end {
            LinkEnd::Place(number, id) => (number, id),
            LinkEnd::Nothing(link) => return self.is_of_missing_page(link),
        };
        let (site, page) = (&self.ready.site, &self.ready.plan.pages[*number]);
        let PageInput::Entry(host, _) = page.input else { return false };
        let here = |kind: &KindId| site.schema.kind(*kind).anchored() && site.schema.kind(*kind).url.base() == page.url;
        let Some(entry) = site.schema.kind_ids().filter(here).find_map(|kind| site.find(kind, id)) else {
            return false;
        };
        let mut queries = site.entry(host).doc.body.blocks.iter().filter_map(|block| block.entries.as_ref());
        !queries.any(|query| select(site, query).into_iter().any(|shown| shown == entry))
    }

    /// Whether a link leads to an entry on a page that nobody has written.
    fn is_of_missing_page(&self, link: &str) -> bool {
        let schema = &self.ready.site.schema;
        let anchored = schema.kind_ids().filter(|kind| schema.kind(*kind).anchored());
        let is_there = |kind: KindId| {
            let (address, id) = link.split_once('#').unwrap_or((link, ""));
            schema.base_url.rooted(schema.kind(kind).url.base()) == address && self.ready.site.find(kind, id).is_some()
        };
        anchored.into_iter().any(is_there)
    }

    /// Whether an id is that of a work that a page cites.
    fn is_mark(&self, page: &Page, id: &str) -> bool {
        let number = id.strip_prefix("source-").and_then(|number| number.parse::<usize>().ok());
        match &page.input {
            PageInput::Entry(entry, _) => number.is_some_and(|number| number <= self.ready.site.cited(*entry).len()),
            _ => false,
        }
    }

    /// The first part of an address within the site.
    fn first_part(&self, address: &str) -> Option<String> {
        let below = address.strip_prefix(self.ready.site.schema.base_url.path.as_str())?;
        let first = below.split(['/', '?', '#']).next().filter(|first| !first.is_empty())?;
        Some(if below.contains('/') { format!("/{first}/") } else { format!("/{first}") })
    }

    /// Where a link was written that a page has: in the file itself, in a template that draws it, in `site.yaml`; else the
    /// template, or the entry.
    fn place(&self, page: &Page, link: &str) -> Place {
        if let PageInput::Asset(number) = page.input {
            let path = &self.ready.assets[number].path;
            let html = self.static_page(page).unwrap_or_default();
            let at = self.written(&String::from_utf8_lossy(&html), link).unwrap_or(0..0);
            return Place::new(path, at);
        }
        let text = &self.ready.site.schema.text;
        let in_template =
            || self.own_templates(page).find_map(|(path, text)| Some(Place::new(path, self.written(text, link)?)));
        let in_declaration = || Some(Place::new(&text.path, self.written(text.text(), link)?));
        in_template().or_else(in_declaration).unwrap_or_else(|| self.place_of(page))
    }

    /// The place in a template of the project at which the text of an entry is drawn.
    fn place_of_text(&self, page: &Page) -> Place {
        const TEXT: &str = "entry.body";
        let mut own = self.own_templates(page);
        let drawn = own.find_map(|(path, text)| text.find(TEXT).map(|at| Place::new(path, at..at + TEXT.len())));
        drawn.unwrap_or_else(|| self.place_of(page))
    }

    /// The template of the project that draws a page; where the theme draws it, its entry.
    fn place_of(&self, page: &Page) -> Place {
        let named = page.input.template().and_then(|name| self.ready.templates.path(name));
        let is_own = |path: &&Arc<str>| path.starts_with("templates/");
        let own = named.filter(is_own).or_else(|| self.own_templates(page).next().map(|(path, _)| path));
        match (own, &page.input) {
            (Some(path), _) => Place::whole(path),
            (None, PageInput::Entry(entry, _)) => self.ready.site.entry(*entry).doc.place(),
            (None, _) => Place::whole(&self.ready.site.schema.text.path),
        }
    }

    /// The templates of the project that a page may be made of.
    fn own_templates<'p>(&'p self, page: &'p Page) -> impl Iterator<Item = (&'p Arc<str>, &'p str)> {
        let files = page.input.template().map_or(&[][..], |name| self.ready.templates.files(name));
        self.ready.templates.own().filter(move |(path, _)| files.contains(path))
    }

    /// Where a link stands in a text: as the page has it, or below the path of the site.
    fn written(&self, text: &str, link: &str) -> Option<Range<usize>> {
        let base = &self.ready.site.schema.base_url.path;
        let below = link.strip_prefix(base.as_str()).map(|rest| format!("/{rest}"));
        let begins = |at: usize| text[..at].ends_with(['"', '\'', '=', '(', ' ']);
        let ends = |at: usize| at == text.len() || text[at..].starts_with(['"', '\'', ')', '>', ' ', '\n']);
        [Some(link.to_string()), Some(escape(link)), below].into_iter().flatten().find_map(|form| {
            let mut places = text.match_indices(form.as_str()).map(|(at, _)| at..at + form.len());
            places.find(|at| begins(at.start) && ends(at.end))
        })
    }
}

//! Draws entries that are shown in the text of another one.

use std::collections::{HashMap, HashSet};

use super::fill::{Filler, title};
use super::own_ids;
use crate::html::push_escaped;
use crate::model::body::{Body, TextOrigin};
use crate::model::embeds::OpenEmbeds;
use crate::model::site::{EntryId, ResolvedText};
use crate::yaml::PathStep;

/// What is open and what was shown so far.
#[derive(Default)]
pub(super) struct Embeds {
    open: OpenEmbeds,
    /// How often each entry was shown.
    times: HashMap<EntryId, usize>,
    /// What the ids of those that were shown begin with.
    prefixes: HashSet<String>,
}

impl Embeds {
    /// In how many others what is drawn stands.
    pub fn depth(&self) -> usize {
        self.open.ids().count()
    }
}

impl Filler<'_, '_> {
    /// Another entry at a place of a text, with a link to it; only the link where it cannot be shown.
    pub fn embed(
        &mut self,
        out: &mut String,
        (id, at): (EntryId, usize),
        (body, text): (&Body, &ResolvedText),
        number: usize,
    ) {
        let site = self.drawing.site;
        let embed = &body.embeds[number];
        let place = matches!(body.origin, TextOrigin::File).then_some(at);
        let shown = self.embeds.open.begin(site, (id, place), (body, text), embed);
        out.push_str(if shown.is_ok() { "<div class=\"embed\">\n" } else { "<p>" });
        if let Ok(shown) = &shown {
            let entry = site.entry(shown.entry);
            let bodies = entry.doc.bodies();
            let at = bodies.iter().position(|body| std::ptr::eq(*body, &entry.doc.body)).unwrap_or_default();
            let empty = ResolvedText::default();
            let text = site.references(shown.entry).texts.get(at).unwrap_or(&empty);
            let html = self.part(shown.entry, &entry.doc.body, text, shown.html.clone());
            self.embeds.open.end();
            let url = site.schema.base_url.rooted(entry.url.split('#').next().unwrap_or_default());
            out.push_str(&own_ids::embedded(&html, &self.prefix(shown.entry, id, body), &url));
            out.push_str("<p class=\"embed-source\">");
        }
        self.link(out, id, (body, text), number);
        out.push_str(if shown.is_ok() { "</p>\n</div>\n" } else { "</p>\n" });
    }

    /// What the ids of a shown entry begin with: its name, with a number where an id of the entry around it begins like this.
    fn prefix(&mut self, shown: EntryId, id: EntryId, body: &Body) -> String {
        let field = match &body.origin {
            TextOrigin::File => String::new(),
            TextOrigin::Field { path, .. } => {
                let step = |step: &PathStep| match step {
                    PathStep::Key(key) => format!("{key}-"),
                    PathStep::Index(at) => format!("{at}-"),
                };
                path.iter().map(step).collect()
            }
        };
        let slug = self.drawing.site.entry(shown).doc.slug.replace('/', "-");
        let around = &self.drawing.site.entry(id).doc;
        let times = self.embeds.times.entry(shown).or_default();
        loop {
            *times += 1;
            let number = if *times > 1 { format!("-{times}") } else { String::new() };
            let prefix = format!("{field}{slug}{number}--");
            if !own_ids::any_begins(around, &prefix) && self.embeds.prefixes.insert(prefix.clone()) {
                return prefix;
            }
        }
    }

    /// The link to an entry that is to be shown.
    fn link(&self, out: &mut String, id: EntryId, (body, text): (&Body, &ResolvedText), number: usize) {
        let site = self.drawing.site;
        let embed = &body.embeds[number];
        let address = text.links.get(embed.link as usize).map_or("", |link| &*link.address);
        let address = match address.strip_prefix('#') {
            Some(heading) => {
                format!("{}#{heading}", site.entry(id).url.split('#').next().unwrap_or_default())
            }
            None => address.to_string(),
        };
        let begins = !address.is_empty();
        if begins {
            out.push_str("<a href=\"");
            push_escaped(out, &site.schema.base_url.rooted(&address));
            out.push_str("\">");
        }
        match &embed.words {
            Some(words) => out.push_str(words),
            None => push_escaped(out, &title(site, body, text, embed.link as usize)),
        }
        if begins {
            out.push_str("</a>");
        }
    }
}

//! Entries that are to be shown in the text of another one and cannot be.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::body::{Body, Embed, TextOrigin};
use crate::model::doc::Doc;
use crate::model::embeds::{DEEPEST, MOST, NotShown, OpenEmbeds, ShownSection};
use crate::model::site::{Catalogue, EntryId, LinkedSite, ResolvedText};
use crate::span::Place;

/// Reports what no page can show where it stands.
pub(super) fn check(site: &LinkedSite) -> Vec<Diagnostic> {
    let (mut found, mut places) = (Vec::new(), BTreeSet::new());
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        let bodies = doc.bodies().into_iter().zip(site.references(id).texts.iter());
        for (body, text) in bodies.filter(|(body, _)| !body.embeds.is_empty() || !body.linked_embeds.is_empty()) {
            found.extend(body.linked_embeds.iter().filter_map(|embed| linked(doc, (body, text), embed)));
            let mut report = |open: &OpenEmbeds, (id, body): (EntryId, &Body), number: usize, why: NotShown| {
                // A circle is one cause, whichever of its pages is drawn.
                let is_first = match why {
                    NotShown::Circle(back) => {
                        circle(open, id, back).is_none_or(|circle| circle.iter().all(|id| back <= *id))
                    }
                    NotShown::NoEntry | NotShown::NoSection | NotShown::Deep | NotShown::Many => true,
                };
                let problem = problem(site, open, (id, body), number, why).filter(|_| is_first);
                if let Some(problem) = problem.filter(|problem| places.insert(key(&problem.place))) {
                    found.push(problem);
                }
            };
            walk(
                site,
                (id, body, text),
                0..body.html.len(),
                &mut OpenEmbeds::default(),
                &mut |open, at, number, shown| {
                    if let Err(why) = shown {
                        report(open, at, number, why);
                    }
                },
            );
        }
    }
    found
}

/// Reports an entry to which a text links where it was to show it. A link that leads nowhere is reported as that.
fn linked(doc: &Doc, (body, text): (&Body, &ResolvedText), embed: &Embed) -> Option<Diagnostic> {
    let at = embed.link as usize;
    let link = body.links.get(at).filter(|_| text.links.get(at).is_some_and(|link| !link.address.is_empty()))?;
    let heading = link.heading.as_ref().map_or_else(String::new, |heading| format!("#{heading}"));
    let message = format!("`{}{heading}` is not shown in the text: the page links to it", link.written);
    let help = "write a link, without the `!`, or copy what is to be shown";
    Some(Diagnostic::new(Code::MarkdownUnread, doc.body_place(body, embed.span.clone()), message).help(help))
}

/// Every text that a page shows of others, with the part of it.
pub(super) fn shown<'a>(site: &'a LinkedSite, id: EntryId, see: &mut dyn FnMut(&'a Body, &Range<usize>)) {
    for (body, text) in site.entry(id).doc.bodies().into_iter().zip(site.references(id).texts.iter()) {
        walk(site, (id, body, text), 0..body.html.len(), &mut OpenEmbeds::default(), &mut |_, _, _, shown| {
            if let Ok(shown) = shown {
                see(&site.entry(shown.entry).doc.body, &shown.html);
            }
        });
    }
}

/// Whether any text of an entry shows another one.
pub(super) fn has_any(site: &Catalogue, id: EntryId) -> bool {
    let doc = &site.entry(id).doc;
    !doc.body.embeds.is_empty() || doc.bodies().iter().any(|body| !body.embeds.is_empty())
}

/// What is done with everything that is to be shown: what is open, the text in which it stands, its number there, and what
/// is shown.
type See<'s> = dyn FnMut(&OpenEmbeds, (EntryId, &Body), usize, Result<&ShownSection, NotShown>) + 's;

/// Follows a text as it is drawn.
fn walk(
    site: &LinkedSite,
    (id, body, text): (EntryId, &Body, &ResolvedText),
    part: Range<usize>,
    open: &mut OpenEmbeds,
    see: &mut See<'_>,
) {
    for (number, at) in body.embeds_in(&part) {
        let place = matches!(body.origin, TextOrigin::File).then_some(at);
        match open.begin(site, (id, place), (body, text), &body.embeds[number]) {
            Err(why) => see(open, (id, body), number, Err(why)),
            Ok(shown) => {
                see(open, (id, body), number, Ok(&shown));
                let entry = site.entry(shown.entry);
                let bodies = entry.doc.bodies();
                let at = bodies.iter().position(|body| std::ptr::eq(*body, &entry.doc.body)).unwrap_or_default();
                if let Some(text) = site.references(shown.entry).texts.get(at) {
                    walk(site, (shown.entry, &entry.doc.body, text), shown.html, open, see);
                }
                open.end();
            }
        }
    }
}

/// The entries that are open from `back` on, with the one that would show it again.
fn circle(open: &OpenEmbeds, id: EntryId, back: EntryId) -> Option<Vec<EntryId>> {
    let all: Vec<EntryId> = open.ids().chain([id]).collect();
    let begin = all.iter().position(|id| *id == back)?;
    Some(all[begin..].to_vec())
}

fn problem(
    site: &LinkedSite,
    open: &OpenEmbeds,
    (id, body): (EntryId, &Body),
    number: usize,
    why: NotShown,
) -> Option<Diagnostic> {
    let embed = &body.embeds[number];
    let doc = &site.entry(id).doc;
    let place = doc.body_place(body, embed.span.clone());
    let text = site.entry(id).doc.bodies().iter().position(|other| std::ptr::eq(*other, body));
    let link =
        text.and_then(|at| site.references(id).texts.get(at)).and_then(|text| text.links.get(embed.link as usize));
    let written = &body.links[embed.link as usize].written;
    let (message, help) = match why {
        NotShown::NoEntry if link.is_none_or(|link| link.address.is_empty()) => return None, // reported as a link
        NotShown::NoEntry => (
            format!("`{written}` is not shown in the text: the page links to it"),
            "write a link, without the `!`".to_string(),
        ),
        NotShown::NoSection => {
            let link = link.filter(|link| {
                site.entry(link.entry.unwrap_or(id))
                    .doc
                    .body
                    .headings
                    .iter()
                    .any(|heading| link.address.ends_with(&format!("#{}", heading.id)))
            })?;
            (
                format!("the section `{}` cannot be cut out of its page, and is not shown", link.address),
                "take its heading out of the list, quote or element in which it stands, or show the whole entry"
                    .to_string(),
            )
        }
        NotShown::Circle(back) => {
            let names: Vec<_> = circle(open, id, back)
                .into_iter()
                .flatten()
                .chain([back])
                .map(|id| format!("`{}`", site.name(id)))
                .collect();
            (
                format!("an entry would show itself: {}", names.join(" shows ")),
                "write a link instead, without the `!`".to_string(),
            )
        }
        NotShown::Deep => (
            format!("entries are shown in one another up to {DEEPEST} times, and this one is not"),
            "write a link instead, without the `!`, or copy what is to be shown".to_string(),
        ),
        NotShown::Many => (
            format!("{MOST} entries are shown in one text at most, and this one is not"),
            "write links instead, without the `!`".to_string(),
        ),
    };
    Some(Diagnostic::new(Code::EmbedRefused, place, message).help(help))
}

fn key(place: &Place) -> (String, usize) {
    (place.path.to_string(), place.range().start)
}

//! Sign-offs against what the entries say now.

use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::model::kind::Level;
use crate::model::site::{EntryId, Site};
use crate::pages::Drawing;
use crate::pages::signed::{signoffs, words};
use crate::signoffs::{SignOff, text_path};
use crate::text_changes::changes;

/// So many changes of a text stand below a problem.
const SHOWN: usize = 5;

/// Reports sign-offs of entries that do not exist or that say something else now, and entries without one where their kind
/// asks for it.
pub fn signed(drawing: Drawing<'_>) -> Vec<Diagnostic> {
    let site = drawing.site;
    let mut problems: Vec<Diagnostic> = Vec::new();
    for (name, signoffs) in &site.signoffs.by_entry {
        if entry_named(site, name).is_none() && !is_left_out(site, name) {
            problems.extend(signoffs.first().map(|signoff| unknown(site, name, signoff)));
        }
    }
    let wanted = site.schema.kinds.iter().any(|kind| kind.signed.is_some());
    if !wanted && site.signoffs.by_entry.is_empty() {
        return problems;
    }
    for id in site.ids() {
        let doc = &site.entry(id).doc;
        let level = site.schema.kind(doc.kind).signed;
        let own = signoffs(drawing, id);
        let stale =
            own.iter().filter(|(_, holds)| !holds && !doc.broken).map(|(signoff, _)| stale(drawing, id, signoff));
        let stale: Vec<_> = stale.collect();
        let missing = own.is_empty() && level.is_some() && !doc.draft && !doc.broken;
        let missing = missing.then(|| {
            let message = "nobody has signed this page off".to_string();
            let sign = format!("limber review --sign {} --who NAME --role ROLE --as-of DAY", site.name(id));
            Diagnostic::new(Code::SignOffMissing, doc.place(), message)
                .help(format!("whoever has read it signs: `{sign}`"))
        });
        problems.extend(stale.into_iter().chain(missing).map(|mut problem| {
            if level == Some(Level::Error) {
                problem.severity = Severity::Error;
            }
            problem
        }));
    }
    problems
}

/// An entry by the name that reports give it.
pub fn entry_named(site: &Site, name: &str) -> Option<EntryId> {
    let (plural, slug) = name.split_once('/')?;
    let kind = site.schema.kind_named(plural).filter(|kind| site.schema.kind(*kind).plural == plural)?;
    site.find(kind, slug)
}

/// Whether it is known that an entry is not part of the site: a draft, or one of a file that cannot be read.
fn is_left_out(site: &Site, name: &str) -> bool {
    let Some((plural, slug)) = name.split_once('/') else { return false };
    site.schema.kind_named(plural).is_some_and(|kind| {
        site.left_out.kinds.contains(&kind) || site.left_out.drafts.contains(&(kind, slug.to_string()))
    })
}

fn unknown(site: &Site, name: &str, signoff: &SignOff) -> Diagnostic {
    let message = format!("there is no entry `{name}` that could be signed off");
    let diagnostic = Diagnostic::new(Code::SignOffInvalid, signoff.place.clone(), message);
    let names: Vec<String> = site.ids().map(|id| site.name(id)).collect();
    let near = nearest(name, names.iter().map(String::as_str));
    if near.is_empty() {
        diagnostic.help("name it as reports do, such as `articles/first-steps`, or take the sign-off out")
    } else {
        diagnostic.suggest(&near)
    }
}

fn stale(drawing: Drawing<'_>, id: EntryId, signoff: &SignOff) -> Diagnostic {
    let site = drawing.site;
    let message = format!("this page says something else than what {} signed on {}", signoff.who, signoff.day);
    let mut diagnostic = Diagnostic::new(Code::SignOffStale, site.entry(id).doc.place(), message);
    match site.signoffs.texts.get(&signoff.text) {
        Some(signed) => {
            let signed: Vec<String> = signed.lines().map(str::to_string).collect();
            let changes = changes(&signed, &words(drawing, id));
            for change in changes.iter().take(SHOWN) {
                diagnostic = diagnostic.help(format!("changed: {}", change.marked()));
            }
            if changes.len() > SHOWN {
                diagnostic = diagnostic.help(format!("and {} more places", changes.len() - SHOWN));
            }
        }
        None => {
            let path = text_path(&site.name(id), signoff.text);
            diagnostic = diagnostic.help(format!("which words it were nobody knows: `{path}` is not there"));
        }
    }
    let sign = format!(
        "limber review --sign {} --who \"{}\" --role \"{}\" --as-of DAY",
        site.name(id),
        signoff.who,
        signoff.role
    );
    diagnostic.related(signoff.place.clone(), "signed here").help(format!("once it was read again: `{sign}`"))
}

//! Numbers of texts against the records of the works that they cite.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::figures::{Exception, Figures};
use crate::model::cited::{CitedNumber, CitedSentence};
use crate::model::doc::Doc;
use crate::model::site::{EntryId, Site};
use crate::records::Record;
use crate::yaml::MappingPart;

/// So many figures of a record stand in the help of a problem.
const SHOWN: usize = 6;

/// Checks the records, and every number that stands beside a citation. `whole` says whether every file could be read.
pub(super) fn check(site: &Site, whole: bool, diagnostics: &mut Vec<Diagnostic>) {
    let Some(figures) = &site.schema.figures else { return };
    if site.records.broken || site.bibliography.broken {
        return;
    }
    check_records(site, figures, diagnostics);
    let excepted: BTreeMap<&str, Vec<&Exception>> =
        figures.except.iter().fold(BTreeMap::new(), |mut all, exception| {
            all.entry(exception.entry.as_str()).or_default().push(exception);
            all
        });
    let ids: Vec<EntryId> = site.ids().filter(|id| !site.entry(*id).doc.figures.is_empty()).collect();
    let of_entry = |id: EntryId| {
        let except =
            if excepted.is_empty() { &[][..] } else { excepted.get(&*site.name(id)).map_or(&[][..], Vec::as_slice) };
        numbers_of(site, &site.entry(id).doc, except)
    };
    let found: Vec<_> = ids.into_par_iter().map(of_entry).collect();
    let mut used = BTreeSet::new();
    for (problems, in_use) in found {
        diagnostics.extend(problems);
        used.extend(in_use);
    }
    if whole {
        let unused =
            figures.except.iter().flat_map(|exception| exception.numbers.iter().map(move |value| (exception, value)));
        for (exception, value) in unused.filter(|(exception, value)| !used.contains(&(&exception.path, *value))) {
            let place = site.schema.text.place(&exception.path, MappingPart::Value);
            let message = format!("no sentence of `{}` needs an exception for {value}", exception.entry);
            diagnostics.push(Diagnostic::new(Code::ExceptionUnused, place, message).help("remove the number"));
        }
    }
}

/// A record has to be of a work, and a work that is cited has to have a record.
fn check_records(site: &Site, figures: &Figures, diagnostics: &mut Vec<Diagnostic>) {
    let works = &site.bibliography.works;
    for (key, record) in site.records.works.iter().filter(|(key, _)| !site.bibliography.answers_to(key)) {
        let message = format!("no work has the key `{key}`");
        let diagnostic = Diagnostic::new(Code::RecordInvalid, record.place.clone(), message);
        let near = nearest(key, works.keys().map(String::as_str).filter(|key| !site.records.works.contains_key(*key)));
        diagnostics.push(if near.is_empty() {
            diagnostic.help("add the work to content/sources.yaml")
        } else {
            diagnostic.suggest(&near)
        });
    }
    let cited: BTreeSet<&str> = site.cited.iter().flat_map(|works| works.iter()).map(String::as_str).collect();
    let missing = |key: &&str| !site.records.works.contains_key(*key) && !site.records.unreadable.contains(*key);
    for work in cited.into_iter().filter(missing).filter_map(|key| works.get(key)) {
        let message = format!("`{}` is cited and has no record", work.key);
        let help =
            format!("add what it found to {}: `{}: {{seen: yes, who: ..., results: [...]}}`", figures.file, work.key);
        diagnostics.push(Diagnostic::new(Code::RecordMissing, work.place.clone(), message).help(help));
    }
}

type Used<'a> = Vec<(&'a crate::yaml::Path, &'a String)>;

/// The numbers of an entry that no record holds, and the exceptions that were needed.
fn numbers_of<'a>(site: &'a Site, doc: &Doc, except: &[&'a Exception]) -> (Vec<Diagnostic>, Used<'a>) {
    let (mut diagnostics, mut used) = (Vec::new(), Vec::new());
    for sentence in &doc.figures {
        // A work without a record has a report of its own: what it holds, nobody knows.
        let records: Option<Vec<_>> = sentence.keys.iter().map(|key| site.records.works.get_key_value(key)).collect();
        let Some(records) = records else { continue };
        let unknown = |number: &&CitedNumber| !records.iter().any(|(_, record)| record.values.contains(&number.value));
        for number in sentence.numbers.iter().filter(unknown) {
            let excepted = except.iter().find_map(|exception| {
                exception.numbers.iter().find(|value| **value == number.value).map(|value| (&exception.path, value))
            });
            match excepted {
                Some(exception) => used.push(exception),
                None => diagnostics.push(problem(doc, sentence, number, &records)),
            }
        }
    }
    (diagnostics, used)
}

fn problem(doc: &Doc, sentence: &CitedSentence, number: &CitedNumber, records: &[(&String, &Record)]) -> Diagnostic {
    let keys: BTreeSet<_> = records.iter().map(|(key, _)| format!("`{key}`")).collect();
    let whose = if keys.len() == 1 { "the record of" } else { "none of the records of" };
    let keys: Vec<_> = keys.into_iter().collect();
    let verb = if keys.len() == 1 { "does not hold" } else { "holds" };
    let message = format!("{whose} {} {verb} the number {}", keys.join(", "), number.value);
    let span = number.span.start as usize..number.span.end as usize;
    let mut diagnostic = Diagnostic::new(Code::FigureUnknown, doc.place_in(&sentence.origin, span), message);
    let mut told = BTreeSet::new();
    for (key, record) in records.iter().filter(|(key, _)| told.insert(*key)) {
        diagnostic.help.push(if record.figures.is_empty() {
            format!("`{key}` holds no figures")
        } else {
            let more = if record.figures.len() > SHOWN { "; ..." } else { "" };
            format!("`{key}` holds: {}{more}", record.figures[..record.figures.len().min(SHOWN)].join("; "))
        });
    }
    diagnostic
}

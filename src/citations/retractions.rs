//! A file of retracted works, as Retraction Watch publishes it. The only file that names `csv`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::status::{Standing, WorkStatus};
use super::{Bibliography, doi};
use crate::diagnostics::{Code, Diagnostic};
use crate::span::Place;

/// What a file of retracted works says of the works of a bibliography, by their keys. It has the columns of Retraction Watch:
/// one row for each notice, with `OriginalPaperDOI`, `RetractionNature`, `RetractionDate` and `Reason`.
///
/// # Errors
/// Where it has not these columns, or is no table at all.
pub fn listed(
    path: &Arc<str>,
    text: &str,
    bibliography: &Bibliography,
) -> Result<BTreeMap<String, Standing>, Box<Diagnostic>> {
    let wrong = |message: String| {
        let diagnostic = Diagnostic::new(Code::RetractionsInvalid, Place::whole(path), message);
        Box::new(diagnostic.help("use the file of Retraction Watch as it is, or one with its columns OriginalPaperDOI, RetractionNature, RetractionDate and Reason"))
    };
    let mut works: HashMap<String, Vec<&str>> = HashMap::new();
    for work in bibliography.works.values() {
        let written = work.doi.as_deref().or(work.url.as_deref());
        if let Some(doi) = written.and_then(doi::normal) {
            works.entry(doi).or_default().push(&work.key);
        }
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.byte_headers().map_err(|error| wrong(format!("this is no table: {error}")))?.clone();
    let column =
        |name: &str| header.iter().position(|column| column.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let (Some(original), Some(nature)) = (column("OriginalPaperDOI"), column("RetractionNature")) else {
        return Err(wrong("this file has not the columns `OriginalPaperDOI` and `RetractionNature`".into()));
    };
    let (day, reason) = (column("RetractionDate"), column("Reason"));
    let mut notices: BTreeMap<&str, Vec<RetractionNotice>> = BTreeMap::new();
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(|error| wrong(format!("this is no table: {error}")))? {
        let cell = |at: Option<usize>| {
            at.and_then(|at| row.get(at)).and_then(|cell| str::from_utf8(cell).ok()).unwrap_or_default()
        };
        let Some(keys) = doi::normal(cell(Some(original))).and_then(|doi| works.get(&doi)) else { continue };
        let notice = RetractionNotice {
            day: iso(cell(day)),
            nature: NoticeNature::of(cell(Some(nature))),
            reason: reasons(cell(reason)),
        };
        keys.iter().for_each(|key| notices.entry(key).or_default().push(notice.clone()));
    }
    Ok(notices.into_iter().map(|(key, notices)| (key.to_string(), last(notices))).collect())
}

/// One row of the file.
#[derive(Clone, Debug)]
struct RetractionNotice {
    day: Option<String>,
    nature: NoticeNature,
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NoticeNature {
    Correction,
    Reinstatement,
    Concern,
    Retraction,
}

impl NoticeNature {
    /// What is not known by name counts as a retraction: the file is one of retractions.
    fn of(written: &str) -> Self {
        let written = written.to_ascii_lowercase();
        if written.contains("concern") {
            Self::Concern
        } else if written.contains("reinstate") {
            Self::Reinstatement
        } else if written.contains("correction") {
            Self::Correction
        } else {
            Self::Retraction
        }
    }
}

/// What the notices of a work say together. A retraction stays one unless a later day has taken it back.
fn last(mut notices: Vec<RetractionNotice>) -> Standing {
    notices.sort_by(|a, b| (&a.day, a.nature).cmp(&(&b.day, b.nature)));
    let decides =
        |notice: &&RetractionNotice| matches!(notice.nature, NoticeNature::Retraction | NoticeNature::Reinstatement);
    let worst = || notices.iter().rev().max_by_key(|notice| notice.nature == NoticeNature::Concern);
    let Some(notice) = notices.iter().rev().find(decides).or_else(worst) else {
        return Standing::of(WorkStatus::Retracted);
    };
    let status = match notice.nature {
        NoticeNature::Retraction => WorkStatus::Retracted,
        NoticeNature::Concern => WorkStatus::Concern,
        NoticeNature::Correction | NoticeNature::Reinstatement => WorkStatus::Corrected,
    };
    Standing { status, day: notice.day.clone(), reason: notice.reason.clone() }
}

/// `10/28/2005 0:00` as `2005-10-28`.
fn iso(written: &str) -> Option<String> {
    let day = written.split_whitespace().next()?;
    if day.len() == 10 && day.as_bytes()[4] == b'-' {
        return Some(day.to_string());
    }
    let parts: Vec<u32> = day.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match *parts.as_slice() {
        [month @ 1..=12, day @ 1..=31, year @ 1000..=9999] => Some(format!("{year}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// `+Error in Data;+Unreliable Results;` as `Error in Data, Unreliable Results`.
fn reasons(written: &str) -> Option<String> {
    let reasons = written.split(';').map(|reason| reason.trim().trim_start_matches('+').trim());
    let reasons: Vec<&str> = reasons.filter(|reason| !reason.is_empty()).collect();
    (!reasons.is_empty()).then(|| reasons.join(", "))
}

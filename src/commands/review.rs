//! `limber review`: what has to be looked at again, most linked first.

use std::path::Path;

use serde::Serialize;

use super::{FAILED, FINE, WRONG, report, site_of};
use crate::args::{Review, ReviewFormat};
use crate::calendar;
use crate::model::due::{Due, reviews};
use crate::model::options::Options;
use crate::model::reach::reaches;
use crate::model::site::Site;
use crate::model::value::Date;

pub(super) fn run(root: &Path, args: &Review, quiet: bool) -> u8 {
    let options = Options { drafts: args.drafts, as_of: args.as_of, ..Options::default() };
    let Some(snapshot) = site_of(root, options) else { return FAILED };
    let Some(ready) = &snapshot.ready else { return FAILED };
    let site = &*ready.site;
    let all = reviews(site);
    if args.ics {
        report::data(&calendar::reviews(site, &all));
        return FINE;
    }
    let lines = lines(site, &all, args.as_of);
    match args.format {
        ReviewFormat::Human => report::data(&lines.iter().map(|line| human(line, args.as_of)).collect::<String>()),
        ReviewFormat::Json => {
            let json = serde_json::to_string_pretty(&lines).expect("texts and numbers can be written as JSON");
            report::data(&format!("{json}\n"));
        }
    }
    let late = lines.iter().filter(|line| line.late).count();
    if lines.is_empty() && !quiet {
        report::say("nothing is due");
    }
    if late > 0 {
        report::say(format!("{late} of {} are overdue beyond their grace period", lines.len()));
        return WRONG;
    }
    FINE
}

/// One entry that is due. Days of grace and of delay count from the day that was given.
#[derive(Serialize)]
struct Line {
    entry: String,
    title: String,
    path: String,
    /// How many entries lead to it.
    linked_from: usize,
    last: Option<String>,
    due: Option<String>,
    overdue_days: Option<i32>,
    /// Overdue beyond the grace period.
    late: bool,
}

/// What is due on a day, most linked first; without a day everything, soonest first.
fn lines(site: &Site, dues: &[Due], today: Option<Date>) -> Vec<Line> {
    let reaches = reaches(site);
    let mut found: Vec<(&Due, usize)> = dues.iter().map(|due| (due, reaches[due.entry.0 as usize].inward)).collect();
    match today {
        Some(today) => {
            found.retain(|(due, _)| due.on.is_none() || due.overdue(today).is_some());
            found.sort_by_key(|(due, links)| (std::cmp::Reverse(*links), due.on, due.entry));
        }
        None => found.sort_by_key(|(due, links)| (due.on, std::cmp::Reverse(*links), due.entry)),
    }
    let line = |(due, links): (&Due, usize)| {
        let doc = &site.entry(due.entry).doc;
        let overdue = today.and_then(|today| due.overdue(today));
        Line {
            entry: site.name(due.entry),
            title: doc.title.clone(),
            path: doc.path().to_string(),
            linked_from: links,
            last: due.last.map(|day| day.to_string()),
            due: due.on.map(|day| day.to_string()),
            overdue_days: overdue,
            late: overdue.is_some_and(|days| days > due.grace),
        }
    };
    found.into_iter().map(line).collect()
}

fn human(line: &Line, today: Option<Date>) -> String {
    let state = match (line.late, line.overdue_days, today) {
        (true, ..) => "overdue",
        (false, Some(_), _) => "due",
        (false, None, Some(_)) => "never",
        (false, None, None) => "",
    };
    let due = line.due.as_deref().unwrap_or("no day");
    format!("{due:10}  {state:7}  {:>3} links  {}  {}\n", line.linked_from, line.path, line.title)
}

//! `limber review`: what has to be looked at again, most linked first.

use std::path::Path;

use serde::Serialize;

use super::{FAILED, FINE, WRONG, report, site_of};
use crate::args::{Review, ReviewFormat};
use crate::calendar;
use crate::diagnostics::nearest;
use crate::engine::{DrawableSite, Snapshot};
use crate::error::Error;
use crate::markup::visible::fingerprint_of;
use crate::model::due::{Due, reviews};
use crate::model::options::Options;
use crate::model::reach::reaches;
use crate::model::site::EntryId;
use crate::model::value::Date;
use crate::pages::signed::{signoffs, words};
use crate::signoffs::{SIGNOFFS, SignOff, text_path, written};
use crate::staged::replace;
use crate::stages::signed::entry_named;
use crate::text_changes::{TextChange, changes};

pub(super) fn run(root: &Path, args: &Review, quiet: bool) -> u8 {
    let options = Options { drafts: args.drafts, as_of: args.as_of, ..Options::default() };
    let Some(snapshot) = site_of(root, options) else { return FAILED };
    let Some(ready) = &snapshot.ready else { return FAILED };
    let site = &*ready.site;
    if let Some(name) = &args.sign {
        return match sign(root, args, name, &snapshot, ready) {
            Ok(said) => {
                report::say(said);
                FINE
            }
            Err(error) => report::fail(&error),
        };
    }
    let all = reviews(site);
    if args.ics {
        report::data(&calendar::reviews(site, &all));
        return FINE;
    }
    let lines = lines(ready, &all, args.as_of);
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
    /// Who has signed it off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signed: Vec<ListedSignOff>,
}

/// One sign-off of an entry.
#[derive(Serialize)]
struct ListedSignOff {
    who: String,
    role: String,
    day: String,
    /// Whether the entry still says what was signed.
    holds: bool,
    /// What has changed since, each place in one line.
    changes: Vec<String>,
}

/// The sign-offs of an entry.
fn signatures(ready: &DrawableSite, id: EntryId) -> Vec<ListedSignOff> {
    let of = |(signoff, holds): (&SignOff, bool)| {
        let changes = if holds { Vec::new() } else { changed_since(ready, id, signoff) };
        let (who, role, day) = (signoff.who.clone(), signoff.role.clone(), signoff.day.clone());
        ListedSignOff { who, role, day, holds, changes }
    };
    signoffs(ready.drawing(), id).into_iter().map(of).collect()
}

fn changed_since(ready: &DrawableSite, id: EntryId, signoff: &SignOff) -> Vec<String> {
    let Some(signed) = ready.site.signoffs.texts.get(&signoff.text) else { return Vec::new() };
    let signed: Vec<String> = signed.lines().map(str::to_string).collect();
    changes(&signed, &words(ready.drawing(), id)).iter().map(TextChange::marked).collect()
}

/// Writes a sign-off and the text that was signed. Says what it did.
fn sign(root: &Path, args: &Review, name: &str, snapshot: &Snapshot, ready: &DrawableSite) -> Result<String, Error> {
    let site = &*ready.site;
    let Some(id) = entry_named(site, name) else {
        let names: Vec<String> = site.ids().map(|id| site.name(id)).collect();
        let near = nearest(name, names.iter().map(String::as_str));
        let error = Error::request(format!("there is no entry `{name}`"));
        return Err(match near.first() {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name it as reports do, such as `articles/first-steps`"),
        });
    };
    let doc = &site.entry(id).doc;
    let path = doc.path();
    if snapshot.wrong().contains(&**path) {
        let error = Error::content(format!("`{path}` has errors, so nobody knows what the page will say"));
        return Err(error.help("mend them first: `limber check` lists them"));
    }
    let [who, role] = [&args.who, &args.role].map(|text| text.as_deref().unwrap_or_default().trim());
    let Some(day) = args.as_of.filter(|_| !who.is_empty() && !role.is_empty()) else {
        return Err(Error::request("a sign-off needs a name, a role and a day")
            .help("`--who NAME --role ROLE --as-of 2026-03-04`"));
    };
    let words = words(ready.drawing(), id);
    let text = fingerprint_of(&words);
    let copy = root.join(text_path(name, text));
    let list = root.join(SIGNOFFS);
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| Error::system(format!("`{path}` cannot be written: {error}"))
    };
    if let Some(folder) = copy.parent() {
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    replace(&copy, (words.join("\n") + "\n").as_bytes()).map_err(failed(&copy))?;
    let mut all = match std::fs::read_to_string(&list) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(&list)(error)),
    };
    if !all.is_empty() && !all.ends_with('\n') {
        all.push('\n');
    }
    all.push_str(&written(name, who, role, &day.to_string(), text));
    replace(&list, all.as_bytes()).map_err(failed(&list))?;
    Ok(format!("{who} has signed `{name}` off on {day}; the text lies in {}", text_path(name, text)))
}

/// What is due on a day, most linked first; without a day everything, soonest first.
fn lines(ready: &DrawableSite, dues: &[Due], today: Option<Date>) -> Vec<Line> {
    let site = &*ready.site;
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
            signed: signatures(ready, due.entry),
        }
    };
    let mut lines: Vec<Line> = found.iter().copied().map(line).collect();
    // Entries of kinds without reviews may be signed off, too.
    let listed = |id: EntryId| found.iter().any(|(due, _)| due.entry == id);
    for id in site.signoffs.by_entry.keys().filter_map(|name| entry_named(site, name)).filter(|id| !listed(*id)) {
        let doc = &site.entry(id).doc;
        let signed = signatures(ready, id);
        if today.is_none() || signed.iter().any(|one| !one.holds) {
            lines.push(Line {
                entry: site.name(id),
                title: doc.title.clone(),
                path: doc.path().to_string(),
                linked_from: reaches[id.0 as usize].inward,
                last: None,
                due: None,
                overdue_days: None,
                late: false,
                signed,
            });
        }
    }
    lines
}

fn human(line: &Line, today: Option<Date>) -> String {
    let state = match (line.late, line.overdue_days, today) {
        (true, ..) => "overdue",
        (false, Some(_), _) => "due",
        (false, None, Some(_)) => "never",
        (false, None, None) => "",
    };
    let due = line.due.as_deref().unwrap_or("no day");
    let mut text = format!("{due:10}  {state:7}  {:>3} links  {}  {}\n", line.linked_from, line.path, line.title);
    for ListedSignOff { who, role, day, holds, changes } in &line.signed {
        let stale = if *holds { "" } else { ", and it says something else now" };
        text.push_str(&format!("            signed off by {who}, {role}, on {day}{stale}\n"));
        changes.iter().for_each(|change| text.push_str(&format!("              {change}\n")));
    }
    text
}

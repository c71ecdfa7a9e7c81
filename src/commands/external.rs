//! Links to other sites: listing them, and having them asked.

use std::path::Path;

use super::report;
use crate::diagnostics::{Code, Diagnostic, Locations};
use crate::error::Error;
use crate::external::links;
#[cfg(feature = "external")]
use crate::external::{Answer, Answers, Asking, ask};
use crate::model::site::Site;
#[cfg(feature = "external")]
use crate::span::Place;

/// All links to other sites, each with the places where it stands.
pub(super) fn list(root: &Path, site: &Site) -> String {
    let links = links(site);
    let marks: Vec<Diagnostic> = links
        .iter()
        .flat_map(|(url, places)| {
            places.iter().map(move |place| Diagnostic::new(Code::LinkExternalBroken, place.clone(), url.as_str()))
        })
        .collect();
    let texts = report::complete(root, &marks, Default::default());
    let locations = Locations::new(&texts);
    let mut out = String::new();
    for (url, places) in &links {
        out.push_str(&format!("{url}\n"));
        for place in places {
            let (line, column) = locations.of(place).start;
            out.push_str(&format!("  {}:{line}:{column}\n", place.path));
        }
    }
    out
}

/// Asks the other sites, and reports what is not there. Says so when not all of them could be asked.
#[cfg(feature = "external")]
pub(super) fn check(root: &Path, site: &Site, max_age: u32, quiet: bool) -> Result<Vec<Diagnostic>, Error> {
    let links = links(site);
    let leave_alone: Vec<_> = site.schema.links.leave_alone.iter().map(|(glob, _)| glob.clone()).collect();
    let urls: Vec<&str> =
        links.keys().map(String::as_str).filter(|url| !leave_alone.iter().any(|glob| glob.fits(url))).collect();
    let progress = |answered: usize, all: usize| {
        if !quiet {
            report::progress(&format!("asked {answered} of {all} addresses"));
        }
    };
    let max_age = u64::from(max_age) * 24 * 60 * 60;
    let asked = ask(&urls, &Asking { root, max_age, leave_alone: &leave_alone, progress: &progress });
    report::progress("");
    if let Some(error) = &asked.not_kept {
        report::say(format!("the answers could not be kept for the next time: {error}"));
    }
    let with = |answer: &Answer| asked.answers.values().filter(|given| *given == answer).count();
    let (of, not_now, unwanted) = (asked.answers.len(), with(&Answer::NotNow), with(&Answer::Unwanted));
    if not_now > 0 {
        report::say(format!(
            "{not_now} of {of} addresses could not be asked: the site is busy, no way leads to it, or the time was up; run it again later"
        ));
    }
    if unwanted > 0 && !quiet {
        report::say(format!("{unwanted} of {of} addresses were left alone, as the robots.txt of their sites asks"));
    }
    Ok(links.iter().filter_map(|(url, places)| broken(url, places, &asked)).collect())
}

#[cfg(feature = "external")]
fn broken(url: &str, places: &[Place], asked: &Answers) -> Option<Diagnostic> {
    let Some(Answer::Gone { why, .. }) = asked.answers.get(url) else { return None };
    let (first, others) = places.split_first()?;
    let diagnostic = Diagnostic::new(Code::LinkExternalBroken, first.clone(), format!("`{url}` {why}"));
    let diagnostic = others.iter().fold(diagnostic, |diagnostic, place| diagnostic.related(place.clone(), "and here"));
    let diagnostic = diagnostic.help("link to where it went, or to a copy in an archive");
    Some(if asked.from_before.contains(url) {
        diagnostic.help("this was answered at an earlier time: `limber check --external --max-age 0` asks again")
    } else {
        diagnostic
    })
}

/// Says that this build cannot ask other sites.
#[cfg(not(feature = "external"))]
pub(super) fn check(_: &Path, _: &Site, _: u32, _: bool) -> Result<Vec<Diagnostic>, Error> {
    Err(Error::request("this build of limber cannot ask other sites")
        .help("build it with `cargo build --features external`"))
}

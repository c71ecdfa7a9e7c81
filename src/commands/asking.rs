//! Asks other sites whether an address is there: a few at a time, not for long, and not again for a week.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use ureq::{Agent, Error};

use super::report;
use crate::diagnostics::{Code, Diagnostic};
use crate::external::links;
use crate::model::site::Site;
use crate::span::Place;

/// Where good answers are kept, below the folder of the site.
const CACHE: &str = ".limber/external.json";
/// How many sites are asked at once.
const AT_ONCE: usize = 8;
/// How long one site may take.
const ONE: Duration = Duration::from_secs(10);
/// How long all of them may take.
const ALL: Duration = Duration::from_secs(120);
/// How long a good answer holds, in seconds.
const FRESH: u64 = 7 * 24 * 60 * 60;

/// Asks every other site that is linked to, and reports what is not there. Says so when there was no time for all.
pub(super) fn check(root: &Path, site: &Site) -> Result<Vec<Diagnostic>, String> {
    let links = links(site);
    let answers = ask(root, links.keys().map(String::as_str).collect())?;
    let not_asked = answers.values().filter(|answer| **answer == Answer::NotAsked).count();
    if not_asked > 0 {
        report::say(format!(
            "the time was up: {not_asked} of {} addresses were not asked; run it again",
            answers.len()
        ));
    }
    Ok(links.iter().filter_map(|(url, places)| broken(url, places, answers.get(url)?)).collect())
}

fn broken(url: &str, places: &[Place], answer: &Answer) -> Option<Diagnostic> {
    let (Answer::Gone(why), Some((first, others))) = (answer, places.split_first()) else { return None };
    let diagnostic =
        Diagnostic::new(Code::LinkExternalBroken, first.clone(), format!("`{url}` does not answer: {why}"));
    let diagnostic = others.iter().fold(diagnostic, |diagnostic, place| diagnostic.related(place.clone(), "and here"));
    Some(diagnostic.help("link to where it went, or to a copy in an archive"))
}

/// What another site answered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// It is there.
    There,
    /// It is not, with the reason.
    Gone(String),
    /// Nobody asked: the time was up.
    NotAsked,
}

/// Good answers by address: the second since 1970 in which each was given.
#[derive(Default, Serialize, Deserialize)]
struct Cache(BTreeMap<String, u64>);

/// Asks for every address. Bad answers are never kept, so that a repaired site counts at once.
fn ask(root: &Path, urls: Vec<&str>) -> Result<BTreeMap<String, Answer>, String> {
    let file = root.join(CACHE);
    let mut cache: Cache =
        fs::read_to_string(&file).ok().and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let now = seconds();
    cache.0.retain(|_, asked| *asked <= now && now - *asked < FRESH);
    let (known, unknown): (Vec<&str>, Vec<&str>) = urls.into_iter().partition(|url| cache.0.contains_key(*url));
    let mut answers: BTreeMap<String, Answer> = known.into_iter().map(|url| (url.to_string(), Answer::There)).collect();
    for (url, answer) in ask_all(&unknown) {
        if answer == Answer::There {
            cache.0.insert(url.clone(), now);
        }
        answers.insert(url, answer);
    }
    let kept = fs::create_dir_all(file.parent().unwrap_or(root))
        .and_then(|()| fs::write(&file, serde_json::to_string_pretty(&cache).unwrap_or_default()));
    kept.map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(answers)
}

fn ask_all(urls: &[&str]) -> Vec<(String, Answer)> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(ONE))
        .http_status_as_error(false)
        .user_agent(concat!("limber/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into();
    #[expect(clippy::disallowed_methods, reason = "other sites may take for ever; no page depends on their answers")]
    let begun = Instant::now();
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(urls.len())));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(urls.len()) {
            scope.spawn(|| {
                while let Some(url) = urls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = if begun.elapsed() < ALL { ask_one(&agent, url) } else { Answer::NotAsked };
                    answers.lock().expect("no thread stops while it writes").push((url.to_string(), answer));
                }
            });
        }
    });
    answers.into_inner().expect("no thread stops while it writes")
}

/// Asks for the head of a page, and for the page itself where a site refuses to give its head alone.
fn ask_one(agent: &Agent, url: &str) -> Answer {
    let status = agent.head(url).call().map(|response| response.status().as_u16());
    let status = match status {
        Ok(200..=399) => return Answer::There,
        // Who did not answer in time will not do so for more.
        Err(Error::Timeout(_)) => status,
        _ => agent.get(url).call().map(|response| response.status().as_u16()),
    };
    match status {
        // Sites that want a login or fewer programs are there.
        Ok(200..=399 | 401 | 403 | 429) => Answer::There,
        Ok(status) => Answer::Gone(format!("status {status}")),
        Err(Error::Timeout(_)) => Answer::Gone(format!("it takes more than {} seconds", ONE.as_secs())),
        Err(Error::Io(error)) => Answer::Gone(reason(&error)),
        Err(error) => Answer::Gone(error.to_string()),
    }
}

/// What went wrong, without the number of the operating system.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

fn seconds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "answers of other sites grow old; no page depends on them")]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

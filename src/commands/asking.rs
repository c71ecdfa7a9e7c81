//! Asks other sites whether an address is there: a few at a time, not for long, and not again for a week.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};

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
/// How long a site may let us wait before it is asked again, in seconds.
const PATIENCE: u64 = 5;
/// How long a good answer holds, in seconds.
const FRESH: u64 = 7 * 24 * 60 * 60;

/// Asks every other site that is linked to, and reports what is not there. Says so when not all of them could be asked.
pub(super) fn check(root: &Path, site: &Site, quiet: bool) -> Vec<Diagnostic> {
    let links = links(site);
    let answers = ask(root, links.keys().map(String::as_str).collect(), quiet);
    let not_now = answers.values().filter(|answer| **answer == Answer::NotNow).count();
    if not_now > 0 {
        report::say(format!(
            "{not_now} of {} addresses could not be asked: the site is busy, no way leads to it, or the time was up; run it again later",
            answers.len()
        ));
    }
    links.iter().filter_map(|(url, places)| broken(url, places, answers.get(url)?)).collect()
}

fn broken(url: &str, places: &[Place], answer: &Answer) -> Option<Diagnostic> {
    let (Answer::Gone(why), Some((first, others))) = (answer, places.split_first()) else { return None };
    let diagnostic = Diagnostic::new(Code::LinkExternalBroken, first.clone(), format!("`{url}` {why}"));
    let diagnostic = others.iter().fold(diagnostic, |diagnostic, place| diagnostic.related(place.clone(), "and here"));
    Some(diagnostic.help("link to where it went, or to a copy in an archive"))
}

/// What another site answered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    /// It is there.
    There,
    /// It is not: what the address does instead.
    Gone(String),
    /// Nobody knows: the site was too busy, this machine does not reach it, or the time was up.
    NotNow,
}

/// Good answers by address: the second since 1970 in which each was given.
#[derive(Default, Serialize, Deserialize)]
struct Cache(BTreeMap<String, u64>);

/// Asks for every address. Bad answers are never kept, so that a repaired site counts at once.
fn ask(root: &Path, urls: Vec<&str>, quiet: bool) -> BTreeMap<String, Answer> {
    let file = root.join(CACHE);
    let mut cache: Cache =
        fs::read_to_string(&file).ok().and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let now = seconds();
    cache.0.retain(|_, asked| *asked <= now && now - *asked < FRESH);
    let (known, unknown): (Vec<&str>, Vec<&str>) = urls.into_iter().partition(|url| cache.0.contains_key(*url));
    let mut answers: BTreeMap<String, Answer> = known.into_iter().map(|url| (url.to_string(), Answer::There)).collect();
    for (url, answer) in ask_all(&unknown, quiet) {
        if answer == Answer::There {
            cache.0.insert(url.clone(), now);
        }
        answers.insert(url, answer);
    }
    let kept = fs::create_dir_all(file.parent().unwrap_or(root))
        .and_then(|()| fs::write(&file, serde_json::to_string_pretty(&cache).unwrap_or_default()));
    if let Err(error) = kept {
        report::say(format!("the answers could not be kept for the next time: {}: {}", file.display(), reason(&error)));
    }
    answers
}

fn ask_all(urls: &[&str], quiet: bool) -> Vec<(String, Answer)> {
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
                    let answer = if begun.elapsed() < ALL { ask_one(&agent, url) } else { Answer::NotNow };
                    let mut answers = answers.lock().expect("no thread stops while it writes");
                    answers.push((url.to_string(), answer));
                    if !quiet {
                        report::progress(&format!("asked {} of {} addresses", answers.len(), urls.len()));
                    }
                }
            });
        }
    });
    report::progress("");
    answers.into_inner().expect("no thread stops while it writes")
}

/// Asks for the head of a page, and for the page itself where a site refuses to give its head alone.
fn ask_one(agent: &Agent, url: &str) -> Answer {
    match status(|| agent.head(url).call()) {
        Ok(status) if status.is_success() => Answer::There,
        // Who did not answer in time will not do so for more, and who is busy does not want to be asked for more.
        answer @ (Ok(StatusCode::TOO_MANY_REQUESTS) | Err(Error::Timeout(_))) => meaning(answer),
        _ => meaning(status(|| agent.get(url).call())),
    }
}

/// The status of an answer. Where a site is busy for a few seconds it is asked once more.
fn status(ask: impl Fn() -> Result<Response<Body>, Error>) -> Result<StatusCode, Error> {
    let response = ask()?;
    let busy = matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let wait = response.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
    match wait.filter(|wait| busy && *wait <= PATIENCE) {
        Some(wait) => {
            std::thread::sleep(Duration::from_secs(wait));
            Ok(ask()?.status())
        }
        None => Ok(response.status()),
    }
}

fn meaning(status: Result<StatusCode, Error>) -> Answer {
    let why = match status {
        // Sites that want a login or no programs are there.
        Ok(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => return Answer::There,
        Ok(status) if status.is_success() => return Answer::There,
        Ok(StatusCode::TOO_MANY_REQUESTS) => return Answer::NotNow,
        Ok(status) => match status.canonical_reason() {
            Some(reason) => format!("answers with status {} ({})", status.as_u16(), reason.to_lowercase()),
            None => format!("answers with status {}", status.as_u16()),
        },
        Err(Error::Timeout(_)) => format!("takes more than {} seconds to answer", ONE.as_secs()),
        Err(Error::TooManyRedirects) => "leads from one address to the next without end".into(),
        Err(Error::HostNotFound) => "does not answer: there is no such host".into(),
        Err(Error::Io(error)) if is_offline(&error) => return Answer::NotNow,
        Err(Error::Io(error)) => format!("does not answer: {}", reason(&error)),
        Err(error) => format!("does not answer as it should: {error}"),
    };
    Answer::Gone(why)
}

/// Whether name resolution itself failed, which says nothing about the host.
fn is_offline(error: &io::Error) -> bool {
    error.to_string().contains("Temporary failure in name resolution")
}

/// What went wrong, without the numbers and names of programmers.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(": ") {
        Some(("failed to lookup address information", _)) => "there is no such host".into(),
        Some(("invalid peer certificate", why)) if why.starts_with("Expired") => "its certificate has expired".into(),
        Some(("invalid peer certificate", why))
            if why.contains("NotValidForName") || why.contains("not valid for name") =>
        {
            "its certificate is that of another host".into()
        }
        Some(("invalid peer certificate", _)) => "its certificate cannot be trusted".into(),
        _ => text.split(" (os error").next().unwrap_or(&text).to_lowercase(),
    }
}

fn seconds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "answers of other sites grow old; no page depends on them")]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_said_in_plain_words() {
        let said = |text: &str| reason(&io::Error::other(text));
        assert_eq!(said("Connection refused (os error 111)"), "connection refused");
        assert_eq!(said("failed to lookup address information: Name or service not known"), "there is no such host");
        assert_eq!(said("invalid peer certificate: Expired"), "its certificate has expired");
        assert_eq!(said("invalid peer certificate: UnknownIssuer"), "its certificate cannot be trusted");
    }

    #[test]
    fn a_machine_without_a_network_says_nothing_about_others() {
        let error = io::Error::other("failed to lookup address information: Temporary failure in name resolution");
        assert_eq!(meaning(Err(Error::Io(error))), Answer::NotNow);
    }
}

//! One request to another site, and what its reply means.

use std::io;
use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};
use url::Url;

use super::Answer;

/// How long one request may take.
const ONE: Duration = Duration::from_secs(10);
/// How much of a `robots.txt` is read.
const RULES: u64 = 500 * 1024;

/// What came back.
#[derive(Debug)]
pub(super) enum Reply {
    /// The address leads to another one, as it is written there.
    Leads(String),
    /// The site is busy, and says for how long.
    Busy(Option<Duration>),
    /// Anything else that has a status.
    Status(StatusCode),
    /// No answer.
    Failed(Error),
}

/// Makes requests; connections are kept for the next one.
pub(super) fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(ONE))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(concat!("limber/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .into()
}

/// Asks for the head of a page, or for all of it. `now` is the second since 1970 in which this is.
pub(super) fn page(agent: &Agent, url: &Url, whole: bool, now: u64) -> Reply {
    let response = if whole { agent.get(url.as_str()).call() } else { agent.head(url.as_str()).call() };
    response.map_or_else(Reply::Failed, |response| read(&response, now))
}

/// Asks for the `robots.txt` of a site, and follows where it leads; its text where there is one.
pub(super) fn rules(agent: &Agent, url: &Url, now: u64) -> Result<String, Reply> {
    let mut response = agent.get(url.as_str()).config().max_redirects(5).build().call().map_err(Reply::Failed)?;
    if response.status().is_success() {
        return response.body_mut().with_config().limit(RULES).lossy_utf8(true).read_to_string().map_err(Reply::Failed);
    }
    Err(read(&response, now))
}

fn read(response: &Response<Body>, now: u64) -> Reply {
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
    let status = response.status();
    let wait = header(RETRY_AFTER).and_then(|wait| duration(wait.trim(), now));
    match (status, wait, header(LOCATION)) {
        (StatusCode::TOO_MANY_REQUESTS, wait, _) => Reply::Busy(wait),
        (StatusCode::SERVICE_UNAVAILABLE, Some(wait), _) => Reply::Busy(Some(wait)),
        (status, _, Some(location)) if status.is_redirection() => Reply::Leads(location.to_string()),
        _ => Reply::Status(status),
    }
}

/// How long `Retry-After` lets others wait: seconds, or a date.
fn duration(text: &str, now: u64) -> Option<Duration> {
    let seconds = text.parse().ok().or_else(|| {
        let date = DateTimeParser::new().parse_timestamp(text).ok()?;
        Some(u64::try_from(date.as_second()).ok()?.saturating_sub(now))
    })?;
    Some(Duration::from_secs(seconds))
}

/// Whether asking for a whole page may bring what asking for its head did not.
pub(super) fn may_differ_for_whole(reply: &Reply) -> bool {
    match reply {
        Reply::Leads(_) | Reply::Busy(_) => false,
        Reply::Status(status) => !is_there(*status),
        Reply::Failed(Error::Timeout(_) | Error::HostNotFound) => false,
        Reply::Failed(Error::Io(error)) => {
            error.kind() != io::ErrorKind::ConnectionRefused && !error.to_string().contains("lookup")
        }
        Reply::Failed(_) => true,
    }
}

/// Sites that want a login or no programs are there.
fn is_there(status: StatusCode) -> bool {
    status.is_success() || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

/// What a status, or having none, says about an address.
pub(super) fn meaning(reply: Result<StatusCode, Error>) -> Answer {
    let for_now = !matches!(reply, Ok(status) if !status.is_server_error());
    let why = match reply {
        Ok(status) if is_there(status) => return Answer::There,
        Ok(status) => match status.canonical_reason() {
            Some(reason) => format!("answers with status {} ({})", status.as_u16(), reason.to_lowercase()),
            None => format!("answers with status {}", status.as_u16()),
        },
        Err(Error::Timeout(_)) => format!("takes more than {} seconds to answer", ONE.as_secs()),
        Err(Error::HostNotFound) => "does not answer: there is no such host".into(),
        Err(Error::Io(error)) if is_offline(&error) => return Answer::NotNow,
        Err(Error::Io(error)) => format!("does not answer: {}", reason(&error)),
        Err(error) => format!("does not answer as it should: {error}"),
    };
    Answer::Gone { why, for_now }
}

/// Whether nobody can be asked for the address of a host, which says nothing about the host.
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

    #[test]
    fn a_busy_site_says_when_to_come_back_in_seconds_or_as_a_date() {
        assert_eq!(duration("120", 0), Some(Duration::from_secs(120)));
        assert_eq!(duration("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777 - 9), Some(Duration::from_secs(9)));
        assert_eq!(duration("Sun, 06 Nov 1994 08:49:37 GMT", 2_000_000_000), Some(Duration::ZERO));
        assert_eq!(duration("soon", 0), None);
    }
}

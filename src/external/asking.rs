//! Asks other sites whether an address is there: patiently, a few at a time, not for long, and not again for a while.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ureq::Agent;
use url::Url;

use super::kept::Kept;
use super::replies::{self, Reply, may_differ_for_whole, meaning};
use super::robots::Robots;
use super::turns::{Purpose, Request, Turn, Turns, Visit, host, site};
use super::{Answer, Answers};
use crate::globs::AddressGlob;

/// How many threads ask.
const THREADS: usize = 8;
/// How long all of them may take.
const ALL: Duration = Duration::from_secs(300);
/// How long a site may let us wait before it is asked again.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a site is left alone that says it is busy and not for how long.
const BUSY: Duration = Duration::from_secs(60);
/// How many addresses may lead on from one to the next.
const HOPS: usize = 10;

/// How other sites are asked.
pub struct Asking<'a> {
    /// The folder of the site.
    pub root: &'a Path,
    /// For how many seconds answers count that were given before.
    pub max_age: u64,
    /// Addresses that are left alone.
    pub leave_alone: &'a [AddressGlob],
    /// Is told how many of how many addresses have been asked.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// Asks for every address that no earlier answer is known of.
pub fn ask(links: &[&str], asking: &Asking<'_>) -> Answers {
    let now = seconds();
    let mut kept = Kept::read(asking.root, now, asking.max_age);
    let (mut answers, mut from_before) = (BTreeMap::new(), BTreeSet::new());
    let mut unknown: Vec<(&str, Url)> = Vec::new();
    for link in links {
        match (kept.answer(link), Url::parse(link)) {
            (Some(answer), _) => {
                from_before.insert(link.to_string());
                answers.insert(link.to_string(), answer.clone());
            }
            (None, Ok(url)) => unknown.push((link, url)),
            (None, Err(error)) => {
                let why = format!("is no address: {error}");
                answers.insert(link.to_string(), Answer::Gone { why, for_now: false });
            }
        }
    }
    let urls = unknown.iter().map(|(_, url)| url.clone()).collect();
    for (number, answer) in ask_all(urls, &mut kept, asking) {
        let link = unknown[number].0;
        kept.keep_answer(link, &answer, now);
        answers.insert(link.to_string(), answer);
    }
    Answers { answers, from_before, not_kept: kept.write(asking.root).err() }
}

/// Asks for all addresses; the answers by their numbers.
fn ask_all(urls: Vec<Url>, kept: &mut Kept, asking: &Asking<'_>) -> BTreeMap<usize, Answer> {
    let all = urls.len();
    let mut turns = Turns::default();
    for host in kept.busy() {
        turns.close(host);
    }
    for (link, url) in urls.into_iter().enumerate() {
        if let Some(text) = kept.rules(&site(&url)) {
            turns.rules(&url, Robots::parse(text));
        }
        turns.add(Request::page(url, Visit { link, ..Visit::default() }));
    }
    #[expect(clippy::disallowed_methods, reason = "other sites may take for ever; no page depends on their answers")]
    let begun = Instant::now();
    let round = Round { turns: Mutex::new((turns, kept)), changed: Condvar::new(), begun, all, asking };
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(all) {
            scope.spawn(|| round.run());
        }
    });
    let (turns, _) = round.turns.into_inner().expect("no thread stops while it writes");
    turns.answers
}

/// What the threads share.
struct Round<'a> {
    turns: Mutex<(Turns, &'a mut Kept)>,
    changed: Condvar,
    begun: Instant,
    all: usize,
    asking: &'a Asking<'a>,
}

impl Round<'_> {
    /// Asks until nothing is left.
    fn run(&self) {
        let agent = replies::agent();
        let mut shared = self.turns.lock().expect("no thread stops while it writes");
        loop {
            if self.begun.elapsed() > ALL {
                shared.0.stop();
            }
            (self.asking.progress)(shared.0.answers.len(), self.all);
            match shared.0.next(self.begun.elapsed()) {
                Turn::Ask(request) => {
                    drop(shared);
                    let reply = Replied::to(&request, &agent);
                    shared = self.turns.lock().expect("no thread stops while it writes");
                    let (turns, kept) = &mut *shared;
                    turns.done(&request.url);
                    match reply {
                        Replied::Rules(text) => {
                            turns.rules(&request.url, Robots::parse(&text));
                            kept.keep_rules(site(&request.url), text, seconds());
                        }
                        Replied::Busy(wait) => self.wait(request, wait, turns, kept),
                        Replied::Page(reply) => self.take(request, reply, turns),
                    }
                    self.changed.notify_all();
                }
                Turn::Wait(time) => {
                    let waited = self.changed.wait_timeout(shared, time);
                    shared = waited.expect("no thread stops while it writes").0;
                }
                Turn::Over => return self.changed.notify_all(),
            }
        }
    }

    /// Asks a busy site once more where that is soon, else nothing more of it.
    fn wait(&self, mut request: Request, wait: Option<Duration>, turns: &mut Turns, kept: &mut Kept) {
        let wait = wait.unwrap_or(BUSY);
        if wait <= PATIENCE && !request.waited {
            request.waited = true;
            return turns.again(request, self.begun.elapsed() + wait);
        }
        kept.keep_busy(host(&request.url), seconds().saturating_add(wait.as_secs()));
        turns.close(host(&request.url));
        match request.purpose {
            // Whoever waits for the rules is told the same.
            Purpose::Rules => turns.rules(&request.url, Robots::default()),
            Purpose::Page(visit) => turns.answer(visit.link, Answer::NotNow),
        }
    }

    /// Follows a page to where it leads, asks for all of it, or has its answer.
    fn take(&self, request: Request, reply: Reply, turns: &mut Turns) {
        let Request { url, purpose: Purpose::Page(mut visit), .. } = request else { return };
        if !visit.whole && may_differ_for_whole(&reply) {
            visit.whole = true;
            return turns.add(Request::page(url, visit));
        }
        let answer = match reply {
            Reply::Leads(location) => match url.join(&location) {
                Ok(mut next) => {
                    next.set_fragment(None);
                    visit.before.push(url);
                    if visit.before.len() > HOPS || visit.before.contains(&next) {
                        Answer::Gone { why: "leads from one address to the next without end".into(), for_now: false }
                    } else if matches!(next.scheme(), "http" | "https") && !self.is_left_alone(next.as_str()) {
                        visit.whole = false;
                        return turns.add(Request::page(next, visit));
                    } else {
                        Answer::There
                    }
                }
                Err(error) => Answer::Gone { why: format!("leads to what is no address: {error}"), for_now: false },
            },
            Reply::Busy(_) => Answer::NotNow,
            Reply::Status(status) => meaning(Ok(status)),
            Reply::Failed(error) => meaning(Err(error)),
        };
        turns.answer(visit.link, answer);
    }

    fn is_left_alone(&self, url: &str) -> bool {
        self.asking.leave_alone.iter().any(|glob| glob.fits(url))
    }
}

/// What came of a request.
enum Replied {
    /// The text of the rules of a site; an empty one where there are none.
    Rules(String),
    /// The site is busy, perhaps for so long.
    Busy(Option<Duration>),
    Page(Reply),
}

impl Replied {
    fn to(request: &Request, agent: &Agent) -> Self {
        let now = seconds();
        match &request.purpose {
            Purpose::Rules => match replies::rules(agent, &request.url, now) {
                Ok(text) => Self::Rules(text),
                Err(Reply::Busy(wait)) => Self::Busy(wait),
                // Nobody knows what a site allows that is out of order.
                Err(Reply::Status(status)) if status.is_server_error() => Self::Busy(None),
                // Where nobody answers at all, asking for the page says why.
                Err(_) => Self::Rules(String::new()),
            },
            Purpose::Page(visit) => match replies::page(agent, &request.url, visit.whole, now) {
                Reply::Busy(wait) => Self::Busy(wait),
                reply => Self::Page(reply),
            },
        }
    }
}

fn seconds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "answers of other sites grow old; no page depends on them")]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

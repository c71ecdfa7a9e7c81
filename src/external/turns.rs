//! Which address is asked for next: few at once on one host, with pauses, and none that its site wants left alone.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use url::Url;

use super::Answer;
use super::robots::Robots;

/// How many addresses of one host are asked for at once.
const AT_ONCE: usize = 2;
/// How much time lies at least between two requests to one host.
pub(super) const PAUSE: Duration = Duration::from_millis(250);

/// One request that is to be made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Request {
    /// Where it goes.
    pub url: Url,
    /// What it is for.
    pub purpose: Purpose,
    /// The site was busy, and was waited for.
    pub waited: bool,
}

impl Request {
    /// A request for a page.
    pub fn page(url: Url, visit: Visit) -> Self {
        Self { url, purpose: Purpose::Page(visit), waited: false }
    }
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// The rules of a site.
    Rules,
    /// A page.
    Page(Visit),
}

/// How far a link was followed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visit {
    /// Which of the links it is.
    pub link: usize,
    /// Ask for the whole page and not for its head alone.
    pub whole: bool,
    /// The addresses that led on to this one.
    pub before: Vec<Url>,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Turn {
    /// Make this request, then [`Turns::done`].
    Ask(Request),
    /// Nobody may be asked for so long, unless an answer comes before.
    Wait(Duration),
    /// All has been answered.
    Over,
}

/// All requests that are still to be made. Times are counted from the beginning.
#[derive(Default)]
pub(super) struct Turns {
    hosts: BTreeMap<String, Host>,
    /// By the beginning of an address, up to the path.
    sites: BTreeMap<String, Rules>,
    /// How many are being asked at the moment.
    active: usize,
    /// By the number of the link.
    pub answers: BTreeMap<usize, Answer>,
}

#[derive(Default)]
struct Host {
    waiting: VecDeque<Request>,
    active: usize,
    not_before: Duration,
    pause: Duration,
    /// The host wants to be left alone for longer than we wait.
    closed: bool,
}

enum Rules {
    /// They are being asked for; these requests need them.
    Needed(Vec<Request>),
    Known(Robots),
}

impl Turns {
    /// Adds a request for a page, behind one for the rules of its site where they are not known.
    pub fn add(&mut self, request: Request) {
        let Purpose::Page(Visit { link, .. }) = request.purpose else { return self.enqueue(request) };
        if self.hosts.get(host(&request.url)).is_some_and(|host| host.closed) {
            return self.answer(link, Answer::NotNow);
        }
        let rules = request.url.join("/robots.txt");
        let site = site(&request.url);
        match self.sites.get_mut(&site) {
            Some(Rules::Known(robots)) if robots.allow(&request.url[url::Position::BeforePath..]) => {
                self.enqueue(request);
            }
            Some(Rules::Known(_)) => self.answer(link, Answer::Unwanted),
            Some(Rules::Needed(requests)) => requests.push(request),
            None => {
                self.sites.insert(site, Rules::Needed(vec![request]));
                if let Ok(url) = rules {
                    self.enqueue(Request { url, purpose: Purpose::Rules, waited: false });
                }
            }
        }
    }

    fn enqueue(&mut self, request: Request) {
        self.hosts.entry(host(&request.url).into()).or_default().waiting.push_back(request);
    }

    /// The rules of the site of an address are these.
    pub fn rules(&mut self, of: &Url, robots: Robots) {
        let host = self.hosts.entry(host(of).into()).or_default();
        host.pause = host.pause.max(robots.pause);
        if let Some(Rules::Needed(requests)) = self.sites.insert(site(of), Rules::Known(robots)) {
            requests.into_iter().for_each(|request| self.add(request));
        }
    }

    /// This is what came of a link.
    pub fn answer(&mut self, link: usize, answer: Answer) {
        self.answers.insert(link, answer);
    }

    /// Whom to ask now.
    pub fn next(&mut self, now: Duration) -> Turn {
        let mut soonest = None;
        for host in self.hosts.values_mut().filter(|host| !host.waiting.is_empty()) {
            let pause = host.pause.max(PAUSE);
            // Who wants longer pauses than ours wants one request at a time.
            let at_once = if pause > PAUSE { 1 } else { AT_ONCE };
            if host.active >= at_once {
                continue;
            }
            if host.not_before > now {
                soonest = Some(soonest.map_or(host.not_before, |soonest: Duration| soonest.min(host.not_before)));
                continue;
            }
            if let Some(request) = host.waiting.pop_front() {
                host.active += 1;
                host.not_before = now + pause;
                self.active += 1;
                return Turn::Ask(request);
            }
        }
        match soonest {
            Some(soonest) => Turn::Wait(soonest - now),
            None if self.active == 0 => Turn::Over,
            None => Turn::Wait(Duration::from_secs(1)),
        }
    }

    /// The host of this address has answered.
    pub fn done(&mut self, url: &Url) {
        self.active -= 1;
        if let Some(host) = self.hosts.get_mut(host(url)) {
            host.active -= 1;
        }
    }

    /// Asks the host of a request again, and nothing else of it before that.
    pub fn again(&mut self, request: Request, not_before: Duration) {
        let host = self.hosts.entry(host(&request.url).into()).or_default();
        host.not_before = host.not_before.max(not_before);
        host.waiting.push_front(request);
    }

    /// A host is not asked any more in this run.
    pub fn close(&mut self, host: &str) {
        let host = self.hosts.entry(host.into()).or_default();
        host.closed = true;
        let waiting = std::mem::take(&mut host.waiting);
        self.give_up(waiting);
    }

    /// Nobody is asked any more.
    pub fn stop(&mut self) {
        let waiting: Vec<_> = self.hosts.values_mut().flat_map(|host| std::mem::take(&mut host.waiting)).collect();
        self.give_up(waiting);
    }

    /// Those that will not be asked have no answer, nor have those that wait for rules of which one of them asks.
    fn give_up(&mut self, requests: impl IntoIterator<Item = Request>) {
        for request in requests {
            match request.purpose {
                Purpose::Page(visit) => self.answer(visit.link, Answer::NotNow),
                Purpose::Rules => {
                    if let Some(Rules::Needed(requests)) = self.sites.remove(&site(&request.url)) {
                        self.give_up(requests);
                    }
                }
            }
        }
    }
}

pub(super) fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// The part of an address for which one `robots.txt` counts.
pub(super) fn site(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(link: usize, url: &str) -> Request {
        Request::page(Url::parse(url).expect("an address"), Visit { link, ..Visit::default() })
    }

    /// Turns for these links, whose sites have the rules that are given.
    fn turns(links: &[&str], robots: &Robots) -> Turns {
        let mut turns = Turns::default();
        for (link, url) in links.iter().enumerate() {
            let request = page(link, url);
            turns.rules(&request.url, robots.clone());
            turns.add(request);
        }
        turns
    }

    fn asked(turn: Turn) -> String {
        match turn {
            Turn::Ask(request) => request.url.to_string(),
            other => format!("{other:?}"),
        }
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_host_has_pauses_and_few_requests_at_once_and_others_do_not_wait_for_it() {
        let links = ["http://a.example/1", "http://a.example/2", "https://a.example/3", "http://b.example/"];
        let mut turns = turns(&links, &Robots::default());
        assert_eq!(asked(turns.next(SECOND)), "http://a.example/1");
        assert_eq!(asked(turns.next(SECOND)), "http://b.example/");
        assert_eq!(turns.next(SECOND), Turn::Wait(PAUSE));
        assert_eq!(asked(turns.next(SECOND + PAUSE)), "http://a.example/2");
        assert_eq!(turns.next(SECOND * 9), Turn::Wait(SECOND), "two are being asked");
        turns.done(&page(0, links[0]).url);
        assert_eq!(asked(turns.next(SECOND * 9)), "https://a.example/3", "one host, whatever the scheme");
        for link in [1, 2, 3] {
            turns.done(&page(0, links[link]).url);
        }
        assert_eq!(turns.next(SECOND * 9), Turn::Over);
    }

    #[test]
    fn the_rules_of_a_site_are_asked_for_first_and_once() {
        let mut turns = Turns::default();
        turns.add(page(0, "http://a.example/1"));
        turns.add(page(1, "http://a.example/2?open"));
        let Turn::Ask(rules) = turns.next(SECOND) else { panic!("something is to be asked") };
        assert_eq!((rules.url.as_str(), &rules.purpose), ("http://a.example/robots.txt", &Purpose::Rules));
        assert_eq!(turns.next(SECOND * 2), Turn::Wait(SECOND), "pages wait for the rules");
        turns.done(&rules.url);
        turns.rules(&rules.url, Robots::parse("User-agent: *\nDisallow: /\nAllow: /2?o\nCrawl-delay: 3"));
        assert_eq!(asked(turns.next(SECOND * 3)), "http://a.example/2?open");
        assert_eq!(turns.answers, [(0, Answer::Unwanted)].into());
        turns.add(page(2, "http://a.example/2?or"));
        assert_eq!(turns.next(SECOND * 9), Turn::Wait(SECOND), "one at a time");
        turns.done(&rules.url);
        assert_eq!(turns.next(SECOND * 5), Turn::Wait(SECOND));
        assert_eq!(asked(turns.next(SECOND * 6)), "http://a.example/2?or");
    }

    #[test]
    fn a_host_that_wants_to_be_left_alone_is_asked_nothing_more() {
        let links = ["http://a.example/1", "http://a.example/2", "http://b.example/"];
        let mut turns = turns(&links, &Robots::default());
        turns.add(page(3, "https://a.example/needs-rules"));
        turns.close("a.example");
        turns.add(page(4, "http://a.example/later"));
        assert_eq!(asked(turns.next(SECOND)), "http://b.example/");
        turns.done(&page(0, links[2]).url);
        assert_eq!(turns.next(SECOND * 9), Turn::Over);
        assert_eq!(turns.answers, [0, 1, 3, 4].map(|link| (link, Answer::NotNow)).into());
    }

    #[test]
    fn a_host_that_is_busy_is_waited_for() {
        let mut turns = turns(&["http://a.example/1", "http://a.example/2"], &Robots::default());
        let Turn::Ask(first) = turns.next(SECOND) else { panic!("something is to be asked") };
        turns.done(&first.url);
        turns.again(first, SECOND * 4);
        assert_eq!(turns.next(SECOND * 2), Turn::Wait(SECOND * 2));
        assert_eq!(asked(turns.next(SECOND * 4)), "http://a.example/1");
        turns.stop();
        assert_eq!(turns.answers, [(1, Answer::NotNow)].into());
    }
}

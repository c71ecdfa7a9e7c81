//! What other sites answered, kept with the time at which they did, so that they need not be asked again for a while.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Answer;

/// Where answers are kept, below the folder of the site.
const FILE: &str = ".limber/external.json";
/// How long it counts that a site did not answer at all, in seconds.
const HOUR: u64 = 60 * 60;

/// Times are seconds since 1970.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// By address.
    answers: BTreeMap<String, Dated<Answer>>,
    /// The text of each site's `robots.txt`.
    rules: BTreeMap<String, Dated<String>>,
    /// Hosts that do not want to be asked before a time.
    busy: BTreeMap<String, u64>,
}

#[derive(Serialize, Deserialize)]
struct Dated<T> {
    at: u64,
    what: T,
}

impl Kept {
    /// What still counts, where answers count for `max_age` seconds. A file that cannot be read holds nothing.
    pub fn read(root: &Path, now: u64, max_age: u64) -> Self {
        let json = fs::read_to_string(root.join(FILE)).unwrap_or_default();
        let mut kept: Self = serde_json::from_str(&json).unwrap_or_default();
        kept.answers.retain(|_, answer| {
            let lasting = !matches!(answer.what, Answer::Gone { for_now: true, .. });
            counts(answer.at, now, if lasting { max_age } else { max_age.min(HOUR) })
        });
        kept.rules.retain(|_, rules| counts(rules.at, now, max_age.min(24 * HOUR)));
        kept.busy.retain(|_, until| *until > now);
        kept
    }

    /// The answer for an address.
    pub fn answer(&self, url: &str) -> Option<&Answer> {
        Some(&self.answers.get(url)?.what)
    }

    /// The `robots.txt` of a site.
    pub fn rules(&self, site: &str) -> Option<&str> {
        Some(&self.rules.get(site)?.what)
    }

    /// The hosts that want to be left alone.
    pub fn busy(&self) -> impl Iterator<Item = &str> {
        self.busy.keys().map(String::as_str)
    }

    pub fn keep_answer(&mut self, url: &str, answer: &Answer, now: u64) {
        if *answer != Answer::NotNow {
            self.answers.insert(url.into(), Dated { at: now, what: answer.clone() });
        }
    }

    pub fn keep_rules(&mut self, site: String, text: String, now: u64) {
        self.rules.insert(site, Dated { at: now, what: text });
    }

    pub fn keep_busy(&mut self, host: &str, until: u64) {
        self.busy.insert(host.into(), until);
    }

    /// Writes all of it, in one step.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        let file = root.join(FILE);
        let folder = file.parent().unwrap_or(root);
        fs::create_dir_all(folder)?;
        let aside = folder.join(format!("external.{}.json", std::process::id()));
        let written = serde_json::to_string_pretty(self)
            .map_err(io::Error::other)
            .and_then(|json| fs::write(&aside, json))
            .and_then(|()| fs::rename(&aside, &file));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        written
    }
}

/// Whether something of one time still counts at another. What lies in the future was written by a clock that was wrong.
fn counts(at: u64, now: u64, seconds: u64) -> bool {
    now.checked_sub(at).is_some_and(|age| age < seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: u64 = 7 * 24 * HOUR;
    const NOW: u64 = 2_000_000_000;

    fn gone(for_now: bool) -> Answer {
        Answer::Gone { why: "answers with status 404".into(), for_now }
    }

    #[test]
    fn answers_grow_old() {
        let project = tempfile::TempDir::new().expect("a temporary folder");
        let mut kept = Kept::default();
        for (url, answer) in
            [("there", Answer::There), ("gone", gone(false)), ("away", gone(true)), ("busy", Answer::NotNow)]
        {
            kept.keep_answer(url, &answer, NOW);
        }
        kept.keep_rules("site".into(), "User-agent: *".into(), NOW);
        kept.keep_busy("host", NOW + 100);
        kept.write(project.path()).expect("it can be written");
        let known = |now, max_age| {
            let kept = Kept::read(project.path(), now, max_age);
            let mut known: Vec<_> = kept.answers.keys().chain(kept.rules.keys()).cloned().collect();
            known.extend(kept.busy().map(String::from));
            known.join(" ")
        };
        assert_eq!(known(NOW, WEEK), "away gone there site host");
        assert_eq!(known(NOW + HOUR, WEEK), "gone there site");
        assert_eq!(known(NOW + 24 * HOUR, WEEK), "gone there");
        assert_eq!(known(NOW + WEEK, WEEK), "");
        assert_eq!(known(NOW, 0), "host");
        assert_eq!(known(NOW - 1, WEEK), "host", "a clock that went back");
    }

    #[test]
    fn a_file_that_cannot_be_read_holds_nothing() {
        let project = tempfile::TempDir::new().expect("a temporary folder");
        fs::create_dir(project.path().join(".limber")).expect("a folder");
        for text in ["", "{", "{\"https://a.example/\": 12}", "[]"] {
            fs::write(project.path().join(FILE), text).expect("it can be written");
            assert_eq!(Kept::read(project.path(), NOW, WEEK).answer("https://a.example/"), None, "{text}");
        }
    }
}

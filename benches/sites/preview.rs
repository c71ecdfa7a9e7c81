//! `preview [--entries 10000] [--theme plain|rich] [--runs 15]`: how soon a change is served, from the moment before the
//! file is written until an open page has heard of it and the new text has come over HTTP; then how soon the first page
//! is there after the start, and how often one page is served in a second.
//!
//! Every run goes through all that is measured in turn. Before each change nothing is done for a while, as when somebody
//! writes: the preview begins to draw all pages then, and every change interrupts it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::measure::Lab;
use crate::measure::run::{Run, timed};
use crate::measure::server::{Client, Events, Server};
use crate::measure::table::Table;
use crate::option;
use crate::site::{self, Dialect, Theme, Wanted};

/// How long nothing is done before a change.
const PAUSE: Duration = Duration::from_millis(300);
/// What the text of every change ends with.
const MARK: &str = "-of-the-bench";
/// How many files a checkout changes.
const CHECKOUT: usize = 2000;
/// How many files the renamed folder has.
const FOLDER: usize = 100;
/// How often the start is measured, and how often throughput.
const STARTS: usize = 5;
/// Connections of each of the two threads that ask for one page.
const CONNECTIONS: usize = 16;
/// Questions on each of them.
const ROUNDS: usize = 1000;

/// Measures all changes on one site.
pub fn run(arguments: &[String]) -> Result<String, String> {
    let number = |name: &str, fallback: &str| {
        let text = option(arguments, name, fallback);
        text.parse::<usize>().map_err(|_| format!("`{text}` is no number"))
    };
    let name = option(arguments, "--theme", "plain");
    let theme = Theme::named(name).filter(|theme| *theme != Theme::Real);
    let theme = theme.ok_or_else(|| format!("the theme `{name}` is not measured here"))?;
    let (entries, runs) = (number("--entries", "10000")?, number("--runs", "15")?);
    let wanted = Wanted { entries, theme, dialect: Dialect::Limber, seed: 1 };
    let measured = measured(wanted, runs).map_err(|error| error.to_string())?;
    Ok(format!("{name}, {entries} entries\n{measured}"))
}

fn measured(wanted: Wanted, runs: usize) -> io::Result<String> {
    let lab = Lab::new()?;
    site::write(&lab.site, wanted)?;
    let files = Files::of(&lab.site)?;
    let mut starts = Table::default();
    for _ in 0..STARTS {
        starts.add("first page", start(&lab.site, &files.url)?);
    }
    let mut server = Server::start(&lab.site)?;
    let (pages, events) = (server.connect()?, server.connect()?.listen(&files.url)?);
    let mut desk = Desk { server, pages, events, files: Rc::new(files), number: 0 };
    desk.events.next()?;
    desk.events.next()?; // every page was drawn once
    let mut table = Table::default();
    for _ in 0..runs {
        desk.round(&mut table)?;
    }
    let served: Vec<_> =
        (0..STARTS).map(|_| throughput(&desk.server.address, &desk.files.url)).collect::<io::Result<_>>()?;
    let least = served.iter().copied().fold(f64::INFINITY, f64::min);
    let most = served.iter().copied().fold(0.0, f64::max);
    Ok(format!("{starts}\n{table}\none page: {least:.0} to {most:.0} answers a second\n"))
}

/// From the start of the program to its first page.
fn start(site: &Path, url: &str) -> io::Result<Run> {
    let (mut run, server) = timed(|| -> io::Result<Server> {
        let mut server = Server::start(site)?;
        let answer = server.connect()?.get(url)?;
        if answer.status == 200 { Ok(server) } else { Err(io::Error::other(format!("{url}: {}", answer.status))) }
    });
    let server = server?;
    (run.cpu, run.peak) = (server.cpu(), server.memory());
    Ok(run)
}

/// The files that are changed, as they are without the changes.
struct Files {
    root: PathBuf,
    /// The entry that is edited.
    entry: PathBuf,
    /// Its text.
    text: String,
    /// The address of its page.
    url: String,
    /// Many files with their texts.
    many: Vec<(PathBuf, String)>,
    site: String,
    template: String,
}

impl Files {
    fn of(root: &Path) -> io::Result<Self> {
        let benefits = sorted(&root.join("content/benefits"))?;
        let mut many = benefits.clone();
        many.extend(sorted(&root.join("content/techniques"))?);
        many.truncate(CHECKOUT);
        let read = |path: PathBuf| fs::read_to_string(&path).map(|text| (path, text));
        let many: Vec<_> = many.into_iter().map(read).collect::<io::Result<_>>()?;
        let (entry, text) = many.first().cloned().ok_or_else(|| io::Error::other("the site has no entries"))?;
        let folder = root.join("content/benefits/first");
        fs::create_dir(&folder)?;
        for (number, (_, text)) in many.iter().take(FOLDER).enumerate() {
            // Links to other files count from the folder, so there is none here.
            let front = text.rsplit_once("\n---\n").map_or(text.as_str(), |(front, _)| front);
            let text = format!("{}---\nMoved from folder to folder.\n", titled(front, &format!("Moved {number}")));
            fs::write(folder.join(format!("moved-{number}.md")), text)?;
        }
        Ok(Self {
            root: root.to_path_buf(),
            url: address(&entry),
            entry,
            text,
            many,
            site: fs::read_to_string(root.join("site.yaml"))?,
            template: fs::read_to_string(root.join("templates/entry.html"))?,
        })
    }
}

/// The preview, an open page, and whoever changes files.
struct Desk {
    server: Server,
    pages: Client,
    events: Events,
    files: Rc<Files>,
    number: usize,
}

impl Desk {
    /// Makes every change once and takes it back.
    fn round(&mut self, table: &mut Table) -> io::Result<()> {
        let Files { root, entry, text, url, many, site, template } = &*self.files.clone();
        let (index, last) = ("/benefits/", address(&many[many.len() - 1].0));
        let back = || fs::write(entry, text);

        let write = |mark: &str| fs::write(entry, format!("{text}\n{mark}\n"));
        table.add("body edit", self.change(write, |mark| vec![has(url, mark)], back)?);
        let beside = entry.with_extension("md.tmp");
        let write = |mark: &str| {
            fs::write(&beside, format!("{text}\n{mark}\n"))?;
            fs::rename(&beside, entry)
        };
        table.add("by rename", self.change(write, |mark| vec![has(url, mark)], back)?);
        let write = |mark: &str| fs::write(entry, titled(text, mark));
        table.add("title edit", self.change(write, |mark| vec![has(url, mark), has(index, mark)], back)?);

        let (new, new_url) = (root.join("content/benefits/brand-new.md"), "/benefits/brand-new/");
        let write = |mark: &str| fs::write(&new, titled(text, mark));
        let fresh = |mark: &str| vec![has(new_url, mark), has(index, mark)];
        table.add("new entry", self.change(write, fresh, || Ok(()))?);
        let fresh = |_: &str| vec![gone(new_url), lacks(index, new_url)];
        table.add("deleted", self.change(|_| fs::remove_file(&new), fresh, || Ok(()))?);

        let path = root.join("templates/entry.html");
        let write = |mark: &str| fs::write(&path, template.replace("<h1>", &format!("<h1 class=\"{mark}\">")));
        table.add("template", self.change(write, |mark| vec![has(url, mark)], || fs::write(&path, template))?);
        let path = root.join("site.yaml");
        let write = |mark: &str| fs::write(&path, site.replacen("title: Bench", &format!("title: {mark}"), 1));
        table.add("site.yaml", self.change(write, |mark| vec![has(url, mark)], || fs::write(&path, site))?);

        let write = |mark: &str| many.iter().try_for_each(|(path, text)| fs::write(path, format!("{text}\n{mark}\n")));
        let back = || many.iter().try_for_each(|(path, text)| fs::write(path, text));
        table.add("2,000 files", self.change(write, |mark| vec![has(url, mark), has(&last, mark)], back)?);
        let (first, second) = (root.join("content/benefits/first"), root.join("content/benefits/second"));
        let (old, new) = ("/benefits/first/moved-0/", "/benefits/second/moved-0/");
        let fresh = |_: &str| vec![has(new, "Moved 0"), has(index, new), gone(old), lacks(index, old)];
        let back = || fs::rename(&second, &first);
        table.add("folder", self.change(|_| fs::rename(&first, &second), fresh, back)?);
        Ok(())
    }

    /// Waits a while, makes a change, and waits until the open page has heard of it and all is fresh. Then takes it back.
    fn change(
        &mut self,
        change: impl Fn(&str) -> io::Result<()>,
        fresh: impl Fn(&str) -> Vec<Fresh>,
        back: impl Fn() -> io::Result<()>,
    ) -> io::Result<Run> {
        self.number += 1;
        let mark = format!("mark-{}{MARK}", self.number);
        let fresh = fresh(&mark);
        sleep(PAUSE);
        let before = self.server.cpu();
        let (mut run, done) =
            timed(|| change(&mark).and_then(|()| self.events.next()).and_then(|()| self.wait(&fresh)));
        done?;
        (run.cpu, run.peak) = (self.server.cpu() - before, self.server.memory());
        back()?;
        let last = address(&self.files.many[self.files.many.len() - 1].0);
        self.wait(&[
            lacks(&self.files.url.clone(), MARK),
            lacks(&last, MARK),
            has("/benefits/first/moved-0/", "Moved 0"),
        ])?;
        Ok(run)
    }

    /// Waits until all is fresh: asks again whenever the open page hears of something.
    fn wait(&mut self, fresh: &[Fresh]) -> io::Result<()> {
        while !self.all(fresh)? {
            self.events.next()?;
        }
        Ok(())
    }

    fn all(&mut self, fresh: &[Fresh]) -> io::Result<bool> {
        for Fresh { url, status, text, there } in fresh {
            let answer = self.pages.get(url)?;
            if answer.status != *status || answer.text.contains(text) != *there {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What an answer is like when a change has arrived.
struct Fresh {
    url: String,
    status: u16,
    text: String,
    /// Whether the text has to be there.
    there: bool,
}

fn has(url: &str, text: &str) -> Fresh {
    Fresh { url: url.into(), status: 200, text: text.into(), there: true }
}

fn lacks(url: &str, text: &str) -> Fresh {
    Fresh { url: url.into(), status: 200, text: text.into(), there: false }
}

fn gone(url: &str) -> Fresh {
    Fresh { url: url.into(), status: 404, text: String::new(), there: true }
}

/// How often a page is served in a second, on several connections that are kept.
fn throughput(address: &str, url: &str) -> io::Result<f64> {
    let ask = || -> io::Result<()> {
        let mut clients: Vec<_> = (0..CONNECTIONS).map(|_| Client::connect(address)).collect::<io::Result<_>>()?;
        for _ in 0..ROUNDS {
            clients.iter_mut().try_for_each(|client| client.ask(url))?;
            clients.iter_mut().try_for_each(|client| client.answer().map(drop))?;
        }
        Ok(())
    };
    let (run, done) = timed(|| {
        scope(|scope| {
            let other = scope.spawn(ask);
            let done = ask();
            other.join().map_err(|_| io::Error::other("a thread has failed"))?.and(done)
        })
    });
    done?;
    Ok((2 * CONNECTIONS * ROUNDS) as f64 / run.wall * 1e3)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|found| Ok(found?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn address(entry: &Path) -> String {
    let names: Vec<_> =
        entry.with_extension("").iter().rev().take(2).map(|name| name.to_string_lossy().into_owned()).collect();
    format!("/{}/{}/", names[1], names[0])
}

/// A text with another title, its last line ended.
fn titled(text: &str, title: &str) -> String {
    let lines = text
        .lines()
        .map(|line| if line.starts_with("title: ") { format!("title: {title}\n") } else { format!("{line}\n") });
    lines.collect()
}

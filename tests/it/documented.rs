//! The tutorial and the recipes of the documentation do what they say: their files are written and their commands are run, in
//! order, in an empty folder. `docs/README.md` tells how pages are written for this.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The word behind a fence whose commands need another program or the network.
const NOT_RUN: &str = "#not-run";
/// The word behind a fence whose last command has to fail.
const FAILS: &str = "#fails";
/// The word behind a fence whose keys go into a file that is there.
const ADD: &str = "#add";

/// A fenced piece of a page.
struct Fence {
    language: String,
    title: Option<String>,
    words: Vec<String>,
    text: String,
    line: usize,
}

/// The fenced pieces of a page, in order.
fn fences(page: &str) -> Vec<Fence> {
    let (mut all, mut open): (Vec<Fence>, Option<(String, Fence)>) = (Vec::new(), None);
    for (number, line) in page.lines().enumerate() {
        match &mut open {
            Some((ticks, _)) if line.trim_end() == ticks.as_str() => all.extend(open.take().map(|(_, fence)| fence)),
            Some((_, fence)) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            None if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                let ticks = "`".repeat(line.len() - info.len());
                let title = info.split_once("title=\"").and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_string()));
                let mut words = info.split_whitespace().map(str::to_string);
                let language = words.next().unwrap_or_default();
                let fence = Fence { language, title, words: words.collect(), text: String::new(), line: number + 1 };
                open = Some((ticks, fence));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    all
}

impl Fence {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

/// A reader who does what a page says.
struct Follower {
    page: String,
    at: PathBuf,
}

impl Follower {
    fn follow(&mut self, text: &str) {
        for fence in fences(text) {
            match &fence.title {
                _ if fence.has(NOT_RUN) => {}
                Some(path) => self.write(path, &fence),
                None if fence.language == "console" => self.run(&fence),
                None => {}
            }
        }
    }

    fn write(&self, path: &str, fence: &Fence) {
        let file = self.at.join(path);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
        let text = match fence.has(ADD) {
            true => with_keys(&fs::read_to_string(&file).unwrap_or_default(), &fence.text),
            false => fence.text.clone(),
        };
        fs::write(file, text).expect("the file can be written");
    }

    fn run(&mut self, fence: &Fence) {
        let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in fence.text.lines() {
            match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command, Vec::new())),
                (None, Some((_, said))) => said.push(line),
                (None, None) => panic!("{}:{}: a command begins with `$ `", self.page, fence.line),
            }
        }
        let last = commands.len().saturating_sub(1);
        for (number, (command, said)) in commands.into_iter().enumerate() {
            let place = format!("{}:{}: `{command}`", self.page, fence.line);
            if let Some(folder) = command.strip_prefix("cd ") {
                self.at = self.at.join(folder.trim());
                assert!(self.at.is_dir(), "{place}: there is no such folder");
            } else if command.starts_with("limber serve") || command.contains(" serve") && command.starts_with("limber")
            {
                self.shows(command, &place);
            } else {
                let output = self.command(command).output().expect("the shell can be started");
                let printed = [output.stdout, output.stderr].concat();
                let printed = String::from_utf8_lossy(&printed).into_owned();
                let should_fail = number == last && fence.has(FAILS);
                assert!(output.status.success() != should_fail, "{place} ends with {}:\n{printed}", output.status);
                for line in said.into_iter().map(str::trim).filter(|line| !line.is_empty() && *line != "...") {
                    assert!(printed.contains(line), "{place} does not print `{line}`:\n{printed}");
                }
            }
        }
    }

    /// The preview says where it is, and is ended.
    fn shows(&self, command: &str, place: &str) {
        let mut child =
            self.command(&format!("exec {command}")).stderr(Stdio::piped()).spawn().expect("it can be started");
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let shown = lines.map_while(Result::ok).any(|line| line.contains("http://"));
        child.kill().expect("it can be ended");
        child.wait().expect("it ends");
        assert!(shown, "{place} does not say where the site is shown");
    }

    fn command(&self, command: &str) -> Command {
        let own = Path::new(env!("CARGO_BIN_EXE_limber")).parent().expect("it lies in a folder");
        let path = format!("{}:{}", own.display(), std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.current_dir(&self.at).args(["-c", command]).env("PATH", path).env("NO_COLOR", "1").stdin(Stdio::null());
        shell
    }
}

/// A YAML file with the keys of another text: those that it has are replaced, the rest stands at its end.
fn with_keys(file: &str, added: &str) -> String {
    let mut parts = top_keys(file);
    for (key, text) in top_keys(added) {
        match parts.iter_mut().find(|(known, _)| *known == key && !key.is_empty()) {
            Some((_, before)) => *before = text,
            None => parts.push((key, text)),
        }
    }
    parts.into_iter().map(|(_, text)| text).collect()
}

/// The keys at the left edge with all that belongs to them.
fn top_keys(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| key.starts_with(|c: char| c.is_alphabetic()));
        match (key, parts.last_mut()) {
            (Some(key), _) => parts.push((key.to_string(), format!("{line}\n"))),
            (None, Some((_, text))) => text.push_str(&format!("{line}\n")),
            (None, None) => parts.push((String::new(), format!("{line}\n"))),
        }
    }
    parts
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content")
}

/// The pages of a folder by their names.
fn pages(folder: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(content().join(folder)).expect("the folder is there").flatten();
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "md"));
    let read = |file: fs::DirEntry| {
        let text = fs::read_to_string(file.path()).expect("the page can be read");
        (format!("{folder}/{}", file.file_name().to_string_lossy()), text)
    };
    files.map(read).collect()
}

/// Does what the tutorial says.
fn tutorial(folder: &Path) -> PathBuf {
    let page = "guides/first-site.md";
    let text = fs::read_to_string(content().join(page)).expect("the tutorial is there");
    let mut follower = Follower { page: page.into(), at: folder.to_path_buf() };
    follower.follow(&text);
    follower.at
}

fn copy(from: &Path, to: &Path) {
    let output = Command::new("cp").arg("-R").arg(from).arg(to).output().expect("files can be copied");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_tutorial_does_what_it_says() {
    let folder = TempDir::with_prefix("limber-").expect("a temporary folder can be made");
    let site = tutorial(folder.path());
    assert!(site.join("public/index.html").is_file(), "the site of the tutorial is built");
}

#[test]
fn every_recipe_guide_and_command_does_what_it_says() {
    let folder = TempDir::with_prefix("limber-").expect("a temporary folder can be made");
    let site = tutorial(folder.path());
    // Recipes speak of a site that is not published yet: what they move and leave out was never online.
    fs::remove_file(site.join("urls.txt")).expect("the tutorial publishes the site");
    let (mut recipes, mut commands) = (0, 0);
    let mut all = pages("recipes");
    recipes += all.len();
    all.extend(pages("guides").into_iter().filter(|(name, _)| !name.ends_with("first-site.md")));
    all.extend(pages("commands"));
    for (page, text) in all {
        let own = folder.path().join(page.replace(['/', '.'], "-"));
        copy(&site, &own);
        commands += fences(&text).iter().filter(|fence| fence.language == "console" && !fence.has(NOT_RUN)).count();
        Follower { page, at: own }.follow(&text);
    }
    assert!(recipes >= 30, "there are {recipes} recipes");
    assert!(commands >= 30, "{commands} pieces of the recipes are run");
}

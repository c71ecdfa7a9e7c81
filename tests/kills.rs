//! Builds that are killed at random moments, over and over: the output is always one whole site. For some
//! seconds unless `KILLS` says how many; `KILLS_SEED` chooses other moments.
#![expect(clippy::disallowed_methods, reason = "tests measure how long a build takes, and wait")]

#[expect(dead_code, reason = "less is asked for here than in the tests of HTTP")]
mod preview_support;
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use preview_support::{Project, SITE};
use random::{Random, number};
use tempfile::TempDir;

/// How many entries of either kind a site has.
const TOOLS: usize = 40;
const JOBS: usize = 30;
/// How long the everyday suite kills builds, and how many it kills on however busy a machine.
const FEW_SECONDS: Duration = Duration::from_secs(3);
const FEWEST: usize = 20;
/// Paths in the output folder that are not ours, and one beside it.
const THEIRS: [&str; 4] = ["public/CNAME", "public/tools/theirs/note.txt", "public/tools/theirs", "thesis.txt"];

/// A random share of a time.
fn share_of(whole: Duration, random: &mut Random) -> Duration {
    whole * random.below(10_001) as u32 / 10_000
}

/// Every file below a folder with its bytes, and every folder, which ends in a slash. Nothing where there is no folder.
type Tree = BTreeMap<String, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    let name = |path: &Path| path.strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
    let found = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    found
        .filter(|_| folder.exists())
        .map(|found| {
            let found = found.expect("the folder can be read");
            match found.file_type().is_dir() {
                true => (name(found.path()) + "/", Vec::new()),
                false => (name(found.path()), fs::read(found.path()).expect("the file can be read")),
            }
        })
        .collect()
}

/// One state of the site: its project, and what a build of it alone makes.
struct Version {
    project: Project,
    site: Tree,
}

impl Version {
    /// Titles, texts and relations are those of this version, so that nearly every page is; one file comes, another goes.
    fn new(name: usize) -> Self {
        let project = Project::new(SITE);
        for tool in 0..TOOLS {
            let text =
                format!("---\ntitle: Tool {tool} of version {name}\n---\n{}", "Press, then let go. ".repeat(tool));
            project.write(&format!("content/tools/t{tool}.md"), &text);
        }
        for job in 0..JOBS {
            let tools = [job, job + 13 + name, job + 27].map(|tool| format!("t{}", tool % TOOLS)).join(", ");
            let text = format!("---\ntitle: Job {job}\ntools: [{tools}]\n---\nSee [[tools/t{}]].\n", job % TOOLS);
            project.write(&format!("content/jobs/j{job}.md"), &text);
        }
        project.write(&format!("content/tools/only-in-{name}.md"), "---\ntitle: Here today\n---\nGone tomorrow.\n");
        project.write(&format!("static/only-in-{name}.txt"), "here today");
        let mut version = Self { project, site: Tree::new() };
        version.site = version.alone();
        version
    }

    /// Builds undisturbed, in a lab of its own.
    fn alone(&self) -> Tree {
        let lab = Lab::new(&[]);
        lab.builds(self);
        tree(&lab.out())
    }

    /// Whether this folder has the marker of this version, which is written when all else is.
    fn marks(&self, folder: &Path) -> bool {
        fs::read(folder.join(".limber")).is_ok_and(|marker| marker == self.site[".limber"])
    }
}

/// A folder with a project that takes on each version, and an output folder.
struct Lab {
    folder: TempDir,
    options: &'static [&'static str],
}

impl Lab {
    fn new(options: &'static [&'static str]) -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), options }
    }

    /// A build of this version.
    fn command(&self, version: &Version) -> Command {
        let (from, project) = (version.project.path(""), self.path("project"));
        for folder in ["content", "static"] {
            let _ = fs::remove_dir_all(project.join(folder));
        }
        for (name, bytes) in tree(&from) {
            let path = project.join(&name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            if !name.ends_with('/') {
                fs::write(path, bytes).expect("the file can be written");
            }
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
        command.arg("--root").arg(project).arg("build").arg("--out").arg(self.out()).args(self.options);
        command
    }

    /// Builds undisturbed.
    fn builds(&self, version: &Version) -> Duration {
        let mut command = self.command(version);
        let begun = Instant::now();
        let built = command.output().expect("limber runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        begun.elapsed()
    }

    fn starts(&self, version: &Version) -> Child {
        let mut command = self.command(version);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("limber runs")
    }

    /// The folder in which the project keeps what it knows of the output.
    fn state(&self) -> PathBuf {
        let all = fs::read_dir(self.path("project/.limber/output")).into_iter().flatten().flatten();
        all.map(|found| found.path()).next().unwrap_or_else(|| self.path("project/.limber/output/none"))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn out(&self) -> PathBuf {
        self.path("public")
    }

    /// Where the next site is put together.
    fn next(&self) -> PathBuf {
        self.state().join("next")
    }

    /// What would be different had anyone touched the folder in which the next site is put together.
    fn look_of_next(&self) -> Option<(u64, i64, i64)> {
        fs::symlink_metadata(self.next()).ok().map(|found| (found.ino(), found.ctime(), found.ctime_nsec()))
    }

    fn add_theirs(&self) {
        fs::create_dir_all(self.path("public/tools/theirs")).expect("the folder can be made");
        for file in THEIRS.iter().filter(|path| !path.ends_with("theirs")) {
            fs::write(self.path(file), format!("{file} is mine")).expect("the file can be written");
        }
    }

    /// The bytes, time and number of every file that is not ours.
    fn theirs(&self) -> Vec<(Vec<u8>, i64, i64, u64)> {
        let files = THEIRS.iter().map(|path| self.path(path)).filter(|path| !path.is_dir());
        files
            .map(|path| {
                let found = fs::symlink_metadata(&path).expect("the file of someone else is there");
                (fs::read(path).expect("it can be read"), found.mtime(), found.mtime_nsec(), found.ino())
            })
            .collect()
    }

    /// What lies in the output folder, but for what is not ours.
    fn site(&self) -> Tree {
        let mut tree = tree(&self.out());
        tree.retain(|path, _| !THEIRS.contains(&format!("public/{}", path.trim_end_matches('/')).as_str()));
        tree
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let found = fs::read_dir(self.path(folder)).expect("the folder is there").flatten();
        let mut names: Vec<_> = found.map(|found| found.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// What a build leaves in the project, without the names of the sites.
    fn kept(&self) -> Vec<String> {
        let names = fs::read_dir(self.state()).expect("the folder is there").flatten();
        let names = names.map(|found| found.file_name().to_string_lossy().into_owned());
        let mut kinds: Vec<_> =
            names.map(|name| name.rsplit_once('.').map_or(name.clone(), |(_, kind)| kind.to_string())).collect();
        kinds.sort();
        kinds
    }
}

/// How far a build was when it was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// It read and resolved; nothing was written yet.
    Thinking,
    /// It put the next site together, aside.
    Writing,
    /// The next site was complete, and not live yet.
    Complete,
    /// The site was live, and the one before was not put away.
    Exchanged,
    /// All was done; it only had to end.
    Ending,
    /// It was over before it was killed.
    Over,
}

/// When a build is killed.
#[derive(Clone, Copy)]
enum Aim {
    /// After this time.
    At(Duration),
    /// This long after the next site is complete.
    Complete(Duration),
    /// This long after the next site is live.
    Live(Duration),
}

impl Aim {
    /// Half of all kills come at any time of a build, the others around the moment that counts.
    fn of_round(round: usize, random: &mut Random, whole: Duration) -> Self {
        match round % 8 {
            1 => Self::Complete(Duration::ZERO),
            5 => Self::Complete(share_of(whole / 200, random)),
            3 | 7 => Self::Live(share_of(whole / 200, random)),
            _ => Self::At(share_of(whole + whole / 10, random)),
        }
    }

    fn wait(self, lab: &Lab, wanted: &Version, child: &mut Child) {
        let until = |child: &mut Child, folder: &Path| {
            while !wanted.marks(folder) && child.try_wait().expect("a child").is_none() {}
        };
        let left = match self {
            Self::At(after) => after,
            Self::Complete(after) => {
                until(child, &lab.next());
                after
            }
            Self::Live(after) => {
                until(child, &lab.out());
                after
            }
        };
        // Not by sleeping, which is not fine enough for the last step.
        let begun = Instant::now();
        while begun.elapsed() < left {
            std::hint::spin_loop();
        }
    }
}

/// Starts a build, kills it, and says how far it was. `before` is what is live: nothing, or the site of a version.
fn kill(lab: &Lab, before: Option<&Version>, wanted: &Version, aim: Aim) -> Moment {
    let next = lab.look_of_next();
    let mut child = lab.starts(wanted);
    aim.wait(lab, wanted, &mut child);
    child.kill().expect("it can be killed");
    let status = child.wait().expect("it has ended");
    let is_new = lab.out().exists() && lab.site() == wanted.site;
    let is_old = match before {
        Some(before) => lab.site() == before.site,
        None => !lab.out().exists(),
    };
    assert!(is_new || is_old, "neither the site of before nor the new one: {}", difference(lab, before, wanted));
    match status.signal() {
        None => {
            assert_eq!(status.code(), Some(0), "the build failed by itself");
            assert!(is_new, "the build was over, and the site is the old one");
            Moment::Over
        }
        Some(_) if is_new && lab.next().exists() => Moment::Exchanged,
        Some(_) if is_new => Moment::Ending,
        Some(_) if lab.look_of_next() == next => Moment::Thinking,
        Some(_) if wanted.marks(&lab.next()) => Moment::Complete,
        Some(_) => Moment::Writing,
    }
}

fn difference(lab: &Lab, before: Option<&Version>, wanted: &Version) -> String {
    let site = lab.site();
    let empty = Tree::new();
    let differs = |whole: &Tree| {
        let names: std::collections::BTreeSet<_> = site.keys().chain(whole.keys()).collect();
        names.into_iter().filter(|name| site.get(*name) != whole.get(*name)).cloned().collect::<Vec<_>>().join(" ")
    };
    let old = before.map_or(&empty, |before| &before.site);
    format!("\nthe old one but for {}\nthe new one but for {}", differs(old), differs(&wanted.site))
}

/// How many builds are killed: as many as `KILLS` says, else what fits into a few seconds.
struct Kills {
    wanted: Option<u64>,
    begun: Instant,
}

impl Kills {
    fn new() -> Self {
        Self { wanted: std::env::var("KILLS").ok().and_then(|text| text.parse().ok()), begun: Instant::now() }
    }

    fn wants_more(&self, killed: usize) -> bool {
        match self.wanted {
            Some(wanted) => (killed as u64) < wanted,
            None => killed < FEWEST || self.begun.elapsed() < FEW_SECONDS,
        }
    }
}

/// The tests take turns: the time that a build takes is measured.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn whenever_a_build_is_killed_the_output_is_one_whole_site() {
    let _turn = turn();
    let mut random = Random(number("KILLS_SEED", 1));
    // Three, because the output, what is put together beside it, and what is wanted may each be another.
    let versions = [0, 1, 2].map(Version::new);
    let lab = Lab::new(&[]);
    let mut live = 0;
    lab.builds(&versions[live]);
    lab.add_theirs();
    let theirs = lab.theirs();
    let whole = median([1, 2, 0, 1, 2, 0].map(|version| lab.builds(&versions[version])));
    let tidy = lab.kept();
    let kills = Kills::new();
    let mut moments: BTreeMap<Moment, usize> = BTreeMap::new();
    let mut killed = 0;
    while kills.wants_more(killed) {
        let wanted = (live + 1 + random.below(2)) % 3;
        let aim = Aim::of_round(killed, &mut random, whole);
        let moment = kill(&lab, Some(&versions[live]), &versions[wanted], aim);
        *moments.entry(moment).or_default() += 1;
        killed += 1;
        if moment >= Moment::Exchanged {
            live = wanted;
        }
        if random.below(5) == 0 {
            // What killed builds have left does not trouble one that is let be.
            live = random.below(3);
            lab.builds(&versions[live]);
            assert!(lab.site() == versions[live].site, "not what a build alone makes");
        }
        assert_eq!(lab.theirs(), theirs, "a file of someone else was touched");
        assert_eq!(lab.names(""), ["project", "public", "thesis.txt"]);
    }
    say(&format!("{killed} builds of {whole:.0?} killed: {moments:?}"));
    let running = killed - moments.get(&Moment::Over).unwrap_or(&0);
    assert!(running > killed / 2, "most builds were over before they were killed: {moments:?}");
    let of = |moment| moments.contains_key(&moment);
    assert!(of(Moment::Thinking) || of(Moment::Writing), "no build was killed before its end: {moments:?}");
    assert!(of(Moment::Complete) || of(Moment::Exchanged), "no build was killed at its last step: {moments:?}");
    for version in [(live + 1) % 3, (live + 2) % 3] {
        lab.builds(&versions[version]);
        assert!(lab.site() == versions[version].site, "not what a build alone makes");
    }
    assert_eq!(lab.kept(), tidy, "something is left lying around");
    assert_eq!(lab.theirs(), theirs, "a file of someone else was touched");
}

#[test]
fn a_first_build_that_is_killed_leaves_nothing_or_all_of_the_site() {
    let _turn = turn();
    let kills = number("KILLS", FEWEST as u64) as usize / 6;
    let mut random = Random(number("KILLS_SEED", 1));
    let version = Version::new(0);
    let whole = median([(); 3].map(|()| Lab::new(&[]).builds(&version)));
    let mut moments: BTreeMap<Moment, usize> = BTreeMap::new();
    let mut lab = Lab::new(&[]);
    for round in 0..kills {
        let moment = kill(&lab, None, &version, Aim::of_round(round, &mut random, whole));
        *moments.entry(moment).or_default() += 1;
        if moment >= Moment::Exchanged {
            lab = Lab::new(&[]);
        }
    }
    say(&format!("{kills} first builds of {whole:.0?} killed: {moments:?}"));
    lab.builds(&version);
    assert!(lab.site() == version.site, "not what a build alone makes");
    assert_eq!(lab.names(""), ["project", "public"]);
}

/// In place there is no one step: what has to hold is that every file is whole, that pages have what they need, and that the
/// next build finishes what was begun.
#[test]
fn a_build_in_place_that_is_killed_leaves_whole_pages_and_is_completed_by_the_next() {
    let _turn = turn();
    let mut random = Random(number("KILLS_SEED", 1));
    let versions = [0, 1, 2].map(|name| {
        let mut version = Version::new(name);
        version.project.write("static/site.css", &format!("body {{ margin: {name}px; }}"));
        version.site = version.alone();
        version
    });
    let lab = Lab::new(&["--in-place"]);
    lab.builds(&versions[0]);
    lab.add_theirs();
    let (theirs, folder) = (lab.theirs(), fs::metadata(lab.out()).expect("it is there").ino());
    let whole = median([1, 2, 0].map(|version| lab.builds(&versions[version])));
    let kills = Kills::new();
    let (mut killed, mut cut_short) = (0, 0);
    while kills.wants_more(killed) {
        let wanted = &versions[1 + random.below(2)];
        let mut child = lab.starts(wanted);
        let pending = || lab.state().join("pending.manifest").exists();
        if killed % 4 == 3 {
            std::thread::sleep(share_of(whole, &mut random));
        } else {
            // In the moment in which the folder is worked in.
            while !pending() && child.try_wait().expect("a child").is_none() {}
            let begun = Instant::now();
            let left = share_of(whole / 100, &mut random);
            while begun.elapsed() < left {
                std::hint::spin_loop();
            }
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        killed += 1;
        cut_short += usize::from(pending());
        let site = lab.site();
        for (name, bytes) in site.iter().filter(|(name, _)| !name.ends_with('/')) {
            assert!(versions.iter().any(|version| version.site.get(name) == Some(bytes)), "half a file: {name}");
            let text = String::from_utf8_lossy(bytes);
            for needed in text.split("href=\"/").skip(1).filter(|_| name.ends_with(".html")) {
                let needed = needed.split('"').next().expect("there is always a first");
                assert!(!needed.ends_with(".css") || site.contains_key(needed), "{name} wants {needed}");
            }
        }
        if random.below(3) == 0 {
            let version = &versions[random.below(3)];
            lab.builds(version);
            assert!(lab.site() == version.site, "{}", difference(&lab, None, version));
            assert!(!pending());
        }
        assert_eq!(lab.theirs(), theirs, "a file of someone else was touched");
    }
    say(&format!("{killed} builds in place of {whole:.0?} killed, {cut_short} while they worked in the folder"));
    assert!(cut_short > 0, "no build was killed while it worked in the folder");
    lab.builds(&versions[2]);
    assert!(lab.site() == versions[2].site, "{}", difference(&lab, None, &versions[2]));
    assert_eq!(fs::metadata(lab.out()).expect("it is there").ino(), folder, "the folder is another one");
}

fn median<const N: usize>(mut times: [Duration; N]) -> Duration {
    times.sort();
    times[N / 2]
}

#[expect(clippy::print_stderr, reason = "shown with --nocapture")]
fn say(line: &str) {
    eprintln!("{line}");
}

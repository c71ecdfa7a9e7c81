//! Killed at any moment, the live folder is entirely old or entirely new.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::*;

const FOLDER: &str = "LIMBER_TEST_KILL_FOLDER";
const TWO_STEPS: &str = "LIMBER_TEST_KILL_TWO_STEPS";

/// Some 200 files, of which A and B share a third, and each has some of its own.
fn version(name: &str) -> Vec<(String, String)> {
    let page = |n: usize| {
        let path = match n % 3 {
            0 => format!("shared/{}/page-{n}.html", n % 20),
            1 => format!("changing/page-{n}/index.html"),
            _ => format!("{name}/page-{n}.html"),
        };
        (path, if n.is_multiple_of(3) { format!("{n}") } else { format!("{name}{n} ").repeat(n) })
    };
    let mut files: Vec<_> = (0..200).map(page).collect();
    // What is a file in one version is a folder in the other.
    files.push((if name == "A" { "turns".into() } else { "turns/index.html".into() }, name.to_string()));
    files.sort();
    files
}

fn build_version(lab: &Lab, name: &str, one_step: bool) {
    let mut staging = lab.open().unwrap();
    staging.one_step = one_step;
    let files = version(name);
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    put_all(&staging, &files).unwrap();
    tell(b"!");
    staging.commit(None).unwrap();
    tell(b".");
}

/// Tells the killer, where there is one, that the interesting part begins or ends.
fn tell(mark: &[u8]) {
    if std::env::var(FOLDER).is_ok() {
        std::io::stderr().write_all(mark).unwrap();
    }
}

#[test]
fn child_builds_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let lab = Lab::at(Path::new(&folder));
    loop {
        for name in ["A", "B"] {
            build_version(&lab, name, std::env::var(TWO_STEPS).is_err());
        }
    }
}

fn kill_again_and_again(one_step: bool) {
    let lab = Lab::new();
    build_version(&lab, "A", one_step);
    lab.add("CNAME", "example.org");
    lab.add("changing/theirs/note", "mine");
    let foreign = || ["CNAME", "changing/theirs/note"].map(|path| fs::metadata(lab.path(path)).unwrap().ino());
    let theirs = foreign();
    let mut random = 12_345_u64;
    let mut phases = BTreeSet::new();
    let mut seen = [0, 0];
    for round in 0..80 {
        let mut command = in_process(module_path!(), "child_builds_until_it_is_killed");
        command.env(FOLDER, &lab.root).stdout(Stdio::null()).stderr(Stdio::piped());
        if !one_step {
            command.env(TWO_STEPS, "1");
        }
        let mut child = command.spawn().unwrap();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let chance = random >> 33;
        if round % 4 == 0 {
            std::thread::sleep(Duration::from_micros(3_000 + chance % 100_000));
        } else {
            // In or right after the commit of its first, second or third build.
            let mut marks = vec![0; 1 + round % 6];
            child.stderr.as_mut().unwrap().read_exact(&mut marks).unwrap();
            assert!(b"!.!.!.".starts_with(&marks), "the child failed by itself");
            if marks.ends_with(b".") {
                std::thread::sleep(Duration::from_micros(chance % 500));
            } else if chance.is_multiple_of(2) {
                std::thread::sleep(Duration::from_micros(chance % 8_000));
            } else {
                // However long the disk takes: the next generation is complete, and on its way.
                while !lab.state().join("next").join(MARKER).exists() {
                    assert!(child.try_wait().unwrap().is_none(), "the child failed by itself");
                }
                std::thread::sleep(Duration::from_micros(chance % 300));
            }
        }
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(9), "the child failed by itself");
        let next = lab.state().join("next");
        phases.insert((next.exists(), next.join(MARKER).exists(), lab.state().join("next.manifest").exists()));
        if !one_step {
            // Between two renames there is no output; opening it brings it back.
            drop(lab.open().unwrap());
        }
        let mut files = lab.files();
        files.retain(|(path, _)| path != "CNAME" && path != "changing/theirs/note");
        let whole = ["A", "B"].map(|name| files == version(name));
        assert!(whole[0] || whole[1], "a mix of generations");
        seen[usize::from(whole[1])] += 1;
        assert_eq!(foreign(), theirs);
        if random.is_multiple_of(3) {
            build_version(&lab, if whole[0] { "B" } else { "A" }, one_step);
        }
    }
    assert!(seen[0] > 0 && seen[1] > 0, "the kills were not spread: {seen:?}");
    assert!(phases.len() > 2, "the kills were not spread: {phases:?}");
    build_version(&lab, "B", one_step);
    let mut rest: Vec<String> =
        fs::read_dir(lab.state()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    rest.sort();
    assert_eq!(rest, ["live.manifest", "lock", "old"], "something is left lying around");
    assert_eq!(lab.old().len(), 5);
}

#[test]
fn a_kill_at_any_moment_leaves_one_whole_generation() {
    kill_again_and_again(true);
}

#[test]
fn a_kill_leaves_one_whole_generation_where_folders_cannot_be_exchanged() {
    kill_again_and_again(false);
}

#[test]
fn the_output_is_there_at_every_moment() {
    let lab = Lab::new();
    let done = AtomicBool::new(false);
    lab.build(&[("index.html", "0")]).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 1..150 {
                lab.build(&[("index.html", &round.to_string())]).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        let page = lab.path("index.html");
        while !done.load(Ordering::Relaxed) {
            assert!(page.exists(), "for a moment there was no output");
        }
    });
}

#[test]
fn an_exchange_cut_between_two_renames_is_taken_back() {
    let lab = Lab::new();
    let (one, two) = ([("index.html", "1")], [("index.html", "2")]);
    lab.build(&one).unwrap();
    lab.build(&two).unwrap();
    let last = lab.state().join("last");
    fs::rename(lab.out(), &last).unwrap();
    fs::create_dir(lab.state().join("next")).unwrap();
    drop(lab.open().unwrap());
    lab.assert_files(&two);
    lab.build(&two).unwrap();
    lab.assert_files(&two);
    lab.build(&one).unwrap();
    lab.assert_files(&one);
    assert!(!last.exists());
}

#[test]
fn a_build_killed_right_after_its_exchange_is_finished_by_the_next() {
    let lab = Lab::new();
    lab.build(&[("index.html", "1")]).unwrap();
    let before = fs::read(lab.state().join("live.manifest")).unwrap();
    lab.build(&[("index.html", "2")]).unwrap();
    // As it was between the exchange and the tidying up.
    fs::rename(lab.state().join("live.manifest"), lab.state().join("next.manifest")).unwrap();
    fs::write(lab.state().join("live.manifest"), before).unwrap();
    fs::rename(&lab.old()[0], lab.state().join("next")).unwrap();
    fs::write(lab.state().join("next/CNAME"), "late").unwrap();
    lab.build(&[("index.html", "3")]).unwrap();
    lab.assert_files(&[("CNAME", "late"), ("index.html", "3")]);
    let texts: Vec<_> = lab.old().iter().map(|old| fs::read_to_string(old.join("index.html")).unwrap()).collect();
    assert_eq!(texts, ["1", "2"]);
}

//! No room, no rights, no luck: an error in plain words, and the live folder as before.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::Command;

use super::*;

/// A file system in memory, where we may make one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().to_str().unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs", at]).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        skip("needs the right to mount a small file system");
        None
    }

    fn lab(&self) -> Lab {
        Lab::at(&self.0.path().canonicalize().unwrap())
    }

    fn remount(&self, options: &str) {
        let mut command = Command::new("mount");
        assert!(command.args(["-o", options]).arg(self.0.path()).status().unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_live_folder_whole_wherever_it_strikes() {
    let Some(disk) = Disk::new("size=4m,nr_inodes=4000") else { return };
    let lab = disk.lab();
    let names: Vec<String> = (0..100).map(|n| format!("p{n:03}/a-page-with-a-rather-long-name.html")).collect();
    let site =
        |text: &str| -> Vec<(String, String)> { names.iter().map(|name| (name.clone(), text.repeat(1000))).collect() };
    let build = |text: &str| {
        let site = site(text);
        lab.build(&site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    build("1").unwrap();
    let mut failed = 0;
    for free in (0..130).step_by(3) {
        let ballast = lab.root.join("ballast");
        fs::write(&ballast, "").unwrap();
        let room = rustix::fs::statvfs(&lab.root).unwrap().f_bavail as usize;
        fs::write(&ballast, vec![0; room.saturating_sub(free) * 4096]).unwrap();
        let before = lab.tree();
        // Big files, so the first put fails; or the manifest fails, or the marker, or nothing.
        match build(if lab.files()[0].1.starts_with('1') { "2" } else { "1" }) {
            Ok(_) => {}
            Err(error) => {
                failed += 1;
                assert!(error.message.ends_with(": the disk is full"), "{error}");
                assert!(error.help.unwrap().contains("make room"));
                assert_eq!(lab.tree(), before, "with {free} blocks free");
                let state = tree(&lab.state());
                assert!(!state.keys().any(|name| name.ends_with(".new")), "half a record takes room");
                assert!(!state.contains_key("next.manifest"), "the record of a site that never was takes room");
            }
        }
        fs::remove_file(&ballast).unwrap();
    }
    assert!(failed > 10 && failed < 44, "{failed}");
    build("3").unwrap();
    assert_eq!(lab.files(), site("3"));
}

#[test]
fn a_read_only_file_system_is_named_and_an_unchanged_build_needs_none_other() {
    let Some(disk) = Disk::new("size=2m") else { return };
    let lab = disk.lab();
    lab.build(&[("index.html", "home")]).unwrap();
    let before = lab.tree();
    disk.remount("remount,ro");
    let error = lab.build(&[("index.html", "new")]).unwrap_err();
    assert!(
        error.message.starts_with("cannot ") && error.message.ends_with(": the file system is read-only"),
        "{error}"
    );
    assert_eq!(lab.tree(), before);
    assert_eq!(lab.build(&[("index.html", "home")]).unwrap().unchanged, 1);
    disk.remount("remount,rw");
    lab.build(&[("index.html", "new")]).unwrap();
}

/// Whether files we make belong to root.
fn is_root() -> bool {
    tempfile::tempdir().unwrap().path().metadata().unwrap().uid() == 0
}

const FOLDER: &str = "LIMBER_TEST_NO_RIGHTS";

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let (lab, child) = match std::env::var(FOLDER) {
        Ok(folder) => (Lab::at(Path::new(&folder)), true),
        Err(_) => (Lab::new(), false),
    };
    if !child && is_root() {
        // Root may write everywhere, so someone else has to try.
        lab.build(&[("index.html", "home")]).unwrap();
        fs::set_permissions(&lab.root, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = in_process(module_path!(), "a_folder_that_may_not_be_written_is_named");
        match command.env(FOLDER, &lab.root).uid(65_534).gid(65_534).output() {
            Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
            Err(error) => skip(&format!("nobody may not run this test: {error}")),
        }
        return;
    }
    if !child {
        lab.build(&[("index.html", "home")]).unwrap();
        fs::set_permissions(lab.root.join(".limber"), fs::Permissions::from_mode(0o555)).unwrap();
        fs::set_permissions(&lab.root, fs::Permissions::from_mode(0o555)).unwrap();
    }
    let before = lab.tree();
    let error = lab.build(&[("index.html", "new")]).unwrap_err();
    assert!(error.message.ends_with(": permission denied"), "{error}");
    assert!(error.message.contains(lab.root.to_str().unwrap()) && error.help.is_some());
    let error = build(
        Staging::open(&lab.root, &lab.root.join("elsewhere"), &[], WriteOptions::default()).unwrap(),
        &[("a", "b")],
    )
    .err()
    .unwrap();
    assert!(error.message.ends_with(": permission denied"), "{error}");
    assert_eq!(lab.tree(), before);
    if !child {
        fs::set_permissions(&lab.root, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(lab.root.join(".limber"), fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn two_builds_at_once_are_refused_politely() {
    let lab = Lab::new();
    let first = lab.open().unwrap();
    let error = lab.open().err().unwrap();
    assert!(error.message.starts_with("another limber is writing"), "{error}");
    assert!(error.help.is_some());
    build(first, &[("index.html", "home")]).unwrap();
    lab.build(&[("index.html", "new")]).unwrap();
}

#[test]
fn the_same_path_twice_is_an_error() {
    let lab = Lab::new();
    let site: &[_] = &[("a/index.html", "1"), ("a/index.html", "2")];
    assert_eq!(lab.build(site).unwrap_err().message, "`a/index.html` was written twice");
    assert!(!lab.out().exists());
    lab.build(&site[..1]).unwrap();
    let staging = lab.open().unwrap();
    assert!(staging.keep("a/index.html"));
    assert!(staging.put("a/index.html", Hash::of(b""), b"2").is_err());
    drop(staging);
    lab.assert_files(&site[..1]);
}

#[test]
fn an_output_replaced_during_the_build_is_not_written_over() {
    let lab = Lab::new();
    lab.build(&[("index.html", "home")]).unwrap();
    let staging = lab.open().unwrap();
    staging.put("index.html", Hash::of(b""), b"new").unwrap();
    fs::rename(lab.out(), lab.root.join("moved")).unwrap();
    lab.add("theirs.html", "mine");
    assert!(staging.commit(None).is_err());
    lab.assert_files(&[("theirs.html", "mine")]);
}

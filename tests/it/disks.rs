//! Whole projects, and outputs alone, on disks of many sorts: in images and in memory, without links, without locks, full.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::harness::{Disk, Project, Ran};
use crate::unable::{Lacks, unable};

const SITE: &str = "\
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds: {tool: {plural: tools, url: '/tools/{slug}/'}}
//- content/index.md
---
title: Home
---
Hello.
//- content/tools/bulb.md
---
title: Bulb
---
It is round.
//- content/tools/lamp.md
---
title: Lamp
---
It is bright.
//- static/robots-extra.txt
stays
";

fn edit(project: &Project, text: &str) {
    project.write("content/tools/bulb.md", format!("---\ntitle: Bulb\n---\n{text}\n"));
}

#[track_caller]
fn builds(project: &Project, out: &Path, options: &[&str]) {
    let out = out.to_str().expect("the path is text");
    let ran = project.run(&[&["build", "--out", out], options].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// Seven builds with an edit before each: the newest is live, what did not change keeps its time, what others put there
/// stays, and folders that were live are whole.
fn is_kept_up(project: &Project, out: &Path, options: &[&str]) {
    builds(project, out, options);
    fs::write(out.join("CNAME"), "shed.example").expect("it can be written");
    let time = || fs::metadata(out.join("tools/lamp/index.html")).and_then(|found| found.modified()).expect("a time");
    let before = time();
    for round in 1..=7 {
        edit(project, &format!("Round {round}."));
        builds(project, out, options);
        let page = fs::read_to_string(out.join("tools/bulb/index.html")).expect("it is there");
        assert!(page.contains(&format!("Round {round}.")), "{round}");
        assert_eq!(time(), before, "{round}");
        assert_eq!(fs::read_to_string(out.join("CNAME")).expect("it is there"), "shed.example");
    }
    let old = project.path(&project.state(&out.file_name().expect("a name").to_string_lossy())).join("old");
    for number in 0..fs::read_dir(&old).map_or(0, |names| names.flatten().filter(|name| name.path().is_dir()).count()) {
        let page = fs::read_to_string(old.join((number + 3).to_string()).join("tools/bulb/index.html"));
        assert!(page.is_ok_and(|page| page.contains(&format!("Round {}.", number + 2))), "{number}");
    }
    project.remove("content/tools/lamp.md");
    builds(project, out, options);
    assert!(!out.join("tools/lamp").exists() && out.join("robots-extra.txt").exists());
}

#[test]
fn a_project_is_built_on_disks_with_and_without_links() {
    for system in ["ext4", "btrfs", "exfat"] {
        for options in [&[][..], &["--in-place"]] {
            let Some(disk) = Disk::in_image(system, 128) else { continue };
            let project = Project::bare_in(&disk.path(), SITE);
            is_kept_up(&project, &project.path("public"), options);
        }
    }
}

#[test]
fn an_output_lies_on_another_disk_than_its_project() {
    for system in ["ext4", "btrfs", "exfat"] {
        let Some(disk) = Disk::in_image(system, 128) else { continue };
        let project = Project::bare(SITE);
        is_kept_up(&project, &disk.path().join("public"), &[]);
        let names: Vec<_> =
            fs::read_dir(disk.path()).expect("it is there").flatten().map(|found| found.file_name()).collect();
        assert!(names.iter().all(|name| name == "public" || name == "lost+found"), "{names:?}");
    }
}

#[test]
fn what_a_killed_build_left_in_the_output_goes_though_nothing_has_changed() {
    let Some(disk) = Disk::in_memory("size=24m") else { return };
    let (project, out) = (Project::bare(SITE), disk.path().join("public"));
    builds(&project, &out, &[]);
    for left in ["public/.limber-next", ".public.limber-next"] {
        fs::create_dir_all(disk.path().join(left).join("tools")).expect("it can be made");
        fs::write(disk.path().join(left).join("tools/secret.html"), "half").expect("it can be written");
    }
    let before = fs::metadata(out.join("index.html")).and_then(|found| found.modified()).expect("a time");
    builds(&project, &out, &[]);
    assert!(!out.join(".limber-next").exists() && !disk.path().join(".public.limber-next").exists());
    assert_eq!(fs::metadata(out.join("index.html")).and_then(|found| found.modified()).expect("a time"), before);
}

/// What lies in a folder, by path.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|found| found.file_type().is_file());
    files.map(|found| (found.path().display().to_string(), fs::read(found.path()).expect("it can be read"))).collect()
}

#[test]
fn a_disk_that_is_full_keeps_the_last_good_site_whole_and_the_next_build_goes_on() {
    for options in [&[][..], &["--in-place"]] {
        for disk in [Disk::in_memory("size=24m"), Disk::in_image("ext4", 24)].into_iter().flatten() {
            let project = Project::bare_in(&disk.path(), SITE);
            (0..20).for_each(|n| project.write(&format!("static/p{n}.txt"), "a".repeat(100_000)));
            let out = project.path("public");
            builds(&project, &out, options);
            let before = tree(&out);
            (0..20).for_each(|n| project.write(&format!("static/p{n}.txt"), "b".repeat(100_000)));
            let ballast = disk.fill();
            let ran = project.run(&[&["build"], options].concat());
            assert_eq!(ran.code, Some(2), "{}", ran.err);
            assert!(ran.err.contains("the disk is full"), "{}", ran.err);
            assert!(tree(&out) == before, "{options:?}");
            fs::remove_file(ballast).expect("it is there");
            builds(&project, &out, options);
            assert!(tree(&out) != before && fs::read(out.join("p3.txt")).expect("it is there").starts_with(b"bbb"));
        }
    }
}

/// A library that stands before that of the system and answers to locks as network disks do.
fn locks_as(answer: &str) -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = format!(
        "#define _GNU_SOURCE\n#include <dlfcn.h>\n#include <errno.h>\n#include <fcntl.h>\n#include <sys/file.h>\n\
         int flock(int fd, int op) {{ {answer}\n\
         return ((int (*)(int, int)) dlsym(RTLD_NEXT, \"flock\"))(fd, op); }}\n"
    );
    fs::write(folder.path().join("locks.c"), source).expect("it can be written");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-o", "locks.so", "locks.c", "-ldl"])
        .current_dir(folder.path())
        .output();
    match made {
        Ok(made) if made.status.success() => return Some(folder),
        Ok(made) => unable(Lacks::Right(&format!("no library can be made: {}", String::from_utf8_lossy(&made.stderr)))),
        Err(_) => unable(Lacks::Package("cc", "apt-get install gcc")),
    }
    None
}

#[test]
fn network_disks_lock_only_what_is_open_for_writing_or_nothing_at_all() {
    // What the client of NFS does, which no kernel of ours has; and a server without locks.
    for answer in [
        "if ((op & LOCK_EX) && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) { errno = EBADF; return -1; }",
        "errno = ENOLCK; return -1;",
        "errno = EOPNOTSUPP; return -1;",
    ] {
        let Some(library) = locks_as(answer) else { return };
        let project = Project::bare(SITE);
        for round in ["One.", "Two.", "Three."] {
            edit(&project, round);
            for options in [&["build"][..], &["build", "--in-place"], &["build", "--wait"]] {
                let mut command = project.command(options);
                command.env("LD_PRELOAD", library.path().join("locks.so"));
                let ran = Ran::of(&command.output().expect("the program can be started"));
                assert_eq!(ran.code, Some(0), "{answer} {options:?}: {}", ran.err);
            }
            assert!(project.read("public/tools/bulb/index.html").contains(round), "{answer}");
        }
    }
}

fn git(project: &Project, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Me", "-c", "user.email=me@shed.example", "-c", "init.defaultBranch=main"]);
    let output = command.args(arguments).current_dir(project.root()).output().expect("git can be started");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok();
    if !has {
        unable(Lacks::Package("git", "apt-get install git"));
    }
    has
}

#[test]
fn an_output_that_is_committed_shows_what_has_changed_and_goes_on_in_a_clone() {
    if !has_git() {
        return;
    }
    let project = Project::bare(SITE);
    git(&project, &["init", "-q"]);
    project.runs(&["build"]);
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-qm", "one"]);
    assert!(!git(&project, &["ls-files"]).contains(".limber/"), "what is kept between builds is not committed");
    edit(&project, "Edited.");
    project.runs(&["build"]);
    let changed = git(&project, &["status", "--porcelain"]);
    assert!(changed.contains(" M public/tools/bulb/index.html") && !changed.contains("lamp"), "{changed}");
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-qm", "two"]);

    // A clone has no record, and other times.
    let clone = Project::bare("");
    git(&clone, &["clone", "-q", project.root().to_str().expect("the path is text"), "."]);
    let said = clone.runs(&["build"]).err;
    assert!(said.contains(" 0 written") || said.contains("nothing had changed"), "{said}");
    assert_eq!(git(&clone, &["status", "--porcelain"]), "");
    // Going back to an older state of everything.
    git(&project, &["checkout", "-q", "HEAD~1"]);
    project.runs(&["build"]);
    let changed = git(&project, &["status", "--porcelain"]);
    assert_eq!(changed, "", "the same site, byte by byte");
}

#[test]
fn a_worktree_of_a_branch_is_built_into_and_committed() {
    if !has_git() {
        return;
    }
    let project = Project::bare(SITE);
    git(&project, &["init", "-q"]);
    project.write(".gitignore", "/public/\n");
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-qm", "source"]);
    git(&project, &["worktree", "add", "-q", "--orphan", "-b", "pages", "public"]);
    for (round, options) in [("One.", &["build"][..]), ("Two.", &["build"]), ("Three.", &["build", "--in-place"])] {
        edit(&project, round);
        project.runs(options);
        git(&project, &["-C", "public", "add", "-A"]);
        git(&project, &["-C", "public", "commit", "-qm", round]);
        let shown = git(&project, &["show", "pages:tools/bulb/index.html"]);
        assert!(shown.contains(round), "{round}");
    }
    assert!(git(&project, &["worktree", "list"]).contains("[pages]"));
}

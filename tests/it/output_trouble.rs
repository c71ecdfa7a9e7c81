//! Where the output cannot be written: what the program says, and that what was there stays.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use tempfile::TempDir;

use crate::harness::{Disk, Project, Ran};

const SITE: &str = "\
//- site.yaml
title: Shed
base_url: https://shed.example/
checks: {advice: off}
kinds: {tool: {plural: tools, url: '/tools/{slug}/'}}
//- content/tools/bulb.md
---
title: Bulb
---
A bulb rolls.
";

fn build(project: &Project, out: &Path) -> Ran {
    project.run(&["build", "--out", out.to_str().expect("the path is text")])
}

/// What went wrong, with `DISK` for the folder that changes its name.
#[track_caller]
fn fails(project: &Project, out: &Path, disk: &Path) -> String {
    let ran = build(project, out);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    ran.err.replace(disk.canonicalize().expect("it is there").to_str().expect("the path is text"), "DISK")
}

#[test]
fn a_full_disk_is_named_and_the_site_stays_on_another_file_system_than_the_project() {
    let Some(disk) = Disk::in_memory("size=8m") else { return };
    let (project, out) = (Project::bare(SITE), disk.path().join("public"));
    assert_eq!(build(&project, &out).code, Some(0));
    let before = project.bytes(out.to_str().expect("the path is text"));
    fs::write(disk.path().join("ballast"), vec![1; 20 << 20]).expect_err("it is larger than the disk");
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA bulb rolls on.\n");
    let error = fails(&project, &out, &disk.path());
    assert!(error.starts_with("error: cannot write `DISK/public/.limber-next/"), "{error}");
    assert!(
        error.ends_with(
            ": the disk is full\n  help: make room and build again; the output folder is as it was before\n"
        ),
        "{error}"
    );
    assert_eq!(project.bytes(out.to_str().expect("the path is text")), before);
    fs::remove_file(disk.path().join("ballast")).expect("it is there");
    assert_eq!(build(&project, &out).code, Some(0));
}

#[test]
fn a_read_only_file_system_is_named() {
    let Some(disk) = Disk::in_memory("size=8m") else { return };
    let (project, out) = (Project::bare(SITE), disk.path().join("public"));
    disk.remount("ro");
    let way_out = "  help: choose an output folder that can be written\n";
    let error = fails(&project, &out, &disk.path());
    assert_eq!(error, format!("error: cannot write into `DISK`: the file system is read-only\n{way_out}"));
    disk.remount("rw");
    assert_eq!(build(&project, &out).code, Some(0));
    disk.remount("ro");
    assert!(build(&project, &out).err.ends_with(": nothing had changed\n"), "which needs no right to write");
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA bulb rolls on.\n");
    let error = fails(&project, &out, &disk.path());
    assert!(error.ends_with(&format!(": the file system is read-only\n{way_out}")), "{error}");
}

#[test]
fn an_output_that_was_replaced_by_a_link_or_a_file_is_refused() {
    let project = Project::bare(SITE);
    project.runs(&["build"]);
    fs::rename(project.path("public"), project.path("moved")).expect("it is ours");
    symlink("moved", project.path("public")).expect("a link can be made");
    let before = project.tree("moved");
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\nA bulb rolls on.\n");
    let ran = project.run(&["build"]);
    let expected = "\
error: the output folder `public` is a symbolic link
  help: name the folder it leads to, or remove the link
";
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), expected));
    assert_eq!(project.tree("moved"), before);

    fs::remove_file(project.path("public")).expect("it is ours");
    project.write("public", "mine");
    let ran = project.run(&["build"]);
    let expected = "\
error: the output folder `public` is not a folder
  help: choose another output folder
";
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), expected));
    assert_eq!(project.read("public"), "mine");
    let ran = project.run(&["build", "--out", "public/site"]);
    assert!(
        ran.err.ends_with("part of the path is not a folder\n  help: choose another output folder\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_relative_output_lies_in_the_folder_of_the_site_and_is_named_as_it_is() {
    let (project, elsewhere) = (Project::bare(SITE), TempDir::new().expect("a temporary folder"));
    let mut command = project.command(&["build", "--out", "site", "--root"]);
    let output =
        command.arg(project.root()).current_dir(elsewhere.path()).output().expect("the program can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("files in {}: ", project.path("site").display())), "{said}");
    assert!(project.path("site/tools/bulb/index.html").exists());
    assert_eq!(fs::read_dir(elsewhere.path()).expect("it is there").count(), 0);
}

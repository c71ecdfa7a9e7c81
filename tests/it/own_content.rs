//! The site that this repository is itself: it builds, twice to the same bytes, and every address in it leads somewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use limber::model::hosts::Hosts;

use crate::harness::Project;

/// The repository, which is itself the example site.
fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn build(root: &Path, out: &Path, threads: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    command.arg("--root").arg(root).args(["build", "--threads", threads, "--out"]).arg(out);
    let output = command.output().expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_builds_have_the_same_bytes() {
    let root = repository();
    let project = Project::bare("");
    build(root, &project.path("one"), "1");
    build(root, &project.path("other"), "4");
    assert!(project.bytes("one").len() > 100);
    assert!(project.bytes("one") == project.bytes("other"), "two builds of the same site differ");
}

#[test]
fn every_address_leads_to_a_file_below_a_path() {
    let root = repository();
    let project = Project::bare("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    command
        .arg("--root")
        .arg(root)
        .args(["build", "--base-url", "https://host.example/sub/", "--out"])
        .arg(project.path("out"));
    assert!(command.output().is_ok_and(|output| output.status.success()));
    let files = project.bytes("out");
    let mut checked = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        for address in ["href=\"", "src=\""].iter().flat_map(|start| text.split(start).skip(1)) {
            let address = address.split('"').next().unwrap_or_default().replace("&amp;", "&");
            let inside = address.strip_prefix("https://host.example").unwrap_or(&address);
            if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| inside.starts_with(scheme)) {
                continue;
            }
            checked += 1;
            let (page, anchor) = inside.split_once('#').unwrap_or((inside, ""));
            let page = page.split('?').next().unwrap_or_default();
            let target = if page.is_empty() {
                path.clone()
            } else {
                let below =
                    page.strip_prefix("/sub/").unwrap_or_else(|| panic!("`{address}` in {path} leaves the site"));
                limber::url::output_path(&format!("/{below}"))
            };
            let found = files.get(&target).unwrap_or_else(|| panic!("`{address}` in {path} leads to nothing"));
            let found = String::from_utf8_lossy(found);
            let there = anchor.is_empty() || !target.ends_with(".html") || found.contains(&format!("id=\"{anchor}\""));
            assert!(there, "`{address}` in {path} leads to no such place");
        }
    }
    assert!(checked > 1_000, "only {checked} addresses were found");
    assert!(fs::metadata(project.path("out/sitemap.xml")).is_ok());
}

#[test]
fn the_policy_that_hosts_send_is_the_one_of_the_pages_and_keeps_them_out_of_frames() {
    let headers = fs::read_to_string(repository().join("static/_headers")).expect("the headers of the site");
    let line = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    let sent: Vec<&str> = line.expect("a policy is sent").split("; ").collect();
    let policy = Hosts::default().policy();
    let own: Vec<&str> = policy.split("; ").collect();
    let (last, others) = sent.split_last().expect("it says something");
    assert_eq!((others, *last), (own.as_slice(), "frame-ancestors 'none'"));
}

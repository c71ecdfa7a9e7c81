//! No address and no heading id that the example site has ever had is lost.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use limber::url::output_path;

use crate::harness::Project;

/// Every address of the site when the list was made, followed by the ids on that page. Lines are added, never removed.
const ADDRESSES: &str = include_str!("../data/addresses.txt");

#[test]
fn every_address_and_heading_id_of_the_example_site_is_still_there() {
    let project = Project::bare("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_limber"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    command.arg("--root").arg(root).args(["build", "--out"]).arg(project.path("out"));
    let output = command.output().expect("the program can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = project.bytes("out");
    let mut lost = Vec::new();
    for line in ADDRESSES.lines() {
        let mut words = line.split(' ');
        let url = words.next().unwrap_or_default();
        let Some(bytes) = files.get(&output_path(url)) else {
            lost.push(url.to_string());
            continue;
        };
        let ids = ids(&String::from_utf8_lossy(bytes));
        lost.extend(words.filter(|id| !ids.contains(*id)).map(|id| format!("{url}#{id}")));
    }
    assert_eq!(lost, Vec::<String>::new(), "these addresses led somewhere before");
    assert!(ADDRESSES.lines().count() > 150, "the list itself is whole");
}

fn ids(page: &str) -> BTreeSet<String> {
    page.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_string())).collect()
}

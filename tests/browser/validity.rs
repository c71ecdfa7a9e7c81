//! Whether the HTML of every page is what the standard says.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::site::{COMPONENTS, SITE, WITH_DRAFTS};
use crate::tools::package;

#[test]
fn the_html_of_every_page_is_valid() {
    let Some(validator) = package("html-validate") else { return };
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/html-validate.json");
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    let output = Command::new("node")
        .arg(validator.join("bin/html-validate.mjs"))
        // Into a file: what the program prints into a pipe ends after 64 KB.
        .args(["--formatter", &format!("json={}", report.display()), "--config"])
        .arg(rules)
        .args(SITE.pages().iter().map(|page| SITE.file(page)))
        .arg(WITH_DRAFTS.file(COMPONENTS))
        .output()
        .expect("node runs");
    let report =
        fs::read(report).unwrap_or_else(|_| panic!("html-validate: {}", String::from_utf8_lossy(&output.stderr)));
    let report: Value = serde_json::from_slice(&report).expect("a report in JSON");
    let files = report.as_array().expect("a list of files").iter();
    let faults: Vec<String> = files
        .flat_map(|file| {
            let path = file["filePath"].as_str().unwrap_or_default().rsplit("outside-lane").next().unwrap_or_default();
            let messages = file["messages"].as_array().into_iter().flatten();
            messages.map(move |fault| {
                let word = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
                format!(
                    "{path}:{}:{}: {}: {}: {}",
                    fault["line"],
                    fault["column"],
                    word("ruleId"),
                    word("message"),
                    word("selector")
                )
            })
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

//! A site decides how bad it finds problems, and what its texts have to be like.

use std::process::Command;

use limber::diagnostics::Code;
use serde_json::Value;

use crate::project::{Project, SITE};

const PAGE: (&str, &str) = ("content/procedures/kneading.md", "---\ntitle: Kneading\n---\nA <b>word</b>[^1].\n");

fn report(checks: &str, page: (&str, &str)) -> String {
    let project = Project::new([page]);
    project.write("site.yaml", format!("{SITE}{checks}"));
    project.report(None, |_| false)
}

#[test]
fn a_site_and_its_kinds_say_how_bad_a_problem_is() {
    let all = report("", PAGE);
    for code in ["html-raw", "footnote-unknown", "entry-orphan", "summary-missing"] {
        assert!(all.contains(&format!("warning[{code}]")), "{all}");
    }
    let checked = report("checks: {advice: off, html-raw: error, footnote-unknown: off}\n", PAGE);
    assert_eq!(checked, "content/procedures/kneading.md:4:3: error[html-raw]: raw HTML is shown as text\n");
    let kinds = SITE.replace("procedure: {}", "procedure: {checks: {html-raw: off, entry-orphan: error}}");
    let project = Project::new([PAGE]);
    project.write("site.yaml", format!("{kinds}checks: {{advice: off, html-raw: error, footnote-unknown: off}}\n"));
    assert_eq!(
        project.report(None, |_| false),
        "content/procedures/kneading.md:2:8: error[entry-orphan]: no other entry leads to this page\n"
    );
}

#[test]
fn what_keeps_pages_from_being_drawn_cannot_be_switched_off() {
    let refused = report("checks: {url-duplicate: off, link-broke: off, html-raw: maybe}\n", PAGE);
    assert!(refused.contains("`url-duplicate` is always an error"), "{refused}");
    assert!(refused.contains("there is no check `link-broke`"), "{refused}");
    assert!(refused.contains("a check is `off`, `warning` or `error`"), "{refused}");
}

#[test]
fn phrases_are_found_in_texts_and_fields_however_they_are_written() {
    let rules = "rules:\n  - {code: words, forbid: [\"can't cure\", cure all], except: [kneading], message: no}\n";
    let page = "---
title: Kneading and its cure ALL
summary: \"It \\\"can't\\\" be\"
aliases:
  - >-
    They can't
    cure
procedures:
  - {to: kneading}
---
It **can’t**
cure. Secure all. Cure-all `cure all`
";
    let project = Project::new([
        ("content/blossoms/sleep.md", page),
        ("content/procedures/kneading.md", "---\ntitle: Cure all\n---\n"),
    ]);
    project.write("site.yaml", format!("{SITE}{rules}checks: {{advice: off}}\n"));
    assert_eq!(
        project.report(None, |_| false),
        "content/blossoms/sleep.md:2:25: error[words]: no: `cure ALL`\n\
         content/blossoms/sleep.md:6:10: error[words]: no: `can't cure`\n\
         content/blossoms/sleep.md:11:6: error[words]: no: `can’t cure`\n\
         content/blossoms/sleep.md:12:29: error[words]: no: `cure all`\n"
    );
}

fn limber(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_limber");
    let output = Command::new(program).current_dir(project.root()).args(arguments).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn reviewed() -> Project {
    let project = Project::new([
        ("content/procedures/old.md", "---\ntitle: Old\nreviewed: 2024-01-31\nsimilar: [linked]\n---\n"),
        ("content/procedures/linked.md", "---\ntitle: Linked, and loved\nreviewed: 2025-01-10\nsimilar: [new]\n---\n"),
        ("content/procedures/new.md", "---\ntitle: New\nreviewed: 2026-01-01\n---\n"),
    ]);
    project.write(
        "site.yaml",
        "title: Example\nbase_url: https://example.org/\nkinds:\n  procedure:\n    fields: {reviewed: date, window: text}\n    review: {every: 13 months, field: reviewed, grace: 20 days}\n  tool: {}\nrelations:\n  - {one: procedure.similar, symmetric: true}\n  - {one: procedure.tools, other: tool.procedures, at_least: [1, 0]}\n",
    );
    project
}

#[test]
fn reviews_are_listed_most_linked_first_and_fail_beyond_their_grace() {
    let project = reviewed();
    let (code, list) = limber(&project, &["review", "--as-of", "2026-02-20"]);
    let names: Vec<_> = list.lines().filter_map(|line| line.split_whitespace().nth(4)).collect();
    assert_eq!((code, names), (Some(1), vec!["content/procedures/linked.md", "content/procedures/old.md"]), "{list}");
    assert_eq!(limber(&project, &["review", "--as-of", "2025-03-10"]).0, Some(0), "ten days are within the grace");
    assert_eq!(limber(&project, &["review"]).0, Some(0), "without a day nothing is overdue");
    let (_, json) = limber(&project, &["review", "--as-of", "2026-02-20", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["due"], "2025-02-28");
    assert_eq!(json[0]["overdue_days"], 10);
}

#[test]
fn the_calendar_of_reviews_keeps_to_its_standard() {
    let project = reviewed();
    let (_, calendar) = limber(&project, &["review", "--ics"]);
    assert_eq!(calendar, limber(&project, &["review", "--ics"]).1);
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{calendar}");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    for line in [
        "UID:review-procedures-linked@example.org",
        "DTSTAMP:20250110T000000Z",
        "DTSTART;VALUE=DATE:20260210",
        "SUMMARY:Review: Linked\\, and loved",
    ] {
        assert!(calendar.contains(&format!("\r\n{line}\r\n")), "{line} in {calendar}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
}

#[test]
fn gaps_are_listed_by_their_sort() {
    let project = reviewed();
    project.write("content/procedures/alone.md", "---\ntitle: Alone\ntools: [pruner]\n---\nSee [it](other.md).\n");
    let (code, list) = limber(&project, &["gaps"]);
    assert_eq!(code, Some(0));
    for line in [
        "Referred to and not written\n",
        "  no tool named `pruner`: content/procedures/alone.md:3:9\n",
        "  there is no procedure `other`: content/procedures/alone.md:5:10\n",
        "Declared and empty\n",
        "  no procedure has the field `window`\n",
        "  the kind `tool` has no entries\n",
        "Unreachable from other entries\n  content/procedures/alone.md: Alone\n",
        "Below their minimum\n",
    ] {
        assert!(list.contains(line), "{line} in {list}");
    }
}

#[test]
fn schemas_know_fields_choices_and_entries() {
    let project = Project::new([("content/procedures/kneading.md", "---\ntitle: Kneading\n---\n")]);
    let (_, json) = limber(&project, &["schema", "blossom"]);
    let schema: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["required"], serde_json::json!([]), "a title may be missing");
    assert_eq!(schema["properties"]["grade"]["oneOf"][1]["const"], "ordinary");
    let edge = &schema["properties"]["procedures"]["anyOf"][0]["items"]["anyOf"];
    assert_eq!(edge[0]["anyOf"][0]["oneOf"][0], serde_json::json!({"const": "kneading", "title": "Kneading"}));
    assert_eq!(limber(&project, &["schema", "--out", "schemas"]).0, Some(0));
    assert!(project.root().join("schemas/procedure.json").is_file());
    assert_eq!(limber(&project, &["schema", "nothing"]).0, Some(2));
}

#[test]
fn every_code_is_listed_and_explained() {
    let project = Project::new([]);
    let (_, list) = limber(&project, &["explain"]);
    assert_eq!(list.lines().count(), Code::ALL.len());
    let (code, text) = limber(&project, &["explain", "link-broken"]);
    assert!(code == Some(0) && text.starts_with("# link-broken\n"));
}

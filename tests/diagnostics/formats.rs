//! Each format says the same things in its own way.

use std::path::Path;
use std::sync::Arc;

use expect_test::expect;
use limber::diagnostics::human::SourceTexts;
use limber::diagnostics::{Code, Diagnostic, Fix, Suggestions, github, human, json, sarif, short, tidy};
use limber::span::Place;
use serde_json::Value;

const PATH: &str = "content/blossom/better sleep, 100%.md";

/// One error with everything that a diagnostic can have, and a warning.
fn problems() -> (Vec<Diagnostic>, SourceTexts) {
    let path: Arc<str> = PATH.into();
    let text = "---\ntitle: Schlaf für Läufer\nprocedures: [evergreens, evergrens]\n---\n";
    let place = |word: &str| {
        let at = text.find(word).unwrap();
        Place::new(&path, at..at + word.len())
    };
    let error = Diagnostic::new(Code::RelationUnknownTarget, place(" evergrens"), "no procedure named `evergrens`")
        .related(place("evergreens"), "a similar one")
        .suggest_fix(" evergrens", &Suggestions::same("evergreens"));
    let warning = Diagnostic::new(Code::TitleDuplicate, place("Läufer"), "100%: the same\ntitle\u{1b}[31m, twice");
    let mut all = vec![error, warning];
    tidy(&mut all);
    (all, SourceTexts::from([(path, text.into())]))
}

#[test]
fn short_has_a_line_for_each_problem() {
    let (problems, texts) = problems();
    expect![[r#"
        content/blossom/better sleep, 100%.md:2:19: warning[title-duplicate]: 100%: the same title [31m, twice
        content/blossom/better sleep, 100%.md:3:25: error[relation-unknown-target]: no procedure named `evergrens`
    "#]]
    .assert_eq(&short::report(&problems, &texts));
}

#[test]
fn github_escapes_what_would_end_its_commands() {
    let (problems, texts) = problems();
    expect![[r#"
        ::error file=content/blossom/better sleep%2C 100%25.md,line=3,col=25,title=relation-unknown-target::no procedure named `evergrens`%0Aa similar one: content/blossom/better sleep, 100%25.md:3:14%0Ahelp: did you mean `evergreens`?
        ::warning file=content/blossom/better sleep%2C 100%25.md,line=2,col=19,title=title-duplicate::100%25: the same title [31m, twice
    "#]]
    .assert_eq(&github::report(&problems, &texts));
}

/// So many warnings and then so many errors.
fn many(warnings: usize, errors: usize) -> Vec<Diagnostic> {
    let place = |number| Place::new(&PATH.into(), number..number);
    let warnings = (0..warnings).map(|number| Diagnostic::new(Code::TitleDuplicate, place(number), "a|b `<i>` <b>"));
    let errors =
        (0..errors).map(|number| Diagnostic::new(Code::LinkBroken, place(number), "gone").help("link | there"));
    warnings.chain(errors).collect()
}

#[test]
fn github_shows_ten_of_each_and_counts_the_rest() {
    let shown = |warnings, errors| github::report(&many(warnings, errors), &SourceTexts::new());
    let report = shown(14, 11);
    let starts: Vec<_> = report.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(starts, [vec!["::error"; 10], vec!["::warning"; 10], vec!["::notice"]].concat());
    assert!(report.ends_with("::notice title=limber::and 5 more: 1 error, 4 warnings\n"), "{report}");
    assert_eq!(shown(10, 10).lines().count(), 20);
    assert!(shown(11, 0).ends_with("::notice title=limber::and 1 more: 1 warning\n"));
    assert_eq!(shown(0, 0), "");
}

#[test]
fn github_tells_where_else_a_text_has_what_is_said_once() {
    let path: Arc<str> = PATH.into();
    let text = "x\n".repeat(30);
    let place = |number: usize| Place::new(&path, number * 2..number * 2 + 1);
    let mut problem = Diagnostic::new(Code::MarkdownUnread, place(0), "once");
    for number in 1..14 {
        problem = problem.related(place(number), "here, too");
    }
    let problem = problem.related(place(20), "the other one");
    let (problems, texts) = (vec![problem], SourceTexts::from([(path.clone(), text.into())]));
    let github = github::report(&problems, &texts);
    assert_eq!(github.lines().count(), 1, "{github}");
    assert!(
        github.contains("%0Ahere, too: content/") && github.contains(":11:1 and 3 more%0Athe other one: "),
        "{github}"
    );
    let summary = github::job_summary(&problems, &texts);
    assert!(summary.contains("<br>here, too: ") && summary.contains(" and 3 more<br>the other one: "), "{summary}");
}

#[test]
fn the_summary_of_a_job_has_all_problems_within_what_the_host_takes() {
    expect![[r#"
        ### limber: 1 error, 1 warning

        | | where | what |
        |---|---|---|
        | error `link-broken` | content/blossom/better sleep, 100%.md:1:1 | gone<br>help: link \| there |
        | warning `title-duplicate` | content/blossom/better sleep, 100%.md:1:1 | a\|b `<i>` &lt;b> |
    "#]]
    .assert_eq(&github::job_summary(&many(1, 1), &SourceTexts::new()));
    assert_eq!(github::job_summary(&[], &SourceTexts::new()), "### limber: no problems\n");
    let long = github::job_summary(&many(0, 20_000), &SourceTexts::new());
    assert!(long.len() < 1024 * 1024 && long.lines().last().is_some_and(|last| last.starts_with("and ")));
}

#[test]
fn json_keeps_its_keys() {
    let (problems, texts) = problems();
    expect![[r#"
        {
          "version": 1,
          "errors": 1,
          "warnings": 1,
          "diagnostics": [
            {
              "code": "title-duplicate",
              "severity": "warning",
              "message": "100%: the same title [31m, twice",
              "path": "content/blossom/better sleep, 100%.md",
              "start": {
                "line": 2,
                "column": 19,
                "offset": 23
              },
              "end": {
                "line": 2,
                "column": 25,
                "offset": 30
              },
              "related": [],
              "help": [],
              "fix": null,
              "fingerprint": "e9c3bcf71eb101b95d76aee264573e25"
            },
            {
              "code": "relation-unknown-target",
              "severity": "error",
              "message": "no procedure named `evergrens`",
              "path": "content/blossom/better sleep, 100%.md",
              "start": {
                "line": 3,
                "column": 25,
                "offset": 55
              },
              "end": {
                "line": 3,
                "column": 35,
                "offset": 65
              },
              "related": [
                {
                  "label": "a similar one",
                  "path": "content/blossom/better sleep, 100%.md",
                  "start": {
                    "line": 3,
                    "column": 14,
                    "offset": 44
                  },
                  "end": {
                    "line": 3,
                    "column": 24,
                    "offset": 54
                  }
                }
              ],
              "help": [
                "did you mean `evergreens`?"
              ],
              "fix": {
                "path": "content/blossom/better sleep, 100%.md",
                "start": {
                  "line": 3,
                  "column": 25,
                  "offset": 55
                },
                "end": {
                  "line": 3,
                  "column": 35,
                  "offset": 65
                },
                "was": " evergrens",
                "replacement": "evergreens"
              },
              "fingerprint": "7685676ffac32e6172ff8a5dfb7d9076"
            }
          ]
        }
    "#]]
    .assert_eq(&json::report(&problems, &texts));
}

/// The parts of the SARIF 2.1.0 schema that this log uses: what has to be there, and of which type.
#[test]
fn sarif_has_what_its_schema_requires() {
    let (problems, texts) = problems();
    let log: Value = serde_json::from_str(&sarif::report(&problems, &texts, Path::new("/home/me/my site"))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["originalUriBaseIds"]["SRCROOT"]["uri"], "file:///home/me/my%20site/");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "limber");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string(), "{rule}");
        assert!(["error", "warning"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        assert!(result["partialFingerprints"]["limberFinding/v1"].is_string());
        check_place(&result["locations"][0]["physicalLocation"]);
    }
    let related = &results[1]["relatedLocations"][0];
    assert_eq!((&related["id"], &related["message"]["text"]), (&1.into(), &"a similar one".into()));
    check_place(&related["physicalLocation"]);
    let change = &results[1]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "evergreens");
    check_region(&change["replacements"][0]["deletedRegion"]);
}

fn check_place(place: &Value) {
    assert_eq!(place["artifactLocation"]["uri"], "content/blossom/better%20sleep%2C%20100%25.md");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "SRCROOT");
    check_region(&place["region"]);
}

fn check_region(region: &Value) {
    for key in ["startLine", "startColumn", "endLine", "endColumn"] {
        assert!(region[key].as_u64().is_some_and(|number| number >= 1), "{region}");
    }
}

fn shown(text: &str, word: &str) -> String {
    let path: Arc<str> = "content/a.md".into();
    let at = text.find(word).unwrap();
    let problem = Diagnostic::new(Code::LinkBroken, Place::new(&path, at..at + word.len()), "here");
    human::one(&problem, &SourceTexts::from([(path, text.into())]), human::Look::default())
}

#[test]
fn people_see_carets_below_wide_characters_and_tabs() {
    expect![[r#"
        error[link-broken]: here
         --> content/a.md:1:9
          |
        1 | 跑者    [按摩](compost.md)
          |                ^^^^^^^^^^"#]]
    .assert_eq(&shown("跑者\t[按摩](compost.md)\n", "compost.md"));
}

#[test]
fn people_see_the_piece_of_a_long_line_that_matters() {
    let line = format!("{}wrong{}\n", "word ".repeat(20_000), " word".repeat(20_000));
    let report = shown(&line, "wrong");
    assert!(report.contains("wrong") && report.contains("^^^^^"), "{report}");
    assert!(report.lines().all(|line| line.chars().count() < 200), "{report}");
}

#[test]
fn errors_are_shown_before_the_rest_is_counted() {
    let path: Arc<str> = "content/a.md".into();
    let mut problems: Vec<_> =
        (0..80).map(|n| Diagnostic::new(Code::HtmlRaw, Place::new(&path, n..n), format!("{n}"))).collect();
    problems.push(Diagnostic::new(Code::LinkBroken, Place::new(&path, 90..90), "the only error"));
    let report = human::report(&problems, &SourceTexts::from([(path, " ".repeat(100).into())]), human::Look::default());
    assert!(report.starts_with("error[link-broken]: the only error"), "{report}");
    assert!(report.ends_with("... and 31 more html-raw in content/a.md (31)\n\n1 error, 80 warnings"), "{report}");
}

#[test]
fn a_fix_carries_what_it_replaces() {
    let (problems, _) = problems();
    let fix = problems[1].fix.as_ref().unwrap();
    let Fix { was, replacement, .. } = fix;
    assert_eq!((was.as_str(), replacement.as_str()), (" evergrens", "evergreens"));
}

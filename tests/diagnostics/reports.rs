//! The examples of `limber explain` are true: each project raises exactly the report that is written below it.

use std::fs;
use std::path::PathBuf;

use limber::diagnostics::Code;

use crate::project::Project;

/// Codes that no project alone can raise, with the reason.
const WITHOUT_EXAMPLE: &[(Code, &str)] =
    &[(Code::LimberBug, "it takes a mistake of the program"), (Code::LinkExternalBroken, "it takes another site")];

#[test]
fn every_example_raises_exactly_its_report() {
    let mut wrong = String::new();
    for code in Code::ALL {
        let text = code.explanation();
        let example = Example::of(text);
        assert!(text.starts_with(&format!("# {}\n", code.name())), "the heading of {}.md is its code", code.name());
        if WITHOUT_EXAMPLE.iter().any(|(without, _)| without == code) {
            assert_eq!(example.files.len(), 0, "{} has an example after all", code.name());
            continue;
        }
        let report = example.raise(*code);
        let raised = report.contains(&format!("[{}]", code.name())) || example.by_rule;
        if !raised {
            wrong.push_str(&format!(
                "{} is not raised: {report}
",
                code.name()
            ));
        }
        if report != example.report {
            wrong.push_str(&format!("{}.md says:\n{}but it raises:\n{report}\n", code.name(), example.report));
            update(*code, text, &report);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_explanation_has_a_reason_and_a_way_out() {
    for code in Code::ALL {
        let text = code.explanation();
        assert!(text.contains("\n## Way out\n"), "{}.md has no way out", code.name());
        let before = text.split("\n## ").next().unwrap_or_default();
        assert!(before.split_whitespace().count() > 12, "{}.md does not say why", code.name());
    }
}

#[test]
fn every_problem_of_the_examples_has_a_way_out() {
    for code in Code::ALL {
        let project = Example::of(code.explanation()).project();
        for problem in project.check(Some("2026-03-04")).0 {
            assert!(!problem.help.is_empty(), "{}.md: no way out of `{}`", code.name(), problem.message);
        }
    }
}

/// Writes the new report where the old one stood, when asked to.
fn update(code: Code, text: &str, report: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_none() {
        return;
    }
    let (before, rest) = text.split_once("```report").expect("the example has a report");
    let (day, rest) = rest.split_once('\n').expect("the report has lines");
    let (_, after) = rest.split_once("```").expect("the report is closed");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/diagnostics/{}.md", code.name()));
    fs::write(path, format!("{before}```report{day}\n{report}```{after}")).expect("the explanation can be written");
}

/// The example of an explanation: fenced files whose info string ends in a path, and the report.
#[derive(Default)]
struct Example<'a> {
    files: Vec<(&'a str, &'a str, String)>,
    report: String,
    as_of: Option<&'a str>,
    by_rule: bool,
}

impl<'a> Example<'a> {
    fn of(text: &'a str) -> Self {
        let mut example = Self::default();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if ticks < 3 {
                continue;
            }
            let fence = &line[..ticks];
            let inside: String =
                lines.by_ref().take_while(|line| *line != fence).map(|line| format!("{line}\n")).collect();
            let (sort, path) = line[ticks..].split_once(' ').unwrap_or((&line[ticks..], ""));
            match (sort, path) {
                ("report", day) => {
                    (example.report, example.as_of) = (inside, Some(day).filter(|day| !day.is_empty()));
                }
                (_, "") => {}
                (sort, path) => {
                    example.by_rule |= inside.contains("\nrules:");
                    example.files.push((sort, path, inside));
                }
            }
        }
        example
    }

    fn project(&self) -> Project {
        let project = Project::new([]);
        for (sort, path, text) in &self.files {
            match *sort {
                "bytes" => project.write(path, unescaped(text.trim_end())),
                "length" => lengthen(&project, path, text.trim().parse().expect("a length is a number")),
                "link" => link(&project, path, text.trim()),
                "folder" => folder(&project, path),
                "pipe" => pipe(&project, path),
                "remove" => fs::remove_file(project.root().join(path)).expect("the file is there"),
                _ => project.write(path, text),
            }
        }
        project
    }

    fn raise(&self, code: Code) -> String {
        // Small examples would get much advice: only their own examples show it.
        self.project().report(self.as_of, |other| other != code && other.is_advice())
    }
}

/// Bytes that a Markdown file cannot hold: `\xff`, `\0`.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        match (first, more) {
            (b'\\', [b'0', after @ ..]) => {
                bytes.push(0);
                rest = after;
            }
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).expect("digits are ASCII");
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    bytes
}

fn lengthen(project: &Project, path: &str, length: u64) {
    project.write(path, "");
    let file = fs::File::options().write(true).open(project.root().join(path)).expect("the file can be opened");
    file.set_len(length).expect("the file can be made longer");
}

fn folder(project: &Project, path: &str) {
    let _ = fs::remove_file(project.root().join(path));
    fs::create_dir_all(project.root().join(path)).expect("folders can be made");
}

fn link(project: &Project, path: &str, target: &str) {
    project.write(path, "");
    let path = project.root().join(path);
    fs::remove_file(&path).expect("the file is there");
    std::os::unix::fs::symlink(target, path).expect("links can be made");
}

fn pipe(project: &Project, path: &str) {
    project.write(path, "");
    let path = project.root().join(path);
    fs::remove_file(&path).expect("the file is there");
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("there is a program mkfifo");
    assert!(made.success());
}

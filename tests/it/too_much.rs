//! Too much of everything: it takes its time in proportion, and the report stays readable.

use std::fmt::Write;

use limber::diagnostics::Code;
use limber::diagnostics::human;

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
kinds: {note: {fields: {level: {type: choice, of: [low, high]}}}}
relations: [{one: note.see, symmetric: true}]
pages: {a_z: false, search: false}
//- content/page.md
---
title: Page
---
";

#[test]
fn lists_and_quotes_nest_only_so_deep() {
    for (opening, times) in [("> ", 10_000), ("- ", 10_000), ("1. ", 10_000), ("> - ", 5_000)] {
        let drawn = site(&format!("{SITE}{}x\n", opening.repeat(times)));
        let found: Vec<_> = drawn.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(found, [Code::MarkdownTooDeep], "{opening}");
    }
}

#[test]
fn brackets_stars_and_backticks_without_end_take_no_time() {
    for part in [
        "[",
        "![",
        "[[",
        "*a ",
        "**a _b ",
        "`",
        "<",
        "<a ",
        "&",
        "[^",
        "[@",
        "~~",
        "|",
        "[a](",
        "<!--",
        "\\",
        "[a][",
        "> [!NOTE]\n",
    ] {
        let drawn = site(&format!("{SITE}{}\n", part.repeat(5_000)));
        assert!(drawn.files.contains_key("page/index.html"), "{part}");
    }
}

#[test]
fn words_without_end_are_passed_over_once() {
    let terms = "//- content/terms.yaml\none: {title: 1-1 drill}\ntwo: {title: --- x}\nthree: {title: ___ x}\n";
    let site = SITE.replace("kinds: {", "kinds: {term: {url: '/glossary/#{slug}', term_links: all}, ");
    for part in
        ["1-", "--", "_", "é", "a", "1-1 ", " *a", " `a", "a** ", "-__a", "#1 ", "{: #1 ", "\\(", "\\[ ", "\\begin{"]
    {
        let drawn = crate::harness::site(&format!("{site}{}x\n{terms}", part.repeat(100_000)));
        assert!(drawn.files.contains_key("page/index.html"), "{part}");
    }
}

#[test]
fn tags_of_templates_without_end_take_no_time() {
    let site = SITE.replacen("kinds:", "markdown: {template_tags: true}\nkinds:", 1);
    for part in [
        "{% a\n",
        "text {%\n\n",
        "{% highlight %}\n",
        "{% set a %}\n",
        "{: #1 ",
        "{: .a}",
        "`a` {% b %} {: .c} ",
        "{{ ",
        "{% comment %}\n",
    ] {
        for end in ["", "%}", "}}", "{% endset %}"] {
            let drawn = crate::harness::site(&format!("{site}{}{end}\n", part.repeat(8_000)));
            assert!(drawn.files.contains_key("page/index.html"), "{part}");
        }
    }
}

#[test]
fn thousands_of_equal_headings_get_ids_of_their_own() {
    let drawn = site(&format!("{SITE}{}", "# Steps\n\n## Steps 2\n\n".repeat(5_000)));
    let page = drawn.is_fine().file("page/index.html");
    let ids: std::collections::HashSet<&str> =
        page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    assert_eq!(ids.len(), 10_000);
}

#[test]
fn of_thousands_of_errors_the_first_are_shown_and_the_rest_is_counted() {
    let mut text = SITE.to_string();
    for n in 0..1_000 {
        writeln!(text, "//- content/notes/a-rather-long-name-{n}.md\n---\ntitle: Note {n}\nlevel: hihg\nsee: [a-rather-long-nam-{n}x]\n---\n[[no note {n}]]")
            .expect("it can be written");
    }
    let drawn = site(&text);
    assert_eq!(drawn.diagnostics.len(), 3_000);
    assert_eq!(drawn.diagnostics.iter().filter(|found| found.code == Code::LinkBroken).count(), 1_000);
    let report = human::report(&drawn.diagnostics, &human::SourceTexts::new(), human::Look::default());
    assert_eq!(report.matches("error[").count(), human::SHOWN);
    for more in ["984 more field-unknown-choice", "983 more link-broken", "983 more relation-unknown-target"] {
        assert!(
            report.contains(&format!("... and {more} in 98")),
            "{more} is not counted behind the first of its kind"
        );
    }
    assert!(report.ends_with("\n\n3000 errors"));
}

#[test]
fn thousands_of_errors_in_one_data_file_are_reported() {
    let mut text = SITE.replace("pages:", "# pages:") + "//- content/notes.yaml\n";
    for n in 0..3_000 {
        writeln!(text, "n{n}: {{title: Note {n}, level: hihg, lvel: low}}").expect("it can be written");
    }
    assert_eq!(site(&text).diagnostics.len(), 6_000);
}

#[test]
fn a_file_of_ten_megabytes_is_built() {
    let project = Project::new(SITE);
    project.write(
        "content/long.md",
        format!("---\ntitle: Long\n---\n{}", "Some words of a long text.\n\n".repeat(400_000)),
    );
    project.write("static/large.bin", vec![7; 50_000_000]);
    project.runs(&["build"]);
    assert_eq!(std::fs::metadata(project.path("public/large.bin")).expect("it is there").len(), 50_000_000);
}

#[test]
fn who_stops_reading_a_report_ends_it_without_a_crash() {
    let project = Project::new(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\n//- content/notes/a.md\n---\ntitle: A\nnoone: 1\n---\n",
    );
    for arguments in [&["check"][..], &["check", "--format", "json"], &["explain"], &["completions", "bash"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let mut command = project.command(arguments);
        command.stdout(writer.try_clone().expect("the pipe has two ends")).stderr(writer);
        let status = command.status().expect("the program can be started");
        let expected = if arguments[0] == "check" { 1 } else { 0 };
        assert_eq!(status.code(), Some(expected), "{arguments:?}");
    }
}

/// The most memory that a run held, in MiB, as it says itself.
fn peak(project: &Project, arguments: &[&str]) -> f64 {
    let said = project.runs(&[arguments, &["--timings"]].concat()).err;
    let line = said.lines().find(|line| line.trim_start().starts_with("peak")).unwrap_or_else(|| panic!("{said}"));
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{line}"))
}

#[test]
fn pictures_cost_no_memory_whatever_their_number() {
    let with_pictures = |pictures: usize| {
        let project = Project::bare("//- site.yaml\ntitle: Site\nchecks: {advice: off}\nkinds: {note: {}}\n");
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x64\0\0\0\x50\x08\x02\0\0\0".to_vec();
        bytes.resize(1 << 20, 7);
        let (mut beside, mut below) = (String::new(), String::new());
        for picture in 0..pictures {
            bytes[100..108].copy_from_slice(&picture.to_le_bytes());
            let (folder, text) =
                if picture % 2 == 0 { ("content/notes", &mut beside) } else { ("static/img", &mut below) };
            project.write(&format!("{folder}/p{picture}.png"), &bytes);
            let address = if picture % 2 == 0 { "" } else { "/img/" };
            writeln!(text, "![x]({address}p{picture}.png)\n").unwrap();
        }
        project.write("content/notes/a.md", format!("---\ntitle: A\n---\n{beside}{below}"));
        let build = peak(&project, &["build"]);
        let in_place = peak(&project, &["build", "--in-place", "--base-url", "https://other.example/"]);
        (build, in_place, peak(&project, &["check"]))
    };
    let (few, many) = (with_pictures(4), with_pictures(80));
    for (few, many) in [(few.0, many.0), (few.1, many.1), (few.2, many.2)] {
        assert!(many < few + 16.0, "{few} MiB with 4 pictures of 1 MiB, {many} MiB with 80");
    }
}

#[test]
fn names_that_no_disk_holds_are_reported_before_anything_is_written() {
    for length in [180, 200, 235, 245, 251] {
        let name = "a".repeat(length);
        for files in [
            format!("//- content/notes/{name}.md\n---\ntitle: A\n---\n"),
            format!("//- content/notes/a.md\n---\ntitle: A\ntags: [{name}]\n---\n"),
            format!("//- content/notes/a.md\n---\ntitle: A\nredirect_from: [/{name}/]\n---\n"),
            format!(
                "//- content/notes/a.md\n---\ntitle: A\n---\n![x]({name}.svg)\n//- content/notes/{name}.svg\n<svg/>\n"
            ),
        ] {
            let site = "//- site.yaml\ntitle: Site\nkinds: {note: {fields: {tags: {type: list, of: text}}}}\nchecks: {advice: off}\n";
            let project = Project::new(&format!("{site}{files}"));
            let (checked, built) = (project.run(&["check"]), project.run(&["build"]));
            assert_eq!(checked.code, built.code, "{length}: {}\n{}", checked.err, built.err);
            assert!(
                built.code == Some(0) || checked.out.contains("url-invalid") || checked.err.contains("url-invalid")
            );
        }
    }
}

#[test]
fn the_time_for_suggestions_grows_with_the_number_of_problems() {
    let names = |pages: usize| {
        let mut text = SITE.to_string();
        for n in 0..pages {
            write!(
                text,
                "//- content/notes/about-advanced-methods-{n}.md\n---\ntitle: About advanced methods {n}\n---\n\
                 [a](about-advanced-method-{n}.md) [[abuot-advanced-methods-{n}]]\n"
            )
            .unwrap();
        }
        text
    };
    let headings = |pages: usize| {
        let mut text = SITE.to_string();
        (0..pages).for_each(|n| write!(text, "## Head of part {n}\n\n").unwrap());
        for n in 0..pages {
            write!(
                text,
                "//- content/notes/n{n}.md\n# N {n}\n\n[a](../page.md#head-of-prat-{n}) [[page#Head oh part {n}]]\n"
            )
            .unwrap();
        }
        text
    };
    let redirects = |pages: usize| {
        let mut lines = String::from("redirects:\n");
        for n in 0..pages * 2 {
            write!(lines, "  /of-old-{n}/: /notes/about-methods-{n}/\n  /as-named-{n}/: notes/about-{n}\n").unwrap();
        }
        let mut text = SITE.replacen("//- content", &format!("{lines}//- content"), 1);
        for n in (0..pages * 2).step_by(2) {
            let name = format!("about-methods-{n}");
            write!(text, "//- content/notes/{name}.md\n---\ntitle: {name}\naliases: [about-{n}]\n---\n").unwrap();
        }
        text
    };
    let seconds = |text: &str, code: Code, problems: usize| {
        #[expect(clippy::disallowed_methods, reason = "the test measures how long suggestions take")]
        let begin = std::time::Instant::now();
        let drawn = site(text);
        assert_eq!(drawn.diagnostics.iter().filter(|found| found.code == code).count(), problems);
        begin.elapsed().as_secs_f64()
    };
    // `each`: how many problems each page has.
    let in_proportion = |text: &dyn Fn(usize) -> String, code: Code, each: usize| {
        let (small, large) = (text(250), text(1000));
        let (mut few, mut many) = (f64::INFINITY, f64::INFINITY);
        // Other programs run beside this one, and only ever make it slower.
        for _ in 0..10 {
            few = few.min(seconds(&small, code, 250 * each));
            many = many.min(seconds(&large, code, 1000 * each));
            if many < few * 8.0 {
                return;
            }
        }
        panic!("{code:?}: {few} s for 250 pages, {many} s for 1,000");
    };
    in_proportion(&names, Code::LinkBroken, 2);
    in_proportion(&headings, Code::LinkBrokenHeading, 2);
    in_proportion(&redirects, Code::RedirectBroken, 3);
}

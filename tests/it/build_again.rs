//! A build after a build: why pages are drawn again, and what is said when nothing has changed.

use crate::harness::Project;

const SITE: &str = r#"
//- site.yaml
title: Shed
base_url: https://shed.example/
language: en
checks: {advice: off}
kinds:
  tool:
    plural: tools
    title: Tools
    url: /tools/{slug}/
    index: {title: All tools, intro: Things to roll with}
    fields: {price: integer}
  job:
    plural: jobs
    title: Jobs
    url: /jobs/{slug}/
relations:
  - {one: job.tools, other: tool.jobs, labels: [Tools to take, Good for]}
//- content/tools/bulb.md
---
title: Bulb
price: 3
---
A bulb rolls.
//- content/tools/stick.md
---
title: Stick
---
A stick rubs.
//- content/jobs/clover.md
---
title: Clover
tools: [bulb]
---
Soft clover.
//- static/site.css
body {}
//- content/index.md
---
title: Home
---
//- templates/home.html
<main></main>
"#;

/// Builds with `--explain`; each line that was said of a page, without those of files that are not pages.
fn explained(project: &Project) -> Vec<String> {
    let lines = project.runs(&["build", "--explain"]).out;
    lines.lines().filter(|line| line.contains(".html: ")).map(str::to_string).collect()
}

#[test]
fn every_page_that_is_drawn_again_has_its_reason() {
    let project = Project::new(SITE);
    project.runs(&["build"]);
    assert_eq!(explained(&project), [""; 0]);

    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nprice: 3\n---\nA bulb rolls on.\n");
    assert_eq!(explained(&project), ["tools/bulb/index.html: content/tools/bulb.md"]);

    project.write("content/tools/bulb.md", "---\ntitle: Bulb\nprice: 4\n---\nA bulb rolls on.\n");
    let expected = [
        "jobs/clover/index.html: card of tools/bulb: price",
        "tools/bulb/index.html: content/tools/bulb.md",
        "tools/index.html: card of tools/bulb: price",
    ];
    assert_eq!(explained(&project), expected);

    project.write("content/jobs/clover.md", "---\ntitle: Clover\ntools: [bulb, stick]\n---\nSoft clover.\n");
    let expected = [
        "jobs/clover/index.html: content/jobs/clover.md",
        "jobs/index.html: `entries`, from content/jobs/clover.md",
        "tools/index.html: `entries`",
        "tools/stick/index.html: `relations`, from content/jobs/clover.md",
    ];
    assert_eq!(explained(&project), expected);

    project.write("content/tools/pruner.md", "---\ntitle: Pruner\n---\nA pruner rolls.\n");
    let expected = [
        "a-z/index.html: card of tools/pruner: new",
        "index.html: `home`",
        "search/index.html: card of tools/pruner: new",
        "tools/index.html: card of tools/pruner: new",
        "tools/pruner/index.html: new",
    ];
    assert_eq!(explained(&project), expected);

    let index = project.read("templates/index.html");
    project.write("templates/index.html", index.replace("<main>", "<main class=\"list\">"));
    let expected = ["jobs/index.html: templates/index.html", "tools/index.html: templates/index.html"];
    assert_eq!(explained(&project), expected);

    project.remove("public/tools/bulb/index.html");
    assert_eq!(explained(&project), ["tools/bulb/index.html: the file in the output was changed or removed"]);

    project.write("static/site.css", "body { margin: 0 }");
    let all = explained(&project);
    assert!(all.len() > 5 && all.iter().all(|line| line.ends_with(": static/site.css")), "{all:?}");
}

#[test]
fn every_page_has_the_new_words_of_the_site() {
    let project = Project::new("//- site.yaml\ntitle: Shed\n//- content/a.md\n# A\n\nWords.\n");
    project.runs(&["build"]);
    for (path, text, reason) in [
        ("site.yaml", "title: Shed\ntexts: {search: Seek}\n", "site.yaml"),
        ("texts/en.yaml", "footer: The end of it\n", "texts/en.yaml"),
    ] {
        project.write(path, text);
        let all = explained(&project);
        assert!(all.len() > 2 && all.iter().all(|line| line.ends_with(&format!(": {reason}"))), "{all:?}");
        project.runs(&["build", "--out", "fresh"]);
        assert_eq!(project.bytes("public"), project.bytes("fresh"));
    }
    assert!(project.read("public/index.html").contains("Seek"));
}

#[test]
fn without_a_build_before_there_is_nothing_to_compare_with() {
    let project = Project::new(SITE);
    let all = explained(&project);
    assert!(all.len() > 5, "{all:?}");
    assert!(all.iter().all(|line| line.ends_with(": no build before has told what it was made from")), "{all:?}");
}

#[test]
fn warnings_are_said_again_though_nothing_has_changed() {
    let project = Project::new(SITE);
    project.write("content/tools/bulb.md", "---\ntitle: Bulb\n---\n<b>A bulb</b> rolls.\n");
    let first = project.runs(&["build"]).err;
    assert!(first.contains("warning[html-raw]"), "{first}");
    let before = project.tree("public");
    let second = project.runs(&["build"]).err;
    let report = |text: &str| text.trim_end().rsplit_once('\n').expect("a report and a last line").0.to_string();
    assert_eq!(report(&first), report(&second));
    assert!(second.contains("nothing had changed"), "{second}");
    assert_eq!(project.tree("public"), before);
    // The note is a help and no more: without it the site is looked at again.
    for file in std::fs::read_dir(project.path(&project.state("public"))).unwrap().flatten() {
        if file.file_name().to_string_lossy().ends_with(".problems") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let third = project.runs(&["build"]).err;
    assert_eq!(report(&first), report(&third));
    assert_eq!(project.tree("public"), before);
}

#[test]
fn notes_of_builds_long_gone_are_not_kept() {
    let project = Project::new(SITE);
    for round in 0..5 {
        project.write("content/tools/bulb.md", format!("---\ntitle: Bulb\n---\nRound {round}.\n"));
        project.runs(&["build"]);
    }
    let names = std::fs::read_dir(project.path(&project.state("public"))).unwrap().flatten();
    let notes = names.filter(|file| file.file_name().to_string_lossy().ends_with(".inputs")).count();
    assert_eq!(notes, 1, "that of the live site");
}

#[test]
fn what_a_text_calls_its_page_is_searched_for_at_the_next_build() {
    for (before, after) in
        [("# Old\n\nz\n", "# Leek soup\n\nz\n"), ("title:: Old\n\n- z\n", "title:: Old\nalias:: Porro\n\n- z\n")]
    {
        let project = Project::bare(
            "//- site.yaml\ntitle: T\nbase_url: https://example.org/\nmarkdown: {dialect: logseq}\nkinds: {note: {folder: docs}}\n",
        );
        project.write("docs/x.md", before);
        project.runs(&["build"]);
        project.write("docs/x.md", after);
        project.runs(&["build"]);
        project.runs(&["build", "--out", "new"]);
        assert!(project.bytes("public") == project.bytes("new"), "{after}");
    }
}

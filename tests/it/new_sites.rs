//! New sites, and sites that would become empty.

use std::fs;

use crate::harness::Project;

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
";

/// A site with so many tools.
fn with_tools(tools: usize) -> Project {
    let project = Project::bare(SITE);
    for tool in 0..tools {
        project.write(&format!("content/tools/t{tool}.md"), format!("---\ntitle: Tool {tool}\n---\nx\n"));
    }
    project.runs(&["build"]);
    project
}

#[track_caller]
fn stops(project: &Project, reason: &str) {
    let before = project.tree("public");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains(reason) && ran.err.contains("--allow-removals"), "{}", ran.err);
    assert!(ran.err.ends_with("nothing was written: the last good site stays\n"), "{}", ran.err);
    assert_eq!(project.tree("public"), before);
    project.runs(&["build", "--allow-removals"]);
    project.runs(&["build"]);
}

#[test]
fn a_site_is_not_replaced_by_nothing() {
    let project = with_tools(30);
    fs::remove_dir_all(project.path("content")).expect("it is there");
    stops(&project, "the site has no entries");
    assert!(!project.path("public/tools/t1/index.html").exists(), "it was meant");
    // A checkout without its texts has nothing to compare with, and is no site either.
    let project = Project::bare(SITE);
    fs::remove_dir_all(project.path("content")).expect("it is there");
    let ran = project.run(&["build"]);
    assert!(ran.code == Some(1) && !project.path("public").exists(), "{}", ran.err);
}

#[test]
fn a_site_without_a_written_home_page_gets_one_that_lists_what_there_is() {
    let project = with_tools(3);
    project.remove("content/index.md");
    project.runs(&["build"]);
    let home = project.read("public/index.html");
    assert!(home.contains(r#"<span class="n">3</span> <a href="/tools/">Tools</a>"#), "{home}");
    for tool in 0..3 {
        assert!(home.contains(&format!(r#"<a href="/tools/t{tool}/">Tool {tool}</a>"#)), "{home}");
    }
}

#[test]
fn a_site_does_not_lose_most_of_its_pages_in_silence() {
    let project = with_tools(30);
    (0..28).for_each(|tool| project.remove(&format!("content/tools/t{tool}.md")));
    stops(&project, "28 of 3");
    // A few pages, or fewer than half, go without a word.
    let project = with_tools(30);
    (0..9).for_each(|tool| project.remove(&format!("content/tools/t{tool}.md")));
    project.runs(&["build"]);
    let project = with_tools(9);
    (0..8).for_each(|tool| project.remove(&format!("content/tools/t{tool}.md")));
    project.runs(&["build"]);
}

#[test]
fn a_fresh_clone_becomes_a_site_and_nothing_in_it_is_replaced() {
    let project = Project::bare("//- README.md\nMine.\n//- LICENSE\nMine.\n//- .git/config\nMine.\n//- .DS_Store\nx\n");
    project.write(".gitignore", "/target\n/public/\n");
    project.runs(&["init", "."]);
    for file in ["README.md", "LICENSE", ".git/config"] {
        assert_eq!(project.read(file), "Mine.\n");
    }
    assert_eq!(project.read(".gitignore"), "/target\n/public/\n/.limber\n");
    project.runs(&["init", "."]);
    project.runs(&["build"]);
    project.write("content/index.md", "---\ntitle: Edited\n---\n");
    let ran = project.run(&["init", "."]);
    assert!(ran.code == Some(2) && ran.err.contains("it holds `content/index.md`"), "{}", ran.err);
    assert_eq!(project.read("content/index.md"), "---\ntitle: Edited\n---\n");
    let other = Project::bare("//- thesis.doc\nMine.\n");
    let ran = other.run(&["init", "."]);
    assert!(ran.code == Some(2) && ran.err.contains("it holds `thesis.doc`"), "{}", ran.err);
    assert_eq!(fs::read_dir(other.root()).expect("it is there").count(), 1);
}

#[test]
fn what_is_dated_later_is_held_back_only_for_a_day_that_is_named() {
    let project = Project::bare(SITE);
    let text = |title: &str, day: &str| format!("---\ntitle: {title}\ndate: {day}\n---\nx\n");
    project.write("content/tools/old.md", text("Old", "2026-03-03"));
    project.write("content/tools/today.md", text("Today", "2026-03-04"));
    project.write("content/tools/later/index.md", text("Laterword", "2026-03-05"));
    project.write("content/tools/later/plan.pdf", "laterword");
    project.write("content/tools/link.md", "---\ntitle: Link\n---\nSee [the next one](later/index.md).\n");
    project.runs(&["build"]);
    assert!(project.path("public/tools/later/index.html").exists(), "nothing depends on the day of the build");
    project.runs(&["build", "--as-of", "2026-03-04"]);
    assert!(project.path("public/tools/today/index.html").exists());
    let files = project.bytes("public");
    let tells = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("laterword");
    let names: Vec<_> = files.iter().filter(|(_, bytes)| tells(bytes)).map(|(name, _)| name).collect();
    assert!(names.is_empty(), "{names:?}");
    assert!(project.read("public/tools/link/index.html").contains("See the next one."));
    project.runs(&["build", "--as-of", "2026-03-05"]);
    assert!(project.path("public/tools/later/index.html").exists());
}

#[test]
fn a_site_of_drafts_alone_is_no_site_and_check_says_so_as_build_does() {
    let project = Project::bare(SITE);
    fs::remove_dir_all(project.path("content")).expect("it is there");
    project.write("content/tools/one.md", "---\ntitle: One\ndraft: true\n---\n");
    for command in ["check", "build"] {
        let ran = project.run(&[command]);
        assert_eq!(ran.code, Some(1), "{command}: {}", ran.err);
        assert!(ran.err.contains("the site has no entries: its only one is a draft"), "{command}: {}", ran.err);
    }
}

//! The pages on which people read something else than at a revision.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use limber::compared::{CauseKind, ChangedPage, PageState, SiteState, compare};
use limber::engine::Engine;
use limber::markup::visible::{PagePart, visible};
use limber::model::options::Options;
use limber::model::source::Sources;
use limber::stages::load::load;
use limber::timings::Timings;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::harness::{Project, draw};
use crate::unable::{Lacks, unable};

const SITE: &str = r#"//- site.yaml
title: Shed
checks: {advice: off}
kinds:
  tool: {}
  job: {}
  word: {url: '/words/#{slug}', term_links: all, fields: {meaning: {type: markdown, required: true}}}
relations:
  - {one: job.tools, other: tool.jobs, labels: [Needs, Needed for], fields: {note: text}}
matrices:
  - {url: /grid/, rows: job, columns: tool, via: job.tools}
//- templates/blocks/all-words.html
{% for word in entries %}<p id="{{ word.slug }}">{{ word.title }}: {{ word.fields.meaning }}</p>{% endfor %}
//- templates/tool.html
{% extends "theme/entry.html" %}
//- content/tools/bulb.md
---
title: Bulb
---
A bulb rolls.
//- content/tools/rake.md
---
title: Rake
---
Rakes rake.
//- content/jobs/dig.md
---
title: Dig
tools: [{to: rake, note: old}]
---
See [[bulb]].
//- content/words.yaml
soil: {title: Soil, meaning: What is below.}
//- content/words.md
---
title: Words
---
```all-words
entries: word
```
"#;

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Ann", "-c", "user.email=ann@shed.example", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .expect("git can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Whether there is git to test with.
fn has_git() -> bool {
    let found = Command::new("git").arg("--version").output().is_ok();
    if !found {
        unable(Lacks::Package("git", "install the package `git`"));
    }
    found
}

/// A project whose first state is committed.
fn committed() -> Project {
    let project = Project::bare(SITE);
    git(project.root(), &["init", "-q"]);
    git(project.root(), &["add", "."]);
    git(project.root(), &["commit", "-q", "-m", "first"]);
    project
}

fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "`{from}` is not in {path}");
    project.write(path, text.replace(from, to));
}

/// The files of a site with the theme, as they are loaded from disk.
fn loaded(text: &str) -> Sources {
    load(Project::bare(text).root(), None).0
}

/// The causes of each page, by address.
fn causes(before: &str, after: &str) -> BTreeMap<String, Vec<CauseKind>> {
    let pages = compared(&loaded(before), &loaded(after));
    pages.into_iter().map(|page| (page.url, page.causes.into_iter().map(|cause| cause.cause).collect())).collect()
}

fn compared(before: &Sources, after: &Sources) -> Vec<ChangedPage> {
    let mut engine = Engine::new(Options::default());
    let old = engine.update(before, Vec::new(), &mut Timings::default());
    let new = engine.update(after, Vec::new(), &mut Timings::default());
    let (Some(old), Some(new)) = (&old.ready, &new.ready) else { panic!("both can be put together") };
    compare(SiteState { ready: old, sources: before }, SiteState { ready: new, sources: after })
}

#[test]
fn an_edit_shows_its_own_page_and_every_other_that_says_something_else() {
    if !has_git() {
        return;
    }
    let project = committed();
    edit(&project, "content/jobs/dig.md", "note: old", "note: worn out");
    let ran = project.runs(&["diff"]);
    assert_eq!(
        ran.out,
        "the page itself was edited:\n  /jobs/dig/  from content/jobs/dig.md\n    [-old-]{+worn out+}\n\n\
         another entry names it in a relation:\n  /tools/rake/  from content/jobs/dig.md\n    [-old-]{+worn out+}\n\n\
         lists and matrices:\n  /grid/  from content/jobs/dig.md\n    [-old-]{+worn out+}\n"
    );
    assert!(ran.err.contains("3 pages say something else than at HEAD; 0 new, 0 gone"), "{}", ran.err);
    assert!(project.runs(&["diff", "HEAD", "--quiet"]).err.is_empty());
}

#[test]
fn nothing_of_the_repository_is_touched() {
    if !has_git() {
        return;
    }
    let project = committed();
    edit(&project, "content/jobs/dig.md", "note: old", "note: new");
    git(project.root(), &["add", "content/jobs/dig.md"]);
    edit(&project, "content/jobs/dig.md", "note: new", "note: newer");
    let before = project.bytes("");
    project.runs(&["diff"]);
    let after = project.bytes("");
    let differ: Vec<_> = before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).collect();
    assert!(differ.is_empty() && before.len() == after.len(), "{differ:?}");
}

#[test]
fn each_cause_has_its_name() {
    let of = |from: &str, to: &str| {
        assert!(SITE.contains(from), "{from}");
        causes(SITE, &SITE.replace(from, to))
    };
    let changed = of("See [[bulb]].", "See nothing.");
    assert_eq!(changed["/jobs/dig/"], [CauseKind::OwnEdit]);
    assert_eq!(changed["/tools/bulb/"], [CauseKind::Mention]);
    let changed = of("title: Bulb", "title: Big bulb");
    assert_eq!(changed["/tools/bulb/"], [CauseKind::OwnEdit]);
    assert_eq!(changed["/jobs/dig/"], [CauseKind::RelatedEntry]);
    assert_eq!(changed["/grid/"], [CauseKind::List]);
    let changed = of("What is below.", "What is under us.");
    assert_eq!(changed["/words/"], [CauseKind::Glossary]);
    let changed = of(
        "{% extends \"theme/entry.html\" %}",
        "{% extends \"theme/entry.html\" %}{% block meta %}<p>new</p>{% endblock meta %}",
    );
    assert_eq!(changed["/tools/bulb/"], [CauseKind::Template]);
    assert!(!changed.contains_key("/jobs/dig/"));
    let changed = of("title: Shed", "title: Shop");
    assert_eq!(changed["/tools/bulb/"], [CauseKind::Site]);
    let changed = of("//- content/tools/rake.md", "//- content/tools/fork.md");
    assert_eq!(changed["/tools/fork/"], [CauseKind::OwnEdit]);
    assert_eq!(changed["/tools/rake/"], [CauseKind::OwnEdit]);
}

#[test]
fn reports_for_programs_reviewers_and_pull_requests() {
    if !has_git() {
        return;
    }
    let project = committed();
    edit(&project, "content/jobs/dig.md", "note: old", "note: <b>new</b>");
    let json: serde_json::Value = serde_json::from_str(&project.runs(&["diff", "--format", "json"]).out).unwrap();
    assert_eq!(json["revision"], "HEAD");
    let page = json["pages"].as_array().unwrap().iter().find(|page| page["url"] == "/tools/rake/").unwrap();
    assert_eq!(page["state"], "changed");
    assert_eq!(page["causes"][0]["cause"], "inverse-edge");
    assert_eq!(page["changes"][0]["before"][0], "old");
    assert_eq!(page["changes"][0]["after"][0], "<b>new</b>");
    let html = project.runs(&["diff", "--format", "html"]).out;
    assert!(html.contains("<p><del>old</del><ins>&lt;b&gt;new&lt;/b&gt;</ins></p>"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<link") && !html.contains("src="), "{html}");
    let github = project.runs(&["diff", "--format", "github"]).out;
    assert!(github.contains("::notice file=content/jobs/dig.md,line=1,title=pages that change::2 other pages say something else after this edit: /grid/, /tools/rake/\n"), "{github}");
}

#[test]
fn each_reason_why_nothing_can_be_compared_is_its_own() {
    if !has_git() {
        return;
    }
    let project = Project::bare(SITE);
    let fails = |project: &Project, arguments: &[&str], code: i32, said: &str| {
        let ran = project.run(arguments);
        assert_eq!(ran.code, Some(code), "{}", ran.err);
        assert!(ran.err.contains(said), "{}", ran.err);
    };
    fails(&project, &["diff"], 2, "lies in no git repository");
    git(project.root(), &["init", "-q"]);
    fails(&project, &["diff"], 2, "there is no revision `HEAD`");
    let project = committed();
    fails(&project, &["diff", "v1"], 2, "there is no revision `v1`");
    fails(&project, &["diff", "--", "--help"], 2, "there is no revision `--help`");
    let without_git = project.command(&["diff"]).env("PATH", "/nowhere").output().expect("the program can be started");
    assert!(String::from_utf8_lossy(&without_git.stderr).contains("git is not there"));
    git(project.root(), &["tag", "first"]);
    project.write("site.yaml", "title: [\n");
    fails(&project, &["diff"], 1, "the site cannot be put together, so nothing is compared");
    git(project.root(), &["commit", "-q", "-a", "-m", "broken"]);
    git(project.root(), &["checkout", "-q", "first", "--", "site.yaml"]);
    fails(&project, &["diff", "HEAD"], 1, "the site of HEAD cannot be put together");
    project.runs(&["diff", "first"]);
}

#[test]
fn a_revision_with_errors_is_compared_as_far_as_it_can_be_drawn() {
    if !has_git() {
        return;
    }
    let project = committed();
    edit(&project, "content/jobs/dig.md", "[[bulb]]", "[[nothing]]");
    git(project.root(), &["commit", "-q", "-a", "-m", "wrong"]);
    edit(&project, "content/jobs/dig.md", "[[nothing]]", "[[rake]]");
    let ran = project.runs(&["diff"]);
    assert!(ran.err.contains("warning: the site of HEAD has errors (content/jobs/dig.md: "), "{}", ran.err);
    assert!(ran.out.contains("/jobs/dig/"), "{}", ran.out);
}

#[test]
fn a_project_in_a_folder_and_a_shallow_clone() {
    if !has_git() {
        return;
    }
    let outer = Project::bare("");
    outer.write("readme.txt", "nothing");
    git(outer.root(), &["init", "-q"]);
    git(outer.root(), &["add", "."]);
    git(outer.root(), &["commit", "-q", "-m", "zero"]);
    for (path, text) in Project::bare(SITE).bytes("") {
        outer.write(&format!("docs/site/{path}"), text);
    }
    git(outer.root(), &["add", "."]);
    git(outer.root(), &["commit", "-q", "-m", "first"]);
    edit(&outer, "docs/site/content/jobs/dig.md", "note: old", "note: new");
    let ran = outer.runs(&["--root", "docs/site", "diff", "--format", "github"]);
    assert!(ran.out.contains("file=docs/site/content/jobs/dig.md,"), "{}", ran.out);
    let ran = outer.run(&["--root", "docs/site", "diff", "HEAD~1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("at HEAD~1 there was no folder `docs/site`"), "{}", ran.err);
    let clone = Project::bare("");
    let from = format!("file://{}", outer.root().display());
    git(clone.root(), &["clone", "-q", "--depth", "1", &from, "copy"]);
    let ran = clone.run(&["--root", "copy/docs/site", "diff", "HEAD~1"]);
    assert!(ran.err.contains("`HEAD~1` is not in this clone: it is a shallow one"), "{}", ran.err);
}

/// The pages of HTML whose visible text differs, or that are in one build alone.
fn by_bytes(before: &Sources, after: &Sources) -> BTreeSet<String> {
    let [old, new] = [before, after].map(|sources| {
        let files = draw(sources, Options::default()).files.into_iter();
        let pages = files.filter(|(path, text)| path.ends_with(".html") && !text.is_empty());
        pages.map(|(path, html)| (path, visible(&html, PagePart::Page))).collect::<BTreeMap<_, _>>()
    });
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    paths.into_iter().filter(|path| old.get(*path) != new.get(*path)).cloned().collect()
}

#[test]
fn the_list_of_pages_is_that_of_a_comparison_of_two_builds() {
    const EDITS: &[(&str, &str)] = &[
        ("title: Bulb", "title: Big bulb"),
        ("title: Rake", "title: Rake\naliases: [comb]"),
        ("note: old", "note: new"),
        ("See [[bulb]].", "See [[rake]] in the soil."),
        ("A bulb rolls.", "A bulb rolls in soil."),
        ("meaning: What is below.", "meaning: What is under [[bulb]]."),
        ("title: Shed", "title: Shop"),
        ("tools: [{to: rake, note: old}]", "tools: [bulb]"),
        ("title: Dig\n", "title: Dig\ndraft: true\n"),
        ("//- content/tools/rake.md", "//- content/tools/fork.md"),
        (
            "{% extends \"theme/entry.html\" %}",
            "{% extends \"theme/entry.html\" %}{% block meta %}<p>new</p>{% endblock meta %}",
        ),
        ("soil: {title: Soil", "soil: {title: Earth"),
        ("Rakes rake.", "Rakes rake.\n\n<!-- nothing -->"),
        ("relations:", "texts: {home: Start}\nrelations:"),
    ];
    let chosen = prop::collection::btree_set(0..EDITS.len(), 0..5);
    let config = ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() };
    let listed_in_all = Cell::new(0);
    let law = TestRunner::new(config).run(&(chosen.clone(), chosen), |(before, after)| {
        let text = |edits: &BTreeSet<usize>| {
            let edited = edits.iter().fold(SITE.to_string(), |text, at| text.replace(EDITS[*at].0, EDITS[*at].1));
            loaded(&edited)
        };
        let (before, after) = (text(&before), text(&after));
        let found = compared(&before, &after);
        let listed: BTreeSet<String> = found.iter().map(|page| limber::url::output_path(&page.url)).collect();
        prop_assert_eq!(&listed, &by_bytes(&before, &after));
        listed_in_all.set(listed_in_all.get() + listed.len());
        prop_assert!(found.iter().all(|page| !page.causes.is_empty()), "a page has no cause");
        let words = found.iter().filter(|page| page.state == PageState::Changed);
        prop_assert!(words.into_iter().all(|page| !page.changes.is_empty()), "a page has no words");
        Ok(())
    });
    law.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(listed_in_all.get() > 40, "most cases have changes");
}

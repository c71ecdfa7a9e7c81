//! The ledger of what was published: what it lists, what it misses, and which repairs follow.

use std::collections::BTreeMap;

use expect_test::expect;
use limber::engine::Engine;
use limber::ledger::{LEDGER, served};
use limber::model::options::Options;
use limber::stages::load::load;
use limber::timings::Timings;

use crate::harness::{Project, draw, fixture, sources};
use crate::random::{Random, number};

const SITE: &str = r#"//- site.yaml
title: Site
base_url: https://site.example/docs/
gone: [/notes/never-again/]
kinds:
  note: {plural: notes, url: "/notes/{slug}/", index: {title: Notes}, fields: {label: {type: text}}}
  word: {plural: words, url: "/words/#{slug}"}
blocks: {words: {}}
checks: {advice: off}
pages: {search: false, a_z: false}
//- templates/blocks/words.html
<p>words</p>
//- templates/gone.html
<main>{{ page.title }}</main>
//- content/notes/first.md
---
title: First
redirect_from: [/old/]
---
## One part

Some words that are enough to know the text by, wherever it may go, and whoever may be reading it then, on whatever day.

## Another {#other #before}
//- content/words.yaml
term: {title: Term}
//- content/pages/words.md
---
title: Words
---
```words
entries: word
```
//- content/notes/paper.pdf
not really
//- static/plan.pdf
not really
"#;

/// What the site of a project serves, as the ledger would list it.
fn ledger(project: &Project) -> String {
    let (sources, found) = load(project.root(), None);
    let snapshot = Engine::new(Options::default()).update(&sources, found, &mut Timings::default());
    let ready = snapshot.ready.as_ref().expect("the site can be put together");
    served(&ready.site, &ready.plan, &ready.assets).to_text()
}

/// A project with its ledger.
fn published(site: &str) -> Project {
    let project = Project::new(site);
    project.write(LEDGER, ledger(&project));
    project
}

#[test]
fn it_lists_what_others_may_have_linked_to() {
    expect![[r#"
        # Every address that this site has published: a line each, with a hash of its text and the ids on its page.
        # `limber publish` writes it. Keep it with the site: what is listed here has to lead somewhere for ever.
        base /docs/
        / page
        /graph.json
        /media/notes/paper.pdf
        /notes/ page
        /notes/first/ d24185be53608f4c #before #one-part #other
        /notes/never-again/ gone
        /old/ -> /notes/first/
        /plan.pdf
        /sitemap.xml
        /words/ page #term
    "#]]
    .assert_eq(&ledger(&Project::new(SITE)));
}

#[test]
fn a_site_that_has_all_of_it_has_no_problem() {
    published(SITE).drawn().is_fine();
}

#[test]
fn an_address_is_missed_when_its_page_goes_and_repaired_where_the_text_lives_on() {
    let project = published(SITE);
    let text = project.read("content/notes/first.md");
    project.remove("content/notes/first.md");
    project.write("content/notes/second.md", text.replace("redirect_from: [/old/]\n", ""));
    project.drawn().reports(&expect![[r#"
        urls.txt:8:1: error[url-vanished]: `/notes/first/` was published, and no page has this address any more
          help: another entry has the same text now: write `redirect_from: [/notes/first/]` in content/notes/second.md
          help: or say in site.yaml that it is gone for good: `gone: [/notes/first/]`
        urls.txt:10:1: error[url-vanished]: `/old/` led to `/notes/first/`, and leads nowhere now
          help: the entry to which it led is still there: write `redirect_from: [/old/]` in content/notes/second.md
          help: or say in site.yaml that it is gone for good: `gone: [/old/]`
    "#]]);
    project.runs(&["check", "--fix"]);
    expect![[r#"
        ---
        title: First
        redirect_from: [/notes/first/, /old/]
        ---
        ## One part

        Some words that are enough to know the text by, wherever it may go, and whoever may be reading it then, on whatever day.

        ## Another {#other #before}
    "#]].assert_eq(&project.read("content/notes/second.md"));
    project.drawn().is_fine();
}

#[test]
fn a_redirect_that_goes_is_put_back_where_it_stood() {
    let project = published(SITE);
    for written in
        ["label: x\n", "redirect_from: /mine/\n", "redirect_from:\n  - /mine/\n", "redirect_from: [ /mine/ ]\n"]
    {
        let text = project.read("content/notes/first.md");
        let changed = SITE.split("//- content/notes/first.md\n").nth(1).unwrap().split("//- ").next().unwrap();
        project.write("content/notes/first.md", changed.replace("redirect_from: [/old/]\n", written));
        assert!(project.drawn().problems().contains("url-vanished"), "{written}");
        project.runs(&["check", "--fix"]);
        project.drawn().is_fine();
        let new = project.read("content/notes/first.md");
        assert!(new.contains("/old/") && new.len() > text.len() - 10, "{new}");
    }
}

#[test]
fn an_id_is_missed_when_it_goes_and_kept_by_a_second_one() {
    let project = published(SITE);
    let text = project.read("content/notes/first.md");
    project.write("content/notes/first.md", text.replace("## One part", "## A part").replace(" #before", ""));
    project.write("content/words.yaml", "other: {title: Term}\n");
    project.drawn().reports(&expect![[r#"
        urls.txt:8:32: error[heading-id-vanished]: the page `/notes/first/` has no `#before` any more, and it was published at `/notes/first/`
          help: keep it as a second id of the heading that took its place, in content/notes/first.md: `## Words {#new-id #before}`
          help: or say in site.yaml that it is gone for good: `gone: ["/notes/first/#before"]`
        urls.txt:8:40: error[heading-id-vanished]: the page `/notes/first/` has no `#one-part` any more, and it was published at `/notes/first/`
          help: keep it as a second id of the heading that took its place, in content/notes/first.md: `## Words {#new-id #one-part}`
          help: or say in site.yaml that it is gone for good: `gone: ["/notes/first/#one-part"]`
        urls.txt:13:14: error[heading-id-vanished]: the page `/words/` has no `#term` any more, and it was published at `/words/`
          help: keep it as a second id of the heading that took its place, in content/pages/words.md: `## Words {#new-id #term}`
          help: or say in site.yaml that it is gone for good: `gone: ["/words/#term"]`
    "#]]);
    project.write("content/notes/first.md", text.replace("## One part", "## A part {#a-part #one-part}"));
    project.write("content/words.yaml", "term: {title: Term}\n");
    let drawn = project.drawn();
    drawn.is_fine();
    assert!(drawn.main("/notes/first/").contains("<h2 id=\"a-part\"><span id=\"one-part\"></span>A part</h2>"));
}

#[test]
fn whoever_renames_a_heading_keeps_the_id_that_was_published() {
    for (name, heading) in
        [("a-part", "## One part {#a-part #one-part}"), ("New words", "## New words {#new-words #one-part}")]
    {
        let project = published(SITE);
        let ran = project.runs(&["rename", "notes/first#one-part", name]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(project.read("content/notes/first.md").contains(heading), "{}", project.read("content/notes/first.md"));
        project.drawn().is_fine();
    }
}

#[test]
fn whoever_renames_an_entry_keeps_its_address() {
    let project = published(SITE);
    let ran = project.runs(&["rename", "notes/first", "second"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    project.drawn().is_fine();
}

#[test]
fn another_base_path_is_one_message() {
    let project = published(SITE);
    project.write("site.yaml", project.read("site.yaml").replace("example/docs/", "example/"));
    project.drawn().reports(&expect![[r#"
        urls.txt:3:6: error[base-path-changed]: the site was published below `/docs/`, and now lives below `/`: every address changes
          site.yaml:2:11: where it lives now
          help: let the host lead everything below `/docs/` on, then write `base /` here
    "#]]);
}

#[test]
fn a_rule_of_the_host_keeps_an_address() {
    let project = published(SITE);
    project.remove("static/plan.pdf");
    assert!(project.drawn().problems().contains("url-vanished"));
    project.write("static/_redirects", "/docs/*.pdf /docs/notes/first/\n");
    project.drawn().is_fine();
}

#[test]
fn a_draft_is_no_reason_to_lose_an_address() {
    let project = published(SITE);
    let text = project.read("content/notes/first.md");
    project.write("content/notes/first.md", text.replace("title: First\n", "title: First\ndraft: true\n"));
    project.drawn().reports(&expect![[r#"
        urls.txt:6:1: error[url-vanished]: `/media/notes/paper.pdf` was published, and no page has this address any more
          help: write `redirect_from: [/media/notes/paper.pdf]` in the entry that took its place
          help: or say in site.yaml that it is gone for good: `gone: [/media/notes/paper.pdf]`
        urls.txt:8:1: error[url-vanished]: `/notes/first/` was published, and its entry is left out now: it is a draft, or dated later
          help: publish the entry, or let the address lead to another one with `redirect_from`
        urls.txt:10:1: error[url-vanished]: `/old/` was published, and its entry is left out now: it is a draft, or dated later
          help: publish the entry, or let the address lead to another one with `redirect_from`
    "#]]);
}

#[test]
fn nothing_is_missed_where_part_of_the_site_cannot_be_read() {
    let project = published(SITE);
    project.write("content/words.yaml", "term: [\n");
    assert!(!project.drawn().problems().contains("vanished"), "{}", project.drawn().problems());
}

/// A law: whatever is done to a site, each address and id that was published is served, or reported.
#[test]
fn what_was_published_is_there_or_is_reported() {
    let seed = number("LAW_SEED", 1);
    for case in 0..number("LAW_CASES", 60) {
        let mut random = Random(seed.wrapping_mul(1_000_003).wrapping_add(case));
        let mut files = fixture(SITE);
        let before = drawn_ledger(&files);
        for _ in 0..=random.below(4) {
            edit(&mut files, &mut random);
        }
        files.insert(LEDGER.into(), before.clone());
        let drawn = draw(&sources(&files), Options::default());
        let problems = drawn.problems();
        for line in before.lines().filter(|line| line.starts_with('/')) {
            let mut words = line.split(' ');
            let url = words.next().unwrap_or_default();
            let page = drawn.files.get(&limber::url::output_path(url));
            let said =
                problems.contains(&format!("`{url}` was published")) || problems.contains(&format!("`{url}` led to"));
            let is_broken = problems.contains("is wanted both") || problems.contains("two pages have the address");
            assert!(page.is_some() || said || is_broken, "seed {seed}, case {case}: {url} is lost\n{problems}");
            let leads_on = page.is_some_and(|page| page.contains("moved to"));
            for id in words.filter_map(|word| word.strip_prefix('#')) {
                let there = page.is_none_or(|page| page.contains(&format!("id=\"{id}\"")));
                // The tiny templates draw no anchors of entries.
                let is_entry = files.get("content/words.yaml").is_some_and(|text| text.contains(&format!("{id}:")));
                let said = problems.contains(&format!("no `#{id}` any more"));
                assert!(there || leads_on || said || is_entry, "seed {seed}, case {case}: {url}#{id}\n{problems}");
            }
        }
    }
}

/// What a site in memory serves.
fn drawn_ledger(files: &BTreeMap<String, String>) -> String {
    let snapshot = Engine::new(Options::default()).update(&sources(files), Vec::new(), &mut Timings::default());
    let ready = snapshot.ready.as_ref().expect("the site can be put together");
    served(&ready.site, &ready.plan, &ready.assets).to_text()
}

/// Does something to a site that may cost an address or an id.
fn edit(files: &mut BTreeMap<String, String>, random: &mut Random) {
    const FIRST: &str = "content/notes/first.md";
    let first = files.get(FIRST).cloned().unwrap_or_default();
    match random.below(9) {
        0 => _ = files.remove(FIRST),
        1 => _ = files.remove("content/words.yaml"),
        2 => _ = files.remove("static/plan.pdf"),
        3 => {
            files.remove(FIRST);
            files.insert("content/notes/moved.md".into(), first);
        }
        4 => _ = files.insert(FIRST.into(), first.replace("## One part", "## A part")),
        5 => _ = files.insert(FIRST.into(), first.replace("redirect_from: [/old/]\n", "")),
        6 => _ = files.insert(FIRST.into(), first.replace("title: First", "title: First\ndraft: true")),
        7 => {
            _ = files
                .insert("content/notes/more.md".into(), "---\nredirect_from: [/notes/first/]\n---\n# More\n".into());
        }
        _ => {
            let site = files["site.yaml"].replace("gone: [", "gone: [/plan.pdf, ");
            files.insert("site.yaml".into(), site);
        }
    }
}

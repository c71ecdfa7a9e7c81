//! Every id stands once on a page, over all its texts and the frame.

use std::collections::BTreeMap;

use expect_test::expect;

use crate::harness::{Drawn, Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  note:
    plural: notes
    fields:
      lead: {type: markdown}
      steps: {type: list, of: {type: markdown}}
      lang: {type: list, of: {type: choice, of: {\"C\": C, \"C++\": C++, \"C#\": \"C#\", 日本: 日本}}}
      tags: {type: list, of: text}
    index: {title: Notes}
    regroup_by: [lang, tags]
checks: {tag-address-shared: off}
//- content/sources.yaml
davis2020: {type: article, title: Compost and propagation, author: 'Davis, Holly', date: 2020}
//- content/notes/one.md
---
title: One
lead: |
  First[^x].

  - item

  ## Part

  [^x]: Note of the lead.
steps:
  - \"a [link](#part)\"
  - \"## Part\"
lang: [C, \"C++\", \"C#\", 日本]
tags: [Running, running, Café, cafe]
---

## Part

Text[^y] [@davis2020] [to sources](#sources).

## fn 1

## Main

## Sources

## Source 1

## Mentioned

[^y]: Note of the text.
";

fn twice(page: &str) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    page.split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .for_each(|id| *counts.entry(id).or_default() += 1);
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id.to_string()).collect()
}

fn drawn() -> Drawn {
    let drawn = Project::bare(SITE).drawn();
    drawn.is_fine();
    drawn
}

#[test]
fn texts_fields_notes_and_the_frame_share_no_id() {
    let drawn = drawn();
    for (path, page) in drawn.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(twice(page).is_empty(), "{path}: {:?}", twice(page));
        assert!(!page.contains('\u{1}'), "{path}");
    }
    let page = drawn.file("notes/one/index.html");
    assert!(page.contains("<h2 id=\"part\">Part</h2>\n<p>Text"), "the text has the plain id: {page}");
    assert!(
        page.contains("<h2 id=\"sources\">Sources</h2>\n<h2 id=\"source-1\""),
        "so it has before the frame: {page}"
    );
    assert!(page.contains("<main id=\"page-main\"") && page.contains("href=\"#page-main\""), "{page}");
    assert!(page.contains("<a href=\"#sources\">to sources</a>"), "{page}");
}

#[test]
fn blocks_of_a_field_stand_in_no_paragraph() {
    let drawn = drawn();
    let page = drawn.file("notes/one/index.html");
    for block in ["<p><p>", "<p><ul>", "<p><h2"] {
        assert!(!page.contains(block), "{block}: {page}");
    }
}

#[test]
fn values_that_make_one_slug_are_groups_of_their_own() {
    let drawn = drawn();
    for (page, groups) in [("by-lang", 4), ("by-tags", 4)] {
        let page = drawn.file(&format!("notes/{page}/index.html"));
        let main = page.split("<main").nth(1).unwrap_or_default();
        assert_eq!(main.matches("<h2 id=\"").count(), groups, "{main}");
    }
}

#[test]
fn an_id_in_a_data_block_yields_to_the_text_and_to_earlier_blocks() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\n//- templates/entry.html\n<main>{{ entry.body }}</main>\n\
         //- templates/blocks/plan.html\n<section aria-labelledby=\"plan plan-head\"><h3 id=\"plan\">P</h3><a href=\"#plan-head\" id=\"plan-head\"></a></section>\n\
         //- content/notes/a.md\n---\ntitle: A\n---\n```plan\n```\n\n## Plan\n\n[down](#plan)\n\n```plan\n```\n",
    );
    let page = drawn.is_fine().main("/notes/a/");
    assert!(twice(&page).is_empty(), "{:?}: {page}", twice(&page));
    assert!(page.contains("<h2 id=\"plan\">Plan</h2>") && page.contains("<a href=\"#plan\">down</a>"), "{page}");
    let first = "<section aria-labelledby=\"plan-2 plan-head\"><h3 id=\"plan-2\">P</h3><a href=\"#plan-head\" id=\"plan-head\">";
    let second = "<section aria-labelledby=\"plan-3 plan-head-2\"><h3 id=\"plan-3\">P</h3><a href=\"#plan-head-2\" id=\"plan-head-2\">";
    assert!(page.contains(first) && page.contains(second), "{page}");
}

#[test]
fn an_id_that_raw_html_has_twice_is_reported_with_both_places() {
    let site_yaml = SITE.replace("title: Site\n", "title: Site\nmarkdown: {allow_html: true}\n");
    let (site_yaml, _) = site_yaml.split_once("//- content/notes/one.md").expect("the site has a note");
    let note = "//- content/notes/one.md\n---\ntitle: One\nlead: '<b id=\"lead\">a</b> <b id=\"body\">b</b>'\n---\n\
        <a id=\"x\" name=\"x\"></a> <i id=\"body\">c</i>\n\n<p>\n<b id=\"x\">d</b></p>\n\n## E {#late}\n\n## Part\n\n\
        <div id=\"late\">\n\n<span id=\"part\"></span> f[^1] g[^1]\n\n</div>\n\n## fnref 1 2\n\n[^1]: Note.\n";
    let drawn = Project::bare(&format!("{site_yaml}{note}")).drawn();
    drawn.reports(&expect![[r#"
        content/notes/one.md:3:27: warning[html-id-duplicate]: the id `body` stands on the page before
          help: give one of the two another id: links reach only the first
        content/notes/one.md:8:1: warning[html-id-duplicate]: the id `x` stands on the page before
          content/notes/one.md:5:1: this has the id `x`, too
          help: give one of the two another id: links reach only the first
        content/notes/one.md:10:1: error[heading-id-duplicate]: the id `late` stands on the page below
          content/notes/one.md:14:1: this has the id `late`, too
          help: give one of them another id, or none: then one is made of its words
    "#]]);
    let page = drawn.file("notes/one/index.html");
    assert!(page.contains("<h2 id=\"part-1\">Part</h2>"), "{page}");
}

#[test]
fn ids_that_differ_in_their_unicode_form_alone_are_one() {
    let note = |markdown: &str| {
        site(&format!(
            "{}//- content/notes/forms.md\n---\ntitle: Forms\n---\n{markdown}",
            &SITE[..SITE.find("//- content").unwrap()]
        ))
    };
    note("## X {#\u{e9}}\n\n## Y {#e\u{301}}\n").reports(&expect![[r#"
        content/notes/forms.md:6:1: error[heading-id-duplicate]: the id `é` stands on the page before
          content/notes/forms.md:4:1: this has the id `é`, too
          help: give one of them another id, or none: then one is made of its words
    "#]]);
    let page = note("## \u{c9}t\u{e9}\n\n## E\u{301}te\u{301}\n\n## Z {#e\u{301}te\u{301}-2}\n\n## \u{c9}t\u{e9}\n")
        .main("/notes/forms/");
    let mut ids: Vec<_> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.retain(|id| !id.is_ascii());
    assert_eq!(ids, ["\u{e9}t\u{e9}", "e\u{301}te\u{301}-1", "e\u{301}te\u{301}-2", "\u{e9}t\u{e9}-3"]);
}

#[test]
fn a_heading_may_have_the_words_of_the_id_of_a_second_mark() {
    let text = "f[^1] g[^1]\n\n## fnref 1 2\n\n[^1]: Note.\n";
    let drawn = site(&format!(
        "//- site.yaml\ntitle: T\nkinds: {{note: {{plural: notes}}}}\n//- content/notes/a.md\n# A\n\n{text}"
    ));
    let main = drawn.main("/notes/a/");
    assert_eq!(main.matches("id=\"fnref-1-2\"").count(), 1, "{main}");
    assert!(main.contains("<h2 id=\"fnref-1-2\">") && main.contains("id=\"fnref-2-1-2\""), "{main}");
}

//! Files that stand for their folder: `index.md` and `_index.md`, in every kind.

use expect_test::expect;

use crate::harness::{Project, site};

const SITE: &str = "\
//- site.yaml
title: Site
kinds:
  note: {extra: allow, index: {title: All notes, intro: Written down.}}
  term: {url: '/glossary/#{slug}'}
//- templates/entry.html
<main>{{ entry.title }}: {{ entry.body }}</main>
//- templates/index.html
<main>{{ page.title }}. {{ kind.intro }} {% if about %}{{ about.body }}{% endif %}{% for card in entries %}{{ card.name }}={{ card.url }} {% endfor %}</main>
//- content/index.md
---
title: Home
---
//- content/notes/guide/index.md
---
title: The guide
---
[down](deep/x.md) [[guide]] [[notes/guide/index|by path]]
//- content/notes/guide/deep/x.md
---
title: Deep
---
[up](../index.md) [the folder](../) [the folder by name](../../guide/) [[guide/index]]
//- content/notes/bundle/_index.md
# A bundle
";

#[test]
fn an_index_file_is_the_page_of_its_folder() {
    let drawn = site(SITE);
    drawn.is_fine();
    drawn.shows(
        "/notes/guide/",
        &expect![[r#"
            The guide: <p><a href="/notes/guide/deep/x/">down</a> <a href="/notes/guide/">The guide</a> <a href="/notes/guide/">by path</a></p>
        "#]],
    );
    drawn.shows(
        "/notes/guide/deep/x/",
        &expect![[r#"
            Deep: <p><a href="/notes/guide/">up</a> <a href="/notes/guide/">the folder</a> <a href="/notes/guide/">the folder by name</a> <a href="/notes/guide/">The guide</a></p>
        "#]],
    );
    drawn.shows(
        "/notes/bundle/",
        &expect![[r#"
        A bundle:
    "#]],
    );
}

#[test]
fn the_index_file_of_a_kind_is_a_text_on_the_index_of_the_kind() {
    let own = "//- content/notes/_index.md\n---\ntitle: My notes\nsummary: Since 2004.\nsort_by: date\n---\nHow I write, see [[guide]].\n\
               //- content/notes/linked.md\n---\ntitle: Linked\n---\n[back](_index.md) [all](./) [[My notes]]\n";
    let drawn = site(&format!("{SITE}{own}"));
    drawn.is_fine();
    drawn.shows(
        "/notes/",
        &expect![[r#"
        My notes. Since 2004. <p>How I write, see <a href="/notes/guide/">The guide</a>.</p>
        A bundle=/notes/bundle/ Deep=/notes/guide/deep/x/ Linked=/notes/linked/ The guide=/notes/guide/
    "#]],
    );
    drawn.shows(
        "/notes/linked/",
        &expect![[r#"
        Linked: <p><a href="/notes/">back</a> <a href="/notes/">all</a> <a href="/notes/">My notes</a></p>
    "#]],
    );
}

#[test]
fn a_folder_and_a_file_of_one_name_are_one_too_many() {
    site(&format!("{SITE}//- content/notes/guide.md\n---\ntitle: Another\n---\n")).reports(&expect![[r#"
        content/notes/guide/deep/x.md:4:32: warning[link-form]: there is no file `../`: the link is led to `/notes/guide/`
          help: write the path of the file: `../../guide.md`
        content/notes/guide/deep/x.md:4:58: warning[link-form]: there is no file `../../guide/`: the link is led to `/notes/guide/`
          help: write the path of the file: `../../guide.md`
        content/notes/guide/index.md:2:8: error[slug-duplicate]: two entries of the kind `note` have the slug `guide`
          content/notes/guide.md:2:8: the first one
          help: rename one of the two files
    "#]]);
}

#[test]
fn an_index_that_is_a_draft_takes_nothing_from_the_list() {
    let own = "//- content/notes/index.md\n---\ntitle: My notes\ndraft: true\n---\nNot yet.\n\
               //- content/notes/linked.md\n---\ntitle: Linked\n---\n[all](/notes/)\n";
    let drawn = site(&format!("{SITE}{own}"));
    drawn.is_fine();
    drawn.shows("/notes/", &expect![[r#"
        All notes. Written down. A bundle=/notes/bundle/ Deep=/notes/guide/deep/x/ Linked=/notes/linked/ The guide=/notes/guide/
    "#]]);
    drawn.shows(
        "/notes/linked/",
        &expect![[r#"
        Linked: <p><a href="/notes/">all</a></p>
    "#]],
    );
}

#[test]
fn a_page_of_a_folder_without_a_text_shows_what_lies_below_it() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nbase_url: https://site.example/\nchecks: {advice: off}\n\
         kinds:\n  text: {folder: content, url: '/{slug}/', index: false, order: -date}\n\
         //- content/_index.md\n---\ntitle: Home\n---\n\
         //- content/about.md\n---\ntitle: About\nsummary: Who we are.\n---\nWords.\n\
         //- content/posts/_index.md\n---\ntitle: Posts\n---\n<!-- none -->\n\
         //- content/posts/old.md\n---\ntitle: Old\ndate: 2020-01-01\n---\nWords.\n\
         //- content/posts/2024/new.md\n---\ntitle: New\ndate: 2024-01-01\n---\nWords.\n\
         //- content/posts/kept/index.md\n---\ntitle: With text\ndate: 2022-01-01\n---\nWords.\n\
         //- content/posts/kept/part.md\n---\ntitle: Part\n---\nWords.\n\
         //- content/posts/draft.md\n---\ntitle: Draft\ndraft: true\n---\nWords.\n\
         //- templates/entry.html\n<main>{{ entry.body }}{% for card in entry.below %}{{ card.name }}={{ card.url }} {% endfor %}</main>\n\
         //- templates/home.html\n<main>{% for card in entry.below %}{{ card.name }}={{ card.url }} {% endfor %}</main>\n",
    );
    drawn.is_fine();
    drawn.shows(
        "/",
        &expect![[r#"
        About=/about/ Posts=/posts/
    "#]],
    );
    drawn.shows(
        "/posts/",
        &expect![[r#"
        New=/posts/2024/new/ With text=/posts/kept/ Old=/posts/old/
    "#]],
    );
    drawn.shows(
        "/posts/kept/",
        &expect![[r#"
        <p>Words.</p>
    "#]],
    );
}

#[test]
fn a_home_page_has_the_heading_of_its_text_and_not_its_title() {
    let project = Project::bare(
        "//- site.yaml\ntitle: x\nkinds: {note: {folder: \".\", url: \"/{slug}/\", index: false}}\nchecks: {advice: off}\n\
         //- index.md\n---\ntitle: Home\n---\n# Focus on writing\n\nWords, [on](#focus-on-writing) or [asked](?q=script).\n",
    );
    let drawn = project.drawn();
    let page = drawn.is_fine().file("index.html");
    assert!(page.contains("<h1>Focus on writing</h1>"), "{page}");
    assert!(page.contains("?q=script\""), "{page}");
}

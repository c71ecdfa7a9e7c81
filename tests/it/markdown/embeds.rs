//! Entries that are shown in the text of another one.

use expect_test::expect;

use super::{complains, reads};
use crate::harness::site;

const NOTES: &str = "\
//- site.yaml
title: Notes
kinds: {note: {extra: allow}}
//- templates/entry.html
<main>
{{ entry.body }}
{%- for source in entry.sources %}<p id=\"{{ source.id }}\">{{ source.n }} {{ source.work.key }}</p>
{% endfor -%}
</main>
//- content/sources.yaml
davis2020: {type: article, title: Compost and propagation, author: 'Davis, Holly', date: 2020}
guo2017: {type: article, title: Softness, author: 'Guo, Jianmin', date: 2017}
//- content/notes/beds/soil.png
no real picture
//- content/notes/beds/soil.md
---
title: Soil
---
Rich soil [@guo2017] and [water](water.md).
%% not for readers %%

## Depth

![A spade](soil.png)
As deep as [a spade](#width) [@davis2020].[^1]

### Below

Gravel.

## Width

A foot.

[^1]: Measured.
//- content/notes/beds/water.md
---
title: Water
---
Rain.
//- content/notes/page.md
---
title: Page
---
";

fn note(markdown: &str) -> crate::harness::Drawn {
    site(&format!("{NOTES}{markdown}"))
}

#[test]
fn a_whole_entry_has_ids_of_its_own_and_links_that_lead_where_they_led() {
    note("Before.\n![[soil]]\nBehind.\n\n![[beds/water.md|The tap]]\n").is_fine().shows("/notes/page/", &expect![[r##"
        <p>Before.</p>
        <div class="embed">
        <p>Rich soil<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup> and <a href="/notes/beds/water/">water</a>.</p>
        <h2 id="beds-soil--depth">Depth</h2>
        <p><img src="/media/notes/beds/soil.png" alt="A spade" loading="lazy">
        As deep as <a href="/notes/beds/soil/#width">a spade</a><sup class="cite"><a href="#source-2" aria-label="Source 2">2</a></sup>.<sup class="footnote"><a href="#beds-soil--fn-1" id="beds-soil--fnref-1" aria-label="Footnote 1">1</a></sup></p>
        <h3 id="beds-soil--below">Below</h3>
        <p>Gravel.</p>
        <h2 id="beds-soil--width">Width</h2>
        <p>A foot.</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="beds-soil--fn-1">
        <p>Measured.</p>
        <a class="footnote-back" href="#beds-soil--fnref-1" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
        <p class="embed-source"><a href="/notes/beds/soil/">Soil</a></p>
        </div>

        <p>Behind.</p>
        <div class="embed">
        <p>Rain.</p>
        <p class="embed-source"><a href="/notes/beds/water/">The tap</a></p>
        </div>
        <p id="source-1">1 guo2017</p>
        <p id="source-2">2 davis2020</p>
    "##]]);
}

#[test]
fn a_section_ends_where_the_next_one_begins_and_brings_its_works() {
    note("![[Soil#Depth]]\n\n![](beds/soil.md#below)\n").is_fine().shows("/notes/page/", &expect![[r##"
        <div class="embed">
        <h2 id="beds-soil--depth">Depth</h2>
        <p><img src="/media/notes/beds/soil.png" alt="A spade" loading="lazy">
        As deep as <a href="/notes/beds/soil/#width">a spade</a><sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup>.<sup class="footnote"><a href="/notes/beds/soil/#fn-1" id="beds-soil--fnref-1" aria-label="Footnote 1">1</a></sup></p>
        <h3 id="beds-soil--below">Below</h3>
        <p>Gravel.</p>
        <p class="embed-source"><a href="/notes/beds/soil/#depth">Soil</a></p>
        </div>
        <div class="embed">
        <h3 id="beds-soil-2--below">Below</h3>
        <p>Gravel.</p>
        <p class="embed-source"><a href="/notes/beds/soil/#below">Soil</a></p>
        </div>
        <p id="source-1">1 davis2020</p>
    "##]]);
}

#[test]
fn in_lists_tables_and_quotes_there_is_room_for_an_entry() {
    note("- ![[water]]\n- [ ] do ![[water]]\n\n| a |\n|---|\n| ![[water]] |\n\n> ![[water]]\n").is_fine().shows("/notes/page/", &expect![[r#"
        <ul>
        <li><div class="embed">
        <p>Rain.</p>
        <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
        </div>
        </li>
        <li><label><input type="checkbox" disabled> do </label><div class="embed">
        <p>Rain.</p>
        <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
        </div>
        </li>
        </ul>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
        <tr><td><div class="embed">
        <p>Rain.</p>
        <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
        </div>
        </td></tr>
        </tbody></table>
        </div>
        <blockquote>
        <div class="embed">
        <p>Rain.</p>
        <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
        </div>
        </blockquote>
    "#]]);
}

#[test]
fn in_an_alert_there_is_room_for_an_entry_but_not_in_its_title() {
    note("> [!NOTE] ![[water]]\n> ![[water]]\n\n> [!TIP]\n> ![[water]]\n> more\n")
        .shows("/notes/page/", &expect![[r#"
            <div class="alert alert-note" role="note"><p class="alert-title"><a href="/notes/beds/water/">Water</a></p><div class="alert-body">
            <div class="embed">
            <p>Rain.</p>
            <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
            </div>
            </div></div>
            <div class="alert alert-tip" role="note"><p class="alert-title">Tip</p><div class="alert-body">
            <div class="embed">
            <p>Rain.</p>
            <p class="embed-source"><a href="/notes/beds/water/">Water</a></p>
            </div>

            <p>more</p>
            </div></div>
        "#]]);
}

#[test]
fn in_a_line_of_words_it_is_a_link() {
    note("**![[water]]** [x ![[soil]]](beds/soil.md)\n\n## ![[water]]\n").reports(&expect![[r#"
        content/notes/page.md:4:3: warning[markdown-unread]: `water` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
        content/notes/page.md:4:19: warning[text-lost]: this begins an image that ends behind it, and what it shows is on no page
          help: write it as `![words](address)`, or put a backslash before the bracket that ends behind it
        content/notes/page.md:6:4: warning[markdown-unread]: `water` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
    "#]]).shows("/notes/page/", &expect![[r##"
        <p><strong><a href="/notes/beds/water/">Water</a></strong> [x </p>
        <div class="embed">
        <p>Rich soil<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup> and <a href="/notes/beds/water/">water</a>.</p>
        <h2 id="beds-soil--depth">Depth</h2>
        <p><img src="/media/notes/beds/soil.png" alt="A spade" loading="lazy">
        As deep as <a href="/notes/beds/soil/#width">a spade</a><sup class="cite"><a href="#source-2" aria-label="Source 2">2</a></sup>.<sup class="footnote"><a href="#beds-soil--fn-1" id="beds-soil--fnref-1" aria-label="Footnote 1">1</a></sup></p>
        <h3 id="beds-soil--below">Below</h3>
        <p>Gravel.</p>
        <h2 id="beds-soil--width">Width</h2>
        <p>A foot.</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="beds-soil--fn-1">
        <p>Measured.</p>
        <a class="footnote-back" href="#beds-soil--fnref-1" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
        <p class="embed-source"><a href="/notes/beds/soil/">Soil</a></p>
        </div>

        <h2 id="water"><a href="/notes/beds/water/">Water</a></h2>
        <p id="source-1">1 guo2017</p>
        <p id="source-2">2 davis2020</p>
    "##]]);
}

#[test]
fn what_cannot_be_shown_is_a_link_and_said_so() {
    note("## One\n\n![[#Two]]\n\n## Two\n\n![[page]] ![[#Two]] ![[nobody]] ![[soil#nowhere]]\n").reports(&expect![[r#"
        content/notes/page.md:10:1: warning[embed-refused]: an entry would show itself: `notes/page` shows `notes/page` shows `notes/page`
          help: write a link instead, without the `!`
        content/notes/page.md:10:11: warning[embed-refused]: an entry would show itself: `notes/page` shows `notes/page` shows `notes/page`
          help: write a link instead, without the `!`
        content/notes/page.md:10:24: error[link-broken]: no entry is named `nobody`
          help: write the slug of an entry, kind and slug, or its title
        content/notes/page.md:10:41: error[link-broken-heading]: `notes/beds/soil` has no heading `nowhere`
          help: its headings are depth, below, width
    "#]]).shows("/notes/page/", &expect![[r#"
        <h2 id="one">One</h2>
        <div class="embed">
        <h2 id="page--two">Two</h2>
        <p><a href="/notes/page/">Page</a></p>
        <p><a href="/notes/page/#two">Two</a></p>
        <p>nobody</p>
        <p><a href="/notes/beds/soil/#nowhere">Soil</a></p>
        <p class="embed-source"><a href="/notes/page/#two">Two</a></p>
        </div>

        <h2 id="two">Two</h2>
        <p><a href="/notes/page/">Page</a></p>
        <p><a href="/notes/page/#two">Two</a></p>
        <p>nobody</p>
        <p><a href="/notes/beds/soil/#nowhere">Soil</a></p>
    "#]]);
}

#[test]
fn a_section_inside_something_else_is_not_cut_out_of_it() {
    let other = "//- content/notes/quoted.md\n---\ntitle: Quoted\n---\n> ## Inner\n> A.\n\nB.\n";
    note(&format!("![[quoted#inner]]\n{other}")).reports(&expect![[r#"
        content/notes/page.md:4:1: warning[embed-refused]: the section `/notes/quoted/#inner` cannot be cut out of its page, and is not shown
          help: take its heading out of the list, quote or element in which it stands, or show the whole entry
    "#]]).shows("/notes/page/", &expect![[r#"
        <p><a href="/notes/quoted/#inner">Quoted</a></p>
    "#]]);
}

#[test]
fn a_circle_is_one_problem_and_every_page_of_it_is_drawn() {
    let others = "//- content/notes/a.md\nA.\n\n![[b]]\n//- content/notes/b.md\nB.\n\n![[c]]\n//- content/notes/c.md\nC.\n\n![[a]]\n";
    note(&format!("![[b]]\n{others}")).reports(&expect![[r#"
        content/notes/c.md:3:1: warning[embed-refused]: an entry would show itself: `notes/a` shows `notes/b` shows `notes/c` shows `notes/a`
          help: write a link instead, without the `!`
    "#]]).shows("/notes/b/", &expect![[r#"
        <p>B.</p>
        <div class="embed">
        <p>C.</p>
        <div class="embed">
        <p>A.</p>
        <p><a href="/notes/b/">b</a></p>
        <p class="embed-source"><a href="/notes/a/">a</a></p>
        </div>
        <p class="embed-source"><a href="/notes/c/">c</a></p>
        </div>
    "#]]);
}

#[test]
fn depth_and_number_have_a_limit() {
    let chain = (0..8).map(|n| format!("//- content/notes/n{n}.md\nAt {n}.\n\n![[n{}]]\n", n + 1)).collect::<String>();
    note(&format!("![[n0]]\n{chain}//- content/notes/n8.md\nThe end.\n")).reports(&expect![[r#"
        content/notes/n4.md:3:1: warning[embed-refused]: entries are shown in one another up to 5 times, and this one is not
          help: write a link instead, without the `!`, or copy what is to be shown
        content/notes/n5.md:3:1: warning[embed-refused]: entries are shown in one another up to 5 times, and this one is not
          help: write a link instead, without the `!`, or copy what is to be shown
        content/notes/n6.md:3:1: warning[embed-refused]: entries are shown in one another up to 5 times, and this one is not
          help: write a link instead, without the `!`, or copy what is to be shown
        content/notes/n7.md:3:1: warning[embed-refused]: entries are shown in one another up to 5 times, and this one is not
          help: write a link instead, without the `!`, or copy what is to be shown
    "#]]);
    // Each shows the next one ten times: a hundred thousand texts without a limit.
    let tens = (0..5)
        .map(|n| format!("//- content/notes/n{n}.md\n{}", format!("![[n{}]]\n\n", n + 1).repeat(10)))
        .collect::<String>();
    let drawn = note(&format!("![[n0]]\n{tens}//- content/notes/n5.md\nThe end.\n"));
    assert_eq!(drawn.main("/notes/page/").matches("<div class=\"embed\">").count(), 100);
}

#[test]
fn a_draft_is_not_shown_anywhere() {
    let draft = "//- content/notes/secret.md\n---\ntitle: Hidden\ndraft: true\n---\nNobody knows.\n";
    note(&format!("See ![[secret]] there.\n{draft}")).is_fine().shows(
        "/notes/page/",
        &expect![[r#"
        <p>See </p>
        <p>secret</p>

        <p> there.</p>
    "#]],
    );
}

#[test]
fn a_field_of_one_line_has_room_for_a_link_only() {
    let field = NOTES
        .replace("{extra: allow}", "{fields: {tip: markdown}}")
        .replace("{{ entry.body }}", "{{ entry.fields.tip }}");
    site(&field.replace("title: Page", "title: Page\ntip: 'So ![[water]]'"))
        .reports(&expect![[r#"
        content/notes/page.md:3:10: warning[markdown-unread]: `water` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
    "#]])
        .shows(
            "/notes/page/",
            &expect![[r#"
        So <a href="/notes/beds/water/">Water</a>
    "#]],
        );
}

#[test]
fn files_are_linked_as_before() {
    complains(
        "![[Version 1.2]] ![[plan.canvas]]\n",
        &expect![[r#"
        content/conditions/page.md:4:4: error[link-broken]: no entry is named `Version 1.2`
          help: write the slug of an entry, kind and slug, or its title
        content/conditions/page.md:4:21: error[link-broken]: no entry is named `plan.canvas`
          help: write the slug of an entry, kind and slug, or its title
    "#]],
    );
    reads(
        "![[fine-pruning]]\n",
        &expect![[r#"
        <div class="embed">
        <h2 id="fine-pruning--how-to-do-it">How to do it</h2>
        <p class="embed-source"><a href="/procedures/fine-pruning/">Fine pruning</a></p>
        </div>
    "#]],
    );
}

#[test]
fn blocks_with_names_are_linked_to_and_shown_alone() {
    let soil = "//- content/notes/named.md\n---\ntitle: Named\n---\nDeep *and* dark. ^deep-1\n\nWet soil\n^wet\n\n\
        - one\n- two words ^second\n  - below\n- [ ] three ^task\n\n^the-list\n\n> Said.\n\n^said\n\n\
        ## Part ^part\n\nUnder it.\n\n> [!note] Box ^box\n\n    code ^no\n\nSix \\^six\n";
    let page = "//- content/notes/last.md\n---\ntitle: Last\n---\n";
    let links = "[[named#^wet]] [[named#^second|2]] [[named#^the-list]] [[#^own]] own ^own\n\n![[named#^wet]]\n\n![[named#^second]]\n\n\
        ![[named#^the-list]]\n\n![[named#^said]]\n\n![[named#^part]]\n";
    let drawn = site(&format!("{NOTES}{soil}{page}{links}"));
    drawn.is_fine().shows("/notes/named/", &expect![[r#"
        <p id="block-deep-1">Deep <em>and</em> dark.</p>

        <p id="block-wet">Wet soil</p>
        <div id="block-the-list">
        <ul>
        <li>one</li>

        <li id="block-second">two words
        <ul>
        <li>below</li>
        </ul>
        </li>

        <li id="block-task"><label><input type="checkbox" disabled> three</label></li>
        </ul>
        </div>
        <div id="block-said">
        <blockquote>
        <p>Said.</p>
        </blockquote>
        </div>
        <h2 id="part"><span id="block-part"></span>Part</h2>
        <p>Under it.</p>
        <div class="alert alert-note" role="note"><p class="alert-title">Box<span id="block-box"></span></p><div class="alert-body">
        </div></div>
        <pre tabindex="0"><code>code ^no
        </code></pre>
        <p>Six ^six</p>
    "#]]);
    drawn.shows("/notes/last/", &expect![[r##"
        <p id="block-own"><a href="/notes/named/#block-wet">Named</a> <a href="/notes/named/#block-second">2</a> <a href="/notes/named/#block-the-list">Named</a> <a href="#block-own">^own</a> own</p>
        <div class="embed">
        <p id="named--block-wet">Wet soil</p><p class="embed-source"><a href="/notes/named/#block-wet">Named</a></p>
        </div>
        <div class="embed">
        two words
        <ul>
        <li>below</li>
        </ul>
        <p class="embed-source"><a href="/notes/named/#block-second">Named</a></p>
        </div>
        <div class="embed">
        <div id="named-3--block-the-list">
        <ul>
        <li>one</li>

        <li id="named-3--block-second">two words
        <ul>
        <li>below</li>
        </ul>
        </li>

        <li id="named-3--block-task"><label><input type="checkbox" disabled> three</label></li>
        </ul>
        </div><p class="embed-source"><a href="/notes/named/#block-the-list">Named</a></p>
        </div>
        <div class="embed">
        <div id="named-4--block-said">
        <blockquote>
        <p>Said.</p>
        </blockquote>
        </div><p class="embed-source"><a href="/notes/named/#block-said">Named</a></p>
        </div>
        <div class="embed">
        <h2 id="named-5--part"><span id="named-5--block-part"></span>Part</h2>
        <p>Under it.</p>
        <div class="alert alert-note" role="note"><p class="alert-title">Box<span id="named-5--block-box"></span></p><div class="alert-body">
        </div></div>
        <pre tabindex="0"><code>code ^no
        </code></pre>
        <p>Six ^six</p>
        <p class="embed-source"><a href="/notes/named/#block-part">Named</a></p>
        </div>
    "##]]);
    note("[[soil#^none]] twice ^a-1\n\ntwice ^a-1\n").reports(&expect![[r#"
        content/notes/page.md:4:8: error[link-broken-heading]: `notes/beds/soil` has no paragraph `^none`
          help: write ` ^none` behind the last word of the paragraph, or link to a heading
        content/notes/page.md:6:7: error[heading-id-duplicate]: the name `^a-1` stands on the page before
          help: give one of the two another name
    "#]]);
}

#[test]
fn the_ids_of_a_shown_entry_yield_to_those_of_the_text_around_it() {
    let drawn = note(
        "## Soil – depth\n\n### Beds\n\n## Beds soil--below {#beds-soil--below}\n\n![[soil]]\n\n![[soil]]\n\n![[water]]\n",
    );
    let page = drawn.file("notes/page/index.html");
    let mut ids: Vec<_> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    assert!(ids.contains(&"beds-soil-2--depth") && ids.contains(&"beds-soil-3--depth"), "{ids:?}");
}

#[test]
fn the_ids_of_a_shown_entry_yield_to_those_of_fields() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {fields: {remark: markdown}}}\nchecks: {advice: off}\n\
         //- content/notes/soil.md\n---\ntitle: Soil\n---\n## Depth\n\nDeep.\n\
         //- content/notes/page.md\n---\ntitle: Page\nremark: |\n  Words.\n\n  ## Soil – depth\n---\n![[soil]]\n",
    );
    let page = drawn.is_fine().file("notes/page/index.html");
    for id in ["soil--depth", "soil-2--depth"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}: {page}");
    }
}

#[test]
fn an_entry_that_is_nowhere_is_reported_once_also_where_there_is_no_room_for_it() {
    note("**![[nope|words]]** and **![[soil|words]]**\n\n# ![[soil#depth]]\n\n# ![[nope]]\n")
        .reports(&expect![[r#"
            content/notes/page.md:4:6: error[link-broken]: no entry is named `nope`
              help: write the slug of an entry, kind and slug, or its title
            content/notes/page.md:4:27: warning[markdown-unread]: `soil` is not shown in the text: the page links to it
              help: write a link, without the `!`, or copy what is to be shown
            content/notes/page.md:6:3: warning[markdown-unread]: `soil#depth` is not shown in the text: the page links to it
              help: write a link, without the `!`, or copy what is to be shown
            content/notes/page.md:8:6: error[link-broken]: no entry is named `nope`
              help: write the slug of an entry, kind and slug, or its title
        "#]]);
}

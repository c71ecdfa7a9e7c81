//! Bare addresses, anchors in HTML, and the top of a page.

use expect_test::expect;

use super::{complains, reads};
use crate::harness::{Project, site};

#[test]
fn bare_addresses_become_links() {
    reads(
        "See https://example.com/page, www.example.com (https://example.com/(b)) or me@example.com. **https://example.com/__a__b--c**\n\n\
         `https://example.com/code` [https://example.com](/procedures/) \\https://example.com https\\://example.com\n\n\
         ## On https://example.com\n\n请看https://example.com/路。\n",
        &expect![[r#"
            <p>See <a href="https://example.com/page">https://example.com/page</a>, <a href="http://www.example.com">www.example.com</a> (<a href="https://example.com/(b)">https://example.com/(b)</a>) or <a href="mailto:me@example.com">me@example.com</a>. <strong><a href="https://example.com/__a__b--c">https://example.com/__a__b--c</a></strong></p>
            <p><code>https://example.com/code</code> <a href="/procedures/">https://example.com</a> \<a href="https://example.com">https://example.com</a> https://example.com</p>
            <h2 id="on-httpsexamplecom">On <a href="https://example.com">https://example.com</a></h2>
            <p>请看<a href="https://example.com/">https://example.com/</a>路。</p>
        "#]],
    );
}

#[test]
fn where_an_address_ends_has_to_be_clear() {
    complains(
        "请看https://example.com/wiki/路。 <https://example.com/wiki/路> https://example.com/wiki/路 %\n",
        &expect![[r#"
            content/conditions/page.md:4:3: warning[markdown-unread]: it is not clear where this address ends, and what follows is no part of the link
              help: put a space behind it, or the whole address between `<` and `>`
            content/conditions/page.md:4:60: warning[markdown-unread]: it is not clear where this address ends, and what follows is no part of the link
              help: put a space behind it, or the whole address between `<` and `>`
        "#]],
    );
    reads(
        "https://example.com/에서 https://example.com/a/b.zip에서\n",
        &expect![[r#"
        <p><a href="https://example.com/">https://example.com/</a>에서 <a href="https://example.com/a/b.zip">https://example.com/a/b.zip</a>에서</p>
    "#]],
    );
}

#[test]
fn addresses_of_links_and_their_definitions_keep_their_signs() {
    reads(
        "[a][d] [b](https://example.com/_b_) [c]( https://example.com/_c_ )\n\n[d]: https://example.com/02_d__e\n",
        &expect![[r#"
            <p><a href="https://example.com/02_d__e">a</a> <a href="https://example.com/_b_">b</a> <a href="https://example.com/_c_">c</a></p>
        "#]],
    );
}

#[test]
fn the_top_of_a_page_is_always_there() {
    reads(
        "[top](#top) [hash](#) [other](stem-sprouts.md#top)\n",
        &expect![[r##"
        <p><a href="#top">top</a> <a href="#top">hash</a> <a href="/conditions/stem-sprouts/#top">other</a></p>
    "##]],
    );
}

#[test]
fn ids_in_html_are_targets_where_html_is_allowed() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    let markdown = "<a id=\"install\"></a>\n\n<h2 id='raw'>Raw</h2>\n\n<a name=old></a>\n\n[in](#install) [raw](#raw) [old](#old)\n\n## Raw\n";
    site(&format!("{allowed}{markdown}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r##"
        <p><a id="install"></a></p>
        <h2 id='raw'>Raw</h2>
        <p><a name=old></a></p>
        <p><a href="#install">in</a> <a href="#raw">raw</a> <a href="#old">old</a></p>
        <h2 id="raw-1">Raw</h2>
    "##]],
    );
}

#[test]
fn a_fence_that_is_never_closed_is_reported_wherever_it_stands() {
    complains(
        "> ```sh\n> quoted\n\n- ~~~\n  item\n\n```\nclosed\n```\n\n~~~~ python\nprint(1)\n~~~\n\n## Lost\n",
        &expect![[r#"
            content/conditions/page.md:4:3: warning[fence-open]: this piece of code is never closed, and all that follows is a part of it
              help: put the same fence on a line of its own behind it
            content/conditions/page.md:7:3: warning[fence-open]: this piece of code is never closed, and all that follows is a part of it
              help: put the same fence on a line of its own behind it
            content/conditions/page.md:14:1: warning[fence-open]: this piece of code is never closed, and all that follows is a part of it
              help: put the same fence on a line of its own behind it
        "#]],
    );
}

#[test]
fn what_is_no_picture_is_linked_and_reported() {
    let drawn = super::text(
        "![[fine-pruning]] ![[stem-sprouts|words]] ![A film](film.mp4)\n//- content/conditions/film.mp4\nx\n",
    );
    drawn.shows(
        "/conditions/page/",
        &expect![[r#"
        <div class="embed">
        <h2 id="fine-pruning--how-to-do-it">How to do it</h2>
        <p class="embed-source"><a href="/procedures/fine-pruning/">Fine pruning</a></p>
        </div>
        <div class="embed">
        <h2 id="stem-sprouts--stop">When to stop</h2>
        <p class="embed-source"><a href="/conditions/stem-sprouts/">words</a></p>
        </div>

        <p> <a href="/media/conditions/film.mp4">A film</a></p>
    "#]],
    );
    drawn.reports(&expect![[r#"
        content/conditions/page.md:4:43: warning[markdown-unread]: `film.mp4` is not shown in the text: the page links to it
          help: write a link, without the `!`, or copy what is to be shown
    "#]]);
}

#[test]
fn what_stands_behind_a_question_mark_stays() {
    reads(
        "[search](/search/?q=soft&kind=a) [part](../procedures/fine-pruning.md?x=1#how-to-do-it) [file](pruner.png?raw=true) [none](/search/?)\n",
        &expect![[r#"
            <p><a href="/search/?q=soft&amp;kind=a">search</a> <a href="/procedures/fine-pruning/?x=1#how-to-do-it">part</a> <a href="/media/conditions/pruner.png?raw=true">file</a> <a href="/search/">none</a></p>
        "#]],
    );
}

#[test]
fn a_link_without_words_says_where_it_leads() {
    reads(
        "[](../procedures/fine-pruning.md) [[fine-pruning|]] [[fine-pruning#|]] [](https://example.org/a)\n",
        &expect![[r#"
            <p><a href="/procedures/fine-pruning/">Fine pruning</a> <a href="/procedures/fine-pruning/">Fine pruning</a> <a href="/procedures/fine-pruning/">Fine pruning</a> <a href="https://example.org/a">https://example.org/a</a></p>
        "#]],
    );
}

#[test]
fn a_path_from_the_top_of_the_project_leads_to_its_file() {
    reads(
        "[a](/content/procedures/fine-pruning.md#how-to-do-it)\n",
        &expect![[r#"
        <p><a href="/procedures/fine-pruning/#how-to-do-it">a</a></p>
    "#]],
    );
    complains(
        "[a](/content/procedures/nobody.md)\n",
        &expect![[r#"
        content/conditions/page.md:4:5: error[link-broken]: there is no procedure `nobody`
          help: write the entry, or take the link out
    "#]],
    );
}

#[test]
fn a_link_to_a_place_on_a_page_that_is_made_is_checked() {
    let site = "\
//- site.yaml
title: Site
kinds:
  note: {plural: notes, fields: {see: url, tags: {type: list, of: text}}, index: {title: Notes}, regroup_by: [tags]}
relations: [{one: note.others, other: note.others_of, labels: [Others, Others of]}]
matrices: [{url: /all/, rows: note, columns: note, via: note.others, title: All}]
pages: {a_z: {title: A to Z, url: /a-z/}}
//- content/notes/one.md
---
title: One
tags: [Soil]
see: /notes/by-tags/#sand
---
[one](/a-z/#letter-o) [two](/a-z/#letter-q) [three](/notes/#nope) [four](/notes/by-tags/#soil) [five](/notes/by-tags/soil/#nope)
[six](/all/#nope) [seven](/a-z/#top) [eight](/notes/#:~:text=One) [nine](/#nope)
";
    Project::bare(site).drawn().reports(&expect![[r#"
        content/notes/one.md:4:6: error[link-broken-heading]: `/notes/by-tags/` has no heading `sand`
          help: take the part behind `#` away, or write it as the page has it
        content/notes/one.md:6:29: error[link-broken-heading]: `/a-z/` has no heading `letter-q`
          help: did you mean `letter-o`?
        content/notes/one.md:6:53: error[link-broken-heading]: `/notes/` has no heading `nope`
          help: take the part behind `#` away, or write it as the page has it
        content/notes/one.md:6:74: error[link-broken-heading]: `/notes/by-tags/` has no heading `soil`
          help: take the part behind `#` away, or write it as the page has it
        content/notes/one.md:6:103: error[link-broken-heading]: `/notes/by-tags/soil/` has no heading `nope`
          help: take the part behind `#` away, or write it as the page has it
        content/notes/one.md:7:7: error[link-broken-heading]: `/all/` has no heading `nope`
          help: take the part behind `#` away, or write it as the page has it
        content/notes/one.md:7:74: error[link-broken-heading]: `/` has no heading `nope`
          help: take the part behind `#` away, or write it as the page has it
    "#]]);
}

#[test]
fn addresses_and_keys_of_works_are_found_in_both_unicode_forms() {
    let site = |name: &str, link: &str| {
        format!(
            "//- site.yaml\ntitle: Site\nchecks: {{advice: off}}\nkinds: {{note: {{fields: {{by: citations}}}}}}\n\
             //- content/sources.yaml\nd{name}: {{type: article, title: T, author: 'A, B', date: 2020}}\n\
             //- static/{name}.txt\nx\n//- content/notes/one.md\n---\ntitle: One\nredirect_from: [/old-{name}/]\nby: [d{link}]\n---\n\
             [file](/{link}.txt) [old](/old-{link}/) [@d{link}]\n"
        )
    };
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
    for (name, link) in [(composed, decomposed), (decomposed, composed), (decomposed, decomposed)] {
        let drawn = Project::bare(&site(name, link)).drawn();
        drawn.is_fine();
        assert!(drawn.file("notes/one/index.html").contains("href=\"/caf%C3%A9.txt\""), "{name:?} {link:?}");
        assert!(drawn.files.contains_key("caf\u{e9}.txt") && drawn.files.contains_key("old-caf\u{e9}/index.html"));
    }
}

#[test]
fn a_link_finds_its_definition_in_both_unicode_forms() {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
    for (name, link) in [(composed, decomposed), (decomposed, composed)] {
        reads(
            &format!("[one][{link}] [{link}][] [{link}]\n\n[{name}]: https://example.org/ \"Title\"\n"),
            &match link == composed {
                true => expect![[r#"
                    <p><a href="https://example.org/" title="Title">one</a> <a href="https://example.org/" title="Title">café</a> <a href="https://example.org/" title="Title">café</a></p>
                "#]],
                false => expect![[r#"
                    <p><a href="https://example.org/" title="Title">one</a> <a href="https://example.org/" title="Title">café</a> <a href="https://example.org/" title="Title">café</a></p>
                "#]],
            },
        );
    }
}

//! Raw HTML on a site that allows it: its addresses are links of the page, and what the policy of the page blocks is said.

use expect_test::expect;

use super::SITE;
use crate::harness::{Drawn, Project, site};

fn allowed(markdown: &str) -> Drawn {
    let site_yaml = SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    site(&format!(
        "{}{markdown}",
        site_yaml.replace("title: Site\n", "title: Site\nbase_url: https://host.example/sub/\n")
    ))
}

fn guarded(markdown: &str) -> Drawn {
    allowed(&format!("{markdown}//- templates/base.html\n<meta http-equiv=\"Content-Security-Policy\">\n"))
}

#[test]
fn addresses_in_raw_html_lead_where_those_of_markdown_lead() {
    allowed(
        "<a href=\"/procedures/\" class=wide>below the base path</a> <A HREF='../procedures/fine-pruning.md#how-to-do-it'>file</A>\n\
         <a id=x href=#x>here</a> <a href=\"https://example.org/?a=1&amp;b=2\">elsewhere</a> <a name=y></a>\n\n\
         <p><img alt=\"A pruner\" src=\"pruner.png\">\n\
         <img srcset=\"pruner.png 1x, pruner.png 2x\"\n  src=/media/conditions/pruner.png></p>\n\n\
         <!-- <a href=\"nothing.md\"> --><video controls poster=pruner.png></video>\n\n\
         <script>\"<a href='nothing.md'>\"</script>\n\n\
         ## x\n",
    )
    .is_fine()
    .shows("/conditions/page/", &expect![[r##"
        <p><a href="/sub/procedures/" class=wide>below the base path</a> <A href="/sub/procedures/fine-pruning/#how-to-do-it">file</A>
        <a href="#x" id=x>here</a> <a href="https://example.org/?a=1&amp;b=2">elsewhere</a> <a name=y></a></p>
        <p><img alt="A pruner" src="/sub/media/conditions/pruner.png">
        <img srcset="/sub/media/conditions/pruner.png 1x, /sub/media/conditions/pruner.png 2x"
          src=/sub/media/conditions/pruner.png></p>
        <p><video controls poster=/sub/media/conditions/pruner.png></video></p>
        <script>"<a href='nothing.md'>"</script>
        <h2 id="x-1">x</h2>
    "##]]);
}

#[test]
fn of_two_addresses_of_a_link_the_first_one_counts() {
    let drawn = allowed(
        "<a href=\"/procedures/\" href=\"nothing.md\" class=x>one</a> <a href=https://example.org/ href=/procedures/>two</a>\n",
    );
    drawn.is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
            <p><a href="/sub/procedures/" class=x>one</a> <a href=https://example.org/>two</a></p>
        "#]],
    );
    let refused = allowed("<a href=\"javascript:one()\" href=\"javascript:two()\">no</a>\n").main("/conditions/page/");
    assert!(!refused.contains("javascript"), "{refused}");
}

#[test]
fn an_address_in_raw_html_that_leads_nowhere_is_reported_at_its_place() {
    let drawn = allowed(
        "<a href=\"nowhere.md\">gone</a> <a\n href=\"#nowhere\">gone</a>\n\n> <div>\n> <img src=\"gone.png\">\n> </div>\n\n\
         <a href=\"javascript:alert()\">no</a> <a href=\"/gone/\">gone</a>\n",
    );
    drawn.reports(&expect![[r#"
        content/conditions/page.md:4:10: error[link-broken]: there is no condition `nowhere`
          help: write the entry, or take the link out
        content/conditions/page.md:5:9: error[link-broken-heading]: this page has no heading `nowhere`
          help: it has no headings
        content/conditions/page.md:8:13: error[image-missing]: there is no image `content/conditions/gone.png`
          help: did you mean `content/conditions/pruner.png`?
        content/conditions/page.md:11:10: error[link-unsafe]: a page cannot lead to `javascript:alert()`
          help: such addresses can run anything in the page
        content/conditions/page.md:11:46: error[link-broken]: no page has the address `/gone/`
          help: link to an entry by its `.md` file, or to the address of a page that is there
    "#]]);
    assert!(!drawn.main("/conditions/page/").contains("javascript"), "{}", drawn.main("/conditions/page/"));
}

#[test]
fn links_in_raw_html_to_drafts_are_their_words() {
    let draft = "//- content/conditions/draft.md\n---\ntitle: Draft\ndraft: true\n---\n";
    allowed(&format!("A <a class=\"x\" href=\"draft.md\">link</a> to it.\n{draft}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
            <p>A link to it.</p>
        "#]],
    );
}

#[test]
fn what_the_policy_of_the_page_blocks_is_said() {
    let html = "<iframe src=\"https://video.example/x\"></iframe>\n\n<p style=\"color: red\">a <b style=\"x\">b</b></p>\n\n\
                <img src=\"https://example.org/a.png\" alt=\"\"> <img src=\"data:image/png;base64,AA==\" alt=\"\">\n\n\
                <script>alert()</script>\n\n<script type=\"application/ld+json\">{}</script>\n\n\
                <button onclick=\"x()\">b</button> <form action=\"https://example.org/\"></form>\n\n<style>p {}</style>\n";
    guarded(html).reports(&expect![[r#"
        content/conditions/page.md:4:1: warning[html-blocked]: the security policy of the page blocks `<iframe>`
          help: link to what it shows
        content/conditions/page.md:6:11: warning[html-blocked]: the security policy of the page blocks the attribute `style`
          content/conditions/page.md:6:35: here, too
          help: give it a `class`, and style that in a file of `static/`
        content/conditions/page.md:8:1: warning[html-blocked]: the security policy of the page blocks `https://example.org/a.png`, which is not of the site
          help: put a copy into the project, or link to it
        content/conditions/page.md:8:46: warning[html-blocked]: the security policy of the page blocks `data:image/png;base64,AA==`, which is not of the site
          help: put a copy into the project, or link to it
        content/conditions/page.md:10:1: warning[html-blocked]: the security policy of the page blocks `<script>` in the page
          help: put it into a file of `static/`, and load it in a template
        content/conditions/page.md:14:18: warning[html-blocked]: the security policy of the page blocks the attribute `onclick`
          help: put the program into a file of `static/`, and load it in a template
        content/conditions/page.md:14:34: warning[html-blocked]: the security policy of the page blocks a form that is sent to another site
          help: link to a page there
        content/conditions/page.md:16:1: warning[html-blocked]: the security policy of the page blocks `<style>` in the page
          help: put it into a file of `static/`, and load it in a template
    "#]]);
    // A site whose templates have no such policy may do all of that.
    allowed(html).is_fine();
}

#[test]
fn what_the_policy_blocks_is_drawn_as_its_words_or_not_at_all() {
    guarded(
        "<p><img src=\"https://a.example/b.png?c&amp;d\" alt=\"A 'b'\"> <img src='https://a.example/e.png'>\n\
         <a href=\"https://f.example/\"><img alt=Logo src=//a.example/g.png></a> <img alt=\"\" src=\"https://a.example/h.png\">\n\
         <img alt=Dot src=\"data:image/png;base64,AA==\"></p>\n\n\
         In a line <img src=\"https://a.example/i.png\" alt=\"I\"> and [so <img src=\"https://a.example/j.png\" alt=\"J\">](https://f.example).\n\n\
         <style>\np > a {}\n</style>\n\n<script setup>\nimport A from '<b>'\n</script>\n\nLast.\n",
    )
    .shows("/conditions/page/", &expect![[r#"
        <p><a href="https://a.example/b.png?c&amp;d">A 'b'</a> <a href="https://a.example/e.png">https://a.example/e.png</a>
        <a href="https://f.example/">Logo</a> 
        Dot</p>
        <p>In a line <a href="https://a.example/i.png">I</a> and <a href="https://f.example">so J</a>.</p>


        <p>Last.</p>
    "#]]);
}

#[test]
fn elements_that_no_browser_knows_are_reported_once_each() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    crate::harness::site(&format!(
        "{allowed}<Listing source=\"A list\">\n\nText.\n\n</Listing>\n\n<Listing source=\"B\"></Listing> <my-clock>x</my-clock> <svg><path d=\"\"/></svg> Vec<T> <Video/>\n"
    ))
    .reports(&expect![[r#"
        content/conditions/page.md:4:1: warning[markdown-unread]: `<listing>` is no element of HTML: the page shows what stands in it, and nothing else of it
          content/conditions/page.md:10:1: here, too
          help: write it in Markdown or in elements that browsers know; as text, put it into code
        content/conditions/page.md:4:18: warning[text-lost]: what the attribute `source` of `<listing>` says is on no page
          help: write its words as text
        content/conditions/page.md:10:82: warning[html-unclosed]: this `<t>` is never closed
          help: write `</t>` where it ends
        content/conditions/page.md:10:82: warning[markdown-unread]: `<t>` is no element of HTML: the page shows what stands in it, and nothing else of it
          help: write it in Markdown or in elements that browsers know; as text, put it into code
    "#]]);
}

#[test]
fn markdown_in_a_block_of_html_is_reported_once_for_each_kind() {
    let drawn = allowed(
        "<details>\n<summary>More **bold**</summary>\n  - one *two*\n  - two\n</details>\n\n\
         <div>\n[link](#x), `code`,\n![p](pruner.png)\n1. one\n2. two\n\n</div>\n\n<div>\n\n**fine**\n\n</div>\n\n\
         <pre>\n**typed**\n- list\n</pre>\n\n<table><tr><td>- 5</td><td>2 * 3 * 4, a_b_c</td><td><code>**</code>a</td></tr></table>\n\n\
         <div>&#42;&#42;meant&#42;&#42;</div>\n",
    );
    drawn.reports(&expect![[r#"
        content/conditions/page.md:5:15: warning[markdown-unread]: a block of HTML holds no Markdown: the page shows this emphasis as it was typed
          content/conditions/page.md:6:9: here, too
          help: put an empty line between it and the tags before and behind it, or write it as HTML
        content/conditions/page.md:6:3: warning[markdown-unread]: a block of HTML holds no Markdown: the page shows this list as it was typed
          content/conditions/page.md:13:1: here, too
          help: put an empty line between it and the tags before and behind it, or write it as HTML
        content/conditions/page.md:11:1: warning[markdown-unread]: a block of HTML holds no Markdown: the page shows this link as it was typed
          help: put an empty line between it and the tags before and behind it, or write it as HTML
        content/conditions/page.md:11:13: warning[markdown-unread]: a block of HTML holds no Markdown: the page shows this code as it was typed
          help: put an empty line between it and the tags before and behind it, or write it as HTML
        content/conditions/page.md:12:1: warning[markdown-unread]: a block of HTML holds no Markdown: the page shows this picture as it was typed
          help: put an empty line between it and the tags before and behind it, or write it as HTML
    "#]]);
}

#[test]
fn a_problem_behind_a_comment_in_a_block_of_html_is_reported_at_its_line() {
    let drawn = guarded("<div>\n<b>é<!-- é --></b><iframe src=\"x\">é</iframe>\n</div>\n");
    drawn.reports(&expect![[r#"
        content/conditions/page.md:5:1: error[link-broken]: there is no file `content/conditions/x`
          help: put the file there, or correct the path: it counts from the folder of the page
        content/conditions/page.md:5:1: warning[html-blocked]: the security policy of the page blocks `<iframe>`
          help: link to what it shows
    "#]]);
}

#[test]
fn no_attribute_runs_a_program_when_it_is_followed() {
    for html in [
        "<svg><a xlink:href=\"javascript:alert(1)\">z</a></svg>",
        "<button formaction=\"JavaScript:alert(2)\">b</button>",
        "<a href=\"data:text/html,x\">d</a>",
        "<form action=\"java&#115;cript:alert(3)\">f</form>",
        "<a href=\"java&#115cript&colon;alert(4)\">e</a>",
        "<a href=\" java\tscript:alert(5)\">t</a>",
        "<input type=\"image\" src=\"data:image/png;base64,AA\" alt=\"i\" formaction=\"vbscript:x\">",
    ] {
        let drawn = site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\nmarkdown: {{allow_html: true}}\n\
             //- content/notes/page.md\n---\ntitle: Page\n---\n{html}\n"
        ));
        assert!(drawn.problems().contains("error[link-unsafe]: a page cannot lead to"), "{html}: {}", drawn.problems());
        let main = drawn.main("/notes/page/").to_ascii_lowercase();
        assert!(!main.contains("script") && !main.contains("data:text") && !main.contains("java"), "{html}: {main}");
    }
}

#[test]
fn images_of_a_host_that_the_site_declares_are_shown_however_they_are_written() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\nhosts: {images: [pictures.example]}\n\
         //- content/notes/page.md\n---\ntitle: Page\n---\n![A *corm*](https://pictures.example/a.png?w=1&h=2 \"Big\")\n\nand ![b](https://other.example/b.png)\n",
    );
    drawn.reports(&expect![[r#"
        content/notes/page.md:6:10: error[link-unsafe]: a page cannot show the image `https://other.example/b.png`
          help: put the file into the project, or let pages load pictures from there with `hosts: {images: [other.example]}` in site.yaml
    "#]]);
    assert!(
        drawn
            .main("/notes/page/")
            .contains("<img src=\"https://pictures.example/a.png?w=1&amp;h=2\" alt=\"A corm\" loading=\"lazy\">"),
        "{}",
        drawn.main("/notes/page/")
    );
}

#[test]
fn elements_that_stay_open_and_ends_that_nobody_began_do_not_break_the_frame() {
    let page = |text: &str| {
        let drawn = site(&format!(
            "//- site.yaml\ntitle: Site\nkinds: {{note: {{}}}}\nmarkdown: {{allow_html: true}}\n\
             //- content/notes/page.md\n---\ntitle: Page\n---\n{text}\n"
        ));
        (drawn.problems(), drawn.main("/notes/page/"))
    };
    let (said, main) = page("<div class=\"box\">\n\nOne <b>two.\n\n</div></div>\n\n</article></main>\n\nThree.");
    expect![[r#"
        content/notes/page.md:6:5: warning[html-unclosed]: this `<b>` is never closed
          help: write `</b>` where it ends
        content/notes/page.md:8:7: warning[html-unclosed]: `</div>` ends nothing that this text has begun, and is left out
          help: take it out, or begin the element above
        content/notes/page.md:10:1: warning[html-unclosed]: `</article>` ends nothing that this text has begun, and is left out
          help: take it out, or begin the element above
        content/notes/page.md:10:11: warning[html-unclosed]: `</main>` ends nothing that this text has begun, and is left out
          help: take it out, or begin the element above
    "#]]
    .assert_eq(&said);
    assert!(!main.contains("</article>") && main.matches("<div").count() == main.matches("</div>").count(), "{main}");
    for fine in [
        "<div>\n\n- a\n\n</div>\n\n<p>x<br>y<img src=\"data:image/png;base64,AA\" alt=\"i\">",
        "<ul><li>a<li>b</ul>\n\n<table><tr><td>x</table>",
        "<details><summary>S</summary>\n\nText.\n\n</details>",
        "A <kbd>K</kbd> and <span title=\"a > b </div>\">s</span>.",
        "<svg><path d=\"M0 0\"/><circle r=\"1\"/></svg>",
        "<script type=\"application/json\">\"</div>\"</script>",
        "<!-- <div> -->\n\ntext",
    ] {
        assert!(!page(fine).0.contains("html-unclosed"), "{fine}: {}", page(fine).0);
    }
}

#[test]
fn what_browsers_take_for_a_comment_is_reported_and_not_searched_for() {
    let text = "one <?php zq1 ?> two <![CDATA[zq2]]> three <!DOCTYPE zq3> four\n\n<?php\nzq4\n?>\n\n<template>zq5</template>\n\n\
         <script>a <!b</script>\n\nA drawing <svg><![CDATA[six]]></svg> here.\n";
    let declared = "markdown: {allow_html: true}\npages: {search: {url: /search/}}\nchecks: {advice: off}\n";
    let page = format!("//- content/a.md\n---\ntitle: A\n---\n{text}");
    let project = Project::bare(&format!("//- site.yaml\ntitle: T\nbase_url: https://example.org/\n{declared}{page}"));
    project.drawn().reports(&expect![[r#"
        content/a.md:4:5: warning[text-lost]: browsers take this for a comment, and show nothing of it
          help: take it out, or put it into code if it is text
        content/a.md:4:22: warning[text-lost]: browsers take this for a comment, and show nothing of it
          help: take it out, or put it into code if it is text
        content/a.md:4:44: warning[text-lost]: browsers take this for a comment, and show nothing of it
          help: take it out, or put it into code if it is text
        content/a.md:6:1: warning[text-lost]: browsers take this for a comment, and show nothing of it
          help: take it out, or put it into code if it is text
        content/a.md:12:1: warning[html-blocked]: the security policy of the page blocks `<script>` in the page
          help: put it into a file of `static/`, and load it in a template
    "#]]);
    project.runs(&["build", "--allow-removals"]);
    let index: Vec<_> = project.tree("public").into_iter().filter(|(path, _)| path.contains("search-index")).collect();
    assert!(!index.is_empty());
    for (path, (bytes, _)) in index {
        assert!(!String::from_utf8_lossy(&bytes).contains("zq"), "{path}");
    }
}

#[test]
fn no_picture_is_an_entry() {
    let drawn = site(
        "//- site.yaml\ntitle: Site\nkinds: {note: {}}\nmarkdown: {allow_html: true}\nchecks: {advice: off}\n\
         //- content/notes/b.md\n---\ntitle: B\n---\n//- content/notes/page.md\n---\ntitle: Page\n---\n<img src=\"b\" alt=\"x\">\n",
    );
    let told = drawn.problems();
    assert!(told.contains("error[image-missing]") && !told.contains("link-form"), "{told}");
}

#[test]
fn signs_in_raw_code_stand_as_they_were_typed() {
    let markdown = "So <code>\"a\" -- 'b'...</code> \"c\" -- and <KBD>--</KBD>, <samp>a *\"b\"*</samp>, <var>x'</var> <em>\"d\"</em>.\n\n\
                    <code>\"open\n\n\"shut\"\n\n| <kbd>\"</kbd> | \"x\" |\n|---|---|\n";
    allowed(markdown).shows("/conditions/page/", &expect![[r#"
        <p>So <code>"a" -- 'b'...</code> “c” – and <KBD>--</KBD>, <samp>a <em>"b"</em></samp>, <var>x'</var> <em>“d”</em>.</p>
        <p><code>"open</p>
        <p>“shut”</p>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th><kbd>"</kbd></th><th>“x”</th></tr></thead><tbody>
        </tbody></table>
        </div>
        </code>
    "#]]);
}

#[test]
fn names_that_begin_like_handlers_are_none() {
    let problems = guarded(
        "<p once only online on:visible on-x onboarding=\"x\">x</p>\n\n<p onclick=\"x()\" onpointerdown=\"y()\">x</p>\n",
    )
    .problems();
    assert_eq!(problems.matches("html-blocked").count(), 2, "{problems}");
}

#[test]
fn signs_in_blocks_of_html_are_reported() {
    let allowed = SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    for (html, said) in [
        ("<p><strong>{{ version }}</strong></p>", "signs of templates"),
        ("<p>{{/* S */}}</p>", "this is no comment here"),
        ("<p>So $x_i$ is</p>", "a formula in a block of HTML"),
        ("<div>\n:::note\nA\n:::\n</div>", "this begins no box here"),
    ] {
        let problems = site(&format!("{allowed}{html}\n")).problems();
        assert_eq!(problems.matches("warning[").count(), 1, "{html}\n{problems}");
        assert!(problems.contains(said), "{html}\n{problems}");
    }
}

#[test]
fn a_film_or_a_picture_is_no_entry() {
    let allowed = super::SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    for html in [
        "<audio src=\"stem-sprouts.md\">So</audio>",
        "<audio controls>\n<source src=\"stem-sprouts.md\">\nSo\n</audio>",
        "<video poster=\"stem-sprouts.md\">So</video>",
        "<video>So<track src=\"/conditions/stem-sprouts/\"></video>",
        "<picture><source srcset=\"stem-sprouts.md 2x\">So</picture>",
        "<img src=\"../conditions/stem-sprouts.md#stop\" alt=\"So\">",
    ] {
        let drawn = site(&format!("{allowed}{html}\n"));
        let [problem] = &drawn.diagnostics[..] else { panic!("{html}: {}", drawn.problems()) };
        assert!(problem.message.ends_with("is a page, and no file that this element shows"), "{}", drawn.problems());
        let main = drawn.main("/conditions/page/");
        assert!(main.contains("So") && !main.contains("/conditions/stem-sprouts/"), "{main}");
    }
}

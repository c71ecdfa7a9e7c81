//! What Limber adds to CommonMark: links, citations, data blocks, and the extensions that are switched on.

use expect_test::{Expect, expect};

use crate::harness::{Drawn, site};

mod comments;
mod embeds;
mod emphasis;
mod footnotes;
mod headings;
mod html;
mod ids;
mod links;
mod near;
mod quotes;
mod wikilinks;
mod words;

const SITE: &str = "\
//- site.yaml
title: Site
markdown: {term_links: false}
kinds:
  procedure: {fields: {firmness: {type: choice, of: [light, firm]}, minutes: {type: range, unit: minutes}}}
  condition: {}
blocks:
  plan: {fields: {title: {type: text, required: true}, note: markdown, sources: citations}}
//- templates/entry.html
<main>
{{ entry.body }}
{%- for source in entry.sources %}<p id=\"{{ source.id }}\">{{ source.n }} {{ source.work.key }}</p>
{% endfor -%}
</main>
//- templates/blocks/free.html
<div>{% for key, value in block %}{{ key }}={{ value }};{% endfor %}</div>
//- templates/blocks/plan.html
<div>{{ block.title }}{% if block.note %} {{ block.note }}{% endif %}{% if block.sources %} {{ block.sources.marks }}{% endif %}</div>
//- content/procedures/fine-pruning.md
---
title: Fine pruning
firmness: firm
minutes: 2-5
---
## How to do it
//- content/procedures/evergreens.md
---
title: Evergreens
short_title: Long strokes
firmness: light
minutes: 10
---
//- content/conditions/stem-sprouts.md
---
title: Stem sprouts
---
## When to stop {#stop}
//- content/conditions/pruner.png
no real picture
//- content/sources.yaml
davis2020: {type: article, title: Compost and propagation, author: 'Davis, Holly', date: 2020}
guo2017: {type: article, title: Softness, author: 'Guo, Jianmin', date: 2017}
//- content/conditions/page.md
---
title: Page
---
";

/// A site in which the page `/conditions/page/` has this text.
fn text(markdown: &str) -> Drawn {
    site(&format!("{SITE}{markdown}"))
}

#[track_caller]
fn reads(markdown: &str, expected: &Expect) {
    text(markdown).is_fine().shows("/conditions/page/", expected);
}

#[track_caller]
fn complains(markdown: &str, expected: &Expect) {
    text(markdown).reports(expected);
}

#[test]
fn a_link_to_a_file_leads_to_its_page_and_heading() {
    reads(
        "[a](stem-sprouts.md#stop) [b](../procedures/fine-pruning.md#how-to-do-it \"more\") [c](../procedures/)\n\
         [d](/procedures/) [e](#here) [f](pruner.png) [g](https://example.org/?a=1&b=2#c) <mail@example.org>\n\n### Here\n",
        &expect![[r##"
            <p><a href="/conditions/stem-sprouts/#stop">a</a> <a href="/procedures/fine-pruning/#how-to-do-it" title="more">b</a> <a href="/procedures/">c</a>
            <a href="/procedures/">d</a> <a href="#here">e</a> <a href="/media/conditions/pruner.png">f</a> <a href="https://example.org/?a=1&amp;b=2#c">g</a> <a href="mailto:mail@example.org">mail@example.org</a></p>
            <h3 id="here">Here</h3>
        "##]],
    );
}

#[test]
fn a_wikilink_takes_the_name_of_its_entry_unless_it_has_words_of_its_own() {
    reads(
        "[[fine-pruning]] [[procedures/evergreens]] [[fine pruning|the pruner]] [[stem-sprouts#stop]]\n\
         [[Long strokes]] [[#Here]] [[fine-pruning#how-to-do-it|how]]\n\n# Here\n",
        &expect![[r##"
            <p><a href="/procedures/fine-pruning/">Fine pruning</a> <a href="/procedures/evergreens/">Long strokes</a> <a href="/procedures/fine-pruning/">the pruner</a> <a href="/conditions/stem-sprouts/#stop">Stem sprouts</a>
            <a href="/procedures/evergreens/">Long strokes</a> <a href="#here">Here</a> <a href="/procedures/fine-pruning/#how-to-do-it">how</a></p>
            <h1 id="here">Here</h1>
        "##]],
    );
}

#[test]
fn links_to_nothing_are_reported_where_they_stand() {
    complains(
        "[a](stem-sprout.md) [b](stem-sprouts.md#start) [[fine-pruing]] [[fine-pruning#what]] [c](#nowhere)\n\
         [d](/nothing/) [e](/procedures) [f](nothing.png) ![g](roler.png) [h](../../../etc/passwd) [i](javascript:alert)\n\
         ![j](https://example.org/a.png) [k](/conditions/stem-sprouts/#begin)\n",
        &expect![[r#"
            content/conditions/page.md:4:5: error[link-broken]: there is no condition `stem-sprout`
              help: did you mean `stem-sprouts.md`?
            content/conditions/page.md:4:41: error[link-broken-heading]: `conditions/stem-sprouts` has no heading `start`
              help: its headings are stop
            content/conditions/page.md:4:50: error[link-broken]: no entry is named `fine-pruing`
              help: did you mean `fine-pruning`?
            content/conditions/page.md:4:79: error[link-broken-heading]: `procedures/fine-pruning` has no heading `what`
              help: its headings are how-to-do-it
            content/conditions/page.md:4:91: error[link-broken-heading]: this page has no heading `nowhere`
              help: it has no headings
            content/conditions/page.md:5:5: error[link-broken]: no page has the address `/nothing/`
              help: link to an entry by its `.md` file, or to the address of a page that is there
            content/conditions/page.md:5:20: warning[link-form]: no page has the address `/procedures`: the link is led to `/procedures/`
              help: write it as `/procedures/`, or say `checks: {link-form: off}` in site.yaml
            content/conditions/page.md:5:37: error[link-broken]: there is no file `content/conditions/nothing.png`
              help: did you mean `content/conditions/pruner.png`?
            content/conditions/page.md:5:55: error[image-missing]: there is no image `content/conditions/roler.png`
              help: did you mean `content/conditions/pruner.png`?
            content/conditions/page.md:5:70: error[link-unsafe]: a page cannot lead to `../../../etc/passwd`
              help: it leads out of the project: link to a file inside it
            content/conditions/page.md:5:95: error[link-unsafe]: a page cannot link to `javascript:alert`
              help: such addresses can run anything in the page
            content/conditions/page.md:6:6: error[link-unsafe]: a page cannot show the image `https://example.org/a.png`
              help: put the file into the project, or let pages load pictures from there with `hosts: {images: [example.org]}` in site.yaml
            content/conditions/page.md:6:37: error[link-broken-heading]: `/conditions/stem-sprouts/` has no heading `begin`
              help: take the part behind `#` away, or write it as the page has it
        "#]],
    );
}

#[test]
fn citations_are_numbered_in_the_order_of_the_page_and_listed() {
    reads(
        "First [@guo2017, p. 3]. Then [@davis2020; @guo2017]. An @address and [@a link](/procedures/).\n",
        &expect![[r##"
            <p>First<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a>, p. 3</sup>. Then<sup class="cite"><a href="#source-2" aria-label="Source 2">2</a> <a href="#source-1" aria-label="Source 1">1</a></sup>. An @address and <a href="/procedures/">@a link</a>.</p>
            <p id="source-1">1 guo2017</p>
            <p id="source-2">2 davis2020</p>
        "##]],
    );
    complains(
        "Nobody wrote [@davis2021] or [@x; @guo2017].\n",
        &expect![[r#"
            content/conditions/page.md:4:16: error[citation-unknown]: no work has the key `davis2021`
              help: did you mean `davis2020`?
            content/conditions/page.md:4:32: error[citation-unknown]: no work has the key `x`
              help: add the work to content/sources.yaml
        "#]],
    );
}

#[test]
fn headings_get_ids_that_are_stable_and_their_own() {
    reads(
        "# Über *uns* & `you`\n\n# Steps\n\n# Steps\n\n# Steps {#mine .wide}\n\n# 🦵\n\n# ...\n\n# ...\n\nSetext\n===\n",
        &expect![[r#"
            <h1 id="über-uns--you">Über <em>uns</em> &amp; <code>you</code></h1>
            <h1 id="steps">Steps</h1>
            <h1 id="steps-1">Steps</h1>
            <h1 id="mine" class="wide">Steps</h1>
            <h1 id="section">🦵</h1>
            <h1 id="section-1">…</h1>
            <h1 id="section-2">…</h1>
            <h1 id="setext">Setext</h1>
        "#]],
    );
    complains(
        "# A {#same}\n\n# B {#same}\n",
        &expect![[r#"
            content/conditions/page.md:6:1: error[heading-id-duplicate]: the id `same` stands on the page before
              content/conditions/page.md:4:1: this has the id `same`, too
              help: give one of them another id, or none: then one is made of its words
        "#]],
    );
}

#[test]
fn a_data_block_is_drawn_by_its_template() {
    reads(
        "```free\na: 1\nb: [x, y]\n```\n\n```words\nlet a = 1;\n```\n",
        &expect![[r#"
            <div>a=1;b=[&quot;x&quot;, &quot;y&quot;];</div>
            <figure class="code"><button type="button" class="plain copy" hidden data-done="Copied">Copy</button><pre tabindex="0"><code class="language-words">let a = 1;
            </code></pre></figure>
        "#]],
    );
    reads(
        "See [@guo2017].\n\n```plan\ntitle: Week\nnote: '*Rest* with [[fine-pruning]]'\nsources: [davis2020, guo2017]\n```\n",
        &expect![[r##"
            <p>See<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup>.</p>
            <div>Week <em>Rest</em> with <a href="/procedures/fine-pruning/">Fine pruning</a> <sup class="cite"><a href="#source-2" aria-label="Source 2">2</a> <a href="#source-1" aria-label="Source 1">1</a></sup></div>
            <p id="source-1">1 guo2017</p>
            <p id="source-2">2 davis2020</p>
        "##]],
    );
}

#[test]
fn a_data_block_that_does_not_fit_is_reported_inside_the_block() {
    complains(
        "\n```plan\nnote: '[[nothing]]'\ntitel: Week\ntitle: Week\nsources: [nobody]\n```\n",
        &expect![[r#"
            content/conditions/page.md:6:10: error[link-broken]: no entry is named `nothing`
              help: write the slug of an entry, kind and slug, or its title
            content/conditions/page.md:7:1: error[field-unknown]: the data block `plan` has no field `titel`
              help: did you mean `title`?
            content/conditions/page.md:9:11: error[citation-unknown]: no work has the key `nobody`
              help: add the work to content/sources.yaml
        "#]],
    );
}

#[test]
fn a_data_block_shows_the_entries_that_it_asks_for() {
    reads(
        "```list\nentries: procedure\n```\n\n```list\nentries: procedures\nwhere: {firmness: firm}\n```\n\n\
         ```list\nentries: procedure\nonly: [procedures/fine-pruning, evergreens]\n```\n\n```list\nentries: procedure\nlimit: 1\n```\n\n\
         ```list\nentries: procedure\nwhere: {minutes: [4, 7]}\n```\n",
        &expect![[r#"
            <ul>
            <li id="fine-pruning">Fine pruning</li>
            <li id="evergreens">Evergreens</li>
            </ul>
            <ul>
            <li id="fine-pruning-2">Fine pruning</li>
            </ul>
            <ul>
            <li id="fine-pruning-3">Fine pruning</li>
            <li id="evergreens-2">Evergreens</li>
            </ul>
            <ul>
            <li id="fine-pruning-4">Fine pruning</li>
            </ul>
            <ul>
            <li id="fine-pruning-5">Fine pruning</li>
            </ul>
        "#]],
    );
    complains(
        "```list\nentries: procedur\n```\n\n```list\nentries: procedure\nwhere: {firmness: frm, firmess: firm}\nlimit: none\n```\n",
        &expect![[r#"
            content/conditions/page.md:5:10: error[block-unknown-kind]: no kind named `procedur`
              help: did you mean `procedure`?
            content/conditions/page.md:10:19: error[field-unknown-choice]: `frm` is not one of the choices of `firmness`
              help: did you mean `firm`?
            content/conditions/page.md:10:33: error[block-invalid]: a procedure has no field or relation `firmess`
              help: known are firmness, minutes
            content/conditions/page.md:11:8: error[block-invalid]: `limit` has to be a positive number
              help: write it as `limit: 5`, or leave it out for all
        "#]],
    );
}

#[test]
fn alerts_footnotes_tables_tasks_and_definitions_are_drawn() {
    reads(
        "> [!WARNING]\n> Stop *now*.\n\n> plain\n",
        &expect![[r#"
        <div class="alert alert-warning" role="note"><p class="alert-title">Warning</p><div class="alert-body">
        <p>Stop <em>now</em>.</p>
        </div></div>
        <blockquote>
        <p>plain</p>
        </blockquote>
    "#]],
    );
    reads(
        "One[^b] two[^a] one again[^b].\n\n[^a]: Second.\n[^b]: First\n\n    with two paragraphs.\n",
        &expect![[r##"
            <p>One<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup> two<sup class="footnote"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup> one again<sup class="footnote"><a href="#fn-1" id="fnref-1-2" aria-label="Footnote 1">1</a></sup>.</p>
            <section class="footnotes" aria-label="Footnotes">
            <ol>
            <li id="fn-1">
            <p>First</p>
            <p>with two paragraphs.</p>
            <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a><a class="footnote-back" href="#fnref-1-2" aria-label="Back to the text (2)">←<sup>2</sup></a></li>
            <li id="fn-2">
            <p>Second.</p>
            <a class="footnote-back" href="#fnref-2" aria-label="Back to the text">←</a></li>
            </ol>
            </section>
        "##]],
    );
    reads(
        "| a | b |\n|---|---|\n| ~~x~~ | `y` |\n",
        &expect![[r#"
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>
            <tr><td><del>x</del></td><td><code>y</code></td></tr>
            </tbody></table>
            </div>
        "#]],
    );
    reads(
        "- [ ] open\n- [x] done\n",
        &expect![[r#"
        <ul>
        <li><label><input type="checkbox" disabled> open</label></li>
        <li><label><input type="checkbox" disabled checked> done</label></li>
        </ul>
    "#]],
    );
    reads(
        "Term\n: What it is.\n",
        &expect![[r#"
        <dl>
        <dt>Term</dt>
        <dd>What it is.</dd>
        </dl>
    "#]],
    );
    reads(
        "\"Quotes\" -- and dashes --- and dots...\n",
        &expect![[r#"
        <p>“Quotes” – and dashes — and dots…</p>
    "#]],
    );
}

#[test]
fn the_end_of_an_element_that_nobody_began_is_reported_once_as_raw_html() {
    let html = "one\n\n</div>\n\nfour </b> five </b>\n\n<i>six</i>\n\n<table>\n<tr>\n\n</tr>\n</table>\n";
    text(html).reports(&expect![[r#"
        content/conditions/page.md:6:1: warning[html-raw]: raw HTML is shown as text
          help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
        content/conditions/page.md:8:6: warning[html-raw]: raw HTML is shown as text
          content/conditions/page.md:8:16: here, too
          help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
        content/conditions/page.md:10:1: warning[html-raw]: raw HTML is shown as text
          help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
        content/conditions/page.md:12:1: warning[html-raw]: raw HTML is shown as text
          help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
    "#]]);
}

#[test]
fn code_that_a_sign_of_tables_cuts_in_two_is_reported_once_with_what_is_lost() {
    text("| a | b |\n|---|---|\n| `x | y` | v |\n| `x \\| y` | `z |\n").reports(&expect![[r#"
        content/conditions/page.md:6:3: warning[text-lost]: the row has more cells than the head of the table, and these are on no page
          help: give the head as many cells, or write `\|` for a sign inside a cell
    "#]]);
}

#[test]
fn ids_of_headings_are_the_same_in_both_forms_of_unicode() {
    text("[w](#\u{e9}t\u{e9}) [[#\u{e9}t\u{e9}]] [x](#n\u{e9})\n\n## X {#e\u{301}te\u{301}}\n\n## Y {#ne\u{301} #ni\u{e9}}\n\n[z](#nie\u{301})\n")
        .is_fine();
}

#[test]
fn raw_html_is_shown_as_text_and_reported_unless_the_site_allows_it() {
    let html = "<div class=\"x\">\n<b>bold</b>\n</div>\n\nAn <i>inline</i> tag. <!-- a comment -->\n";
    text(html)
        .reports(&expect![[r#"
            content/conditions/page.md:4:1: warning[html-raw]: raw HTML is shown as text
              help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
            content/conditions/page.md:8:4: warning[html-raw]: raw HTML is shown as text
              help: write it in Markdown, make it a data block, or set `markdown.allow_html: true` in site.yaml
        "#]])
        .shows(
            "/conditions/page/",
            &expect![[r#"
                <p>&lt;div class="x"&gt;
                &lt;b&gt;bold&lt;/b&gt;
                &lt;/div&gt;
                </p>
                <p>An &lt;i&gt;inline&lt;/i&gt; tag.</p>
            "#]],
        );
    let allowed = format!("{SITE}{html}").replace("{term_links: false}", "{term_links: false, allow_html: true}");
    site(&allowed).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
            <div class="x">
            <b>bold</b>
            </div>
            <p>An <i>inline</i> tag.</p>
        "#]],
    );
}

#[test]
fn wikilinks_and_smart_punctuation_can_be_switched_off() {
    let plain = format!("{SITE}[[fine-pruning]] \"quoted\"\n")
        .replace("{term_links: false}", "{term_links: false, wikilinks: false, smart_punctuation: false}");
    site(&plain).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
        <p>[[fine-pruning]] "quoted"</p>
    "#]],
    );
}

#[test]
fn a_footnote_within_a_footnote_loses_nothing() {
    reads(
        "One[^a].\n\n[^a]: Outer[^b].\n\n    > [^b]: Inner.\n\nThe end.\n",
        &expect![[r##"
        <p>One<sup class="footnote"><a href="#fn-1" id="fnref-1" aria-label="Footnote 1">1</a></sup>.</p>
        <p>The end.</p>
        <section class="footnotes" aria-label="Footnotes">
        <ol>
        <li id="fn-1">
        <p>Outer<sup class="footnote"><a href="#fn-2" id="fnref-2" aria-label="Footnote 2">2</a></sup>.</p>
        <blockquote>
        </blockquote>
        <a class="footnote-back" href="#fnref-1" aria-label="Back to the text">←</a></li>
        <li id="fn-2">
        <p>Inner.</p>
        <a class="footnote-back" href="#fnref-2" aria-label="Back to the text">←</a></li>
        </ol>
        </section>
    "##]],
    );
}

#[test]
fn a_footnote_that_nobody_defined_is_reported() {
    complains(
        "A note[^nobody], **bold[^x]**, \\[^escaped], `[^code]`.\n\n    [^code]\n",
        &expect![[r#"
            content/conditions/page.md:4:7: warning[footnote-unknown]: no footnote `nobody` is defined
              help: define it below, on a line of its own: `[^nobody]: ...`
            content/conditions/page.md:4:24: warning[footnote-unknown]: no footnote `x` is defined
              help: define it below, on a line of its own: `[^x]: ...`
        "#]],
    );
}

#[test]
fn a_data_block_that_cannot_be_read_is_reported_once_and_not_drawn() {
    complains(
        "> ```plan\n> - a\n> ```\n\n```free\na: [\n```\n",
        &expect![[r#"
            content/conditions/page.md:5:3: error[block-invalid]: the data block `plan` needs keys with values, found a list
              help: write each as `key: value` on a line of its own
            content/conditions/page.md:10:1: error[block-invalid]: the data block `free` is no YAML: a value is missing here
              help: write a value, or remove the comma
        "#]],
    );
    complains(
        "Words.\n\n```plan\n```\n\nMore words.\n",
        &expect![[r#"
            content/conditions/page.md:6:1: error[field-missing]: the required field `title` is missing
              help: add `title: some words`
        "#]],
    );
}

#[test]
fn a_comment_is_left_out_however_long_it_is() {
    reads(
        "One.\n\n<!-- a comment\n\nof two paragraphs -->\n\nTwo <!-- within\na line --> words.\n",
        &expect![[r#"
            <p>One.</p>
            <p>Two words.</p>
        "#]],
    );
}

#[test]
fn attributes_of_a_heading_cannot_smuggle_in_scripts_or_styles() {
    let drawn = text("# Title {#a .wide onclick=alert(1) style=color:red lang=fr}\n");
    drawn.shows(
        "/conditions/page/",
        &expect![[r#"
            <h1 id="a" class="wide" lang="fr">Title</h1>
        "#]],
    );
    drawn.reports(&expect![[r#"
        content/conditions/page.md:4:9: warning[html-raw]: the attribute `onclick` is raw HTML, and is left out
          help: take it away, or set `markdown.allow_html: true` in site.yaml
        content/conditions/page.md:4:9: warning[html-raw]: the attribute `style` is raw HTML, and is left out
          help: take it away, or set `markdown.allow_html: true` in site.yaml
    "#]]);
}

#[test]
fn the_contents_name_headings_as_people_read_them() {
    let with_contents = SITE.replace(
        "{{ entry.body }}",
        "{% for heading in entry.toc %}{{ heading.level }} {{ heading.id }} {{ heading.title }}\n{% endfor %}",
    );
    let text = "## Effect [@guo2017]\n\n### The [pruner](../procedures/fine-pruning.md) & `you`[^1]\n\n[^1]: Note.\n";
    site(&format!("{with_contents}{text}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
            2 effect Effect
            3 the-pruner--you The pruner &amp; you
            <p id="source-1">1 guo2017</p>
        "#]],
    );
}

#[test]
fn columns_are_aligned_without_styles_in_the_page() {
    reads(
        "| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n| 5 | 6 |\n",
        &expect![[r#"
            <div class="tablebox stack" role="group" aria-label="Table" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" class="align-left">a</th><th role="columnheader" class="align-center">b</th><th role="columnheader" class="align-right">c</th><th role="columnheader">d</th></tr></thead><tbody role="rowgroup">
            <tr role="row"><td role="cell" class="align-left">1</td><td role="cell" data-label="b" class="align-center">2</td><td role="cell" data-label="c" class="align-right">3</td><td role="cell" data-label="d">4</td></tr>
            <tr role="row"><td role="cell" class="align-left">5</td><td role="cell" data-label="b" class="align-center">6</td><td role="cell" data-label="c" class="align-right"></td><td role="cell" data-label="d"></td></tr>
            </tbody></table>
            </div>
        "#]],
    );
}

#[test]
fn tables_of_three_and_four_columns_can_be_stacked_on_a_phone() {
    reads(
        "| When | Do *this* | | \"Skip\" & stop |\n|---|---|---|--:|\n| Day 1 | Rest | - | Run [@guo2017] |\n",
        &expect![[r##"
            <div class="tablebox stack" role="group" aria-label="Table" tabindex="0"><table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader">When</th><th role="columnheader">Do <em>this</em></th><td role="cell"></td><th role="columnheader" class="align-right">“Skip” &amp; stop</th></tr></thead><tbody role="rowgroup">
            <tr role="row"><td role="cell">Day 1</td><td role="cell" data-label="Do this">Rest</td><td role="cell">-</td><td role="cell" data-label="“Skip” &amp; stop" class="align-right">Run<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup></td></tr>
            </tbody></table>
            </div>
            <p id="source-1">1 guo2017</p>
        "##]],
    );
    reads(
        "| a | b | c | d | e |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n",
        &expect![[r#"
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th>b</th><th>c</th><th>d</th><th>e</th></tr></thead><tbody>
        <tr><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td></tr>
        </tbody></table>
        </div>
    "#]],
    );
}

#[test]
fn a_link_may_name_a_heading_by_its_text() {
    reads(
        "[[fine-pruning#How to do it|a]] [[stem-sprouts#When to stop|b]]\n",
        &expect![[r#"
        <p><a href="/procedures/fine-pruning/#how-to-do-it">a</a> <a href="/conditions/stem-sprouts/#stop">b</a></p>
    "#]],
    );
}

#[test]
fn a_link_to_a_draft_that_is_left_out_stays_as_words() {
    let draft = SITE.replace("title: Fine pruning\n", "title: Fine pruning\ndraft: true\n");
    let text = "[roll](../procedures/fine-pruning.md) [[fine-pruning]] [[procedures/fine-pruning|it]]\n";
    site(&format!("{draft}{text}")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
            <p>roll fine pruning it</p>
        "#]],
    );
}

#[test]
fn a_data_block_that_asks_for_what_is_not_there_is_reported() {
    let related =
        SITE.replace("blocks:\n", "relations: [{one: procedure.helps, other: condition.procedures}]\nblocks:\n");
    let text =
        "```list\nentries: procedure\nonly: [fine-pruing, evergreens]\nwhere: {helps: [stem-sprout, page]}\n```\n";
    site(&format!("{related}{text}")).reports(&expect![[r#"
        content/conditions/page.md:6:8: error[block-invalid]: no procedure named `fine-pruing`
          help: did you mean `fine-pruning`?
        content/conditions/page.md:7:17: error[block-invalid]: no condition named `stem-sprout`
          help: did you mean `stem-sprouts`?
    "#]]);
}

#[test]
fn a_data_block_that_is_never_closed_is_one_problem() {
    site("//- site.yaml\ntitle: Site\nkinds: {}\nblocks: {list: {fields: {title: text}}}\n//- content/a.md\n---\ntitle: A\n---\nText.\n\n```list\ntitle: T\n\n**More** text: and *more*.\n")
        .reports(&expect![[r#"
            content/a.md:6:1: error[block-invalid]: the data block `list` is never closed
              help: put the line that closes it below its last key: three back-ticks
        "#]]);
}

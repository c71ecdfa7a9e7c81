//! What nearly is Markdown, or is Markdown of other programs: said once, with the way out.

use expect_test::expect;

use super::complains;
use super::{SITE, reads, text};
use crate::harness::site;

#[test]
fn what_other_programs_read_is_reported_once_for_each_kind() {
    complains(
        "Some ==marked== and ==marked== words, #running and #walking, well :smile:. ^name\n\nWords.\n\n\
         {{< figure >}} and {% include x %}\n\n:::note\nText.\n:::\n\n!!! note\n\n[TOC]\n\na^[inline] b\n",
        &expect![[r#"
            content/conditions/page.md:4:6: warning[markdown-unread]: `==` marks nothing here, and the page shows it as it is
              content/conditions/page.md:4:21: here, too
              help: make the words strong with `**`, or write `\==` for the signs themselves
            content/conditions/page.md:4:39: warning[markdown-unread]: a word behind `#` is no tag here, and the page shows it as it is
              content/conditions/page.md:4:52: here, too
              help: put tags into a field of the front matter, write `# ` with a space for a heading, or `\#` for the sign itself
            content/conditions/page.md:4:67: warning[markdown-unread]: a name between colons is no picture here, and the page shows it as it is
              help: write the character itself, or `\:` for the sign
            content/conditions/page.md:8:1: warning[markdown-unread]: signs of templates do nothing in a text, and the page shows them as they are
              content/conditions/page.md:8:20: here, too
              help: use a data block, or put them into code
            content/conditions/page.md:10:1: warning[markdown-unread]: this begins no box here, and the page shows it as it is
              content/conditions/page.md:12:1: here, too
              content/conditions/page.md:14:1: here, too
              help: write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: docusaurus}` in site.yaml (or `vitepress`, `astro`), which draws it
            content/conditions/page.md:16:1: warning[markdown-unread]: this makes no table of contents, and the page shows it as it is
              help: take it out: templates know the headings of a page
            content/conditions/page.md:18:2: warning[markdown-unread]: `^[` begins no footnote here, and the page shows it as it is
              help: write `[^1]`, and `[^1]: ...` on a line of its own below
        "#]],
    );
}

#[test]
fn lists_headings_and_tables_that_are_none_are_reported() {
    complains(
        "##\u{a0}Heading\n\n#\u{3000}見出し\n\n-\u{a0}item\n\n1.\u{a0}item\n\n• first\n• second\n\n-one\n-two\n\n\
         Words right above:\n| a | b |\n|---|---|---|\n| 1 | 2 |\n",
        &expect![[r#"
            content/conditions/page.md:4:1: warning[markdown-unread]: a heading needs an ordinary space behind its `#`, and this is another one
              help: write it as `## Heading`
            content/conditions/page.md:6:1: warning[markdown-unread]: a heading needs an ordinary space behind its `#`, and this is another one
              help: write it as `# 見出し`
            content/conditions/page.md:8:1: warning[markdown-unread]: an item of a list needs an ordinary space behind its sign
              help: put one there, or write a backslash before the sign if it is text
            content/conditions/page.md:10:1: warning[markdown-unread]: an item of a list needs an ordinary space behind its sign
              help: put one there, or write a backslash before the sign if it is text
            content/conditions/page.md:12:1: warning[markdown-unread]: this sign makes no list, and the page shows it as it is
              help: begin each item with `- `
            content/conditions/page.md:15:1: warning[markdown-unread]: an item of a list needs an ordinary space behind its sign
              help: put one there, or write a backslash before the sign if it is text
            content/conditions/page.md:19:1: warning[markdown-unread]: this is no table, and the page shows its `|` as they are
              help: put an empty line before it, and below its head a line such as `|---|---|` with as many cells as the head has
        "#]],
    );
}

#[test]
fn what_an_escape_stands_before_is_text() {
    reads(
        "> \\[!NOTE]\n> x\n\n\\## no heading\n\n\\@davis2020 \\[[x]] \\#tag \\==a== \\$$b$$ \\:smile:\n",
        &expect![[r#"
            <blockquote>
            <p>[!NOTE]
            x</p>
            </blockquote>
            <p>## no heading</p>
            <p>@davis2020 [[x]] #tag ==a== $$b$$ :smile:</p>
        "#]],
    );
}

#[test]
fn an_escape_of_the_first_sign_is_enough() {
    for text in [
        "a \\~~x~~ b",
        "\\~~x~~ b",
        "a \\*\\*x** b",
        "\\**x y** b",
        "a \\~\\~x~~ b",
        "a \\<b>x</b> b",
        "\\<kbd>x</kbd>",
        "\\| a | b |\n| c | d |\n| e | f |",
        "\\{++x++} and \\{==y==}",
    ] {
        super::text(&format!("{text}\n")).is_fine();
    }
    for text in ["a \\~~x~~ b **c", "\\~ a ~~b", "\\<b>x</i> b", "\\| a\n\n| c | d |", "\\| a |\nb\n.. note::"] {
        let problems = super::text(&format!("{text}\n")).problems();
        assert_eq!(problems.matches("warning").count(), 1, "{text}: {problems}");
    }
}

#[test]
fn what_is_wrong_with_two_signs_is_one_report() {
    for (text, said) in [
        ("a **bold:**text b", "outside of the marks"),
        ("a __(so)__so b", "outside of the marks"),
        ("||spoiler||", "hides nothing"),
        ("> [!NOTE][x]\n> Words", "a space and the words of its title"),
        ("So [[toc]].", "no table of contents"),
        ("So [[https://example.org/]].", "`[words](https://example.org/)`"),
        ("::: callout-note\nWords\n:::", "each line of the box behind `> `\n"),
    ] {
        let drawn = super::text(&format!("{text}\n"));
        let problems = drawn.problems();
        assert!(drawn.diagnostics.len() == 1 && problems.contains(said), "{text}: {problems}");
    }
    for used in ["[[stem-sprouts]]", "[[stem-sprouts|so]]", "[[stem-sprouts#so]]"] {
        let name = used.trim_matches(['[', ']']).split('#').next().unwrap_or_default();
        let problems = super::text(&format!("See {used}.\n\n[{name}]: stem-sprouts.md \"So\"\n")).problems();
        assert!(!problems.contains("text-lost"), "{problems}");
    }
}

#[test]
fn alerts_have_titles_of_their_own_or_of_the_site_and_fold() {
    reads(
        "> [!NOTE] My *own* title\n> Text.\n\n> [!warning]- Folded\n> Text.\n>\n> - list\n\n> [!tip]+\n> Open.\n\n> [!CAUTION]\n> Text.\n",
        &expect![[r#"
            <div class="alert alert-note" role="note"><p class="alert-title">My <em>own</em> title</p><div class="alert-body">
            <p>Text.</p>
            </div></div>
            <details class="alert alert-warning"><summary class="alert-title">Folded</summary><div class="alert-body">
            <p>Text.</p>
            <ul>
            <li>list</li>
            </ul>
            </div></details>
            <details class="alert alert-tip" open><summary class="alert-title">Tip</summary><div class="alert-body">
            <p>Open.</p>
            </div></details>
            <div class="alert alert-caution" role="note"><p class="alert-title">Caution</p><div class="alert-body">
            <p>Text.</p>
            </div></div>
        "#]],
    );
    let german = SITE
        .replace("title: Site", "title: Site\nlanguage: de")
        .replace("{term_links: false}", "{term_links: false, alerts: {caution: Halt}}");
    site(&format!("{german}> [!NOTE]\n> Notiz.\n\n> [!CAUTION]\n> Vorsicht.\n")).shows(
        "/conditions/page/",
        &expect![[r#"
            <div class="alert alert-note" role="note"><p class="alert-title">Hinweis</p><div class="alert-body">
            <p>Notiz.</p>
            </div></div>
            <div class="alert alert-caution" role="note"><p class="alert-title">Halt</p><div class="alert-body">
            <p>Vorsicht.</p>
            </div></div>
        "#]],
    );
    complains(
        "> [!HALT] Title\n> x\n",
        &expect![[r#"
            content/conditions/page.md:4:3: warning[markdown-unread]: there is no alert `HALT`
              help: the alerts are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, and those of other tools, such as `[!INFO]`
        "#]],
    );
}

#[test]
fn the_alerts_of_other_tools_are_drawn_in_the_nearest_colours() {
    reads(
        "> [!abstract]\u{a0} **Read**: [[fine-pruning]]\n\n> [!info]\n> Text.\n\n> [!FAQ]- Why?\n> So.\n\n> [!danger|left] Stop\n> Now.\n\n> [!success]\n",
        &expect![[r#"
            <div class="alert alert-note alert-abstract" role="note"><p class="alert-title"><strong>Read</strong>: <a href="/procedures/fine-pruning/">Fine pruning</a></p><div class="alert-body">
            </div></div>
            <div class="alert alert-note alert-info" role="note"><p class="alert-title">Info</p><div class="alert-body">
            <p>Text.</p>
            </div></div>
            <details class="alert alert-note alert-faq"><summary class="alert-title">Why?</summary><div class="alert-body">
            <p>So.</p>
            </div></details>
            <div class="alert alert-caution alert-danger" role="note"><p class="alert-title">Stop</p><div class="alert-body">
            <p>Now.</p>
            </div></div>
            <div class="alert alert-tip alert-success" role="note"><p class="alert-title">Success</p><div class="alert-body">
            </div></div>
        "#]],
    );
    let own = SITE.replace("{term_links: false}", "{term_links: false, alerts: {info: To know}}");
    site(&format!("{own}> [!info]\n> Text.\n")).is_fine().shows(
        "/conditions/page/",
        &expect![[r#"
        <div class="alert alert-note alert-info" role="note"><p class="alert-title">To know</p><div class="alert-body">
        <p>Text.</p>
        </div></div>
    "#]],
    );
}

#[test]
fn signs_of_still_more_programs_are_reported_once_for_each_kind() {
    complains(
        "H~2~O and x^2^, ++new++, ||hidden|| and {++added++} words. The last {.lead}\n\n*[HTML]: Language\n\n=== \"Tab\"\n\n    Text\n\n\
         ::youtube[title]\n\n--8<-- \"a.md\"\n\n- [/] half\n- [ ] open\n\nso ** strong ** is\n\nsay \\(x_i\\) and\n\n```mermaid\na\n```\n\n```mermaid\nb\n```\n",
        &expect![[r#"
            content/conditions/page.md:4:2: warning[markdown-unread]: a single `~` lowers nothing here, and the page shows it as it is
              help: write the character itself, such as `₂`, or `\~` for the sign
            content/conditions/page.md:4:12: warning[markdown-unread]: `^` raises nothing here, and the page shows it as it is
              help: write the character itself, such as `²`, or `\^` for the sign
            content/conditions/page.md:4:17: warning[markdown-unread]: `++` marks nothing here, and the page shows it as it is
              help: make the words strong with `**`, or write `\+` for the sign itself
            content/conditions/page.md:4:26: warning[markdown-unread]: `||` hides nothing here, and the page shows the words between
              help: write a quote that folds: `> [!NOTE]- Words to open it`
            content/conditions/page.md:4:41: warning[markdown-unread]: marks of an editor mean nothing here, and the page shows them as they are
              help: take them out, with what they strike out; what is for authors alone stands between `<!--` and `-->`
            content/conditions/page.md:4:69: warning[markdown-unread]: only headings have attributes in braces, and the page shows these as they are
              help: take them out, or write `\{` for the sign itself
            content/conditions/page.md:6:1: warning[markdown-unread]: this declares no abbreviation here, and the page shows it as it is
              help: write it out where it stands first
            content/conditions/page.md:8:1: warning[markdown-unread]: this makes no tabs here, and the page shows it as it is
              help: write a heading in its place, and what is indented below it without the spaces, or set `markdown: {dialect: mkdocs}` in site.yaml, which does so
            content/conditions/page.md:12:1: warning[markdown-unread]: this begins no box here, and the page shows it as it is
              help: write it as a quote: `> [!NOTE]`, and each line of the box behind `> `
            content/conditions/page.md:14:1: warning[markdown-unread]: nothing is put in here, and the page shows it as it is
              help: copy the text, or set `markdown: {dialect: mkdocs, includes: [snippets]}` in site.yaml (or `vitepress`), which shows the file
            content/conditions/page.md:16:3: warning[markdown-unread]: a box of a task is `[ ]` or `[x]`, and the page shows this one as it is
              help: write `[x]` or `[ ]`, or a backslash before `[` if it is text
            content/conditions/page.md:19:4: warning[markdown-unread]: these `**` make nothing strong, and the page shows them as they are
              help: take the spaces inside of them away, or write `\*` for the sign itself
            content/conditions/page.md:21:5: warning[markdown-unread]: formulas between `\(` and `\)` or `\[` and `\]` are not drawn, and signs in them are read as Markdown
              help: put it into code: `` `x_i` ``, or write it between `$` signs on a site with `markdown: {math: true}`, in a program that is built with `--features math`
            content/conditions/page.md:23:4: warning[markdown-unread]: `mermaid` draws nothing here: the page shows its code
              content/conditions/page.md:27:4: here, too
              help: save what it draws as a picture, or declare a data block of this name: a template `blocks/NAME.html`
        "#]],
    );
}

#[test]
fn an_alert_that_is_none_is_reported_where_it_stands() {
    complains(
        "> [!NOTE]: Title\n> Text.\n\n> Words\n> [!TIP]\n> Text.\n\n[!WARNING]\nText.\n\n> [!my own]\n> Text.\n",
        &expect![[r#"
            content/conditions/page.md:4:3: warning[text-lost]: the colon makes a definition of `[!NOTE]`, and it is on no page
              help: an alert has no colon: write `[!NOTE] words of its own title`
            content/conditions/page.md:8:3: warning[markdown-unread]: an alert begins a quote, and here it is shown as it is
              help: write it as the first line of a quote: `> [!NOTE]`, with an empty line before it
            content/conditions/page.md:11:1: warning[markdown-unread]: an alert begins a quote, and here it is shown as it is
              help: write it as the first line of a quote: `> [!NOTE]`, with an empty line before it
            content/conditions/page.md:14:3: warning[markdown-unread]: there is no alert `my own`
              help: the alerts are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, and those of other tools, such as `[!INFO]`
        "#]],
    );
}

#[test]
fn an_alert_needs_no_space_before_its_title() {
    reads(
        "> [!NOTE]Title\n> Text.\n",
        &expect![[r#"
            <div class="alert alert-note" role="note"><p class="alert-title">Title</p><div class="alert-body">
            <p>Text.</p>
            </div></div>
        "#]],
    );
}

#[test]
fn marks_of_an_editor_are_one_mark() {
    complains(
        "one {++two++} three\n",
        &expect![[r#"
        content/conditions/page.md:4:5: warning[markdown-unread]: marks of an editor mean nothing here, and the page shows them as they are
          help: take them out, with what they strike out; what is for authors alone stands between `<!--` and `-->`
    "#]],
    );
}

#[test]
fn comments_of_other_programs_would_be_published_and_are_reported() {
    for (comment, at) in [
        ("{::comment}\nsecret\n{:/comment}", "4:1"),
        ("so {::comment}secret{:/} it", "4:4"),
        ("{% comment %}\nsecret\n{% endcomment %}", "4:1"),
        ("so {{/* secret */}} it", "4:4"),
        ("so {# secret #} it", "4:4"),
        ("so {/* secret */} it", "4:4"),
        ("{/*\nsecret\n\n*/}", "4:1"),
        ("- so {/* *secret*\n  secret */} it", "4:6"),
        ("[//]: # (secret) and so on", "4:1"),
        ("Right below words:\n[//]: # (secret) and so on\n\n[//]: # (whole)", "5:1"),
        ("Right below words:\n[todo]: # (secret)", "5:1"),
        ("so [//]: # (secret)", "4:4"),
        ("so [comment]: <> (secret)", "4:4"),
        ("- so\n  [//]: # \"secret \"it\"\"", "5:3"),
        ("[comment]: secret and not quoted", "4:1"),
        ("so <!— secret —> it", "4:4"),
        ("so < !-- secret --> it", "4:4"),
        ("so <!- secret -> it", "4:4"),
    ] {
        let report = text(comment).problems();
        let said = format!(
            "content/conditions/page.md:{at}: warning[markdown-unread]: this is no comment here, and the page shows what it says"
        );
        assert!(report.starts_with(&said) && report.matches("warning").count() == 1, "{comment}: {report}");
    }
}

#[test]
fn links_whose_address_a_template_would_write_are_said_once() {
    complains(
        "[one]({{ site.url }}/a) and [two]({{ '/b' | relative_url }}).\n\n[three]({% link c.md %}) and {{ four }}\n",
        &expect![[r#"
            content/conditions/page.md:4:1: warning[markdown-unread]: signs of templates do nothing in a text, and the page shows them as they are
              content/conditions/page.md:4:29: here, too
              content/conditions/page.md:6:1: here, too
              content/conditions/page.md:6:30: here, too
              help: use a data block, or put them into code
        "#]],
    );
}

#[test]
fn signs_of_lists_that_make_none_are_reported() {
    complains(
        "Words:\n    - deep\n    - deep\n\nParts:\n2. two\n3. three\n\n1.one\n2.two\n\n*one\n*two\n",
        &expect![[r#"
            content/conditions/page.md:5:5: warning[markdown-unread]: this begins no item of a list, and the page shows it as a part of the words before
              help: put an empty line before the list, and no more spaces before its sign than the list needs
            content/conditions/page.md:9:1: warning[markdown-unread]: this begins no item of a list, and the page shows it as a part of the words before
              help: put an empty line before the list, and no more spaces before its sign than the list needs
            content/conditions/page.md:12:1: warning[markdown-unread]: an item of a list needs an ordinary space behind its sign
              help: put one there, or write a backslash before the sign if it is text
            content/conditions/page.md:15:1: warning[markdown-unread]: an item of a list needs an ordinary space behind its sign
              help: put one there, or write a backslash before the sign if it is text
        "#]],
    );
    reads(
        "It was in\n1984. Then\ncame 5. and\n\n*prices without tax\n\n1.5 and\n2.5 hours\n\n| a |\n|---|\n| - b |\n",
        &expect![[r#"
            <p>It was in
            1984. Then
            came 5. and</p>
            <p>*prices without tax</p>
            <p>1.5 and
            2.5 hours</p>
            <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th></tr></thead><tbody>
            <tr><td>- b</td></tr>
            </tbody></table>
            </div>
        "#]],
    );
}

#[test]
fn marks_that_open_what_never_ends_are_reported() {
    complains(
        "It is *never closed here.\n\nSome `code without an end.\n\n[a[^1]](https://example.org/b)\n\n[^1]: c\n",
        &expect![[r#"
            content/conditions/page.md:4:7: warning[markdown-unread]: this `*` stresses nothing, and the page shows it as it is
              help: close what it opens with another `*`, or write `\*` for the sign itself
            content/conditions/page.md:6:6: warning[markdown-unread]: this `` ` `` begins no code, and the page shows it as it is
              help: close it with another one, or write `` \` `` for the sign itself
            content/conditions/page.md:8:7: warning[markdown-unread]: this is no link, and the page shows it as it is: `](https://example.org/b)`
              help: write it as `[words](address)`
        "#]],
    );
    reads(
        "*prices without tax\n\n2 * 3 and a* b\n\nan `old' quote\n\na\\`b and \\*c\n",
        &expect![[r#"
        <p>*prices without tax</p>
        <p>2 * 3 and a* b</p>
        <p>an `old’ quote</p>
        <p>a`b and *c</p>
    "#]],
    );
}

#[test]
fn lines_of_programs_and_values_in_a_text_are_reported() {
    complains(
        "import Tabs from '@theme/Tabs'\n\nrating:: 5\n\n.. note:: Text.\n",
        &expect![[r#"
        content/conditions/page.md:4:1: warning[markdown-unread]: a line of a program does nothing in a text, and the page shows it as it is
          help: take it out, or put it into code
        content/conditions/page.md:6:1: warning[markdown-unread]: `::` gives the page no value here, and the page shows it as it is
          help: put the value into the front matter, or write a single `:`
        content/conditions/page.md:8:1: warning[markdown-unread]: this begins no box here, and the page shows it as it is
          help: write it as a quote: `> [!NOTE]`, and each line of the box behind `> `
    "#]],
    );
    reads(
        "They import goods from there, and export them. A std::vector of [A::B] and a time::of day\n",
        &expect![[r#"
            <p>They import goods from there, and export them. A std::vector of [A::B] and a time::of day</p>
        "#]],
    );
}

#[test]
fn a_box_of_colons_is_no_definition_list() {
    complains(
        "::: warning\nText.\n:::\n\nA word\n: means this\n",
        &expect![[r#"
            content/conditions/page.md:4:1: warning[markdown-unread]: this begins no box here, and the page shows it as it is
              content/conditions/page.md:6:1: here, too
              help: write it as a quote: `> [!NOTE]`, and each line of the box behind `> `, or set `markdown: {dialect: docusaurus}` in site.yaml (or `vitepress`, `astro`), which draws it
        "#]],
    );
    reads(
        "Text\n:\n\nA word\n: means this\n\n| a |\n|:-:|\n| b |\n",
        &expect![[r#"
        <p>Text
        :</p>
        <dl>
        <dt>A word</dt>
        <dd>means this</dd>
        </dl>
        <div class="tablebox" role="group" aria-label="Table" tabindex="0"><table><thead><tr><th class="align-center">a</th></tr></thead><tbody>
        <tr><td class="align-center">b</td></tr>
        </tbody></table>
        </div>
    "#]],
    );
}

#[test]
fn parameters_that_begin_a_line_are_no_items() {
    reads(
        "It takes -Debug, -ErrorAction,\n-InformationAction, -OutVariable,\n-Verbose and -WarningAction.\n\n-v is short,\n-o is, too.\n",
        &expect![[r#"
            <p>It takes -Debug, -ErrorAction,
            -InformationAction, -OutVariable,
            -Verbose and -WarningAction.</p>
            <p>-v is short,
            -o is, too.</p>
        "#]],
    );
}

#[test]
fn an_item_without_its_space_below_another_one_and_a_box_without_one_are_named() {
    for text in ["- one\n-two\n- three", "1. a\n2.b\n3. c", "> * one\n> *two", "- [x]done", "- [ ]open", "- [x ] odd"] {
        let said = site(&format!("{SITE}{text}\n")).problems();
        assert!(said.contains("warning[markdown-unread]"), "{text}: {said}");
    }
    for text in ["- cold\n-5 degrees", "- [x] done\n- [ ] open", "- [x](page.md)", "- a\n  b", "1. in\n2020.5 was"] {
        let said = site(&format!("{SITE}{text}\n")).problems();
        assert!(!said.contains("markdown-unread"), "{text}: {said}");
    }
}

#[test]
fn marks_beside_letters_and_too_many_signs_of_headings_are_reported() {
    complains(
        "so *(x)*y, *c*\n\na*(b)* it\n\n####### Seven\n\n## A {#b} c\n\nsee {#…} there\n\n\\*(x)\\*y\n\n2*(3+4)*5\n\n\\####### Seven and \\{#a}\n",
        &expect![[r#"
            content/conditions/page.md:4:8: warning[markdown-unread]: this `*` stands between a sign and a letter, where it stresses nothing, and the page shows it as it is
              help: put the sign outside of the marks, or write `\*` for the sign itself
            content/conditions/page.md:6:2: warning[markdown-unread]: this `*` stands between a sign and a letter, where it stresses nothing, and the page shows it as it is
              help: put the sign outside of the marks, or write `\*` for the sign itself
            content/conditions/page.md:8:1: warning[markdown-unread]: a heading has at most six `#`, and the page shows these as they are
              help: write it as `###### Seven`, or a backslash before the first `#` if it is text
            content/conditions/page.md:10:6: warning[markdown-unread]: attributes in braces mean nothing among words, and the page shows them as they are
              content/conditions/page.md:12:5: here, too
              help: put them behind the last word of a heading, take them out, or write `\{` for the sign itself
        "#]],
    );
}

#[test]
fn formulas_between_brackets_may_go_on_over_lines() {
    complains(
        "so \\(x\n= y\\) it\n",
        &expect![[r#"
        content/conditions/page.md:4:4: warning[markdown-unread]: formulas between `\(` and `\)` or `\[` and `\]` are not drawn, and signs in them are read as Markdown
          help: put it into code: `` `x_i` ``, or write it between `$` signs on a site with `markdown: {math: true}`, in a program that is built with `--features math`
    "#]],
    );
    complains(
        "\\[ x_1\n  = y\n\\]\n",
        &expect![[r#"
        content/conditions/page.md:4:2: warning[markdown-unread]: formulas between `\(` and `\)` or `\[` and `\]` are not drawn, and signs in them are read as Markdown
          help: put it into code: `` `x_i` ``, or write it between `$` signs on a site with `markdown: {math: true}`, in a program that is built with `--features math`
    "#]],
    );
    complains(
        "so \\[\n\\frac{a}{b}\n\\] and\n",
        &expect![[r#"
        content/conditions/page.md:4:4: warning[markdown-unread]: formulas between `\(` and `\)` or `\[` and `\]` are not drawn, and signs in them are read as Markdown
          help: put it into code: `` `x_i` ``, or write it between `$` signs on a site with `markdown: {math: true}`, in a program that is built with `--features math`
    "#]],
    );
    text("see \\[sic\\] or \\(so\nit is\\) and \\[a_b\\](c)\n").is_fine();
}

#[test]
fn marks_of_markdown_in_plain_texts_are_reported() {
    let page = "---\ntitle: Page\n---\n";
    let with = |keys: &str| super::SITE.replace(page, &format!("---\n{keys}---\n"));
    let drawn = site(&with("title: A **strong** page\nshort_title: \"[A](a.md)\"\nsummary: So *it* is and [[leek]]\n"));
    drawn.reports(&expect![[r#"
        content/conditions/page.md:2:10: warning[value-doubtful]: this is a plain text, and its signs of Markdown are shown as they are
          help: take the signs out, or write `\` before the first one to keep them; a field of the type `markdown` reads them
        content/conditions/page.md:3:15: warning[value-doubtful]: this is a plain text, and its signs of Markdown are shown as they are
          help: take the signs out, or write `\` before the first one to keep them; a field of the type `markdown` reads them
        content/conditions/page.md:4:13: warning[value-doubtful]: this is a plain text, and its signs of Markdown are shown as they are
          content/conditions/page.md:4:25: here, too
          help: take the signs out, or write `\` before the first one to keep them; a field of the type `markdown` reads them
    "#]]);
    site(&with("title: A `*code*` page, 2 * 3 * 4\nsummary: snake_case_name [sic]\naliases: ['*a*']\n")).is_fine();
}

#[test]
fn every_comment_of_another_tool_is_reported_where_it_stands() {
    let problems = text(
        "a {{/* S */}} b\n\nc {{/* S */}} d {{- /* S */ -}} e\n\n- <%# S %>\n- <%-- S --%>\n\n| {{! S }} | {{!-- S --}} |\n|---|---|\n| x | {# S #} |\n",
    )
    .problems();
    assert_eq!(problems.matches("this is no comment here").count(), 8, "{problems}");
    assert_eq!(problems.matches("warning[").count(), 8, "{problems}");
}

#[test]
fn a_formula_that_is_not_drawn_is_one_report() {
    for formula in [
        "So $[d\\mid i][d\\mid j]$ and $f^{**}=f$ or $g^{**}$.",
        "$$\n||x|| _a^{**} [b](c d)\n$$",
        "So \\(x^{**} = [a][b]\\) is.",
    ] {
        let problems = text(&format!("{formula}\n")).problems();
        assert_eq!(problems.matches("warning[").count(), 1, "{formula}\n{problems}");
        assert!(problems.contains("formulas between"), "{problems}");
        assert!(problems.contains("--features math"), "{problems}");
    }
}

#[test]
fn what_is_shown_as_it_was_typed_is_reported() {
    for (written, said) in [
        ("See [`site_url`][mkdocs.site_url].", "nothing says what `[mkdocs.site_url]` is"),
        ("- [*a*][mkdocs.site_url]", "nothing says what `[mkdocs.site_url]` is"),
        ("| [`a`][mkdocs.site_url] |\n|---|\n| b |", "nothing says what `[mkdocs.site_url]` is"),
        ("Text.  [!NOTE] > On Linux", "an alert begins a quote"),
        ("- [!NOTE] > On Linux", "an alert begins a quote"),
        ("| [!NOTE] x |\n|---|\n| b |", "an alert begins a quote"),
        ("So _(a)_b.", "stands between a sign and a letter"),
        ("## M {-}", "these are no attributes of a heading"),
        ("## H {id14}", "these are no attributes of a heading"),
        ("## O [#id]", "attributes in braces mean nothing"),
        ("Title\n=== {#id}", "attributes in braces"),
        ("::: {.callout-note}\nText.\n:::", "this begins no box here"),
        ("::: {layout-ncol=2}\nText.\n:::", "this begins no box here"),
    ] {
        let problems = text(&format!("{written}\n")).problems();
        assert_eq!(problems.matches("warning[").count(), 1, "{written}\n{problems}");
        assert!(problems.contains(said), "{written}\n{problems}");
        assert!(!problems.contains("dialect"), "{written}\n{problems}");
    }
}

#[test]
fn brackets_that_name_no_work_are_text() {
    reads(
        "So [@] and [@ ] here, [@, p. 3].\n",
        &expect![[r#"
        <p>So [@] and [@ ] here, [@, p. 3].</p>
    "#]],
    );
    complains(
        "So [@davis2020; @] it is.\n",
        &expect![[r#"
        content/conditions/page.md:4:16: warning[markdown-unread]: no work is named here
          help: write its key there, `[@davis2020; @guo2017]`, or take the sign away
    "#]],
    );
}

#[test]
fn a_link_that_is_called_a_comment_is_one() {
    reads(
        "[comment]: https://example.org/ \"So\"\n[//]: stem-sprouts.md\n\nSee [comment], [//] and [it][comment].\n",
        &expect![[r#"
        <p>See <a href="https://example.org/" title="So">comment</a>, <a href="/conditions/stem-sprouts/">//</a> and <a href="https://example.org/" title="So">it</a>.</p>
    "#]],
    );
    reads(
        "[comment]: # (theirs)\n\nSee [comment].\n[comment]: # (theirs)\n",
        &expect![[r#"
        <p>See [comment].</p>
    "#]],
    );
}

#[test]
fn a_formula_may_go_on_in_the_next_line() {
    for text in ["So $x_1\n= y$ is.\n", "So $x_1 =\ny$ is.\n", "> So $\\frac{a}{b}\n> = c$ is.\n"] {
        let report = super::text(text).problems();
        assert!(
            report.contains("formulas between `$` are not drawn") && report.matches("warning").count() == 1,
            "{report}"
        );
    }
    for text in ["It is $5_000 and\n$6 more.\n", "- for $a_b\n- and $c\n", "From $A_B\n\nto c$ it is.\n"] {
        super::text(text).is_fine();
    }
}

#[test]
fn signs_of_templates_and_other_tools_are_one_report_each() {
    let mdx = SITE.replace("{term_links: false}", "{term_links: false, dialect: docusaurus}");
    let drawn = site(&format!("{mdx}{{% hint style=\"info\" %}}\nWords\n{{% endhint %}}\n"));
    assert_eq!(drawn.problems().matches("warning").count(), 1, "{}", drawn.problems());
    for text in
        ["[one](b.md?{{ x }})\n", "A [span]{.lead} of words [and]{.more}.\n", "#+BEGIN_QUOTE\nWords\n#+END_QUOTE\n"]
    {
        let report = super::text(text).problems();
        assert_eq!(report.matches("warning[markdown-unread]").count(), 1, "{report}");
    }
}

#[test]
fn every_instruction_that_browsers_hide_is_reported() {
    let allowed = SITE.replace("{term_links: false}", "{term_links: false, allow_html: true}");
    let drawn = site(&format!("{allowed}One <?php W2 ?> and\n\n<div><![CDATA[W3]]> <!X W4></div>\n"));
    assert_eq!(drawn.problems().matches("warning[text-lost]").count(), 3, "{}", drawn.problems());
}
